//! `:as of 2026-11-01`

use super::{Command, Takes};
use crate::repl::session::State;
use crate::repl::{Answer, Session, Wrong};
use crate::terminal::safe;
use crate::value::read_date;

pub static COMMAND: Command = Command {
    name: "as of",
    form: "DATE",
    about: "goes on as of another date; without a date, shows it",
    takes: Takes::Words,
    run,
};

fn run(session: &mut Session, text: &str) -> Answer {
    if text.is_empty() {
        return Ok(session.model().zone.written(session.state.as_of));
    }
    let zone = &session.model().zone;
    let as_of = read_date(text, None, None, zone).map(|moment| moment.last(zone)).map_err(|_| {
        Wrong::said(format!("`{}` is not a date", safe(text)))
            .help("write a date such as `2026-05-01`, or an instant such as `2026-05-01T09:30:00Z`")
    })?;
    Ok(session.go_on(State { subject: session.state.subject.clone(), as_of }))
}
