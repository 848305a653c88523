//! Which name stands for what: one namespace for all that has a value, one for events, one inside each event and score.

use super::Build;
use super::findings::Findings;
use crate::diagnostics::Diagnostic;
use crate::diagnostics::code::check as code;
use crate::model::{DefineId, EventId, FieldId, ListId, LookupId, MatrixId, ScoreId, Symbol, ThresholdId};
use crate::source::Span;
use crate::syntax::tree::Name;
use crate::value::fold_name;
use std::collections::HashMap;

/// Names already taken, by folded form.
#[derive(Default)]
pub(super) struct Taken {
    names: HashMap<String, (Name, &'static str)>,
}

impl Taken {
    /// The folded form of a name that is new; else an error. `what` is "a field", "an event".
    pub fn declare(&mut self, findings: &mut Findings, name: &Name, what: &'static str) -> Option<String> {
        let folded = fold_name(&name.text);
        let Some((first, first_what)) = self.names.get(&folded) else {
            self.names.insert(folded.clone(), (name.clone(), what));
            return Some(folded);
        };
        findings.add(if first.text == name.text {
            declared_twice(name, what, first.span, first_what)
        } else {
            Diagnostic::error(
                code::TWO_SPELLINGS,
                name.span,
                format!("`{}` and `{}` are two spellings of one name", first.text, name.text),
            )
            .here("spelt this way here")
            .also(first.span, format!("{first_what} spelt this way here"))
            .help("give one of them another name; a use may take either spelling")
        });
        None
    }
}

fn declared_twice(name: &Name, what: &str, first: Span, first_what: &str) -> Diagnostic {
    let message = if what == first_what {
        format!("`{}` is declared twice", name.text)
    } else {
        format!("`{}` is already the name of {first_what}", name.text)
    };
    Diagnostic::error(code::DECLARED_TWICE, name.span, message)
        .here(format!("{what} here"))
        .also(first, format!("{first_what} here"))
        .help("give one of them another name, or remove it")
}

impl Build<'_> {
    /// Gives each declared name its id; the first of two keeps the name.
    pub(super) fn declare_names(&mut self) {
        let mut all: Vec<(&Name, &'static str, Symbol)> = Vec::new();
        let fields = self.declared.leads.iter().flat_map(|lead| &lead.tree.fields);
        all.extend(ids(fields).map(|(id, field)| (&field.name, "a field", Symbol::Field(FieldId(id)))));
        all.extend(ids(&self.declared.lists).map(|(id, it)| (&it.tree.name, "a list", Symbol::List(ListId(id)))));
        all.extend(
            ids(&self.declared.defines).map(|(id, it)| (&it.tree.name, "a define", Symbol::Define(DefineId(id)))),
        );
        all.extend(
            ids(&self.declared.lookups).map(|(id, it)| (&it.tree.name, "a lookup", Symbol::Lookup(LookupId(id)))),
        );
        all.extend(ids(&self.declared.scores).map(|(id, it)| (&it.tree.name, "a score", Symbol::Score(ScoreId(id)))));
        all.extend(
            ids(&self.declared.matrices).map(|(id, it)| (&it.tree.name, "a matrix", Symbol::Matrix(MatrixId(id)))),
        );
        all.extend(
            ids(&self.declared.thresholds)
                .map(|(id, it)| (&it.tree.name, "a threshold", Symbol::Threshold(ThresholdId(id)))),
        );
        all.sort_by_key(|(name, ..)| name.span);
        let mut taken = Taken::default();
        for (name, what, symbol) in all {
            if let Some(folded) = taken.declare(&mut self.findings, name, what) {
                self.model.names.insert(folded, symbol);
            }
        }
        self.declare_events();
    }

    fn declare_events(&mut self) {
        let mut taken = Taken::default();
        for (id, event) in ids(&self.declared.events) {
            if let Some(folded) = taken.declare(&mut self.findings, &event.tree.name, "an event") {
                self.model.event_names.insert(folded, EventId(id));
            }
        }
    }
}

fn ids<T>(all: impl IntoIterator<Item = T>) -> impl Iterator<Item = (u32, T)> {
    (0u32..).zip(all)
}
