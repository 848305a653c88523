//! What something can come to: two ends, each a proved bound, and an example of it where one is asked for.

use super::optimum::Optimum;
use super::ranges::Ranged;
use super::{Analysis, Bound, Given};
use crate::value::Decimal;
use std::cell::OnceCell;

/// The lowest and the highest value that something can have.
///
/// Its bounds are there at once. Examples cost more, and are looked for when an end is asked for.
pub struct Range<'q, 'model> {
    analysis: &'q Analysis<'model>,
    of: Ranged,
    given: Vec<Given<'q>>,
    ends: Option<Ends>,
}

struct Ends {
    lowest: End,
    highest: End,
}

/// How far it goes, and what was found when an example was looked for.
struct End {
    optimum: Optimum,
    bound: OnceCell<Bound>,
}

impl<'q, 'model> Range<'q, 'model> {
    pub(super) fn new(analysis: &'q Analysis<'model>, of: Ranged, given: &[Given<'q>]) -> Range<'q, 'model> {
        let end = |optimum| End { optimum, bound: OnceCell::new() };
        let ends = analysis.ends(of, given).map(|[low, high]| Ends { lowest: end(low), highest: end(high) });
        Range { analysis, of, given: given.to_vec(), ends }
    }

    /// A proof that it has no value for any lead that is asked about: what is given cannot hold, or the score is always
    /// missing.
    pub fn is_never(&self) -> bool {
        self.ends.is_none()
    }

    /// The highest value or safe bound; `None` where it is unbounded or there is no value at all.
    pub fn at_most(&self) -> Option<Decimal> {
        self.ends.as_ref()?.highest.optimum.end
    }

    /// The lowest value or safe bound; likewise.
    pub fn at_least(&self) -> Option<Decimal> {
        self.ends.as_ref()?.lowest.optimum.end
    }

    /// The upper end, with an example where one is found. `None` where there is no value at all.
    pub fn highest(&self) -> Option<&Bound> {
        Some(self.shown(&self.ends.as_ref()?.highest, true))
    }

    /// The lower end, likewise.
    pub fn lowest(&self) -> Option<&Bound> {
        Some(self.shown(&self.ends.as_ref()?.lowest, false))
    }

    fn shown<'r>(&self, end: &'r End, up: bool) -> &'r Bound {
        end.bound.get_or_init(|| self.analysis.bound(self.of, up, &end.optimum, &self.given))
    }
}
