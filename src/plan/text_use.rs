//! How much of a text field matters, so that readers need not tell all its texts apart.

use super::live::{Part, parts};
use super::{Cut, MaskNode, Nodes, Plan, TextId, TextNode, TextTests, ValueId};
use crate::model::{FieldId, FieldKind};
use std::collections::BTreeMap;

/// What is asked of a field's texts.
#[derive(Debug, Clone)]
pub enum TextUse<'plan> {
    /// Whether there is one, and what it answers: a text stands for all that answer the same.
    Answers(TextAsks<'plan>),
    /// Its domain too: a text stands for all those of its domain.
    Domain,
    /// Each text for itself
    Whole,
}

/// Tests of a field's texts; without any, all known texts are the same.
#[derive(Debug, Clone, Default)]
pub struct TextAsks<'plan> {
    /// Of a text itself
    pub own: Vec<&'plan TextTests>,
    /// Of its domain: whether it has one, and these; `None`: nothing.
    pub domain: Option<Vec<&'plan TextTests>>,
}

impl<'plan> TextUse<'plan> {
    /// What both need.
    fn and(self, other: TextUse<'plan>) -> TextUse<'plan> {
        match (self, other) {
            (TextUse::Answers(one), TextUse::Answers(two)) => {
                let domain = match (one.domain, two.domain) {
                    (Some(one), Some(two)) => Some([one, two].concat()),
                    (one, two) => one.or(two),
                };
                TextUse::Answers(TextAsks { own: [one.own, two.own].concat(), domain })
            }
            (TextUse::Domain, TextUse::Domain) => TextUse::Domain,
            (TextUse::Domain, TextUse::Answers(asks)) | (TextUse::Answers(asks), TextUse::Domain)
                if asks.own.is_empty() =>
            {
                TextUse::Domain
            }
            _ => TextUse::Whole,
        }
    }
}

impl Default for TextUse<'_> {
    /// Whether there is one.
    fn default() -> Self {
        TextUse::Answers(TextAsks::default())
    }
}

impl Plan<'_> {
    /// For each text field that is read, how much of it matters.
    pub fn text_uses(&self) -> BTreeMap<FieldId, TextUse<'_>> {
        let mut uses: BTreeMap<FieldId, TextUse<'_>> = BTreeMap::new();
        for nodes in [&self.lead, &self.after] {
            for (node, id) in nodes.texts.iter().zip((0..).map(TextId)) {
                let TextNode::Field(field) = node else { continue };
                // Values outside a list are told by name.
                let told = |field: &crate::model::Field| matches!(field.kind, FieldKind::OneOf(_));
                let told = self.model.lead.fields.get(field.index()).is_some_and(told);
                let used = if told { TextUse::Whole } else { self.use_of(nodes, id) };
                let so_far = uses.remove(field).unwrap_or_default();
                uses.insert(*field, so_far.and(used));
            }
        }
        uses
    }

    fn use_of<'plan>(&self, nodes: &'plan Nodes, text: TextId) -> TextUse<'plan> {
        let (users, tests) = self.users(nodes, text);
        let by_users = users.into_iter().map(|user| match user {
            ValueId::Text(user) if matches!(nodes.texts.get(user.index()), Some(TextNode::DomainOf(_))) => {
                self.use_of_domain(nodes, user)
            }
            user if is_known(nodes, user) => TextUse::default(),
            _ => TextUse::Whole,
        });
        by_users.fold(TextUse::Answers(TextAsks { own: tests, domain: None }), TextUse::and)
    }

    fn use_of_domain<'plan>(&self, nodes: &'plan Nodes, domain: TextId) -> TextUse<'plan> {
        let (users, tests) = self.users(nodes, domain);
        match users.iter().all(|user| is_known(nodes, *user)) {
            true => TextUse::Answers(TextAsks { own: Vec::new(), domain: Some(tests) }),
            false => TextUse::Domain,
        }
    }

    /// The nodes that read a text, itself where it leaves the arena; and the tests that it is put to.
    fn users<'plan>(&self, nodes: &'plan Nodes, text: TextId) -> (Vec<ValueId>, Vec<&'plan TextTests>) {
        let it = ValueId::Text(text);
        let mut users: Vec<ValueId> =
            nodes.order.iter().copied().filter(|user| parts(nodes, *user).contains(&Part::Value(it))).collect();
        let kept = std::ptr::eq(nodes, &self.after) && self.kept.contains(&it);
        let of_lead = std::ptr::eq(nodes, &self.lead)
            && self.event.order.iter().any(|user| parts(&self.event, *user).contains(&Part::OfLead(it)));
        if kept || of_lead {
            users.push(it);
        }
        // Where only `is known` is asked there is no test.
        let tests = nodes.subjects.iter().filter_map(|subject| match &subject.cut {
            Cut::Texts { tests, .. } if subject.value == it && tests.words() > 0 => Some(tests),
            _ => None,
        });
        (users, tests.collect())
    }
}

/// Whether a node only asks if something is known.
fn is_known(nodes: &Nodes, user: ValueId) -> bool {
    match user {
        ValueId::Mask(user) => matches!(nodes.masks.get(user.index()), Some(MaskNode::Known(_))),
        _ => false,
    }
}
