//! Names that nothing here declares: what was meant?

use super::{Beside, Expressions};
use crate::diagnostics::code::check as code;
use crate::diagnostics::{Diagnostic, nearest};
use crate::model::{Symbol, Type};
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
            let diagnostic = Diagnostic::error(code::UNKNOWN_NAME, name.span, self.unknown_message(name))
                .help(self.unknown_help(name));
            self.findings.add(diagnostic);
        }
        None
    }

    fn unknown_message(&self, name: &Name) -> String {
        match self.wanted {
            Some(Type::Number) if self.place.scores && self.scope.is_none() => {
                format!("there is no score or number `{}`", name.text)
            }
            _ => format!("nothing is called `{}`", name.text),
        }
    }

    fn unknown_help(&self, name: &Name) -> String {
        if name.text == "excluded" {
            return "`excluded` can be asked in tests and of results alone".to_owned();
        }
        if let Some(help) = self.column_help(name) {
            return help;
        }
        if let Some(meant) = nearest(&name.text, self.candidates()) {
            return format!("did you mean `{}`?", written(meant));
        }
        let event_like = nearest(&name.text, self.model.events.iter().map(|event| event.name.as_str()));
        match event_like {
            Some(event) => format!("did you mean the event: `any {}`?", written(event)),
            None if self.wanted == Some(Type::Date) && is_now(&name.text) => {
                "ask for a time, such as `in last 30 days`, or write a date, such as `2026-05-01`".to_owned()
            }
            None if is_blank_word(&name.text) => "for a blank value write `… is missing`".to_owned(),
            None => self.how_to_declare(name),
        }
    }

    /// `fit_band`, `mql_since`: columns of the results, made of a name with a word behind it.
    fn column_help(&self, name: &Name) -> Option<String> {
        let symbol = |name: &str| self.model.names.get(&fold_name(name)).copied();
        if let Some(score) = name.text.strip_suffix("_band")
            && let Some(Symbol::Score(_)) = symbol(score)
        {
            let compared = self.comparison.map(|span| self.findings.text(span)).unwrap_or_default();
            let rest = compared.strip_prefix(&name.text).map(str::trim).filter(|rest| !rest.is_empty());
            return Some(format!("write `band of {} {}`", written(score), rest.unwrap_or("is …")));
        }
        let threshold = name.text.strip_suffix("_since")?;
        let Some(Symbol::Threshold(_)) = symbol(threshold) else { return None };
        Some(format!("it is a column of the results alone; ask whether it is met: `{}`", written(threshold)))
    }

    /// Where a name of this kind is declared.
    fn how_to_declare(&self, name: &Name) -> String {
        let name = written(&name.text);
        let kind = match self.wanted {
            Some(Type::Number) => "number",
            Some(Type::Date) => "date",
            Some(Type::YesNo | Type::Condition) => "yes/no",
            Some(Type::List) => "list of text",
            Some(Type::Text) | None => "text",
        };
        let field = match self.model.lead.fields.is_empty() {
            true => format!("declare it as a field: `lead {{ {name} {kind} }}`"),
            false => format!("add the line `{name} {kind}` to `lead {{ … }}`"),
        };
        if let Some(scope) = &self.scope
            && let Some(event) = scope.types.first().and_then(|id| self.model.events.get(id.index()))
        {
            let event = written(&event.name);
            return format!("add `{name} {kind}` to `event {event} {{ … }}`; or where it is the lead's, {field}");
        }
        match self.wanted {
            Some(Type::Number) if self.place.scores => format!("write `score {name} {{ … }}`, or {field}"),
            Some(Type::YesNo | Type::Condition) => format!("{field}, or name a condition: `define {name} = …`"),
            _ => field,
        }
    }

    /// All names that could stand here.
    pub(super) fn candidates(&self) -> impl Iterator<Item = &str> {
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
            _ if self.wanted == Some(Type::Date) => {
                format!("name the instant of one: `(latest at in {event})`, or `(first at in {event})`")
            }
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
        if let Some(scope) = self.scope.clone().filter(|scope| !scope.types.is_empty()) {
            return self.of_another_event(name, &event, &scope);
        }
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

    /// `any page_view where attended`, where only the event `webinar` has `attended`.
    fn of_another_event(&mut self, name: &Name, other: &str, scope: &Scope) {
        let model = self.model;
        let events = || scope.types.iter().filter_map(|id| model.events.get(id.index()));
        let names: Vec<String> = events().take(3).map(|event| format!("`{}`", event.name)).collect();
        let own = events().flat_map(|event| &event.properties).map(|property| property.name.as_str());
        let help = match nearest(&name.text, own.clone()) {
            Some(meant) => format!("did you mean `{}`?", written(meant)),
            None => {
                let own: Vec<String> = own.take(6).map(|property| format!("`{}`", written(property))).collect();
                let else_name = match own.is_empty() {
                    true => String::new(),
                    false => format!("; or use what it has: {}", own.join(", ")),
                };
                format!("select `{other}` instead{else_name}")
            }
        };
        let message = format!("{} has no property `{}`; `{other}` has", names.join(", "), name.text);
        self.findings.error(code::PROPERTY_OUTSIDE_FILTER, name.span, message, help);
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

/// Words that authors write for a value that is missing.
pub(super) fn is_blank_word(word: &str) -> bool {
    let word = word.to_lowercase();
    ["empty", "blank", "null", "nil", "unknown", "none", "nothing", "unset", "undefined", "absent"].contains(&&*word)
}

/// Words that authors write for a value that is known.
pub(super) fn is_known_word(word: &str) -> bool {
    let word = word.to_lowercase();
    ["present", "filled", "nonempty", "nonblank", "set", "given", "provided", "available"].contains(&&*word)
}

/// Words that authors write for the instant of the run.
fn is_now(word: &str) -> bool {
    ["today", "now", "yesterday", "tomorrow"].contains(&&*word.to_lowercase())
}

/// A name as it is written: in backticks where it needs them.
pub(in crate::check) fn written(name: &str) -> String {
    let plain = name.chars().next().is_some_and(|first| first.is_alphabetic() || first == '_')
        && name.chars().all(|c| c.is_alphanumeric() || c == '_' || unicode_normalization::char::is_combining_mark(c));
    if plain { name.to_owned() } else { format!("`{name}`") }
}
