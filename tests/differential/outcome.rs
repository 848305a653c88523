//! What an evaluator says of one lead, in a form in which two of them can be held against each other.

use scorelang::model::{AnyExpr, BandId, Condition, ExcludeId, Model, RuleId};
use scorelang::reference::{Evaluation, evaluate};
use scorelang::value::{Decimal, Instant, Value};
use std::fmt::Debug;

use super::case::Case;
use super::given::Typed;

#[derive(Debug, Clone, PartialEq)]
pub struct Outcome {
    pub excluded: Option<ExcludeId>,
    pub scores: Vec<Option<Decimal>>,
    pub bands: Vec<Option<BandId>>,
    pub matrices: Vec<Option<(BandId, BandId)>>,
    pub thresholds: Vec<bool>,
    pub only: bool,
    pub kept: Vec<Option<Value>>,
    /// Of each rule its points, and whether it took part and was not dropped: what stands before the limits of groups and
    /// scores. Empty where not asked for.
    pub rules: Vec<Option<(Decimal, bool)>>,
    /// Not compared: a plan works out less than the reference evaluator where something is asked twice or never needed, and
    /// more where the points of a rule that gives none are worked out with those of all other leads.
    pub too_large: bool,
}

/// What a run asks besides the results, as the model has it.
#[derive(Default)]
pub struct Questions {
    pub only: Option<Condition>,
    pub kept: Vec<AnyExpr>,
}

impl Questions {
    /// What of the case's questions still fits its model: a smaller one may lack what they name.
    ///
    /// # Errors
    /// `--only` does not fit.
    pub fn of(case: &Case, model: &Model) -> Result<Questions, String> {
        let only =
            case.written.only.as_ref().map(|only| scorelang::run::condition::read(model, "--only", &only.text()));
        let only = only.transpose().map_err(|wrong| format!("{:?}", wrong.diagnostics))?;
        let keep = scorelang::run::keep::resolve(model, &case.written.keep).map_err(|unfit| unfit.message)?;
        Ok(Questions { only: only.map(|(only, _)| only), kept: keep.values })
    }
}

/// The reference evaluator's word.
pub fn expected(model: &Model, questions: &Questions, given: &Typed, as_of: Instant) -> Outcome {
    let mut events = given.events.clone();
    events.sort_by_key(|event| event.at);
    let evaluation = evaluate(model, &given.lead, &events, &given.previous, as_of, None);
    evaluation.breakdowns.iter().for_each(|breakdown| {
        let own = breakdown.entries.iter().filter(|entry| entry.depth == 0);
        let sum = own.fold(0_i128, |sum, entry| sum.saturating_add(entry.points.billionths()));
        assert!(breakdown.total.is_none_or(|total| total.billionths() == sum), "a breakdown sums to its score");
    });
    let results = evaluation.results.clone();
    Outcome {
        excluded: results.excluded,
        scores: results.scores,
        bands: results.bands,
        matrices: results.matrices,
        thresholds: results.thresholds,
        only: questions.only.as_ref().is_none_or(|only| evaluation.holds(only)),
        kept: questions.kept.iter().map(|kept| evaluation.value(kept)).collect(),
        rules: (0..model.rules).map(|rule| rule_points(&evaluation, RuleId(rule))).collect(),
        too_large: results.overflows > 0,
    }
}

fn rule_points(evaluation: &Evaluation<'_>, rule: RuleId) -> Option<(Decimal, bool)> {
    let (breakdown, entry) =
        evaluation.breakdowns.iter().find_map(|breakdown| Some((breakdown, breakdown.rule(rule)?)))?;
    breakdown.total?;
    Some(if entry.dropped { (Decimal::ZERO, false) } else { (entry.points, entry.took_part) })
}

impl Outcome {
    /// In what this outcome is not as expected: the first few things, in words.
    pub fn differences(&self, expected: &Outcome) -> Vec<String> {
        let mut found = Vec::new();
        differ(&mut found, "excluded", &expected.excluded, &self.excluded);
        each(&mut found, "score", &expected.scores, &self.scores);
        each(&mut found, "band", &expected.bands, &self.bands);
        each(&mut found, "matrix", &expected.matrices, &self.matrices);
        each(&mut found, "threshold", &expected.thresholds, &self.thresholds);
        differ(&mut found, "only", &expected.only, &self.only);
        each(&mut found, "kept", &expected.kept, &self.kept);
        if !self.rules.is_empty() {
            each(&mut found, "rule", &expected.rules, &self.rules);
        }
        found
    }
}

fn differ<T: PartialEq + Debug>(found: &mut Vec<String>, what: &str, expected: &T, got: &T) {
    if expected != got {
        found.push(format!("{what}: expected {expected:?}, got {got:?}"));
    }
}

fn each<T: PartialEq + Debug>(found: &mut Vec<String>, what: &str, expected: &[T], got: &[T]) {
    differ(found, &format!("number of {what}s"), &expected.len(), &got.len());
    for (place, (expected, got)) in expected.iter().zip(got).enumerate() {
        differ(found, &format!("{what} {place}"), expected, got);
    }
}
