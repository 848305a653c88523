//! Exclusions: who is not scored, and why.

use super::examined::{Examined, Examiner};
use crate::analysis::Given;
use crate::impact::changes::{Change, ChangeKind};
use crate::model::{Exclude, Model};
use crate::value::fold_name;

impl Examiner<'_, '_> {
    pub fn exclusion(&mut self, change: &Change) -> Examined {
        let (old, new) = (self.old.model(), self.new.model());
        let is_proved = match (find(old, change), find(new, change)) {
            (Some(was), Some(is)) if change.kind == ChangeKind::Changed => {
                match self.changed_condition(&was.when, &is.when, &[]) {
                    Examined::Open => false,
                    settled => return settled,
                }
            }
            (Some(was), None) if change.kind == ChangeKind::Removed => {
                self.old.possible(&[Given::holds(&was.when)]).is_no()
            }
            (None, Some(is)) if change.kind == ChangeKind::Added => {
                self.new.possible(&[Given::holds(&is.when)]).is_no()
            }
            _ => false,
        };
        for analysis in [self.old, self.new] {
            for exclude in &analysis.model().excludes {
                let excluded = analysis.can_hold(&exclude.when);
                let told = excluded.witness().and_then(|witness| self.telling.try_witness(analysis.model(), witness));
                if let Some(told) = told {
                    return Examined::Found(told);
                }
            }
        }
        if is_proved { Examined::NeverShows } else { self.at_the_ends(change) }
    }
}

fn find<'model>(model: &'model Model, change: &Change) -> Option<&'model Exclude> {
    let mut named = model.excludes.iter().filter(|exclude| fold_name(&exclude.reason) == fold_name(&change.name));
    // Two of one reason: which of them is meant is not known.
    named.next().filter(|_| named.next().is_none())
}
