//! Source text: the files of a model, places in them, and what a file may open.
//!
//! First stage of the chain. Everything after it speaks of text by [`Span`] alone; the text itself is looked up in
//! [`Sources`] when a message or a report is written.

mod folder;
mod lines;
mod overlay;

pub use folder::{
    Disk, FileSystem, LARGEST_DATA_FILE, LARGEST_RULE_FILE, Memory, OpenError, model_folder, open_beside,
};
pub use lines::{LineIndex, Position};
pub use overlay::Overlay;

use std::fmt;
use std::sync::Arc;

/// A file of a model, in the order of opening: 0 is the one named on the command line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct FileId(pub u32);

/// A stretch of one file's text, as byte offsets with `start <= end`, both on character borders.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Span {
    pub file: FileId,
    pub start: u32,
    pub end: u32,
}

impl Span {
    pub fn new(file: FileId, start: usize, end: usize) -> Span {
        Span { file, start: start as u32, end: end as u32 }
    }

    /// From the first byte of `self` to the last of `other`.
    pub fn to(self, other: Span) -> Span {
        Span { file: self.file, start: self.start.min(other.start), end: self.end.max(other.end) }
    }

    pub fn range(self) -> std::ops::Range<usize> {
        self.start as usize..self.end as usize
    }
}

impl fmt::Debug for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}..{}", self.file.0, self.start, self.end)
    }
}

/// Something together with the text it was read from.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Spanned<T> {
    pub node: T,
    pub span: Span,
}

impl<T> Spanned<T> {
    pub fn new(node: T, span: Span) -> Spanned<T> {
        Spanned { node, span }
    }
}

/// One file: its name as shown to people, and its text (without a byte-order mark).
#[derive(Debug, Clone)]
pub struct SourceFile {
    /// The path as messages show it: relative to where the command was run, where possible.
    pub name: String,
    pub text: String,
    pub lines: LineIndex,
}

/// All files of one model.
#[derive(Debug, Clone, Default)]
pub struct Sources {
    files: Vec<Arc<SourceFile>>,
}

impl Sources {
    /// Adds a file; a byte-order mark at its start is dropped.
    pub fn add(&mut self, name: impl Into<String>, text: impl Into<String>) -> FileId {
        let mut text: String = text.into();
        if text.starts_with('\u{feff}') {
            text.drain(..'\u{feff}'.len_utf8());
        }
        let lines = LineIndex::new(&text);
        self.files.push(Arc::new(SourceFile { name: name.into(), text, lines }));
        FileId(self.files.len() as u32 - 1)
    }

    pub fn file(&self, id: FileId) -> &SourceFile {
        &self.files[id.0 as usize]
    }

    /// The text of a span.
    pub fn text(&self, span: Span) -> &str {
        self.file(span.file).text.get(span.range()).unwrap_or("")
    }

    /// Where a span starts, counted from 1, columns in characters.
    pub fn position(&self, span: Span) -> Position {
        let file = self.file(span.file);
        file.lines.position(&file.text, span.start as usize)
    }

    pub fn ids(&self) -> impl Iterator<Item = FileId> + use<> {
        (0..self.files.len() as u32).map(FileId)
    }
}
