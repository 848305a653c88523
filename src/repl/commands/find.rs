//! `:find industry is "health" and mql`

use super::{Command, Takes, nothing_behind, read_condition};
use crate::repl::draw::cut;
use crate::repl::standing::Standing;
use crate::repl::{Answer, Session};
use crate::terminal::{count, left, percent};
use unicode_width::UnicodeWidthStr;

pub static COMMAND: Command = Command {
    name: "find",
    form: "CONDITION",
    about: "the leads of the leads file for which a condition holds",
    takes: Takes::Condition,
    run,
};

/// Leads that are shown.
const MOST: usize = 20;

fn run(session: &mut Session, text: &str) -> Answer {
    if text.is_empty() {
        return Err(nothing_behind(&COMMAND, ":find total >= 50"));
    }
    let condition = read_condition(session, text)?;
    let (model, as_of) = (session.model(), session.state.as_of);
    let leads = session.population()?;
    let standings = leads.each(model, as_of, session.threads, |_, evaluation| {
        evaluation.holds(&condition).then(|| Standing::of(model, &evaluation.results))
    })?;
    let found: Vec<(&str, &Standing)> =
        leads.keys().zip(&standings).filter_map(|(key, standing)| Some((key, standing.as_ref()?))).collect();
    let all = standings.len() as u64;
    let share = percent(found.len() as u64, all);
    let mut lines = vec![format!("{} of {} ({share})", count(found.len() as u64, "lead", "leads"), crate::terminal::grouped(all))];
    lines.extend(table(session, &found, MOST));
    if found.len() > MOST {
        lines.push(format!("and {} more", crate::terminal::grouped((found.len() - MOST) as u64)));
    }
    Ok(lines.join("\n"))
}

/// Key and results of the first leads, a column a result.
pub(super) fn table(session: &Session, found: &[(&str, &Standing)], most: usize) -> Vec<String> {
    let names: Vec<&str> = found.first().map(|(_, standing)| standing.0.iter().map(|place| place.name.as_str()).collect()).unwrap_or_default();
    let mut rows: Vec<Vec<String>> = vec![std::iter::once("").chain(names).map(|name| cut(name, 24)).collect()];
    for (key, standing) in found.iter().take(most) {
        let cells = standing.0.iter().map(|place| cut(&place.shown, 24));
        rows.push(std::iter::once(cut(key, 24)).chain(cells).collect());
    }
    let widths: Vec<usize> = (0..rows.first().map_or(0, Vec::len))
        .map(|column| rows.iter().filter_map(|row| row.get(column)).map(|cell| cell.width()).max().unwrap_or(0))
        .collect();
    let line = |row: &Vec<String>| {
        let cells: Vec<String> = row.iter().zip(&widths).map(|(cell, width)| left(cell, *width)).collect();
        cut(format!("  {}", cells.join("  ")).trim_end(), session.look.width)
    };
    let paint = session.look.paint();
    rows.iter().enumerate().filter(|_| !found.is_empty()).map(|(place, row)| if place == 0 { paint.dim(&line(row)) } else { line(row) }).collect()
}
