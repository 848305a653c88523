//! Where an event record keeps what every event has: `events { lead by email, at column "when" in seconds }`.

use super::Build;
use super::schema::epoch;
use crate::diagnostics::Diagnostic;
use crate::diagnostics::code::check as code;
use crate::model::{FieldId, FieldKind, Mapping, Symbol};
use crate::source::Span;
use crate::syntax::tree::{self, EventPart};
use crate::value::fold_name;

impl Build<'_> {
    /// Lays items over a mapping; `own` are those inside one `event`.
    pub(super) fn mapping(&mut self, mapping: &mut Mapping, items: &[tree::Mapping], own: bool) {
        let mut seen: Vec<(&tree::Mapping, Span)> = Vec::new();
        for item in items {
            let part = item.part.node;
            let word = part_word(part);
            if let Some((_, first)) = seen.iter().find(|(other, _)| same_thing(other, item)) {
                self.findings.add(
                    Diagnostic::error(code::ENTRY_TWICE, item.part.span, format!("`{word}` is given twice"))
                        .also(*first, "given here first")
                        .help("remove one of the two"),
                );
                continue;
            }
            seen.push((item, item.part.span));
            if !self.mapping_fits(item, own) {
                continue;
            }
            let column = item.column.as_ref().map(|column| column.node.clone());
            match part {
                EventPart::Lead => {
                    mapping.lead = column.unwrap_or_else(|| mapping.lead.clone());
                    mapping.lead_by = self.lead_by(item).or(mapping.lead_by);
                }
                EventPart::Type => mapping.kind = column.unwrap_or_else(|| mapping.kind.clone()),
                EventPart::At => self.at(mapping, item, column),
                EventPart::Id => mapping.id = column.or(mapping.id.take()),
            }
        }
    }

    /// A column of its own stands with the format beside it: `at column "clicked"` alone drops an inherited one.
    fn at(&mut self, mapping: &mut Mapping, item: &tree::Mapping, column: Option<String>) {
        mapping.at = column.unwrap_or_else(|| mapping.at.clone());
        mapping.at_format = item.format.as_ref().and_then(|format| self.date_format(format));
        mapping.at_unit = item.unit.as_ref().map(|unit| epoch(unit.node));
    }

    fn mapping_fits(&mut self, item: &tree::Mapping, own: bool) -> bool {
        let part = item.part.node;
        let word = part_word(part);
        let misfit = if own && part == EventPart::Type {
            Some(("the column of the type is the same for all events", "write it once: `events { type column \"…\" }`"))
        } else if item.by.is_some() && part != EventPart::Lead {
            Some(("`by` says how an event finds its lead", "write `lead by FIELD`"))
        } else if (item.format.is_some() || item.unit.is_some()) && part != EventPart::At {
            Some(("only `at` is a date", "write the format beside `at`: `at column \"…\" in milliseconds`"))
        } else if item.format.is_some() && item.unit.is_some() {
            Some(("a date is written in a format or counted in a unit, not both", "keep `as …` or `in …`"))
        } else {
            None
        };
        if let Some((message, help)) = misfit {
            self.findings.error(code::MAPPING_MISFIT, item.span, format!("`{word}`: {message}"), help);
        }
        misfit.is_none()
    }

    fn lead_by(&mut self, item: &tree::Mapping) -> Option<FieldId> {
        let name = item.by.as_ref()?;
        match self.model.names.get(&fold_name(&name.text)) {
            Some(Symbol::Field(id)) => {
                let kind = self.model.lead.fields.get(id.index()).map(|field| &field.kind);
                if matches!(kind, Some(FieldKind::ListOfText)) {
                    self.findings.error(
                        code::MAPPING_MISFIT,
                        name.span,
                        format!("`{}` is a list, and an event belongs to one lead", name.text),
                        "name a field with one value, such as `lead by email`",
                    );
                }
                Some(*id)
            }
            _ => {
                let fields = self.model.lead.fields.iter().map(|field| field.name.as_str());
                let help = match crate::diagnostics::nearest(&name.text, fields) {
                    Some(meant) => format!("did you mean `lead by {meant}`?"),
                    None => "name a field of `lead { … }`".to_owned(),
                };
                let message = format!("the lead has no field `{}`", name.text);
                self.findings.error(code::UNKNOWN_FIELD, name.span, message, help);
                None
            }
        }
    }
}

/// Whether two items say the same of one part. `lead column "email"` and `lead by email` may stand on lines of their own.
fn same_thing(one: &tree::Mapping, other: &tree::Mapping) -> bool {
    let is_by_alone = |item: &tree::Mapping| item.by.is_some() && item.column.is_none();
    let is_column_alone = |item: &tree::Mapping| item.column.is_some() && item.by.is_none();
    let beside = (is_by_alone(one) && is_column_alone(other)) || (is_column_alone(one) && is_by_alone(other));
    one.part.node == other.part.node && !beside
}

fn part_word(part: EventPart) -> &'static str {
    match part {
        EventPart::Lead => "lead",
        EventPart::Type => "type",
        EventPart::At => "at",
        EventPart::Id => "id",
    }
}
