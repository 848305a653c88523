//! How much work questions may take: counted in steps, so that the same rules are always answered the same way.

use crate::data::interrupt;
use std::cell::Cell;
use std::rc::Rc;

/// All questions about one model together take no more steps than this: some nanoseconds each.
const MOST_STEPS: usize = 200_000_000;

/// The steps taken so far. Clones count together.
#[derive(Debug, Clone, Default)]
pub(super) struct Budget {
    taken: Rc<Cell<usize>>,
}

impl Budget {
    pub fn take(&self, steps: usize) {
        self.taken.set(self.taken.get().saturating_add(steps));
    }

    pub fn taken(&self) -> usize {
        self.taken.get()
    }

    /// From here on nothing is searched any more: what is not evident stays open. So it is once it was asked to stop.
    pub fn is_spent(&self) -> bool {
        self.taken.get() > MOST_STEPS || interrupt::is_requested()
    }
}
