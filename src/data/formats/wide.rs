//! Where the marks of delimited text stand, 64 bytes at a time, by the widest instructions the machine has.
//!
//! All `unsafe` of the readers is here: loads of as many bytes as an array holds, and calls of functions that need
//! instructions which were asked for first.

#[cfg(target_arch = "x86_64")]
#[allow(unsafe_code)]
mod x86;

use super::record::Layout;

/// How many bytes are looked at in one go.
const CHUNK: usize = 64;

type Chunk = [u8; CHUNK];

/// Which bytes of a chunk are `byte`, the first in the lowest bit.
trait Compare: Copy {
    fn equal(self, chunk: &Chunk, byte: u8) -> u64;
}

/// Separators of a stretch of rows, in order.
#[derive(Debug, Default)]
pub(super) struct Separators {
    /// Where each delimiter and line end outside quotes stands. A row without line end at the end of the text has one
    /// right behind it.
    pub(super) positions: Vec<u32>,
    /// How many of the positions are in use: those behind are left from before.
    pub(super) count: usize,
    /// Behind which position (counted from 1) each row ends.
    pub(super) row_ends: Vec<u32>,
    /// Line ends inside quotes.
    pub(super) inner_lines: Vec<u32>,
    /// One place or more in each row that has quotes, in order.
    pub(super) quotes: Vec<u32>,
}

impl Separators {
    pub(super) fn clear(&mut self) {
        self.count = 0;
        self.row_ends.clear();
        self.inner_lines.clear();
        self.quotes.clear();
    }

    /// Adds one position.
    pub(super) fn push(&mut self, position: u32) {
        self.positions.truncate(self.count);
        self.positions.push(position);
        self.count += 1;
    }

    /// Adds the positions of all set bits.
    #[inline(always)]
    fn push_bits(&mut self, base: u32, mut bits: u64) {
        if self.positions.len() < self.count + CHUNK {
            self.positions.resize((self.count + CHUNK) * 2, 0);
        }
        let added = bits.count_ones() as usize;
        let Some(into) = self.positions.get_mut(self.count..).and_then(|rest| rest.first_chunk_mut::<CHUNK>()) else {
            return;
        };
        // Eight at once, some of them for nothing, cost less than to ask for each whether it is there.
        for eight in into.chunks_exact_mut(8) {
            for position in eight {
                *position = base.wrapping_add(bits.trailing_zeros());
                bits &= bits.wrapping_sub(1);
            }
            if bits == 0 {
                break;
            }
        }
        self.count += added;
    }
}

/// Where the last whole row of a text ends, and where something was met that only careful reading can judge.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct LastRow {
    pub(super) end: usize,
    pub(super) odd: bool,
}

/// Finds the separators from `from` on, where a row begins.
///
/// False: somewhere behind the last row end found stand quotes that are not as they should be, one inside a plain cell
/// or text behind a closing one. Nothing is found from there on.
pub(super) fn separators(text: &[u8], from: usize, layout: Layout, into: &mut Separators) -> bool {
    #[cfg(target_arch = "x86_64")]
    {
        if std::arch::is_x86_feature_detected!("avx2")
            && std::arch::is_x86_feature_detected!("bmi1")
            && std::arch::is_x86_feature_detected!("popcnt")
        {
            // SAFETY: the machine has these instructions, as was just asked.
            #[allow(unsafe_code)]
            return unsafe { x86::separators_avx2(text, from, layout, into) };
        }
        return find_separators(x86::Sse2, text, from, layout, into);
    }
    #[allow(unreachable_code)]
    find_separators(Portable, text, from, layout, into)
}

/// Finds where the last whole row ends; a row begins at `from`.
pub(super) fn last_row_end(text: &[u8], from: usize, layout: Layout) -> LastRow {
    #[cfg(target_arch = "x86_64")]
    {
        if std::arch::is_x86_feature_detected!("avx2") {
            // SAFETY: the machine has these instructions, as was just asked.
            #[allow(unsafe_code)]
            return unsafe { x86::last_row_end_avx2(text, from, layout) };
        }
        return find_last_row_end(x86::Sse2, text, from, layout);
    }
    #[allow(unreachable_code)]
    find_last_row_end(Portable, text, from, layout)
}

/// The first `"`, `\` or control character at or behind `from`; the end of the text where there is none.
#[inline(always)]
pub(super) fn string_stop(text: &[u8], from: usize) -> usize {
    #[cfg(target_arch = "x86_64")]
    {
        let mut at = from;
        while let Some(sixteen) = text.get(at..).and_then(|rest| rest.first_chunk::<16>()) {
            let stops = x86::string_stops(sixteen);
            if stops != 0 {
                return at + stops.trailing_zeros() as usize;
            }
            at += 16;
        }
        return slow_string_stop(text, at);
    }
    #[allow(unreachable_code)]
    slow_string_stop(text, from)
}

