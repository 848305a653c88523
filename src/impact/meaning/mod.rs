//! Parts of a model as digests: equal where they mean the same, in two models as in one.
//!
//! Names of defines are looked through, lists and lookups are what they hold, `and` and `or` have no order. What has a
//! place in the data or in the results (fields, events, scores) is its name.
//!
//! | file | says |
//! |---|---|
//! | `digest` | digests of digests |
//! | `conditions`, `expressions`, `selectors`, `rules` | the parts of a model |

mod conditions;
mod digest;
mod expressions;
mod rules;
mod selectors;

pub use digest::{Digest, choice, decay, duration, leaf, limits, maybe, node, number, set};

use crate::model::{DefineId, FieldId, ListId, LookupId, LookupTable, Model, ScoreId, Symbol};
use crate::value::fold_name;
use std::cell::RefCell;
use std::collections::{BTreeSet, HashMap};
use std::rc::Rc;

type Members = Rc<BTreeSet<Digest>>;

/// Digests of one model; what a define or list means is worked out once.
pub struct Meaning<'model> {
    model: &'model Model,
    defines: RefCell<HashMap<DefineId, Digest>>,
    /// Of defines that are an `and` (true) or an `or` (false): their parts.
    joined: RefCell<HashMap<(DefineId, bool), Option<Members>>>,
    lookups: RefCell<HashMap<LookupId, Digest>>,
    lists: RefCell<HashMap<ListId, Members>>,
}

impl<'model> Meaning<'model> {
    pub fn new(model: &'model Model) -> Meaning<'model> {
        Meaning {
            model,
            defines: RefCell::default(),
            joined: RefCell::default(),
            lookups: RefCell::default(),
            lists: RefCell::default(),
        }
    }

    /// Call [`Meaning::settle`] first: chains of defines are as long as the file allows.
    pub fn define(&self, define: DefineId) -> Digest {
        if let Some(known) = self.defines.borrow().get(&define) {
            return *known;
        }
        let digest = self.model.defines.get(define.index()).map_or(0, |define| self.any(&define.value));
        self.defines.borrow_mut().insert(define, digest);
        digest
    }

    /// Settles every define in an order in which each comes after what it names.
    pub fn settle(self) -> Meaning<'model> {
        for symbol in &self.model.order {
            match symbol {
                Symbol::Define(define) => {
                    self.members_of_define(*define, true);
                    self.members_of_define(*define, false);
                    self.define(*define);
                }
                Symbol::Lookup(lookup) => {
                    self.lookup(*lookup);
                }
                _ => {}
            }
        }
        self
    }

    pub fn lookup(&self, lookup: LookupId) -> Digest {
        if let Some(known) = self.lookups.borrow().get(&lookup) {
            return *known;
        }
        let digest = match self.model.lookups.get(lookup.index()).map(|lookup| &lookup.table) {
            Some(LookupTable::Text(table)) => self.table(table, |text| leaf("text", &text.given)),
            Some(LookupTable::Number(table)) => self.table(table, |value| number(*value)),
            None => 0,
        };
        self.lookups.borrow_mut().insert(lookup, digest);
        digest
    }

    /// A lookup with a row for all else: it has a result for every lead.
    fn is_always_known(&self, lookup: LookupId) -> bool {
        self.model.lookups.get(lookup.index()).is_some_and(|lookup| match &lookup.table {
            LookupTable::Text(table) => table.otherwise.is_some(),
            LookupTable::Number(table) => table.otherwise.is_some(),
        })
    }

    /// The folded values of a list.
    pub fn list_values(&self, list: ListId) -> Digest {
        set("list", self.values(list).iter().copied())
    }

    fn values(&self, list: ListId) -> Members {
        if let Some(known) = self.lists.borrow().get(&list) {
            return known.clone();
        }
        let values = self.model.lists.get(list.index()).into_iter().flat_map(|list| &list.values);
        let values: Members = Rc::new(values.map(|value| leaf("literal", &value.folded)).collect());
        self.lists.borrow_mut().insert(list, values.clone());
        values
    }

    fn field(&self, field: FieldId) -> Digest {
        let name = self.model.lead.fields.get(field.index()).map(|field| fold_name(&field.name));
        leaf("field", &name.unwrap_or_default())
    }

    fn score(&self, score: ScoreId) -> Digest {
        let name = self.model.scores.get(score.index()).map(|score| fold_name(&score.name));
        leaf("score", &name.unwrap_or_default())
    }
}
