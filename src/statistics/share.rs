//! How many of some leads bought.

/// Some leads, and those of them for which the outcome holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Share {
    pub all: u64,
    pub hits: u64,
}

impl Share {
    pub fn new(all: u64, hits: u64) -> Share {
        Share { all, hits }
    }

    pub fn add(&mut self, more: Share) {
        self.all += more.all;
        self.hits += more.hits;
    }

    /// Those that are not among `part`.
    pub fn without(self, part: Share) -> Share {
        Share { all: self.all.saturating_sub(part.all), hits: self.hits.saturating_sub(part.hits) }
    }

    pub fn misses(self) -> u64 {
        self.all.saturating_sub(self.hits)
    }

    /// 0 to 1; `None` of no leads.
    pub fn rate(self) -> Option<f64> {
        ratio(self.hits, self.all)
    }

    /// Its rate as a multiple of the rate of `everybody`; `None` where either is not known, or nobody bought.
    pub fn lift(self, everybody: Share) -> Option<f64> {
        let base = everybody.rate().filter(|base| *base > 0.0)?;
        Some(self.rate()? / base)
    }
}

/// `None` for a part of nothing.
pub fn ratio(part: u64, whole: u64) -> Option<f64> {
    (whole > 0).then(|| part as f64 / whole as f64)
}
