//! Whether two models can ever differ: proved equal, or an example lead that tells them apart.
//!
//! First what the analysis knows of the changed parts, then leads made up of the values that the rules name. An example is
//! one only when both models were run on it.

use super::changes::{Change, ChangeKind, Changes, Side};
use super::outline::RulePart;
use super::pools::{Chance, Pools};
use super::sample::{Sample, differences};
use crate::analysis::{Analysis, Bound, Given, Verdict as Proof, Witness};
use crate::model::walk::{Part, walk_rule};
use crate::model::{
    BandId, Body, Condition, DateExpr, Each, ListExpr, Model, NumberExpr, Points, ScoreId, Symbol, TextExpr,
    ThresholdId, YesNoExpr,
};
use crate::run::condition;
use crate::value::{Decimal, Instant, Text, Value, fold_name};
use std::collections::BTreeSet;

/// So many leads are made up.
const TRIES: usize = 12_000;
/// So many examples of the analysis are what made-up leads begin with.
const MOST_SEEDS: usize = 24;

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
    let mut search = Search { changes, as_of, seeds: Vec::new(), tried: 0 };
    // Where a result is not there in one of them, any lead will do.
    if let Some(told) = search.tell(&Sample::default()) {
        return Verdict::Differ(Box::new(told));
    }
    let counting: Vec<&Change> = changes.changes.iter().filter(|change| change.counts).collect();
    let mut proved = true;
    for change in &counting {
        match search.examine(change, &old, &new) {
            Examined::Found(told) => return Verdict::Differ(told),
            Examined::NeverShows => {}
            Examined::Open => proved = false,
        }
    }
    if proved {
        return Verdict::ProvedEqual;
    }
    match search.make_up(&counting) {
        Some(told) => Verdict::Differ(Box::new(told)),
        None => Verdict::Unknown { tried: search.tried },
    }
}

enum Examined {
    Found(Box<Told>),
    /// A proof
    NeverShows,
    Open,
}

struct Search<'a, 'model> {
    changes: &'a Changes<'model>,
    as_of: Instant,
    /// What the analysis gave, and does not tell the models apart as it is.
    seeds: Vec<Sample>,
    tried: usize,
}

