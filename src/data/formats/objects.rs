//! Rows that are JSON objects, wherever their texts come from.

use super::members::{self, Fault, Members};
use crate::data::rows::{Row, RowReader, SAMPLE, Wanted};
use crate::data::source::Input;
use crate::data::{BadRow, DataError};
use indexmap::IndexSet;
use std::collections::VecDeque;

/// Where the texts of rows come from: lines, or the elements of an array.
pub(super) trait Texts: Send {
    /// Puts the next text in place of `into`; false at the end.
    ///
    /// # Errors
    /// [`DataError`]: the file cannot be read on.
    fn next(&mut self, input: &mut Input, into: &mut Vec<u8>) -> Result<bool, DataError>;
}

/// Rows that are JSON objects.
pub(super) struct Objects<T> {
    input: Input,
    texts: T,
    members: Members,
    /// Rows read ahead to learn the columns.
    ahead: VecDeque<Vec<u8>>,
    header: Option<Vec<String>>,
    text: Vec<u8>,
    row: u64,
}

pub(super) fn open<T: Texts + 'static>(
    mut input: Input,
    mut texts: T,
    wanted: &Wanted,
) -> Result<Box<dyn RowReader>, DataError> {
    let mut ahead = VecDeque::new();
    let (columns, header) = match wanted {
        Wanted::Columns(names) => (names.iter().map(|name| name.trim().to_owned()).collect(), None),
        Wanted::All => {
            let mut names = IndexSet::new();
            let mut text = Vec::new();
            while ahead.len() < SAMPLE && texts.next(&mut input, &mut text)? {
                members::column_names(&text, &mut names);
                ahead.push_back(std::mem::take(&mut text));
            }
            let names: Vec<String> = names.into_iter().collect();
            (names.clone(), Some(names))
        }
    };
    let members = Members::new(columns);
    Ok(Box::new(Objects { input, texts, members, ahead, header, text: Vec::new(), row: 0 }))
}

impl<T: Texts> RowReader for Objects<T> {
    fn columns(&self) -> &[String] {
        &self.members.columns
    }

    fn present(&self) -> Vec<bool> {
        self.members.found.clone()
    }

    fn header(&self) -> Option<&[String]> {
        self.header.as_deref()
    }

    fn next(&mut self) -> Result<Option<Result<Row, BadRow>>, DataError> {
        self.input.row = self.row + 1;
        match self.ahead.pop_front() {
            Some(text) => self.text = text,
            None if self.texts.next(&mut self.input, &mut self.text)? => {}
            None => return Ok(None),
        }
        self.row += 1;
        Ok(Some(match self.members.read(&self.text) {
            Ok(cells) => Ok(Row { number: self.row, cells }),
            Err(Fault { column, reason }) => Err(BadRow {
                file: self.input.name.clone(),
                row: self.row,
                line: None,
                column,
                reason,
                help: None,
                raw: self.raw(),
            }),
        }))
    }

    fn raw(&self) -> String {
        String::from_utf8_lossy(&self.text).into_owned()
    }

    fn progress(&self) -> (u64, Option<u64>) {
        self.input.progress()
    }
}
