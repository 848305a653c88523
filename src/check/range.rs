//! Between which values each score lies, as far as its rules, limits and declared fields show.
//!
//! Safe, not exact: a score never leaves its range, but two rules that cannot hold together both widen it.

use crate::model::{
    AnyExpr, Body, Choice, DefineId, EventId, FieldId, FieldKind, ForEach, Group, Item, LimitScope, LookupTable, Model,
    NumberExpr, PointLimits, Points, Property, PropertyId, Rule, Score, ScoreBody, ScoreId, Symbol, Table, TableRow,
};
use crate::value::{Decimal, MAX_POINTS};
use std::collections::HashMap;

/// A lowest and a highest value; `None` where there is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Range {
    pub low: Option<Decimal>,
    pub high: Option<Decimal>,
}

/// The range of every score, by its id.
pub(super) fn of_scores(model: &Model) -> HashMap<ScoreId, Range> {
    let mut ranges = Ranges { model, known: HashMap::new() };
    for symbol in &model.order {
        let range = match *symbol {
            Symbol::Define(id) => ranges.define(id),
            Symbol::Score(id) => model.scores.get(id.index()).map(|score| ranges.score(score)),
            Symbol::Lookup(id) => model.lookups.get(id.index()).map(|lookup| lookup_range(&lookup.table)),
            _ => None,
        };
        ranges.known.extend(range.map(|range| (*symbol, range)));
    }
    let scores = ranges.known.into_iter();
    scores.filter_map(|(symbol, range)| if let Symbol::Score(id) = symbol { Some((id, range)) } else { None }).collect()
}

impl Range {
    const UNKNOWN: Range = Range { low: None, high: None };
    const ZERO: Range = Range::exactly(Decimal::ZERO);
    const FROM_ZERO: Range = Range { low: Some(Decimal::ZERO), high: None };

    const fn exactly(value: Decimal) -> Range {
        Range { low: Some(value), high: Some(value) }
    }

    fn or(self, other: Range) -> Range {
        Range { low: both(self.low, other.low, Ord::min), high: both(self.high, other.high, Ord::max) }
    }

    fn plus(self, other: Range) -> Range {
        Range { low: self.low.zip(other.low).and_then(add), high: self.high.zip(other.high).and_then(add) }
    }

    fn negated(self) -> Range {
        Range { low: self.high.map(Decimal::negate), high: self.low.map(Decimal::negate) }
    }

    /// Both ends known: the extremes of the four products. Otherwise by sign alone.
    fn times(self, other: Range) -> Range {
        let (Range { low: Some(a), high: Some(b) }, Range { low: Some(c), high: Some(d) }) = (self, other) else {
            let positive = |range: Range| range.low.is_some_and(|low| !low.is_negative());
            return match (positive(self), positive(other), positive(self.negated()), positive(other.negated())) {
                (true, true, _, _) | (_, _, true, true) => Range::FROM_ZERO,
                (true, _, _, true) | (_, true, true, _) => Range::FROM_ZERO.negated(),
                _ => Range::UNKNOWN,
            };
        };
        let products: Option<Vec<_>> =
            [(a, c), (a, d), (b, c), (b, d)].map(|(x, y)| x.multiply(y)).into_iter().collect();
        let Some(products) = products else { return Range::UNKNOWN };
        Range { low: products.iter().min().copied(), high: products.iter().max().copied() }
    }

    /// Held between limits.
    fn within(self, lowest: Option<Decimal>, highest: Option<Decimal>) -> Range {
        let clamp = |value: Decimal| {
            let raised = lowest.map_or(value, |lowest| value.max(lowest));
            highest.map_or(raised, |highest| raised.min(highest))
        };
        Range { low: self.low.map(clamp).or(lowest), high: self.high.map(clamp).or(highest) }
    }

    fn limited(self, limits: PointLimits) -> Range {
        self.within(limits.lowest, limits.highest)
    }
}

fn both(one: Option<Decimal>, other: Option<Decimal>, pick: fn(Decimal, Decimal) -> Decimal) -> Option<Decimal> {
    Some(pick(one?, other?))
}

fn add((one, other): (Decimal, Decimal)) -> Option<Decimal> {
    one.add(other)
}

fn lookup_range(table: &LookupTable) -> Range {
    let LookupTable::Number(table) = table else { return Range::UNKNOWN };
    results(table).map(|result| Range::exactly(*result)).reduce(Range::or).unwrap_or(Range::ZERO)
}

fn results<R>(table: &Table<R>) -> impl Iterator<Item = &R> {
    table.rows.iter().chain(&table.otherwise).chain(&table.missing).map(|row: &TableRow<R>| &row.result)
}

