//! A generated case: a model, questions, leads; all of it from one seed.

use super::chance::Chance;
use super::given::{GivenLead, as_test};
use super::leads::{Leads, instant};
use super::vocabulary::Vocabulary;
use super::write::{Writer, Written};
use scorelang::CompileError;
use scorelang::model::Model;
use scorelang::source::Memory;
use scorelang::value::Instant;
use std::collections::BTreeMap;
use std::path::Path;

#[derive(Debug, Clone)]
pub struct Case {
    pub seed: u64,
    pub written: Written,
    pub leads: Vec<GivenLead>,
    /// RFC 3339
    pub as_of: String,
    /// How often each construct was written.
    pub constructs: BTreeMap<&'static str, u64>,
}

impl Case {
    pub fn generate(seed: u64) -> Case {
        let mut chance = Chance::new(seed);
        let vocabulary = Vocabulary::new(&mut chance);
        let mut writer = Writer::new(&mut chance, &vocabulary);
        let written = writer.whole();
        let constructs = std::mem::take(&mut writer.written);
        let thresholds = writer.thresholds();
        let count = [1, 3, 20, 64, 70, 130][chance.weighted(&[5, 15, 30, 20, 20, 10])];
        let mut leads = Leads::new(&mut chance, &vocabulary, &thresholds);
        let leads = (0..count).map(|number| leads.lead(number)).collect();
        Case { seed, written, leads, as_of: vocabulary.as_of.clone(), constructs }
    }

    pub fn as_of(&self) -> Instant {
        instant(&self.as_of)
    }

    /// # Errors
    /// The first mistake that the checker finds, and its code.
    pub fn compile(&self) -> Result<Model, (String, String)> {
        let files = Memory::default().with("generated.score", &self.written.model.text());
        scorelang::compile(&files, Path::new("generated.score")).map_err(|error| match error {
            CompileError::Unreadable(error) => (format!("{error:?}"), String::new()),
            CompileError::Wrong { sources, diagnostics } => {
                let code = diagnostics.first().map(|first| format!("{:?}", first.code)).unwrap_or_default();
                (code, scorelang::diagnostics::render::human(&sources, &diagnostics, false, 120))
            }
        })
    }

    /// In the language, to be pasted into a file.
    pub fn text(&self, model: &Model) -> String {
        let mut text = self.written.model.text();
        for lead in &self.leads {
            text.push_str(&as_test(model, lead, &self.as_of));
        }
        if let Some(only) = &self.written.only {
            text.push_str(&format!("# --only '{}'\n", only.text()));
        }
        if !self.written.keep.is_empty() {
            text.push_str(&format!("# --keep {}\n", self.written.keep.join(" ")));
        }
        text
    }
}
