//! The quick way through JSON objects: what stood between two values in rows before is expected to stand there again.
//!
//! Between one value and the next are a comma, a name, a colon, and perhaps blanks. These bytes are learned from the
//! first rows, for each name those that followed it, and then compared at once. What is not as expected is looked at
//! more closely; on any surprise (an escape in a name, a name twice, white space other than blanks, broken JSON) this
//! way gives up, and [`super::members`] judges the row.

use super::members;
use super::values::{blanks, string_end, value_end};
use super::wide::string_stop;
use crate::data::batch::{Piece, PieceKind};
use std::collections::HashMap;

/// Followers remembered for each name.
const FOLLOWERS: usize = 4;
/// The longest text between two values that is compared at once, in bytes.
const SHORT: usize = 32;
/// Names remembered for each object.
const MOST_NAMES: usize = 1_000;
/// Objects within objects, at most.
const DEEPEST: usize = 16;

/// What was learned of the objects of a file.
#[derive(Debug)]
pub(super) struct Learned {
    columns: Vec<String>,
    members: Vec<Member>,
    objects: Vec<Object>,
    /// The row in which each column was last found, and the present one.
    found: Vec<u32>,
    row: u32,
    /// Whether every column was found in some row.
    all_present: bool,
}

/// Objects that stand at one place.
#[derive(Debug)]
struct Object {
    /// What is looked for in it: columns, with what is left of their paths.
    wanted: Vec<(usize, String)>,
    /// The member that stands for its `{`.
    begin: usize,
    by_name: HashMap<Vec<u8>, usize>,
}

/// A name in objects of one place.
#[derive(Debug, Default)]
struct Member {
    /// The columns that it holds.
    columns: Vec<usize>,
    /// Where paths go on: its value's place among the objects.
    object: Option<usize>,
    /// The row in which it was last met, where paths go on.
    met: u32,
    followers: [Follower; FOLLOWERS],
}

/// What came behind a value.
#[derive(Debug, Default)]
struct Follower {
    /// The bytes up to the next value, and which of them count.
    text: [u64; SHORT / 8],
    mask: [u64; SHORT / 8],
    /// All of them, where they are more.
    long: Vec<u8>,
    /// 0 for none.
    length: usize,
    member: usize,
}

/// Where values go.
pub(super) struct Into<'batch> {
    /// The pieces of each column, with a missing one for the row.
    pub(super) pieces: &'batch mut [Vec<Piece>],
    pub(super) row: usize,
    /// Texts whose escapes were resolved, and where they will stand.
    pub(super) anew: &'batch mut String,
    pub(super) anew_from: usize,
}

impl Follower {
    fn new(between: &[u8], member: usize) -> Follower {
        let mut text = [0; SHORT];
        let mut mask = [0; SHORT];
        for ((into, masked), byte) in text.iter_mut().zip(&mut mask).zip(between) {
            *into = *byte;
            *masked = 0xFF;
        }
        let long = if between.len() > SHORT { between.to_vec() } else { Vec::new() };
        Follower { text: words(&text), mask: words(&mask), long, length: between.len(), member }
    }

    #[inline(always)]
    fn is_at(&self, text: &[u8], at: usize) -> bool {
        match text.get(at..).and_then(|rest| rest.first_chunk::<SHORT>()) {
            Some(chunk) if self.long.is_empty() => {
                let words = words(chunk);
                let differing = words.iter().zip(&self.text).zip(&self.mask);
                differing.fold(0, |all, ((word, expected), mask)| all | (word ^ expected) & mask) == 0
            }
            _ => self.is_slowly_at(text, at),
        }
    }

    fn is_slowly_at(&self, text: &[u8], at: usize) -> bool {
        let short = self.text.iter().flat_map(|word| word.to_ne_bytes()).take(self.length);
        match text.get(at..at + self.length) {
            None => false,
            Some(there) if self.long.is_empty() => short.eq(there.iter().copied()),
            Some(there) => there == self.long,
        }
    }
}

#[inline(always)]
fn words(bytes: &[u8; SHORT]) -> [u64; SHORT / 8] {
    let mut words = [0; SHORT / 8];
    for (word, eight) in words.iter_mut().zip(bytes.as_chunks::<8>().0) {
        *word = u64::from_ne_bytes(*eight);
    }
    words
}