struct Ranges<'model> {
    model: &'model Model,
    /// Of everything before it in the model's order.
    known: HashMap<Symbol, Range>,
}

impl Ranges<'_> {
    fn define(&self, id: DefineId) -> Option<Range> {
        match &self.model.defines.get(id.index())?.value {
            AnyExpr::Number(number) => Some(self.number(number)),
            _ => None,
        }
    }

    fn score(&self, score: &Score) -> Range {
        let range = match &score.body {
            ScoreBody::Derived(number) => self.number(number),
            ScoreBody::Rules { start, items, .. } => {
                items.iter().map(|item| self.item(item)).fold(Range::exactly(start.unwrap_or_default()), Range::plus)
            }
        };
        let held = range.within(score.lowest, score.highest);
        let round = |value: Decimal| value.round(score.decimals);
        Range { low: held.low.map(round), high: held.high.map(round) }
    }

    fn item(&self, item: &Item) -> Range {
        match item {
            Item::Rule(rule) => self.rule(rule),
            Item::Group(group) => self.group(group),
        }
    }

    fn group(&self, group: &Group) -> Range {
        let items = group.items.iter().map(|item| self.item(item));
        let chosen = match group.choice {
            Choice::All => items.fold(Range::ZERO, Range::plus),
            _ => items.fold(Range::ZERO, Range::or),
        };
        let weighed = match group.weight {
            Some(percent) => {
                let share =
                    |value: Decimal| value.percent(percent).map(|value| value.round(crate::value::POINT_DECIMALS));
                Range { low: chosen.low.and_then(share), high: chosen.high.and_then(share) }
            }
            None => chosen,
        };
        let limited = weighed.limited(group.limits);
        if group.when.is_some() { limited.or(Range::ZERO) } else { limited }
    }

    fn rule(&self, rule: &Rule) -> Range {
        let points = self.points(&rule.points);
        let range = match &rule.body {
            Body::Always => points,
            Body::When(_) => points.or(Range::ZERO),
            Body::ForEach(each) => points.or(Range::ZERO).times(occurrences(each)),
            Body::ForEvery(_) => points.or(Range::ZERO).times(Range::FROM_ZERO),
        };
        // A table without a fitting row and a missing computed value give nothing.
        let always = matches!((&rule.body, &rule.points), (Body::Always, Points::Constant(_)));
        if always { range.limited(rule.limits) } else { range.or(Range::ZERO).limited(rule.limits) }
    }

    fn points(&self, points: &Points) -> Range {
        match points {
            Points::Constant(value) => Range::exactly(*value),
            Points::Computed(number) => self.number(number).within(Some(MAX_POINTS.negate()), Some(MAX_POINTS)),
            Points::Series(series) => {
                series.iter().map(|points| self.points(points)).reduce(Range::or).unwrap_or(Range::ZERO)
            }
            Points::Table(table) => results(table).map(|points| self.points(points)).fold(Range::ZERO, Range::or),
        }
    }

    /// Sums and products lean to the left, as long as they like: they are walked in a loop.
    fn number(&self, number: &NumberExpr) -> Range {
        let mut later = Vec::new();
        let mut leftmost = number;
        while let NumberExpr::Add(left, right) | NumberExpr::Subtract(left, right) | NumberExpr::Multiply(left, right) =
            leftmost
        {
            later.push((leftmost, right));
            leftmost = left;
        }
        later.into_iter().rev().fold(self.single(leftmost), |sum, (operation, right)| {
            let right = self.number(right);
            match operation {
                NumberExpr::Add(..) => sum.plus(right),
                NumberExpr::Subtract(..) => sum.plus(right.negated()),
                _ => sum.times(right),
            }
        })
    }

    fn single(&self, number: &NumberExpr) -> Range {
        let symbol = |symbol: Symbol| self.known.get(&symbol).copied().unwrap_or(Range::UNKNOWN);
        match number {
            NumberExpr::Literal(value) => Range::exactly(*value),
            NumberExpr::Field(id) => self.field(*id),
            NumberExpr::Define(id) => symbol(Symbol::Define(*id)),
            NumberExpr::Lookup(id) => symbol(Symbol::Lookup(*id)),
            NumberExpr::Score(id) => symbol(Symbol::Score(*id)),
            NumberExpr::Negate(inner) => self.number(inner).negated(),
            NumberExpr::PercentOf(percent, of) => {
                let share = |value: Decimal| value.percent(*percent);
                let of = self.number(of);
                Range { low: of.low.and_then(share), high: of.high.and_then(share) }
            }
            NumberExpr::FirstKnown(parts) | NumberExpr::Highest(parts) | NumberExpr::Lowest(parts) => {
                parts.iter().map(|part| self.number(part)).reduce(Range::or).unwrap_or(Range::UNKNOWN)
            }
            NumberExpr::HourOf(_) => Range { low: Some(Decimal::ZERO), high: Some(Decimal::whole(23)) },
            NumberExpr::LengthOf(_)
            | NumberExpr::CountOfKnown(_)
            | NumberExpr::CountOf(_)
            | NumberExpr::CountOfDistinct(..)
            | NumberExpr::DaysSinceLast(_)
            | NumberExpr::DaysSinceFirst(_) => Range::FROM_ZERO,
            NumberExpr::Property(property)
            | NumberExpr::AverageOf(property, _)
            | NumberExpr::HighestOf(property, _)
            | NumberExpr::LowestOf(property, _)
            | NumberExpr::Latest(property, _)
            | NumberExpr::First(property, _) => self.property(property),
            NumberExpr::SumOf(property, _) => self.property(property).or(Range::ZERO).times(Range::FROM_ZERO),
            _ => Range::UNKNOWN,
        }
    }

    fn field(&self, id: FieldId) -> Range {
        self.model.lead.fields.get(id.index()).map_or(Range::UNKNOWN, |field| declared(&field.kind))
    }

    fn property(&self, property: &Property) -> Range {
        let place = |(event, id): (&EventId, &PropertyId)| {
            let field = self.model.events.get(event.index())?.properties.get(id.index())?;
            Some(declared(&field.kind))
        };
        property.places.iter().filter_map(place).reduce(Range::or).unwrap_or(Range::UNKNOWN)
    }
}

