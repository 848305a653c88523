//! `:undo`

use super::{Command, Takes};
use crate::repl::{Answer, Session, Wrong};

pub static COMMAND: Command = Command {
    name: "undo",
    form: "",
    about: "takes back the last change of the lead, its events or the date",
    takes: Takes::Nothing,
    run,
};

fn run(session: &mut Session, _: &str) -> Answer {
    session.undo().ok_or_else(|| Wrong::said("there is nothing to take back"))
}
