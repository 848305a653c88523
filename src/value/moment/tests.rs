#![allow(clippy::unwrap_used)]

use super::*;
use crate::value::TimeUnit;

fn zone(name: &str) -> Zone {
    Zone::named(name).unwrap()
}

fn at(text: &str) -> Instant {
    Instant::floor(text.parse().unwrap())
}

fn steps(count: i64, unit: TimeUnit) -> Duration {
    Duration { count, unit }
}

fn day(year: i16, month: i8, day: i8) -> Moment {
    Moment::Day(civil::date(year, month, day))
}

#[test]
fn a_day_is_the_zones_own() {
    let madrid = zone("Europe/Madrid");
    assert_eq!(day(2026, 5, 1).first(&madrid), at("2026-04-30T22:00:00Z"));
    assert_eq!(day(2026, 5, 1).last(&madrid), at("2026-05-01T21:59:59.999999Z"));
    // summer time begins on 2026-03-29: the day has 23 hours
    let spring = day(2026, 3, 29);
    assert_eq!(spring.last(&madrid).0 - spring.first(&madrid).0 + 1, 23 * 3_600_000_000);
}

#[test]
fn a_day_whose_midnight_is_skipped_begins_with_the_jump() {
    // Beirut skips 00:00 to 01:00 on 2026-03-29 (+02:00 before)
    assert_eq!(day(2026, 3, 29).first(&zone("Asia/Beirut")), at("2026-03-28T22:00:00Z"));
    // Toronto jumped from 1919-03-30 23:30 to 00:30 (-05:00 before): the 31st begins at half past
    assert_eq!(day(1919, 3, 31).first(&zone("America/Toronto")), at("1919-03-31T04:30:00Z"));
}

#[test]
fn the_edges_of_time_do_not_panic() {
    for zone in [Zone::utc(), zone("Pacific/Kiritimati"), zone("Pacific/Pago_Pago")] {
        for moment in [Moment::Day(civil::Date::MIN), Moment::Day(civil::Date::MAX), Moment::Instant(Instant(i64::MIN))]
        {
            assert!(moment.first(&zone) <= moment.last(&zone));
            let _ = moment.to_string();
        }
        for instant in [Instant(i64::MIN), Instant(i64::MAX)] {
            let _ = (instant.hour(&zone), instant.weekday(&zone), instant.bucket(CalendarUnit::Month, &zone));
            let _ = (instant.bucket(CalendarUnit::Hour, &zone), instant.to_string());
            assert_eq!(instant.plus(steps(1, TimeUnit::Second), &zone), None);
        }
        let now = at("2026-01-01T00:00:00Z");
        for unit in [TimeUnit::Week, TimeUnit::Month, TimeUnit::Year] {
            assert_eq!(now.plus(steps(1_000_000_000, unit), &zone), None);
            assert_eq!(now.minus(steps(1_000_000_000, unit), &zone), None);
        }
    }
}

#[test]
fn months_keep_the_clock_and_clamp_to_the_months_end() {
    let madrid = zone("Europe/Madrid");
    // 12:00 in winter (+01:00) and in summer (+02:00)
    assert_eq!(at("2026-03-15T11:00:00Z").plus(steps(1, TimeUnit::Month), &madrid), Some(at("2026-04-15T10:00:00Z")));
    let january = at("2026-01-31T12:00:00Z");
    assert_eq!(january.plus(steps(1, TimeUnit::Month), &Zone::utc()), Some(at("2026-02-28T12:00:00Z")));
    assert_eq!(january.plus(steps(2, TimeUnit::Month), &Zone::utc()), Some(at("2026-03-31T12:00:00Z")));
    assert_eq!(january.minus(steps(11, TimeUnit::Month), &Zone::utc()), Some(at("2025-02-28T12:00:00Z")));
    let leap = at("2024-02-29T00:00:00Z");
    assert_eq!(leap.plus(steps(1, TimeUnit::Year), &Zone::utc()), Some(at("2025-02-28T00:00:00Z")));
    // days are 24 hours
    assert_eq!(at("2026-03-28T11:00:00Z").plus(steps(1, TimeUnit::Day), &madrid), Some(at("2026-03-29T11:00:00Z")));
}

