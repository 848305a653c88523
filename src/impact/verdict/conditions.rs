//! A condition that changed: a lead for which the two differ, or the proof that there is none.

use super::Told;
use super::alike::{Compared, places};
use super::examined::{Examined, Examiner};
use super::quantity::{Aim, Quantity};
use crate::analysis::{Given, Verdict as Proof};
use crate::impact::changes::Side;
use crate::model::{Condition, NumberExpr};
use crate::run::condition;

impl<'model> Examiner<'_, 'model> {
    /// A condition of the old model beside one of the new, where `context` is met.
    pub fn changed_condition(&mut self, was: &Condition, is: &'model Condition, context: &[Given<'model>]) -> Examined {
        let Some(was) = translated(was, &self.changes.old, &self.changes.new) else { return Examined::Open };
        match self.one_without_the_other(&was, is, context) {
            Ok(told) => return Examined::Found(told),
            Err(true) => return Examined::NeverShows,
            Err(false) => {}
        }
        let mut is_proved = true;
        for place in places(&self.changes.new.meaning, self.new.model(), &was, is) {
            if let Some(compared) = Compared::of(&self.changes.new.meaning, &place) {
                let values = self.attainable().number(compared.number);
                let values = match compared.number {
                    NumberExpr::Score(score) => self.attainable().score(*score),
                    _ => values,
                };
                let wanted = values.stretches(&compared.cuts(), |value| compared.differ_at(value));
                if wanted.is_empty() {
                    continue;
                }
                let of = match compared.number {
                    NumberExpr::Score(score) => Quantity::Score(*score),
                    number => Quantity::Number(number),
                };
                let given = [context, &place.given].concat();
                self.aims.push(Aim { model: self.new.model(), of, wanted, given });
                is_proved = false;
                continue;
            }
            let given = [context, &place.given].concat();
            match self.one_without_the_other(place.was, place.is, &given) {
                Ok(told) => return Examined::Found(told),
                Err(proved) => is_proved &= proved,
            }
        }
        Examined::proved(is_proved)
    }

    /// An example, else whether there is proved to be none.
    fn one_without_the_other(
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
fn translated(condition: &Condition, from: &Side<'_>, to: &Side<'_>) -> Option<Condition> {
    let text = from.model.sources.text(condition.span);
    let (read, _) = condition::read(to.model, "before", text).ok()?;
    (to.meaning.condition(&read) == from.meaning.condition(condition)).then_some(read)
}
