//! Generated leads: values on the constants of the rules and beside them, events at the edges of windows and buckets.

use super::chance::Chance;
use super::given::{GivenEvent, GivenLead};
use super::pools;
use super::vocabulary::{EventType, Field, Kind, Vocabulary};
use jiff::{Timestamp, ToSpan, Unit, tz::TimeZone};
use scorelang::value::{Decimal, Duration, Instant, Moment, Text, TimeUnit, Value, Zone};

pub struct Leads<'a> {
    pub chance: &'a mut Chance,
    pub vocabulary: &'a Vocabulary,
    pub thresholds: &'a [String],
    zone: Zone,
    as_of: Instant,
}

const DAY: i64 = 86_400_000_000;

pub fn instant(text: &str) -> Instant {
    Instant(text.parse::<Timestamp>().unwrap().as_microsecond())
}

impl<'a> Leads<'a> {
    pub fn new(chance: &'a mut Chance, vocabulary: &'a Vocabulary, thresholds: &'a [String]) -> Leads<'a> {
        let zone = Zone::named(vocabulary.zone).unwrap();
        let as_of = instant(&vocabulary.as_of);
        Leads { chance, vocabulary, thresholds, zone, as_of }
    }

    pub fn lead(&mut self, number: usize) -> GivenLead {
        let vocabulary = self.vocabulary;
        let missing = *self.chance.pick(&[5, 15, 40]);
        let mut values = Vec::new();
        for field in &vocabulary.fields {
            if !self.chance.percent(missing)
                && let Some(value) = self.value(field)
            {
                values.push((field.name, value));
            }
        }
        let thresholds = self.thresholds;
        let met = thresholds.iter().filter(|_| self.chance.percent(40)).cloned().collect();
        GivenLead { key: format!("L{number}"), values, events: self.events(), met }
    }

    fn events(&mut self) -> Vec<GivenEvent> {
        let kinds = &self.vocabulary.events;
        if kinds.is_empty() {
            return Vec::new();
        }
        let count = match self.chance.weighted(&[12, 35, 35, 15, 3]) {
            0 => 0,
            1 => self.chance.between(1, 3),
            2 => self.chance.between(4, 12),
            3 => self.chance.between(13, 40),
            _ => self.chance.between(41, 130),
        };
        // Now and then events of one type, so that there are many of it.
        let narrow = self.chance.percent(25).then(|| self.chance.below(kinds.len()));
        let mut events: Vec<GivenEvent> = Vec::new();
        for _ in 0..count {
            let kind = &kinds[narrow.unwrap_or_else(|| self.chance.below(kinds.len()))];
            let at = self.instant_after(events.last().map(|event| event.at));
            let event = self.event(kind, at);
            events.push(event);
        }
        events
    }

    fn event(&mut self, kind: &EventType, at: Instant) -> GivenEvent {
        let mut values = Vec::new();
        for property in &kind.properties {
            if !self.chance.percent(12)
                && let Some(value) = self.value(property)
            {
                values.push((property.name, value));
            }
        }
        GivenEvent { kind: kind.name, at, values }
    }

    fn value(&mut self, field: &Field) -> Option<Value> {
        Some(match field.kind {
            Kind::Text => Value::Text(self.text()?),
            Kind::OneOf => {
                Value::Text(Text::new(*self.chance.pick(&["technology", "Finance", "health", "sales", "other"]))?)
            }
            Kind::Number => Value::Number(self.number(field)),
            Kind::YesNo => Value::YesNo(self.chance.percent(50)),
            Kind::Date => Value::Date(self.date(field)),
            Kind::List => {
                let count = self.chance.between(1, 5);
                let texts = (0..count).filter_map(|_| self.text());
                // A cell of a CSV is cut at each `;`.
                let texts: Vec<Text> = texts.filter(|text| !text.given.contains(';')).collect();
                if texts.is_empty() {
                    return None;
                }
                Value::List(texts)
            }
        })
    }

    /// One of the pool, with something before or behind it.
    fn text(&mut self) -> Option<Text> {
        let one = match self.chance.below(12) {
            0 => *self.chance.pick(pools::BLANKS),
            1..=3 => *self.chance.pick(pools::SHAPED),
            _ => *self.chance.pick(pools::TEXTS),
        };
        let other = *self.chance.pick(pools::TEXTS);
        let text = match self.chance.below(12) {
            0 => format!("{one} {other}"),
            1 => format!("{other}-{one}"),
            2 => format!("{one}{other}"),
            3 => format!("{other} {one} {other}"),
            4 => one.to_uppercase(),
            5 => format!("  {one}  "),
            6 => format!("({one})"),
            _ => one.to_string(),
        };
        Text::new(&text)
    }

    fn number(&mut self, field: &Field) -> Decimal {
        let literal = match self.chance.below(30) {
            0 if field.range.is_none() => *self.chance.pick(pools::HUGE),
            _ => *self.chance.pick(pools::NUMBERS),
        };
        let plain = Decimal::parse(&literal.replace(['_', '%'], "")).unwrap();
        let number = if literal.ends_with('%') { Decimal::from_billionths(plain.billionths() / 100) } else { plain };
        let beside = match self.chance.below(10) {
            0 => 1,
            1 => -1,
            2 => 1_000_000_000,
            3 => -1_000_000_000,
            4 => self.chance.between(0, 100_000_000_000) as i128,
            _ => 0,
        };
        let number = Decimal::from_billionths(number.billionths() + beside);
        let (low, high) = field.range.unwrap_or((i64::MIN, i64::MAX));
        match field.range {
            Some(_) => number.clamp(Decimal::whole(low), Decimal::whole(high)),
            None => number,
        }
    }

    /// As exact as the declared format can write it.
    fn date(&mut self, field: &Field) -> Moment {
        let instant = self.instant();
        if field.declared.contains("milliseconds") {
            return Moment::Instant(Instant(instant.0.div_euclid(1_000) * 1_000));
        }
        if !field.declared.contains(" as ") && self.chance.percent(40) {
            return Moment::Instant(instant);
        }
        let zoned = Timestamp::from_microsecond(instant.0).unwrap().to_zoned(self.zone.time_zone().clone());
        Moment::Day(zoned.date())
    }

    /// Often at the same instant as another event, or a limit's length from it.
    fn instant_after(&mut self, other: Option<Instant>) -> Instant {
        match (self.chance.below(10), other) {
            (0 | 1, Some(other)) => other,
            (2 | 3, Some(other)) => {
                let duration = self.some_duration();
                let near = if self.chance.percent(50) {
                    other.minus(duration, &self.zone)
                } else {
                    other.plus(duration, &self.zone)
                };
                self.beside(near.unwrap_or(other))
            }
            _ => self.instant(),
        }
    }

    fn instant(&mut self) -> Instant {
        match self.chance.below(20) {
            0..=6 => {
                let duration = self.some_duration();
                let edge = self.as_of.minus(duration, &self.zone).unwrap_or(self.as_of);
                self.beside(edge)
            }
            7..=14 => {
                let days = *self.chance.pick(&[1, 3, 10, 40, 120, 500]);
                let back = self.chance.below((days * DAY) as usize) as i64;
                Instant(self.as_of.0 - back)
            }
            15..=17 => self.border(),
            18 => self.beside(self.as_of),
            _ => {
                let ahead = *self.chance.pick(&[1, DAY / 24, DAY, 7 * DAY, 40 * DAY]);
                Instant(self.as_of.0 + ahead)
            }
        }
    }

    /// The beginning of an hour, day, week or month of the clock, or the microsecond before.
    fn border(&mut self) -> Instant {
        let back = self.chance.below(45) as i64;
        let time = Timestamp::from_microsecond(self.as_of.0 - back * DAY).unwrap();
        let zone: TimeZone = self.zone.time_zone().clone();
        let zoned = time.to_zoned(zone);
        let start = match self.chance.below(4) {
            0 => zoned.round(jiff::ZonedRound::new().smallest(Unit::Hour).mode(jiff::RoundMode::Floor)).unwrap(),
            1 => zoned.start_of_day().unwrap(),
            2 => {
                let behind = i64::from(zoned.weekday().to_monday_zero_offset());
                zoned.checked_sub(behind.days()).unwrap().start_of_day().unwrap()
            }
            _ => zoned.first_of_month().unwrap().start_of_day().unwrap(),
        };
        self.beside(Instant(start.timestamp().as_microsecond()))
    }

    /// The instant itself, a microsecond beside it, or more.
    fn beside(&mut self, instant: Instant) -> Instant {
        let beside = *self.chance.pick(&[0, 0, 0, 0, 1, -1, -1, 1_000_000, -3_600_000_000]);
        Instant(instant.0 + beside)
    }

    fn some_duration(&mut self) -> Duration {
        let text = match self.chance.percent(25) {
            true => self.chance.pick(pools::CALENDAR_DURATIONS),
            false => self.chance.pick(pools::DURATIONS),
        };
        let (count, unit) = text.split_once(' ').unwrap();
        let unit = match unit.trim_end_matches('s') {
            "second" => TimeUnit::Second,
            "minute" => TimeUnit::Minute,
            "hour" => TimeUnit::Hour,
            "day" => TimeUnit::Day,
            "week" => TimeUnit::Week,
            "month" => TimeUnit::Month,
            _ => TimeUnit::Year,
        };
        Duration { count: count.parse().unwrap(), unit }
    }
}
