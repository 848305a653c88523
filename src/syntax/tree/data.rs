//! Declarations of data: the lead, events, lists, lookups, names.

use super::{Expr, Name, Text};
use crate::source::{Span, Spanned};

/// `model "B2B SaaS" { owner "…" timezone "…" }`
#[derive(Debug, Clone, PartialEq)]
pub struct ModelBlock {
    pub name: Option<Text>,
    /// `owner "growth@example.com"`, `reviewed 2026-05-01`: any name; the checker knows which are right.
    pub entries: Vec<(Name, Expr)>,
}

/// `lead { id text key … treat "N/A" as missing }`
#[derive(Debug, Clone, PartialEq)]
pub struct LeadBlock {
    pub fields: Vec<Field>,
    pub treat_missing: Vec<Text>,
}

/// `event webinar called "Webinar Attended" { attended yes/no }`
#[derive(Debug, Clone, PartialEq)]
pub struct EventBlock {
    pub name: Name,
    pub called: Option<Text>,
    pub properties: Vec<Field>,
    /// Items of an `events { }` block that hold for this event alone: `at column "clicked"`.
    pub mapping: Vec<Mapping>,
    pub treat_missing: Vec<Text>,
}

/// `events { lead column "contact" at column "when" in milliseconds }`
#[derive(Debug, Clone, PartialEq)]
pub struct EventsBlock {
    pub mapping: Vec<Mapping>,
}

/// One item of an `events { }` block.
#[derive(Debug, Clone, PartialEq)]
pub struct Mapping {
    pub part: Spanned<EventPart>,
    /// `column "…"`
    pub column: Option<Text>,
    /// `lead by email`
    pub by: Option<Name>,
    /// `at as "DD/MM/YYYY"`
    pub format: Option<Text>,
    /// `at in seconds`
    pub unit: Option<Spanned<EpochUnit>>,
    pub span: Span,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EventPart {
    Lead,
    Type,
    At,
    Id,
}

/// `title text required column "Job Title"`, of a lead or an event.
#[derive(Debug, Clone, PartialEq)]
pub struct Field {
    pub name: Name,
    pub kind: Spanned<FieldKind>,
    pub key: Option<Span>,
    pub required: Option<Span>,
    pub column: Option<Text>,
    pub span: Span,
}

#[derive(Debug, Clone, PartialEq)]
pub enum FieldKind {
    /// `text`
    Text,
    /// `number from 0 to 10 as "1.234,56"`
    Number { from: Option<Expr>, to: Option<Expr>, format: Option<Text> },
    /// `yes/no as "oui", "non"`
    YesNo { words: Vec<Text> },
    /// `date as "DD/MM/YYYY"`, `date in seconds`
    Date { format: Option<Text>, unit: Option<Spanned<EpochUnit>> },
    /// `one of "a", "b"`
    OneOf(Vec<Text>),
    /// `list of text`
    ListOfText,
}

/// What a number counts since 1970: `in seconds`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EpochUnit {
    Seconds,
    Milliseconds,
    Microseconds,
}

/// `list competitors = "a.com", "b.io"`
#[derive(Debug, Clone, PartialEq)]
pub struct List {
    pub name: Name,
    pub values: ListValues,
}

#[derive(Debug, Clone, PartialEq)]
pub enum ListValues {
    /// `= "a", "b"`
    Written(Vec<Text>),
    /// `from "file.csv" column "x"`
    File { path: Text, column: Option<Text> },
}

/// `define big = employees >= 1000`
#[derive(Debug, Clone, PartialEq)]
pub struct Define {
    pub name: Name,
    pub value: Expr,
}

/// `lookup region by country { "US": "america" otherwise: "elsewhere" }`
#[derive(Debug, Clone, PartialEq)]
pub struct Lookup {
    pub name: Name,
    pub by: Expr,
    pub file: Option<LookupFile>,
    /// With a file, only `otherwise` and `missing` rows.
    pub rows: Vec<Row>,
}

/// `from "regions.csv" columns "country", "region"`
#[derive(Debug, Clone, PartialEq)]
pub struct LookupFile {
    pub path: Text,
    pub key_column: Text,
    pub value_column: Text,
}

/// One row of a `points … by` table or a lookup: `from 10: +5`.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    pub key: RowKey,
    /// In a lookup a literal; in a table signed points.
    pub result: RowResult,
    pub span: Span,
}

#[derive(Debug, Clone, PartialEq)]
pub enum RowKey {
    /// `from 10:` (included) or `above 10:` (excluded)
    Edge { included: bool, at: Expr },
    /// `"US", "CA":`, also list names, yes, no and bare numbers (the checker refuses what does not fit).
    Values(Vec<Expr>),
    /// `otherwise:`
    Otherwise(Span),
    /// `missing:`
    Missing(Span),
}

#[derive(Debug, Clone, PartialEq)]
pub enum RowResult {
    /// `+5`, `-NAME`, `+( … )`
    Points(super::Points),
    /// `"europe"`, `12`, `-3`
    Value(Expr),
}

/// `exclude "Competitor" when CONDITION`
#[derive(Debug, Clone, PartialEq)]
pub struct Exclude {
    pub reason: Option<Text>,
    pub when: Expr,
}
