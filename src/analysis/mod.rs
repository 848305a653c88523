//! The analysis: what can never or must always happen, from the rules and the field declarations alone.
//!
//! Stands after the [`model`](crate::model) and the [`reference`](mod@crate::reference) evaluator, before the lints, the
//! comparison of models and the REPL that ask it. It never guesses: a [`Verdict::Yes`] and a [`Bound::Exact`] come with
//! an example that the reference evaluator has confirmed; a [`Verdict::No`] and a bound are proofs; all else is
//! [`Verdict::Unknown`] or a bound that says that it is only one.
//!
//! | file | says |
//! |---|---|
//! | `verdict`, `range`, `witness` | what is answered, with examples |
//! | `graph` | the model as conditions, numbers and points over what differs from lead to lead |
//! | `domain`, `text` | the values of one field cut into classes; texts by the automata of their patterns |
//! | `probe`, `bench` | the reference evaluator asked about one value, and about an example |
//! | `interval`, `estimate` | what is known of a node while some classes are still open |
//! | `query`, `asked`, `wiring`, `standing` | one question's part of the graph, and what is known with some classes chosen |
//! | `search`, `far`, `furthest`, `ordering`, `alike`, `settled` | the searches over the classes of a question |
//! | `outline`, `between` | goals over scores that the ends of these settle, or classes on the way from one to the other |
//! | `parts`, `optimum` | sums cut into parts that have nothing in common; the furthest a number can go |
//! | `single_event`, `together`, `demand`, `sketch` | events that selectors keep, and others do not; from classes to an example |
//! | `way` | examples on the way from one to another, and two in one |
//! | `answers`, `quick`, `budget` | what was asked before; how much work questions may take |
//! | `possible`, `impossible`, `ranges`, `rules` | the questions themselves |

mod alike;
mod answers;
mod asked;
mod bench;
mod between;
mod budget;
mod demand;
mod domain;
mod estimate;
mod far;
mod furthest;
mod graph;
mod impossible;
mod interval;
mod optimum;
mod ordering;
mod outline;
mod parts;
mod possible;
mod probe;
mod query;
mod quick;
mod range;
mod ranges;
mod rules;
mod search;
mod settled;
mod single_event;
mod sketch;
mod standing;
mod text;
mod together;
mod verdict;
mod way;
mod wiring;
mod witness;

#[cfg(test)]
mod tests;

pub(crate) use possible::some_event;
pub use range::Range;
pub use verdict::{Bound, Given, Verdict};
pub(crate) use witness::plain_value;
pub use witness::{Witness, WitnessEvent};

use crate::model::{BandId, Condition, Group, MatrixId, Model, RuleId, ScoreId, Selector, ThresholdId};
use crate::reference::Evaluation;
use crate::value::Instant;
use answers::Answers;
use bench::Bench;
use budget::Budget;
use domain::{Asked, Domain};
use graph::{Graph, NodeId, Variable};
use interval::Interval;
use parts::{Facts, Root};
use quick::QuickMap;
use ranges::{Ranged, What};
use rules::RulePlace;
use std::cell::RefCell;
use std::collections::BTreeSet;
use std::rc::Rc;
use together::KnownEvents;

/// So many steps it takes to ask the reference evaluator about one value.
const PROBE: usize = 8;

/// Questions about one model as of one instant.
///
/// All answers are about leads whose fields lie in their declared ranges and whose key and required fields are known,
/// with any events up to `as of`. Conditions may be the model's own or others over it. What a question is given holds
/// for all of its answer: [`Analysis::context_of_rule`] gives the conditions around a rule.
pub struct Analysis<'model> {
    model: &'model Model,
    as_of: Instant,
    rules: Vec<RulePlace<'model>>,
    graph: RefCell<Graph<'model>>,
    bench: Bench,
    /// Classes that were made already.
    domains: RefCell<QuickMap<(Variable, Asked), Rc<Domain>>>,
    /// By node of a score between what it lies.
    bounds: RefCell<Vec<Option<Interval>>>,
    /// Whether a selector keeps an event that some others do not.
    avoidable: RefCell<QuickMap<(usize, Vec<usize>), bool>>,
    /// Whether a selector can keep an event of a lead of which some fields are settled.
    fitting: RefCell<QuickMap<usize, Vec<(together::Settled, bool)>>>,
    events: RefCell<KnownEvents>,
    /// What selectors read.
    selector_roots: RefCell<QuickMap<usize, Rc<BTreeSet<Root>>>>,
    facts: RefCell<QuickMap<NodeId, Rc<Facts>>>,
    answers: Answers,
    budget: Budget,
}

