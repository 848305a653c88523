//! The wanted members of JSON objects, by name or dotted path, without building the others.

use crate::data::rows::Cell;
use crate::data::shown;
use indexmap::IndexSet;
use serde::de::{Deserializer, IgnoredAny, MapAccess, Visitor};
use serde_json::value::RawValue;
use std::collections::HashMap;
use std::fmt;

/// Members deeper than this are one nested cell.
const DEEPEST: usize = 64;

/// Why a row is no row.
#[derive(Debug, PartialEq)]
pub(super) struct Fault {
    pub(super) column: Option<String>,
    pub(super) reason: String,
}

/// Finds the wanted members of any object: the careful way, which every other must agree with.
pub(super) struct Members {
    pub(super) columns: Vec<String>,
    /// By the name of a member at the top: the columns it may hold, each with where the path goes on behind its dot
    /// (behind the column's end for the member itself).
    by_name: HashMap<String, Vec<(usize, usize)>>,
}

/// A member that may hold a column: the length of its name, its value.
type Candidate<'row> = (usize, &'row RawValue);

impl Members {
    pub(super) fn new(columns: Vec<String>) -> Members {
        let mut by_name: HashMap<String, Vec<(usize, usize)>> = HashMap::new();
        for (index, column) in columns.iter().enumerate() {
            let dots = column.match_indices('.').map(|(at, _)| at);
            for end in dots.chain([column.len()]) {
                by_name.entry(column.get(..end).unwrap_or_default().to_owned()).or_default().push((index, end + 1));
            }
        }
        Members { columns, by_name }
    }

    /// The value of each wanted column that the object has.
    pub(super) fn values<'row>(&self, text: &'row [u8]) -> Result<Vec<Option<&'row RawValue>>, Fault> {
        let fault = |reason: String| Fault { column: None, reason };
        let text = std::str::from_utf8(text).map_err(|error| {
            let at = error.valid_up_to() + 1;
            fault(format!("it is not UTF-8 text (byte {at}); save the file as UTF-8"))
        })?;
        if !text.trim_ascii_start().starts_with('{') {
            return Err(fault(no_object(text)));
        }
        let mut deserializer = serde_json::Deserializer::from_str(text);
        let visitor = WantedMembers { by_name: &self.by_name, columns: self.columns.len() };
        let candidates = deserializer
            .deserialize_map(visitor)
            .and_then(|candidates| deserializer.end().map(|()| candidates))
            .map_err(|error| fault(broken(&error)))?;
        let values = self.columns.iter().zip(candidates).map(|(column, mut candidates)| {
            // A member literally named with the dot wins: the longest name first.
            candidates.sort_by_key(|(length, _)| std::cmp::Reverse(*length));
            candidates.into_iter().find_map(|(length, value)| {
                resolve(value, column.get(length + 1..).filter(|_| length < column.len()), 0)
            })
        });
        Ok(values.collect())
    }
}

/// Follows what is left of a dotted path into nested objects; `None` where it leads nowhere.
fn resolve<'row>(value: &'row RawValue, rest: Option<&str>, depth: usize) -> Option<&'row RawValue> {
    let Some(rest) = rest else { return Some(value) };
    if depth >= DEEPEST {
        return None;
    }
    let mut candidates: Vec<Candidate<'row>> = Vec::new();
    for (name, value) in members_of(value.get()).ok()? {
        if rest.strip_prefix(&*name).is_some_and(|behind| behind.is_empty() || behind.starts_with('.')) {
            candidates.retain(|(length, _)| *length != name.len());
            candidates.push((name.len(), value));
        }
    }
    candidates.sort_by_key(|(length, _)| std::cmp::Reverse(*length));
    candidates
        .into_iter()
        .find_map(|(length, value)| resolve(value, rest.get(length + 1..).filter(|_| length < rest.len()), depth + 1))
}

/// Adds the names of all members of an object, nested ones as dotted paths; nothing for what is no object.
pub(super) fn column_names(text: &[u8], names: &mut IndexSet<String>) {
    if let Some(object) = std::str::from_utf8(text).ok().and_then(|text| members_of(text).ok()) {
        flatten("", object, names, 0);
    }
}

