//! One record of delimited text: cells between delimiters, quoted ones with line ends in them.

/// How a file of delimited text is laid out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Layout {
    pub(super) delimiter: u8,
    /// `\n`, or `\r` in files of old.
    pub(super) line_end: u8,
}

/// A record as read and taken apart; its buffers are used again for the next.
#[derive(Debug, Default)]
pub(super) struct Record {
    /// As in the file, with the line end.
    raw: Vec<u8>,
    /// The cells one behind the other, without quotes.
    cells: Vec<u8>,
    /// Where each cell ends in `cells`.
    ends: Vec<usize>,
    pub(super) fault: Option<Fault>,
    lines: u64,
    whole: bool,
}

/// Why a record cannot be taken apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fault {
    /// `"abc` and no second quote up to the end of the file
    Unclosed,
    /// `"abc"def`: the cell, counted from 0
    AfterQuote(usize),
}

/// Where in a cell the reading stands.
#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    Start,
    Plain,
    Quoted,
    /// Behind a quote inside a quoted cell: its end, or half of `""`
    Closing,
}

impl Record {
    /// Takes the first record of a text; how many bytes it is long, 0 at the end. Text that ends inside quotes, or
    /// without a line end, is a record of its own where it is the end of the file; else see [`Record::is_whole`].
    pub(super) fn take(&mut self, text: &[u8], layout: Layout) -> usize {
        self.raw.clear();
        self.cells.clear();
        self.ends.clear();
        self.fault = None;
        self.lines = 0;
        self.whole = false;
        let mut state = State::Start;
        let mut rest = text;
        while !rest.is_empty() {
            let end = rest.iter().position(|byte| *byte == layout.line_end);
            let (line, behind) = rest.split_at(end.map_or(rest.len(), |end| end + 1));
            let from = self.raw.len();
            self.raw.extend_from_slice(line);
            self.lines += 1;
            state = self.split(from, state, layout);
            rest = behind;
            if state != State::Quoted {
                self.whole = end.is_some();
                return text.len() - rest.len();
            }
        }
        if !text.is_empty() {
            self.fault = self.fault.or(Some(Fault::Unclosed));
            self.ends.push(self.cells.len());
        }
        text.len()
    }

    /// Whether its line end was there: what came behind is no part of it.
    pub(super) fn is_whole(&self) -> bool {
        self.whole
    }

    /// How many lines it has.
    pub(super) fn lines(&self) -> u64 {
        self.lines
    }

    /// A line with nothing on it; one of delimiters alone is a row of empty cells.
    pub(super) fn is_blank(&self) -> bool {
        self.ends.len() == 1 && self.raw.trim_ascii().is_empty()
    }

    pub(super) fn len(&self) -> usize {
        self.ends.len()
    }

    /// A cell's bytes; empty behind the last.
    pub(super) fn cell(&self, index: usize) -> &[u8] {
        let start = index.checked_sub(1).and_then(|before| self.ends.get(before)).copied().unwrap_or(0);
        let end = self.ends.get(index).copied().unwrap_or(start);
        self.cells.get(start..end).unwrap_or_default()
    }

    /// As in the file, without the line end.
    pub(super) fn raw(&self) -> &[u8] {
        let (line, _) = line_and_end(&self.raw);
        line
    }

    /// Takes the line from `from` on apart; what remains open is the state.
    fn split(&mut self, from: usize, mut state: State, layout: Layout) -> State {
        let (line, end) = line_and_end(self.raw.get(from..).unwrap_or_default());
        let mut rest = line;
        while let Some((&byte, behind)) = rest.split_first() {
            let mut next = behind;
            state = match state {
                State::Start if byte == b'"' => State::Quoted,
                State::Closing if byte == b'"' => {
                    self.cells.push(b'"');
                    State::Quoted
                }
                State::Quoted => {
                    let quote = rest.iter().position(|byte| *byte == b'"').unwrap_or(rest.len());
                    self.cells.extend_from_slice(rest.get(..quote).unwrap_or_default());
                    next = rest.get(quote + 1..).unwrap_or_default();
                    if quote < rest.len() { State::Closing } else { State::Quoted }
                }
                _ if byte == layout.delimiter => {
                    self.ends.push(self.cells.len());
                    State::Start
                }
                _ => {
                    if state == State::Closing {
                        self.fault = self.fault.or(Some(Fault::AfterQuote(self.ends.len())));
                    }
                    let border = rest.iter().position(|byte| *byte == layout.delimiter).unwrap_or(rest.len());
                    self.cells.extend_from_slice(rest.get(..border).unwrap_or_default());
                    next = rest.get(border..).unwrap_or_default();
                    State::Plain
                }
            };
            rest = next;
        }
        if state == State::Quoted {
            self.cells.extend_from_slice(end);
        } else {
            self.ends.push(self.cells.len());
        }
        state
    }
}

