//! The type to declare for a column, and what to say about it.

use super::column::Column;
use super::dates::{COMPACT_WRITTEN, Order};
use super::write::quoted;
use super::yes_no;
use crate::value::EpochUnit;
use std::fmt;

/// A type, as a declaration writes it.
#[derive(Debug, Clone, PartialEq)]
pub enum Kind {
    Text,
    Number { example: Option<&'static str> },
    YesNo { words: Option<(String, String)> },
    Date { format: Option<&'static str>, unit: Option<EpochUnit> },
    OneOf(Vec<String>),
    ListOfText,
}

/// A type, with what the author should know about it.
#[derive(Debug, Clone, PartialEq)]
pub struct Decided {
    pub kind: Kind,
    pub note: Option<String>,
}

/// A `one of` has at most this many values…
const FEW: usize = 12;
/// …and each occurs so often on average.
const TIMES_EACH: u64 = 10;
/// Up to twenty values are listed where each occurs so often on average.
const TIMES_EACH_OF_MANY: u64 = 100;

impl Decided {
    fn sure(kind: Kind) -> Decided {
        Decided { kind, note: None }
    }

    fn noted(kind: Kind, note: impl Into<String>) -> Decided {
        Decided { kind, note: Some(note.into()) }
    }
}

/// Decides a column's type; `others` is the order of day and month in other columns of the file.
pub fn decide(column: &Column, others: Option<Order>) -> Decided {
    if column.lists.are_arrays() {
        return Decided::sure(Kind::ListOfText);
    }
    if column.known == 0 {
        let note =
            if column.placeholders.is_empty() { "empty in this file" } else { "nothing but placeholders in this file" };
        return Decided::noted(Kind::Text, note);
    }
    if yes_no::plain(&column.distinct, column.known, &column.hints) {
        return Decided::sure(Kind::YesNo { words: None });
    }
    if column.dates.plain() {
        return Decided::sure(Kind::Date { format: None, unit: None });
    }
    if column.hints.identity || column.hints.email {
        return text(column);
    }
    number_or_date(column, others).unwrap_or_else(|| words(column))
}

/// Whether cells of this type can't hold any word, so that a doubtful placeholder is one.
pub fn is_strict(kind: &Kind) -> bool {
    matches!(kind, Kind::Number { .. } | Kind::YesNo { .. } | Kind::Date { .. })
}

fn number_or_date(column: &Column, others: Option<Order>) -> Option<Decided> {
    if column.hints.date && column.dates.compact() {
        return Some(Decided::sure(Kind::Date { format: Some(COMPACT_WRITTEN), unit: None }));
    }
    if let Some(unit) = epoch(column) {
        return Some(Decided::sure(Kind::Date { format: None, unit: Some(unit) }));
    }
    if let Some(written) = column.numbers.written().filter(|_| !column.numbers.like_identity) {
        let note = written.note.map(str::to_owned);
        return Some(Decided { kind: Kind::Number { example: written.example }, note });
    }
    let written = column.dates.written(others)?;
    let kind = Kind::Date { format: Some(written.format), unit: None };
    let note = "days and months could also be the other way round: every date in this file fits both";
    Some(Decided { kind, note: written.ambiguous.then(|| note.to_owned()) })
}

/// Units since 1970, where the name says date and every number lies between 1990 and 2100.
fn epoch(column: &Column) -> Option<EpochUnit> {
    const FIRST: i64 = 631_152_000;
    const LAST: i64 = 4_102_444_800;
    if !column.hints.date || !column.numbers.all_whole() || column.numbers.lowest > column.numbers.highest {
        return None;
    }
    let within = |factor: i64| column.numbers.lowest >= FIRST * factor && column.numbers.highest <= LAST * factor;
    [(1, EpochUnit::Seconds), (1_000, EpochUnit::Milliseconds), (1_000_000, EpochUnit::Microseconds)]
        .into_iter()
        .find_map(|(factor, unit)| within(factor).then_some(unit))
}

fn words(column: &Column) -> Decided {
    if let Some(words) = yes_no::words(&column.distinct) {
        return Decided::sure(Kind::YesNo { words: Some(words) });
    }
    if let Some(values) = listed(column) {
        return Decided::sure(Kind::OneOf(values));
    }
    if column.lists.are_separated() {
        return Decided::sure(Kind::ListOfText);
    }
    if column.dates.with_halves() {
        let note = "times with AM or PM can't be read as dates: export them as 2026-05-01 14:30";
        return Decided::noted(Kind::Text, note);
    }
    text(column)
}

/// The values of a `one of`, where they are few.
fn listed(column: &Column) -> Option<Vec<String>> {
    let values = column.distinct.few().filter(|values| values.len() > 1)?;
    let each = if values.len() <= FEW { TIMES_EACH } else { TIMES_EACH_OF_MANY };
    let often = column.known >= each.saturating_mul(values.len() as u64);
    let has_lists = values.iter().any(|(value, _)| value.contains(';')) && column.lists.are_separated();
    (often && !has_lists).then(|| values.iter().map(|(value, _)| (*value).to_owned()).collect())
}

fn text(column: &Column) -> Decided {
    match column.distinct.few().as_deref() {
        Some([(value, count)]) if *count > 1 => Decided::noted(Kind::Text, format!("always {}", quoted(value))),
        _ => Decided::sure(Kind::Text),
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Kind::Text => f.write_str("text"),
            Kind::Number { example: None } => f.write_str("number"),
            Kind::Number { example: Some(example) } => write!(f, "number as {}", quoted(example)),
            Kind::YesNo { words: None } => f.write_str("yes/no"),
            Kind::YesNo { words: Some((yes, no)) } => write!(f, "yes/no as {}, {}", quoted(yes), quoted(no)),
            Kind::Date { format, unit } => {
                f.write_str("date")?;
                format.map_or(Ok(()), |format| write!(f, " as {}", quoted(format)))?;
                unit.map_or(Ok(()), |unit| write!(f, " in {}", unit_name(unit)))
            }
            Kind::OneOf(values) => {
                let values: Vec<String> = values.iter().map(|value| quoted(value)).collect();
                write!(f, "one of {}", values.join(", "))
            }
            Kind::ListOfText => f.write_str("list of text"),
        }
    }
}

/// `seconds`
pub fn unit_name(unit: EpochUnit) -> &'static str {
    match unit {
        EpochUnit::Seconds => "seconds",
        EpochUnit::Milliseconds => "milliseconds",
        EpochUnit::Microseconds => "microseconds",
    }
}
