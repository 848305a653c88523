//! Commands from `--eval` and standard input; answers to standard output, without ceremony.

use crate::cli::failure::Failure;
use crate::cli::{Common, Outcome, say};
use crate::data::interrupt;
use crate::repl::typed::is_unfinished;
use crate::repl::{Answer, Session, Wrong};
use std::io::{self, BufRead, Write};

/// # Errors
/// Standard input or output cannot be used.
pub fn run(mut session: Session, eval: &[String], common: &Common) -> Result<Outcome, Failure> {
    if !common.quiet {
        let notes = session.population.iter().flat_map(|leads| &leads.notes);
        notes.for_each(|note| say(&format!("warning: {}\n", crate::terminal::safe(note))));
    }
    let mut failed = false;
    if eval.is_empty() {
        from_standard_input(&mut session, &mut failed)?;
    } else {
        for command in eval {
            answer(&mut session, command, &mut failed)?;
        }
    }
    Ok(if failed { Outcome::FallsShort } else { Outcome::Done })
}

fn from_standard_input(session: &mut Session, failed: &mut bool) -> Result<(), Failure> {
    let mut begun = String::new();
    for line in io::stdin().lock().lines() {
        let line = line.map_err(|error| match error.kind() {
            io::ErrorKind::InvalidData => Failure::cannot("standard input is not UTF-8 text"),
            _ => Failure::cannot(format!("cannot read standard input: {error}")),
        })?;
        if !begun.is_empty() {
            begun.push('\n');
        }
        begun.push_str(&line);
        if is_unfinished(&begun) {
            continue;
        }
        answer(session, &std::mem::take(&mut begun), failed)?;
        if session.ended {
            return Ok(());
        }
    }
    answer(session, &begun, failed)
}

fn answer(session: &mut Session, command: &str, failed: &mut bool) -> Result<(), Failure> {
    if let Some(reloaded) = session.reload() {
        show(session, reloaded, failed)?;
    }
    let answer = session.answer(command);
    show(session, answer, failed)
}

/// What is wrong is an answer, too.
fn show(session: &Session, answer: Answer, failed: &mut bool) -> Result<(), Failure> {
    interrupt::check()?;
    let text = match answer {
        Err(Wrong::Interrupted) => return Err(Failure::Interrupted),
        Ok(text) => text,
        Err(wrong) => {
            *failed = true;
            wrong.shown(session.look)
        }
    };
    if text.is_empty() {
        return Ok(());
    }
    let mut output = io::stdout().lock();
    output.write_all(format!("{text}\n").as_bytes()).and_then(|()| output.flush()).map_err(|error| match error.kind() {
        io::ErrorKind::BrokenPipe => Failure::ClosedPipe,
        _ => Failure::cannot(format!("cannot write to standard output: {error}")),
    })
}
