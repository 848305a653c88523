//! `mentions`: whole words and phrases.

use unicode_properties::{GeneralCategory, GeneralCategoryGroup, UnicodeGeneralCategory};
use unicode_script::{Script, ScriptExtension, UnicodeScript};

/// Whether the folded `phrase` occurs in the folded `text` as whole words: at each end of the phrase that is a letter,
/// mark or digit, the neighbour is not one, or a border lies between two letters of a script written without spaces.
/// The empty phrase does not occur.
pub fn contains_phrase(text: &str, phrase: &str) -> bool {
    let mut from = 0;
    while let Some(offset) = text.get(from..).and_then(|rest| rest.find(phrase)) {
        let start = from + offset;
        if stands_alone(text, start, start + phrase.len()) {
            return true;
        }
        // the next occurrence may overlap this one: `x-x` stands alone in `ax-x-x`
        from = start + phrase.chars().next().map_or(text.len() + 1, char::len_utf8);
    }
    false
}

/// Whether what lies between the bytes `start` and `end` of a folded text, not empty and an occurrence of a phrase, has
/// a border at both ends.
pub fn stands_alone(text: &str, start: usize, end: usize) -> bool {
    start < end && is_border(text, start) && is_border(text, end)
}

/// Whether a word can end or begin at this byte.
fn is_border(text: &str, at: usize) -> bool {
    let (Some(before), Some(after)) = (text.get(..at), text.get(at..)) else { return false };
    let (Some(left), Some(right)) = (before.chars().next_back(), after.chars().next()) else { return true };
    if !is_of_word(left) || !is_of_word(right) {
        return true;
    }
    // marks belong to the letter before them: that is the letter which the border must have on its left
    is_letter_without_spaces(right)
        && before.chars().rev().find(|letter| !is_mark(*letter)).is_some_and(is_letter_without_spaces)
}

/// A letter, mark or digit.
fn is_of_word(letter: char) -> bool {
    if letter.is_ascii() {
        return letter.is_ascii_alphanumeric();
    }
    let is_digit = letter.general_category() == GeneralCategory::DecimalNumber;
    is_digit || matches!(letter.general_category_group(), GeneralCategoryGroup::Letter | GeneralCategoryGroup::Mark)
}

fn is_mark(letter: char) -> bool {
    !letter.is_ascii() && letter.general_category_group() == GeneralCategoryGroup::Mark
}

/// A letter of a script written without spaces; the long-vowel mark `ー` is one of kana.
fn is_letter_without_spaces(letter: char) -> bool {
    const SCRIPTS: [Script; 7] =
        [Script::Han, Script::Hiragana, Script::Katakana, Script::Thai, Script::Lao, Script::Khmer, Script::Myanmar];
    if letter.is_ascii() || letter.general_category_group() != GeneralCategoryGroup::Letter {
        return false;
    }
    let scripts: ScriptExtension = letter.script_extension();
    !scripts.is_common() && !scripts.is_inherited() && SCRIPTS.iter().any(|script| scripts.contains_script(*script))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_words_alone() {
        for (text, phrase) in [
            ("vp sales", "vp"),
            ("svp, vp", "vp"),
            ("(ceo)", "ceo"),
            ("vp_sales", "vp"),
            ("head of growth", "head of"),
            ("c++ developer", "c++"),
            ("i know c++17", "c++"),
            ("ax-x-x", "x-x"),
            ("chef d'équipe", "équipe"),
            ("ceo", "ceo"),
        ] {
            assert!(contains_phrase(text, phrase), "{text}: {phrase}");
        }
        for (text, phrase) in [
            ("svp", "vp"),
            ("vps", "vp"),
            ("director", "cto"),
            ("ceo2", "ceo"),
            ("équipement", "équipe"),
            ("e\u{331}\u{301}x", "e"),
            ("objective-c++", "ec++"),
            ("ceo", ""),
            ("", "ceo"),
        ] {
            assert!(!contains_phrase(text, phrase), "{text}: {phrase}");
        }
    }

    #[test]
    fn scripts_without_spaces_have_a_border_between_any_two_letters() {
        for (text, phrase) in [
            ("営業部長", "部長"),
            ("株式会社データ", "データ"),
            ("サーバー管理", "サーバー"),
            ("サーバー", "サーバ"),
            ("ดีการตลาด", "การ"),
            ("ผู้จัดการ", "ผู้"),
            ("မြန်မာ", "မာ"),
        ] {
            assert!(contains_phrase(text, phrase), "{text}: {phrase}");
        }
        // a mark is not cut off its letter, and Latin beside Han has no border
        for (text, phrase) in [("กิน", "ก"), ("東京tower", "東京"), ("東京2", "東京"), ("부장님", "부장")]
        {
            assert!(!contains_phrase(text, phrase), "{text}: {phrase}");
        }
    }
}
