//! From a cell to a value of its field's declared type.

use super::rows::Cell;
use super::shown;
use crate::model::{Field, FieldKind};
use crate::value::{ReadError, Text, Value, Zone, fold, is_blank, read_date, read_number, read_yes_no};
use indexmap::IndexMap;

/// How many different values outside a `one of` are counted by themselves.
const LISTED: usize = 20;

/// How cells of a `lead` or `event` block are read.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Reading<'model> {
    /// Folded placeholders.
    pub(crate) missing: &'model [String],
    pub(crate) zone: &'model Zone,
}

impl Reading<'_> {
    /// Reads a cell; the error completes "column `employees`: …".
    pub(crate) fn value(&self, cell: &Cell, field: &Field) -> Result<Option<Value>, String> {
        let value = match (&field.kind, cell) {
            // A text is folded once, for the placeholders and for its value.
            (FieldKind::Text | FieldKind::OneOf(_), Cell::Text(text) | Cell::Number(text)) => {
                Text::new(text).filter(|text| !text.is_among(self.missing)).map(Value::Text)
            }
            _ if self.is_missing(cell) => None,
            (kind, cell) => self.typed(cell, kind)?,
        };
        match value {
            None if field.required => Err("it is missing here, and required".to_owned()),
            value => Ok(value),
        }
    }

    /// Whether a cell is missing, blank or one of the placeholders.
    pub(crate) fn is_missing(&self, cell: &Cell) -> bool {
        match cell {
            Cell::Missing => true,
            Cell::Text(text) | Cell::Number(text) => self.is_placeholder(text),
            Cell::YesNo(yes) => !self.missing.is_empty() && self.is_placeholder(if *yes { "true" } else { "false" }),
            Cell::Date(_) | Cell::Nested(_) => false,
            Cell::List(values) => values.iter().flatten().all(|value| self.is_placeholder(value)),
        }
    }

    fn is_placeholder(&self, text: &str) -> bool {
        // The common case needs no folding: ASCII letters and digits never fold to nothing.
        if self.missing.is_empty() && text.bytes().any(|byte| byte.is_ascii_alphanumeric()) {
            return false;
        }
        if self.missing.is_empty() {
            return is_blank(text);
        }
        let folded = fold(text);
        folded.is_empty() || self.missing.contains(&folded)
    }

    /// Reads a cell that is neither missing nor a placeholder.
    fn typed(&self, cell: &Cell, kind: &FieldKind) -> Result<Option<Value>, String> {
        let text = || cell.text().unwrap_or_default();
        let wrong = |error: ReadError| format!("`{}` {error}", shown(text().trim()));
        match (kind, cell) {
            (FieldKind::Text | FieldKind::OneOf(_), _) => Ok(Text::new(&text()).map(Value::Text)),
            // The format says how texts write a number; JSON has its own way.
            (FieldKind::Number { from, to, .. }, Cell::Number(digits)) => {
                let number = read_number(digits, None).map_err(wrong)?;
                within(number, *from, *to).map(Some)
            }
            (FieldKind::Number { from, to, format }, Cell::Text(text)) => {
                let number = read_number(text.trim(), format.as_ref()).map_err(wrong)?;
                within(number, *from, *to).map(Some)
            }
            (FieldKind::YesNo { .. }, Cell::YesNo(yes)) => Ok(Some(Value::YesNo(*yes))),
            (FieldKind::YesNo { words }, Cell::Text(text) | Cell::Number(text)) => {
                read_yes_no(text.trim(), words.as_ref()).map(|yes| Some(Value::YesNo(yes))).map_err(wrong)
            }
            (FieldKind::Date { .. }, Cell::Date(moment)) => Ok(Some(Value::Date(*moment))),
            (FieldKind::Date { format, unit }, Cell::Text(text) | Cell::Number(text)) => {
                let date = read_date(text.trim(), format.as_ref(), *unit, self.zone).map_err(wrong)?;
                Ok(Some(Value::Date(date)))
            }
            (FieldKind::ListOfText, cell) => self.list(cell),
            (FieldKind::Number { .. }, _) => Err(wrong(ReadError::NotANumber)),
            (FieldKind::YesNo { words }, _) => Err(wrong(ReadError::NotAYesNo { words: words.clone() })),
            (FieldKind::Date { format, .. }, _) => {
                let format = format.as_ref().map(|format| format.written().to_owned());
                Err(wrong(ReadError::NotADate { format }))
            }
        }
    }

    /// A JSON array, or one cell with `;` between values; blank ones and placeholders are left out.
    fn list(&self, cell: &Cell) -> Result<Option<Value>, String> {
        let values: Vec<String> = match cell {
            Cell::List(values) => values.iter().flatten().cloned().collect(),
            Cell::Nested(json) => return Err(format!("`{}` is not a list of texts", shown(json))),
            Cell::Text(text) => listed(text.trim())?,
            other => other.text().into_iter().collect(),
        };
        let texts: Vec<Text> =
            values.iter().filter(|value| !self.is_placeholder(value)).filter_map(|value| Text::new(value)).collect();
        Ok((!texts.is_empty()).then_some(Value::List(texts)))
    }
}

