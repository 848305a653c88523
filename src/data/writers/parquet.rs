//! Parquet: texts as UTF-8, numbers as DECIMAL(38, 9), which holds them exactly (and is BigQuery's NUMERIC), yes/no as
//! booleans, instants as microseconds in UTC. Every column may be null.

use crate::data::DataError;
use crate::data::sink::{Sink, failed};
use crate::data::table::{Column, ColumnKind, FormatWriter, OutCell};
use parquet::basic::{Compression, LogicalType, Repetition, TimeUnit, Type as Physical};
use parquet::data_type::Int64Type;
use parquet::data_type::{BoolType, ByteArray, ByteArrayType, DataType, FixedLenByteArray, FixedLenByteArrayType};
use parquet::errors::ParquetError;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::{SerializedFileWriter, SerializedRowGroupWriter};
use parquet::schema::types::Type;
use std::io;
use std::sync::Arc;

/// Rows of one row group, which wait in memory.
const GROUP: usize = 16 * 1024;
/// The largest number of 38 digits, in billionths.
const LARGEST: i128 = 10_i128.pow(38) - 1;

/// Rows waiting for their row group.
struct Parquet {
    name: String,
    writer: SerializedFileWriter<Sink>,
    columns: Vec<Values>,
    waiting: usize,
}

/// The values of a column, `None` where missing.
enum Values {
    Texts(Vec<Option<ByteArray>>),
    Numbers(Vec<Option<FixedLenByteArray>>),
    YesNos(Vec<Option<bool>>),
    Instants(Vec<Option<i64>>),
}

pub(super) fn open(sink: Sink, columns: &[Column]) -> Result<Box<dyn FormatWriter>, DataError> {
    let name = sink.name().to_owned();
    let fail = |error| failed(&name, &io_error(error));
    let fields = columns.iter().map(|column| field(column).map(Arc::new)).collect::<Result<_, _>>().map_err(fail)?;
    let schema = Type::group_type_builder("leads").with_fields(fields).build().map_err(fail)?;
    let properties =
        WriterProperties::builder().set_compression(Compression::SNAPPY).set_created_by("score".to_owned()).build();
    let writer = SerializedFileWriter::new(sink, Arc::new(schema), Arc::new(properties)).map_err(fail)?;
    let columns = columns.iter().map(|column| Values::new(column.kind)).collect();
    Ok(Box::new(Parquet { name, writer, columns, waiting: 0 }))
}

fn field(column: &Column) -> Result<Type, ParquetError> {
    let builder = |physical| Type::primitive_type_builder(&column.name, physical).with_repetition(Repetition::OPTIONAL);
    match column.kind {
        ColumnKind::Text | ColumnKind::AsRead => {
            builder(Physical::BYTE_ARRAY).with_logical_type(Some(LogicalType::String)).build()
        }
        ColumnKind::Number => builder(Physical::FIXED_LEN_BYTE_ARRAY)
            .with_logical_type(Some(LogicalType::decimal(9, 38)))
            .with_length(16)
            .with_precision(38)
            .with_scale(9)
            .build(),
        ColumnKind::YesNo => builder(Physical::BOOLEAN).build(),
        ColumnKind::Instant => {
            builder(Physical::INT64).with_logical_type(Some(LogicalType::timestamp(true, TimeUnit::MICROS))).build()
        }
    }
}

impl Values {
    fn new(kind: ColumnKind) -> Values {
        match kind {
            ColumnKind::Text | ColumnKind::AsRead => Values::Texts(Vec::new()),
            ColumnKind::Number => Values::Numbers(Vec::new()),
            ColumnKind::YesNo => Values::YesNos(Vec::new()),
            ColumnKind::Instant => Values::Instants(Vec::new()),
        }
    }

    /// Adds a cell; an error where it is of another kind than its column, or too large.
    fn push(&mut self, cell: &OutCell<'_>) -> Result<(), String> {
        match (self, cell) {
            (Values::Texts(values), cell) => values.push(cell.text().map(|text| ByteArray::from(text.into_bytes()))),
            (Values::Numbers(values), OutCell::Missing) => values.push(None),
            (Values::YesNos(values), OutCell::Missing) => values.push(None),
            (Values::Instants(values), OutCell::Missing) => values.push(None),
            (Values::Numbers(values), OutCell::Number(number)) => {
                let billionths = number.billionths();
                if !(-LARGEST..=LARGEST).contains(&billionths) {
                    return Err(format!("{number} has more digits than Parquet holds"));
                }
                values.push(Some(ByteArray::from(billionths.to_be_bytes().to_vec()).into()));
            }
            (Values::YesNos(values), OutCell::YesNo(yes)) => values.push(Some(*yes)),
            (Values::Instants(values), OutCell::Instant(instant)) => values.push(Some(instant.0)),
            (_, cell) => return Err(format!("`{}` is not of its column's kind", cell.text().unwrap_or_default())),
        }
        Ok(())
    }

    fn write(&mut self, group: &mut SerializedRowGroupWriter<'_, Sink>) -> Result<(), ParquetError> {
        match self {
            Values::Texts(values) => write_column::<ByteArrayType>(group, values),
            Values::Numbers(values) => write_column::<FixedLenByteArrayType>(group, values),
            Values::YesNos(values) => write_column::<BoolType>(group, values),
            Values::Instants(values) => write_column::<Int64Type>(group, values),
        }
    }
}

fn write_column<T: DataType>(
    group: &mut SerializedRowGroupWriter<'_, Sink>,
    values: &mut Vec<Option<T::T>>,
) -> Result<(), ParquetError> {
    let levels: Vec<i16> = values.iter().map(|value| i16::from(value.is_some())).collect();
    let known: Vec<T::T> = values.drain(..).flatten().collect();
    if let Some(mut column) = group.next_column()? {
        column.typed::<T>().write_batch(&known, Some(&levels), None)?;
        column.close()?;
    }
    Ok(())
}

impl Parquet {
    fn write_group(&mut self) -> Result<(), DataError> {
        self.waiting = 0;
        let columns = &mut self.columns;
        let written = self.writer.next_row_group().and_then(|mut group| {
            for column in columns {
                column.write(&mut group)?;
            }
            group.close().map(|_| ())
        });
        written.map_err(|error| failed(&self.name, &io_error(error)))
    }
}

fn io_error(error: ParquetError) -> io::Error {
    match error {
        ParquetError::External(error) => match error.downcast::<io::Error>() {
            Ok(error) => *error,
            Err(error) => io::Error::other(error),
        },
        other => io::Error::other(other),
    }
}

impl FormatWriter for Parquet {
    fn row(&mut self, cells: &[OutCell<'_>]) -> Result<(), DataError> {
        for (column, cell) in self.columns.iter_mut().zip(cells) {
            if let Err(reason) = column.push(cell) {
                return Err(DataError::Unwritable { file: self.name.clone(), reason });
            }
        }
        self.waiting += 1;
        if self.waiting >= GROUP { self.write_group() } else { Ok(()) }
    }

    fn finish(mut self: Box<Self>) -> Result<(), DataError> {
        if self.waiting > 0 {
            self.write_group()?;
        }
        match self.writer.into_inner() {
            Ok(sink) => sink.finish(),
            Err(error) => Err(failed(&self.name, &io_error(error))),
        }
    }
}
