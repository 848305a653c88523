//! What several lints ask the analysis, asked once: how far scores go, for whom rules take part, and which rule takes
//! part whenever another does.

use super::claim;
use super::places::RulePlace;
use super::subjects::Reads;
use super::{Context, Finding};
use crate::analysis::{Given, Range, Verdict, Witness};
use crate::model::{Body, Condition, Each, FieldId, Points, RuleId, ScoreId};
use crate::reference::EntryKind;
use crate::value::Decimal;
use std::cell::{OnceCell, RefCell};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::rc::Rc;

/// So many rules at most that also take part for a rule's example are asked about.
const MOST_ASKED: usize = 24;

/// Scores of more rules come to so many values that it is not searched between which of them gaps may be.
const MOST_SEARCHED: usize = 60;
/// So many times at most an example is tried without some of its events.
const MOST_SHRUNK: usize = 200;

/// What a score comes to at an end, and a lead without what it can do without.
type ShownEnd = (Decimal, Rc<Witness>);

/// Kept by the context.
#[derive(Default)]
pub(super) struct Proofs<'a> {
    /// With limits, and before them
    ranges: RefCell<HashMap<(ScoreId, bool), Rc<Range<'a, 'a>>>>,
    /// By score, and whether its highest
    ends: RefCell<HashMap<(ScoreId, bool), Option<ShownEnd>>>,
    participations: OnceCell<Vec<Option<Participation>>>,
    implied: OnceCell<BTreeSet<(RuleId, RuleId)>>,
}

/// When a rule takes part: what stands behind its `when`; one event of its `for each`.
#[derive(Debug)]
pub struct Participation {
    pub condition: Condition,
    pub reads: Reads,
    /// It never does, with what stands around it
    pub is_never: bool,
    /// Only leads that are excluded do
    pub is_excluded: bool,
    pub example: Option<Example>,
}

/// A lead for which a rule takes part.
#[derive(Debug)]
pub struct Example {
    pub witness: Witness,
    /// All rules of the same score that do
    pub rules: BTreeSet<RuleId>,
}

impl<'a> Context<'a> {
    /// [`crate::analysis::Analysis::range_of_score`]
    pub fn range_of_score(&self, score: ScoreId) -> Rc<Range<'a, 'a>> {
        self.range((score, true), || self.analysis.range_of_score(score, &[]))
    }

    /// [`crate::analysis::Analysis::range_of_score_before_limits`]
    pub fn range_of_score_before_limits(&self, score: ScoreId) -> Rc<Range<'a, 'a>> {
        self.range((score, false), || self.analysis.range_of_score_before_limits(score, &[]))
    }

    fn range(&self, of: (ScoreId, bool), ask: impl FnOnce() -> Range<'a, 'a>) -> Rc<Range<'a, 'a>> {
        let mut ranges = self.proofs().ranges.borrow_mut();
        ranges.entry(of).or_insert_with(|| Rc::new(ask())).clone()
    }

    /// When a rule takes part; `None` where that is no one condition.
    pub fn participation(&self, rule: RuleId) -> Option<&Participation> {
        let all = self.proofs().participations.get_or_init(|| {
            let mut all = Vec::new();
            for place in self.rules() {
                all.resize_with(all.len().max(place.rule.id.index() + 1), || None);
                if let Some(slot) = all.last_mut() {
                    *slot = self.find_participation(place);
                }
            }
            all
        });
        all.get(rule.index())?.as_ref()
    }

    fn find_participation(&self, place: &RulePlace<'a>) -> Option<Participation> {
        let condition = takes_part(&place.rule.body)?;
        let reads = Reads::of_rule(self.model, place.rule);
        let asked = [&place.given()[..], &[Given::holds(&condition)]].concat();
        let verdict = self.analysis.possible(&asked);
        let mut own = Participation { reads, is_never: verdict.is_no(), is_excluded: false, example: None, condition };
        let Verdict::Yes(witness) = verdict else { return Some(own) };
        let (example, is_excluded) = self.example(witness, place.score);
        own.example = Some(example);
        if is_excluded {
            let asked = [&place.given()[..], &[Given::holds(&own.condition)], &self.not_excluded()].concat();
            let verdict = self.analysis.possible(&asked);
            own.is_excluded = verdict.is_no();
            if let Verdict::Yes(witness) = verdict {
                own.example = Some(self.example(witness, place.score).0);
            }
        }
        Some(own)
    }

