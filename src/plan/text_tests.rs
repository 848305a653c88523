//! All questions of a text, answered in one pass over it: pass `text-machines`.
//!
//! An exact table for `is`, one automaton for all parts, one set for all regular expressions. Most texts pass few tests:
//! the answers of a text that passes none are known beforehand, and only questions with a test that passed are asked
//! again.

use super::Answers;
use super::sets::Sets;
use super::tree::{Test, Tree};
use crate::model::TextRelation;
use crate::value::{Glob, Text, looks_random, stands_alone};
use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};
use regex::{Regex, RegexSet, RegexSetBuilder};
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::hash::BuildHasherDefault;
use twox_hash::XxHash3_64;

/// Of rules' own values, which are few and chosen by nobody else: no hash needs to be hard to guess.
type QuickMap<K, V> = hashbrown::HashMap<K, V, BuildHasherDefault<XxHash3_64>>;

/// A test, by its bit.
type TestId = u32;

/// Bits that need no allocation while a text is answered: 512 tests.
const WORDS_AT_HAND: usize = 8;
/// Bytes that the states of a set of regular expressions may take while they are found; each is within 1 MiB itself.
const REGEX_STATES: usize = 8 << 20;

/// Bytes of parts for which an automaton is a table of a row for each and a column for each different byte.
const LARGEST_TABLE: usize = 1 << 13;

/// All questions of a text subject, or of a list's elements, as one machine.
#[derive(Debug, Clone, Default)]
pub struct TextTests {
    /// What a known text answers that passes no test.
    unless: Answers,
    /// By test: the questions to ask again where it passes.
    asked_by: Vec<Vec<u32>>,
    questions: Vec<Formula>,
    exact: QuickMap<String, Vec<TestId>>,
    parts: Option<Parts>,
    globs: Vec<(Glob, TestId)>,
    regexes: Regexes,
    random: Option<TestId>,
}

/// Parts that are looked for, as one automaton.
#[derive(Debug, Clone)]
struct Parts {
    /// `None`, where one would be too large: then each is looked for by itself.
    automaton: Option<AhoCorasick>,
    parts: Vec<(String, Vec<(TextRelation, TestId)>)>,
}

#[derive(Debug, Clone, Default)]
enum Regexes {
    #[default]
    None,
    Each(Vec<(Regex, TestId)>),
    Set(RegexSet, Vec<TestId>),
}

/// A question over the bits of tests; the text is known.
#[derive(Debug, Clone)]
enum Formula {
    Constant(bool),
    Test(TestId),
    Not(Box<Formula>),
    All(Vec<Formula>),
    Any(Vec<Formula>),
}

/// Which tests passed.
struct Passed<'b> {
    bits: &'b mut [u64],
}

impl Passed<'_> {
    fn set(&mut self, test: TestId) {
        if let Some(word) = self.bits.get_mut(test as usize / 64) {
            *word |= 1 << (test % 64);
        }
    }

    fn has(&self, test: TestId) -> bool {
        self.bits.get(test as usize / 64).is_some_and(|word| word >> (test % 64) & 1 == 1)
    }
}

impl TextTests {
    /// The texts that are told apart, folded, where no test looks inside of one: all others answer the same.
    pub(super) fn only_exact(&self) -> Option<HashSet<String>> {
        let looks_inside = self.parts.is_some()
            || !self.globs.is_empty()
            || !matches!(self.regexes, Regexes::None)
            || self.random.is_some();
        (!looks_inside).then(|| self.exact.keys().cloned().collect())
    }

    /// The machine of these questions. `together`: whether parts and regular expressions are joined.
    pub(super) fn new(trees: &[Tree], sets: &Sets, regexes: &HashMap<String, Regex>, together: bool) -> TextTests {
        let mut numbers: BTreeMap<&Test, TestId> = BTreeMap::new();
        let mut found = Vec::new();
        trees.iter().for_each(|tree| tree.tests(&mut found));
        for test in found {
            let next = numbers.len() as TestId;
            numbers.entry(test).or_insert(next);
        }
        let questions: Vec<Formula> = trees.iter().map(|tree| formula(tree, &numbers)).collect();
        let mut tests = TextTests { asked_by: asked_by(trees, &numbers), ..TextTests::default() };
        tests.unless = vec![0; questions.len().div_ceil(64)];
        for (place, question) in questions.iter().enumerate() {
            write(&mut tests.unless, place, question.holds(&Passed { bits: &mut [] }));
        }
        tests.questions = questions;
        tests.look_for(&numbers, sets, regexes, together);
        tests
    }

