//! What is known about a model while, or after, it is checked: looked up often, kept beside the model.

use super::walk::{self, Read};
use crate::model::{
    DefineId, EventType, LookupId, LookupTable, Model, PropertyId, ScoreId, Symbol, Table, TableKey, ThresholdId,
};
use crate::value::fold_name;
use std::collections::{HashMap, HashSet};

#[derive(Default)]
pub(super) struct Facts {
    /// Defines and lookups whose type is not known: not checked yet, or wrong.
    pub broken: HashSet<Symbol>,
    /// For each event type its properties by folded name.
    pub properties: Vec<HashMap<String, PropertyId>>,
    /// Scores with a mistake in them: some of their rules are not in the model.
    pub incomplete: HashSet<ScoreId>,
    /// What each define and lookup reads in the end.
    pub reaches: HashMap<Symbol, Reach>,
}

/// What stands at the end of a chain of defines and lookups.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Reach {
    pub events: bool,
    /// One of the scores, bands' scores or matrices
    pub result: Option<Symbol>,
    /// The one declared last
    pub threshold: Option<ThresholdId>,
}

impl Reach {
    fn join(&mut self, other: Reach) {
        self.events |= other.events;
        self.result = self.result.or(other.result);
        self.threshold = self.threshold.max(other.threshold);
    }
}

impl Facts {
    /// Of a finished model.
    pub fn of(model: &Model) -> Facts {
        let mut facts = Facts { properties: model.events.iter().map(properties).collect(), ..Facts::default() };
        for symbol in &model.order {
            facts.learn(model, *symbol);
        }
        facts
    }

    /// Notes what a checked define or lookup reads.
    pub fn learn(&mut self, model: &Model, symbol: Symbol) {
        let mut reach = Reach::default();
        let mut visit = |read: Read<'_>| reach.join(self.one(read));
        match symbol {
            Symbol::Define(DefineId(id)) => {
                if let Some(define) = model.defines.get(id as usize) {
                    walk::any(&define.value, &mut visit);
                }
            }
            Symbol::Lookup(LookupId(id)) => match model.lookups.get(id as usize).map(|lookup| &lookup.table) {
                Some(LookupTable::Text(table)) => walk_key(table, &mut visit),
                Some(LookupTable::Number(table)) => walk_key(table, &mut visit),
                None => {}
            },
            _ => return,
        }
        self.reaches.insert(symbol, reach);
    }

    fn one(&self, read: Read<'_>) -> Reach {
        match read {
            Read::Events(_) => Reach { events: true, ..Reach::default() },
            Read::Score(id) => Reach { result: Some(Symbol::Score(id)), ..Reach::default() },
            Read::Matrix(id) => Reach { result: Some(Symbol::Matrix(id)), ..Reach::default() },
            Read::Threshold(id) => Reach { threshold: Some(id), ..Reach::default() },
            Read::Define(id) => self.reach(Symbol::Define(id)),
            Read::Lookup(id) => self.reach(Symbol::Lookup(id)),
            Read::Field(_) | Read::Property(_) | Read::List => Reach::default(),
        }
    }

    pub fn reach(&self, symbol: Symbol) -> Reach {
        self.reaches.get(&symbol).copied().unwrap_or_default()
    }
}

fn walk_key<R>(table: &Table<R>, visit: walk::Visit<'_>) {
    match &table.key {
        TableKey::Number(number) => walk::number(number, visit),
        TableKey::Text(text) => walk::text(text, visit),
    }
}

/// The properties of an event by folded name, the first of two that share one.
pub(super) fn properties(event: &EventType) -> HashMap<String, PropertyId> {
    let mut by_name = HashMap::new();
    for (id, property) in (0u32..).zip(&event.properties) {
        by_name.entry(fold_name(&property.name)).or_insert(PropertyId(id));
    }
    by_name
}
