//! `score fmt`

use super::paths::{Alone, RuleFiles};
use super::terminal::{Paint, count, safe};
use super::{Common, Failure, Outcome, failure, output};
use crate::data::interrupt;
use crate::syntax::format;
use similar::TextDiff;

/// Lay out rule files in the one way
///
/// Aligns columns, breaks long lines, puts clauses in order; every word, number, text and comment stays. A file that is
/// laid out already is not touched, and one with mistakes is left as it is.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Standard input (`-`) is written, laid out, to standard output.

Examples:
  score fmt examples --check
  score fmt examples/b2b-saas/b2b-saas.score --diff")]
pub struct Arguments {
    #[command(flatten)]
    files: RuleFiles,
    /// Change nothing, and name the files that would be changed; exit code 1 if there are any
    #[arg(long)]
    check: bool,
    /// Change nothing, and show what would be changed
    #[arg(long)]
    diff: bool,
}

/// What became of the files.
#[derive(Default)]
struct Tally {
    changed: u64,
    unchanged: u64,
    wrong: u64,
    unread: u64,
}

/// # Errors
/// [`Failure::Cannot`]: a path that leads to no rules, an output that cannot be written.
pub fn run(arguments: Arguments, common: &Common) -> Result<Outcome, Failure> {
    let (files, unread) = arguments.files.read_alone()?;
    unread.iter().for_each(|failure| super::say(&failure::told(failure, common).0));
    let mut tally = Tally { unread: unread.len() as u64, ..Tally::default() };
    for file in files {
        interrupt::check()?;
        match one(&arguments, &file, common) {
            Ok(true) => tally.changed += 1,
            Ok(false) => tally.unchanged += 1,
            Err(Failure::ClosedPipe) => return Err(Failure::ClosedPipe),
            Err(Failure::Interrupted) => return Err(Failure::Interrupted),
            Err(failure) => {
                super::say(&failure::told(&failure, common).0);
                match failure {
                    Failure::Rules { .. } => tally.wrong += 1,
                    _ => tally.unread += 1,
                }
            }
        }
    }
    if !common.quiet {
        super::say(&tally.told(arguments.check || arguments.diff));
    }
    let falls_short = tally.wrong > 0 || (arguments.check && tally.changed > 0);
    Ok(match (tally.unread, falls_short) {
        (0, false) => Outcome::Done,
        (0, true) => Outcome::FallsShort,
        _ => Outcome::Unread,
    })
}

/// Does what is asked with one file; whether the layout changes it.
fn one(arguments: &Arguments, file: &Alone, common: &Common) -> Result<bool, Failure> {
    if !file.mistakes.is_empty() {
        return Err(Failure::Rules { sources: file.sources.clone(), diagnostics: file.mistakes.clone() });
    }
    let formatted = format::format(file.text(), &file.tree).map_err(|_| not_the_same(file.name()))?;
    let changed = formatted != file.text();
    match &file.path {
        _ if arguments.diff => {
            if changed {
                output::write(None, diff(file, &formatted, Paint(common.color_on_stdout())).as_bytes())?;
            }
        }
        _ if arguments.check => {
            if changed {
                output::write(None, format!("{}\n", safe(file.name())).as_bytes())?;
            }
        }
        Some(path) if changed => output::write(Some(path), formatted.as_bytes())?,
        Some(_) => {}
        None => output::write(None, formatted.as_bytes())?,
    }
    Ok(changed)
}

/// The layout has gone wrong, and nothing was written.
fn not_the_same(name: &str) -> Failure {
    Failure::cannot(format!("`{name}` was left as it is, because its layout would have changed what it says"))
        .help("this is a mistake of `score fmt`, not of your rules: please report it, with the file")
}

/// What the layout changes, as `diff -u` shows it.
fn diff(file: &Alone, formatted: &str, paint: Paint) -> String {
    let name = safe(file.name());
    let changes = TextDiff::from_lines(file.text(), formatted);
    let shown = changes.unified_diff().context_radius(3).header(&name, &name).to_string();
    if !paint.0 {
        return shown;
    }
    let colored = shown.split_inclusive('\n').map(|line| {
        let (text, end) = line.strip_suffix('\n').map_or((line, ""), |text| (text, "\n"));
        let text = match text.chars().next() {
            Some('+') => paint.green(text),
            Some('-') => paint.red(text),
            Some('@') => paint.cyan(text),
            _ => text.to_owned(),
        };
        text + end
    });
    colored.collect()
}

impl Tally {
    /// `2 files laid out, 10 unchanged, 1 with mistakes`
    fn told(&self, only_looks: bool) -> String {
        let (one, many) = if only_looks {
            ("file would be laid out anew", "files would be laid out anew")
        } else {
            ("file laid out anew", "files laid out anew")
        };
        let mut parts = Vec::new();
        if self.changed > 0 {
            parts.push(count(self.changed, one, many));
        }
        if self.unchanged > 0 || self.changed + self.wrong + self.unread == 0 {
            let what = if parts.is_empty() {
                count(self.unchanged, "file is laid out", "files are laid out")
            } else {
                count(self.unchanged, "file is already", "files are already")
            };
            parts.push(what);
        }
        if self.wrong > 0 {
            parts.push(count(
                self.wrong,
                "file has mistakes and stays as it is",
                "files have mistakes and stay as they are",
            ));
        }
        if self.unread > 0 {
            parts.push(count(self.unread, "file not read or written", "files not read or written"));
        }
        parts.join(", ") + "\n"
    }
}
