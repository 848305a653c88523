//! Leads for models that were not generated: values from the constants of their own text.

use super::chance::Chance;
use super::given::Typed;
use scorelang::model::{Event, EventId, Field, FieldKind, Lead, Model, Previous};
use scorelang::value::{Decimal, Instant, Moment, Text, Value};

const DAY: i64 = 86_400_000_000;

/// What a text's constants are.
pub struct Constants {
    texts: Vec<String>,
    numbers: Vec<i64>,
}

impl Constants {
    /// Quoted texts and whole numbers, by the look of them.
    pub fn of(text: &str) -> Constants {
        let mut texts: Vec<String> = text.split('"').skip(1).step_by(2).map(str::to_owned).collect();
        texts.push("something else".to_owned());
        let words = text.split(|letter: char| !letter.is_ascii_digit() && letter != '_');
        let mut numbers: Vec<i64> = words.filter_map(|word| word.replace('_', "").parse().ok()).collect();
        numbers.extend([0, 1, 1_000_000]);
        Constants { texts, numbers }
    }

    /// A lead whose fields lie in their ranges, with events up to and after an instant.
    pub fn lead(&self, model: &Model, as_of: Instant, chance: &mut Chance) -> Typed {
        let missing = *chance.pick(&[5, 20, 60]);
        let fields = model.lead.fields.iter().enumerate();
        let values = fields.map(|(place, field)| {
            let is_needed = field.required || model.lead.key.is_some_and(|key| key.index() == place);
            (is_needed || !chance.percent(missing)).then(|| self.value(field, as_of, chance)).flatten()
        });
        let values: Vec<Option<Value>> = values.collect();
        let mut events = Vec::new();
        for _ in 0..if model.events.is_empty() { 0 } else { *chance.pick(&[0, 2, 9, 40]) } {
            let kind = chance.below(model.events.len());
            let properties = &model.events[kind].properties;
            let known = |property: &Field, chance: &mut Chance| property.required || !chance.percent(20);
            let values = properties.iter().map(|of| known(of, chance).then(|| self.value(of, as_of, chance)).flatten());
            let values = values.collect();
            let back = *chance.pick(&[1, 40, 500]) * DAY;
            let at = Instant(as_of.0 - (chance.next() % back.unsigned_abs()) as i64);
            events.push(Event { kind: EventId(kind as u32), at, values });
        }
        let met = model.thresholds.iter().map(|_| chance.percent(30)).collect();
        Typed { lead: Lead { key: "L1".to_owned(), values }, events, previous: Previous { met } }
    }

    fn value(&self, field: &Field, as_of: Instant, chance: &mut Chance) -> Option<Value> {
        let text = |text: &str| Text::new(text);
        match &field.kind {
            FieldKind::Text => {
                let (one, other) = (chance.pick(&self.texts), chance.pick(&self.texts));
                let made = match chance.below(4) {
                    0 => format!("{one} {other}"),
                    1 => format!("someone@{}", one.trim_start_matches('@')),
                    _ => one.clone(),
                };
                text(&made).map(Value::Text)
            }
            FieldKind::OneOf(values) => Some(Value::Text(chance.pick(values).clone())),
            FieldKind::Number { from, to, .. } => {
                let number = Decimal::whole(chance.pick(&self.numbers) + chance.below(3) as i64 - 1);
                let number = from.map_or(number, |from| number.max(from));
                Some(Value::Number(to.map_or(number, |to| number.min(to))))
            }
            FieldKind::YesNo { .. } => Some(Value::YesNo(chance.percent(50))),
            FieldKind::Date { .. } => {
                let days = chance.pick(&self.numbers).rem_euclid(900) + chance.below(3) as i64 - 100;
                Some(Value::Date(Moment::Instant(Instant(as_of.0 - days * DAY))))
            }
            FieldKind::ListOfText => {
                let texts: Vec<Text> = (0..2).filter_map(|_| text(chance.pick::<String>(&self.texts))).collect();
                (!texts.is_empty()).then_some(Value::List(texts))
            }
        }
    }
}
