//! Whether two models can ever differ: proved equal, or an example lead that tells them apart.
//!
//! Each change that counts is examined: a proof that it never shows, or leads for which it might, through the analysis.
//! Where neither settles it, leads are put together toward the numbers at which the models part, and last made up of the
//! values that the rules name. An example is one only when both models were run on it.
//!
//! A proof is about one changed part: for every lead it gives in both models the same, as long as what it is made of
//! does. Parts are made of parts that stand before them, so where each change has its proof, all results are the same. A
//! part that differs may be made the same further on; that is a proof where it is the only one.
//!
//! | file | says |
//! |---|---|
//! | `telling` | running leads through both models |
//! | `examined` | one change: what was found, and what is still to be looked for |
//! | `alike`, `conditions`, `by_bands`, `selectors` | two conditions, two selectors side by side |
//! | `rule`, `shadowed`, `group`, `score`, `bands`, `matrix`, `threshold`, `exclusion` | one kind of change each |
//! | `masked` | what differs and is made the same on the way to the score |
//! | `tables` | two tables by one value |
//! | `repeated`, `at_other_times` | events once and more often; older and further apart |
//! | `quantity`, `steps`, `sums`, `toward` | leads for which a number comes out as wanted |
//! | `made_up` | leads made up of what the rules name |

mod alike;
mod at_other_times;
mod bands;
mod by_bands;
mod conditions;
mod examined;
mod exclusion;
mod group;
mod made_up;
mod masked;
mod matrix;
mod quantity;
mod repeated;
mod rule;
mod score;
mod selectors;
mod shadowed;
mod steps;
mod sums;
mod tables;
mod telling;
mod threshold;
mod toward;

use super::changes::{Change, Changes};
use super::sample::Sample;
use crate::analysis::Analysis;
use crate::value::Instant;
use examined::{Examined, Examiner};

/// What can be said of two models.
#[derive(Debug, Clone, PartialEq)]
pub enum Verdict {
    /// Nothing that counts changed.
    Same,
    /// What changed can never show.
    ProvedEqual,
    Differ(Box<Told>),
    /// No example was found, and no proof. So many leads were tried.
    Unknown {
        tried: usize,
    },
}

/// An example, with what both models say of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Told {
    pub sample: Sample,
    /// In the language, ready for a `test` block.
    pub written: String,
    /// What differs: its name, before and after.
    pub differences: Vec<(String, String, String)>,
}

/// Judges what [`super::changes()`] found.
pub fn verdict(changes: &Changes<'_>, as_of: Instant) -> Verdict {
    if changes.mean_the_same() {
        return Verdict::Same;
    }
    let (old, new) = (Analysis::new(changes.old.model, as_of), Analysis::new(changes.new.model, as_of));
    let mut examiner = Examiner::new(changes, [&old, &new], as_of);
    // Where a result is not there in one of them, any lead will do.
    if let Some(told) = examiner.telling.tell(&Sample::default()) {
        return Verdict::Differ(Box::new(told));
    }
    let counting: Vec<&Change> = changes.changes.iter().filter(|change| change.counts).collect();
    for is_thorough in [false, true] {
        examiner.is_thorough = is_thorough;
        if let Some(settled) = settled(&mut examiner, &counting) {
            return settled;
        }
        let found = examiner.at_other_times(&counting).or_else(|| examiner.put_together());
        if let Some(told) = found.or_else(|| examiner.make_up(&counting)) {
            return Verdict::Differ(told);
        }
    }
    Verdict::Unknown { tried: examiner.telling.tried }
}

/// What comes of looking at one change after the other, where that is enough.
fn settled(examiner: &mut Examiner<'_, '_>, counting: &[&Change]) -> Option<Verdict> {
    let (mut open, mut made_the_same) = (0, 0);
    for change in counting {
        match examiner.examine(change) {
            Examined::Found(told) => return Some(Verdict::Differ(told)),
            Examined::NeverShows => {}
            Examined::MadeTheSame => made_the_same += 1,
            Examined::Open => open += 1,
        }
    }
    // Two of them could undo what makes the other the same.
    (open == 0 && made_the_same <= 1).then_some(Verdict::ProvedEqual)
}