impl Learned {
    pub(super) fn new(columns: &[String]) -> Learned {
        let wanted = columns.iter().cloned().enumerate().collect();
        let mut learned = Learned {
            columns: columns.to_vec(),
            members: Vec::new(),
            objects: Vec::new(),
            found: vec![0; columns.len()],
            row: 0,
            all_present: false,
        };
        learned.add_object(wanted);
        learned
    }

    /// Whether it was learned for these columns.
    pub(super) fn is_for(&self, columns: &[String]) -> bool {
        self.columns == columns
    }

    /// Reads the object that begins at `at`, and where it ends. `None`: it is to be read with care, and whatever was
    /// found is to be forgotten.
    pub(super) fn read(&mut self, text: &str, at: usize, into: &mut Into<'_>) -> Option<usize> {
        self.row = self.row.wrapping_add(1);
        if self.row == 0 {
            self.found.fill(0);
            self.members.iter_mut().for_each(|member| member.met = 0);
            self.row = 1;
        }
        self.object(text, at, 0, 0, into)
    }

    /// Notes the columns that the row read has.
    pub(super) fn note_present(&mut self, present: &mut [bool]) {
        if !self.all_present {
            for (present, row) in present.iter_mut().zip(&self.found) {
                *present |= *row == self.row;
            }
            self.all_present = present.iter().all(|present| *present);
        }
    }

    /// Another block begins, with nothing found in it so far.
    pub(super) fn begin(&mut self) {
        self.all_present = false;
    }

    fn add_object(&mut self, wanted: Vec<(usize, String)>) -> usize {
        self.members.push(Member::default());
        self.objects.push(Object { wanted, begin: self.members.len() - 1, by_name: HashMap::new() });
        self.objects.len() - 1
    }

    fn object(&mut self, text: &str, at: usize, object: usize, depth: usize, into: &mut Into<'_>) -> Option<usize> {
        let bytes = text.as_bytes();
        let begin = self.objects.get(object)?.begin;
        let (mut member, mut at) = (begin, at);
        loop {
            (member, at) = match self.expected(bytes, at, member) {
                Some(next) => next,
                None => match self.unexpected(bytes, at, member, object, begin == member)? {
                    Next::Member(next, at) => (next, at),
                    Next::End(at) => return Some(at),
                },
            };
            at = self.value(text, at, member, depth, into)?;
            if bytes.get(at) == Some(&b'}') {
                return Some(at + 1);
            }
        }
    }

    /// The next member and where its value begins, if it is one that followed before.
    #[inline(always)]
    fn expected(&mut self, text: &[u8], at: usize, member: usize) -> Option<(usize, usize)> {
        let followers = &mut self.members.get_mut(member)?.followers;
        let [first, ..] = followers;
        if first.is_at(text, at) && first.length > 0 {
            return Some((first.member, at + first.length));
        }
        let other = followers.iter().position(|other| other.length > 0 && other.is_at(text, at))?;
        followers.swap(0, other);
        let [first, ..] = followers;
        Some((first.member, at + first.length))
    }

    /// Looks at what comes next, and remembers it.
    #[cold]
    fn unexpected(&mut self, text: &[u8], at: usize, member: usize, object: usize, begins: bool) -> Option<Next> {
        let mut here = at;
        if !begins {
            here = blanks(text, here);
        }
        match text.get(here)? {
            b'{' if begins => here = blanks(text, here + 1),
            b',' if !begins => here = blanks(text, here + 1),
            b'}' if !begins => return Some(Next::End(here + 1)),
            _ => return None,
        }
        if begins && text.get(here) == Some(&b'}') {
            return Some(Next::End(here + 1));
        }
        let name = text.get(here).filter(|byte| **byte == b'"').map(|_| here + 1)?;
        let stop = string_stop(text, name);
        let colon = text.get(stop).filter(|byte| **byte == b'"').map(|_| blanks(text, stop + 1))?;
        let value = text.get(colon).filter(|byte| **byte == b':').map(|_| blanks(text, colon + 1))?;
        let next = self.member_named(object, text.get(name..stop)?)?;
        let followers = &mut self.members.get_mut(member)?.followers;
        followers.rotate_right(1);
        if let Some(first) = followers.first_mut() {
            *first = Follower::new(text.get(at..value)?, next);
        }
        Some(Next::Member(next, value))
    }

