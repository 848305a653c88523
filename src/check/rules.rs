//! Groups, rules and tables of a score.

use super::clauses::{Clauses, Holder, gather};
use super::expr::Expressions;
use super::points::signs;
use super::tables::table;
use crate::diagnostics::Diagnostic;
use crate::diagnostics::code::check as code;
use crate::model::{Body, Choice, DefineId, Group, Item, PointLimits, Points, Rule, RuleId, Which};
use crate::source::{Span, Spanned};
use crate::syntax::tree::{self, Expr, RowResult};
use crate::value::{Decay, Decimal};
use std::collections::{BTreeSet, HashMap};

/// The rules of one score.
pub(super) struct Rules<'c> {
    pub(super) expressions: Expressions<'c>,
    /// Labels of rules so far, and where
    labels: HashMap<String, Span>,
    next: u32,
}

impl<'c> Rules<'c> {
    pub fn new(expressions: Expressions<'c>, first: u32) -> Rules<'c> {
        Rules { expressions, labels: HashMap::new(), next: first }
    }

    pub fn finish(self) -> BTreeSet<DefineId> {
        self.expressions.constant_defines
    }

    /// Items in order; `counting` and `decay` are those of the score and groups around. Groups nest as deep as the
    /// parser allows, and no deeper.
    pub fn items(&mut self, items: &[tree::Item], counting: &[Which], decay: Option<Decay>) -> Vec<Item> {
        let mut checked = Vec::with_capacity(items.len());
        for item in items {
            match item {
                tree::Item::Group(group) => checked.extend(self.group(group, counting, decay).map(Item::Group)),
                tree::Item::Rule(rule) => {
                    self.expressions.counting = counting.into();
                    checked.extend(self.rule(rule, decay).map(Item::Rule));
                }
                tree::Item::Table(table) => {
                    self.expressions.counting = counting.into();
                    checked.extend(self.table(table, decay).map(Item::Rule));
                }
            }
        }
        checked
    }

    fn group(&mut self, group: &tree::Group, counting: &[Which], decay: Option<Decay>) -> Option<Group> {
        let clauses = gather(self.expressions.findings, &group.clauses, Holder::Group);
        // A header's condition is not narrowed.
        self.expressions.counting = [].into();
        let when = clauses.when.map(|when| self.expressions.condition(when));
        let mut inner: Vec<Which> =
            clauses.counting_since.and_then(|which| self.expressions.which(which)).into_iter().collect();
        inner.extend(counting.iter().cloned());
        let decay = self.expressions.findings.inherited_decay(clauses.decay, decay);
        let weight = clauses.counts.and_then(|(digits, span)| self.expressions.findings.percent(digits, span));
        let limits = self.limits(&clauses);
        let items = self.items(&group.items, &inner, decay);
        let label = match &group.label {
            Some(label) => label.node.clone(),
            None => self.header(group.span, &[], &group.clauses, "group"),
        };
        let when = match when {
            Some(None) => return None,
            when => when.flatten(),
        };
        let choice = match clauses.choice {
            None => Choice::All,
            Some(tree::Choice::FirstMatch) => Choice::FirstMatch,
            Some(tree::Choice::Highest) => Choice::Highest,
            Some(tree::Choice::Lowest) => Choice::Lowest,
        };
        Some(Group { label, when, choice, weight, limits, items, span: group.span })
    }

    /// A header as `score fmt` writes it, up to the last of its parts and clauses.
    fn header(&self, span: Span, parts: &[Span], clauses: &[Spanned<tree::Clause>], word: &str) -> String {
        let ends = clauses.iter().map(|clause| clause.span).chain(parts.iter().copied());
        match ends.map(|part| part.end).max() {
            Some(end) => self.expressions.findings.formatted(Span { end, ..span }, clauses),
            None => word.to_owned(),
        }
    }

    fn limits(&mut self, clauses: &Clauses<'_>) -> PointLimits {
        PointLimits {
            highest: clauses.no_higher.and_then(|limit| self.limit(limit, true)),
            lowest: clauses.no_lower.and_then(|limit| self.limit(limit, false)),
        }
    }

    /// `no higher than N points` (N >= 0), `no lower than -N points`
    fn limit(&mut self, written: &Expr, highest: bool) -> Option<Decimal> {
        let findings = &mut *self.expressions.findings;
        let words = if highest { "no higher than" } else { "no lower than" };
        let number = findings.points_number(written, &format!("`{words}`"))?;
        let wrong = if highest { number.is_negative() } else { number > Decimal::ZERO };
        if wrong {
            let (side, help) = if highest {
                ("0 or above", format!("to limit a loss of points write `no lower than {number} points`"))
            } else {
                ("0 or below", format!("to limit a gain of points write `no higher than {number} points`"))
            };
            let message = format!("`{words}` takes a number that is {side}");
            findings.error(code::LIMIT_SIGN, written.span, message, help);
            return None;
        }
        Some(number)
    }

    fn rule(&mut self, rule: &tree::Rule, decay: Option<Decay>) -> Option<Rule> {
        let id = self.number();
        let (label, labelled) = self.label(rule.label.as_ref(), rule.span, |rules| {
            rules.expressions.findings.formatted(rule.span, &rule.clauses)
        });
        let body = rule.body.as_ref().map(|body| &body.node);
        let (holder, selector) = match body {
            None | Some(tree::Body::When(_)) => (Holder::Rule, None),
            Some(tree::Body::ForEach(selector) | tree::Body::ForEachWith { selector, .. }) => {
                (Holder::ForEach, Some(selector))
            }
            Some(tree::Body::ForEvery { .. }) => (Holder::ForEvery, None),
        };
        let clauses = gather(self.expressions.findings, &rule.clauses, holder);
        self.expressions.scope = selector.map(|selector| self.expressions.scope_of(&selector.events));
        let points = self.expressions.points(&rule.points, holder == Holder::ForEach);
        self.expressions.scope = None;
        let body = match body {
            None => Some(Body::Always),
            Some(tree::Body::When(when)) => self.expressions.condition(when).map(Body::When),
            Some(tree::Body::ForEach(selector)) => self.for_each(None, selector, &clauses, decay),
            Some(tree::Body::ForEachWith { each, at_least, selector }) => {
                self.for_each(Some((each, at_least)), selector, &clauses, decay)
            }
            Some(tree::Body::ForEvery { duration, selector }) => self.for_every(duration, selector, &clauses),
        };
        let limits = self.limits(&clauses);
        let points = points?;
        self.limit_conflict(&points, &clauses, limits);
        Some(Rule { id, label, labelled, points, body: body?, limits, span: rule.span })
    }

    fn table(&mut self, tree: &tree::PointsTable, decay: Option<Decay>) -> Option<Rule> {
        let id = self.number();
        let parts: Vec<Span> =
            std::iter::once(tree.by.span).chain(tree.for_each.as_ref().map(|each| each.span)).collect();
        let (label, labelled) = self.label(tree.label.as_ref(), tree.span, |rules| {
            let header = rules.header(tree.span, &parts, &tree.clauses, "points");
            match rules.labels.contains_key(&header) {
                true => rules.expressions.findings.formatted(tree.span, &[]),
                false => header,
            }
        });
        let holder = if tree.for_each.is_some() { Holder::ForEach } else { Holder::Rule };
        let clauses = gather(self.expressions.findings, &tree.clauses, holder);
        let scope = tree.for_each.as_ref().map(|selector| self.expressions.scope_of(&selector.events));
        self.expressions.scope = scope;
        let points = table(&mut self.expressions, &tree.by, &tree.rows, |expressions, row| match &row.result {
            RowResult::Points(points) => expressions.points(points, false),
            RowResult::Value(value) => {
                let text = expressions.findings.expr(value);
                expressions.findings.error(
                    code::NOT_A_PLAIN_NUMBER,
                    value.span,
                    "points are written with their sign",
                    format!("write `+{text}`, or `-{text}` to take them away"),
                );
                None
            }
        });
        self.expressions.scope = None;
        let body = match &tree.for_each {
            Some(selector) => self.for_each(None, selector, &clauses, decay),
            None => Some(Body::Always),
        };
        let limits = self.limits(&clauses);
        let points = Points::Table(Box::new(points?));
        self.limit_conflict(&points, &clauses, limits);
        Some(Rule { id, label, labelled, points, body: body?, limits, span: tree.span })
    }

    fn number(&mut self) -> RuleId {
        let id = RuleId(self.next);
        self.next = self.next.saturating_add(1);
        id
    }

    /// The label, unique inside the score, and whether it was written.
    fn label(
        &mut self,
        written: Option<&tree::Text>,
        span: Span,
        unwritten: impl FnOnce(&Self) -> String,
    ) -> (String, bool) {
        let (label, place) = match written {
            Some(label) => (label.node.clone(), label.span),
            None => (unwritten(self), span),
        };
        match self.labels.get(&label) {
            Some(first) => {
                let (message, help) = match written {
                    Some(_) => (
                        format!("two rules of this score are called `{label}`"),
                        "give one of them another label, so that a breakdown can tell them apart",
                    ),
                    None => (
                        "this rule stands in the score twice, word for word".to_owned(),
                        "remove one of the two, or give each a label of its own: `+5 \"Label\" when …`",
                    ),
                };
                self.expressions.findings.add(
                    Diagnostic::error(code::LABEL_TWICE, place, message)
                        .also(*first, "the first one is here")
                        .help(help),
                );
            }
            None => {
                self.labels.insert(label.clone(), place);
            }
        }
        (label, written.is_some())
    }

    /// A limit on the side where the written points never go.
    fn limit_conflict(&mut self, points: &Points, clauses: &Clauses<'_>, limits: PointLimits) {
        let Some((raises, lowers)) = signs(points) else { return };
        let conflict = match (clauses.no_higher, clauses.no_lower) {
            (Some(limit), _) if limits.highest.is_some() && lowers && !raises => Some((limit, true)),
            (_, Some(limit)) if limits.lowest.is_some() && raises && !lowers => Some((limit, false)),
            _ => None,
        };
        let Some((limit, highest)) = conflict else { return };
        let number = limits.highest.or(limits.lowest).unwrap_or_default();
        let (message, help) = if highest {
            (
                "this rule only takes points away, so a highest value limits nothing",
                format!("write `no lower than -{number} points`"),
            )
        } else {
            (
                "this rule only gives points, so a lowest value limits nothing",
                format!("write `no higher than {} points`", limits.lowest.unwrap_or_default().abs()),
            )
        };
        self.expressions.findings.error(code::LIMIT_CONFLICT, limit.span, message, help);
    }
}