impl<'model> Analysis<'model> {
    pub fn new(model: &'model Model, as_of: Instant) -> Analysis<'model> {
        let budget = Budget::default();
        Analysis {
            model,
            as_of,
            rules: rules::rules(model),
            graph: RefCell::new(Graph::new(model, as_of)),
            bench: Bench::new(model, as_of, budget.clone()),
            domains: RefCell::default(),
            bounds: RefCell::default(),
            avoidable: RefCell::default(),
            fitting: RefCell::default(),
            events: RefCell::default(),
            selector_roots: RefCell::default(),
            facts: RefCell::default(),
            answers: Answers::default(),
            budget,
        }
    }

    pub fn model(&self) -> &'model Model {
        self.model
    }

    pub fn as_of(&self) -> Instant {
        self.as_of
    }

    /// Whether one lead can meet all that is given, at once. With nothing given: an example that is as empty as can be.
    pub fn possible(&self, given: &[Given<'_>]) -> Verdict {
        self.all_possible(given)
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

    /// Proved: no lead meets all that is given. What [`Analysis::possible`] calls `No`, for less: it looks for no example.
    /// So do the other questions with `never` and `always`.
    pub fn is_impossible(&self, given: &[Given<'_>]) -> bool {
        self.none_possible(given)
    }

    /// Proved: a condition never holds.
    pub fn never_holds(&self, condition: &Condition) -> bool {
        self.is_impossible(&[Given::holds(condition)])
    }

    /// Proved: whoever meets the first meets the second.
    pub fn implies(&self, first: &Condition, second: &Condition) -> bool {
        self.is_impossible(&[Given::holds(first), Given::fails(second)])
    }

    /// The conditions that must hold for a rule to be looked at: the `when` of its score and of each group around it.
    /// Not its own.
    pub fn context_of_rule(&self, rule: RuleId) -> Vec<Given<'model>> {
        let Some(place) = rules::rule(&self.rules, rule) else { return Vec::new() };
        let score = self.model.scores.get(place.score.index()).and_then(|score| match &score.body {
            crate::model::ScoreBody::Rules { when, .. } => when.as_ref(),
            crate::model::ScoreBody::Derived(_) => None,
        });
        let groups = place.groups.iter().filter_map(|group| group.when.as_ref());
        score.into_iter().chain(groups).map(Given::holds).collect()
    }

    /// Whether a selector keeps an event, with all its windows, for some lead. `No`: it never does.
    pub fn can_select(&self, selector: &Selector, given: &[Given<'_>]) -> Verdict {
        let some = some_event(selector);
        self.all_possible(&[&[Given::holds(&some)], given].concat())
    }

    /// Proved: a selector keeps no event of any lead that meets what is given.
    pub fn never_selects(&self, selector: &Selector, given: &[Given<'_>]) -> bool {
        let some = some_event(selector);
        self.is_impossible(&[&[Given::holds(&some)], given].concat())
    }

    /// Proved: every event that `inner` keeps, `outer` keeps too.
    pub fn selects_within(&self, inner: &Selector, outer: &Selector) -> bool {
        self.is_selected_within(inner, outer)
    }

    /// What a rule brings: its points after decay and its own limits, 0 where it does not apply, before any choice of its
    /// group. Over leads that are not excluded and whose score is known.
    pub fn range_of_rule<'q>(&'q self, rule: RuleId, given: &[Given<'q>]) -> Range<'q, 'model> {
        Range::new(self, Ranged { what: What::Rule(rule), is_limited: true }, given)
    }

    /// The same without the rule's own `no higher than` and `no lower than`.
    pub fn range_of_rule_before_limits<'q>(&'q self, rule: RuleId, given: &[Given<'q>]) -> Range<'q, 'model> {
        Range::new(self, Ranged { what: What::Rule(rule), is_limited: false }, given)
    }

    /// What a group of the model brings in all, after choice, weight and limits; over the same leads.
    pub fn range_of_group<'q>(&'q self, group: &Group, given: &[Given<'q>]) -> Range<'q, 'model> {
        Range::new(self, Ranged { what: What::Group(group.span), is_limited: true }, given)
    }

    /// The same without the group's own `no higher than` and `no lower than`.
    pub fn range_of_group_before_limits<'q>(&'q self, group: &Group, given: &[Given<'q>]) -> Range<'q, 'model> {
        Range::new(self, Ranged { what: What::Group(group.span), is_limited: false }, given)
    }

    /// The score where it is known, over leads that are not excluded.
    pub fn range_of_score<'q>(&'q self, score: ScoreId, given: &[Given<'q>]) -> Range<'q, 'model> {
        Range::new(self, Ranged { what: What::Score(score), is_limited: true }, given)
    }

    /// What its rules or its expression come to before `from … to` and rounding; over the same leads.
    pub fn range_of_score_before_limits<'q>(&'q self, score: ScoreId, given: &[Given<'q>]) -> Range<'q, 'model> {
        Range::new(self, Ranged { what: What::Score(score), is_limited: false }, given)
    }

    /// Whether a score is missing for some lead.
    pub fn can_be_missing(&self, score: ScoreId) -> Verdict {
        self.missing_score(score)
    }

    /// Whether a lead that is not excluded can have this band.
    pub fn can_reach_band(&self, score: ScoreId, band: BandId) -> Verdict {
        self.band_reached(score, band)
    }

    /// Proved: no lead that is not excluded has this band.
    pub fn never_reaches_band(&self, score: ScoreId, band: BandId) -> bool {
        self.band_never_reached(score, band)
    }

    /// Whether a lead that is not excluded can have this cell: row band, column band.
    pub fn can_reach_cell(&self, matrix: MatrixId, row: BandId, column: BandId) -> Verdict {
        self.cell_reached(matrix, row, column)
    }

    /// Proved: no lead that is not excluded has this cell.
    pub fn never_reaches_cell(&self, matrix: MatrixId, row: BandId, column: BandId) -> bool {
        self.cell_never_reached(matrix, row, column)
    }

    /// Whether a lead that is not excluded can meet a threshold that it did not meet before. `No`: it is unreachable.
    pub fn can_meet(&self, threshold: ThresholdId, given: &[Given<'_>]) -> Verdict {
        self.threshold_met(threshold, true, given)
    }

    /// Whether a lead that is not excluded can fail to meet a threshold that it did not meet before. `No`: every such
    /// lead meets it.
    pub fn can_fail_to_meet(&self, threshold: ThresholdId, given: &[Given<'_>]) -> Verdict {
        self.threshold_met(threshold, false, given)
    }

    /// Proved: no lead that is not excluded meets a threshold that it did not meet before.
    pub fn never_meets(&self, threshold: ThresholdId) -> bool {
        self.threshold_never(threshold, true)
    }

    /// Proved: every lead that is not excluded meets a threshold, whether it met it before or not.
    pub fn always_meets(&self, threshold: ThresholdId) -> bool {
        self.threshold_never(threshold, false)
    }

    /// Evaluates an example with the reference evaluator, and looks at all there is to know about it.
    pub fn evaluate<T>(&self, witness: &Witness, look: impl FnOnce(&Evaluation<'_>) -> T) -> T {
        self.budget.take(bench::steps_of(self.model, witness));
        bench::look_at(self.model, self.as_of, witness, look)
    }

    /// The classes of a variable, made once for what is asked of it.
    fn domain(&self, variable: Variable, asked: Asked) -> Rc<Domain> {
        let key = (variable, asked);
        if let Some(known) = self.domains.borrow().get(&key) {
            return known.clone();
        }
        if self.budget.is_spent() {
            return Rc::new(Domain::open(&key.1));
        }
        let is_selectable = match variable {
            Variable::Count(selector) => self.is_selectable(selector),
            _ => true,
        };
        let domain = Rc::new(Domain::build(&self.graph.borrow(), variable, &key.1, is_selectable));
        self.budget.take(PROBE * domain.samples.len() * (1 + key.1.aspects.len()));
        self.domains.borrow_mut().insert(key, domain.clone());
        domain
    }

    /// Between what a score is known to lie.
    fn known_bounds(&self, node: NodeId) -> Option<Interval> {
        self.bounds.borrow().get(node).copied().flatten().filter(|bounds| *bounds != Interval::ALL)
    }
}
