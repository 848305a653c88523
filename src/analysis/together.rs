//! Counts of events that cannot be together: so many events of one selector that others would keep too, or that the
//! lead cannot have.

use super::Analysis;
use super::domain::Sample;
use super::graph::Variable;
use super::parts::Root;
use super::query::{Assignment, Choices, Query};
use super::quick::grown;
use super::search::Outcome;
use super::single_event::{EventSketch, EventWish};
use super::witness::{Witness, WitnessEvent};
use crate::model::{EventId, FieldId};
use crate::value::Value;
use std::cell::{OnceCell, RefCell};
use std::collections::BTreeMap;
use std::rc::Rc;

/// Events that were found, and what selectors keep of them.
#[derive(Default)]
pub(super) struct KnownEvents {
    all: Vec<KnownEvent>,
    /// By selector those that were found for it
    of: Vec<Vec<usize>>,
}

struct KnownEvent {
    sketch: Rc<EventSketch>,
    /// By selector whether it keeps the event, where that was asked
    is_kept: Vec<Option<bool>>,
}

impl KnownEvents {
    fn is_kept(&self, event: usize, selector: usize) -> Option<bool> {
        self.all.get(event)?.is_kept.get(selector).copied().flatten()
    }

    fn keep(&mut self, event: usize, selector: usize, is_kept: bool) {
        if let Some(event) = self.all.get_mut(event) {
            *grown(&mut event.is_kept, selector) = Some(is_kept);
        }
    }

    /// The next one that was found for a selector.
    fn found(&self, selector: usize, place: usize) -> Option<usize> {
        self.of.get(selector)?.get(place).copied()
    }

    fn add(&mut self, selector: usize, event: EventSketch) {
        let same = self.all.iter().position(|known| *known.sketch == event);
        let place = same.unwrap_or(self.all.len());
        if same.is_none() {
            self.all.push(KnownEvent { sketch: Rc::new(event), is_kept: Vec::new() });
        }
        let found = grown(&mut self.of, selector);
        if !found.contains(&place) {
            found.push(place);
        }
    }
}

/// What a field that is settled is: missing, yes or no.
pub(super) type Settled = Vec<(FieldId, Sample)>;

/// The counts of one query.
pub(super) struct Together<'q, 'model> {
    analysis: &'q Analysis<'model>,
    query: &'q Query,
    /// By variable the selector that it counts, if it does
    selectors: Vec<Option<usize>>,
    by_type: BTreeMap<EventId, Vec<usize>>,
    /// By variable that is a count the other counts of the same types of events
    rivals: Vec<OnceCell<Vec<usize>>>,
    /// By variable that is a count the fields that its filter reads, by their variables
    reads: Vec<Vec<usize>>,
    /// By variable that is a field the counts whose filters read it
    readers: Vec<Vec<usize>>,
    /// By variable an event that is kept by its selector and by none that keep fewer
    support: RefCell<Vec<Option<usize>>>,
}

impl<'q, 'model> Together<'q, 'model> {
    pub fn new(analysis: &'q Analysis<'model>, query: &'q Query) -> Together<'q, 'model> {
        let count = |variable: &Variable| match variable {
            Variable::Count(selector) => Some(*selector),
            _ => None,
        };
        let selectors: Vec<Option<usize>> = query.variables.iter().map(count).collect();
        let mut by_type: BTreeMap<EventId, Vec<usize>> = BTreeMap::new();
        let mut reads = vec![Vec::new(); selectors.len()];
        let mut readers = vec![Vec::new(); selectors.len()];
        for (place, selector) in selectors.iter().enumerate() {
            let Some(selector) = selector else { continue };
            for root in analysis.roots_of(Variable::Count(*selector)).iter() {
                match root {
                    Root::Event(kind) => by_type.entry(*kind).or_default().push(place),
                    Root::Field(field) => {
                        if let Ok(field) = query.variables.binary_search(&Variable::Field(*field)) {
                            reads.get_mut(place).into_iter().for_each(|reads: &mut Vec<usize>| reads.push(field));
                            readers.get_mut(field).into_iter().for_each(|readers: &mut Vec<usize>| readers.push(place));
                        }
                    }
                    Root::Before(_) => {}
                }
            }
        }
        let support = RefCell::new(vec![None; selectors.len()]);
        let rivals = vec![OnceCell::new(); selectors.len()];
        Together { analysis, query, selectors, by_type, rivals, reads, readers, support }
    }

