//! What is said of several models: findings, and the mistakes that keep a file from being linted.

use super::linter::Reported;
use super::settings::Settings;
use super::{Fix, Level, Lint};
use crate::diagnostics::{Code, Diagnostic, Severity};
use crate::model::Model;
use crate::source::{Sources, Span};
use crate::value::Instant;
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
#[derive(Debug, Clone, PartialEq, Eq)]
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

/// What makes two entries of two models the same: file, place, code, message.
type Key = (PathBuf, u32, u32, &'static str, String);

impl Report {
    pub fn of(models: Vec<OfModel>) -> Report {
        let mut uses: BTreeMap<&PathBuf, usize> = BTreeMap::new();
        for identity in models.iter().flat_map(|model| &model.identities) {
            *uses.entry(identity).or_default() += 1;
        }
        let mut times: BTreeMap<Key, usize> = BTreeMap::new();
        for (model, entry) in models.iter().flat_map(|model| model.entries.iter().map(move |entry| (model, entry))) {
            *times.entry(model.key(entry)).or_default() += 1;
        }
        let names =
            |model: &OfModel| model.sources.ids().map(|id| model.sources.file(id).name.clone()).collect::<Vec<_>>();
        let files: BTreeSet<String> = models.iter().flat_map(names).collect();
        let mut keyed: Vec<(Key, Entry)> = Vec::new();
        for model in &models {
            for entry in &model.entries {
                let key = model.key(entry);
                let found_by_all = times.get(&key) >= uses.get(&key.0);
                if found_by_all || !entry.needs_every_use {
                    keyed.push((key, entry.clone()));
                }
            }
        }
        // The sterner one of two that say the same is kept.
        let stern = |entry: &Entry| std::cmp::Reverse((entry.fails, entry.diagnostic.severity));
        keyed.sort_by(|(one, first), (other, second)| one.cmp(other).then(stern(first).cmp(&stern(second))));
        keyed.dedup_by(|(one, _), (other, _)| one == other);
        let mut entries: Vec<Entry> = keyed.into_iter().map(|(_, entry)| entry).collect();
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

impl OfModel {
    fn key(&self, entry: &Entry) -> Key {
        let span = entry.span();
        let file = self.identities.get(span.file.0 as usize).cloned();
        let file = file.unwrap_or_else(|| PathBuf::from(entry.file()));
        (file, span.start, span.end, entry.diagnostic.code.0.id, entry.diagnostic.message.clone())
    }
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
