//! The plan over batches, as `run` uses it.

use super::chance::Chance;
use super::files;
use super::given::{GivenLead, Typed};
use super::outcome::{Outcome, Questions};
use crate::harness::Folder;
use scorelang::data::Source;
use scorelang::model::{Event, Lead, Model};
use scorelang::plan::{Asked, PASSES, Passes, Plan};
use scorelang::run::batch::{Column, LeadColumns, Mask, NO_TEXT};
use scorelang::run::evaluate::{BatchResults, Evaluator, LeadEvents, NoEvents};
use scorelang::run::events::{EventStore, Reading};
use scorelang::value::{Instant, Value};

/// What must not matter.
#[derive(Debug, Clone, Copy)]
pub struct Manner {
    /// Leads in a batch
    pub batch: usize,
    /// Whether the points of single rules are asked for
    pub rules: bool,
    /// Whether texts keep their codes from batch to batch
    pub one_pool: bool,
    /// Events from a file, by so many threads, in so much memory
    pub file: Option<(usize, u64)>,
    /// Places in [`PASSES`] of optimisations that are left out
    pub without: u64,
}

impl Manner {
    pub fn of_seed(seed: u64) -> Manner {
        let mut chance = Chance::new(seed ^ 0x5eed);
        Manner {
            batch: *chance.pick(&[1, 3, 64, 65, 4096]),
            rules: chance.percent(60),
            one_pool: chance.percent(60),
            without: if chance.percent(15) { chance.next() } else { 0 },
            file: chance.percent(12).then(|| (chance.between(1, 3), *chance.pick(&[1, 2_000, 1 << 30]))),
        }
    }
}

/// A step towards the plainest manner.
type Plainer = fn(Manner) -> Manner;

impl Manner {
    /// Each of them changes one thing.
    pub fn plainer(self) -> [Plainer; 7] {
        [
            |manner| Manner { file: None, ..manner },
            |manner| Manner { file: manner.file.map(|(threads, _)| (threads, 1 << 30)), ..manner },
            |manner| Manner { file: manner.file.map(|(_, memory)| (1, memory)), ..manner },
            |manner| Manner { without: 0, ..manner },
            |manner| Manner { one_pool: true, ..manner },
            |manner| Manner { rules: false, ..manner },
            |manner| Manner { batch: 4096, ..manner },
        ]
    }
}

pub struct Asking<'a> {
    pub model: &'a Model,
    pub questions: &'a Questions,
    pub as_of: Instant,
    pub manner: Manner,
}

