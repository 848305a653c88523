//! All questions of a text, answered in one pass over it: pass `text-machines`.
//!
//! A table of whole values for `is`, one search for all parts inside and words for those at its sides, one set for all
//! regular expressions. Most texts pass few tests: the answers of a text that passes none are known beforehand, and
//! only questions with a test that passed are asked again.

mod beginnings;
mod exact;
mod parts;
mod regexes;
mod sides;

use super::Answers;
use super::sets::Sets;
use super::tree::{Test, Tree};
use crate::model::TextRelation;
use crate::value::{Glob, Text, looks_random};
use exact::Exact;
use parts::Parts;
use regex::Regex;
use regexes::Regexes;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// A test, by its bit.
type TestId = u32;

/// Bits that need no allocation while a text is answered: 512 tests.
const WORDS_AT_HAND: usize = 8;
/// All questions of a text subject, or of a list's elements, as one machine.
#[derive(Debug, Clone, Default)]
pub struct TextTests {
    /// What a known text answers that passes no test.
    unless: Answers,
    /// By test: the questions to ask again where it passes.
    asked_by: Vec<Vec<u32>>,
    questions: Vec<Formula>,
    exact: Exact,
    parts: Option<Parts>,
    globs: Vec<(Glob, TestId)>,
    regexes: Regexes,
    random: Option<TestId>,
    /// Whether something but whole texts is asked for.
    looks_inside: bool,
}

/// How the parts that may lie anywhere are looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PartSearch {
    /// One by one
    Each,
    /// All by a few bytes, and where these stand by what follows
    Beginnings,
    /// All by one automaton
    Automaton,
}

/// How many of each kind a machine looks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sizes {
    /// Whole texts
    pub values: usize,
    /// Parts anywhere, at the start and at the end
    pub inside: usize,
    pub starts: usize,
    pub ends: usize,
    /// `matches`, with `*` and `?`
    pub patterns: usize,
    pub regexes: usize,
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
                        self.exact.add(value, *id);
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
        let has_regexes = self.regexes.len() > 0;
        self.looks_inside = self.parts.is_some() || !self.globs.is_empty() || has_regexes || self.random.is_some();
    }

    /// Writes what a text answers over `answers`.
    pub fn answer(&self, text: &Text, answers: &mut Answers) {
        self.with_passed(answers, |passed| self.test(&text.given, &text.folded, passed));
    }

    /// In how many words each test has a bit.
    pub fn words(&self) -> usize {
        self.asked_by.len().div_ceil(64)
    }

    /// Sets the bits of the tests that a text passes, among [`TextTests::words`]. Texts with the same bits answer the
    /// same. Letters of ASCII may still be large in `folded`: a text for which nothing else is folded needs no copy.
    pub fn pass(&self, given: &str, folded: &str, bits: &mut [u64]) {
        self.test(given, folded, &mut Passed { bits });
    }

    /// Likewise what a list answers: whether some element is one of the values.
    pub fn answer_list(&self, texts: &[Text], answers: &mut Answers) {
        self.with_passed(answers, |passed| {
            for text in texts {
                self.exact.test(&text.folded, passed);
            }
        });
    }

    /// Whether a text in ASCII may pass a test once its letters are made small.
    #[inline]
    pub fn may_pass(&self, text: &[u8]) -> bool {
        self.looks_inside || self.exact.may_pass(text)
    }

    fn with_passed(&self, answers: &mut Answers, find: impl FnOnce(&mut Passed<'_>)) {
        let words = self.words();
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

    fn test(&self, given: &str, folded: &str, passed: &mut Passed<'_>) {
        self.exact.test(folded, passed);
        if let Some(parts) = &self.parts {
            parts.test(folded, passed);
        }
        if !self.globs.is_empty() {
            let small = folded.to_ascii_lowercase();
            let matching = self.globs.iter().filter(|(glob, _)| glob.matches(&small));
            matching.for_each(|(_, test)| passed.set(*test));
        }
        self.regexes.test(given, passed);
        if let Some(test) = self.random
            && looks_random(given)
        {
            passed.set(test);
        }
    }

    /// What it looks for.
    pub fn sizes(&self) -> Sizes {
        let [inside, starts, ends] = self.parts.as_ref().map_or([0; 3], Parts::sizes);
        let (values, patterns, regexes) = (self.exact.len(), self.globs.len(), self.regexes.len());
        Sizes { values, inside, starts, ends, patterns, regexes }
    }

    /// Whether `looks random` is asked.
    pub fn looks_at_keys(&self) -> bool {
        self.random.is_some()
    }

    /// How parts inside are looked for, and whether regular expressions are by one set.
    pub fn searches(&self) -> (PartSearch, bool) {
        (self.parts.as_ref().map_or(PartSearch::Each, Parts::search), self.regexes.is_joined())
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