impl<'model> Search<'_, 'model> {
    /// Runs both models; `None` where they agree, or where a row would be bad.
    fn tell(&mut self, sample: &Sample) -> Option<Told> {
        self.tried += 1;
        let (old, new) = (self.changes.old.model, self.changes.new.model);
        let (before, after) = (sample.results(old, self.as_of)?, sample.results(new, self.as_of)?);
        let differences = differences((old, &before), (new, &after));
        if differences.is_empty() {
            return None;
        }
        Some(Told { sample: sample.clone(), written: self.written(sample), differences })
    }

    /// In the words of the model that knows all of it, the new one if both do.
    fn written(&self, sample: &Sample) -> String {
        let (old, new) = (self.changes.old.model, self.changes.new.model);
        let knows = |model: &Model| {
            let fields: BTreeSet<String> = model.lead.fields.iter().map(|field| fold_name(&field.name)).collect();
            let events: BTreeSet<String> = model.events.iter().map(|event| fold_name(&event.name)).collect();
            sample.fields.keys().all(|name| fields.contains(name))
                && sample.events.iter().all(|event| events.contains(&event.kind))
        };
        let model = if knows(new) || !knows(old) { new } else { old };
        sample.to_witness(model).map(|witness| witness.show(model, self.as_of)).unwrap_or_default()
    }

    fn try_witness(&mut self, model: &Model, witness: &Witness) -> Option<Box<Told>> {
        let sample = Sample::of(model, witness);
        if self.seeds.contains(&sample) {
            return None;
        }
        let told = self.tell(&sample);
        if told.is_none() && self.seeds.len() < MOST_SEEDS {
            self.seeds.push(sample);
        }
        told.map(|told| Box::new(self.shrunk(told)))
    }

    /// Leaves out what the example does not need.
    fn shrunk(&mut self, told: Told) -> Told {
        let mut best = told;
        for name in best.sample.fields.keys().cloned().collect::<Vec<_>>() {
            let mut smaller = best.sample.clone();
            smaller.fields.remove(&name);
            best = self.tell(&smaller).unwrap_or(best);
        }
        for place in (0..best.sample.events.len()).rev() {
            let mut smaller = best.sample.clone();
            smaller.events.remove(place);
            best = self.tell(&smaller).unwrap_or(best);
        }
        best
    }

    fn examine(&mut self, change: &Change, old: &Analysis<'model>, new: &Analysis<'model>) -> Examined {
        match (change.what, change.rule) {
            ("rule", (Some(one), Some(two))) => self.changed_rule(change, (one, two), old, new),
            ("rule", (None, Some(place))) => self.lone_rule(&self.changes.new, place, new),
            ("rule", (Some(place), None)) => self.lone_rule(&self.changes.old, place, old),
            ("threshold", _) if change.kind == ChangeKind::Changed => self.threshold(change, old, new),
            _ => {
                let examples = [extremes(old, change), extremes(new, change)];
                for (analysis, examples) in [old, new].into_iter().zip(examples) {
                    for witness in examples {
                        if let Some(told) = self.try_witness(analysis.model(), &witness) {
                            return Examined::Found(told);
                        }
                    }
                }
                Examined::Open
            }
        }
    }

    /// Where only the condition changed: whether one can hold without the other.
    fn changed_rule(
        &mut self,
        change: &Change,
        (one, two): (usize, usize),
        old: &Analysis<'model>,
        new: &Analysis<'model>,
    ) -> Examined {
        let changes = self.changes;
        let (Some(before), Some(after)) = (changes.old.rule(one), changes.new.rule(two)) else { return Examined::Open };
        let only_condition =
            change.details.iter().all(|detail| matches!(detail.aspect, "condition" | "label" | "group"));
        let mut never_shows = false;
        if let (Body::When(was), Body::When(is)) = (&before.rule.body, &after.rule.body)
            && only_condition
            && let Some(was) = translated(was, &changes.old, &changes.new)
        {
            let context = new.context_of_rule(after.rule.id);
            match self.either_without_the_other(&was, is, &context, new) {
                Ok(told) => return Examined::Found(told),
                Err(proved) => never_shows = proved,
            }
        }
        for (analysis, rule) in [(new, after.rule), (old, before.rule)] {
            for witness in self.firing(analysis, rule.id, &rule.body) {
                if let Some(told) = self.try_witness(analysis.model(), &witness) {
                    return Examined::Found(told);
                }
            }
        }
        if !never_shows && let Some(told) = self.repeated(before, after, old, new) {
            return Examined::Found(told);
        }
        if never_shows { Examined::NeverShows } else { Examined::Open }
    }

    /// An event that the rule counts, as often as its limits allow and once more, near together and far apart.
    fn repeated(
        &mut self,
        before: &RulePart<'model>,
        after: &RulePart<'model>,
        old: &Analysis<'model>,
        new: &Analysis<'model>,
    ) -> Option<Box<Told>> {
        let (mut times, mut at_least) = (BTreeSet::from([1, 2, 3]), BTreeSet::from([1]));
        for rule in [before.rule, after.rule] {
            if let Points::Series(series) = &rule.points {
                times.insert(series.len() as u64 + 1);
            }
            let Body::ForEach(each) = &rule.body else { continue };
            times.extend(each.limits.iter().flat_map(|limit| [limit.times, limit.times.saturating_add(1)]));
            if let Each::Calendar { at_least: few, .. }
            | Each::Property { at_least: few, .. }
            | Each::At { at_least: few } = each.each
            {
                at_least.extend([few, few.saturating_sub(1).max(1)]);
            }
        }
        for (analysis, rule) in [(new, after.rule), (old, before.rule)] {
            let Body::ForEach(each) = &rule.body else { continue };
            let context = analysis.context_of_rule(rule.id);
            let Some(witness) = analysis.can_select(&each.selector, &context).witness().cloned() else { continue };
            let first = Sample::of(analysis.model(), &witness);
            for sample in spread_out(&first, &times, &at_least) {
                if let Some(told) = self.tell(&sample) {
                    return Some(Box::new(self.shrunk(told)));
                }
            }
        }
        None
    }

    /// An example, else whether there is proved to be none.
    fn either_without_the_other(
        &mut self,
        was: &Condition,
        is: &Condition,
        context: &[Given<'_>],
        new: &Analysis<'model>,
    ) -> Result<Box<Told>, bool> {
        let mut proved = true;
        for (holds, fails) in [(was, is), (is, was)] {
            let given = [context, &[Given::holds(holds), Given::fails(fails)]].concat();
            match new.possible(&given) {
                Proof::Yes(witness) => {
                    proved = false;
                    if let Some(told) = self.try_witness(new.model(), &witness) {
                        return Ok(told);
                    }
                }
                Proof::Unknown => proved = false,
                Proof::No => {}
            }
        }
        Err(proved)
    }

    /// A rule that only one of the models has.
    fn lone_rule(&mut self, side: &Side<'model>, place: usize, analysis: &Analysis<'model>) -> Examined {
        let Some(part) = side.rule(place) else { return Examined::Open };
        if matches!(part.rule.points, Points::Constant(Decimal::ZERO))
            && side.outline.holders.get(part.holder).is_some_and(|holder| holder.group.is_none())
        {
            return Examined::NeverShows;
        }
        for witness in self.firing(analysis, part.rule.id, &part.rule.body) {
            if let Some(told) = self.try_witness(analysis.model(), &witness) {
                return Examined::Found(told);
            }
        }
        let context = analysis.context_of_rule(part.rule.id);
        let never = match &part.rule.body {
            Body::When(condition) => analysis.possible(&[&context[..], &[Given::holds(condition)]].concat()).is_no(),
            Body::ForEach(each) => analysis.can_select(&each.selector, &context).is_no(),
            Body::Always | Body::ForEvery(_) => false,
        };
        if never { Examined::NeverShows } else { Examined::Open }
    }

    /// Leads for which a rule gives points, and some for which it does not.
    fn firing(&self, analysis: &Analysis<'model>, rule: crate::model::RuleId, body: &Body) -> Vec<Witness> {
        let context = analysis.context_of_rule(rule);
        let mut examples = Vec::new();
        match body {
            Body::When(condition) => {
                for given in [Given::holds(condition), Given::fails(condition)] {
                    examples.extend(analysis.possible(&[&context[..], &[given]].concat()).witness().cloned());
                }
            }
            Body::ForEach(each) => examples.extend(analysis.can_select(&each.selector, &context).witness().cloned()),
            Body::Always | Body::ForEvery(_) => {}
        }
        let range = analysis.range_of_rule(rule, &[]);
        let ends = [range.highest().and_then(Bound::exact), range.lowest().and_then(Bound::exact)];
        examples.extend(ends.into_iter().flatten().map(|(_, witness)| witness.clone()));
        examples
    }

    fn threshold(&mut self, change: &Change, old: &Analysis<'model>, new: &Analysis<'model>) -> Examined {
        let changes = self.changes;
        let find = |model: &'model Model| {
            let place =
                model.thresholds.iter().position(|threshold| fold_name(&threshold.name) == fold_name(&change.name));
            place.and_then(|place| Some((ThresholdId(place as u32), model.thresholds.get(place)?)))
        };
        let (Some((old_id, was)), Some((new_id, is))) = (find(changes.old.model), find(changes.new.model)) else {
            return Examined::Open;
        };
        let only_condition =
            change.details.iter().all(|detail| matches!(detail.aspect, "condition" | "label" | "action"));
        if only_condition && let Some(was) = translated(&was.when, &changes.old, &changes.new) {
            match self.either_without_the_other(&was, &is.when, &[], new) {
                Ok(told) => return Examined::Found(told),
                Err(true) => return Examined::NeverShows,
                Err(false) => {}
            }
        }
        for (analysis, id) in [(old, old_id), (new, new_id)] {
            for proof in [analysis.can_meet(id, &[]), analysis.can_fail_to_meet(id, &[])] {
                if let Some(told) = proof.witness().and_then(|witness| self.try_witness(analysis.model(), witness)) {
                    return Examined::Found(told);
                }
            }
        }
        Examined::Open
    }

    /// Leads made up of what the rules name.
    fn make_up(&mut self, counting: &[&Change]) -> Option<Told> {
        let (old, new) = (self.changes.old.model, self.changes.new.model);
        let first = only_in_one(old, new);
        let pools = Pools::new([old, new], self.as_of, &first);
        let focus: Vec<BTreeSet<String>> = counting.iter().map(|change| self.focus(change)).collect();
        let mut chance = Chance::new(0x5C07E);
        let thresholds: Vec<String> =
            new.thresholds.iter().chain(&old.thresholds).map(|it| fold_name(&it.name)).collect();
        let none = (Sample::default(), BTreeSet::new());
        for attempt in 0..TRIES {
            let base = match attempt % 3 {
                0 => &none.0,
                _ => self.seeds.get(chance.below(self.seeds.len())).unwrap_or(&none.0),
            };
            let focus = focus.get(attempt % focus.len().max(1)).unwrap_or(&none.1);
            let mut sample = pools.sample(&mut chance, self.as_of, base, focus);
            if chance.one_in(4) {
                sample.before.extend(thresholds.iter().filter(|_| chance.one_in(2)).cloned());
            }
            if let Some(told) = self.tell(&sample) {
                return Some(self.shrunk(told));
            }
        }
        None
    }

    /// The names of fields and events that a change is about.
    fn focus(&self, change: &Change) -> BTreeSet<String> {
        let mut names = BTreeSet::new();
        let sides = [(&self.changes.old, change.rule.0), (&self.changes.new, change.rule.1)];
        for (side, rule) in sides {
            let Some(part) = rule.and_then(|place| side.rule(place)) else { continue };
            let mut open = Vec::new();
            walk_rule(part.rule, &mut |part| note(side.model, part, &mut names, &mut open));
            let mut seen = BTreeSet::new();
            while let Some(symbol) = open.pop() {
                if !seen.insert(symbol) {
                    continue;
                }
                match symbol {
                    Symbol::Define(id) => {
                        if let Some(define) = side.model.defines.get(id.index()) {
                            crate::model::walk::walk_any(&define.value, &mut |part| {
                                note(side.model, part, &mut names, &mut open)
                            });
                        }
                    }
                    Symbol::Lookup(id) => {
                        if let Some(lookup) = side.model.lookups.get(id.index()) {
                            crate::model::walk::walk_lookup(&lookup.table, &mut |part| {
                                note(side.model, part, &mut names, &mut open)
                            });
                        }
                    }
                    _ => {}
                }
            }
        }
        if matches!(change.what, "field" | "event") {
            names.insert(fold_name(&change.name));
        }
        names
    }
}

