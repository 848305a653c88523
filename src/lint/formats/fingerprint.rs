//! What makes a finding the same one after other lines have moved.

use super::place::path;
use crate::lint::report::Report;
use std::collections::BTreeMap;

/// One for each entry: of its file, its code and the words at its place, and the how-manieth of such it is.
pub fn fingerprints(report: &Report) -> Vec<String> {
    let mut met: BTreeMap<String, usize> = BTreeMap::new();
    let mut fingerprint = |text: String| {
        let nth = met.entry(text.clone()).or_default();
        *nth += 1;
        format!("{:032x}", hash(&format!("{text}\0{nth}")))
    };
    let texts = report.entries.iter().map(|entry| {
        let words = entry.sources.text(entry.span()).split_whitespace().take(40).collect::<Vec<_>>().join(" ");
        format!("{}\0{}\0{words}", path(entry.file()), entry.code())
    });
    texts.map(&mut fingerprint).collect()
}

/// FNV-1a, 128 bits.
fn hash(text: &str) -> u128 {
    const START: u128 = 0x6c62_272e_07bb_0142_62b8_2175_6295_c58d;
    const PRIME: u128 = 0x0100_0000_0000_0000_0000_013b;
    text.bytes().fold(START, |hash, byte| (hash ^ u128::from(byte)).wrapping_mul(PRIME))
}

#[cfg(test)]
mod tests {
    use super::hash;

    /// From the published test vectors of FNV-1a with 128 bits.
    #[test]
    fn the_hash_is_the_known_one() {
        assert_eq!(hash(""), 0x6c62_272e_07bb_0142_62b8_2175_6295_c58d);
        assert_eq!(hash("a"), 0xd228_cb69_6f1a_8caf_7891_2b70_4e4a_8964);
    }
}
