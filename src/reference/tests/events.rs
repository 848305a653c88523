//! Selectors and limits: which events count.

use super::build::*;
use crate::model::*;
use crate::value::{Decimal, Instant, Moment};

fn count(selector: Selector, events: Vec<Event>) -> Decimal {
    score_of(vec![each(0, "1", for_each(selector))], events)
}

fn kept(limits: Vec<OccurrenceLimit>, events: Vec<Event>) -> Decimal {
    score_of(vec![each(0, "1", ForEach { limits, ..for_each(selector(VIEW)) })], events)
}

#[test]
fn in_last_includes_both_ends_and_the_future_does_not_exist() {
    let recent = Selector { in_last: Some(days(30)), ..selector(OPEN) };
    let events = vec![event(OPEN, 30.1), event(OPEN, 30.0), event(OPEN, 0.0), event(OPEN, -0.1)];
    assert_eq!(count(recent, events), decimal("2"));
}

#[test]
fn since_includes_its_instant_before_does_not_and_a_missing_date_keeps_nothing() {
    let noon = Moment::Instant(event(OPEN, 10.0).at);
    let events = || vec![event(OPEN, 11.0), event(OPEN, 10.0), event(OPEN, 9.0)];
    let since = Selector { since: Some(DateExpr::Literal(noon)), ..selector(OPEN) };
    assert_eq!(count(since, events()), decimal("2"));
    let before = Selector { before: Some(DateExpr::Literal(noon)), ..selector(OPEN) };
    assert_eq!(count(before, events()), decimal("1"));
    let missing = Selector { since: Some(DateExpr::Field(FieldId(2))), ..selector(OPEN) };
    assert_eq!(count(missing, events()), Decimal::ZERO);
}

#[test]
fn since_last_keeps_what_comes_after_in_the_one_order() {
    let since = Selector { since_last: vec![which(RESET)], ..selector(OPEN) };
    // At one instant the order given decides: the second open comes after the reset.
    let events = vec![event(OPEN, 5.0), event(RESET, 5.0), event(OPEN, 5.0), event(OPEN, 1.0)];
    assert_eq!(count(since.clone(), events), decimal("2"));
    assert_eq!(count(since, vec![event(OPEN, 5.0)]), decimal("1"));
}

#[test]
fn within_after_looks_back_in_the_one_order() {
    let within = Selector { within_after: Some((days(14), which(RESET))), ..selector(OPEN) };
    let after = |events| count(within.clone(), events);
    assert_eq!(after(vec![event(RESET, 20.0), event(OPEN, 6.0)]), decimal("1"));
    assert_eq!(after(vec![event(RESET, 20.0), event(OPEN, 5.9)]), Decimal::ZERO);
    assert_eq!(after(vec![event(OPEN, 20.0), event(RESET, 20.0)]), Decimal::ZERO);
    assert_eq!(after(vec![event(RESET, 20.0), event(OPEN, 20.0)]), decimal("1"));
}

#[test]
fn an_event_is_not_within_after_itself() {
    let within = Selector { within_after: Some((days(14), which(OPEN))), ..selector(OPEN) };
    assert_eq!(count(within, vec![event(OPEN, 3.0), event(OPEN, 2.0)]), decimal("1"));
}

#[test]
fn ignored_events_are_seen_by_nothing_not_even_by_since_last() {
    let mut model =
        scoring(vec![each(0, "1", for_each(Selector { since_last: vec![which(RESET)], ..selector(OPEN) }))]);
    model.ignores.push(selector(RESET));
    let evaluation = run(model, nobody(), vec![event(OPEN, 5.0), event(RESET, 4.0), event(OPEN, 3.0)]);
    assert_eq!(evaluation.results.scores[0], Some(decimal("2")));
}

#[test]
fn ignores_see_what_others_ignore() {
    let mut model = scoring(vec![each(0, "1", for_each(selector(OPEN)))]);
    model.ignores.push(selector(RESET));
    model.ignores.push(Selector { since_last: vec![which(RESET)], ..selector(OPEN) });
    let evaluation = run(model, nobody(), vec![event(OPEN, 5.0), event(RESET, 4.0), event(OPEN, 3.0)]);
    assert_eq!(evaluation.results.scores[0], Some(decimal("1")));
}

#[test]
fn rolling_limits_count_back_from_the_most_recent() {
    let once_in_three_days = || vec![limit(1, LimitScope::InAny(days(3)))];
    let at = |ages: &[f64]| ages.iter().map(|age| view(*age, "/", "1")).collect::<Vec<_>>();
    // 1 is kept; 2 and 3 are less than 3 days before it; 4 is exactly 3 days before it, so kept; 5 and 6 are near 4; 7 not.
    assert_eq!(kept(once_in_three_days(), at(&[7.0, 6.0, 5.0, 4.0, 3.0, 2.0, 1.0])), decimal("3"));
    let twice = vec![limit(2, LimitScope::InAny(days(3)))];
    // 1, 2 kept; 3 has two near; 4 has only 2 nearer than 3 days: kept; 5 has only 4 (2 is 3 away): kept; 6 has 4, 5.
    assert_eq!(kept(twice, at(&[6.0, 5.0, 4.0, 3.0, 2.0, 1.0])), decimal("4"));
}

