//! `:pick L0001`

use super::{Command, Takes, nothing_behind};
use crate::diagnostics::nearest;
use crate::model::Previous;
use crate::repl::session::State;
use crate::repl::subject::Subject;
use crate::repl::{Answer, Session, Wrong};
use crate::terminal::safe;

pub static COMMAND: Command =
    Command { name: "pick", form: "KEY", about: "goes on with a lead of the leads file", takes: Takes::Key, run };

fn run(session: &mut Session, text: &str) -> Answer {
    let leads = session.population()?;
    let key = text.trim_matches('"');
    if key.is_empty() {
        return Err(nothing_behind(&COMMAND, &format!(":pick {}", leads.keys().next().unwrap_or("L1"))));
    }
    let Some(record) = leads.of(key) else {
        let wrong = Wrong::said(format!("there is no lead `{}` in the leads file", safe(key)));
        let near = if key.chars().count() < 3 { None } else { nearest(key, leads.keys()) };
        let some: Vec<String> = leads.keys().take(3).map(|key| format!("`{}`", safe(key))).collect();
        return Err(match near {
            Some(near) => wrong.help(format!("did you mean `{}`?", safe(near))),
            None => wrong.help(format!("its keys are such as {}", some.join(", "))),
        });
    };
    let previous = Previous { met: vec![false; session.model().thresholds.len()] };
    let subject = Subject { lead: record.lead.clone(), events: record.events.clone(), previous };
    session.go_on(State { subject, as_of: session.state.as_of });
    let shown = session.state.subject.shown(session.model(), session.state.as_of);
    let lead = shown.lines().next().map(safe).unwrap_or_default();
    let events = crate::terminal::count(session.state.subject.events.len() as u64, "event", "events");
    Ok(format!("{lead}\n{events}\n{}", session.standing().shown(session.look)))
}
