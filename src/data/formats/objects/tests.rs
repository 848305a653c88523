#![allow(clippy::unwrap_used)]

use super::*;
use crate::data::testing::shared_data;
use proptest::prelude::*;

type Taken = (Vec<Vec<Cell>>, Vec<u32>, Vec<String>, Vec<BadRow>, u64, Vec<bool>);

/// Everything that a batch says: cells, row numbers, texts of rows, bad rows, how many rows, which columns are there.
fn taken(objects: &Objects, block: &[u8], with_care: bool, batch: &mut RawBatch) -> Taken {
    objects.take_apart(block.to_vec(), with_care, batch);
    let row = |row: usize| (0..batch.columns.len()).map(|column| batch.cell(column, row)).collect();
    let cells = (0..batch.rows.len()).map(row).collect();
    let texts = (0..batch.rows.len()).map(|row| objects.raw(batch, row)).collect();
    (cells, batch.rows.clone(), texts, batch.bad.clone(), batch.rows_in_block, batch.present.clone())
}

fn objects(frame: Frame, columns: &[&str]) -> Objects {
    let columns = columns.iter().map(|column| (*column).to_owned()).collect();
    Objects::new("a.json".into(), columns, frame, Arc::default())
}

/// Reads lines, and the same texts as elements of an array, both the quick way and with care.
fn held_against_care(lines: &[Vec<u8>], columns: &[&str]) {
    let mut framed = Framed::default();
    lines.iter().for_each(|line| framed.push(line));
    let lines = lines.join(&b'\n');
    for (frame, block) in [(Frame::Lines, lines), (Frame::Ends, framed.into_bytes())] {
        let objects = objects(frame, columns);
        let mut batch = RawBatch::default();
        // What the first block taught is used for the second.
        for _ in 0..2 {
            let quick = taken(&objects, &block, false, &mut batch);
            let care = taken(&objects, &block, true, &mut RawBatch::default());
            assert_eq!(quick, care, "{:?}", block.escape_ascii());
        }
    }
}

/// Whether rows of such text are read the quick way, once it was learned.
fn is_quick(row: &str, columns: &[&str]) -> bool {
    let mut learned = Learned::new(objects(Frame::Lines, columns).columns());
    let mut pieces = vec![vec![Piece::MISSING]; columns.len()];
    let mut anew = String::new();
    (0..2).all(|_| {
        let mut into = Into { pieces: &mut pieces, row: 0, anew: &mut anew, anew_from: 0 };
        learned.read(row, 0, &mut into) == Some(row.len())
    })
}

#[test]
fn usual_rows_are_read_the_quick_way() {
    let columns = ["id", "u.city", "tags", "n"];
    for row in [
        r#"{"id":"L1","u":{"city":"Oslo","zip":null},"tags":["a",1],"n":-1.5e3}"#,
        r#"{"id": "L1", "other": {"a": [1, {"b": "c"}]}, "n": true}"#,
        r#"{ "id" : "a\"b" , "other" : "\u00e9" , "tags" : [] }"#,
        r#"{"u":{}}"#,
        "{}",
    ] {
        assert!(is_quick(row, &columns), "{row}");
    }
}

