//! `mentions`: whole words and phrases.

/// Whether the folded `phrase` occurs in the folded `text` as whole words: at each end of the phrase that is a letter,
/// mark or digit, the neighbour is not one, or a border lies between two letters of a script written without spaces.
pub fn contains_phrase(text: &str, phrase: &str) -> bool {
    todo!()
}
