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
    met: Vec<Met>,
    by_hash: HashTable<u32>,
}

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
        let hash = XxHash3_64::oneshot(raw.as_bytes());
        let is_it = |place: &u32| {
            let met = self.met.get(*place as usize);
            met.is_some_and(|met| {
                met.hash == hash && self.raw.get(met.begin as usize..met.end as usize) == Some(raw.as_bytes())
            })
        };
        if let Some(met) = self.by_hash.find(hash, is_it).and_then(|place| self.met.get(*place as usize)) {
            return met.code;
        }
        let code = read(raw).and_then(|text| self.add(text)).unwrap_or(NO_TEXT);
        let begin = self.raw.len() as u32;
        self.raw.extend_from_slice(raw.as_bytes());
        let met = &self.met;
        let hash_of = |place: &u32| met.get(*place as usize).map_or(0, |met| met.hash);
        self.by_hash.insert_unique(hash, met.len() as u32, hash_of);
        self.met.push(Met { hash, begin, end: self.raw.len() as u32, code });
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

    /// The text of a code.
    pub fn text(&self, code: u32) -> Option<&Text> {
        self.pool.texts.get(code as usize)
    }
}
