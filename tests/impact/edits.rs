//! Changes of one place of a rule file: a number, a text, a comparison, a rule that is gone.

use std::ops::Range;

/// Where it begins and ends, and what stands there instead.
pub struct Edit {
    pub range: Range<usize>,
    pub instead: String,
}

/// Lines that begin a statement of which something is changed.
const OPENS: [&str; 7] = ["score ", "bands ", "threshold ", "exclude ", "lookup ", "define ", "list "];
/// Words for which others can stand.
const WORDS: [(&str, &str); 9] = [
    (" >= ", " > "),
    (" > ", " >= "),
    (" < ", " <= "),
    (" <= ", " < "),
    (" and ", " or "),
    (" or ", " and "),
    (" from ", " above "),
    (" highest only ", " lowest only "),
    ("+", "-"),
];

/// Every change that is made: plain ones first, a number raised by one or a letter more in a compared text.
pub fn edits(text: &str) -> (Vec<Edit>, Vec<Edit>) {
    let (mut plain, mut others) = (Vec::new(), Vec::new());
    let (mut inside, mut start) = (false, 0);
    for line in text.split_inclusive('\n') {
        let first = line.chars().next().unwrap_or(' ');
        if !first.is_whitespace() && first != '}' {
            inside = OPENS.iter().any(|word| line.starts_with(word));
        }
        if inside && !line.trim_start().starts_with('#') {
            of_line(line, start, &mut plain, &mut others);
        }
        start += line.len();
    }
    (plain, others)
}

fn of_line(line: &str, start: usize, plain: &mut Vec<Edit>, others: &mut Vec<Edit>) {
    let code = line.split('#').next().unwrap_or_default();
    if code.trim_start().starts_with(['+', '-']) {
        others.push(Edit { range: start..start + line.len(), instead: String::new() });
    }
    for (word, instead) in WORDS {
        let places = code.match_indices(word).filter(|(at, _)| code[..*at].matches('"').count().is_multiple_of(2));
        others.extend(
            places.map(|(at, _)| Edit { range: start + at..start + at + word.len(), instead: instead.to_owned() }),
        );
    }
    let bytes = line.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        match bytes[at] {
            b'#' => return,
            b'"' => {
                let Some(length) = line[at + 1..].find('"') else { return };
                let end = at + 1 + length;
                if is_compared(&line[..at]) && !line[at..end].contains('*') {
                    let range = start + at + 1..start + end;
                    plain.push(Edit { range, instead: format!("{}q", &line[at + 1..end]) });
                }
                at = end + 1;
            }
            byte if byte.is_ascii_digit() => {
                let length = line[at..].find(|letter: char| !letter.is_ascii_digit()).unwrap_or(line.len() - at);
                let number = line[at..at + length].parse::<u64>().ok().filter(|_| is_number(bytes, at, length));
                if let Some(number) = number.filter(|number| *number < u64::MAX / 2) {
                    let to = |number: u64| Edit { range: start + at..start + at + length, instead: number.to_string() };
                    plain.push(to(number + 1));
                    others.extend(
                        [number.checked_sub(1), Some(number * 2), Some(number / 2)].into_iter().flatten().map(to),
                    );
                }
                at += length;
            }
            _ => at += line[at..].chars().next().map_or(1, char::len_utf8),
        }
    }
}

/// A text after these words is what values are compared with.
fn is_compared(before: &str) -> bool {
    ["is", "of", "contains", "with", "mentions", ",", "="].iter().any(|word| before.trim_end().ends_with(word))
}

/// Digits that are a whole number by themselves: no part of a name, a fraction or a date.
fn is_number(line: &[u8], at: usize, length: usize) -> bool {
    let part_of_more =
        |byte: Option<&u8>| byte.is_some_and(|byte| byte.is_ascii_alphanumeric() || b"_.-/".contains(byte));
    let before = at.checked_sub(1).and_then(|before| line.get(before)).filter(|byte| **byte != b'-');
    !part_of_more(before) && !part_of_more(line.get(at + length))
}
