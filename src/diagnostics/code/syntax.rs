//! Mistakes of spelling and layout, found before any meaning is looked at: `E101` to `E199`.

super::codes! {
    /// A text whose closing quote is missing on its line.
    UNCLOSED_TEXT = "E101", "unclosed-text", "list a = \"x\n";
}
