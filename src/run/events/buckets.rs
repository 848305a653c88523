//! A small map from what an event counts under (its day, its asset) to what is kept of such events.

use super::fingerprint::FastMap;

/// So many rows are looked through one by one.
const SEARCHED: usize = 16;

/// The sizes of a row: a key, of which some words may be known to be 0, and a payload. The same for all rows of a map.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct RowShape {
    /// Words of a key, 1 to 4; the higher ones only repeat the sign.
    pub key: usize,
    /// The payload of a new row
    pub empty: Vec<u32>,
}

/// Rows of one shape, in the order in which keys came.
#[derive(Debug, Default)]
pub(super) struct Buckets {
    rows: Vec<u32>,
    /// The row of each key, once there are many.
    places: Option<Box<FastMap<u128, u32>>>,
}

impl Buckets {
    /// The payload of a key; an empty one where it is new.
    pub(super) fn of(&mut self, key: u128, shape: &RowShape) -> &mut [u32] {
        let stride = shape.stride();
        let row = self.row(key, shape).unwrap_or_else(|| self.add(key, shape));
        &mut self.rows[row * stride + shape.key..(row + 1) * stride]
    }

    fn row(&self, key: u128, shape: &RowShape) -> Option<usize> {
        if let Some(places) = &self.places {
            return places.get(&key).map(|row| *row as usize);
        }
        let key = &words_of(key)[..shape.key];
        self.rows.chunks_exact(shape.stride()).position(|row| row[..shape.key] == *key)
    }

    fn add(&mut self, key: u128, shape: &RowShape) -> usize {
        let row = self.len(shape);
        if self.rows.capacity() == self.rows.len() {
            // few at first: most leads have few
            self.rows.reserve_exact(shape.stride() * row.max(1));
        }
        self.rows.extend_from_slice(&words_of(key)[..shape.key]);
        self.rows.extend_from_slice(&shape.empty);
        if row >= SEARCHED {
            let rows = &self.rows;
            let keys = || rows.chunks_exact(shape.stride()).map(|row| key_of(&row[..shape.key]));
            self.places.get_or_insert_with(|| Box::new(keys().zip(0..).collect())).insert(key, row as u32);
        }
        row
    }

    /// All keys with their payloads.
    pub(super) fn rows<'own>(
        &'own self,
        shape: &RowShape,
    ) -> impl ExactSizeIterator<Item = (u128, &'own [u32])> + use<'own> {
        let (key, stride) = (shape.key, shape.stride());
        self.rows.chunks_exact(stride).map(move |row| (key_of(&row[..key]), &row[key..]))
    }

    /// How many keys there are.
    pub(super) fn len(&self, shape: &RowShape) -> usize {
        self.rows.len() / shape.stride()
    }

    /// Bytes that it takes.
    pub(super) fn held(&self) -> usize {
        let places = self.places.as_ref().map_or(0, |places| places.capacity() * 36);
        self.rows.capacity() * size_of::<u32>() + places
    }
}

impl RowShape {
    fn stride(&self) -> usize {
        self.key + self.empty.len()
    }
}

fn words_of(key: u128) -> [u32; 4] {
    [key as u32, (key >> 32) as u32, (key >> 64) as u32, (key >> 96) as u32]
}

/// The words that are left out repeat the sign of the last one.
fn key_of(words: &[u32]) -> u128 {
    let sign = words.last().map_or(0, |last| (*last as i32 >> 31) as u128);
    words.iter().rev().fold(sign, |key, word| key << 32 | u128::from(*word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_key_has_its_payload_however_many_there_are() {
        let shape = RowShape { key: 4, empty: vec![7, 0] };
        let mut buckets = Buckets::default();
        for round in 1..=3 {
            for key in (0..100_u128).map(|key| key << 90 | key) {
                buckets.of(key, &shape)[1] += round;
            }
        }
        assert_eq!(buckets.len(&shape), 100);
        assert!(buckets.rows(&shape).zip(0..).all(|((key, payload), n)| key == n << 90 | n && payload == [7, 6]));
    }

    #[test]
    fn short_keys_keep_their_sign() {
        let shape = RowShape { key: 1, empty: Vec::new() };
        let mut buckets = Buckets::default();
        for key in [-3_i64, 5, -3, i64::from(i32::MIN)] {
            buckets.of(key as u128, &shape);
        }
        let keys: Vec<i64> = buckets.rows(&shape).map(|(key, _)| key as i64).collect();
        assert_eq!(keys, [-3, 5, i64::from(i32::MIN)]);
    }
}
