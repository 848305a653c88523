//! Lines in the language: a lead, a changed field, events, rules to try, expressions.

use super::session::State;
use super::subject::{Subject, typed_event};
use super::{Answer, Session, Wrong, expression, trial};
use crate::check::{GivenParts, check_change, check_parts};
use crate::source::{FileId, Sources};
use crate::syntax::parse_typed;
use crate::syntax::tree::{Given, TestPart, Typed};
use crate::syntax::typing::{PieceKind, goes_on, pieces};

/// What messages call the line.
pub const NAME: &str = "typed";

/// What was typed, with the sources that its places lead into: the model's, and itself.
pub struct Line {
    pub sources: Sources,
    pub id: FileId,
}

impl Line {
    pub fn new(session: &Session, text: &str) -> Line {
        let mut sources = session.model().sources.clone();
        let id = sources.add(NAME, text);
        Line { sources, id }
    }

    /// An error with the line in it.
    pub fn wrong(self) -> impl FnOnce(Vec<crate::diagnostics::Diagnostic>) -> Wrong {
        move |diagnostics| Wrong::Rules { sources: self.sources, diagnostics }
    }
}

/// The commands of a text: a line each, or a block. The last one may be unfinished.
pub fn commands_in(text: &str) -> Vec<String> {
    let mut commands = Vec::new();
    let mut begun = String::new();
    for line in text.lines() {
        if !begun.is_empty() {
            begun.push('\n');
        }
        begun.push_str(line);
        if !is_unfinished(&begun) {
            commands.push(std::mem::take(&mut begun));
        }
    }
    commands.extend((!begun.is_empty()).then_some(begun));
    commands
}

/// Whether a command goes on with the next line.
pub fn is_unfinished(text: &str) -> bool {
    !text.trim_start().starts_with(':') && goes_on(text)
}

/// Answers a line of the language.
pub fn run(session: &mut Session, text: &str) -> Answer {
    if pieces(text).iter().all(|piece| piece.kind == PieceKind::Comment) {
        return Ok(String::new());
    }
    let line = Line::new(session, text.trim_end());
    match parse_typed(&line.sources, line.id) {
        Err(mistakes) => Err(line.wrong()(mistakes)),
        Ok(Typed::Parts(parts)) => give(session, line, &parts),
        Ok(Typed::Change(change)) => set(session, line, &change),
        Ok(Typed::Rules { score, items }) => trial::run(session, line, score.as_ref(), items),
        Ok(Typed::Expression(expr)) => expression::run(session, line, &expr),
    }
}

/// `lead { … }`, `event … ago { … }`, `before { … }`, `expect …`
fn give(session: &mut Session, line: Line, parts: &[TestPart]) -> Answer {
    let as_of = session.state.as_of;
    let given = match check_parts(session.model(), parts, as_of, &line.sources) {
        Ok(given) => given,
        Err(mistakes) => return Err(line.wrong()(mistakes)),
    };
    let mut lines = Vec::new();
    if given.lead.is_some() || !given.events.is_empty() || !given.before.is_empty() {
        let state = State { subject: given_subject(session, &given), as_of };
        let moved = session.go_on(state);
        lines.push(if given.lead.is_some() { session.standing().shown(session.look) } else { moved });
        if given.events.iter().any(|event| event.at > as_of) {
            let as_of = session.model().zone.written(as_of);
            lines.push(format!("an event after {as_of} does not exist yet; `:as of` a later date to see it"));
        }
    }
    if !given.expectations.is_empty() {
        let evaluation = session.state.subject.evaluate(session.model(), as_of);
        lines.extend(given.expectations.iter().map(|one| expression::condition(&evaluation, one, session.look)));
    }
    Ok(lines.join("\n"))
}

/// A lead begins anew; events are added to the lead that is there.
fn given_subject(session: &Session, given: &GivenParts) -> Subject {
    let model = session.model();
    let mut subject = session.state.subject.clone();
    if let Some(values) = &given.lead {
        subject = Subject::empty(model);
        for (field, value) in values {
            subject.set(model, *field, value.clone());
        }
    }
    given.events.iter().for_each(|event| subject.add(typed_event(model, event)));
    given.before.iter().for_each(|(threshold, met)| subject.was_met(*threshold, *met));
    subject
}

/// `title = "VP Sales"`
fn set(session: &mut Session, line: Line, change: &Given) -> Answer {
    let checked = match check_change(session.model(), change, &line.sources) {
        Ok(checked) => checked,
        Err(mistakes) => return Err(line.wrong()(mistakes)),
    };
    let mut state = session.state.clone();
    match checked {
        Some((field, value)) => state.subject.set(session.model(), field, value),
        None => return Ok(session.look.paint().dim("nothing moved")),
    }
    Ok(session.go_on(state))
}
