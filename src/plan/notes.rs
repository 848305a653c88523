//! What the passes did, and what they left as it was.

use crate::model::RuleId;
use std::collections::BTreeMap;

/// What the passes did and did not do.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Notes {
    /// How often each thing was done: `lookup: numbers`, `state: fixed count`, …
    pub census: BTreeMap<String, u64>,
    /// Rules that stand by themselves, and why.
    pub unfolded: Vec<(RuleId, String)>,
    /// Rules and groups that were left out, and why.
    pub dropped: Vec<Dropped>,
}

/// A rule or group that can never give anything.
#[derive(Debug, Clone, PartialEq)]
pub struct Dropped {
    /// Its label
    pub label: String,
    pub score: String,
    pub why: &'static str,
}

impl Notes {
    pub fn count(&mut self, what: impl Into<String>) {
        self.count_many(what, 1);
    }

    pub fn count_many(&mut self, what: impl Into<String>, times: u64) {
        if times > 0 {
            *self.census.entry(what.into()).or_default() += times;
        }
    }
}
