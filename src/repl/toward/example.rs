//! The example of the analysis: a lead that meets the condition, of which what the lead at hand lacks is taken over.

use super::change::Change;
use super::search::Trials;
use crate::analysis::{Analysis, Verdict, Witness};
use crate::model::{ConditionKind, FieldId};

pub(super) enum Example {
    Changes(Vec<Change>),
    /// No lead can meet it: a proof.
    Impossible,
    None,
}

pub(super) fn of(trials: &Trials<'_>) -> Example {
    let analysis = Analysis::new(trials.model, trials.as_of);
    let nothing_met = !trials.subject.previous.met.contains(&true);
    let verdict = match &trials.condition.kind {
        ConditionKind::Threshold(threshold) if nothing_met => analysis.can_meet(*threshold, &[]),
        _ => analysis.can_hold(trials.condition),
    };
    match verdict {
        Verdict::No if nothing_met => Example::Impossible,
        Verdict::No | Verdict::Unknown => Example::None,
        Verdict::Yes(witness) => taken_over(trials, &witness),
    }
}

fn taken_over(trials: &Trials<'_>, witness: &Witness) -> Example {
    let model = trials.model;
    let lead = witness.to_lead(model);
    let events = witness.to_events(model).into_iter().map(Change::Event);
    let differs = |id: FieldId| trials.subject.value(id) != lead.values.get(id.index()).and_then(Option::as_ref);
    let fields =
        (0..model.lead.fields.len() as u32).map(FieldId).filter(|id| model.lead.key != Some(*id) && differs(*id));
    let set = fields.map(|id| Change::Field(id, lead.values.get(id.index()).cloned().flatten()));
    match trials.made_small(set.chain(events).collect()) {
        Some(changes) if !changes.is_empty() => Example::Changes(changes),
        _ => Example::None,
    }
}
