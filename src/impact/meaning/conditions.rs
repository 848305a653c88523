//! Conditions: `and` and `or` have no order, defines are looked through.

use super::digest::{Digest, duration, leaf, node, set};
use super::{Meaning, Members};
use crate::model::{AnyExpr, Condition, ConditionKind, DateTest, DefineId, NumberTest, Pattern, TextOperand, TextTest};
use std::collections::BTreeSet;
use std::rc::Rc;

impl<'model> Meaning<'model> {
    pub fn condition(&self, condition: &Condition) -> Digest {
        match &condition.kind {
            ConditionKind::Constant(holds) => leaf("constant", &holds.to_string()),
            ConditionKind::All(_) => self.joined(condition, true),
            ConditionKind::Any(_) => self.joined(condition, false),
            ConditionKind::Not(part) => match &part.kind {
                ConditionKind::Not(inner) => self.condition(inner),
                _ => node("not", &[self.condition(part)]),
            },
            ConditionKind::Known(expr) => node("known", &[self.any(expr)]),
            ConditionKind::BandKnown(score) => node("band known", &[self.score(*score)]),
            ConditionKind::YesNo { value, is } => node(if *is { "is yes" } else { "is no" }, &[self.yes_no(value)]),
            ConditionKind::Text { value, test } => node("text", &[self.text(value), self.text_test(test)]),
            ConditionKind::Includes { list, all, operands } => {
                node(if *all { "includes all" } else { "includes any" }, &[self.list(list), self.operands(operands)])
            }
            ConditionKind::Number { value, test } => node("compare", &[self.number(value), self.number_test(test)]),
            ConditionKind::Date { value, test } => node("date", &[self.date(value), self.date_test(test)]),
            ConditionKind::Band { score, bands } => {
                let declared = self.model.scores.get(score.index()).and_then(|score| score.bands.as_ref());
                let names = bands.iter().filter_map(|band| declared?.bands.get(band.index()));
                node("band", &[self.score(*score), set("bands", names.map(|band| leaf("name", &band.name)))])
            }
            ConditionKind::Events { selector, compare, number } => node(
                "events",
                &[self.selector(selector), leaf("compare", &format!("{compare:?}")), self.number(number)],
            ),
            ConditionKind::Define(define) => self.define(*define),
            ConditionKind::Threshold(id) => {
                leaf("threshold", self.model.thresholds.get(id.index()).map_or("", |threshold| &threshold.name))
            }
            ConditionKind::Excluded => node("excluded", &[]),
        }
    }

    /// Of an `and` or an `or`: its parts, those of an `and` inside it among them.
    pub(super) fn joined(&self, condition: &Condition, all: bool) -> Digest {
        let members = self.members(condition, all);
        match members.len() {
            1 => members.first().copied().unwrap_or_default(),
            _ => set(if all { "all" } else { "any" }, members.iter().copied()),
        }
    }

    pub(super) fn members(&self, condition: &Condition, all: bool) -> BTreeSet<Digest> {
        let mut members = BTreeSet::new();
        match &condition.kind {
            ConditionKind::All(parts) if all => parts.iter().for_each(|part| members.extend(self.members(part, all))),
            ConditionKind::Any(parts) if !all => parts.iter().for_each(|part| members.extend(self.members(part, all))),
            ConditionKind::Define(define) => match self.members_of_define(*define, all) {
                Some(parts) => members.extend(parts.iter()),
                None => {
                    members.insert(self.define(*define));
                }
            },
            _ => {
                members.insert(self.condition(condition));
            }
        }
        members
    }

    /// `None` where the define is not joined in that way.
    pub(super) fn members_of_define(&self, define: DefineId, all: bool) -> Option<Members> {
        if let Some(known) = self.joined.borrow().get(&(define, all)) {
            return known.clone();
        }
        let joined = match &self.model.defines.get(define.index())?.value {
            AnyExpr::Condition(condition) => match &condition.kind {
                ConditionKind::All(_) if all => Some(Rc::new(self.members(condition, all))),
                ConditionKind::Any(_) if !all => Some(Rc::new(self.members(condition, all))),
                ConditionKind::Define(inner) => self.members_of_define(*inner, all),
                _ => None,
            },
            _ => None,
        };
        self.joined.borrow_mut().insert((define, all), joined.clone());
        joined
    }

    pub(super) fn operands(&self, operands: &[TextOperand]) -> Digest {
        let mut all = BTreeSet::new();
        for operand in operands {
            match operand {
                TextOperand::Literal(text) => {
                    all.insert(leaf("literal", &text.folded));
                }
                TextOperand::List(list) => all.extend(self.values(*list).iter()),
                TextOperand::Expr(text) => {
                    all.insert(self.text(text));
                }
            }
        }
        set("operands", all)
    }

    pub(super) fn text_test(&self, test: &TextTest) -> Digest {
        match test {
            TextTest::Is(operands) => node("is", &[self.operands(operands)]),
            TextTest::Part { relation, all, operands } => {
                // Of one operand, any and all are the same.
                let single = matches!(operands.as_slice(), [TextOperand::Literal(_) | TextOperand::Expr(_)]);
                let words = format!("{relation:?} {}", if *all && !single { "all" } else { "any" });
                node("part", &[leaf("relation", &words), self.operands(operands)])
            }
            TextTest::Matches(patterns) => {
                let pattern = |pattern: &Pattern| match pattern {
                    Pattern::Glob(glob) => vec![leaf("glob", &format!("{glob:?}"))],
                    Pattern::List(_, globs) => globs.iter().map(|glob| leaf("glob", &format!("{glob:?}"))).collect(),
                    Pattern::Regex(regex) => vec![leaf("regex", regex.as_str())],
                };
                set("matches", patterns.iter().flat_map(pattern))
            }
            TextTest::LooksRandom => node("looks random", &[]),
        }
    }

    pub(super) fn number_test(&self, test: &NumberTest) -> Digest {
        match test {
            NumberTest::Compare(compare, right) => {
                node("than", &[leaf("compare", &format!("{compare:?}")), self.number(right)])
            }
            NumberTest::Between(low, high) => node("between", &[self.number(low), self.number(high)]),
            NumberTest::OneOf(numbers) => set("one of", numbers.iter().map(|number| self.number(number))),
        }
    }

    pub(super) fn date_test(&self, test: &DateTest) -> Digest {
        match test {
            DateTest::Before(date) => node("before", &[self.date(date)]),
            DateTest::After(date) => node("after", &[self.date(date)]),
            DateTest::On(date) => node("on", &[self.date(date)]),
            DateTest::Between(from, to) => node("between", &[self.date(from), self.date(to)]),
            DateTest::InLast(length) => node("in last", &[duration(*length)]),
            DateTest::InNext(length) => node("in next", &[duration(*length)]),
        }
    }
}
