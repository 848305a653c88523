//! The `model` block: what the model is called, whose it is, and where its days begin.

use super::Build;
use super::declarations::Declared;
use super::findings::Findings;
use crate::diagnostics::code::check as code;
use crate::diagnostics::{Diagnostic, nearest};
use crate::model::About;
use crate::source::Span;
use crate::syntax::tree::{Expr, ExprKind, ModelBlock, Name};
use crate::value::Zone;
use std::collections::HashMap;

const ENTRIES: [&str; 5] = ["owner", "version", "description", "reviewed", "timezone"];

impl Build<'_> {
    pub(super) fn about(&mut self) {
        only_once(&mut self.findings, "model", self.declared.models.iter().map(|model| model.span));
        let Some(Declared { tree, span }) = self.declared.models.first().copied() else { return };
        // The time zone first: dates without an offset are read in it.
        if let Some((_, value)) = tree.entries.iter().find(|(name, _)| name.text == "timezone") {
            self.zone(value);
        }
        self.model.about = self.entries(tree);
        self.model.about.span = Some(span);
    }

    fn zone(&mut self, value: &Expr) {
        let Some(name) = self.entry_text("timezone", value) else { return };
        if let Some(zone) = Zone::named(&name) {
            self.model.zone = zone;
            return;
        }
        let names = Zone::names();
        let city = |zone: &&String| zone.rsplit('/').next().is_some_and(|city| city.eq_ignore_ascii_case(name.trim()));
        let meant =
            nearest(&name, names.iter().map(String::as_str)).or_else(|| names.iter().find(city).map(String::as_str));
        let help = match meant {
            Some(meant) => format!("did you mean `timezone \"{meant}\"`?"),
            None => "write continent and city: `timezone \"Europe/Madrid\"`".to_owned(),
        };
        self.findings.error(code::UNKNOWN_TIME_ZONE, value.span, format!("there is no time zone `{name}`"), help);
    }

    fn entries(&mut self, tree: &ModelBlock) -> About {
        let mut about = About { name: tree.name.as_ref().map(|name| name.node.clone()), ..About::default() };
        let mut seen: HashMap<&str, Span> = HashMap::new();
        for (name, value) in &tree.entries {
            if let Some(first) = seen.insert(&name.text, name.span) {
                self.findings.add(
                    Diagnostic::error(code::ENTRY_TWICE, name.span, format!("`{}` is given twice", name.text))
                        .also(first, "given here first")
                        .help("remove one of the two"),
                );
                continue;
            }
            match name.text.as_str() {
                "owner" => about.owner = self.entry_text("owner", value),
                "version" => about.version = self.entry_text("version", value),
                "description" => about.description = self.entry_text("description", value),
                "reviewed" => about.reviewed = self.reviewed(value),
                "timezone" => {}
                _ => self.unknown_entry(name),
            }
        }
        about
    }

    fn unknown_entry(&mut self, name: &Name) {
        let help = match nearest(&name.text, ENTRIES) {
            Some(meant) => format!("did you mean `{meant}`?"),
            None => "a model has `owner`, `version`, `description`, `reviewed` and `timezone`".to_owned(),
        };
        self.findings.error(code::UNKNOWN_ENTRY, name.span, format!("a model has no entry `{}`", name.text), help);
    }

    fn entry_text(&mut self, name: &str, value: &Expr) -> Option<String> {
        if let ExprKind::Text(text) = &value.kind {
            return Some(text.clone());
        }
        let written = self.findings.expr(value);
        self.findings.error(
            code::ENTRY_VALUE,
            value.span,
            format!("`{name}` is a text, in quotes"),
            format!("write `{name} \"{written}\"`"),
        );
        None
    }

    fn reviewed(&mut self, value: &Expr) -> Option<crate::value::Moment> {
        match &value.kind {
            ExprKind::Date(date) => self.findings.date(date, value.span, &self.model.zone),
            kind => {
                let help = match kind {
                    ExprKind::Text(text) if text.starts_with(|c: char| c.is_ascii_digit()) => {
                        format!("leave out the quotes: `reviewed {text}`")
                    }
                    _ => "write year, month and day: `reviewed 2026-05-01`".to_owned(),
                };
                self.findings.error(code::ENTRY_VALUE, value.span, "`reviewed` is a date", help);
                None
            }
        }
    }
}

/// Refuses a second statement of a kind that a model has once.
pub(super) fn only_once(findings: &mut Findings, what: &str, spans: impl Iterator<Item = Span>) {
    let mut first = None;
    for span in spans {
        match first {
            None => first = Some(span),
            Some(first) => findings.add(
                Diagnostic::error(code::DECLARED_ONCE, span, format!("there is more than one `{what}` block"))
                    .also(first, "the first one is here")
                    .help(format!("put everything into one `{what} {{ … }}`")),
            ),
        }
    }
}
