//! The machines of several patterns walked side by side, shortest texts first.

use super::Pattern;
use super::letters::{alphabet, is_folded, is_whole};
use super::machine::{Behind, Machine, Places};
use crate::analysis::quick::QuickSet;
use std::rc::Rc;

/// What a walk came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::analysis) enum Found {
    /// A folded text that does as is asked
    Text(String),
    /// A proof: no text does
    Never,
    /// It became too long
    Lost,
}

/// A walk gives up after so many states.
const MOST_STATES: usize = 1_500;

/// A state: where each machine is, and what borders depend on.
type State = (Vec<Places>, Behind);

struct Walk<'a> {
    /// Each pattern's machines, whether all of them must match, and whether the pattern shall match.
    patterns: Vec<(&'a [Machine], bool, bool)>,
    alphabet: Vec<char>,
}

/// A text that matches the patterns that it shall, and none that it shall not.
/// `budget` is how many states all walks of a question may still have; it is drawn on.
pub(in crate::analysis) fn find(patterns: &[(&Pattern, bool)], budget: &mut usize) -> Found {
    let machines = patterns.iter().map(|(pattern, shall)| Some((&pattern.machines.as_ref()?[..], pattern.all, *shall)));
    let Some(machines) = machines.collect() else { return Found::Lost };
    let asked: Vec<&Pattern> = patterns.iter().map(|(pattern, _)| *pattern).collect();
    let walk = Walk { patterns: machines, alphabet: alphabet(&asked) };
    match walk.shortest(budget) {
        Found::Never if !is_whole(&asked) => Found::Lost,
        found => found,
    }
}

impl Walk<'_> {
    fn shortest(&self, budget: &mut usize) -> Found {
        let start: Rc<State> = Rc::new((self.machines().map(Machine::start).collect(), Behind::default()));
        // Each state with the one before it and the letter between.
        let mut states: Vec<(Rc<State>, usize, char)> = vec![(start.clone(), 0, ' ')];
        let mut seen = QuickSet::from_iter([start]);
        let mut next = State::default();
        let mut matched_unfolded = false;
        let mut at = 0;
        while let Some((state, _, _)) = states.get(at).cloned() {
            if at > 0 && self.accepts(&state) {
                let text = text_of(&states, at);
                if is_folded(&text) {
                    return Found::Text(text);
                }
                matched_unfolded = true;
            }
            for letter in &self.alphabet {
                self.step(&state, *letter, &mut next);
                if self.is_dead(&next) || seen.contains(&next) {
                    continue;
                }
                if states.len() >= MOST_STATES || *budget == 0 {
                    return Found::Lost;
                }
                *budget -= 1;
                let next = Rc::new(next.clone());
                seen.insert(next.clone());
                states.push((next, at, *letter));
            }
            at += 1;
        }
        if matched_unfolded { Found::Lost } else { Found::Never }
    }

    fn machines(&self) -> impl Iterator<Item = &Machine> {
        self.patterns.iter().flat_map(|(machines, _, _)| *machines)
    }

    /// To the state after one more letter.
    fn step(&self, (places, behind): &State, letter: char, next: &mut State) {
        next.0.clear();
        next.0.extend(self.machines().zip(places).map(|(machine, places)| machine.step(*places, *behind, letter)));
        next.1 = behind.then(letter);
    }

    fn accepts(&self, state: &State) -> bool {
        !self.any_pattern(state, Machine::accepts, |matches, shall| matches != shall)
    }

    /// Whether what is asked cannot come about any more.
    fn is_dead(&self, state: &State) -> bool {
        self.any_pattern(state, Machine::is_settled, |settled, shall| settled && !shall)
            || self.any_pattern(state, |machine, places| !machine.is_lost(places), |possible, shall| !possible && shall)
    }

    /// Whether some pattern goes against what is asked: by whether its machines do, any of them or all, and whether it
    /// shall match.
    fn any_pattern(
        &self,
        (places, _): &State,
        does: impl Fn(&Machine, Places) -> bool,
        goes_against: impl Fn(bool, bool) -> bool,
    ) -> bool {
        let mut rest = &places[..];
        self.patterns.iter().any(|(machines, all, shall)| {
            let (own, later) = rest.split_at_checked(machines.len()).unwrap_or((rest, &[]));
            rest = later;
            let mut done = machines.iter().zip(own).map(|(machine, at)| does(machine, *at));
            goes_against(if *all { done.all(|of| of) } else { done.any(|of| of) }, *shall)
        })
    }
}

fn text_of(states: &[(Rc<State>, usize, char)], mut at: usize) -> String {
    let mut letters = Vec::new();
    while let Some((_, before, letter)) = states.get(at).filter(|_| at > 0) {
        letters.push(*letter);
        at = *before;
    }
    letters.iter().rev().collect()
}
