//! Every folder of `examples/` holds a model that checks, passes its tests, and scores its data as its README says.

use crate::harness::markdown::blocks;
use crate::harness::{root, score};
use std::path::PathBuf;

fn folders() -> Vec<PathBuf> {
    let entries = std::fs::read_dir(root().join("examples")).unwrap();
    let mut folders: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).filter(|path| path.is_dir()).collect();
    folders.sort();
    assert!(folders.len() >= 11, "a folder for each model");
    folders
}

#[test]
fn every_example_checks() {
    score("check examples").succeeds();
}

#[test]
fn every_example_is_laid_out() {
    score("fmt examples --check").succeeds();
}

#[test]
fn every_example_passes_its_tests() {
    for folder in folders() {
        let name = folder.file_name().unwrap().to_string_lossy().into_owned();
        let finished = score("test --format json").word(format!("examples/{name}/{name}.score")).succeeds();
        assert!(finished.output.contains("\"passed\""), "{name} has tests\n{}", finished.output);
    }
}

/// The commands of a README run without a bad row and give more than one kind of result.
#[test]
fn every_example_runs_as_its_readme_says() {
    for folder in folders() {
        let readme = std::fs::read_to_string(folder.join("README.md")).unwrap();
        let commands: Vec<String> = blocks(&readme)
            .iter()
            .filter(|block| ["sh", "console", "bash"].contains(&block.info.as_str()))
            .flat_map(|block| {
                let joined = block.text.replace("\\\n", " ");
                joined.lines().map(|line| line.trim_start_matches("$ ").to_string()).collect::<Vec<_>>()
            })
            .filter(|line| line.starts_with("score "))
            .collect();
        assert!(!commands.is_empty(), "{}: a command to try", folder.display());
        for command in commands {
            let finished = score(command.trim_start_matches("score ")).finishes();
            assert_eq!(finished.code, Some(0), "{command}\n{}\n{}", finished.output, finished.messages);
        }
    }
}
