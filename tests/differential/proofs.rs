//! What the analysis says of a model, held against leads: none goes past a bound, has what was proved impossible, or
//! misses what was proved certain; and each example shows what it is an example of.

use super::anyone::Constants;
use super::case::Case;
use super::chance::Chance;
use super::given::Typed;
use super::subjects::examples;
use scorelang::analysis::{Analysis, Bound, Range, Verdict, Witness};
use scorelang::model::{
    BandId, Body, Condition, FieldKind, Group, Item, MatrixId, Model, RuleId, ScoreBody, ScoreId, ThresholdId,
};
use scorelang::reference::{EntryKind, Evaluation, evaluate};
use scorelang::value::{Decimal, Instant, Value};

/// How many generated models every test run looks at; `DIFFERENTIAL_PROOFS` sets another number.
const CASES: u64 = 8;

/// What is claimed about an evaluation.
type Look<'m> = Box<dyn Fn(&Evaluation<'_>) -> bool + 'm>;

/// A value of an evaluation.
type Measure<'m> = Box<dyn Fn(&Evaluation<'_>) -> Option<Decimal> + 'm>;

/// All that is said of a model.
#[derive(Default)]
struct Said<'m> {
    ranges: Vec<(String, Range<'m, 'm>, Measure<'m>)>,
    verdicts: Vec<(String, Verdict, Look<'m>)>,
}

impl<'m> Said<'m> {
    fn of(model: &'m Model, analysis: &'m Analysis<'m>) -> Said<'m> {
        let mut said = Said::default();
        for (place, score) in model.scores.iter().enumerate() {
            let id = ScoreId(place as u32);
            let measure: Measure<'m> = Box::new(move |evaluation| evaluation.results.scores[place]);
            said.ranges.push((format!("score {}", score.name), analysis.range_of_score(id, &[]), measure));
            let missing: Look<'m> = Box::new(move |evaluation| evaluation.results.scores[place].is_none());
            said.verdicts.push((format!("{} missing", score.name), analysis.can_be_missing(id), missing));
            for band in 0..score.bands.as_ref().map_or(0, |bands| bands.bands.len()) as u32 {
                let look: Look<'m> = Box::new(move |evaluation| evaluation.results.bands[place] == Some(BandId(band)));
                said.verdicts.push((
                    format!("{} band {band}", score.name),
                    analysis.can_reach_band(id, BandId(band)),
                    look,
                ));
            }
            if let ScoreBody::Rules { items, when, .. } = &score.body {
                when.iter().for_each(|when| said.condition(analysis, when));
                said.items(analysis, id, items);
            }
        }
        said.results(model, analysis);
        said
    }

    fn results(&mut self, model: &'m Model, analysis: &'m Analysis<'m>) {
        for (place, threshold) in model.thresholds.iter().enumerate() {
            let id = ThresholdId(place as u32);
            for (met, verdict) in [(true, analysis.can_meet(id, &[])), (false, analysis.can_fail_to_meet(id, &[]))] {
                let look: Look<'m> = Box::new(move |evaluation| evaluation.results.thresholds[place] == met);
                self.verdicts.push((format!("threshold {} {met}", threshold.name), verdict, look));
            }
        }
        for (place, matrix) in model.matrices.iter().enumerate() {
            for (row, cells) in matrix.cells.iter().enumerate() {
                for column in 0..cells.len() {
                    let cell = (BandId(row as u32), BandId(column as u32));
                    let verdict = analysis.can_reach_cell(MatrixId(place as u32), cell.0, cell.1);
                    let look: Look<'m> = Box::new(move |evaluation| evaluation.results.matrices[place] == Some(cell));
                    self.verdicts.push((format!("cell {cell:?} of {}", matrix.name), verdict, look));
                }
            }
        }
    }

    fn items(&mut self, analysis: &'m Analysis<'m>, score: ScoreId, items: &'m [Item]) {
        for item in items {
            match item {
                Item::Rule(rule) => {
                    let range = analysis.range_of_rule(rule.id, &[]);
                    let id = rule.id;
                    self.ranges.push((format!("rule {id:?}"), range, Box::new(move |of| rule_points(of, id))));
                    if let Body::When(when) = &rule.body {
                        self.condition(analysis, when);
                    }
                }
                Item::Group(group) => {
                    let range = analysis.range_of_group(group, &[]);
                    self.ranges.push((format!("group {:?}", group.label), range, group_points(score, group)));
                    group.when.iter().for_each(|when| self.condition(analysis, when));
                    self.items(analysis, score, &group.items);
                }
            }
        }
    }

    fn condition(&mut self, analysis: &'m Analysis<'m>, condition: &'m Condition) {
        let what = format!("{:?}", condition.kind);
        let holds: Look<'m> = Box::new(|evaluation| evaluation.holds(condition));
        self.verdicts.push((what.clone(), analysis.can_hold(condition), holds));
        let fails: Look<'m> = Box::new(|evaluation| !evaluation.holds(condition));
        self.verdicts.push((format!("not {what}"), analysis.can_fail(condition), fails));
    }

    /// Each example, run through the reference evaluator, shows what is claimed.
    fn examples_show(&self, analysis: &'m Analysis<'m>, name: &str) {
        let shown = |witness: &Witness| witness.show(analysis.model(), analysis.as_of());
        for (what, range, measure) in &self.ranges {
            for bound in [range.lowest(), range.highest()].into_iter().flatten() {
                if let Bound::Exact(end, witness) = bound {
                    let value = analysis.evaluate(witness, |evaluation| measure(evaluation));
                    assert_eq!(value, Some(*end), "{name}: {what}\n{}", shown(witness));
                }
            }
        }
        for (what, verdict, look) in &self.verdicts {
            if let Some(witness) = verdict.witness() {
                assert!(
                    analysis.evaluate(witness, |evaluation| look(evaluation)),
                    "{name}: {what}\n{}",
                    shown(witness)
                );
            }
        }
    }

    /// A lead goes against none of it.
    fn holds_for(&self, evaluation: &Evaluation<'_>, told: &dyn Fn() -> String) {
        for (what, range, measure) in &self.ranges {
            let Some(value) = measure(evaluation) else { continue };
            let (least, most) = (range.at_least(), range.at_most());
            let is_within = least.is_none_or(|least| least <= value) && most.is_none_or(|most| value <= most);
            let is_within = is_within && !range.is_never();
            assert!(is_within, "{what} is {value}, said was from {least:?} to {most:?}: {}", told());
        }
        for (what, verdict, look) in &self.verdicts {
            assert!(!(verdict.is_no() && look(evaluation)), "proved impossible: {what}: {}", told());
        }
    }
}

fn rule_points(evaluation: &Evaluation<'_>, rule: RuleId) -> Option<Decimal> {
    let own = evaluation.breakdowns.iter().find_map(|breakdown| breakdown.total.and(breakdown.rule(rule)));
    own.map(|entry| entry.points)
}

fn group_points<'m>(score: ScoreId, group: &'m Group) -> Measure<'m> {
    Box::new(move |evaluation| {
        let breakdown = &evaluation.breakdowns[score.index()];
        let own = |kind, span| kind == EntryKind::Group && span == Some(group.span);
        breakdown
            .total
            .and(breakdown.entries.iter().find(|entry| own(entry.kind, entry.span)))
            .map(|entry| entry.points)
    })
}

