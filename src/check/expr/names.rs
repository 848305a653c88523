//! What a name means where it stands.

use super::{Expressions, PropertyRef, condition};
use crate::diagnostics::Diagnostic;
use crate::diagnostics::code::check as code;
use crate::model::{
    AnyExpr, ConditionKind, DateExpr, DefineId, FieldId, ListExpr, ListId, LookupId, LookupTable, NumberExpr, ScoreId,
    Symbol, TextExpr, Type, YesNoExpr,
};
use crate::source::Span;
use crate::syntax::tree::{Expr, ExprKind, Name};
use crate::value::fold_name;

/// A name that was found. It lives but for a moment, so its size does not matter.
#[allow(clippy::large_enum_variant)]
pub(in crate::check) enum Meaning {
    Value(AnyExpr),
    /// `list free_mail = …`
    List(ListId),
}

impl Expressions<'_> {
    /// A name that must be a value.
    pub fn named(&mut self, name: &Name) -> Option<AnyExpr> {
        match self.meaning(name)? {
            Meaning::Value(value) => Some(value),
            Meaning::List(_) => {
                self.findings.error(
                    code::LIST_AS_VALUE,
                    name.span,
                    format!("`{}` is a list of values, not one value", name.text),
                    format!("compare a text with all its values: `… is one of {}`", name.text),
                );
                None
            }
        }
    }

    /// What a name stands for: a form, a property of the event, then the shared names.
    pub(super) fn meaning(&mut self, name: &Name) -> Option<Meaning> {
        if self.is_excluded(name) {
            return self.excluded(name.span);
        }
        if let Some(scope) = self.scope.clone()
            && let Some(property) = self.property(name, &scope)?
        {
            return Some(Meaning::Value(self.property_value(property)));
        }
        let symbol = self.model.names.get(&fold_name(&name.text)).copied();
        if matches!(symbol, Some(Symbol::Field(_))) && self.meant_for_filter(name) {
            return None;
        }
        match symbol {
            Some(symbol) => self.symbol(symbol, name),
            None => self.unknown(name),
        }
    }

    /// The bare word `excluded`, where results are looked at.
    pub(super) fn is_excluded(&self, name: &Name) -> bool {
        self.place.results && !name.quoted && name.text == "excluded"
    }

    fn excluded(&mut self, span: Span) -> Option<Meaning> {
        if self.model.excludes.is_empty() {
            self.findings.error(
                code::NOTHING_EXCLUDES,
                span,
                "nothing in this model excludes a lead",
                "write an exclusion first: `exclude \"Competitor\" when …`",
            );
            return None;
        }
        condition(ConditionKind::Excluded, span).map(Meaning::Value)
    }

    /// Whether anything has this name here, so that it is not a text without its quotes.
    pub(super) fn is_known(&self, name: &Name) -> bool {
        let folded = fold_name(&name.text);
        self.is_excluded(name)
            || self.model.names.contains_key(&folded)
            || self.scope.as_ref().is_some_and(|scope| self.has_property(scope, &folded))
            || self.beside.as_ref().is_some_and(|beside| self.has_property(&beside.scope, &folded))
    }

    fn symbol(&mut self, symbol: Symbol, name: &Name) -> Option<Meaning> {
        if self.facts.broken.contains(&symbol) || !self.may_use(symbol, &name.text, name.span) {
            return None;
        }
        let value = match symbol {
            Symbol::List(id) => return Some(Meaning::List(id)),
            Symbol::Field(id) => self.field(id)?,
            Symbol::Define(id) => self.define(id, name.span)?,
            Symbol::Lookup(id) => self.lookup(id)?,
            Symbol::Score(id) => AnyExpr::Number(NumberExpr::Score(id)),
            Symbol::Matrix(id) => AnyExpr::Text(TextExpr::Matrix(id)),
            Symbol::Threshold(id) => condition(ConditionKind::Threshold(id), name.span)?,
        };
        Some(Meaning::Value(value))
    }

    fn field(&self, id: FieldId) -> Option<AnyExpr> {
        Some(match self.model.lead.fields.get(id.index())?.kind.type_of() {
            Type::Number => AnyExpr::Number(NumberExpr::Field(id)),
            Type::Text => AnyExpr::Text(TextExpr::Field(id)),
            Type::YesNo | Type::Condition => AnyExpr::YesNo(YesNoExpr::Field(id)),
            Type::Date => AnyExpr::Date(DateExpr::Field(id)),
            Type::List => AnyExpr::List(ListExpr::Field(id)),
        })
    }

    fn define(&self, id: DefineId, span: Span) -> Option<AnyExpr> {
        Some(match &self.model.defines.get(id.index())?.value {
            AnyExpr::Number(_) => AnyExpr::Number(NumberExpr::Define(id)),
            AnyExpr::Text(_) => AnyExpr::Text(TextExpr::Define(id)),
            AnyExpr::YesNo(_) => AnyExpr::YesNo(YesNoExpr::Define(id)),
            AnyExpr::Date(_) => AnyExpr::Date(DateExpr::Define(id)),
            AnyExpr::List(_) => AnyExpr::List(ListExpr::Define(id)),
            AnyExpr::Condition(_) => condition(ConditionKind::Define(id), span)?,
        })
    }

    fn lookup(&self, id: LookupId) -> Option<AnyExpr> {
        Some(match &self.model.lookups.get(id.index())?.table {
            LookupTable::Text(_) => AnyExpr::Text(TextExpr::Lookup(id)),
            LookupTable::Number(_) => AnyExpr::Number(NumberExpr::Lookup(id)),
        })
    }

    fn property_value(&self, property: PropertyRef) -> AnyExpr {
        match property {
            PropertyRef::At => AnyExpr::Date(DateExpr::At),
            PropertyRef::Own(property, kind) => match kind {
                Type::Number => AnyExpr::Number(NumberExpr::Property(property)),
                Type::Text => AnyExpr::Text(TextExpr::Property(property)),
                Type::YesNo | Type::Condition => AnyExpr::YesNo(YesNoExpr::Property(property)),
                Type::Date => AnyExpr::Date(DateExpr::Property(property)),
                Type::List => AnyExpr::List(ListExpr::Property(property)),
            },
        }
    }

    /// `lead.email`
    pub(super) fn lead_field(&mut self, name: &Name) -> Option<AnyExpr> {
        if let Some(Symbol::Field(id)) = self.model.names.get(&fold_name(&name.text)).copied() {
            return self.field(id);
        }
        let fields = self.model.lead.fields.iter().map(|field| field.name.as_str());
        let help = match crate::diagnostics::nearest(&name.text, fields) {
            Some(meant) => format!("did you mean `lead.{meant}`?"),
            None if self.model.names.contains_key(&fold_name(&name.text)) => {
                format!("it is no field of the lead; write `{}` alone", name.text)
            }
            None => format!("declare it: `lead {{ {} text }}`", name.text),
        };
        self.findings.error(code::UNKNOWN_FIELD, name.span, format!("the lead has no field `{}`", name.text), help);
        None
    }

    /// A name that must be a score; `what` begins the message where it is something else: "`bands` cut a score".
    pub fn score_named(&mut self, name: &Name, what: &str) -> Option<ScoreId> {
        match self.model.names.get(&fold_name(&name.text)) {
            Some(Symbol::Score(id)) => return Some(*id),
            Some(_) => {
                self.findings.add(
                    Diagnostic::error(code::NOT_A_SCORE, name.span, format!("{what}, and `{}` is none", name.text))
                        .help(self.score_help(&name.text)),
                );
            }
            None => {
                self.findings.add(
                    Diagnostic::error(code::NOT_A_SCORE, name.span, format!("there is no score `{}`", name.text))
                        .help(self.score_help(&name.text)),
                );
            }
        }
        None
    }

    fn score_help(&self, written: &str) -> String {
        let scores: Vec<&str> = self.model.scores.iter().map(|score| score.name.as_str()).collect();
        match crate::diagnostics::nearest(written, scores.iter().copied()) {
            Some(meant) => format!("did you mean `{meant}`?"),
            None if scores.is_empty() => "declare a score first: `score fit from 0 to 100 { … }`".to_owned(),
            None => {
                let named: Vec<String> = scores.iter().take(8).map(|score| format!("`{score}`")).collect();
                format!("name one of the scores: {}", named.join(", "))
            }
        }
    }
}

/// The name that an expression is, parentheses aside.
pub(super) fn name_of(expr: &Expr) -> Option<&Name> {
    match &crate::check::constants::bare(expr).kind {
        ExprKind::Name(name) => Some(name),
        _ => None,
    }
}
