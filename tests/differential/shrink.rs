//! Making a failing case small: fewer leads, then fewer statements, rules, clauses, events and values, one at a time, as
//! long as it still fails.

use super::case::Case;
use std::time::{Duration, Instant};

/// How long a case is made smaller.
const PATIENCE: Duration = Duration::from_secs(90);

/// The smallest case found that still fails.
pub fn shrunk(case: &Case, fails: &dyn Fn(&Case) -> bool) -> Case {
    let mut search = Search { case: case.clone(), fails, until: Instant::now() + PATIENCE };
    search.leads();
    while search.round() && Instant::now() < search.until {}
    search.case
}

struct Search<'a> {
    case: Case,
    fails: &'a dyn Fn(&Case) -> bool,
    until: Instant,
}

impl Search<'_> {
    /// Takes a smaller case if that fails too.
    fn take(&mut self, smaller: Case) -> bool {
        let taken = Instant::now() < self.until && (self.fails)(&smaller);
        if taken {
            self.case = smaller;
        }
        taken
    }

    /// One lead if it fails alone, else as few as can be.
    fn leads(&mut self) {
        for lead in self.case.leads.clone() {
            if self.take(Case { leads: vec![lead], ..self.case.clone() }) {
                return;
            }
        }
        let mut chunk = self.case.leads.len() / 2;
        while chunk > 0 {
            let mut start = 0;
            while start < self.case.leads.len() {
                let mut smaller = self.case.clone();
                let end = (start + chunk).min(smaller.leads.len());
                smaller.leads.drain(start..end);
                if smaller.leads.is_empty() || !self.take(smaller) {
                    start += chunk;
                }
            }
            chunk /= 2;
        }
    }

    /// Whether anything became smaller.
    fn round(&mut self) -> bool {
        let questions = self.questions();
        let model = self.model();
        let data = self.data();
        questions || model || data
    }

    fn questions(&mut self) -> bool {
        let mut changed = false;
        if self.case.written.only.is_some() {
            let mut smaller = self.case.clone();
            smaller.written.only = None;
            changed |= self.take(smaller);
        }
        if let Some(only) = self.case.written.only.clone() {
            for step in 0..only.reductions() {
                let mut smaller = self.case.clone();
                smaller.written.only = Some(only.reduced(step));
                if self.take(smaller) {
                    return true;
                }
            }
        }
        for place in (0..self.case.written.keep.len()).rev() {
            let mut smaller = self.case.clone();
            smaller.written.keep.remove(place);
            changed |= self.take(smaller);
        }
        changed
    }

    fn model(&mut self) -> bool {
        let mut changed = false;
        let mut step = 0;
        while step < self.case.written.model.reductions() {
            let mut smaller = self.case.clone();
            smaller.written.model = smaller.written.model.reduced(step);
            match self.take(smaller) {
                true => changed = true,
                false => step += 1,
            }
        }
        changed
    }

    fn data(&mut self) -> bool {
        let mut changed = false;
        for lead in 0..self.case.leads.len() {
            for event in (0..self.case.leads[lead].events.len()).rev() {
                let mut smaller = self.case.clone();
                smaller.leads[lead].events.remove(event);
                changed |= self.take(smaller);
            }
            for value in (0..self.case.leads[lead].values.len()).rev() {
                let mut smaller = self.case.clone();
                smaller.leads[lead].values.remove(value);
                changed |= self.take(smaller);
            }
            for met in (0..self.case.leads[lead].met.len()).rev() {
                let mut smaller = self.case.clone();
                smaller.leads[lead].met.remove(met);
                changed |= self.take(smaller);
            }
            for event in 0..self.case.leads[lead].events.len() {
                for value in (0..self.case.leads[lead].events[event].values.len()).rev() {
                    let mut smaller = self.case.clone();
                    smaller.leads[lead].events[event].values.remove(value);
                    changed |= self.take(smaller);
                }
            }
        }
        changed
    }
}

/// A case that fails because of one rule and one event becomes that rule and that event.
#[test]
fn a_failing_case_is_made_small() {
    let fails =
        |case: &Case| {
            let Ok(model) = case.compile() else { return false };
            model.scores.iter().any(
                |score| matches!(&score.body, scorelang::model::ScoreBody::Rules { items, .. } if !items.is_empty()),
            ) && case.written.model.text().contains("for each")
                && case.leads.iter().any(|lead| !lead.events.is_empty())
        };
    let case = (0..).map(Case::generate).find(|case| case.leads.len() < 30 && fails(case)).unwrap();
    let small = shrunk(&case, &fails);
    let events: usize = small.leads.iter().map(|lead| lead.events.len()).sum();
    let rules = small.written.model.text().matches("\"r").count();
    assert_eq!((small.leads.len(), events, rules), (1, 1, 1), "{}", small.written.model.text());
}
