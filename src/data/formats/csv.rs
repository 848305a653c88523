//! CSV and its kin: a header, then a line a row; `,`, `;` or tab between cells, found out from the header.

use super::csv_cells::Cells;
use super::record::{Layout, Record, layout_of};
use super::stretches::Stretches;
use super::wide;
use crate::data::batch::{Block, BlockReader, Decoder};
use crate::data::rows::Wanted;
use crate::data::source::Input;
use crate::data::{DataError, Format, shown};
use std::sync::Arc;

/// Blocks of delimited text.
struct Csv {
    stretches: Stretches,
    cells: Arc<Cells>,
    columns: Vec<String>,
    /// Lines of the header and before it.
    header_lines: u64,
    begun: bool,
}

pub(super) fn open(input: Input, wanted: &Wanted) -> Result<Box<dyn BlockReader>, DataError> {
    let mut layout = layout_of(&input.head, input.format == Format::Tsv);
    let name = input.name.clone();
    let mut stretches = Stretches::new(input);
    let mut record = Record::default();
    let (mut header, mut header_lines) = read_header(&mut stretches, &mut record, layout)?;
    // Excel's own first line `sep=;` says the delimiter.
    if let Some(delimiter) = separator_line(&record) {
        layout.delimiter = delimiter;
        let (names, lines) = read_header(&mut stretches, &mut record, layout)?;
        (header, header_lines) = (names, header_lines + lines);
    }
    let input = &mut stretches.input;
    if header.len() == 1 && is_row_in_one_cell(&record, 2) {
        return Err(row_in_one_cell(input, &record));
    }
    expect_known_delimiter(input, &header)?;
    let (columns, places) = match wanted {
        Wanted::All => {
            let named = header.iter().enumerate().filter(|(_, name)| !name.is_empty());
            named.map(|(at, name)| (name.clone(), Some(at))).unzip()
        }
        Wanted::Columns(names) => (names.clone(), find_columns(input, &header, names)?),
    };
    input.row = None;
    let cells = Arc::new(Cells::new(name, layout, header, places, stretches.pool.clone()));
    Ok(Box::new(Csv { stretches, cells, columns, header_lines, begun: false }))
}

/// The names of the first line that is not blank, trimmed; and how many lines that took.
fn read_header(
    stretches: &mut Stretches,
    record: &mut Record,
    layout: Layout,
) -> Result<(Vec<String>, u64), DataError> {
    let mut lines = 0;
    while read_record(stretches, record, layout)? {
        lines += record.lines();
        if record.is_blank() {
            continue;
        }
        let input = &stretches.input;
        if record.fault.is_some() {
            let help = "a quote in the first line is not closed, or has text right behind it";
            return Err(input.not_as_claimed("its header cannot be taken apart", Some(help.to_owned())));
        }
        let names: Option<Vec<String>> =
            (0..record.len()).map(|at| Some(std::str::from_utf8(record.cell(at)).ok()?.trim().to_owned())).collect();
        let names = names.ok_or_else(|| {
            let help = "save it as UTF-8: in Excel choose \"CSV UTF-8 (Comma delimited)\"";
            input.not_as_claimed("its header is not UTF-8 text", Some(help.to_owned()))
        });
        return Ok((names?, lines));
    }
    let help = "the first line names the columns";
    Err(stretches.input.not_as_claimed("it has no header", Some(help.to_owned())))
}

/// Takes one record off the file, whatever its length; false at the end.
fn read_record(stretches: &mut Stretches, record: &mut Record, layout: Layout) -> Result<bool, DataError> {
    loop {
        let length = record.take(stretches.rest(), layout);
        if record.is_whole() || stretches.ended() {
            stretches.skip(length);
            return Ok(length > 0);
        }
        stretches.read_on()?;
    }
}

