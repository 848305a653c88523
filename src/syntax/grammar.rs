//! The parser made from `grammar/score.pest`.

#[derive(pest_derive::Parser)]
#[grammar = "../grammar/score.pest"]
pub(super) struct Grammar;

impl Rule {
    /// Whether it is a word or sign of the language, which says nothing that the rule around it does not say.
    pub(super) fn is_word(self) -> bool {
        (Rule::sign_bar..=Rule::word_yes).contains(&self)
    }
}
