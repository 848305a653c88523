//! All lints on one model: findings with their levels, without what is allowed, in order of place.

use super::allow::{Allowance, allowances};
use super::data::Counted;
use super::settings::Settings;
use super::{Check, Context, Finding, Findings, LINTS, Level, Lint};
use crate::analysis::Analysis;
use crate::model::Model;
use crate::syntax::program::Program;
use crate::value::Instant;

/// A finding, by whom, and how much it matters.
#[derive(Debug, Clone)]
pub struct Reported {
    pub lint: &'static Lint,
    pub level: Level,
    pub finding: Finding,
}

/// Runs every lint that is on. `program` has become `model` without mistakes.
pub fn lint(
    program: &Program,
    model: &Model,
    as_of: Instant,
    settings: &Settings,
    counted: Option<&Counted>,
) -> Vec<Reported> {
    let analysis = Analysis::new(model, as_of);
    let context = Context::new(program, &analysis, &settings.names);
    let mut allowed = allowances(program);
    let mut reported = Vec::new();
    let is_on = |lint: &Lint| settings.level(lint) != Level::Off;
    for lint in LINTS.iter().copied().filter(|lint| is_on(lint)) {
        let Some(found) = found(lint, &context, counted) else { continue };
        looked(&mut allowed, lint);
        report(lint, settings, found, &mut allowed, &mut reported);
    }
    // Last, when it is known which allowances were needed; those can be allowed for a whole file, too.
    let said = allowed.clone();
    for lint in LINTS.iter().copied().filter(|lint| is_on(lint)) {
        if let Check::Allowances(check) = lint.check {
            let mut findings = Findings::default();
            check(&said, &mut findings);
            report(lint, settings, findings.all, &mut allowed, &mut reported);
        }
    }
    reported.sort_by(|one, other| {
        let key = |it: &Reported| (it.finding.span(), it.lint.code);
        key(one).cmp(&key(other)).then_with(|| one.finding.message.cmp(&other.finding.message))
    });
    reported.dedup_by(|one, other| one.lint.code == other.lint.code && one.finding == other.finding);
    reported
}

/// `None` where the lint had nothing to look at.
fn found(lint: &Lint, context: &Context<'_>, counted: Option<&Counted>) -> Option<Vec<Finding>> {
    match lint.check {
        Check::Rules(_) => Some(lint.run(context, counted)),
        Check::Data(_) => counted.map(|counted| lint.run(context, Some(counted))),
        Check::Allowances(_) => None,
    }
}

fn looked(allowed: &mut [Allowance], lint: &Lint) {
    for name in allowed.iter_mut().flat_map(|one| &mut one.names) {
        name.looked |= name.lint.is_some_and(|named| named.code == lint.code);
    }
}

fn report(
    lint: &'static Lint,
    settings: &Settings,
    found: Vec<Finding>,
    allowed: &mut [Allowance],
    reported: &mut Vec<Reported>,
) {
    for finding in found {
        // Every allowance that covers it is needed.
        let covering = allowed.iter_mut().filter_map(|one| one.allows(lint, finding.span()).then_some(())).count();
        if covering == 0 {
            reported.push(Reported { lint, level: settings.level(lint), finding });
        }
    }
}
