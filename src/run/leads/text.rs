//! Texts as codes: each distinct one is read once.

use crate::run::batch::{NO_TEXT, TextColumn, TextPool};
use crate::value::Text;
use hashbrown::HashTable;
use std::sync::Arc;
use twox_hash::XxHash3_64;

/// A pool with more texts, or more bytes, is begun anew.
const MOST_TEXTS: usize = 1 << 16;
const MOST_BYTES: usize = 4 << 20;

/// Texts as files hold them, with the code of what each stands for.
#[derive(Default)]
pub struct TextReader {
    pool: Arc<TextPool>,
    /// Met so far, one behind the other.
    raw: Vec<u8>,
    met: HashTable<Met>,
}

/// A text met, by its place in the bytes of all.
struct Met {
    hash: u64,
    begin: u32,
    end: u32,
    /// Or [`NO_TEXT`].
    code: u32,
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
        let hash = hash(raw.as_bytes());
        let is_it =
            |met: &Met| met.hash == hash && self.raw.get(met.begin as usize..met.end as usize) == Some(raw.as_bytes());
        if let Some(met) = self.met.find(hash, is_it) {
            return met.code;
        }
        let code = read(raw).and_then(|text| self.add(text)).unwrap_or(NO_TEXT);
        let begin = self.raw.len() as u32;
        self.raw.extend_from_slice(raw.as_bytes());
        self.met.insert_unique(hash, Met { hash, begin, end: self.raw.len() as u32, code }, |met| met.hash);
        code
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

/// Short texts, which most are, by all of their bytes at once; others by a hash for any length.
fn hash(bytes: &[u8]) -> u64 {
    const ODD: u64 = 0x9e37_79b9_7f4a_7c15;
    let (first, last) = match (bytes.first_chunk::<8>(), bytes.last_chunk::<8>()) {
        (Some(first), Some(last)) if bytes.len() <= 16 => (u64::from_le_bytes(*first), u64::from_le_bytes(*last)),
        (Some(_), _) => return XxHash3_64::oneshot(bytes),
        (None, _) => (bytes.iter().fold(0, |word, byte| word << 8 | u64::from(*byte)), 0),
    };
    let product = u128::from(first ^ ODD) * u128::from(last.rotate_left(32) ^ bytes.len() as u64 ^ ODD.rotate_left(17));
    (product as u64) ^ (product >> 64) as u64
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
        assert_eq!(codes, (0..2_000).collect::<Vec<u32>>());
        assert!(words.iter().zip(&codes).all(|(word, code)| texts.code(word, Text::new) == *code));
        assert_eq!(texts.code(" ", Text::new), NO_TEXT);
    }
}
