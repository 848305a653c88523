//! The header of a score: its limits, its rounding, its `when`.

use super::examined::{Examined, Examiner};
use super::quantity::{Aim, Quantity};
use crate::impact::attainable::{Values, held};
use crate::impact::changes::Change;
use crate::model::{Score, ScoreBody, ScoreId};
use crate::value::{Decimal, fold_name};
use std::collections::BTreeSet;

impl<'model> Examiner<'_, 'model> {
    pub fn score(&mut self, change: &Change) -> Examined {
        let (old, new) = (self.old.model(), self.new.model());
        let find = |scores: &'model [Score]| {
            (0..).map(ScoreId).zip(scores).find(|(_, score)| fold_name(&score.name) == fold_name(&change.name))
        };
        let (Some((_, before)), Some((id, after))) = (find(&old.scores), find(&new.scores)) else {
            return Examined::Open;
        };
        if change.details.iter().all(|detail| matches!(detail.aspect, "limits" | "rounding" | "label")) {
            let values = self.attainable().before_limits(id);
            let cuts: BTreeSet<Decimal> =
                [before.lowest, before.highest, after.lowest, after.highest].into_iter().flatten().collect();
            let wanted = values.stretches(&cuts, |value| is_finished_otherwise(before, after, &values, value));
            let excluded = |score: &Score| held(Decimal::ZERO, score.lowest, score.highest);
            if wanted.is_empty() && excluded(before) == excluded(after) {
                return Examined::NeverShows;
            }
            self.aims.push(Aim::new(new, Quantity::Score(id), wanted));
        }
        if let (ScoreBody::Rules { when: Some(was), .. }, ScoreBody::Rules { when: Some(is), .. }) =
            (&before.body, &after.body)
            && let Examined::Found(told) = self.changed_condition(was, is, &[])
        {
            return Examined::Found(told);
        }
        self.at_the_ends(change)
    }
}

/// Whether limits and rounding make different scores of a sum. Of sums that are not known one by one the rounding must
/// be the same or change none of them, and is left out: it could hide a difference at the one that is looked at.
fn is_finished_otherwise(before: &Score, after: &Score, values: &Values, sum: Decimal) -> bool {
    let limited = |score: &Score| held(sum, score.lowest, score.highest);
    match values {
        Values::Few(_) => limited(before).round(before.decimals) != limited(after).round(after.decimals),
        Values::Stepped(_) => {
            let same_rounding =
                before.decimals == after.decimals || values.are_round(before.decimals.min(after.decimals));
            !same_rounding || limited(before) != limited(after)
        }
    }
}
