//! What a condition, a rule or a score is about: the cheap question before the costly one. Two conditions that read
//! nothing in common say nothing about each other.

use crate::model::walk::{Part, walk_any, walk_condition, walk_items, walk_lookup, walk_number, walk_rule};
use crate::model::{
    Condition, ConditionKind, DateExpr, DateTest, DefineId, EventId, FieldId, ListExpr, LookupId, Model, NumberExpr,
    Rule, ScoreBody, ScoreId, Selector, TextExpr, YesNoExpr,
};
use std::collections::BTreeSet;

/// What is read, also through defines and lookups.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Reads {
    pub fields: BTreeSet<FieldId>,
    /// Types of events that selectors name
    pub events: BTreeSet<EventId>,
    /// Scores, also by their bands and matrices
    pub scores: BTreeSet<ScoreId>,
    /// Thresholds, or whether the lead is excluded
    pub results: bool,
    /// How long something is ago: `in last 30 days`, `days since …`
    pub clock: bool,
    /// A date of the calendar: `after 2026-09-01`
    pub calendar: bool,
}

impl Reads {
    pub fn of_condition(model: &Model, condition: &Condition) -> Reads {
        Reader::read(model, |reader| walk_condition(condition, &mut |part| reader.meet(part)))
    }

    /// A rule, without what stands around it.
    pub fn of_rule(model: &Model, rule: &Rule) -> Reads {
        Reader::read(model, |reader| walk_rule(rule, &mut |part| reader.meet(part)))
    }

    /// A score and all that it is made of.
    pub fn of_score(model: &Model, score: ScoreId) -> Reads {
        let mut reads = Reads::default();
        let mut left = vec![score];
        while let Some(score) = left.pop() {
            let own = Reader::read(model, |reader| match model.scores.get(score.index()).map(|score| &score.body) {
                Some(ScoreBody::Rules { when, items, .. }) => {
                    when.iter().for_each(|when| walk_condition(when, &mut |part| reader.meet(part)));
                    walk_items(items, &mut |part| reader.meet(part));
                }
                Some(ScoreBody::Derived(number)) => walk_number(number, &mut |part| reader.meet(part)),
                None => {}
            });
            left.extend(own.scores.iter().filter(|one| !reads.scores.contains(one)));
            reads.add(own);
        }
        reads
    }

    /// Only the clock, or nothing at all: it is the same for every lead.
    pub fn is_nothing(&self) -> bool {
        self.fields.is_empty() && self.events.is_empty() && self.scores.is_empty() && !self.results
    }

    /// Whether both read a field or a type of events.
    pub fn share(&self, other: &Reads) -> bool {
        !self.fields.is_disjoint(&other.fields) || !self.events.is_disjoint(&other.events)
    }

    /// Whether what is proved of both may be different tomorrow: a date of the calendar wanders through `in last 30 days`.
    pub fn changes_with_time(&self, other: &Reads) -> bool {
        (self.clock || other.clock) && (self.calendar || other.calendar)
    }

    fn add(&mut self, other: Reads) {
        self.fields.extend(other.fields);
        self.events.extend(other.events);
        self.scores.extend(other.scores);
        self.results |= other.results;
        self.clock |= other.clock;
        self.calendar |= other.calendar;
    }
}

#[derive(Default)]
struct Reader {
    reads: Reads,
    defines: Vec<DefineId>,
    lookups: Vec<LookupId>,
    matrices: Vec<crate::model::MatrixId>,
}

impl Reader {
    /// Reads by `walk`, then what the names met stand for.
    fn read(model: &Model, walk: impl FnOnce(&mut Reader)) -> Reads {
        let mut reader = Reader::default();
        walk(&mut reader);
        let (mut defines, mut lookups) = (0, 0);
        loop {
            if let Some(define) = reader.defines.get(defines).copied() {
                defines += 1;
                if let Some(define) = model.defines.get(define.index()) {
                    walk_any(&define.value, &mut |part| reader.meet(part));
                }
            } else if let Some(lookup) = reader.lookups.get(lookups).copied() {
                lookups += 1;
                if let Some(lookup) = model.lookups.get(lookup.index()) {
                    walk_lookup(&lookup.table, &mut |part| reader.meet(part));
                }
            } else {
                break;
            }
        }
        let matrices = reader.matrices.iter().filter_map(|matrix| model.matrices.get(matrix.index()));
        reader.reads.scores.extend(matrices.flat_map(|matrix| [matrix.rows, matrix.columns]));
        reader.reads
    }

