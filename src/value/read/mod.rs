//! From the text of a cell to a value of a declared type.

mod date;
mod error;
mod format;
mod number;
mod plain_date;
mod plain_number;

pub use date::{EpochUnit, read_date};
pub use error::ReadError;
pub use format::DateFormat;
pub use number::{NumberFormat, read_number};
pub use plain_date::{plain_date, plain_epoch};
pub use plain_number::{plain_number, short_word};

use super::fold;
use super::text::ascii_digit;

/// `true/false/yes/no/y/n/t/f/1/0` in any case, or the two given words alone, folded: yes first.
///
/// # Errors
/// [`ReadError::NotAYesNo`].
pub fn read_yes_no(text: &str, words: Option<&(String, String)>) -> Result<bool, ReadError> {
    let folded = fold(text);
    let answer = match words {
        Some((yes, _)) if fold(yes) == folded => Some(true),
        Some((_, no)) if fold(no) == folded => Some(false),
        Some(_) => None,
        None => match &folded[..] {
            "true" | "yes" | "y" | "t" | "1" => Some(true),
            "false" | "no" | "n" | "f" | "0" => Some(false),
            _ => None,
        },
    };
    answer.ok_or_else(|| ReadError::NotAYesNo { words: words.cloned() })
}

/// Trimmed, with Arabic-Indic and Persian digits as ASCII.
fn with_ascii_digits(text: &str) -> String {
    text.trim().chars().map(ascii_digit).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn yes_and_no_in_any_case() {
        for yes in ["true", "TRUE", "Yes", "y", "T", "1", " yes ", "۱"] {
            assert_eq!(read_yes_no(yes, None), Ok(true), "{yes}");
        }
        for no in ["false", "No", "N", "f", "0", "٠"] {
            assert_eq!(read_yes_no(no, None), Ok(false), "{no}");
        }
        for neither in ["maybe", "oui", "2", "", "yess"] {
            assert_eq!(read_yes_no(neither, None), Err(ReadError::NotAYesNo { words: None }), "{neither}");
        }
    }

    #[test]
    fn declared_words_stand_alone() {
        let words = ("Oui".to_string(), "Non".to_string());
        assert_eq!(read_yes_no("OUI", Some(&words)), Ok(true));
        assert_eq!(read_yes_no("non ", Some(&words)), Ok(false));
        assert_eq!(read_yes_no("yes", Some(&words)), Err(ReadError::NotAYesNo { words: Some(words.clone()) }));
    }
}