fn slow_string_stop(text: &[u8], from: usize) -> usize {
    let rest = text.get(from..).unwrap_or_default();
    from + rest.iter().position(|byte| matches!(byte, b'"' | b'\\' | ..0x20)).unwrap_or(rest.len())
}

/// Where the reading stands between two chunks. The bits are 0 or 1, of the byte before the chunk.
struct Quoting {
    /// All bits set inside quotes.
    inside: u64,
    /// A separator, or the begin.
    separator: u64,
    closing: u64,
    /// `\r` behind a closing quote.
    returned: u64,
}

/// What a chunk has.
struct Marks {
    /// Delimiters and line ends outside quotes.
    separators: u64,
    line_ends: u64,
    inner_lines: u64,
    quotes: u64,
}

impl Quoting {
    fn at_row() -> Quoting {
        Quoting { inside: 0, separator: 1, closing: 0, returned: 0 }
    }

    /// Neither inside quotes nor right behind them.
    fn is_outside(&self) -> bool {
        self.inside | self.closing | self.returned == 0
    }

    /// Takes in the next chunk, of which only the bytes of `valid` are there; `None` where its quotes are odd.
    #[inline(always)]
    fn step<C: Compare>(&mut self, compare: C, chunk: &Chunk, valid: u64, layout: Layout) -> Option<Marks> {
        let quotes = compare.equal(chunk, b'"') & valid;
        let ends = compare.equal(chunk, layout.line_end) & valid;
        let marks = (compare.equal(chunk, layout.delimiter) & valid) | ends;
        if quotes == 0 && self.is_outside() {
            self.separator = marks >> 63;
            return Some(Marks { separators: marks, line_ends: ends, inner_lines: 0, quotes: 0 });
        }
        // From each opening quote up to before the closing one; `""` closes and opens.
        let within = prefix_parity(quotes) ^ self.inside;
        let (opening, closing) = (quotes & within, quotes & !within);
        let separators = marks & !within;
        let behind_separator = separators << 1 | self.separator;
        let behind_closing = closing << 1 | self.closing;
        let returns = behind_closing & compare.equal(chunk, b'\r') & valid & !separators;
        let behind_return = returns << 1 | self.returned;
        let odd = opening & !(behind_separator | behind_closing)
            | behind_closing & !(separators | quotes | returns) & valid
            | behind_return & !ends & valid;
        self.inside = 0_u64.wrapping_sub(within >> 63);
        self.separator = separators >> 63;
        self.closing = closing >> 63;
        self.returned = returns >> 63;
        (odd == 0).then_some(Marks { separators, line_ends: ends & !within, inner_lines: ends & within, quotes })
    }
}

/// Each bit: whether an odd number of bits are set up to and with it.
#[inline(always)]
fn prefix_parity(bits: u64) -> u64 {
    let bits = bits ^ bits << 1;
    let bits = bits ^ bits << 2;
    let bits = bits ^ bits << 4;
    let bits = bits ^ bits << 8;
    let bits = bits ^ bits << 16;
    bits ^ bits << 32
}

/// The chunk at `at`, its end filled up, and which of its bytes are there; `None` at the end.
#[inline(always)]
fn chunk_at<'text>(text: &'text [u8], at: usize, filled: &'text mut Chunk) -> Option<(&'text Chunk, u64)> {
    let rest = text.get(at..)?;
    if let Some(chunk) = rest.first_chunk::<CHUNK>() {
        return Some((chunk, u64::MAX));
    }
    if rest.is_empty() {
        return None;
    }
    filled.get_mut(..rest.len())?.copy_from_slice(rest);
    Some((filled, (1_u64 << rest.len()) - 1))
}

#[inline(always)]
fn find_separators<C: Compare>(compare: C, text: &[u8], from: usize, layout: Layout, into: &mut Separators) -> bool {
    let mut quoting = Quoting::at_row();
    let mut at = from;
    let mut row = from;
    let mut filled = [0; CHUNK];
    while let Some((chunk, valid)) = chunk_at(text, at, &mut filled) {
        let Some(marks) = quoting.step(compare, chunk, valid, layout) else { return false };
        let base = u32::try_from(at).unwrap_or(u32::MAX);
        let before = into.count as u32;
        into.push_bits(base, marks.separators);
        let mut ends = marks.line_ends;
        while ends != 0 {
            let end = ends.trailing_zeros();
            let up_to = u64::MAX >> (63 - end);
            into.row_ends.push(before + (marks.separators & up_to).count_ones());
            row = at + end as usize + 1;
            ends &= ends - 1;
        }
        let mut quotes = marks.quotes;
        while quotes != 0 {
            into.quotes.push(base + quotes.trailing_zeros());
            quotes &= quotes - 1;
        }
        let mut inner = marks.inner_lines;
        while inner != 0 {
            into.inner_lines.push(base + inner.trailing_zeros());
            inner &= inner - 1;
        }
        at += CHUNK;
    }
    if quoting.inside != 0 {
        return false;
    }
    if row < text.len() {
        into.push(u32::try_from(text.len()).unwrap_or(u32::MAX));
        into.row_ends.push(into.count as u32);
    }
    true
}

