//! Frames of source text with what is wrong drawn into them.

use super::frame::{Frame, Related, Texts};
use crate::diagnostics::Diagnostic;
use crate::source::Sources;
use miette::{GraphicalReportHandler, GraphicalTheme, ThemeCharacters, ThemeStyles};
use std::fmt::Write;
use textwrap::WordSeparator;
use textwrap::core::Word;

/// Every diagnostic as a frame, an empty line between them; `width` in columns of the terminal.
pub fn human(sources: &Sources, diagnostics: &[Diagnostic], color: bool, width: usize) -> String {
    let theme = GraphicalTheme {
        characters: ThemeCharacters::unicode(),
        styles: if color { ThemeStyles::ansi() } else { ThemeStyles::none() },
    };
    let handler = GraphicalReportHandler::new_themed(theme)
        .with_links(false)
        .with_width(width.clamp(40, 160))
        .with_break_words(false)
        .with_word_separator(WordSeparator::Custom(words))
        .with_context_lines(1);
    let texts = Texts::of(sources);
    let mut shown = String::new();
    for (index, diagnostic) in diagnostics.iter().enumerate() {
        if index > 0 {
            shown.push('\n');
        }
        let related = Related::of(&texts, diagnostic);
        let mut whole = handler.render_report(&mut shown, &Frame::new(&texts, diagnostic));
        for place in &related {
            whole = whole.and(handler.render_report(&mut shown, place));
        }
        // Writing into a string cannot fail, and every span lies in its file: the frames are always whole.
        if whole.is_err() {
            let _ = writeln!(shown, "{}", super::short::line(sources, diagnostic));
        }
    }
    shown
}

/// Where a line may be broken: at blanks, but not inside backticks, so that what they hold can be copied.
fn words(line: &str) -> Box<dyn Iterator<Item = Word<'_>> + '_> {
    let mut quoted = false;
    let pieces = line.split_inclusive(move |character| {
        quoted ^= character == '`';
        character == ' ' && !quoted
    });
    Box::new(pieces.map(Word::from))
}

#[cfg(test)]
mod tests {
    use super::words;

    #[test]
    fn code_is_not_broken() {
        let words: Vec<_> = words("write `from 0` or `low otherwise` here").map(|word| word.word).collect();
        assert_eq!(words, ["write", "`from 0`", "or", "`low otherwise`", "here"]);
    }
}
