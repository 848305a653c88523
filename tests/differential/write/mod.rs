//! Generated models, as text: every construct of the language, in sizes and mixtures of chance.
//!
//! A [`Writer`] remembers what it has declared, so that names are used where they may be and nothing goes in circles.
//!
//! | module | writes |
//! |---|---|
//! | `model` | the whole text |
//! | `conditions`, `comparisons` | what holds or does not |
//! | `numbers`, `texts`, `dates` | values |
//! | `selectors` | which events |
//! | `rules`, `points`, `families`, `tables`, `groups` | what a score is made of |
//! | `results` | scores, bands, matrices, thresholds, exclusions |

mod comparisons;
mod conditions;
mod dates;
mod families;
mod groups;
mod model;
mod numbers;
mod points;
mod results;
mod rules;
mod selectors;
mod tables;
mod texts;

pub use model::Written;

use super::chance::Chance;
use super::piece::Piece;
use super::vocabulary::{Kind, Vocabulary};
use std::collections::BTreeMap;

pub struct Writer<'a> {
    pub chance: &'a mut Chance,
    pub vocabulary: &'a Vocabulary,
    pub style: Style,
    /// How often each construct was written.
    pub written: BTreeMap<&'static str, u64>,
    named: Vec<Named>,
    scores: Vec<Score>,
    thresholds: Vec<String>,
    matrices: Vec<String>,
    reasons: Vec<String>,
    labels: usize,
    /// What the expression being written reads.
    reach: Reach,
}

/// What kind of a model it is to be.
pub struct Style {
    /// Rules of each score, about
    pub rules: usize,
    /// Per cent of the rules
    pub about_events: usize,
    pub groups: usize,
    /// Rules about one subject in a row
    pub families: usize,
    /// Per cent of the windows that look at other events or at dates of the lead
    pub windows: usize,
    /// Per cent of the filters that read the lead
    pub mixed_filters: usize,
    /// Limits of occurrences, about
    pub limits: usize,
    pub depth: usize,
}

/// Whether a thing is made from events, results or thresholds, and so may not stand everywhere.
#[derive(Debug, Clone, Copy, Default)]
pub struct Reach {
    pub events: bool,
    pub scores: bool,
    pub thresholds: bool,
}

/// A define or lookup.
struct Named {
    name: String,
    kind: NamedKind,
    reach: Reach,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum NamedKind {
    Condition,
    Value(Kind),
}

struct Score {
    name: String,
    bands: Vec<String>,
}

/// Where an expression stands.
#[derive(Clone, Default)]
pub struct Place {
    /// The event types whose properties it sees
    pub event: Option<Vec<usize>>,
    /// Sees the event alone, if that has anything to see
    pub event_alone: bool,
    /// May ask about events
    pub events: bool,
    pub scores: bool,
    pub thresholds: bool,
}

impl Place {
    pub fn of_score() -> Place {
        Place { events: true, scores: true, ..Place::default() }
    }

    fn allows(&self, reach: Reach) -> bool {
        (self.events || !reach.events) && (self.scores || !reach.scores) && (self.thresholds || !reach.thresholds)
    }
}

/// A name that can stand in an expression.
struct Name {
    text: String,
    reach: Reach,
}

impl<'a> Writer<'a> {
    pub fn new(chance: &'a mut Chance, vocabulary: &'a Vocabulary) -> Writer<'a> {
        let events = !vocabulary.events.is_empty();
        let style = Style {
            rules: [2, 5, 10, 25, 60][chance.weighted(&[25, 35, 22, 13, 5])],
            about_events: if events { [0, 20, 45, 90][chance.weighted(&[1, 4, 4, 3])] } else { 0 },
            groups: *chance.pick(&[0, 10, 30]),
            families: *chance.pick(&[0, 10, 40]),
            windows: *chance.pick(&[0, 0, 3, 9]),
            mixed_filters: *chance.pick(&[0, 30, 100]),
            limits: chance.between(0, 2),
            depth: chance.between(0, 3),
        };
        Writer {
            chance,
            vocabulary,
            style,
            written: BTreeMap::new(),
            named: Vec::new(),
            scores: Vec::new(),
            thresholds: Vec::new(),
            matrices: Vec::new(),
            reasons: Vec::new(),
            labels: 0,
            reach: Reach::default(),
        }
    }

    pub fn thresholds(&self) -> Vec<String> {
        self.thresholds.clone()
    }

    /// Counts a construct.
    fn note(&mut self, construct: &'static str) {
        *self.written.entry(construct).or_default() += 1;
    }

    fn has_events(&self, place: &Place) -> bool {
        place.events && !self.vocabulary.events.is_empty()
    }

    /// All names of values of a kind that may stand in a place, lists of the model aside.
    fn names(&self, place: &Place, kinds: &[Kind]) -> Vec<Name> {
        let properties = place.event.as_ref().map(|types| self.vocabulary.properties(types)).unwrap_or_default();
        let mut names = Vec::new();
        let own = |text: String| Name { text, reach: Reach::default() };
        for property in properties.iter().filter(|property| kinds.contains(&property.kind)) {
            // more often than fields
            names.extend([own(property.name.to_string()), own(property.name.to_string())]);
        }
        if place.event.is_some() && kinds.contains(&Kind::Date) {
            names.push(own("at".to_string()));
        }
        if place.event_alone && !properties.is_empty() {
            return names;
        }
        for field in self.vocabulary.fields.iter().filter(|field| kinds.contains(&field.kind)) {
            let hidden = properties.iter().any(|property| property.name == field.name);
            names.push(own(if hidden { format!("lead.{}", field.name) } else { field.name.to_string() }));
        }
        for named in &self.named {
            let hidden = properties.iter().any(|property| property.name == named.name);
            let fits = matches!(named.kind, NamedKind::Value(kind) if kinds.contains(&kind));
            if fits && !hidden && place.allows(named.reach) {
                names.push(Name { text: named.name.clone(), reach: named.reach });
            }
        }
        names
    }

    /// Uses a name of these kinds; `None` where there is none.
    fn name(&mut self, place: &Place, kinds: &[Kind]) -> Option<Name> {
        let mut names = self.names(place, kinds);
        if names.is_empty() {
            return None;
        }
        let name = names.swap_remove(self.chance.below(names.len()));
        self.reaches(name.reach);
        Some(name)
    }

    fn reaches(&mut self, reach: Reach) {
        self.reach.events |= reach.events;
        self.reach.scores |= reach.scores;
        self.reach.thresholds |= reach.thresholds;
    }

    fn pick(&mut self, from: &[&'static str]) -> &'static str {
        *self.chance.pick(from)
    }

    fn exact_duration(&mut self) -> &'static str {
        self.pick(super::pools::DURATIONS)
    }

    fn duration(&mut self) -> &'static str {
        if self.chance.percent(25) {
            self.note("calendar duration");
            return self.pick(super::pools::CALENDAR_DURATIONS);
        }
        self.exact_duration()
    }

    fn text_literal(&mut self) -> String {
        let text = match self.chance.below(4) {
            0 => self.pick(super::pools::SHAPED),
            _ => self.pick(super::pools::TEXTS),
        };
        quoted(text)
    }

    fn number_literal(&mut self) -> &'static str {
        match self.chance.below(40) {
            0 | 1 => self.pick(super::pools::HUGE),
            _ => self.pick(super::pools::NUMBERS),
        }
    }
}

pub fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n").replace('\t', "\\t"))
}

/// In parentheses.
fn enclosed(piece: Piece) -> Piece {
    super::piece::say!["(", piece, ")"]
}
