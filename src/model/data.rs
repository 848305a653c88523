//! Where leads and events come from, and the named things made of them.

use super::{Condition, DateExpr, EventId, FieldId, ListExpr, NumberExpr, PropertyId, Table, TextExpr, YesNoExpr};
use crate::source::Span;
use crate::value::{DateFormat, Decimal, EpochUnit, NumberFormat, Text};
use std::collections::{BTreeMap, HashSet};

/// `lead { … }`
#[derive(Debug, Clone, Default)]
pub struct LeadSchema {
    pub fields: Vec<Field>,
    /// The field with `key`, else the one named or with the column `id`, else none: then the data's column `id`.
    pub key: Option<FieldId>,
    /// Folded placeholders: `treat "N/A" as missing`.
    pub missing: Vec<String>,
    pub span: Option<Span>,
}

/// A field of the lead, or a property of an event.
#[derive(Debug, Clone)]
pub struct Field {
    pub name: String,
    pub kind: FieldKind,
    pub required: bool,
    /// `column "dotted.path"`, else the name.
    pub column: String,
    pub span: Span,
}

#[derive(Debug, Clone, PartialEq)]
pub enum FieldKind {
    Text,
    Number {
        from: Option<Decimal>,
        to: Option<Decimal>,
        format: Option<NumberFormat>,
    },
    YesNo {
        words: Option<(String, String)>,
    },
    Date {
        format: Option<DateFormat>,
        unit: Option<EpochUnit>,
    },
    /// A text; other values than these are kept and counted.
    OneOf(Vec<Text>),
    ListOfText,
}

/// The type of an expression.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Type {
    Number,
    Text,
    /// A value of data that may be missing: `consent`.
    YesNo,
    Date,
    List,
    /// What holds or does not: `employees > 50`.
    Condition,
}

impl FieldKind {
    pub fn type_of(&self) -> Type {
        match self {
            FieldKind::Text | FieldKind::OneOf(_) => Type::Text,
            FieldKind::Number { .. } => Type::Number,
            FieldKind::YesNo { .. } => Type::YesNo,
            FieldKind::Date { .. } => Type::Date,
            FieldKind::ListOfText => Type::List,
        }
    }
}

/// `event webinar called "Webinar Attended" { … }`
#[derive(Debug, Clone)]
pub struct EventType {
    pub name: String,
    /// What the data calls it, trimmed.
    pub called: String,
    pub properties: Vec<Field>,
    pub mapping: Mapping,
    /// Folded placeholders of its properties.
    pub missing: Vec<String>,
    pub span: Span,
}

/// Where an event record keeps what every event has; the event's own items are already laid over the model's.
#[derive(Debug, Clone, PartialEq)]
pub struct Mapping {
    /// Default `lead_id`.
    pub lead: String,
    /// `lead by email`: the lead field matched; `None` is the key.
    pub lead_by: Option<FieldId>,
    /// Default `type`. The same for all events.
    pub kind: String,
    /// Default `at`.
    pub at: String,
    pub at_format: Option<DateFormat>,
    pub at_unit: Option<EpochUnit>,
    pub id: Option<String>,
}

/// `list free_mail from "…"`
#[derive(Debug, Clone)]
pub struct List {
    pub name: String,
    /// In the order written.
    pub values: Vec<Text>,
    pub folded: HashSet<String>,
    pub span: Span,
}

/// `define big = employees >= 1000`
#[derive(Debug, Clone)]
pub struct Define {
    pub name: String,
    pub value: AnyExpr,
    pub span: Span,
}

/// An expression of any type.
#[derive(Debug, Clone, PartialEq)]
pub enum AnyExpr {
    Condition(Condition),
    Number(NumberExpr),
    Text(TextExpr),
    Date(DateExpr),
    YesNo(YesNoExpr),
    List(ListExpr),
}

/// `lookup region by country { … }`
#[derive(Debug, Clone)]
pub struct Lookup {
    pub name: String,
    pub table: LookupTable,
    pub span: Span,
}

#[derive(Debug, Clone, PartialEq)]
pub enum LookupTable {
    Text(Table<Text>),
    Number(Table<Decimal>),
}

/// A reference to a property by name, from a selector of several types: where each type keeps it. Types without it
/// have it missing.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Property {
    pub name: String,
    pub places: BTreeMap<EventId, PropertyId>,
}
