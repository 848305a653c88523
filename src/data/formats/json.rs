//! A JSON array of objects, read element by element.

use super::objects::{self, Frame, Framed, Objects};
use super::stretches::Pool;
use crate::data::DataError;
use crate::data::batch::{Block, BlockReader, Decoder};
use crate::data::rows::Wanted;
use crate::data::source::{Input, LONGEST_ROW};
use std::collections::VecDeque;
use std::sync::Arc;

/// How much text a block has, in bytes.
const BLOCK: usize = 512 * 1024;

/// Where in the array the reading stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Elements {
    /// Before `[`
    Before,
    /// Behind `[`
    First,
    /// Behind an element
    Behind,
    /// Behind `]`
    End,
}

/// Blocks of elements.
struct Array {
    input: Input,
    elements: Elements,
    /// Elements read so far.
    rows: u64,
    pool: Arc<Pool>,
    objects: Arc<Objects>,
    header: Option<Vec<String>>,
    /// Read ahead to learn the columns.
    ahead: VecDeque<Framed>,
    /// What went wrong behind the rows that were handed out.
    failed: Option<DataError>,
}

pub(super) fn open(input: Input, wanted: &Wanted) -> Result<Box<dyn BlockReader>, DataError> {
    let pool: Arc<Pool> = Arc::default();
    let nothing = Objects::new(input.name.clone(), Vec::new(), Frame::Ends, pool.clone());
    let mut array = Array {
        input,
        elements: Elements::Before,
        rows: 0,
        pool: pool.clone(),
        objects: Arc::new(nothing),
        header: None,
        ahead: VecDeque::new(),
        failed: None,
    };
    let (columns, header) = objects::columns(wanted, |more| {
        while let Some(block) = array.read()? {
            let enough = block.rows().map(&mut *more).any(|more| !more);
            array.ahead.push_back(block);
            if enough {
                break;
            }
        }
        Ok(())
    })?;
    array.objects = Arc::new(Objects::new(array.input.name.clone(), columns, Frame::Ends, pool));
    array.header = header;
    Ok(Box::new(array))
}

impl Array {
    /// The next elements; `None` at the end.
    fn read(&mut self) -> Result<Option<Framed>, DataError> {
        if let Some(error) = self.failed.take() {
            return Err(error);
        }
        let mut block = Framed::new(self.pool.take());
        let mut element = Vec::new();
        while block.len() < BLOCK {
            self.input.row = Some(self.rows + 1);
            match self.elements.next(&mut self.input, &mut element) {
                Ok(true) => block.push(&element),
                Ok(false) => break,
                Err(error) => {
                    self.failed = Some(error);
                    break;
                }
            }
            self.rows += 1;
        }
        match self.failed.take() {
            Some(error) if block.is_empty() => Err(error),
            later => {
                self.failed = later;
                Ok(if block.is_empty() { None } else { Some(block) })
            }
        }
    }
}

impl BlockReader for Array {
    fn columns(&self) -> &[String] {
        self.objects.columns()
    }

    fn present(&self) -> Option<Vec<bool>> {
        None
    }

    fn header(&self) -> Option<&[String]> {
        self.header.as_deref()
    }

    fn next(&mut self) -> Result<Option<Block>, DataError> {
        let block = match self.ahead.pop_front() {
            Some(block) => Some(block),
            None => self.read()?,
        };
        Ok(block.map(|block| Block::Bytes(block.into_bytes())))
    }

    fn decoder(&self) -> Arc<dyn Decoder> {
        self.objects.clone()
    }

    fn progress(&self) -> (u64, Option<u64>) {
        self.input.progress()
    }
}

impl Elements {
    /// Puts the next element in place of `into`; false at the end.
    ///
    /// # Errors
    /// [`DataError`]: the file cannot be read on.
    fn next(&mut self, input: &mut Input, into: &mut Vec<u8>) -> Result<bool, DataError> {
        into.clear();
        if *self == Elements::Before {
            match letter(input)? {
                Some(b'[') => input.consume(1),
                _ => return Err(input.not_as_claimed("it does not begin with `[`", None)),
            }
            *self = Elements::First;
        }
        match (*self, letter(input)?) {
            (Elements::End, None) => return Ok(false),
            (Elements::End, Some(_)) => {
                let help = "keep one array only, or write one object a line into a `.ndjson` file";
                return Err(input.not_as_claimed("it goes on behind the closing `]`", Some(help.to_owned())));
            }
            (_, None) => return Err(cut_off(input)),
            (_, Some(b']')) => {
                input.consume(1);
                *self = Elements::End;
                return self.next(input, into);
            }
            (Elements::Behind, Some(b',')) => {
                input.consume(1);
                letter(input)?;
            }
            _ => {}
        }
        *self = Elements::Behind;
        element(input, into)?;
        Ok(true)
    }
}

