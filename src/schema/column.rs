//! The profile of one column: what its cells have in common.

use super::dates::Dates;
use super::distinct::Distinct;
use super::hints::{Hints, hints};
use super::identity::Identity;
use super::lists::Lists;
use super::name::words;
use super::numbers::Numbers;
use super::placeholder::{Placeholder, placeholder};
use crate::data::rows::Cell;
use crate::value::{fold, is_blank};
use indexmap::IndexMap;

/// A placeholder met in a column.
#[derive(Debug)]
pub struct Met {
    /// As first written.
    pub given: String,
    pub sure: Placeholder,
    pub count: u64,
}

/// What is known of a column.
#[derive(Debug)]
pub struct Column {
    /// As the file calls it; a dotted path in JSON.
    pub header: String,
    pub hints: Hints,
    /// Cells that hold a value.
    pub known: u64,
    pub missing: u64,
    /// By their folded form.
    pub placeholders: IndexMap<String, Met>,
    pub distinct: Distinct,
    pub numbers: Numbers,
    pub dates: Dates,
    pub lists: Lists,
    pub identity: Identity,
    /// The longest cell, in bytes.
    pub longest: usize,
    /// Cells that are the key, and the e-mail address, of a lead.
    pub leads_met: LeadsMet,
}

/// How many of an event file's first cells in a column name a lead.
#[derive(Debug, Default, Clone, Copy)]
pub struct LeadsMet {
    pub asked: u64,
    pub by_key: u64,
    pub by_email: u64,
}

impl Column {
    pub fn new(header: &str) -> Column {
        let words = words(header);
        let hints = hints(&words);
        let identity = Identity::new(hints.email || hints.identity);
        Column {
            header: header.to_owned(),
            hints,
            known: 0,
            missing: 0,
            placeholders: IndexMap::new(),
            distinct: Distinct::default(),
            numbers: Numbers::default(),
            dates: Dates::default(),
            lists: Lists::default(),
            identity,
            longest: 0,
            leads_met: LeadsMet::default(),
        }
    }

    /// Adds a cell, and says whether it holds a value.
    pub fn add(&mut self, cell: &Cell) -> bool {
        match cell {
            Cell::Missing => self.add_missing(),
            Cell::Text(text) | Cell::Number(text) | Cell::Nested(text) => self.add_text(text),
            Cell::YesNo(yes) => self.add_text(if *yes { "true" } else { "false" }),
            Cell::Date(moment) => self.add_text(&moment.to_string()),
            Cell::List(items) => self.add_list(items),
        }
    }

    fn add_missing(&mut self) -> bool {
        self.missing += 1;
        self.identity.add_missing();
        false
    }

    fn add_list(&mut self, items: &[Option<String>]) -> bool {
        if items.is_empty() {
            // An empty list is missing, and yet says that the column holds lists.
            self.lists.add_array();
            return self.add_missing();
        }
        self.known += 1;
        self.lists.add_array();
        let text = format!("{items:?}");
        self.add_evidence(&text);
        true
    }

    fn add_text(&mut self, text: &str) -> bool {
        let cell = text.trim();
        if cell.is_empty() || !cell.is_ascii() && is_blank(cell) {
            return self.add_missing();
        }
        if let Some(sure) = placeholder(cell) {
            let met = Met { given: cell.to_owned(), sure, count: 0 };
            self.placeholders.entry(fold(cell)).or_insert(met).count += 1;
            self.identity.add_missing();
            return false;
        }
        self.known += 1;
        self.lists.add(cell);
        self.add_evidence(cell);
        true
    }

    fn add_evidence(&mut self, cell: &str) {
        self.longest = self.longest.max(cell.len());
        self.distinct.add(cell);
        self.numbers.add(cell);
        self.dates.add(cell);
        self.identity.add(cell);
    }

    /// Cells that hold a value, or a word that may be one.
    pub fn rows(&self) -> u64 {
        self.known + self.missing + self.placeholders.values().map(|met| met.count).sum::<u64>()
    }

    /// Whether every row holds a value.
    pub fn always_known(&self) -> bool {
        self.known > 0 && self.known == self.rows()
    }
}
