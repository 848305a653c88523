//! Text nodes: codes with pools of their own, and what is made of a text once for all rows that have it.

use super::settle::Settler;
use super::values::{Inputs, Values};
use crate::plan::{DateId, LookupTableId, TableResults, TextId, TextNode, ValueId};
use crate::run::batch::{Column, NO_TEXT, TextColumn, TextInterner, TextPool};
use crate::value::{Text, domain_of};
use std::sync::Arc;

/// A number for each code of a pool, found when it is first asked for.
#[derive(Debug, Default)]
pub(super) struct ByCode {
    pool: Option<u64>,
    found: Vec<u32>,
}

/// Not found yet. A text's own code or class is below it, or [`NO_TEXT`].
const UNKNOWN: u32 = u32::MAX - 1;

impl ByCode {
    /// Before a batch whose codes are of `pool`.
    pub fn begin(&mut self, pool: &TextPool) {
        if self.pool != Some(pool.id) {
            self.forget();
            self.pool = Some(pool.id);
        }
        self.found.resize(pool.texts.len(), UNKNOWN);
    }

    pub fn forget(&mut self) {
        self.pool = None;
        self.found.clear();
    }

    /// `None` for a missing text.
    #[inline]
    pub fn of(&mut self, code: u32, pool: &TextPool, find: impl FnOnce(&Text) -> u32) -> Option<u32> {
        match self.found.get(code as usize) {
            Some(&UNKNOWN) => self.find(code, pool, find),
            found => found.copied(),
        }
    }

    #[cold]
    fn find(&mut self, code: u32, pool: &TextPool, find: impl FnOnce(&Text) -> u32) -> Option<u32> {
        let found = find(pool.text(code)?);
        *self.found.get_mut(code as usize)? = found;
        Some(found)
    }
}

/// What a text node made of the texts before it.
#[derive(Debug, Default)]
pub(super) struct TextMemory {
    own: TextInterner,
    /// For each text it is made of: its code in the own pool.
    codes: Vec<ByCode>,
    /// Where the own texts are known beforehand: their codes.
    fixed: Option<Vec<u32>>,
}

impl TextMemory {
    /// Before a batch; where the pool is begun anew, nothing is known.
    fn begin(&mut self) {
        if self.own.begin() {
            self.codes.clear();
            self.fixed = None;
        }
    }

    /// The codes of texts that are always the same.
    fn fixed(&mut self, texts: impl FnOnce() -> Vec<Option<Text>>) -> (&[u32], Arc<TextPool>) {
        self.begin();
        let own = &mut self.own;
        let codes = self.fixed.get_or_insert_with(|| texts().iter().map(|text| own.code_of(text.as_ref())).collect());
        (codes, own.pool())
    }
}

/// What an excluded lead's matrices read.
const EXCLUDED: &str = "excluded";
const WEEKDAYS: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

