//! What depends on what: an order in which everything stands after all it needs, and the circles that allow none.

use super::Build;
use super::references::{Mention, References};
use crate::diagnostics::Diagnostic;
use crate::diagnostics::code::check as code;
use crate::model::{DefineId, LookupId, MatrixId, ScoreId, Symbol, ThresholdId};
use crate::source::Span;
use crate::syntax::tree::Name;
use crate::value::fold_name;
use std::collections::{HashMap, HashSet, VecDeque};

/// One thing that has a value per lead, and what it needs: each with the place where it is named.
struct Node<'a> {
    symbol: Symbol,
    name: &'a Name,
    needs: Vec<(usize, Span)>,
}

impl<'a> Build<'a> {
    /// Finds [`crate::model::Model::order`]. Defines and lookups are broken until they are checked; those of a circle stay so.
    pub(super) fn order(&mut self) {
        let mut nodes = self.nodes();
        nodes.sort_by_key(|node| node.name.span);
        self.connect(&mut nodes);
        for component in components(&nodes) {
            let circle = match component.as_slice() {
                [one] => nodes.get(*one).is_some_and(|node| node.needs.iter().any(|(need, _)| need == one)),
                _ => true,
            };
            if circle {
                self.findings.list.extend(circle_error(&nodes, &component));
            }
            for symbol in component.iter().filter_map(|node| Some(nodes.get(*node)?.symbol)) {
                if matches!(symbol, Symbol::Define(_) | Symbol::Lookup(_)) {
                    self.facts.broken.insert(symbol);
                    if circle {
                        self.in_circles.insert(symbol);
                    }
                }
                self.model.order.push(symbol);
            }
        }
    }

    fn nodes(&self) -> Vec<Node<'a>> {
        let node = |symbol, name| Node { symbol, name, needs: Vec::new() };
        let declared = &self.declared;
        let mut nodes = Vec::new();
        nodes.extend((0..).zip(&declared.defines).map(|(id, it)| node(Symbol::Define(DefineId(id)), &it.tree.name)));
        nodes.extend((0..).zip(&declared.lookups).map(|(id, it)| node(Symbol::Lookup(LookupId(id)), &it.tree.name)));
        nodes.extend((0..).zip(&declared.scores).map(|(id, it)| node(Symbol::Score(ScoreId(id)), &it.tree.name)));
        nodes.extend((0..).zip(&declared.matrices).map(|(id, it)| node(Symbol::Matrix(MatrixId(id)), &it.tree.name)));
        nodes.extend(
            (0..).zip(&declared.thresholds).map(|(id, it)| node(Symbol::Threshold(ThresholdId(id)), &it.tree.name)),
        );
        nodes
    }

    fn connect(&self, nodes: &mut [Node<'a>]) {
        let places: HashMap<Symbol, usize> = nodes.iter().enumerate().map(|(at, node)| (node.symbol, at)).collect();
        for node in nodes {
            let mut seen = HashSet::new();
            for mention in self.mentions(node.symbol) {
                let needed = self.model.names.get(&fold_name(&mention.name.text)).copied();
                if let Some(needed) = needed.filter(|needed| counts(node.symbol, *needed, mention.in_filter))
                    && let Some(place) = places.get(&needed)
                    && seen.insert(*place)
                {
                    node.needs.push((*place, mention.name.span));
                }
            }
        }
    }

    fn mentions(&self, symbol: Symbol) -> Vec<Mention<'a>> {
        let declared = &self.declared;
        let mut references: References<'a, '_> = References::new(&self.model, &self.facts);
        match symbol {
            Symbol::Define(id) => {
                if let Some(define) = declared.defines.get(id.index()) {
                    references.expr(&define.tree.value);
                }
            }
            Symbol::Lookup(id) => {
                if let Some(lookup) = declared.lookups.get(id.index()) {
                    references.expr(&lookup.tree.by);
                }
            }
            Symbol::Score(id) => {
                if let Some(score) = declared.scores.get(id.index()) {
                    references.score(score.tree);
                }
            }
            Symbol::Matrix(id) => {
                if let Some(matrix) = declared.matrices.get(id.index()) {
                    references.name(&matrix.tree.rows);
                    references.name(&matrix.tree.columns);
                }
            }
            Symbol::Threshold(id) => {
                if let Some(threshold) = declared.thresholds.get(id.index()) {
                    references.expr(&threshold.tree.when);
                    if let Some(until) = &threshold.tree.until {
                        references.expr(until);
                    }
                }
            }
            Symbol::Field(_) | Symbol::List(_) => {}
        }
        references.found
    }
}

/// Whether naming `needed` makes `from` depend on it. Where the place forbids it, that is the error, and no circle.
fn counts(from: Symbol, needed: Symbol, in_filter: bool) -> bool {
    match needed {
        Symbol::Define(_) | Symbol::Lookup(_) => true,
        Symbol::Score(_) | Symbol::Matrix(_) => !in_filter,
        Symbol::Threshold(id) => match from {
            Symbol::Threshold(own) => !in_filter && id < own,
            Symbol::Score(_) => false,
            _ => !in_filter,
        },
        Symbol::Field(_) | Symbol::List(_) => false,
    }
}

