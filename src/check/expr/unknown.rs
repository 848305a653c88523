//! Names that nothing here declares: what was meant?

use super::{Beside, Expressions};
use crate::diagnostics::code::check as code;
use crate::diagnostics::{Diagnostic, nearest};
use crate::source::Span;
use crate::syntax::tree::{Expr, ExprKind, Name, SelectorClause};
use crate::value::fold_name;

use super::property::Scope;

impl Expressions<'_> {
    /// Reports a name that is not declared.
    pub(super) fn unknown<T>(&mut self, name: &Name) -> Option<T> {
        let folded = fold_name(&name.text);
        if self.model.event_names.contains_key(&folded) {
            self.event_as_value(name);
        } else if let Some(beside) = self.beside.clone().filter(|beside| self.has_property(&beside.scope, &folded)) {
            self.outside_filter(name, &beside);
        } else if let Some(event) = self.event_with(&folded) {
            self.stray_property(name, &event);
        } else {
            let diagnostic =
                Diagnostic::error(code::UNKNOWN_NAME, name.span, format!("nothing is called `{}`", name.text))
                    .help(self.unknown_help(name));
            self.findings.add(diagnostic);
        }
        None
    }

    fn unknown_help(&self, name: &Name) -> String {
        if name.text == "excluded" {
            return "`excluded` can be asked in tests and of results alone".to_owned();
        }
        if let Some(meant) = nearest(&name.text, self.candidates()) {
            return format!("did you mean `{}`?", written(meant));
        }
        let event_like = nearest(&name.text, self.model.events.iter().map(|event| event.name.as_str()));
        match event_like {
            Some(event) => format!("did you mean the event: `any {}`?", written(event)),
            None => format!("declare it as a field, `lead {{ {} text }}`, or as a define", written(&name.text)),
        }
    }

    /// All names that could stand here.
    fn candidates(&self) -> impl Iterator<Item = &str> {
        let model = self.model;
        let properties = self.scope.as_ref().into_iter().flat_map(|scope| {
            scope.types.iter().filter_map(|id| self.model.events.get(id.index())).flat_map(|event| &event.properties)
        });
        properties
            .map(|property| property.name.as_str())
            .chain(model.lead.fields.iter().map(|field| field.name.as_str()))
            .chain(model.defines.iter().map(|define| define.name.as_str()))
            .chain(model.lookups.iter().map(|lookup| lookup.name.as_str()))
            .chain(self.place.scores.then_some(&model.scores).into_iter().flatten().map(|score| score.name.as_str()))
            .chain(
                self.place.scores.then_some(&model.matrices).into_iter().flatten().map(|matrix| matrix.name.as_str()),
            )
            .chain(model.thresholds.iter().filter(|_| self.thresholds_fit()).map(|threshold| threshold.name.as_str()))
    }

    fn thresholds_fit(&self) -> bool {
        self.place.thresholds != super::Thresholds::Forbidden
    }

    fn event_as_value(&mut self, name: &Name) {
        let event = written(&name.text);
        let help = match self.comparison {
            Some(_) => format!("ask how many there are, `count of {event}`, or whether there is one, `any {event}`"),
            None => format!("ask whether there is one: `any {event}`"),
        };
        let message = format!("`{}` is an event, not a value", name.text);
        self.findings.error(code::EVENT_AS_VALUE, name.span, message, help);
    }

    /// `any page_view where path is "x" and seconds > 5`, where only the event has `seconds`.
    fn outside_filter(&mut self, name: &Name, beside: &Beside) {
        let event = self.scope_words(&beside.scope);
        self.findings.add(
            Diagnostic::error(
                code::PROPERTY_OUTSIDE_FILTER,
                name.span,
                format!("`{}` belongs to {event}, but the filter ends before it", name.text),
            )
            .also(beside.filter, "the filter is this")
            .help(self.with_parentheses(beside)),
        );
    }

    /// "put parentheses around the filter: `where (path is "x" and seconds > 5)`"
    fn with_parentheses(&self, beside: &Beside) -> String {
        let filter = self.findings.text(beside.filter);
        let part = self.findings.text(beside.part);
        format!("put parentheses around the whole filter: `where ({filter} {} {part})`", beside.joiner)
    }

    /// `any page_view where path is "x" and title is "y"`, where both the event and the lead have a `title`.
    pub(super) fn meant_for_filter(&mut self, name: &Name) -> bool {
        let Some(beside) = self.beside.clone() else { return false };
        if !self.has_property(&beside.scope, &fold_name(&name.text)) || fold_name(&name.text) == "at" {
            return false;
        }
        let event = self.scope_words(&beside.scope);
        let help = format!("{}; for the lead's write `lead.{}`", self.with_parentheses(&beside), written(&name.text));
        self.findings.add(
            Diagnostic::error(
                code::AMBIGUOUS_NAME,
                name.span,
                format!("both {event} and the lead have `{}`, and the filter ends before it", name.text),
            )
            .also(beside.filter, "the filter is this")
            .help(help),
        );
        true
    }

    fn scope_words(&self, scope: &Scope) -> String {
        let names: Vec<&str> =
            scope.types.iter().filter_map(|id| Some(self.model.events.get(id.index())?.name.as_str())).collect();
        match names.as_slice() {
            [one] => format!("the event `{one}`"),
            _ => "the events".to_owned(),
        }
    }

    /// An event that has a property of this name.
    fn event_with(&self, folded: &str) -> Option<String> {
        let place = self.facts.properties.iter().position(|own| own.contains_key(folded))?;
        Some(self.model.events.get(place)?.name.clone())
    }

    /// A property with no filter before it.
    fn stray_property(&mut self, name: &Name, event: &str) {
        let (event_name, event) = (event.to_owned(), written(event));
        let asked = match (self.comparison, &self.scope) {
            (Some(comparison), None) => format!("any {event} where {}", self.findings.text(comparison)),
            _ => format!("latest {} in {event}", written(&name.text)),
        };
        self.findings.error(
            code::PROPERTY_OUTSIDE_FILTER,
            name.span,
            format!("`{}` belongs to the event `{event_name}`, and here it isn't said of which one", name.text),
            format!("ask about the events: `{asked}`"),
        );
    }

    /// The filter without parentheses with which an expression ends, and whose it is.
    pub(super) fn open_filter(&self, part: &Expr) -> Option<(Span, Scope)> {
        let mut expr = part;
        loop {
            match &expr.kind {
                ExprKind::Not(inner) => expr = inner,
                ExprKind::Compare { left, comparison } => {
                    // `count of page_view where path is "x" >= 3`; or the filter stands at the right.
                    if let Some(found) = self.open_filter_of(left) {
                        return Some(found);
                    }
                    match &comparison.node.kind {
                        crate::syntax::tree::ComparisonKind::Order(_, right)
                        | crate::syntax::tree::ComparisonKind::Is(right) => expr = right,
                        _ => return None,
                    }
                }
                _ => return self.open_filter_of(expr),
            }
        }
    }

    fn open_filter_of(&self, expr: &Expr) -> Option<(Span, Scope)> {
        let ExprKind::Events(events) = &expr.kind else { return None };
        let (types, incomplete) = super::types_of(self.model, &events.selector.events);
        events.selector.clauses.iter().find_map(|clause| match &clause.node {
            SelectorClause::Where(filter) if !matches!(filter.kind, ExprKind::Parenthesised(_)) => {
                Some((filter.span, Scope { types: std::rc::Rc::new(types.clone()), incomplete }))
            }
            _ => None,
        })
    }
}

/// A name as it is written: in backticks where it needs them.
pub(in crate::check) fn written(name: &str) -> String {
    let plain = name.chars().next().is_some_and(|first| first.is_alphabetic() || first == '_')
        && name.chars().all(|c| c.is_alphanumeric() || c == '_' || unicode_normalization::char::is_combining_mark(c));
    if plain { name.to_owned() } else { format!("`{name}`") }
}
