//! The one layout of rule files: `score fmt`, and labels of rules that have none.
//!
//! Blanks, line ends and the order of clauses come from here; every word, text, number and comment stays as written.
//! Clauses with comments between them stay in the order written, too.
//! The same text always comes out the same, and what comes out comes out again as it is.
//!
//! | step | takes | hands on |
//! |---|---|---|
//! | `comments` | tokens, comments | what each comment belongs to |
//! | `places` | the tree | where clauses and joined conditions begin |
//! | `pieces`, `spacing`, `order` | the tokens of an item | pieces with blanks and places to break a line, clauses in order |
//! | `shape`, `cells`, `columns` | the items of a block | what stands on one line, and where each column starts |
//! | `layout`, `rules` | items | blocks, the one way they stand |
//! | `fill`, `page` | pieces | lines |
//! | `proof` | both texts | that they say the same |

mod cells;
mod columns;
mod comments;
mod fill;
mod layout;
mod order;
mod page;
mod pieces;
mod places;
mod proof;
mod rules;
mod shape;
mod spacing;
#[cfg(test)]
mod tests;

pub use proof::Difference;

use super::outline::{Holds, outline};
use super::scan::{self, Scan};
use super::tree::{Clause, File};
use crate::source::{Span, Spanned};
use comments::Comments;
use layout::Layout;
use page::Page;
use pieces::Written;
use places::Places;

/// The text of a file without mistakes, laid out; it ends its lines as the text does.
///
/// # Errors
/// The result does not say the same as the text, and must not be used.
pub fn format(text: &str, file: &File) -> Result<String, Difference> {
    let formatted = laid_out(text, file);
    proof::same(text, file, &formatted)?;
    Ok(formatted)
}

fn laid_out(text: &str, file: &File) -> String {
    let scan = scan::scan(text, file.id);
    let entries = outline(text, &scan.tokens);
    let places = Places::of(&mut file.clone());
    let comments = Comments::new(text, &scan.tokens, &scan.comments);
    let written = Written { text, tokens: &scan.tokens, comments, places };
    let mut layout = Layout { written, page: Page::new() };
    layout.items(&entries, Holds::Statements, 0, scan.tokens.len());
    let first_line = text.split_inclusive('\n').next().unwrap_or("");
    layout.page.finish(if first_line.ends_with("\r\n") { "\r\n" } else { "\n" })
}

/// A rule or a header on one line, without its comments: `+5 when phone is known once`.
///
/// `text`: of its file; `clauses`: its own, where they reach to its end.
pub fn on_one_line(text: &str, span: Span, clauses: &[Spanned<Clause>]) -> String {
    let text = text.get(span.range()).unwrap_or("");
    let Scan { tokens, comments, .. } = scan::scan(text, span.file);
    let from_start = |clause: &Spanned<Clause>| clause.span.start.saturating_sub(span.start);
    let clauses = clauses.iter().map(|clause| (from_start(clause), order::rank(&clause.node))).collect();
    let places = Places { clauses, ..Places::default() };
    let written = Written { text, tokens: &tokens, comments: Comments::new(text, &tokens, &comments), places };
    let mut pieces = written.pieces(0..tokens.len(), Holds::Rules);
    order::clauses(&mut pieces);
    let mut line = String::new();
    for piece in &pieces {
        if piece.blank && !line.is_empty() {
            line.push(' ');
        }
        line.push_str(piece.text);
    }
    line
}
