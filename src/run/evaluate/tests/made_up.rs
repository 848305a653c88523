//! Leads made up of the words and numbers of a model's own text, and a few that no rule has.

use crate::model::{FieldKind, Lead, Model, Type};
use crate::value::{Decimal, Instant, Moment, Text, Value};

/// The same numbers each time.
pub struct Dice(u64);

impl Dice {
    pub fn new(seed: u64) -> Dice {
        Dice(seed.wrapping_mul(2).wrapping_add(1))
    }

    /// Below `sides`.
    pub fn roll(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 33) as usize % sides
    }

    fn one_of<'a, T>(&mut self, all: &'a [T]) -> &'a T {
        &all[self.roll(all.len())]
    }
}

/// What a model's text names.
pub struct Words {
    texts: Vec<String>,
    numbers: Vec<Decimal>,
}

impl Words {
    pub fn of(text: &str) -> Words {
        let mut texts: Vec<String> = text.split('"').skip(1).step_by(2).map(str::to_owned).collect();
        texts.extend(["acme", "ada@acme.com", "https://www.acme.com/x", "99", "xqzkwv"].map(str::to_owned));
        let numbers = text.split(|letter: char| !letter.is_ascii_digit() && letter != '.').filter_map(Decimal::parse);
        let mut numbers: Vec<Decimal> = numbers.collect();
        numbers.extend([0, 1, 7, -3].map(Decimal::whole));
        Words { texts, numbers }
    }

    pub fn leads(&self, model: &Model, as_of: Instant, count: usize, dice: &mut Dice) -> Vec<Lead> {
        let lead = |number: usize, dice: &mut Dice| Lead {
            key: format!("L{number}"),
            values: model.lead.fields.iter().map(|field| self.value(&field.kind, as_of, dice)).collect(),
        };
        (0..count).map(|number| lead(number, dice)).collect()
    }

    fn value(&self, kind: &FieldKind, as_of: Instant, dice: &mut Dice) -> Option<Value> {
        if dice.roll(6) == 0 {
            return None;
        }
        match kind.type_of() {
            Type::Number => Some(Value::Number(self.number(dice))),
            Type::Text => self.text(dice).map(Value::Text),
            Type::YesNo | Type::Condition => Some(Value::YesNo(dice.roll(2) == 0)),
            Type::Date => Some(Value::Date(date(as_of, dice))),
            Type::List => {
                let texts: Vec<Text> = (0..=dice.roll(3)).filter_map(|_| self.text(dice)).collect();
                (!texts.is_empty()).then_some(Value::List(texts))
            }
        }
    }

    fn number(&self, dice: &mut Dice) -> Decimal {
        let number = *dice.one_of(&self.numbers);
        let beside = [Decimal::ZERO, Decimal::ONE, Decimal::from_billionths(-1), Decimal::from_billionths(500_000_000)];
        match dice.roll(40) {
            0 => Decimal::from_billionths(i128::MAX / 3),
            1 => Decimal::whole(i64::MIN),
            _ => number.add(*dice.one_of(&beside)).unwrap_or(number),
        }
    }

    fn text(&self, dice: &mut Dice) -> Option<Text> {
        let text = dice.one_of(&self.texts);
        let other = dice.one_of(&self.texts);
        Text::new(&match dice.roll(7) {
            0 => text.to_uppercase(),
            1 => format!("{text} {other}"),
            2 => format!("ada@{text}"),
            3 => format!("x{text}"),
            _ => text.clone(),
        })
    }
}

/// Within two years of the instant, some of them whole days, now and then far away.
fn date(as_of: Instant, dice: &mut Dice) -> Moment {
    const HOUR: i64 = 3_600_000_000;
    let hours = dice.roll(24 * 365 * 4) as i64 - 24 * 365 * 2;
    let instant = match dice.roll(30) {
        0 => as_of,
        1 => Instant(as_of.0 + 1),
        2 => Instant(0),
        _ => Instant(as_of.0 + hours * HOUR),
    };
    match dice.roll(2) {
        0 => Moment::Instant(instant),
        _ => {
            let days = instant.0.div_euclid(24 * HOUR);
            Moment::Day(jiff::civil::date(1970, 1, 1).saturating_add(jiff::Span::new().days(days)))
        }
    }
}
