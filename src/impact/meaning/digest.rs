//! Digests: bits that stand for a meaning, made of those of its parts.

use crate::model::{Choice, PointLimits};
use crate::value::{Curve, Decay, Decimal, Duration};
use std::collections::BTreeSet;
use twox_hash::XxHash3_128;

/// 128 bits that stand for a meaning: two different ones are the same with a chance below 1 in 10^30.
pub type Digest = u128;

/// A digest of digests, behind a word that says of what.
pub fn node(word: &str, parts: &[Digest]) -> Digest {
    let mut bytes = Vec::with_capacity(word.len() + 1 + parts.len() * 16);
    bytes.extend_from_slice(word.as_bytes());
    bytes.push(0);
    parts.iter().for_each(|part| bytes.extend_from_slice(&part.to_le_bytes()));
    XxHash3_128::oneshot(&bytes)
}

/// Of a text.
pub fn leaf(word: &str, text: &str) -> Digest {
    node(word, &[XxHash3_128::oneshot(text.as_bytes())])
}

/// Of what has no order.
pub fn set(word: &str, parts: impl IntoIterator<Item = Digest>) -> Digest {
    let parts: BTreeSet<Digest> = parts.into_iter().collect();
    node(word, &parts.into_iter().collect::<Vec<_>>())
}

pub fn number(value: Decimal) -> Digest {
    leaf("number", &value.billionths().to_string())
}

pub fn maybe(part: Option<Digest>) -> Digest {
    part.map_or_else(|| node("none", &[]), |part| node("some", &[part]))
}

/// By its length: a week is seven days.
pub fn duration(duration: Duration) -> Digest {
    match duration.months() {
        Some(months) => leaf("months", &months.to_string()),
        None => leaf("exact", &duration.exact().unwrap_or(i64::MAX).to_string()),
    }
}

pub fn limits(limits: PointLimits) -> Digest {
    node("limits", &[maybe(limits.highest.map(number)), maybe(limits.lowest.map(number))])
}

pub fn decay(decay: &Decay) -> Digest {
    let curve = match decay.curve {
        Curve::HalfLife(half) => node("half-life", &[duration(half)]),
        Curve::Linear(over) => node("linear", &[duration(over)]),
        Curve::OfOriginal { percent, every } => node("of original", &[number(percent), duration(every)]),
        Curve::OfWhatIsLeft { percent, every } => node("of what is left", &[number(percent), duration(every)]),
    };
    node("decay", &[curve, maybe(decay.after.map(duration)), maybe(decay.down_to.map(number))])
}

pub fn choice(choice: Choice) -> Digest {
    leaf("choice", &format!("{choice:?}"))
}
