//! From text to syntax tree.
//!
//! `scan` checks quotes, brackets and depth and cuts the text into statements and items; each of these is parsed by
//! itself with the grammar, so one broken line does not hide the next; `tree` is what comes out.
//!
//! | step | takes | hands on |
//! |---|---|---|
//! | `scan` | text | tokens and comments; brackets that pair |
//! | `outline` | tokens | statements, blocks, items |
//! | `grammar` (`grammar/score.pest`) | one header or item | pairs of the grammar |
//! | `read` | the outline and the pairs | the [`tree`] |
//! | `mistakes` | where an item could not be read | what to say about it |
//! | [`mod@format`] | a text and its tree | the text in the one layout |
//! | [`typing`] | a text while it is typed | whether more is to come; its pieces, for colours and completion |
//! | [`program`] | a path | the file and all it `use`s |

mod broken;
mod depth;
pub mod format;
mod grammar;
mod mistakes;
mod outline;
pub mod program;
mod read;
mod scan;
#[cfg(test)]
mod tests;
pub mod tree;
pub mod typing;
mod words;

pub(crate) use words::is_reserved;

use crate::diagnostics::Diagnostic;
use crate::source::{FileId, Sources};
use read::Reader;

/// Parses one file: what could be read of it, and all that is wrong with it, in order of place.
pub fn parse(sources: &Sources, id: FileId) -> (tree::File, Vec<Diagnostic>) {
    let text = sources.file(id).text.as_str();
    let scan = scan::scan(text, id);
    let outline = outline::outline(text, &scan.tokens);
    let mut reader = Reader::new(text, id, &scan.tokens, &scan.mistakes);
    let statements = reader.statements(&outline);
    let mistakes = in_order(scan.mistakes, reader.mistakes);
    let broken = broken::broken(id, &outline, &scan.tokens, &mistakes);
    (tree::File { id, statements, comments: scan.comments, broken }, mistakes)
}

/// Parses a text that is one expression: `--only "total >= 50"`.
///
/// # Errors
/// What is wrong with it.
pub fn parse_expression(sources: &Sources, id: FileId) -> Result<tree::Expr, Vec<Diagnostic>> {
    let text = sources.file(id).text.as_str();
    let scan = scan::scan(text, id);
    let mut reader = Reader::new(text, id, &scan.tokens, &scan.mistakes);
    let expression = reader.lone_expression();
    let mistakes = in_order(scan.mistakes, reader.mistakes);
    match expression {
        Some(expression) if mistakes.is_empty() => Ok(expression),
        _ => Err(mistakes),
    }
}

/// Parses what was typed in a session.
///
/// # Errors
/// What is wrong with it.
pub fn parse_typed(sources: &Sources, id: FileId) -> Result<tree::Typed, Vec<Diagnostic>> {
    let text = sources.file(id).text.as_str();
    let scan = scan::scan(text, id);
    let mut reader = Reader::new(text, id, &scan.tokens, &scan.mistakes);
    let typed = reader.typed();
    let mistakes = in_order(scan.mistakes, reader.mistakes);
    match typed {
        Some(typed) if mistakes.is_empty() => Ok(typed),
        _ => Err(mistakes),
    }
}

fn in_order(found: Vec<Diagnostic>, more: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let mut mistakes = found;
    mistakes.extend(more);
    mistakes.sort_by_key(Diagnostic::span);
    mistakes
}
