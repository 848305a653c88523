//! Selectors: `page_view, download where … in last 30 days since last recycled`.

use super::demand::type_of;
use super::unknown::written;
use super::{Expressions, Place, Scope};
use crate::diagnostics::code::check as code;
use crate::diagnostics::{Diagnostic, nearest};
use crate::model::{Condition, DateExpr, EventId, Model, Selector, Symbol, Type, Which};
use crate::source::{Span, Spanned};
use crate::syntax::tree::{self, Comparison, ComparisonKind, EventAsk, EventNames, Expr, ExprKind, SelectorClause};
use crate::value::fold_name;
use std::collections::BTreeSet;
use std::rc::Rc;

/// The types that names stand for, and whether one of them is not known.
pub(in crate::check) fn types_of(model: &Model, names: &EventNames) -> (BTreeSet<EventId>, bool) {
    match names {
        EventNames::All(_) => ((0..model.events.len() as u32).map(EventId).collect(), model.events.is_empty()),
        EventNames::Named(names) => {
            let found: Vec<Option<EventId>> =
                names.iter().map(|name| model.event_names.get(&fold_name(&name.text)).copied()).collect();
            let incomplete = found.iter().any(Option::is_none);
            (found.into_iter().flatten().collect(), incomplete)
        }
    }
}

