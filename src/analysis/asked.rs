//! What a question asks of each variable: its aspects, and the constants they are compared with.

use super::domain::Asked;
use super::graph::{Aspect, Node, NodeId, Variable};
use crate::value::Decimal;
use std::collections::BTreeMap;
use std::rc::Rc;

/// By variable, of the nodes that a question reaches.
pub(super) fn asked(nodes: &[Rc<Node>], reached: impl Iterator<Item = NodeId> + Clone) -> BTreeMap<Variable, Asked> {
    let mut asked: BTreeMap<Variable, Asked> = BTreeMap::new();
    let reached = reached.filter_map(|place| nodes.get(place));
    for node in reached.clone() {
        if let Node::Leaf(variable, aspect) = **node {
            asked.entry(variable).or_default().aspects.push(aspect);
        }
    }
    for node in reached {
        match &**node {
            Node::Compare(left, _, right) => {
                for (side, other) in [(left, right), (right, left)] {
                    match nodes.get(*other).map(|other| &**other) {
                        Some(Node::Number(at)) => cut(nodes, *side, *at, &mut asked),
                        _ => calculates(nodes, *side, &mut asked),
                    }
                }
            }
            Node::Known(_) => {}
            other => other.each_part(&mut |part| calculates(nodes, part, &mut asked)),
        }
    }
    for asked in asked.values_mut() {
        asked.cuts.sort_unstable();
        asked.cuts.dedup();
    }
    asked
}

/// A node is compared with a number: so its variable is cut there; or, where it is calculated from one variable and
/// constants, about where it comes to that number.
fn cut(nodes: &[Rc<Node>], mut node: NodeId, mut at: Decimal, asked: &mut BTreeMap<Variable, Asked>) {
    let number = |place: &NodeId| match nodes.get(*place).map(|node| &**node) {
        Some(Node::Number(number)) => Some(*number),
        _ => None,
    };
    loop {
        let inner = match nodes.get(node).map(|node| &**node) {
            Some(Node::Leaf(variable, aspect)) => {
                asked.entry(*variable).or_default().cuts.push((*aspect, at));
                return;
            }
            Some(Node::Add(left, right)) => match (number(left), number(right)) {
                (None, Some(constant)) => at.subtract(constant).map(|at| (*left, at)),
                (Some(constant), None) => at.subtract(constant).map(|at| (*right, at)),
                _ => None,
            },
            Some(Node::Subtract(left, right)) => match (number(left), number(right)) {
                (None, Some(constant)) => at.add(constant).map(|at| (*left, at)),
                (Some(constant), None) => constant.subtract(at).map(|at| (*right, at)),
                _ => None,
            },
            Some(Node::Multiply(left, right)) => match (number(left), number(right)) {
                (None, Some(constant)) => at.divide(constant).map(|at| (*left, at)),
                (Some(constant), None) => at.divide(constant).map(|at| (*right, at)),
                _ => None,
            },
            Some(Node::Divide(left, right)) => {
                number(right).and_then(|constant| at.multiply(constant)).map(|at| (*left, at))
            }
            Some(Node::Percent(percent, of)) => {
                at.multiply(Decimal::whole(100)).and_then(|at| at.divide(*percent)).map(|at| (*of, at))
            }
            Some(Node::Negate(of)) => Some((*of, at.negate())),
            _ => None,
        };
        match inner {
            Some(inner) => (node, at) = inner,
            None => return,
        }
    }
}

/// A node is a part of a calculation: where it is a variable, the values beside its cuts matter as well.
fn calculates(nodes: &[Rc<Node>], node: NodeId, asked: &mut BTreeMap<Variable, Asked>) {
    if let Some(Node::Leaf(variable, Aspect::Value | Aspect::Measure(_))) = nodes.get(node).map(|node| &**node) {
        asked.entry(*variable).or_default().in_arithmetic = true;
    }
}