fn declared(kind: &FieldKind) -> Range {
    match kind {
        FieldKind::Number { from, to, .. } => Range { low: *from, high: *to },
        _ => Range::UNKNOWN,
    }
}

/// How many occurrences are kept.
fn occurrences(each: &ForEach) -> Range {
    let plain = each.limits.iter().filter(|limit| limit.scope == LimitScope::Plain).map(|limit| limit.times).min();
    let most = plain.and_then(|times| i64::try_from(times).ok()).map(Decimal::whole);
    Range { low: Some(Decimal::ZERO), high: most }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::of_scores;
    use crate::model::ScoreId;
    use crate::source::Memory;

    /// The range of the last score of a model, as `low to high`.
    fn last(rules: &str) -> String {
        let lead = "lead {\n  id text key\n  n number from 2 to 10\n  m number\n}\nevent e { size number from 0 }\n";
        let files = Memory::default().with("m.score", &format!("{lead}{rules}\n"));
        let model = crate::compile(&files, std::path::Path::new("m.score")).unwrap();
        let range = of_scores(&model)[&ScoreId(model.scores.len() as u32 - 1)];
        let shown = |end: Option<crate::value::Decimal>| end.map_or("?".to_owned(), |end| end.to_string());
        format!("{} to {}", shown(range.low), shown(range.high))
    }

    /// Each worked out by hand from the rules beside it.
    #[test]
    fn ranges_of_scores() {
        let cases = [
            ("score s { +5 }", "5 to 5"),
            ("score s { +5 when n > 3\n  -2 when n > 4 }", "-2 to 5"),
            ("score s starting at 10 { -3 when m > 4 }", "7 to 10"),
            ("score s from 0 to 9 { +5 for each e }", "0 to 9"),
            ("score s { +5 for each e }", "0 to ?"),
            ("score s { +5 for each e at most 3 times }", "0 to 15"),
            ("score s { -5 for each e once }", "-5 to 0"),
            ("score s { -5 for every 30 days without e }", "? to 0"),
            ("score s { -5 for every 30 days without e no lower than -25 points }", "-25 to 0"),
            ("score s { +(n) }", "0 to 10"),
            ("score s { +(m) }", "-1000000 to 1000000"),
            ("score s { +(size) for each e }", "0 to ?"),
            ("score s {\n  group highest only {\n  +5 when n > 3\n  -2 when n > 4\n  }\n}", "-2 to 5"),
            ("score s {\n  group counts 50% {\n  +5 when n > 3\n  }\n}", "0 to 2.5"),
            ("score s {\n  points by n {\n  from 3: +4\n  missing: -1\n  }\n}", "-1 to 4"),
            ("score a from 0 to 8 { +9 when n > 3 }\nscore s = 50% of a * 3 - n", "-10 to 10"),
            ("define d = n + 1\nscore s = d * d", "9 to 121"),
            ("score s = n * m", "? to ?"),
        ];
        for (rules, range) in cases {
            assert_eq!(last(rules), range, "{rules}");
        }
    }
}
