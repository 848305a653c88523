//! What lints over data look at: the leads of `--data`, evaluated one by one and counted.
//!
//! Memory does not grow with the number of leads: at most [`DISTINCT`] different values a field are kept, and which
//! leads a rule took part for only of as many first leads as fit [`REMEMBERED_BYTES`].

use super::Context;
use crate::model::{
    Condition, Event, EventId, FieldId, Lead, Model, Previous, PropertyId, RuleId, ScoreId, ThresholdId,
};
use crate::reference::{EntryKind, Evaluation, evaluate};
use crate::value::{Decimal, Instant, Value};
use indexmap::IndexMap;
use std::collections::BTreeMap;

/// Different values of one field that are counted; the rest are counted together.
pub const DISTINCT: usize = 1_000;
/// Longer texts are counted with the rest, in bytes.
const LONGEST: usize = 200;
/// For which leads each rule took part: of all rules together.
const REMEMBERED_BYTES: usize = 64 * 1024 * 1024;

/// What fewer leads, or events, show is chance.
pub const FEWEST: u64 = 5;

/// The rules, and what they do to the leads of `--data`.
pub struct DataContext<'d, 'a> {
    pub rules: &'d Context<'a>,
    pub counted: &'d Counted,
}

/// Of all leads that were read.
#[derive(Debug, Clone, Default)]
pub struct Counted {
    pub leads: u64,
    pub excluded: u64,
    /// By [`RuleId`]
    pub rules: Vec<RuleCount>,
    /// By [`FieldId`]; of fields that rules do not read nothing is known.
    pub fields: Vec<ValueCount>,
    /// By [`EventId`]
    pub events: Vec<EventCount>,
    /// By [`ScoreId`] and band: leads that are not excluded
    pub bands: Vec<Vec<u64>>,
    /// By [`ScoreId`]: leads for which it is missing
    pub missing_scores: Vec<u64>,
    /// By [`ThresholdId`]
    pub met: Vec<u64>,
    /// Leads for which the condition of `--outcome` holds; `None` without one.
    pub with_outcome: Option<u64>,
    /// Types of events that the data has and the model does not declare, as the data calls them.
    pub undeclared_events: BTreeMap<String, u64>,
    /// Whether event files were read at all.
    pub has_events: bool,
}

/// Of one rule: leads that are not excluded, for which it took part and no choice dropped it.
#[derive(Debug, Clone, Default)]
pub struct RuleCount {
    pub leads: u64,
    /// Of these, those for which the outcome holds.
    pub with_outcome: u64,
    /// Which of the first leads: a bit each.
    bits: Vec<u64>,
}

/// Of the values of one field or property.
#[derive(Debug, Clone, Default)]
pub struct ValueCount {
    /// Whether it was read at all.
    pub read: bool,
    pub known: u64,
    pub missing: u64,
    /// Where the value is known, how often the lead's outcome holds.
    pub known_with_outcome: u64,
    /// Values of texts and lists, by their folded form, in the order met.
    pub texts: IndexMap<String, TextCount>,
    /// Further different or very long texts, together: where it is not 0, `texts` is not all there is.
    pub other_texts: u64,
    /// How often `no` and `yes`.
    pub yes_no: [Share; 2],
    /// The least and the greatest number where the outcome does not hold, and where it does.
    pub numbers: [Option<(Decimal, Decimal)>; 2],
}

/// Of one text.
#[derive(Debug, Clone, Default)]
pub struct TextCount {
    /// As first given.
    pub given: String,
    pub share: Share,
}

/// How often something is, and how often the outcome holds then.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Share {
    pub all: u64,
    pub with_outcome: u64,
}

impl Share {
    fn add(&mut self, outcome: bool) {
        self.all += 1;
        self.with_outcome += u64::from(outcome);
    }
}

/// Of the events of one type, up to `as of`.
#[derive(Debug, Clone, Default)]
pub struct EventCount {
    pub events: u64,
    /// Leads that have one.
    pub leads: u64,
    /// Of these, those for which the outcome holds.
    pub with_outcome: u64,
    /// By [`PropertyId`]
    pub properties: Vec<ValueCount>,
}

