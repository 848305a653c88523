//! Leads: 22 fields, as a customer database exports them.

use crate::pools::*;
use crate::random::Random;
use crate::table::{Cell, Columns, Kind};

pub const COLUMNS: Columns = &[
    ("id", Kind::Text),
    ("email", Kind::Text),
    ("first_name", Kind::Text),
    ("last_name", Kind::Text),
    ("company", Kind::Text),
    ("title", Kind::Text),
    ("department", Kind::Text),
    ("industry", Kind::Text),
    ("country", Kind::Text),
    ("city", Kind::Text),
    ("source", Kind::Text),
    ("language", Kind::Text),
    ("website", Kind::Text),
    ("phone", Kind::Text),
    ("employees", Kind::Whole),
    ("revenue", Kind::Decimal),
    ("visits", Kind::Whole),
    ("budget", Kind::Decimal),
    ("created", Kind::Date),
    ("last_contact", Kind::Date),
    ("consent", Kind::YesNo),
    ("customer", Kind::YesNo),
];

/// 2026-11-01, the day of all results, in days since 1970-01-01.
pub const TODAY: i32 = 20_758;

pub fn id(lead: u64) -> String {
    format!("L{:08}", lead + 1)
}

/// The lead of this number, in the order of [`COLUMNS`].
pub fn lead(seed: u64, number: u64) -> Vec<Cell> {
    let random = &mut Random::of(&[seed, 1, number]);
    let (first, last) = (random.pick(FIRST_NAMES), random.pick(LAST_NAMES));
    let (company, site) = company(random);
    let created = TODAY - 1500 + random.below(1501) as i32;
    let size = random.logarithmic(1.0, 50_000.0);
    vec![
        Cell::Text(id(number)),
        Cell::Text(email(random, first, last, &site, number)),
        Cell::Word(first),
        Cell::Word(last),
        Cell::Text(company),
        known(random, 94.0, |random| Cell::Text(title(random))),
        known(random, 80.0, |random| Cell::Word(random.pick_early(DEPARTMENTS))),
        known(random, 92.0, |random| Cell::Word(random.pick_early(INDUSTRIES))),
        known(random, 98.0, |random| Cell::Word(random.pick_early(COUNTRIES))),
        known(random, 90.0, |random| Cell::Word(random.pick_early(CITIES))),
        known(random, 99.0, |random| Cell::Word(random.pick_early(SOURCES))),
        known(random, 97.0, |random| Cell::Word(random.pick_early(LANGUAGES))),
        known(random, 85.0, |_| Cell::Text(format!("https://www.{site}/"))),
        known(random, 60.0, phone),
        known(random, 88.0, |_| Cell::Whole(size as i64)),
        known(random, 70.0, |random| Cell::Decimal((size * random.logarithmic(2e4, 4e5)).round() / 2.0)),
        Cell::Whole(random.logarithmic(1.0, 400.0) as i64 - 1),
        known(random, 30.0, |random| Cell::Decimal((random.logarithmic(500.0, 5e5) / 100.0).round() * 100.0)),
        Cell::Date(created),
        known(random, 75.0, |random| Cell::Date(created + random.below((TODAY - created) as usize + 1) as i32)),
        known(random, 97.0, |random| Cell::YesNo(random.percent(55.0))),
        Cell::YesNo(random.percent(8.0)),
    ]
}

fn known(random: &mut Random, percent: f64, value: impl FnOnce(&mut Random) -> Cell) -> Cell {
    match random.percent(percent) {
        true => value(random),
        false => Cell::Missing,
    }
}

/// A company's name, and the host of its site.
fn company(random: &mut Random) -> (String, String) {
    let (first, second) = (random.pick(COMPANY_FIRST), random.pick(COMPANY_SECOND));
    let number = random.below(40);
    let name = match random.below(100) {
        0 => format!("{first}, Sons & Co."),
        1 => format!("{first} \"{second}\" Ltd"),
        _ => format!(
            "{first} {second}{} {}",
            if number < 20 { String::new() } else { format!(" {number}") },
            random.pick(COMPANY_LAST)
        ),
    };
    let ending = random.pick_early(WEB_ENDINGS);
    (name.replace(" ,", ",").trim().to_string(), format!("{}-{}{number}.{ending}", plain(first), plain(second)))
}

fn email(random: &mut Random, first: &str, last: &str, site: &str, number: u64) -> String {
    let host = if random.percent(25.0) { random.pick_early(FREE_MAIL) } else { site };
    let host = if random.percent(3.0) { host.to_uppercase() } else { host.to_string() };
    match random.below(20) {
        0 => format!("info@{host}"),
        1 => format!("noreply{number}@{host}"),
        2..6 => format!("{}{}@{host}", plain(first), number % 1000),
        _ => format!("{}.{}{}@{host}", plain(first), plain(last), number % 100),
    }
}

fn title(random: &mut Random) -> String {
    if random.percent(15.0) {
        return random.pick(WHOLE_TITLES).to_string();
    }
    let (level, function) = (random.pick(LEVELS), random.pick(FUNCTIONS));
    let title = format!("{level} {function}").trim().to_string();
    match random.below(20) {
        0 => title.to_lowercase(),
        1 => title.to_uppercase(),
        2 => format!("{title} - {}", random.pick(&["EMEA", "DACH", "North America", "APAC", "Global"])),
        _ => title,
    }
}

fn phone(random: &mut Random) -> Cell {
    let code = random.pick_early(CALLING_CODES);
    Cell::Text(format!("{code} {:03} {:04}{:03}", random.below(1000), random.below(10_000), random.below(1000)))
}

/// ASCII letters of a name, for an address.
fn plain(name: &str) -> String {
    let letters: String = name.chars().filter(char::is_ascii_alphabetic).collect();
    if letters.is_empty() { "contact".to_string() } else { letters.to_lowercase() }
}