    /// Whether the counts that are chosen are not proved to exclude each other, after a class of this variable was
    /// chosen, and they were not before.
    pub fn agree(&self, assignment: &Assignment, variable: usize) -> bool {
        match self.selectors.get(variable).copied().flatten() {
            Some(selector) => self.count_agrees(assignment, variable, selector),
            None => {
                let readers = self.readers.get(variable).into_iter().flatten();
                readers
                    .filter(|count| self.least(assignment, **count) > 0)
                    .all(|count| self.fits_lead(assignment, *count))
            }
        }
    }

    fn count_agrees(&self, assignment: &Assignment, variable: usize, selector: usize) -> bool {
        let Some(Sample::Count(low, high)) = self.query.sample(assignment, variable) else { return true };
        if *low > 0 && !(self.fits_lead(assignment, variable) && self.has_room(assignment, variable, *low)) {
            return false;
        }
        let Some(high) = high else { return true };
        self.rivals(variable).iter().all(|&rival| {
            let low = self.least(assignment, rival);
            low <= *high || self.is_supported(rival, selector) || self.has_room(assignment, rival, low)
        })
    }

    /// The least that is chosen of a count.
    fn least(&self, assignment: &Assignment, variable: usize) -> u64 {
        match self.query.sample(assignment, variable) {
            Some(Sample::Count(low, _)) => *low,
            _ => 0,
        }
    }

    fn rivals(&self, variable: usize) -> &[usize] {
        let rivals = self.rivals.get(variable).map(|rivals| rivals.get_or_init(|| self.find_rivals(variable)));
        let rivals = rivals.map_or(&[][..], |rivals| rivals);
        self.analysis.budget.take(rivals.len() / 4);
        rivals
    }

    fn find_rivals(&self, variable: usize) -> Vec<usize> {
        let Some(selector) = self.selector(variable) else { return Vec::new() };
        let mut rivals: Vec<usize> =
            selector.types.iter().filter_map(|kind| self.by_type.get(kind)).flatten().copied().collect();
        if selector.types.len() > 1 {
            rivals.sort_unstable();
            rivals.dedup();
        }
        rivals.retain(|rival| *rival != variable);
        rivals
    }

    fn selector(&self, variable: usize) -> Option<Rc<crate::model::Selector>> {
        self.analysis.selector(self.selectors.get(variable).copied().flatten()?)
    }

    /// Whether a selector can keep an event of a lead with these fields, as far as its filter reads them.
    fn fits_lead(&self, assignment: &Assignment, count: usize) -> bool {
        let mut lead: Settled = Vec::new();
        for place in self.reads.get(count).into_iter().flatten() {
            if let Some(Variable::Field(field)) = self.query.variables.get(*place)
                && let Some(sample @ (Sample::Missing | Sample::Value(Value::YesNo(_)))) =
                    self.query.sample(assignment, *place)
            {
                lead.push((*field, sample.clone()));
            }
        }
        let selector = self.selectors.get(count).copied().flatten();
        lead.is_empty() || selector.is_none_or(|selector| self.analysis.fits_lead(selector, lead))
    }

    fn is_supported(&self, variable: usize, by_none_of: usize) -> bool {
        let support = self.support.borrow().get(variable).copied().flatten();
        support.is_some_and(|event| !self.analysis.keeps_known(event, by_none_of))
    }

