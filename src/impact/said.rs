//! A verdict and changes in words, the same wherever they are told.

use super::changes::{Change, ChangeKind};
use super::verdict::Verdict;
use crate::terminal::count;

/// Whether two models can ever differ, in a sentence.
pub fn in_short(verdict: &Verdict, changes: &[Change]) -> String {
    match verdict {
        Verdict::Same if changes.is_empty() => "No difference: both mean the same.".to_owned(),
        Verdict::Same => "No difference in any result: only what is shown changed.".to_owned(),
        Verdict::ProvedEqual => "Proved equal: what changed can never show in a result.".to_owned(),
        Verdict::Differ(_) => "They differ: there is an example lead below.".to_owned(),
        Verdict::Unknown { tried } => format!(
            "Neither proved equal nor shown to differ: {} were tried, and both models say the same of each.",
            count(*tried as u64, "made-up lead", "made-up leads")
        ),
    }
}

/// A change in a line: `changed rule Boss of fit: points`.
pub fn in_a_line(change: &Change) -> String {
    let of = change.score.as_ref().map(|score| format!(" of {score}")).unwrap_or_default();
    let mut aspects: Vec<&str> = change.details.iter().map(|detail| detail.aspect).collect();
    aspects.retain(|aspect| change.kind == ChangeKind::Changed && !matches!(*aspect, "meaning" | "header"));
    let aspects = if aspects.is_empty() { String::new() } else { format!(": {}", aspects.join(", ")) };
    format!("{} {} {}{of}{aspects}", change.kind.name(), change.what, change.name)
}
