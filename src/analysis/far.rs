//! How far a sum of terms can go while some of what they read is still open.

use crate::value::Decimal;

/// An end of a range; `None` is open.
pub(super) type End = Option<Decimal>;

/// Ends beyond this are as good as open: sums of many of them fit.
const LARGEST: i128 = 1 << 100;

/// How far a sum can go in the direction that is looked at: larger is further.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub(super) struct Far {
    /// So many terms of it are open
    open: i64,
    billionths: i128,
}

/// How far terms and buckets can go with the classes chosen so far.
#[derive(Default)]
pub(super) struct Sums {
    terms: Vec<Far>,
    /// Terms of which it is not yet settled what they come to
    pub unsettled: usize,
    is_settled: Vec<bool>,
    /// By place in `order`, the sum of the terms of a bucket
    pub buckets: Vec<Far>,
    /// By place in `order`, what the bucket comes to at most
    pub most: Vec<Option<Far>>,
    is_chosen: Vec<bool>,
    /// The lower of the two; of buckets whose variable is chosen the sum
    bounds: Vec<Far>,
    pub constant: Far,
    pub total: Far,
}

impl Far {
    pub fn of(end: End) -> Far {
        match end.map(Decimal::billionths) {
            Some(billionths) if billionths.abs() < LARGEST => Far { open: 0, billionths },
            _ => Far { open: 1, billionths: 0 },
        }
    }

    pub fn plus(self, other: Far) -> Far {
        Far { open: self.open + other.open, billionths: self.billionths + other.billionths }
    }

    pub fn minus(self, other: Far) -> Far {
        Far { open: self.open - other.open, billionths: self.billionths - other.billionths }
    }

    pub fn is_further(self, than: Far) -> bool {
        match (self.open > 0, than.open > 0) {
            (_, true) => false,
            (true, false) => true,
            (false, false) => self.billionths > than.billionths,
        }
    }

    pub fn lower(self, other: Far) -> Far {
        if self.is_further(other) { other } else { self }
    }

    pub fn end(self, up: bool) -> End {
        let value = Decimal::from_billionths(self.billionths);
        (self.open == 0).then_some(if up { value } else { value.negate() })
    }
}

impl Sums {
    pub fn new(places: usize) -> Sums {
        Sums {
            buckets: vec![Far::default(); places],
            bounds: vec![Far::default(); places],
            most: vec![None; places],
            is_chosen: vec![false; places],
            ..Sums::default()
        }
    }

    /// The next term.
    pub fn begin(&mut self, bucket: Option<usize>, far: Far, is_settled: bool) {
        self.terms.push(far);
        self.is_settled.push(is_settled);
        self.unsettled += usize::from(!is_settled);
        match bucket.and_then(|bucket| self.buckets.get_mut(bucket).map(|sum| (bucket, sum))) {
            Some((bucket, sum)) => {
                *sum = sum.plus(far);
                self.refresh(bucket);
            }
            None => {
                self.constant = self.constant.plus(far);
                self.total = self.total.plus(far);
            }
        }
    }

    pub fn change(&mut self, term: usize, bucket: Option<usize>, far: Far, is_settled: bool) {
        let (Some(known), Some(was_settled)) = (self.terms.get_mut(term), self.is_settled.get_mut(term)) else {
            return;
        };
        self.unsettled = self.unsettled + usize::from(!is_settled) - usize::from(!*was_settled);
        *was_settled = is_settled;
        if *known == far {
            return;
        }
        let before = std::mem::replace(known, far);
        if let Some(bucket) = bucket
            && let Some(sum) = self.buckets.get_mut(bucket)
        {
            *sum = sum.minus(before).plus(far);
            self.refresh(bucket);
        }
    }

    pub fn choose(&mut self, place: usize, is_chosen: bool) {
        if let Some(known) = self.is_chosen.get_mut(place) {
            *known = is_chosen;
        }
        self.refresh(place);
    }

    pub fn bound(&mut self, place: usize, most: Far) {
        if let Some(known) = self.most.get_mut(place) {
            *known = Some(most);
        }
        self.refresh(place);
    }

    fn refresh(&mut self, place: usize) {
        let Some(sum) = self.buckets.get(place).copied() else { return };
        let is_chosen = self.is_chosen.get(place).copied().unwrap_or_default();
        let most = self.most.get(place).copied().flatten().filter(|_| !is_chosen);
        let bound = most.map_or(sum, |most| sum.lower(most));
        if let Some(known) = self.bounds.get_mut(place) {
            self.total = self.total.minus(*known).plus(bound);
            *known = bound;
        }
    }
}
