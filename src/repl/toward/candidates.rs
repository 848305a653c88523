//! Changes that some rule would notice: for each field the values that conditions compare it with, for each event the
//! properties that filters ask for.

use super::change::Change;
use crate::model::walk::{Part, walk_any, walk_condition, walk_items, walk_lookup, walk_selector};
use crate::model::{
    AnyExpr, Body, Condition, ConditionKind, DateExpr, DateTest, Event, EventId, FieldId, FieldKind, Item, ListExpr,
    LookupTable, Model, NumberExpr, NumberTest, Pattern, Points, PropertyId, RowTest, ScoreBody, Selector, Table,
    TableKey, TextExpr, TextOperand, TextTest, YesNoExpr,
};
use crate::repl::population::Population;
use crate::repl::subject::{Subject, bare_event};
use crate::value::{Decimal, Duration, Instant, Moment, Text, TimeUnit, Value};
use std::collections::BTreeMap;

/// Values that are tried for one field or property.
const MOST_VALUES: usize = 12;
/// Events of one type with different properties.
const MOST_EVENTS: usize = 6;
/// How many names of values are looked through.
const DEEPEST: usize = 8;

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
        for threshold in &model.thresholds {
            walk_condition(&threshold.when, &mut visit);
            threshold.until.iter().for_each(|until| walk_condition(until, &mut visit));
        }
        for score in &model.scores {
            if let ScoreBody::Rules { when, items, .. } = &score.body {
                when.iter().for_each(|when| walk_condition(when, &mut visit));
                walk_items(items, &mut visit);
            }
        }
        model.defines.iter().for_each(|define| walk_any(&define.value, &mut visit));
        model.excludes.iter().for_each(|exclude| walk_condition(&exclude.when, &mut visit));
        model.ignores.iter().for_each(|ignore| walk_selector(ignore, &mut visit));
        model.lookups.iter().for_each(|lookup| walk_lookup(&lookup.table, &mut visit));
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

    /// Moments for which the test may hold: the one named, a day before and after it, now, some way ahead.
    fn moments(&self, test: &DateTest) -> Vec<Moment> {
        let zone = &self.model.zone;
        let day = Duration { count: 1, unit: TimeUnit::Day };
        let now = Moment::Instant(self.as_of);
        let around = |date: &DateExpr| match date {
            DateExpr::Literal(moment) => {
                let first = moment.first(zone);
                let sides = [first.minus(day, zone), moment.last(zone).plus(day, zone)];
                std::iter::once(*moment).chain(sides.into_iter().flatten().map(Moment::Instant)).collect()
            }
            _ => vec![now],
        };
        match test {
            DateTest::Before(date) | DateTest::After(date) | DateTest::On(date) => around(date),
            DateTest::Between(from, to) => [around(from), around(to)].concat(),
            DateTest::InLast(_) | DateTest::InNext(_) => vec![now],
        }
    }

    fn operands(&self, operands: &[TextOperand]) -> Vec<Text> {
        let mut texts = Vec::new();
        for operand in operands {
            match operand {
                TextOperand::Literal(text) => texts.push(text.clone()),
                TextOperand::List(list) => {
                    texts.extend(self.model.lists.get(list.index()).and_then(|list| list.values.first()).cloned());
                }
                TextOperand::Expr(_) => {}
            }
        }
        texts.truncate(3);
        texts
    }

    /// A text that a glob covers. Regular expressions are left to the analysis.
    fn example_of(&self, pattern: &Pattern) -> Option<Text> {
        let glob = match pattern {
            Pattern::Glob(glob) => glob.clone(),
            Pattern::List(_, globs) => globs.first()?.clone(),
            Pattern::Regex(_) => return None,
        };
        Text::new(&glob.pattern().replace('*', "").replace('?', "a"))
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

    fn define(&self, id: crate::model::DefineId, depth: usize) -> Option<&'m AnyExpr> {
        let model: &'m Model = self.model;
        model.defines.get(id.index()).filter(|_| depth < DEEPEST).map(|define| &define.value)
    }

    fn of_property(property: &crate::model::Property) -> Vec<Subjects> {
        property.places.iter().map(|(event, id)| Subjects::Property(*event, *id)).collect()
    }

    /// The fields and properties that a text is, each with whether it is their domain.
    fn of_text(&self, text: &TextExpr, depth: usize) -> Vec<(Subjects, bool)> {
        let plain = |subjects: Vec<Subjects>| subjects.into_iter().map(|subject| (subject, false)).collect();
        match text {
            TextExpr::Field(field) => vec![(Subjects::Field(*field), false)],
            TextExpr::Property(property) | TextExpr::Latest(property, _) | TextExpr::First(property, _) => {
                plain(Self::of_property(property))
            }
            TextExpr::Define(id) => match self.define(*id, depth) {
                Some(AnyExpr::Text(text)) => self.of_text(text, depth + 1),
                _ => Vec::new(),
            },
            TextExpr::DomainOf(inner) => {
                self.of_text(inner, depth + 1).into_iter().map(|(subject, _)| (subject, true)).collect()
            }
            TextExpr::FirstKnown(texts) if depth < DEEPEST => {
                texts.iter().flat_map(|text| self.of_text(text, depth + 1)).collect()
            }
            _ => Vec::new(),
        }
    }

    fn of_number(&self, number: &NumberExpr, depth: usize) -> Vec<Subjects> {
        match number {
            NumberExpr::Field(field) => vec![Subjects::Field(*field)],
            NumberExpr::Property(property)
            | NumberExpr::Latest(property, _)
            | NumberExpr::First(property, _)
            | NumberExpr::SumOf(property, _)
            | NumberExpr::AverageOf(property, _)
            | NumberExpr::HighestOf(property, _)
            | NumberExpr::LowestOf(property, _) => Self::of_property(property),
            NumberExpr::Define(id) => match self.define(*id, depth) {
                Some(AnyExpr::Number(number)) => self.of_number(number, depth + 1),
                _ => Vec::new(),
            },
            NumberExpr::FirstKnown(all) | NumberExpr::Highest(all) | NumberExpr::Lowest(all) if depth < DEEPEST => {
                all.iter().flat_map(|one| self.of_number(one, depth + 1)).collect()
            }
            NumberExpr::Add(left, right)
            | NumberExpr::Subtract(left, right)
            | NumberExpr::Multiply(left, right)
            | NumberExpr::Divide(left, right)
                if depth < DEEPEST =>
            {
                [self.of_number(left, depth + 1), self.of_number(right, depth + 1)].concat()
            }
            _ => Vec::new(),
        }
    }

    fn of_date(&self, date: &DateExpr) -> Vec<Subjects> {
        match date {
            DateExpr::Field(field) => vec![Subjects::Field(*field)],
            DateExpr::Property(property) | DateExpr::Latest(property, _) | DateExpr::First(property, _) => {
                Self::of_property(property)
            }
            DateExpr::Define(id) => match self.define(*id, 0) {
                Some(AnyExpr::Date(DateExpr::Field(field))) => vec![Subjects::Field(*field)],
                _ => Vec::new(),
            },
            _ => Vec::new(),
        }
    }

    fn of_yes_no(&self, answer: &YesNoExpr, depth: usize) -> Vec<Subjects> {
        match answer {
            YesNoExpr::Field(field) => vec![Subjects::Field(*field)],
            YesNoExpr::Property(property) | YesNoExpr::Latest(property, _) | YesNoExpr::First(property, _) => {
                Self::of_property(property)
            }
            YesNoExpr::Define(id) => match self.define(*id, depth) {
                Some(AnyExpr::YesNo(answer)) => self.of_yes_no(answer, depth + 1),
                _ => Vec::new(),
            },
            YesNoExpr::FirstKnown(all) if depth < DEEPEST => {
                all.iter().flat_map(|one| self.of_yes_no(one, depth + 1)).collect()
            }
            YesNoExpr::FirstKnown(_) => Vec::new(),
        }
    }

    fn of_list(&self, list: &ListExpr, depth: usize) -> Vec<Subjects> {
        match list {
            ListExpr::Field(field) => vec![Subjects::Field(*field)],
            ListExpr::Property(property) => Self::of_property(property),
            ListExpr::Define(id) => match self.define(*id, depth) {
                Some(AnyExpr::List(list)) => self.of_list(list, depth + 1),
                _ => Vec::new(),
            },
        }
    }

    /// Values worth trying, all of which data could hold.
    fn values_of(&self, subject: Subjects, kind: &FieldKind) -> Vec<Value> {
        let mut values = self.values.get(&subject).cloned().unwrap_or_default();
        match kind {
            FieldKind::OneOf(of) => {
                for text in of.iter().take(MOST_VALUES) {
                    let value = Value::Text(text.clone());
                    if !values.contains(&value) {
                        values.push(value);
                    }
                }
            }
            FieldKind::Number { from, to, .. } => {
                values.extend([from, to].into_iter().flatten().map(|edge| Value::Number(*edge)));
                values.retain(|value| match value {
                    Value::Number(number) => {
                        from.is_none_or(|from| *number >= from) && to.is_none_or(|to| *number <= to)
                    }
                    _ => false,
                });
            }
            _ => {}
        }
        if values.is_empty() {
            values.extend(plain_value(kind, self.as_of));
        }
        let wanted = kind.type_of();
        values.retain(|value| type_of(value) == wanted);
        values
    }

    /// Events of a type at an instant: without more properties than it must have, and with those that each filter asks for.
    fn events_of(&self, id: EventId, at: Instant) -> Vec<Event> {
        let mut bare = bare_event(self.model, id, at);
        let Some(kind) = self.model.events.get(id.index()) else { return Vec::new() };
        for (field, cell) in kind.properties.iter().zip(&mut bare.values) {
            if field.required {
                *cell = plain_value(&field.kind, self.as_of);
            }
        }
        let mut events = vec![bare.clone()];
        for filter in self.filters.get(&id).into_iter().flatten() {
            for value_at in 0..2 {
                let mut event = bare.clone();
                for place in properties_in(filter, id) {
                    let field = kind.properties.get(place.index());
                    let values = field.map(|field| self.values_of(Subjects::Property(id, place), &field.kind));
                    let value = values.and_then(|values| {
                        let own = own_value(filter, &values);
                        own.or_else(|| values.get(value_at).or(values.first()).cloned())
                    });
                    if let (Some(cell), Some(value)) = (event.values.get_mut(place.index()), value) {
                        *cell = Some(value);
                    }
                }
                if !events.contains(&event) && events.len() < MOST_EVENTS {
                    events.push(event);
                }
            }
        }
        events
    }
}

