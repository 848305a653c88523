//! NDJSON: a JSON object a line; blank lines are skipped.

use super::objects::{self, Texts};
use crate::data::DataError;
use crate::data::rows::{RowReader, Wanted};
use crate::data::source::Input;

/// The lines of a file.
struct Lines;

pub(super) fn open(input: Input, wanted: &Wanted) -> Result<Box<dyn RowReader>, DataError> {
    objects::open(input, Lines, wanted)
}

impl Texts for Lines {
    fn next(&mut self, input: &mut Input, into: &mut Vec<u8>) -> Result<bool, DataError> {
        loop {
            into.clear();
            if input.read_line(b'\n', into)? == 0 {
                return Ok(false);
            }
            let length = into.trim_ascii_end().len();
            into.truncate(length);
            if length > 0 {
                return Ok(true);
            }
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::data::rows::{Cell, Rows};
    use crate::data::testing::Folder;

    #[test]
    fn each_line_is_a_row_and_the_rows_name_the_columns() {
        let folder = Folder::new();
        let text = "{\"id\":1,\"u\":{\"city\":\"Oslo\",\"e\":{}}}\r\n\n{\"id\":2,\"u\":{\"zip\":null}}";
        let mut rows = Rows::open(&folder.file("a.ndjson", text), &Wanted::All).unwrap();
        assert_eq!(rows.columns(), ["id", "u.city", "u.e", "u.zip"]);
        let first = rows.next().unwrap().unwrap().unwrap();
        let expected = [Cell::Number("1".into()), Cell::Text("Oslo".into()), Cell::Nested("{}".into()), Cell::Missing];
        assert_eq!(first.cells, expected);
        assert_eq!(rows.next().unwrap().unwrap().unwrap().number, 2);
        assert_eq!(rows.raw(), "{\"id\":2,\"u\":{\"zip\":null}}");
        assert!(rows.next().unwrap().is_none());
        assert_eq!(rows.present(), [true; 4]);
    }

    #[test]
    fn a_bad_line_is_a_bad_row_and_the_next_is_read() {
        let folder = Folder::new();
        let source = folder.file("a.ndjson", b"{\"id\":1\n\"x\"\n{\"id\":\"\xFF\"}\n{\"id\":4}\n");
        let mut rows = Rows::open(&source, &Wanted::Columns(vec!["id".into()])).unwrap();
        let mut reasons = Vec::new();
        for _ in 0..3 {
            reasons.push(rows.next().unwrap().unwrap().unwrap_err().reason);
        }
        let not_utf8 = "it is not UTF-8 text (byte 8); save the file as UTF-8";
        let no_object = "`\"x\"` is not an object `{…}` with the columns as members";
        assert_eq!(reasons, ["its JSON is cut off", no_object, not_utf8]);
        assert_eq!(rows.next().unwrap().unwrap().unwrap().number, 4);
    }
}
