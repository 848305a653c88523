//! The lines being written.

use unicode_width::UnicodeWidthStr;

/// Behind lines longer than this a comment is not lined up with its neighbours.
const LONGEST_WITH_COMMENT: usize = 90;

#[derive(Default)]
pub(super) struct Page<'a> {
    lines: Vec<Line<'a>>,
    /// Blanks have just been put before what comes next.
    padded: bool,
    /// A block or the file has just been opened: an empty line has no place here.
    opened: bool,
}

struct Line<'a> {
    blank_above: bool,
    indent: usize,
    text: String,
    /// Of all of it, in columns.
    width: usize,
    comment: Option<&'a str>,
}

/// How wide a text is on a screen, in columns.
pub(super) fn width(text: &str) -> usize {
    if text.is_ascii() { text.len() } else { text.width() }
}

impl<'a> Page<'a> {
    pub fn new() -> Page<'a> {
        Page { lines: Vec::new(), padded: false, opened: true }
    }

    /// Begins a line, below an empty one where there may be one.
    pub fn start(&mut self, indent: usize, blank_above: bool) {
        let opened = std::mem::take(&mut self.opened);
        let blank_above = blank_above && !opened;
        self.lines.push(Line { blank_above, indent, text: String::new(), width: indent, comment: None });
        self.padded = false;
    }

    /// The next line is the first of a block, or ends one.
    pub fn open(&mut self) {
        self.opened = true;
    }

    /// In which column the next piece will stand, counted from 0.
    pub fn column(&self) -> usize {
        self.lines.last().map_or(0, |line| line.width)
    }

    /// Whether nothing stands on the line yet.
    pub fn is_fresh(&self) -> bool {
        self.lines.last().is_none_or(|line| line.text.is_empty())
    }

    /// Whether nothing more fits on the line, because a comment ends it.
    pub fn is_closed(&self) -> bool {
        self.lines.last().is_some_and(|line| line.comment.is_some())
    }

    /// Whether the next piece stands apart from what is there already.
    pub fn is_apart(&self) -> bool {
        self.padded || self.is_fresh()
    }

    pub fn write(&mut self, text: &str, width: usize) {
        if let Some(line) = self.lines.last_mut() {
            line.text.push_str(text);
            line.width += width;
        }
        self.padded = false;
    }

    /// Blanks up to a column, at least one.
    pub fn pad_to(&mut self, column: usize) {
        let fresh = self.is_fresh();
        if let Some(line) = self.lines.last_mut() {
            let blanks = column.saturating_sub(line.width).max(usize::from(!fresh));
            line.text.extend(std::iter::repeat_n(' ', blanks));
            line.width += blanks;
        }
        self.padded = true;
    }

    /// A comment at the end of the line.
    pub fn comment(&mut self, text: &'a str) {
        if let Some(line) = self.lines.last_mut() {
            line.comment = Some(text);
        }
    }

    /// A comment on a line of its own.
    pub fn own_comment(&mut self, indent: usize, text: &'a str, blank_above: bool) {
        self.start(indent, blank_above);
        self.write(text, width(text));
    }

    /// The text, with its comments lined up.
    pub fn finish(self, line_end: &str) -> String {
        let columns = comment_columns(&self.lines);
        let mut text = String::new();
        for (line, column) in self.lines.iter().zip(columns) {
            if line.blank_above {
                text.push_str(line_end);
            }
            text.extend(std::iter::repeat_n(' ', line.indent));
            text.push_str(&line.text);
            if let Some(comment) = line.comment {
                text.extend(std::iter::repeat_n(' ', column.saturating_sub(line.width).max(2)));
                text.push_str(comment);
            }
            text.push_str(line_end);
        }
        text
    }
}

/// Comments behind lines that follow each other stand in one column.
fn comment_columns(lines: &[Line<'_>]) -> Vec<usize> {
    let mut columns = vec![0; lines.len()];
    let mut start = 0;
    let together = |above: &Line<'_>, below: &Line<'_>| {
        above.comment.is_some() && below.comment.is_some() && above.indent == below.indent && !below.blank_above
    };
    for run in lines.chunk_by(together) {
        let widths = run.iter().map(|line| line.width).filter(|width| *width <= LONGEST_WITH_COMMENT);
        let column = widths.max().unwrap_or(0) + 2;
        columns.iter_mut().skip(start).take(run.len()).for_each(|place| *place = column);
        start += run.len();
    }
    columns
}
