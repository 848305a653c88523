//! For the tests of lints: a lint on a text, with every example held against the reference evaluator.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use super::data::Counted;
use super::settings::Names;
use super::{Check, Context, Finding, Lint, manual::Case};
use crate::analysis::Analysis;
use crate::check::check;
use crate::data::Source;
use crate::data::events::Events;
use crate::data::leads::{LeadRow, Leads};
use crate::model::Model;
use crate::source::Memory;
use crate::syntax::program::{Program, load};
use crate::value::Instant;
use std::path::Path;

/// The last microsecond of 2026-01-01, in UTC: what a `test` without `as of` takes.
pub const AS_OF: Instant = Instant(1_767_311_999_999_999);

/// A lead and events to write rules about.
pub const LEAD: &str = r#"
lead {
  id text key
  email text
  title text
  industry one of "technology", "finance", "health"
  employees number from 0
  country text
  phone text
  consent yes/no
  created date
  tags list of text
}
event page_view { path text, seconds number from 0 }
event download { asset text }
event demo_request
event email_open
event unsubscribe
"#;

/// What a lint finds in a text. Fails where the text cannot be checked, or an example does not show what it claims.
pub fn fires(lint: &Lint, text: &str) -> Vec<Finding> {
    fires_in(lint, &Case { model: text.to_owned(), ..Case::default() })
}

/// The same over leads (CSV) and events (NDJSON, may be empty), without or with an outcome.
#[allow(dead_code)]
pub fn fires_with_data(lint: &Lint, text: &str, leads: &str, events: &str, outcome: Option<&str>) -> Vec<Finding> {
    let some = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    let (leads, events) = (some(leads), some(events));
    fires_in(
        lint,
        &Case { model: text.to_owned(), leads, events, outcome: outcome.map(str::to_owned), ..Case::default() },
    )
}

/// The same with what `score.toml` adds.
#[allow(dead_code)]
pub fn fires_with_names(lint: &Lint, text: &str, names: &Names) -> Vec<Finding> {
    let (program, model) = compile(text);
    run(lint, &program, &model, names, None)
}

pub fn fires_in(lint: &Lint, case: &Case) -> Vec<Finding> {
    let (program, model) = compile(&case.model);
    let counted = case.leads.as_ref().map(|_| counted(&model, case));
    run(lint, &program, &model, &Names::default(), counted.as_ref())
}

/// The text with the fixes of what the lint finds, as `--fix --unsafe` leaves it before laying it out.
pub fn fixed(lint: &Lint, text: &str) -> String {
    let mut edits: Vec<_> =
        fires(lint, text).into_iter().filter_map(|finding| finding.fix).flat_map(|fix| fix.edits).collect();
    edits.sort_by_key(|(span, _)| *span);
    let mut fixed = text.to_owned();
    for (span, new) in edits.into_iter().rev() {
        fixed.replace_range(span.range(), &new);
    }
    fixed
}

pub fn compile(text: &str) -> (Program, Model) {
    let files = Memory::default().with("model.score", text);
    let (program, mistakes) = load(&files, Path::new("model.score")).unwrap();
    let wrong = |found: Vec<crate::diagnostics::Diagnostic>| -> ! {
        let messages: Vec<&String> = found.iter().map(|one| &one.message).collect();
        panic!("{messages:?}\n{text}")
    };
    if !mistakes.is_empty() {
        wrong(mistakes);
    }
    match check(&program, &files) {
        Ok(model) => (program, model),
        Err(found) => wrong(found),
    }
}

fn run(lint: &Lint, program: &Program, model: &Model, names: &Names, counted: Option<&Counted>) -> Vec<Finding> {
    let analysis = Analysis::new(model, AS_OF);
    let context = Context::new(program, &analysis, names);
    let found = match lint.check {
        Check::Allowances(_) => {
            let all = super::linter::lint(program, model, AS_OF, &super::settings::Settings::default(), counted);
            all.into_iter().filter(|one| one.lint.code == lint.code).map(|one| one.finding).collect()
        }
        _ => lint.run(&context, counted),
    };
    for finding in &found {
        shows_what_it_claims(&analysis, finding);
    }
    found
}

/// Every claim of an example holds when the reference evaluator runs it.
fn shows_what_it_claims(analysis: &Analysis<'_>, finding: &Finding) {
    let Some(example) = &finding.example else { return };
    assert!(!example.claims.is_empty(), "an example claims nothing: {finding:#?}");
    analysis.evaluate(&example.witness, |evaluation| {
        for claim in &example.claims {
            assert!(evaluation.holds(claim), "the example does not show this: {claim:#?}\n{finding:#?}");
        }
    });
}

fn counted(model: &Model, case: &Case) -> Counted {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| {
        let path = folder.path().join(name);
        std::fs::write(&path, text).unwrap();
        Source::file(path)
    };
    let outcome = case.outcome.as_ref().map(|text| crate::run::condition::read(model, "--outcome", text).unwrap());
    let mut usage = model.usage.clone();
    if let Some((_, more)) = &outcome {
        crate::run::add_usage(&mut usage, more.clone());
    }
    let leads = write("leads.csv", case.leads.as_deref().unwrap_or_default());
    let mut leads = Leads::open(&leads, model, &usage, &[]).unwrap();
    let mut events = case.events.as_ref().map(|events| {
        let source = write("events.ndjson", events);
        Events::read(&[source], model, &usage, &mut |_| Ok(())).unwrap()
    });
    let mut counted = Counted::new(model, events.is_some(), outcome.is_some());
    while let Some(row) = leads.next().unwrap() {
        let LeadRow::Lead(lead) = row else { panic!("{row:?}") };
        let mine = events.as_mut().map(|events| events.take(&lead)).unwrap_or_default();
        let condition = outcome.as_ref().map(|(condition, _)| condition);
        counted.count(model, &lead.lead, &mine.events, AS_OF, condition);
    }
    counted.undeclared_events =
        events.map(|events| events.counts().undeclared.into_iter().collect()).unwrap_or_default();
    counted
}
