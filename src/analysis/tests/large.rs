//! A large model, as large ones are: most rules over one field, some over two, a third over events.

use super::{AS_OF, compile};
use crate::analysis::{Analysis, Bound, Given, Range, Verdict};
use crate::model::{BandId, Body, ScoreId, ThresholdId};
use std::fmt::Write;

/// Numbers of chance, the same every time.
struct Chance(u64);

impl Chance {
    fn below(&mut self, end: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % end
    }
}

fn condition(chance: &mut Chance) -> String {
    let number = chance.below(200);
    match chance.below(10) {
        0 => format!("employees > {number}"),
        1 => format!("employees between {number} and {}", number + 50),
        2 => format!("country is one of \"C{number}\", \"C{}\"", number + 1),
        3 => format!("title mentions \"t{number}\""),
        4 => format!("title contains \"u{number}\""),
        5 => format!("industry is \"{}\"", ["technology", "finance", "health"][number as usize % 3]),
        6 => format!("created in last {} days", number + 1),
        7 => format!("domain of email is \"d{number}.com\""),
        8 => format!("age < {}", number % 120 + 1),
        _ => format!("tags includes \"g{}\"", number % 40),
    }
}

fn rule(chance: &mut Chance, place: usize) -> String {
    let points = [1, 2, 3, 5, -1, -2, -4][chance.below(7) as usize];
    let number = chance.below(100);
    let body = match chance.below(12) {
        0..6 => format!("when {}", condition(chance)),
        6 | 7 => format!("when {} and {}", condition(chance), condition(chance)),
        8 => format!("when any page_view where path starts with \"/p{number}\""),
        9 => format!("for each page_view where path is \"/p{number}\" at most {} times", number % 5 + 1),
        10 => format!("for each demo in last {} days at most 3 times", number + 1),
        _ => {
            let limits = "no higher than 20 points no lower than -20 points";
            format!("for each page_view where seconds > {number} once per day {limits}")
        }
    };
    let limits = if points > 0 { " no lower than -20 points" } else { " no higher than 20 points" };
    format!("{points:+} \"R{place}\" {}", body.replace(limits, ""))
}

/// Rules in groups of ten and by themselves, bands, thresholds.
pub fn large(rules: usize) -> String {
    let mut chance = Chance(7);
    let mut text = "exclude \"Gone\" when any unsubscribe\nscore fit from 0 to 1000 {\n".to_owned();
    for place in 0..rules {
        let choice = ["", " highest only", " first match only", " no higher than 20 points"][place / 10 % 4];
        if place % 20 == 10 {
            let _ = writeln!(text, "  group \"G{place}\"{choice} {{");
        }
        let _ = writeln!(text, "  {}", rule(&mut chance, place));
        if place % 20 == 19 {
            text += "  }\n";
        }
    }
    if rules % 20 > 10 {
        text += "  }\n";
    }
    text + "}\nbands fit { A from 150, B from 100, C from 50, D otherwise }\n\
            threshold hot when fit >= 200 and consent is yes\nthreshold warm when fit >= 60\n"
}

/// Everything that lints ask of a model: how many questions were answered with an example or a proof, of how many.
fn ask_everything(analysis: &Analysis<'_>) -> (usize, usize) {
    let model = analysis.model();
    let mut answered = Vec::new();
    let of_range = |range: Range<'_, '_>| [range.lowest(), range.highest()].into_iter().flatten().all(Bound::is_exact);
    let of_verdict = |verdict: Verdict| verdict != Verdict::Unknown;
    for place in &analysis.rules {
        let around = analysis.context_of_rule(place.rule.id);
        answered.push(of_range(analysis.range_of_rule(place.rule.id, &[])));
        analysis.range_of_rule_before_limits(place.rule.id, &[]).highest();
        if let Body::When(when) = &place.rule.body {
            for given in [Given::holds(when), Given::fails(when)] {
                answered.push(of_verdict(analysis.possible(&[&around[..], &[given]].concat())));
            }
        }
    }
    answered.push(of_range(analysis.range_of_score(ScoreId(0), &[])));
    analysis.range_of_score_before_limits(ScoreId(0), &[]).highest();
    for band in 0..4 {
        answered.push(of_verdict(analysis.can_reach_band(ScoreId(0), BandId(band))));
    }
    for threshold in (0..model.thresholds.len() as u32).map(ThresholdId) {
        answered.push(of_verdict(analysis.can_meet(threshold, &[])));
        answered.push(of_verdict(analysis.can_fail_to_meet(threshold, &[])));
    }
    (answered.iter().filter(|answered| **answered).count(), answered.len())
}

/// A step takes some nanoseconds of an optimised build: 100 million are less than a second.
#[test]
fn a_thousand_rules_are_looked_at_quickly() {
    let model = compile(&large(1_000));
    let analysis = Analysis::new(&model, AS_OF);
    let (answered, asked) = ask_everything(&analysis);
    assert!(analysis.budget.taken() < 120_000_000, "{} steps", analysis.budget.taken());
    assert!(answered * 100 >= asked * 98, "{answered} of {asked}");
}

/// With nothing left to spend, answers are open, not wrong.
#[test]
fn a_spent_budget_leaves_questions_open() {
    let model = compile(&large(40));
    let (rich, poor) = (Analysis::new(&model, AS_OF), Analysis::new(&model, AS_OF));
    poor.budget.take(usize::MAX / 2);
    let (score, band) = (ScoreId(0), BandId(0));
    let (exact, wide) = (rich.range_of_score(score, &[]), poor.range_of_score(score, &[]));
    assert!(wide.at_most() >= exact.at_most() && wide.at_least() <= exact.at_least());
    assert!(!poor.never_reaches_band(score, band) || rich.never_reaches_band(score, band));
    for place in &rich.rules {
        let (exact, wide) = (rich.range_of_rule(place.rule.id, &[]), poor.range_of_rule(place.rule.id, &[]));
        let is_above = wide.at_most().is_none_or(|wide| exact.at_most().is_some_and(|exact| wide >= exact));
        assert!(is_above && !wide.is_never(), "{:?} {:?}", wide.at_most(), exact.at_most());
    }
}
