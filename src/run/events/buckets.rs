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

/// Rows of one shape, in the order in which keys came. Most leads have few: those take no memory of their own.
#[derive(Debug)]
pub(super) enum Buckets {
    Here {
        length: u8,
        words: [u32; HERE],
    },
    #[allow(clippy::box_collection)]
    Few(Box<Vec<u32>>),
    Many(Box<Many>),
}

/// Words of rows that need no memory of their own.
const HERE: usize = 5;

/// Rows that are not looked through one by one.
#[derive(Debug)]
pub(super) struct Many {
    rows: Vec<u32>,
    /// The row of each key.
    places: FastMap<u128, u32>,
}

impl Default for Buckets {
    fn default() -> Buckets {
        Buckets::Here { length: 0, words: [0; HERE] }
    }
}

impl Buckets {
    /// The payload of a key; an empty one where it is new.
    pub(super) fn of(&mut self, key: u128, shape: &RowShape) -> &mut [u32] {
        let stride = shape.stride();
        let row = self.row(key, shape).unwrap_or_else(|| self.add(key, shape));
        &mut self.words_mut()[row * stride + shape.key..(row + 1) * stride]
    }

    fn row(&self, key: u128, shape: &RowShape) -> Option<usize> {
        if let Buckets::Many(many) = self {
            return many.places.get(&key).map(|row| *row as usize);
        }
        let key = &words_of(key)[..shape.key];
        self.words().chunks_exact(shape.stride()).position(|row| row[..shape.key] == *key)
    }

    fn add(&mut self, key: u128, shape: &RowShape) -> usize {
        let row = self.len(shape);
        self.push(&words_of(key)[..shape.key]);
        self.push(&shape.empty);
        match self {
            Buckets::Many(many) => {
                many.places.insert(key, row as u32);
            }
            Buckets::Few(rows) if row >= SEARCHED => {
                let keys = rows.chunks_exact(shape.stride()).map(|row| key_of(&row[..shape.key]));
                let places = keys.zip(0..).collect();
                *self = Buckets::Many(Box::new(Many { rows: std::mem::take(rows), places }));
            }
            Buckets::Here { .. } | Buckets::Few(_) => {}
        }
        row
    }

    /// Adds words behind those there are.
    fn push(&mut self, more: &[u32]) {
        match self {
            Buckets::Here { length, words } => {
                let (begin, end) = (usize::from(*length), usize::from(*length) + more.len());
                match words.get_mut(begin..end) {
                    Some(place) => {
                        place.copy_from_slice(more);
                        *length = end as u8;
                    }
                    None => *self = Buckets::Few(Box::new([&words[..begin], more].concat())),
                }
            }
            Buckets::Few(rows) => push_exactly(rows, more),
            Buckets::Many(many) => push_exactly(&mut many.rows, more),
        }
    }

    fn words(&self) -> &[u32] {
        match self {
            Buckets::Here { length, words } => &words[..usize::from(*length)],
            Buckets::Few(rows) => rows,
            Buckets::Many(many) => &many.rows,
        }
    }

    fn words_mut(&mut self) -> &mut [u32] {
        match self {
            Buckets::Here { length, words } => &mut words[..usize::from(*length)],
            Buckets::Few(rows) => rows,
            Buckets::Many(many) => &mut many.rows,
        }
    }

    /// All keys with their payloads.
    pub(super) fn rows<'own>(
        &'own self,
        shape: &RowShape,
    ) -> impl ExactSizeIterator<Item = (u128, &'own [u32])> + use<'own> {
        let (key, stride) = (shape.key, shape.stride());
        self.words().chunks_exact(stride).map(move |row| (key_of(&row[..key]), &row[key..]))
    }

    /// How many keys there are.
    pub(super) fn len(&self, shape: &RowShape) -> usize {
        self.words().len() / shape.stride()
    }

    /// Bytes that it takes.
    pub(super) fn held(&self) -> usize {
        let places = match self {
            Buckets::Here { .. } => return 0,
            Buckets::Few(_) => size_of::<Vec<u32>>(),
            Buckets::Many(many) => size_of::<Many>() + many.places.capacity() * 36,
        };
        size_of_val(self.words()) + places
    }
}

impl RowShape {
    fn stride(&self) -> usize {
        self.key + self.empty.len()
    }
}

/// Grows by half: most vectors stay small, and there are many.
fn push_exactly(rows: &mut Vec<u32>, more: &[u32]) {
    if rows.capacity() - rows.len() < more.len() {
        rows.reserve_exact(more.len().max(rows.len() / 2));
    }
    rows.extend_from_slice(more);
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
