//! Mistakes of meaning: names (`E2..`), types (`E3..`), declarations (`E4..`), rules and scores (`E5..`), tests (`E6..`).

super::codes! {
    /// A name that nothing declares.
    UNKNOWN_NAME = "E201", "unknown-name", "define a = b\n";
}
