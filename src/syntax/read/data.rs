//! Declarations of data: the model's facts, leads, events, lists, lookups.

use super::{Node, Reader};
use crate::diagnostics::code::syntax as codes;
use crate::source::{Span, Spanned};
use crate::syntax::grammar::Rule;
use crate::syntax::mistakes::{Place, place};
use crate::syntax::outline::{Block, Entry};
use crate::syntax::tree::{
    EpochUnit, EventBlock, EventPart, EventsBlock, Expr, Field, FieldKind, LeadBlock, List, ListValues, Lookup,
    LookupFile, Mapping, ModelBlock, Row, RowKey, RowResult, Text,
};

/// What the items of a `lead` or `event` block come to.
#[derive(Default)]
struct BlockItems {
    fields: Vec<Field>,
    mapping: Vec<Mapping>,
    treat_missing: Vec<Text>,
}

impl<'a> Reader<'a> {
    pub(super) fn model(&mut self, entry: &Entry) -> Option<ModelBlock> {
        let header = self.parse(Rule::model_header, &entry.header, &place::MODEL);
        let name = header.and_then(|header| self.part(header)).map(|text| self.text_of(&text));
        let block = self.needed_block(entry, "model", "model \"B2B\" { owner \"growth-ops@example.com\" }")?;
        let mut entries = Vec::new();
        for item in &block.entries {
            self.refuse_block(item, "fact about the model");
            let Some(node) = self.parse(Rule::model_item, &item.header, &place::MODEL_ITEM) else { continue };
            let mut parts = self.parts(node);
            let (Some(name), Some(value)) = (parts.next(), parts.next()) else { continue };
            let name = self.name(&name);
            entries.extend(self.operand(value).map(|value| (name, value)));
        }
        Some(ModelBlock { name, entries })
    }

    pub(super) fn lead(&mut self, entry: &Entry) -> Option<LeadBlock> {
        self.parse(Rule::lead_header, &entry.header, &place::LEAD);
        let block = self.needed_block(entry, "`lead`", "lead { email text key }")?;
        let items = self.block_items(block, Rule::lead_item, &place::FIELD);
        Some(LeadBlock { fields: items.fields, treat_missing: items.treat_missing })
    }

    pub(super) fn event(&mut self, entry: &Entry) -> Option<EventBlock> {
        let items = match &entry.block {
            Some(block) => self.block_items(block, Rule::event_item, &place::PROPERTY),
            None => BlockItems::default(),
        };
        let header = self.parse(Rule::event_header, &entry.header, &place::EVENT)?;
        let mut parts = self.parts(header);
        let name = self.name(&parts.next()?);
        let called = parts.next().map(|text| self.text_of(&text));
        let BlockItems { fields: properties, mapping, treat_missing } = items;
        Some(EventBlock { name, called, properties, mapping, treat_missing })
    }

    fn block_items(&mut self, block: &Block, rule: Rule, place: &'static Place) -> BlockItems {
        let mut items = BlockItems::default();
        for item in &block.entries {
            self.refuse_block(item, "field");
            let Some(item) = self.parse(rule, &item.header, place).and_then(|node| self.part(node)) else { continue };
            match item.as_rule() {
                Rule::treat => items.treat_missing.extend(self.parts(item).map(|text| self.text_of(&text))),
                Rule::own_mapping => items.mapping.extend(self.mapping(item)),
                _ => items.fields.extend(self.field(item)),
            }
        }
        items
    }

    /// `events { lead column "contact" }`
    pub(super) fn events(&mut self, entry: &Entry) -> Option<EventsBlock> {
        self.parse(Rule::events_header, &entry.header, &place::EVENTS);
        let block = self.needed_block(entry, "`events`", "events { at column \"when\" }")?;
        let mut mapping = Vec::new();
        for item in &block.entries {
            self.refuse_block(item, "column");
            let node = self.parse(Rule::events_item, &item.header, &place::MAPPING).and_then(|node| self.part(node));
            mapping.extend(node.and_then(|node| self.mapping(node)));
        }
        Some(EventsBlock { mapping })
    }

    fn mapping(&mut self, node: Node<'a>) -> Option<Mapping> {
        let span = self.span(&node);
        let mut parts = self.parts(node);
        let first = parts.next()?;
        let part = match first.as_rule() {
            Rule::map_lead => EventPart::Lead,
            Rule::map_type => EventPart::Type,
            Rule::map_at => EventPart::At,
            _ => EventPart::Id,
        };
        let part = Spanned::new(part, self.span(&first));
        let mut mapping = Mapping { part, column: None, by: None, format: None, unit: None, span };
        let mut said: Vec<(Rule, Span)> = Vec::new();
        for part in parts {
            let (rule, place) = (part.as_rule(), self.span(&part));
            if let Some((_, first)) = said.iter().find(|(earlier, _)| *earlier == rule) {
                self.twice(codes::SAID_TWICE, place, *first, "this");
            }
            said.push((rule, place));
            match rule {
                Rule::epoch_unit => mapping.unit = self.epoch_unit(part),
                Rule::map_by => mapping.by = self.part(part).map(|name| self.name(&name)),
                Rule::map_format => mapping.format = self.part(part).map(|text| self.text_of(&text)),
                _ => mapping.column = self.part(part).map(|text| self.text_of(&text)),
            }
        }
        Some(mapping)
    }

    fn epoch_unit(&self, node: Node<'a>) -> Option<Spanned<EpochUnit>> {
        let unit = self.part(node)?;
        let span = self.span(&unit);
        let unit = match unit.as_rule() {
            Rule::in_seconds => EpochUnit::Seconds,
            Rule::in_milliseconds => EpochUnit::Milliseconds,
            _ => EpochUnit::Microseconds,
        };
        Some(Spanned::new(unit, span))
    }

