#![allow(clippy::unwrap_used)]

use super::*;
use proptest::prelude::*;

fn read(text: &str) -> Option<String> {
    read_date(text, None, None, &Zone::named("Europe/Madrid").unwrap()).ok().map(|moment| moment.to_string())
}

fn count(text: &str, unit: EpochUnit) -> Option<String> {
    read_date(text, None, Some(unit), &Zone::utc()).ok().map(|moment| moment.to_string())
}

#[test]
fn the_standard_ways() {
    for (text, moment) in [
        ("2026-05-01", "2026-05-01"),
        ("2026-05-01T09:30:00Z", "2026-05-01T09:30:00Z"),
        ("2026-05-01t09:30:00z", "2026-05-01T09:30:00Z"),
        ("2026-05-01T09:30:00+02:00", "2026-05-01T07:30:00Z"),
        ("2026-05-01T09:30:00-00:00", "2026-05-01T09:30:00Z"),
        ("2026-05-01 09:30:00 UTC", "2026-05-01T09:30:00Z"),
        ("2026-05-01 9:30 +0000", "2026-05-01T09:30:00Z"),
        ("2026-05-01 9:30-0530", "2026-05-01T15:00:00Z"),
        ("2026-05-01 9:30:00+02", "2026-05-01T07:30:00Z"),
        // Madrid is two hours ahead in summer and one in winter
        ("2026-05-01T09:30", "2026-05-01T07:30:00Z"),
        ("2026-01-01 9:30:15", "2026-01-01T08:30:15Z"),
        ("2026-05-01T00:00:00.1Z", "2026-05-01T00:00:00.1Z"),
        ("2026-05-01T00:00:00.1234567891234567890Z", "2026-05-01T00:00:00.123456Z"),
        ("1969-12-31T23:59:59.9999999Z", "1969-12-31T23:59:59.999999Z"),
        ("2016-12-31T23:59:60Z", "2016-12-31T23:59:59Z"),
        ("2017-01-01T00:59:60.5+01:00", "2016-12-31T23:59:59.5Z"),
        (" ۲۰۲۶-۰۵-۰۱ ", "2026-05-01"),
        ("٢٠٢٦-٠٥-٠١ ٩:٣٠Z", "2026-05-01T09:30:00Z"),
        // 02:30 does not exist on 2026-03-29 and is twice on 2026-10-25
        ("2026-03-29 02:30", "2026-03-29T01:30:00Z"),
        ("2026-10-25 02:30", "2026-10-25T00:30:00Z"),
    ] {
        assert_eq!(read(text).as_deref(), Some(moment), "{text}");
    }
}

#[test]
fn no_dates() {
    for text in [
        "",
        "soon",
        "2026-02-30",
        "2026-5-1",
        "05/30/2026",
        "20260501",
        "2026-05",
        "2026-05-01T",
        "2026-05-01T09",
        "2026-05-01T24:00:00Z",
        "2026-05-01T23:60Z",
        "2026-05-01T12:00:60Z",
        "2026-05-01T09:30:00.Z",
        "2026-05-01Z",
        "2026-05-01T09:30:00+24:00",
        "2026-05-01T09:30:00+2:00",
        "2026-05-01T09:30:00 CET",
        "2026-05-01x09:30",
        "2026-05-01T09:30:00Zx",
        "02026-05-01",
        "-2026-05-01",
        "2026-05-01T09:30:00+02:",
        "9999-12-31T23:59:59-23:59",
    ] {
        assert_eq!(read(text), None, "{text}");
    }
}

#[test]
fn counts_since_1970() {
    // 1767225600 is 2026-01-01
    assert_eq!(count("1767225600", EpochUnit::Seconds).as_deref(), Some("2026-01-01T00:00:00Z"));
    assert_eq!(count("1767225600.1234567", EpochUnit::Seconds).as_deref(), Some("2026-01-01T00:00:00.123456Z"));
    assert_eq!(count("1.7672256e12", EpochUnit::Milliseconds).as_deref(), Some("2026-01-01T00:00:00Z"));
    assert_eq!(count("1767225600000001", EpochUnit::Microseconds).as_deref(), Some("2026-01-01T00:00:00.000001Z"));
    assert_eq!(count("-0.0000001", EpochUnit::Seconds).as_deref(), Some("1969-12-31T23:59:59.999999Z"));
    for text in ["1e20", "2026-01-01", "", "1767225600000000"] {
        assert_eq!(count(text, EpochUnit::Seconds), None, "{text}");
    }
}

#[test]
fn a_declared_format_stands_alone_and_is_in_the_zone() {
    let madrid = Zone::named("Europe/Madrid").unwrap();
    let format = DateFormat::new("DD/MM/YYYY HH:mm").unwrap();
    let read = |text: &str| read_date(text, Some(&format), None, &madrid).map(|moment| moment.to_string());
    assert_eq!(read(" 01/05/2026 09:30 "), Ok("2026-05-01T07:30:00Z".to_string()));
    for text in ["2026-05-01", "01/05/2026", "01/05/2026 24:00", "01/05/2026 09:30Z"] {
        assert_eq!(read(text), Err(ReadError::NotADate { format: Some("DD/MM/YYYY HH:mm".to_string()) }));
    }
    let day = DateFormat::new("D.M.YYYY").unwrap();
    let moment = read_date("۱.۵.۲۰۲۶", Some(&day), None, &madrid);
    assert_eq!(moment, Ok(Moment::Day(civil::date(2026, 5, 1))));
}

proptest! {
    #[test]
    fn any_text_at_all_is_read_or_refused(text in "[0-9]{1,4}-[0-9]{2}-[0-9]{2}[T ]?[-0-9:.+ZUTCé ]{0,24}", any in any::<String>()) {
        let zone = Zone::named("Pacific/Apia").unwrap();
        let format = DateFormat::new("D Mon YY H:mm").unwrap();
        for text in [&text, &any] {
            let _ = read_date(text, None, None, &zone);
            let _ = read_date(text, Some(&format), None, &zone);
            let _ = read_date(text, None, Some(EpochUnit::Seconds), &zone);
            let _ = ReadError::NotADate { format: None }.help(text);
            let _ = ReadError::NotANumber.help(text);
        }
    }
}