/// What to declare so that a cell which cannot be read as `kind` can be; `None` where its text does not tell.
pub(crate) fn help(cell: &Cell, kind: &FieldKind, zone: &Zone) -> Option<String> {
    let (Cell::Text(text) | Cell::Number(text)) = cell else { return None };
    let text = text.trim();
    match kind {
        FieldKind::Number { format: None, .. } => read_number(text, None).err()?.help(text),
        FieldKind::YesNo { words } => read_yes_no(text, words.as_ref()).err()?.help(text),
        FieldKind::Date { format, unit } => read_date(text, format.as_ref(), *unit, zone).err()?.help(text),
        FieldKind::Number { .. } | FieldKind::Text | FieldKind::OneOf(_) | FieldKind::ListOfText => None,
    }
}

/// A number inside its declared range.
fn within(
    number: crate::value::Decimal,
    from: Option<crate::value::Decimal>,
    to: Option<crate::value::Decimal>,
) -> Result<Value, String> {
    match (from, to) {
        (Some(from), _) if number < from => Err(format!("`{number}` is below {from}, the lowest number it may be")),
        (_, Some(to)) if number > to => Err(format!("`{number}` is above {to}, the highest number it may be")),
        _ => Ok(Value::Number(number)),
    }
}

/// The values of one text cell.
fn listed(text: &str) -> Result<Vec<String>, String> {
    if !(text.starts_with('[') && text.ends_with(']')) {
        return Ok(text.split(';').map(str::to_owned).collect());
    }
    let not_a_list = || format!("`{}` is not a list of texts such as `[\"a\", \"b\"]` or `a; b`", shown(text));
    let values: Vec<serde_json::Value> = serde_json::from_str(text).map_err(|_| not_a_list())?;
    let texts = values.into_iter().filter(|value| !value.is_null()).map(|value| match value {
        serde_json::Value::String(text) => Ok(text),
        serde_json::Value::Array(_) | serde_json::Value::Object(_) => Err(not_a_list()),
        other => Ok(other.to_string()),
    });
    texts.collect()
}

/// A key: the trimmed text of its cell, a JSON number as its digits; the error completes "column `id`: …".
pub(crate) fn key(cell: &Cell, reading: Reading<'_>) -> Result<String, String> {
    match cell {
        _ if reading.is_missing(cell) => Err("it is missing here".to_owned()),
        Cell::List(_) | Cell::Nested(_) => {
            Err(format!("`{}` is not a single value", shown(&cell.text().unwrap_or_default())))
        }
        cell => Ok(cell.text().unwrap_or_default().trim().to_owned()),
    }
}

/// Values outside a field's `one of`, with how often each was met: at most 20 different ones, the rest under `None`.
pub(crate) type Unlisted<Id> = IndexMap<Id, IndexMap<Option<String>, u64>>;

/// Counts a value that its `one of` does not name.
pub(crate) fn count_unlisted<Id: std::hash::Hash + Eq>(
    unlisted: &mut Unlisted<Id>,
    id: Id,
    kind: &FieldKind,
    value: Option<&Value>,
) {
    let (FieldKind::OneOf(listed), Some(Value::Text(text))) = (kind, value) else { return };
    if listed.iter().any(|one| one.folded == text.folded) {
        return;
    }
    add_unlisted(unlisted.entry(id).or_default(), &text.given, 1);
}

