//! What a walk over a model meets: numbers, texts, dates, lengths and counts that rules name.

use super::OF_A_LIST;
use crate::model::walk::Part;
use crate::model::{
    Body, ConditionKind, DateExpr, DateTest, Item, LimitScope, NumberExpr, Pattern, Points, RowTest, Table, TextExpr,
    TextOperand, TextTest,
};
use crate::value::{Decimal, Duration, Moment};
use regex_syntax::hir::{Class, Hir, HirKind};
use std::collections::BTreeSet;

/// What a walk over a model met.
#[derive(Debug, Default)]
pub(super) struct Met {
    pub numbers: BTreeSet<Decimal>,
    pub texts: BTreeSet<String>,
    pub dates: Vec<Moment>,
    pub durations: Vec<Duration>,
    pub counts: BTreeSet<u64>,
}

impl Met {
    pub fn part(&mut self, part: Part<'_>) {
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
                self.texts.extend(matched_by(regex.as_str()));
                let words = regex.as_str().split(|letter: char| !letter.is_alphanumeric());
                self.texts.extend(words.filter(|word| !word.is_empty()).map(str::to_owned));
            }
        }
    }

    pub fn items(&mut self, items: &[Item]) {
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

    pub fn points(&mut self, points: &Points) {
        match points {
            Points::Series(series) => {
                self.counts.insert(series.len() as u64);
            }
            Points::Table(table) => self.table(table),
            Points::Constant(_) | Points::Computed(_) => {}
        }
    }

    pub fn table<R>(&mut self, table: &Table<R>) {
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

/// A few texts that a regular expression should match: at each place the first and the last letters of its ranges.
fn matched_by(pattern: &str) -> Vec<String> {
    const MADE: usize = 6;
    let Ok(parsed) = regex_syntax::parse(pattern) else { return Vec::new() };
    let texts = (0..MADE).map(|number| {
        let mut text = String::new();
        write_match(&parsed, number, &mut text);
        text
    });
    texts.collect()
}

/// Expressions nest to a depth that their parser bounds.
fn write_match(expression: &Hir, number: usize, text: &mut String) {
    /// A text that was begun so long is made no longer.
    const LONGEST: usize = 200;
    match expression.kind() {
        HirKind::Literal(literal) => text.push_str(&String::from_utf8_lossy(&literal.0)),
        HirKind::Class(Class::Unicode(class)) => {
            let ends: Vec<char> = class.iter().take(3).flat_map(|range| [range.start(), range.end()]).collect();
            text.extend(ends.get(number % ends.len().max(1)));
        }
        HirKind::Repetition(repeated) => {
            let times = repeated.min.max(u32::from(repeated.max != Some(0)));
            for _ in 0..times {
                if text.len() < LONGEST {
                    write_match(&repeated.sub, number, text);
                }
            }
        }
        HirKind::Capture(group) => write_match(&group.sub, number, text),
        HirKind::Concat(parts) => parts.iter().for_each(|part| write_match(part, number, text)),
        HirKind::Alternation(parts) => {
            parts.get(number % parts.len().max(1)).into_iter().for_each(|part| write_match(part, number, text));
        }
        HirKind::Empty | HirKind::Look(_) | HirKind::Class(Class::Bytes(_)) => {}
    }
}
