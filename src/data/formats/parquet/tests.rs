#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use super::*;
use crate::data::rows::Rows;
use crate::data::testing::Folder;
use crate::value::{Instant, Moment};
use parquet::data_type::{
    BoolType, ByteArray, ByteArrayType, DataType, DoubleType, FixedLenByteArrayType, Int32Type, Int64Type, Int96, Int96Type,
};
use parquet::file::writer::{SerializedFileWriter, SerializedRowGroupWriter};
use parquet::schema::parser::parse_message_type;
use std::sync::Arc;

type Group<'a> = SerializedRowGroupWriter<'a, Vec<u8>>;

/// Writes one row group into a file of the schema.
fn written(schema: &str, fill: &dyn Fn(&mut Group<'_>)) -> Vec<u8> {
    let schema = Arc::new(parse_message_type(schema).unwrap());
    let mut writer = SerializedFileWriter::new(Vec::new(), schema, Default::default()).unwrap();
    for _ in 0..2 {
        let mut group = writer.next_row_group().unwrap();
        fill(&mut group);
        group.close().unwrap();
    }
    writer.into_inner().unwrap()
}

fn column<T: DataType>(
    group: &mut Group<'_>,
    values: &[T::T],
    definitions: Option<&[i16]>,
    repetitions: Option<&[i16]>,
) {
    let mut column = group.next_column().unwrap().unwrap();
    column.typed::<T>().write_batch(values, definitions, repetitions).unwrap();
    column.close().unwrap();
}

fn read(bytes: &[u8], wanted: &Wanted) -> (Vec<String>, Vec<Vec<Cell>>) {
    let folder = Folder::new();
    let mut rows = Rows::open(&folder.file("a.parquet", bytes), wanted).unwrap();
    let mut all = Vec::new();
    while let Some(row) = rows.next().unwrap() {
        all.push(row.unwrap().cells);
    }
    (rows.columns().to_vec(), all)
}

fn number(digits: &str) -> Cell {
    Cell::Number(digits.to_owned())
}

fn text(text: &str) -> Cell {
    Cell::Text(text.to_owned())
}

const KINDS: &str = "message leads {
    required int64 id;
    optional binary name (UTF8);
    required boolean consent;
    required double revenue;
    required int32 born (DATE);
    required int64 seen (TIMESTAMP(NANOS, true));
    required int96 old;
    required fixed_len_byte_array(2) price (DECIMAL(4, 2));
    required int32 small (INTEGER(8, false));
    optional group address { optional binary city (STRING); }
}";

fn kinds() -> Vec<u8> {
    written(KINDS, &|group| {
        column::<Int64Type>(group, &[7, 8], None, None);
        column::<ByteArrayType>(group, &[ByteArray::from("Zoë")], Some(&[1, 0]), None);
        column::<BoolType>(group, &[true, false], None, None);
        column::<DoubleType>(group, &[12.0, 0.1], None, None);
        column::<Int32Type>(group, &[1, -1], None, None);
        column::<Int64Type>(group, &[1_999, 0], None, None);
        let mut day = Int96::new();
        day.set_data(0, 0, 2_440_588);
        column::<Int96Type>(group, &[day, day], None, None);
        let price = |bytes: [u8; 2]| ByteArray::from(bytes.to_vec()).into();
        // 0x04E2 is 1250; 0xFFFF is -1.
        column::<FixedLenByteArrayType>(group, &[price([4, 0xE2]), price([0xFF, 0xFF])], None, None);
        column::<Int32Type>(group, &[200, 0], None, None);
        column::<ByteArrayType>(group, &[ByteArray::from("Oslo")], Some(&[2, 0]), None);
    })
}

