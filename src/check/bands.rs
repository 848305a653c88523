//! Bands of scores: names, edges, and that no value of a score falls below the lowest.

use super::Build;
use super::names::Taken;
use crate::diagnostics::Diagnostic;
use crate::diagnostics::code::check as code;
use crate::model::{Band, BandEdge, Bands, Score};
use crate::source::Span;
use crate::syntax::tree;
use crate::value::{Decimal, fold_name};

impl Build<'_> {
    pub(super) fn bands(&mut self) {
        let blocks: Vec<_> = self.declared.bands.iter().map(|bands| (bands.tree, bands.span)).collect();
        for (tree, span) in blocks {
            let (bands, sound) = self.band_list(tree);
            let Some(id) = self.expressions(super::Place::LOOKUP).score_named(&tree.score, "`bands` cut a score")
            else {
                continue;
            };
            let Some(score) = self.model.scores.get_mut(id.index()) else { continue };
            if let Some(first) = &score.bands {
                self.findings.add(
                    Diagnostic::error(
                        code::BANDS_TWICE,
                        tree.score.span,
                        format!("`{}` has bands already", score.name),
                    )
                    .also(first.span, "its bands are here")
                    .help("put all its bands into one `bands` block"),
                );
                continue;
            }
            score.bands = Some(Bands { bands, span });
            if sound {
                self.sound_bands.push((id, tree.score.span));
            }
        }
    }

    /// That no score can fall below its lowest band, unless something else about it is wrong.
    pub(super) fn band_gaps(&mut self) {
        let ranges = super::range::of_scores(&self.model);
        for (id, name) in std::mem::take(&mut self.sound_bands) {
            let Some(score) = self.model.scores.get(id.index()) else { continue };
            let lowest = match self.facts.incomplete.contains(&id) {
                true => score.lowest.or(Some(Decimal::ZERO)),
                false => ranges.get(&id).and_then(|range| range.low),
            };
            if let Some(gap) = gap(score, name, lowest) {
                self.findings.add(gap);
            }
        }
    }

    /// The bands, and whether each edge could be read.
    fn band_list(&mut self, tree: &tree::Bands) -> (Vec<Band>, bool) {
        let mut taken = Taken::default();
        let mut edges: Vec<(BandEdge, Span)> = Vec::new();
        let mut bands = Vec::new();
        let mut sound = true;
        for band in &tree.bands {
            taken.declare(&mut self.findings, &band.name, "a band");
            let edge = match &band.edge {
                tree::BandEdge::From(at) => self.findings.plain_number(at, "the edge of a band").map(BandEdge::From),
                tree::BandEdge::Above(at) => self.findings.plain_number(at, "the edge of a band").map(BandEdge::Above),
                tree::BandEdge::Otherwise => Some(BandEdge::Otherwise),
            };
            sound &= edge.is_some();
            if let Some(edge) = edge {
                if let Some((_, first)) = edges.iter().find(|(other, _)| *other == edge) {
                    self.findings.add(
                        Diagnostic::error(code::EDGE_TWICE, band.span, "two bands begin at one edge")
                            .also(*first, "this one begins there too")
                            .help("give each band an edge of its own, its lowest value"),
                    );
                }
                edges.push((edge, band.span));
            }
            bands.push(Band {
                name: band.name.text.clone(),
                label: band.label.as_ref().map(|label| label.node.clone()),
                edge: edge.unwrap_or(BandEdge::Otherwise),
                action: band.action.as_ref().map(|action| action.node.clone()),
                span: band.span,
            });
        }
        (bands, sound)
    }
}

/// The error where a score that can be as low as `lowest` (`None`: as low as it likes) falls below its lowest edge.
fn gap(score: &Score, name: Span, lowest: Option<Decimal>) -> Option<Diagnostic> {
    let bands = score.bands.as_ref()?;
    if bands.bands.iter().any(|band| band.edge == BandEdge::Otherwise) {
        return None;
    }
    let edges = bands.bands.iter().filter_map(|band| Some((edge(band.edge)?, band)));
    let Some(((at, above), band)) = edges.min_by_key(|(edge, _)| *edge) else {
        return Some(
            Diagnostic::error(code::BANDS_GAP, name, format!("`bands {}` has no bands", score.name))
                .help(format!("write at least one: `bands {} {{ hot from 50, cold otherwise }}`", score.name)),
        );
    };
    if lowest.is_some_and(|lowest| lowest > at || (lowest == at && !above)) {
        return None;
    }
    let (message, more) = match lowest {
        Some(lowest) if score.lowest == Some(lowest) => (
            format!("`{}` can be {lowest}, which is below its lowest band", score.name),
            format!(", or let `{}` begin lower: `{} from {lowest}`", band.name, band.name),
        ),
        Some(lowest) => (
            format!("`{}` can fall to {lowest}, which is below its lowest band", score.name),
            format!(", or give the score a lowest value: `from {at}`"),
        ),
        None => (
            format!("`{}` has no lowest value, so it can fall below its lowest band", score.name),
            format!(", or give the score a lowest value: `from {at}`"),
        ),
    };
    let more = if above { String::new() } else { more };
    Some(
        Diagnostic::error(code::BANDS_GAP, band.span, message)
            .here("the lowest band")
            .also(score.span, "the score")
            .help(format!("add a band for all lower values: `low otherwise`{more}")),
    )
}

/// Edges in order: `from 10` before `above 10`.
pub(super) fn edge(edge: BandEdge) -> Option<(Decimal, bool)> {
    match edge {
        BandEdge::From(at) => Some((at, false)),
        BandEdge::Above(at) => Some((at, true)),
        BandEdge::Otherwise => None,
    }
}

/// The band of a score with this name.
pub(super) fn band_named(score: &Score, name: &str) -> Option<crate::model::BandId> {
    let folded = fold_name(name);
    let bands = score.bands.as_ref()?;
    (0u32..)
        .zip(&bands.bands)
        .find(|(_, band)| band.name == name || fold_name(&band.name) == folded)
        .map(|(id, _)| crate::model::BandId(id))
}
