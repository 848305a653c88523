//! Globs: `*` any run, `?` one code point, over folded text.

/// `matches "*manager?"`, folded; covers the whole value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Glob {
    /// Folded, `*` and `?` kept.
    pattern: String,
}

impl Glob {
    /// `None` where the pattern folds to nothing.
    pub fn new(pattern: &str) -> Option<Glob> {
        todo!()
    }

    pub fn pattern(&self) -> &str {
        &self.pattern
    }

    /// Whether a folded text matches, in time that grows with text times pattern at most.
    pub fn matches(&self, folded: &str) -> bool {
        todo!()
    }
}
