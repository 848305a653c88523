//! Why a condition holds or not, in one line: the smallest part that decides, with the values it met.

use super::Evaluation;
use super::describe::{Words, show};
use super::facts::{Facts, Scope, Watch};
use crate::model::{
    AnyExpr, BandId, Condition, ConditionKind, DateExpr, DateTest, DefineId, NumberExpr, NumberTest, ScoreId, TextExpr,
    TextOperand, TextTest, ThresholdId,
};
use crate::value::Value;

/// How many deciding parts a line names.
const MOST_PARTS: usize = 3;
/// How many defines and thresholds a line looks through.
const DEEPEST: usize = 16;

impl Evaluation<'_> {
    /// Why a condition holds or not: the smallest part of it that decides, with the values it met, as one line for
    /// people: "`employees >= 50`: `employees` is 12". A name of a condition or threshold is looked through.
    pub fn why(&self, condition: &Condition) -> String {
        let watch = Watch::new(None);
        Why::new(&self.facts, &watch).of(condition, 0)
    }
}

/// Explains conditions in a scope.
pub(super) struct Why<'a> {
    pub scope: Scope<'a>,
    pub words: Words<'a>,
}

impl<'a> Why<'a> {
    pub fn new(facts: &'a Facts<'a>, watch: &'a Watch<'a>) -> Why<'a> {
        Why { scope: facts.scope(watch), words: Words { model: facts.model } }
    }

    /// `depth` counts the names looked through; conditions themselves nest to a bounded depth.
    pub fn of(&self, condition: &Condition, depth: usize) -> String {
        match &condition.kind {
            ConditionKind::All(parts) | ConditionKind::Any(parts) => {
                let held = self.scope.holds(condition);
                let deciding = parts.iter().filter(|part| self.scope.holds(part) == held);
                let is_all = matches!(condition.kind, ConditionKind::All(_));
                // A part that fails decides an `and`, one that holds an `or`: the first is enough.
                let enough = if is_all == held { MOST_PARTS } else { 1 };
                let count = deciding.clone().count();
                let mut lines: Vec<String> = deciding.take(enough).map(|part| self.of(part, depth)).collect();
                if is_all == held && count > enough {
                    lines.push(format!("and {} more", count - enough));
                }
                lines.join("; ")
            }
            ConditionKind::Not(part) if is_compound(part) => self.of(part, depth),
            ConditionKind::Define(define) if depth < DEEPEST => self.define(*define, depth),
            ConditionKind::Threshold(threshold) if depth < DEEPEST => self.threshold(*threshold, depth),
            _ => self.simple(condition),
        }
    }

    fn simple(&self, condition: &Condition) -> String {
        let text = self.words.source(condition.span);
        let inner = match &condition.kind {
            ConditionKind::Not(part) => part,
            _ => condition,
        };
        let met = self.values_met(inner).join(", ");
        if met.is_empty() {
            format!("`{text}` {}", if self.scope.holds(condition) { "holds" } else { "does not hold" })
        } else if met.starts_with(&format!("`{text}` ")) {
            met
        } else {
            format!("`{text}`: {met}")
        }
    }

    /// "`employees` is 12": each name that a comparison reads, with its value.
    fn values_met(&self, condition: &Condition) -> Vec<String> {
        let met = match &condition.kind {
            ConditionKind::Known(expr) => vec![self.any_met(expr)],
            ConditionKind::YesNo { value, .. } => {
                vec![self.met(self.words.yes_no(value), self.scope.yes_no(value).map(Value::YesNo))]
            }
            ConditionKind::Text { value, test } => {
                let operands = match test {
                    TextTest::Is(operands) | TextTest::Part { operands, .. } => operands.as_slice(),
                    TextTest::Matches(_) | TextTest::LooksRandom => &[],
                };
                std::iter::once(self.text_met(value)).chain(self.operands_met(operands)).collect()
            }
            ConditionKind::Includes { list, operands, .. } => {
                let list = self.met(self.words.list(list), self.scope.list(list).map(Value::List));
                std::iter::once(list).chain(self.operands_met(operands)).collect()
            }
            ConditionKind::Number { value, test } => {
                let others: Vec<&NumberExpr> = match test {
                    NumberTest::Compare(_, right) => vec![right],
                    NumberTest::Between(low, high) => vec![low, high],
                    NumberTest::OneOf(numbers) => numbers.iter().collect(),
                };
                std::iter::once(value).chain(others).map(|number| self.number_met(number)).collect()
            }
            ConditionKind::Date { value, test } => {
                let others = match test {
                    DateTest::Before(right) | DateTest::After(right) | DateTest::On(right) => vec![right],
                    DateTest::Between(from, to) => vec![from, to],
                    DateTest::InLast(_) | DateTest::InNext(_) => vec![],
                };
                std::iter::once(value).chain(others).map(|date| self.date_met(date)).collect()
            }
            ConditionKind::Band { score, .. } | ConditionKind::BandKnown(score) => vec![Some(self.band(*score))],
            ConditionKind::Events { selector, number, .. } => {
                let found = super::why_rule::SelectorCounts::of(&self.scope.selection(selector)).to_string();
                vec![Some(found), self.number_met(number)]
            }
            ConditionKind::Excluded => vec![Some(self.exclusion())],
            _ => Vec::new(),
        };
        met.into_iter().flatten().collect()
    }

    fn any_met(&self, expr: &AnyExpr) -> Option<String> {
        match expr {
            AnyExpr::Number(number) => self.number_met(number),
            AnyExpr::Text(text) => self.text_met(text),
            AnyExpr::Date(date) => self.date_met(date),
            other => Some(format!("`{}` is {}", self.words.any(other), show(self.scope.value(other).as_ref()))),
        }
    }

    fn operands_met(&self, operands: &[TextOperand]) -> Vec<Option<String>> {
        let met = operands.iter().map(|operand| match operand {
            TextOperand::Expr(expr) => self.text_met(expr),
            TextOperand::Literal(_) | TextOperand::List(_) => None,
        });
        met.collect()
    }

    /// A literal needs no telling.
    fn number_met(&self, expr: &NumberExpr) -> Option<String> {
        match expr {
            NumberExpr::Literal(_) | NumberExpr::Missing => None,
            expr => self.met(self.words.number(expr), self.scope.number(expr).map(Value::Number)),
        }
    }

    fn text_met(&self, expr: &TextExpr) -> Option<String> {
        match expr {
            TextExpr::Literal(_) => None,
            expr => self.met(self.words.text(expr), self.scope.text(expr).map(Value::Text)),
        }
    }

    fn date_met(&self, expr: &DateExpr) -> Option<String> {
        match expr {
            DateExpr::Literal(_) => None,
            expr => self.met(self.words.date(expr), self.scope.date(expr).map(Value::Date)),
        }
    }

    fn met(&self, name: String, value: Option<Value>) -> Option<String> {
        Some(format!("`{name}` is {}", show(value.as_ref())))
    }

    pub fn band(&self, id: ScoreId) -> String {
        let score = self.words.model.scores.get(id.index());
        let name = score.map(|score| score.name.as_str()).unwrap_or_default();
        let band_name = |band: BandId| Some(score?.bands.as_ref()?.bands.get(band.index())?.name.as_str());
        let band = match self.scope.facts.band(id).and_then(band_name) {
            _ if self.scope.facts.excluded.is_some() => "excluded",
            Some(band) => band,
            None => "missing",
        };
        format!("`band of {name}` is {band}")
    }

    fn exclusion(&self) -> String {
        let excludes = &self.words.model.excludes;
        match self.scope.facts.excluded.and_then(|exclude| excludes.get(exclude.index())) {
            Some(exclude) => format!("the lead is excluded: {}", exclude.reason),
            None => "the lead is not excluded".to_owned(),
        }
    }

    fn define(&self, id: DefineId, depth: usize) -> String {
        let name = self.words.define(id);
        match self.words.model.defines.get(id.index()).map(|define| &define.value) {
            Some(AnyExpr::Condition(condition)) => format!("`{name}`: {}", self.of(condition, depth + 1)),
            _ => format!("`{name}` is {}", show(self.scope.define(id))),
        }
    }

    /// What decided about a threshold: an exclusion, a missing score, `until`, `when`, or that it was met before.
    fn threshold(&self, id: ThresholdId, depth: usize) -> String {
        let Some(threshold) = self.words.model.thresholds.get(id.index()) else { return String::new() };
        let met = self.scope.facts.thresholds.get(id.index()).copied().unwrap_or(false);
        let is_missing = |score: &&ScoreId| self.scope.facts.score(**score).is_none();
        let until = threshold.until.as_ref().filter(|until| self.scope.holds(until));
        let reason = if self.scope.facts.excluded.is_some() {
            self.exclusion()
        } else if let Some(missing) = threshold.reads.iter().find(is_missing) {
            format!("`{}` is missing", self.words.number(&NumberExpr::Score(*missing)))
        } else if let Some(until) = until {
            format!("until {}", self.of(until, depth + 1))
        } else if met && !self.scope.holds(&threshold.when) {
            format!("it was met before; {}", self.of(&threshold.when, depth + 1))
        } else {
            self.of(&threshold.when, depth + 1)
        };
        format!("`{}` is {}: {reason}", threshold.name, if met { "met" } else { "not met" })
    }
}

fn is_compound(condition: &Condition) -> bool {
    use ConditionKind as Kind;
    matches!(condition.kind, Kind::All(_) | Kind::Any(_) | Kind::Not(_) | Kind::Define(_) | Kind::Threshold(_))
}
