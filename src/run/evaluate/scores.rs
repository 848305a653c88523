//! A score: its items, start, limits, rounding, and band.

use super::groups::{Placed, Scoring, clear_others, runs, total, within};
use super::lookups::added;
use super::outcome::Given;
use super::rounding::rounded;
use super::rules::rules_of_score;
use crate::model::{BandEdge, BandId, Choice, Model, PointLimits, RuleId, Score};
use crate::plan::ScorePlan;
use crate::run::batch::NumberColumn;
use crate::value::Decimal;

/// A score of the plan, with what its evaluation takes.
pub(super) struct ScoreRun<'p> {
    plan: &'p ScorePlan,
    items: Vec<Placed<'p>>,
    pub limits: PointLimits,
    decimals: u32,
    bands: Option<SortedBands>,
    /// All its rules, where single rules are asked for.
    rules: Vec<RuleId>,
}

/// Bands by the least number that each takes, ascending.
struct SortedBands {
    edges: Vec<(Decimal, BandId)>,
    otherwise: Option<BandId>,
}

impl<'p> ScoreRun<'p> {
    pub fn new(plan: &'p ScorePlan, model: &Model, place: usize) -> ScoreRun<'p> {
        let score = model.scores.get(place);
        ScoreRun {
            plan,
            items: match plan {
                ScorePlan::Rules { items, .. } => runs(items, false),
                ScorePlan::Derived(_) => Vec::new(),
            },
            limits: score.map(score_limits).unwrap_or_default(),
            decimals: score.map_or(0, |score| score.decimals),
            bands: score.and_then(SortedBands::of),
            rules: rules_of_score(model, place),
        }
    }

    /// The score before exclusion.
    pub fn settle(&mut self, scoring: &mut Scoring<'_, '_, '_>) -> NumberColumn {
        let (mut column, start) = match self.plan {
            ScorePlan::Rules { start, when, .. } => {
                let Given { points, part } = total(&mut self.items, Choice::All, false, scoring);
                scoring.settler.spare.keep_mask(part);
                let known = match when {
                    Some(when) => scoring.settler.mask_or_none(scoring.values, *when),
                    None => scoring.settler.spare.mask(scoring.values.rows(), true),
                };
                if let Some(recorder) = scoring.recorder.as_deref_mut() {
                    recorder.known(&self.rules, &known);
                }
                (NumberColumn { values: points, known }, *start)
            }
            ScorePlan::Derived(number) => match scoring.values.number(*number) {
                Some(column) => (scoring.settler.spare.copy_numbers(column), Decimal::ZERO),
                None => (scoring.settler.spare.numbers(scoring.values.rows()), Decimal::ZERO),
            },
        };
        let (limits, decimals) = (self.limits, self.decimals);
        column.values.iter_mut().for_each(|points| *points = rounded(within(added(*points, start), limits), decimals));
        clear_others(&mut column.values, &column.known);
        column
    }

    /// The band of each row; none where the score is missing or has no bands.
    pub fn bands(&self, column: &NumberColumn) -> Vec<Option<BandId>> {
        let Some(bands) = &self.bands else { return vec![None; column.values.len()] };
        let mut all: Vec<Option<BandId>> = column.values.iter().map(|points| bands.of_points(*points)).collect();
        let mut missing = column.known.clone();
        missing.not();
        missing.each(|row| {
            if let Some(band) = all.get_mut(row) {
                *band = None;
            }
        });
        all
    }

    /// What an excluded lead's score is.
    pub fn excluded(&self) -> Decimal {
        within(Decimal::ZERO, self.limits)
    }
}

fn score_limits(score: &Score) -> PointLimits {
    PointLimits { highest: score.highest, lowest: score.lowest }
}

impl SortedBands {
    fn of(score: &Score) -> Option<SortedBands> {
        let (mut edges, mut otherwise) = (Vec::new(), None);
        for (band, id) in score.bands.as_ref()?.bands.iter().zip((0..).map(BandId)) {
            match band.edge {
                BandEdge::From(at) => edges.push((at, id)),
                BandEdge::Above(at) => edges.push((at.next_above(), id)),
                BandEdge::Otherwise => otherwise = otherwise.or(Some(id)),
            }
        }
        edges.sort_by_key(|(least, _)| *least);
        Some(SortedBands { edges, otherwise })
    }

    /// The one with the highest edge that the points pass.
    fn of_points(&self, points: Decimal) -> Option<BandId> {
        self.edges.iter().fold(self.otherwise, |band, (least, next)| if points >= *least { Some(*next) } else { band })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_highest_edge_that_is_passed() {
        // written as B from 20, A above 40, C from 40, D otherwise
        let (at, above) = (Decimal::whole, |at| Decimal::whole(at).next_above());
        let bands = SortedBands {
            edges: vec![(at(20), BandId(0)), (at(40), BandId(2)), (above(40), BandId(1))],
            otherwise: Some(BandId(3)),
        };
        let band = |points: i64| bands.of_points(Decimal::whole(points)).map(|band| band.0);
        assert_eq!([41, 40, 39, 20, 19].map(band), [Some(1), Some(2), Some(0), Some(0), Some(3)]);
    }
}