/// Adds `count` values to those of one field.
pub(crate) fn add_unlisted(counts: &mut IndexMap<Option<String>, u64>, value: &str, count: u64) {
    let by_name = Some(value.to_owned());
    let has_room = || counts.keys().flatten().count() < LISTED;
    let name = by_name.filter(|_| counts.contains_key(&Some(value.to_owned())) || has_room());
    *counts.entry(name).or_default() += count;
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::source::Span;
    use crate::value::{Decimal, Moment};

    fn field(kind: FieldKind) -> Field {
        Field { name: "x".into(), kind, required: false, column: "x".into(), span: Span::default() }
    }

    fn read(cell: Cell, kind: FieldKind) -> Result<Option<Value>, String> {
        let (zone, missing) = (Zone::utc(), ["n/a".to_owned()]);
        Reading { missing: &missing, zone: &zone }.value(&cell, &field(kind))
    }

    fn text(text: &str) -> Cell {
        Cell::Text(text.to_owned())
    }

    fn number() -> FieldKind {
        FieldKind::Number { from: Some(Decimal::ZERO), to: Some(Decimal::whole(100)), format: None }
    }

    #[test]
    fn blank_cells_and_placeholders_are_missing_before_types_are_read() {
        for cell in [Cell::Missing, text("  "), text(" N/A "), Cell::List(vec![]), Cell::List(vec![None])] {
            assert_eq!(read(cell, number()), Ok(None));
        }
        let mut needed = field(FieldKind::Text);
        needed.required = true;
        let reading = Reading { missing: &[], zone: &Zone::utc() };
        assert_eq!(reading.value(&text("\u{200b}"), &needed).is_err(), is_blank("\u{200b}"));
        assert_eq!(reading.value(&Cell::Missing, &needed), Err("it is missing here, and required".to_owned()));
    }

    #[test]
    fn numbers_are_held_to_their_range() {
        assert_eq!(read(text(" 12.5 "), number()), Ok(Some(Value::Number(Decimal::from_billionths(12_500_000_000)))));
        assert_eq!(read(Cell::Number("1e2".into()), number()), Ok(Some(Value::Number(Decimal::whole(100)))));
        assert_eq!(read(text("-1"), number()), Err("`-1` is below 0, the lowest number it may be".to_owned()));
        assert_eq!(read(text("101"), number()), Err("`101` is above 100, the highest number it may be".to_owned()));
        assert!(read(text("12,5"), number()).unwrap_err().starts_with("`12,5` "));
        assert!(read(Cell::YesNo(true), number()).is_err());
    }

    #[test]
    fn json_values_are_read_like_cells() {
        let yes_no = || FieldKind::YesNo { words: Some(("oui".into(), "non".into())) };
        assert_eq!(read(text("OUI"), yes_no()), Ok(Some(Value::YesNo(true))));
        assert_eq!(read(Cell::YesNo(false), yes_no()), Ok(Some(Value::YesNo(false))));
        let date = FieldKind::Date { format: None, unit: None };
        let day = Moment::Day(jiff::civil::date(2026, 5, 1));
        assert_eq!(read(Cell::Date(day), date.clone()), Ok(Some(Value::Date(day))));
        assert_eq!(read(text("2026-05-01"), date), Ok(Some(Value::Date(day))));
        assert_eq!(read(Cell::Number("007".into()), FieldKind::Text), Ok(Text::new("007").map(Value::Text)));
    }

    #[test]
    fn lists_are_arrays_or_cells_with_semicolons() {
        let list =
            |values: &[&str]| Ok(Some(Value::List(values.iter().filter_map(|value| Text::new(value)).collect())));
        assert_eq!(read(text("a; b;;n/a"), FieldKind::ListOfText), list(&["a", "b"]));
        assert_eq!(read(text("[\"a;b\", 2, null]"), FieldKind::ListOfText), list(&["a;b", "2"]));
        assert_eq!(read(Cell::List(vec![Some("a".into()), None]), FieldKind::ListOfText), list(&["a"]));
        assert!(read(text("['a']"), FieldKind::ListOfText).is_err());
        assert!(read(Cell::Nested("{}".into()), FieldKind::ListOfText).is_err());
        assert_eq!(read(text(";"), FieldKind::ListOfText), Ok(None));
    }

    #[test]
    fn keys_are_trimmed_and_numbers_are_their_digits() {
        let reading = Reading { missing: &[], zone: &Zone::utc() };
        assert_eq!(key(&text(" L1 "), reading), Ok("L1".to_owned()));
        assert_eq!(key(&Cell::Number("1.0".into()), reading), Ok("1.0".to_owned()));
        assert_eq!(key(&text(" "), reading), Err("it is missing here".to_owned()));
        assert!(key(&Cell::Nested("{}".into()), reading).is_err());
    }

    #[test]
    fn unlisted_values_are_counted_the_first_twenty_by_name() {
        let kind = FieldKind::OneOf(Text::new("tech").into_iter().collect());
        let mut unlisted: Unlisted<u8> = IndexMap::new();
        for number in 0..25 {
            let value = Text::new(&format!("v{number}")).map(Value::Text);
            count_unlisted(&mut unlisted, 0, &kind, value.as_ref());
        }
        for known in ["TECH", "v3"] {
            count_unlisted(&mut unlisted, 0, &kind, Text::new(known).map(Value::Text).as_ref());
        }
        let counts = &unlisted[&0];
        assert_eq!((counts.len(), counts[&None], counts[&Some("v3".to_owned())]), (21, 5, 2));
    }
}
