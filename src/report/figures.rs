//! From counts to the report.

use super::tally::{MoneyTally, PartTally, RuleTally, Tally};
use super::warnings;
use crate::model::{Item, Model, RuleId, Score, ScoreBody, ScoreId, ThresholdId};
use crate::statistics::{
    Bar, Cutoff, Discrimination, Level, Ranking, Share, Tenth, bars, best_by_f1, cutoff_at, discrimination,
    for_capacity, tenths,
};
use crate::value::{Decimal, Instant};

/// The most bars of a picture, and cut-offs of a table.
const BARS: usize = 20;
/// The most parts of `--by` that are shown; the rest is one.
const PARTS: usize = 20;
const WEEK: f64 = 7.0 * 86_400.0 * 1e6;

/// All that there is to show.
#[derive(Debug, Clone)]
pub struct Report {
    pub model: Option<String>,
    pub as_of: Instant,
    /// The field as of whose date each lead was scored.
    pub as_of_field: Option<String>,
    /// As written.
    pub outcome: Option<String>,
    pub leads_read: u64,
    pub leads_rejected: u64,
    /// Leads that are not excluded; all figures are about these.
    pub everybody: Share,
    pub excluded: Share,
    pub scores: Vec<ScoreFigures>,
    /// The score whose tenths and cut-offs matter most.
    pub main: Option<usize>,
    pub thresholds: Vec<ThresholdFigures>,
    pub rules: Vec<RuleFigures>,
    pub parts: Option<Parts>,
    pub money: Option<Money>,
    pub warnings: Vec<String>,
}

/// How one score is spread and what it tells.
#[derive(Debug, Clone)]
pub struct ScoreFigures {
    pub name: String,
    pub label: String,
    pub known: Share,
    pub missing: Share,
    pub lowest: Option<Decimal>,
    pub highest: Option<Decimal>,
    pub median: Option<Decimal>,
    pub mean: Option<f64>,
    pub bars: Vec<Bar>,
    /// In the order written
    pub bands: Vec<BandFigures>,
    /// The rest with an outcome alone
    pub discrimination: Option<Discrimination>,
    pub tenths: Vec<Tenth>,
    /// From the highest down
    pub cutoffs: Vec<Cutoff>,
    /// The best by F1
    pub best: Option<Cutoff>,
    pub capacity: Option<Capacity>,
}

#[derive(Debug, Clone)]
pub struct BandFigures {
    pub name: String,
    pub label: Option<String>,
    pub leads: Share,
}

/// What can be called in a week.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Capacity {
    pub calls_a_week: u64,
    /// Over which the leads came in; `None` where no date of theirs was given: they then count as one week's.
    pub weeks: Option<f64>,
    /// `None` where even those with the highest value are too many.
    pub cutoff: Option<Cutoff>,
}

#[derive(Debug, Clone)]
pub struct ThresholdFigures {
    pub name: String,
    pub label: String,
    pub leads: Share,
}

#[derive(Debug, Clone)]
pub struct RuleFigures {
    pub score: String,
    pub label: String,
    /// For which it gives points
    pub leads: Share,
    /// In all
    pub points: Decimal,
    /// Of all points of its score, plus and minus alike; 0 to 1
    pub part_of_score: Option<f64>,
    /// How well its points alone tell buyers
    pub discrimination: Option<Discrimination>,
    /// Its points point the wrong way, and that is hardly chance
    pub wrong_way: bool,
    /// It alone tells who bought, as if it knew
    pub tells: bool,
}

/// `--by FIELD`
#[derive(Debug, Clone)]
pub struct Parts {
    pub by: String,
    /// The largest first
    pub rows: Vec<PartFigures>,
}

#[derive(Debug, Clone)]
pub struct PartFigures {
    /// `None`: leads without a value
    pub value: Option<String>,
    /// Several values together
    pub others: bool,
    pub leads: Share,
    pub qualified: Share,
    pub mean: Option<f64>,
    pub discrimination: Option<Discrimination>,
    pub revenue: Decimal,
    pub deals: u64,
}

/// Deals won, and how quickly money comes of qualified leads.
#[derive(Debug, Clone)]
pub struct Money {
    pub all: MoneyFigures,
    /// Who meets the threshold, with its label
    pub qualified: Option<(String, MoneyFigures)>,
    /// Whether amounts, and whether dates of creation and closing, were given.
    pub has_amounts: bool,
    pub has_dates: bool,
}

