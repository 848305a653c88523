//! Values worth trying: those that the rules of two models name, and their neighbours.

use super::sample::{Sample, SampleEvent};
use crate::model::walk::{Part, walk_any, walk_condition, walk_items, walk_lookup, walk_number, walk_selector};
use crate::model::{
    Body, ConditionKind, DateExpr, DateTest, Field, FieldKind, Item, LimitScope, LookupTable, Model, NumberExpr,
    Pattern, Points, RowTest, ScoreBody, Table, TextExpr, TextOperand, TextTest,
};
use crate::value::{Decimal, Duration, Instant, Moment, Text, Value, fold_name};
use std::collections::{BTreeMap, BTreeSet};

const DAY: i64 = 86_400_000_000;
/// Values of one list or table that are tried.
const OF_A_LIST: usize = 60;
/// Events of one example.
const MOST_EVENTS: u64 = 12;

/// What examples are put together from.
#[derive(Debug, Default)]
pub struct Pools {
    fields: BTreeMap<String, Kinds>,
    /// By event: its properties
    events: BTreeMap<String, BTreeMap<String, Kinds>>,
    numbers: BTreeSet<Decimal>,
    texts: BTreeSet<String>,
    dates: BTreeSet<i64>,
    /// Microseconds before `as of`
    ages: BTreeSet<i64>,
    counts: BTreeSet<u64>,
}

/// The types that a field has in either model.
type Kinds = Vec<FieldKind>;

/// Numbers in a row that only depend on where they begin.
#[derive(Debug, Clone)]
pub struct Chance(u64);

impl Chance {
    pub fn new(seed: u64) -> Chance {
        Chance(seed)
    }

    pub fn number(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// Below `bound`; 0 for 0.
    pub fn below(&mut self, bound: usize) -> usize {
        (self.number() % bound.max(1) as u64) as usize
    }

    pub fn one_in(&mut self, many: usize) -> bool {
        self.below(many) == 0
    }
}

impl Pools {
    /// Of both models. `first`: texts to try before all others, such as those that one list has and the other not.
    pub fn new(models: [&Model; 2], as_of: Instant, first: &[String]) -> Pools {
        let mut pools = Pools::default();
        pools.ages.extend([0, 1, 3_600_000_000, DAY, 7 * DAY, 400 * DAY]);
        pools.counts.extend([1, 2]);
        pools.numbers.extend([Decimal::ZERO, Decimal::ONE]);
        pools.texts.insert("x".to_owned());
        pools.texts.extend(first.iter().take(OF_A_LIST).cloned());
        for model in models {
            pools.of_model(model, as_of);
        }
        pools
    }

    fn of_model(&mut self, model: &Model, as_of: Instant) {
        for field in &model.lead.fields {
            add_kind(self.fields.entry(fold_name(&field.name)).or_default(), field);
        }
        for event in &model.events {
            let properties = self.events.entry(fold_name(&event.name)).or_default();
            for property in &event.properties {
                add_kind(properties.entry(fold_name(&property.name)).or_default(), property);
            }
        }
        self.texts.extend(model.lead.missing.iter().cloned());
        for list in &model.lists {
            let values = list.values.iter().take(OF_A_LIST);
            values.for_each(|value| self.text(&value.given));
        }
        let mut met = Met::default();
        let mut visit = |part: Part<'_>| met.part(part);
        model.ignores.iter().for_each(|ignore| walk_selector(ignore, &mut visit));
        model.excludes.iter().for_each(|exclude| walk_condition(&exclude.when, &mut visit));
        model.defines.iter().for_each(|define| walk_any(&define.value, &mut visit));
        model.lookups.iter().for_each(|lookup| walk_lookup(&lookup.table, &mut visit));
        for score in &model.scores {
            match &score.body {
                ScoreBody::Rules { when, items, .. } => {
                    when.iter().for_each(|when| walk_condition(when, &mut visit));
                    walk_items(items, &mut visit);
                }
                ScoreBody::Derived(expr) => walk_number(expr, &mut visit),
            }
        }
        for threshold in &model.thresholds {
            walk_condition(&threshold.when, &mut visit);
            threshold.until.iter().for_each(|until| walk_condition(until, &mut visit));
        }
        for score in &model.scores {
            if let ScoreBody::Rules { items, .. } = &score.body {
                met.items(items);
            }
        }
        for lookup in &model.lookups {
            match &lookup.table {
                LookupTable::Text(table) => met.table(table),
                LookupTable::Number(table) => met.table(table),
            }
        }
        met.numbers.iter().for_each(|number| self.number(*number));
        met.texts.iter().for_each(|text| self.text(text));
        for moment in met.dates {
            let at = moment.first(&model.zone).0;
            self.dates.extend([at, at - 1, at + 1, at - DAY, at + DAY, moment.last(&model.zone).0]);
        }
        for length in met.durations {
            let Some(begin) = as_of.minus(length, &model.zone) else { continue };
            let age = as_of.0.saturating_sub(begin.0);
            self.ages.extend([
                age,
                age + 1,
                (age - 1).max(0),
                age / 2,
                age + DAY,
                (age - DAY).max(0),
                age.saturating_mul(2),
                age.saturating_mul(3),
            ]);
        }
        self.counts.extend(met.counts.iter().flat_map(|count| [*count, count + 1, count.saturating_sub(1)]));
        let ages: Vec<i64> = self.ages.iter().copied().collect();
        self.dates.extend(ages.iter().flat_map(|age| [as_of.0.saturating_sub(*age), as_of.0.saturating_add(*age)]));
        self.counts.retain(|count| (1..=MOST_EVENTS).contains(count));
    }

