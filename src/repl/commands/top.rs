//! `:top 10`

use super::find::table;
use super::{Command, Takes, nothing_behind, score};
use crate::repl::standing::Standing;
use crate::repl::{Answer, Session};

pub static COMMAND: Command = Command {
    name: "top",
    form: "10 [SCORE]",
    about: "the leads of the leads file with the highest score",
    takes: Takes::Score,
    run,
};

/// Leads that are shown where no number is given.
const DEFAULT: usize = 10;

fn run(session: &mut Session, text: &str) -> Answer {
    let (number, name) = match text.split_once(char::is_whitespace).unwrap_or((text, "")) {
        ("", _) => (Some(DEFAULT), ""),
        (word, rest) if word.starts_with(|first: char| first.is_ascii_digit()) => (word.parse().ok(), rest.trim()),
        _ => (Some(DEFAULT), text),
    };
    let most = number.filter(|number| *number > 0).ok_or_else(|| nothing_behind(&COMMAND, ":top 10"))?;
    let id = score(session.model(), name)?;
    let results = session.results()?;
    let model = session.model();
    let mut order: Vec<(usize, crate::value::Decimal)> = results
        .iter()
        .enumerate()
        .filter_map(|(place, results)| Some((place, results.scores.get(id.index()).copied().flatten()?)))
        .collect();
    // Stable: equals stay in the order of the file.
    order.sort_by_key(|(_, score)| std::cmp::Reverse(*score));
    let keys: Vec<&str> = session.population()?.keys().collect();
    let standings: Vec<(&str, Standing)> = order
        .iter()
        .take(most)
        .filter_map(|(place, _)| Some((*keys.get(*place)?, Standing::of(model, results.get(*place)?))))
        .collect();
    let shown: Vec<(&str, &Standing)> = standings.iter().map(|(key, standing)| (*key, standing)).collect();
    Ok(table(session, &shown, most).join("\n"))
}