impl Expressions<'_> {
    /// The scope of a selector's events, without a report.
    pub fn scope_of(&self, names: &EventNames) -> Scope {
        let (types, incomplete) = types_of(self.model, names);
        Scope { types: Rc::new(types), incomplete }
    }

    /// A selector with the `counting since last` of the place written into it.
    pub fn selector(&mut self, selector: &tree::Selector) -> Option<Selector> {
        let types = self.types(&selector.events);
        let scope = self.scope_of(&selector.events);
        let mut checked = Selector {
            types: (*scope.types).clone(),
            filter: None,
            in_last: None,
            since: None,
            before: None,
            since_last: Vec::new(),
            within_after: None,
            span: selector.span,
        };
        let mut sound = types.is_some();
        let mut seen: Vec<(&str, Span)> = Vec::new();
        for (place, clause) in selector.clauses.iter().enumerate() {
            let word = word(&clause.node);
            if let Some((_, first)) = seen.iter().find(|(other, _)| *other == word) {
                self.second_clause(word, clause.span, *first);
                sound = false;
                continue;
            }
            seen.push((word, clause.span));
            if let SelectorClause::Where(filter) = &clause.node
                && self.is_date(filter, &scope)
            {
                let after = selector.clauses.get(place + 1).filter(|after| compares_dates(&after.node));
                let words = after.map(|after| self.findings.text(after.span));
                self.date_filter(filter, words.as_deref().unwrap_or("in last 30 days"));
                sound = false;
                continue;
            }
            sound &= self.clause(&clause.node, &scope, &mut checked).is_some();
        }
        checked.since_last.extend(self.counting.iter().cloned());
        sound.then_some(checked)
    }

    fn second_clause(&mut self, word: &str, span: Span, first: Span) {
        let help = if word == "where" {
            let filter = |span: Span| self.findings.text(span).trim_start_matches("where ").to_owned();
            format!("join the two: `where ({} and {})`", filter(first), filter(span))
        } else {
            "keep one of the two".to_owned()
        };
        self.findings.add(
            Diagnostic::error(code::SELECTOR_CLAUSE_TWICE, span, format!("`{word}` stands here twice"))
                .also(first, "the first one is here")
                .help(help),
        );
    }

    fn clause(&mut self, clause: &SelectorClause, scope: &Scope, checked: &mut Selector) -> Option<()> {
        match clause {
            SelectorClause::Where(filter) => checked.filter = Some(self.filter(filter, scope)?),
            SelectorClause::InLast(duration) => checked.in_last = Some(self.findings.duration(duration)?),
            SelectorClause::Since(date) => checked.since = Some(self.window_date(date, "since")?),
            SelectorClause::Before(date) => checked.before = Some(self.window_date(date, "before")?),
            SelectorClause::SinceLast(which) => checked.since_last.push(self.which(which)?),
            SelectorClause::WithinAfter(duration, which) => {
                let (duration, which) = (self.findings.duration(duration), self.which(which));
                checked.within_after = Some((duration?, which?));
            }
        }
        Some(())
    }

    /// A date of a selector: it sees the lead alone, not the event of a rule around.
    fn window_date(&mut self, date: &Expr, word: &str) -> Option<DateExpr> {
        if let ExprKind::Name(name) = &date.kind
            && let Some(event) = self.event_named(name)
        {
            let help = match word {
                "since" => format!("write `since last {event}`"),
                _ => format!("write `before (first at in {event})`, or `before (latest at in {event})`"),
            };
            let message = format!("`{}` is an event, and `{word}` takes a date", name.text);
            self.findings.error(code::EVENT_AS_VALUE, name.span, message, help);
            return None;
        }
        let scope = self.scope.take();
        let beside = self.beside.take();
        let checked = self.date(date);
        self.scope = scope;
        self.beside = beside;
        checked
    }

    /// The event of this name, where nothing else has it.
    fn event_named(&self, name: &tree::Name) -> Option<String> {
        let id = self.model.event_names.get(&fold_name(&name.text)).filter(|_| !self.is_known(name))?;
        self.model.events.get(id.index()).map(|event| written(&event.name))
    }

    /// `any page_view after download`, `any page_view where seen after 2026-05-01`; reports them.
    pub(super) fn events_as_dates(&mut self, left: &Expr, comparison: &Spanned<Comparison>) -> bool {
        let ExprKind::Events(events) = &left.kind else { return false };
        if !matches!(
            comparison.node.kind,
            ComparisonKind::Before(_)
                | ComparisonKind::After(_)
                | ComparisonKind::On(_)
                | ComparisonKind::InNext(_)
                | ComparisonKind::Between(..)
        ) {
            return false;
        }
        if let Some(SelectorClause::Where(filter)) = events.selector.clauses.last().map(|clause| &clause.node)
            && self.is_date(filter, &self.scope_of(&events.selector.events))
        {
            let words = self.findings.text(comparison.span);
            self.date_filter(filter, &words);
            return true;
        }
        let (ComparisonKind::After(Expr { kind: ExprKind::Name(name), .. }), EventAsk::Any | EventAsk::No) =
            (&comparison.node.kind, &events.ask)
        else {
            return false;
        };
        let Some(event) = self.event_named(name) else { return false };
        let left = self.findings.expr(left);
        let message = format!("`{}` is an event, and `after` takes a date", name.text);
        let help = format!("write `{left} within 30 days after {event}`, or `{left} since last {event}`");
        self.findings.error(code::EVENT_AS_VALUE, name.span, message, help);
        true
    }

    /// Whether a filter is the bare name of a date, perhaps after `not`.
    fn is_date(&self, filter: &Expr, scope: &Scope) -> bool {
        let mut inner = filter;
        while let ExprKind::Not(next) = &inner.kind {
            inner = next;
        }
        let field = |name: &tree::Name| match self.model.names.get(&fold_name(&name.text)) {
            Some(Symbol::Field(id)) => {
                self.model.lead.fields.get(id.index()).is_some_and(|field| field.kind.type_of() == Type::Date)
            }
            Some(Symbol::Define(id)) => {
                self.model.defines.get(id.index()).is_some_and(|define| type_of(&define.value) == Type::Date)
            }
            _ => false,
        };
        match &inner.kind {
            ExprKind::LeadName(name) => field(name),
            ExprKind::Name(name) => match self.property_type(name, scope) {
                Some(kind) => kind == Type::Date,
                None => field(name),
            },
            _ => false,
        }
    }

    /// `where seen in last 30 days`, of a date `seen`: the words after it are the selector's.
    fn date_filter(&mut self, filter: &Expr, words: &str) {
        let text = self.findings.expr(filter);
        let words = words.replacen("since ", "after ", 1);
        self.findings.error(
            code::NOT_A_CONDITION,
            filter.span,
            format!("`{text}` is a date, and a filter without parentheses ends right after it"),
            format!("put parentheses around the filter: `where ({text} {words})`"),
        );
    }

    pub fn which(&mut self, which: &tree::Which) -> Option<Which> {
        let types = self.types(&which.events);
        let scope = self.scope_of(&which.events);
        let filter = match &which.filter {
            Some(filter) => Some(self.filter(filter, &scope)?),
            None => None,
        };
        Some(Which { types: types?, filter })
    }

    /// A filter: the event's properties first, then the lead's fields.
    fn filter(&mut self, filter: &Expr, scope: &Scope) -> Option<Condition> {
        let place = std::mem::replace(&mut self.place, Place::FILTER);
        let around = self.scope.replace(scope.clone());
        let beside = self.beside.take();
        let comparison = self.comparison.take();
        let checked = self.condition(filter);
        self.comparison = comparison;
        self.beside = beside;
        self.scope = around;
        self.place = place;
        checked
    }

    /// The named event types, all of them known.
    fn types(&mut self, names: &EventNames) -> Option<BTreeSet<EventId>> {
        match names {
            EventNames::All(span) if self.model.events.is_empty() => {
                self.findings.error(
                    code::UNKNOWN_EVENT,
                    *span,
                    "this model declares no events",
                    "declare each event that the data has: `event page_view { path text }`",
                );
                return None;
            }
            EventNames::All(_) => {}
            EventNames::Named(names) => {
                for name in names {
                    if !self.model.event_names.contains_key(&fold_name(&name.text)) {
                        self.unknown_event(name);
                    }
                }
            }
        }
        let (types, incomplete) = types_of(self.model, names);
        (!incomplete).then_some(types)
    }

    pub fn unknown_event(&mut self, name: &tree::Name) {
        if self.model.names.contains_key(&fold_name(&name.text)) {
            let message = format!("`{}` is no event", name.text);
            let text = self.findings.text(name.span);
            let help = match nearest(&name.text, self.model.events.iter().map(|event| event.name.as_str())) {
                Some(meant) => format!("did you mean the event `{}`?", written(meant)),
                None => format!("`any` and `count of` ask about events; a value is compared by itself: `{text} is …`"),
            };
            self.findings.error(code::VALUE_AS_EVENT, name.span, message, help);
            return;
        }
        let help = match nearest(&name.text, self.model.events.iter().map(|event| event.name.as_str())) {
            Some(meant) => format!("did you mean `{}`?", written(meant)),
            None => format!("declare it: `event {}`", written(&name.text)),
        };
        self.findings.error(code::UNKNOWN_EVENT, name.span, format!("there is no event `{}`", name.text), help);
    }
}

/// Whether a clause reads like a comparison of a date.
fn compares_dates(clause: &SelectorClause) -> bool {
    matches!(clause, SelectorClause::InLast(_) | SelectorClause::Since(_) | SelectorClause::Before(_))
}

fn word(clause: &SelectorClause) -> &'static str {
    match clause {
        SelectorClause::Where(_) => "where",
        SelectorClause::InLast(_) => "in last",
        SelectorClause::Since(_) => "since",
        SelectorClause::Before(_) => "before",
        SelectorClause::SinceLast(_) => "since last",
        SelectorClause::WithinAfter(..) => "within",
    }
}