    fn look_for(
        &mut self,
        tests: &BTreeMap<&Test, TestId>,
        sets: &Sets,
        regexes: &HashMap<String, Regex>,
        together: bool,
    ) {
        let mut parts: BTreeMap<&str, Vec<(TextRelation, TestId)>> = BTreeMap::new();
        let mut patterns: Vec<(&Regex, TestId)> = Vec::new();
        for (test, id) in tests {
            match test {
                Test::Is(set) => {
                    for value in sets.values(*set) {
                        self.exact.entry(value.clone()).or_default().push(*id);
                    }
                }
                Test::Part(relation, set) => {
                    for part in sets.values(*set) {
                        parts.entry(part).or_default().push((*relation, *id));
                    }
                }
                Test::Glob(pattern) => self.globs.extend(Glob::new(pattern).map(|glob| (glob, *id))),
                Test::Regex(pattern) => patterns.extend(regexes.get(pattern).map(|regex| (regex, *id))),
                Test::LooksRandom => self.random = Some(*id),
                Test::Number(..) | Test::Date(..) | Test::YesNo(_) => {}
            }
        }
        self.parts = (!parts.is_empty()).then(|| Parts::new(parts, together));
        self.regexes = Regexes::new(patterns, together);
    }

    /// Writes what a text answers over `answers`.
    pub fn answer(&self, text: &Text, answers: &mut Answers) {
        self.with_passed(answers, |passed| self.test(text, passed));
    }

    /// Likewise what a list answers: whether some element is one of the values.
    pub fn answer_list(&self, texts: &[Text], answers: &mut Answers) {
        self.with_passed(answers, |passed| {
            for text in texts {
                self.exact.get(text.folded.as_str()).into_iter().flatten().for_each(|test| passed.set(*test));
            }
        });
    }

    fn with_passed(&self, answers: &mut Answers, find: impl FnOnce(&mut Passed<'_>)) {
        let words = self.asked_by.len().div_ceil(64);
        let (mut at_hand, mut more) = ([0; WORDS_AT_HAND], Vec::new());
        let bits = match at_hand.get_mut(..words) {
            Some(bits) => bits,
            None => {
                more.resize(words, 0);
                &mut more[..]
            }
        };
        let mut passed = Passed { bits };
        find(&mut passed);
        answers.clone_from(&self.unless);
        for test in ones(passed.bits) {
            for question in self.asked_by.get(test).into_iter().flatten() {
                let place = *question as usize;
                let holds = self.questions.get(place).is_some_and(|question| question.holds(&passed));
                write(answers, place, holds);
            }
        }
    }

    fn test(&self, text: &Text, passed: &mut Passed<'_>) {
        if !self.exact.is_empty() {
            self.exact.get(text.folded.as_str()).into_iter().flatten().for_each(|test| passed.set(*test));
        }
        if let Some(parts) = &self.parts {
            parts.test(&text.folded, passed);
        }
        for (glob, test) in &self.globs {
            if glob.matches(&text.folded) {
                passed.set(*test);
            }
        }
        match &self.regexes {
            Regexes::None => {}
            Regexes::Each(regexes) => {
                regexes.iter().filter(|(regex, _)| regex.is_match(&text.given)).for_each(|(_, test)| passed.set(*test));
            }
            Regexes::Set(set, tests) => {
                set.matches(&text.given).iter().filter_map(|at| tests.get(at)).for_each(|test| passed.set(*test));
            }
        }
        if let Some(test) = self.random
            && looks_random(&text.given)
        {
            passed.set(test);
        }
    }

    /// How many values, parts, globs and regular expressions it looks for.
    pub fn sizes(&self) -> [usize; 4] {
        let regexes = match &self.regexes {
            Regexes::None => 0,
            Regexes::Each(regexes) => regexes.len(),
            Regexes::Set(_, tests) => tests.len(),
        };
        [self.exact.len(), self.parts.as_ref().map_or(0, |parts| parts.parts.len()), self.globs.len(), regexes]
    }

    /// Whether `looks random` is asked.
    pub fn looks_at_keys(&self) -> bool {
        self.random.is_some()
    }

    /// Whether parts are looked for by one automaton, and regular expressions by one set.
    pub fn is_joined(&self) -> (bool, bool) {
        let automaton = self.parts.as_ref().is_some_and(|parts| parts.automaton.is_some());
        (automaton, matches!(self.regexes, Regexes::Set(..)))
    }
}

impl Parts {
    fn new(parts: BTreeMap<&str, Vec<(TextRelation, TestId)>>, together: bool) -> Parts {
        // One step a byte where a table of all steps stays small, else whatever the library takes.
        let bytes: usize = parts.keys().map(|part| part.len()).sum();
        let kind = (bytes <= LARGEST_TABLE).then_some(AhoCorasickKind::DFA);
        let automaton = || AhoCorasick::builder().match_kind(MatchKind::Standard).kind(kind).build(parts.keys()).ok();
        let automaton = if together { automaton() } else { None };
        Parts { automaton, parts: parts.into_iter().map(|(part, tests)| (part.to_owned(), tests)).collect() }
    }

