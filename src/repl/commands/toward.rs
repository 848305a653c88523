//! `:toward mql`

use super::{Command, Takes, nothing_behind, read_quotable};
use crate::repl::toward::{EVALUATIONS, Found, Suggestion, toward};
use crate::repl::{Answer, Session};
use crate::terminal::safe;

pub static COMMAND: Command = Command {
    name: "toward",
    form: "CONDITION",
    about: "the smallest changes that would meet a threshold or any other condition; each is tried before it is shown",
    takes: Takes::Condition,
    run,
};

fn run(session: &mut Session, text: &str) -> Answer {
    if text.is_empty() {
        return Err(nothing_behind(&COMMAND, ":toward total >= 50"));
    }
    let (condition, model) = read_quotable(session, text)?;
    let (subject, as_of) = (&session.state.subject, session.state.as_of);
    let found = toward(&model, subject, as_of, &condition, session.population.as_ref(), EVALUATIONS)?;
    let paint = session.look.paint();
    let why = || safe(&subject.evaluate(&model, as_of).why(&condition));
    Ok(match found {
        Found::Holds => format!("{} already\n  {}", paint.green("holds"), why()),
        Found::Impossible => format!("no lead can meet it: that is proved\n  {}", why()),
        Found::Nothing => format!("nothing was found that would meet it\n  {}", why()),
        Found::Suggestions(suggestions) => {
            let mut lines = vec![format!("now: {}", why())];
            lines.push("any of these would meet it; each was tried:".to_owned());
            for (number, suggestion) in suggestions.iter().enumerate() {
                lines.extend(shown(session, number + 1, suggestion));
            }
            lines.join("\n")
        }
    })
}

fn shown(session: &Session, number: usize, suggestion: &Suggestion) -> Vec<String> {
    let (model, as_of) = (session.model(), session.state.as_of);
    let paint = session.look.paint();
    let mut lines = Vec::new();
    for (place, change) in suggestion.changes.iter().enumerate() {
        let lead_in = if place == 0 { format!("{number}.") } else { String::new() };
        lines.push(format!("  {lead_in:<3} {}", paint.bold(&safe(&change.shown(model, as_of)))));
    }
    let moved = suggestion.standing.moved_in_short(&session.standing());
    lines.push(paint.dim(&format!("      {moved}")));
    lines
}
