//! Texts that a regular expression finds.

use regex_syntax::hir::{Class, Hir, HirKind, Look};

/// A few texts that the expression may well find something in: each is to be tried.
pub(in crate::analysis) fn of_regex(pattern: &str) -> Vec<String> {
    let Ok(hir) = regex_syntax::Parser::new().parse(pattern) else { return Vec::new() };
    let mut texts = Vec::new();
    for place in 0..3 {
        let mut text = String::new();
        write(&hir, place, &mut text);
        texts.extend([text.clone(), format!("x{text}x"), format!("x {text} x")]);
    }
    texts.retain(|text| !text.trim().is_empty());
    texts
}

/// The shortest text for the expression; `place` chooses among alternatives and letters. Expressions nest to a depth that
/// their parser bounds.
fn write(hir: &Hir, place: usize, text: &mut String) {
    match hir.kind() {
        HirKind::Empty => {}
        HirKind::Literal(literal) => text.push_str(&String::from_utf8_lossy(&literal.0)),
        HirKind::Class(class) => text.extend(letter_of(class, place)),
        HirKind::Look(Look::WordAscii | Look::WordUnicode) if text.ends_with(char::is_alphanumeric) => text.push(' '),
        HirKind::Look(_) => {}
        HirKind::Repetition(repetition) => {
            for _ in 0..repetition.min.clamp(0, 64).max(u32::from(place > 0 && repetition.max != Some(0))) {
                write(&repetition.sub, place, text);
            }
        }
        HirKind::Capture(capture) => write(&capture.sub, place, text),
        HirKind::Concat(parts) => parts.iter().for_each(|part| write(part, place, text)),
        HirKind::Alternation(parts) => {
            if let Some(part) = parts.get(place).or(parts.first()) {
                write(part, place, text);
            }
        }
    }
}

/// A plain letter of the class, where it has one.
fn letter_of(class: &Class, place: usize) -> Option<char> {
    let Class::Unicode(class) = class else {
        return class.literal().and_then(|bytes| bytes.first().map(|byte| char::from(*byte)));
    };
    let has = |letter: char| class.ranges().iter().any(|range| range.start() <= letter && letter <= range.end());
    let plain = ['x', '1', 'a', 'n', '-', '@', '.', ' '];
    let first = class.ranges().get(place).or(class.ranges().first()).map(|range| range.start());
    if place == 0 { plain.into_iter().find(|letter| has(*letter)).or(first) } else { first }
}
