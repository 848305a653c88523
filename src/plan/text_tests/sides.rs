//! Parts at one side of a text: `starts with`, `ends with`.

use super::exact::Exact;
use super::{Passed, TestId};

/// Bytes that are compared as one word.
const WORD: usize = 8;
/// With more short parts it is quicker to look for them in a table.
const FEW: usize = 32;

/// Which side of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    Start,
    End,
}

/// Folded parts at one side, with the tests that each passes.
#[derive(Debug, Clone)]
pub(super) struct AtSide {
    side: Side,
    short: Vec<Short>,
    /// By their length in bytes.
    long: Vec<(usize, Exact)>,
}

/// A part of at most [`WORD`] bytes.
#[derive(Debug, Clone)]
struct Short {
    part: u64,
    /// The bits that it fills.
    mask: u64,
    tests: Vec<TestId>,
}

impl AtSide {
    /// Each part once.
    pub(super) fn new(side: Side, parts: Vec<(&str, Vec<TestId>)>) -> AtSide {
        // Behind the end of a text a word is 0.
        let is_short = |part: &str| part.len() <= WORD && !part.contains('\0');
        let few = parts.iter().filter(|(part, _)| is_short(part)).count() <= FEW;
        let mut all = AtSide { side, short: Vec::new(), long: Vec::new() };
        for (part, tests) in parts {
            if few && is_short(part) {
                let mask = side.word(&[0xFF; WORD][..part.len()]);
                all.short.push(Short { part: side.word(part.as_bytes()), mask, tests });
            } else {
                tests.into_iter().for_each(|test| all.add_long(part, test));
            }
        }
        all
    }

    fn add_long(&mut self, part: &str, test: TestId) {
        match self.long.iter_mut().find(|(known, _)| *known == part.len()) {
            Some((_, parts)) => parts.add(part, test),
            None => {
                let mut parts = Exact::default();
                parts.add(part, test);
                self.long.push((part.len(), parts));
            }
        }
    }

    /// As [`super::TextTests::pass`].
    #[inline]
    pub(super) fn test(&self, text: &str, passed: &mut Passed<'_>) {
        if !self.short.is_empty() {
            let word = small(self.side.word(text.as_bytes()));
            for Short { part, mask, tests } in &self.short {
                if word & mask == *part {
                    tests.iter().for_each(|test| passed.set(*test));
                }
            }
        }
        for (length, parts) in &self.long {
            let side = match self.side {
                Side::Start => text.get(..*length),
                Side::End => text.len().checked_sub(*length).and_then(|start| text.get(start..)),
            };
            side.into_iter().for_each(|side| parts.test(side, passed));
        }
    }

    pub(super) fn len(&self) -> usize {
        self.short.len() + self.long.iter().map(|(_, parts)| parts.len()).sum::<usize>()
    }
}

impl Side {
    /// The bytes at this side, as many as a word has: the outermost in the lowest place at the start of a text, in the
    /// highest at its end.
    #[inline]
    fn word(self, text: &[u8]) -> u64 {
        let whole = match self {
            Side::Start => text.first_chunk::<WORD>(),
            Side::End => text.last_chunk::<WORD>(),
        };
        match (whole, self) {
            (Some(bytes), _) => u64::from_le_bytes(*bytes),
            (None, Side::Start) => text.iter().rev().fold(0, |word, byte| word << 8 | u64::from(*byte)),
            (None, Side::End) => text.iter().fold(0, |word, byte| word >> 8 | u64::from(*byte) << 56),
        }
    }
}

/// With letters of ASCII made small.
#[inline]
fn small(word: u64) -> u64 {
    const fn every(byte: u8) -> u64 {
        u64::from_ne_bytes([byte; WORD])
    }
    const HIGH: u64 = every(0x80);
    let low = word & !HIGH;
    let large = (low + every(0x80 - b'A')) & !(low + every(0x7F - b'Z')) & !word & HIGH;
    word | large >> 2
}

#[cfg(test)]
mod tests {
    use super::*;

    fn passed(side: Side, parts: &[&str], text: &str) -> u64 {
        let parts = parts.iter().zip(0..).map(|(part, test)| (*part, vec![test])).collect();
        let mut bits = [0];
        AtSide::new(side, parts).test(text, &mut Passed { bits: &mut bits });
        bits[0]
    }

    #[test]
    fn parts_of_any_length_are_found_at_their_side() {
        let parts = ["a", "ada", "ada@acme", "ada@acme.de", "é", "x\0"];
        let tests = ["ada@acme.de", "ADA", "Ad", "ÉCOLE", "école", "bada", "x", ""];
        assert_eq!(tests.map(|text| passed(Side::Start, &parts, text)), [0b1111, 0b11, 1, 0, 0b10000, 0, 0, 0]);
        let parts = [".de", "e", "@acme.de", "acme.de", "ada@acme.de", "é"];
        let tests = ["ada@ACME.de", ".DE", "de", "café", "acme.de.", ""];
        assert_eq!(tests.map(|text| passed(Side::End, &parts, text)), [0b11111, 0b11, 0b10, 0b100000, 0, 0]);
    }

    #[test]
    fn many_parts_are_found_as_few_are() {
        let parts: Vec<String> = (0..60).map(|number| format!("+{number}x")).collect();
        let parts: Vec<&str> = parts.iter().map(String::as_str).collect();
        for (test, part) in parts.iter().enumerate() {
            assert_eq!(passed(Side::Start, &parts, &format!("{} 123", part.to_uppercase())), 1 << test);
        }
    }

    #[test]
    fn only_letters_are_made_small() {
        for byte in 0..=255_u8 {
            let word = u64::from_le_bytes([byte, b'Z', byte, 0xFF, 0, byte, b'@', byte]);
            let expected = word.to_le_bytes().map(|byte| byte.to_ascii_lowercase());
            assert_eq!(small(word).to_le_bytes(), expected);
        }
    }
}
