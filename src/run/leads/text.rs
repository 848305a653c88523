//! Texts as codes: each distinct one is read once.

use crate::run::batch::{NO_TEXT, TextColumn, TextPool};
use crate::value::Text;
use hashbrown::HashTable;
use std::ops::Range;
use std::sync::Arc;
use twox_hash::XxHash3_64;

/// A pool with more texts, or more bytes, is begun anew.
const MOST_TEXTS: usize = 1 << 16;
const MOST_BYTES: usize = 4 << 20;
/// Bytes of a text that four words hold.
const SHORT: usize = 32;
/// How many texts are found without looking through all.
const RECENT: usize = 1 << 9;
/// By the length of a text: the bits of four words that it fills.
const KEPT: [[u64; 4]; SHORT + 1] = {
    let mut kept = [[0; 4]; SHORT + 1];
    let mut length = 0;
    while length <= SHORT {
        let mut byte = 0;
        while byte < length {
            kept[length][byte / 8] |= 0xFF << (8 * (byte % 8));
            byte += 1;
        }
        length += 1;
    }
    kept
};

/// Texts as files hold them, with the code of what each stands for.
#[derive(Default)]
pub struct TextReader {
    pool: Arc<TextPool>,
    /// Long ones met so far, one behind the other.
    raw: Vec<u8>,
    met: HashTable<Met>,
    /// Each in the one place that it may have: a column's usual few texts are found here.
    recent: Vec<Recent>,
}

/// A text that was asked for not long ago.
#[derive(Clone, Copy)]
struct Recent {
    own: Own,
    code: u32,
}

impl Recent {
    const NONE: Recent = Recent { own: Own { words: [0; 4], length: u32::MAX }, code: NO_TEXT };
}

/// A text met: what tells it from others, and what it stands for.
struct Met {
    own: Own,
    /// Of a long one: where it stands among the bytes of all.
    begin: u32,
    /// Or [`NO_TEXT`].
    code: u32,
}

/// What tells a text from others. Of a short one, which most are, it is all of its bytes, and 0 behind them; of a longer
/// one a hash.
#[derive(Clone, Copy)]
struct Own {
    words: [u64; 4],
    length: u32,
}

impl TextReader {
    /// Ready for the next batch. The pool is begun anew, in the same memory, when it is full, or while the last batch is
    /// still about.
    pub fn begin(&mut self) {
        let is_full = self.met.len() > MOST_TEXTS || self.raw.len() > MOST_BYTES;
        let texts = match Arc::get_mut(&mut self.pool) {
            Some(_) if !is_full => return,
            Some(pool) => std::mem::take(&mut pool.texts),
            None => Vec::new(),
        };
        self.pool = Arc::new(TextPool::anew(texts));
        self.raw.clear();
        self.met.clear();
        self.recent.clear();
    }

    /// The code of the text that stands at a place in a file's bytes, UTF-8; `read` says what a new one stands for.
    #[inline(always)]
    pub fn code(&mut self, all: &[u8], place: Range<usize>, read: impl FnOnce(&str) -> Option<Text>) -> u32 {
        let own = Own::of(all, place.clone());
        match self.recent.get(own.recent_place()) {
            Some(recent) if recent.own.is(&own) && own.is_whole() => recent.code,
            _ => self.look_up(own, all.get(place).unwrap_or_default(), read),
        }
    }

    #[inline(never)]
    fn look_up(&mut self, own: Own, raw: &[u8], read: impl FnOnce(&str) -> Option<Text>) -> u32 {
        let hash = own.hash();
        let is_it = |met: &Met| met.own.is(&own) && (own.is_whole() || self.long(met) == Some(raw));
        let code = match self.met.find(hash, is_it) {
            Some(met) => met.code,
            None => self.meet(own, hash, raw, read),
        };
        if self.recent.is_empty() {
            self.recent.resize(RECENT, Recent::NONE);
        }
        if let Some(recent) = self.recent.get_mut(own.recent_place()) {
            *recent = Recent { own, code };
        }
        code
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
    #[inline(always)]
    fn of(all: &[u8], place: Range<usize>) -> Own {
        let length = place.len();
        let Some(kept) = KEPT.get(length) else {
            let hash = XxHash3_64::oneshot(all.get(place).unwrap_or_default());
            return Own { words: [hash, 0, 0, 0], length: length as u32 };
        };
        // Bytes behind the text are read with it where there are as many, so that all texts go the same way.
        let mut bytes = [0; SHORT];
        let bytes = match all.get(place.start..).and_then(<[u8]>::first_chunk) {
            Some(bytes) => bytes,
            None => {
                bytes.iter_mut().zip(all.get(place).unwrap_or_default()).for_each(|(into, byte)| *into = *byte);
                &bytes
            }
        };
        let (read, _) = bytes.as_chunks::<8>();
        let mut words = *kept;
        words.iter_mut().zip(read).for_each(|(word, read)| *word &= u64::from_le_bytes(*read));
        Own { words, length: length as u32 }
    }

    /// Word by word, which is quicker than a call that compares bytes.
    #[inline]
    fn is(&self, other: &Own) -> bool {
        let words = self.words.iter().zip(&other.words);
        words.fold(u64::from(self.length ^ other.length), |differ, (one, other)| differ | (one ^ other)) == 0
    }

    fn is_whole(&self) -> bool {
        self.length as usize <= SHORT
    }

    /// Below [`RECENT`].
    #[inline(always)]
    fn recent_place(&self) -> usize {
        let [one, two, three, four] = self.words;
        let all = one ^ two.rotate_left(23) ^ three.rotate_left(41) ^ four.rotate_left(7);
        (all.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> (64 - RECENT.ilog2())) as usize
    }

    #[inline]
    fn hash(&self) -> u64 {
        const ODD: [u64; 4] =
            [0x9e37_79b9_7f4a_7c15, 0xbf58_476d_1ce4_e5b9, 0x94d0_49bb_1331_11eb, 0xd6e8_feb8_6659_fd93];
        let [one, two, three, four] = self.words;
        folded(one ^ ODD[0], two ^ ODD[1] ^ u64::from(self.length)) ^ folded(three ^ ODD[2], four ^ ODD[3])
    }
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
        let mut code = |word: &str| {
            let alone = texts.code(word.as_bytes(), 0..word.len(), Text::new);
            let among = format!("before{word}behind, and so on and on and on");
            assert_eq!(texts.code(among.as_bytes(), 6..6 + word.len(), Text::new), alone, "{word}");
            alone
        };
        let codes: Vec<u32> = words.iter().map(|word| code(word)).collect();
        // Of up to 42 bytes, many of which differ only in the middle.
        assert_eq!(codes, (0..2_000).collect::<Vec<u32>>());
        assert!(words.iter().zip(&codes).all(|(word, known)| code(word) == *known));
        assert_eq!(texts.code(b" ", 0..1, Text::new), NO_TEXT);
    }
}
