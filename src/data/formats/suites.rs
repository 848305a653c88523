//! The shared suites for CSV and JSON, and real exports.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use crate::data::Source;
use crate::data::rows::{Cell, Rows, Wanted};
use crate::data::testing::{Folder, shared_data};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

fn files(folder: &Path, ending: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut open = vec![folder.to_path_buf()];
    while let Some(folder) = open.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                open.push(path);
            } else if path.extension().is_some_and(|has| has == ending) {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

/// Whether all rows of a file can be read, with column `x`.
fn accepted(folder: &Folder, name: &str, text: &[u8]) -> bool {
    let wanted = Wanted::Columns(vec!["x".into()]);
    let Ok(mut rows) = Rows::open(&folder.file(name, text), &wanted) else { return false };
    loop {
        match rows.next() {
            Ok(None) => return true,
            Ok(Some(Ok(_))) => {}
            Ok(Some(Err(_))) | Err(_) => return false,
        }
    }
}

#[test]
fn json_documents_as_cells_are_judged_as_the_suite_says() {
    let Some(suite) = shared_data("suites/json-test-suite/test_parsing") else { return };
    let folder = Folder::new();
    let mut judged = 0;
    for path in files(&suite, "json") {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let document = std::fs::read(&path).unwrap();
        let expected = match name.split('_').next() {
            Some("y") => true,
            Some("n") => false,
            _ => continue,
        };
        // An object inside an object: what follows the document is then a member that was forgotten, not garbage.
        let object = [b"{\"id\":1,\"x\":".as_slice(), &document, b"}"].concat();
        assert_eq!(accepted(&folder, "a.json", &[b"[".as_slice(), &object, b"]"].concat()), expected, "{name}");
        if !document.contains(&b'\n') {
            assert_eq!(accepted(&folder, "a.ndjson", &object), expected, "{name} as a line");
        }
        judged += 1;
    }
    assert!(judged > 280, "{judged}");
}

#[test]
fn csv_spectrum_gives_its_json() {
    let Some(suite) = shared_data("suites/csv-spectrum") else { return };
    for path in files(&suite.join("csvs"), "csv") {
        let json = suite.join("json").join(path.with_extension("json").file_name().unwrap());
        let expected: Vec<BTreeMap<String, String>> = serde_json::from_slice(&std::fs::read(json).unwrap()).unwrap();
        let mut rows = Rows::open(&Source::file(&path), &Wanted::All).unwrap();
        let columns = rows.columns().to_vec();
        let mut read = Vec::new();
        while let Some(row) = rows.next().unwrap() {
            let cells = row.unwrap().cells.into_iter().map(|cell| cell.text().unwrap_or_default());
            read.push(columns.iter().cloned().zip(cells).collect::<BTreeMap<_, _>>());
        }
        assert_eq!(read, expected, "{}", path.display());
    }
}

#[test]
fn real_exports_are_read_whole() {
    let Some(exports) = shared_data("crm-exports") else { return };
    for path in files(&exports, "csv") {
        let mut rows = Rows::open(&Source::file(&path), &Wanted::All).unwrap_or_else(|error| panic!("{error}"));
        assert!(!rows.columns().is_empty(), "{}", path.display());
        assert!(!rows.columns()[0].starts_with('\u{feff}'));
        while let Some(row) = rows.next().unwrap() {
            row.unwrap_or_else(|bad| panic!("{bad}"));
        }
    }
}

#[test]
fn the_education_leads_are_all_there() {
    let Some(path) = shared_data("x-education/Leads.csv") else { return };
    let mut rows = Rows::open(&Source::file(path), &Wanted::All).unwrap();
    assert_eq!(rows.columns().len(), 37);
    let converted_column = rows.columns().iter().position(|column| column == "Converted").unwrap();
    let (mut leads, mut converted) = (0, 0);
    while let Some(row) = rows.next().unwrap() {
        leads += 1;
        converted += usize::from(row.unwrap().cells[converted_column] == Cell::Text("1".into()));
    }
    // The README beside it: 9,240 leads, 38.54 % converted, which is 3,561.
    assert_eq!((leads, converted), (9_240, 3_561));
}

mod round_trip {
    use super::*;
    use crate::data::Format;
    use crate::data::table::{Column, ColumnKind, Destination, OutCell, TableWriter};
    use proptest::prelude::*;

    proptest! {
        #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

        /// Whatever texts are written, the same are read, in every format.
        #[test]
        fn texts_come_back_as_they_were(rows in prop::collection::vec(prop::collection::vec(any_text(), 3), 1..5)) {
            let columns = ["a", "b", "c"].map(|name| Column { name: name.into(), kind: ColumnKind::Text });
            for format in [Format::Csv, Format::Tsv, Format::Ndjson, Format::Json, Format::Parquet] {
                let folder = Folder::new();
                let path = folder.path().join(format!("t.{}", format.name()));
                let mut writer = TableWriter::create(&Destination::File(path.clone()), format, &columns).unwrap();
                for row in &rows {
                    let cells: Vec<OutCell<'_>> = row.iter().map(|text| OutCell::Text(text.into())).collect();
                    writer.row(&cells).unwrap();
                }
                writer.finish().unwrap();
                let wanted = Wanted::Columns(["a", "b", "c"].map(str::to_owned).to_vec());
                let mut reader = Rows::open(&Source::file(path), &wanted).unwrap();
                for row in &rows {
                    let cells = reader.next().unwrap().unwrap().unwrap().cells;
                    let texts: Vec<String> = cells.iter().map(|cell| cell.text().unwrap_or_default()).collect();
                    prop_assert_eq!(&texts, row);
                }
                prop_assert!(reader.next().unwrap().is_none());
            }
        }
    }

    /// Texts that trouble readers more often than chance would.
    fn any_text() -> impl Strategy<Value = String> {
        prop_oneof!["[a\",;\t\r\n \\\\{}\\[\\]é]{0,6}", any::<String>()]
    }
}
