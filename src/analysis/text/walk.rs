//! The machines of several patterns walked side by side, shortest texts first.

use super::Pattern;
use super::letters::{alphabet, is_folded, is_whole};
use super::machine::{Behind, Machine, Places};
use std::collections::HashMap;

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

struct Walk {
    /// Each pattern's machines, whether all of them must match, and whether the pattern shall match.
    patterns: Vec<(Vec<Machine>, bool, bool)>,
    alphabet: Vec<char>,
}

/// A text that matches the patterns that it shall, and none that it shall not.
/// `budget` is how many states all walks of a question may still have; it is drawn on.
pub(in crate::analysis) fn find(patterns: &[(&Pattern, bool)], budget: &mut usize) -> Found {
    let machines = |(pattern, shall): &(&Pattern, bool)| {
        let machines: Option<Vec<Machine>> = pattern.parts.iter().map(Machine::new).collect();
        Some((machines?, pattern.all, *shall))
    };
    let Some(machines) = patterns.iter().map(machines).collect() else { return Found::Lost };
    let asked: Vec<&Pattern> = patterns.iter().map(|(pattern, _)| *pattern).collect();
    let walk = Walk { patterns: machines, alphabet: alphabet(&asked) };
    match walk.shortest(budget) {
        Found::Never if !is_whole(&asked) => Found::Lost,
        found => found,
    }
}

impl Walk {
    fn shortest(&self, budget: &mut usize) -> Found {
        let start: State = (self.machines().map(Machine::start).collect(), Behind::default());
        // Each state with the one before it and the letter between.
        let mut states: Vec<(State, usize, char)> = vec![(start.clone(), 0, ' ')];
        let mut seen: HashMap<State, usize> = HashMap::from([(start, 0)]);
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
                let next = self.step(&state, *letter);
                if self.is_dead(&next) || seen.contains_key(&next) {
                    continue;
                }
                if states.len() >= MOST_STATES || *budget == 0 {
                    return Found::Lost;
                }
                *budget -= 1;
                seen.insert(next.clone(), states.len());
                states.push((next, at, *letter));
            }
            at += 1;
        }
        if matched_unfolded { Found::Lost } else { Found::Never }
    }

    fn machines(&self) -> impl Iterator<Item = &Machine> {
        self.patterns.iter().flat_map(|(machines, _, _)| machines)
    }

    fn step(&self, (places, behind): &State, letter: char) -> State {
        let places = self.machines().zip(places).map(|(machine, places)| machine.step(*places, *behind, letter));
        (places.collect(), behind.then(letter))
    }

    fn accepts(&self, state: &State) -> bool {
        self.each_pattern(state, |machine, places| machine.accepts(places))
            .into_iter()
            .all(|(matches, shall)| matches == shall)
    }

    /// Whether what is asked cannot come about any more.
    fn is_dead(&self, state: &State) -> bool {
        let settled = self.each_pattern(state, Machine::is_settled);
        if settled.into_iter().any(|(settled, shall)| settled && !shall) {
            return true;
        }
        let possible = self.each_pattern(state, |machine, places| !machine.is_lost(places));
        possible.into_iter().any(|(possible, shall)| !possible && shall)
    }

    /// For each pattern whether its machines do, any of them or all, and whether it shall match.
    fn each_pattern(&self, (places, _): &State, does: impl Fn(&Machine, Places) -> bool) -> Vec<(bool, bool)> {
        let mut places = places.iter();
        let mut each = Vec::with_capacity(self.patterns.len());
        for (machines, all, shall) in &self.patterns {
            let mut done =
                machines.iter().zip(places.by_ref().take(machines.len())).map(|(machine, at)| does(machine, *at));
            // All machines are asked, so that the next pattern's places follow.
            let answers: Vec<bool> = done.by_ref().collect();
            let matches = if *all { answers.iter().all(|of| *of) } else { answers.iter().any(|of| *of) };
            each.push((matches, *shall));
        }
        each
    }
}

fn text_of(states: &[(State, usize, char)], mut at: usize) -> String {
    let mut letters = Vec::new();
    while let Some((_, before, letter)) = states.get(at).filter(|_| at > 0) {
        letters.push(*letter);
        at = *before;
    }
    letters.iter().rev().collect()
}
