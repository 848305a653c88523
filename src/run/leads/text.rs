//! Texts as codes: each distinct one is read once.

use crate::run::batch::{NO_TEXT, TextColumn, TextPool};
use crate::value::Text;
use hashbrown::HashTable;
use std::sync::Arc;
use twox_hash::XxHash3_64;

/// A pool with more texts, or more bytes, is begun anew.
const MOST_TEXTS: usize = 1 << 16;
const MOST_BYTES: usize = 4 << 20;
/// Bytes of a text that two words hold.
const SHORT: usize = 16;

/// Texts as files hold them, with the code of what each stands for.
#[derive(Default)]
pub struct TextReader {
    pool: Arc<TextPool>,
    /// Long ones met so far, one behind the other.
    raw: Vec<u8>,
    met: HashTable<Met>,
}

/// A text met: what tells it from others, and what it stands for.
struct Met {
    own: Own,
    /// Or [`NO_TEXT`].
    code: u32,
}

/// What tells a text from others. Of a short one, which most are, it is all of its bytes; of a longer one a hash and its
/// place in the bytes of all.
#[derive(Clone, Copy)]
struct Own {
    first: u64,
    last: u64,
    length: u32,
}

impl TextReader {
    /// Ready for the next batch. The pool is begun anew when it is full, or while the last batch is still about.
    pub fn begin(&mut self) {
        if Arc::get_mut(&mut self.pool).is_none() || self.met.len() > MOST_TEXTS || self.raw.len() > MOST_BYTES {
            *self = TextReader { pool: Arc::new(TextPool::default()), ..TextReader::default() };
        }
    }

    /// The code of a text as the file holds it; `read` says what a new one stands for.
    pub fn code(&mut self, raw: &str, read: impl FnOnce(&str) -> Option<Text>) -> u32 {
        let own = Own::of(raw.as_bytes());
        let is_it = |met: &Met| met.own.is(&own) && (own.is_whole() || self.long(&met.own) == Some(raw.as_bytes()));
        if let Some(met) = self.met.find(own.hash(), is_it) {
            return met.code;
        }
        let code = read(raw).and_then(|text| self.add(text)).unwrap_or(NO_TEXT);
        let own = if own.is_whole() { own } else { Own { last: self.raw.len() as u64, ..own } };
        if !own.is_whole() {
            self.raw.extend_from_slice(raw.as_bytes());
        }
        self.met.insert_unique(own.hash(), Met { own, code }, |met| met.own.hash());
        code
    }

    /// The bytes of a text that is not short.
    fn long(&self, own: &Own) -> Option<&[u8]> {
        let begin = usize::try_from(own.last).ok()?;
        self.raw.get(begin..begin + own.length as usize)
    }

    /// The code of a new text; `None` where the pool is still shared, which [`TextReader::begin`] rules out.
    fn add(&mut self, text: Text) -> Option<u32> {
        let pool = Arc::get_mut(&mut self.pool)?;
        pool.texts.push(text);
        u32::try_from(pool.texts.len() - 1).ok()
    }

    /// A column of these codes.
    pub fn column(&self, codes: Vec<u32>) -> TextColumn {
        TextColumn { codes, texts: Arc::clone(&self.pool) }
    }
}

impl Own {
    fn of(bytes: &[u8]) -> Own {
        let length = bytes.len() as u32;
        match (bytes.first_chunk::<8>(), bytes.last_chunk::<8>()) {
            (Some(first), Some(last)) if bytes.len() <= SHORT => {
                Own { first: u64::from_le_bytes(*first), last: u64::from_le_bytes(*last), length }
            }
            (Some(_), _) => Own { first: XxHash3_64::oneshot(bytes), last: 0, length },
            (None, _) => {
                Own { first: bytes.iter().fold(0, |word, byte| word << 8 | u64::from(*byte)), last: 0, length }
            }
        }
    }

    fn is_whole(&self) -> bool {
        self.length as usize <= SHORT
    }

    /// Whether it may be the same text: for a short one, whether it is.
    fn is(&self, other: &Own) -> bool {
        self.first == other.first && self.length == other.length && (self.last == other.last || !self.is_whole())
    }

    fn hash(&self) -> u64 {
        const ODD: u64 = 0x9e37_79b9_7f4a_7c15;
        let last = if self.is_whole() { self.last } else { 0 };
        let other = last.rotate_left(32) ^ u64::from(self.length) ^ ODD.rotate_left(17);
        let product = u128::from(self.first ^ ODD) * u128::from(other);
        product as u64 ^ (product >> 64) as u64
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_texts_have_one_code_and_others_have_not() {
        let mut texts = TextReader::default();
        texts.begin();
        let words: Vec<String> = (0..2_000).map(|number| "ab".repeat(number % 13) + &number.to_string()).collect();
        let codes: Vec<u32> = words.iter().map(|word| texts.code(word, Text::new)).collect();
        // Of up to 28 bytes, many of which differ only in the middle.
        assert_eq!(codes, (0..2_000).collect::<Vec<u32>>());
        assert!(words.iter().zip(&codes).all(|(word, code)| texts.code(word, Text::new) == *code));
        assert_eq!(texts.code(" ", Text::new), NO_TEXT);
    }
}
