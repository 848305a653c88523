//! Leads and events made up of a few values, so that many are equal.

use crate::model::{Event, EventId, FieldKind, Lead, Model, Type};
use crate::value::{Decimal, Instant, Moment, Text, Value};

const HOUR: i64 = 3_600_000_000;

/// The same leads and events each time.
pub struct MadeUp(u64);

impl MadeUp {
    pub fn new(seed: u64) -> MadeUp {
        MadeUp(seed * 2 + 1)
    }

    /// Below `sides`.
    pub fn roll(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 33) as usize % sides
    }

    pub fn shuffle<T>(&mut self, all: &mut [T]) {
        for place in (1..all.len()).rev() {
            all.swap(place, self.roll(place + 1));
        }
    }

    /// Leads with up to 40 events each, in the order of rows.
    pub fn leads(&mut self, model: &Model, as_of: Instant, count: usize) -> Vec<(Lead, Vec<Event>)> {
        let lead = |number: usize, dice: &mut MadeUp| {
            let values = model.lead.fields.iter().map(|field| dice.value(&field.kind, as_of)).collect();
            let events = (0..dice.roll(3) * dice.roll(20)).map(|_| dice.event(model, as_of)).collect();
            (Lead { key: format!("L{number}"), values }, events)
        };
        (0..count).map(|number| lead(number, self)).collect()
    }

    fn event(&mut self, model: &Model, as_of: Instant) -> Event {
        let kind = self.roll(model.events.len() + 4).saturating_sub(4);
        let values = model.events[kind].properties.iter().map(|property| self.value(&property.kind, as_of)).collect();
        Event { kind: EventId(kind as u32), at: self.instant(as_of), values }
    }

    /// Mostly of the last months, on few hours; some lie ahead.
    fn instant(&mut self, as_of: Instant) -> Instant {
        let back = match self.roll(4) {
            0 => self.roll(6) as i64 - 1,
            1 => self.roll(200) as i64,
            _ => self.roll(24 * 150) as i64 / 7 * 7,
        };
        Instant(as_of.0 - back * HOUR)
    }

    fn value(&mut self, kind: &FieldKind, as_of: Instant) -> Option<Value> {
        if self.roll(5) == 0 {
            return None;
        }
        Some(match kind.type_of() {
            Type::Number => Value::Number(match self.roll(60) {
                0 => Decimal::from_billionths(i128::MAX / 3),
                1 => Decimal::from_billionths(-i128::MAX / 3),
                _ => Decimal::from_billionths(self.roll(24) as i128 * 500_000_000),
            }),
            Type::Text => Value::Text(self.text()),
            Type::YesNo | Type::Condition => Value::YesNo(self.roll(2) == 0),
            Type::Date if self.roll(2) == 0 => Value::Date(Moment::Instant(self.instant(as_of))),
            Type::Date => {
                let (month, day) = (self.roll(5) as i8 + 1, self.roll(28) as i8 + 1);
                Value::Date(Moment::Day(jiff::civil::date(2026, month, day)))
            }
            Type::List => Value::List((0..=self.roll(2)).map(|_| self.text()).collect()),
        })
    }

    fn text(&mut self) -> Text {
        let texts = ["/", "/pricing", "/Pricing", "/test/us", "book", "pen", "desk", "US", "us", "/pricing/x"];
        Text::new(texts[self.roll(texts.len())]).unwrap()
    }
}
