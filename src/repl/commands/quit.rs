//! `:quit`

use super::{Command, Takes};
use crate::repl::{Answer, Session};

pub static COMMAND: Command =
    Command { name: "quit", form: "", about: "leaves; Ctrl-D does, too", takes: Takes::Nothing, run };

fn run(session: &mut Session, _: &str) -> Answer {
    session.ended = true;
    Ok(String::new())
}
