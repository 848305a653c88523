//! Whole texts read off small tables.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use super::draft::draft;
use super::table::Table;
use super::write;
use crate::data::rows::{Cell, Row, RowReader};
use crate::data::{BadRow, DataError};
use crate::source::Memory;
use proptest::prelude::*;
use std::path::Path;

/// Rows in memory: a header, then cells between `|`, an empty one being missing.
struct Sample {
    columns: Vec<String>,
    rows: Vec<Vec<String>>,
    next: usize,
}

impl RowReader for Sample {
    fn columns(&self) -> &[String] {
        &self.columns
    }

    fn present(&self) -> Vec<bool> {
        vec![true; self.columns.len()]
    }

    fn header(&self) -> Option<&[String]> {
        Some(&self.columns)
    }

    fn next(&mut self) -> Result<Option<Result<Row, BadRow>>, DataError> {
        let Some(cells) = self.rows.get(self.next) else { return Ok(None) };
        self.next += 1;
        let cell = |text: &String| if text.is_empty() { Cell::Missing } else { Cell::Text(text.clone()) };
        Ok(Some(Ok(Row { number: self.next as u64, cells: cells.iter().map(cell).collect() })))
    }

    fn raw(&self) -> String {
        String::new()
    }

    fn progress(&self) -> (u64, Option<u64>) {
        (0, None)
    }
}

fn cells(line: &str) -> Vec<String> {
    line.split('|').map(|cell| cell.trim().to_owned()).collect()
}

fn table(file: &str, text: &str, leads: Option<&Table>) -> Table {
    let mut lines = text.lines().map(str::trim).filter(|line| !line.is_empty()).map(cells);
    let mut sample = Sample { columns: lines.next().unwrap(), rows: lines.collect(), next: 0 };
    Table::of_rows(file, &mut sample, leads, &mut |_, _| Ok(())).unwrap()
}

fn compiles(text: &str) {
    let files = Memory::default().with("model.score", text);
    if let Err(error) = crate::compile(&files, Path::new("model.score")) {
        panic!("{error:?}\n{text}");
    }
}

/// The declarations for leads alone.
fn declared(text: &str) -> String {
    write::text(&draft(&table("leads.csv", text, None), &[]))
}

/// The lines of the `lead` block.
fn fields(text: &str) -> Vec<String> {
    let declared = declared(text);
    let block = declared.split("lead {\n").nth(1).unwrap_or_else(|| panic!("{declared}")).split("\n}").next().unwrap();
    block.lines().map(|line| line.trim().to_owned()).collect()
}

/// Some rows that differ in the first column alone.
fn many(header: &str, rows: usize, rest: &[&str]) -> String {
    let lines = (0..rows).map(|row| format!("c{row}|{}\n", rest[row % rest.len()]));
    format!("{header}\n{}", lines.collect::<String>())
}

