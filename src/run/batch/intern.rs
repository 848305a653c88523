//! Texts as codes of a pool that grows from batch to batch.

use super::{NO_TEXT, TextPool};
use crate::value::Text;
use hashbrown::HashTable;
use std::sync::Arc;
use twox_hash::XxHash3_64;

/// Gives each text one code; the pool is begun anew when it has become too large.
#[derive(Debug, Default)]
pub struct TextInterner {
    pool: Arc<TextPool>,
    /// By the given form of each text of the pool.
    codes: HashTable<u32>,
}

/// Texts that a pool may hold before it is begun anew.
const LARGEST_POOL: usize = 1 << 16;
/// A pool up to this size is rather copied than begun anew, where an earlier batch still holds it.
const SMALL_POOL: usize = 1 << 10;

impl TextInterner {
    /// Before the first text of a batch. Whether the pool was begun anew: codes given before are void.
    pub fn begin(&mut self) -> bool {
        let count = self.pool.texts.len();
        let held_elsewhere = Arc::strong_count(&self.pool) > 1;
        let anew = count > LARGEST_POOL || (held_elsewhere && count > SMALL_POOL);
        if anew {
            let texts = Arc::get_mut(&mut self.pool).map(|pool| std::mem::take(&mut pool.texts));
            self.pool = Arc::new(TextPool::anew(texts.unwrap_or_default()));
            self.codes.clear();
        }
        anew
    }

    /// The code of a text; two texts with one given form have one.
    pub fn code(&mut self, text: &Text) -> u32 {
        let texts = &self.pool.texts;
        let given = |code: &u32| texts.get(*code as usize).map_or("", |text| &text.given);
        let hash = hash_of(&text.given);
        if let Some(code) = self.codes.find(hash, |code| given(code) == text.given) {
            return *code;
        }
        let code = texts.len() as u32;
        self.codes.insert_unique(hash, code, |code| hash_of(given(code)));
        Arc::make_mut(&mut self.pool).texts.push(text.clone());
        code
    }

    pub fn code_of(&mut self, text: Option<&Text>) -> u32 {
        text.map_or(NO_TEXT, |text| self.code(text))
    }

    /// The pool, for the column of a finished batch.
    pub fn pool(&self) -> Arc<TextPool> {
        self.pool.clone()
    }
}

fn hash_of(text: &str) -> u64 {
    XxHash3_64::oneshot(text.as_bytes())
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn a_text_keeps_its_code() {
        let mut interner = TextInterner::default();
        let (acme, other) = (Text::new("acme").unwrap(), Text::new("ACME").unwrap());
        assert!(!interner.begin());
        assert_eq!((interner.code(&acme), interner.code(&other), interner.code(&acme)), (0, 1, 0));
        assert_eq!(interner.code_of(None), NO_TEXT);
        let id = interner.pool().id;
        assert!(!interner.begin());
        interner.code(&Text::new("third").unwrap());
        assert_eq!(interner.pool().id, id);
    }

    #[test]
    fn a_pool_that_is_held_is_not_changed() {
        let mut interner = TextInterner::default();
        interner.code(&Text::new("acme").unwrap());
        let held = interner.pool();
        interner.code(&Text::new("other").unwrap());
        assert_eq!((held.texts.len(), interner.pool().texts.len()), (1, 2));
        assert_ne!(held.id, interner.pool().id);
    }
}
