//! Why a cell could not be read, and what to declare instead.

use super::DateFormat;
use crate::value::Zone;
use std::fmt;

/// Why a cell could not be read; its `Display` completes "`12,5` …": "is not a number".
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ReadError {
    NotANumber,
    NotAYesNo { words: Option<(String, String)> },
    NotADate { format: Option<String> },
    TooLarge,
}

impl fmt::Display for ReadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            ReadError::NotANumber => f.write_str("is not a number"),
            ReadError::NotAYesNo { words: None } => f.write_str("is neither yes nor no"),
            ReadError::NotAYesNo { words: Some((yes, no)) } => write!(f, "is neither `{yes}` nor `{no}`"),
            ReadError::NotADate { format: None } => f.write_str("is not a date"),
            ReadError::NotADate { format: Some(format) } => write!(f, "is not a date written `{format}`"),
            ReadError::TooLarge => f.write_str("is too large a number"),
        }
    }
}

impl std::error::Error for ReadError {}

impl ReadError {
    /// What to declare so that this cell, and others like it, can be read; `None` where its text does not tell.
    pub fn help(&self, text: &str) -> Option<String> {
        match self {
            ReadError::NotANumber => number_help(text),
            ReadError::NotAYesNo { words: None } => Some(
                "if there are other words for yes and no, declare them, yes first: `yes/no as \"oui\", \"non\"`".into(),
            ),
            ReadError::NotADate { format: None } => date_help(text),
            ReadError::NotADate { format: Some(format) } => unpadded(format, text).or_else(|| date_help(text)),
            ReadError::NotAYesNo { .. } | ReadError::TooLarge => None,
        }
    }
}

/// `1/5/2026` where `DD/MM/YYYY` is declared: the same format with one digit allowed, if it reads the text.
fn unpadded(format: &str, text: &str) -> Option<String> {
    let looser = format.replace("DD", "D").replace("MM", "M").replace("HH", "H");
    let read = super::read_date(text, Some(&DateFormat::new(&looser)?), None, &Zone::utc());
    let declare = format!("where a day or month may have one digit, declare `date as \"{looser}\"`");
    read.ok().filter(|_| looser != format).map(|_| declare)
}

/// `12,5` and `1.234,56` as `1.234,56`; `1,234` as `1,234.56`; `1 234,5` as `1 234,56`.
fn number_help(text: &str) -> Option<String> {
    let text = text.trim();
    let is_number_like = text.chars().any(|letter| letter.is_ascii_digit())
        && text.chars().all(|letter| letter.is_ascii_digit() || letter.is_whitespace() || "+-.,'’".contains(letter));
    if !is_number_like {
        return None;
    }
    let thousands = text.chars().find(|letter| letter.is_whitespace() || "'’".contains(*letter));
    let written = match (thousands, text.rfind(','), text.rfind('.')) {
        (Some(mark), Some(_), None) => format!("1{}234,56", if mark.is_whitespace() { ' ' } else { mark }),
        (Some(mark), None, _) => format!("1{}234.56", if mark.is_whitespace() { ' ' } else { mark }),
        (None, Some(comma), Some(dot)) if comma < dot => "1,234.56".to_string(),
        (None, Some(comma), None) if text.len() - comma == 4 => "1,234.56".to_string(),
        (None, Some(_), _) => "1.234,56".to_string(),
        (None, None, Some(_)) => "1.234,56".to_string(),
        _ => return None,
    };
    Some(format!("if these are numbers written `{written}`, declare `number as \"{written}\"`"))
}

