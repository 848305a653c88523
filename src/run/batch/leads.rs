//! Leads in memory as a batch.

use super::{Column, DateColumn, LeadBatch, ListColumn, Mask, NumberColumn, TextColumn, TextInterner, YesNoColumn};
use crate::model::{FieldId, Lead, Model, Type};
use crate::value::{Decimal, Value};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// Makes batches of leads; texts keep their codes from one to the next.
pub struct LeadColumns {
    fields: Vec<(FieldId, Type)>,
    texts: BTreeMap<FieldId, TextInterner>,
}

impl LeadColumns {
    /// Of these fields.
    pub fn new(model: &Model, fields: &BTreeSet<FieldId>) -> LeadColumns {
        let kind = |field: &FieldId| model.lead.fields.get(field.index()).map(|declared| declared.kind.type_of());
        let fields = fields.iter().filter_map(|field| Some((*field, kind(field)?))).collect();
        LeadColumns { fields, texts: BTreeMap::new() }
    }

    pub fn batch(&mut self, leads: &[&Lead]) -> LeadBatch {
        let texts = &mut self.texts;
        let columns = self.fields.iter().map(|(field, kind)| {
            let values: Vec<Option<&Value>> =
                leads.iter().map(|lead| lead.values.get(field.index()).and_then(Option::as_ref)).collect();
            (*field, column(*kind, &values, texts.entry(*field).or_default()))
        });
        LeadBatch { rows: leads.len(), fields: columns.collect() }
    }
}

impl LeadBatch {
    /// One batch by itself.
    pub fn of(model: &Model, fields: &BTreeSet<FieldId>, leads: &[&Lead]) -> LeadBatch {
        LeadColumns::new(model, fields).batch(leads)
    }
}

/// A value of another type than the column's is missing.
fn column(kind: Type, values: &[Option<&Value>], texts: &mut TextInterner) -> Column {
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

fn text_column(values: &[Option<&Value>], texts: &mut TextInterner) -> TextColumn {
    texts.begin();
    let text =
        |value: &Option<&Value>| if let Some(Value::Text(text)) = value { texts.code(text) } else { super::NO_TEXT };
    let codes = values.iter().map(text).collect();
    TextColumn { codes, texts: texts.pool() }
}
