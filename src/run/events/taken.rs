//! The events of a batch of leads: what is kept of each, and the answers to states.

use super::answer::answer;
use super::codec::Bytes;
use super::fingerprint::of_lead;
use super::held::{Kept, Place};
use super::list::Lists;
use super::listed_answer::ListedEvents;
use super::merge;
use super::records::{Record, Records};
use super::shape::Shape;
use super::way::Way;
use crate::data::{BadRow, DataError, shown};
use crate::model::FieldId;
use crate::plan::StateId;
use crate::run::batch::Mask;
use crate::run::evaluate::{LeadEvents, StateColumn, Values};
use std::cell::{OnceCell, RefCell};

/// What is kept of the events of a batch's leads.
pub struct BatchEvents<'store> {
    shape: &'store Shape<'store>,
    kept: &'store Kept,
    /// Of each lead; `None` where it has no events.
    places: Vec<Option<Place>>,
    own: Records,
    pub(super) bad: Vec<(usize, BadRow)>,
    listed: OnceCell<Option<ListedEvents<'store>>>,
    too_large: RefCell<Mask>,
}

impl<'store> BatchEvents<'store> {
    /// Takes the events of each lead, by its key and by its texts of the fields that events are matched by.
    pub(super) fn take(
        shape: &'store Shape<'store>,
        kept: &'store Kept,
        keys: &[&str],
        matched_by: &[(FieldId, Vec<Option<&str>>)],
    ) -> Result<BatchEvents<'store>, DataError> {
        let mut own = Records::new(&shape.empty);
        let mut places = Vec::with_capacity(keys.len());
        for (lead, key) in keys.iter().enumerate() {
            let mut found = Vec::new();
            // By its key a lead may ask again: where a row proves to be no lead, those beside it are scored anew.
            for (by, fingerprint) in fingerprints(lead, key, matched_by).into_iter().enumerate() {
                let taken = kept.take(shape, fingerprint, by > 0, &mut own)?;
                found.extend(taken.map_err(|_| too_many(key, kept.most))?);
            }
            places.push(match &found[..] {
                [] => None,
                [place] => Some(*place),
                places => Some(merged(shape, kept, &mut own, places)?),
            });
        }
        let too_large = RefCell::new(Mask::new(keys.len(), false));
        Ok(BatchEvents { shape, kept, places, own, bad: Vec::new(), listed: OnceCell::new(), too_large })
    }

    /// Rows of each lead's events that could not be read, by the lead's place in the batch.
    pub fn bad(&self) -> &[(usize, BadRow)] {
        &self.bad
    }

    fn record(&self, place: Option<Place>) -> Option<Record<'_>> {
        self.kept.get(place?, &self.own)
    }

    fn listed(&self) -> Option<&ListedEvents<'store>> {
        let read = || {
            let listed = self.shape.listed.as_ref()?;
            let lists = self.places.iter().map(|place| match self.record(*place) {
                Some(record) => record.sides.bytes(record.words[listed.word]),
                None => &[],
            });
            Some(ListedEvents::new(self.shape, listed, Lists::read(self.shape, listed, lists)))
        };
        self.listed.get_or_init(read).as_ref()
    }
}

impl LeadEvents for BatchEvents<'_> {
    fn state(&self, state: StateId, lead: &Values<'_>) -> StateColumn {
        let Some(keeping) = self.shape.keepings.get(state.index()) else {
            return StateColumn::Points { points: Vec::new(), took_part: Mask::default() };
        };
        let windows = self.shape.listed.as_ref().and_then(|listed| listed.windows.get(state.index())?.as_ref());
        let (column, too_large) = match (self.listed().filter(|_| keeping.way == Way::List), windows) {
            (Some(listed), Some(windows)) => listed.answer(&keeping.state.asks, windows, lead),
            _ => {
                let records: Vec<Option<Record<'_>>> = self.places.iter().map(|place| self.record(*place)).collect();
                answer(self.shape, keeping, &records)
            }
        };
        too_large.into_iter().for_each(|lead| self.too_large.borrow_mut().set(lead, true));
        column
    }

    fn too_large(&self) -> Option<Mask> {
        let mut too_large = self.too_large.borrow().clone();
        for (lead, place) in self.places.iter().enumerate() {
            let record = self.record(*place).zip(self.shape.too_large);
            if record.is_some_and(|(record, word)| record.words[word] > 0) {
                too_large.set(lead, true);
            }
        }
        Some(too_large)
    }
}

/// By what a lead's events know it: its key first, then what else it is matched by.
pub(super) fn fingerprints(lead: usize, key: &str, matched_by: &[(FieldId, Vec<Option<&str>>)]) -> Vec<u128> {
    let matched = matched_by.iter().filter_map(|(field, texts)| {
        let text = texts.get(lead).copied().flatten()?;
        Some(of_lead(Some(*field), text))
    });
    std::iter::once(of_lead(None, key)).chain(matched).collect()
}

/// One record of several of one lead.
fn merged(shape: &Shape<'_>, kept: &Kept, own: &mut Records, places: &[Place]) -> Result<Place, DataError> {
    let mut pieces = Vec::with_capacity(places.len());
    for place in places {
        let mut bytes = Vec::new();
        kept.get(*place, own).into_iter().for_each(|record| merge::write(shape, record, &mut bytes));
        pieces.push(bytes);
    }
    let record = own.add(0);
    for piece in &pieces {
        merge::merge(shape, own.get_mut(record), &mut Bytes(piece)).ok_or_else(super::spill::damaged)?;
    }
    Ok(Place::Own(record))
}

fn too_many(key: &str, most: u64) -> DataError {
    DataError::NotAsClaimed {
        file: "the event files".to_owned(),
        reason: format!(
            "the events of lead `{}` alone need more than {} MB of memory",
            shown(key),
            most.div_ceil(1_000_000)
        ),
        help: Some("raise `--memory`, or leave that lead's events out".to_owned()),
    }
}
