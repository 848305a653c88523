//! Regular expressions that are tried on one text: pass `text-machines`.

use super::{Passed, TestId};
use regex::{Regex, RegexSet, RegexSetBuilder};

/// Bytes that the states of a set of regular expressions may take while they are found; each is within 1 MiB itself.
const REGEX_STATES: usize = 8 << 20;

#[derive(Debug, Clone, Default)]
pub(super) enum Regexes {
    #[default]
    None,
    Each(Vec<(Regex, TestId)>),
    Set(RegexSet, Vec<TestId>),
}

impl Regexes {
    /// One set where there are several, with the flags that each was checked with; each by itself where that fails.
    pub(super) fn new(regexes: Vec<(&Regex, TestId)>, together: bool) -> Regexes {
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

    /// `given`: regular expressions are not folded.
    pub(super) fn test(&self, given: &str, passed: &mut Passed<'_>) {
        match self {
            Regexes::None => {}
            Regexes::Each(regexes) => {
                regexes.iter().filter(|(regex, _)| regex.is_match(given)).for_each(|(_, test)| passed.set(*test));
            }
            Regexes::Set(set, tests) => {
                set.matches(given).iter().filter_map(|at| tests.get(at)).for_each(|test| passed.set(*test));
            }
        }
    }

    pub(super) fn len(&self) -> usize {
        match self {
            Regexes::None => 0,
            Regexes::Each(regexes) => regexes.len(),
            Regexes::Set(_, tests) => tests.len(),
        }
    }

    pub(super) fn is_joined(&self) -> bool {
        matches!(self, Regexes::Set(..))
    }
}
