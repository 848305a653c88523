//! Classes of texts: which of the named texts it is, if any, and which patterns it matches.
//!
//! First texts that suggest themselves are tried: the constants asked for, alone and side by side. What sets of answers
//! they leave out are then proved impossible by the patterns' automata, or a text is found for them, or they stay as
//! classes of which no text is known.

use super::hints::{Hints, Need};
use super::{Classes, Making, Sample};
use crate::analysis::estimate::{Estimate, Truth};
use crate::analysis::graph::{Aspect, Variable};
use crate::analysis::interval::Interval;
use crate::analysis::text::{Found, Pattern, find};
use crate::model::{Condition, ConditionKind, NumberExpr, TextExpr};
use crate::value::{Decimal, Text, Value};
use std::collections::BTreeSet;
use std::rc::Rc;

/// So many sets of answers are looked at one by one.
const MOST_SETS: usize = 64;
/// So many states of automata are walked through for one variable.
const MOST_STATES: usize = 4_000;
/// Texts are made no longer than this.
const LONGEST_TRIED: usize = 200;
/// So many constants are tried in pairs.
const MOST_PAIRED: usize = 16;
/// Only so many constants are tried beside others at all.
const MOST_TRIED: usize = 40;

impl Making<'_, '_> {
    pub(super) fn texts(&self, declared: &[Text], may_be_missing: bool) -> Classes {
        let declared: Vec<String> = declared.iter().map(|value| value.given.to_string()).collect();
        let mut classes: Classes = Vec::new();
        let mut seen = BTreeSet::new();
        if may_be_missing {
            classes.push((Sample::Missing, self.missing()));
        }
        let known = classes.len();
        let lengths = self.lengths();
        let long = lengths.iter().filter(|length| **length <= LONGEST_TRIED).map(|length| "x".repeat(*length));
        for candidate in candidates(self.hints(), &declared).into_iter().chain(long) {
            self.try_text(&candidate, &mut classes, &mut seen);
        }
        if !lengths.is_empty() && self.asks_for_lengths_alone() {
            self.between_lengths(&lengths, &mut classes);
            return classes;
        }
        self.close(known, &mut classes, &mut seen);
        classes
    }

    fn try_text(&self, candidate: &str, classes: &mut Classes, seen: &mut BTreeSet<Vec<Truth>>) {
        let Some(text) = Text::new(candidate) else { return };
        let value = Value::Text(text);
        let estimates = self.estimates(&value);
        let measures = self.asked.aspects.iter().any(|aspect| matches!(aspect, Aspect::Measure(_)));
        let answers: Vec<Truth> = estimates.iter().map(|estimate| estimate.truth).collect();
        if seen.insert(answers) || measures && !classes.iter().any(|(_, known)| *known == estimates) {
            classes.push((Sample::Value(value), estimates));
        }
    }

    /// The lengths at which a comparison with `length of` the text changes, in order; from 1 on.
    fn lengths(&self) -> Vec<usize> {
        let mut lengths: BTreeSet<usize> = BTreeSet::new();
        for (aspect, at) in &self.asked.cuts {
            if let Aspect::Measure(_) = aspect {
                let floor = at.billionths().div_euclid(Decimal::ONE.billionths());
                let around = [floor, floor.saturating_add(1)].into_iter();
                lengths.extend(around.filter_map(|length| usize::try_from(length).ok()).filter(|length| *length > 1));
            }
        }
        if !lengths.is_empty() {
            lengths.insert(1);
        }
        lengths.into_iter().collect()
    }

    /// Nothing else is asked of a text that nobody names.
    fn asks_for_lengths_alone(&self) -> bool {
        let is_direct = |place: usize| match self.graph.measures.get(place).map(|measure| &**measure) {
            Some(NumberExpr::LengthOf(text)) => {
                matches!(**text, TextExpr::Field(_) | TextExpr::Property(_))
            }
            _ => false,
        };
        self.asked.aspects.iter().zip(&self.questions).all(|(aspect, question)| match (aspect, question) {
            (Aspect::Measure(place), _) => is_direct(*place) && matches!(self.variable, Variable::Field(_)),
            (_, Some(question)) => self.need(question) == Need::Name,
            _ => false,
        })
    }

