//! Whether a condition holds. Truth is two-valued: a comparison with a missing value does not hold.
//!
//! Every part of `and` and `or` is evaluated, also when the outcome is settled by an earlier one: a listener sees both
//! outcomes of each part, and what is counted does not depend on who listens.

use super::facts::Scope;
use crate::model::{
    Compare, Condition, ConditionKind, DateTest, NumberExpr, NumberTest, Pattern, TextOperand, TextRelation, TextTest,
};
use crate::value::{Decimal, Instant, Text, contains_phrase, looks_random};

impl<'a> Scope<'a> {
    pub fn holds(&self, condition: &Condition) -> bool {
        let held = self.kind_holds(&condition.kind);
        self.watch.saw(condition, held);
        held
    }

    fn kind_holds(&self, kind: &ConditionKind) -> bool {
        match kind {
            ConditionKind::Constant(held) => *held,
            ConditionKind::All(parts) => parts.iter().filter(|part| !self.holds(part)).count() == 0,
            ConditionKind::Any(parts) => parts.iter().filter(|part| self.holds(part)).count() > 0,
            ConditionKind::Not(part) => !self.holds(part),
            ConditionKind::Known(expr) => self.value(expr).is_some(),
            ConditionKind::BandKnown(score) => self.facts.band(*score).is_some(),
            ConditionKind::YesNo { value, is } => self.yes_no(value) == Some(*is),
            ConditionKind::Text { value, test } => self.text(value).is_some_and(|text| self.text_passes(&text, test)),
            ConditionKind::Includes { list, all, operands } => {
                self.list(list).is_some_and(|values| self.includes(&values, *all, operands))
            }
            ConditionKind::Number { value, test } => self.number_passes(value, test),
            ConditionKind::Date { value, test } => {
                self.date(value).is_some_and(|date| self.date_passes(date.first(&self.facts.model.zone), test))
            }
            ConditionKind::Band { score, bands } => self.facts.band(*score).is_some_and(|band| bands.contains(&band)),
            ConditionKind::Events { selector, compare, number } => {
                let count = Decimal::whole(self.select(selector).len() as i64);
                self.number(number).is_some_and(|number| compares(count, *compare, number))
            }
            ConditionKind::Define(define) => self.define(*define) == Some(&crate::value::Value::YesNo(true)),
            ConditionKind::Threshold(threshold) => {
                self.facts.thresholds.get(threshold.index()).copied().unwrap_or(false)
            }
            ConditionKind::Excluded => self.facts.excluded.is_some(),
        }
    }

    fn number_passes(&self, value: &NumberExpr, test: &NumberTest) -> bool {
        let value = self.number(value);
        let holds = |compare, right| match (value, right) {
            (Some(value), Some(right)) => compares(value, compare, right),
            _ => false,
        };
        match test {
            NumberTest::Compare(compare, right) => holds(*compare, self.number(right)),
            NumberTest::Between(low, high) => {
                holds(Compare::GreaterOrEqual, self.number(low)) & holds(Compare::LessOrEqual, self.number(high))
            }
            NumberTest::OneOf(numbers) => numbers.iter().any(|number| holds(Compare::Equal, self.number(number))),
        }
    }

    /// `left` is one instant; a date on the right that is a whole day covers all of it.
    fn date_passes(&self, left: Instant, test: &DateTest) -> bool {
        let (zone, as_of) = (&self.facts.model.zone, self.facts.as_of);
        match test {
            DateTest::Before(right) => self.date(right).is_some_and(|right| left < right.first(zone)),
            DateTest::After(right) => self.date(right).is_some_and(|right| left > right.last(zone)),
            DateTest::On(right) => {
                self.date(right).is_some_and(|right| right.first(zone) <= left && left <= right.last(zone))
            }
            DateTest::Between(from, to) => match (self.date(from), self.date(to)) {
                (Some(from), Some(to)) => from.first(zone) <= left && left <= to.last(zone),
                _ => false,
            },
            // Further back or ahead than the calendar reaches is no bound.
            DateTest::InLast(length) => {
                left <= as_of && as_of.minus(*length, zone).is_none_or(|earliest| earliest <= left)
            }
            DateTest::InNext(length) => as_of <= left && as_of.plus(*length, zone).is_none_or(|latest| left <= latest),
        }
    }

    fn text_passes(&self, text: &Text, test: &TextTest) -> bool {
        match test {
            TextTest::Is(operands) => self.some_or_all(operands, false, &|operand| text.folded == operand.folded),
            TextTest::Part { relation, all, operands } => {
                self.some_or_all(operands, *all, &|operand| relates(&text.folded, *relation, &operand.folded))
            }
            TextTest::Matches(patterns) => patterns.iter().any(|pattern| match pattern {
                Pattern::Glob(glob) => glob.matches(&text.folded),
                Pattern::List(_, globs) => globs.iter().any(|glob| glob.matches(&text.folded)),
                Pattern::Regex(regex) => regex.is_match(&text.given),
            }),
            TextTest::LooksRandom => looks_random(&text.given),
        }
    }

    fn includes(&self, values: &[Text], all: bool, operands: &[TextOperand]) -> bool {
        self.some_or_all(operands, all, &|operand| values.iter().any(|value| value.folded == operand.folded))
    }

    /// Whether some operand passes, or all of them; a list stands for each of its values.
    fn some_or_all(&self, operands: &[TextOperand], all: bool, passes: &dyn Fn(&Text) -> bool) -> bool {
        let operand_passes = |operand: &TextOperand| match operand {
            TextOperand::Literal(literal) => passes(literal),
            TextOperand::Expr(expr) => self.text(expr).is_some_and(|text| passes(&text)),
            TextOperand::List(list) => {
                let values = self.facts.model.lists.get(list.index()).map_or(&[][..], |list| &list.values);
                if all { values.iter().all(passes) } else { values.iter().any(passes) }
            }
        };
        if all { operands.iter().all(operand_passes) } else { operands.iter().any(operand_passes) }
    }
}

pub(super) fn compares(left: Decimal, compare: Compare, right: Decimal) -> bool {
    match compare {
        Compare::Equal => left == right,
        Compare::Less => left < right,
        Compare::LessOrEqual => left <= right,
        Compare::Greater => left > right,
        Compare::GreaterOrEqual => left >= right,
    }
}

fn relates(text: &str, relation: TextRelation, part: &str) -> bool {
    match relation {
        TextRelation::Contains => text.contains(part),
        TextRelation::Mentions => contains_phrase(text, part),
        TextRelation::StartsWith => text.starts_with(part),
        TextRelation::EndsWith => text.ends_with(part),
    }
}
