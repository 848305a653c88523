//! Texts by the grammar: every statement, clause and operator; what they mean does not matter.

use super::dice::Dice;

const NAMES: &[&str] =
    &["a", "employees", "`Lead Source`", "شهر", "東京", "points", "count", "type", "a_long_name_of_a_field"];
const TEXTS: &[&str] =
    &["\"x\"", "\"a \\\"b\\\" # c\"", "\"تهران\"", "\"東京 東京\"", "\"\"", "\"a text of several words\""];
const NUMBERS: &[&str] = &["1", "50", "1_000", "12.5", "30%"];
const UNITS: &[&str] = &["days", "day", "hours", "weeks", "months"];
const DATES: &[&str] = &["2026-05-01", "2026-05-01T09:30", "2026-05-01T09:30:00+02:00"];

/// A text of rules without mistakes, an item a line.
pub(super) fn model(dice: &mut Dice<'_>) -> String {
    dice.some(8, "\n", statement) + "\n"
}

fn name(dice: &mut Dice<'_>) -> String {
    dice.one(NAMES).to_owned()
}

fn text(dice: &mut Dice<'_>) -> String {
    dice.one(TEXTS).to_owned()
}

fn number(dice: &mut Dice<'_>) -> String {
    dice.one(NUMBERS).to_owned()
}

fn amount(dice: &mut Dice<'_>) -> String {
    dice.one(&["", "-"]).to_owned() + &number(dice)
}

fn duration(dice: &mut Dice<'_>) -> String {
    format!("{} {}", dice.one(&["30", "1", "2.5"]), dice.one(UNITS))
}

fn instant(dice: &mut Dice<'_>) -> String {
    match dice.roll(3) {
        0 => name(dice),
        1 => dice.one(DATES).to_owned(),
        _ => format!("({})", name(dice)),
    }
}

fn texts(dice: &mut Dice<'_>) -> String {
    dice.some(12, ", ", text)
}

fn statement(dice: &mut Dice<'_>) -> String {
    match dice.roll(16) {
        0 => format!("event {}{}", name(dice), dice.may(|dice| format!(" called {}", text(dice)))),
        1 => format!("define {} = {}", name(dice), condition(dice, 3)),
        2 => format!("list {} = {}", name(dice), texts(dice)),
        3 => format!("list {} from \"a.csv\"{}", name(dice), dice.may(|dice| format!(" column {}", text(dice)))),
        4 => format!("exclude {}when {}", dice.may(|dice| text(dice) + " "), condition(dice, 2)),
        5 => format!("ignore {}", selector(dice)),
        6 => block(dice, "lead", ",", field),
        7 => {
            let header = format!("event {}{}", name(dice), dice.may(|dice| format!(" called {}", text(dice))));
            block(dice, &header, ",", |dice| {
                if dice.roll(4) == 1 { mapping(dice, &["lead", "at", "id"]) } else { field(dice) }
            })
        }
        8 => block(dice, "events", ",", |dice| mapping(dice, &["lead", "type", "at", "id"])),
        9 => {
            let header = format!("model{}", dice.may(|dice| format!(" {}", text(dice))));
            block(dice, &header, ",", |dice| format!("{} {}", name(dice), literal(dice)))
        }
        10 => {
            let header = format!("lookup {} by {}", name(dice), condition(dice, 1));
            block(dice, &header, "\n", |dice| format!("{}: {}", row_key(dice), dice.one(&["\"x\"", "12", "-3"])))
        }
        11 => {
            let header = format!("score {}{}{}", name(dice), label(dice), score_clauses(dice));
            block(dice, &header, "\n", |dice| item(dice, 3))
        }
        12 => format!("score {}{} = {} from {} rounded to whole", name(dice), label(dice), sum(dice, 3), amount(dice)),
        13 => {
            let header = format!("bands {}", name(dice));
            block(dice, &header, ",", band)
        }
        14 => threshold(dice),
        _ => {
            if dice.roll(3) == 0 {
                matrix(dice)
            } else {
                test(dice)
            }
        }
    }
}

/// On one line or on several; `between`: what may part its items.
fn block(dice: &mut Dice<'_>, header: &str, between: &str, mut item: impl FnMut(&mut Dice<'_>) -> String) -> String {
    let lines = between == "\n" || dice.roll(2) == 0;
    let (open, part, close) = if lines { (" {\n", "\n", "\n}") } else { (" { ", ", ", " }") };
    let count = dice.roll(5);
    let items: Vec<String> = (0..count).map(|_| item(dice)).collect();
    if items.is_empty() { format!("{header} {{ }}") } else { header.to_owned() + open + &items.join(part) + close }
}

fn label(dice: &mut Dice<'_>) -> String {
    dice.may(|dice| format!(" {}", text(dice)))
}

