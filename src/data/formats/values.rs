//! Where JSON values end, for values as programs write them: with blanks between them at most. Whatever else there is
//! (other white space, deep nesting, what is no JSON at all) is left to careful reading.

use super::wide::string_stop;
use serde::de::IgnoredAny;

/// Values within values, at most.
const DEEPEST: usize = 16;

/// Behind the blanks at `at`.
pub(super) fn blanks(text: &[u8], at: usize) -> usize {
    let rest = text.get(at..).unwrap_or_default();
    at + rest.iter().position(|byte| *byte != b' ').unwrap_or(rest.len())
}

/// Where a string ends that is open at `at`, behind its quote.
pub(super) fn string_end(text: &[u8], at: usize) -> Option<usize> {
    let mut at = at;
    loop {
        let stop = string_stop(text, at);
        match text.get(stop)? {
            b'"' => return Some(stop + 1),
            b'\\' => at = stop + 2,
            _ => return None,
        }
    }
}

/// Where the value at `at` ends; `None` where it is no JSON, or JSON for careful reading.
#[inline(always)]
pub(super) fn value_end(text: &str, at: usize, depth: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    match bytes.get(at)? {
        b'"' => {
            let stop = string_stop(bytes, at + 1);
            if bytes.get(stop) == Some(&b'"') { Some(stop + 1) } else { escaped_end(text, at, stop) }
        }
        b'-' | b'0'..=b'9' => number_end(bytes, at),
        b't' => bytes.get(at..)?.starts_with(b"true").then_some(at + 4),
        b'f' => bytes.get(at..)?.starts_with(b"false").then_some(at + 5),
        b'n' => bytes.get(at..)?.starts_with(b"null").then_some(at + 4),
        b'[' => array_end(text, at, depth),
        b'{' => object_end(text, at, depth),
        _ => None,
    }
}

/// A string with escapes that nobody wants: it must be one all the same.
#[cold]
fn escaped_end(text: &str, at: usize, stop: usize) -> Option<usize> {
    let end = string_end(text.as_bytes(), stop)?;
    serde_json::from_str::<IgnoredAny>(text.get(at..end)?).ok()?;
    Some(end)
}

#[inline(always)]
fn number_end(text: &[u8], at: usize) -> Option<usize> {
    let digits = |from: usize| {
        let mut at = from;
        while text.get(at).is_some_and(u8::is_ascii_digit) {
            at += 1;
        }
        at
    };
    let whole = if text.get(at) == Some(&b'-') { at + 1 } else { at };
    let mut end = digits(whole);
    if end == whole || (end > whole + 1 && text.get(whole) == Some(&b'0')) {
        return None;
    }
    if text.get(end) == Some(&b'.') {
        let fraction = end + 1;
        end = digits(fraction);
        if end == fraction {
            return None;
        }
    }
    if matches!(text.get(end), Some(b'e' | b'E')) {
        let sign = matches!(text.get(end + 1), Some(b'+' | b'-'));
        let exponent = end + 1 + usize::from(sign);
        end = digits(exponent);
        if end == exponent {
            return None;
        }
    }
    Some(end)
}

fn array_end(text: &str, at: usize, depth: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut at = blanks(bytes, at + 1);
    if bytes.get(at) == Some(&b']') {
        return Some(at + 1);
    }
    loop {
        at = blanks(bytes, inner_end(text, at, depth)?);
        match bytes.get(at)? {
            b',' => at = blanks(bytes, at + 1),
            b']' => return Some(at + 1),
            _ => return None,
        }
    }
}

fn object_end(text: &str, at: usize, depth: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut at = blanks(bytes, at + 1);
    if bytes.get(at) == Some(&b'}') {
        return Some(at + 1);
    }
    loop {
        if bytes.get(at) != Some(&b'"') {
            return None;
        }
        at = blanks(bytes, inner_end(text, at, depth)?);
        if bytes.get(at) != Some(&b':') {
            return None;
        }
        at = blanks(bytes, inner_end(text, blanks(bytes, at + 1), depth)?);
        match bytes.get(at)? {
            b',' => at = blanks(bytes, at + 1),
            b'}' => return Some(at + 1),
            _ => return None,
        }
    }
}

/// As [`value_end`], one level deeper.
fn inner_end(text: &str, at: usize, depth: usize) -> Option<usize> {
    if depth < DEEPEST { value_end(text, at, depth + 1) } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_those_of_json() {
        for number in ["0", "-0", "10", "1.50", "-2e3", "1E+9", "0.1e-7"] {
            assert_eq!(value_end(&format!("{number},"), 0, 0), Some(number.len()), "{number}");
        }
        for other in ["01", "-", "1.", ".5", "1e", "1e+", "+1", "NaN", "-a"] {
            assert_eq!(value_end(other, 0, 0), None, "{other}");
        }
    }

    #[test]
    fn nested_values_end_with_their_own_bracket() {
        for value in [r#"[1, "]", {"a": [] }]"#, r#"{"a" : {"b":null}, "c":"\""}"#, "[ ]", "{ }"] {
            assert_eq!(value_end(&format!("{value}]"), 0, 0), Some(value.len()), "{value}");
        }
        for other in ["[1,]", "[1 2]", "{1:2}", "{\"a\"}", "[\t1]", "[", "{\"a\":1", &"[".repeat(100)] {
            assert_eq!(value_end(other, 0, 0), None, "{other}");
        }
    }
}
