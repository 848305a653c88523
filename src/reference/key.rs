//! When two property values are the same: for distinct counts, `once per asset`, `for each asset with …`.

use crate::value::{Instant, Value, Zone};

/// A value as it is compared: texts folded, a whole day as its first instant.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Key {
    Number(crate::value::Decimal),
    Text(String),
    YesNo(bool),
    Instant(Instant),
    Texts(Vec<String>),
    /// The number of a calendar bucket
    Bucket(i64),
}

impl Key {
    pub fn of(value: &Value, zone: &Zone) -> Key {
        match value {
            Value::Number(number) => Key::Number(*number),
            Value::Text(text) => Key::Text(text.folded.to_string()),
            Value::YesNo(answer) => Key::YesNo(*answer),
            Value::Date(date) => Key::Instant(date.first(zone)),
            Value::List(texts) => Key::Texts(texts.iter().map(|text| text.folded.to_string()).collect()),
        }
    }
}
