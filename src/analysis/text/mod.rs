//! Whether a text can match some patterns and not others: by their automata, walked side by side.

mod letters;
mod machine;
mod regex;
mod walk;

pub(super) use regex::of_regex;
pub(super) use walk::{Found, find};

use machine::Machine;

/// Whether the folded form of a text matches: any of its parts, or all of them.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Pattern {
    parts: Vec<Part>,
    all: bool,
    /// One for each part; none where a part is too long to be followed
    machines: Option<Vec<Machine>>,
}

/// All folded.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Part {
    /// `contains "x"`
    Contains(String),
    /// `mentions "x"`
    Mentions(String),
    /// `starts with "x"`
    StartsWith(String),
    /// `ends with "x"`
    EndsWith(String),
    /// `matches "*x?"`
    Glob(String),
}

impl Pattern {
    pub fn new(parts: Vec<Part>, all: bool) -> Pattern {
        let machines = parts.iter().map(Machine::new).collect();
        Pattern { parts, all, machines }
    }

    /// Whether a folded text matches; `None` where a part is too long to be followed.
    pub fn matches(&self, folded: &str) -> Option<bool> {
        let parts = self.parts.iter().zip(self.machines.as_ref()?);
        let mut matching = parts.map(|(part, machine)| match part {
            Part::Contains(text) => folded.contains(&**text),
            Part::StartsWith(text) => folded.starts_with(&**text),
            Part::EndsWith(text) => folded.ends_with(&**text),
            Part::Mentions(text) => folded.contains(&**text) && machine.matches(folded),
            Part::Glob(_) => machine.matches(folded),
        });
        Some(if self.all { matching.all(|matches| matches) } else { matching.any(|matches| matches) })
    }

    /// Texts that match it side by side: all parts, or the first.
    pub fn plain_texts(&self) -> Vec<String> {
        let text = |part: &Part| match part {
            Part::Contains(text) | Part::Mentions(text) | Part::StartsWith(text) | Part::EndsWith(text) => text.clone(),
            Part::Glob(pattern) => pattern.replace('*', "").replace('?', "x"),
        };
        let parts = self.parts.iter().map(text);
        if self.all { parts.collect() } else { parts.take(1).collect() }
    }
}

#[cfg(test)]
mod tests;