    /// Whether `low` events of a selector can be without those that keep fewer keeping them all.
    fn has_room(&self, assignment: &Assignment, variable: usize, low: u64) -> bool {
        let rivals = self.rivals(variable);
        let mut fewer: Vec<(u64, usize)> = Vec::with_capacity(rivals.len());
        for rival in rivals {
            if let Some(Sample::Count(_, Some(high))) = self.query.sample(assignment, *rival)
                && *high < low
                && let Some(selector) = self.selectors.get(*rival).copied().flatten()
            {
                fewer.push((*high, selector));
            }
        }
        let Some(selector) = self.selectors.get(variable).copied().flatten() else { return true };
        if let Some(event) = self.analysis.known_event(selector, fewer.iter().map(|(_, selector)| *selector)) {
            self.support.borrow_mut().get_mut(variable).into_iter().for_each(|support| *support = Some(event));
            return true;
        }
        self.support.borrow_mut().get_mut(variable).into_iter().for_each(|support| *support = None);
        fewer.sort_unstable();
        let mut room = 0_u64;
        fewer.retain(|(high, _)| {
            room = room.saturating_add(*high);
            room < low
        });
        let mut avoids: Vec<usize> = fewer.into_iter().map(|(_, selector)| selector).collect();
        avoids.sort_unstable();
        avoids.is_empty() || self.analysis.can_avoid(selector, avoids)
    }
}

impl Analysis<'_> {
    /// An event that was found before, which a selector keeps and none of the others.
    fn known_event(&self, selector: usize, others: impl Iterator<Item = usize> + Clone) -> Option<usize> {
        let known = |place: usize| self.events.borrow().found(selector, place);
        (0..).map_while(known).find(|event| others.clone().all(|other| !self.keeps_known(*event, other)))
    }

    fn keeps_known(&self, event: usize, selector: usize) -> bool {
        self.budget.take(1);
        if let Some(known) = self.events.borrow().is_kept(event, selector) {
            return known;
        }
        let sketch = self.events.borrow().all.get(event).map(|known| known.sketch.clone());
        let keeps = sketch.zip(self.selector(selector)).is_some_and(|(sketch, selector)| {
            let EventSketch { kind, at, properties, lead } = (*sketch).clone();
            let event = WitnessEvent { kind, at, properties };
            let witness = Witness { lead, events: vec![event], before: Vec::new() };
            self.bench.count(&witness, &selector) > 0
        });
        self.events.borrow_mut().keep(event, selector, keeps);
        keeps
    }

    /// Whether some event is kept by the selector and by none of the others.
    fn can_avoid(&self, selector: usize, others: Vec<usize>) -> bool {
        if self.known_event(selector, others.iter().copied()).is_some() {
            return true;
        }
        let key = (selector, others);
        if let Some(known) = self.avoidable.borrow().get(&key) {
            return *known;
        }
        let avoids: Vec<_> = key.1.iter().filter_map(|other| self.selector(*other)).collect();
        let can = self.selector(selector).is_none_or(|wanted| {
            match self.event(&EventWish { avoids: &avoids, ..EventWish::of(&wanted, &Choices::new()) }) {
                Outcome::Found(event) => {
                    self.events.borrow_mut().add(selector, event);
                    true
                }
                Outcome::Unknown => true,
                Outcome::Never => false,
            }
        });
        self.avoidable.borrow_mut().insert(key, can);
        can
    }

    /// Whether a selector can keep an event of a lead of which these fields are settled.
    fn fits_lead(&self, selector: usize, lead: Settled) -> bool {
        let known = self.fitting.borrow();
        let same = known.get(&selector).and_then(|of| of.iter().find(|(known, _)| *known == lead));
        if let Some((_, fits)) = same {
            return *fits;
        }
        drop(known);
        let choices: Choices = lead.iter().map(|(field, sample)| (Variable::Field(*field), sample.clone())).collect();
        let wanted = self.selector(selector);
        let fits = wanted.is_none_or(|wanted| self.event(&EventWish::of(&wanted, &choices)) != Outcome::Never);
        self.fitting.borrow_mut().entry(selector).or_default().push((lead, fits));
        fits
    }
}
