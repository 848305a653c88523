//! NDJSON: a JSON object a line; blank lines are skipped.

use super::objects::{self, Frame, Objects};
use super::stretches::Stretches;
use crate::data::DataError;
use crate::data::batch::{Block, BlockReader, Decoder};
use crate::data::rows::Wanted;
use crate::data::source::Input;
use std::collections::VecDeque;
use std::sync::Arc;

/// Blocks of lines.
struct Lines {
    stretches: Stretches,
    objects: Arc<Objects>,
    header: Option<Vec<String>>,
    /// Read ahead to learn the columns.
    ahead: VecDeque<Vec<u8>>,
}

pub(super) fn open(mut input: Input, wanted: &Wanted) -> Result<Box<dyn BlockReader>, DataError> {
    input.row = None;
    let name = input.name.clone();
    let mut stretches = Stretches::new(input);
    let mut ahead = VecDeque::new();
    let (columns, header) = objects::columns(wanted, |more| {
        while let Some(text) = stretches.next(last_line_end)? {
            let lines = text.split(|byte| *byte == b'\n').map(<[u8]>::trim_ascii_end).filter(|line| !line.is_empty());
            let enough = lines.map(&mut *more).any(|more| !more);
            ahead.push_back(text);
            if enough {
                break;
            }
        }
        Ok(())
    })?;
    let objects = Arc::new(Objects::new(name, columns, Frame::Lines, stretches.pool.clone()));
    Ok(Box::new(Lines { stretches, objects, header, ahead }))
}

fn last_line_end(text: &[u8]) -> usize {
    text.iter().rposition(|byte| *byte == b'\n').map_or(0, |end| end + 1)
}

impl BlockReader for Lines {
    fn columns(&self) -> &[String] {
        self.objects.columns()
    }

    fn present(&self) -> Option<Vec<bool>> {
        None
    }

    fn header(&self) -> Option<&[String]> {
        self.header.as_deref()
    }

    fn count_from(&mut self, rows: u64) {
        // Blocks read ahead are still to be counted.
        self.stretches.input.row = self.ahead.is_empty().then_some(rows + 1);
    }

    fn next(&mut self) -> Result<Option<Block>, DataError> {
        let text = match self.ahead.pop_front() {
            Some(text) => Some(text),
            None => self.stretches.next(last_line_end)?,
        };
        Ok(text.map(Block::Bytes))
    }

    fn decoder(&self) -> Arc<dyn Decoder> {
        self.objects.clone()
    }

    fn progress(&self) -> (u64, Option<u64>) {
        self.stretches.input.progress()
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