/// The events of an example `times` times over, each `at_least` times at once; with one text in all, and with others.
fn spread_out<'a>(
    first: &'a Sample,
    times: &'a BTreeSet<u64>,
    at_least: &'a BTreeSet<u64>,
) -> impl Iterator<Item = Sample> + 'a {
    const HOUR: i64 = 3_600_000_000;
    const MOST: u64 = 200;
    let apart = [0, HOUR, 24 * HOUR, 7 * 24 * HOUR, 31 * 24 * HOUR];
    let ways = apart.into_iter().flat_map(move |apart| {
        let pairs = times.iter().flat_map(move |times| at_least.iter().map(move |few| (*times, *few)));
        pairs
            .filter(|(times, few)| times.saturating_mul(*few) <= MOST)
            .flat_map(move |(times, few)| [false, true].map(|others| (apart, times, few, others)))
    });
    ways.map(move |(apart, times, few, others)| {
        let mut sample = Sample { events: Vec::new(), ..first.clone() };
        for number in 0..times as i64 {
            for event in first.events.iter().flat_map(|event| std::iter::repeat_n(event, few as usize)) {
                let mut event = event.clone();
                event.at = Instant(event.at.0.saturating_sub(apart.saturating_mul(number)));
                for value in event.properties.values_mut().filter(|_| others && number > 0) {
                    if let Value::Text(text) = value {
                        *value =
                            Text::new(&format!("{} {number}", text.given)).map_or_else(|| value.clone(), Value::Text);
                    }
                }
                sample.events.push(event);
            }
        }
        sample.sort();
        sample
    })
}

