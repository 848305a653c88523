//! What may be used where.

use super::Expressions;
use crate::diagnostics::Diagnostic;
use crate::diagnostics::code::check as code;
use crate::model::{Symbol, ThresholdId};
use crate::source::Span;

/// A place in a model where an expression stands.
#[derive(Debug, Clone, Copy)]
pub(in crate::check) struct Place {
    /// "a filter"
    pub what: &'static str,
    pub events: Events,
    /// Scores, bands and matrices
    pub scores: bool,
    pub thresholds: Thresholds,
    /// `excluded`, `points of`
    pub results: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::check) enum Events {
    Allowed,
    /// In a derived score: by the name of a define
    ThroughDefines,
    Forbidden,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::check) enum Thresholds {
    Allowed,
    /// Those declared earlier
    Before(ThresholdId),
    Forbidden,
}

impl Place {
    pub const DEFINE: Place = Place {
        what: "a define",
        events: Events::Allowed,
        scores: true,
        thresholds: Thresholds::Allowed,
        results: false,
    };
    pub const LOOKUP: Place = Place { what: "a lookup", ..Place::DEFINE };
    /// Anywhere in a score: rules, groups, headers.
    pub const SCORE: Place = Place { what: "a score", thresholds: Thresholds::Forbidden, ..Place::DEFINE };
    pub const DERIVED: Place = Place { what: "a derived score", events: Events::ThroughDefines, ..Place::SCORE };
    pub const EXCLUDE: Place = Place { what: "an exclusion", scores: false, ..Place::SCORE };
    /// `where …`
    pub const FILTER: Place = Place { what: "a filter", events: Events::Forbidden, ..Place::EXCLUDE };
    /// The dates of an `ignore`
    pub const IGNORE: Place = Place { what: "`ignore`", ..Place::FILTER };
    /// `expect`, `--only`
    pub const RESULTS: Place = Place { what: "an expectation", results: true, ..Place::DEFINE };

    pub fn threshold(id: ThresholdId) -> Place {
        Place { what: "a threshold", thresholds: Thresholds::Before(id), ..Place::DEFINE }
    }
}

impl Expressions<'_> {
    /// Whether a symbol may be used in this place; reports where not.
    pub(super) fn may_use(&mut self, symbol: Symbol, name: &str, span: Span) -> bool {
        match symbol {
            Symbol::Field(_) | Symbol::List(_) => true,
            Symbol::Score(_) | Symbol::Matrix(_) => {
                self.place.scores || self.forbidden_result(symbol, None, name, span)
            }
            Symbol::Threshold(id) => self.may_use_threshold(id, None, name, span),
            Symbol::Define(_) | Symbol::Lookup(_) => {
                let reach = self.facts.reach(symbol);
                if reach.events && self.place.events == Events::Forbidden {
                    return self.forbidden_events(Some(name), span);
                }
                if let (Some(result), false) = (reach.result, self.place.scores) {
                    return self.forbidden_result(result, Some(name), name, span);
                }
                reach.threshold.is_none_or(|id| self.may_use_threshold(id, Some(name), name, span))
            }
        }
    }

    /// Whether event expressions may stand here.
    pub(super) fn may_use_events(&mut self, span: Span) -> bool {
        match self.place.events {
            Events::Allowed => true,
            Events::Forbidden => self.forbidden_events(None, span),
            Events::ThroughDefines => {
                let text = self.findings.text(span);
                self.findings.error(
                    code::NOT_ALLOWED_HERE,
                    span,
                    "a derived score is made of scores, fields, defines and lookups, not of events",
                    format!("give it a name, `define visits = {text}`, and use the name here"),
                );
                false
            }
        }
    }

    fn forbidden_events(&mut self, through: Option<&str>, span: Span) -> bool {
        let (what, help) = match self.place.what {
            "a filter" => (
                "a filter looks at one event and its lead, so it can't ask about other events",
                "close the filter with parentheses and ask outside of it: `any page_view where (…) and any download`",
            ),
            _ => ("this place can't ask about events", "use a field of the lead or a date"),
        };
        let message = match through {
            Some(name) => format!("{what}; `{name}` does"),
            None => what.to_owned(),
        };
        self.findings.error(code::NOT_ALLOWED_HERE, span, message, help);
        false
    }

    fn forbidden_result(&mut self, result: Symbol, through: Option<&str>, name: &str, span: Span) -> bool {
        let (kind, result_name) = match result {
            Symbol::Score(id) => ("score", self.model.scores.get(id.index()).map_or("", |score| &score.name)),
            Symbol::Matrix(id) => ("matrix", self.model.matrices.get(id.index()).map_or(name, |matrix| &matrix.name)),
            _ => ("threshold", name),
        };
        let result_name = result_name.to_owned();
        self.forbidden(kind, &result_name, through, span)
    }

    /// "a filter can't use the score `fit`; `big` is made from it"
    fn forbidden(&mut self, kind: &str, used: &str, through: Option<&str>, span: Span) -> bool {
        let through = through.map(|name| format!(", which `{name}` is made from")).unwrap_or_default();
        let what = self.place.what;
        let help = match (what, kind) {
            ("a filter", _) => "ask it outside the filter, joined with `and`",
            ("an exclusion", _) => "exclude by fields, events, defines and lookups: exclusions come before any score",
            (_, "threshold") => "scores come before thresholds: use a field, an event or another score",
            _ => "use a field, an event, a define or a lookup",
        };
        let message = format!("{what} can't use the {kind} `{used}`{through}");
        self.findings.error(code::NOT_ALLOWED_HERE, span, message, help);
        false
    }

    fn may_use_threshold(&mut self, id: ThresholdId, through: Option<&str>, name: &str, span: Span) -> bool {
        let used = self.model.thresholds.get(id.index()).map_or(name, |threshold| &threshold.name).to_owned();
        match self.place.thresholds {
            Thresholds::Allowed => true,
            Thresholds::Forbidden => self.forbidden("threshold", &used, through, span),
            Thresholds::Before(own) if id < own => true,
            Thresholds::Before(own) => {
                let through = through.map(|name| format!(", which `{name}` is made from")).unwrap_or_default();
                let (message, help) = if id == own {
                    (
                        format!("the threshold `{used}` can't use itself{through}"),
                        "remove it from the condition".to_owned(),
                    )
                } else {
                    (
                        format!("a threshold can use earlier ones alone, and `{used}`{through} comes later"),
                        format!("move `threshold {used}` above this one"),
                    )
                };
                self.findings.add(Diagnostic::error(code::LATER_THRESHOLD, span, message).help(help));
                false
            }
        }
    }
}
