//! Texts met before, remembered in 16 bytes each.

use std::collections::HashSet;
use std::hash::{DefaultHasher, Hasher};

/// A set of texts that keeps 128 bits of each: two different ones are taken for one with a chance below 1 in 10^20 for a
/// billion texts.
#[derive(Debug, Default)]
pub(super) struct Fingerprints(HashSet<u128>);

impl Fingerprints {
    /// Whether the text is new; from now on it is not.
    pub(super) fn insert(&mut self, text: &str) -> bool {
        self.0.insert(fingerprint(text))
    }
}

fn fingerprint(text: &str) -> u128 {
    let half = |salt: u8| {
        let mut hasher = DefaultHasher::new();
        hasher.write_u8(salt);
        hasher.write(text.as_bytes());
        u128::from(hasher.finish())
    };
    half(1) << 64 | half(2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_new_once() {
        let mut met = Fingerprints::default();
        assert!(met.insert("L1"));
        assert!(met.insert("l1"));
        assert!(!met.insert("L1"));
    }
}
