//! A conversation on a terminal.

use super::helper::{Helper, Shared};
use crate::cli::failure::Failure;
use crate::cli::{Common, Outcome, interrupt};
use crate::repl::typed::commands_in;
use crate::repl::{Session, Wrong};
use crate::terminal::{count, safe};
use rustyline::error::ReadlineError;
use rustyline::history::FileHistory;
use rustyline::{ColorMode, CompletionType, Config, Editor, ExternalPrinter};
use std::io::Write;
use std::path::Path;
use std::time::Duration;

const PROMPT: &str = "> ";
/// How often the files of the model are looked at.
const WATCH: Duration = Duration::from_millis(250);
const LINES_KEPT: usize = 2_000;
/// Narrower windows are written to as if they were this wide.
const NARROWEST: usize = 24;
const WIDEST: usize = 160;

/// # Errors
/// The terminal cannot be read.
pub fn run(
    session: Session,
    wrong: Option<Wrong>,
    history: Option<&Path>,
    common: &Common,
) -> Result<Outcome, Failure> {
    let color = session.look.color;
    let shared = Shared::new(session);
    let mut editor = editor(&shared, color).map_err(|error| cannot(&error))?;
    if let Some(file) = history {
        // The first session has none.
        let _ = editor.load_history(file);
    }
    greet(&shared, wrong, common);
    watch(&shared, &mut editor);
    loop {
        fit(&shared);
        match editor.readline(PROMPT) {
            Ok(line) => {
                if !line.trim().is_empty()
                    && matches!(editor.add_history_entry(line.trim_end()), Ok(true))
                    && let Some(file) = history
                {
                    // A history that can't be written is no reason to stop.
                    let _ = editor.append_history(file);
                }
                if answered(&shared, &line) {
                    return Ok(Outcome::Done);
                }
            }
            Err(ReadlineError::Interrupted) => {}
            Err(ReadlineError::Eof) => return Ok(Outcome::Done),
            Err(error) => return Err(cannot(&error)),
        }
    }
}

fn cannot(error: &ReadlineError) -> Failure {
    Failure::cannot(format!("cannot use the terminal: {error}"))
}

fn editor(shared: &Shared, color: bool) -> rustyline::Result<Editor<Helper, FileHistory>> {
    let config = Config::builder()
        .completion_type(CompletionType::List)
        .completion_show_all_if_ambiguous(true)
        .color_mode(if color { ColorMode::Enabled } else { ColorMode::Disabled })
        .max_history_size(LINES_KEPT)?
        .build();
    let mut editor = Editor::with_config(config)?;
    editor.set_helper(Some(Helper { session: shared.clone() }));
    Ok(editor)
}

fn greet(shared: &Shared, wrong: Option<Wrong>, common: &Common) {
    fit(shared);
    let session = shared.lock();
    if let Some(wrong) = wrong {
        tell(&wrong.shown(session.look));
        tell("mend the file and save it: it is read again by itself");
    }
    if common.quiet {
        return;
    }
    let model = session.model();
    let name = match (&model.about.name, &session.opened.path) {
        (Some(name), _) => safe(name),
        (None, Some(path)) => safe(&path.display().to_string()),
        (None, None) => "a model".to_owned(),
    };
    let leads =
        session.population.as_ref().map(|leads| format!(" · {}", count(leads.records.len() as u64, "lead", "leads")));
    let paint = session.look.paint();
    tell(&format!("{}{}", paint.bold(&name), leads.unwrap_or_default()));
    tell(&paint.dim("`:help` shows what can be typed; Ctrl-D leaves"));
    for note in session.population.iter().flat_map(|leads| &leads.notes) {
        tell(&format!("{}: {}", paint.yellow("warning"), safe(note)));
    }
}

/// Answers go by the width of the window.
fn fit(shared: &Shared) {
    let columns = terminal_size::terminal_size().map(|(columns, _)| usize::from(columns.0));
    shared.lock().look.width = columns.unwrap_or(80).clamp(NARROWEST, WIDEST);
}

/// Answers what was typed, or pasted: one command or several. Whether the session ended.
fn answered(shared: &Shared, text: &str) -> bool {
    for command in commands_in(text) {
        let mut session = shared.lock();
        let answer = interrupt::while_answering(|| session.answer(&command));
        let text = answer.unwrap_or_else(|wrong| wrong.shown(session.look));
        if !text.is_empty() {
            tell(&text);
        }
        if session.ended {
            return true;
        }
    }
    false
}

/// A terminal that is gone is noticed when the next line is read.
fn tell(text: &str) {
    let _ = std::io::stdout().lock().write_all(format!("{text}\n").as_bytes());
}

/// Reads the model again when one of its files is saved, and says what moved.
fn watch(shared: &Shared, editor: &mut Editor<Helper, FileHistory>) {
    let Ok(mut printer) = editor.create_external_printer() else { return };
    let shared = shared.clone();
    std::thread::Builder::new()
        .name("watch".to_owned())
        .stack_size(crate::cli::STACK)
        .spawn(move || {
            loop {
                std::thread::sleep(WATCH);
                let mut session = shared.lock();
                let Some(answer) = session.reload() else { continue };
                let text = answer.unwrap_or_else(|wrong| wrong.shown(session.look));
                // Whoever reads keys may need the session before there is room for the text.
                drop(session);
                if printer.print(format!("{text}\n")).is_err() {
                    return;
                }
            }
        })
        .ok();
}
