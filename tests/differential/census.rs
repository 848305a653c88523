//! How often everything happened that has to happen: a shape that no generator makes hides what is wrong with it.

use super::outcome::Outcome;
use super::wanted;
use scorelang::model::{Model, ScoreBody};
use scorelang::value::Decimal;
use std::collections::BTreeMap;
use std::fmt::{self, Debug, Write};

#[derive(Debug, Default)]
pub struct Census {
    counts: BTreeMap<String, u64>,
    pub models: u64,
    pub pairs: u64,
    /// Models that the checker did not take, by code.
    pub refused: BTreeMap<String, u64>,
}

impl Census {
    pub fn add(&mut self, what: impl Into<String>, count: u64) {
        *self.counts.entry(what.into()).or_default() += count;
    }

    pub fn count(&self, what: &str) -> u64 {
        self.counts.get(what).copied().unwrap_or_default()
    }

    pub fn join(&mut self, other: Census) {
        other.counts.into_iter().for_each(|(what, count)| self.add(what, count));
        self.models += other.models;
        self.pairs += other.pairs;
        for (code, count) in other.refused {
            *self.refused.entry(code).or_default() += count;
        }
    }

    /// What the results of one lead say about how much they prove: a score that ends at 0 or at a limit hides its sum.
    pub fn outcome(&mut self, model: &Model, outcome: &Outcome) {
        self.pairs += 1;
        for (score, value) in model.scores.iter().zip(&outcome.scores) {
            let kind = match (outcome.excluded, value, &score.body) {
                (Some(_), _, _) => "excluded",
                (_, None, _) => "missing",
                (_, Some(value), _) if Some(*value) == score.lowest || Some(*value) == score.highest => "at a limit",
                (_, Some(Decimal::ZERO), _) => "0",
                (_, _, ScoreBody::Derived(_)) => "derived",
                _ => "a sum",
            };
            self.add(format!("score: {kind}"), 1);
        }
        for rule in &outcome.rules {
            let kind = match rule {
                None => "missing",
                Some((_, false)) => "no part",
                Some((Decimal::ZERO, true)) => "0",
                Some(_) => "points",
            };
            self.add(format!("rule: {kind}"), 1);
        }
        for met in &outcome.thresholds {
            self.add(format!("threshold: {met}"), 1);
        }
        for kept in &outcome.kept {
            self.add(format!("kept: {}", if kept.is_some() { "known" } else { "missing" }), 1);
        }
    }

    /// What has to happen and never did.
    pub fn never(&self) -> Vec<String> {
        let always = wanted::ALWAYS.iter().map(|what| what.to_string());
        let long = if self.pairs >= wanted::LONG { wanted::in_long_sessions() } else { Vec::new() };
        always.chain(long).filter(|what| self.count(what) == 0).collect()
    }
}

impl fmt::Display for Census {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{} models, {} pairs of a model and a lead", self.models, self.pairs)?;
        for (code, count) in &self.refused {
            writeln!(f, "refused by the checker: {code} {count}")?;
        }
        self.counts.iter().try_for_each(|(what, count)| writeln!(f, "{count:>12} {what}"))
    }
}

/// The name of an enum's variant.
pub fn variant(value: &impl Debug) -> String {
    struct First(String);
    impl Write for First {
        fn write_str(&mut self, text: &str) -> fmt::Result {
            let end = text.find(|c: char| !c.is_alphanumeric()).unwrap_or(text.len());
            self.0.push_str(&text[..end]);
            if end < text.len() { Err(fmt::Error) } else { Ok(()) }
        }
    }
    let mut first = First(String::new());
    let _ = write!(first, "{value:?}");
    first.0
}