    fn number(&mut self, number: Decimal) {
        let step = Decimal::from_billionths(1_000_000);
        let near = [Decimal::ONE, step];
        self.numbers.insert(number);
        self.numbers.extend(near.iter().flat_map(|by| [number.add(*by), number.subtract(*by)]).flatten());
        if let Some(whole) = number.to_i64().filter(|whole| (1..=12).contains(whole)) {
            self.counts.extend([whole as u64, whole as u64 + 1]);
        }
        // For `length of`
        if let Some(length) = number.to_i64().filter(|length| (1..=300).contains(length)) {
            self.texts.extend([length, length + 1, length - 1].map(|length| "q".repeat(length as usize)));
        }
    }

    fn text(&mut self, text: &str) {
        self.texts.extend([text.to_owned(), format!("{text} x"), format!("x {text}"), format!("x{text}x")]);
        if text.contains('.') {
            self.texts.insert(format!("a@{text}"));
        }
    }

    /// A lead made at random; of `focus` more often than of the rest.
    pub fn sample(&self, chance: &mut Chance, as_of: Instant, base: &Sample, focus: &BTreeSet<String>) -> Sample {
        let mut sample = base.clone();
        let rest = 1 + chance.below(8);
        for (name, kinds) in &self.fields {
            let wanted = if focus.contains(name) { !chance.one_in(4) } else { chance.one_in(rest) };
            if wanted {
                match self.value(chance, kinds) {
                    Some(value) => sample.fields.insert(name.clone(), value),
                    None => sample.fields.remove(name),
                };
            }
        }
        let focused: Vec<(&String, _)> = self.events.iter().filter(|(name, _)| focus.contains(*name)).collect();
        let all: Vec<(&String, _)> = self.events.iter().collect();
        let rounds = if all.is_empty() { 0 } else { chance.below(3) };
        for _ in 0..rounds {
            let from = if focused.is_empty() || chance.one_in(4) { &all } else { &focused };
            let Some((kind, properties)) = from.get(chance.below(from.len())).copied() else { continue };
            let count = pick(chance, &self.counts).copied().unwrap_or(1);
            let one = self.event(chance, as_of, kind, properties);
            for _ in 0..count {
                let mut event =
                    if chance.one_in(2) { one.clone() } else { self.event(chance, as_of, kind, properties) };
                if chance.one_in(2) {
                    event.at = one.at;
                }
                if (sample.events.len() as u64) < 2 * MOST_EVENTS {
                    sample.events.push(event);
                }
            }
        }
        sample.sort();
        sample
    }

    fn event(
        &self,
        chance: &mut Chance,
        as_of: Instant,
        kind: &str,
        properties: &BTreeMap<String, Kinds>,
    ) -> SampleEvent {
        let age = pick(chance, &self.ages).copied().unwrap_or(0);
        let at = match (chance.one_in(5), pick(chance, &self.dates)) {
            (true, Some(date)) => Instant(*date),
            _ => Instant(as_of.0.saturating_sub(age)),
        };
        let mut values = BTreeMap::new();
        for (name, kinds) in properties {
            if !chance.one_in(5) {
                values.extend(self.value(chance, kinds).map(|value| (name.clone(), value)));
            }
        }
        SampleEvent { kind: kind.to_owned(), at, properties: values }
    }

    fn value(&self, chance: &mut Chance, kinds: &Kinds) -> Option<Value> {
        if chance.one_in(8) {
            return None;
        }
        match kinds.get(chance.below(kinds.len()))? {
            FieldKind::OneOf(values) if !chance.one_in(4) => {
                values.get(chance.below(values.len())).cloned().map(Value::Text)
            }
            FieldKind::Text | FieldKind::OneOf(_) => self.any_text(chance).map(Value::Text),
            FieldKind::Number { from, to, .. } => match chance.one_in(6) {
                true => from.or(*to).or(Some(Decimal::ZERO)).map(Value::Number),
                false => pick(chance, &self.numbers).copied().map(Value::Number),
            },
            FieldKind::YesNo { .. } => Some(Value::YesNo(chance.one_in(2))),
            FieldKind::Date { .. } => pick(chance, &self.dates).map(|at| Value::Date(Moment::Instant(Instant(*at)))),
            FieldKind::ListOfText => {
                let mut texts = Vec::new();
                for _ in 0..=chance.below(3) {
                    texts.extend(self.any_text(chance));
                }
                (!texts.is_empty()).then_some(Value::List(texts))
            }
        }
    }

