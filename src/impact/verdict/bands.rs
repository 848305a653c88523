//! The bands of a score.

use super::examined::{Examined, Examiner};
use super::quantity::{Aim, Quantity};
use crate::impact::changes::Change;
use crate::model::{BandEdge, Bands, Score, ScoreId};
use crate::value::{Decimal, fold_name};
use std::collections::BTreeSet;

impl<'model> Examiner<'_, 'model> {
    /// All of them at once: whether any value of the score stands in another band.
    pub fn bands(&mut self, change: &Change) -> Examined {
        let of = |score: &(ScoreId, &'model Score)| {
            change.score.as_ref().is_some_and(|name| fold_name(name) == fold_name(&score.1.name))
        };
        let (old, new) = (self.old.model(), self.new.model());
        let scores = |of: &'model [Score]| (0..).map(ScoreId).zip(of);
        let (Some((_, before)), Some((id, after))) = (scores(&old.scores).find(of), scores(&new.scores).find(of))
        else {
            return self.at_the_ends(change);
        };
        let (Some(was), Some(is)) = (&before.bands, &after.bands) else { return self.at_the_ends(change) };
        let values = self.attainable().score(id);
        let cuts: BTreeSet<Decimal> =
            [was, is].into_iter().flat_map(|bands| &bands.bands).filter_map(|band| edge(band.edge)).collect();
        let wanted = values.stretches(&cuts, |value| name_at(was, value) != name_at(is, value));
        if wanted.is_empty() {
            return Examined::NeverShows;
        }
        self.aims.push(Aim::new(new, Quantity::Score(id), wanted));
        self.at_the_ends(change)
    }
}

fn edge(edge: BandEdge) -> Option<Decimal> {
    match edge {
        BandEdge::From(at) | BandEdge::Above(at) => Some(at),
        BandEdge::Otherwise => None,
    }
}

/// The band that a value stands in: that with the highest edge that it passes.
fn name_at(bands: &Bands, value: Decimal) -> Option<&str> {
    let passed = bands.bands.iter().filter_map(|band| match band.edge {
        BandEdge::From(at) if value >= at => Some(((at, false), band)),
        BandEdge::Above(at) if value > at => Some(((at, true), band)),
        _ => None,
    });
    let otherwise = bands.bands.iter().find(|band| band.edge == BandEdge::Otherwise);
    let highest = passed.max_by_key(|(edge, _)| *edge).map(|(_, band)| band).or(otherwise);
    highest.map(|band| band.name.as_str())
}
