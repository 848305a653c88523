//! `:plan`

use super::{Command, Takes};
use crate::plan::{Asked, Plan, show};
use crate::repl::{Answer, Session};

pub static COMMAND: Command = Command {
    name: "plan",
    form: "",
    about: "how the model is worked out for many leads, and why so",
    takes: Takes::Nothing,
    run,
};

fn run(session: &mut Session, _: &str) -> Answer {
    let plan = Plan::new(session.model(), session.state.as_of, &Asked::default());
    Ok(show::human(&show::shown(&plan)).trim_end().to_owned())
}
