//! The latest N of many events, in any order of their coming.
//!
//! An entry is an instant, and where the points differ from event to event also the place and the points: of two events
//! of one instant the later place is the more recent. Where points do not differ, which of the two is kept does not
//! matter.

use super::cells::{NONE, get64, set64};

/// What is kept of an occurrence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum EntryKind {
    /// Its instant
    Instant,
    /// Its instant, place and points
    Points,
}

/// An occurrence; ordered as events are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Entry {
    pub at: i64,
    /// 0 in an entry of [`EntryKind::Instant`]; so are the points.
    pub place: u64,
    /// After decay, in ten thousandths
    pub points: i64,
}

impl EntryKind {
    pub(super) fn words(self) -> usize {
        match self {
            EntryKind::Instant => 2,
            EntryKind::Points => 6,
        }
    }

    pub(super) fn read(self, words: &[u32]) -> Entry {
        let at = get64(words, 0) as i64;
        match self {
            EntryKind::Instant => Entry { at, place: 0, points: 0 },
            EntryKind::Points => Entry { at, place: get64(words, 2), points: get64(words, 4) as i64 },
        }
    }

    pub(super) fn write(self, words: &mut [u32], entry: Entry) {
        set64(words, 0, entry.at as u64);
        if self == EntryKind::Points {
            set64(words, 2, entry.place);
            set64(words, 4, entry.points as u64);
        }
    }

    /// The entries of a row of slots or of a side; empty slots are left out.
    pub(super) fn all(self, words: &[u32]) -> impl Iterator<Item = Entry> + '_ {
        words.chunks_exact(self.words()).map(move |entry| self.read(entry)).filter(|entry| entry.at != NONE)
    }

    /// So many empty slots.
    pub(super) fn slots(self, times: usize) -> Vec<u32> {
        let mut words = vec![0; self.words() * times];
        for slot in words.chunks_exact_mut(self.words()) {
            set64(slot, 0, NONE as u64);
        }
        words
    }

    /// Puts an entry into slots, in the place of an empty one or of the oldest, where that is older.
    pub(super) fn keep(self, slots: &mut [u32], entry: Entry) {
        let entry = self.comparable(entry);
        let oldest = slots.chunks_exact_mut(self.words()).min_by_key(|slot| self.read(slot));
        if let Some(slot) = oldest
            && self.read(slot) < entry
        {
            self.write(slot, entry);
        }
    }

    /// Appends an entry to a side; once there are twice as many as wanted, and some, the older ones go.
    pub(super) fn append(self, entries: &mut Vec<u32>, times: usize, entry: Entry) {
        let start = entries.len();
        entries.resize(start + self.words(), 0);
        self.write(&mut entries[start..], self.comparable(entry));
        if entries.len() / self.words() >= times.saturating_mul(2).saturating_add(8) {
            self.prune(entries, times);
        }
    }

    fn prune(self, entries: &mut Vec<u32>, times: usize) {
        let kept = newest(self.all(entries).collect(), times);
        entries.clear();
        for entry in kept {
            let start = entries.len();
            entries.resize(start + self.words(), 0);
            self.write(&mut entries[start..], entry);
        }
    }

    fn comparable(self, entry: Entry) -> Entry {
        match self {
            EntryKind::Instant => Entry { place: 0, points: 0, ..entry },
            EntryKind::Points => entry,
        }
    }
}

/// The latest `times` of these, in no order.
pub(super) fn newest(mut entries: Vec<Entry>, times: usize) -> Vec<Entry> {
    if times == 0 {
        return Vec::new();
    }
    if entries.len() > times {
        let older = entries.len() - times;
        entries.select_nth_unstable(older);
        entries.drain(..older);
    }
    entries
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(at: i64, place: u64) -> Entry {
        Entry { at, place, points: at }
    }

    #[test]
    fn slots_keep_the_latest_whatever_the_order() {
        let kind = EntryKind::Points;
        let mut slots = kind.slots(2);
        for kept in [entry(5, 0), entry(3, 1), entry(5, 9), entry(5, 4), entry(-8, 3)] {
            kind.keep(&mut slots, kept);
        }
        let mut kept: Vec<Entry> = kind.all(&slots).collect();
        kept.sort();
        assert_eq!(kept, [entry(5, 4), entry(5, 9)]);
        assert_eq!(kind.all(&kind.slots(3)).count(), 0);
    }

    #[test]
    fn a_side_keeps_at_least_the_latest() {
        let kind = EntryKind::Instant;
        let mut entries = Vec::new();
        (0..100).for_each(|at| kind.append(&mut entries, 3, entry((at * 37) % 101, 7)));
        assert!(entries.len() <= 14 * kind.words());
        let mut latest: Vec<i64> = newest(kind.all(&entries).collect(), 3).iter().map(|entry| entry.at).collect();
        latest.sort_unstable();
        // 0 to 100 without one: 37 * 100 is 64 over a multiple of 101
        assert_eq!(latest, [98, 99, 100]);
    }

    #[test]
    fn none_of_some_is_none() {
        assert!(newest(vec![entry(1, 1)], 0).is_empty());
        assert_eq!(newest(vec![entry(1, 1)], usize::MAX).len(), 1);
    }
}
