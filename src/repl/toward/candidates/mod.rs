//! Changes that some rule would notice: for each field the values that conditions compare it with, for each event the
//! properties that filters ask for.
//!
//! | file | says |
//! |---|---|
//! | `subjects` | where the value of an expression stands |
//! | `values`, `events` | what is tried there |

mod events;
mod subjects;
mod values;

use super::change::Change;
use crate::model::walk::{Part, walk_condition, walk_model};
use crate::model::{
    Body, Condition, ConditionKind, EventId, FieldId, FieldKind, Item, LookupTable, Model, NumberExpr, NumberTest,
    Points, PropertyId, RowTest, ScoreBody, Selector, Table, TableKey, TextTest,
};
use crate::repl::population::Population;
use crate::repl::subject::Subject;
use crate::value::{Decimal, Duration, Instant, Moment, Text, TimeUnit, Value};
use std::collections::BTreeMap;

/// Values that are tried for one field or property.
const MOST_VALUES: usize = 12;

/// Where a value stands: a field of the lead, or a property of an event type.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Subjects {
    Field(FieldId),
    Property(EventId, PropertyId),
}

/// All single changes, in an order that puts the usual ones first: fields in the order of the schema, then events now,
/// then events a day ago.
pub fn candidates(
    model: &Model,
    asked: &Condition,
    subject: &Subject,
    as_of: Instant,
    leads: Option<&Population>,
) -> Vec<Change> {
    let mut collected = Collected { model, as_of, values: BTreeMap::new(), filters: BTreeMap::new() };
    collected.model(asked);
    let mut changes = Vec::new();
    for (field, id) in model.lead.fields.iter().zip((0..).map(FieldId)) {
        if model.lead.key == Some(id)
            || !model.usage.fields.contains(&id) && !collected.values.contains_key(&Subjects::Field(id))
        {
            continue;
        }
        let lent = leads.into_iter().flat_map(|leads| leads.values(id)).filter_map(Text::new).map(Value::Text).take(2);
        let mut values = collected.values_of(Subjects::Field(id), &field.kind);
        if field.kind == FieldKind::Text {
            values.extend(lent);
        }
        let known = values.into_iter().map(Some);
        let missing = (!field.required).then_some(None);
        for value in known.chain(missing) {
            if subject.value(id) != value.as_ref() && !changes.contains(&Change::Field(id, value.clone())) {
                changes.push(Change::Field(id, value));
            }
        }
    }
    let day = Duration { count: 1, unit: TimeUnit::Day };
    for at in std::iter::once(as_of).chain(as_of.minus(day, &model.zone)) {
        for id in (0..model.events.len() as u32).map(EventId).filter(|id| model.usage.events.contains(id)) {
            changes.extend(collected.events_of(id, at).into_iter().map(Change::Event));
        }
    }
    changes
}

struct Collected<'m> {
    model: &'m Model,
    as_of: Instant,
    values: BTreeMap<Subjects, Vec<Value>>,
    /// For each event type the filters of its selectors.
    filters: BTreeMap<EventId, Vec<&'m Condition>>,
}