#[test]
fn surprises_are_left_to_careful_reading() {
    let columns = ["id", "u.city", "u"];
    for row in [
        r#"{"id":1,"id":2}"#,
        r#"{"u":{"city":1}}"#,
        r#"{"\u0069d":1}"#,
        "{\"id\":\t1}",
        r#"{"id":01}"#,
        r#"{"id":"\ud800"}"#,
        r#"{"x":"\q"}"#,
        r#"{"x":nul}"#,
        r#"{"x":[1,]}"#,
        "{\"x\":\"\u{1}\"}",
    ] {
        assert!(!is_quick(row, &columns), "{row}");
    }
    // The longer name wins, wherever it stands.
    assert!(!is_quick(r#"{"u.city":1,"u":{"city":2}}"#, &["u.city"]));
}

#[test]
fn rows_of_every_kind_are_read_the_same_with_care() {
    let rows = [
        r#"{"id":1,"u":{"city":"Oslo"},"x":"y"}"#,
        r#"{"id":1,"u":{"city":"Oslo"},"x":"y"}  "#,
        "",
        "  ",
        r#" {"id":2}"#,
        r#"{"id":3,"u":null}{}"#,
        r#"{"id":4,"u":{"city":null,"city":"two"}}"#,
        r#"{"u":{"city":"in"},"u":5}"#,
        r#"{"u.city":"flat","u":{"city":"in"}}"#,
        r#"{"id":"\ud800"}"#,
        r#"{"id":["\ud800"]}"#,
        r#"{"id":{"a":"\ud800"},"x":"\ud800"}"#,
        r#"{"id":1e999,"x":-0}"#,
        r#"{"id":["a",null,2,true],"x":[{"a":1}]}"#,
        "\"no object\"",
        "{",
        r#"{"id":1"#,
    ];
    let lines: Vec<Vec<u8>> = rows.iter().map(|row| row.as_bytes().to_vec()).collect();
    held_against_care(&lines, &["id", "u.city", "x"]);
    held_against_care(&lines, &["u", "u.city", "no"]);
    held_against_care(&[b"{\"id\":\"\xFF\"}".to_vec(), b"{\"id\":\"ok\"}".to_vec()], &["id"]);
}

/// Each document of the suite as a wanted value, as one nobody wants, inside another, and by itself.
#[test]
fn the_suite_has_the_same_verdicts_both_ways() {
    let Some(suite) = shared_data("suites/json-test-suite/test_parsing") else { return };
    let mut judged = 0;
    for entry in std::fs::read_dir(suite).unwrap() {
        let document = std::fs::read(entry.unwrap().path()).unwrap();
        let around = |before: &str, behind: &str| [before.as_bytes(), &document, behind.as_bytes()].concat();
        let lines = [
            around("{\"id\":1,\"x\":", "}"),
            around("{\"id\":1,\"y\":", "}"),
            around("{\"id\":1,\"u\":{\"city\":", "}}"),
            around("{\"id\":1,\"y\":[", "]}"),
            document.clone(),
        ];
        // One learned from plain rows, one from these.
        for columns in [["id", "x", "u.city"], ["a", "u", "y"]] {
            held_against_care(&lines, &columns);
            held_against_care(&[vec![b"{\"id\":1,\"x\":2}".to_vec()], lines.to_vec()].concat(), &columns);
        }
        judged += 1;
    }
    assert!(judged > 300, "{judged}");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_rows_are_read_the_same_with_care(rows in prop::collection::vec(object(), 1..8), cut in any::<prop::sample::Index>()) {
        let mut lines: Vec<Vec<u8>> = rows.into_iter().map(String::into_bytes).collect();
        held_against_care(&lines, &["a", "b.a", "b", "a.b.c", "c"]);
        let last = lines.pop().unwrap();
        lines.push(last[..cut.index(last.len())].to_vec());
        held_against_care(&lines, &["c", "b.a", "a.b"]);
    }
}

/// An object with few names, so that they repeat; sometimes with blanks, and sometimes wrong.
fn object() -> impl Strategy<Value = String> {
    let plain = prop::sample::select(vec![
        "1",
        "-2.50",
        "1e5",
        "01",
        "\"\"",
        "\"x\"",
        "\"é\"",
        "\"a\\nb\"",
        "\"\\u00e9\"",
        "\"\\ud83d\"",
        "true",
        "false",
        "null",
        "[]",
        "{}",
        "[1,\"a\"]",
        "\"a longer text, of more than sixteen bytes\"",
        "nul",
        "\"\t\"",
    ]);
    let plain = plain.prop_map(str::to_owned);
    plain.prop_recursive(3, 24, 5, |inner| {
        let name = prop::sample::select(vec!["a", "b", "c", "a.b", "b.a", "d", "a name that is longer than thirty-two bytes", "\\u0061"]);
        let members = prop::collection::vec((name, inner.clone()), 0..5);
        let spaced = prop::sample::select(vec![(",", ":"), (", ", ": "), (" ,", " :"), (",\t", ":")]);
        prop_oneof![
            4 => (members, spaced).prop_map(|(members, (comma, colon))| {
                let members: Vec<String> = members.iter().map(|(name, value)| format!("\"{name}\"{colon}{value}")).collect();
                format!("{{{}}}", members.join(comma))
            }),
            1 => prop::collection::vec(inner, 0..3).prop_map(|values| format!("[{}]", values.join(", "))),
        ]
    })
}
