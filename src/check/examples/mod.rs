//! Every code has an example that brings it about, and nothing else; the contract's own model is clean.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod files;
mod helps;
mod limits;
mod models;

use crate::diagnostics::Diagnostic;
use crate::diagnostics::code;
use crate::model::Model;
use crate::source::Memory;
use crate::syntax::program::load;
use std::path::Path;

/// Checks a model text, with further files beside it.
pub(super) fn check_with(text: &str, files: Memory) -> Result<Model, Vec<Diagnostic>> {
    let files = files.with("model.score", text);
    let (program, mistakes) = load(&files, Path::new("model.score")).unwrap();
    if mistakes.is_empty() { super::check(&program, &files) } else { Err(mistakes) }
}

pub(super) fn check(text: &str) -> Result<Model, Vec<Diagnostic>> {
    check_with(text, Memory::default())
}

/// "E201 message / help" for each mistake.
pub(super) fn mistakes(text: &str) -> Vec<String> {
    match check(text) {
        Ok(_) => Vec::new(),
        Err(found) => found
            .iter()
            .map(|it| format!("{} {} / {}", it.code, it.message, it.help.as_deref().unwrap_or_default()))
            .collect(),
    }
}

#[test]
fn examples_bring_about_their_code_alone() {
    let mut wrong = Vec::new();
    for code in code::check::CODES {
        let found = mistakes(code.0.example);
        if found.len() != 1 || !found.iter().all(|one| one.starts_with(code.0.id)) {
            wrong.push(format!("{code:?}: {found:?}\n{}", code.0.example));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

#[test]
fn codes_ascend_and_every_mistake_has_a_help() {
    let ids: Vec<&str> = code::check::CODES.iter().map(|code| code.0.id).collect();
    assert!(ids.is_sorted());
    for code in code::check::CODES {
        if let Err(found) = check(code.0.example) {
            assert!(found.iter().all(|one| one.help.as_ref().is_some_and(|help| !help.is_empty())), "{code:?}");
        }
    }
}