/// The plan's word about each lead; `look` sees the plan.
pub fn outcomes(
    asking: &Asking<'_>,
    given: &[GivenLead],
    typed: &[Typed],
    look: &mut dyn FnMut(&Plan<'_>),
) -> Result<Vec<Outcome>, String> {
    let Asking { model, questions, as_of, manner } = asking;
    let asked = Asked { only: questions.only.clone(), kept: questions.kept.clone(), rules: manner.rules };
    let left_out = PASSES.iter().enumerate().filter(|(place, _)| manner.without >> place & 1 == 1);
    let passes = left_out.fold(Passes::ALL, |passes, (_, (pass, _))| passes.without(*pass));
    let plan = Plan::with(model, *as_of, &asked, passes);
    look(&plan);
    if model.events.is_empty() {
        return evaluated(asking, &plan, typed, &|_: &[&str]| {
            Ok(Box::new(NoEvents { plan: &plan }) as Box<dyn LeadEvents>)
        });
    }
    let store = match manner.file {
        Some((threads, memory)) => read_from_file(model, &plan, given, Reading { threads, memory })?,
        None => {
            let events: Vec<(&str, &[Event])> =
                typed.iter().map(|typed| (typed.lead.key.as_str(), typed.events.as_slice())).collect();
            EventStore::of(&plan, &events)
        }
    };
    evaluated(asking, &plan, typed, &|keys: &[&str]| {
        let events = store.take(keys, &[]).map_err(|error| format!("{error:?}"))?;
        if let Some(bad) = events.bad().first() {
            return Err(format!("an event could not be read: {bad:?}"));
        }
        Ok(Box::new(events) as Box<dyn LeadEvents>)
    })
}

/// What the events of these leads, by key, come to.
type EventsOf<'a, 's> = &'a dyn Fn(&[&str]) -> Result<Box<dyn LeadEvents + 's>, String>;

fn evaluated<'s>(
    asking: &Asking<'_>,
    plan: &Plan<'_>,
    typed: &[Typed],
    events_of: EventsOf<'_, 's>,
) -> Result<Vec<Outcome>, String> {
    let Asking { model, manner, .. } = asking;
    let mut evaluator = Evaluator::new(plan);
    let mut columns = LeadColumns::new(plan);
    let mut all = Vec::new();
    for batch in typed.chunks(manner.batch) {
        let leads: Vec<&Lead> = batch.iter().map(|typed| &typed.lead).collect();
        let keys: Vec<&str> = leads.iter().map(|lead| lead.key.as_str()).collect();
        let table = if manner.one_pool { columns.batch(&leads) } else { LeadColumns::new(plan).batch(&leads) };
        let events = events_of(&keys)?;
        let met: Vec<Mask> = (0..model.thresholds.len())
            .map(|threshold| Mask::of(batch.iter().map(|typed| typed.previous.met[threshold])))
            .collect();
        let results = evaluator.evaluate(&table, &*events, &met);
        all.extend((0..batch.len()).map(|row| outcome(&results, row, manner.rules)));
    }
    Ok(all)
}

fn read_from_file<'plan>(
    model: &Model,
    plan: &'plan Plan<'plan>,
    given: &[GivenLead],
    reading: Reading,
) -> Result<EventStore<'plan>, String> {
    let folder = Folder::empty().with("events.ndjson", files::events_as_ndjson(model, given));
    let source = Source { path: Some(folder.path("events.ndjson")), format: None, event: None };
    let store = EventStore::read(&[source], plan, reading, &mut |_| Ok(())).map_err(|error| format!("{error:?}"))?;
    match store.broken().first() {
        Some(bad) => Err(format!("an event could not be read: {bad:?}")),
        None => Ok(store),
    }
}

fn outcome(results: &BatchResults, row: usize, rules: bool) -> Outcome {
    let number = |column: &scorelang::run::batch::NumberColumn| column.known.get(row).then(|| column.values[row]);
    Outcome {
        excluded: results.excluded[row],
        scores: results.scores.iter().map(number).collect(),
        bands: results.bands.iter().map(|bands| bands[row]).collect(),
        matrices: results.matrices.iter().map(|cells| cells[row]).collect(),
        thresholds: results.thresholds.iter().map(|met| met.get(row)).collect(),
        only: results.only.get(row),
        kept: results.kept.iter().map(|column| value(column, row)).collect(),
        rules: match rules {
            true => results.rules.iter().map(|rule| Some((number(&rule.points)?, rule.took_part.get(row)))).collect(),
            false => Vec::new(),
        },
        too_large: results.too_large.get(row),
    }
}

fn value(column: &Column, row: usize) -> Option<Value> {
    match column {
        Column::Number(numbers) => numbers.known.get(row).then(|| Value::Number(numbers.values[row])),
        Column::Text(texts) if texts.codes[row] == NO_TEXT => None,
        Column::Text(texts) => Some(Value::Text(texts.texts.texts[texts.codes[row] as usize].clone())),
        Column::YesNo(answers) => answers.known.get(row).then(|| Value::YesNo(answers.yes.get(row))),
        Column::Date(dates) => dates.values[row].map(Value::Date),
        Column::List(lists) => lists.values[row].as_ref().map(|texts| Value::List(texts.to_vec())),
    }
}
