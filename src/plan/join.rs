//! Questions of several subjects that must all be answered yes: pass `join-questions`. What each question is answered
//! by itself is then wanted only where something else asks it too.

use super::arena::Arena;
use super::builder::Builder;
use super::passes::Pass;
use super::{MaskId, MaskNode, Nodes, QuestionId, SubjectId};

/// So many nodes of joined questions are decided together; fewer are quicker decided one by one.
pub const JOINED_TOGETHER: usize = 8;

impl Nodes {
    /// How many nodes are of joined questions.
    pub(super) fn joined(&self) -> usize {
        self.masks.iter().filter(|node| matches!(node, MaskNode::Questions(_))).count()
    }
}

impl Builder<'_> {
    pub fn join_questions(&mut self) {
        if self.has(Pass::JoinQuestions) {
            [&mut self.lead, &mut self.event, &mut self.after].into_iter().for_each(join);
        }
    }
}

fn join(arena: &mut Arena) {
    let masks = &mut arena.nodes.masks;
    for place in 0..masks.len() {
        if let Some(MaskNode::All(parts)) = masks.get(place)
            && let Some(asked) = parts.iter().map(|part| question(masks, *part)).collect()
            && let Some(node) = masks.get_mut(place)
        {
            *node = MaskNode::Questions(asked);
        }
    }
}

fn question(masks: &[MaskNode], mask: MaskId) -> Option<(SubjectId, QuestionId)> {
    match masks.get(mask.index())? {
        MaskNode::Question(subject, question) => Some((*subject, *question)),
        _ => None,
    }
}
