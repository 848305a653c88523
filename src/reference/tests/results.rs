//! Scores, bands, thresholds, exclusion, and numbers that are missing or too large.

use super::build::*;
use crate::model::*;
use crate::reference::EntryKind;
use crate::value::Decimal;

fn derived(expr: NumberExpr) -> ScoreBody {
    ScoreBody::Derived(expr)
}

fn score(id: u32) -> NumberExpr {
    NumberExpr::Score(ScoreId(id))
}

#[test]
fn limits_come_before_rounding_and_rounding_goes_away_from_zero() {
    let mut model = scoring(vec![always(0, "2.5"), always(1, "-5")]);
    model.scores[0].decimals = 0;
    let rounded = run(model.clone(), nobody(), Vec::new());
    assert_eq!(rounded.results.scores[0], Some(decimal("-3")));
    let last = rounded.breakdowns[0].entries.last().unwrap();
    assert_eq!((last.kind, last.points), (EntryKind::Rounding, decimal("-0.5")));
    model.scores[0].lowest = Some(decimal("-2"));
    let held = run(model, nobody(), Vec::new());
    assert_eq!(held.results.scores[0], Some(decimal("-2")));
    assert_eq!(held.breakdowns[0].entries.last().unwrap().kind, EntryKind::Limit);
}

#[test]
fn a_score_whose_when_fails_is_missing_and_so_is_what_adds_it() {
    let mut model = model();
    let body = ScoreBody::Rules { start: None, when: Some(holding(false)), items: vec![always(0, "5")] };
    add_score(&mut model, "fit", body);
    add_score(&mut model, "total", derived(NumberExpr::Add(score(0).into(), literal("1").into())));
    let blank_as_zero = NumberExpr::FirstKnown(vec![score(0), literal("0")]);
    add_score(&mut model, "other", derived(NumberExpr::Add(blank_as_zero.into(), literal("1").into())));
    let evaluation = run(model, nobody(), Vec::new());
    assert_eq!(evaluation.results.scores, [None, None, Some(decimal("1"))]);
    assert!(!evaluation.breakdowns[0].entries[0].took_part);
    assert_eq!(evaluation.value(&AnyExpr::Number(NumberExpr::PointsOf(RuleId(0)))), None);
}

#[test]
fn terms_are_rounded_for_the_breakdown_alone() {
    let third = || NumberExpr::Divide(literal("1").into(), literal("3").into());
    let sum = NumberExpr::Add(NumberExpr::Add(third().into(), third().into()).into(), third().into());
    let mut model = model();
    add_score(&mut model, "total", derived(sum));
    let evaluation = run(model, nobody(), Vec::new());
    // 0.333333333 three times is 0.999999999: 1 at 4 decimals, while the terms show 0.3333 each.
    assert_eq!(evaluation.results.scores[0], Some(decimal("1")));
    let points: Vec<Decimal> = evaluation.breakdowns[0].entries.iter().map(|entry| entry.points).collect();
    assert_eq!(points, [decimal("0.3333"), decimal("0.3333"), decimal("0.3333"), decimal("0.0001")]);
    assert_eq!(evaluation.breakdowns[0].entries[0].label, "1 / 3");
}

#[test]
fn bands_stand_in_any_order() {
    let band =
        |name: &str, edge| Band { name: name.to_owned(), label: None, edge, action: None, span: Default::default() };
    let bands = vec![
        band("C", BandEdge::Otherwise),
        band("A", BandEdge::Above(decimal("40"))),
        band("B", BandEdge::From(decimal("20"))),
    ];
    let of = |points: &str| {
        let mut model = scoring(vec![always(0, points)]);
        model.scores[0].bands = Some(Bands { bands: bands.clone(), span: Default::default() });
        run(model, nobody(), Vec::new()).results.bands[0]
    };
    assert_eq!(of("40.0001"), Some(BandId(1)));
    assert_eq!(of("40"), Some(BandId(2)));
    assert_eq!(of("19.9999"), Some(BandId(0)));
}

fn threshold(when: bool, stays: bool, until: Option<bool>, reads: Vec<ScoreId>) -> Threshold {
    Threshold {
        name: "mql".to_owned(),
        label: "mql".to_owned(),
        when: holding(when),
        stays,
        until: until.map(holding),
        action: None,
        reads,
        span: Default::default(),
    }
}