/// `sep=;`
fn separator_line(record: &Record) -> Option<u8> {
    match record.raw().trim_ascii() {
        [b's' | b'S', b'e' | b'E', b'p' | b'P', b'=', delimiter @ (b',' | b';' | b'\t')] => Some(*delimiter),
        b"sep=" => Some(b'\t'),
        _ => None,
    }
}

/// Whether all of a record is one quoted cell that holds `cells` cells or more.
fn is_row_in_one_cell(record: &Record, cells: usize) -> bool {
    let cell = record.cell(0);
    let most = [b',', b';', b'\t'].map(|delimiter| cell.iter().filter(|byte| **byte == delimiter).count());
    record.len() == 1 && record.raw().starts_with(b"\"") && most.iter().any(|count| count + 1 >= cells)
}

/// `record`: the first such row.
fn row_in_one_cell(input: &Input, record: &Record) -> DataError {
    let help = "export it again, or remove the quotes around each whole line";
    let line = shown(&String::from_utf8_lossy(record.raw()));
    input.not_as_claimed(format!("each whole row is quoted as one cell: `{line}`"), Some(help.to_owned()))
}

/// `id|email|country`: marks that stand between cells elsewhere, in a header that is one cell.
fn expect_known_delimiter(input: &Input, header: &[String]) -> Result<(), DataError> {
    let [only] = header else { return Ok(()) };
    let Some(mark) = ['|', '^', '~', ':'].into_iter().find(|mark| only.contains(*mark)) else { return Ok(()) };
    let help = "save it with `,`, `;` or tabs between the cells";
    let reason = format!("the cells seem to be separated by `{mark}`: `{}`", shown(only));
    Err(input.not_as_claimed(reason, Some(help.to_owned())))
}

/// Where each of the names stands in the header; twice is an error.
fn find_columns(input: &Input, header: &[String], names: &[String]) -> Result<Vec<Option<usize>>, DataError> {
    let place = |name: &String| {
        let mut places = header.iter().enumerate().filter(|(_, title)| *title == name.trim()).map(|(at, _)| at);
        match (places.next(), places.next()) {
            (Some(_), Some(_)) => {
                let help = "rename one of the two columns, so that it is clear which is meant";
                let reason = format!("it has two columns named `{}`", shown(name));
                Err(input.not_as_claimed(reason, Some(help.to_owned())))
            }
            (place, _) => Ok(place),
        }
    };
    names.iter().map(place).collect()
}

impl Csv {
    /// Looks at the first row of the first block: whether all of it stands in one cell.
    fn expect_cells(&self, text: &[u8]) -> Result<(), DataError> {
        let mut record = Record::default();
        let mut rest = text;
        while let Some(behind) = rest.get(record.take(rest, self.cells.layout)..).filter(|_| !rest.is_empty()) {
            rest = behind;
            if !record.is_blank() {
                let needed = self.cells.needed;
                return if needed > 1 && is_row_in_one_cell(&record, needed) {
                    Err(row_in_one_cell(&self.stretches.input, &record))
                } else {
                    Ok(())
                };
            }
        }
        Ok(())
    }
}

/// Where the last whole row of a text ends, which begins with a row.
fn last_row_end(text: &[u8], layout: Layout) -> usize {
    let mut from = 0;
    loop {
        let found = wide::last_row_end(text, from, layout);
        if !found.odd {
            return found.end;
        }
        // Behind this row, whose quotes are odd, all is as before.
        let mut record = Record::default();
        let length = record.take(text.get(found.end..).unwrap_or_default(), layout);
        if !record.is_whole() {
            return found.end;
        }
        from = found.end + length;
    }
}

impl BlockReader for Csv {
    fn columns(&self) -> &[String] {
        &self.columns
    }

    fn present(&self) -> Option<Vec<bool>> {
        Some(self.cells.present())
    }

    fn header(&self) -> Option<&[String]> {
        Some(&self.cells.header)
    }

    fn lines_before(&self) -> Option<u64> {
        Some(self.header_lines)
    }

