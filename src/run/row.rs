//! The cells of one lead's row.

use super::batch::Column;
use super::changes;
use super::columns::Content;
use super::evaluate::BatchResults;
use super::keep::KeptFrom;
use crate::data::previous::PreviousLead;
use crate::data::table::OutCell;
use crate::model::{BandId, Model, Results, ScoreId};
use crate::value::{Instant, Moment, Text};

/// A lead of a batch, with all that its row shows.
pub struct LeadRow<'a> {
    pub model: &'a Model,
    pub as_of: Instant,
    pub row: usize,
    pub key: &'a str,
    pub results: &'a BatchResults,
    pub before: Option<&'a PreviousLead>,
    pub reasons: &'a [String],
}

impl<'a> LeadRow<'a> {
    /// What a column shows; `None` for a cell as it was read.
    pub fn cell(&self, content: &Content) -> Option<OutCell<'a>> {
        let (model, results, row) = (self.model, self.results, self.row);
        let excluded = results.excluded.get(row).copied().flatten();
        Some(match content {
            Content::Key => OutCell::Text(self.key.into()),
            Content::Reason(number) => text(self.reasons.get(*number).map(String::as_str)),
            Content::Kept(KeptFrom::Cell(_)) => return None,
            Content::Kept(KeptFrom::Value(index, _)) => value(results.kept.get(*index)?, row),
            Content::Score(id) => match results.scores.get(id.index()).filter(|column| column.known.get(row)) {
                Some(column) => column.values.get(row).copied().map_or(OutCell::Missing, OutCell::Number),
                None => OutCell::Missing,
            },
            Content::Band(id) => {
                let band = results.bands.get(id.index()).and_then(|bands| bands.get(row)).copied().flatten();
                text(name_of_band(model, *id, band, excluded.is_some()))
            }
            Content::Matrix(id) => {
                let cell = results.matrices.get(id.index()).and_then(|cells| cells.get(row)).copied().flatten();
                text(model.cell(*id, cell, excluded.is_some()))
            }
            Content::Met(id) => OutCell::YesNo(results.thresholds.get(id.index()).is_some_and(|met| met.get(row))),
            Content::Since(id) => match results.thresholds.get(id.index()).is_some_and(|met| met.get(row)) {
                true => OutCell::Instant(changes::since(self.before, *id, self.as_of)),
                false => OutCell::Missing,
            },
            Content::Excluded => {
                text(excluded.and_then(|id| model.excludes.get(id.index())).map(|exclude| exclude.reason.as_str()))
            }
        })
    }
}

/// The name of a score's band, `excluded` for an excluded lead; `None` where it has none.
pub fn band_name<'model>(model: &'model Model, results: &Results, score: ScoreId) -> Option<&'model str> {
    let band = results.bands.get(score.index()).copied().flatten();
    name_of_band(model, score, band, results.excluded.is_some())
}

fn name_of_band(model: &Model, score: ScoreId, band: Option<BandId>, excluded: bool) -> Option<&str> {
    let bands = model.scores.get(score.index())?.bands.as_ref()?;
    if excluded {
        return Some("excluded");
    }
    bands.bands.get(band?.index()).map(|band| band.name.as_str())
}

fn text(text: Option<&str>) -> OutCell<'_> {
    text.map_or(OutCell::Missing, |text| OutCell::Text(text.into()))
}

/// The value of a column's row.
fn value(column: &Column, row: usize) -> OutCell<'_> {
    match column {
        Column::Number(column) if column.known.get(row) => {
            column.values.get(row).copied().map_or(OutCell::Missing, OutCell::Number)
        }
        Column::YesNo(column) if column.known.get(row) => OutCell::YesNo(column.yes.get(row)),
        Column::Number(_) | Column::YesNo(_) => OutCell::Missing,
        Column::Text(column) => {
            let code = column.codes.get(row).copied().unwrap_or(super::batch::NO_TEXT);
            text(column.texts.texts.get(code as usize).map(|text| text.given.as_str()))
        }
        Column::Date(column) => match column.values.get(row).copied().flatten() {
            None => OutCell::Missing,
            Some(Moment::Instant(instant)) => OutCell::Text(instant.to_string().into()),
            Some(day) => OutCell::Text(day.to_string().into()),
        },
        Column::List(column) => match column.values.get(row).and_then(Option::as_ref) {
            None => OutCell::Missing,
            Some(texts) => OutCell::Text(given(texts).join(";").into()),
        },
    }
}

fn given(texts: &[Text]) -> Vec<&str> {
    texts.iter().map(|text| text.given.as_str()).collect()
}
