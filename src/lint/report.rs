//! What is said of several models: findings, and the mistakes that keep a file from being linted.

use super::linter::Reported;
use super::settings::Settings;
use super::{Fix, Level, Lint};
use crate::diagnostics::{Code, Diagnostic, Severity};
use crate::model::Model;
use crate::source::{Sources, Span};
use crate::value::Instant;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::Arc;

/// Findings and mistakes of all files, in order of file, line and column, each once.
#[derive(Debug, Clone, Default)]
pub struct Report {
    /// The files that were looked at, in order.
    pub files: Vec<String>,
    pub entries: Vec<Entry>,
}

/// One thing to say.
#[derive(Debug, Clone)]
pub struct Entry {
    pub sources: Arc<Sources>,
    pub diagnostic: Diagnostic,
    /// `None` for a mistake.
    pub lint: Option<&'static Lint>,
    pub example: Option<ShownExample>,
    pub fix: Option<Fix>,
    /// Whether it makes the command fail.
    pub fails: bool,
    needs_every_use: bool,
}

/// An example lead, in the language.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ShownExample {
    pub shows: String,
    /// Ready for a `test` block, a line each for the lead and every event.
    pub text: String,
}

impl ShownExample {
    /// Its lines as people read them: an event that happens many times is said once, with how often.
    pub fn lines(&self) -> Vec<String> {
        let lines: Vec<&str> = self.text.lines().collect();
        let runs = lines.chunk_by(|one, other| one == other);
        let told = |run: &[&str]| match run {
            [] => None,
            [line] => Some((*line).to_owned()),
            [line, ..] => Some(format!("{line}, {} times", run.len())),
        };
        runs.filter_map(told).collect()
    }
}

/// What is said of one model, before it is put beside the others.
#[derive(Debug)]
pub struct OfModel {
    sources: Arc<Sources>,
    /// Of each file, by its id: the same for the same file.
    identities: Vec<PathBuf>,
    entries: Vec<Entry>,
}

impl OfModel {
    /// A model with mistakes.
    pub fn wrong(sources: Sources, identities: Vec<PathBuf>, mistakes: Vec<Diagnostic>) -> OfModel {
        let sources = Arc::new(sources);
        let entry = |diagnostic: Diagnostic| Entry {
            sources: sources.clone(),
            fails: diagnostic.severity == Severity::Error,
            diagnostic,
            lint: None,
            example: None,
            fix: None,
            needs_every_use: false,
        };
        let entries = mistakes.into_iter().map(entry).collect();
        OfModel { sources, identities, entries }
    }

    /// A model that was linted.
    pub fn linted(
        model: &Model,
        identities: Vec<PathBuf>,
        as_of: Instant,
        settings: &Settings,
        reported: Vec<Reported>,
    ) -> OfModel {
        let sources = Arc::new(model.sources.clone());
        let entry = |reported: Reported| {
            let finding = reported.finding;
            let example = finding
                .example
                .map(|example| ShownExample { text: example.witness.show(model, as_of), shows: example.shows });
            Entry {
                sources: sources.clone(),
                diagnostic: Diagnostic {
                    code: Code(&reported.lint.info),
                    severity: severity(reported.level),
                    message: finding.message,
                    labels: finding.labels,
                    help: finding.help,
                },
                lint: Some(reported.lint),
                example,
                fix: finding.fix,
                fails: settings.fails(reported.level),
                needs_every_use: finding.needs_every_use,
            }
        };
        let entries = reported.into_iter().map(entry).collect();
        OfModel { sources, identities, entries }
    }
}

fn severity(level: Level) -> Severity {
    match level {
        Level::Error => Severity::Error,
        Level::Warning => Severity::Warning,
        Level::Advice | Level::Off => Severity::Advice,
    }
}

impl Report {
    pub fn of(models: Vec<OfModel>) -> Report {
        let mut uses: BTreeMap<&PathBuf, usize> = BTreeMap::new();
        for identity in models.iter().flat_map(|model| &model.identities) {
            *uses.entry(identity).or_default() += 1;
        }
        // Each file by its place among all, and how many models use it.
        let places: BTreeMap<PathBuf, usize> = uses.keys().enumerate().map(|(at, of)| ((*of).clone(), at)).collect();
        let uses: Vec<usize> = uses.into_values().collect();
        let names =
            |model: &OfModel| model.sources.ids().map(|id| model.sources.file(id).name.clone()).collect::<Vec<_>>();
        let files: BTreeSet<String> = models.iter().flat_map(names).collect();
        let entries = models.into_iter().flat_map(|model| {
            let file = |entry: &Entry| {
                model.identities.get(entry.span().file.0 as usize).and_then(|of| places.get(of)).copied()
            };
            model.entries.into_iter().map(|entry| (file(&entry), entry)).collect::<Vec<_>>()
        });
        let mut entries = said_once(entries.collect(), &uses);
        entries.sort_by(|one, other| (one.file(), one.span()).cmp(&(other.file(), other.span())));
        Report { files: files.into_iter().collect(), entries }
    }

    /// How many entries have a severity.
    pub fn count(&self, severity: Severity) -> u64 {
        self.entries.iter().filter(|entry| entry.diagnostic.severity == severity).count() as u64
    }

    pub fn fails(&self) -> bool {
        self.entries.iter().any(|entry| entry.fails)
    }
}

/// What several models say of one file, once; what all models that use it must say, where all do.
fn said_once(mut entries: Vec<(Option<usize>, Entry)>, uses: &[usize]) -> Vec<Entry> {
    // The sterner one of two that say the same comes first.
    let stern = |entry: &Entry| std::cmp::Reverse((entry.fails, entry.diagnostic.severity));
    entries.sort_by(|one, other| same(one).cmp(&same(other)).then_with(|| stern(&one.1).cmp(&stern(&other.1))));
    let mut is_kept = Vec::with_capacity(entries.len());
    for said in entries.chunk_by(|one, other| same(one) == same(other)) {
        let uses = said.first().and_then(|(file, _)| uses.get((*file)?));
        let is_said_by_all = uses.is_none_or(|uses| said.len() >= *uses);
        let kept = said.iter().position(|(_, entry)| is_said_by_all || !entry.needs_every_use);
        is_kept.extend((0..said.len()).map(|place| Some(place) == kept));
    }
    entries.into_iter().zip(is_kept).filter(|(_, is_kept)| *is_kept).map(|((_, entry), _)| entry).collect()
}

/// What makes two entries of two models the same: file, place, code, message.
fn same((file, entry): &(Option<usize>, Entry)) -> (Option<usize>, u32, u32, &'static str, &str) {
    let Span { start, end, .. } = entry.span();
    (*file, start, end, entry.code(), &entry.diagnostic.message)
}

impl Entry {
    pub fn span(&self) -> Span {
        self.diagnostic.span()
    }

    /// The file as messages name it.
    pub fn file(&self) -> &str {
        &self.sources.file(self.span().file).name
    }

    pub fn code(&self) -> &'static str {
        self.diagnostic.code.0.id
    }

    pub fn name(&self) -> &'static str {
        self.diagnostic.code.0.name
    }
}

#[cfg(test)]
mod tests {
    use super::ShownExample;

    #[test]
    fn what_happens_again_is_said_once() {
        let text = "lead { id \"1\" }\nevent demo 2 days ago\nevent visit 0 days ago\nevent visit 0 days ago";
        let example = ShownExample { shows: String::new(), text: text.to_owned() };
        assert_eq!(example.lines(), ["lead { id \"1\" }", "event demo 2 days ago", "event visit 0 days ago, 2 times"]);
    }
}