fn flatten(prefix: &str, members: Vec<(String, &RawValue)>, names: &mut IndexSet<String>, depth: usize) {
    for (name, value) in members {
        let path = if prefix.is_empty() { name } else { format!("{prefix}.{name}") };
        match members_of(value.get()) {
            Ok(inner) if !inner.is_empty() && depth < DEEPEST => flatten(&path, inner, names, depth + 1),
            _ => {
                names.insert(path);
            }
        }
    }
}

/// A JSON value as a cell.
pub(super) fn cell(text: &str) -> Result<Cell, String> {
    Ok(match text.as_bytes().first() {
        Some(b'"') => Cell::Text(string(text)?),
        Some(b'n') | None => Cell::Missing,
        Some(b't') => Cell::YesNo(true),
        Some(b'f') => Cell::YesNo(false),
        Some(b'{') => Cell::Nested(text.to_owned()),
        Some(b'[') => list(text)?.map_or_else(|| Cell::Nested(text.to_owned()), Cell::List),
        Some(_) => Cell::Number(text.to_owned()),
    })
}

/// The values of a JSON array; `None` where one is nested itself.
fn list(text: &str) -> Result<Option<Vec<Option<String>>>, String> {
    let values: Vec<&RawValue> = serde_json::from_str(text).map_err(|error| broken(&error))?;
    let mut texts = Vec::with_capacity(values.len());
    for value in values {
        match value.get().as_bytes().first() {
            Some(b'{' | b'[') => return Ok(None),
            Some(b'n') => texts.push(None),
            Some(b'"') => texts.push(Some(string(value.get())?)),
            _ => texts.push(Some(value.get().to_owned())),
        }
    }
    Ok(Some(texts))
}

fn string(text: &str) -> Result<String, String> {
    match text.strip_prefix('"').and_then(|text| text.strip_suffix('"')) {
        Some(plain) if !plain.contains('\\') => Ok(plain.to_owned()),
        _ => serde_json::from_str(text)
            .map_err(|_| format!("`{}` is no text: half of a character written as `\\u…`", shown(text))),
    }
}

fn no_object(text: &str) -> String {
    match text.trim_ascii() {
        "" => "it is empty: a comma too many".to_owned(),
        other => format!("`{}` is not an object `{{…}}` with the columns as members", shown(other)),
    }
}

/// What is wrong with a text that is no JSON, without a parser's words.
fn broken(error: &serde_json::Error) -> String {
    if error.is_eof() {
        return "its JSON is cut off".to_owned();
    }
    let place = if error.line() > 1 { format!("line {}, ", error.line()) } else { String::new() };
    format!("its JSON is broken at {place}character {}", error.column())
}

/// The members of an object, in order; an error for anything else.
fn members_of(text: &str) -> Result<Vec<(String, &RawValue)>, serde_json::Error> {
    let mut deserializer = serde_json::Deserializer::from_str(text);
    let members = deserializer.deserialize_map(AllMembers)?;
    deserializer.end()?;
    Ok(members)
}

/// Keeps every member.
struct AllMembers;

impl<'row> Visitor<'row> for AllMembers {
    type Value = Vec<(String, &'row RawValue)>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'row>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut members = Vec::new();
        while let Some(name) = map.next_key::<String>()? {
            members.push((name, map.next_value()?));
        }
        Ok(members)
    }
}

/// Keeps the members that some column needs.
struct WantedMembers<'a> {
    by_name: &'a HashMap<String, Vec<(usize, usize)>>,
    columns: usize,
}

impl<'row> Visitor<'row> for WantedMembers<'_> {
    type Value = Vec<Vec<Candidate<'row>>>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'row>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut candidates: Self::Value = vec![Vec::new(); self.columns];
        while let Some(name) = map.next_key::<Name>()? {
            let Some(columns) = self.by_name.get(&*name.0) else {
                map.next_value::<IgnoredAny>()?;
                continue;
            };
            let value: &'row RawValue = map.next_value()?;
            for (column, end) in columns {
                let length = end.saturating_sub(1);
                if let Some(candidates) = candidates.get_mut(*column) {
                    // Of two members of one name the last counts.
                    candidates.retain(|(other, _)| *other != length);
                    candidates.push((length, value));
                }
            }
        }
        Ok(candidates)
    }
}

