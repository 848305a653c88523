//! Every lint: its page, its place in the registry, its file.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod book;

use super::fix::{apart, texts};
use super::linter::lint;
use super::report::{OfModel, Report};
use super::settings::Settings;
use super::testing::{AS_OF, compile, fires_in};
use super::{Category, Check, LINTS};
use std::collections::BTreeSet;
use std::path::Path;

#[test]
fn examples_bring_their_lint_about_and_better_versions_do_not() {
    let mut wrong = Vec::new();
    for lint in LINTS {
        let page = lint.page();
        if fires_in(lint, &page.example).is_empty() {
            wrong.push(format!("the example of `{}` does not bring it about", lint.name));
        }
        for finding in fires_in(lint, &page.better) {
            wrong.push(format!("the better version of `{}` brings it about: {}", lint.name, finding.message));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn pages_are_whole() {
    for lint in LINTS {
        let page = lint.page();
        let whole = [&page.summary, &page.why, &page.example.model, &page.better.model];
        assert!(whole.into_iter().all(|part| !part.trim().is_empty()), "`{}`: {page:#?}", lint.name);
        assert!(page.summary.starts_with("Finds ") && page.summary.ends_with('.'), "`{}`: {}", lint.name, page.summary);
        let is_data = matches!(lint.check, Check::Data(_));
        assert_eq!(is_data, page.example.leads.is_some(), "`{}`: leads belong to lints over data", lint.name);
    }
}

#[test]
fn codes_ascend_within_their_category() {
    assert!(LINTS.windows(2).all(|pair| pair[0].code < pair[1].code), "codes ascend, and none occurs twice");
    for lint in LINTS {
        let digits = lint.code.strip_prefix('S').unwrap();
        assert!(digits.len() == 3 && digits.parse::<u16>().is_ok(), "{}", lint.code);
        assert!(digits.starts_with(&lint.category.digit().to_string()), "`{}` is {}", lint.name, lint.code);
        assert_eq!(matches!(lint.check, Check::Data(_)), lint.category == Category::Data, "`{}`", lint.name);
    }
}

#[test]
fn every_file_is_a_lint_of_its_name() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/lint/rules");
    let files: BTreeSet<String> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path().file_stem().unwrap().to_string_lossy().replace('_', "-"))
        .filter(|name| name != "mod")
        .collect();
    let names: Vec<&str> = LINTS.iter().map(|lint| lint.name).collect();
    assert_eq!(files, names.iter().map(|name| (*name).to_owned()).collect());
    assert_eq!(files.len(), names.len(), "names are unique");
    for name in names {
        assert!(
            name.chars().all(|letter| letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == '-'),
            "{name}"
        );
    }
}

/// What all lints say about a text.
fn everything(text: &str) -> Report {
    let (program, model) = compile(text);
    let settings = Settings::default();
    let reported = lint(&program, &model, AS_OF, &settings, None);
    Report::of(vec![OfModel::linted(&model, program.paths.clone(), AS_OF, &settings, reported)])
}

/// Of every lint whose example has a fix: the finding is gone, nothing new is found, the text still checks.
#[test]
fn fixes_fix_and_bring_nothing_new() {
    for lint in LINTS.iter().filter(|lint| !matches!(lint.check, Check::Data(_))) {
        let before = everything(&lint.page().example.model);
        let mine: Vec<_> = before.entries.iter().filter(|one| one.code() == lint.code).cloned().collect();
        let fixes = apart(&mine, true);
        if fixes.is_empty() {
            continue;
        }
        let fixed = texts(&fixes).unwrap_or_else(|| panic!("a fix of `{}` breaks its example", lint.name));
        let after = everything(&fixed["model.score"]);
        let left = after.entries.iter().filter(|one| one.code() == lint.code).count();
        assert_eq!(left, mine.len() - fixes.len(), "`{}` is still found:\n{}", lint.name, fixed["model.score"]);
        let known: Vec<_> = before.entries.iter().map(|one| (one.code(), &one.diagnostic.message)).collect();
        for one in &after.entries {
            let is_known = known.contains(&(one.code(), &one.diagnostic.message));
            assert!(is_known, "a fix of `{}` brings this about: {}", lint.name, one.diagnostic.message);
        }
    }
}
