//! Every model of the examples, over its own leads and over leads made up of its words.

use super::agree;
use super::made_up::{Dice, Words};
use crate::data::Source;
use crate::data::leads::{LeadRow, Leads};
use crate::model::{Lead, Model};
use crate::source::Disk;
use crate::value::Instant;
use std::path::{Path, PathBuf};

/// 2026-06-30T12:00:00Z
const AS_OF: Instant = Instant(1_782_820_800_000_000);

fn files_in(folder: &Path) -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    files
}

fn leads_of(model: &Model, file: &Path) -> Vec<Lead> {
    let source = Source { path: Some(file.to_owned()), format: None, event: None };
    let mut leads = Leads::open(&source, model, &model.usage, &[]).unwrap();
    let mut read = Vec::new();
    while let Some(row) = leads.next().unwrap() {
        if let LeadRow::Lead(row) = row {
            read.push(row.lead);
        }
    }
    read
}

#[test]
fn every_example() {
    let folders = files_in(&Path::new(env!("CARGO_MANIFEST_DIR")).join("examples"));
    let mut count = 0;
    for folder in folders.iter().filter(|folder| folder.is_dir()) {
        let files = files_in(folder);
        let is_score = |file: &&PathBuf| file.extension().is_some_and(|ending| ending == "score");
        for file in files.iter().filter(is_score) {
            let Ok(model) = crate::compile(&Disk, file) else { panic!("{} is wrong", file.display()) };
            let is_leads = |file: &&PathBuf| file.file_stem().is_some_and(|stem| stem == "leads");
            let mut leads = files.iter().find(is_leads).map(|file| leads_of(&model, file)).unwrap_or_default();
            let text = std::fs::read_to_string(file).unwrap();
            leads.extend(Words::of(&text).leads(&model, AS_OF, 100, &mut Dice::new(3)));
            agree(&model, AS_OF, &leads, None);
            count += 1;
        }
    }
    assert!(count > 10, "only {count} models in examples");
}
