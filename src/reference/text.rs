//! The value of a text expression.

use super::facts::Scope;
use crate::model::{MatrixId, TextExpr};
use crate::value::{Text, Value, domain_of};

/// What bands and matrices of an excluded lead read.
const EXCLUDED: &str = "excluded";

impl<'a> Scope<'a> {
    pub fn text(&self, expr: &TextExpr) -> Option<Text> {
        match expr {
            TextExpr::Literal(text) => Some(text.clone()),
            TextExpr::Field(field) => as_text(self.field(*field)),
            TextExpr::Property(property) => as_text(self.property(property)),
            TextExpr::Define(define) => as_text(self.define(*define)),
            TextExpr::Lookup(lookup) => as_text(self.lookup(*lookup)),
            TextExpr::Matrix(matrix) => self.cell(*matrix),
            TextExpr::DomainOf(text) => domain_of(&self.text(text)?.given),
            TextExpr::WeekdayOf(date) => {
                let zone = &self.facts.model.zone;
                Text::new(self.date(date)?.first(zone).weekday(zone))
            }
            TextExpr::FirstKnown(texts) => texts.iter().find_map(|text| self.text(text)),
            TextExpr::Latest(property, selector) => as_text(self.latest(property, selector)),
            TextExpr::First(property, selector) => as_text(self.first(property, selector)),
            TextExpr::ExcludedReason => Text::new(&self.facts.model.excludes.get(self.facts.excluded?.index())?.reason),
        }
    }

    fn cell(&self, matrix: MatrixId) -> Option<Text> {
        if self.facts.excluded.is_some() {
            return Text::new(EXCLUDED);
        }
        let (row, column) = self.facts.matrices.get(matrix.index()).copied().flatten()?;
        let cells = &self.facts.model.matrices.get(matrix.index())?.cells;
        Text::new(cells.get(row.index())?.get(column.index())?)
    }
}

pub(super) fn as_text(value: Option<&Value>) -> Option<Text> {
    match value {
        Some(Value::Text(text)) => Some(text.clone()),
        _ => None,
    }
}
