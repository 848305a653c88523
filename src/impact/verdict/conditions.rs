//! A condition that changed: a lead for which the two differ, or the proof that there is none.

use super::Told;
use super::alike::{Compared, Place, places};
use super::by_bands::agree_in_all_bands;
use super::examined::{Examined, Examiner};
use super::quantity::{Aim, Quantity};
use crate::analysis::{Given, Verdict as Proof};
use crate::impact::changes::Side;
use crate::model::walk::{Part, walk_any, walk_condition};
use crate::model::{Condition, ConditionKind, DefineId, Model, NumberExpr, TextExpr};
use crate::run::condition;
use std::collections::BTreeSet;

impl<'model> Examiner<'_, 'model> {
    /// A condition of the old model beside one of the new, where `context` is met.
    pub fn changed_condition(&mut self, was: &Condition, is: &'model Condition, context: &[Given<'model>]) -> Examined {
        let Some(was) = translated(was, &self.changes.old, &self.changes.new) else { return Examined::Open };
        let model = self.new.model();
        let asks_results = [&was, is].into_iter().any(|condition| reads_results(model, condition));
        if self.is_thorough || !asks_results {
            match self.one_without_the_other(&was, is, context) {
                Ok(told) => return Examined::Found(told),
                Err(true) => return Examined::NeverShows,
                Err(false) => {}
            }
        }
        let mut is_proved = true;
        for place in places(&self.changes.new.meaning, model, &was, is) {
            match self.changed_place(&place, context) {
                Examined::Found(told) => return Examined::Found(told),
                Examined::NeverShows => {}
                Examined::MadeTheSame | Examined::Open => is_proved = false,
            }
        }
        Examined::proved(is_proved)
    }

    fn changed_place(&mut self, place: &Place<'_, 'model>, context: &[Given<'model>]) -> Examined {
        let model = self.new.model();
        let given = [context, &place.given].concat();
        let meaning = &self.changes.new.meaning;
        if let Some(compared) = Compared::of(meaning, place).map(|compared| compared.where_met(meaning, &given)) {
            let (of, values) = match compared.number {
                NumberExpr::Score(score) => (Quantity::Score(*score), self.attainable().score(*score)),
                number => (Quantity::Number(number), self.attainable().number(number)),
            };
            let wanted = values.stretches(&compared.cuts(), |value| compared.differ_at(value));
            if wanted.is_empty() {
                return Examined::NeverShows;
            }
            self.aims.push(Aim { given, ..Aim::new(model, of, wanted) });
            return Examined::Open;
        }
        if agree_in_all_bands(model, place) {
            return Examined::NeverShows;
        }
        if !self.is_thorough && [place.was, place.is].into_iter().any(|condition| reads_results(model, condition)) {
            return Examined::Open;
        }
        match self.one_without_the_other(place.was, place.is, &given) {
            Ok(told) => Examined::Found(told),
            Err(proved) => Examined::proved(proved),
        }
    }

    /// An example, else whether there is proved to be none.
    pub fn one_without_the_other(
        &mut self,
        was: &Condition,
        is: &Condition,
        context: &[Given<'_>],
    ) -> Result<Box<Told>, bool> {
        let mut is_proved = true;
        for (holds, fails) in [(was, is), (is, was)] {
            let given = [context, &[Given::holds(holds), Given::fails(fails)]].concat();
            match self.new.possible(&given) {
                Proof::Yes(witness) => {
                    is_proved = false;
                    if let Some(told) = self.telling.try_witness(self.new.model(), &witness) {
                        return Ok(told);
                    }
                }
                Proof::Unknown => is_proved = false,
                Proof::No => {}
            }
        }
        Err(is_proved)
    }
}

/// A condition of the old model as the new one would read it; `None` where it would mean something else there.
pub(super) fn translated(condition: &Condition, from: &Side<'_>, to: &Side<'_>) -> Option<Condition> {
    let text = from.model.sources.text(condition.span);
    let (read, _) = condition::read(to.model, "before", text).ok()?;
    (to.meaning.condition(&read) == from.meaning.condition(condition)).then_some(read)
}

/// Whether a condition reads scores, bands, matrices or thresholds, also through defines.
pub(super) fn reads_results(model: &Model, condition: &Condition) -> bool {
    let (mut found, mut open, mut seen) = (false, Vec::new(), BTreeSet::new());
    let mut visit = |part: Part<'_>, open: &mut Vec<DefineId>| match part {
        Part::Number(NumberExpr::Score(_)) | Part::Text(TextExpr::Matrix(_)) => found = true,
        Part::Condition(condition) => {
            found |= matches!(
                condition.kind,
                ConditionKind::Band { .. } | ConditionKind::BandKnown(_) | ConditionKind::Threshold(_)
            );
            if let ConditionKind::Define(define) = condition.kind {
                open.push(define);
            }
        }
        Part::Define(define) => open.push(define),
        _ => {}
    };
    walk_condition(condition, &mut |part| visit(part, &mut open));
    while let Some(define) = open.pop() {
        if seen.insert(define)
            && let Some(define) = model.defines.get(define.index())
        {
            walk_any(&define.value, &mut |part| visit(part, &mut open));
        }
    }
    found
}
