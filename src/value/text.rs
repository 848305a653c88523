//! Text, and the folded form in which it is compared.

/// A text value: as given (trimmed, NFC) and folded. The folded form is never empty: such a value is missing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Text {
    pub given: String,
    pub folded: String,
}

impl Text {
    /// `None` where the text folds to nothing.
    pub fn new(text: &str) -> Option<Text> {
        todo!()
    }
}

/// The form in which texts are compared: NFKC, full case folding (U+0307 after `i` dropped), trimmed, inner white space
/// collapsed; Arabic letter variants unified; tatweel, joiners, harakat and bidirectional controls dropped;
/// Arabic-Indic and Persian digits as ASCII. Folding twice changes nothing.
pub fn fold(text: &str) -> String {
    todo!()
}

/// The form in which names of the language are compared: NFKC, without joiners, Arabic letter variants unified; case
/// counts.
pub fn fold_name(name: &str) -> String {
    todo!()
}

/// Whether a text folds to nothing.
pub fn is_blank(text: &str) -> bool {
    fold(text).is_empty()
}
