//! Texts that were met before, by their bytes.

use crate::run::batch::NO_TEXT;
use hashbrown::HashTable;
use std::ops::Range;
use twox_hash::XxHash3_64;

/// Bytes of a text that four words hold.
const SHORT: usize = 32;
/// How many texts are found without looking through all.
const RECENT: usize = 1 << 9;
/// With more texts, or more bytes, all are forgotten.
const MOST_TEXTS: usize = 1 << 16;
const MOST_BYTES: usize = 4 << 20;
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

/// The codes of texts as files hold them.
#[derive(Debug, Default)]
pub(in crate::run) struct MetTexts {
    /// Long ones, one behind the other.
    raw: Vec<u8>,
    met: HashTable<Met>,
    /// Each in the one place that it may have: a column's usual few texts are found here.
    recent: Vec<Recent>,
}

/// A text that was asked for not long ago.
#[derive(Debug, Clone, Copy)]
struct Recent {
    own: Own,
    code: u32,
}

impl Recent {
    const NONE: Recent = Recent { own: Own { words: [0; 4], length: u32::MAX }, code: NO_TEXT };
}

/// A text met: what tells it from others, and what it stands for.
#[derive(Debug)]
struct Met {
    own: Own,
    /// Of a long one: where it stands among the bytes of all.
    begin: u32,
    /// Or [`NO_TEXT`].
    code: u32,
}

/// What tells a text from others. Of a short one, which most are, it is all of its bytes, and 0 behind them; of a longer
/// one a hash.
#[derive(Debug, Clone, Copy)]
pub(in crate::run) struct Own {
    words: [u64; 4],
    length: u32,
}

impl MetTexts {
    pub(in crate::run) fn is_full(&self) -> bool {
        self.met.len() > MOST_TEXTS || self.raw.len() > MOST_BYTES
    }

    pub(in crate::run) fn forget(&mut self) {
        self.raw.clear();
        self.met.clear();
        self.recent.clear();
    }

    /// The code of a short text that was asked for not long ago.
    #[inline(always)]
    pub(in crate::run) fn recent(&self, own: &Own) -> Option<u32> {
        self.recent
            .get(own.recent_place())
            .filter(|recent| recent.own.is(own) && own.is_whole())
            .map(|recent| recent.code)
    }

    /// The code of a text with these bytes.
    pub(in crate::run) fn find(&mut self, own: Own, raw: &[u8]) -> Option<u32> {
        let is_it = |met: &Met| met.own.is(&own) && (own.is_whole() || self.long(met) == Some(raw));
        let code = self.met.find(own.hash(), is_it)?.code;
        self.ask_again(own, code);
        Some(code)
    }

    /// One that was not met before.
    pub(in crate::run) fn add(&mut self, own: Own, raw: &[u8], code: u32) {
        let begin = self.raw.len() as u32;
        if !own.is_whole() {
            self.raw.extend_from_slice(raw);
        }
        self.met.insert_unique(own.hash(), Met { own, begin, code }, |met| met.own.hash());
        self.ask_again(own, code);
    }

    fn ask_again(&mut self, own: Own, code: u32) {
        if self.recent.is_empty() {
            self.recent.resize(RECENT, Recent::NONE);
        }
        if let Some(recent) = self.recent.get_mut(own.recent_place()) {
            *recent = Recent { own, code };
        }
    }

    /// The bytes of a text that is not short.
    fn long(&self, met: &Met) -> Option<&[u8]> {
        let begin = met.begin as usize;
        self.raw.get(begin..begin + met.own.length as usize)
    }
}

impl Own {
    #[inline(always)]
    pub(in crate::run) fn of(all: &[u8], place: Range<usize>) -> Own {
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
