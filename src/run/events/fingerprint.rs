//! What stands for a lead, and for a value that is counted once, in 16 bytes.
//!
//! Two different texts are taken for one with a chance below 1 in 10^20 for a billion texts.

use crate::data::fingerprint::fingerprint;
use crate::model::FieldId;
use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};
use twox_hash::XxHash3_128;

/// Of a lead: by what it is matched (`None`: its key), and its text there.
pub(super) fn of_lead(by: Option<FieldId>, text: &str) -> u128 {
    let seed = by.map_or(0, |field| u64::from(field.0) + 1);
    XxHash3_128::oneshot_with_seed(seed, text.as_bytes())
}

/// Of one text.
pub(super) fn of_text(text: &str) -> u128 {
    fingerprint(text).get()
}

/// Of several texts: each with its length, so that `["ab"]` and `["a", "b"]` differ.
pub(super) fn of_texts<'a>(texts: impl Iterator<Item = &'a str>) -> u128 {
    let mut bytes = Vec::new();
    for text in texts {
        bytes.extend_from_slice(&(text.len() as u64).to_le_bytes());
        bytes.extend_from_slice(text.as_bytes());
    }
    XxHash3_128::oneshot_with_seed(1, &bytes)
}

/// A map of texts or fingerprints that is fast, and never iterated.
pub(super) type FastMap<K, V> = HashMap<K, V, BuildHasherDefault<FastHasher>>;

/// Hashes by [`XxHash3_128`]; a fingerprint is its own hash.
#[derive(Debug, Default)]
pub(super) struct FastHasher(u64);

impl Hasher for FastHasher {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        self.0 = XxHash3_128::oneshot_with_seed(self.0, bytes) as u64;
    }

    fn write_u128(&mut self, fingerprint: u128) {
        self.0 = (fingerprint ^ (fingerprint >> 64)) as u64;
        self.0 = self.0.wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ (self.0 >> 32);
    }

    /// What ends a text.
    fn write_u8(&mut self, byte: u8) {
        self.0 = self.0.wrapping_add(u64::from(byte));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_lead_is_matched_by_counts() {
        assert_eq!(of_lead(None, "L1"), of_lead(None, "L1"));
        assert_ne!(of_lead(None, "L1"), of_lead(None, "l1"));
        assert_ne!(of_lead(None, "L1"), of_lead(Some(FieldId(0)), "L1"));
        assert_ne!(of_lead(Some(FieldId(1)), "L1"), of_lead(Some(FieldId(0)), "L1"));
    }

    #[test]
    fn lists_differ_by_their_parts() {
        assert_ne!(of_texts(["ab"].into_iter()), of_texts(["a", "b"].into_iter()));
        assert_eq!(of_texts(["a", "b"].into_iter()), of_texts(["a", "b"].into_iter()));
    }
}