impl DataContext<'_, '_> {
    pub fn rule(&self, rule: RuleId) -> Option<&RuleCount> {
        self.counted.rules.get(rule.index())
    }

    /// `None` where rules do not read the field.
    pub fn field(&self, field: FieldId) -> Option<&ValueCount> {
        self.counted.fields.get(field.index()).filter(|count| count.read)
    }

    /// `None` where no event files were given.
    pub fn event(&self, event: EventId) -> Option<&EventCount> {
        self.counted.events.get(event.index()).filter(|_| self.counted.has_events)
    }

    /// `None` where rules do not read the property, or no event files were given.
    pub fn property(&self, event: EventId, property: PropertyId) -> Option<&ValueCount> {
        self.event(event)?.properties.get(property.index()).filter(|count| count.read)
    }

    /// How many leads are in each band of a score.
    pub fn bands(&self, score: ScoreId) -> &[u64] {
        self.counted.bands.get(score.index()).map(Vec::as_slice).unwrap_or_default()
    }

    /// How many leads meet a threshold.
    pub fn met(&self, threshold: ThresholdId) -> u64 {
        self.counted.met.get(threshold.index()).copied().unwrap_or_default()
    }

    /// Leads that are not excluded.
    pub fn scored(&self) -> u64 {
        self.counted.leads.saturating_sub(self.counted.excluded)
    }

    /// Rules that took part for the same leads, two and more, in the order of the first of each: with the number of these
    /// leads, of those that are remembered.
    pub fn on_the_same_leads(&self) -> Vec<(Vec<RuleId>, u64)> {
        let mut alike: IndexMap<&[u64], Vec<RuleId>> = IndexMap::new();
        for (id, rule) in (0..).map(RuleId).zip(&self.counted.rules) {
            // The last word of the bits is never 0, so equal leads have equal bits.
            alike.entry(&rule.bits).or_default().push(id);
        }
        let count = |bits: &[u64]| bits.iter().map(|word| u64::from(word.count_ones())).sum();
        alike
            .into_iter()
            .filter(|(bits, rules)| !bits.is_empty() && rules.len() > 1)
            .map(|(bits, rules)| (rules, count(bits)))
            .collect()
    }

    /// Of how many leads it is known for which rules they took part.
    pub fn remembered(&self) -> u64 {
        self.counted.leads.min(self.counted.remembered() as u64)
    }
}

impl ValueCount {
    /// Leads, or events, that were looked at.
    pub fn all(&self) -> u64 {
        self.known + self.missing
    }

    /// Whether `texts` is all there is.
    pub fn is_whole(&self) -> bool {
        self.other_texts == 0
    }

    fn add(&mut self, value: Option<&Value>, outcome: bool) {
        let Some(value) = value else {
            self.missing += 1;
            return;
        };
        self.known += 1;
        self.known_with_outcome += u64::from(outcome);
        match value {
            Value::Text(text) => self.text(text, outcome),
            Value::List(texts) => texts.iter().for_each(|text| self.text(text, outcome)),
            Value::Number(number) => {
                let [without, with] = &mut self.numbers;
                let range = if outcome { with } else { without };
                let (least, greatest) = range.unwrap_or((*number, *number));
                *range = Some((least.min(*number), greatest.max(*number)));
            }
            Value::YesNo(answer) => {
                let [no, yes] = &mut self.yes_no;
                if *answer { yes } else { no }.add(outcome);
            }
            Value::Date(_) => {}
        }
    }

    fn text(&mut self, text: &crate::value::Text, outcome: bool) {
        if let Some(count) = self.texts.get_mut(text.folded.as_str()) {
            count.share.add(outcome);
        } else if self.texts.len() < DISTINCT && text.given.len() <= LONGEST {
            let mut share = Share::default();
            share.add(outcome);
            self.texts.insert(text.folded.to_string(), TextCount { given: text.given.to_string(), share });
        } else {
            self.other_texts += 1;
        }
    }
}