/// The next byte that is no white space, left where it is.
fn letter(input: &mut Input) -> Result<Option<u8>, DataError> {
    loop {
        let buffer = input.buffer()?;
        match buffer.iter().position(|byte| !matches!(byte, b' ' | b'\t' | b'\n' | b'\r')) {
            Some(at) => {
                let found = buffer.get(at).copied();
                input.consume(at);
                return Ok(found);
            }
            None if buffer.is_empty() => return Ok(None),
            None => {
                let count = buffer.len();
                input.consume(count);
            }
        }
    }
}

/// Reads up to the `,` or `]` behind an element, which is left.
fn element(input: &mut Input, into: &mut Vec<u8>) -> Result<(), DataError> {
    let (mut depth, mut quoted, mut escaped) = (0_u64, false, false);
    loop {
        let buffer = input.buffer()?;
        if buffer.is_empty() {
            return Err(cut_off(input));
        }
        let mut end = None;
        for (at, byte) in buffer.iter().enumerate() {
            match byte {
                _ if escaped => escaped = false,
                b'\\' if quoted => escaped = true,
                b'"' => quoted = !quoted,
                _ if quoted => {}
                b',' | b']' if depth == 0 => {
                    end = Some(at);
                    break;
                }
                b'[' | b'{' => depth += 1,
                b']' | b'}' => depth = depth.saturating_sub(1),
                _ => {}
            }
        }
        let count = end.unwrap_or(buffer.len());
        into.extend_from_slice(buffer.get(..count).unwrap_or_default());
        input.consume(count);
        if into.len() >= LONGEST_ROW {
            return Err(input.too_long());
        }
        if end.is_some() {
            into.truncate(into.trim_ascii_end().len());
            return Ok(());
        }
    }
}

fn cut_off(input: &Input) -> DataError {
    let help = "the file is not whole, or a quote or bracket is not closed; export it again";
    input.not_as_claimed("it ends before the closing `]` of its array", Some(help.to_owned()))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::data::rows::{Cell, Rows};
    use crate::data::testing::Folder;

    fn read(text: &str) -> Result<Vec<Result<Vec<Cell>, String>>, String> {
        let folder = Folder::new();
        let wanted = Wanted::Columns(vec!["id".into()]);
        let mut rows = Rows::open(&folder.file("a.json", text), &wanted).map_err(|error| error.to_string())?;
        let mut all = Vec::new();
        while let Some(row) = rows.next().map_err(|error| error.to_string())? {
            all.push(row.map(|row| row.cells).map_err(|bad| bad.reason));
        }
        Ok(all)
    }

    fn number(digits: &str) -> Result<Vec<Cell>, String> {
        Ok(vec![Cell::Number(digits.into())])
    }

    #[test]
    fn elements_are_rows() {
        let text = " [ {\"id\": 1, \"x\": \"],[\\\"\"} ,\n{\"id\": 02}, {\"y\": [{}], \"id\": 3}]\n";
        let broken = Err("its JSON is broken at character 9".to_owned());
        assert_eq!(read(text).unwrap(), [number("1"), broken, number("3")]);
        assert_eq!(read("[]").unwrap(), []);
    }

    #[test]
    fn an_array_that_is_not_whole_is_refused() {
        assert!(read("[{\"id\":1}").unwrap_err().contains("ends before the closing `]`"));
        assert!(read("[{\"id\":\"1}]").unwrap_err().contains("ends before the closing `]`"));
        assert!(read("[{\"id\":1}] x").unwrap_err().contains("goes on behind the closing `]`"));
        assert_eq!(read("[{\"id\":1},]").unwrap()[1], Err("it is empty: a comma too many".to_owned()));
        assert!(read("[{\"id\":1} {\"id\":2}]").unwrap()[0].is_err());
    }

    #[test]
    fn a_row_across_buffers_is_whole() {
        let long = "x".repeat(200_000);
        let text = format!("[{{\"id\":\"{long}\"}},{{\"id\":1}}]");
        assert_eq!(read(&text).unwrap(), [Ok(vec![Cell::Text(long)]), number("1")]);
    }
}