#[derive(Debug, Clone)]
pub struct MoneyFigures {
    pub leads: Share,
    pub deals: u64,
    pub revenue: Decimal,
    pub average_deal: Option<f64>,
    pub median_days: Option<Decimal>,
    /// Leads × win rate × average deal ÷ cycle days: money a day
    pub velocity: Option<f64>,
    pub backwards: u64,
}

/// What the counts do not know.
#[derive(Debug, Clone, Default)]
pub struct Context<'a> {
    pub as_of_field: Option<&'a str>,
    pub outcome: Option<&'a str>,
    pub by: Option<&'a str>,
    pub main: Option<ScoreId>,
    pub qualified: Option<ThresholdId>,
    pub capacity: Option<u64>,
    pub has_amounts: bool,
    pub has_dates: bool,
    /// Fields of the outcome that rules read
    pub read_by_rules: &'a [String],
    pub leads_read: u64,
    pub leads_rejected: u64,
    /// Said already while leads were read
    pub warnings: Vec<String>,
}

/// Makes the report of all counts, which are settled.
pub fn report(model: &Model, as_of: Instant, tally: &Tally, context: Context<'_>) -> Report {
    let has_outcome = context.outcome.is_some();
    let weeks = tally.created.map(|(from, to)| ((to - from) as f64 / WEEK).max(1.0));
    let scores = model.scores.iter().zip(&tally.scores);
    let scores: Vec<ScoreFigures> = scores
        .map(|(score, counts)| {
            let capacity = context.capacity.map(|calls| (calls, weeks));
            let mut figures = score_figures(score, &counts.ranking, counts.missing, has_outcome, capacity);
            figures.bands = band_figures(score, &counts.bands);
            figures
        })
        .collect();
    let thresholds = model.thresholds.iter().zip(&tally.thresholds).map(|(threshold, leads)| ThresholdFigures {
        name: threshold.name.clone(),
        label: threshold.label.clone(),
        leads: *leads,
    });
    let qualified = context.qualified.and_then(|id| model.thresholds.get(id.index()));
    let money = (context.has_amounts || context.has_dates).then(|| Money {
        all: money_figures(&tally.money),
        qualified: qualified.map(|threshold| (threshold.label.clone(), money_figures(&tally.qualified))),
        has_amounts: context.has_amounts,
        has_dates: context.has_dates,
    });
    let mut report = Report {
        model: model.about.name.clone(),
        as_of,
        as_of_field: context.as_of_field.map(str::to_owned),
        outcome: context.outcome.map(str::to_owned),
        leads_read: context.leads_read,
        leads_rejected: context.leads_rejected,
        everybody: tally.everybody,
        excluded: tally.excluded,
        main: context.main.map(ScoreId::index),
        thresholds: thresholds.collect(),
        rules: rules(model, tally, has_outcome),
        parts: context.by.map(|by| parts(by, tally)),
        scores,
        money,
        warnings: context.warnings.clone(),
    };
    report.warnings.extend(warnings::of(&report, &context));
    report
}

fn score_figures(
    score: &Score,
    ranking: &Ranking,
    missing: Share,
    has_outcome: bool,
    capacity: Option<(u64, Option<f64>)>,
) -> ScoreFigures {
    let bars = bars(ranking, BARS);
    let mut figures = ScoreFigures {
        name: score.name.clone(),
        label: score.label.clone(),
        known: ranking.total(),
        missing,
        lowest: ranking.lowest(),
        highest: ranking.highest(),
        median: ranking.quantile(0.5),
        mean: ranking.mean(),
        bars,
        bands: Vec::new(),
        discrimination: None,
        tenths: Vec::new(),
        cutoffs: Vec::new(),
        best: None,
        capacity: None,
    };
    if has_outcome {
        figures.discrimination = discrimination(ranking.levels());
        figures.tenths = tenths(ranking);
        figures.cutoffs = figures.bars.iter().rev().map(|bar| cutoff_at(ranking, bar.from)).collect();
        figures.best = best_by_f1(ranking);
    }
    figures.capacity = capacity.map(|(calls_a_week, weeks)| {
        let most = (calls_a_week as f64 * weeks.unwrap_or(1.0)) as u64;
        Capacity { calls_a_week, weeks, cutoff: for_capacity(ranking, most) }
    });
    figures
}