impl<'m> Collected<'m> {
    fn model(&mut self, asked: &'m Condition) {
        let model = self.model;
        let mut conditions: Vec<&'m Condition> = Vec::new();
        let mut selectors: Vec<&'m Selector> = Vec::new();
        let mut visit = |part: Part<'m>| match part {
            Part::Condition(condition) => conditions.push(condition),
            Part::Selector(selector) => selectors.push(selector),
            _ => {}
        };
        walk_condition(asked, &mut visit);
        walk_model(model, &mut visit);
        for selector in selectors {
            for kind in &selector.types {
                let filters = self.filters.entry(*kind).or_default();
                filters.extend(&selector.filter);
            }
        }
        conditions.into_iter().for_each(|condition| self.condition(condition));
        model.lookups.iter().for_each(|lookup| match &lookup.table {
            LookupTable::Text(table) => self.table(table),
            LookupTable::Number(table) => self.table(table),
        });
        for score in &model.scores {
            if let ScoreBody::Rules { items, .. } = &score.body {
                self.items(items);
            }
        }
    }

    fn items(&mut self, items: &'m [Item]) {
        for item in items {
            match item {
                Item::Group(group) => self.items(&group.items),
                Item::Rule(rule) => {
                    if let Points::Table(table) = &rule.points {
                        self.table(table);
                    }
                    if let Body::ForEvery(every) = &rule.body
                        && let Some(from) = &every.counting_from
                    {
                        let now = Value::Date(Moment::Instant(self.as_of));
                        self.add(self.of_date(from), now);
                    }
                }
            }
        }
    }

    fn table<R>(&mut self, table: &Table<R>) {
        for row in &table.rows {
            match (&row.test, &table.key) {
                (RowTest::Edge { at, .. }, TableKey::Number(key)) => self.around(self.of_number(key, 0), *at),
                (RowTest::Values(values), TableKey::Text(key)) => {
                    if let Some(text) = values.first().and_then(|value| Text::new(value)) {
                        self.text(self.of_text(key, 0), &text);
                    }
                }
                _ => {}
            }
        }
    }

    fn condition(&mut self, condition: &Condition) {
        match &condition.kind {
            ConditionKind::Text { value, test } => {
                let subjects = self.of_text(value, 0);
                let texts: Vec<Text> = match test {
                    TextTest::Is(operands) => self.operands(operands),
                    TextTest::Part { operands, all, .. } => {
                        let texts = self.operands(operands);
                        let joined = texts.iter().map(|text| text.given.as_str()).collect::<Vec<_>>().join(" ");
                        if *all { Text::new(&joined).into_iter().collect() } else { texts }
                    }
                    TextTest::Matches(patterns) => {
                        patterns.iter().filter_map(|pattern| self.example_of(pattern)).collect()
                    }
                    TextTest::LooksRandom => Vec::new(),
                };
                texts.iter().for_each(|text| self.text(subjects.clone(), text));
            }
            ConditionKind::Includes { list, operands, .. } => {
                let texts = self.operands(operands);
                if !texts.is_empty() {
                    self.add(self.of_list(list, 0), Value::List(texts));
                }
            }
            ConditionKind::YesNo { value, .. } => {
                for answer in [true, false] {
                    self.add(self.of_yes_no(value, 0), Value::YesNo(answer));
                }
            }
            ConditionKind::Number { value, test } => {
                let sides: Vec<&NumberExpr> = match test {
                    NumberTest::Compare(_, right) => vec![right],
                    NumberTest::Between(low, high) => vec![low, high],
                    NumberTest::OneOf(numbers) => numbers.iter().collect(),
                };
                for side in sides {
                    for (one, other) in [(value, side), (side, value)] {
                        if let NumberExpr::Literal(number) = other {
                            self.around(self.of_number(one, 0), *number);
                        }
                    }
                }
            }
            ConditionKind::Date { value, test } => {
                let subjects = self.of_date(value);
                for moment in self.moments(test) {
                    self.add(subjects.clone(), Value::Date(moment));
                }
            }
            _ => {}
        }
    }

    fn add(&mut self, subjects: Vec<Subjects>, value: Value) {
        for subject in subjects {
            let values = self.values.entry(subject).or_default();
            if values.len() < MOST_VALUES && !values.contains(&value) {
                values.push(value.clone());
            }
        }
    }

    fn text(&mut self, subjects: Vec<(Subjects, bool)>, text: &Text) {
        for (subject, is_domain) in subjects {
            let text = if is_domain { Text::new(&format!("someone@{}", text.given)) } else { Some(text.clone()) };
            if let Some(text) = text {
                self.add(vec![subject], Value::Text(text));
            }
        }
    }

    /// The number, and its neighbours.
    fn around(&mut self, subjects: Vec<Subjects>, number: Decimal) {
        for by in [Decimal::ZERO, Decimal::ONE, Decimal::ONE.negate()] {
            if let Some(near) = number.add(by) {
                self.add(subjects.clone(), Value::Number(near));
            }
        }
    }
}
