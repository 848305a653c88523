//! A lead, its events and what was met before, typed in a session against a model that is finished: checked as in a
//! `test`, but that required fields may be left out.

use super::test_blocks::Draft;
use super::{Build, Declarations, Facts, Findings};
use crate::diagnostics::Diagnostic;
use crate::model::{Condition, FieldId, Model, TestEvent, ThresholdId};
use crate::source::{Disk, FileSystem, Sources};
use crate::syntax::program::Program;
use crate::syntax::tree::{Given, TestPart};
use crate::value::{Instant, Value};
use std::collections::{BTreeSet, HashMap, HashSet};
use std::path::PathBuf;

/// What was given.
#[derive(Debug, Clone, Default)]
pub struct GivenParts {
    /// `None` where no `lead { … }` was given.
    pub lead: Option<Vec<(FieldId, Option<Value>)>>,
    /// In the order written.
    pub events: Vec<TestEvent>,
    pub before: Vec<(ThresholdId, bool)>,
    pub expectations: Vec<Condition>,
}

/// Checks parts of a test; `… ago` is before `as_of`. The sources are those that the parts' spans lead into.
///
/// # Errors
/// All that is wrong with them.
pub fn check_parts(
    model: &Model,
    parts: &[TestPart],
    as_of: Instant,
    sources: &Sources,
) -> Result<GivenParts, Vec<Diagnostic>> {
    let draft = with_build(model, sources, |build| {
        let mut draft = Draft::as_of(Some(as_of));
        let mut seen = HashMap::new();
        for part in parts {
            if build.part_once(part, &mut seen) {
                build.part(part, &mut draft);
            }
        }
        draft
    })?;
    let has_lead = parts.iter().any(|part| matches!(part, TestPart::Lead(..)));
    Ok(GivenParts {
        lead: has_lead.then_some(draft.lead),
        events: draft.events,
        before: draft.before,
        expectations: draft.expectations,
    })
}

/// Checks a changed field: the field, and its value. Nothing comes back for the identity of a model without a key field.
///
/// # Errors
/// All that is wrong with it.
pub fn check_change(
    model: &Model,
    change: &Given,
    sources: &Sources,
) -> Result<Option<(FieldId, Option<Value>)>, Vec<Diagnostic>> {
    let draft = with_build(model, sources, |build| {
        let mut draft = Draft::default();
        build.test_lead(std::slice::from_ref(change), &mut draft);
        draft
    })?;
    Ok(draft.lead.into_iter().next())
}

/// Checks something with a model that is finished.
fn with_build(
    model: &Model,
    sources: &Sources,
    check: impl FnOnce(&mut Build<'_>) -> Draft,
) -> Result<Draft, Vec<Diagnostic>> {
    let program = Program { sources: sources.clone(), files: Vec::new(), paths: Vec::new(), folder: PathBuf::new() };
    let files: &dyn FileSystem = &Disk;
    let mut build = Build {
        program: &program,
        files,
        declared: Declarations::default(),
        facts: Facts::of(model),
        model: model.clone(),
        findings: Findings::new(Some(sources.clone())),
        constant_defines: BTreeSet::new(),
        first_rules: Vec::new(),
        score_clauses: Vec::new(),
        sound_bands: Vec::new(),
        in_circles: HashSet::new(),
    };
    let draft = check(&mut build);
    if build.findings.list.is_empty() { Ok(draft) } else { Err(build.findings.sorted()) }
}
