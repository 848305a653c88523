//! One change after the other: what is found, what is proved, and what is left to be looked for.

use super::Told;
use super::conditions::reads_results;
use super::quantity::Aim;
use super::steps::Steps;
use super::telling::Telling;
use crate::analysis::{Analysis, Bound, Range, Witness};
use crate::impact::attainable::Attainable;
use crate::impact::changes::{Change, ChangeKind, Changes};
use crate::impact::sample::Sample;
use crate::model::{BandId, ScoreId};
use crate::value::{Instant, fold_name};
use std::cell::OnceCell;

pub(super) enum Examined {
    Found(Box<Told>),
    /// A proof: the part gives the same in both models
    NeverShows,
    /// A proof: what it gives differs, and is made the same further on, as long as nothing else differs
    MadeTheSame,
    Open,
}

pub(super) struct Examiner<'a, 'model> {
    pub changes: &'a Changes<'model>,
    pub old: &'a Analysis<'model>,
    pub new: &'a Analysis<'model>,
    pub telling: Telling<'a, 'model>,
    /// Numbers at which the models part, as far as is known.
    pub aims: Vec<Aim<'model>>,
    /// At first only what is found at once; then whatever the analysis can say.
    pub is_thorough: bool,
    attainable: [OnceCell<Attainable<'a, 'model>>; 2],
    steps: OnceCell<Steps>,
}

impl Examined {
    pub fn proved(is_proved: bool) -> Examined {
        if is_proved { Examined::NeverShows } else { Examined::Open }
    }
}

impl From<Option<Box<Told>>> for Examined {
    fn from(told: Option<Box<Told>>) -> Examined {
        told.map_or(Examined::Open, Examined::Found)
    }
}

impl<'a, 'model> Examiner<'a, 'model> {
    pub fn new(
        changes: &'a Changes<'model>,
        [old, new]: [&'a Analysis<'model>; 2],
        as_of: Instant,
    ) -> Examiner<'a, 'model> {
        let telling = Telling::new(changes, as_of);
        let (attainable, steps) = (Default::default(), OnceCell::new());
        Examiner { changes, old, new, telling, aims: Vec::new(), is_thorough: false, attainable, steps }
    }

    /// What the numbers of the new model can come to. What a proof is about is in both models made of the same, so it is
    /// that of the old one too.
    pub fn attainable(&self) -> &Attainable<'a, 'model> {
        let [quick, thorough] = &self.attainable;
        let attainable = if self.is_thorough { thorough } else { quick };
        attainable.get_or_init(|| Attainable::new(self.new, self.is_thorough))
    }

    pub fn examine(&mut self, change: &Change) -> Examined {
        let both_have_it = change.kind == ChangeKind::Changed;
        match (change.what, change.rule) {
            ("rule", (Some(one), Some(two))) => self.changed_rule(change, one, two),
            ("rule", (None, Some(place))) => self.lone_rule(&self.changes.new, place, self.new),
            ("rule", (Some(place), None)) => self.lone_rule(&self.changes.old, place, self.old),
            ("threshold", _) if both_have_it => self.threshold(change),
            ("band", _) => self.bands(change),
            ("score", _) if both_have_it => self.score(change),
            ("group", _) if both_have_it => self.group(change),
            ("matrix", _) if both_have_it => self.matrix(change),
            ("exclude", _) => self.exclusion(change),
            _ => self.at_the_ends(change),
        }
    }

    /// Leads that bring scores furthest.
    pub fn at_the_ends(&mut self, change: &Change) -> Examined {
        if !self.is_thorough {
            return Examined::Open;
        }
        for analysis in [self.old, self.new] {
            for witness in extremes(analysis, change) {
                if let Some(told) = self.telling.try_witness(analysis.model(), &witness) {
                    return Examined::Found(told);
                }
            }
        }
        Examined::Open
    }

    /// Leads put together toward each number at which the models part.
    pub fn put_together(&mut self) -> Option<Box<Told>> {
        if self.aims.is_empty() {
            return None;
        }
        let steps = self.steps.get_or_init(|| Steps::new(self.changes, [self.old, self.new]));
        for aim in std::mem::take(&mut self.aims) {
            let mut starts = vec![Sample::default()];
            if self.is_thorough || !aim.given.iter().any(|given| reads_results(self.new.model(), given.condition)) {
                let meets_all = self.new.possible(&aim.given);
                starts.extend(meets_all.witness().map(|witness| Sample::of(self.new.model(), witness)));
            }
            starts.extend(self.telling.seeds.iter().cloned());
            if let Some(told) = self.telling.toward(&aim, &starts, steps) {
                return Some(told);
            }
        }
        None
    }
}

/// Examples at the ends of a range, where they are known.
pub(super) fn ends(range: &Range) -> Vec<Witness> {
    let ends = [range.highest().and_then(Bound::exact), range.lowest().and_then(Bound::exact)];
    ends.into_iter().flatten().map(|(_, witness)| witness.clone()).collect()
}

/// Examples at the ends of a score and in each of its bands.
fn extremes(analysis: &Analysis<'_>, change: &Change) -> Vec<Witness> {
    let wanted = change.score.as_deref().or((change.what == "score").then_some(change.name.as_str()));
    let mut examples = Vec::new();
    for (place, score) in analysis.model().scores.iter().enumerate() {
        if wanted.is_some_and(|wanted| fold_name(wanted) != fold_name(&score.name)) {
            continue;
        }
        let id = ScoreId(place as u32);
        examples.extend(ends(&analysis.range_of_score(id, &[])));
        examples.extend(ends(&analysis.range_of_score_before_limits(id, &[])));
        let bands = score.bands.as_ref().map_or(0, |bands| bands.bands.len());
        for band in 0..bands {
            examples.extend(analysis.can_reach_band(id, BandId(band as u32)).witness().cloned());
        }
    }
    examples
}
