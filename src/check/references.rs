//! Which names of the shared namespace an unchecked expression mentions.
//!
//! A name that is a property where it stands is no such mention. Walks with a stack of its own, so that depth costs
//! nothing.

use super::constants::bare;
use super::facts::Facts;
use crate::model::{EventId, Model};
use crate::syntax::tree::{
    Body, Clause, EventAsk, EventNames, Expr, ExprKind, Item, Name, Points, PointsKind, Row, RowKey, RowResult, Score,
    ScoreBody, Selector, SelectorClause, Which,
};
use crate::value::fold_name;
use std::rc::Rc;

/// What an expression stands in.
#[derive(Clone, Default)]
struct Scope {
    /// Event types whose properties come first
    types: Option<Rc<[EventId]>>,
    /// A filter may not use scores; what it says of them is wrong, but no circle
    filter: bool,
}

/// A name as met.
pub(super) struct Mention<'a> {
    pub name: &'a Name,
    pub in_filter: bool,
}

/// Gathers mentions.
pub(super) struct References<'a, 'm> {
    model: &'m Model,
    facts: &'m Facts,
    waiting: Vec<(&'a Expr, Scope)>,
    pub found: Vec<Mention<'a>>,
}

impl<'a, 'm> References<'a, 'm> {
    pub fn new(model: &'m Model, facts: &'m Facts) -> References<'a, 'm> {
        References { model, facts, waiting: Vec::new(), found: Vec::new() }
    }

    pub fn expr(&mut self, expr: &'a Expr) {
        self.waiting.push((expr, Scope::default()));
        self.run();
    }

    pub fn name(&mut self, name: &'a Name) {
        self.found.push(Mention { name, in_filter: false });
    }

    pub fn score(&mut self, score: &'a Score) {
        for clause in &score.clauses {
            self.clause(&clause.node);
        }
        match &score.body {
            ScoreBody::Derived(value) => self.expr(value),
            ScoreBody::Rules(items) => self.items(items),
        }
    }

    fn items(&mut self, items: &'a [Item]) {
        let mut waiting: Vec<&'a Item> = items.iter().collect();
        while let Some(item) = waiting.pop() {
            match item {
                Item::Group(group) => {
                    group.clauses.iter().for_each(|clause| self.clause(&clause.node));
                    waiting.extend(&group.items);
                }
                Item::Rule(rule) => {
                    let scope = match rule.body.as_ref().map(|body| &body.node) {
                        Some(Body::When(when)) => {
                            self.expr(when);
                            Scope::default()
                        }
                        Some(Body::ForEach(selector) | Body::ForEachWith { selector, .. }) => self.for_each(selector),
                        Some(Body::ForEvery { selector, .. }) => {
                            self.selector(selector);
                            Scope::default()
                        }
                        None => Scope::default(),
                    };
                    self.points(&rule.points, &scope);
                    rule.clauses.iter().for_each(|clause| self.clause(&clause.node));
                }
                Item::Table(table) => {
                    let scope = table.for_each.as_ref().map(|selector| self.for_each(selector)).unwrap_or_default();
                    self.waiting.push((&table.by, scope.clone()));
                    for Row { key, result, .. } in &table.rows {
                        if let RowResult::Points(points) = result {
                            self.points(points, &scope);
                        }
                        if let RowKey::Values(values) = key {
                            self.waiting.extend(values.iter().map(|value| (value, scope.clone())));
                        }
                    }
                    table.clauses.iter().for_each(|clause| self.clause(&clause.node));
                }
            }
            self.run();
        }
    }

    fn for_each(&mut self, selector: &'a Selector) -> Scope {
        self.selector(selector);
        Scope { types: Some(self.types(&selector.events)), filter: false }
    }

    fn points(&mut self, points: &'a Points, scope: &Scope) {
        match &points.kind {
            PointsKind::Signed { value, .. } => self.waiting.push((value, scope.clone())),
            PointsKind::Series(all) => {
                for one in all {
                    if let PointsKind::Signed { value, .. } = &one.kind {
                        self.waiting.push((value, scope.clone()));
                    }
                }
            }
        }
    }

    fn clause(&mut self, clause: &'a Clause) {
        match clause {
            Clause::When(expr) | Clause::CountingFrom(expr) => self.expr(expr),
            Clause::CountingSinceLast(which) => self.which(which),
            _ => {}
        }
    }

    fn run(&mut self) {
        while let Some((expr, scope)) = self.waiting.pop() {
            self.one(expr, &scope);
        }
    }

    fn one(&mut self, expr: &'a Expr, scope: &Scope) {
        let mut push = |inner: &'a Expr| self.waiting.push((inner, scope.clone()));
        match &expr.kind {
            ExprKind::Number { .. }
            | ExprKind::Text(_)
            | ExprKind::Pattern(_)
            | ExprKind::Date(_)
            | ExprKind::YesNo(_)
            | ExprKind::Missing
            | ExprKind::LeadName(_)
            | ExprKind::PointsOf { .. } => {}
            ExprKind::Name(name) | ExprKind::BandOf(name) => self.mention(name, scope),
            ExprKind::Parenthesised(inner) | ExprKind::Not(inner) | ExprKind::Negate(inner) => push(inner),
            ExprKind::PercentOf { of, .. } => push(of),
            ExprKind::And(parts) | ExprKind::Or(parts) => parts.iter().for_each(push),
            ExprKind::Arithmetic { left, right, .. } => {
                push(left);
                push(right);
            }
            ExprKind::Function { arguments, .. } => arguments.iter().for_each(push),
            ExprKind::Compare { left, comparison } => {
                push(left);
                // Beside `band of`, names are those of bands.
                if !matches!(bare(left).kind, ExprKind::BandOf(_)) {
                    comparison.node.kind.operands().into_iter().for_each(push);
                }
            }
            ExprKind::Events(events) => {
                if let EventAsk::Count(_, number) = &events.ask {
                    push(number);
                }
                self.selector(&events.selector);
            }
        }
    }

    fn mention(&mut self, name: &'a Name, scope: &Scope) {
        let folded = fold_name(&name.text);
        let own = |types: &Rc<[EventId]>| {
            folded == "at"
                || types.iter().any(|id| {
                    self.facts.properties.get(id.index()).is_some_and(|properties| properties.contains_key(&folded))
                })
        };
        if !scope.types.as_ref().is_some_and(own) {
            self.found.push(Mention { name, in_filter: scope.filter });
        }
    }

    /// Only puts its parts on the stack.
    fn selector(&mut self, selector: &'a Selector) {
        for clause in &selector.clauses {
            match &clause.node {
                SelectorClause::Where(filter) => {
                    let scope = Scope { types: Some(self.types(&selector.events)), filter: true };
                    self.waiting.push((filter, scope));
                }
                SelectorClause::Since(date) | SelectorClause::Before(date) => {
                    self.waiting.push((date, Scope::default()));
                }
                SelectorClause::SinceLast(which) | SelectorClause::WithinAfter(_, which) => self.which(which),
                SelectorClause::InLast(_) => {}
            }
        }
    }

    fn which(&mut self, which: &'a Which) {
        if let Some(filter) = &which.filter {
            let scope = Scope { types: Some(self.types(&which.events)), filter: true };
            self.waiting.push((filter, scope));
        }
    }

    fn types(&self, names: &EventNames) -> Rc<[EventId]> {
        match names {
            EventNames::All(_) => (0..self.model.events.len() as u32).map(EventId).collect(),
            EventNames::Named(names) => {
                names.iter().filter_map(|name| self.model.event_names.get(&fold_name(&name.text)).copied()).collect()
            }
        }
    }
}