    fn count_from(&mut self, rows: u64) {
        self.stretches.input.row = Some(rows + 1);
    }

    fn next(&mut self) -> Result<Option<Block>, DataError> {
        let layout = self.cells.layout;
        let Some(text) = self.stretches.next(|text| last_row_end(text, layout))? else { return Ok(None) };
        if !self.begun {
            self.begun = true;
            self.expect_cells(&text)?;
        }
        Ok(Some(Block::Bytes(text)))
    }

    fn decoder(&self) -> Arc<dyn Decoder> {
        self.cells.clone()
    }

    fn progress(&self) -> (u64, Option<u64>) {
        self.stretches.input.progress()
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::panic)]
mod tests {
    use super::*;
    use crate::data::rows::{Cell, Rows};
    use crate::data::testing::Folder;
    use proptest::prelude::*;

    type Read = Result<Vec<Option<String>>, String>;

    fn read(text: &[u8], wanted: &Wanted) -> (Vec<String>, Vec<Read>) {
        let folder = Folder::new();
        let mut rows = Rows::open(&folder.file("a.csv", text), wanted).unwrap();
        let mut all = Vec::new();
        while let Some(row) = rows.next().unwrap() {
            all.push(match row {
                Ok(row) => Ok(row.cells.iter().map(Cell::text).collect()),
                Err(bad) => Err(bad.to_string().rsplit_once("a.csv, ").unwrap().1.to_owned()),
            });
        }
        (rows.columns().to_vec(), all)
    }

    fn some(cells: &[&str]) -> Read {
        Ok(cells.iter().map(|cell| (!cell.is_empty()).then(|| (*cell).to_owned())).collect())
    }

    #[test]
    fn cells_are_read_as_written_and_empty_ones_are_missing() {
        let (columns, rows) = read(b"\xEF\xBB\xBF id , name,\n1, Ada ,\n\n2,\"\",\n", &Wanted::All);
        assert_eq!(columns, ["id", "name"]);
        assert_eq!(rows, [some(&["1", " Ada "]), some(&["2", ""])]);
    }

    #[test]
    fn wanted_columns_come_in_their_own_order() {
        let wanted = Wanted::Columns(vec!["b".into(), "no".into(), "a".into()]);
        assert_eq!(read(b"a;b\n1;2\n", &wanted).1, [some(&["2", "", "1"])]);
    }

    #[test]
    fn rows_that_do_not_fit_their_header_are_bad() {
        let (_, rows) = read(b"a,b,\n1\n1,2\n1,2,,,\n1,2,3\n1,2,,4\n\"x\"y,2,\nz,\xFF,\n", &Wanted::All);
        let expected = [
            Err("row 1 (line 2): it has 1 cell, the header 2".to_owned()),
            some(&["1", "2"]),
            some(&["1", "2"]),
            some(&["1", "2"]),
            Err("row 5 (line 6): it has 4 cells, the header 3; is a `,` not quoted?".to_owned()),
            Err("row 6 (line 7), column `a`: text follows the closing quote; a quote inside quotes is written twice: `\"\"`"
                .into()),
            Err("row 7 (line 8): it is not UTF-8 text (byte 3); save the file as UTF-8".to_owned()),
        ];
        assert_eq!(rows, expected);
    }

    #[test]
    fn a_whole_row_in_one_cell_is_refused() {
        let folder = Folder::new();
        for text in ["\"id,email\"\n\"1,a@b.c\"\n", "id,email\n\"1,a@b.c\"\n"] {
            let opened = Rows::open(&folder.file("a.csv", text), &Wanted::All);
            let error = opened.and_then(|mut rows| rows.next().map(|_| ())).unwrap_err().to_string();
            assert!(error.contains("each whole row is quoted as one cell: `\""), "{error}");
        }
        assert!(refusal("\"id,email\"\n").contains("as one cell: `\"id,email\"`"));
    }

