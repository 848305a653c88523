//! Rules, tables, groups: points.

use super::build::*;
use crate::model::*;
use crate::reference::EntryKind;
use crate::value::{Curve, Decay, Decimal, Duration, TimeUnit};

fn in_group(group: Group) -> Decimal {
    score_of(vec![Item::Group(group)], Vec::new())
}

#[test]
fn first_match_takes_the_first_that_takes_part() {
    let items = vec![never(0, "3"), always(1, "5"), always(2, "8")];
    assert_eq!(in_group(group(Choice::FirstMatch, items)), decimal("5"));
}

#[test]
fn highest_of_negatives_is_not_the_rule_that_does_not_take_part() {
    let items = vec![never(0, "3"), always(1, "-5"), always(2, "-2")];
    assert_eq!(in_group(group(Choice::Highest, items.clone())), decimal("-2"));
    assert_eq!(in_group(group(Choice::Lowest, items)), decimal("-5"));
}

#[test]
fn ties_go_to_the_first_written() {
    let items = vec![always(0, "5"), always(1, "5")];
    let evaluation = run(scoring(vec![Item::Group(group(Choice::Highest, items))]), nobody(), Vec::new());
    let dropped: Vec<bool> = evaluation.breakdowns[0].entries.iter().map(|entry| entry.dropped).collect();
    // The group, both rules, what the choice takes away.
    assert_eq!(dropped, [false, false, true, false]);
    assert_eq!(evaluation.breakdowns[0].entries[3].points, decimal("-5"));
}

#[test]
fn everything_inside_a_dropped_group_is_dropped() {
    let inner = Item::Group(group(Choice::All, vec![always(1, "2")]));
    let items = vec![always(0, "5"), inner];
    let evaluation = run(scoring(vec![Item::Group(group(Choice::FirstMatch, items))]), nobody(), Vec::new());
    assert!(evaluation.breakdowns[0].rule(RuleId(1)).unwrap().dropped);
    let points = AnyExpr::Number(NumberExpr::PointsOf(RuleId(1)));
    assert_eq!(evaluation.value(&points), Some(number("0")));
}

#[test]
fn weight_comes_before_limits_and_is_rounded_once() {
    // 33.3333 % of 10.0001 is 3.33336333…: 3.3334 at 4 decimals.
    let weighted = Group { weight: Some(decimal("33.3333")), ..group(Choice::All, vec![always(0, "10.0001")]) };
    assert_eq!(in_group(weighted.clone()), decimal("3.3334"));
    let limits = PointLimits { highest: Some(decimal("3")), lowest: None };
    let limited = run(scoring(vec![Item::Group(Group { limits, ..weighted })]), nobody(), Vec::new());
    let kinds: Vec<EntryKind> = limited.breakdowns[0].entries.iter().map(|entry| entry.kind).collect();
    assert_eq!(kinds, [EntryKind::Group, EntryKind::Rule(RuleId(0)), EntryKind::Weight, EntryKind::Limit]);
    assert_eq!(limited.results.scores[0], Some(decimal("3")));
}

#[test]
fn a_weight_is_not_rounded_twice() {
    // 49.9999999 % of 0.0001 is 0.0000499999999: nothing at 4 decimals, though 0.00005 at 9.
    let weighted = Group { weight: Some(decimal("49.9999999")), ..group(Choice::All, vec![always(0, "0.0001")]) };
    assert_eq!(in_group(weighted), Decimal::ZERO);
}

#[test]
fn a_group_whose_when_does_not_hold_gives_nothing_and_takes_no_part() {
    let closed = Group { when: Some(holding(false)), ..group(Choice::All, vec![always(1, "-9")]) };
    let items = vec![Item::Group(closed), always(2, "-4")];
    assert_eq!(in_group(group(Choice::Highest, items)), decimal("-4"));
}

#[test]
fn computed_points_are_rounded_and_held() {
    let computed = |expr| score_of(vec![rule(0, Points::Computed(expr), Body::Always)], Vec::new());
    // 2 / 3 is 0.666666667 at 9 decimals.
    assert_eq!(computed(NumberExpr::Divide(literal("2").into(), literal("3").into())), decimal("0.6667"));
    assert_eq!(computed(literal("2000000")), decimal("1000000"));
    assert_eq!(computed(literal("-2000000")), decimal("-1000000"));
    assert_eq!(computed(employees()), Decimal::ZERO);
}

#[test]
fn a_rule_whose_points_are_missing_takes_no_part_but_an_occurrence_does() {
    let missing = rule(0, Points::Computed(employees()), Body::Always);
    assert_eq!(in_group(group(Choice::FirstMatch, vec![missing, always(1, "4")])), decimal("4"));
    let occurrence = rule(0, Points::Computed(employees()), Body::ForEach(for_each(selector(OPEN))));
    let items = vec![Item::Group(group(Choice::FirstMatch, vec![occurrence, always(1, "4")]))];
    assert_eq!(score_of(items, vec![event(OPEN, 1.0)]), Decimal::ZERO);
}

