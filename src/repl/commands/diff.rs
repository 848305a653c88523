//! `:diff`

use super::{Command, Takes};
use crate::impact::said::{in_a_line, in_short};
use crate::impact::{Changes, Verdict, changes, verdict};
use crate::repl::carry::{carry, same_schema};
use crate::repl::standing::Standing;
use crate::repl::trial::impact as moved_leads;
use crate::repl::{Answer, Session};
use crate::source::Sources;
use crate::terminal::safe;
use similar::{ChangeTag, TextDiff};

pub static COMMAND: Command = Command {
    name: "diff",
    form: "",
    about: "the file as it is saved against the model as the session began: what changed, and what that moves",
    takes: Takes::Nothing,
    run,
};

fn run(session: &mut Session, _: &str) -> Answer {
    let mut lines = changed_lines(session, &session.loaded.model.sources, &session.opened.model.sources);
    if lines.is_empty() {
        return Ok("the file is as it was when the session began".to_owned());
    }
    let (old, new, as_of) = (&session.loaded.model, session.model(), session.state.as_of);
    lines.extend(meaning(session, &changes(old, new)));
    let subject = carry(&session.state.subject, new, old);
    let before = Standing::of(old, &subject.evaluate(old, as_of).results);
    lines.push(session.standing().moved_from(&before, session.look));
    if let Some(leads) = session.population.as_ref().filter(|_| same_schema(old, new) && same_results(session)) {
        let before = leads.results(old, as_of, session.threads)?;
        let after = session.results()?;
        lines.push(moved_leads(session.model(), &before, &after));
    }
    Ok(lines.join("\n"))
}

/// What changed in meaning, and whether the two can ever differ: as `score diff` says it.
fn meaning(session: &Session, changes: &Changes<'_>) -> Vec<String> {
    let paint = session.look.paint();
    let mut lines: Vec<String> = changes.changes.iter().map(|change| safe(&in_a_line(change))).collect();
    let verdict = verdict(changes, session.state.as_of);
    lines.push(paint.bold(&in_short(&verdict, &changes.changes)));
    if let Verdict::Differ(told) = &verdict {
        lines.extend(told.written.lines().map(|line| format!("  {}", safe(line))));
        let row = |(name, before, after): &(String, String, String)| {
            format!("  {}: {} → {}", safe(name), safe(before), safe(after))
        };
        lines.extend(told.differences.iter().map(row));
    }
    lines
}

/// Results of both can be put side by side by their ids.
fn same_results(session: &Session) -> bool {
    let (old, new) = (&session.loaded.model, session.model());
    old.scores.iter().map(|score| &score.name).eq(new.scores.iter().map(|score| &score.name))
        && old.thresholds.iter().map(|one| &one.name).eq(new.thresholds.iter().map(|one| &one.name))
}

/// Each changed line of the rule files, with a line around it.
fn changed_lines(session: &Session, old: &Sources, new: &Sources) -> Vec<String> {
    let paint = session.look.paint();
    let text_of = |sources: &Sources, name: &str| {
        let id = sources.ids().find(|id| sources.file(*id).name == name);
        id.map(|id| sources.file(id).text.clone()).unwrap_or_default()
    };
    let mut names: Vec<&str> = old.ids().map(|id| old.file(id).name.as_str()).collect();
    for id in new.ids() {
        let name = new.file(id).name.as_str();
        if !names.contains(&name) {
            names.push(name);
        }
    }
    let mut lines = Vec::new();
    for name in names {
        let (was, is) = (text_of(old, name), text_of(new, name));
        if was == is {
            continue;
        }
        lines.push(paint.bold(&safe(name)));
        let diff = TextDiff::from_lines(&was, &is);
        for (place, group) in diff.grouped_ops(1).iter().enumerate() {
            if place > 0 {
                lines.push(paint.dim("  …"));
            }
            for change in group.iter().flat_map(|op| diff.iter_changes(op)) {
                let text = safe(change.value().trim_end());
                lines.push(match change.tag() {
                    ChangeTag::Delete => paint.red(&format!("- {text}")),
                    ChangeTag::Insert => paint.green(&format!("+ {text}")),
                    ChangeTag::Equal => format!("  {text}"),
                });
            }
        }
    }
    lines
}