    fn test(&self, text: &str, passed: &mut Passed<'_>) {
        match &self.automaton {
            Some(automaton) => {
                for found in automaton.find_overlapping_iter(text) {
                    self.found(found.pattern().as_usize(), found.start(), found.end(), text, passed);
                }
            }
            None => {
                for (place, (part, _)) in self.parts.iter().enumerate() {
                    let starts = text
                        .char_indices()
                        .filter(|(start, _)| text.get(*start..).is_some_and(|rest| rest.starts_with(part.as_str())));
                    starts.for_each(|(start, _)| self.found(place, start, start + part.len(), text, passed));
                }
            }
        }
    }

    /// A part lies at these bytes of the text.
    fn found(&self, part: usize, start: usize, end: usize, text: &str, passed: &mut Passed<'_>) {
        for (relation, test) in self.parts.get(part).into_iter().flat_map(|(_, tests)| tests) {
            let relates = match relation {
                TextRelation::Contains => true,
                TextRelation::Mentions => !passed.has(*test) && stands_alone(text, start, end),
                TextRelation::StartsWith => start == 0,
                TextRelation::EndsWith => end == text.len(),
            };
            if relates {
                passed.set(*test);
            }
        }
    }
}

impl Regexes {
    /// One set where there are several, with the flags that each was checked with; each by itself where that fails.
    fn new(regexes: Vec<(&Regex, TestId)>, together: bool) -> Regexes {
        if regexes.is_empty() {
            return Regexes::None;
        }
        let set = || {
            RegexSetBuilder::new(regexes.iter().map(|(regex, _)| regex.as_str()))
                .case_insensitive(true)
                .unicode(true)
                .size_limit(REGEX_STATES)
                .dfa_size_limit(REGEX_STATES)
                .build()
                .ok()
        };
        match if together && regexes.len() > 1 { set() } else { None } {
            Some(set) => Regexes::Set(set, regexes.into_iter().map(|(_, test)| test).collect()),
            None => Regexes::Each(regexes.into_iter().map(|(regex, test)| (regex.clone(), test)).collect()),
        }
    }
}

impl Formula {
    fn holds(&self, passed: &Passed<'_>) -> bool {
        match self {
            Formula::Constant(holds) => *holds,
            Formula::Test(test) => passed.has(*test),
            Formula::Not(inner) => !inner.holds(passed),
            Formula::All(parts) => parts.iter().all(|part| part.holds(passed)),
            Formula::Any(parts) => parts.iter().any(|part| part.holds(passed)),
        }
    }
}

fn formula(tree: &Tree, tests: &BTreeMap<&Test, TestId>) -> Formula {
    let each = |parts: &[Tree]| parts.iter().map(|part| formula(part, tests)).collect();
    match tree {
        Tree::Known => Formula::Constant(true),
        Tree::Test(test) => tests.get(test).map_or(Formula::Constant(false), |test| Formula::Test(*test)),
        Tree::Not(inner) => Formula::Not(Box::new(formula(inner, tests))),
        Tree::All(parts) => Formula::All(each(parts)),
        Tree::Any(parts) => Formula::Any(each(parts)),
    }
}

fn asked_by(trees: &[Tree], numbers: &BTreeMap<&Test, TestId>) -> Vec<Vec<u32>> {
    let mut asked_by = vec![BTreeSet::new(); numbers.len()];
    for (question, tree) in (0..).zip(trees) {
        let mut found = Vec::new();
        tree.tests(&mut found);
        for test in found.into_iter().filter_map(|test| numbers.get(test)) {
            if let Some(questions) = asked_by.get_mut(*test as usize) {
                questions.insert(question);
            }
        }
    }
    asked_by.into_iter().map(|questions| questions.into_iter().collect()).collect()
}

/// Writes the bit of one question.
pub(super) fn write(answers: &mut [u64], place: usize, holds: bool) {
    if let Some(word) = answers.get_mut(place / 64) {
        *word = *word & !(1 << (place % 64)) | u64::from(holds) << (place % 64);
    }
}

fn ones(words: &[u64]) -> impl Iterator<Item = usize> + '_ {
    words.iter().enumerate().flat_map(|(place, word)| {
        let mut rest = *word;
        std::iter::from_fn(move || {
            let bit = (rest != 0).then(|| rest.trailing_zeros() as usize)?;
            rest &= rest - 1;
            Some(place * 64 + bit)
        })
    })
}
