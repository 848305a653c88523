//! Scores, bands, matrices and thresholds.

use super::{Found, Part, Side, part};
use crate::impact::meaning::{self, maybe, node, set};
use crate::model::{Band, BandEdge, Score, ScoreBody, Threshold};
use crate::value::Decimal;

impl Found<'_, '_> {
    pub(super) fn scores(&mut self) {
        let parts = |side: &Side<'_>| side.model.scores.iter().map(|one| score(side, one)).collect();
        self.parts("score", None, parts(self.old), parts(self.new));
        for (old, new) in &self.pairs.scores {
            let (Some(old), Some(new)) =
                (self.old.model.scores.get(old.index()), self.new.model.scores.get(new.index()))
            else {
                continue;
            };
            let bands = |side: &Side<'_>, score: &Score| -> Vec<Part> {
                score.bands.iter().flat_map(|bands| &bands.bands).map(|one| band(side, one)).collect()
            };
            self.parts("band", Some(&new.name), bands(self.old, old), bands(self.new, new));
        }
    }

    pub(super) fn matrices(&mut self) {
        let parts = |side: &Side<'_>| {
            let scores = &side.model.scores;
            let name = |id: crate::model::ScoreId| scores.get(id.index()).map_or("", |score| score.name.as_str());
            let matrices = side.model.matrices.iter();
            matrices
                .map(|matrix| {
                    let names = |id: crate::model::ScoreId| -> Vec<&str> {
                        let bands = scores.get(id.index()).and_then(|score| score.bands.as_ref());
                        bands.into_iter().flat_map(|bands| &bands.bands).map(|band| band.name.as_str()).collect()
                    };
                    let (rows, columns) = (names(matrix.rows), names(matrix.columns));
                    let cells = rows.iter().zip(&matrix.cells).flat_map(|(row, cells)| {
                        let cell = move |(column, text): (&&str, &String)| {
                            meaning::leaf("cell", &format!("{row}\0{column}\0{text}"))
                        };
                        columns.iter().zip(cells).map(cell).collect::<Vec<_>>()
                    });
                    let digest = node(
                        "matrix",
                        &[
                            meaning::leaf("rows", name(matrix.rows)),
                            meaning::leaf("columns", name(matrix.columns)),
                            set("cells", cells),
                        ],
                    );
                    let mut part = part(&matrix.name, side.text(matrix.span), digest);
                    part.aspects.push(("label", meaning::leaf("label", &matrix.label), matrix.label.clone()));
                    part
                })
                .collect()
        };
        self.parts("matrix", None, parts(self.old), parts(self.new));
    }

    pub(super) fn thresholds(&mut self) {
        let parts = |side: &Side<'_>| side.model.thresholds.iter().map(|one| threshold(side, one)).collect();
        self.parts("threshold", None, parts(self.old), parts(self.new));
    }
}

fn score(side: &Side<'_>, score: &Score) -> Part {
    let header = side.text(score.span).split('{').next().unwrap_or_default().trim().to_owned();
    let limits = node("limits", &[maybe(score.lowest.map(meaning::number)), maybe(score.highest.map(meaning::number))]);
    let rounding = meaning::leaf("decimals", &score.decimals.to_string());
    let body = match &score.body {
        ScoreBody::Rules { start, when, .. } => node(
            "rules",
            &[
                maybe(start.filter(|start| *start != Decimal::ZERO).map(meaning::number)),
                maybe(when.as_ref().map(|when| side.meaning.condition(when))),
            ],
        ),
        ScoreBody::Derived(expr) => node("derived", &[side.meaning.number(expr)]),
    };
    Part {
        name: score.name.clone(),
        text: header.clone(),
        aspects: vec![
            ("limits", limits, header.clone()),
            ("rounding", rounding, header.clone()),
            (if matches!(score.body, ScoreBody::Derived(_)) { "expression" } else { "header" }, body, header),
            ("label", meaning::leaf("label", &score.label), score.label.clone()),
        ],
    }
}

fn band(side: &Side<'_>, band: &Band) -> Part {
    let edge = match band.edge {
        BandEdge::From(at) => node("from", &[meaning::number(at)]),
        BandEdge::Above(at) => node("above", &[meaning::number(at)]),
        BandEdge::Otherwise => node("otherwise", &[]),
    };
    let (text, label) = (side.text(band.span), band.label.clone().unwrap_or_default());
    let action = band.action.clone().unwrap_or_default();
    Part {
        name: band.name.clone(),
        text: text.clone(),
        aspects: vec![
            ("edge", edge, text),
            ("label", meaning::leaf("label", &label), label),
            ("action", meaning::leaf("action", &action), action),
        ],
    }
}

fn threshold(side: &Side<'_>, threshold: &Threshold) -> Part {
    let until = threshold.until.as_ref();
    let action = threshold.action.clone().unwrap_or_default();
    let stays = if threshold.stays { "stays" } else { "does not stay" };
    Part {
        name: threshold.name.clone(),
        text: side.text(threshold.span),
        aspects: vec![
            ("condition", side.meaning.condition(&threshold.when), side.text(threshold.when.span)),
            (
                "until",
                maybe(until.map(|until| side.meaning.condition(until))),
                until.map(|until| side.text(until.span)).unwrap_or_default(),
            ),
            ("stays", meaning::leaf("stays", stays), stays.to_owned()),
            ("label", meaning::leaf("label", &threshold.label), threshold.label.clone()),
            ("action", meaning::leaf("action", &action), action),
        ],
    }
}