#[inline(always)]
fn find_last_row_end<C: Compare>(compare: C, text: &[u8], from: usize, layout: Layout) -> LastRow {
    let mut quoting = Quoting::at_row();
    let mut at = from;
    let mut end = from;
    let mut filled = [0; CHUNK];
    loop {
        if quoting.is_outside() {
            // Up to the next quote every line end ends a row.
            let rest = text.get(at..).unwrap_or_default();
            let plain = memchr::memchr(b'"', rest).unwrap_or(rest.len());
            let ends = memchr::memrchr(layout.line_end, rest.get(..plain).unwrap_or_default());
            end = ends.map_or(end, |last| at + last + 1);
            let skipped = plain / CHUNK * CHUNK;
            if let Some(before) = skipped.checked_sub(1).and_then(|last| rest.get(last)) {
                quoting.separator = u64::from(*before == layout.line_end || *before == layout.delimiter);
            }
            at += skipped;
        }
        let Some((chunk, valid)) = chunk_at(text, at, &mut filled) else { break };
        let Some(marks) = quoting.step(compare, chunk, valid, layout) else { return LastRow { end, odd: true } };
        if marks.line_ends != 0 {
            end = at + CHUNK - marks.line_ends.leading_zeros() as usize;
        }
        at += CHUNK;
    }
    LastRow { end, odd: false }
}

/// Byte by byte, for machines whose wide instructions are not used.
#[derive(Clone, Copy)]
#[cfg_attr(target_arch = "x86_64", allow(dead_code))]
struct Portable;

impl Compare for Portable {
    #[inline(always)]
    fn equal(self, chunk: &Chunk, byte: u8) -> u64 {
        chunk.iter().rev().fold(0, |bits, other| bits << 1 | u64::from(*other == byte))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const LAYOUT: Layout = Layout { delimiter: b',', line_end: b'\n' };

    fn found<C: Compare>(compare: C, text: &[u8]) -> (bool, Vec<u32>, Vec<u32>, Vec<u32>) {
        let mut into = Separators::default();
        let whole = find_separators(compare, text, 0, LAYOUT, &mut into);
        into.positions.truncate(into.count);
        (whole, into.positions, into.row_ends, into.inner_lines)
    }

    #[test]
    fn marks_inside_quotes_are_none() {
        //          0123456789 ABCDEF
        let text = b"a,\"b,\n\"\"\"\nc,d";
        assert_eq!(found(Portable, text), (true, vec![1, 9, 11, 13], vec![2, 4], vec![5]));
        assert_eq!(find_last_row_end(Portable, text, 0, LAYOUT), LastRow { end: 10, odd: false });
    }

    #[test]
    fn odd_quotes_are_seen() {
        for text in ["a\",b\n", "\"a\"b,c\n", "x,\"a\" ,c\n", "\"a\"\rb\n", "a\"\"b\n", "\"a\n"] {
            assert!(!found(Portable, text.as_bytes()).0, "{text}");
        }
        for text in ["\"a\"\r\n", "\"a\"\r", "\"\"\n", "\"\"\"\",\"a\"\"b\"", "a\rb\n", ""] {
            assert!(found(Portable, text.as_bytes()).0, "{text}");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

        /// Whatever instructions are used, the same is found, at every place of a chunk.
        #[test]
        fn every_way_finds_the_same(text in "[a,\"\r\n\\\\\u{1}é]{0,300}", padding in 0_usize..70) {
            let text = [vec![b'x'; padding], vec![b','], text.into_bytes()].concat();
            let expected = found(Portable, &text);
            let mut into = Separators::default();
            let whole = separators(&text, 0, LAYOUT, &mut into);
            into.positions.truncate(into.count);
            prop_assert_eq!(&(whole, into.positions, into.row_ends, into.inner_lines), &expected);
            prop_assert_eq!(last_row_end(&text, 0, LAYOUT), find_last_row_end(Portable, &text, 0, LAYOUT));
            prop_assert_eq!(string_stop(&text, 0), slow_string_stop(&text, 0));
            #[cfg(target_arch = "x86_64")]
            prop_assert_eq!(&found(x86::Sse2, &text), &expected);
        }
    }
}
