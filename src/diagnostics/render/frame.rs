//! Our diagnostics as miette takes them, with lines found by the line index and columns in characters.

use super::visible::visible;
use crate::diagnostics::{Diagnostic, Label, Severity};
use crate::source::{FileId, Sources, Span};
use miette::{LabeledSpan, MietteError, SourceCode, SourceSpan, SpanContents};
use std::borrow::Cow;
use std::fmt;
use std::ops::Range;

/// The files of a model with their texts safe to show.
pub struct Texts<'a> {
    sources: &'a Sources,
    /// By [`FileId`].
    visible: Vec<Cow<'a, str>>,
}

impl<'a> Texts<'a> {
    pub fn of(sources: &'a Sources) -> Texts<'a> {
        Texts { sources, visible: sources.ids().map(|id| visible(&sources.file(id).text)).collect() }
    }

    /// Whether two places fit into one frame.
    fn near(&self, one: Span, other: Span) -> bool {
        let line = |span: Span| {
            let file = self.sources.file(span.file);
            file.lines.position(&file.text, span.start as usize).line
        };
        one.file == other.file && line(one).abs_diff(line(other)) <= NEAR
    }

    /// What is drawn of a place: of one that runs over many lines, the first.
    fn shown(&self, span: Span) -> Range<usize> {
        let file = self.sources.file(span.file);
        let range = span.range();
        let line = |offset: usize| file.lines.position(&file.text, offset).line;
        let first = line(range.start);
        if line(range.end.saturating_sub(1)).saturating_sub(first) <= NEAR {
            return range;
        }
        let end = file.lines.start_of(first + 1).unwrap_or(range.end);
        let text = file.text.get(range.start..end).unwrap_or_default();
        range.start..range.start + text.trim_end().len()
    }
}

/// A diagnostic with the labels that lie in its own file.
pub struct Frame<'a> {
    diagnostic: &'a Diagnostic,
    source: FrameSource<'a>,
}

/// Further than so many lines from the first label, a label has a frame of its own: all between would be shown.
const NEAR: usize = 6;

/// A label in another file, or far away: shown below, in a frame of its own.
pub struct Related<'a> {
    label: &'a Label,
    /// Where it is from the place that the diagnostic is about
    whereabouts: &'static str,
    source: FrameSource<'a>,
}

impl<'a> Related<'a> {
    pub fn of(texts: &'a Texts<'a>, diagnostic: &'a Diagnostic) -> Vec<Related<'a>> {
        let elsewhere = diagnostic.labels.iter().filter(|label| !texts.near(label.span, diagnostic.span()));
        let whereabouts = |span: Span| match diagnostic.span() {
            here if here.file != span.file => "and in another file",
            here if here.start < span.start => "and further down",
            _ => "and further up",
        };
        let related = |label: &'a Label| Related {
            label,
            whereabouts: whereabouts(label.span),
            source: FrameSource { texts, file: label.span.file },
        };
        elsewhere.map(related).collect()
    }
}

impl<'a> Frame<'a> {
    pub fn new(texts: &'a Texts<'a>, diagnostic: &'a Diagnostic) -> Frame<'a> {
        Frame { diagnostic, source: FrameSource { texts, file: diagnostic.span().file } }
    }
}

fn labeled(texts: &Texts<'_>, label: &Label, primary: bool) -> LabeledSpan {
    let text = (!label.text.is_empty()).then(|| visible(&label.text).into_owned());
    let span = SourceSpan::from(texts.shown(label.span));
    if primary { LabeledSpan::new_primary_with_span(text, span) } else { LabeledSpan::new_with_span(text, span) }
}

impl miette::Diagnostic for Frame<'_> {
    fn code<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        let info = self.diagnostic.code.0;
        Some(Box::new(format!("{} {}", info.id, info.name)))
    }

    fn severity(&self) -> Option<miette::Severity> {
        Some(match self.diagnostic.severity {
            Severity::Error => miette::Severity::Error,
            Severity::Warning => miette::Severity::Warning,
            Severity::Advice => miette::Severity::Advice,
        })
    }

    fn help<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        self.diagnostic.help.as_ref().map(|help| Box::new(visible(help)) as Box<dyn fmt::Display>)
    }

    fn source_code(&self) -> Option<&dyn SourceCode> {
        Some(&self.source)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        let texts = self.source.texts;
        let near = self.diagnostic.labels.iter().filter(|label| texts.near(label.span, self.diagnostic.span()));
        Some(Box::new(near.enumerate().map(|(index, label)| labeled(texts, label, index == 0))))
    }
}