fn band_figures(score: &Score, counts: &[Share]) -> Vec<BandFigures> {
    let bands = score.bands.iter().flat_map(|bands| &bands.bands).enumerate();
    let figures = bands.map(|(place, band)| BandFigures {
        name: band.name.clone(),
        label: band.label.clone(),
        leads: counts.get(place).copied().unwrap_or_default(),
    });
    figures.collect()
}

/// The rules of all scores, in the order written.
fn rules(model: &Model, tally: &Tally, has_outcome: bool) -> Vec<RuleFigures> {
    let mut figures = Vec::new();
    for score in &model.scores {
        let ScoreBody::Rules { items, .. } = &score.body else { continue };
        let mut rules: Vec<(RuleId, &str)> = Vec::new();
        let mut open: Vec<&Item> = items.iter().rev().collect();
        while let Some(item) = open.pop() {
            match item {
                Item::Rule(rule) => rules.push((rule.id, &rule.label)),
                Item::Group(group) => open.extend(group.items.iter().rev()),
            }
        }
        let count = |id: RuleId| tally.rules.get(id.index());
        let weight: f64 = rules.iter().filter_map(|(id, _)| count(*id)).map(|rule| rule.weight.to_f64()).sum();
        for (id, label) in rules {
            let Some(counts) = count(id) else { continue };
            let levels = if has_outcome { levels(counts, tally.everybody) } else { Vec::new() };
            let discrimination = discrimination(levels.iter().copied());
            figures.push(RuleFigures {
                score: score.name.clone(),
                label: label.to_owned(),
                leads: counts.leads,
                points: counts.points,
                part_of_score: (weight > 0.0).then(|| counts.weight.to_f64() / weight),
                wrong_way: warnings::points_the_wrong_way(counts.leads, discrimination),
                tells: warnings::tells_the_outcome(&levels, tally.everybody),
                discrimination,
            });
        }
    }
    figures
}

/// All leads by the points of one rule, ascending; those for which it gives none have 0.
fn levels(rule: &RuleTally, everybody: Share) -> Vec<Level> {
    let mut levels: Vec<Level> =
        rule.by_points.iter().map(|(value, leads)| Level { value: *value, leads: *leads }).collect();
    let rest = everybody.without(rule.leads);
    match levels.iter_mut().find(|level| level.value == Decimal::ZERO) {
        Some(zero) => zero.leads.add(rest),
        None => levels.push(Level { value: Decimal::ZERO, leads: rest }),
    }
    levels.retain(|level| level.leads.all > 0);
    levels.sort_by_key(|level| level.value);
    levels
}

fn parts(by: &str, tally: &Tally) -> Parts {
    let mut parts: Vec<(&str, &PartTally)> = tally.parts.iter().map(|(folded, part)| (folded.as_str(), part)).collect();
    // Equal ones stay in the order in which they were met.
    parts.sort_by_key(|(_, part)| std::cmp::Reverse(part.leads.all));
    let (shown, rest) = parts.split_at(parts.len().min(PARTS));
    let mut rows: Vec<PartFigures> = shown
        .iter()
        .map(|(folded, part)| part_figures(part, (!folded.is_empty()).then(|| part.given.to_string())))
        .collect();
    let mut others = Tally::default();
    rest.iter().for_each(|(_, part)| others.other_parts.merge_with((*part).clone()));
    others.other_parts.merge_with(tally.other_parts.clone());
    others.settle();
    if others.other_parts.leads.all > 0 {
        rows.push(PartFigures { others: true, ..part_figures(&others.other_parts, None) });
    }
    Parts { by: by.to_owned(), rows }
}

fn part_figures(part: &PartTally, value: Option<String>) -> PartFigures {
    PartFigures {
        value,
        others: false,
        leads: part.leads,
        qualified: part.qualified,
        mean: part.ranking.mean(),
        discrimination: discrimination(part.ranking.levels()),
        revenue: part.money.revenue,
        deals: part.money.deals,
    }
}

fn money_figures(tally: &MoneyTally) -> MoneyFigures {
    let average_deal = (tally.deals > 0).then(|| tally.revenue.to_f64() / tally.deals as f64);
    let median_days = tally.days.quantile(0.5);
    let velocity = || {
        let days = median_days?.to_f64();
        let won = tally.leads.all as f64 * tally.leads.rate()?;
        (days > 0.0).then_some(won * average_deal? / days)
    };
    MoneyFigures {
        leads: tally.leads,
        deals: tally.deals,
        revenue: tally.revenue,
        average_deal,
        median_days,
        velocity: velocity(),
        backwards: tally.backwards,
    }
}
