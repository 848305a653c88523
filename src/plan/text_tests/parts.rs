//! Parts that a text may have, looked for together: pass `text-machines`.

use super::beginnings::Beginnings;
use super::sides::{AtSide, Side};
use super::{PartSearch, Passed, TestId};
use crate::model::TextRelation;
use crate::value::stands_alone;
use aho_corasick::automaton::Automaton;
use aho_corasick::automaton::StateID;
use aho_corasick::dfa::DFA;
use aho_corasick::nfa::contiguous::NFA;
use aho_corasick::{Anchored, MatchKind};
use std::collections::BTreeMap;

/// Bytes of parts for which an automaton is a table of a row for each and a column for each different byte.
const LARGEST_TABLE: usize = 1 << 13;

/// Folded parts with the tests that each passes.
#[derive(Debug, Clone)]
pub(super) struct Parts {
    inside: Option<Inside>,
    starts: AtSide,
    ends: AtSide,
}

/// Parts that may lie anywhere.
#[derive(Debug, Clone)]
struct Inside {
    search: Search,
    parts: Vec<(String, Vec<InsideTest>)>,
}

#[derive(Debug, Clone, Copy)]
struct InsideTest {
    test: TestId,
    /// `mentions`
    alone: bool,
}

#[derive(Debug, Clone)]
enum Search {
    /// Where parts may begin, each that may is looked for.
    Beginnings(Box<Beginnings>),
    /// One step a byte, where a part is so short that it may begin nearly anywhere
    Table(Box<DFA>),
    /// Where that table would be too large
    Links(Box<NFA>),
    /// Each part by itself: where they are not to be joined, or cannot be.
    Each,
}

impl Parts {
    /// `together`: whether parts inside are looked for by one automaton.
    pub(super) fn new(parts: BTreeMap<&str, Vec<(TextRelation, TestId)>>, together: bool) -> Parts {
        let (mut starts, mut ends) = (Vec::new(), Vec::new());
        let mut inside: Vec<(String, Vec<InsideTest>)> = Vec::new();
        for (part, tests) in parts {
            let (mut anywhere, mut at_start, mut at_end) = (Vec::new(), Vec::new(), Vec::new());
            for (relation, test) in tests {
                match relation {
                    TextRelation::StartsWith => at_start.push(test),
                    TextRelation::EndsWith => at_end.push(test),
                    TextRelation::Contains => anywhere.push(InsideTest { test, alone: false }),
                    TextRelation::Mentions => anywhere.push(InsideTest { test, alone: true }),
                }
            }
            if !anywhere.is_empty() {
                inside.push((part.to_owned(), anywhere));
            }
            starts.extend((!at_start.is_empty()).then_some((part, at_start)));
            ends.extend((!at_end.is_empty()).then_some((part, at_end)));
        }
        let search = |inside: &[_]| if together { Search::together(inside) } else { Search::Each };
        let inside = (!inside.is_empty()).then(|| Inside { search: search(&inside), parts: inside });
        Parts { inside, starts: AtSide::new(Side::Start, starts), ends: AtSide::new(Side::End, ends) }
    }

    /// As [`super::TextTests::pass`].
    pub(super) fn test(&self, text: &str, passed: &mut Passed<'_>) {
        if let Some(inside) = &self.inside {
            inside.test(text, passed);
        }
        self.starts.test(text, passed);
        self.ends.test(text, passed);
    }

    /// How many parts lie inside, at the start and at the end.
    pub(super) fn sizes(&self) -> [usize; 3] {
        [self.inside.as_ref().map_or(0, |inside| inside.parts.len()), self.starts.len(), self.ends.len()]
    }

    /// How parts inside are looked for.
    pub(super) fn search(&self) -> PartSearch {
        match self.inside.as_ref().map(|inside| &inside.search) {
            Some(Search::Beginnings(_)) => PartSearch::Beginnings,
            Some(Search::Table(_) | Search::Links(_)) => PartSearch::Automaton,
            Some(Search::Each) | None => PartSearch::Each,
        }
    }
}

impl Search {
    fn together(inside: &[(String, Vec<InsideTest>)]) -> Search {
        let parts = || inside.iter().map(|(part, _)| part.as_str());
        if let Some(beginnings) = Beginnings::new(parts()) {
            return Search::Beginnings(Box::new(beginnings));
        }
        let bytes: usize = parts().map(str::len).sum();
        // Looking ahead for first bytes does not pay for texts as short as these.
        let table = || {
            DFA::builder().match_kind(MatchKind::Standard).prefilter(false).ascii_case_insensitive(true).build(parts())
        };
        let links = || {
            NFA::builder().match_kind(MatchKind::Standard).prefilter(false).ascii_case_insensitive(true).build(parts())
        };
        let table = (bytes <= LARGEST_TABLE).then(table).and_then(Result::ok).map(Box::new).map(Search::Table);
        table.or_else(|| links().ok().map(Box::new).map(Search::Links)).unwrap_or(Search::Each)
    }
}

impl Inside {
    fn test(&self, text: &str, passed: &mut Passed<'_>) {
        match &self.search {
            Search::Beginnings(beginnings) => beginnings.each(text.as_bytes(), |start, part| {
                let Some((wanted, _)) = self.parts.get(part) else { return };
                if stands_at(text, start, wanted) {
                    self.found(part, start + wanted.len(), text, passed);
                }
            }),
            Search::Table(table) => self.walk(table.as_ref(), text, passed),
            Search::Links(links) => self.walk(links.as_ref(), text, passed),
            Search::Each => {
                for (place, (part, _)) in self.parts.iter().enumerate() {
                    let starts = text.char_indices().filter(|(start, _)| stands_at(text, *start, part));
                    starts.for_each(|(start, _)| self.found(place, start + part.len(), text, passed));
                }
            }
        }
    }

    /// Follows the automaton through the text, parts that overlap too.
    fn walk(&self, automaton: &impl Automaton, text: &str, passed: &mut Passed<'_>) {
        let Ok(mut state) = automaton.start_state(Anchored::No) else { return };
        let mut end = 0;
        while let Some(rest) = text.as_bytes().get(end..).filter(|rest| !rest.is_empty()) {
            let steps;
            (state, steps) = to_match(automaton, state, rest);
            end += steps;
            if automaton.is_match(state) {
                for index in 0..automaton.match_len(state) {
                    self.found(automaton.match_pattern(state, index).as_usize(), end, text, passed);
                }
            }
        }
    }

    /// A part ends at this byte of the text.
    fn found(&self, part: usize, end: usize, text: &str, passed: &mut Passed<'_>) {
        let Some((part, tests)) = self.parts.get(part) else { return };
        for InsideTest { test, alone } in tests {
            if !alone || (!passed.has(*test) && stands_alone(text, end - part.len(), end)) {
                passed.set(*test);
            }
        }
    }
}

/// Whether a folded part stands at a byte of the text, but for the case of letters in ASCII.
#[inline]
fn stands_at(text: &str, start: usize, part: &str) -> bool {
    let there = start.checked_add(part.len()).and_then(|end| text.as_bytes().get(start..end));
    there.is_some_and(|there| there.eq_ignore_ascii_case(part.as_bytes()))
}

/// Follows the automaton up to the next match or the end: where it is then, and after how many bytes.
#[inline(never)]
fn to_match(automaton: &impl Automaton, mut state: StateID, text: &[u8]) -> (StateID, usize) {
    for (before, byte) in text.iter().enumerate() {
        state = automaton.next_state(Anchored::No, state, *byte);
        if automaton.is_special(state) && automaton.is_match(state) {
            return (state, before + 1);
        }
    }
    (state, text.len())
}
