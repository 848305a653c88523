//! Texts of parts as they are shown.

/// Texts of rules longer than this are cut, in characters.
const LONGEST: usize = 240;

/// The first few of them, and how many more.
pub(super) fn some_of(texts: &[&str]) -> String {
    const SHOWN: usize = 8;
    let mut shown = texts.iter().take(SHOWN).map(|text| format!("\"{text}\"")).collect::<Vec<_>>().join(", ");
    if texts.len() > SHOWN {
        shown += &format!(" and {} more", texts.len() - SHOWN);
    }
    shown
}

/// Without comments, line ends and runs of blanks.
pub(super) fn one_line(text: &str) -> String {
    let line = text.lines().map(str::trim).filter(|line| !line.starts_with('#')).collect::<Vec<_>>().join(" ");
    let line = line.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", line.get(..end).unwrap_or_default()),
        None => line,
    }
}