/// A value that the filter itself names, so that events of other filters' values are not tried for it first.
fn own_value(filter: &Condition, values: &[Value]) -> Option<Value> {
    let mut named = Vec::new();
    walk_condition(filter, &mut |part| {
        if let Part::Condition(condition) = part
            && let ConditionKind::Text { test: TextTest::Is(operands) | TextTest::Part { operands, .. }, .. } =
                &condition.kind
        {
            named.extend(operands.iter().filter_map(|operand| match operand {
                TextOperand::Literal(text) => Some(Value::Text(text.clone())),
                _ => None,
            }));
        }
    });
    named.into_iter().find(|value| values.contains(value))
}

/// The properties of a type that a filter reads.
fn properties_in(filter: &Condition, kind: EventId) -> Vec<PropertyId> {
    let mut found = Vec::new();
    walk_condition(filter, &mut |part| {
        let property = match part {
            Part::Number(NumberExpr::Property(property))
            | Part::Text(TextExpr::Property(property))
            | Part::Date(DateExpr::Property(property))
            | Part::YesNo(YesNoExpr::Property(property))
            | Part::List(ListExpr::Property(property)) => property,
            _ => return,
        };
        found.extend(property.places.get(&kind).copied());
    });
    found.sort_unstable();
    found.dedup();
    found
}

fn type_of(value: &Value) -> crate::model::Type {
    use crate::model::Type;
    match value {
        Value::Number(_) => Type::Number,
        Value::Text(_) => Type::Text,
        Value::YesNo(_) => Type::YesNo,
        Value::Date(_) => Type::Date,
        Value::List(_) => Type::List,
    }
}

/// Something unremarkable of the kind.
fn plain_value(kind: &FieldKind, as_of: Instant) -> Option<Value> {
    match kind {
        FieldKind::Text => Text::new("something").map(Value::Text),
        FieldKind::OneOf(values) => values.first().cloned().map(Value::Text),
        FieldKind::Number { from, to, .. } => {
            let raised = from.unwrap_or_default().max(Decimal::ZERO);
            Some(Value::Number(to.map_or(raised, |to| to.min(raised))))
        }
        FieldKind::YesNo { .. } => Some(Value::YesNo(true)),
        FieldKind::Date { .. } => Some(Value::Date(Moment::Instant(as_of))),
        FieldKind::ListOfText => Text::new("something").map(|text| Value::List(vec![text])),
    }
}