/// Notes the fields and events that a part reads, and what it names.
fn note(model: &Model, part: Part<'_>, names: &mut BTreeSet<String>, open: &mut Vec<Symbol>) {
    let field = match part {
        Part::Number(NumberExpr::Field(id)) => Some(*id),
        Part::Text(TextExpr::Field(id)) => Some(*id),
        Part::Date(DateExpr::Field(id)) => Some(*id),
        Part::YesNo(YesNoExpr::Field(id)) => Some(*id),
        Part::List(ListExpr::Field(id)) => Some(*id),
        _ => None,
    };
    names.extend(field.and_then(|id| model.lead.fields.get(id.index())).map(|field| fold_name(&field.name)));
    match part {
        Part::Selector(selector) => {
            let types = selector.types.iter().filter_map(|event| model.events.get(event.index()));
            names.extend(types.map(|event| fold_name(&event.name)));
        }
        Part::Define(id) => open.push(Symbol::Define(id)),
        Part::Number(NumberExpr::Lookup(id)) | Part::Text(TextExpr::Lookup(id)) => open.push(Symbol::Lookup(*id)),
        _ => {}
    }
}

/// A condition of the old model as the new one would read it; `None` where it would mean something else there.
fn translated(condition: &Condition, from: &Side<'_>, to: &Side<'_>) -> Option<Condition> {
    let text = from.model.sources.text(condition.span);
    let (read, _) = condition::read(to.model, "before", text).ok()?;
    (to.meaning.condition(&read) == from.meaning.condition(condition)).then_some(read)
}