    /// That no exclusion holds.
    pub fn not_excluded(&self) -> Vec<Given<'a>> {
        self.model.excludes.iter().map(|exclude| Given::fails(&exclude.when)).collect()
    }

    /// And whether the lead is excluded.
    fn example(&self, witness: Witness, score: ScoreId) -> (Example, bool) {
        let (rules, is_excluded) = self.analysis.evaluate(&witness, |evaluation| {
            let entries = evaluation.breakdowns.get(score.index()).map(|breakdown| &breakdown.entries);
            let taking = entries.into_iter().flatten().filter(|entry| entry.took_part);
            let rules = taking.filter_map(|entry| match entry.kind {
                EntryKind::Rule(rule) => Some(rule),
                _ => None,
            });
            (rules.collect(), evaluation.results.excluded.is_some())
        });
        (Example { witness, rules }, is_excluded)
    }

    /// Pairs of `when` rules of one score, inside the same conditions: proved that the second takes part whenever the
    /// first does. Never those that never do.
    pub fn implied(&self) -> &BTreeSet<(RuleId, RuleId)> {
        self.proofs().implied.get_or_init(|| {
            let mut found = BTreeSet::new();
            for place in self.rules().iter().filter(|place| matches!(place.rule.body, Body::When(_))) {
                let Some(own) = self.participation(place.rule.id) else { continue };
                let Some(example) = &own.example else { continue };
                let others = example.rules.iter().filter(|other| **other != place.rule.id);
                let others = others.filter_map(|other| self.implied_perhaps(place, own, *other));
                for (other, condition) in others.take(MOST_ASKED) {
                    let asked = [Given::holds(&own.condition), Given::fails(condition)];
                    if self.analysis.is_impossible(&[&place.given()[..], &asked].concat()) {
                        found.insert((place.rule.id, other));
                    }
                }
            }
            found
        })
    }

    fn implied_perhaps(
        &self,
        place: &RulePlace<'a>,
        own: &Participation,
        other: RuleId,
    ) -> Option<(RuleId, &Condition)> {
        let (there, its) = (self.rule(other)?, self.participation(other)?);
        let same_around = place.whens.len() == there.whens.len()
            && place.whens.iter().zip(&there.whens).all(|(one, two)| std::ptr::eq(*one, *two));
        let is_when = matches!(there.rule.body, Body::When(_));
        let may = own.reads.share(&its.reads) && !own.reads.changes_with_time(&its.reads);
        (is_when && same_around && may).then_some((other, &its.condition))
    }

    /// Two rules take part for the same leads.
    pub fn are_equivalent(&self, one: RuleId, other: RuleId) -> bool {
        self.implied().contains(&(one, other)) && self.implied().contains(&(other, one))
    }

    /// Whether an example shows all that it shall.
    pub fn is_shown(&self, witness: &Witness, claims: &[Condition]) -> bool {
        self.analysis.evaluate(witness, |evaluation| claims.iter().all(|claim| evaluation.holds(claim)))
    }

    /// Adds an example, where it shows what it shall: without the events and fields that it can do without.
    pub fn show(&self, finding: &mut Finding, shows: impl Into<String>, witness: &Witness, claims: Vec<Condition>) {
        if self.is_shown(witness, &claims) {
            finding.example(shows, &self.shrunk(witness, &claims), claims);
        }
    }

    /// First half of the events is left out, then quarters, and so on; then single fields.
    fn shrunk(&self, witness: &Witness, claims: &[Condition]) -> Witness {
        let mut least = witness.clone();
        let mut left = MOST_SHRUNK;
        let mut size = least.events.len().div_ceil(2);
        while size > 0 && left > 0 {
            let mut from = 0;
            while from < least.events.len() && left > 0 {
                let mut without = least.clone();
                without.events.drain(from..(from + size).min(least.events.len()));
                left -= 1;
                match self.is_shown(&without, claims) {
                    true => least = without,
                    false => from += size,
                }
            }
            size = if size == 1 { 0 } else { size.div_ceil(2) };
        }
        let is_needed = |field: FieldId| {
            let field_of = self.model.lead.fields.get(field.index());
            self.model.lead.key == Some(field) || field_of.is_some_and(|field| field.required)
        };
        for (field, _) in witness.lead.iter().filter(|(field, _)| !is_needed(*field)) {
            let mut without = least.clone();
            without.lead.retain(|(known, _)| known != field);
            if self.is_shown(&without, claims) {
                least = without;
            }
        }
        least
    }

    /// Adds the lead with the highest or the lowest score, where there is one.
    pub fn show_end(&self, finding: &mut Finding, score: ScoreId, highest: bool) {
        let known = self.proofs().ends.borrow().get(&(score, highest)).cloned();
        let end = known.unwrap_or_else(|| {
            let end = self.plain_end(score, highest);
            self.proofs().ends.borrow_mut().insert((score, highest), end.clone());
            end
        });
        if let Some((value, witness)) = end {
            let end = if highest { "most" } else { "least" };
            let shows = format!("this lead has {value} points of `{}`, the {end} there is", self.score_name(score));
            finding.example(shows, &witness, vec![claim::score_is(score, value)]);
        }
    }

    fn plain_end(&self, score: ScoreId, highest: bool) -> Option<ShownEnd> {
        let range = self.range_of_score(score);
        let bound = if highest { range.highest() } else { range.lowest() };
        let (value, witness) = bound?.exact()?;
        let claims = [claim::score_is(score, value)];
        self.is_shown(witness, &claims).then(|| (value, Rc::new(self.shrunk(witness, &claims))))
    }

    /// Whether a score is made of so few rules that its values can be searched.
    pub fn is_small(&self, score: ScoreId) -> bool {
        let rules = self.made_of(score).into_iter().map(|score| self.rules_of(score).count());
        rules.sum::<usize>() <= MOST_SEARCHED
    }

    pub fn score_name(&self, score: ScoreId) -> &'a str {
        self.model.scores.get(score.index()).map_or("", |score| &score.name)
    }
}

