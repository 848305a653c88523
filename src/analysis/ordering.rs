//! In which order the variables of a search for the furthest are chosen, and what each of them changes.

use super::graph::Variable;
use super::query::Query;
use super::quick::QuickMap;
use super::search::Placed;
use std::collections::BTreeSet;

/// By variable the terms that change with it.
pub(super) fn changes(query: &Query, terms: &[Placed]) -> Vec<Vec<usize>> {
    let mut of_node: QuickMap<usize, Vec<usize>> = QuickMap::default();
    for (term, (node, _)) in terms.iter().enumerate() {
        of_node.entry(*node).or_default().push(term);
    }
    let changed = |variable: usize| {
        let nodes = query.dependents(variable).iter();
        nodes.filter_map(|node| of_node.get(node)).flatten().copied().collect()
    };
    (0..query.variables.len()).map(changed).collect()
}

/// Goals first, so that what goes against them shows early; then variables that share terms with others, so that what
/// is left is bounded well. What events bring comes after the fields that their filters may read.
pub(super) fn order(query: &Query, goals: &[Placed], changes: &[Vec<usize>]) -> Vec<usize> {
    let mut readers: QuickMap<usize, usize> = QuickMap::default();
    for term in changes.iter().flatten() {
        *readers.entry(*term).or_default() += 1;
    }
    let is_shared = |term: &&usize| readers.get(term).is_some_and(|readers| *readers > 1);
    let key = |variable: &usize| {
        let is_field = matches!(query.variables.get(*variable), Some(Variable::Field(_) | Variable::Before(_)));
        let nodes = query.dependents(*variable);
        let in_goal = goals.iter().any(|(goal, _)| nodes.binary_search(goal).is_ok());
        let shared = changes.get(*variable).map_or(0, |terms| terms.iter().filter(is_shared).count());
        (!is_field, !in_goal, std::cmp::Reverse(shared), *variable)
    };
    let mut order: Vec<usize> = (0..query.variables.len()).collect();
    order.sort_by_cached_key(key);
    order
}

/// By place in the order the later places whose buckets may come to something else once a class is chosen there: they
/// share a term with it, or goals decide which of their classes are left.
pub(super) fn touched(
    query: &Query,
    goals: &[Placed],
    order: &[usize],
    changes: &[Vec<usize>],
    bucket: &[Option<usize>],
) -> Vec<Vec<usize>> {
    let of = |(place, variable): (usize, &usize)| {
        let nodes = query.dependents(*variable);
        if goals.iter().any(|(goal, _)| nodes.binary_search(goal).is_ok()) {
            return (place + 1..order.len()).collect();
        }
        let terms = changes.get(*variable).into_iter().flatten();
        let later: BTreeSet<usize> =
            terms.filter_map(|term| bucket.get(*term).copied().flatten()).filter(|later| *later > place).collect();
        later.into_iter().collect()
    };
    order.iter().enumerate().map(of).collect()
}
