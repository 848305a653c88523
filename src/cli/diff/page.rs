//! The comparison as a page.

use super::Shown;
use crate::cli::page::{Bars, Block, OneBar, Page, Section, Table, Unit};
use crate::cli::terminal::{count, grouped, percent};
use crate::impact::population::{BandTable, Crossing, ScoreShift};
use crate::impact::said::in_short;
use crate::impact::{Change, ChangeKind, Detail, Population, Told, Verdict};
use crate::run::histogram::Histogram;
use crate::run::reasons::signed;
use crate::value::Decimal;

/// Bars of a picture.
const BARS: usize = 12;
/// Changes that are shown one by one.
const MOST_CHANGES: usize = 200;

pub fn page(shown: &Shown<'_>, exceeded: &[String]) -> Page {
    let mut page = Page { title: "What the change does".to_owned(), ..Page::default() };
    page.about.push(format!("From `{}` to `{}`, as of {}.", shown.old, shown.new, shown.zone.written(shown.as_of)));
    page.about.push(in_short(shown.verdict, shown.changes));
    page.warnings.extend(exceeded.iter().map(|said| format!("More than allowed by {said}")));
    if let Some(population) = shown.population {
        page.sections.push(leads(population));
    }
    page.sections.extend(rules(shown.changes));
    if let Verdict::Differ(told) = shown.verdict {
        page.sections.push(example(told));
    }
    if let Some(population) = shown.population {
        page.sections.extend(population.scores.iter().filter(|score| score.changed() > 0).flat_map(score));
        page.sections.extend(crossings(population));
        page.sections.extend(moved(population));
    }
    page
}

fn rules(changes: &[Change]) -> Option<Section> {
    if changes.is_empty() {
        return None;
    }
    let mut section = Section::new(format!("{} in the rules", count(changes.len() as u64, "change", "changes")));
    let mut table = Table::new(&["change", "what", "name", "of", "before", "after"]);
    for change in changes.iter().take(MOST_CHANGES) {
        let detail = |detail: &Detail| match detail.aspect {
            "rule" | "meaning" | "header" => change.kind.name().to_owned(),
            aspect if change.kind == ChangeKind::Changed => aspect.to_owned(),
            _ => change.kind.name().to_owned(),
        };
        let head = |said: String| {
            vec![said, change.what.to_owned(), change.name.clone(), change.score.clone().unwrap_or_default()]
        };
        if change.details.is_empty() {
            table.row([head(change.kind.name().to_owned()), vec![String::new(), String::new()]].concat());
        }
        for one in &change.details {
            let after = match one.old == one.new {
                true => "the same words, through what they name".to_owned(),
                false => quoted(one.new.as_ref()),
            };
            table.row([head(detail(one)), vec![quoted(one.old.as_ref()), after]].concat());
        }
    }
    section.blocks.push(Block::Table(table));
    if changes.len() > MOST_CHANGES {
        section.text(format!("and {} more", grouped((changes.len() - MOST_CHANGES) as u64)));
    }
    Some(section)
}

/// As code, unless backticks of its own are in the way.
fn quoted(text: Option<&String>) -> String {
    match text {
        Some(text) if text.is_empty() => String::new(),
        Some(text) if text.contains('`') => text.clone(),
        Some(text) => format!("`{text}`"),
        None => String::new(),
    }
}

fn example(told: &Told) -> Section {
    let mut section = Section::new("An example lead");
    section.blocks.push(Block::Code(told.written.clone()));
    let mut table = Table::new(&["result", ">before", ">after"]);
    for (name, before, after) in &told.differences {
        table.row(vec![name.clone(), before.clone(), after.clone()]);
    }
    section.blocks.push(Block::Table(table));
    section
}

fn leads(population: &Population) -> Section {
    let mut section = Section::new("What it does to the leads");
    let all = population.leads;
    section.text(format!(
        "{} of {} change ({}).",
        grouped(population.changed),
        count(all, "lead", "leads"),
        percent(population.changed, all)
    ));
    let mut table = Table::new(&["", ">leads", ">share", ">up or in", ">down or out"]);
    for score in &population.scores {
        let changed = score.changed();
        let came = if score.came_or_went > 0 {
            format!(" ({} came or went)", grouped(score.came_or_went))
        } else {
            String::new()
        };
        table.row(vec![
            format!("another {}{came}", score.label),
            grouped(changed),
            percent(changed, all),
            grouped(score.up),
            grouped(score.down),
        ]);
        if let Some(bands) = &score.bands {
            table.row(vec![
                format!("another band of {}", score.label),
                grouped(bands.changed),
                percent(bands.changed, all),
                String::new(),
                String::new(),
            ]);
        }
    }
    for threshold in &population.thresholds {
        let crossed = threshold.entered.leads + threshold.left.leads;
        table.row(vec![
            format!("{}: {} before, {} after", threshold.label, grouped(threshold.before), grouped(threshold.after)),
            grouped(crossed),
            percent(crossed, all),
            grouped(threshold.entered.leads),
            grouped(threshold.left.leads),
        ]);
    }
    section.blocks.push(Block::Table(table));
    section
}

