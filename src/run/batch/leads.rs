//! Leads in memory as a batch.

use super::{Column, DateColumn, LeadBatch, ListColumn, Mask, NO_TEXT, NumberColumn, TextColumn, YesNoColumn};
use crate::model::{FieldId, Lead, Type};
use crate::plan::Plan;
use crate::run::texts::TextReader;
use crate::value::{Decimal, Value};
use std::sync::Arc;

/// Makes batches of leads; texts keep their codes from one to the next.
pub struct LeadColumns<'plan> {
    fields: Vec<(FieldId, Type, TextReader<'plan>)>,
}

impl<'plan> LeadColumns<'plan> {
    /// Of the fields that a plan reads.
    pub fn new(plan: &'plan Plan<'_>) -> LeadColumns<'plan> {
        let uses = plan.text_uses();
        let fields = plan.fields.iter().filter_map(|field| {
            let kind = plan.model.lead.fields.get(field.index())?.kind.type_of();
            Some((*field, kind, TextReader::new(uses.get(field).cloned().unwrap_or_default(), &[])))
        });
        LeadColumns { fields: fields.collect() }
    }

    pub fn batch(&mut self, leads: &[&Lead]) -> LeadBatch {
        let columns = self.fields.iter_mut().map(|(field, kind, texts)| {
            let values: Vec<Option<&Value>> =
                leads.iter().map(|lead| lead.values.get(field.index()).and_then(Option::as_ref)).collect();
            (*field, column(*kind, &values, texts))
        });
        LeadBatch { rows: leads.len(), fields: columns.collect() }
    }
}

/// A value of another type than the column's is missing.
fn column(kind: Type, values: &[Option<&Value>], texts: &mut TextReader<'_>) -> Column {
    match kind {
        Type::Number => Column::Number(numbers(values)),
        Type::Text => Column::Text(text_column(values, texts)),
        Type::YesNo | Type::Condition => Column::YesNo(YesNoColumn {
            yes: Mask::of(values.iter().map(|value| matches!(value, Some(Value::YesNo(true))))),
            known: Mask::of(values.iter().map(|value| matches!(value, Some(Value::YesNo(_))))),
        }),
        Type::Date => Column::Date(DateColumn {
            values: values
                .iter()
                .map(|value| if let Some(Value::Date(date)) = value { Some(*date) } else { None })
                .collect(),
        }),
        Type::List => Column::List(ListColumn {
            values: values
                .iter()
                .map(|value| if let Some(Value::List(list)) = value { Some(Arc::new(list.clone())) } else { None })
                .collect(),
        }),
    }
}

fn numbers(values: &[Option<&Value>]) -> NumberColumn {
    let number = |value: &Option<&Value>| if let Some(Value::Number(number)) = value { Some(*number) } else { None };
    NumberColumn {
        values: values.iter().map(|value| number(value).unwrap_or(Decimal::ZERO)).collect(),
        known: Mask::of(values.iter().map(|value| number(value).is_some())),
    }
}

fn text_column(values: &[Option<&Value>], texts: &mut TextReader<'_>) -> TextColumn {
    texts.begin();
    let way = texts.way();
    let code = |value: &Option<&Value>| match value {
        Some(Value::Text(text)) => texts.code(way, &text.given, 0..text.given.len()),
        _ => NO_TEXT,
    };
    let codes = values.iter().map(code).collect();
    texts.column(codes)
}
