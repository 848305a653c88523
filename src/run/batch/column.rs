//! The typed columns of a batch.

use super::Mask;
use crate::model::{EventId, FieldId, PropertyId};
use crate::value::{Decimal, Moment, Text};
use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// A code of a [`TextColumn`] that stands for a missing text.
pub const NO_TEXT: u32 = u32::MAX;

/// Leads: a column for each field that the plan reads.
#[derive(Debug, Default)]
pub struct LeadBatch {
    pub rows: usize,
    pub fields: BTreeMap<FieldId, Column>,
}

/// The values of one field or property, one for each row.
#[derive(Debug, Clone)]
pub enum Column {
    Number(NumberColumn),
    Text(TextColumn),
    YesNo(YesNoColumn),
    Date(DateColumn),
    List(ListColumn),
}

/// Missing rows hold 0.
#[derive(Debug, Clone, Default)]
pub struct NumberColumn {
    pub values: Vec<Decimal>,
    pub known: Mask,
}

impl NumberColumn {
    pub fn get(&self, row: usize) -> Option<Decimal> {
        self.values.get(row).filter(|_| self.known.get(row)).copied()
    }
}

/// Codes into the texts of this column: equal codes are equal given texts.
#[derive(Debug, Clone, Default)]
pub struct TextColumn {
    /// Or [`NO_TEXT`].
    pub codes: Vec<u32>,
    pub texts: Arc<TextPool>,
}

/// The texts that codes stand for. A pool grows from batch to batch and is begun anew when it is full, so that what was
/// worked out for a code is worked out once.
#[derive(Debug)]
pub struct TextPool {
    /// Differs from that of any other pool.
    pub id: u64,
    pub texts: Vec<Text>,
}

impl TextPool {
    pub fn new(texts: Vec<Text>) -> TextPool {
        static NEXT: AtomicU64 = AtomicU64::new(0);
        TextPool { id: NEXT.fetch_add(1, Ordering::Relaxed), texts }
    }

    /// An empty one, in memory that was used before.
    pub fn anew(mut texts: Vec<Text>) -> TextPool {
        texts.clear();
        TextPool::new(texts)
    }

    /// The text of a code; [`NO_TEXT`] has none.
    pub fn text(&self, code: u32) -> Option<&Text> {
        self.texts.get(code as usize)
    }
}

impl Default for TextPool {
    fn default() -> TextPool {
        TextPool::new(Vec::new())
    }
}

/// The same texts as another pool, from which it may go its own way.
impl Clone for TextPool {
    fn clone(&self) -> TextPool {
        TextPool::new(self.texts.clone())
    }
}

#[derive(Debug, Clone, Default)]
pub struct YesNoColumn {
    pub yes: Mask,
    pub known: Mask,
}

/// Missing rows hold some date.
#[derive(Debug, Clone, Default)]
pub struct DateColumn {
    pub values: Vec<Option<Moment>>,
}

#[derive(Debug, Clone, Default)]
pub struct ListColumn {
    pub values: Vec<Option<Arc<Vec<Text>>>>,
}

/// Of which event type's property a column is.
pub type PropertyPlace = (EventId, PropertyId);