#[test]
fn thresholds_remember_only_with_until_or_stays() {
    let met = |threshold: Threshold, before: bool| {
        let mut model = model();
        model.thresholds.push(threshold);
        model.order.push(Symbol::Threshold(ThresholdId(0)));
        run_after(model, nobody(), Vec::new(), Previous { met: vec![before] }).results.thresholds[0]
    };
    assert!(!met(threshold(false, false, None, vec![]), true));
    assert!(met(threshold(false, true, None, vec![]), true));
    assert!(met(threshold(false, false, Some(false), vec![]), true));
    assert!(!met(threshold(false, false, Some(false), vec![]), false));
    assert!(!met(threshold(true, false, Some(true), vec![]), true));
    assert!(met(threshold(true, false, Some(false), vec![]), false));
}

#[test]
fn a_threshold_that_reads_a_missing_score_is_not_met() {
    let mut model = model();
    let body = ScoreBody::Rules { start: None, when: Some(holding(false)), items: vec![] };
    let fit = add_score(&mut model, "fit", body);
    model.thresholds.push(threshold(true, true, None, vec![fit]));
    model.order.push(Symbol::Threshold(ThresholdId(0)));
    let evaluation = run_after(model, nobody(), Vec::new(), Previous { met: vec![true] });
    assert!(!evaluation.results.thresholds[0]);
}

#[test]
fn an_excluded_lead_has_zeroes_inside_the_limits_and_its_breakdown() {
    let mut model = scoring(vec![always(0, "30")]);
    model.scores[0].lowest = Some(decimal("10"));
    add_score(&mut model, "total", derived(NumberExpr::Add(score(0).into(), score(0).into())));
    let closed = ScoreBody::Rules { start: None, when: Some(holding(false)), items: vec![] };
    add_score(&mut model, "closed", closed);
    model.thresholds.push(threshold(true, true, None, vec![]));
    model.order.push(Symbol::Threshold(ThresholdId(0)));
    // `define seen = fit > 20`
    let seen = compare(score(0), Compare::Greater, "20");
    model.defines.push(Define { name: "seen".to_owned(), value: AnyExpr::Condition(seen), span: Default::default() });
    model.order.push(Symbol::Define(DefineId(0)));
    let reason = |name: &str, held| Exclude { reason: name.to_owned(), when: holding(held), span: Default::default() };
    model.excludes = vec![reason("Not this", false), reason("Competitor", true), reason("Later", true)];
    let evaluation = run(model, nobody(), Vec::new());
    assert_eq!(evaluation.results.excluded, Some(ExcludeId(1)));
    assert_eq!(evaluation.results.scores, [Some(decimal("10")), Some(Decimal::ZERO), None]);
    assert_eq!(evaluation.results.thresholds, [false]);
    assert_eq!(evaluation.breakdowns[1].total, Some(decimal("60")));
    assert!(!evaluation.holds(&condition(ConditionKind::Define(DefineId(0)))));
    assert_eq!(evaluation.value(&AnyExpr::Text(TextExpr::ExcludedReason)), Some(text("Competitor")));
}

#[test]
fn comparisons_with_missing_values_do_not_hold_and_not_flips_them() {
    let evaluation = run(model(), nobody(), Vec::new());
    let small = compare(employees(), Compare::Less, "5");
    assert!(!evaluation.holds(&small));
    assert!(evaluation.holds(&condition(ConditionKind::Not(Box::new(small)))));
}

#[test]
fn division_by_zero_is_missing_and_too_large_is_counted() {
    let overflows = |expr: NumberExpr| {
        let evaluation = run(scoring(vec![rule(0, Points::Computed(expr), Body::Always)]), nobody(), Vec::new());
        (evaluation.results.scores[0], evaluation.results.overflows)
    };
    let divide = NumberExpr::Divide(literal("1").into(), literal("0").into());
    assert_eq!(overflows(divide), (Some(Decimal::ZERO), 0));
    let large = || literal("100000000000000000000");
    let multiply = NumberExpr::Multiply(large().into(), large().into());
    assert_eq!(overflows(multiply), (Some(Decimal::ZERO), 1));
}

#[test]
fn a_sum_may_be_long() {
    let long = (0..20_000).fold(literal("0"), |sum, _| NumberExpr::Add(sum.into(), literal("1").into()));
    let mut model = model();
    add_score(&mut model, "total", derived(long));
    assert_eq!(run(model, nobody(), Vec::new()).results.scores[0], Some(decimal("20000")));
}