#[test]
fn every_kind_of_value_is_a_cell() {
    let (columns, rows) = read(&kinds(), &Wanted::All);
    let names = ["id", "name", "consent", "revenue", "born", "seen", "old", "price", "small", "address.city"];
    assert_eq!(columns, names);
    let day = |date| Cell::Date(Moment::Day(date));
    let instant = |microseconds| Cell::Date(Moment::Instant(Instant(microseconds)));
    let first = vec![
        number("7"),
        text("Zoë"),
        Cell::YesNo(true),
        number("12"),
        day(jiff::civil::date(1970, 1, 2)),
        instant(1),
        instant(0),
        number("12.5"),
        number("200"),
        text("Oslo"),
    ];
    let second = vec![
        number("8"),
        Cell::Missing,
        Cell::YesNo(false),
        number("0.1"),
        day(jiff::civil::date(1969, 12, 31)),
        instant(0),
        instant(0),
        number("-0.01"),
        number("0"),
        Cell::Missing,
    ];
    // Two row groups of the same rows.
    assert_eq!(rows, [first.clone(), second.clone(), first, second]);
}

#[test]
fn wanted_columns_come_in_their_own_order() {
    let wanted = Wanted::Columns(vec!["address.city".into(), "no".into(), "id".into()]);
    assert_eq!(read(&kinds(), &wanted).1[0], [text("Oslo"), Cell::Missing, number("7")]);
}

#[test]
fn packed_files_are_read_too() {
    let folder = Folder::new();
    let source = folder.file("a.parquet.zst", zstd::encode_all(&kinds()[..], 1).unwrap());
    let mut rows = Rows::open(&source, &Wanted::Columns(vec!["id".into()])).unwrap();
    assert_eq!(rows.next().unwrap().unwrap().unwrap().cells, [number("7")]);
}

#[test]
fn lists_are_cells_and_maps_are_left_out() {
    let schema = "message leads {
        optional group tags (LIST) { repeated group list { optional binary element (STRING); } }
        optional group pairs (MAP) { repeated group key_value { required binary key (STRING); optional int32 value; } }
        repeated int32 plain;
    }";
    let bytes = written(schema, &|group| {
        // Rows: ["a", null], [], missing.
        column::<ByteArrayType>(group, &[ByteArray::from("a")], Some(&[3, 2, 1, 0]), Some(&[0, 1, 0, 0]));
        column::<ByteArrayType>(group, &[], Some(&[0, 0, 0]), Some(&[0, 0, 0]));
        column::<Int32Type>(group, &[], Some(&[0, 0, 0]), Some(&[0, 0, 0]));
        column::<Int32Type>(group, &[1, 2], Some(&[1, 1, 0, 0]), Some(&[0, 1, 0, 0]));
    });
    let (columns, rows) = read(&bytes, &Wanted::All);
    assert_eq!(columns, ["tags", "plain"]);
    let list = |values: &[Option<&str>]| Cell::List(values.iter().map(|value| value.map(str::to_owned)).collect());
    assert_eq!(rows[0], [list(&[Some("a"), None]), list(&[Some("1"), Some("2")])]);
    assert_eq!(rows[1], [list(&[]), list(&[])]);
    assert_eq!(rows[2], [Cell::Missing, list(&[])]);
}

#[test]
fn bytes_that_are_no_text_make_a_bad_row() {
    let bytes = written("message leads { required binary x; }", &|group| {
        column::<ByteArrayType>(group, &[ByteArray::from(vec![0xFF]), ByteArray::from("ok")], None, None);
    });
    let folder = Folder::new();
    let mut rows = Rows::open(&folder.file("a.parquet", bytes), &Wanted::All).unwrap();
    let bad = rows.next().unwrap().unwrap().unwrap_err();
    assert_eq!((bad.row, bad.column.as_deref()), (1, Some("x")));
    assert_eq!(bad.reason, "its value is bytes, not UTF-8 text");
    assert_eq!(rows.next().unwrap().unwrap().unwrap().cells, [text("ok")]);
}

#[test]
fn a_damaged_file_is_an_error_and_never_a_crash() {
    let whole = kinds();
    let folder = Folder::new();
    let mut refused = 0;
    for at in (4..whole.len()).step_by(13) {
        let mut damaged = whole.clone();
        damaged[at] ^= 0x55;
        for bytes in [damaged.as_slice(), &whole[..at]] {
            let Ok(mut rows) = Rows::open(&folder.file("a.parquet", bytes), &Wanted::All) else {
                refused += 1;
                continue;
            };
            for _ in 0..10 {
                if !matches!(rows.next(), Ok(Some(_))) {
                    break;
                }
            }
        }
    }
    assert!(refused > whole.len() / 13, "{refused} of {}", whole.len());
}
