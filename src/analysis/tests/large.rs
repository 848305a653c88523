//! A large model, as large ones are: most of it over one field, some over two, a third over events.

use super::{AS_OF, compile};
use crate::analysis::{Analysis, Given, Range};
use crate::model::{BandId, RuleId, ScoreId, ThresholdId};
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
        _ => format!("for each page_view where seconds > {number} once per day no higher than 20 points no lower than -20 points"),
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

/// Everything that lints ask of a model, and the steps it took.
fn ask_everything(analysis: &Analysis<'_>) -> (usize, usize) {
    let model = analysis.model();
    let (mut answered, mut asked) = (0, 0);
    let mut note = |what: &str, is_answered: bool| {
        if !is_answered { println!("open: {what}"); }
        asked += 1;
        answered += usize::from(is_answered);
    };
    let is_answered = |range: &Range| match range {
        Range::Of { lowest, highest } => lowest.is_exact() && highest.is_exact(),
        Range::Never => true,
    };
    for rule in (0..model.rules).map(RuleId) {
        let around = analysis.context_of_rule(rule);
        note(&format!("rule {rule:?} {:?}", analysis.range_of_rule(rule, &[])), is_answered(&analysis.range_of_rule(rule, &[])));
        note(&format!("before {rule:?}"), is_answered(&analysis.range_of_rule_before_limits(rule, &[])));
        if let Some(place) = analysis.rules.iter().find(|place| place.rule.id == rule)
            && let crate::model::Body::When(when) = &place.rule.body
        {
            let holds = [&around[..], &[Given::holds(when)]].concat();
            note("verdict", !matches!(analysis.possible(&holds), crate::analysis::Verdict::Unknown));
            let fails = [&around[..], &[Given::fails(when)]].concat();
            note("verdict", !matches!(analysis.possible(&fails), crate::analysis::Verdict::Unknown));
        }
    }
    note(&format!("score {:?}", analysis.range_of_score(ScoreId(0), &[])), is_answered(&analysis.range_of_score(ScoreId(0), &[])));
    note("before", is_answered(&analysis.range_of_score_before_limits(ScoreId(0), &[])));
    for band in 0..4 {
        note("verdict", !matches!(analysis.can_reach_band(ScoreId(0), BandId(band)), crate::analysis::Verdict::Unknown));
    }
    for threshold in (0..2).map(ThresholdId) {
        note("verdict", !matches!(analysis.can_meet(threshold, &[]), crate::analysis::Verdict::Unknown));
        note("verdict", !matches!(analysis.can_fail_to_meet(threshold, &[]), crate::analysis::Verdict::Unknown));
    }
    (answered, asked)
}

#[test]
fn speed() {
    for rules in [30, 100, 300] {
        let text = large(rules);
        let model = compile(&text);
        let start = std::time::Instant::now();
        let analysis = Analysis::new(&model, AS_OF);
        println!("{rules}: new {:?}", start.elapsed());
        let said = ask_everything(&analysis);
        println!("{rules}: {:?} of, {:?}, steps {}", said, start.elapsed(), analysis.budget.taken());
    }
}

#[test]
fn look() {
    let model = compile(&large(100));
    let analysis = Analysis::new(&model, AS_OF);
    let node = analysis.graph.borrow_mut().score(ScoreId(0), true);
    let goals = analysis.not_excluded();
    for up in [false, true] {
        let optimum = analysis.optimum(node, up, &goals).unwrap();
        println!("end {:?}", optimum.end);
        for (variable, sample) in &optimum.choices {
            let what = match variable {
                crate::analysis::graph::Variable::Count(selector) => format!("{:?}", analysis.selector(*selector).unwrap().filter.as_ref().map(|f| &f.kind)),
                other => format!("{other:?}"),
            };
            println!("  {sample:?} {}", what.chars().take(180).collect::<String>());
        }
        for layout in crate::analysis::sketch::LAYOUTS {
            let witness = analysis.sketch(&optimum.choices, layout, Some(up));
            let value = witness.as_ref().map(|witness| analysis.evaluate(witness, |e| (e.results.scores.clone(), e.results.excluded.clone())));
            println!("{layout:?} {} {value:?}", witness.map_or(0, |w| w.events.len()));
        }
    }
}