/// A member's name, borrowed where it is written without escapes.
struct Name<'row>(std::borrow::Cow<'row, str>);

impl<'row> serde::Deserialize<'row> for Name<'row> {
    fn deserialize<D: Deserializer<'row>>(deserializer: D) -> Result<Self, D::Error> {
        struct NameVisitor;
        impl<'row> Visitor<'row> for NameVisitor {
            type Value = Name<'row>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a name")
            }

            fn visit_borrowed_str<E>(self, name: &'row str) -> Result<Name<'row>, E> {
                Ok(Name(name.into()))
            }

            fn visit_str<E>(self, name: &str) -> Result<Name<'row>, E> {
                Ok(Name(name.to_owned().into()))
            }
        }
        deserializer.deserialize_str(NameVisitor)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn read(columns: &[&str], text: &str) -> Result<Vec<Cell>, Fault> {
        let members = Members::new(columns.iter().map(|column| (*column).to_owned()).collect());
        let cell = |value: Option<&RawValue>| {
            let cell = value.map_or(Ok(Cell::Missing), |value| cell(value.get()));
            cell.map_err(|reason| Fault { column: None, reason })
        };
        members.values(text.as_bytes())?.into_iter().map(cell).collect()
    }

    fn text(text: &str) -> Cell {
        Cell::Text(text.to_owned())
    }

    #[test]
    fn values_keep_what_they_are() {
        let cells = read(
            &["a", "b", "c", "d", "e", "f", "g"],
            r#"{"a":"x\n","b":1.50e3,"c":true,"d":null,"e":["p",2,null],"f":{"x" : 1}}"#,
        );
        let list = Cell::List(vec![Some("p".into()), Some("2".into()), None]);
        let number = Cell::Number("1.50e3".into());
        let nested = Cell::Nested(r#"{"x" : 1}"#.into());
        assert_eq!(
            cells.unwrap(),
            [text("x\n"), number, Cell::YesNo(true), Cell::Missing, list, nested, Cell::Missing]
        );
    }

    #[test]
    fn paths_reach_inside_and_literal_names_win() {
        let a = r#"{"u":{"mail":"in","x.y":{"z":"deep"}},"u.mail":"literal"}"#;
        assert_eq!(read(&["u.mail", "u.x.y.z", "u.no"], a).unwrap(), [text("literal"), text("deep"), Cell::Missing]);
        assert_eq!(read(&["u.mail"], r#"{"u":{"mail":"in"}}"#).unwrap(), [text("in")]);
        assert_eq!(read(&["u.mail"], r#"{"u":"flat"}"#).unwrap(), [Cell::Missing]);
        // The longer name leads nowhere, the shorter one does.
        assert_eq!(read(&["a.b.c"], r#"{"a.b":1,"a":{"b":{"c":"x"}}}"#).unwrap(), [text("x")]);
    }

    #[test]
    fn of_two_members_the_last_counts() {
        assert_eq!(
            read(&["a", "o.b"], r#"{"a":"1","a":"2","o":{"b":"3"},"o":{"b":"4"}}"#).unwrap(),
            [text("2"), text("4")]
        );
    }

    #[test]
    fn what_is_no_object_is_bad() {
        let reason = |text: &str| read(&["a"], text).unwrap_err().reason;
        assert_eq!(reason("[1]"), "`[1]` is not an object `{…}` with the columns as members");
        assert_eq!(reason("{\"a\":1"), "its JSON is cut off");
        assert_eq!(reason("{\"a\":1,}"), "its JSON is broken at character 8");
        assert_eq!(reason("{\"a\":1} {}"), "its JSON is broken at character 9");
        assert!(read(&["a"], r#"{"a":"\ud800"}"#).unwrap_err().reason.contains("half of a character"));
    }
}
