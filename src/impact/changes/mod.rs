//! What changed in meaning, part by part: rules, groups, scores, bands, thresholds, schema, lists.
//!
//! | file | says |
//! |---|---|
//! | `schema`, `named`, `results`, `groups`, `rules` | one kind of part each |
//! | `text` | texts of parts as they are shown |

mod groups;
mod named;
mod results;
mod rules;
mod schema;
mod text;

use super::meaning::{Digest, Meaning};
use super::outline::{Holder, Outline, RulePart};
use super::pairs::Pairs;
use crate::model::{Choice, Model};
use crate::source::Span;
use crate::value::fold_name;
use std::collections::BTreeMap;

/// Both models, side by side.
pub struct Changes<'model> {
    pub old: Side<'model>,
    pub new: Side<'model>,
    pub pairs: Pairs,
    /// In the order of the new model, what was removed at the end of its kind.
    pub changes: Vec<Change>,
}

/// A model with its parts.
pub struct Side<'model> {
    pub model: &'model Model,
    pub meaning: Meaning<'model>,
    pub outline: Outline<'model>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    pub kind: ChangeKind,
    /// `rule`, `score`, `field`…
    pub what: &'static str,
    pub name: String,
    /// The score that it belongs to.
    pub score: Option<String>,
    pub details: Vec<Detail>,
    /// Whether results can depend on it: a label alone is only shown.
    pub counts: bool,
    /// Places in the outlines, of a rule.
    pub rule: (Option<usize>, Option<usize>),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChangeKind {
    Added,
    Removed,
    Changed,
    Moved,
}

/// One thing about a part, before and after.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Detail {
    pub aspect: Aspect,
    pub old: Option<String>,
    pub new: Option<String>,
}

/// `points`, `condition`, `decay`…
pub type Aspect = &'static str;

impl ChangeKind {
    pub fn name(self) -> &'static str {
        match self {
            ChangeKind::Added => "added",
            ChangeKind::Removed => "removed",
            ChangeKind::Changed => "changed",
            ChangeKind::Moved => "moved",
        }
    }
}

impl<'model> Side<'model> {
    fn new(model: &'model Model) -> Side<'model> {
        let meaning = Meaning::new(model).settle();
        let outline = Outline::new(model, &meaning);
        Side { model, meaning, outline }
    }

    /// The text of a place, on one line.
    fn text(&self, span: Span) -> String {
        text::one_line(self.model.sources.text(span))
    }

    pub fn rule(&self, place: usize) -> Option<&RulePart<'model>> {
        self.outline.rules.get(place)
    }

    /// A holder in which, and in all around it, what rules give is added up: nothing asks whether one took part.
    pub fn adds_up(&self, holder: usize) -> bool {
        let inside = |holder: &&Holder<'model>| holder.inside.and_then(|place| self.outline.holders.get(place));
        let mut holders = std::iter::successors(self.outline.holders.get(holder), inside);
        holders.all(|holder| holder.group.is_none_or(|group| group.choice == Choice::All))
    }

    fn rule_text(&self, rule: &RulePart<'_>) -> String {
        self.text(rule.rule.span)
    }
}

/// Compares two models.
pub fn changes<'model>(old: &'model Model, new: &'model Model) -> Changes<'model> {
    let (old, new) = (Side::new(old), Side::new(new));
    let pairs = Pairs::new((old.model, &old.outline), (new.model, &new.outline));
    let mut found = Found { old: &old, new: &new, pairs: &pairs, changes: Vec::new() };
    found.zone();
    found.schema();
    found.named_values();
    found.exclusions();
    found.scores();
    found.groups();
    found.rules();
    found.matrices();
    found.thresholds();
    let changes = found.changes;
    Changes { old, new, pairs, changes }
}

impl Changes<'_> {
    /// Whether nothing that counts changed.
    pub fn mean_the_same(&self) -> bool {
        !self.changes.iter().any(|change| change.counts)
    }
}

struct Found<'a, 'model> {
    old: &'a Side<'model>,
    new: &'a Side<'model>,
    pairs: &'a Pairs,
    changes: Vec<Change>,
}

/// A part as it is compared: by name.
struct Part {
    name: String,
    text: String,
    aspects: Vec<(Aspect, Digest, String)>,
}

impl Found<'_, '_> {
    fn add(&mut self, kind: ChangeKind, what: &'static str, name: &str, score: Option<&str>, details: Vec<Detail>) {
        let counts = details.iter().any(|detail| !is_shown_only(detail.aspect)) || details.is_empty();
        self.changes.push(Change {
            kind,
            what,
            name: name.to_owned(),
            score: score.map(str::to_owned),
            details,
            counts,
            rule: (None, None),
        });
    }

    /// Parts of one kind, matched by name.
    fn parts(&mut self, what: &'static str, score: Option<&str>, old: Vec<Part>, new: Vec<Part>) {
        let mut before: BTreeMap<String, Part> = old.into_iter().map(|part| (fold_name(&part.name), part)).collect();
        for part in new {
            let Some(old) = before.remove(&fold_name(&part.name)) else {
                let detail = Detail { aspect: what, old: None, new: Some(part.text) };
                self.add(ChangeKind::Added, what, &part.name, score, vec![detail]);
                continue;
            };
            let pairs = old.aspects.into_iter().zip(part.aspects);
            let differ = pairs.filter(|(one, two)| one.1 != two.1);
            let details: Vec<Detail> = differ.map(|(one, two)| detail(two.0, one.2, two.2)).collect();
            if !details.is_empty() {
                self.add(ChangeKind::Changed, what, &part.name, score, details);
            }
        }
        for part in before.into_values() {
            let detail = Detail { aspect: what, old: Some(part.text), new: None };
            self.add(ChangeKind::Removed, what, &part.name, score, vec![detail]);
        }
    }
}

/// Whether something is only shown, and never counts.
fn is_shown_only(aspect: Aspect) -> bool {
    matches!(aspect, "label" | "action" | "group")
}

fn detail(aspect: Aspect, old: String, new: String) -> Detail {
    Detail { aspect, old: Some(old), new: Some(new) }
}

fn part(name: &str, text: String, digest: Digest) -> Part {
    Part { name: name.to_owned(), aspects: vec![("meaning", digest, text.clone())], text }
}