/// `05/30/2026` as `MM/DD/YYYY`, `30.05.2026` as `DD.MM.YYYY`; where both fit, both; a bare number as a count since 1970.
fn date_help(text: &str) -> Option<String> {
    let text = text.trim();
    if text.len() >= 9 && text.bytes().all(|byte| byte.is_ascii_digit()) {
        let unit =
            ["seconds", "milliseconds", "microseconds"][(text.len() >= 12) as usize + (text.len() >= 15) as usize];
        return Some(format!("if this counts {unit} since 1970, declare `date in {unit}`"));
    }
    let mark = text.chars().find(|letter| !letter.is_ascii_digit()).filter(|mark| "/.-".contains(*mark))?;
    let day = text.split([' ', 'T']).next()?;
    let parts: Vec<&str> = day.split(mark).collect();
    let [first, second, third] = parts.try_into().ok()?;
    let number = |part: &str| part.parse::<u32>().ok().filter(|_| part.len() <= 4);
    let (one, two, _) = (number(first)?, number(second)?, number(third)?);
    let is_padded = [first, second, third].iter().all(|part| matches!(part.len(), 2 | 4));
    let (day, month) = if is_padded { ("DD", "MM") } else { ("D", "M") };
    let year = if third.len() == 4 { "YYYY" } else { "YY" };
    let formats = match (one, two) {
        (1.., _) if first.len() == 4 => vec![format!("YYYY{mark}{month}{mark}{day}")],
        (13..=31, 1..=12) => vec![format!("{day}{mark}{month}{mark}{year}")],
        (1..=12, 13..=31) => vec![format!("{month}{mark}{day}{mark}{year}")],
        (1..=12, 1..=12) => {
            vec![format!("{day}{mark}{month}{mark}{year}"), format!("{month}{mark}{day}{mark}{year}")]
        }
        _ => return None,
    };
    let declarations: Vec<String> =
        formats.iter().map(|format| format!("`date as \"{format}{}\"`", time_letters(text))).collect();
    Some(format!("declare how dates are written: {}", declarations.join(" or ")))
}

/// The letters for a time behind the day: ` HH:mm`, ` HH:mm:ss`.
fn time_letters(text: &str) -> &'static str {
    let Some((_, time)) = text.split_once(' ') else { return "" };
    match (time.split(':').count(), time.find(':')) {
        (2, Some(2)) => " HH:mm",
        (2, _) => " H:mm",
        (3, Some(2)) => " HH:mm:ss",
        (3, _) => " H:mm:ss",
        _ => "",
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn messages_complete_the_cell() {
        let words = Some(("oui".to_string(), "non".to_string()));
        for (error, message) in [
            (ReadError::NotANumber, "is not a number"),
            (ReadError::TooLarge, "is too large a number"),
            (ReadError::NotAYesNo { words }, "is neither `oui` nor `non`"),
            (ReadError::NotADate { format: Some("DD/MM/YYYY".into()) }, "is not a date written `DD/MM/YYYY`"),
        ] {
            assert_eq!(error.to_string(), message);
        }
    }

    #[test]
    fn help_names_the_format_that_would_read_it() {
        for (text, format) in [
            ("12,5", "1.234,56"),
            ("1.234,56", "1.234,56"),
            ("1,234", "1,234.56"),
            ("1,234.5", "1,234.56"),
            ("1 234,5", "1 234,56"),
            ("1'234", "1'234.56"),
        ] {
            let help = ReadError::NotANumber.help(text).unwrap();
            assert!(help.ends_with(&format!("declare `number as \"{format}\"`")), "{text}: {help}");
            assert!(super::super::NumberFormat::from_example(format).is_some());
        }
        assert_eq!(ReadError::NotANumber.help("many"), None);
        for (text, declared) in [
            ("30/05/2026", "`date as \"DD/MM/YYYY\"`"),
            ("5/30/26 9:30", "`date as \"M/D/YY H:mm\"`"),
            ("05.06.2026", "`date as \"DD.MM.YYYY\"` or `date as \"MM.DD.YYYY\"`"),
            ("2026/05/30 10:00:00", "`date as \"YYYY/MM/DD HH:mm:ss\"`"),
            ("1777777777", "`date in seconds`"),
            ("1777777777000", "`date in milliseconds`"),
        ] {
            let help = ReadError::NotADate { format: None }.help(text).unwrap();
            assert!(help.ends_with(declared), "{text}: {help}");
        }
        assert_eq!(ReadError::NotADate { format: None }.help("soon"), None);
        let unpadded = ReadError::NotADate { format: Some("DD/MM/YYYY".into()) }.help("1/5/2026").unwrap();
        assert!(unpadded.ends_with("`date as \"D/M/YYYY\"`"), "{unpadded}");
    }
}
