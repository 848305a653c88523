//! `:find industry is "health" and mql`

use super::{Command, Takes, nothing_behind, read_condition};
use crate::repl::draw::cut;
use crate::repl::standing::{Place, Standing};
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
/// The widest cell, in columns.
const WIDEST: usize = 24;

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
    let mut lines =
        vec![format!("{} of {} ({share})", count(found.len() as u64, "lead", "leads"), crate::terminal::grouped(all))];
    lines.extend(table(session, &found, MOST));
    if found.len() > MOST {
        lines.push(format!("and {} more", crate::terminal::grouped((found.len() - MOST) as u64)));
    }
    Ok(lines.join("\n"))
}

/// Key and results of the first leads, a column a result. Where nobody is excluded, nothing is said about it.
pub(super) fn table(session: &Session, found: &[(&str, &Standing)], most: usize) -> Vec<String> {
    let Some((_, first)) = found.first() else { return Vec::new() };
    let shown = found.get(..most.min(found.len())).unwrap_or_default();
    let is_said = |place: &&Place| {
        let same = |(_, standing): &(&str, &Standing)| {
            standing.0.iter().any(|one| one.name == place.name && one.shown != "no")
        };
        place.name != "excluded" || shown.iter().any(same)
    };
    let columns: Vec<&str> = first.0.iter().filter(is_said).map(|place| place.name.as_str()).collect();
    let mut rows: Vec<Vec<String>> =
        vec![std::iter::once("").chain(columns.clone()).map(|name| cut(name, WIDEST)).collect()];
    for (key, standing) in shown {
        let cells = standing.0.iter().filter(|place| columns.contains(&place.name.as_str()));
        rows.push(
            std::iter::once(*key)
                .chain(cells.map(|place| place.shown.as_str()))
                .map(|cell| cut(cell, WIDEST))
                .collect(),
        );
    }
    let width =
        |column: usize| rows.iter().filter_map(|row| row.get(column)).map(|cell| cell.width()).max().unwrap_or(0);
    let widths: Vec<usize> = (0..=columns.len()).map(width).collect();
    let line = |row: &Vec<String>| {
        let cells: Vec<String> = row.iter().zip(&widths).map(|(cell, width)| left(cell, *width)).collect();
        cut(format!("  {}", cells.join("  ")).trim_end(), session.look.width)
    };
    let paint = session.look.paint();
    rows.iter().enumerate().map(|(place, row)| if place == 0 { paint.dim(&line(row)) } else { line(row) }).collect()
}
