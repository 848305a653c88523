//! Each lead scored as of a date of its own, so that nothing that happened later counts: `--as-of-field`.
//!
//! A plan is made for one instant; here the reference evaluator takes the leads one by one.

use super::{Asked, Counting, Tally};
use crate::data::BadRow;
use crate::data::events::Events;
use crate::data::leads::{LeadRow, Leads, ReadLead};
use crate::model::{AnyExpr, Event, Lead, Model, Previous, RuleId};
use crate::reference::{EntryKind, Evaluation, evaluate};
use crate::run::batch::{Column, DateColumn, ListColumn, Mask, NumberColumn, TextColumn, TextInterner, YesNoColumn};
use crate::run::evaluate::{BatchResults, RuleColumn};
use crate::run::in_order::in_order;
use crate::run::{BAD_ROWS_TOLD, Stop, Tick};
use crate::value::{Decimal, Instant, Moment, Value};
use std::sync::Arc;

/// Leads that are evaluated together.
const BLOCK: usize = 512;

/// What came of it.
#[derive(Debug, Default)]
pub struct Dated {
    pub tally: Tally,
    pub leads_read: u64,
    /// Leads without a date: they are scored as of the report's instant.
    pub without_date: u64,
    pub warnings: Vec<String>,
}

/// A lead with its events and the instant as of which it is scored.
struct Job {
    lead: Lead,
    events: Vec<Event>,
    as_of: Instant,
}

/// Counts every lead as of its own date; where it has none, as of `as_of`.
///
/// # Errors
/// [`Stop`]: a file cannot be read, or there are bad rows.
pub fn dated(
    asked: &Asked,
    counting: &Counting<'_>,
    mut leads: Leads<'_>,
    mut events: Option<Events<'_>>,
    as_of: Instant,
    threads: usize,
    tick: Tick<'_>,
) -> Result<Dated, Stop> {
    let mut dated = Dated::default();
    let mut bad: Vec<BadRow> = events.as_ref().map(|events| events.broken().to_vec()).unwrap_or_default();
    let mut without_date = 0;
    let mut read = 0;
    let mut all = Tally::default();
    in_order(
        threads,
        || {
            let (at, of) = leads.progress();
            tick(at, of)?;
            let mut jobs = Vec::new();
            while jobs.len() < BLOCK {
                match leads.next()? {
                    None => break,
                    Some(LeadRow::Bad(row)) => bad.push(row),
                    Some(LeadRow::Lead(lead)) => {
                        let mine = events.as_mut().map(|events| events.take(&lead)).unwrap_or_default();
                        bad.extend(mine.bad);
                        let date = own_date(asked, &lead, as_of);
                        without_date += u64::from(date.is_none());
                        jobs.push(Job { lead: lead.lead, events: mine.events, as_of: date.unwrap_or(as_of) });
                    }
                }
                if bad.len() >= BAD_ROWS_TOLD {
                    return Err(Stop::BadRows { rows: std::mem::take(&mut bad), more: true });
                }
            }
            read += jobs.len() as u64;
            Ok((!jobs.is_empty()).then_some(jobs))
        },
        |jobs: Vec<Job>| {
            let results = results(asked, &jobs);
            counting.count(&results, &Mask::new(jobs.len(), true))
        },
        |tally| {
            all.merge(tally);
            Ok(())
        },
    )?;
    if !bad.is_empty() {
        return Err(Stop::BadRows { rows: bad, more: false });
    }
    dated.warnings.extend(leads.warnings());
    dated.warnings.extend(events.iter().flat_map(Events::warnings));
    (dated.tally, dated.leads_read, dated.without_date) = (all, read, without_date);
    Ok(dated)
}

/// A bare date is its last microsecond, as with `--as-of`.
fn own_date(asked: &Asked, lead: &ReadLead, as_of: Instant) -> Option<Instant> {
    let date = AnyExpr::Date(asked.as_of.clone()?);
    let previous = Previous::default();
    let evaluation = evaluate(&asked.model, &lead.lead, &[], &previous, as_of, None);
    match evaluation.value(&date) {
        Some(Value::Date(moment)) => Some(moment.last(&asked.model.zone)),
        _ => None,
    }
}

