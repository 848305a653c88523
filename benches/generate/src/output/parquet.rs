//! Parquet: Snappy, dictionaries where they pay, 131,072 rows in a row group.

use crate::table::{Cell, Columns, Kind, Writer};
use parquet::basic::Compression;
use parquet::data_type::{BoolType, ByteArray, ByteArrayType, DoubleType, Int32Type, Int64Type};
use parquet::errors::ParquetError;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::{SerializedFileWriter, SerializedRowGroupWriter};
use parquet::schema::parser::parse_message_type;
use std::fs::File;
use std::path::Path;
use std::sync::Arc;

const ROWS_IN_GROUP: usize = 131_072;

pub struct Parquet {
    file: SerializedFileWriter<File>,
    columns: Columns,
    buffers: Vec<Buffer>,
}

/// What a column has so far in this row group: 1 for each known value, 0 for each missing one; and the known values.
struct Buffer {
    known: Vec<i16>,
    values: Values,
}

enum Values {
    Text(Vec<ByteArray>),
    Long(Vec<i64>),
    Short(Vec<i32>),
    Decimal(Vec<f64>),
    YesNo(Vec<bool>),
}

impl Parquet {
    pub fn new(path: &Path, columns: Columns) -> std::io::Result<Parquet> {
        let fields: Vec<String> =
            columns.iter().map(|(name, kind)| format!("OPTIONAL {};", declared(name, *kind))).collect();
        let schema = parse_message_type(&format!("message rows {{ {} }}", fields.join(" "))).map_err(other)?;
        let properties = WriterProperties::builder().set_compression(Compression::SNAPPY).build();
        let file =
            SerializedFileWriter::new(File::create(path)?, Arc::new(schema), Arc::new(properties)).map_err(other)?;
        Ok(Parquet { file, columns, buffers: columns.iter().map(|(_, kind)| Buffer::new(*kind)).collect() })
    }

    fn write_group(&mut self) -> Result<(), ParquetError> {
        let mut group = self.file.next_row_group()?;
        for (buffer, (_, kind)) in self.buffers.iter_mut().zip(self.columns) {
            buffer.write(&mut group)?;
            *buffer = Buffer::new(*kind);
        }
        group.close().map(|_| ())
    }
}

impl Writer for Parquet {
    fn row(&mut self, cells: &[Cell]) -> std::io::Result<()> {
        for (buffer, cell) in self.buffers.iter_mut().zip(cells) {
            buffer.push(cell);
        }
        match self.buffers[0].known.len() == ROWS_IN_GROUP {
            true => self.write_group().map_err(other),
            false => Ok(()),
        }
    }

    fn finish(mut self: Box<Self>) -> std::io::Result<()> {
        if !self.buffers[0].known.is_empty() {
            self.write_group().map_err(other)?;
        }
        self.file.close().map(|_| ()).map_err(other)
    }
}

impl Buffer {
    fn new(kind: Kind) -> Buffer {
        let values = match kind {
            Kind::Text => Values::Text(Vec::new()),
            Kind::Whole | Kind::Instant => Values::Long(Vec::new()),
            Kind::Date => Values::Short(Vec::new()),
            Kind::Decimal => Values::Decimal(Vec::new()),
            Kind::YesNo => Values::YesNo(Vec::new()),
        };
        Buffer { known: Vec::new(), values }
    }

    fn push(&mut self, cell: &Cell) {
        self.known.push(i16::from(!matches!(cell, Cell::Missing)));
        match (&mut self.values, cell) {
            (_, Cell::Missing) => {}
            (Values::Text(values), Cell::Text(text)) => values.push(ByteArray::from(text.as_str())),
            (Values::Text(values), Cell::Word(text)) => values.push(ByteArray::from(text.as_bytes().to_vec())),
            (Values::Long(values), Cell::Whole(number)) => values.push(*number),
            (Values::Long(values), Cell::Instant(seconds)) => values.push(seconds * 1_000_000),
            (Values::Short(values), Cell::Date(days)) => values.push(*days),
            (Values::Decimal(values), Cell::Decimal(number)) => values.push(*number),
            (Values::YesNo(values), Cell::YesNo(value)) => values.push(*value),
            _ => unreachable!("a cell has its column's kind"),
        }
    }

    fn write(&self, group: &mut SerializedRowGroupWriter<'_, File>) -> Result<(), ParquetError> {
        let Some(mut column) = group.next_column()? else {
            return Err(ParquetError::General("a column too many".to_string()));
        };
        let known = Some(self.known.as_slice());
        match &self.values {
            Values::Text(values) => column.typed::<ByteArrayType>().write_batch(values, known, None)?,
            Values::Long(values) => column.typed::<Int64Type>().write_batch(values, known, None)?,
            Values::Short(values) => column.typed::<Int32Type>().write_batch(values, known, None)?,
            Values::Decimal(values) => column.typed::<DoubleType>().write_batch(values, known, None)?,
            Values::YesNo(values) => column.typed::<BoolType>().write_batch(values, known, None)?,
        };
        column.close()
    }
}

fn declared(name: &str, kind: Kind) -> String {
    match kind {
        Kind::Text => format!("BYTE_ARRAY {name} (UTF8)"),
        Kind::Whole => format!("INT64 {name}"),
        Kind::Decimal => format!("DOUBLE {name}"),
        Kind::Date => format!("INT32 {name} (DATE)"),
        Kind::Instant => format!("INT64 {name} (TIMESTAMP(MICROS,true))"),
        Kind::YesNo => format!("BOOLEAN {name}"),
    }
}

fn other(error: ParquetError) -> std::io::Error {
    std::io::Error::other(error)
}
