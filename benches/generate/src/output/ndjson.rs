//! NDJSON: an object a line. A lead's missing fields are `null`; an event has only the members that it has.

use crate::table::{Cell, Columns, Writer, date_text, instant_text};
use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;

pub struct NdJson {
    file: BufWriter<File>,
    columns: Columns,
    writes_null: bool,
}

impl NdJson {
    pub fn new(path: &Path, columns: Columns) -> std::io::Result<NdJson> {
        let file = BufWriter::with_capacity(1 << 20, File::create(path)?);
        Ok(NdJson { file, columns, writes_null: columns[0].0 == "id" })
    }

    fn text(&mut self, text: &str) -> std::io::Result<()> {
        match text.contains(['"', '\\']) {
            true => write!(self.file, "\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\"")),
            false => write!(self.file, "\"{text}\""),
        }
    }
}

impl Writer for NdJson {
    fn row(&mut self, cells: &[Cell]) -> std::io::Result<()> {
        let mut before = "{";
        for ((name, _), cell) in self.columns.iter().zip(cells) {
            if matches!(cell, Cell::Missing) && !self.writes_null {
                continue;
            }
            write!(self.file, "{before}\"{name}\":")?;
            before = ",";
            match cell {
                Cell::Missing => self.file.write_all(b"null")?,
                Cell::Text(text) => self.text(text)?,
                Cell::Word(text) => self.text(text)?,
                Cell::Whole(number) => write!(self.file, "{number}")?,
                Cell::Decimal(number) => write!(self.file, "{number}")?,
                Cell::Date(days) => write!(self.file, "\"{}\"", date_text(i64::from(*days)))?,
                Cell::Instant(seconds) => write!(self.file, "\"{}\"", instant_text(*seconds))?,
                Cell::YesNo(value) => write!(self.file, "{value}")?,
            }
        }
        self.file.write_all(b"}\n")
    }

    fn finish(mut self: Box<Self>) -> std::io::Result<()> {
        self.file.flush()
    }
}
