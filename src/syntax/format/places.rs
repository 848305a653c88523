//! What the tree knows of a text that its tokens do not tell: where clauses begin, and which `and` joins conditions.

use super::order;
use crate::source::{Span, Spanned};
use crate::syntax::tree::walk::{self, Walk};
use crate::syntax::tree::{Clause, Expr, File};
use std::collections::{HashMap, HashSet};

/// Offsets into the text.
#[derive(Default)]
pub(super) struct Places {
    /// Where a clause of a header or a rule begins, with its rank.
    pub clauses: HashMap<u32, u8>,
    /// Where a part of `a and b` begins, but for the first.
    pub joined: HashSet<u32>,
    /// Where `in last …`, `since …` and the like begin in a selector.
    pub selector_clauses: HashSet<u32>,
    /// Where `stays` stands in a threshold.
    pub stays: HashSet<u32>,
}

impl Places {
    pub fn of(file: &mut File) -> Places {
        let mut places = Places::default();
        walk::walk(file, &mut places);
        places
    }
}

impl Walk for Places {
    fn clauses(&mut self, clauses: &mut Vec<Spanned<Clause>>) {
        self.clauses.extend(clauses.iter().map(|clause| (clause.span.start, order::rank(&clause.node))));
    }

    fn joined(&mut self, parts: &mut [Expr]) {
        self.joined.extend(parts.iter().skip(1).map(|part| part.span.start));
    }

    fn selector_clause(&mut self, span: Span) {
        self.selector_clauses.insert(span.start);
    }

    fn stays(&mut self, span: Span) {
        self.stays.insert(span.start);
    }
}
