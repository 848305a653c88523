//! The analysis: what can never or must always happen, from the rules and the field declarations alone.
//!
//! Stands after the [`model`](crate::model) and the [`reference`](mod@crate::reference) evaluator, before the lints, the
//! comparison of models and the REPL that ask it. It never guesses: a [`Verdict::Yes`] and a [`Bound::Exact`] come with
//! an example that the reference evaluator has confirmed; a [`Verdict::No`] and a bound are proofs; all else is
//! [`Verdict::Unknown`] or a bound that says that it is only one.
//!
//! | file | says |
//! |---|---|
//! | `verdict`, `witness` | what is answered, with examples |

mod verdict;
mod witness;

pub use verdict::{Bound, Given, Range, Verdict};
pub use witness::{Witness, WitnessEvent};

use crate::model::{BandId, Condition, Group, MatrixId, Model, RuleId, ScoreId, Selector, ThresholdId};
use crate::reference::Evaluation;
use crate::value::Instant;

/// Questions about one model as of one instant.
///
/// All answers are about leads whose fields lie in their declared ranges and whose key and required fields are known,
/// with any events up to `as of`. Conditions may be the model's own or others over it. What a question is given holds
/// for all of its answer: [`Analysis::context_of_rule`] gives the conditions around a rule.
pub struct Analysis<'model> {
    model: &'model Model,
    as_of: Instant,
}

impl<'model> Analysis<'model> {
    pub fn new(model: &'model Model, as_of: Instant) -> Analysis<'model> {
        Analysis { model, as_of }
    }

    pub fn model(&self) -> &'model Model {
        self.model
    }

    pub fn as_of(&self) -> Instant {
        self.as_of
    }

    /// Whether one lead can meet all that is given, at once. With nothing given: an example that is as empty as can be.
    pub fn possible(&self, _given: &[Given<'_>]) -> Verdict {
        Verdict::Unknown
    }

    /// Whether a condition holds for some lead. `No`: it is never true.
    pub fn can_hold(&self, condition: &Condition) -> Verdict {
        self.possible(&[Given::holds(condition)])
    }

    /// Whether a condition fails for some lead. `No`: it is always true.
    pub fn can_fail(&self, condition: &Condition) -> Verdict {
        self.possible(&[Given::fails(condition)])
    }

    pub fn can_both_hold(&self, one: &Condition, other: &Condition) -> Verdict {
        self.possible(&[Given::holds(one), Given::holds(other)])
    }

    /// Whether `condition` holds for some lead for which `without` does not. `No`: the first implies the second.
    pub fn can_hold_without(&self, condition: &Condition, without: &Condition) -> Verdict {
        self.possible(&[Given::holds(condition), Given::fails(without)])
    }

    /// Proved: whoever meets the first meets the second.
    pub fn implies(&self, first: &Condition, second: &Condition) -> bool {
        self.can_hold_without(first, second).is_no()
    }

    /// The conditions that must hold for a rule to be looked at: the `when` of its score and of each group around it.
    /// Not its own.
    pub fn context_of_rule(&self, _rule: RuleId) -> Vec<Given<'model>> {
        Vec::new()
    }

    /// Whether a selector keeps an event, with all its windows, for some lead. `No`: it never does.
    pub fn can_select(&self, _selector: &Selector, _given: &[Given<'_>]) -> Verdict {
        Verdict::Unknown
    }

    /// Proved: every event that `inner` keeps, `outer` keeps too.
    pub fn selects_within(&self, _inner: &Selector, _outer: &Selector) -> bool {
        false
    }

    /// What a rule brings: its points after decay and its own limits, 0 where it does not apply, before any choice of its
    /// group. Over leads that are not excluded and whose score is known.
    pub fn range_of_rule(&self, _rule: RuleId, _given: &[Given<'_>]) -> Range {
        unknown()
    }

    /// The same without the rule's own `no higher than` and `no lower than`.
    pub fn range_of_rule_before_limits(&self, _rule: RuleId, _given: &[Given<'_>]) -> Range {
        unknown()
    }

    /// What a group of the model brings in all, after choice, weight and limits; over the same leads.
    pub fn range_of_group(&self, _group: &Group, _given: &[Given<'_>]) -> Range {
        unknown()
    }

    /// The same without the group's own `no higher than` and `no lower than`.
    pub fn range_of_group_before_limits(&self, _group: &Group, _given: &[Given<'_>]) -> Range {
        unknown()
    }

    /// The score where it is known, over leads that are not excluded.
    pub fn range_of_score(&self, _score: ScoreId, _given: &[Given<'_>]) -> Range {
        unknown()
    }

    /// What its rules or its expression come to before `from … to` and rounding; over the same leads.
    pub fn range_of_score_before_limits(&self, _score: ScoreId, _given: &[Given<'_>]) -> Range {
        unknown()
    }

    /// Whether a score is missing for some lead.
    pub fn can_be_missing(&self, _score: ScoreId) -> Verdict {
        Verdict::Unknown
    }

    /// Whether a lead that is not excluded can have this band.
    pub fn can_reach_band(&self, _score: ScoreId, _band: BandId) -> Verdict {
        Verdict::Unknown
    }

    /// Whether a lead that is not excluded can have this cell: row band, column band.
    pub fn can_reach_cell(&self, _matrix: MatrixId, _row: BandId, _column: BandId) -> Verdict {
        Verdict::Unknown
    }

    /// Whether a lead that is not excluded can meet a threshold that it did not meet before. `No`: it is unreachable.
    pub fn can_meet(&self, _threshold: ThresholdId, _given: &[Given<'_>]) -> Verdict {
        Verdict::Unknown
    }

    /// Whether a lead that is not excluded can fail to meet a threshold that it did not meet before. `No`: every such
    /// lead meets it.
    pub fn can_fail_to_meet(&self, _threshold: ThresholdId, _given: &[Given<'_>]) -> Verdict {
        Verdict::Unknown
    }

    /// Evaluates an example with the reference evaluator, and looks at all there is to know about it.
    pub fn evaluate<T>(&self, witness: &Witness, look: impl FnOnce(&Evaluation<'_>) -> T) -> T {
        let (lead, events) = (witness.to_lead(self.model), witness.to_events(self.model));
        let previous = witness.to_previous(self.model);
        look(&crate::reference::evaluate(self.model, &lead, &events, &previous, self.as_of, None))
    }
}

fn unknown() -> Range {
    Range::Of { lowest: Bound::Unbounded, highest: Bound::Unbounded }
}