    fn refusal(text: &str) -> String {
        let folder = Folder::new();
        Rows::open(&folder.file("a.csv", text), &Wanted::All).err().unwrap().to_string()
    }

    #[test]
    fn other_marks_between_cells_are_named() {
        assert!(refusal("id|email\n1|a@b.c\n").contains("the cells seem to be separated by `|`: `id|email`"));
    }

    /// Line 1 is the header, row 1 has lines 2 and 3, line 4 is blank.
    #[test]
    fn lines_count_those_inside_cells_and_blank_ones() {
        let (_, rows) = read(b"a,b\n\"x\ny\",1\n\nz\n", &Wanted::All);
        assert_eq!(rows[1], Err("row 2 (line 5): it has 1 cell, the header 2".to_owned()));
    }

    #[test]
    fn one_name_for_two_columns_is_refused_where_it_is_wanted() {
        let folder = Folder::new();
        let source = folder.file("a.csv", "id,x,x\n1,2,3\n");
        let error = Rows::open(&source, &Wanted::Columns(vec!["x".into()])).err().unwrap().to_string();
        assert!(error.contains("it has two columns named `x`"), "{error}");
        assert!(Rows::open(&source, &Wanted::Columns(vec!["id".into()])).is_ok());
        assert!(Rows::open(&source, &Wanted::All).is_ok());
    }

    #[test]
    fn a_quote_that_is_never_closed_is_an_error_with_its_row() {
        let folder = Folder::new();
        let text = format!("id,x\n1,\"\n{}", "2,b\n".repeat(5 * 1024 * 1024));
        let mut rows = Rows::open(&folder.file("a.csv", text), &Wanted::All).unwrap();
        let message = rows.next().unwrap_err().to_string();
        assert!(message.contains("row 1 is longer than 16 MiB\nhelp: look for a quote"), "{message}");
    }

    #[test]
    fn excel_may_say_the_delimiter_itself() {
        assert_eq!(read(b"sep=;\r\na;b\r\n1;2\r\n", &Wanted::All).1, [some(&["1", "2"])]);
    }

    /// Each row is its number, a cell with a line end, one with an odd quote, and filling: three lines.
    #[test]
    fn rows_are_whole_across_blocks() {
        let count = 40_000;
        let rows: String =
            (0..count).map(|row| format!("{row},\"x\n\ny\",5\" wide,{}\n", "z".repeat(row % 50))).collect();
        let folder = Folder::new();
        let source = folder.file("a.csv", format!("id,a,b,c\n{rows}"));
        let mut rows = Rows::open(&source, &Wanted::Columns(vec!["id".into(), "a".into(), "b".into()])).unwrap();
        let text = |text: &str| Cell::Text(text.to_owned());
        for number in 0..count {
            let row = rows.next().unwrap().unwrap().unwrap();
            assert_eq!(row.number, number as u64 + 1);
            assert_eq!(row.cells, [text(&number.to_string()), text("x\n\ny"), text("5\" wide")]);
            assert_eq!(rows.line(), Some(number as u64 * 3 + 2));
        }
        assert!(rows.next().unwrap().is_none());
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

        /// Wherever a text is cut, the rows up to there are those of the whole text.
        #[test]
        fn a_cut_text_ends_with_a_row_of_the_whole(text in "([a,\"\r]|\n|\"\"|\"a\n\"){0,150}", cut in any::<prop::sample::Index>()) {
            let text = text.as_bytes();
            let part = &text[..cut.index(text.len() + 1)];
            for line_end in [b'\n', b'\r'] {
                let layout = Layout { delimiter: b',', line_end };
                let (mut record, mut at, mut last) = (Record::default(), 0, 0);
                while at < part.len() {
                    at += record.take(&text[at..], layout);
                    if record.is_whole() && at <= part.len() {
                        last = at;
                    }
                }
                prop_assert_eq!(last_row_end(part, layout), last, "{}", part.escape_ascii());
            }
        }
    }
}
