//! The formats that can be written. A new one is one file here and one line in [`WRITERS`].

mod csv;
mod json;
mod ndjson;
mod object;
mod parquet;
mod table;

use super::sink::Sink;
use super::table::{Column, FormatWriter};
use super::{DataError, Format};

/// A format that can be written.
pub(super) struct Writer {
    pub(super) format: Format,
    pub(super) open: Open,
}

type Open = fn(Sink, &[Column]) -> Result<Box<dyn FormatWriter>, DataError>;

const WRITERS: &[Writer] = &[
    CSV,
    Writer { format: Format::Tsv, open: csv::open_tsv },
    Writer { format: Format::Ndjson, open: ndjson::open },
    Writer { format: Format::Json, open: json::open },
    Writer { format: Format::Parquet, open: parquet::open },
    Writer { format: Format::Table, open: table::open },
];

const CSV: Writer = Writer { format: Format::Csv, open: csv::open_csv };

pub(super) fn writer(format: Format) -> &'static Writer {
    WRITERS.iter().find(|writer| writer.format == format).unwrap_or(&CSV)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::data::rows::{Cell, Rows, Wanted};
    use crate::data::table::{ColumnKind, Destination, OutCell, TableWriter};
    use crate::data::testing::Folder;
    use crate::data::{Source, testing};
    use crate::value::{Decimal, Instant};

    fn columns() -> Vec<Column> {
        let column = |name: &str, kind| Column { name: name.to_owned(), kind };
        vec![
            column("id", ColumnKind::Text),
            column("fit", ColumnKind::Number),
            column("mql", ColumnKind::YesNo),
            column("mql_since", ColumnKind::Instant),
            column("tags", ColumnKind::AsRead),
        ]
    }

    fn rows() -> Vec<Vec<OutCell<'static>>> {
        let number = |billionths| OutCell::Number(Decimal::from_billionths(billionths));
        let list = OutCell::AsRead(Cell::List(vec![Some("a;\"b".into()), None]));
        vec![
            vec![
                OutCell::Text("L,1".into()),
                number(12_500_000_000),
                OutCell::YesNo(true),
                OutCell::Instant(Instant(0)),
                list,
            ],
            vec![
                OutCell::Text("=1+1".into()),
                number(-100_000),
                OutCell::YesNo(false),
                OutCell::Missing,
                OutCell::Missing,
            ],
            vec![
                OutCell::Text("L\n3".into()),
                OutCell::Missing,
                OutCell::Missing,
                OutCell::Missing,
                OutCell::AsRead(Cell::Number("1.50".into())),
            ],
        ]
    }

    fn written(format: Format, name: &str, rows: &[Vec<OutCell<'_>>]) -> Folder {
        let folder = Folder::new();
        let to = Destination::File(folder.path().join(name));
        let mut writer = TableWriter::create(&to, format, &columns()).unwrap();
        for row in rows {
            writer.row(row).unwrap();
        }
        writer.finish().unwrap();
        folder
    }

    #[test]
    fn every_format_has_its_file() {
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src/data/writers");
        for format in Format::ALL {
            assert_eq!(writer(format).format, format);
            // Both kinds of delimited text are one file.
            let name = if format == Format::Tsv { "csv" } else { format.name() };
            assert!(folder.join(name).with_extension("rs").exists(), "{name}");
        }
    }

    #[test]
    fn a_reader_that_has_gone_is_no_mistake() {
        let gone = crate::data::sink::failed("standard output", &std::io::ErrorKind::BrokenPipe.into());
        assert!(matches!(gone, DataError::ClosedPipe));
    }

    #[test]
    fn csv_quotes_where_it_must_and_leaves_values_as_they_are() {
        let folder = written(Format::Csv, "a", &rows());
        let expected = "id,fit,mql,mql_since,tags\n\
            \"L,1\",12.5,true,1970-01-01T00:00:00Z,\"[\"\"a;\\\"\"b\"\",null]\"\n\
            =1+1,-0.0001,false,,\n\
            \"L\n3\",,,,1.50\n";
        assert_eq!(folder.text("a").unwrap(), expected);
        assert!(written(Format::Tsv, "a", &rows()).text("a").unwrap().starts_with("id\tfit\t"));
    }

    #[test]
    fn json_keeps_kinds() {
        let lines = [
            r#"{"id":"L,1","fit":12.5,"mql":true,"mql_since":"1970-01-01T00:00:00Z","tags":["a;\"b",null]}"#,
            r#"{"id":"=1+1","fit":-0.0001,"mql":false,"mql_since":null,"tags":null}"#,
            r#"{"id":"L\n3","fit":null,"mql":null,"mql_since":null,"tags":1.50}"#,
        ];
        assert_eq!(written(Format::Ndjson, "a", &rows()).text("a").unwrap(), lines.join("\n") + "\n");
        let array = format!("[\n  {}\n]\n", lines.join(",\n  "));
        assert_eq!(written(Format::Json, "a", &rows()).text("a").unwrap(), array);
        assert_eq!(written(Format::Json, "a", &[]).text("a").unwrap(), "[]\n");
    }

    #[test]
    fn a_table_lines_up_and_shows_controls() {
        let folder = written(Format::Table, "a", &rows()[1..]);
        let expected = [
            "id   ┆     fit ┆ mql   ┆ mql_since ┆ tags",
            "══════╪═════════╪═══════╪═══════════╪══════",
            "=1+1 ┆ -0.0001 ┆ false ┆           ┆",
            "L\\n3 ┆         ┆       ┆           ┆ 1.50",
        ];
        let text = folder.text("a").unwrap();
        let trimmed: Vec<String> = text.lines().map(|line| line.trim().to_owned()).collect();
        assert_eq!(trimmed, expected, "{text}");
    }

    #[test]
    fn every_format_that_can_be_read_gives_the_values_back() {
        for format in [Format::Csv, Format::Tsv, Format::Ndjson, Format::Json, Format::Parquet] {
            let name = format!("a.{}", format.name());
            let folder = written(format, &name, &rows());
            let mut read = Rows::open(&Source::file(folder.path().join(&name)), &Wanted::All).unwrap();
            assert_eq!(read.columns(), ["id", "fit", "mql", "mql_since", "tags"]);
            for row in rows() {
                let expected: Vec<_> = row.iter().map(OutCell::text).collect();
                let cells: Vec<_> = read.next().unwrap().unwrap().unwrap().cells.iter().map(Cell::text).collect();
                assert_eq!(cells, expected, "{}", format.name());
            }
            assert!(read.next().unwrap().is_none());
        }
    }

    #[test]
    fn naughty_strings_come_back_as_they_were() {
        let Some(path) = testing::shared_data("suites/blns/blns.json") else { return };
        let strings: Vec<String> = serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap();
        let rows: Vec<Vec<OutCell<'static>>> = strings
            .iter()
            .map(|text| {
                let mut row = vec![OutCell::Missing; 4];
                row.insert(0, OutCell::Text(text.clone().into()));
                row
            })
            .collect();
        for format in [Format::Csv, Format::Tsv, Format::Ndjson, Format::Json, Format::Parquet] {
            let name = format!("a.{}", format.name());
            let folder = written(format, &name, &rows);
            let mut read = Rows::open(&Source::file(folder.path().join(&name)), &Wanted::All).unwrap();
            for text in &strings {
                let cell = read.next().unwrap().unwrap().unwrap().cells.swap_remove(0);
                assert_eq!(cell.text().unwrap_or_default(), *text, "{}", format.name());
            }
        }
        let table = written(Format::Table, "a", &rows).text("a").unwrap();
        assert!(!table.chars().any(|letter| letter.is_control() && letter != '\n'));
    }
}
