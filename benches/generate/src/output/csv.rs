//! CSV: a header, commas, quotes where a cell needs them, empty cells for what is missing.

use crate::table::{Cell, Columns, Writer, date_text, instant_text};
use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;

pub struct Csv(BufWriter<File>);

impl Csv {
    pub fn new(path: &Path, columns: Columns) -> std::io::Result<Csv> {
        let mut file = BufWriter::with_capacity(1 << 20, File::create(path)?);
        let names: Vec<&str> = columns.iter().map(|(name, _)| *name).collect();
        writeln!(file, "{}", names.join(","))?;
        Ok(Csv(file))
    }

    fn text(&mut self, text: &str) -> std::io::Result<()> {
        match text.contains([',', '"', '\n']) {
            true => write!(self.0, "\"{}\"", text.replace('"', "\"\"")),
            false => self.0.write_all(text.as_bytes()),
        }
    }
}

impl Writer for Csv {
    fn row(&mut self, cells: &[Cell]) -> std::io::Result<()> {
        for (place, cell) in cells.iter().enumerate() {
            if place > 0 {
                self.0.write_all(b",")?;
            }
            match cell {
                Cell::Missing => {}
                Cell::Text(text) => self.text(text)?,
                Cell::Word(text) => self.text(text)?,
                Cell::Whole(number) => write!(self.0, "{number}")?,
                Cell::Decimal(number) => write!(self.0, "{number}")?,
                Cell::Date(days) => self.0.write_all(date_text(i64::from(*days)).as_bytes())?,
                Cell::Instant(seconds) => self.0.write_all(instant_text(*seconds).as_bytes())?,
                Cell::YesNo(value) => write!(self.0, "{value}")?,
            }
        }
        self.0.write_all(b"\n")
    }

    fn finish(mut self: Box<Self>) -> std::io::Result<()> {
        self.0.flush()
    }
}