#[test]
fn limits_apply_in_order_the_plain_one_last() {
    let per_path = || LimitScope::PerProperty(property("path"));
    let events = || {
        vec![
            view(3.0, "/a", "1"),
            view(2.0, "/b", "1"),
            view(1.2, "/A", "1"),
            view(1.1, "/c", "1"),
            view(1.0, "/c", "1"),
        ]
    };
    // Folded, `/a` is `/A`.
    assert_eq!(kept(vec![limit(1, per_path())], events()), decimal("3"));
    assert_eq!(kept(vec![limit(1, per_path()), limit(2, LimitScope::Plain)], events()), decimal("2"));
    // As of is a midnight: 2.0, 1.2 and 1.1 share a day, 1.0 begins the next.
    assert_eq!(kept(vec![limit(1, per_day())], events()), decimal("3"));
    // Per path first leaves 2.0, 1.2 and 1.0, two of them of one day; per day first would leave 3.0, 1.1 and 1.0, and of
    // those the paths `/a` and `/c`.
    assert_eq!(kept(vec![limit(1, per_path()), limit(1, per_day())], events()), decimal("2"));
    assert_eq!(kept(vec![limit(1, per_path()), limit(9, per_day())], events()), decimal("3"));
}

#[test]
fn a_day_with_at_least_two_is_one_occurrence_at_its_latest() {
    let busy = ForEach {
        each: Each::Calendar { unit: crate::value::CalendarUnit::Day, at_least: 2 },
        ..for_each(selector(VIEW))
    };
    let events = vec![view(2.9, "/a", "1"), view(1.9, "/b", "3"), view(1.8, "/c", "7"), view(0.5, "/d", "1")];
    let points = Points::Computed(NumberExpr::Property(property("seconds")));
    assert_eq!(score_of(vec![rule(0, points, Body::ForEach(busy))], events), decimal("7"));
}

#[test]
fn filters_see_properties_and_missing_ones_do_not_hold() {
    let long = Selector { filter: Some(seconds_from("5")), ..selector(VIEW) };
    let bare = Event { values: vec![None, None], ..event(VIEW, 1.0) };
    assert_eq!(count(long, vec![bare, view(1.0, "/", "4.9"), view(1.0, "/", "5")]), decimal("1"));
}

#[test]
fn whole_days_are_covered_by_date_comparisons() {
    // 1972-09-20 is day 993.
    let day = DateExpr::Literal(Moment::Day(jiff::civil::date(1972, 9, 20)));
    let at = |instant: i64| DateExpr::Literal(Moment::Instant(Instant(instant)));
    let holds = |left: DateExpr, test: DateTest| {
        run(model(), nobody(), Vec::new()).holds(&condition(ConditionKind::Date { value: left, test }))
    };
    let (start, end) = (993 * DAY, 994 * DAY - 1);
    assert!(holds(at(start), DateTest::On(day.clone())) && holds(at(end), DateTest::On(day.clone())));
    assert!(!holds(at(end), DateTest::After(day.clone())) && holds(at(end + 1), DateTest::After(day.clone())));
    assert!(!holds(at(start), DateTest::Before(day.clone())) && holds(at(start - 1), DateTest::Before(day.clone())));
    assert!(holds(at(end), DateTest::Between(day.clone(), day.clone())));
    assert!(holds(day.clone(), DateTest::InLast(days(7))) && !holds(day, DateTest::InNext(days(7))));
}

#[test]
fn aggregates() {
    let events =
        || vec![view(3.0, "/a", "10"), view(2.0, "/A", "20"), Event { values: vec![None, None], ..event(VIEW, 1.0) }];
    let value = |expr: NumberExpr| run(model(), nobody(), events()).value(&AnyExpr::Number(expr));
    let of = |make: fn(Property, Box<Selector>) -> NumberExpr, name| make(property(name), Box::new(selector(VIEW)));
    assert_eq!(value(of(NumberExpr::CountOfDistinct, "path")), Some(number("1")));
    assert_eq!(value(of(NumberExpr::SumOf, "seconds")), Some(number("30")));
    assert_eq!(value(of(NumberExpr::AverageOf, "seconds")), Some(number("15")));
    assert_eq!(value(of(NumberExpr::HighestOf, "seconds")), Some(number("20")));
    assert_eq!(value(of(NumberExpr::First, "seconds")), Some(number("10")));
    assert_eq!(value(of(NumberExpr::Latest, "seconds")), None);
    assert_eq!(value(NumberExpr::DaysSinceFirst(Box::new(selector(VIEW)))), Some(number("3")));
    assert_eq!(value(NumberExpr::SumOf(property("seconds"), Box::new(selector(OPEN)))), Some(number("0")));
    assert_eq!(value(NumberExpr::AverageOf(property("seconds"), Box::new(selector(OPEN)))), None);
}
