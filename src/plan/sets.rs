//! Sets of folded texts that questions compare with; equal ones are one set.

use super::node::node_ids;
use crate::model::{ListId, Model};
use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

node_ids! {
    /// Into [`Sets`].
    SetId;
}

#[derive(Debug, Default)]
pub(super) struct Sets {
    sets: Vec<Set>,
    known: HashMap<Arc<BTreeSet<String>>, SetId>,
    of_lists: HashMap<ListId, SetId>,
}

#[derive(Debug)]
struct Set {
    values: Arc<BTreeSet<String>>,
    /// Of the list that it is
    name: Option<String>,
}

impl Sets {
    pub fn of(&mut self, values: BTreeSet<String>) -> SetId {
        if let Some(id) = self.known.get(&values) {
            return *id;
        }
        let (id, values) = (SetId(self.sets.len() as u32), Arc::new(values));
        self.sets.push(Set { values: Arc::clone(&values), name: None });
        self.known.insert(values, id);
        id
    }

    pub fn one(&mut self, value: &str) -> SetId {
        self.of(BTreeSet::from([value.to_owned()]))
    }

    /// The values of a list of the model.
    pub fn of_list(&mut self, model: &Model, list: ListId) -> SetId {
        if let Some(id) = self.of_lists.get(&list) {
            return *id;
        }
        let list_of_model = model.lists.get(list.index());
        let values = list_of_model.into_iter().flat_map(|list| &list.folded).cloned().collect();
        let id = self.of(values);
        self.of_lists.insert(list, id);
        if let Some(set) = self.sets.get_mut(id.index()) {
            set.name = list_of_model.map(|list| list.name.clone());
        }
        id
    }

    pub fn values(&self, id: SetId) -> &BTreeSet<String> {
        static NONE: BTreeSet<String> = BTreeSet::new();
        self.sets.get(id.index()).map_or(&NONE, |set| &set.values)
    }

    pub fn name(&self, id: SetId) -> Option<&str> {
        self.sets.get(id.index())?.name.as_deref()
    }
}
