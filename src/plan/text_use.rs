//! How much of a text field matters, so that readers need not tell all its texts apart.

use super::live::{Part, parts};
use super::{Cut, MaskNode, Nodes, Plan, TextId, TextNode, ValueId};
use crate::model::{FieldId, FieldKind};
use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;

/// What is asked of a field's texts.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum TextUse {
    /// Whether there is one: any text stands for any other.
    Known,
    /// Its domain too: a text stands for all those of its domain.
    Domain,
    /// Whether its domain is one of these, folded: all other domains are the same.
    DomainAmong(Arc<HashSet<String>>),
    /// Each text for itself
    #[default]
    Whole,
}

impl TextUse {
    /// What both need.
    fn and(self, other: TextUse) -> TextUse {
        match (self, other) {
            (TextUse::Whole, _) | (_, TextUse::Whole) => TextUse::Whole,
            (TextUse::Known, other) | (other, TextUse::Known) => other,
            (TextUse::DomainAmong(one), TextUse::DomainAmong(two)) => {
                TextUse::DomainAmong(Arc::new(one.union(&two).cloned().collect()))
            }
            _ => TextUse::Domain,
        }
    }
}

impl Plan<'_> {
    /// For each text field that is read, how much of it matters.
    pub fn text_uses(&self) -> BTreeMap<FieldId, TextUse> {
        let mut uses: BTreeMap<FieldId, TextUse> = BTreeMap::new();
        for nodes in [&self.lead, &self.after] {
            for (node, id) in nodes.texts.iter().zip((0..).map(TextId)) {
                let TextNode::Field(field) = node else { continue };
                // Values outside a list are told by name.
                let told = |field: &crate::model::Field| matches!(field.kind, FieldKind::OneOf(_));
                let told = self.model.lead.fields.get(field.index()).is_some_and(told);
                let used = if told { TextUse::Whole } else { self.use_of(nodes, id) };
                let so_far = uses.remove(field).unwrap_or(TextUse::Known);
                uses.insert(*field, so_far.and(used));
            }
        }
        uses
    }

    fn use_of(&self, nodes: &Nodes, text: TextId) -> TextUse {
        let (users, tests) = self.users(nodes, text);
        let by_users = users.into_iter().map(|user| match user {
            ValueId::Text(user) if matches!(nodes.texts.get(user.index()), Some(TextNode::DomainOf(_))) => {
                self.use_of_domain(nodes, user)
            }
            ValueId::Mask(user) if matches!(nodes.masks.get(user.index()), Some(MaskNode::Known(_))) => TextUse::Known,
            _ => TextUse::Whole,
        });
        let by_tests = tests.into_iter().map(|test| match test {
            Some(exact) if exact.is_empty() => TextUse::Known,
            _ => TextUse::Whole,
        });
        by_users.collect::<Vec<_>>().into_iter().chain(by_tests).fold(TextUse::Known, TextUse::and)
    }

    fn use_of_domain(&self, nodes: &Nodes, domain: TextId) -> TextUse {
        let (users, tests) = self.users(nodes, domain);
        let only_known = users.iter().all(|user| match user {
            ValueId::Mask(user) => matches!(nodes.masks.get(user.index()), Some(MaskNode::Known(_))),
            _ => false,
        });
        let exact: Option<Vec<HashSet<String>>> = tests.into_iter().collect();
        match exact.filter(|_| only_known) {
            Some(sets) => TextUse::DomainAmong(Arc::new(sets.into_iter().flatten().collect())),
            None => TextUse::Domain,
        }
    }

    /// The nodes that read a text, itself where it leaves the arena; and for each subject that it is, the texts that
    /// the subject's questions tell apart, `None` where they look inside.
    fn users(&self, nodes: &Nodes, text: TextId) -> (Vec<ValueId>, Vec<Option<HashSet<String>>>) {
        let it = ValueId::Text(text);
        let mut users: Vec<ValueId> =
            nodes.order.iter().copied().filter(|user| parts(nodes, *user).contains(&Part::Value(it))).collect();
        let kept = std::ptr::eq(nodes, &self.after) && self.kept.contains(&it);
        let of_lead = std::ptr::eq(nodes, &self.lead)
            && self.event.order.iter().any(|user| parts(&self.event, *user).contains(&Part::OfLead(it)));
        if kept || of_lead {
            users.push(it);
        }
        let subjects = nodes.subjects.iter().filter(|subject| subject.value == it);
        let told_apart = subjects.map(|subject| match &subject.cut {
            Cut::Texts { tests, .. } => tests.only_exact(),
            _ => None,
        });
        (users, told_apart.collect())
    }
}