fn field(dice: &mut Dice<'_>) -> String {
    if dice.roll(6) == 5 {
        return format!("treat {} as missing", texts(dice));
    }
    let kind = match dice.roll(6) {
        0 => "text".to_owned(),
        1 => format!("number from {} to {} as {}", amount(dice), amount(dice), text(dice)),
        2 => format!("yes/no as {}", texts(dice)),
        3 => format!("date as {} in seconds", text(dice)),
        4 => format!("one of {}", texts(dice)),
        _ => "list of text".to_owned(),
    };
    let marks =
        dice.one(&["", " key", " required", " column \"x\"", " column \"x\" required", " required column \"y\" key"]);
    format!("{} {kind}{marks}", name(dice))
}

fn mapping(dice: &mut Dice<'_>, parts: &[&str]) -> String {
    let rest =
        ["column \"x\"", "by a", "as \"YYYY\"", "in seconds", "column \"x\" by a", "in seconds as \"x\" column \"y\""];
    let rest = dice.one(&rest);
    format!("{} {rest}", dice.one(parts))
}

fn literal(dice: &mut Dice<'_>) -> String {
    dice.one(&["\"x\"", "12", "-3", "2026-05-01", "yes", "no", "missing", "\"شهر\""]).to_owned()
}

fn row_key(dice: &mut Dice<'_>) -> String {
    match dice.roll(5) {
        0 => format!("from {}", amount(dice)),
        1 => format!("above {}", amount(dice)),
        2 => "otherwise".to_owned(),
        3 => "missing".to_owned(),
        _ => texts(dice),
    }
}

fn band(dice: &mut Dice<'_>) -> String {
    let edge = dice.one(&["from 40", "above -3.5", "otherwise"]);
    let name = dice.one(&["A", "\"A+\"", "warm", "`b b`"]);
    format!("{name}{} {edge}{}", label(dice), dice.may(|dice| format!(" do {}", text(dice))))
}

fn matrix(dice: &mut Dice<'_>) -> String {
    let header = format!("matrix {}{} by a, b", name(dice), label(dice));
    let rows = dice.some(3, "\n", |dice| format!("{} {}", dice.one(&["A", "\"東\""]), dice.some(4, " ", text)));
    format!("{header} {{\n{}\n{rows}\n}}", dice.some(4, " ", |dice| dice.one(&["hot", "\"B+\"", "`c d`"]).to_owned()))
}

fn threshold(dice: &mut Dice<'_>) -> String {
    let until = match dice.roll(3) {
        0 => String::new(),
        1 => format!(" until {}", condition(dice, 1)),
        _ => " stays".to_owned(),
    };
    let action = dice.may(|dice| format!(" do {}", text(dice)));
    format!("threshold {}{} when {}{until}{action}", name(dice), label(dice), condition(dice, 3))
}

fn test(dice: &mut Dice<'_>) -> String {
    let header = format!("test {}{}", text(dice), dice.may(|_| " as of 2026-11-01".to_owned()));
    block(dice, &header, "\n", |dice| match dice.roll(5) {
        0 => block(dice, "lead", ",", given),
        1 => {
            let when = dice.one(&["2 days ago", "on 2026-05-01T09:30"]);
            let header = format!("event {} {when}", name(dice));
            block(dice, &header, ",", given)
        }
        2 => block(dice, "before", ",", given),
        3 => format!("expect {}", condition(dice, 2)),
        _ => {
            let columns = dice.some(4, " | ", name);
            let cell = |dice: &mut Dice<'_>| dice.some(2, ", ", literal);
            format!("cases {{\n{columns}\n{}\n}}", dice.some(3, "\n", |dice| dice.some(4, " | ", cell)))
        }
    })
}

fn given(dice: &mut Dice<'_>) -> String {
    format!("{} {}", name(dice), dice.some(2, ", ", literal))
}

fn score_clauses(dice: &mut Dice<'_>) -> String {
    let all = [
        " starting at -5",
        " from 0",
        " to 100",
        " rounded to 2 decimals",
        " when a and b",
        " counting since last recycled where b",
        " decay half-life 30 days after 7 days down to 20%",
    ];
    chosen(dice, &all)
}

/// Some of them, in this order or the other way round.
fn chosen(dice: &mut Dice<'_>, all: &[&str]) -> String {
    let mut some: Vec<&str> = all.iter().filter(|_| dice.roll(3) == 1).copied().collect();
    if dice.roll(4) == 1 {
        some.reverse();
    }
    some.concat()
}

fn item(dice: &mut Dice<'_>, depth: usize) -> String {
    match dice.roll(if depth > 0 { 8 } else { 6 }) {
        0..=5 => rule(dice),
        6 => {
            let clauses = [
                " when a",
                " first match only",
                " counts 30%",
                " no higher than 9 points",
                " no lower than -9 points",
                " no decay",
            ];
            let header = format!("group{}{}", label(dice), chosen(dice, &clauses));
            block(dice, &header, "\n", |dice| item(dice, depth - 1))
        }
        _ => {
            let each = dice.may(|dice| format!(" for each {} once per day", selector(dice)));
            let header = format!("points{} by {}{each}", label(dice), sum(dice, 1));
            block(dice, &header, "\n", |dice| format!("{}: {}", row_key(dice), points(dice)))
        }
    }
}

