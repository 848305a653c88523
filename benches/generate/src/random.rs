//! A small generator of random numbers: the same seed gives the same data on every machine.

/// SplitMix64: any state is a good start, so each lead and each event has a generator of its own.
pub struct Random(u64);

impl Random {
    /// The generator that belongs to these numbers alone, such as (seed, lead) or (seed, lead, event).
    pub fn of(parts: &[u64]) -> Random {
        let mut state = 0x9E37_79B9_7F4A_7C15;
        for part in parts {
            state = mix(state ^ part.wrapping_mul(0xD6E8_FEB8_6659_FD93));
        }
        Random(state)
    }

    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        mix(self.0)
    }

    /// A whole number from 0 to `bound` - 1.
    pub fn below(&mut self, bound: usize) -> usize {
        (((self.next() >> 32) * bound as u64) >> 32) as usize
    }

    /// A fraction from 0 to 1, without 1.
    pub fn fraction(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// True `percent` times in a hundred.
    pub fn percent(&mut self, percent: f64) -> bool {
        self.fraction() * 100.0 < percent
    }

    pub fn pick<'a, T: ?Sized>(&mut self, from: &[&'a T]) -> &'a T {
        from[self.below(from.len())]
    }

    /// Like [`Random::pick`], the first far more often than the last: as countries and sources are in real data.
    pub fn pick_early<'a, T: ?Sized>(&mut self, from: &[&'a T]) -> &'a T {
        let place = self.fraction() * self.fraction();
        from[(place * from.len() as f64) as usize]
    }

    /// Numbers spread like sizes of companies: as many between 10 and 100 as between 100 and 1000.
    pub fn logarithmic(&mut self, lowest: f64, highest: f64) -> f64 {
        lowest * (highest / lowest).powf(self.fraction())
    }
}

fn mix(mut z: u64) -> u64 {
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}