    /// Texts that nobody names, by their length: from each of these to the next.
    fn between_lengths(&self, lengths: &[usize], classes: &mut Classes) {
        let whole = |length: usize| i64::try_from(length).ok().map(Decimal::whole);
        for (place, length) in lengths.iter().enumerate() {
            let Some(text) = Text::new(&"x".repeat((*length).min(LONGEST_TRIED))) else { continue };
            let last = lengths.get(place + 1).and_then(|next| whole(next - 1));
            let mut estimates = self.estimates(&Value::Text(text.clone()));
            for (estimate, aspect) in estimates.iter_mut().zip(&self.asked.aspects) {
                if let Aspect::Measure(_) = aspect {
                    *estimate = Estimate::known(Interval::new(whole(*length), last));
                }
            }
            let sample = if *length <= LONGEST_TRIED { Sample::Value(Value::Text(text)) } else { Sample::Unseen };
            classes.push((sample, estimates));
        }
    }

    /// Adds what the tried texts left out.
    fn close(&self, known: usize, classes: &mut Classes, seen: &mut BTreeSet<Vec<Truth>>) {
        let needs: Vec<Option<Need>> =
            self.questions.iter().map(|question| question.as_ref().map(|question| self.need(question))).collect();
        let is_measured = self.asked.aspects.iter().any(|aspect| matches!(aspect, Aspect::Measure(_)));
        let is_settled = |need: &Option<Need>| matches!(need, Some(Need::Name | Need::Domain));
        if needs.iter().all(is_settled) {
            return;
        }
        let free: Vec<usize> = (0..needs.len()).filter(|place| !matches!(needs[*place], Some(Need::Name))).collect();
        let is_open = is_measured || needs.iter().any(Option::is_none) || free.len() > 16;
        let mut budget = MOST_STATES;
        let sets = if is_open { None } else { self.sets(&needs, &free, &mut budget) };
        let Some(sets) = sets else {
            classes.push((Sample::Unseen, self.anything()));
            return;
        };
        // What the questions about names answer for a text that none of them names: as the first tried text does.
        let unnamed: Vec<Truth> = match classes.get(known) {
            Some((_, estimates)) => estimates.iter().map(|estimate| estimate.truth).collect(),
            None => return,
        };
        for set in sets {
            let mut answers = unnamed.clone();
            for (place, answer) in free.iter().zip(&set) {
                if let Some(slot) = answers.get_mut(*place) {
                    *slot = Truth::of(*answer);
                }
            }
            if !seen.contains(&answers) {
                self.try_text(&beside(&patterns(&needs, &free, &set)), classes, seen);
            }
            if !seen.contains(&answers) {
                let found = find(&patterns(&needs, &free, &set), &mut budget);
                self.fill(found, answers, classes, seen);
            }
        }
    }

    /// A text for a set of answers that none of the tried ones gives.
    fn fill(&self, found: Found, answers: Vec<Truth>, classes: &mut Classes, seen: &mut BTreeSet<Vec<Truth>>) {
        if let Found::Text(text) = found {
            self.try_text(&text, classes, seen);
        }
        if seen.insert(answers.clone()) {
            classes.push((Sample::Unseen, answers.into_iter().map(Estimate::truth).collect()));
        }
    }

    /// The sets of answers that are not proved impossible; none where there are too many.
    fn sets(&self, needs: &[Option<Need>], free: &[usize], budget: &mut usize) -> Option<Vec<Vec<bool>>> {
        let mut sets = vec![Answered { answers: Vec::new(), text: Some(Rc::from("")) }];
        for place in free {
            let asked = match needs.get(*place) {
                Some(Some(Need::Pattern(pattern))) => Some(pattern),
                _ => None,
            };
            let mut longer = Vec::new();
            for set in &sets {
                let shown = set.text.as_ref().map(|text| (text, asked.map(|pattern| pattern.matches(text))));
                for answer in [false, true] {
                    let answers = [&set.answers[..], &[answer]].concat();
                    // Most show by the text of the shorter set.
                    longer.extend(match shown.filter(|(_, matches)| matches.is_none_or(|of| of == Some(answer))) {
                        Some((text, _)) => Some(Answered { answers, text: Some(text.clone()) }),
                        None => answered(&patterns(needs, free, &answers), answers, budget),
                    });
                    if longer.len() > MOST_SETS || *budget == 0 {
                        return None;
                    }
                }
            }
            sets = longer;
        }
        Some(sets.into_iter().map(|set| set.answers).collect())
    }

    pub(super) fn anything(&self) -> Vec<Estimate> {
        let estimate = |(aspect, question): (&Aspect, &Option<Rc<Condition>>)| match (aspect, question) {
            (Aspect::Question(_), Some(question)) if is_known_itself(question) => Estimate::truth(Truth::Yes),
            (Aspect::Question(_), _) => Estimate::truth(Truth::Maybe),
            _ => Estimate::ANY,
        };
        self.asked.aspects.iter().zip(&self.questions).map(estimate).collect()
    }
}

