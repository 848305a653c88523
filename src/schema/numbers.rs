//! Whether the cells of a column are numbers, and how they are written.

use crate::value::{NumberFormat, read_number};
use std::sync::LazyLock;

/// Ways of writing numbers, in the order of preference, by the example that declares each.
const EXAMPLES: [&str; 7] =
    ["1,234.56", "1.234,56", "1 234,56", "1\u{a0}234,56", "1\u{202f}234,56", "1'234.56", "1’234.56"];

static FORMATS: LazyLock<Vec<(&str, NumberFormat)>> = LazyLock::new(|| {
    EXAMPLES.iter().filter_map(|example| Some((*example, NumberFormat::from_example(example)?))).collect()
});

/// More digits than this are an identity, not an amount.
const MOST_DIGITS: usize = 15;

/// What the cells of a column say about being numbers.
#[derive(Debug)]
pub struct Numbers {
    /// All are plain numbers.
    plain: bool,
    /// The ways of writing, by index, that fit all.
    formats: Vec<usize>,
    /// Some have leading zeros, a leading `+` or very many digits.
    pub like_identity: bool,
    /// All are whole.
    pub whole: bool,
    pub lowest: i64,
    pub highest: i64,
    /// All that have a point have three digits after it, so that it may stand between thousands.
    points_before_three: bool,
    points: u64,
}

impl Default for Numbers {
    fn default() -> Numbers {
        Numbers {
            plain: true,
            formats: (0..FORMATS.len()).collect(),
            like_identity: false,
            whole: true,
            lowest: i64::MAX,
            highest: i64::MIN,
            points_before_three: true,
            points: 0,
        }
    }
}

/// How a column's numbers are declared.
#[derive(Debug, PartialEq, Eq)]
pub struct Written {
    /// The example for `as`.
    pub example: Option<&'static str>,
    /// What to tell the author.
    pub note: Option<&'static str>,
}

impl Numbers {
    pub fn add(&mut self, cell: &str) {
        if !self.plain && self.formats.is_empty() {
            return;
        }
        let digits = cell.chars().filter(|char| char.is_numeric()).count();
        self.like_identity |= digits > MOST_DIGITS || leading_zero(cell) || cell.starts_with('+');
        if self.plain {
            self.add_plain(cell);
        }
        if cell.bytes().all(|byte| byte.is_ascii_digit()) {
            return;
        }
        self.formats.retain(|index| {
            FORMATS
                .get(*index)
                .is_some_and(|(_, format)| grouped(cell, format) && read_number(cell, Some(format)).is_ok())
        });
    }

    fn add_plain(&mut self, cell: &str) {
        let Ok(number) = read_number(cell, None) else {
            self.plain = false;
            return;
        };
        match number.to_i64() {
            Some(whole) => {
                self.lowest = self.lowest.min(whole);
                self.highest = self.highest.max(whole);
            }
            None => self.whole = false,
        }
        if let Some((before, after)) = cell.split_once('.') {
            self.points += 1;
            let before = before.trim_start_matches('-');
            self.points_before_three &=
                after.len() == 3 && (1..=3).contains(&before.len()) && before.chars().any(|digit| digit != '0');
        }
    }

    /// Whether every cell is a plain whole number.
    pub fn all_whole(&self) -> bool {
        self.plain && self.whole
    }

    /// How the numbers are written; `None` when they are none.
    pub fn written(&self) -> Option<Written> {
        if self.plain {
            let doubtful = self.points > 0 && self.points_before_three;
            let note = "a point stands before three digits each time: if 1.234 means one thousand, write number as \"1.234,56\"";
            return Some(Written { example: None, note: doubtful.then_some(note) });
        }
        let first = FORMATS.get(*self.formats.first()?)?.0;
        let doubtful = first == "1,234.56" && self.formats.len() > 1;
        let note = "a comma stands before three digits each time: if 1,234 means a bit more than one, write number as \"1.234,56\"";
        Some(Written { example: Some(first), note: doubtful.then_some(note) })
    }
}

fn leading_zero(cell: &str) -> bool {
    let digits = cell.trim_start_matches('-');
    let mut chars = digits.chars();
    chars.next() == Some('0') && chars.next().is_some_and(|next| next.is_ascii_digit())
}

/// Whether a cell has digits in groups of three where it has groups, and at most one decimal mark.
fn grouped(cell: &str, format: &NumberFormat) -> bool {
    let unsigned = cell.trim_start_matches('-');
    let (whole, decimals) = match format.decimal.and_then(|mark| unsigned.split_once(mark)) {
        Some((whole, decimals)) => (whole, Some(decimals)),
        None => (unsigned, None),
    };
    let all_digits = |text: &str| !text.is_empty() && text.chars().all(char::is_numeric);
    if !decimals.is_none_or(all_digits) {
        return false;
    }
    let groups: Vec<&str> = match format.thousands {
        Some(mark) => whole.split(mark).collect(),
        None => vec![whole],
    };
    let sizes_fit = match groups.as_slice() {
        [_] => true,
        [first, rest @ ..] => first.chars().count() <= 3 && rest.iter().all(|group| group.chars().count() == 3),
        [] => false,
    };
    sizes_fit && groups.iter().all(|group| all_digits(group))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::Numbers;

    fn example(cells: &[&str]) -> Option<Option<&'static str>> {
        let mut numbers = Numbers::default();
        cells.iter().for_each(|cell| numbers.add(cell));
        numbers.written().map(|written| written.example)
    }

    #[test]
    fn plain_numbers_need_no_example() {
        assert_eq!(example(&["1", "-2.5", "1e3"]), Some(None));
    }

    #[test]
    fn the_example_is_the_way_that_fits_all() {
        assert_eq!(example(&["1.234,56", "7"]), Some(Some("1.234,56")));
        assert_eq!(example(&["1,234.56", "7"]), Some(Some("1,234.56")));
        assert_eq!(example(&["1,234,567"]), Some(Some("1,234.56")));
        assert_eq!(example(&["12,5"]), Some(Some("1.234,56")));
        assert_eq!(example(&["1 234,5"]), Some(Some("1 234,56")));
    }

    #[test]
    fn what_no_way_of_writing_fits_is_no_number() {
        assert_eq!(example(&["12,5", "1,234.5"]), None);
        assert_eq!(example(&["1.2.3"]), None);
        assert_eq!(example(&["twelve"]), None);
    }

    #[test]
    fn leading_zeros_plus_signs_and_many_digits_are_like_an_identity() {
        for cell in ["007", "+34600111222", "1234567890123456"] {
            let mut numbers = Numbers::default();
            numbers.add(cell);
            assert!(numbers.like_identity, "{cell}");
        }
        let mut numbers = Numbers::default();
        numbers.add("0.5");
        numbers.add("0");
        assert!(!numbers.like_identity);
    }

    #[test]
    fn a_point_before_three_digits_each_time_is_pointed_out() {
        let mut numbers = Numbers::default();
        numbers.add("1.234");
        assert!(numbers.written().unwrap().note.is_some());
        numbers.add("1.5");
        assert!(numbers.written().unwrap().note.is_none());
    }
}
