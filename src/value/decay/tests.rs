#![allow(clippy::unwrap_used)]

use super::*;
use proptest::prelude::*;

const DAY: i64 = 86_400_000_000;

fn days(count: i64) -> Duration {
    Duration { count, unit: TimeUnit::Day }
}

fn months(count: i64) -> Duration {
    Duration { count, unit: TimeUnit::Month }
}

fn decimal(text: &str) -> Decimal {
    Decimal::parse(text).unwrap()
}

fn plain(curve: Curve) -> Decay {
    Decay { curve, after: None, down_to: None }
}

/// What is left of the points after an age in microseconds.
fn left(points: &str, decay: Decay, age: i64) -> String {
    decay.factor(Instant(0), Instant(age), &Zone::utc()).of(decimal(points)).to_string()
}

#[test]
fn half_life_halves() {
    let decay = plain(Curve::HalfLife(days(30)));
    // 15 * 2^(-1/30) = 15 * 0.97715997
    assert_eq!(left("15", decay, DAY), "14.6574");
    assert_eq!(left("15", decay, 0), "15");
    assert_eq!(left("15", decay, 30 * DAY), "7.5");
    // 0.0001 / 2 = 0.00005 lies half way and goes away from zero
    assert_eq!(left("0.0001", decay, 30 * DAY), "0.0001");
    assert_eq!(left("-0.0003", decay, 30 * DAY), "-0.0002");
    // 104.8576 / 2^21 is 0.00005 exactly
    assert_eq!(left("104.8576", decay, 21 * 30 * DAY), "0.0001");
    assert_eq!(left("1000000", decay, 100_000 * DAY), "0");
}

#[test]
fn linear_goes_to_zero_and_stays() {
    let decay = plain(Curve::Linear(days(30)));
    assert_eq!(left("10", decay, 3 * DAY), "9");
    // 10 * 20 / 30 = 6.66666…
    assert_eq!(left("10", decay, 10 * DAY), "6.6667");
    assert_eq!(left("10", decay, 30 * DAY), "0");
    assert_eq!(left("10", decay, 31 * DAY), "0");
}

#[test]
fn of_the_original_in_steps_at_exactly_d() {
    let decay = plain(Curve::OfOriginal { percent: decimal("50"), every: days(15) });
    for (age, points) in [
        (2 * DAY, "250"),
        (15 * DAY - 1, "250"),
        (15 * DAY, "125"),
        (21 * DAY, "125"),
        (30 * DAY, "0"),
        (900 * DAY, "0"),
    ] {
        assert_eq!(left("250", decay, age), points);
    }
}

#[test]
fn of_what_is_left_in_steps() {
    let decay = plain(Curve::OfWhatIsLeft { percent: decimal("5"), every: days(1) });
    assert_eq!(left("10", decay, DAY), "9.5");
    // 10 * 0.95^3 = 8.57375 lies half way
    assert_eq!(left("10", decay, 3 * DAY), "8.5738");
    assert_eq!(left("-10", decay, 3 * DAY), "-8.5738");
    let whole = plain(Curve::OfWhatIsLeft { percent: decimal("100"), every: days(1) });
    assert_eq!((left("10", whole, DAY - 1), left("10", whole, DAY)), ("10".into(), "0".into()));
    let nothing = plain(Curve::OfWhatIsLeft { percent: Decimal::ZERO, every: days(1) });
    assert_eq!(left("10", nothing, 500 * DAY), "10");
}

#[test]
fn a_billion_steps_are_quick() {
    let every = Duration { count: 1, unit: TimeUnit::Second };
    // (1 - 10^-9)^(10^9) is 1/e less 2 * 10^-10
    let decay = plain(Curve::OfWhatIsLeft { percent: decimal("0.0000001"), every });
    assert_eq!(left("10000", decay, 1_000_000_000_000_000), "3678.7944");
    let original = plain(Curve::OfOriginal { percent: decimal("0.0000001"), every });
    assert_eq!(left("10000", original, 500_000_000_000_000), "5000");
}

#[test]
fn after_shifts_the_age_and_down_to_is_a_floor() {
    let decay = Decay { curve: Curve::HalfLife(days(30)), after: Some(days(7)), down_to: Some(decimal("20")) };
    assert_eq!(left("10", decay, 7 * DAY), "10");
    assert_eq!(left("10", decay, 37 * DAY), "5");
    assert_eq!(left("10", decay, 370 * DAY), "2");
    let never = Decay { curve: Curve::Linear(days(1)), after: Some(days(4_000_000)), down_to: None };
    assert_eq!(left("10", never, 9_000 * DAY), "10");
}

#[test]
fn months_step_from_the_start_each() {
    let zone = Zone::named("Europe/Madrid").unwrap();
    let at = |text: &str| Instant(text.parse::<jiff::Timestamp>().unwrap().as_microsecond());
    // 2026-01-31 12:00 in Madrid; steps fall on 02-28, 03-31 (in summer time) and 04-30 at 12:00
    let start = at("2026-01-31T11:00:00Z");
    for (as_of, steps) in [
        ("2026-02-28T10:59:59.999999Z", 0),
        ("2026-02-28T11:00:00Z", 1),
        ("2026-03-31T09:59:59Z", 1),
        ("2026-03-31T10:00:00Z", 2),
        ("2026-04-30T10:00:00Z", 3),
        ("2036-01-31T11:00:00Z", 120),
    ] {
        assert_eq!(steps_taken(start, at(as_of), months(1), &zone), steps, "{as_of}");
    }
    assert_eq!(steps_taken(start, at("2026-06-30T10:00:00Z"), months(2), &zone), 2);
    let decay = Decay {
        curve: Curve::OfOriginal { percent: decimal("10"), every: months(1) },
        after: Some(days(1)),
        down_to: None,
    };
    // from 2026-02-01 12:00
    assert_eq!(decay.factor(start, at("2026-03-01T10:59:59Z"), &zone).of(decimal("10")), decimal("10"));
    assert_eq!(decay.factor(start, at("2026-03-01T11:00:00Z"), &zone).of(decimal("10")), decimal("9"));
}

#[test]
fn steps_to_the_end_of_time() {
    let (start, end) = (Instant(0), Instant(i64::MAX));
    assert!(steps_taken(start, end, months(1), &Zone::utc()) > 96_000);
    assert_eq!(steps_taken(start, end, months(1_000_000_000), &Zone::utc()), 0);
}

proptest! {
    #[test]
    fn the_quick_way_is_the_exact_way(
        points in prop_oneof![-20_000_000_000_000_i128..20_000_000_000_000, -3_000_000..3_000_000_i128, any::<i64>().prop_map(i128::from)],
        numerator in prop_oneof![0..=1_000_i128, 0..=1_i128 << 100],
        denominator in prop_oneof![Just(1_000_i128), Just(1 << 100), Just(3), Just(2)],
    ) {
        let factor = Factor { numerator, denominator }.within_bounds();
        let points = Decimal::from_billionths(points);
        prop_assert!(factor.of_quickly(points).is_none_or(|quick| quick == factor.of_exactly(points)));
    }
}