#[test]
fn first_and_later_points_go_oldest_first_among_the_kept() {
    let series = Points::Series(vec![Points::Constant(decimal("5")), Points::Constant(decimal("1"))]);
    let opens = || (1..=5).rev().map(|age| event(OPEN, f64::from(age))).collect::<Vec<_>>();
    let scored = |each: ForEach| score_of(vec![rule(0, series.clone(), Body::ForEach(each))], opens());
    assert_eq!(scored(for_each(selector(OPEN))), decimal("9"));
    let three = ForEach { limits: vec![limit(3, LimitScope::Plain)], ..for_each(selector(OPEN)) };
    assert_eq!(scored(three), decimal("7"));
    // The three latest are 3, 2 and 1 days old; the oldest of them has 5 points. Fading to nothing over 4 days:
    // 5 * 1/4 + 1 * 2/4 + 1 * 3/4.
    let decay = Decay { curve: Curve::Linear(days(4)), after: None, down_to: None };
    let fading = ForEach { limits: vec![limit(3, LimitScope::Plain)], decay: Some(decay), ..for_each(selector(OPEN)) };
    assert_eq!(scored(fading), decimal("2.5"));
}

#[test]
fn a_click_that_loses_half_after_half_of_its_period() {
    // A published model: 250 points, of which half is left after 15 days of a 30-day period.
    let curve = Curve::OfOriginal { percent: decimal("50"), every: days(15) };
    let click = |age| {
        let decay = Some(Decay { curve, after: None, down_to: None });
        score_of(vec![each(0, "250", ForEach { decay, ..for_each(selector(OPEN)) })], vec![event(OPEN, age)])
    };
    assert_eq!(click(2.0), decimal("250"));
    assert_eq!(click(21.0), decimal("125"));
}

#[test]
fn number_tables_take_the_highest_edge_passed() {
    let row = |at: &str, included, points: &str| TableRow {
        test: RowTest::Edge { at: decimal(at), included },
        result: Points::Constant(decimal(points)),
        span: Default::default(),
    };
    let table = Table {
        key: TableKey::Number(employees()),
        rows: vec![row("10", true, "5"), row("50", false, "10")],
        otherwise: Some(TableRow { test: RowTest::Else, ..row("0", true, "-1") }),
        missing: None,
    };
    let scored = |value: Option<&str>| {
        let items = vec![rule(0, Points::Table(Box::new(table.clone())), Body::Always)];
        run(scoring(items), lead(value.map(number), None), Vec::new()).results.scores[0].unwrap()
    };
    assert_eq!(scored(Some("9.99")), decimal("-1"));
    assert_eq!(scored(Some("10")), decimal("5"));
    assert_eq!(scored(Some("50")), decimal("5"));
    assert_eq!(scored(Some("50.01")), decimal("10"));
    assert_eq!(scored(None), decimal("-1"));
}

#[test]
fn for_every_counts_whole_durations_since_the_latest_of_all_starts() {
    let every = |selector, after, from| {
        let every = ForEvery { every: days(30), selector, after, counting_from: from };
        rule(0, Points::Constant(decimal("-5")), Body::ForEvery(every))
    };
    let plain = |events| score_of(vec![every(selector(OPEN), None, None)], events);
    assert_eq!(plain(vec![]), Decimal::ZERO);
    assert_eq!(plain(vec![event(OPEN, 29.999)]), Decimal::ZERO);
    assert_eq!(plain(vec![event(OPEN, 200.0), event(OPEN, 60.0)]), decimal("-10"));
    let grace = every(selector(OPEN), Some(days(7)), None);
    assert_eq!(score_of(vec![grace], vec![event(OPEN, 66.0)]), decimal("-5"));
    let reset = Selector { since_last: vec![which(RESET)], ..selector(OPEN) };
    let events = vec![event(OPEN, 100.0), event(RESET, 35.0)];
    assert_eq!(score_of(vec![every(reset, None, None)], events), decimal("-5"));
    let created = every(selector(OPEN), None, Some(DateExpr::Field(FieldId(2))));
    assert_eq!(score_of(vec![created], vec![event(OPEN, 61.0)]), decimal("-10"));
}

#[test]
fn for_every_month_steps_the_calendar() {
    let every = ForEvery {
        every: Duration { count: 1, unit: TimeUnit::Month },
        selector: selector(OPEN),
        after: None,
        counting_from: None,
    };
    // As of is 1972-09-27; 92 days before it is 1972-06-27: exactly three months.
    let scored = |age| {
        let body = Body::ForEvery(every.clone());
        score_of(vec![rule(0, Points::Constant(decimal("-1")), body)], vec![event(OPEN, age)])
    };
    assert_eq!(scored(92.0), decimal("-3"));
    assert_eq!(scored(91.9), decimal("-2"));
}
