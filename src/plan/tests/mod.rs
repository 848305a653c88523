//! Plans of whole models.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod shapes;
mod texts;

use super::*;
use crate::model::Model;
use crate::source::Disk;
use std::path::{Path, PathBuf};

/// The model of a text.
fn model(text: &str) -> Model {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("model.score");
    std::fs::write(&path, text).unwrap();
    match crate::compile(&Disk, &path) {
        Ok(model) => model,
        Err(crate::CompileError::Wrong { diagnostics, .. }) => panic!("{diagnostics:#?}"),
        Err(error) => panic!("{error:?}"),
    }
}

/// Noon of 1 November 2026.
fn as_of() -> Instant {
    let noon = crate::value::read_date("2026-11-01T12:00:00Z", None, None, &crate::value::Zone::utc());
    noon.unwrap().first(&crate::value::Zone::utc())
}

fn plan(model: &Model) -> Plan<'_> {
    Plan::new(model, as_of(), &Asked::default())
}

/// Every rule file of the project.
fn rule_files() -> Vec<PathBuf> {
    let (mut found, mut folders) = (Vec::new(), vec![Path::new(env!("CARGO_MANIFEST_DIR")).to_path_buf()]);
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            match path.extension().and_then(|end| end.to_str()) {
                _ if path.is_dir() => folders.push(path),
                Some("score") => found.push(path),
                _ => {}
            }
        }
    }
    found.sort();
    found
}

#[test]
fn every_model_of_the_project_is_planned() {
    let mut planned = 0;
    for path in rule_files() {
        let Ok(model) = crate::compile(&Disk, &path) else { continue };
        let all = Plan::new(&model, as_of(), &Asked::default());
        sound(&all);
        for (pass, _) in PASSES {
            sound(&Plan::with(&model, as_of(), &Asked::default(), Passes::ALL.without(pass)));
        }
        sound(&Plan::with(&model, as_of(), &Asked::default(), Passes::none()));
        planned += 1;
    }
    assert!(planned > 15, "{planned}");
}

/// Every node is settled after all that it is made of, and every number names something.
fn sound(plan: &Plan<'_>) {
    for nodes in [&plan.lead, &plan.event, &plan.after] {
        for subject in &nodes.subjects {
            let words = subject.questions.len().div_ceil(64);
            match &subject.cut {
                Cut::Numbers { edges, classes, .. } => {
                    assert_eq!(classes.len(), 2 * edges.len() + 2);
                    assert!(classes.iter().all(|class| class.len() == words));
                }
                Cut::Dates { edges, classes, .. } => assert_eq!(classes.len(), 2 * edges.len() + 2),
                Cut::YesNo { .. } => {}
                Cut::Texts { missing, .. } | Cut::Lists { missing, .. } => assert_eq!(missing.len(), words),
            }
        }
        for value in &nodes.order {
            if let ValueId::Mask(id) = value
                && let MaskNode::Question(subject, question) = &nodes.masks[id.index()]
            {
                assert!(question.index() < nodes.subjects[subject.index()].questions.len());
            }
        }
    }
    let settled: BTreeSet<String> = plan.steps.iter().map(|step| format!("{step:?}")).collect();
    assert_eq!(settled.len(), plan.steps.len(), "each is settled once");
    for state in 0..plan.states.len() as u32 {
        assert!(settled.contains(&format!("{:?}", Step::State(StateId(state)))));
    }
}
