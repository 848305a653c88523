//! A threshold whose conditions changed.

use super::examined::{Examined, Examiner};
use crate::analysis::Given;
use crate::impact::changes::Change;
use crate::model::{Model, Threshold, ThresholdId};
use crate::value::fold_name;
use std::collections::BTreeSet;

impl<'model> Examiner<'_, 'model> {
    pub fn threshold(&mut self, change: &Change) -> Examined {
        let (Some((old_id, was)), Some((new_id, is))) =
            (find(self.old.model(), change), find(self.new.model(), change))
        else {
            return Examined::Open;
        };
        let mut is_proved =
            change.details.iter().all(|detail| matches!(detail.aspect, "condition" | "until" | "label" | "action"));
        let has_changed = |aspect: &str| change.details.iter().any(|detail| detail.aspect == aspect);
        let when = has_changed("condition").then_some((&was.when, &is.when));
        let until = was.until.as_ref().zip(is.until.as_ref()).filter(|_| has_changed("until"));
        // What only one of them reads may be missing: then that one is not met.
        is_proved &=
            until.is_some() == has_changed("until") && reads(self.old.model(), was) == reads(self.new.model(), is);
        // Where the same `until` holds, neither is met.
        let same_until: Vec<Given<'model>> = match &is.until {
            Some(until) if !has_changed("until") => vec![Given::fails(until)],
            _ => Vec::new(),
        };
        for (was, is) in when.into_iter().chain(until) {
            match self.changed_condition(was, is, &same_until) {
                Examined::Found(told) => return Examined::Found(told),
                Examined::NeverShows => {}
                Examined::MadeTheSame | Examined::Open => is_proved = false,
            }
        }
        if is_proved {
            return Examined::NeverShows;
        }
        for (analysis, id) in [(self.new, new_id), (self.old, old_id)] {
            for proof in [analysis.can_meet(id, &[]), analysis.can_fail_to_meet(id, &[])] {
                let told = proof.witness().and_then(|witness| self.telling.try_witness(analysis.model(), witness));
                if let Some(told) = told {
                    return Examined::Found(told);
                }
            }
        }
        Examined::Open
    }
}

fn find<'model>(model: &'model Model, change: &Change) -> Option<(ThresholdId, &'model Threshold)> {
    let thresholds = (0..).map(ThresholdId).zip(&model.thresholds);
    thresholds.into_iter().find(|(_, threshold)| fold_name(&threshold.name) == fold_name(&change.name))
}

/// The scores that its conditions read, by name.
fn reads(model: &Model, threshold: &Threshold) -> BTreeSet<String> {
    let scores = threshold.reads.iter().filter_map(|score| model.scores.get(score.index()));
    scores.map(|score| fold_name(&score.name)).collect()
}
