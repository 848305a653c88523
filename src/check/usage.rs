//! What the rules need of the data: the key, required fields, and all that something with a result reads.

use super::walk::{self, Read};
use crate::model::{
    Body, Condition, DefineId, Each, Item, LimitScope, LookupId, LookupTable, Model, Points, Property, PropertyId,
    Rule, ScoreBody, ScoreId, Symbol, TableKey, Usage,
};
use std::collections::HashSet;

/// What a whole model needs.
pub(super) fn of_model(model: &Model) -> Usage {
    let mut needs = Needs::new(model);
    needs.usage.fields.extend(model.lead.key);
    needs.usage.fields.extend(model.names.values().filter_map(|symbol| match symbol {
        Symbol::Field(id) if model.lead.fields.get(id.index()).is_some_and(|field| field.required) => Some(*id),
        _ => None,
    }));
    for ignore in &model.ignores {
        walk::selector(ignore, &mut |read| needs.read(read));
    }
    for exclude in &model.excludes {
        needs.condition(&exclude.when);
    }
    for score in &model.scores {
        needs.score(&score.body);
    }
    for threshold in &model.thresholds {
        needs.condition(&threshold.when);
        if let Some(until) = &threshold.until {
            needs.condition(until);
        }
    }
    needs.finish()
}

/// What a condition over the results of a model needs, its scores and thresholds apart.
pub(super) fn of_condition(model: &Model, condition: &Condition) -> Usage {
    let mut needs = Needs::new(model);
    needs.condition(condition);
    needs.finish()
}

/// Every score that a condition reads, also through a define, a lookup, a band or a matrix.
pub(super) fn scores_of(model: &Model, conditions: &[&Condition]) -> Vec<ScoreId> {
    let mut needs = Needs::new(model);
    for condition in conditions {
        needs.condition(condition);
    }
    needs.follow();
    let mut scores: Vec<ScoreId> = needs.scores.into_iter().collect();
    scores.sort_unstable();
    scores
}

struct Needs<'m> {
    model: &'m Model,
    usage: Usage,
    scores: HashSet<ScoreId>,
    /// Defines and lookups not looked into yet.
    waiting: Vec<Symbol>,
}

impl<'m> Needs<'m> {
    fn new(model: &'m Model) -> Needs<'m> {
        Needs { model, usage: Usage::default(), scores: HashSet::new(), waiting: Vec::new() }
    }

    fn read(&mut self, read: Read<'_>) {
        match read {
            Read::Field(id) => {
                self.usage.fields.insert(id);
            }
            Read::Property(property) => self.property(property),
            Read::Events(types) => self.usage.events.extend(types),
            Read::Define(id) => {
                if self.usage.defines.insert(id) {
                    self.waiting.push(Symbol::Define(id));
                }
            }
            Read::Lookup(id) => {
                if self.usage.lookups.insert(id) {
                    self.waiting.push(Symbol::Lookup(id));
                }
            }
            Read::Score(id) => {
                self.scores.insert(id);
            }
            Read::Matrix(id) => {
                if let Some(matrix) = self.model.matrices.get(id.index()) {
                    self.scores.extend([matrix.rows, matrix.columns]);
                }
            }
            Read::List | Read::Threshold(_) => {}
        }
    }

    fn property(&mut self, property: &Property) {
        self.usage.properties.extend(property.places.iter().map(|(event, place)| (*event, *place)));
    }

    fn condition(&mut self, condition: &Condition) {
        walk::condition(condition, &mut |read| self.read(read));
    }

    fn score(&mut self, body: &ScoreBody) {
        match body {
            ScoreBody::Derived(value) => walk::number(value, &mut |read| self.read(read)),
            ScoreBody::Rules { when, items, .. } => {
                if let Some(when) = when {
                    self.condition(when);
                }
                self.items(items);
            }
        }
    }

    fn items(&mut self, items: &[Item]) {
        for item in items {
            match item {
                Item::Rule(rule) => self.rule(rule),
                Item::Group(group) => {
                    if let Some(when) = &group.when {
                        self.condition(when);
                    }
                    self.items(&group.items);
                }
            }
        }
    }

    fn rule(&mut self, rule: &Rule) {
        self.points(&rule.points);
        match &rule.body {
            Body::Always => {}
            Body::When(when) => self.condition(when),
            Body::ForEach(each) => {
                walk::selector(&each.selector, &mut |read| self.read(read));
                if let Each::Property { property, .. } = &each.each {
                    self.property(property);
                }
                for limit in &each.limits {
                    if let LimitScope::PerProperty(property) = &limit.scope {
                        self.property(property);
                    }
                }
            }
            Body::ForEvery(every) => {
                walk::selector(&every.selector, &mut |read| self.read(read));
                if let Some(from) = &every.counting_from {
                    walk::date(from, &mut |read| self.read(read));
                }
            }
        }
    }

    fn points(&mut self, points: &Points) {
        match points {
            Points::Constant(_) => {}
            Points::Computed(value) => walk::number(value, &mut |read| self.read(read)),
            Points::Series(all) => all.iter().for_each(|one| self.points(one)),
            Points::Table(table) => {
                self.key(&table.key);
                for row in table.rows.iter().chain(&table.otherwise).chain(&table.missing) {
                    self.points(&row.result);
                }
            }
        }
    }

    fn key(&mut self, key: &TableKey) {
        match key {
            TableKey::Number(number) => walk::number(number, &mut |read| self.read(read)),
            TableKey::Text(text) => walk::text(text, &mut |read| self.read(read)),
        }
    }

    /// Looks into defines and lookups until nothing new is found.
    fn follow(&mut self) {
        let model = self.model;
        while let Some(symbol) = self.waiting.pop() {
            match symbol {
                Symbol::Define(DefineId(id)) => {
                    if let Some(define) = model.defines.get(id as usize) {
                        walk::any(&define.value, &mut |read| self.read(read));
                    }
                }
                Symbol::Lookup(LookupId(id)) => match model.lookups.get(id as usize).map(|lookup| &lookup.table) {
                    Some(LookupTable::Text(table)) => self.key(&table.key),
                    Some(LookupTable::Number(table)) => self.key(&table.key),
                    None => {}
                },
                _ => {}
            }
        }
    }

    /// Adds what the used events need themselves: their required properties, and the fields they are matched by.
    fn finish(mut self) -> Usage {
        self.follow();
        for id in self.usage.events.clone() {
            let Some(event) = self.model.events.get(id.index()) else { continue };
            self.usage.fields.extend(event.mapping.lead_by);
            let required = (0u32..).zip(&event.properties).filter(|(_, property)| property.required);
            self.usage.properties.extend(required.map(|(property, _)| (id, PropertyId(property))));
        }
        self.usage
    }
}