fn is_known_itself(question: &Condition) -> bool {
    use crate::model::{AnyExpr, TextExpr};
    match &question.kind {
        ConditionKind::Known(expr) => {
            matches!(&**expr, AnyExpr::Text(TextExpr::Field(_) | TextExpr::Property(_)))
        }
        _ => false,
    }
}

/// The patterns among the free questions that a set has answers for.
fn patterns<'a>(needs: &'a [Option<Need>], free: &[usize], set: &[bool]) -> Vec<(&'a Pattern, bool)> {
    let of = |(place, answer): (&usize, &bool)| match needs.get(*place) {
        Some(Some(Need::Pattern(pattern))) => Some((pattern, *answer)),
        _ => None,
    };
    free.iter().zip(set).filter_map(of).collect()
}

/// A set of answers that is not proved impossible, and a text for it where one is known.
struct Answered {
    answers: Vec<bool>,
    text: Option<Rc<str>>,
}

/// A set of answers; none where it is proved impossible. Many show by the wanted parts side by side.
fn answered(patterns: &[(&Pattern, bool)], answers: Vec<bool>, budget: &mut usize) -> Option<Answered> {
    let beside = beside(patterns);
    if patterns.iter().all(|(pattern, shall)| pattern.matches(&beside) == Some(*shall)) {
        return Some(Answered { answers, text: Some(beside.into()) });
    }
    match find(patterns, budget) {
        Found::Text(text) => Some(Answered { answers, text: Some(text.into()) }),
        Found::Lost => Some(Answered { answers, text: None }),
        Found::Never => None,
    }
}

/// An address at each domain that is asked for, and at one that is not; each an address that nobody asks for as such.
fn at_domains(domains: &[String], named: &BTreeSet<String>) -> Vec<String> {
    let folded: BTreeSet<String> = domains.iter().map(|domain| crate::value::fold(domain)).collect();
    let other = ["example.com".to_owned(), "example.org".to_owned()].into_iter();
    let other = other.chain((2..=domains.len() + 3).map(|length| format!("{}.example", "x".repeat(length))));
    let other = other.filter(|domain| !folded.contains(domain)).take(1);
    // `domain of` leaves one `www.` out.
    let with_prefix = domains.iter().filter(|domain| domain.starts_with("www.")).map(|domain| format!("www.{domain}"));
    let address = |domain: String| {
        let plain = std::iter::once("a".to_owned());
        let mut users = plain.chain((2..=named.len() + 3).map(|length| "x".repeat(length)));
        let address = |user: String| format!("{user}@{domain}");
        users.by_ref().map(address).find(|address| !named.contains(&crate::value::fold(address)))
    };
    other.chain(domains.iter().cloned()).chain(with_prefix).filter_map(address).collect()
}

/// The wanted parts side by side.
fn beside(patterns: &[(&Pattern, bool)]) -> String {
    let wanted = patterns.iter().filter(|(_, shall)| *shall).flat_map(|(pattern, _)| pattern.plain_texts());
    wanted.collect::<Vec<_>>().join(" ")
}

/// Texts to try: the first is one that nobody asks for.
fn candidates(hints: &Hints, declared: &[String]) -> Vec<String> {
    let names = hints.texts.iter().chain(declared);
    let named: BTreeSet<String> = names.clone().chain(&hints.tries).map(|text| crate::value::fold(text)).collect();
    let plain = ["x", "other", "anything else"].map(str::to_owned).into_iter();
    // Longer than all that are named, if need be.
    let longer = (2..=named.len() + 3).map(|length| "x".repeat(length));
    let mut texts: Vec<String> = plain.chain(longer).filter(|text| !named.contains(text)).take(2).collect();
    texts.extend(names.cloned());
    texts.extend(at_domains(&hints.domains, &named));
    texts.extend(hints.tries.iter().cloned());
    let mut tried = hints.tries.clone();
    tried.dedup();
    if tried.len() <= MOST_TRIED {
        for text in &tried {
            texts.extend([format!("x {text}"), format!("{text} x"), format!("x {text} x"), format!("x{text}x")]);
        }
    }
    if tried.len() <= MOST_PAIRED {
        for (place, one) in tried.iter().enumerate() {
            for (other_place, other) in tried.iter().enumerate() {
                if place != other_place {
                    texts.push(format!("{one} {other}"));
                }
            }
        }
    }
    texts.push(tried.join(" "));
    texts
}
