//! `:reset`

use super::{Command, Takes};
use crate::repl::{Answer, Session};

pub static COMMAND: Command = Command {
    name: "reset",
    form: "",
    about: "begins anew with an empty lead, as of the first date",
    takes: Takes::Nothing,
    run,
};

fn run(session: &mut Session, _: &str) -> Answer {
    session.reset();
    Ok(session.standing().shown(session.look))
}
