//! What there is to be said about the figures: leaks, rules that point the wrong way, too few buyers.

use super::figures::{Context, Report};
use crate::statistics::{Discrimination, Level, Share};

/// Of a hundred leads, so many bought (or did not): the rule knows.
const ALMOST_ALL: u64 = 95;
/// What fewer leads show is chance.
const FEWEST: u64 = 20;
/// So many standard deviations: less than one in a hundred by chance.
const DEVIATIONS: f64 = 2.576;
/// So many standard deviations above the rate of all: less than one in a thousand by chance.
const LEAK_DEVIATIONS: f64 = 3.5;
/// With fewer buyers every figure is shaky.
const FEW_BUYERS: u64 = 30;

/// Whether more points go with fewer buyers, hardly by chance.
pub(super) fn points_the_wrong_way(leads: Share, discrimination: Option<Discrimination>) -> bool {
    leads.all >= FEWEST && discrimination.is_some_and(|it| it.deviations <= -DEVIATIONS)
}

/// Whether a rule's points alone tell who bought: of the leads with some of its points at least 19 of 20 bought, and they
/// are half of all buyers. Where most leads buy anyway, nothing is said.
pub(super) fn tells_the_outcome(levels: &[Level], everybody: Share) -> bool {
    if everybody.hits == 0 || everybody.hits * 2 > everybody.all {
        return false;
    }
    let rate = everybody.hits as f64 / everybody.all as f64;
    let mut pure = Share::default();
    for Level { leads, .. } in levels {
        let (number, hits) = (leads.all as f64, leads.hits as f64);
        let is_no_chance = hits - number * rate >= LEAK_DEVIATIONS * (number * rate * (1.0 - rate)).sqrt();
        if leads.hits * 100 >= leads.all * ALMOST_ALL && is_no_chance {
            pure.add(*leads);
        }
    }
    pure.all >= FEWEST && pure.hits * 2 >= everybody.hits
}

/// In order of weight.
pub(super) fn of(report: &Report, context: &Context<'_>) -> Vec<String> {
    let mut warnings = Vec::new();
    if report.outcome.is_some() {
        warnings.extend(leaks(report, context.read_by_rules));
        warnings.extend(few(report));
        let wrong = report.rules.iter().filter(|rule| rule.wrong_way && !rule.tells);
        warnings.extend(wrong.map(|rule| {
            let rate = |share: Share| percent(share.rate());
            let others = report.everybody.without(rule.leads);
            format!(
                "rule `{}` of `{}` points the wrong way: the more points it gives, the fewer bought ({} of the {} leads \
                 it gives points to, {} of the others)",
                rule.label,
                rule.score,
                rate(rule.leads),
                rule.leads.all,
                rate(others)
            )
        }));
        warnings.extend(report.scores.iter().filter(|score| score.known.all >= FEWEST).filter_map(|score| {
            let it = score.discrimination.filter(|it| it.deviations <= -DEVIATIONS)?;
            Some(format!("score `{}` points the wrong way: its AUC is {:.3}, below 0.5", score.name, it.auc))
        }));
    }
    if let Some(money) = &report.money
        && money.all.backwards > 0
    {
        warnings.push(format!(
            "{} deals were closed before they were created; their days are left out",
            money.all.backwards
        ));
    }
    warnings
}

fn leaks(report: &Report, read_by_rules: &[String]) -> Vec<String> {
    let mut warnings: Vec<String> = read_by_rules
        .iter()
        .map(|field| {
            format!(
                "the rules read `{field}`, which the outcome is made of: the figures below say nothing about new leads"
            )
        })
        .collect();
    warnings.extend(report.rules.iter().filter(|rule| rule.tells).map(|rule| {
        format!(
            "rule `{}` of `{}` tells who bought almost by itself (AUC {:.3}): if what it reads is filled in only then, it \
             leaks the outcome, and the score is worth less on new leads than it looks here",
            rule.label,
            rule.score,
            rule.discrimination.map_or(0.5, |it| it.auc)
        )
    }));
    warnings
}

fn few(report: &Report) -> Option<String> {
    let Share { all, hits } = report.everybody;
    match (hits, all.saturating_sub(hits)) {
        _ if all == 0 => None,
        (0, _) => Some("the outcome holds for no lead at all: see whether its condition is what you mean".to_owned()),
        (_, 0) => Some("the outcome holds for every lead: see whether its condition is what you mean".to_owned()),
        (hits, misses) if hits < FEW_BUYERS || misses < FEW_BUYERS => {
            let (number, what) = if hits < misses { (hits, "with the outcome") } else { (misses, "without it") };
            Some(format!("there are only {number} leads {what}: with so few, much of this may be chance"))
        }
        _ => None,
    }
}

/// `12.5%`
fn percent(rate: Option<f64>) -> String {
    rate.map_or_else(|| "none".to_owned(), |rate| format!("{:.1}%", rate * 100.0))
}