impl Settler<'_> {
    pub(super) fn settle_text(&mut self, values: &Values<'_>, id: TextId, inputs: &dyn Inputs) -> TextColumn {
        let column = match self.nodes.texts.get(id.index()) {
            Some(TextNode::Field(field)) => inputs.field(*field).map(|column| self.spare.copy(column)),
            Some(TextNode::State(state)) => inputs.state(*state).map(|column| self.spare.copy(column)),
            Some(TextNode::Property(property)) => inputs.property(property),
            Some(TextNode::OfLead(of)) => inputs.of_lead(ValueId::Text(*of)),
            Some(TextNode::DomainOf(of)) => {
                self.made_of(values, id, &[*of], |text| domain_of(&text.given)).map(Column::Text)
            }
            Some(TextNode::FirstKnown(parts)) => {
                self.made_of(values, id, parts, |text| Some(text.clone())).map(Column::Text)
            }
            Some(TextNode::WeekdayOf(date)) => self.weekdays(values, id, *date).map(Column::Text),
            Some(TextNode::Table(table)) => self.table_texts(values, id, *table).map(Column::Text),
            Some(TextNode::Matrix(matrix)) => self.cells(values, id, *matrix, inputs).map(Column::Text),
            Some(TextNode::ExcludedReason) => self.reasons(values, id, inputs).map(Column::Text),
            Some(TextNode::Literal(_)) | None => None,
        };
        match column {
            Some(Column::Text(column)) => column,
            _ => {
                let mut codes = self.spare.codes(values.rows);
                codes.fill(NO_TEXT);
                TextColumn { codes, texts: Arc::default() }
            }
        }
    }

    /// For each row what is made of the first of `parts` that is known; once for each text.
    fn made_of(
        &mut self,
        values: &Values<'_>,
        id: TextId,
        parts: &[TextId],
        make: impl Fn(&Text) -> Option<Text>,
    ) -> Option<TextColumn> {
        let memory = self.texts.get_mut(id.index())?;
        memory.begin();
        memory.codes.resize_with(parts.len(), ByCode::default);
        let mut codes = self.spare.codes(values.rows);
        codes.fill(NO_TEXT);
        let own = &mut memory.own;
        for (part, by_code) in parts.iter().zip(&mut memory.codes) {
            let Some(column) = values.text(*part) else { continue };
            by_code.begin(&column.texts);
            for (place, code) in codes.iter_mut().zip(&column.codes) {
                if *place == NO_TEXT {
                    let found = by_code.of(*code, &column.texts, |text| own.code_of(make(text).as_ref()));
                    *place = found.unwrap_or(NO_TEXT);
                }
            }
        }
        Some(TextColumn { codes, texts: own.pool() })
    }

    fn weekdays(&mut self, values: &Values<'_>, id: TextId, date: DateId) -> Option<TextColumn> {
        let (own, texts) = self.texts.get_mut(id.index())?.fixed(|| WEEKDAYS.map(Text::new).into());
        let column = values.date(date)?;
        let mut codes = self.spare.codes(values.rows);
        for (place, date) in codes.iter_mut().zip(&column.values) {
            let weekday = date.map(|date| self.days.first(date).weekday(&self.days.zone));
            let day = weekday.and_then(|weekday| WEEKDAYS.iter().position(|name| *name == weekday));
            *place = day.and_then(|day| own.get(day).copied()).unwrap_or(NO_TEXT);
        }
        Some(TextColumn { codes, texts })
    }

    fn table_texts(&mut self, values: &Values<'_>, id: TextId, table: LookupTableId) -> Option<TextColumn> {
        let (plan, rows) = (self.nodes.tables.get(table.index())?, self.tables.get(table.index())?);
        let (TableResults::Texts(results), Some(column)) = (&plan.results, values.classes(plan.subject)) else {
            return None;
        };
        let (own, texts) = self.texts.get_mut(id.index())?.fixed(|| results.clone());
        let mut codes = self.spare.codes(values.rows);
        for (place, class) in codes.iter_mut().zip(&column.classes) {
            *place = rows.get(*class).and_then(|row| own.get(row as usize).copied()).unwrap_or(NO_TEXT);
        }
        Some(TextColumn { codes, texts })
    }

    /// The cells row by row, then what excluded leads read.
    fn cells(
        &mut self,
        values: &Values<'_>,
        id: TextId,
        matrix: crate::model::MatrixId,
        inputs: &dyn Inputs,
    ) -> Option<TextColumn> {
        let cells = &self.model.matrices.get(matrix.index())?.cells;
        let all = || cells.iter().flatten().map(String::as_str).chain([EXCLUDED]).map(Text::new).collect();
        let (own, texts) = self.texts.get_mut(id.index())?.fixed(all);
        let width = cells.first().map_or(0, Vec::len);
        let (settled, excluded) = (inputs.matrix(matrix)?, inputs.excluded().unwrap_or_default());
        let mut codes = self.spare.codes(values.rows);
        for (row, (place, cell)) in codes.iter_mut().zip(settled).enumerate() {
            let is_excluded = excluded.get(row).is_some_and(Option::is_some);
            let number = match cell {
                _ if is_excluded => own.len().checked_sub(1),
                cell => cell.map(|(row, column)| row.index() * width + column.index()),
            };
            *place = number.and_then(|number| own.get(number).copied()).unwrap_or(NO_TEXT);
        }
        Some(TextColumn { codes, texts })
    }

    fn reasons(&mut self, values: &Values<'_>, id: TextId, inputs: &dyn Inputs) -> Option<TextColumn> {
        let reasons = || self.model.excludes.iter().map(|exclude| Text::new(&exclude.reason)).collect();
        let (own, texts) = self.texts.get_mut(id.index())?.fixed(reasons);
        let mut codes = self.spare.codes(values.rows);
        for (place, reason) in codes.iter_mut().zip(inputs.excluded()?) {
            *place = reason.and_then(|reason| own.get(reason.index()).copied()).unwrap_or(NO_TEXT);
        }
        Some(TextColumn { codes, texts })
    }
}
