//! Texts as codes: each distinct one is read once, or one for all that answer the same.

use super::address::plain_domain;
use super::met::{MetTexts, Own};
use super::stand_in::{StandIns, is_placeholder};
use crate::plan::TextUse;
use crate::run::batch::{NO_TEXT, TextColumn, TextPool};
use crate::value::Text;
use std::ops::Range;
use std::sync::Arc;

/// A pool with more texts is begun anew.
const MOST_TEXTS: usize = 1 << 16;
/// Different texts after which it is judged whether they come again.
const ENOUGH: u64 = 1 << 15;

/// Gives the texts of one column their codes.
#[derive(Debug)]
pub struct TextReader<'run> {
    used: Used<'run>,
    pool: NewTexts<'run>,
    met: MetTexts,
    /// How many were looked for among all those met, and how many of these were new.
    looked_for: u64,
    new: u64,
}

/// How much of a text matters.
#[derive(Debug)]
enum Used<'run> {
    Whole,
    Domain,
    Answers(StandIns<'run>),
}

/// How codes are found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// Among the texts met before
    Met,
    /// Likewise, by the domain alone where that is plain to see
    Domain,
    /// From a look at the text where that is enough
    Plain,
    /// From what the text answers, each time
    Answered,
}

/// The texts that codes stand for, and room for more.
#[derive(Debug)]
pub(super) struct NewTexts<'run> {
    /// Folded placeholders
    pub missing: &'run [String],
    pool: Arc<TextPool>,
}

impl<'run> TextReader<'run> {
    /// `missing`: folded placeholders.
    pub fn new(used: TextUse<'run>, missing: &'run [String]) -> TextReader<'run> {
        let used = match used {
            TextUse::Whole => Used::Whole,
            TextUse::Domain => Used::Domain,
            TextUse::Answers(asks) => Used::Answers(StandIns::new(asks)),
        };
        let pool = NewTexts { missing, pool: Arc::default() };
        TextReader { used, pool, met: MetTexts::default(), looked_for: 0, new: 0 }
    }

    /// Ready for the next batch. The pool is begun anew, in the same memory, when it is full, or while the last batch is
    /// still about.
    pub fn begin(&mut self) {
        let is_full = self.pool.pool.texts.len() > MOST_TEXTS;
        let texts = match Arc::get_mut(&mut self.pool.pool) {
            Some(_) if !is_full => {
                if self.met.is_full() {
                    self.met.forget();
                }
                return;
            }
            Some(pool) => std::mem::take(&mut pool.texts),
            None => Vec::new(),
        };
        self.pool.pool = Arc::new(TextPool::anew(texts));
        self.met.forget();
        if let Used::Answers(stand_ins) = &mut self.used {
            stand_ins.forget();
        }
    }

    /// How the codes of the next batch are best found.
    pub fn way(&self) -> Way {
        match &self.used {
            Used::Whole => Way::Met,
            Used::Domain => Way::Domain,
            Used::Answers(stand_ins) if stand_ins.asks_nothing_of_texts() => Way::Plain,
            // Where texts seldom come again, looking for them costs more than what they answer.
            Used::Answers(_) if self.new >= ENOUGH && self.new > self.looked_for / 2 => Way::Answered,
            Used::Answers(_) => Way::Met,
        }
    }

    /// The code of the text that stands at a place in a file's text, [`NO_TEXT`] where it is blank or a placeholder.
    #[inline(always)]
    pub fn code(&mut self, way: Way, all: &str, place: Range<usize>) -> u32 {
        let text = || all.get(place.clone()).unwrap_or_default();
        match (way, &mut self.used) {
            (Way::Plain, Used::Answers(stand_ins)) => {
                if let Some(code) = stand_ins.plain(text(), &mut self.pool) {
                    return code;
                }
            }
            (Way::Answered, Used::Answers(stand_ins)) => return stand_ins.code(text(), &mut self.pool),
            (Way::Domain, _) => {
                let text = text().as_bytes();
                let plain = plain_domain(text).filter(|_| !is_placeholder(text, self.pool.missing));
                // With the `@`, so that it is told from a text that is no address.
                let before = plain.map_or(0, |domain| domain.start - 1);
                return self.met_code(all, place.start + before..place.end);
            }
            _ => {}
        }
        self.met_code(all, place)
    }

    #[inline(always)]
    fn met_code(&mut self, all: &str, place: Range<usize>) -> u32 {
        let own = Own::of(all.as_bytes(), place.clone());
        match self.met.recent(&own) {
            Some(code) => code,
            None => self.look_up(own, all.get(place).unwrap_or_default()),
        }
    }

    #[inline(never)]
    fn look_up(&mut self, own: Own, text: &str) -> u32 {
        self.looked_for += 1;
        if let Some(code) = self.met.find(own, text.as_bytes()) {
            return code;
        }
        self.new += 1;
        let code = match &mut self.used {
            Used::Whole | Used::Domain => self.pool.read(text),
            Used::Answers(stand_ins) => stand_ins.code(text, &mut self.pool),
        };
        self.met.add(own, text.as_bytes(), code);
        code
    }

    /// A column of these codes.
    pub fn column(&self, codes: Vec<u32>) -> TextColumn {
        TextColumn { codes, texts: Arc::clone(&self.pool.pool) }
    }
}

impl NewTexts<'_> {
    /// The code of a new text.
    pub(super) fn read(&mut self, text: &str) -> u32 {
        let text = Text::new(text).filter(|text| !text.is_among(self.missing));
        text.and_then(|text| self.add(text)).unwrap_or(NO_TEXT)
    }

    /// `None` where the pool is still shared, which [`TextReader::begin`] rules out.
    fn add(&mut self, text: Text) -> Option<u32> {
        let pool = Arc::get_mut(&mut self.pool)?;
        pool.texts.push(text);
        u32::try_from(pool.texts.len() - 1).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_texts_have_one_code_and_others_have_not() {
        let mut texts = TextReader::new(TextUse::Whole, &[]);
        texts.begin();
        let words: Vec<String> =
            (0..2_000).map(|number| "ab".repeat(number % 17) + &number.to_string() + &"c".repeat(number % 7)).collect();
        let mut code = |word: &str| {
            let alone = texts.code(Way::Met, word, 0..word.len());
            let among = format!("before{word}behind, and so on and on and on");
            assert_eq!(texts.code(Way::Met, &among, 6..6 + word.len()), alone, "{word}");
            alone
        };
        let codes: Vec<u32> = words.iter().map(|word| code(word)).collect();
        // Of up to 42 bytes, many of which differ only in the middle.
        assert_eq!(codes, (0..2_000).collect::<Vec<u32>>());
        assert!(words.iter().zip(&codes).all(|(word, known)| code(word) == *known));
        assert_eq!(texts.code(Way::Met, " ", 0..1), NO_TEXT);
    }
}
