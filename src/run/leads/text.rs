//! Texts as codes: each distinct one is read once.

use crate::run::batch::{NO_TEXT, TextColumn, TextPool};
use crate::value::Text;
use hashbrown::HashTable;
use std::sync::Arc;
use twox_hash::XxHash3_64;

/// A pool with more texts, or more bytes, is begun anew.
const MOST_TEXTS: usize = 1 << 16;
const MOST_BYTES: usize = 4 << 20;
/// Bytes of a text that four words hold.
const SHORT: usize = 32;

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
    /// Of a long one: where it stands among the bytes of all.
    begin: u32,
    /// Or [`NO_TEXT`].
    code: u32,
}

/// What tells a text from others. Of a short one, which most are, it is all of its bytes; of a longer one a hash.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Own {
    words: [u64; 4],
    length: u32,
}

impl TextReader {
    /// Ready for the next batch. The pool is begun anew when it is full, or while the last batch is still about.
    pub fn begin(&mut self) {
        if Arc::get_mut(&mut self.pool).is_none() || self.met.len() > MOST_TEXTS || self.raw.len() > MOST_BYTES {
            *self = TextReader { pool: Arc::new(TextPool::default()), ..TextReader::default() };
        }
    }

    /// The code of a text as the file holds it, UTF-8; `read` says what a new one stands for.
    #[inline]
    pub fn code(&mut self, raw: &[u8], read: impl FnOnce(&str) -> Option<Text>) -> u32 {
        let own = Own::of(raw);
        let hash = own.hash();
        let is_it = |met: &Met| met.own == own && (own.is_whole() || self.long(met) == Some(raw));
        match self.met.find(hash, is_it) {
            Some(met) => met.code,
            None => self.meet(own, hash, raw, read),
        }
    }

    #[cold]
    fn meet(&mut self, own: Own, hash: u64, raw: &[u8], read: impl FnOnce(&str) -> Option<Text>) -> u32 {
        let text = std::str::from_utf8(raw).ok().and_then(read);
        let code = text.and_then(|text| self.add(text)).unwrap_or(NO_TEXT);
        let begin = self.raw.len() as u32;
        if !own.is_whole() {
            self.raw.extend_from_slice(raw);
        }
        self.met.insert_unique(hash, Met { own, begin, code }, |met| met.own.hash());
        code
    }

    /// The bytes of a text that is not short.
    fn long(&self, met: &Met) -> Option<&[u8]> {
        let begin = met.begin as usize;
        self.raw.get(begin..begin + met.own.length as usize)
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
    /// The first and the last bytes, which overlap where there are few.
    #[inline]
    fn of(bytes: &[u8]) -> Own {
        let length = bytes.len() as u32;
        let words = match (bytes.first_chunk::<16>(), bytes.last_chunk::<16>()) {
            (Some(first), Some(last)) if bytes.len() <= SHORT => {
                let (first, last) = (u128::from_le_bytes(*first), u128::from_le_bytes(*last));
                [first as u64, (first >> 64) as u64, last as u64, (last >> 64) as u64]
            }
            (Some(_), _) => [XxHash3_64::oneshot(bytes), 0, 0, 0],
            (None, _) => {
                let (first, last) = ends(bytes);
                [first, last, 0, 0]
            }
        };
        Own { words, length }
    }

    fn is_whole(&self) -> bool {
        self.length as usize <= SHORT
    }

    #[inline]
    fn hash(&self) -> u64 {
        const ODD: [u64; 4] =
            [0x9e37_79b9_7f4a_7c15, 0xbf58_476d_1ce4_e5b9, 0x94d0_49bb_1331_11eb, 0xd6e8_feb8_6659_fd93];
        let [one, two, three, four] = self.words;
        let front = folded(one ^ ODD[0], two ^ ODD[1] ^ u64::from(self.length));
        if self.length <= 16 { front } else { front ^ folded(three ^ ODD[2], four ^ ODD[3]) }
    }
}

/// Fewer than 16 bytes as two words.
#[inline]
fn ends(bytes: &[u8]) -> (u64, u64) {
    if let (Some(first), Some(last)) = (bytes.first_chunk::<8>(), bytes.last_chunk::<8>()) {
        return (u64::from_le_bytes(*first), u64::from_le_bytes(*last));
    }
    if let (Some(first), Some(last)) = (bytes.first_chunk::<4>(), bytes.last_chunk::<4>()) {
        return (u64::from(u32::from_le_bytes(*first)), u64::from(u32::from_le_bytes(*last)));
    }
    (bytes.iter().fold(0, |word, byte| word << 8 | u64::from(*byte)), 0)
}

/// Both halves of a product.
#[inline]
fn folded(one: u64, other: u64) -> u64 {
    let product = u128::from(one) * u128::from(other);
    product as u64 ^ (product >> 64) as u64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_texts_have_one_code_and_others_have_not() {
        let mut texts = TextReader::default();
        texts.begin();
        let words: Vec<String> =
            (0..2_000).map(|number| "ab".repeat(number % 17) + &number.to_string() + &"c".repeat(number % 7)).collect();
        let codes: Vec<u32> = words.iter().map(|word| texts.code(word.as_bytes(), Text::new)).collect();
        // Of up to 42 bytes, many of which differ only in the middle.
        assert_eq!(codes, (0..2_000).collect::<Vec<u32>>());
        assert!(words.iter().zip(&codes).all(|(word, code)| texts.code(word.as_bytes(), Text::new) == *code));
        assert_eq!(texts.code(b" ", Text::new), NO_TEXT);
    }
}
