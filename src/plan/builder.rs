//! The plan while it is built: arenas, states, what is known of each name of the model.

use super::arena::Arena;
use super::ask::Cond;
use super::notes::Notes;
use super::passes::{Pass, Passes};
use super::sets::Sets;
use super::*;
use crate::model::{AnyExpr, DefineId, LookupId, Model, Symbol};
use crate::value::Instant;
use regex::Regex;
use std::collections::HashMap;

/// Where an expression stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Scope {
    Lead,
    /// One event of a lead
    Event,
    /// The results of a lead
    After,
}

/// The value of a name, once it is planned.
#[derive(Debug, Clone)]
pub(super) enum Planned {
    Condition(Cond),
    Value(ValueId),
}

pub(super) struct Builder<'m> {
    pub model: &'m Model,
    pub as_of: Instant,
    pub passes: Passes,
    pub lead: Arena,
    pub event: Arena,
    pub after: Arena,
    pub scope: Scope,
    /// Inside an `ignore`, which holds no event expressions.
    pub sees_ignored: bool,
    pub sets: Sets,
    pub regexes: HashMap<String, Regex>,
    pub states: Vec<State>,
    /// For each state how many nodes of the lead were there before it.
    pub state_places: Vec<usize>,
    pub(super) alike: HashMap<StateKey, Vec<StateId>>,
    named: HashMap<(Scope, Symbol), Planned>,
    pub notes: Notes,
}

/// What states must share to be equal at all.
pub(super) type StateKey =
    (std::mem::Discriminant<Asks>, std::collections::BTreeSet<crate::model::EventId>, Option<MaskId>);

impl<'m> Builder<'m> {
    pub fn new(model: &'m Model, as_of: Instant, passes: Passes) -> Builder<'m> {
        let share = passes.has(Pass::Share);
        Builder {
            model,
            as_of,
            passes,
            lead: Arena::new(share),
            event: Arena::new(share),
            after: Arena::new(share),
            scope: Scope::Lead,
            sees_ignored: false,
            sets: Sets::default(),
            regexes: HashMap::new(),
            states: Vec::new(),
            state_places: Vec::new(),
            alike: HashMap::new(),
            named: HashMap::new(),
            notes: Notes::default(),
        }
    }

    pub fn has(&self, pass: Pass) -> bool {
        self.passes.has(pass)
    }

    /// The nodes of the scope that is built.
    pub fn arena(&mut self) -> &mut Arena {
        match self.scope {
            Scope::Lead => &mut self.lead,
            Scope::Event => &mut self.event,
            Scope::After => &mut self.after,
        }
    }

    /// Does something in another scope.
    pub fn within<R>(&mut self, scope: Scope, build: impl FnOnce(&mut Builder<'m>) -> R) -> R {
        let before = std::mem::replace(&mut self.scope, scope);
        let built = build(self);
        self.scope = before;
        built
    }

    /// Plans every define and lookup of the scope, each after all that it needs, so that a chain of them needs no stack.
    /// Those that nothing uses are left over.
    pub fn names(&mut self) {
        for symbol in &self.model.order {
            match symbol {
                Symbol::Define(define) => drop(self.define(*define)),
                Symbol::Lookup(lookup) => drop(self.lookup(*lookup)),
                _ => {}
            }
        }
    }

    pub fn define(&mut self, id: DefineId) -> Option<Planned> {
        self.name(Symbol::Define(id), |builder| {
            let define = builder.model.defines.get(id.index())?;
            Some(builder.any(&define.value))
        })
    }

    pub fn lookup(&mut self, id: LookupId) -> Option<Planned> {
        self.name(Symbol::Lookup(id), |builder| {
            let lookup = builder.model.lookups.get(id.index())?;
            Some(Planned::Value(builder.looked_up(lookup)))
        })
    }

    /// Plans a name, once for each scope.
    fn name(&mut self, symbol: Symbol, plan: impl FnOnce(&mut Builder<'m>) -> Option<Planned>) -> Option<Planned> {
        let key = (self.scope, symbol);
        if self.has(Pass::Share)
            && let Some(planned) = self.named.get(&key)
        {
            return Some(planned.clone());
        }
        let planned = plan(self)?;
        self.named.insert(key, planned.clone());
        Some(planned)
    }

    pub fn any(&mut self, expr: &AnyExpr) -> Planned {
        match expr {
            AnyExpr::Condition(condition) => Planned::Condition(self.condition(condition)),
            AnyExpr::Number(number) => Planned::Value(ValueId::Number(self.number(number))),
            AnyExpr::Text(text) => Planned::Value(ValueId::Text(self.text(text))),
            AnyExpr::Date(date) => Planned::Value(ValueId::Date(self.date(date))),
            AnyExpr::YesNo(answer) => Planned::Value(ValueId::YesNo(self.yes_no(answer))),
            AnyExpr::List(list) => Planned::Value(ValueId::List(self.list(list))),
        }
    }
}
