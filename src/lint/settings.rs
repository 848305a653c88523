//! How much each lint matters, and what lints are told beyond what they know: `score.toml` and flags.

/// Names that `score.toml` adds to those that lints know.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Names {
    /// `sensitive = ["shoe_size"]`: fields that score people by what they are.
    pub sensitive: Vec<String>,
    /// `not-sensitive = ["postcode"]`: fields that are no concern here.
    pub not_sensitive: Vec<String>,
}
