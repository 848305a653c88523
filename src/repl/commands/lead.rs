//! `:lead`

use super::{Command, Takes};
use crate::repl::{Answer, Session};
use crate::terminal::safe;

pub static COMMAND: Command = Command {
    name: "lead",
    form: "",
    about: "the lead that is tried, with its events, as it is typed; and its results",
    takes: Takes::Nothing,
    run,
};

fn run(session: &mut Session, _: &str) -> Answer {
    let shown = session.state.subject.shown(session.model(), session.state.as_of);
    let lines: Vec<String> = shown.lines().map(safe).collect();
    Ok(format!("{}\n{}", lines.join("\n"), session.standing().shown(session.look)))
}