impl miette::Diagnostic for Related<'_> {
    fn severity(&self) -> Option<miette::Severity> {
        Some(miette::Severity::Advice)
    }

    fn source_code(&self) -> Option<&dyn SourceCode> {
        Some(&self.source)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        Some(Box::new(std::iter::once(labeled(self.source.texts, self.label, true))))
    }
}

impl fmt::Display for Frame<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&visible(&self.diagnostic.message))
    }
}

impl fmt::Display for Related<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.whereabouts)
    }
}

macro_rules! plain {
    ($($name:ident),*) => { $(
        impl fmt::Debug for $name<'_> {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(stringify!($name))
            }
        }

        impl std::error::Error for $name<'_> {}
    )* };
}

plain!(Frame, Related);

/// One file of the sources.
struct FrameSource<'a> {
    texts: &'a Texts<'a>,
    file: FileId,
}

/// Some whole lines of a file; the position is that of the span that was asked for, or of the first line shown.
struct Lines<'a> {
    text: &'a str,
    span: SourceSpan,
    line: usize,
    column: usize,
    count: usize,
    name: &'a str,
}

impl SourceCode for FrameSource<'_> {
    fn read_span<'a>(
        &'a self,
        span: &SourceSpan,
        context_before: usize,
        context_after: usize,
    ) -> Result<Box<dyn SpanContents<'a> + 'a>, MietteError> {
        let file = self.texts.sources.file(self.file);
        let visible = self.texts.visible.get(self.file.0 as usize).ok_or(MietteError::OutOfBounds)?;
        let start = file.lines.position(&file.text, span.offset());
        let end = file.lines.position(&file.text, span.offset() + span.len().saturating_sub(1));
        let first = start.line.saturating_sub(context_before).max(1);
        let from = file.lines.start_of(first).unwrap_or(0);
        let until = file.lines.start_of(end.line + context_after + 1).unwrap_or(file.text.len());
        let text = visible.get(from..until).ok_or(MietteError::OutOfBounds)?;
        let column = if context_before == 0 { start.column - 1 } else { 0 };
        Ok(Box::new(Lines {
            text,
            span: (from, until - from).into(),
            line: first - 1,
            column,
            count: file.lines.count(),
            name: &file.name,
        }))
    }
}

impl<'a> SpanContents<'a> for Lines<'a> {
    fn data(&self) -> &'a [u8] {
        self.text.as_bytes()
    }

    fn span(&self) -> &SourceSpan {
        &self.span
    }

    fn name(&self) -> Option<&str> {
        Some(self.name)
    }

    fn line(&self) -> usize {
        self.line
    }

    fn column(&self) -> usize {
        self.column
    }

    fn line_count(&self) -> usize {
        self.count
    }
}

#[cfg(test)]
mod tests {
    use crate::diagnostics::{Diagnostic, code, render};
    use crate::source::{Sources, Span};

    /// Two labels twenty lines apart, the second on a block of ten: neither the lines between nor the block are shown.
    #[test]
    fn what_lies_between_far_places_is_left_out() {
        let mut sources = Sources::default();
        let lines: Vec<String> = (1..=40).map(|number| format!("line{number:02}\n")).collect();
        let file = sources.add("m.score", lines.concat());
        // Each line is seven bytes: line 3 begins at 14, line 23 at 154, line 33 at 224.
        let wrong = Diagnostic::error(code::check::BANDS_GAP, Span::new(file, 14, 20), "too low")
            .here("here")
            .also(Span::new(file, 154, 224), "the score");
        let shown = render::human(&sources, &[wrong], false, 80);
        for (line, there) in [(3, true), (4, true), (10, false), (23, true), (24, true), (28, false)] {
            assert_eq!(shown.contains(&format!("line{line:02}")), there, "{line}\n{shown}");
        }
        assert!(shown.contains("and further down"), "{shown}");
    }

    /// `b` stands in the twelfth column, counted in characters: `شهر` before it is three letters in six bytes.
    #[test]
    fn columns_are_characters() {
        let mut sources = Sources::default();
        let file = sources.add("m.score", "list شهر = b\n");
        let at = sources.file(file).text.find('b').unwrap_or(0);
        let wrong = Diagnostic::error(code::check::UNKNOWN_NAME, Span::new(file, at, at + 1), "nothing is called `b`");
        let shown = render::human(&sources, &[wrong], false, 80);
        assert!(shown.contains("m.score:1:12"), "{shown}");
        assert!(shown.contains("list شهر = b"), "{shown}");
    }
}