fn circle_error(nodes: &[Node<'_>], component: &[usize]) -> Option<Diagnostic> {
    let first = component.iter().copied().min()?;
    let path = circle_from(nodes, first, component)?;
    let name = |node: usize| nodes.get(node).map_or("", |node| node.name.text.as_str());
    let chain: Vec<String> = path.iter().map(|(node, _)| format!("`{}`", name(*node))).collect();
    let own = nodes.get(first)?.name;
    let message = match chain.as_slice() {
        [_] => format!("`{}` is made from itself", own.text),
        chain => format!("these are made from each other in a circle: {}, {}", chain.join(", "), chain.first()?),
    };
    let mut diagnostic = Diagnostic::error(code::CIRCLE, own.span, message);
    for (node, span) in &path {
        diagnostic = diagnostic.also(*span, format!("`{}` needs `{}`", name(*node), next_name(&path, *node, name)));
    }
    let last = path.last()?;
    Some(diagnostic.help(format!("take `{}` out of `{}`, or make it from something else", own.text, name(last.0))))
}

fn next_name<'n>(path: &[(usize, Span)], node: usize, name: impl Fn(usize) -> &'n str) -> &'n str {
    let place = path.iter().position(|(other, _)| *other == node).unwrap_or_default();
    path.get(place + 1).or(path.first()).map_or("", |(next, _)| name(*next))
}

/// The shortest circle through `first`: each node with the place where it names the next one.
fn circle_from(nodes: &[Node<'_>], first: usize, component: &[usize]) -> Option<Vec<(usize, Span)>> {
    let inside: HashSet<usize> = component.iter().copied().collect();
    let mut came_from: HashMap<usize, (usize, Span)> = HashMap::new();
    let mut waiting = VecDeque::from([first]);
    while let Some(node) = waiting.pop_front() {
        for (need, span) in &nodes.get(node)?.needs {
            if !inside.contains(need) || came_from.contains_key(need) {
                continue;
            }
            came_from.insert(*need, (node, *span));
            if *need == first {
                return Some(back(&came_from, first));
            }
            waiting.push_back(*need);
        }
    }
    None
}

fn back(came_from: &HashMap<usize, (usize, Span)>, first: usize) -> Vec<(usize, Span)> {
    let mut path = Vec::new();
    let mut node = first;
    while let Some((before, span)) = came_from.get(&node) {
        path.push((*before, *span));
        node = *before;
        if node == first {
            break;
        }
    }
    path.reverse();
    path
}

/// Tarjan's strongly connected components with a stack of its own: each comes after all that it needs.
fn components(nodes: &[Node<'_>]) -> Vec<Vec<usize>> {
    let mut search = Search {
        nodes,
        number: vec![None; nodes.len()],
        lowest: vec![0; nodes.len()],
        open: vec![false; nodes.len()],
        stack: Vec::new(),
        next: 0,
        found: Vec::new(),
    };
    for root in 0..nodes.len() {
        if search.number.get(root) == Some(&None) {
            search.from(root);
        }
    }
    search.found
}

struct Search<'n, 'a> {
    nodes: &'n [Node<'a>],
    number: Vec<Option<usize>>,
    lowest: Vec<usize>,
    open: Vec<bool>,
    stack: Vec<usize>,
    next: usize,
    found: Vec<Vec<usize>>,
}

#[allow(clippy::indexing_slicing)] // All indices are below the number of nodes, the length of every list here.
impl Search<'_, '_> {
    fn enter(&mut self, node: usize) {
        self.number[node] = Some(self.next);
        self.lowest[node] = self.next;
        self.next += 1;
        self.stack.push(node);
        self.open[node] = true;
    }

    fn from(&mut self, root: usize) {
        self.enter(root);
        let mut path: Vec<(usize, usize)> = vec![(root, 0)];
        while let Some((node, edge)) = path.last_mut() {
            let node = *node;
            if let Some((need, _)) = self.nodes[node].needs.get(*edge) {
                *edge += 1;
                match self.number[*need] {
                    None => {
                        self.enter(*need);
                        path.push((*need, 0));
                    }
                    Some(number) if self.open[*need] => self.lowest[node] = self.lowest[node].min(number),
                    Some(_) => {}
                }
                continue;
            }
            path.pop();
            if let Some((above, _)) = path.last() {
                self.lowest[*above] = self.lowest[*above].min(self.lowest[node]);
            }
            if self.number[node] == Some(self.lowest[node]) {
                self.close(node);
            }
        }
    }

    fn close(&mut self, root: usize) {
        let mut component = Vec::new();
        while let Some(node) = self.stack.pop() {
            self.open[node] = false;
            component.push(node);
            if node == root {
                break;
            }
        }
        component.sort_unstable();
        self.found.push(component);
    }
}