/// What must hold for a rule to take part, where that is one condition.
fn takes_part(body: &Body) -> Option<Condition> {
    match body {
        Body::When(condition) => Some(condition.clone()),
        Body::ForEach(each) if matches!(each.each, Each::Event) => {
            Some(claim::has_events(&each.selector, Decimal::ONE))
        }
        Body::ForEach(_) | Body::ForEvery(_) | Body::Always => None,
    }
}

/// The plain number of points of a rule: `+20`.
pub fn constant_points(place: &RulePlace<'_>) -> Option<Decimal> {
    match place.rule.points {
        Points::Constant(points) => Some(points),
        _ => None,
    }
}

/// Those that stand in one list of items, in the order written.
pub fn by_siblings<'c, 'a>(context: &'c Context<'a>) -> Vec<Vec<&'c RulePlace<'a>>> {
    let mut lists: BTreeMap<usize, Vec<&RulePlace<'a>>> = BTreeMap::new();
    for place in context.rules() {
        lists.entry(place.siblings.as_ptr() as usize).or_default().push(place);
    }
    let mut lists: Vec<_> = lists.into_values().collect();
    lists.sort_by_key(|list| list.first().map(|place| place.rule.id));
    lists
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
mod tests {
    use crate::analysis::Analysis;
    use crate::lint::Context;
    use crate::lint::settings::Names;
    use crate::lint::testing::{AS_OF, LEAD, compile};
    use crate::model::RuleId;

    #[test]
    fn implied_and_excluded_rules() {
        let rules = "exclude \"Old\" when created before 2020-01-01\nscore fit {\n+1 when employees > 9\n\
                     +1 when employees > 5\n+1 when created before 2015-01-01\n+1 when created in last 9 days\n\
                     +1 when created after 2020-01-01\n}";
        let (program, model) = compile(&format!("{LEAD}{rules}"));
        let (analysis, names) = (Analysis::new(&model, AS_OF), Names::default());
        let context = Context::new(&program, &analysis, &names);
        // The last 9 days lie after 2020 only as of today.
        assert_eq!(context.implied().iter().copied().collect::<Vec<_>>(), [(RuleId(0), RuleId(1))]);
        let excluded: Vec<u32> =
            (0..5).filter(|rule| context.participation(RuleId(*rule)).is_some_and(|own| own.is_excluded)).collect();
        assert_eq!(excluded, [2]);
    }
}
