//! Figures as JSON.

use crate::value::Decimal;
use serde_json::Value;

/// A number of the rules: whole where it is.
pub fn number(number: Decimal) -> Value {
    match number.to_i64() {
        Some(whole) => whole.into(),
        None => number.to_f64().into(),
    }
}

/// A share, a mean: 6 decimals.
pub fn figure(figure: f64) -> Value {
    ((figure * 1e6).round() / 1e6).into()
}

/// The whole text, with a line end at its end.
pub fn text(value: &Value) -> String {
    serde_json::to_string_pretty(value).unwrap_or_default() + "\n"
}
