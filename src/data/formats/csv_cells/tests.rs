use super::*;
use crate::data::rows::Cell;
use proptest::prelude::*;

type Taken = (Vec<Vec<Cell>>, Vec<u32>, Vec<u32>, Vec<String>, Vec<BadRow>, u64, u64);

/// Everything that a batch says: cells, row numbers, lines, texts of rows, bad rows, how many rows and lines.
fn taken(cells: &Cells, text: &[u8], with_care: bool, batch: &mut RawBatch) -> Taken {
    cells.take_apart(text.to_vec(), with_care, batch);
    let row = |row: usize| (0..batch.columns.len()).map(|column| batch.cell(column, row)).collect();
    let all = (0..batch.rows.len()).map(row).collect();
    let texts = (0..batch.rows.len()).map(|row| cells.raw(batch, row)).collect();
    let (rows, lines) = (batch.rows.clone(), batch.lines.clone());
    (all, rows, lines, texts, batch.bad.clone(), batch.rows_in_block, batch.lines_in_block)
}

fn cells(header: &[&str], line_end: u8, places: Vec<Option<usize>>) -> Cells {
    let header = header.iter().map(|name| (*name).to_owned()).collect();
    Cells::new("a.csv".into(), Layout { delimiter: b',', line_end }, header, places, Arc::default())
}

fn held_against_care(text: &[u8]) {
    for line_end in [b'\n', b'\r'] {
        for header in [&["a", "b", "c"][..], &["a", "b", ""], &["a"]] {
            let cells = cells(header, line_end, vec![Some(header.len() - 1), None, Some(0)]);
            let mut batch = RawBatch::default();
            // The second block of a batch finds the memory of the first.
            for _ in 0..2 {
                let quick = taken(&cells, text, false, &mut batch);
                assert_eq!(quick, taken(&cells, text, true, &mut RawBatch::default()), "{:?}", text.escape_ascii());
            }
        }
    }
}

#[test]
fn rows_of_every_kind_are_read_the_same_with_care() {
    for text in [
        "1,2,3\n4,5,6\n",
        "\"a,b\",\"c\"\"d\",\"\"\r\n\"x\r\ny\",,\r\n\r\nz,z,z",
        "5\" x,2,3\n\"a\"b,2,3\n\"a\",\"2\n\n\",\"3\"\n1,2,\"3",
        "1\n1,2\n1,2,3,\n1,2,3, ,\n1,2,3,4\n   \n,,\n",
        "a\r\rb\n\r\n",
        "\"a\"\r\n\"b\"\r",
        "",
    ] {
        held_against_care(text.as_bytes());
    }
}

#[test]
fn odd_quotes_leave_the_rows_around_them_as_they_are() {
    let cells = cells(&["a", "b"], b'\n', vec![Some(0), Some(1)]);
    let text = "1,\"x\ny\"\n2,5\" z\n\"3\"q,w\n4,\"\"\"4\"\"\"\n";
    let (rows, numbers, lines, texts, bad, ..) = taken(&cells, text.as_bytes(), false, &mut RawBatch::default());
    let cell = |text: &str| Cell::Text(text.to_owned());
    assert_eq!(rows, [[cell("1"), cell("x\ny")], [cell("2"), cell("5\" z")], [cell("4"), cell("\"4\"")]]);
    assert_eq!((numbers, lines), (vec![0, 1, 3], vec![0, 2, 4]));
    assert_eq!(texts, ["1,\"x\ny\"", "2,5\" z", "4,\"\"\"4\"\"\""]);
    assert_eq!((bad[0].row, bad[0].line, bad[0].column.as_deref()), (2, Some(3), Some("a")));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_is_read_the_same_with_care(
        pieces in prop::collection::vec(
            prop_oneof![
                6 => Just(","), 3 => Just("\n"), 2 => Just("\r\n"), 1 => Just("\r"), 2 => Just("\""),
                2 => Just("\"\""), 3 => Just("\"a b\""), 2 => Just(" "), 4 => Just("text of a cell"), 2 => Just("é"),
                1 => Just("1,2,3\n4,5,6\n7,8,9\n"),
            ],
            0..120,
        ),
        damage in prop::option::weighted(0.1, any::<prop::sample::Index>()),
    ) {
        let mut text = pieces.concat().into_bytes();
        if let Some(at) = damage.filter(|_| !text.is_empty()) {
            let at = at.index(text.len());
            text[at] = 0xFF;
        }
        held_against_care(&text);
    }
}
