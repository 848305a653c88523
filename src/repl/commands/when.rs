//! `:when mql ends`

use super::{Command, Takes, nothing_behind, read_quotable};
use crate::repl::passage::{DAYS_AHEAD, Passage, Turn};
use crate::repl::{Answer, Session, Wrong};
use crate::terminal::{count, safe};
use crate::value::{Instant, Zone};

pub static COMMAND: Command = Command {
    name: "when",
    form: "CONDITION ends · begins",
    about: "the date on which it would end, or begin, if nothing more happens",
    takes: Takes::Condition,
    run,
};

fn run(session: &mut Session, text: &str) -> Answer {
    let (asked, ends) = match (text.strip_suffix("ends"), text.strip_suffix("begins")) {
        (Some(asked), _) => (asked.trim(), true),
        (_, Some(asked)) => (asked.trim(), false),
        _ => return Err(nothing_behind(&COMMAND, ":when mql ends")),
    };
    if asked.is_empty() {
        return Err(nothing_behind(&COMMAND, ":when mql ends"));
    }
    let (condition, model) = read_quotable(session, asked)?;
    let passage = Passage::new(&model, &session.state.subject, session.state.as_of);
    let now = passage.holds(&condition, session.state.as_of);
    if now != ends {
        let why = passage.look(session.state.as_of, |evaluation| evaluation.why(&condition));
        let said = if now { "it holds already" } else { "it does not hold now" };
        return Err(Wrong::said(said).help(safe(&why)));
    }
    let verb = if ends { "end" } else { "begin" };
    let Some(turn) = passage.turn(&condition)? else {
        return Ok(format!(
            "it does not {verb} within {} if nothing more happens",
            count(DAYS_AHEAD as u64 / 365, "year", "years")
        ));
    };
    let why = passage.look(turn.at, |evaluation| evaluation.why(&condition));
    Ok(format!("it {verb}s on {}, {}\n  {}", local(turn.at, &model.zone), away(session, turn), safe(&why)))
}

/// `in 43 days`
fn away(session: &Session, turn: Turn) -> String {
    let hours = turn.at.0.saturating_sub(session.state.as_of.0) / 3_600_000_000;
    match hours / 24 {
        0 => format!("in {}", count(hours.max(0) as u64, "hour", "hours")),
        days => format!("in {}", count(days as u64, "day", "days")),
    }
}

/// `2026-12-14 at 09:31 (Europe/Madrid)`
pub(super) fn local(at: Instant, zone: &Zone) -> String {
    let Ok(timestamp) = jiff::Timestamp::from_microsecond(at.0) else { return at.to_string() };
    let local = timestamp.to_zoned(zone.time_zone().clone()).datetime();
    let name = zone.time_zone().iana_name().unwrap_or("UTC");
    format!("{} at {:02}:{:02} ({name})", local.date(), local.hour(), local.minute())
}

/// `2026-12-14`
pub(super) fn local_day(at: Instant, zone: &Zone) -> String {
    match jiff::Timestamp::from_microsecond(at.0) {
        Ok(timestamp) => timestamp.to_zoned(zone.time_zone().clone()).date().to_string(),
        Err(_) => at.to_string(),
    }
}
