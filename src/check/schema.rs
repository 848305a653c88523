//! The lead and its fields, the events and their properties, and how each is read from data.

use super::about::only_once;
use super::findings::Findings;
use super::names::Taken;
use super::{Build, facts};
use crate::diagnostics::Diagnostic;
use crate::diagnostics::code::check as code;
use crate::model::{EventType, Field, FieldId, FieldKind, LeadSchema, Mapping};
use crate::source::{Span, Spanned};
use crate::syntax::tree::{self, EventBlock, Text as Quoted};
use crate::value::{DateFormat, EpochUnit, NumberFormat, Text, fold, fold_name};
use std::collections::HashMap;

impl Build<'_> {
    pub(super) fn lead(&mut self) {
        only_once(&mut self.findings, "lead", self.declared.leads.iter().map(|lead| lead.span));
        let mut schema =
            LeadSchema { span: self.declared.leads.first().map(|lead| lead.span), ..LeadSchema::default() };
        let mut key: Option<(FieldId, Span)> = None;
        let leads: Vec<_> = self.declared.leads.iter().map(|lead| lead.tree).collect();
        for lead in leads {
            schema.missing.extend(placeholders(&mut self.findings, &lead.treat_missing));
            for field in &lead.fields {
                if let Some(span) = field.key {
                    let id = FieldId(schema.fields.len() as u32);
                    self.key_field(field, span, &mut key, id);
                }
                schema.fields.push(self.field(field));
            }
        }
        schema.key = match key {
            Some((id, _)) => Some(id),
            None => (0u32..)
                .zip(&schema.fields)
                .find(|(_, field)| field.name == "id")
                .or_else(|| (0u32..).zip(&schema.fields).find(|(_, field)| field.column == "id"))
                .map(|(id, _)| FieldId(id)),
        };
        self.model.lead = schema;
    }

    fn key_field(&mut self, field: &tree::Field, span: Span, key: &mut Option<(FieldId, Span)>, id: FieldId) {
        if let Some((_, first)) = key {
            self.findings.add(
                Diagnostic::error(code::KEY_TWICE, span, "a lead has only one `key`")
                    .also(*first, "the key is already here")
                    .help("keep `key` on the field that tells one lead from another"),
            );
            return;
        }
        *key = Some((id, span));
        if matches!(field.kind.node, tree::FieldKind::ListOfText) {
            self.findings.error(
                code::KEY_MISFIT,
                span,
                format!("`{}` is a list, and a key is one value", field.name.text),
                "put `key` on a text or a number, such as `id text key`",
            );
        }
    }

    pub(super) fn events(&mut self) {
        only_once(&mut self.findings, "events", self.declared.mappings.iter().map(|block| block.span));
        let mut common = Mapping {
            lead: "lead_id".to_owned(),
            lead_by: None,
            kind: "type".to_owned(),
            at: "at".to_owned(),
            at_format: None,
            at_unit: None,
            id: None,
        };
        let blocks: Vec<_> = self.declared.mappings.iter().map(|block| block.tree).collect();
        for block in blocks {
            self.mapping(&mut common, &block.mapping, false);
        }
        let mut called: HashMap<String, (Span, String)> = HashMap::new();
        let events: Vec<_> = self.declared.events.iter().map(|event| (event.tree, event.span)).collect();
        for (event, span) in events {
            let kind = self.event(event, span, common.clone());
            self.called_once(event, &kind.called, &mut called);
            self.facts.properties.push(facts::properties(&kind));
            self.model.events.push(kind);
        }
    }

    fn event(&mut self, event: &EventBlock, span: Span, mut mapping: Mapping) -> EventType {
        let mut taken = Taken::default();
        let mut properties = Vec::new();
        for property in &event.properties {
            if fold_name(&property.name.text) == "at" {
                self.findings.error(
                    code::AT_DECLARED,
                    property.name.span,
                    "every event has `at`, its instant, by itself",
                    "remove this line; where records keep the instant in another column, say so: `at column \"…\"`",
                );
            } else {
                taken.declare(&mut self.findings, &property.name, "a property");
            }
            if let Some(key) = property.key {
                self.findings.error(
                    code::KEY_MISFIT,
                    key,
                    "a `key` marks the identity of a lead, not of an event",
                    "remove `key`; the identity of an event record is written `events { id column \"…\" }`",
                );
            }
            properties.push(self.field(property));
        }
        self.mapping(&mut mapping, &event.mapping, true);
        let called = event.called.as_ref().map_or(event.name.text.as_str(), |called| called.node.as_str());
        EventType {
            name: event.name.text.clone(),
            called: called.trim().to_owned(),
            properties,
            mapping,
            missing: placeholders(&mut self.findings, &event.treat_missing),
            span,
        }
    }

    fn called_once(&mut self, event: &EventBlock, called: &str, seen: &mut HashMap<String, (Span, String)>) {
        let span = event.called.as_ref().map_or(event.name.span, |called| called.span);
        if called.is_empty() {
            self.blank(span);
            return;
        }
        match seen.get(called) {
            // Two events of one name have had their error.
            Some((_, name)) if fold_name(name) == fold_name(&event.name.text) => {}
            Some((first, name)) => self.findings.add(
                Diagnostic::error(code::CALLED_TWICE, span, format!("two events are called `{called}` in the data"))
                    .also(*first, format!("`{name}` is called so too"))
                    .help("give each event the name that it has in the data: `called \"…\"`"),
            ),
            None => {
                seen.insert(called.to_owned(), (span, event.name.text.clone()));
            }
        }
    }

    fn blank(&mut self, span: Span) {
        self.findings.error(
            code::BLANK_TEXT,
            span,
            "there is nothing in this text to compare with",
            "write a text with at least one letter or digit",
        );
    }

    /// A field of the lead or a property of an event.
    fn field(&mut self, field: &tree::Field) -> Field {
        let column = field.column.as_ref().map_or(&field.name.text, |column| &column.node);
        Field {
            name: field.name.text.clone(),
            kind: self.field_kind(&field.kind),
            required: field.required.is_some(),
            column: column.clone(),
            span: field.span,
        }
    }

    fn field_kind(&mut self, kind: &Spanned<tree::FieldKind>) -> FieldKind {
        match &kind.node {
            tree::FieldKind::Text => FieldKind::Text,
            tree::FieldKind::ListOfText => FieldKind::ListOfText,
            tree::FieldKind::OneOf(values) => FieldKind::OneOf(self.one_of(values)),
            tree::FieldKind::YesNo { words } => FieldKind::YesNo { words: self.yes_no_words(words, kind.span) },
            tree::FieldKind::Number { from, to, format } => {
                let low = from.as_ref().and_then(|from| self.findings.plain_number(from, "the lower end"));
                let high = to.as_ref().and_then(|to| self.findings.plain_number(to, "the upper end"));
                self.findings.range(low, high, kind.span);
                let format = format.as_ref().and_then(|format| self.number_format(format));
                FieldKind::Number { from: low, to: high, format }
            }
            tree::FieldKind::Date { format, unit } => {
                if let (Some(_), Some(unit)) = (format, unit) {
                    self.findings.error(
                        code::FIELD_FORMAT,
                        unit.span,
                        "a date is written in a format or counted in a unit, not both",
                        "keep `as …` or `in …`",
                    );
                }
                let format = format.as_ref().and_then(|format| self.date_format(format));
                FieldKind::Date { format, unit: unit.as_ref().map(|unit| epoch(unit.node)) }
            }
        }
    }

    fn one_of(&mut self, values: &[Quoted]) -> Vec<Text> {
        let mut seen: HashMap<String, Span> = HashMap::new();
        let mut texts = Vec::new();
        for value in values {
            let Some(text) = Text::new(&value.node) else {
                self.blank(value.span);
                continue;
            };
            match seen.get(text.folded.as_str()) {
                Some(first) => self.findings.add(
                    Diagnostic::error(
                        code::ONE_OF_TWICE,
                        value.span,
                        format!("`\"{}\"` stands here twice", value.node),
                    )
                    .also(*first, "the same value: case and blanks do not count")
                    .help("remove one of the two"),
                ),
                None => {
                    seen.insert(text.folded.to_string(), value.span);
                    texts.push(text);
                }
            }
        }
        texts
    }

    fn yes_no_words(&mut self, words: &[Quoted], span: Span) -> Option<(String, String)> {
        let folded: Vec<String> = words.iter().map(|word| fold(&word.node)).collect();
        match (&words, folded.as_slice()) {
            ([], _) => None,
            ([yes, no], [a, b]) if a != b && !a.is_empty() && !b.is_empty() => {
                Some((yes.node.clone(), no.node.clone()))
            }
            _ => {
                self.findings.error(
                    code::YES_NO_WORDS,
                    span,
                    "a yes/no field has one word for yes and another for no",
                    "write the two words, yes first: `yes/no as \"oui\", \"non\"`",
                );
                None
            }
        }
    }

    fn number_format(&mut self, format: &Quoted) -> Option<NumberFormat> {
        let read = NumberFormat::from_example(&format.node);
        if read.is_none() {
            self.findings.error(
                code::FIELD_FORMAT,
                format.span,
                format!("`\"{}\"` does not show how numbers are written", format.node),
                "write one number as the data has it, with both separators: `number as \"1.234,56\"`",
            );
        }
        read
    }

    pub(super) fn date_format(&mut self, format: &Quoted) -> Option<DateFormat> {
        let read = DateFormat::new(&format.node);
        if read.is_none() {
            self.findings.error(
                code::FIELD_FORMAT,
                format.span,
                format!("`\"{}\"` does not show how dates are written", format.node),
                "name year, month and day once each: `date as \"DD/MM/YYYY\"`, with a time `\"DD/MM/YYYY HH:mm\"`",
            );
        }
        read
    }
}

impl Findings {
    /// Refuses `from 10 to 5`.
    pub(super) fn range(
        &mut self,
        low: Option<crate::value::Decimal>,
        high: Option<crate::value::Decimal>,
        span: Span,
    ) {
        if let (Some(low), Some(high)) = (low, high)
            && low > high
        {
            self.error(
                code::FROM_ABOVE_TO,
                span,
                format!("`from {low}` is above `to {high}`"),
                format!("write the smaller number first: `from {high} to {low}`"),
            );
        }
    }
}

fn placeholders(findings: &mut Findings, values: &[Quoted]) -> Vec<String> {
    let mut folded = Vec::new();
    for value in values {
        let text = fold(&value.node);
        if text.is_empty() {
            findings.error(
                code::BLANK_TEXT,
                value.span,
                "a blank value is missing already",
                "remove it from `treat … as missing`",
            );
        } else {
            folded.push(text);
        }
    }
    folded
}

pub(super) fn epoch(unit: tree::EpochUnit) -> EpochUnit {
    match unit {
        tree::EpochUnit::Seconds => EpochUnit::Seconds,
        tree::EpochUnit::Milliseconds => EpochUnit::Milliseconds,
        tree::EpochUnit::Microseconds => EpochUnit::Microseconds,
    }
}
