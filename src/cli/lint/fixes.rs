//! `--fix`: round after round, until nothing is left to fix.

use super::models::Models;
use crate::cli::models::unreadable;
use crate::cli::paths::Loaded;
use crate::cli::terminal::count;
use crate::cli::{Failure, output, say};
use crate::lint::fix::{apart, texts};
use crate::lint::report::{Entry, Report};
use crate::lint::{Fix, Safety};
use crate::source::Overlay;
use crate::syntax::program;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// A fix can make room for another one, but not for ever.
const ROUNDS: usize = 20;

/// What was fixed, and what was not.
#[derive(Default)]
struct Tally {
    fixed: u64,
    may_change_scores: u64,
    /// Findings whose fix would leave rules that cannot run: file, code, message
    refused: BTreeSet<(String, &'static str, String)>,
}

/// Fixes what can be fixed, writes the files, and says what is left.
///
/// # Errors
/// Standard input, which cannot be changed; a file that cannot be read or written.
pub fn fix(models: &Models<'_>, loaded: Vec<Loaded>) -> Result<Report, Failure> {
    if models.arguments.paths.iter().any(|path| path.as_os_str() == "-") {
        return Err(Failure::cannot("`--fix` cannot change standard input").help("name the file"));
    }
    let paths: Vec<PathBuf> = loaded.iter().filter_map(|model| model.program.paths.first().cloned()).collect();
    let mut overlay = Overlay::default();
    let mut tally = Tally::default();
    let mut report = models.report(&loaded, &overlay)?;
    for _ in 0..ROUNDS {
        if round(models, &paths, &report, &mut overlay, &mut tally)? == 0 {
            break;
        }
        report = models.report(&load(&paths, &overlay)?, &overlay)?;
    }
    let changed: Vec<(&Path, &str)> = overlay.texts().collect();
    for (path, text) in &changed {
        output::write(Some(path), text.as_bytes())?;
    }
    if !models.common.quiet {
        say(&tally.told(changed.len() as u64));
    }
    Ok(report)
}

/// Lays the fixes of one report over the files; how many.
fn round(
    models: &Models<'_>,
    paths: &[PathBuf],
    report: &Report,
    overlay: &mut Overlay,
    tally: &mut Tally,
) -> Result<u64, Failure> {
    let open: Vec<Entry> =
        report.entries.iter().filter(|entry| !tally.refused.contains(&key(entry))).cloned().collect();
    let chosen = apart(&open, models.arguments.r#unsafe);
    if chosen.is_empty() {
        return Ok(0);
    }
    let wrong_before = mistakes(report);
    let kept = match tried(models, paths, &chosen, overlay, wrong_before)? {
        Some(next) => {
            *overlay = next;
            chosen
        }
        None => one_by_one(models, paths, chosen, overlay, tally, wrong_before)?,
    };
    for (_, fix) in &kept {
        tally.fixed += 1;
        tally.may_change_scores += u64::from(fix.safety == Safety::Unsafe);
    }
    Ok(kept.len() as u64)
}

/// Together they would leave rules that cannot run: each that fits those before it is kept, the others are refused.
fn one_by_one<'e>(
    models: &Models<'_>,
    paths: &[PathBuf],
    chosen: Vec<(&'e Entry, &'e Fix)>,
    overlay: &mut Overlay,
    tally: &mut Tally,
    wrong_before: usize,
) -> Result<Vec<(&'e Entry, &'e Fix)>, Failure> {
    let (mut kept, mut best) = (Vec::new(), None);
    for one in chosen {
        kept.push(one);
        match tried(models, paths, &kept, overlay, wrong_before)? {
            Some(next) => best = Some(next),
            None => {
                kept.pop();
                tally.refused.insert(key(one.0));
            }
        }
    }
    if let Some(next) = best {
        *overlay = next;
    }
    Ok(kept)
}

/// The files with these fixes; `None` where they leave rules that cannot run.
fn tried(
    models: &Models<'_>,
    paths: &[PathBuf],
    fixes: &[(&Entry, &Fix)],
    overlay: &Overlay,
    wrong_before: usize,
) -> Result<Option<Overlay>, Failure> {
    let Some(texts) = texts(fixes) else { return Ok(None) };
    let mut next = overlay.clone();
    for (name, text) in texts {
        next.set(Path::new(&name), text);
    }
    let after = models.mistakes(&load(paths, &next)?, &next);
    Ok((after <= wrong_before).then_some(next))
}

fn load(paths: &[PathBuf], overlay: &Overlay) -> Result<Vec<Loaded>, Failure> {
    let load = |path: &PathBuf| {
        let (program, mistakes) = program::load(overlay, path).map_err(|error| unreadable(path, &error))?;
        Ok(Loaded { program, mistakes })
    };
    paths.iter().map(load).collect()
}

/// How many models cannot run.
fn mistakes(report: &Report) -> usize {
    let wrong = report.entries.iter().filter(|entry| entry.lint.is_none());
    let models: BTreeMap<&str, ()> =
        wrong.map(|entry| (entry.sources.file(crate::source::FileId(0)).name.as_str(), ())).collect();
    models.len()
}

fn key(entry: &Entry) -> (String, &'static str, String) {
    (entry.file().to_owned(), entry.code(), entry.diagnostic.message.clone())
}

impl Tally {
    /// `3 findings fixed in 2 files, 1 of them may change scores`
    fn told(&self, files: u64) -> String {
        let fixed = match self.fixed {
            0 => "nothing fixed".to_owned(),
            fixed => format!("{} fixed in {}", count(fixed, "finding", "findings"), count(files, "file", "files")),
        };
        let changed = match self.may_change_scores {
            0 => String::new(),
            number => format!(", {} of them may change scores", count(number, "", "").trim()),
        };
        let refused = self.refused.iter().map(|(file, code, message)| {
            format!("not fixed, because the rules could not run then: {file}: {code} {message}\n")
        });
        format!("{fixed}{changed}\n") + &refused.collect::<String>()
    }
}
