//! Results as a page: headings, tables and charts, shown on a terminal, as Markdown, or as one HTML file.
//!
//! | module | shows it |
//! |---|---|
//! | [`terminal`] | as aligned text |
//! | [`markdown`] | for a comment or a wiki: tables alone |
//! | [`html`] | as one file without outside requests, with [`chart`]s as pictures inside |

mod chart;
mod html;
pub mod json;
mod markdown;
mod terminal;

use super::Failure;
use super::output::destination;
use crate::data::table::Destination;
use std::path::{Path, PathBuf};

/// Flags of commands whose results are a page.
#[derive(Debug, Clone, clap::Args)]
pub struct PageOutput {
    /// Write to this file instead of standard output; its ending tells the format
    #[arg(long, short, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// How to show it [default: table]
    #[arg(long, value_name = "FORMAT")]
    format: Option<Layout>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Layout {
    /// Text for the terminal
    Table,
    /// For programs
    Json,
    /// For a comment, an issue or a wiki
    Markdown,
    /// One file with charts, for a browser, a phone or the printer
    Html,
}

impl PageOutput {
    /// As the flag says, else as the file's ending.
    ///
    /// # Errors
    /// The ending does not tell.
    pub fn layout(&self) -> Result<Layout, Failure> {
        match (self.format, destination(self.output.as_deref())) {
            (Some(layout), _) => Ok(layout),
            (None, Destination::StandardOutput) => Ok(Layout::Table),
            (None, Destination::File(path)) => by_ending(&path).ok_or_else(|| {
                Failure::cannot(format!("the name `{}` does not tell which format to write", path.display()))
                    .help("end it in .html, .md, .json or .txt, or add `--format html`")
            }),
        }
    }
}

fn by_ending(path: &Path) -> Option<Layout> {
    match path.extension()?.to_str()?.to_ascii_lowercase().as_str() {
        "html" | "htm" => Some(Layout::Html),
        "md" | "markdown" => Some(Layout::Markdown),
        "json" => Some(Layout::Json),
        "txt" => Some(Layout::Table),
        _ => None,
    }
}

/// All that is shown. Texts may come from rules and data: each way to show a page makes them safe.
#[derive(Debug, Clone, Default)]
pub struct Page {
    pub title: String,
    /// A sentence a line.
    pub about: Vec<String>,
    pub warnings: Vec<String>,
    pub sections: Vec<Section>,
}

#[derive(Debug, Clone, Default)]
pub struct Section {
    pub heading: String,
    pub blocks: Vec<Block>,
}

#[derive(Debug, Clone)]
pub enum Block {
    /// A sentence; names in backticks are code.
    Text(String),
    /// Lines of rules, as written.
    Code(String),
    Table(Table),
    /// Of HTML also a picture; elsewhere as text, unless a table beside it says the same.
    Bars(Bars),
    /// Of HTML alone: a table beside it says the same.
    Lines(Lines),
}

#[derive(Debug, Clone, Default)]
pub struct Table {
    pub columns: Vec<Column>,
    pub rows: Vec<Vec<String>>,
}

#[derive(Debug, Clone)]
pub struct Column {
    pub name: String,
    /// Numbers stand at the right.
    pub is_number: bool,
}

#[derive(Debug, Clone, Default)]
pub struct Bars {
    pub title: String,
    pub bars: Vec<OneBar>,
    /// What the values are: `leads`, `bought`.
    pub unit: Unit,
    /// The name of the darker part, where bars have one.
    pub dark: Option<String>,
    /// A line across: its name and height.
    pub line: Option<(String, f64)>,
    /// Whether a table says the same.
    pub beside_table: bool,
}

#[derive(Debug, Clone, Default)]
pub struct OneBar {
    /// In full, and for the axis of a picture.
    pub label: String,
    pub short: String,
    pub value: f64,
    /// Of the value.
    pub dark: f64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Unit {
    #[default]
    Count,
    /// 0 to 1
    Rate,
}

#[derive(Debug, Clone, Default)]
pub struct Lines {
    pub title: String,
    /// What stands along the bottom.
    pub along: String,
    /// Each with its points: along, and a rate from 0 to 1.
    pub lines: Vec<(String, Vec<(f64, f64)>)>,
}

impl Section {
    pub fn new(heading: impl Into<String>) -> Section {
        Section { heading: heading.into(), blocks: Vec::new() }
    }

    pub fn text(&mut self, text: impl Into<String>) {
        self.blocks.push(Block::Text(text.into()));
    }
}

impl Table {
    /// `columns`: those of numbers begin with `>`.
    pub fn new(columns: &[&str]) -> Table {
        let column = |name: &&str| match name.strip_prefix('>') {
            Some(name) => Column { name: name.to_owned(), is_number: true },
            None => Column { name: (*name).to_owned(), is_number: false },
        };
        Table { columns: columns.iter().map(column).collect(), rows: Vec::new() }
    }

    pub fn row(&mut self, cells: Vec<String>) {
        self.rows.push(cells);
    }

    /// Takes away columns that are blank in every row.
    pub fn without_blank_columns(mut self) -> Table {
        for place in (1..self.columns.len()).rev() {
            let is_blank = |row: &Vec<String>| row.get(place).is_none_or(String::is_empty);
            if self.rows.iter().all(is_blank) {
                self.columns.remove(place);
                self.rows.iter_mut().filter(|row| place < row.len()).for_each(|row| {
                    row.remove(place);
                });
            }
        }
        self
    }
}

impl Page {
    /// For every layout but JSON, with a line end at its end.
    pub fn shown(&self, layout: Layout, color: bool) -> String {
        match layout {
            Layout::Table | Layout::Json => terminal::text(self, color),
            Layout::Markdown => markdown::text(self),
            Layout::Html => html::text(self),
        }
    }
}