    fn any_text(&self, chance: &mut Chance) -> Option<Text> {
        let first = pick(chance, &self.texts)?;
        match chance.one_in(5) {
            true => Text::new(&format!("{first} {}", pick(chance, &self.texts)?)),
            false => Text::new(first),
        }
    }
}

fn add_kind(kinds: &mut Kinds, field: &Field) {
    if !kinds.contains(&field.kind) {
        kinds.push(field.kind.clone());
    }
}

fn pick<'a, T>(chance: &mut Chance, from: &'a BTreeSet<T>) -> Option<&'a T> {
    let place = chance.below(from.len());
    from.iter().nth(place)
}

/// What a walk over a model met.
#[derive(Default)]
struct Met {
    numbers: BTreeSet<Decimal>,
    texts: BTreeSet<String>,
    dates: Vec<Moment>,
    durations: Vec<Duration>,
    counts: BTreeSet<u64>,
}

impl Met {
    fn part(&mut self, part: Part<'_>) {
        match part {
            Part::Number(NumberExpr::Literal(number)) => {
                self.numbers.insert(*number);
            }
            Part::Text(TextExpr::Literal(text)) => {
                self.texts.insert(text.given.to_string());
            }
            Part::Date(DateExpr::Literal(moment)) => self.dates.push(*moment),
            Part::Condition(condition) => match &condition.kind {
                ConditionKind::Text { test: TextTest::Is(operands) | TextTest::Part { operands, .. }, .. }
                | ConditionKind::Includes { operands, .. } => self.operands(operands),
                ConditionKind::Text { test: TextTest::Matches(patterns), .. } => {
                    patterns.iter().for_each(|pattern| self.pattern(pattern));
                }
                ConditionKind::Date { test: DateTest::InLast(length) | DateTest::InNext(length), .. } => {
                    self.durations.push(*length);
                }
                _ => {}
            },
            Part::Selector(selector) => {
                self.durations.extend(selector.in_last);
                self.durations.extend(selector.within_after.as_ref().map(|(length, _)| *length));
            }
            _ => {}
        }
    }

    fn operands(&mut self, operands: &[TextOperand]) {
        for operand in operands {
            if let TextOperand::Literal(text) = operand {
                self.texts.insert(text.given.to_string());
            }
        }
    }

    /// Something that a pattern may match: its plain letters.
    fn pattern(&mut self, pattern: &Pattern) {
        match pattern {
            Pattern::Glob(glob) => {
                self.texts.insert(glob.pattern().replace('*', "").replace('?', "a"));
                self.texts.insert(glob.pattern().replace('*', "b").replace('?', "a"));
            }
            Pattern::List(_, globs) => self
                .texts
                .extend(globs.iter().take(OF_A_LIST).map(|glob| glob.pattern().replace('*', "").replace('?', "a"))),
            Pattern::Regex(regex) => {
                let words = regex.as_str().split(|letter: char| !letter.is_alphanumeric());
                self.texts.extend(words.filter(|word| !word.is_empty()).map(str::to_owned));
            }
        }
    }

    fn items(&mut self, items: &[Item]) {
        for item in items {
            match item {
                Item::Group(group) => self.items(&group.items),
                Item::Rule(rule) => {
                    self.points(&rule.points);
                    match &rule.body {
                        Body::ForEach(each) => {
                            for limit in &each.limits {
                                self.counts.insert(limit.times);
                                if let LimitScope::InAny(length) = &limit.scope {
                                    self.durations.push(*length);
                                }
                            }
                            self.durations.extend(each.decay.iter().flat_map(|decay| {
                                use crate::value::Curve;
                                let length = match decay.curve {
                                    Curve::HalfLife(length) | Curve::Linear(length) => length,
                                    Curve::OfOriginal { every, .. } | Curve::OfWhatIsLeft { every, .. } => every,
                                };
                                std::iter::once(length).chain(decay.after)
                            }));
                            if let crate::model::Each::Calendar { at_least, .. }
                            | crate::model::Each::Property { at_least, .. }
                            | crate::model::Each::At { at_least } = each.each
                            {
                                self.counts.insert(at_least);
                            }
                        }
                        Body::ForEvery(every) => self.durations.extend(std::iter::once(every.every).chain(every.after)),
                        Body::Always | Body::When(_) => {}
                    }
                }
            }
        }
    }

    fn points(&mut self, points: &Points) {
        match points {
            Points::Series(series) => {
                self.counts.insert(series.len() as u64);
            }
            Points::Table(table) => self.table(table),
            Points::Constant(_) | Points::Computed(_) => {}
        }
    }

    fn table<R>(&mut self, table: &Table<R>) {
        for row in table.rows.iter().take(OF_A_LIST) {
            match &row.test {
                RowTest::Edge { at, .. } => {
                    self.numbers.insert(*at);
                }
                RowTest::Values(values) => self.texts.extend(values.iter().take(OF_A_LIST).cloned()),
                RowTest::Else => {}
            }
        }
    }
}