    fn meet(&mut self, part: Part<'_>) {
        match part {
            Part::Number(NumberExpr::Field(field))
            | Part::Text(TextExpr::Field(field))
            | Part::Date(DateExpr::Field(field))
            | Part::YesNo(YesNoExpr::Field(field))
            | Part::List(ListExpr::Field(field)) => {
                self.reads.fields.insert(*field);
            }
            Part::Number(NumberExpr::Lookup(lookup)) | Part::Text(TextExpr::Lookup(lookup))
                if !self.lookups.contains(lookup) =>
            {
                self.lookups.push(*lookup);
            }
            Part::Number(NumberExpr::Score(score)) => {
                self.reads.scores.insert(*score);
            }
            Part::Text(TextExpr::Matrix(matrix)) => self.matrices.push(*matrix),
            Part::Condition(condition) => self.result(&condition.kind),
            Part::Selector(selector) => self.selector(selector),
            Part::Number(NumberExpr::DaysSince(_) | NumberExpr::DaysUntil(_)) => self.reads.clock = true,
            Part::Number(NumberExpr::DaysSinceLast(_) | NumberExpr::DaysSinceFirst(_)) => self.reads.clock = true,
            Part::Date(DateExpr::Literal(_)) => self.reads.calendar = true,
            Part::Define(define) if !self.defines.contains(&define) => self.defines.push(define),
            _ => {}
        }
    }

    fn result(&mut self, kind: &ConditionKind) {
        match kind {
            ConditionKind::Band { score, .. } | ConditionKind::BandKnown(score) => {
                self.reads.scores.insert(*score);
            }
            ConditionKind::Threshold(_) | ConditionKind::Excluded => self.reads.results = true,
            ConditionKind::Date { test: DateTest::InLast(_) | DateTest::InNext(_), .. } => self.reads.clock = true,
            _ => {}
        }
    }

    fn selector(&mut self, selector: &Selector) {
        self.reads.clock |= selector.in_last.is_some();
        let whiches = selector.since_last.iter().chain(selector.within_after.iter().map(|(_, which)| which));
        let types = whiches.flat_map(|which| &which.types).chain(&selector.types);
        self.reads.events.extend(types);
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
mod tests {
    use super::Reads;
    use crate::lint::testing::{LEAD, compile};
    use crate::model::{RuleId, ScoreId};

    #[test]
    fn names_are_looked_through() {
        let rules = "define big = employees > 5\nlookup region by country {\n\"US\": \"america\"\notherwise: \"else\" }\n\
                     score fit { +5 when big and region is \"america\" and any download\n +1 when phone is known }\n\
                     define today = 2026-01-01\nscore total = fit * 2";
        let (_, model) = compile(&format!("{LEAD}{rules}"));
        let of = |name: &str| model.lead.fields.iter().position(|field| field.name == name).unwrap();
        let fields = |reads: &Reads| reads.fields.iter().map(|field| field.index()).collect::<Vec<_>>();
        let items = match &model.scores[0].body {
            crate::model::ScoreBody::Rules { items, .. } => items,
            crate::model::ScoreBody::Derived(_) => panic!("rules"),
        };
        let crate::model::Item::Rule(rule) = &items[0] else { panic!("a rule") };
        assert_eq!(rule.id, RuleId(0));
        let reads = Reads::of_rule(&model, rule);
        assert_eq!((fields(&reads), reads.events.len()), (vec![of("employees"), of("country")], 1));
        assert_eq!(Reads::of_score(&model, ScoreId(1)).fields.len(), 3);
        assert!(Reads::default().is_nothing());
    }
}
