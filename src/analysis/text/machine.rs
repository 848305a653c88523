//! One part of a pattern as an automaton that reads a text letter by letter.

use super::Part;
use crate::value::stands_alone;
use compact_str::CompactString;

/// A pattern as letters, any letter, and any run. Where it can be after the letters read so far is a set of places,
/// one bit each.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Machine {
    tokens: Vec<Token>,
    /// Both ends must be borders of words
    is_phrase: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Token {
    Letter(char),
    AnyLetter,
    AnyRun,
}

/// The places where a machine can be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Places(u64);

/// What has been read, as far as the borders of words depend on it: the last letter, and the last that is no mark.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub(super) struct Behind {
    pub base: Option<char>,
    pub last: Option<char>,
}

/// The place that means: matched, whatever follows.
const MATCHED: u64 = 1 << 63;

impl Machine {
    /// `None` for a pattern too long to be followed.
    pub fn new(part: &Part) -> Option<Machine> {
        let letters = |text: &str| text.chars().map(Token::Letter).collect::<Vec<_>>();
        let run = [Token::AnyRun];
        let (tokens, is_phrase) = match part {
            Part::Contains(text) => ([&run[..], &letters(text), &run[..]].concat(), false),
            Part::Mentions(text) => (letters(text), true),
            Part::StartsWith(text) => ([&letters(text)[..], &run[..]].concat(), false),
            Part::EndsWith(text) => ([&run[..], &letters(text)].concat(), false),
            Part::Glob(pattern) => (pattern.chars().map(glob_token).collect(), false),
        };
        if tokens.len() < 62 { Some(Machine { tokens, is_phrase }) } else { None }
    }

    pub fn start(&self) -> Places {
        self.closed(1)
    }

    /// After one more letter.
    pub fn step(&self, places: Places, behind: Behind, letter: char) -> Places {
        if places.0 & MATCHED != 0 {
            return places;
        }
        let mut open = places.0;
        let mut next = 0;
        if self.is_phrase {
            let is_border = is_border(behind, letter);
            if is_border && open >> self.tokens.len() & 1 == 1 {
                return Places(MATCHED);
            }
            // A phrase can begin at every border.
            open = if is_border { open | 1 } else { open & !1 };
        }
        while open != 0 {
            let place = open.trailing_zeros();
            open &= open - 1;
            match self.tokens.get(place as usize) {
                Some(Token::Letter(wanted)) if *wanted == letter => next |= 1 << (place + 1),
                Some(Token::AnyLetter) => next |= 1 << (place + 1),
                Some(Token::AnyRun) => next |= 1 << place,
                Some(Token::Letter(_)) | None => {}
            }
        }
        self.closed(next)
    }

    pub fn matches(&self, folded: &str) -> bool {
        let mut state = (self.start(), Behind::default());
        for letter in folded.chars() {
            state = (self.step(state.0, state.1, letter), state.1.then(letter));
        }
        self.accepts(state.0)
    }

    /// Whether a text that ends here matches.
    pub fn accepts(&self, places: Places) -> bool {
        places.0 & MATCHED != 0 || places.0 >> self.tokens.len() & 1 == 1
    }

    /// Whether it matches whatever follows.
    pub fn is_settled(&self, places: Places) -> bool {
        places.0 & MATCHED != 0
    }

    /// Whether it cannot match any more, whatever follows.
    pub fn is_lost(&self, places: Places) -> bool {
        places.0 == 0 && !self.is_phrase
    }

    /// A run may be empty; one at the end takes whatever follows.
    fn closed(&self, mut places: u64) -> Places {
        let mut left = places;
        while left != 0 {
            let place = left.trailing_zeros() as usize;
            left &= left - 1;
            if self.tokens.get(place) == Some(&Token::AnyRun) {
                if place + 1 == self.tokens.len() {
                    return Places(MATCHED);
                }
                places |= 1 << (place + 1);
                left |= 1 << (place + 1);
            }
        }
        Places(places)
    }
}

impl Behind {
    pub fn then(self, letter: char) -> Behind {
        let is_mark = unicode_normalization::char::is_combining_mark(letter);
        Behind { base: if is_mark { self.base } else { Some(letter) }, last: Some(letter) }
    }
}

fn glob_token(letter: char) -> Token {
    match letter {
        '*' => Token::AnyRun,
        '?' => Token::AnyLetter,
        other => Token::Letter(other),
    }
}

/// Whether a word can begin or end before the letter.
fn is_border(behind: Behind, letter: char) -> bool {
    let Some(last) = behind.last else { return true };
    let mut read: CompactString = behind.base.into_iter().collect();
    if behind.base != Some(last) {
        read.push(last);
    }
    let end = read.len();
    read.push(letter);
    stands_alone(&read, 0, end)
}