/// As the plan would give them.
fn results(asked: &Asked, jobs: &[Job]) -> BatchResults {
    let model = &asked.model;
    let previous = Previous::default();
    let evaluations: Vec<Evaluation<'_>> =
        jobs.iter().map(|job| evaluate(model, &job.lead, &job.events, &previous, job.as_of, None)).collect();
    let rows = evaluations.len();
    let of_score = |at: usize| number_column(evaluations.iter().map(|it| it.results.scores.get(at).copied().flatten()));
    let of_band = |at: usize| evaluations.iter().map(|it| it.results.bands.get(at).copied().flatten()).collect();
    let met = |at: usize| Mask::of(evaluations.iter().map(|it| it.results.thresholds.get(at) == Some(&true)));
    BatchResults {
        rows,
        excluded: evaluations.iter().map(|it| it.results.excluded).collect(),
        scores: (0..model.scores.len()).map(of_score).collect(),
        bands: (0..model.scores.len()).map(of_band).collect(),
        matrices: Vec::new(),
        thresholds: (0..model.thresholds.len()).map(met).collect(),
        too_large: Mask::new(rows, false),
        only: Mask::new(rows, true),
        kept: asked.values.iter().map(|value| kept(value, &evaluations)).collect(),
        rules: rules(model, &evaluations),
    }
}

fn rules(model: &Model, evaluations: &[Evaluation<'_>]) -> Vec<RuleColumn> {
    let rows = evaluations.len();
    let blank = || RuleColumn {
        points: NumberColumn { values: vec![Decimal::ZERO; rows], known: Mask::new(rows, true) },
        took_part: Mask::new(rows, false),
    };
    let mut columns: Vec<RuleColumn> = (0..model.rules).map(|_| blank()).collect();
    for (row, evaluation) in evaluations.iter().enumerate() {
        for entry in evaluation.breakdowns.iter().flat_map(|breakdown| &breakdown.entries) {
            let EntryKind::Rule(RuleId(id)) = entry.kind else { continue };
            let Some(column) = columns.get_mut(id as usize).filter(|_| entry.took_part && !entry.dropped) else {
                continue;
            };
            column.took_part.set(row, true);
            if let Some(points) = column.points.values.get_mut(row) {
                *points = entry.points;
            }
        }
    }
    columns
}

fn number_column(values: impl ExactSizeIterator<Item = Option<Decimal>> + Clone) -> NumberColumn {
    NumberColumn {
        known: Mask::of(values.clone().map(|value| value.is_some())),
        values: values.map(Option::unwrap_or_default).collect(),
    }
}

/// The values of one expression, a row each.
fn kept(expr: &AnyExpr, evaluations: &[Evaluation<'_>]) -> Column {
    if let AnyExpr::Condition(condition) = expr {
        let yes = Mask::of(evaluations.iter().map(|evaluation| evaluation.holds(condition)));
        return Column::YesNo(YesNoColumn { yes, known: Mask::new(evaluations.len(), true) });
    }
    let values: Vec<Option<Value>> = evaluations.iter().map(|evaluation| evaluation.value(expr)).collect();
    match expr {
        AnyExpr::Number(_) => Column::Number(number_column(
            values.iter().map(|value| if let Some(Value::Number(number)) = value { Some(*number) } else { None }),
        )),
        AnyExpr::Date(_) => Column::Date(DateColumn { values: values.iter().map(date).collect() }),
        AnyExpr::Text(_) => {
            let mut texts = TextInterner::default();
            texts.begin();
            let code = |value: &Option<Value>| match value {
                Some(Value::Text(text)) => texts.code(text),
                _ => crate::run::batch::NO_TEXT,
            };
            let codes = values.iter().map(code).collect();
            Column::Text(TextColumn { codes, texts: texts.pool() })
        }
        AnyExpr::YesNo(_) | AnyExpr::Condition(_) => Column::YesNo(YesNoColumn {
            yes: Mask::of(values.iter().map(|value| matches!(value, Some(Value::YesNo(true))))),
            known: Mask::of(values.iter().map(Option::is_some)),
        }),
        AnyExpr::List(_) => Column::List(ListColumn {
            values: values
                .into_iter()
                .map(|value| if let Some(Value::List(list)) = value { Some(Arc::new(list)) } else { None })
                .collect(),
        }),
    }
}

fn date(value: &Option<Value>) -> Option<Moment> {
    if let Some(Value::Date(date)) = value { Some(*date) } else { None }
}
