//! A plan over a batch: nodes column by column, then scores, bands, matrices, thresholds and exclusion.
//!
//! | module | does |
//! |---|---|
//! | `values` | what a scope is made of, and the settled nodes of a batch |
//! | `settle` | settles the nodes of an arena, each after its parts; keeps what it found out from batch to batch |
//! | `masks`, `numbers`, `texts`, `days` (dates), `yes_nos`, `column` | nodes by type |
//! | `classes` | subjects: the class of each row's value, which answers all questions |
//! | `questions`, `joined` | all questions of a subject as masks; those of several subjects together |
//! | `lookups` | what a class gives, once a class |
//! | `points`, `every`, `outcome`, `sums`, `groups`, `rounding` | from rules to the points of their parent |
//! | `rules` | the points of single rules, where they are asked for |
//! | `scores`, `evaluator` | from points to results |
//! | `memory` | leads in memory, in batches |
//! | `spare` | memory used again |

mod classes;
mod column;
mod days;
mod evaluator;
mod every;
mod groups;
mod joined;
mod lookups;
mod masks;
mod memory;
mod numbers;
mod outcome;
mod points;
mod questions;
mod rounding;
mod rules;
mod scores;
mod settle;
mod spare;
mod sums;
mod texts;
mod values;
mod yes_nos;

#[cfg(test)]
mod tests;

pub use evaluator::Evaluator;
pub use memory::{NoEvents, evaluate_all, evaluate_batches};
pub use points::points;
pub use settle::Settler;
pub use values::{Inputs, Values};

use super::batch::{Column, Mask, NumberColumn};
use crate::model::{BandId, ExcludeId};
use crate::plan::StateId;
use crate::value::Decimal;

/// The results of a batch, a row for each lead; indexed by the ids of the model.
#[derive(Debug, Default)]
pub struct BatchResults {
    pub rows: usize,
    pub excluded: Vec<Option<ExcludeId>>,
    /// Of an excluded lead: 0 brought inside the limits of the score, where it is known.
    pub scores: Vec<NumberColumn>,
    pub bands: Vec<Vec<Option<BandId>>>,
    pub matrices: Vec<Vec<Option<(BandId, BandId)>>>,
    pub thresholds: Vec<Mask>,
    /// Rows in which some calculation gave a number too large to hold.
    pub too_large: Mask,
    /// `--only`: all rows without one.
    pub only: Mask,
    /// `--keep` of defines and lookups
    pub kept: Vec<Column>,
    /// Where single rules are asked for, by rule: its points in the breakdown, 0 where a choice dropped it, and whether
    /// it took part and was not dropped. Missing with its score. As before exclusion.
    pub rules: Vec<RuleColumn>,
}

#[derive(Debug, Clone, Default)]
pub struct RuleColumn {
    pub points: NumberColumn,
    pub took_part: Mask,
}

/// What the events of a batch's leads come to.
pub trait LeadEvents {
    /// The answer to a state for each lead of the batch; `lead` has all nodes that the state needs.
    fn state(&self, state: StateId, lead: &Values<'_>) -> StateColumn;

    /// Leads in whose events some calculation gave a number too large to hold; asked once all states have been.
    fn too_large(&self) -> Option<Mask> {
        None
    }
}

/// The answers to one state.
#[derive(Debug, Clone)]
pub enum StateColumn {
    Value(Column),
    /// Of a `for each` rule: its points, before its limits, and whether there was an occurrence.
    Points {
        points: Vec<Decimal>,
        took_part: Mask,
    },
}
