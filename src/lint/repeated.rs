//! Examples in which an event happens again and again.

use super::Context;
use crate::analysis::{Witness, WitnessEvent};
use crate::model::{FieldKind, ForEach, LimitScope, PropertyId};
use crate::value::{Instant, Text, Value};

/// In microseconds. On a day of 25 hours, two such events may fall on the same one.
pub const A_DAY_APART: i64 = 24 * 3_600_000_000;

/// An event of an example so many times, `apart` (microseconds) earlier each, and with another text where a limit
/// tells events apart by it.
pub fn repeated(
    context: &Context<'_>,
    once: &Witness,
    place: usize,
    each: &ForEach,
    times: i64,
    apart: i64,
) -> Witness {
    let mut witness = once.clone();
    let Some(event) = once.events.get(place) else { return witness };
    let told_apart = told_apart(context, each, event);
    for earlier in 1..times {
        let mut copy: WitnessEvent = event.clone();
        copy.at = Instant(copy.at.0.saturating_sub(apart.saturating_mul(earlier)));
        for property in &told_apart {
            let place = copy.properties.iter().position(|(known, _)| known == property);
            let given = match place.map(|place| copy.properties.remove(place)) {
                Some((_, Value::Text(text))) => text.given.into(),
                _ => "x".to_owned(),
            };
            copy.properties
                .extend(Text::new(&format!("{given} {}", earlier + 1)).map(|text| (*property, Value::Text(text))));
        }
        copy.properties.sort_by_key(|(property, _)| *property);
        witness.events.push(copy);
    }
    witness.events.sort_by_key(|event| event.at);
    witness
}

/// Texts that a limit tells events apart by: `once per asset`.
fn told_apart(context: &Context<'_>, each: &ForEach, event: &WitnessEvent) -> Vec<PropertyId> {
    let kind = context.model.events.get(event.kind.index());
    let named = each.limits.iter().filter_map(|limit| match &limit.scope {
        LimitScope::PerProperty(property) => property.places.get(&event.kind).copied(),
        _ => None,
    });
    let is_text = |place: &PropertyId| {
        kind.and_then(|kind| kind.properties.get(place.index())).is_some_and(|field| field.kind == FieldKind::Text)
    };
    named.filter(is_text).collect()
}
