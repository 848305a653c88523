//! Settling every name of a model, once per lead, in an order in which each comes after all it depends on.

use super::breakdown::{Breakdown, EntryKind};
use super::facts::{Facts, Watch, settle};
use super::score::band_of;
use crate::model::{MatrixId, Previous, ScoreId, Symbol, ThresholdId};
use crate::value::Decimal;

/// Settles all names; the breakdowns of the scores come back.
pub(super) fn settle_all(facts: &mut Facts<'_>, previous: &Previous, watch: &Watch<'_>) -> Vec<Breakdown> {
    let mut breakdowns = vec![Breakdown::default(); facts.model.scores.len()];
    for symbol in &facts.model.order {
        match symbol {
            Symbol::Field(_) | Symbol::List(_) => {}
            Symbol::Define(_) | Symbol::Lookup(_) => settle_name(facts, *symbol, watch),
            Symbol::Score(score) => {
                let breakdown = settle_score(facts, *score, watch);
                settle(&mut breakdowns, score.index(), breakdown);
            }
            Symbol::Matrix(matrix) => settle_matrix(facts, *matrix),
            Symbol::Threshold(threshold) => settle_threshold(facts, *threshold, previous, watch),
        }
    }
    breakdowns
}

/// Settles a define or a lookup.
pub(super) fn settle_name(facts: &mut Facts<'_>, symbol: Symbol, watch: &Watch<'_>) {
    match symbol {
        Symbol::Define(define) => {
            let value =
                facts.model.defines.get(define.index()).and_then(|define| facts.scope(watch).value(&define.value));
            settle(&mut facts.defines, define.index(), value);
        }
        Symbol::Lookup(lookup) => {
            let value =
                facts.model.lookups.get(lookup.index()).and_then(|lookup| facts.scope(watch).looked_up(&lookup.table));
            settle(&mut facts.lookups, lookup.index(), value);
        }
        _ => {}
    }
}

fn settle_score(facts: &mut Facts<'_>, id: ScoreId, watch: &Watch<'_>) -> Breakdown {
    let Some(score) = facts.model.scores.get(id.index()) else { return Breakdown::default() };
    let breakdown = facts.scope(watch).breakdown(score);
    let band = score.bands.as_ref().zip(breakdown.total).and_then(|(bands, total)| band_of(bands, total));
    settle(&mut facts.scores, id.index(), breakdown.total);
    settle(&mut facts.bands, id.index(), band);
    if breakdown.total.is_some() {
        for entry in &breakdown.entries {
            if let EntryKind::Rule(rule) = entry.kind {
                let points = if entry.dropped { Decimal::ZERO } else { entry.points };
                settle(&mut facts.points, rule.index(), Some(points));
            }
        }
    }
    breakdown
}

fn settle_matrix(facts: &mut Facts<'_>, id: MatrixId) {
    if let Some(matrix) = facts.model.matrices.get(id.index()) {
        let cell = facts.band(matrix.rows).zip(facts.band(matrix.columns));
        settle(&mut facts.matrices, id.index(), cell);
    }
}

fn settle_threshold(facts: &mut Facts<'_>, id: ThresholdId, previous: &Previous, watch: &Watch<'_>) {
    if let Some(threshold) = facts.model.thresholds.get(id.index()) {
        let met = facts.scope(watch).meets(id, threshold, previous);
        settle(&mut facts.thresholds, id.index(), met);
    }
}