    /// The member of that name; `None` where there are too many names to remember.
    fn member_named(&mut self, object: usize, name: &[u8]) -> Option<usize> {
        let about = self.objects.get(object)?;
        if let Some(member) = about.by_name.get(name) {
            return Some(*member);
        }
        if about.by_name.len() >= MOST_NAMES {
            return None;
        }
        let text = std::str::from_utf8(name).ok()?;
        let mut member = Member::default();
        let mut inside = Vec::new();
        for (column, path) in &about.wanted {
            match path.strip_prefix(text) {
                Some("") => member.columns.push(*column),
                Some(rest) if rest.starts_with('.') => inside.push((*column, rest.get(1..)?.to_owned())),
                _ => {}
            }
        }
        if !inside.is_empty() {
            member.object = Some(self.add_object(inside));
        }
        let place = self.members.len();
        self.members.push(member);
        self.objects.get_mut(object)?.by_name.insert(name.to_vec(), place);
        Some(place)
    }

    /// Takes the value at `at`, or goes over it; where it ends.
    #[inline(always)]
    fn value(&mut self, text: &str, at: usize, member: usize, depth: usize, into: &mut Into<'_>) -> Option<usize> {
        let bytes = text.as_bytes();
        let about = self.members.get_mut(member)?;
        if let Some(object) = about.object {
            if about.met == self.row || depth >= DEEPEST {
                return None;
            }
            about.met = self.row;
            if bytes.get(at) == Some(&b'{') {
                return if about.columns.is_empty() { self.object(text, at, object, depth + 1, into) } else { None };
            }
        }
        if about.columns.is_empty() {
            return value_end(text, at, 0);
        }
        let first = *bytes.get(at)?;
        if first == b'"' {
            let stop = string_stop(bytes, at + 1);
            if bytes.get(stop) != Some(&b'"') {
                return self.escaped(text, at, stop, member, into);
            }
            self.found(member, new_piece(at + 1, stop, PieceKind::Text), into)?;
            return Some(stop + 1);
        }
        let end = value_end(text, at, 0)?;
        let kind = match first {
            b'n' => PieceKind::Missing,
            b't' => PieceKind::Yes,
            b'f' => PieceKind::No,
            b'[' | b'{' if is_no_cell(text.get(at..end)?) => return None,
            b'[' | b'{' => PieceKind::Json,
            _ => PieceKind::Number,
        };
        let length = if kind == PieceKind::Missing { at } else { end };
        self.found(member, new_piece(at, length, kind), into)?;
        Some(end)
    }

    /// Puts a piece into the columns of a member; `None` where one has another of this row.
    #[inline(always)]
    fn found(&mut self, member: usize, piece: Piece, into: &mut Into<'_>) -> Option<()> {
        for column in &self.members.get(member)?.columns {
            let found = self.found.get_mut(*column)?;
            if *found == self.row {
                return None;
            }
            *found = self.row;
            *into.pieces.get_mut(*column)?.get_mut(into.row)? = piece;
        }
        Some(())
    }

    /// Takes a text with escapes, the first of them at `stop`; where it ends.
    #[cold]
    fn escaped(&mut self, text: &str, at: usize, stop: usize, member: usize, into: &mut Into<'_>) -> Option<usize> {
        let end = string_end(text.as_bytes(), stop)?;
        let plain: String = serde_json::from_str(text.get(at..end)?).ok()?;
        let start = into.anew_from + into.anew.len();
        into.anew.push_str(&plain);
        self.found(member, new_piece(start, start + plain.len(), PieceKind::Text), into)?;
        Some(end)
    }
}

/// What comes behind a value.
enum Next {
    /// A member, whose value begins there.
    Member(usize, usize),
    /// The end of the object, behind its `}`.
    End(usize),
}

/// Whether a nested value has a text that is none: half of a character.
fn is_no_cell(json: &str) -> bool {
    json.contains('\\') && members::cell(json).is_err()
}

fn new_piece(start: usize, end: usize, kind: PieceKind) -> Piece {
    Piece { start: start as u32, length: end.saturating_sub(start) as u32, kind }
}
