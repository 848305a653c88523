//! One case through both evaluators.

use super::case::Case;
use super::census::{Census, variant};
use super::given::Typed;
use super::outcome::{Outcome, Questions, expected};
use super::subject::{Asking, Manner, outcomes};
use scorelang::model::Model;
use scorelang::plan::{Plan, State};
use std::panic::{AssertUnwindSafe, catch_unwind};

/// What is wrong with a case.
#[derive(Debug, Clone)]
pub enum Failure {
    /// The checker does not take the model: nothing is compared. Its code, and the message.
    Refused(String, String),
    Panicked(String),
    /// Which lead, and in what.
    Differs(usize, Vec<String>),
}

impl Failure {
    fn is_like(&self, other: &Failure) -> bool {
        std::mem::discriminant(self) == std::mem::discriminant(other)
    }
}

/// Both evaluators over a case, in a manner.
pub fn check(case: &Case, manner: Manner, census: &mut Census) -> Result<(), Failure> {
    let model = case.compile().map_err(|(code, message)| Failure::Refused(code, message))?;
    let questions = Questions::of(case, &model).map_err(|why| Failure::Refused(why, String::new()))?;
    let compared = catch_unwind(AssertUnwindSafe(|| compare(case, &model, &questions, manner, census)));
    compared.unwrap_or_else(|panic| {
        let text = panic.downcast_ref::<String>().cloned();
        let text = text.or_else(|| panic.downcast_ref::<&str>().map(|text| text.to_string()));
        Err(Failure::Panicked(text.unwrap_or_default()))
    })
}

fn compare(
    case: &Case,
    model: &Model,
    questions: &Questions,
    manner: Manner,
    census: &mut Census,
) -> Result<(), Failure> {
    let typed: Vec<Typed> = case.leads.iter().map(|lead| lead.typed(model)).collect();
    let wanted: Vec<Outcome> = typed.iter().map(|typed| expected(model, questions, typed, case.as_of())).collect();
    let asking = Asking { model, questions, as_of: case.as_of(), manner };
    let got = outcomes(&asking, &case.leads, &typed, &mut |plan| count_plan(census, plan));
    let got = got.map_err(|error| Failure::Differs(0, vec![error]))?;
    census.models += 1;
    case.constructs.iter().for_each(|(construct, count)| census.add(format!("written: {construct}"), *count));
    for (place, (wanted, got)) in wanted.iter().zip(&got).enumerate() {
        let differences = got.differences(wanted);
        if !differences.is_empty() {
            return Err(Failure::Differs(place, differences));
        }
        census.outcome(model, wanted);
        if wanted.too_large || got.too_large {
            census.add(format!("number too large: expected {}, got {}", wanted.too_large, got.too_large), 1);
        }
    }
    Ok(())
}

/// Every optimisation that the plan notes, and every state by its kind, what it asks and what narrows it.
fn count_plan(census: &mut Census, plan: &Plan<'_>) {
    for (what, count) in &plan.notes.census {
        census.add(format!("plan: {what}"), *count);
    }
    for state in &plan.states {
        for trait_of_state in traits(state) {
            census.add(format!("state: {:?} {} {trait_of_state}", state.kind, variant(&state.asks)), 1);
        }
    }
}

fn traits(state: &State) -> Vec<String> {
    use scorelang::plan::Asks;
    let of = &state.of;
    let mut traits = vec![String::new()];
    let windows = [
        (of.filter.is_some(), "where"),
        (of.not_before.is_some(), "not before"),
        (of.before.is_some(), "before"),
        (of.since.is_some(), "since a date of the lead"),
        (of.before_date.is_some(), "before a date of the lead"),
        (!of.since_last.is_empty(), "since last"),
        (of.within_after.is_some(), "within after"),
    ];
    traits.extend(windows.into_iter().filter(|(is, _)| *is).map(|(_, name)| name.to_string()));
    if let Asks::Points(points) = &state.asks {
        traits.push(format!("each {}", variant(&points.each)));
        traits.extend(points.limits.iter().map(|limit| format!("limit {}", variant(&limit.scope))));
        traits.push(format!("{} limits", points.limits.len().min(3)));
        traits.extend(points.decay.map(|decay| format!("decay {}", variant(&decay.curve))));
        traits.push(format!("points {}", variant(&points.points)));
    }
    traits
}

/// The case made small, and evaluated as plainly as it still fails, with what is wrong with it then.
pub fn smallest(case: &Case, manner: Manner, failure: &Failure) -> (Case, Manner, Failure) {
    let fails = |case: &Case, manner: Manner| {
        check(case, manner, &mut Census::default()).is_err_and(|other| other.is_like(failure))
    };
    let mut manner = manner;
    for plainer in manner.plainer() {
        let tried = plainer(manner);
        manner = if fails(case, tried) { tried } else { manner };
    }
    let small = super::shrink::shrunk(case, &|case| fails(case, manner));
    let failure = check(&small, manner, &mut Census::default()).err().unwrap_or_else(|| failure.clone());
    (small, manner, failure)
}

/// All that is needed to look at a failing case.
pub fn report(case: &Case, manner: Manner, failure: &Failure) -> String {
    let text = case.compile().map(|model| case.text(&model)).unwrap_or_else(|_| case.written.model.text());
    let told = match failure {
        Failure::Refused(_, message) => format!("refused\n{message}"),
        Failure::Panicked(message) => format!("panicked: {message}"),
        Failure::Differs(lead, differences) => {
            let key = case.leads.get(*lead).map_or("", |lead| lead.key.as_str());
            format!("lead {key}\n  {}", differences.join("\n  "))
        }
    };
    format!("── seed {} {manner:?}\n{text}\n{told}\n", case.seed)
}
