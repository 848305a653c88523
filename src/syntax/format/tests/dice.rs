//! Choices from a row of bytes: when they run out every choice is the first, so that generated texts end and shrink.

pub(super) struct Dice<'b> {
    bytes: &'b [u8],
    at: usize,
}

impl<'b> Dice<'b> {
    pub fn new(bytes: &'b [u8]) -> Dice<'b> {
        Dice { bytes, at: 0 }
    }

    /// From 0 up to `sides`, without it.
    pub fn roll(&mut self, sides: usize) -> usize {
        let byte = self.bytes.get(self.at).copied().unwrap_or(0);
        self.at += 1;
        usize::from(byte) % sides.max(1)
    }

    pub fn one<'t>(&mut self, of: &[&'t str]) -> &'t str {
        of[self.roll(of.len())]
    }

    /// In half of all cases.
    pub fn may(&mut self, text: impl FnOnce(&mut Self) -> String) -> String {
        if self.roll(2) == 1 { text(self) } else { String::new() }
    }

    /// One to `most` of them.
    pub fn some(&mut self, most: usize, between: &str, mut text: impl FnMut(&mut Self) -> String) -> String {
        let count = 1 + self.roll(most);
        (0..count).map(|_| text(self)).collect::<Vec<_>>().join(between)
    }
}
