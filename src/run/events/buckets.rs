//! A small map from what an event counts under (its day, its asset) to what is kept of such events.

use super::fingerprint::FastMap;

/// Words of a key.
const KEY: usize = 4;
/// So many rows are looked through one by one.
const SEARCHED: usize = 16;

/// Rows of a key and a payload of one size, in the order in which keys came.
#[derive(Debug, Default)]
pub(super) struct Buckets {
    rows: Vec<u32>,
    /// The row of each key, once there are many.
    places: Option<FastMap<u128, u32>>,
}

impl Buckets {
    /// The payload of a key; a copy of `empty` where it is new. `empty` is of the same size always.
    pub(super) fn of(&mut self, key: u128, empty: &[u32]) -> &mut [u32] {
        let stride = KEY + empty.len();
        let row = self.row(key, stride).unwrap_or_else(|| self.add(key, empty));
        &mut self.rows[row * stride + KEY..(row + 1) * stride]
    }

    fn row(&self, key: u128, stride: usize) -> Option<usize> {
        if let Some(places) = &self.places {
            return places.get(&key).map(|row| *row as usize);
        }
        let key = words_of(key);
        self.rows.chunks_exact(stride).position(|row| row[..KEY] == key)
    }

    fn add(&mut self, key: u128, empty: &[u32]) -> usize {
        let stride = KEY + empty.len();
        let row = self.rows.len() / stride;
        self.rows.extend_from_slice(&words_of(key));
        self.rows.extend_from_slice(empty);
        if row >= SEARCHED {
            let rows = &self.rows;
            let all = || rows.chunks_exact(stride).zip(0..).map(|(row, place)| (key_of(row), place)).collect();
            self.places.get_or_insert_with(all).insert(key, row as u32);
        }
        row
    }

    /// All keys with their payloads of so many words.
    pub(super) fn rows(&self, payload: usize) -> impl ExactSizeIterator<Item = (u128, &[u32])> {
        self.rows.chunks_exact(KEY + payload).map(|row| (key_of(row), &row[KEY..]))
    }

    /// How many keys there are.
    pub(super) fn len(&self, payload: usize) -> usize {
        self.rows.len() / (KEY + payload)
    }

    /// Bytes that it takes.
    pub(super) fn held(&self) -> usize {
        let places = self.places.as_ref().map_or(0, |places| places.capacity() * 36);
        size_of::<Buckets>() + self.rows.capacity() * size_of::<u32>() + places
    }
}

fn words_of(key: u128) -> [u32; KEY] {
    [key as u32, (key >> 32) as u32, (key >> 64) as u32, (key >> 96) as u32]
}

fn key_of(row: &[u32]) -> u128 {
    row[..KEY].iter().rev().fold(0, |key, word| key << 32 | u128::from(*word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_key_has_its_payload_however_many_there_are() {
        let mut buckets = Buckets::default();
        for round in 1..=3 {
            for key in (0..100_u128).map(|key| key << 90 | key) {
                let payload = buckets.of(key, &[7, 0]);
                payload[1] += round;
            }
        }
        assert_eq!(buckets.len(2), 100);
        assert!(buckets.rows(2).zip(0..).all(|((key, payload), n)| key == n << 90 | n && payload == [7, 6]));
    }
}
