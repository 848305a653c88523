#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use super::*;
use crate::data::rows::Rows;
use crate::data::testing::Folder;
use crate::value::{Instant, Moment};
use parquet::data_type::{
    BoolType, ByteArray, ByteArrayType, DataType, DoubleType, FixedLenByteArrayType, FloatType, Int32Type, Int64Type,
    Int96, Int96Type,
};
use parquet::file::properties::{WriterProperties, WriterVersion};
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

/// All rows in blocks of `size`, the quick way or with care, and the kinds of the columns that were read so.
fn in_blocks(bytes: &[u8], size: usize, quick: bool) -> (Vec<Vec<Cell>>, Vec<&'static str>) {
    let folder = Folder::new();
    let file = open_file(Input::open(&folder.file("a.parquet", bytes)).unwrap(), &Wanted::All).unwrap();
    let (mut all, mut kinds) = (Vec::new(), Vec::new());
    let mut batch = RawBatch::default();
    for group in 0..file.columns.file.num_row_groups() {
        let rows = file.columns.rows_of(group).unwrap();
        for from in (0..rows).step_by(size) {
            batch.clear(file.columns.leaves.len());
            file.columns.read((group, from, size.min(rows - from)), quick, &mut batch).unwrap();
            let row = |row: usize| (0..batch.columns.len()).map(|column| batch.cell(column, row)).collect();
            all.extend((0..batch.rows.len()).map(row));
            kinds = batch.columns.iter().map(kind).collect();
        }
    }
    (all, kinds)
}

fn kind(column: &RawColumn) -> &'static str {
    match column {
        RawColumn::Absent => "absent",
        RawColumn::Pieces(_) => "pieces",
        RawColumn::Coded { .. } => "coded",
        RawColumn::Whole { .. } => "whole",
        RawColumn::Doubles { .. } => "doubles",
        RawColumn::YesNo { .. } => "yes/no",
        RawColumn::Dates(_) => "dates",
        RawColumn::Cells(_) => "cells",
    }
}

const MANY: &str = "message leads {
    required binary id (UTF8);
    optional binary country (UTF8);
    optional int64 visits;
    required int32 size (INTEGER(32, false));
    optional double revenue;
    optional float rate;
    optional boolean consent;
    optional int32 born (DATE);
    optional int64 seen (TIMESTAMP(MICROS, true));
    optional int64 local (TIMESTAMP(MICROS, false));
    optional group address { optional binary city (UTF8); }
}";