fn score(score: &ScoreShift) -> Option<Section> {
    let mut section = Section::new(format!("{}: before and after", score.label));
    let mut table = Table::new(&["", ">lowest", ">average", ">highest"]);
    for (name, histogram, sum) in
        [("before", &score.before, score.sum_before), ("after", &score.after, score.sum_after)]
    {
        let value = |value: Option<Decimal>| value.map(|value| value.to_string()).unwrap_or_default();
        let mean =
            if histogram.count > 0 { format!("{:.1}", sum.to_f64() / histogram.count as f64) } else { String::new() };
        table.row(vec![name.to_owned(), value(histogram.lowest), mean, value(histogram.highest)]);
    }
    section.blocks.push(Block::Table(table));
    for (name, histogram) in [("Before", &score.before), ("After", &score.after)] {
        section.text(format!("{name}:"));
        section.blocks.push(bars(&format!("{name}: leads by {}", score.label), histogram));
    }
    section.blocks.extend(score.bands.as_ref().filter(|bands| bands.changed > 0).map(band_table));
    Some(section)
}

fn bars(title: &str, histogram: &Histogram) -> Block {
    let bar = |bar: crate::run::histogram::Bar| OneBar {
        label: match bar.to - bar.from {
            1 => bar.from.to_string(),
            _ if bar.closed => format!("{} to {}", bar.from, bar.to),
            _ => format!("{} to <{}", bar.from, bar.to),
        },
        short: bar.from.to_string(),
        value: bar.count as f64,
        dark: 0.0,
    };
    let bars = histogram.bars(BARS).into_iter().map(bar).collect();
    Block::Bars(Bars { title: title.to_owned(), bars, unit: Unit::Count, ..Bars::default() })
}

/// Leads by band before, a row each, and after.
fn band_table(bands: &BandTable) -> Block {
    let none = "none".to_owned();
    let columns: Vec<&String> = bands.new.iter().chain([&none]).collect();
    let names: Vec<String> = columns.iter().map(|name| format!(">{name}")).collect();
    let mut table =
        Table::new(&std::iter::once("before \\ after").chain(names.iter().map(String::as_str)).collect::<Vec<_>>());
    for (name, counts) in bands.old.iter().chain([&none]).zip(&bands.counts) {
        if name == &none && counts.iter().all(|count| *count == 0) {
            continue;
        }
        let cells = counts.iter().map(|count| if *count == 0 { "·".to_owned() } else { grouped(*count) });
        table.row(std::iter::once(name.clone()).chain(cells).collect());
    }
    // Nobody without a band after: the column goes.
    if bands.counts.iter().all(|row| row.last() == Some(&0)) {
        table.columns.pop();
        table.rows.iter_mut().for_each(|row| {
            row.pop();
        });
    }
    Block::Table(table)
}

fn crossings(population: &Population) -> Option<Section> {
    let mut table = Table::new(&["threshold", "", ">leads", "the rule that moved them", "such as"]);
    for threshold in &population.thresholds {
        for (what, crossing) in [("entered", &threshold.entered), ("left", &threshold.left)] {
            if crossing.leads > 0 {
                let leads = grouped(crossing.leads);
                table.row(vec![
                    threshold.label.clone(),
                    what.to_owned(),
                    leads,
                    movers(crossing),
                    crossing.keys.join(", "),
                ]);
            }
        }
    }
    if table.rows.is_empty() {
        return None;
    }
    let mut section = Section::new("Who enters and leaves");
    section.blocks.push(Block::Table(table));
    Some(section)
}

fn movers(crossing: &Crossing) -> String {
    const SHOWN: usize = 3;
    let mut rules: Vec<(&String, u64)> = crossing.rules.iter().map(|(rule, count)| (rule, *count)).collect();
    rules.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    let named = rules.iter().take(SHOWN).map(|(rule, count)| format!("{rule} ({})", grouped(*count)));
    let more = if rules.len() > SHOWN { ", …" } else { "" };
    named.collect::<Vec<_>>().join(", ") + more
}

fn moved(population: &Population) -> Option<Section> {
    if population.moved.is_empty() {
        return None;
    }
    let label = population.scores.last().map_or("score", |score| score.label.as_str());
    let mut section = Section::new(format!("Moved most: {label}"));
    let mut table = Table::new(&["lead", ">before", ">after", ">by", "rules"]);
    for moved in &population.moved {
        let value = |value: Option<Decimal>| value.map_or_else(|| "missing".to_owned(), |value| value.to_string());
        let rules =
            moved.rules.iter().map(|(rule, by)| format!("{rule} {}", signed(*by))).collect::<Vec<_>>().join(", ");
        table.row(vec![moved.key.clone(), value(moved.before), value(moved.after), signed(moved.by), rules]);
    }
    section.blocks.push(Block::Table(table));
    Some(section)
}
