//! Conditions: comparisons with constants are questions of one subject, others are masks.

use super::ask::Cond;
use super::builder::{Builder, Planned, Scope};
use super::reads;
use super::sets::SetId;
use super::tree::{Test, Tree, turned};
use super::*;
use crate::model::{
    AnyExpr, Compare, Condition, ConditionKind, DateTest, NumberTest, Pattern, TextExpr, TextOperand, TextTest,
};
use crate::value::{Glob, Instant};
use std::collections::BTreeSet;

impl Builder<'_> {
    pub fn condition(&mut self, condition: &Condition) -> Cond {
        if self.scope == Scope::Event && !reads::condition(condition) {
            return self.condition_of_lead(condition);
        }
        match &condition.kind {
            ConditionKind::Constant(holds) => Cond::Constant(*holds),
            ConditionKind::All(parts) => {
                let parts = parts.iter().map(|part| self.condition(part)).collect();
                self.all(parts)
            }
            ConditionKind::Any(parts) => {
                let parts = parts.iter().map(|part| self.condition(part)).collect();
                self.any_of(parts)
            }
            ConditionKind::Not(part) => {
                let part = self.condition(part);
                self.not(part)
            }
            ConditionKind::Known(expr) => self.known(expr),
            ConditionKind::BandKnown(score) => self.other(MaskNode::BandKnown(*score)),
            ConditionKind::YesNo { value, is } => {
                let value = self.yes_no(value);
                self.asks(ValueId::YesNo(value), Tree::Test(Test::YesNo(*is)))
            }
            ConditionKind::Text { value, test } => {
                let value = self.text(value);
                self.text_test(value, test)
            }
            ConditionKind::Includes { list, all, operands } => {
                let list = self.list(list);
                self.includes(list, *all, operands)
            }
            ConditionKind::Number { value, test } => {
                let value = self.number(value);
                self.number_test(value, test)
            }
            ConditionKind::Date { value, test } => {
                let value = self.date(value);
                self.date_test(value, test)
            }
            ConditionKind::Band { score, bands } => self.other(MaskNode::Band { score: *score, bands: bands.clone() }),
            ConditionKind::Events { selector, compare, number } => {
                let (count, number) = (self.count_of(selector), self.number(number));
                self.compared(count, *compare, number)
            }
            ConditionKind::Define(define) => match self.define(*define) {
                Some(Planned::Condition(cond)) => cond,
                Some(Planned::Value(value @ ValueId::YesNo(_))) => self.asks(value, Tree::Test(Test::YesNo(true))),
                _ => Cond::Constant(false),
            },
            ConditionKind::Threshold(threshold) => self.other(MaskNode::Threshold(*threshold)),
            ConditionKind::Excluded if self.scope == Scope::After => self.other(MaskNode::Excluded),
            ConditionKind::Excluded => Cond::Constant(false),
        }
    }

    fn other(&mut self, node: MaskNode) -> Cond {
        Cond::Mask(self.arena().mask(node))
    }

    /// A part of a filter that is about the lead is decided once for the lead.
    fn condition_of_lead(&mut self, condition: &Condition) -> Cond {
        let cond = self.within(Scope::Lead, |builder| match builder.condition(condition) {
            Cond::Constant(holds) => Cond::Constant(holds),
            cond => Cond::Mask(builder.mask(cond)),
        });
        match cond {
            Cond::Mask(mask) => Cond::Mask(self.event.mask(MaskNode::OfLead(mask))),
            cond => cond,
        }
    }

    /// A condition's value is always known.
    fn known(&mut self, expr: &AnyExpr) -> Cond {
        match self.any(expr) {
            Planned::Condition(_) => Cond::Constant(true),
            Planned::Value(value) => self.asks(value, Tree::Known),
        }
    }

    fn number_test(&mut self, value: NumberId, test: &NumberTest) -> Cond {
        match test {
            NumberTest::Compare(compare, right) => {
                let right = self.number(right);
                self.compared(value, *compare, right)
            }
            NumberTest::Between(low, high) => {
                let (low, high) = (self.number(low), self.number(high));
                let parts = vec![
                    self.compared(value, Compare::GreaterOrEqual, low),
                    self.compared(value, Compare::LessOrEqual, high),
                ];
                self.all(parts)
            }
            NumberTest::OneOf(numbers) => {
                let numbers: Vec<NumberId> = numbers.iter().map(|number| self.number(number)).collect();
                let parts = numbers.into_iter().map(|number| self.compared(value, Compare::Equal, number)).collect();
                self.any_of(parts)
            }
        }
    }

    /// One number compared with another.
    fn compared(&mut self, left: NumberId, compare: Compare, right: NumberId) -> Cond {
        match (self.literal_number(left), self.literal_number(right)) {
            (_, Some(Some(right))) => self.asks(ValueId::Number(left), Tree::Test(Test::Number(compare, right))),
            (Some(Some(left)), None) => {
                self.asks(ValueId::Number(right), Tree::Test(Test::Number(turned(compare), left)))
            }
            (Some(None), _) | (_, Some(None)) => Cond::Constant(false),
            (None, None) => self.other(MaskNode::Number { left, compare, right }),
        }
    }

    fn date_test(&mut self, value: DateId, test: &DateTest) -> Cond {
        let (zone, as_of) = (&self.model.zone, self.as_of);
        match test {
            DateTest::Before(right) => {
                let right = self.date(right);
                match self.literal_date(right) {
                    Some(Some(right)) => self.date_asks(value, [(Compare::Less, Some(right.first(zone)))]),
                    Some(None) => Cond::Constant(false),
                    None => self.other(MaskNode::Date { value, test: DateCompare::Before(right) }),
                }
            }
            DateTest::After(right) => {
                let right = self.date(right);
                match self.literal_date(right) {
                    Some(Some(right)) => self.date_asks(value, [(Compare::Greater, Some(right.last(zone)))]),
                    Some(None) => Cond::Constant(false),
                    None => self.other(MaskNode::Date { value, test: DateCompare::After(right) }),
                }
            }
            DateTest::On(right) => {
                let right = self.date(right);
                self.date_between(value, right, right)
            }
            DateTest::Between(from, to) => {
                let (from, to) = (self.date(from), self.date(to));
                self.date_between(value, from, to)
            }
            DateTest::InLast(length) => {
                let earliest = as_of.minus(*length, zone);
                self.date_asks(value, [(Compare::LessOrEqual, Some(as_of)), (Compare::GreaterOrEqual, earliest)])
            }
            DateTest::InNext(length) => {
                let latest = as_of.plus(*length, zone);
                self.date_asks(value, [(Compare::GreaterOrEqual, Some(as_of)), (Compare::LessOrEqual, latest)])
            }
        }
    }

    fn date_between(&mut self, value: DateId, from: DateId, to: DateId) -> Cond {
        let zone = &self.model.zone;
        match (self.literal_date(from), self.literal_date(to)) {
            (Some(None), _) | (_, Some(None)) => Cond::Constant(false),
            (Some(Some(from)), Some(Some(to))) => self.date_asks(
                value,
                [(Compare::GreaterOrEqual, Some(from.first(zone))), (Compare::LessOrEqual, Some(to.last(zone)))],
            ),
            _ => self.other(MaskNode::Date { value, test: DateCompare::Between(from, to) }),
        }
    }

    /// Compared with fixed instants; further back or ahead than the calendar reaches is no bound.
    fn date_asks<const N: usize>(&mut self, value: DateId, bounds: [(Compare, Option<Instant>); N]) -> Cond {
        let tests = bounds.into_iter().filter_map(|(compare, bound)| Some(Test::Date(compare, bound?.0)));
        let tests: Vec<Cond> = tests.map(|test| self.asks(ValueId::Date(value), Tree::Test(test))).collect();
        self.all(tests)
    }

    fn text_test(&mut self, value: TextId, test: &TextTest) -> Cond {
        match test {
            TextTest::Is(operands) => self.some_of(value, operands, TextCompare::Is),
            TextTest::Part { relation, all: false, operands } => {
                self.some_of(value, operands, TextCompare::Part(*relation))
            }
            TextTest::Part { relation, all: true, operands } => {
                self.each_of(value, operands, TextCompare::Part(*relation))
            }
            TextTest::Matches(patterns) => {
                let mut tests = Vec::new();
                for pattern in patterns {
                    match pattern {
                        Pattern::Glob(glob) => tests.push(self.glob(glob)),
                        Pattern::List(_, globs) => tests.extend(globs.iter().map(|glob| self.glob(glob))),
                        Pattern::Regex(regex) => {
                            self.regexes.entry(regex.as_str().to_owned()).or_insert_with(|| regex.clone());
                            tests.push(Tree::Test(Test::Regex(regex.as_str().to_owned())));
                        }
                    }
                }
                if tests.is_empty() {
                    return Cond::Constant(false);
                }
                self.asks(ValueId::Text(value), Tree::any(tests))
            }
            TextTest::LooksRandom => self.asks(ValueId::Text(value), Tree::Test(Test::LooksRandom)),
        }
    }

    /// A glob without `?` and with `*` at its ends alone is a part, or the whole text; a known text is never empty.
    fn glob(&mut self, glob: &Glob) -> Tree {
        use crate::model::TextRelation::{Contains, EndsWith, StartsWith};
        let pattern = glob.pattern();
        let (open_start, open_end) = (pattern.starts_with('*'), pattern.ends_with('*'));
        let inner = pattern.trim_matches('*');
        if inner.contains(['*', '?']) {
            return Tree::Test(Test::Glob(pattern.to_owned()));
        }
        if inner.is_empty() {
            return Tree::Known;
        }
        let set = self.sets.one(inner);
        Tree::Test(match (open_start, open_end) {
            (true, true) => Test::Part(Contains, set),
            (true, false) => Test::Part(EndsWith, set),
            (false, true) => Test::Part(StartsWith, set),
            (false, false) => Test::Is(set),
        })
    }

    /// Some operand relates so to the text.
    fn some_of(&mut self, value: TextId, operands: &[TextOperand], compare: TextCompare) -> Cond {
        let (sets, exprs) = self.constants(operands);
        let mut parts: Vec<Cond> = Vec::new();
        for set in sets {
            parts.push(self.asks(ValueId::Text(value), Tree::Test(test_of(compare, set))));
        }
        parts.extend(exprs.into_iter().map(|expr| self.other(MaskNode::Text { value, test: compare, operand: expr })));
        self.any_constants(parts, value)
    }

    /// Missing texts compare with nothing.
    fn any_constants(&mut self, parts: Vec<Cond>, value: TextId) -> Cond {
        if self.literal_text(value) == Some(None) {
            return Cond::Constant(false);
        }
        if parts.is_empty() { Cond::Constant(false) } else { self.any_of(parts) }
    }

    /// Every operand relates so to the text; with none, any known text will do.
    fn each_of(&mut self, value: TextId, operands: &[TextOperand], compare: TextCompare) -> Cond {
        let mut parts = vec![self.asks(ValueId::Text(value), Tree::Known)];
        let (sets, exprs) = self.constants(operands);
        for set in self.each_value(&sets) {
            parts.push(self.asks(ValueId::Text(value), Tree::Test(test_of(compare, set))));
        }
        if operands.iter().any(|operand| self.is_missing(operand)) {
            return Cond::Constant(false);
        }
        if parts.len() > 1 || !exprs.is_empty() {
            parts.remove(0);
        }
        parts.extend(exprs.into_iter().map(|expr| self.other(MaskNode::Text { value, test: compare, operand: expr })));
        self.all(parts)
    }

    fn includes(&mut self, list: ListId, all: bool, operands: &[TextOperand]) -> Cond {
        let (sets, exprs) = self.constants(operands);
        let mut parts: Vec<Cond> = Vec::new();
        let asked = if all { self.each_value(&sets) } else { sets };
        if all && operands.iter().any(|operand| self.is_missing(operand)) {
            return Cond::Constant(false);
        }
        for set in asked {
            parts.push(self.asks(ValueId::List(list), Tree::Test(Test::Is(set))));
        }
        parts.extend(exprs.into_iter().map(|operand| self.other(MaskNode::Includes { list, operand })));
        match (all, parts.is_empty()) {
            (true, true) => self.asks(ValueId::List(list), Tree::Known),
            (true, false) => self.all(parts),
            (false, true) => Cond::Constant(false),
            (false, false) => self.any_of(parts),
        }
    }

    /// The constants among operands as sets, one for each list and one for all others, none of them empty; and the
    /// other texts. Missing ones are left out.
    fn constants(&mut self, operands: &[TextOperand]) -> (Vec<SetId>, Vec<TextId>) {
        let (mut sets, mut values, mut exprs) = (Vec::new(), BTreeSet::new(), Vec::new());
        for operand in operands {
            match operand {
                TextOperand::Literal(text) => {
                    values.insert(text.folded.to_string());
                }
                TextOperand::List(list) => sets.push(self.sets.of_list(self.model, *list)),
                TextOperand::Expr(expr) => {
                    let id = self.text(expr);
                    match self.literal_text(id) {
                        Some(Some(text)) => drop(values.insert(text.folded.into())),
                        Some(None) => {}
                        None => exprs.push(id),
                    }
                }
            }
        }
        sets.push(self.sets.of(values));
        sets.retain(|set| !self.sets.values(*set).is_empty());
        (sets, exprs)
    }

    /// Each value of these sets as a set of its own.
    fn each_value(&mut self, sets: &[SetId]) -> Vec<SetId> {
        let values: BTreeSet<String> = sets.iter().flat_map(|set| self.sets.values(*set)).cloned().collect();
        values.iter().map(|value| self.sets.one(value)).collect()
    }

    fn is_missing(&mut self, operand: &TextOperand) -> bool {
        let TextOperand::Expr(expr) = operand else { return false };
        let id = self.text(expr as &TextExpr);
        self.literal_text(id) == Some(None)
    }
}

fn test_of(compare: TextCompare, set: SetId) -> Test {
    match compare {
        TextCompare::Is => Test::Is(set),
        TextCompare::Part(relation) => Test::Part(relation, set),
    }
}