#[test]
fn types_are_read_off_the_cells() {
    let text = "
        id  | Job Title | Employees | consent | created_at          | zip   | tags
        a1  | CEO       | 12        | yes     | 2026-05-01 09:30:00 | 01234 | [\"a\", \"b\"]
        a2  | VP Sales  | 1.5       | no      | 2026-05-02          | 99999 | []
        a3  |           |           |         |                     |       | ";
    let expected = [
        "id          text key",
        "job_title   text column \"Job Title\"",
        "employees   number column \"Employees\"",
        "consent     yes/no",
        "created_at  date",
        "zip         text",
        "tags        list of text",
    ];
    assert_eq!(fields(text), expected);
}

#[test]
fn columns_with_few_values_list_them_the_most_frequent_first() {
    let text = many("id|plan", 40, &["pro", "free", "pro"]);
    assert_eq!(fields(&text), ["id    text key", "plan  one of \"pro\", \"free\""]);
    let text = many("id|plan", 19, &["pro", "free"]);
    assert_eq!(fields(&text), ["id    text key", "plan  text"], "19 cells for 2 values are too few to tell");
}

#[test]
fn placeholders_are_missing_and_hide_no_type() {
    let text = many("id|visits|city", 24, &["3|Paris", "N/A|Select", "-|Rome"]);
    let expected =
        ["id      text key", "visits  number", "city    text", "treat \"N/A\", \"-\", \"Select\" as missing"];
    let mut actual = fields(&text);
    assert!(actual[2].starts_with("city    "), "{actual:?}");
    actual[2] = "city    text".to_owned();
    assert_eq!(actual, expected);
}

#[test]
fn the_country_code_of_namibia_is_no_placeholder_unless_numbers_stand_around_it() {
    assert_eq!(fields("id|country\n1|NA\n2|DE\n"), ["id       text key", "country  text"]);
    assert_eq!(fields("id|seats\n1|NA\n2|4\n"), ["id     text key", "seats  number", "treat \"NA\" as missing"]);
}

#[test]
fn yes_and_no_of_known_languages_name_their_words() {
    assert_eq!(fields("id|abo\n1|Oui\n2|Non\n")[1], "abo  yes/no as \"Oui\", \"Non\"");
    assert_eq!(fields("id|won\n1|0\n2|1\n")[1], "won  yes/no");
    assert_eq!(fields("id|visits\n1|0\n2|1\n")[1], "visits  number");
}

#[test]
fn dates_name_their_form_and_doubts_are_told() {
    assert_eq!(fields("id|born\n1|25/12/1999\n2|01/02/1980\n")[1], "born  date as \"DD/MM/YYYY\"");
    let doubtful = &fields("id|born\n1|05/12/1999\n2|01/02/1980\n")[1];
    assert!(doubtful.starts_with("born  date as \"DD/MM/YYYY\"  # days and months could also"), "{doubtful}");
    assert_eq!(fields("id|created\n1|1767225600\n2|1767225601\n")[1], "created  date in seconds");
    assert_eq!(fields("id|created\n1|1767225600000\n2|1767225601000\n")[1], "created  date in milliseconds");
    assert_eq!(fields("id|budget\n1|1767225600\n2|1767225601\n")[1], "budget  number");
}

#[test]
fn a_column_without_a_value_is_said_to_be_empty() {
    assert_eq!(fields("id|fax\n1|\n2|\n")[1], "fax  text  # empty in this file");
}

#[test]
fn the_key_is_an_identity_that_differs_in_each_row() {
    assert_eq!(fields("owner_id|Prospect ID\n7|a\n7|b\n")[1], "prospect_id  text key column \"Prospect ID\"");
    assert_eq!(fields("name|email\nAda|a@x.example\nAda|b@x.example\n")[1], "email  text key");
    let unnamed = fields("title|label\nCEO|one\nCEO|two\n");
    assert_eq!(unnamed[0], "# No column is named like an identity; \"label\" is different in each row.");
    assert_eq!(unnamed[2], "label  text key");
}

#[test]
fn names_that_are_not_plain_are_told_from_their_column() {
    let text = "id | from | کشور | نام شرکت | Total Visits\n1 | a | b | c | 3\n";
    let expected = [
        "id            text key",
        "`from`        text",
        "کشور          text",
        "`نام شرکت`    text",
        "total_visits  number column \"Total Visits\"",
    ];
    assert_eq!(fields(text), expected);
}

#[test]
fn a_log_without_a_key_is_declared_as_events() {
    let text = "
        contact_id | timestamp           | action | url
        7          | 2026-05-01 09:30:00 | open   |
        7          | 2026-05-01 09:30:00 | click  | /a
        8          | 2026-05-01 09:30:00 | open   | ";
    let declared = declared(text);
    assert!(!declared.contains("lead {"), "{declared}");
    let mapping = "events { lead column \"contact_id\", type column \"action\", at column \"timestamp\" }\n";
    assert!(declared.contains(mapping), "{declared}");
    assert!(declared.contains("event open\n"), "{declared}");
    assert!(declared.contains("event click { url text }\n"), "{declared}");
}

#[test]
fn events_are_matched_by_what_names_their_leads() {
    let leads = table("leads.csv", "id | E-Mail\n1 | a@x.example\n2 | b@x.example\n", None);
    let events = "
        who         | event        | at
        a@x.example | Page Viewed  | 2026-05-01
        c@x.example | Sign-up      | 2026-05-02";
    let events = table("events.csv", events, Some(&leads));
    let declared = write::text(&draft(&leads, &[(events, None)]));
    let mapping = "events { lead column \"who\" by e_mail, type column \"event\" }\n";
    assert!(declared.contains(mapping), "{declared}");
    assert!(declared.contains("event page_viewed called \"Page Viewed\"\n"), "{declared}");
    assert!(declared.contains("--events events.csv\n"), "{declared}");
}

#[test]
fn a_file_of_one_type_is_named_by_the_command_line_or_by_its_name() {
    let leads = table("leads.csv", "id\n1\n2\n", None);
    let rows = "lead_id | at | path\n1 | 2026-05-01 | /a\n1 | 2026-05-01 | /b\n";
    let given = (table("a/views.csv", rows, Some(&leads)), Some("Page View".to_owned()));
    let named = (table("a/clicks.csv", "contact | when\n1 | 1767225600\n", Some(&leads)), None);
    let declared = write::text(&draft(&leads, &[given, named]));
    assert!(declared.contains("event page_view called \"Page View\" { path text }\n"), "{declared}");
    let clicks = "event clicks { lead column \"contact\", at column \"when\" in seconds }\n";
    assert!(declared.contains(clicks), "{declared}");
    assert!(declared.contains("--events page_view=a/views.csv --events clicks=a/clicks.csv\n"), "{declared}");
}

#[test]
fn a_log_is_a_log_even_where_few_leads_occur_twice() {
    let row = |number: usize| format!("{number}|2026-05-01|v{number}\n");
    let rows: String = (0..30).map(row).chain([row(0)]).collect();
    assert!(!declared(&format!("contact_id|timestamp|value\n{rows}")).contains("lead {"));
    let leads = fields(&format!("contact_id|created_at|value\n{rows}"));
    assert_eq!(
        leads[0],
        "# 1 row repeats the \"contact_id\" of an earlier row: run with --rejects FILE to go on without them."
    );
    assert_eq!(leads[1], "contact_id  text key");
}

#[test]
fn an_instant_of_another_name_leaves_no_property_named_at() {
    let leads = table("leads.csv", "id\n1\n2\n", None);
    let rows = "lead_id | type | timestamp           | at\n1 | open | 2026-05-01 10:00:00 | door\n";
    let events = table("events.csv", rows, Some(&leads));
    let declared = write::text(&draft(&leads, &[(events, None)]));
    assert!(declared.contains("event open { at_2 text column \"at\" }\n"), "{declared}");
}

#[test]
fn long_lists_of_values_are_broken_behind_commas() {
    let value = |letter: char| letter.to_string().repeat(35);
    let values: Vec<String> = ['a', 'b', 'c'].iter().map(|letter| value(*letter)).collect();
    let rows = many("id|plan", 30, &values.iter().map(String::as_str).collect::<Vec<_>>());
    let [a, b, c] = values.as_slice() else { panic!() };
    let expected = format!("  plan  one of \"{a}\", \"{b}\",\n          \"{c}\"\n");
    assert!(declared(&rows).contains(&expected), "{}", declared(&rows));
}

#[test]
fn columns_that_cannot_be_told_apart_are_left_out_and_named() {
    let declared = declared("id | note | note | \n1 | a | b | c\n");
    assert!(declared.contains("# Two columns are named \"note\", so neither can be read: rename one of them.\n"));
    assert!(declared.contains("# A column without a name is left out.\n"));
    assert!(declared.contains("lead {\n  id  text key\n}\n"), "{declared}");
}

/// Headers and cells that like to break things: words of the language, quotes, hidden characters, dates, numbers.
fn piece() -> impl Strategy<Value = String> {
    let known = prop::sample::select(vec![
        "id",
        "at",
        "from",
        "treat",
        "key",
        "a\"b, \"c",
        "`",
        "\\",
        "#",
        "{",
        "}",
        "\u{202e}abc",
        "\u{200c}",
        "کشور",
        "نام شرکت",
        "N/A",
        "yes",
        "no",
        "oui",
        "non",
        "1.234,5",
        "01/02/2026",
        "2026-05-01",
        "1767225600",
        "[\"a\"]",
        "a;b",
        "type",
        "email",
        "İ",
        "ﬁ",
        "events",
        "e\u{301}",
        "\u{e9}",
        "كي",
        "کی",
        "_",
        "9",
        "-",
        "٣",
        "line\nbreak",
        "lead_id",
        "timestamp",
    ]);
    prop_oneof![4 => known.prop_map(str::to_owned), 1 => ".{0,12}", 1 => "[ -~]{0,12}"]
}

proptest! {
    #[test]
    fn whatever_the_data_holds_the_declarations_check_clean(
        headers in prop::collection::vec(piece(), 1..7),
        cells in prop::collection::vec(prop::collection::vec(piece(), 7), 0..12),
        as_events in any::<bool>(),
    ) {
        let read = |leads: Option<&Table>| {
            let mut sample = Sample { columns: headers.clone(), rows: cells.clone(), next: 0 };
            Table::of_rows("a \"b\"\n.csv", &mut sample, leads, &mut |_, _| Ok(())).unwrap()
        };
        let leads = read(None);
        let events = if as_events { vec![(read(Some(&leads)), None)] } else { Vec::new() };
        compiles(&write::text(&draft(&leads, &events)));
    }
}