/// Examples at the ends of a score and in each of its bands.
fn extremes(analysis: &Analysis<'_>, change: &Change) -> Vec<Witness> {
    let model = analysis.model();
    let wanted = change.score.as_deref().or((change.what == "score").then_some(change.name.as_str()));
    let mut examples = Vec::new();
    for (place, score) in model.scores.iter().enumerate() {
        if wanted.is_some_and(|wanted| fold_name(wanted) != fold_name(&score.name)) {
            continue;
        }
        let id = ScoreId(place as u32);
        for range in [analysis.range_of_score(id, &[]), analysis.range_of_score_before_limits(id, &[])] {
            let ends = [range.highest().and_then(Bound::exact), range.lowest().and_then(Bound::exact)];
            examples.extend(ends.into_iter().flatten().map(|(_, witness)| witness.clone()));
        }
        let bands = score.bands.as_ref().map_or(0, |bands| bands.bands.len());
        for band in 0..bands {
            examples.extend(analysis.can_reach_band(id, BandId(band as u32)).witness().cloned());
        }
    }
    if change.what == "exclude" {
        for exclude in &model.excludes {
            examples.extend(analysis.can_hold(&exclude.when).witness().cloned());
        }
    }
    examples
}

/// Values that a list or a table has in one model and not in the other.
fn only_in_one(old: &Model, new: &Model) -> Vec<String> {
    use crate::model::{LookupTable, RowTest};
    let values = |model: &Model| -> BTreeSet<String> {
        let lists = model.lists.iter().flat_map(|list| list.values.iter().map(|value| value.given.to_string()));
        let rows = model.lookups.iter().flat_map(|lookup| {
            let tests: Vec<&RowTest> = match &lookup.table {
                LookupTable::Text(table) => table.rows.iter().map(|row| &row.test).collect(),
                LookupTable::Number(table) => table.rows.iter().map(|row| &row.test).collect(),
            };
            let values = tests.into_iter().filter_map(|test| match test {
                RowTest::Values(values) => Some(values.iter().cloned().collect::<Vec<_>>()),
                RowTest::Edge { .. } | RowTest::Else => None,
            });
            values.flatten().collect::<Vec<_>>()
        });
        lists.chain(rows).collect()
    };
    let (old, new) = (values(old), values(new));
    old.symmetric_difference(&new).cloned().collect()
}