/// 500 rows in each of two row groups, in small pages, some of them behind a dictionary that grew too large.
fn many(version: WriterVersion, dictionaries: bool) -> Vec<u8> {
    let properties = WriterProperties::builder()
        .set_writer_version(version)
        .set_dictionary_enabled(dictionaries)
        .set_dictionary_page_size_limit(2_000)
        .set_data_page_row_count_limit(70)
        .set_write_batch_size(10)
        .set_compression(parquet::basic::Compression::SNAPPY)
        .build();
    let schema = Arc::new(parse_message_type(MANY).unwrap());
    let mut writer = SerializedFileWriter::new(Vec::new(), schema, Arc::new(properties)).unwrap();
    for group in 0..2 {
        let mut group_rows = writer.next_row_group().unwrap();
        let rows = &mut group_rows;
        // Every seventh value is missing, and in the first row group a long stretch.
        let levels = |full: i16| -> Vec<i16> {
            let known = |row: i16| row % 7 != 3 && (group == 1 || !(100..300).contains(&row));
            (0..500).map(|row| if known(row) { full } else { 0 }).collect()
        };
        let known = levels(1);
        let count = known.iter().filter(|level| **level == 1).count() as i64;
        let texts = |of: &dyn Fn(i64) -> String, count: i64| -> Vec<ByteArray> {
            (0..count).map(|row| ByteArray::from(of(row).as_str())).collect()
        };
        // Some of the later ones are so long that the bytes of their length are no letters of ASCII.
        let long = |row: i64| if row > 250 && row % 50 == 0 { "ö".repeat(150) } else { String::new() };
        column::<ByteArrayType>(rows, &texts(&|row| format!("L{group}-é{row}{}", long(row)), 500), None, None);
        column::<ByteArrayType>(
            rows,
            &texts(&|row| ["Norge", "", "Österreich"][row as usize % 3].into(), count),
            Some(&known),
            None,
        );
        let numbers: Vec<i64> = (0..count).map(|row| (row % 40 - 5) * 1_000_000_007).collect();
        column::<Int64Type>(rows, &numbers, Some(&known), None);
        let sizes: Vec<i32> = (0..500).map(|row| row % 11 - 1).collect();
        column::<Int32Type>(rows, &sizes, None, None);
        let doubles: Vec<f64> = numbers.iter().map(|number| *number as f64 / 8.0).collect();
        column::<DoubleType>(rows, &doubles, Some(&known), None);
        let singles: Vec<f32> = (0..count).map(|row| row as f32 * 0.1).collect();
        column::<FloatType>(rows, &singles, Some(&known), None);
        let yes: Vec<bool> = (0..count).map(|row| row % 3 == 0 || (50..90).contains(&row)).collect();
        column::<BoolType>(rows, &yes, Some(&known), None);
        let days: Vec<i32> = (0..count).map(|row| (row as i32 - 100) * 37).collect();
        column::<Int32Type>(rows, &days, Some(&known), None);
        column::<Int64Type>(rows, &numbers, Some(&known), None);
        column::<Int64Type>(rows, &numbers, Some(&known), None);
        let mut cities = levels(2);
        cities[0] = 1;
        let count = cities.iter().filter(|level| **level == 2).count() as i64;
        // Likewise long: of 5, 79, 153, 227 and 301 bytes.
        let city = |row: i64| format!("city {}", "ö".repeat(row as usize % 5 * 37));
        column::<ByteArrayType>(rows, &texts(&city, count), Some(&cities), None);
        group_rows.close().unwrap();
    }
    writer.into_inner().unwrap()
}

#[test]
fn pages_are_read_the_same_with_care() {
    for version in [WriterVersion::PARQUET_1_0, WriterVersion::PARQUET_2_0] {
        for dictionaries in [true, false] {
            let bytes = many(version, dictionaries);
            let expected = in_blocks(&bytes, 1_000, false).0;
            assert_eq!(expected.len(), 1_000);
            for size in [1_000, 64, 7] {
                let (rows, kinds) = in_blocks(&bytes, size, true);
                assert!(rows == expected, "blocks of {size} rows, {version:?}");
                // Version 2 without a dictionary uses encodings that are left to careful reading.
                if version == WriterVersion::PARQUET_1_0 && size > 7 {
                    let text = if dictionaries { "coded" } else { "pieces" };
                    let kinds_expected = [
                        "pieces", text, "whole", "whole", "doubles", "doubles", "yes/no", "dates", "dates", "cells",
                        text,
                    ];
                    assert_eq!(kinds, kinds_expected);
                }
            }
        }
    }
}

/// Two threads with blocks out of order find what one thread in order finds.
#[test]
fn threads_share_pages() {
    let bytes = many(WriterVersion::PARQUET_1_0, true);
    let expected = in_blocks(&bytes, 500, false).0;
    let folder = Folder::new();
    let file = open_file(Input::open(&folder.file("a.parquet", &bytes)).unwrap(), &Wanted::All).unwrap();
    let blocks: Vec<(usize, usize)> =
        (0..2).flat_map(|group| (0..500).step_by(50).map(move |from| (group, from))).collect();
    file.columns.under_way().extend(&blocks);
    std::thread::scope(|scope| {
        for thread in 0..2 {
            let (blocks, columns, expected) = (&blocks, &file.columns, &expected);
            scope.spawn(move || {
                let mut batch = RawBatch::default();
                for pair in blocks.chunks(2).rev() {
                    let (group, from) = pair[thread];
                    columns.decode(Block::Rows { group, from, count: 50 }, &mut batch).unwrap();
                    for row in 0..50 {
                        let cells: Vec<Cell> = (0..batch.columns.len()).map(|column| batch.cell(column, row)).collect();
                        assert_eq!(cells, expected[group * 500 + from + row]);
                    }
                }
            });
        }
    });
    assert!(file.columns.under_way().is_empty());
}
