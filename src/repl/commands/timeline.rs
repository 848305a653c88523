//! `:timeline 90 days`

use super::when::local_day;
use super::{Command, Takes, nothing_behind, score};
use crate::model::{Model, Results, ThresholdId};
use crate::repl::draw::line;
use crate::repl::passage::Passage;
use crate::repl::{Answer, Session};
use crate::run::row::band_name;
use crate::terminal::{right, safe};
use crate::value::Instant;

pub static COMMAND: Command = Command {
    name: "timeline",
    form: "90 days [SCORE]",
    about: "a score day by day as points fade, if nothing more happens",
    takes: Takes::Words,
    run,
};

const DAY: i64 = 86_400_000_000;
/// Ten years.
const MOST_DAYS: i64 = 3_650;

fn run(session: &mut Session, text: &str) -> Answer {
    let example = || nothing_behind(&COMMAND, ":timeline 90 days");
    let mut words = text.split_whitespace();
    let number = words.next().and_then(|word| word.parse::<i64>().ok()).filter(|number| *number > 0);
    let unit = words.next().unwrap_or("days");
    let each = match unit {
        "day" | "days" => 1,
        "week" | "weeks" => 7,
        "month" | "months" => 30,
        "year" | "years" => 365,
        _ => return Err(example()),
    };
    let days = number.ok_or_else(example)?.saturating_mul(each).min(MOST_DAYS);
    let model = session.model();
    let id = score(model, &words.collect::<Vec<_>>().join(" "))?;
    let passage = Passage::new(model, &session.state.subject, session.state.as_of);
    let at = |day: i64| Instant(session.state.as_of.0.saturating_add(day * DAY));
    let results: Vec<Results> =
        (0..=days).map(|day| passage.look(at(day), |evaluation| evaluation.results.clone())).collect();

    let columns = usize::try_from(days + 1).unwrap_or(1).min(session.look.width.saturating_sub(12).max(8));
    let of_column = |column: usize| {
        let day = if columns < 2 { 0 } else { column * (results.len() - 1) / (columns - 1) };
        results.get(day)?.scores.get(id.index()).copied().flatten()
    };
    let values: Vec<_> = (0..columns).map(of_column).collect();
    let name = model.scores.get(id.index()).map(|score| safe(&score.label)).unwrap_or_default();
    let mut lines = vec![session.look.paint().bold(&name)];
    let (drawn, before) = line(&values, session.look);
    if drawn.is_empty() {
        lines.push("it is missing on all of these days".to_owned());
        return Ok(lines.join("\n"));
    }
    lines.extend(drawn);
    let (first, last) = (local_day(at(0), &model.zone), local_day(at(days), &model.zone));
    let room = columns.saturating_sub(first.len()).max(last.len() + 1);
    lines.push(session.look.paint().dim(&format!("{}{first}{}", " ".repeat(before), right(&last, room))));
    lines.extend(turns(model, &results, |day| local_day(at(day), &model.zone)));
    Ok(lines.join("\n"))
}

/// Days on which a band or a threshold is another than the day before.
fn turns(model: &Model, results: &[Results], day: impl Fn(i64) -> String) -> Vec<String> {
    const MOST: usize = 12;
    let mut lines = Vec::new();
    for (number, pair) in (1..).zip(results.windows(2)) {
        let [was, is] = pair else { continue };
        for (score, id) in model.scores.iter().zip((0..).map(crate::model::ScoreId)) {
            let (was, is) = (band_name(model, was, id), band_name(model, is, id));
            if was != is {
                let names = [was, is].map(|name| safe(name.unwrap_or("missing")));
                lines.push(format!("{}  {} {} → {}", day(number), safe(&score.name), names[0], names[1]));
            }
        }
        for (threshold, id) in model.thresholds.iter().zip((0..).map(ThresholdId)) {
            let met = |results: &Results| results.thresholds.get(id.index()).copied().unwrap_or(false);
            if met(was) != met(is) {
                lines.push(format!(
                    "{}  {} {}",
                    day(number),
                    safe(&threshold.name),
                    if met(is) { "begins" } else { "ends" }
                ));
            }
        }
    }
    let more = lines.len().saturating_sub(MOST);
    lines.truncate(MOST);
    lines.extend((more > 0).then(|| format!("and {more} more")));
    lines
}
