//! A lint's page, taken apart.

use super::Lint;

/// The parts of a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    /// One sentence: what it finds.
    pub summary: String,
    pub why: String,
    /// A whole model that brings it about.
    pub example: String,
    /// The better version.
    pub better: String,
}

impl Lint {
    pub fn page(&self) -> Page {
        todo!()
    }
}
