//! Matrices: a cell for every pair of bands.

use super::Build;
use super::bands::band_named;
use super::expr::{Place, written};
use crate::diagnostics::code::check as code;
use crate::diagnostics::{Diagnostic, nearest};
use crate::model::{BandId, MatrixId, Score, ScoreId};
use crate::source::Span;
use crate::syntax::tree::{Matrix, Name, Text as Quoted};
use std::collections::HashMap;

impl Build<'_> {
    pub(super) fn matrix(&mut self, id: MatrixId) {
        let Some(matrix) = self.declared.matrices.get(id.index()).copied() else { return };
        let tree = matrix.tree;
        let rows = self.banded_score(&tree.rows);
        let columns = self.banded_score(&tree.columns);
        let (Some(rows), Some(columns)) = (rows, columns) else { return };
        let Some(cells) = self.cells(tree, rows, columns) else { return };
        if let Some(place) = self.model.matrices.get_mut(id.index()) {
            place.rows = rows;
            place.columns = columns;
            place.cells = cells;
        }
    }

    /// A score that has bands.
    fn banded_score(&mut self, name: &Name) -> Option<ScoreId> {
        let id = self.expressions(Place::LOOKUP).score_named(name, "a matrix is by two scores")?;
        if self.model.scores.get(id.index())?.bands.is_some() {
            return Some(id);
        }
        self.findings.error(
            code::NO_BANDS,
            name.span,
            format!("the score `{}` has no bands", name.text),
            format!("declare them: `bands {} {{ hot from 50, cold otherwise }}`", written(&name.text)),
        );
        None
    }

    fn cells(&mut self, tree: &Matrix, rows: ScoreId, columns: ScoreId) -> Option<Vec<Vec<String>>> {
        let header: Vec<(&Name, Option<BandId>)> =
            self.each_band(tree.header.iter(), columns, "column", tree.name.span)?;
        let names: Vec<&Name> = tree.cells.iter().map(|(name, _)| name).collect();
        let lines = self.each_band(names.into_iter(), rows, "row", tree.name.span)?;
        let mut found: HashMap<(BandId, BandId), String> = HashMap::new();
        let mut sound = true;
        for ((name, row), (_, cells)) in lines.iter().zip(&tree.cells) {
            sound &= self.width(name, cells, &header);
            for ((_, column), cell) in header.iter().zip(cells) {
                if let (Some(row), Some(column)) = (row, column) {
                    found.insert((*row, *column), cell.node.clone());
                }
            }
        }
        if !sound {
            return None;
        }
        let count = |id: ScoreId| {
            self.model
                .scores
                .get(id.index())
                .and_then(|score| score.bands.as_ref())
                .map(|bands| bands.bands.len() as u32)
        };
        let line = |row: u32, width: u32| {
            (0..width).map(|column| found.get(&(BandId(row), BandId(column))).cloned()).collect::<Option<Vec<String>>>()
        };
        let width = count(columns)?;
        (0..count(rows)?).map(|row| line(row, width)).collect()
    }

    fn width(&mut self, name: &Name, cells: &[Quoted], header: &[(&Name, Option<BandId>)]) -> bool {
        if cells.len() == header.len() {
            return true;
        }
        let (message, span) = match (header.get(cells.len()), cells.get(header.len())) {
            (Some((column, _)), _) => {
                (format!("the row `{}` has no cell under `{}`", name.text, column.text), name.span)
            }
            (_, Some(extra)) => (format!("the row `{}` has more cells than there are columns", name.text), extra.span),
            _ => return true,
        };
        let help = format!("write one text for each of the {} columns", header.len());
        self.findings.add(Diagnostic::error(code::MATRIX_INCOMPLETE, span, message).help(help));
        false
    }

    /// The bands that names of a matrix' edge stand for: each band of the score once.
    fn each_band<'t>(
        &mut self,
        names: impl Iterator<Item = &'t Name>,
        score: ScoreId,
        what: &str,
        matrix: Span,
    ) -> Option<Vec<(&'t Name, Option<BandId>)>> {
        let score = self.model.scores.get(score.index())?;
        let mut seen: HashMap<BandId, Span> = HashMap::new();
        let mut found = Vec::new();
        let mut sound = true;
        for name in names {
            let band = band_named(score, &name.text);
            match band {
                None => {
                    sound = false;
                    self.findings.list.push(unknown(score, name));
                }
                Some(id) => {
                    if let Some(first) = seen.insert(id, name.span) {
                        sound = false;
                        self.findings.list.push(
                            Diagnostic::error(
                                code::MATRIX_TWICE,
                                name.span,
                                format!("two {what}s are for `{}`", name.text),
                            )
                            .also(first, "the first one is here")
                            .help("keep one of the two"),
                        );
                    }
                }
            }
            found.push((name, band));
        }
        let bands = score.bands.iter().flat_map(|bands| &bands.bands);
        let missing: Vec<String> = (0u32..)
            .zip(bands)
            .filter(|(id, _)| !seen.contains_key(&BandId(*id)))
            .map(|(_, band)| format!("`{}`", band.name))
            .collect();
        // A name that is no band may well be the one that is missing.
        if sound && !missing.is_empty() {
            sound = false;
            let several = if missing.len() == 1 { what.to_owned() } else { format!("{what}s") };
            let message = format!("the matrix has no {several} for {} of `{}`", missing.join(", "), score.name);
            self.findings.list.push(
                Diagnostic::error(code::MATRIX_INCOMPLETE, matrix, message)
                    .help(format!("add the {several}: every pair of bands has a cell")),
            );
        }
        sound.then_some(found)
    }
}

fn unknown(score: &Score, name: &Name) -> Diagnostic {
    let bands = score.bands.iter().flat_map(|bands| &bands.bands).map(|band| band.name.as_str());
    let help = match nearest(&name.text, bands.clone()) {
        Some(meant) => format!("did you mean `{meant}`?"),
        None => format!("its bands are {}", bands.map(|band| format!("`{band}`")).collect::<Vec<_>>().join(", ")),
    };
    let message = format!("the score `{}` has no band `{}`", score.name, name.text);
    Diagnostic::error(code::UNKNOWN_BAND, name.span, message).help(help)
}