    /// `title text required column "Job Title"`
    fn field(&mut self, node: Node<'a>) -> Option<Field> {
        let span = self.span(&node);
        let mut parts = node.into_inner();
        let name = self.name(&parts.next()?);
        let kind = parts.next()?;
        let kind_span = self.span(&kind);
        let kind = Spanned::new(self.field_kind(kind)?, kind_span);
        let mut field = Field { name, kind, key: None, required: None, column: None, span };
        for mark in parts {
            let place = self.span(&mark);
            let earlier = match mark.as_rule() {
                Rule::word_key => field.key.replace(place),
                Rule::word_required => field.required.replace(place),
                _ => {
                    let text = self.part(mark).map(|text| self.text_of(&text));
                    std::mem::replace(&mut field.column, text).map(|earlier| earlier.span)
                }
            };
            if let Some(earlier) = earlier {
                self.twice(codes::SAID_TWICE, place, earlier, "this");
            }
        }
        Some(field)
    }

    fn field_kind(&mut self, node: Node<'a>) -> Option<FieldKind> {
        let rule = node.as_rule();
        let texts = |reader: &Self, node: Node<'a>| -> Vec<Text> {
            let texts = reader.parts(node).filter(|part| part.as_rule() == Rule::text);
            texts.map(|text| reader.text_of(&text)).collect()
        };
        Some(match rule {
            Rule::text_kind => FieldKind::Text,
            Rule::yes_no_kind => FieldKind::YesNo { words: texts(self, node) },
            Rule::one_of_kind => FieldKind::OneOf(texts(self, node)),
            Rule::list_kind => FieldKind::ListOfText,
            Rule::date_kind => {
                let format = texts(self, node.clone()).pop();
                let unit = self.parts(node).find(|part| part.as_rule() == Rule::epoch_unit);
                FieldKind::Date { format, unit: unit.and_then(|unit| self.epoch_unit(unit)) }
            }
            _ => {
                let format = texts(self, node.clone()).pop();
                let (mut from, mut to) = (None, None);
                for part in self.parts(node) {
                    match part.as_rule() {
                        Rule::amount_from => from = self.amount_in(part),
                        Rule::amount_to => to = self.amount_in(part),
                        _ => {}
                    }
                }
                FieldKind::Number { from, to, format }
            }
        })
    }

    /// `list competitors = "a.com", "b.io"`
    pub(super) fn list(&mut self, entry: &Entry) -> Option<List> {
        self.refuse_block(entry, "`list`");
        let node = self.parse(Rule::list_statement, &entry.header, &place::LIST)?;
        let mut parts = self.parts(node);
        let name = self.name(&parts.next()?);
        let values = parts.next()?;
        let written = values.as_rule() == Rule::written_list;
        let mut parts = self.parts(values);
        let values = if written {
            ListValues::Written(parts.map(|text| self.text_of(&text)).collect())
        } else {
            let path = self.text_of(&parts.next()?);
            let column = parts.next().and_then(|column| self.part(column)).map(|text| self.text_of(&text));
            ListValues::File { path, column }
        };
        Some(List { name, values })
    }

    /// `lookup region by country { … }`
    pub(super) fn lookup(&mut self, entry: &Entry) -> Option<Lookup> {
        let header = self.parse(Rule::lookup_header, &entry.header, &place::LOOKUP);
        let header = header.and_then(|header| {
            let mut parts = self.parts(header);
            let name = self.name(&parts.next()?);
            let by = self.condition(parts.next()?)?;
            let file = match parts.next() {
                Some(file) => {
                    let mut texts = self.parts(file).map(|text| self.text_of(&text));
                    Some(LookupFile { path: texts.next()?, key_column: texts.next()?, value_column: texts.next()? })
                }
                None => None,
            };
            Some((name, by, file))
        });
        let from_file = header.as_ref().is_some_and(|(_, _, file)| file.is_some());
        let rows = match &entry.block {
            None if from_file => Vec::new(),
            _ => {
                let example = "lookup region by country { \"US\": \"america\" }";
                let block = self.needed_block(entry, "lookup", example)?;
                self.rows(block, Rule::lookup_row, &place::LOOKUP_ROW)
            }
        };
        let (name, by, file) = header?;
        Some(Lookup { name, by, file, rows })
    }

    /// The rows of a lookup or a table.
    pub(super) fn rows(&mut self, block: &Block, rule: Rule, place: &'static Place) -> Vec<Row> {
        self.inside(|reader| {
            let mut rows = Vec::new();
            for item in &block.entries {
                reader.refuse_block(item, "row");
                let node = reader.parse(rule, &item.header, place);
                rows.extend(node.and_then(|node| reader.row(node)));
            }
            rows
        })
    }

    fn row(&mut self, node: Node<'a>) -> Option<Row> {
        let span = self.span(&node);
        let mut parts = self.parts(node);
        let key = parts.next()?;
        let key_span = self.span(&key);
        let key = match key.as_rule() {
            Rule::edge_from => RowKey::Edge { included: true, at: self.amount_in(key)? },
            Rule::edge_above => RowKey::Edge { included: false, at: self.amount_in(key)? },
            Rule::row_otherwise => RowKey::Otherwise(key_span),
            Rule::row_missing => RowKey::Missing(key_span),
            _ => RowKey::Values(self.parts(key).map(|value| self.operand(value)).collect::<Option<Vec<Expr>>>()?),
        };
        let result = parts.next()?;
        let result = match result.as_rule() {
            Rule::points => RowResult::Points(self.points(result)?),
            _ => RowResult::Value(self.operand(result)?),
        };
        Some(Row { key, result, span })
    }
}
