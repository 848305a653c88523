//! `:spread`, `:spread fit`

use super::{Command, Takes, score};
use crate::model::ThresholdId;
use crate::repl::draw::bars;
use crate::repl::{Answer, Session};
use crate::run::histogram::Histogram;
use crate::run::row::band_name;
use crate::terminal::{count, percent, safe};

pub static COMMAND: Command = Command {
    name: "spread",
    form: "[SCORE]",
    about: "how the score of the leads file is spread: a histogram, bands and thresholds",
    takes: Takes::Score,
    run,
};

const BARS: usize = 12;

fn run(session: &mut Session, text: &str) -> Answer {
    let id = score(session.model(), text)?;
    let results = session.results()?;
    let (model, look) = (session.model(), session.look);
    let Some(score) = model.scores.get(id.index()) else { return Ok(String::new()) };
    let mut histogram = Histogram::default();
    histogram.add_all(results.iter().filter_map(|results| results.scores.get(id.index()).copied().flatten()));
    let rows: Vec<(String, u64)> = histogram
        .bars(BARS)
        .iter()
        .map(|bar| (format!("{} {} {}", bar.from, if bar.closed { "to" } else { "to below" }, bar.to), bar.count))
        .collect();
    let known = histogram.count;
    let mut lines = vec![format!("{}  {}", look.paint().bold(&safe(&score.label)), count(known, "lead", "leads"))];
    lines.extend(bars(&rows, look));
    let missing = results.len() as u64 - known;
    lines.extend((missing > 0).then(|| format!("  missing for {}", count(missing, "lead", "leads"))));
    if let Some(declared) = &score.bands {
        let of_band = |name: &str| results.iter().filter(|results| band_name(model, results, id) == Some(name)).count();
        let names = declared.bands.iter().map(|band| band.name.clone());
        let excluded = (!model.excludes.is_empty()).then(|| "excluded".to_owned());
        let rows: Vec<(String, u64)> =
            names.chain(excluded).map(|name| (name.clone(), of_band(&name) as u64)).collect();
        lines.push(look.paint().bold("bands"));
        lines.extend(bars(&rows, look));
    }
    for (threshold, id) in model.thresholds.iter().zip((0..).map(ThresholdId)) {
        let met = results.iter().filter(|results| results.thresholds.get(id.index()) == Some(&true)).count() as u64;
        lines.push(format!(
            "{}  met by {} ({})",
            safe(&threshold.name),
            count(met, "lead", "leads"),
            percent(met, results.len() as u64)
        ));
    }
    Ok(lines.join("\n"))
}
