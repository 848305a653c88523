//! Leads read from CSV and made ready for the peers.

use crate::Failure;
use std::path::Path;

#[derive(Clone, Debug)]
pub enum Cell {
    Missing,
    /// In lower case.
    Text(String),
    Whole(i64),
    Decimal(f64),
    YesNo(bool),
}

pub type Row = Vec<(String, Cell)>;

pub fn read(path: &Path, count: usize) -> Result<Vec<Row>, Failure> {
    let mut reader = csv::Reader::from_path(path)?;
    let names: Vec<String> = reader.headers()?.iter().map(str::to_string).collect();
    let mut rows = Vec::new();
    for record in reader.records().take(count) {
        let record = record?;
        let mut row: Row = names.iter().zip(&record).map(|(name, text)| (name.clone(), cell(name, text))).collect();
        row.push(("domain".to_string(), domain(&record[1])));
        row.push(("title_words".to_string(), words(&record[5])));
        rows.push(row);
    }
    Ok(rows)
}

fn cell(name: &str, text: &str) -> Cell {
    match name {
        _ if text.is_empty() => Cell::Missing,
        "employees" | "visits" => text.parse().map_or(Cell::Missing, Cell::Whole),
        "revenue" | "budget" => text.parse().map_or(Cell::Missing, Cell::Decimal),
        "created" | "last_contact" => Cell::Whole(days(text)),
        "consent" | "customer" => Cell::YesNo(text == "true"),
        _ => Cell::Text(text.to_lowercase()),
    }
}

fn domain(email: &str) -> Cell {
    email.rsplit_once('@').map_or(Cell::Missing, |(_, domain)| Cell::Text(domain.to_lowercase()))
}

/// The words of a text with one blank between them, and one at each end.
fn words(text: &str) -> Cell {
    let text: String =
        text.to_lowercase().chars().map(|letter| if letter.is_alphanumeric() { letter } else { ' ' }).collect();
    Cell::Text(format!(" {} ", text.split_whitespace().collect::<Vec<&str>>().join(" ")))
}

/// Days since 1970-01-01 of `2026-11-01`.
fn days(text: &str) -> i64 {
    let part =
        |range: std::ops::Range<usize>| text.get(range).and_then(|digits| digits.parse::<i64>().ok()).unwrap_or(0);
    let (year, month, day) = (part(0..4), part(5..7), part(8..10));
    let year = if month <= 2 { year - 1 } else { year };
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    let (era, year_of_era) = (year.div_euclid(400), year.rem_euclid(400));
    era * 146_097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - 719_468
}

/// Whether the text, in lower case, has the word: what `mentions` means, for CEL and Rhai.
pub fn mentions(text: &str, word: &str) -> bool {
    let in_word = |byte: Option<&u8>| byte.is_some_and(|byte| byte.is_ascii_alphanumeric() || *byte >= 0x80);
    let bytes = text.as_bytes();
    text.match_indices(word)
        .any(|(start, _)| !(start > 0 && in_word(bytes.get(start - 1))) && !in_word(bytes.get(start + word.len())))
}
