//! A plan as text for people.

use super::lookups::{ShownClass, ShownLookup};
use super::{Shown, Used};
use serde_json::value::RawValue;
use std::fmt::Write;

/// Names behind a question before the rest is counted.
const USERS_SHOWN: usize = 4;

/// The text of `score plan`: a paragraph for each thing that there is.
pub fn human(shown: &Shown) -> String {
    let mut out = String::new();
    reads(&mut out, shown);
    subjects(&mut out, shown);
    lookups(&mut out, &shown.lookups);
    if !shown.masks.is_empty() {
        heading(&mut out, "conditions over several values, decided for 64 leads at a time");
        shown.masks.iter().for_each(|mask| used(&mut out, mask));
    }
    states(&mut out, shown);
    if !shown.alone.is_empty() {
        heading(&mut out, "rules by themselves");
        for alone in &shown.alone {
            line(&mut out, &format!("  \"{}\" ({}): {}", alone.rule, alone.score, alone.why));
        }
    }
    if !shown.dropped.is_empty() {
        heading(&mut out, "left out");
        for left in &shown.dropped {
            line(&mut out, &format!("  \"{}\" ({}): {}", left.label, left.score, left.why));
        }
    }
    if !shown.census.is_empty() {
        heading(&mut out, "done");
        for (what, times) in &shown.census {
            line(&mut out, &format!("  {times:>4} {what}"));
        }
    }
    out
}

fn line(out: &mut String, text: &str) {
    out.push_str(text.trim_end());
    out.push('\n');
}

fn heading(out: &mut String, text: &str) {
    // Writing to a text cannot fail.
    let _ = writeln!(out, "\n{text}");
}

fn reads(out: &mut String, shown: &Shown) {
    line(out, &format!("as of {}", shown.as_of_written));
    heading(out, &format!("fields read ({} of {})", shown.fields.len(), shown.declared_fields));
    let fields = if shown.fields.is_empty() { "none".to_owned() } else { shown.fields.join(", ") };
    line(out, &format!("  {fields}"));
    if !shown.events.is_empty() {
        heading(out, "events read");
    }
    for event in &shown.events {
        let properties =
            if event.properties.is_empty() { String::new() } else { format!(": {}", event.properties.join(", ")) };
        line(out, &format!("  {}{properties}", event.event));
    }
}

fn subjects(out: &mut String, shown: &Shown) {
    for (scope, text) in [
        ("lead", "questions, each asked once for all rules that share it"),
        ("event", "questions asked of an event as it is read"),
    ] {
        let mut subjects = shown.subjects.iter().filter(|subject| subject.scope == scope).peekable();
        if subjects.peek().is_some() {
            heading(out, text);
        }
        for subject in subjects {
            line(out, &format!("  {} ({})", subject.value, subject.by));
            subject.questions.iter().for_each(|question| {
                out.push_str("  ");
                used(out, question);
            });
        }
    }
}

fn used(out: &mut String, used: &Used) {
    line(out, &format!("  {}  <- {}", used.condition, users(&used.used_by)));
}

fn users(users: &[String]) -> String {
    let shown = users.get(..USERS_SHOWN.min(users.len())).unwrap_or_default().join(", ");
    match users.len().saturating_sub(USERS_SHOWN) {
        0 => shown,
        more => format!("{shown} and {more} more"),
    }
}

fn lookups(out: &mut String, lookups: &[ShownLookup]) {
    if lookups.is_empty() {
        return;
    }
    heading(out, "lookups, from a value to the points of all its rules");
    for lookup in lookups {
        let rules: usize = lookup.rules.len();
        let rules = format!("{rules} rule{}", if rules == 1 { "" } else { "s" });
        line(out, &format!("  {} by {} ({}, {rules})", lookup.score, lookup.value, lookup.choice));
        if lookup.classes.is_empty() {
            for rule in &lookup.rules {
                line(out, &format!("    {:>8}  {}", points(rule.points.as_deref()), rule.condition));
            }
        }
        for ShownClass { values, points: given } in &lookup.classes {
            line(out, &format!("    {:>8}  {values}", points(given.as_deref())));
        }
    }
}

/// `+5`, `-2`, `0`; `-` where no rule holds
fn points(points: Option<&RawValue>) -> String {
    match points.map(RawValue::get) {
        None => "-".to_owned(),
        Some(number) if number.starts_with('-') || number == "0" => number.to_owned(),
        Some(number) => format!("+{number}"),
    }
}

fn states(out: &mut String, shown: &Shown) {
    if !shown.ignores.is_empty() {
        heading(out, "ignored");
        shown.ignores.iter().for_each(|ignore| line(out, &format!("  {}", ignore.selects)));
    }
    if !shown.states.is_empty() {
        heading(out, "kept of each lead's events");
    }
    for state in &shown.states {
        line(out, &format!("  state {}: {}  <- {}", state.number, state.asks, users(&state.used_by)));
        line(out, &format!("    {}: {}", state.kind, state.why));
    }
}
