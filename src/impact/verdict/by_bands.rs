//! Conditions over bands and matrices alone: there are only so many cells.

use super::alike::Place;
use crate::model::{BandId, Condition, ConditionKind, MatrixId, Model, ScoreId, TextExpr, TextOperand, TextTest};

/// The bands that a lead has in the rows and columns of one matrix; `None`: no band.
struct Cell<'m> {
    model: &'m Model,
    matrix: MatrixId,
    row: (ScoreId, Option<BandId>),
    column: (ScoreId, Option<BandId>),
}

/// Proved: in every cell of the matrix that they ask about, both conditions say the same, or something given fails.
pub(super) fn agree_in_all_bands(model: &Model, place: &Place<'_, '_>) -> bool {
    let Some(id) = matrix_of(place.was).or(matrix_of(place.is)) else { return false };
    let Some(matrix) = model.matrices.get(id.index()) else { return false };
    let bands = |score: ScoreId| {
        let bands = model.scores.get(score.index()).and_then(|score| score.bands.as_ref());
        let count = bands.map_or(0, |bands| bands.bands.len()) as u32;
        std::iter::once(None).chain((0..count).map(|band| Some(BandId(band)))).collect::<Vec<_>>()
    };
    let (rows, columns) = (bands(matrix.rows), bands(matrix.columns));
    let mut cells = rows.iter().flat_map(|row| columns.iter().map(move |column| (*row, *column)));
    cells.all(|(row, column)| {
        let cell = Cell { model, matrix: id, row: (matrix.rows, row), column: (matrix.columns, column) };
        let same = cell.says(place.was).zip(cell.says(place.is)).is_some_and(|(was, is)| was == is);
        same || place.given.iter().any(|given| cell.says(given.condition) == Some(!given.holds))
    })
}

/// The matrix whose text a condition compares.
fn matrix_of(condition: &Condition) -> Option<MatrixId> {
    match &condition.kind {
        ConditionKind::Text { value: TextExpr::Matrix(id), .. } => Some(*id),
        ConditionKind::Not(part) => matrix_of(part),
        _ => None,
    }
}

impl Cell<'_> {
    /// Whether a condition holds in this cell; `None` where that is not all there is to it. Conditions nest to a depth
    /// that the parser bounds.
    fn says(&self, condition: &Condition) -> Option<bool> {
        match &condition.kind {
            ConditionKind::Constant(holds) => Some(*holds),
            ConditionKind::Not(part) => self.says(part).map(|holds| !holds),
            ConditionKind::All(parts) => self.joined(parts, false),
            ConditionKind::Any(parts) => self.joined(parts, true),
            ConditionKind::Band { score, bands } => {
                let own = [self.row, self.column].into_iter().find(|(of, _)| of == score)?;
                Some(own.1.is_some_and(|band| bands.contains(&band)))
            }
            ConditionKind::BandKnown(score) => {
                let own = [self.row, self.column].into_iter().find(|(of, _)| of == score)?;
                Some(own.1.is_some())
            }
            ConditionKind::Text { value: TextExpr::Matrix(id), test: TextTest::Is(operands) } if *id == self.matrix => {
                let literal = |operand: &TextOperand| match operand {
                    TextOperand::Literal(text) => Some(text.folded.to_string()),
                    _ => None,
                };
                let texts: Vec<String> = operands.iter().map(literal).collect::<Option<_>>()?;
                Some(self.text().is_some_and(|text| texts.contains(&crate::value::fold(text))))
            }
            _ => None,
        }
    }

    /// `decides`: what one part is enough for.
    fn joined(&self, parts: &[Condition], decides: bool) -> Option<bool> {
        let said: Vec<Option<bool>> = parts.iter().map(|part| self.says(part)).collect();
        match said.contains(&Some(decides)) {
            true => Some(decides),
            false => said.into_iter().collect::<Option<Vec<_>>>().map(|_| !decides),
        }
    }

    fn text(&self) -> Option<&str> {
        let cells = &self.model.matrices.get(self.matrix.index())?.cells;
        cells.get(self.row.1?.index())?.get(self.column.1?.index()).map(String::as_str)
    }
}
