//! Events: what leads did in the year before, with types that no rule looks at and a few of leads nobody knows.

use crate::leads::{TODAY, id};
use crate::pools::*;
use crate::random::Random;
use crate::table::{Cell, Columns, Kind};

pub const COLUMNS: Columns = &[
    ("lead_id", Kind::Text),
    ("type", Kind::Text),
    ("at", Kind::Instant),
    ("path", Kind::Text),
    ("seconds", Kind::Whole),
    ("asset", Kind::Text),
    ("campaign", Kind::Text),
    ("attended", Kind::YesNo),
    ("device", Kind::Text),
    ("session", Kind::Text),
];

/// How many events each lead has: none for nearly half of them, many for a few; `events` in all.
/// One lead in 200 more than there are stands for events of leads that are not in the file.
pub fn counts(seed: u64, leads: u64, events: u64) -> Vec<u32> {
    let all = leads + leads / 200;
    let mean = events as f64 / all as f64 / 0.55;
    let mut counts: Vec<u32> = (0..all)
        .map(|lead| {
            let random = &mut Random::of(&[seed, 2, lead]);
            let heavy = if random.percent(1.0) { 8.0 } else { 0.93 };
            if random.percent(45.0) { 0 } else { (-(1.0 - random.fraction()).ln() * mean * heavy) as u32 }
        })
        .collect();
    let mut total: u64 = counts.iter().map(|count| u64::from(*count)).sum();
    let random = &mut Random::of(&[seed, 3]);
    while total != events {
        let lead = random.below(counts.len());
        if total < events {
            counts[lead] += 1;
            total += 1;
        } else if counts[lead] > 0 {
            counts[lead] -= 1;
            total -= 1;
        }
    }
    counts
}

/// When the lead's event of this number was, in seconds since 1970-01-01: rarely later than the day of all results.
pub fn instant(seed: u64, lead: u64, number: u64) -> i64 {
    let random = &mut Random::of(&[seed, 4, lead, number]);
    let seconds_ago = match random.below(300) {
        0 => -(random.below(10 * 86_400) as i64) - 1,
        1..120 => random.below(60 * 86_400) as i64,
        _ => random.below(365 * 86_400) as i64,
    };
    i64::from(TODAY) * 86_400 - seconds_ago
}

/// The lead's event of this number, in the order of [`COLUMNS`].
pub fn event(seed: u64, lead: u64, number: u64) -> Vec<Cell> {
    let random = &mut Random::of(&[seed, 5, lead, number]);
    let kind = match random.below(1000) {
        0..450 => "page_view",
        450..650 => "email_open",
        650..770 => "email_sent",
        770..830 => "email_click",
        830..890 => "ad_view",
        890..930 => "download",
        930..955 => "form",
        955..975 => "webinar",
        975..988 => "ticket",
        988..995 => "demo_request",
        _ => "unsubscribe",
    };
    let on_site = kind == "page_view";
    vec![
        Cell::Text(id(lead)),
        Cell::Word(kind),
        Cell::Instant(instant(seed, lead, number)),
        when(on_site, || Cell::Word(random.pick(PATHS))),
        when(on_site, || Cell::Whole(random.logarithmic(1.0, 900.0) as i64)),
        when(kind == "download", || Cell::Word(random.pick(ASSETS))),
        when(kind.starts_with("email"), || Cell::Word(random.pick(CAMPAIGNS))),
        when(kind == "webinar", || Cell::YesNo(random.percent(60.0))),
        when(on_site || kind == "form", || Cell::Word(random.pick(DEVICES))),
        when(on_site, || Cell::Text(format!("{:016x}", random.next()))),
    ]
}

fn when(holds: bool, value: impl FnOnce() -> Cell) -> Cell {
    if holds { value() } else { Cell::Missing }
}