/// Its fields lie in their ranges, and those that must be known are: what the analysis speaks of.
pub fn is_as_declared(model: &Model, typed: &Typed) -> bool {
    let fits = |kind: &FieldKind, value: &Option<Value>, is_needed: bool| match (kind, value) {
        (_, None) => !is_needed,
        (FieldKind::Number { from, to, .. }, Some(Value::Number(number))) => {
            from.is_none_or(|from| from <= *number) && to.is_none_or(|to| *number <= to)
        }
        _ => true,
    };
    let lead = model.lead.fields.iter().zip(&typed.lead.values);
    lead.into_iter().all(|(field, value)| fits(&field.kind, value, field.required))
        && typed.events.iter().all(|event| {
            let properties = model.events[event.kind.index()].properties.iter().zip(&event.values);
            properties.into_iter().all(|(property, value)| fits(&property.kind, value, property.required))
        })
}

/// Everything that is said of a model against its examples and these leads.
/// What stayed open, and how many questions there were.
fn look_at(model: &Model, as_of: Instant, name: &str, leads: Vec<Typed>) -> (Vec<String>, usize) {
    let analysis = Analysis::new(model, as_of);
    let said = Said::of(model, &analysis);
    said.examples_show(&analysis, name);
    for mut typed in leads {
        // Thresholds are asked about for leads that did not meet them before.
        typed.previous.met.fill(false);
        typed.events.sort_by_key(|event| event.at);
        if !is_as_declared(model, &typed) {
            continue;
        }
        let evaluation = evaluate(model, &typed.lead, &typed.events, &typed.previous, as_of, None);
        if evaluation.results.excluded.is_none() {
            said.holds_for(&evaluation, &|| format!("{name}\n{:?}\n{:?}", typed.lead, typed.events));
        }
    }
    let open = said.verdicts.iter().filter(|(_, verdict, _)| *verdict == Verdict::Unknown);
    (open.map(|(what, ..)| what.clone()).collect(), said.verdicts.len())
}

#[test]
fn no_generated_lead_goes_against_the_analysis() {
    let (mut open, mut asked) = (0, 0);
    for seed in 700_000..700_000 + super::variable("DIFFERENTIAL_PROOFS").unwrap_or(CASES) {
        let case = Case::generate(seed);
        let Ok(model) = case.compile() else { continue };
        let leads = case.leads.iter().map(|lead| lead.typed(&model)).collect();
        let of_case = look_at(&model, case.as_of(), &format!("seed {seed}\n{}", case.written.model.text()), leads);
        open += of_case.0.len();
        asked += of_case.1;
    }
    assert!(open * 10 <= asked * 3, "{open} of {asked} questions stay open");
}

#[test]
fn no_lead_of_an_example_goes_against_the_analysis() {
    for (path, text, model) in examples() {
        let (constants, mut chance) = (Constants::of(&text), Chance::new(17));
        let as_of = super::leads::instant("2026-11-01T00:00:00Z");
        let leads = (0..200).map(|_| constants.lead(&model, as_of, &mut chance)).collect();
        let (open, asked) = look_at(&model, as_of, &path, leads);
        assert!(open.len() * 10 <= asked, "{path}: {} of {asked} questions stay open\n{}", open.len(), open.join("\n"));
    }
}
