//! Each expected value is worked out by hand from the rules beside it.

use super::{AS_OF, compile};
use crate::analysis::{Analysis, Bound, Given, Range, Verdict};
use crate::model::{AnyExpr, BandId, Condition, Item, Model, RuleId, ScoreBody, ScoreId, ThresholdId};

/// What differs from what is expected; all of it is told at the end.
#[derive(Default)]
struct Wrong(Vec<String>);

impl Wrong {
    fn note(&mut self, actual: &str, expected: &str, what: &str) {
        if actual != expected {
            self.0.push(format!("{what}: {actual} instead of {expected}"));
        }
    }
}

impl Drop for Wrong {
    fn drop(&mut self) {
        assert!(self.0.is_empty() || std::thread::panicking(), "{}", self.0.join("\n"));
    }
}

/// The condition of a define.
fn condition(model: &Model, name: &str) -> Condition {
    let define = model.defines.iter().find(|define| define.name == name).unwrap();
    match &define.value {
        AnyExpr::Condition(condition) => condition.clone(),
        other => panic!("{other:?}"),
    }
}

/// `yes`, `no` or `unknown`, for `define a = …` and `define b = …`.
fn verdict(rules: &str, ask: impl Fn(&Analysis<'_>, &Condition, &Condition) -> Verdict) -> &'static str {
    let model = compile(rules);
    let analysis = Analysis::new(&model, AS_OF);
    let a = condition(&model, "a");
    let b = model.defines.iter().any(|define| define.name == "b").then(|| condition(&model, "b"));
    match ask(&analysis, &a, &b.unwrap_or_else(|| a.clone())) {
        Verdict::Yes(witness) => {
            assert!(analysis.evaluate(&witness, |evaluation| evaluation.results.scores.len()) == model.scores.len());
            "yes"
        }
        Verdict::No => "no",
        Verdict::Unknown => "unknown",
    }
}

/// `low to high`, an end without an example in parentheses.
fn shown(range: &Range<'_, '_>) -> String {
    let end = |bound: &Bound| match bound {
        Bound::Exact(value, _) => value.to_string(),
        Bound::Within(value) => format!("({value})"),
        Bound::Unbounded => "?".to_owned(),
    };
    match range.lowest().zip(range.highest()) {
        Some((lowest, highest)) => format!("{} to {}", end(lowest), end(highest)),
        None => "never".to_owned(),
    }
}

fn last_score(rules: &str) -> String {
    let model = compile(rules);
    let analysis = Analysis::new(&model, AS_OF);
    shown(&analysis.range_of_score(ScoreId(model.scores.len() as u32 - 1), &[]))
}

#[test]
fn conditions_that_can_never_hold() {
    let mut wrong = Wrong::default();
    for a in [
        "employees > 50 and employees < 20",
        "employees < 0",
        "age > 120",
        "employees is missing and employees >= 0",
        r#"industry is "technology" and industry is "finance""#,
        r#"title contains "director" and title does not contain "cto""#,
        r#"title mentions "vp" and title does not contain "vp""#,
        r#"title starts with "a" and title starts with "b""#,
        r#"title matches "a*" and title does not start with "a""#,
        r#"domain of email is "a.com" and domain of email is "b.com""#,
        r#"email is missing and domain of email is "a.com""#,
        "consent and not consent",
        "consent is no and consent is yes",
        "created before 2025-01-01 and created after 2025-06-01",
        "created in last 7 days and created before 2025-01-01",
        "days since created > 30 and days since created <= 30",
        "any demo and no demo",
        "at least 3 demo and fewer than 2 demo",
        "any demo in last 7 days and no demo in last 30 days",
        r#"any page_view where (path starts with "/pricing/x") and no page_view where path starts with "/pricing""#,
        "any page_view where (seconds > 5 and seconds < 3)",
        "any demo where consent and not consent",
        r#"tags includes all of "a", "b" and not tags includes "a""#,
        "weekday of created is \"monday\" and weekday of created is \"tuesday\"",
        "hour of created > 25",
        "length of title > 5 and length of title < 3",
    ] {
        wrong.note(verdict(&format!("define a = {a}"), |of, a, _| of.can_hold(a)), "no", a);
    }
}

#[test]
fn conditions_that_can_hold_and_fail() {
    let mut wrong = Wrong::default();
    for a in [
        "employees between 50 and 500",
        "employees * 2 > 100",
        "employees is known",
        r#"industry is not "technology""#,
        r#"title mentions any of "ceo", "cto" and not title mentions "manager""#,
        r#"title contains "cto" and not title mentions "cto""#,
        r#"title matches /^v\.?p\.?\b/"#,
        r#"domain of email is one of "a.com", "b.com""#,
        r#"domain of email ends with ".edu""#,
        "title looks random",
        "length of title > 12",
        "created in last 30 days",
        "created on 2025-02-28",
        "days since created >= 365",
        "weekday of created is \"sunday\" and hour of created >= 22",
        "at least 3 demo in last 7 days",
        "any demo within 2 days after page_view",
        r#"any page_view where (path contains "price" and seconds >= 10) in last 30 days"#,
        "count of distinct path in page_view >= 3",
        "sum of seconds in page_view > 100",
        r#"latest kind in demo is "live""#,
        "days since last demo > 20",
        r#"tags includes "a" and not tags includes "b""#,
        "any demo since last recycled",
        "highest of age, employees > 100",
        "count of known title, email, country >= 2",
    ] {
        wrong.note(verdict(&format!("define a = {a}"), |of, a, _| of.can_hold(a)), "yes", &format!("holds: {a}"));
        wrong.note(verdict(&format!("define a = {a}"), |of, a, _| of.can_fail(a)), "yes", &format!("fails: {a}"));
    }
}

#[test]
fn conditions_that_always_hold() {
    let mut wrong = Wrong::default();
    for a in [
        "employees >= 0 or employees is missing",
        "consent or consent is no or consent is missing",
        "count of demo >= 0",
        "id is known",
        r#"not (title contains "vp" and title does not contain "v")"#,
    ] {
        wrong.note(verdict(&format!("define a = {a}"), |of, a, _| of.can_fail(a)), "no", a);
    }
}

#[test]
fn one_implies_the_other() {
    let mut wrong = Wrong::default();
    for (a, b) in [
        ("employees > 100", "employees > 50"),
        (r#"title mentions "vice president""#, r#"title mentions "president""#),
        (r#"title starts with "vp""#, r#"title contains "vp""#),
        (r#"industry is "finance""#, r#"industry is one of "finance", "health""#),
        ("created in last 7 days", "created in last 30 days"),
        ("at least 3 demo in last 7 days", "at least 2 demo in last 30 days"),
        (r#"any page_view where path is "/pricing""#, r#"any page_view where path starts with "/pricing""#),
        ("any demo since last recycled", "any demo"),
        (r#"tags includes "a""#, r#"tags includes any of "a", "b""#),
    ] {
        let rules = format!("define a = {a}\ndefine b = {b}");
        wrong.note(verdict(&rules, |of, a, b| of.can_hold_without(a, b)), "no", &format!("{a} implies {b}"));
        wrong.note(verdict(&rules, |of, a, b| of.can_hold_without(b, a)), "yes", &format!("not: {b} implies {a}"));
        wrong.note(verdict(&rules, |of, a, b| of.can_both_hold(a, b)), "yes", &format!("{a}, {b}"));
    }
}

#[test]
fn ranges_of_scores() {
    let mut wrong = Wrong::default();
    for (rules, range) in [
        ("score s { +5 }", "5 to 5"),
        ("score s { +5 when employees > 3\n  -2 when employees > 4 }", "0 to 5"),
        // Above 10 it is 5 - 2 = 3, from 3 to 10 it is 5: the table and the rules share a field.
        ("score s { +5 when employees >= 3\n  -2 when employees > 10\n  -1 when employees < 2 }", "-1 to 5"),
        ("score s {\n  points by employees {\n  from 3: +4\n  from 10: +9\n  missing: -1\n  }\n}", "-1 to 9"),
        (
            r#"score s { +5 when industry is "technology"
  +7 when industry is "finance"
  +3 when consent }"#,
            "0 to 10",
        ),
        (
            r#"score s { +5 when title mentions "ceo"
  +4 when title contains "ceo"
  -3 when title contains "chief" }"#,
            "-3 to 9",
        ),
        // "director" always contains "cto".
        (
            r#"score s { +5 when title contains "director"
  -4 when title contains "cto" }"#,
            "-4 to 1",
        ),
        ("score s { +(age * 2) }", "0 to 240"),
        ("score s from 0 to 9 { +5 for each demo }", "0 to 9"),
        ("score s { +5 for each demo }", "0 to ?"),
        ("score s { +5 for each demo at most 3 times }", "0 to 15"),
        ("score s { first +5 then +1 for each demo at most 4 times }", "0 to 8"),
        ("score s { +1 for each demo once per day no higher than 10 points }", "0 to 10"),
        ("score s { +1 for each page_view once per path at most 3 times }", "0 to 3"),
        ("score s decay half-life 30 days { +5 for each demo at most 3 times }", "0 to 15"),
        ("score s { -5 for each unsubscribe once\n  +2 when no unsubscribe }", "-5 to 2"),
        // At most three times five, less one for each: at three demos 15 - 2.
        ("score s { +5 for each demo at most 3 times\n  -1 for each demo no lower than -2 points }", "0 to 13"),
        ("score s { -5 for every 30 days without page_view no lower than -25 points }", "-25 to 0"),
        (
            "score s { -5 for every 30 days without page_view counting from created no lower than -25 points }",
            "-25 to 0",
        ),
        ("score s { +5 for each day with at least 3 page_view at most 2 times }", "0 to 10"),
        ("score s {\n  group highest only {\n  +5 when employees > 3\n  +2 when employees > 4\n  }\n}", "0 to 5"),
        ("score s {\n  group first match only {\n  +2 when employees > 3\n  +5 when employees > 4\n  }\n}", "0 to 2"),
        ("score s {\n  group counts 50% {\n  +5 when consent\n  +1 when employees > 1\n  }\n}", "0 to 3"),
        ("score s {\n  group no higher than 6 points {\n  +5 when consent\n  +4 when employees > 1\n  }\n}", "0 to 6"),
        ("score s starting at 10 { -3 when consent }", "7 to 10"),
        ("score s when consent { +5 when consent\n  +1 when employees > 1 }", "5 to 6"),
        ("score s when consent and not consent { +5 }", "never"),
        ("score a { +5 when consent }\nscore b { +7 when consent is no }\nscore s = a + b", "0 to 7"),
        ("score a from 0 to 8 { +9 when consent }\nscore s = 50% of a * 3 - age", "-120 to 12"),
        ("exclude when consent\nscore s { +5 when consent\n  +1 when employees > 1 }", "0 to 1"),
        (
            r#"score s {
  points by kind for each demo at most 2 times {
    "live": +10
    otherwise: +3
  }
}"#,
            "0 to 20",
        ),
        (
            r#"score s { +20 when any demo within 14 days after page_view
  +10 for each page_view where path contains "case" at most 3 times }"#,
            "0 to 50",
        ),
        ("score s counting since last recycled { +20 when any demo in last 30 days }", "0 to 20"),
    ] {
        wrong.note(&last_score(rules), range, rules);
    }
}

#[test]
fn ranges_of_rules_and_groups_with_and_without_limits() {
    let model = compile(
        "score s {\n  +5 \"each\" for each demo at most 3 times no higher than 12 points\n  \
         group \"web\" when consent no higher than 6 points {\n  +5 \"known\" when employees is known\n  \
         +4 \"large\" when employees > 10\n  }\n}",
    );
    let analysis = Analysis::new(&model, AS_OF);
    assert_eq!(shown(&analysis.range_of_rule(RuleId(0), &[])), "0 to 12");
    assert_eq!(shown(&analysis.range_of_rule_before_limits(RuleId(0), &[])), "0 to 15");
    assert_eq!(shown(&analysis.range_of_rule(RuleId(1), &[])), "0 to 5");
    assert_eq!(analysis.context_of_rule(RuleId(1)).len(), 1);
    let context = analysis.context_of_rule(RuleId(1));
    assert!(analysis.possible(&context).is_yes());
    let ScoreBody::Rules { items, .. } = &model.scores[0].body else { panic!() };
    let Item::Group(group) = &items[1] else { panic!() };
    assert_eq!(shown(&analysis.range_of_group(group, &[])), "0 to 6");
    assert_eq!(shown(&analysis.range_of_group_before_limits(group, &[])), "0 to 9");
    assert_eq!(shown(&analysis.range_of_score_before_limits(ScoreId(0), &[])), "0 to 18");
}

#[test]
fn bands_thresholds_and_cells() {
    let model = compile(
        "score fit { +10 when consent\n  +20 when employees > 100 }\n\
         score heat { +15 for each demo at most 2 times }\n\
         score total = fit + heat\n\
         bands fit { A from 31, B from 10, C from 0 }\n\
         bands heat { hot from 30, warm from 15, cold from 0 }\n\
         matrix m by fit, heat {\n    hot warm cold\n  A \"1\" \"2\" \"3\"\n  B \"4\" \"5\" \"6\"\n  C \"7\" \"8\" \"9\"\n}\n\
         threshold high when total > 60\n\
         threshold reach when consent and total >= 60\n\
         threshold always when total >= 0\n\
         threshold middle when total between 20 and 26",
    );
    let analysis = Analysis::new(&model, AS_OF);
    assert!(analysis.can_reach_band(ScoreId(0), BandId(0)).is_no(), "30 is the most");
    assert!(analysis.can_reach_band(ScoreId(0), BandId(1)).is_yes());
    assert!(analysis.can_reach_band(ScoreId(1), BandId(1)).is_yes(), "between the ends");
    assert!(analysis.can_reach_cell(crate::model::MatrixId(0), BandId(1), BandId(1)).is_yes());
    assert!(analysis.can_reach_cell(crate::model::MatrixId(0), BandId(0), BandId(1)).is_no());
    assert!(analysis.can_meet(ThresholdId(0), &[]).is_no());
    assert!(analysis.can_meet(ThresholdId(1), &[]).is_yes());
    assert!(analysis.can_fail_to_meet(ThresholdId(1), &[]).is_yes());
    assert!(analysis.can_fail_to_meet(ThresholdId(2), &[]).is_no());
    assert!(analysis.can_meet(ThresholdId(3), &[]).is_yes());
    assert!(analysis.can_be_missing(ScoreId(0)).is_no());
}

#[test]
fn ranges_with_something_given() {
    let model = compile(
        "define student = title mentions \"student\"\n\
         score s from -50 to 100 { +30 when title mentions \"student\"\n  +20 when consent\n  -40 when title mentions \"student\"\n  +9 when employees > 10 }\n\
         threshold t when s >= 20",
    );
    let analysis = Analysis::new(&model, AS_OF);
    let student = condition(&model, "student");
    // 30 - 40 + 20 + 9
    assert_eq!(shown(&analysis.range_of_score(ScoreId(0), &[Given::holds(&student)])), "-10 to 19");
    assert_eq!(shown(&analysis.range_of_score(ScoreId(0), &[Given::fails(&student)])), "0 to 29");
    assert!(analysis.can_meet(ThresholdId(0), &[Given::holds(&student)]).is_no());
    assert!(analysis.can_meet(ThresholdId(0), &[]).is_yes());
}

#[test]
fn examples_are_written_in_the_language() {
    let model = compile(
        "define a = title mentions \"ceo\" and employees > 100 and any page_view where path starts with \"/pricing\"",
    );
    let analysis = Analysis::new(&model, AS_OF);
    let verdict = analysis.can_hold(&condition(&model, "a"));
    let shown = verdict.witness().unwrap().show(&model, AS_OF);
    assert_eq!(
        shown,
        "lead { id \"test\", title \"ceo\", employees 101 }\nevent page_view 0 days ago { path \"/pricing\" }"
    );
}

/// Names of names, and what lies deeper than is followed, leave nothing out.
#[test]
fn deep_chains_of_dates_keep_their_edges() {
    let names: String = (1..40).map(|place| format!("define d{place} = d{}\n", place - 1)).collect();
    let highest: String = (1..40)
        .map(|place| format!("define e{place} = highest of e{}, 2020-01-0{}\n", place - 1, place % 9 + 1))
        .collect();
    let mut wrong = Wrong::default();
    for (chain, last, expected) in [
        // Before 2020 the hour is that of the later date, 5, whatever that of `created` is.
        (format!("define d0 = highest of created, 2020-01-01T05:00\n{names}"), "d39", "yes"),
        // Deeper than is followed: at least it is not called impossible.
        (format!("define e0 = highest of created, 2020-01-01T05:00\n{highest}"), "e39", "unknown"),
    ] {
        let a = format!("{chain}define a = hour of created is 3 and hour of {last} is 5");
        let said = verdict(&a, |of, a, _| of.can_hold(a));
        let is_right = said == expected || expected == "unknown" && said != "no";
        wrong.note(if is_right { "" } else { said }, "", last);
    }
    let compared = "define day = \"monday\"\ndefine a = day is weekday of created and hour of created is 3";
    wrong.note(verdict(compared, |of, a, _| of.can_hold(a)), "yes", compared);
}
