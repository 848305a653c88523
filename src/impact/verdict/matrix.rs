//! The cells of a matrix.

use super::examined::{Examined, Examiner};
use crate::impact::changes::Change;
use crate::model::{BandId, Matrix, MatrixId, Model, ScoreId};
use crate::value::fold_name;
use std::collections::BTreeMap;

/// Cells with their places, by the names of their bands.
type Cells<'model> = BTreeMap<(&'model str, &'model str), (&'model str, BandId, BandId)>;

impl Examiner<'_, '_> {
    /// Where both have the same rows and columns: whether a lead has one of the cells that changed.
    pub fn matrix(&mut self, change: &Change) -> Examined {
        let (old, new) = (self.old.model(), self.new.model());
        let (Some((_, before)), Some((id, after))) = (find(old, change), find(new, change)) else {
            return self.at_the_ends(change);
        };
        let (was, is) = (cells(old, before), cells(new, after));
        if axes(old, before) != axes(new, after) || !was.keys().eq(is.keys()) {
            return self.at_the_ends(change);
        }
        // The ends of scores have most of the cells, and are sooner known than a cell is searched.
        if let Examined::Found(told) = self.at_the_ends(change) {
            return Examined::Found(told);
        }
        let mut is_proved = self.is_thorough;
        for (names, (text, row, column)) in &is {
            if !self.is_thorough || was.get(names).is_none_or(|(before, ..)| before == text) {
                continue;
            }
            let reached = self.new.can_reach_cell(id, *row, *column);
            is_proved &= reached.is_no();
            if let Some(told) = reached.witness().and_then(|witness| self.telling.try_witness(new, witness)) {
                return Examined::Found(told);
            }
        }
        Examined::proved(is_proved)
    }
}

fn find<'model>(model: &'model Model, change: &Change) -> Option<(MatrixId, &'model Matrix)> {
    (0..).map(MatrixId).zip(&model.matrices).find(|(_, matrix)| fold_name(&matrix.name) == fold_name(&change.name))
}

/// The scores of its rows and columns.
fn axes<'model>(model: &'model Model, matrix: &Matrix) -> [Option<&'model str>; 2] {
    let name = |id: ScoreId| model.scores.get(id.index()).map(|score| score.name.as_str());
    [name(matrix.rows), name(matrix.columns)]
}

fn cells<'model>(model: &'model Model, matrix: &'model Matrix) -> Cells<'model> {
    let names = |id: ScoreId| {
        let bands = model.scores.get(id.index()).and_then(|score| score.bands.as_ref());
        bands.into_iter().flat_map(|bands| &bands.bands).map(|band| band.name.as_str()).zip((0..).map(BandId))
    };
    let mut cells = Cells::new();
    for ((row_name, row), texts) in names(matrix.rows).zip(&matrix.cells) {
        for ((column_name, column), text) in names(matrix.columns).zip(texts) {
            cells.insert((row_name, column_name), (text.as_str(), row, column));
        }
    }
    cells
}
