//! States, and what is ignored, in words.

use super::users::Users;
use crate::model::{Each, EventId, LimitScope, OccurrenceLimit};
use crate::plan::census::kind_name;
use crate::plan::naming::Naming;
use crate::plan::{Asks, MaskId, Plan, Selection, State, StateId, ValueId, WhichPlan};
use crate::value::CalendarUnit;
use serde::Serialize;
use std::collections::BTreeSet;

#[derive(Debug, Serialize)]
pub struct ShownState {
    /// From 1
    pub number: u32,
    pub asks: String,
    /// `fixed`, `per bucket` or `list`
    pub kind: &'static str,
    pub why: String,
    pub used_by: Vec<String>,
}

#[derive(Debug, Serialize)]
pub struct ShownIgnore {
    pub selects: String,
}

pub(super) fn ignore(plan: &Plan<'_>, of: &Selection) -> ShownIgnore {
    ShownIgnore { selects: selection(plan, of) }
}

pub(super) fn state(plan: &Plan<'_>, id: u32, state: &State, users: &Users) -> ShownState {
    let of = selection(plan, &state.of);
    let asks = match &state.asks {
        Asks::Count => format!("count of {of}"),
        Asks::CountOfDistinct(key) => format!("count of distinct {} in {of}", key.name),
        Asks::Sum(key) => format!("sum of {} in {of}", key.name),
        Asks::Average(key) => format!("average of {} in {of}", key.name),
        Asks::Highest(key) => format!("highest of {} in {of}", key.name),
        Asks::Lowest(key) => format!("lowest of {} in {of}", key.name),
        Asks::Latest(key) => format!("latest {} in {of}", key.name),
        Asks::First(key) => format!("first {} in {of}", key.name),
        Asks::LatestAt => format!("latest at in {of}"),
        Asks::FirstAt => format!("first at in {of}"),
        Asks::Points(each) => {
            let each_of = match &each.each {
                Each::Event => String::new(),
                Each::Calendar { unit, at_least } => format!("{} with at least {at_least} ", unit_name(*unit)),
                Each::Property { property, at_least } => format!("{} with at least {at_least} ", property.name),
                Each::At { at_least } => format!("at with at least {at_least} "),
            };
            let limits: String = each.limits.iter().map(limit).collect();
            let decay = if each.decay.is_some() { " decay" } else { "" };
            format!("points for each {each_of}{of}{limits}{decay}")
        }
    };
    let used_by = users.of_state(StateId(id));
    ShownState { number: id + 1, asks, kind: kind_name(state.kind), why: state.why.clone(), used_by }
}

fn limit(limit: &OccurrenceLimit) -> String {
    let times = match limit.times {
        1 => " once".to_owned(),
        times => format!(" at most {times} times"),
    };
    match &limit.scope {
        LimitScope::Plain => times,
        LimitScope::PerCalendar(unit) => format!("{times} per {}", unit_name(*unit)),
        LimitScope::PerProperty(property) => format!("{times} per {}", property.name),
        LimitScope::PerAt => format!("{times} per at"),
        LimitScope::InAny(length) => format!("{times} in any {length}"),
    }
}

fn unit_name(unit: CalendarUnit) -> &'static str {
    match unit {
        CalendarUnit::Hour => "hour",
        CalendarUnit::Day => "day",
        CalendarUnit::Week => "week",
        CalendarUnit::Month => "month",
    }
}

fn types(plan: &Plan<'_>, types: &BTreeSet<EventId>) -> String {
    if types.len() > 1 && types.len() == plan.model.events.len() {
        return "events".to_owned();
    }
    let names = types.iter().filter_map(|event| plan.model.events.get(event.index()));
    names.map(|event| event.name.as_str()).collect::<Vec<_>>().join(", ")
}

fn filter(plan: &Plan<'_>, filter: Option<MaskId>) -> String {
    let naming = Naming { model: plan.model, nodes: &plan.event, lead: Some(&plan.lead) };
    let mut said = String::new();
    if let Some(filter) = filter {
        said.push_str(" where ");
        naming.value(&mut said, ValueId::Mask(filter));
    }
    said
}

fn which(plan: &Plan<'_>, which: &WhichPlan) -> String {
    format!("{}{}", types(plan, &which.types), filter(plan, which.filter))
}

/// Windows that `as of` fixes are shown as instants.
fn selection(plan: &Plan<'_>, of: &Selection) -> String {
    let naming = Naming { model: plan.model, nodes: &plan.lead, lead: None };
    let date = |date| naming.said(ValueId::Date(date));
    let mut said = format!("{}{}", types(plan, &of.types), filter(plan, of.filter));
    let windows = [
        of.not_before.map(|instant| format!("since {instant}")),
        of.since.map(|since| format!("since {}", date(since))),
        of.before.map(|instant| format!("before {instant}")),
        of.before_date.map(|before| format!("before {}", date(before))),
    ];
    let looked_back = of.since_last.iter().map(|last| format!("since last {}", which(plan, last)));
    let within = of.within_after.iter().map(|(length, after)| format!("within {length} after {}", which(plan, after)));
    for window in windows.into_iter().flatten().chain(looked_back).chain(within) {
        said.push(' ');
        said.push_str(&window);
    }
    said
}
