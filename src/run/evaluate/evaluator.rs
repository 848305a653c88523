//! A batch from its columns to its results: the steps of the plan, exclusion, and what is asked of the results.

use super::groups::Scoring;
use super::rules::Recorder;
use super::scores::ScoreRun;
use super::settle::Settler;
use super::values::{Inputs, Values};
use super::{BatchResults, LeadEvents, StateColumn};
use crate::model::{BandId, ExcludeId, FieldId, MatrixId, Model, RuleId, ScoreId, ThresholdId};
use crate::plan::{Plan, StateId, Step, ValueId};
use crate::run::batch::{Column, LeadBatch, Mask, NumberColumn, YesNoColumn};
use crate::value::Instant;

/// Evaluates batch after batch; what was worked out for a text is kept from one to the next.
pub struct Evaluator<'plan> {
    plan: &'plan Plan<'plan>,
    lead: Settler<'plan>,
    after: Settler<'plan>,
    scores: Vec<ScoreRun<'plan>>,
}

/// One batch on its way.
struct Batch<'b, 'a> {
    leads: &'a LeadBatch,
    events: &'b dyn LeadEvents,
    met_before: &'b [Mask],
    states: Vec<Option<StateColumn>>,
    results: BatchResults,
    recorder: Option<Recorder>,
}

/// What the nodes of a lead's scope, and of the scope of results, are made of.
struct LeadInputs<'i> {
    model: &'i Model,
    as_of: Instant,
    leads: &'i LeadBatch,
    states: &'i [Option<StateColumn>],
    results: &'i BatchResults,
    /// Whether exclusion has been seen to.
    is_final: bool,
}

impl Inputs for LeadInputs<'_> {
    fn rows(&self) -> usize {
        self.leads.rows
    }
    fn model(&self) -> &Model {
        self.model
    }
    fn as_of(&self) -> Instant {
        self.as_of
    }
    fn field(&self, field: FieldId) -> Option<&Column> {
        self.leads.fields.get(&field)
    }
    fn state(&self, state: StateId) -> Option<&Column> {
        match self.states.get(state.index())? {
            Some(StateColumn::Value(column)) => Some(column),
            Some(StateColumn::Points { .. }) | None => None,
        }
    }
    fn score(&self, score: ScoreId) -> Option<&NumberColumn> {
        self.results.scores.get(score.index())
    }
    fn band(&self, score: ScoreId) -> Option<&[Option<BandId>]> {
        self.results.bands.get(score.index()).map(Vec::as_slice)
    }
    fn matrix(&self, matrix: MatrixId) -> Option<&[Option<(BandId, BandId)>]> {
        self.results.matrices.get(matrix.index()).map(Vec::as_slice)
    }
    fn threshold(&self, threshold: ThresholdId) -> Option<&Mask> {
        self.results.thresholds.get(threshold.index())
    }
    fn points_of(&self, rule: RuleId) -> Option<&NumberColumn> {
        self.results.rules.get(rule.index()).map(|rule| &rule.points)
    }
    fn excluded(&self) -> Option<&[Option<ExcludeId>]> {
        self.is_final.then_some(&self.results.excluded[..])
    }
}