impl Counted {
    /// Nothing counted yet.
    pub fn new(model: &Model, has_events: bool, has_outcome: bool) -> Counted {
        let usage = &model.usage;
        let value = |read| ValueCount { read, ..ValueCount::default() };
        let fields = (0..model.lead.fields.len()).map(|id| value(usage.fields.contains(&FieldId(id as u32)))).collect();
        let event = |id: EventId| {
            let properties = model.events.get(id.index()).map_or(0, |event| event.properties.len());
            let is_read = |property| usage.properties.contains(&(id, PropertyId(property as u32)));
            EventCount {
                properties: (0..properties).map(|place| value(is_read(place))).collect(),
                ..Default::default()
            }
        };
        Counted {
            rules: vec![RuleCount::default(); model.rules as usize],
            fields,
            events: (0..model.events.len()).map(|id| event(EventId(id as u32))).collect(),
            bands: model
                .scores
                .iter()
                .map(|score| vec![0; score.bands.as_ref().map_or(0, |it| it.bands.len())])
                .collect(),
            missing_scores: vec![0; model.scores.len()],
            met: vec![0; model.thresholds.len()],
            with_outcome: has_outcome.then_some(0),
            has_events,
            ..Counted::default()
        }
    }

    /// Evaluates a lead and counts what it shows.
    pub fn count(&mut self, model: &Model, lead: &Lead, events: &[Event], as_of: Instant, outcome: Option<&Condition>) {
        let previous = Previous { met: vec![false; model.thresholds.len()] };
        let evaluation = evaluate(model, lead, events, &previous, as_of, None);
        let outcome = outcome.is_some_and(|outcome| evaluation.holds(outcome));
        for (count, value) in self.fields.iter_mut().zip(&lead.values).filter(|(count, _)| count.read) {
            count.add(value.as_ref(), outcome);
        }
        self.events(events, as_of, outcome);
        match evaluation.results.excluded {
            Some(_) => self.excluded += 1,
            None => self.results(&evaluation, outcome),
        }
        if let Some(count) = &mut self.with_outcome {
            *count += u64::from(outcome);
        }
        self.leads += 1;
    }

    fn events(&mut self, events: &[Event], as_of: Instant, outcome: bool) {
        let mut had = vec![false; self.events.len()];
        for event in events.iter().filter(|event| event.at <= as_of) {
            let place = event.kind.index();
            let Some(count) = self.events.get_mut(place) else { continue };
            count.events += 1;
            if let Some(had) = had.get_mut(place)
                && !std::mem::replace(had, true)
            {
                count.leads += 1;
                count.with_outcome += u64::from(outcome);
            }
            for (count, value) in count.properties.iter_mut().zip(&event.values).filter(|(count, _)| count.read) {
                count.add(value.as_ref(), outcome);
            }
        }
    }

    fn results(&mut self, evaluation: &Evaluation<'_>, outcome: bool) {
        let remembered = self.remembered();
        for entry in evaluation.breakdowns.iter().flat_map(|breakdown| &breakdown.entries) {
            let EntryKind::Rule(rule) = entry.kind else { continue };
            let Some(count) = self.rules.get_mut(rule.index()) else { continue };
            if entry.took_part && !entry.dropped {
                count.leads += 1;
                count.with_outcome += u64::from(outcome);
                count.remember(self.leads, remembered);
            }
        }
        let results = &evaluation.results;
        for (counts, band) in self.bands.iter_mut().zip(&results.bands) {
            if let Some(count) = band.and_then(|band| counts.get_mut(band.index())) {
                *count += 1;
            }
        }
        for (count, score) in self.missing_scores.iter_mut().zip(&results.scores) {
            *count += u64::from(score.is_none());
        }
        for (count, met) in self.met.iter_mut().zip(&results.thresholds) {
            *count += u64::from(*met);
        }
    }

    /// Of how many leads it is known for which rules they took part.
    fn remembered(&self) -> usize {
        REMEMBERED_BYTES * 8 / self.rules.len().max(1)
    }
}

impl RuleCount {
    fn remember(&mut self, lead: u64, remembered: usize) {
        let Some(lead) = usize::try_from(lead).ok().filter(|lead| *lead < remembered) else { return };
        if self.bits.len() <= lead / 64 {
            self.bits.resize(lead / 64 + 1, 0);
        }
        if let Some(word) = self.bits.get_mut(lead / 64) {
            *word |= 1 << (lead % 64);
        }
    }
}
