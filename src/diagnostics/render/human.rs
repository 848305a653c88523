//! Frames of source text with what is wrong drawn into them.

use super::frame::{Frame, Related};
use crate::diagnostics::Diagnostic;
use crate::source::Sources;
use miette::{GraphicalReportHandler, GraphicalTheme, ThemeCharacters, ThemeStyles};
use std::fmt::Write;

/// Every diagnostic as a frame, an empty line between them; `width` in columns of the terminal.
pub fn human(sources: &Sources, diagnostics: &[Diagnostic], color: bool, width: usize) -> String {
    let theme = GraphicalTheme {
        characters: ThemeCharacters::unicode(),
        styles: if color { ThemeStyles::ansi() } else { ThemeStyles::none() },
    };
    let handler = GraphicalReportHandler::new_themed(theme)
        .with_links(false)
        .with_width(width.clamp(40, 160))
        .with_context_lines(1);
    let mut shown = String::new();
    for (index, diagnostic) in diagnostics.iter().enumerate() {
        if index > 0 {
            shown.push('\n');
        }
        let related = Related::of(sources, diagnostic);
        let frame = Frame::new(sources, diagnostic, &related);
        // Writing into a string cannot fail, and every span lies in its file: the frame is always whole.
        if handler.render_report(&mut shown, &frame).is_err() {
            let _ = writeln!(shown, "{}", super::short::line(sources, diagnostic));
        }
    }
    shown
}