impl<'plan> Evaluator<'plan> {
    pub fn new(plan: &'plan Plan<'plan>) -> Evaluator<'plan> {
        let scores = plan.scores.iter().enumerate();
        Evaluator {
            plan,
            lead: Settler::new(&plan.lead, plan.model, plan.as_of),
            after: Settler::new(&plan.after, plan.model, plan.as_of),
            scores: scores.map(|(place, score)| ScoreRun::new(score, plan.model, place)).collect(),
        }
    }

    /// The results of a batch. `met_before`: for each threshold the leads that met it before.
    pub fn evaluate(&mut self, leads: &LeadBatch, events: &dyn LeadEvents, met_before: &[Mask]) -> BatchResults {
        let mut batch = Batch {
            leads,
            events,
            met_before,
            states: vec![None; self.plan.states.len()],
            results: blank_results(self.plan, leads.rows),
            recorder: self.plan.rules.then(|| Recorder::new(self.plan.model.rules, leads.rows)),
        };
        let mut values = self.lead.begin(leads.rows, &|field| leads.fields.get(&field));
        for step in &self.plan.steps {
            self.step(*step, &mut values, &mut batch);
        }
        batch.results.rules = batch.recorder.take().map(|recorder| recorder.columns).unwrap_or_default();
        self.exclude(&values, &mut batch.results);
        self.ask_results(&values, &mut batch);
        batch.results.too_large.or(values.too_large());
        if let Some(too_large) = events.too_large() {
            batch.results.too_large.or(&too_large);
        }
        self.lead.finish(values);
        batch.results
    }

    /// Takes back the memory of results that are done with.
    pub fn give_back(&mut self, results: BatchResults) {
        for column in results.scores {
            self.lead.spare.keep_column(Column::Number(column));
        }
    }

    fn step(&mut self, step: Step, values: &mut Values<'_>, batch: &mut Batch<'_, '_>) {
        match step {
            Step::Value(value) => {
                let inputs = LeadInputs {
                    model: self.plan.model,
                    as_of: self.plan.as_of,
                    leads: batch.leads,
                    states: &batch.states,
                    results: &batch.results,
                    is_final: false,
                };
                self.lead.settle(values, value, &inputs);
            }
            Step::State(state) => ask_state(state, values, batch),
            Step::Score(score) => self.settle_score(score, values, batch),
            Step::Matrix(matrix) => settle_matrix(self.plan.model, matrix, &mut batch.results),
            Step::Threshold(threshold) => self.settle_threshold(threshold, values, batch),
        }
    }

    fn settle_score(&mut self, id: ScoreId, values: &mut Values<'_>, batch: &mut Batch<'_, '_>) {
        let Some(score) = self.scores.get_mut(id.index()) else { return };
        let mut scoring =
            Scoring { settler: &mut self.lead, values, states: &batch.states, recorder: batch.recorder.as_mut() };
        let column = score.settle(&mut scoring);
        let bands = score.bands(&column);
        put(&mut batch.results.scores, id.index(), column);
        put(&mut batch.results.bands, id.index(), bands);
    }

    /// Met where `until` does not hold and either `when` holds or, with `until` or `stays`, it was met before. Not met
    /// where a score that it reads is missing.
    fn settle_threshold(&mut self, id: ThresholdId, values: &Values<'_>, batch: &mut Batch<'_, '_>) {
        let (Some(plan), Some(threshold)) =
            (self.plan.thresholds.get(id.index()), self.plan.model.thresholds.get(id.index()))
        else {
            return;
        };
        let mut met = self.lead.mask_or_none(values, plan.when);
        if (plan.stays || plan.until.is_some())
            && let Some(before) = batch.met_before.get(id.index())
        {
            met.or(before);
        }
        if let Some(until) = plan.until {
            let until = self.lead.mask_or_none(values, until);
            met.and_not(&until);
        }
        for score in &threshold.reads {
            if let Some(column) = batch.results.scores.get(score.index()) {
                met.and(&column.known);
            }
        }
        put(&mut batch.results.thresholds, id.index(), met);
    }

    /// The first exclusion that holds; every known score is then 0, brought inside its limits, there are no bands and no
    /// cells, and no threshold is met.
    fn exclude(&mut self, values: &Values<'_>, results: &mut BatchResults) {
        let mut excluded = Mask::new(results.rows, false);
        for (mask, id) in self.plan.excludes.iter().zip((0..).map(ExcludeId)) {
            let mut new = self.lead.mask_or_none(values, *mask);
            new.and_not(&excluded);
            new.each(|row| put(&mut results.excluded, row, Some(id)));
            excluded.or(&new);
        }
        if !excluded.any() {
            return;
        }
        for (score, column) in self.scores.iter().zip(&mut results.scores) {
            let mut known = excluded.clone();
            known.and(&column.known);
            known.each(|row| put(&mut column.values, row, score.excluded()));
        }
        for bands in &mut results.bands {
            excluded.each(|row| put(bands, row, None));
        }
        for cells in &mut results.matrices {
            excluded.each(|row| put(cells, row, None));
        }
        results.thresholds.iter_mut().for_each(|met| met.and_not(&excluded));
    }

    /// `--only` and `--keep`, which see the final results.
    fn ask_results(&mut self, values: &Values<'_>, batch: &mut Batch<'_, '_>) {
        if self.plan.only.is_none() && self.plan.kept.is_empty() {
            return;
        }
        let leads = batch.leads;
        let mut after = self.after.begin(leads.rows, &|field| leads.fields.get(&field));
        for step in &self.plan.after_steps {
            match step {
                Step::Value(value) => {
                    let inputs = LeadInputs {
                        model: self.plan.model,
                        as_of: self.plan.as_of,
                        leads,
                        states: &batch.states,
                        results: &batch.results,
                        is_final: true,
                    };
                    self.after.settle(&mut after, *value, &inputs);
                }
                Step::State(state) => ask_state(*state, values, batch),
                Step::Score(_) | Step::Matrix(_) | Step::Threshold(_) => {}
            }
        }
        if let Some(only) = self.plan.only {
            batch.results.only = self.after.mask_or_none(&after, only);
        }
        batch.results.kept = self.plan.kept.iter().map(|kept| kept_column(&after, *kept)).collect();
        self.after.finish(after);
    }
}

fn blank_results(plan: &Plan<'_>, rows: usize) -> BatchResults {
    let model = plan.model;
    BatchResults {
        rows,
        excluded: vec![None; rows],
        scores: vec![NumberColumn::default(); model.scores.len()],
        bands: vec![Vec::new(); model.scores.len()],
        matrices: vec![Vec::new(); model.matrices.len()],
        thresholds: vec![Mask::default(); model.thresholds.len()],
        too_large: Mask::new(rows, false),
        only: Mask::new(rows, true),
        kept: Vec::new(),
        rules: Vec::new(),
    }
}

fn ask_state(state: StateId, values: &Values<'_>, batch: &mut Batch<'_, '_>) {
    if let Some(place @ None) = batch.states.get_mut(state.index()) {
        *place = Some(batch.events.state(state, values));
    }
}

fn settle_matrix(model: &Model, id: MatrixId, results: &mut BatchResults) {
    let Some(matrix) = model.matrices.get(id.index()) else { return };
    let (Some(rows), Some(columns)) =
        (results.bands.get(matrix.rows.index()), results.bands.get(matrix.columns.index()))
    else {
        return;
    };
    let cells = rows.iter().zip(columns).map(|(row, column)| row.zip(*column)).collect();
    put(&mut results.matrices, id.index(), cells);
}

fn kept_column(values: &Values<'_>, kept: ValueId) -> Column {
    match kept {
        ValueId::Mask(mask) => Column::YesNo(YesNoColumn {
            yes: values.mask(mask).cloned().unwrap_or_else(|| Mask::new(values.rows(), false)),
            known: Mask::new(values.rows(), true),
        }),
        value => values.column(value).cloned().unwrap_or(Column::Number(NumberColumn {
            values: vec![Default::default(); values.rows()],
            known: Mask::new(values.rows(), false),
        })),
    }
}

fn put<T>(places: &mut [T], index: usize, value: T) {
    if let Some(place) = places.get_mut(index) {
        *place = value;
    }
}
