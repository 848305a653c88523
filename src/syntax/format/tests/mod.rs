//! The layout by example, and its laws on generated texts.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod blocks;
mod comments;
mod dice;
mod laws;
mod lines;
mod models;
mod scramble;

use crate::source::Sources;
use crate::syntax::{format, parse};

/// The layout of a text; it holds for what comes out, too.
fn formatted(text: &str) -> String {
    let once = pass(text);
    assert_eq!(pass(&once), once, "a second pass changes something; the text was:\n{text}");
    once
}

fn pass(text: &str) -> String {
    let mut sources = Sources::default();
    let id = sources.add("test.score", text);
    let (file, mistakes) = parse(&sources, id);
    assert!(mistakes.is_empty(), "{mistakes:?}\nin:\n{text}");
    let read = &sources.file(id).text;
    format::format(read, &file).unwrap_or_else(|difference| {
        panic!("{difference:?}\nin:\n{text}\nwhich became:\n{}", format::laid_out(read, &file))
    })
}

/// Whether a text has no mistakes.
fn is_read(text: &str) -> bool {
    let mut sources = Sources::default();
    let id = sources.add("test.score", text);
    parse(&sources, id).1.is_empty()
}

/// A text is laid out so.
fn becomes(text: &str, expected: &str) {
    let found = formatted(text);
    assert_eq!(found, expected, "\n{found}\ninstead of\n{expected}");
}

/// A text is laid out already.
fn stays(text: &str) {
    becomes(text, text);
}
