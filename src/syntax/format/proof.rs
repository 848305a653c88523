//! That a formatted text says the same: the same tree, the same comments.

use super::order;
use crate::source::{FileId, Sources, Span, Spanned};
use crate::syntax::parse;
use crate::syntax::tree::walk::{self, Walk};
use crate::syntax::tree::{Clause, File};

/// What the layout has lost or changed: a mistake of the layout, never of the rules.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Difference {
    /// It can no longer be read.
    Mistakes,
    /// It says something else.
    Tree,
    /// Comments are missing, or stand in another order.
    Comments,
}

/// Takes away what a layout may change: places, and the order of clauses.
struct Bare;

impl Walk for Bare {
    fn place(&mut self, span: &mut Span) {
        *span = Span::default();
    }

    fn clauses(&mut self, clauses: &mut Vec<Spanned<Clause>>) {
        clauses.sort_by_key(|clause| order::rank(&clause.node));
    }
}

/// Whether a text says the same as the one it was made from.
///
/// # Errors
/// What is different.
pub(super) fn same(text: &str, original: &File, formatted: &str) -> Result<(), Difference> {
    let mut sources = Sources::default();
    let id = sources.add("formatted", formatted);
    let (mut after, mistakes) = parse(&sources, id);
    if !mistakes.is_empty() {
        return Err(Difference::Mistakes);
    }
    if comments(text, original) != comments(formatted, &after) {
        return Err(Difference::Comments);
    }
    let mut before = original.clone();
    bare(&mut before);
    bare(&mut after);
    if before == after { Ok(()) } else { Err(Difference::Tree) }
}

fn bare(file: &mut File) {
    file.id = FileId::default();
    file.comments.clear();
    walk::walk(file, &mut Bare);
}

/// Their texts, in order.
fn comments<'a>(text: &'a str, file: &File) -> Vec<&'a str> {
    file.comments.iter().map(|comment| text.get(comment.span.range()).unwrap_or("")).collect()
}
