//! From the cells of a block to typed columns: quickly where they are written in the usual way, else with the care and
//! the messages of `data`.

use super::columns::{ColumnBuilder, Texts};
use super::raw::{Raw, RawCells};
use crate::data::events::layout::TypeLayout;
use crate::data::fields::Reading;
use crate::model::{Field, FieldKind};
use crate::run::batch::NO_TEXT;
use crate::value::{Decimal, Instant, Moment, Value, Zone, plain_date, plain_epoch, plain_number};

/// Reads the cells of one event type.
pub(super) struct Quick<'a> {
    reading: Reading<'a>,
    /// No placeholder has a digit, so that no number or date is one.
    plain: bool,
    /// Times without an offset are in UTC.
    utc: bool,
}

/// A cell that cannot be read.
#[derive(Debug)]
pub(super) struct Unreadable;

impl<'a> Quick<'a> {
    pub(super) fn new(reading: Reading<'a>) -> Quick<'a> {
        let has_digit = |placeholder: &String| placeholder.bytes().any(|byte| byte.is_ascii_digit());
        Quick { reading, plain: !reading.missing.iter().any(has_digit), utc: *reading.zone == Zone::utc() }
    }

    /// The instant of an event.
    pub(super) fn instant(&self, cells: RawCells<'_>, row: usize, of: &TypeLayout<'_>) -> Result<Instant, Unreadable> {
        let mapping = &of.event.mapping;
        let quick = match cells.get(row) {
            Raw::Date(moment) => Some(moment),
            Raw::Text(text) | Raw::Number(text) if self.plain && mapping.at_format.is_none() => match mapping.at_unit {
                None => plain_date(text.as_bytes(), self.utc),
                Some(unit) => plain_epoch(text.as_bytes(), unit),
            },
            _ => None,
        };
        match quick {
            Some(moment) => Ok(moment.first(self.reading.zone)),
            None => crate::data::events::read_instant(&cells.cell(row), of).map_err(|_| Unreadable),
        }
    }

    /// The text that names an event's lead, where it is written in the usual way.
    pub(super) fn plain_key<'t>(&self, cells: RawCells<'t>, row: usize) -> Option<&'t str> {
        match cells.get(row) {
            // what has a digit is neither blank nor a placeholder without one
            Raw::Text(text) | Raw::Number(text) if self.plain => {
                Some(text.trim()).filter(|key| key.bytes().any(|byte| byte.is_ascii_digit()))
            }
            _ => None,
        }
    }

    /// Any text that names an event's lead; `None` where it is missing.
    pub(super) fn key(&self, cells: RawCells<'_>, row: usize) -> Option<String> {
        crate::data::fields::key(&cells.cell(row), self.reading).ok()
    }

    /// A property of the given rows; `bad` is told the place among `rows` of each that cannot be read.
    pub(super) fn column(
        &self,
        cells: RawCells<'_>,
        rows: &[u32],
        property: &Field,
        texts: &mut Texts,
        bad: &mut dyn FnMut(usize),
    ) -> ColumnBuilder {
        let mut column = ColumnBuilder::new(property.kind.type_of());
        if let (ColumnBuilder::Text(codes), Some((dictionary, places))) = (&mut column, cells.coded())
            && dictionary.len() <= rows.len()
        {
            // Each text of the dictionary is looked up once.
            let known: Vec<u32> = dictionary.iter().map(|text| self.code(text, texts)).collect();
            let code = |row: &u32| known.get(*places.get(*row as usize)? as usize).copied();
            codes.extend(rows.iter().map(|row| code(row).unwrap_or(NO_TEXT)));
            if property.required {
                let missing = codes.iter().enumerate().filter(|(_, code)| **code == NO_TEXT);
                missing.for_each(|(place, _)| bad(place));
            }
            return column;
        }
        for (place, row) in rows.iter().enumerate() {
            let row = *row as usize;
            let value = match (cells.get(row), &mut column) {
                (Raw::Missing, _) if !property.required => None,
                (Raw::Text(text) | Raw::Number(text), ColumnBuilder::Text(codes)) => {
                    codes.push(self.code(text, texts));
                    if codes.last() == Some(&NO_TEXT) && property.required {
                        bad(place);
                    }
                    continue;
                }
                (raw, _) => match self.value(raw, &property.kind) {
                    Some(value) => Some(value),
                    None => self.reading.value(&cells.cell(row), property).unwrap_or_else(|_| {
                        bad(place);
                        None
                    }),
                },
            };
            column.push(value, texts);
        }
        column
    }

    fn code(&self, text: &str, texts: &mut Texts) -> u32 {
        let code = texts.code(text);
        let placeholders = self.reading.missing;
        let is_placeholder = || texts.text(code).is_some_and(|text| text.is_among(placeholders));
        if !placeholders.is_empty() && is_placeholder() { NO_TEXT } else { code }
    }

    /// A value that is written in the usual way.
    fn value(&self, raw: Raw<'_>, kind: &FieldKind) -> Option<Value> {
        if !self.plain {
            return None;
        }
        match (raw, kind) {
            (Raw::Text(text), FieldKind::Number { from, to, format: None })
            | (Raw::Number(text), FieldKind::Number { from, to, .. }) => {
                let billionths = plain_number(text.as_bytes(), 0, text.len())?;
                within(Decimal::from_billionths(billionths.into()), *from, *to).map(Value::Number)
            }
            (Raw::Whole(number), FieldKind::Number { from, to, .. }) => {
                within(Decimal::whole(number), *from, *to).map(Value::Number)
            }
            (Raw::Text("true" | "yes"), FieldKind::YesNo { words: None }) if self.reading.missing.is_empty() => {
                Some(Value::YesNo(true))
            }
            (Raw::Text("false" | "no"), FieldKind::YesNo { words: None }) if self.reading.missing.is_empty() => {
                Some(Value::YesNo(false))
            }
            (Raw::YesNo(yes), FieldKind::YesNo { .. }) if self.reading.missing.is_empty() => Some(Value::YesNo(yes)),
            (Raw::Date(moment), FieldKind::Date { .. }) => Some(Value::Date(moment)),
            (Raw::Text(text) | Raw::Number(text), FieldKind::Date { format: None, unit }) => {
                let date: Option<Moment> = match unit {
                    None => plain_date(text.as_bytes(), self.utc),
                    Some(unit) => plain_epoch(text.as_bytes(), *unit),
                };
                date.map(Value::Date)
            }
            _ => None,
        }
    }
}

/// One outside its range is left to the reader that says so.
fn within(number: Decimal, from: Option<Decimal>, to: Option<Decimal>) -> Option<Decimal> {
    let is_within = from.is_none_or(|from| from <= number) && to.is_none_or(|to| number <= to);
    is_within.then_some(number)
}