/// A line without and with nothing but its end: `\n`, `\r\n`, `\r`.
fn line_and_end(line: &[u8]) -> (&[u8], &[u8]) {
    let body = line.strip_suffix(b"\n").unwrap_or(line);
    let body = body.strip_suffix(b"\r").unwrap_or(body);
    line.split_at(body.len())
}

/// Guesses the layout from the first bytes of a file: its line end, and the delimiter that its header has most of
/// outside quotes (on a tie the comma, then the semicolon), or the tab where it is expected and there.
pub(super) fn layout_of(head: &[u8], tab: bool) -> Layout {
    let line_end = if head.contains(&b'\r') && !head.contains(&b'\n') { b'\r' } else { b'\n' };
    let mut quoted = false;
    let mut counts = [(b',', 0_usize), (b';', 0), (b'\t', 0)];
    for &byte in head.trim_ascii_start() {
        quoted ^= byte == b'"';
        if byte == line_end && !quoted {
            break;
        }
        if let Some((_, count)) = counts.iter_mut().find(|(delimiter, _)| *delimiter == byte && !quoted) {
            *count += 1;
        }
    }
    let expected = |delimiter: u8, count: usize| tab && delimiter == b'\t' && count > 0;
    let most = counts.iter().rev().max_by_key(|(delimiter, count)| (expected(*delimiter, *count), *count));
    Layout { delimiter: most.filter(|(_, count)| *count > 0).map_or(b',', |(delimiter, _)| *delimiter), line_end }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn records(text: &str) -> Vec<(Vec<String>, Option<Fault>)> {
        let layout = layout_of(text.as_bytes(), false);
        let mut record = Record::default();
        let mut all = Vec::new();
        let mut rest = text.as_bytes();
        while !rest.is_empty() {
            rest = &rest[record.take(rest, layout)..];
            let cells = (0..record.len()).map(|at| String::from_utf8_lossy(record.cell(at)).into_owned()).collect();
            all.push((cells, record.fault));
        }
        all
    }

    fn cells(cells: &[&str]) -> (Vec<String>, Option<Fault>) {
        (cells.iter().map(|cell| (*cell).to_owned()).collect(), None)
    }

    #[test]
    fn quotes_hide_delimiters_and_line_ends() {
        assert_eq!(records("a,\"b,\"\"c\r\nd\",\r\n,5\" x"), [cells(&["a", "b,\"c\r\nd", ""]), cells(&["", "5\" x"])]);
        assert_eq!(records("\"\",\"a\"\n"), [cells(&["", "a"])]);
    }

    #[test]
    fn broken_quotes_are_found() {
        let after = records("a,b\n\"x\"y,1\n2,3\n");
        assert_eq!(after[1].1, Some(Fault::AfterQuote(0)));
        assert_eq!(after[2], cells(&["2", "3"]));
        assert_eq!(records("a,b\n1,\"x\n2,3\n")[1].1, Some(Fault::Unclosed));
    }

    #[test]
    fn the_header_tells_the_delimiter() {
        let layout = |text: &str| layout_of(text.as_bytes(), false).delimiter;
        assert_eq!(layout("a,b\n1;2;3;4;5"), b',');
        assert_eq!(layout("a;b,c;d\n"), b';');
        assert_eq!(layout("a\t\"x,y,z\"\n"), b'\t');
        assert_eq!(layout("alone\n"), b',');
        assert_eq!(layout_of(b"a\tb,c,d\n", true).delimiter, b'\t');
        assert_eq!(layout_of(b"a,b\n", true).delimiter, b',');
        assert_eq!(layout_of(b"a,b\r1,2\r", false).line_end, b'\r');
        assert_eq!(records("a,b\r1,2\r"), [cells(&["a", "b"]), cells(&["1", "2"])]);
    }
}
