//! Tests of the whole way from text to tree.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod layout;
mod messages;
mod phrases;
mod robust;
mod shapes;

use super::{parse, parse_expression, tree};
use crate::diagnostics::Diagnostic;
use crate::source::Sources;

/// The model of the language's description, from its first line to its last.
pub(super) const MODEL: &str = include_str!("model.score");
/// Every form that the model does not have.
pub(super) const FORMS: &str = include_str!("forms.score");

fn parsed(text: &str) -> (tree::File, Vec<Diagnostic>) {
    let mut sources = Sources::default();
    let id = sources.add("test.score", text);
    parse(&sources, id)
}

/// The tree of a text without mistakes.
fn tree(text: &str) -> tree::File {
    let (file, mistakes) = parsed(text);
    assert!(mistakes.is_empty(), "{}\nin:\n{text}", shown(text, &mistakes));
    file
}

/// `code @ the text pointed at: message / help` for each mistake, one a line.
fn shown(text: &str, mistakes: &[Diagnostic]) -> String {
    let line = |mistake: &Diagnostic| {
        let place = text.get(mistake.span().range()).unwrap_or("?");
        let help = mistake.help.as_deref().unwrap_or("");
        format!("{} @ {place:?}: {} / {help}", mistake.code, mistake.message)
    };
    mistakes.iter().map(line).collect::<Vec<_>>().join("\n")
}

/// The only mistake of a text: the text that it points at, and code, message and help.
fn mistake(text: &str) -> (String, Diagnostic) {
    let (_, mut mistakes) = parsed(text);
    assert_eq!(mistakes.len(), 1, "{}\nin:\n{text}", shown(text, &mistakes));
    let only = mistakes.pop().unwrap();
    (text.get(only.span().range()).unwrap_or("?").to_owned(), only)
}

fn expression(text: &str) -> tree::Expr {
    let mut sources = Sources::default();
    let id = sources.add("condition", text);
    parse_expression(&sources, id).unwrap_or_else(|mistakes| panic!("{}", shown(text, &mistakes)))
}