#[test]
fn months_move_over_a_gap_and_take_the_earlier_of_two() {
    let madrid = zone("Europe/Madrid");
    // 2026-03-29 02:30 does not exist and becomes 03:30 (+02:00)
    assert_eq!(at("2026-02-28T01:30:00Z").plus(steps(1, TimeUnit::Month), &madrid), Some(at("2026-03-28T01:30:00Z")));
    assert_eq!(at("2026-01-29T01:30:00Z").plus(steps(2, TimeUnit::Month), &madrid), Some(at("2026-03-29T01:30:00Z")));
    // 2026-10-25 02:30 is twice: first at +02:00
    assert_eq!(at("2026-09-25T00:30:00Z").plus(steps(1, TimeUnit::Month), &madrid), Some(at("2026-10-25T00:30:00Z")));
}

#[test]
fn a_repeated_hour_is_two_hours() {
    let hour = |text: &str, zone: &Zone| at(text).bucket(CalendarUnit::Hour, zone);
    let madrid = zone("Europe/Madrid");
    assert_eq!(hour("2026-10-25T00:00:00Z", &madrid), hour("2026-10-25T00:59:59.999999Z", &madrid));
    assert_ne!(hour("2026-10-25T00:30:00Z", &madrid), hour("2026-10-25T01:30:00Z", &madrid));
    // hours of the clock: half past in UTC is the full hour in India
    let kolkata = zone("Asia/Kolkata");
    assert_ne!(hour("2026-01-01T00:29:00Z", &kolkata), hour("2026-01-01T00:30:00Z", &kolkata));
    assert_eq!(hour("2026-01-01T00:30:00Z", &kolkata), hour("2026-01-01T01:29:59Z", &kolkata));
    // St John's went from 00:01 back to 23:01 in November 2006: 00:00 and 23:01 lie in one hour of UTC past half past two
    let johns = zone("America/St_Johns");
    assert_ne!(hour("2006-10-29T02:30:30Z", &johns), hour("2006-10-29T02:31:30Z", &johns));
}

#[test]
fn days_weeks_and_months_of_the_calendar() {
    let madrid = zone("Europe/Madrid");
    let same = |one: &str, two: &str, unit| at(one).bucket(unit, &madrid) == at(two).bucket(unit, &madrid);
    // midnight in Madrid in summer is 22:00 in UTC; 2026-05-04 is a Monday
    assert!(!same("2026-05-01T21:59:59Z", "2026-05-01T22:00:00Z", CalendarUnit::Day));
    assert!(same("2026-05-03T22:00:00Z", "2026-05-10T21:59:59Z", CalendarUnit::Week));
    assert!(!same("2026-05-03T21:59:59Z", "2026-05-03T22:00:00Z", CalendarUnit::Week));
    assert!(same("2026-04-30T22:00:00Z", "2026-05-31T21:59:59Z", CalendarUnit::Month));
    assert!(!same("2026-05-31T21:59:59Z", "2026-05-31T22:00:00Z", CalendarUnit::Month));
    assert!(!same("1969-12-31T12:00:00Z", "1970-01-01T12:00:00Z", CalendarUnit::Day));
}

#[test]
fn hour_and_weekday_of_the_zone() {
    let instant = at("2026-05-03T22:30:00Z");
    assert_eq!((instant.hour(&Zone::utc()), instant.weekday(&Zone::utc())), (22, "sunday"));
    let madrid = zone("Europe/Madrid");
    assert_eq!((instant.hour(&madrid), instant.weekday(&madrid)), (0, "monday"));
}

#[test]
fn shown_in_utc_with_fractions_where_there_are_any() {
    assert_eq!(at("2026-05-01T09:30:00+02:00").to_string(), "2026-05-01T07:30:00Z");
    assert_eq!(Instant(1_500_000).to_string(), "1970-01-01T00:00:01.5Z");
    assert_eq!(at("1969-12-31T23:59:59.9999999Z"), Instant(-1));
    assert_eq!(day(2026, 5, 1).to_string(), "2026-05-01");
}