fn points(dice: &mut Dice<'_>) -> String {
    match dice.roll(6) {
        0..=2 => format!("{}{}", dice.one(&["+", "-"]), number(dice)),
        3 => format!("+{}", name(dice)),
        4 => format!("-({})", sum(dice, 2)),
        _ => format!("first +5 then {}", dice.some(2, " then ", |dice| format!("+{}", number(dice)))),
    }
}

fn rule(dice: &mut Dice<'_>) -> String {
    let (body, clauses): (String, &[&str]) = match dice.roll(5) {
        0 => (format!(" when {}", condition(dice, 3)), &[" no higher than 5 points"]),
        1 => (String::new(), &[" no lower than -5 points"]),
        2 => (
            format!(" for every {} without {}", duration(dice), selector(dice)),
            &[" after 7 days", " counting from created", " no lower than -5 points"],
        ),
        3 => (
            format!(" for each {} with at least 3 {}", dice.one(&["day", "asset"]), selector(dice)),
            &[" at most 2 times", " no decay"],
        ),
        _ => (
            format!(" for each {}", selector(dice)),
            &[
                " once per day",
                " at most 3 times in any 7 days",
                " no higher than 5 points",
                " decay 25% of the original every 30 days down to 10% after 2 days",
            ],
        ),
    };
    format!("{}{}{body}{}", points(dice), label(dice), chosen(dice, clauses))
}

fn selector(dice: &mut Dice<'_>) -> String {
    let events = match dice.roll(3) {
        0 => name(dice),
        1 => "events".to_owned(),
        _ => dice.some(3, ", ", name),
    };
    let clauses = dice.roll(3);
    let clauses = (0..clauses).map(|_| match dice.roll(6) {
        0 => format!(" in last {}", duration(dice)),
        1 => format!(" where ({})", condition(dice, 1)),
        2 => format!(" since {}", instant(dice)),
        3 => format!(" before {}", instant(dice)),
        4 => format!(" since last {} where (a is \"x\")", name(dice)),
        _ => format!(" within {} after {}", duration(dice), name(dice)),
    });
    events + &clauses.collect::<String>()
}

/// `depth`: how deep it may still nest.
fn condition(dice: &mut Dice<'_>, depth: usize) -> String {
    let word = dice.one(&[" and ", " or "]);
    let most = if depth > 0 { 4 } else { 1 };
    dice.some(most, word, |dice| part(dice, depth))
}

fn part(dice: &mut Dice<'_>, depth: usize) -> String {
    match dice.roll(if depth > 0 { 8 } else { 2 }) {
        0 => name(dice),
        1 | 2 => format!("{} {}", name(dice), comparison(dice)),
        3 => format!("({})", condition(dice, depth - 1)),
        4 => format!("not {}", part(dice, depth - 1)),
        5 => format!("{} {} {}", sum(dice, depth - 1), dice.one(&["<", "<=", ">", ">="]), sum(dice, depth - 1)),
        6 => format!("{} {}", dice.one(&["any", "no", "at least 3", "exactly 1"]), selector(dice)),
        _ => format!("{} between {} and {}", name(dice), amount(dice), amount(dice)),
    }
}

fn comparison(dice: &mut Dice<'_>) -> String {
    match dice.roll(9) {
        0 => format!("is {}", literal(dice)),
        1 => dice.one(&["is missing", "is not known", "looks random", "is at least A"]).to_owned(),
        2 => format!("is one of {}", texts(dice)),
        3 => format!("mentions any of {}", texts(dice)),
        4 => format!("matches any of /a b#\\/\\d/, {}", text(dice)),
        5 => format!("does not start with {}", text(dice)),
        6 => format!("{} {}", dice.one(&["before", "after", "on"]), instant(dice)),
        7 => format!("in {} {}", dice.one(&["last", "next"]), duration(dice)),
        _ => format!("includes all of {}", texts(dice)),
    }
}

fn sum(dice: &mut Dice<'_>, depth: usize) -> String {
    let sign = dice.one(&[" + ", " - ", " * ", " / "]);
    let most = if depth > 0 { 3 } else { 1 };
    dice.some(most, sign, |dice| match dice.roll(if depth > 0 { 8 } else { 2 }) {
        0 => name(dice),
        1 => number(dice),
        2 => format!("({})", sum(dice, depth - 1)),
        3 => format!("-{}", name(dice)),
        4 => format!("30% of {}", name(dice)),
        5 => format!("count of {}", selector(dice)),
        6 => format!("(highest of {})", dice.some(3, ", ", name)),
        _ => format!("lead.{}", dice.one(&["email", "`Lead Source`"])),
    })
}
