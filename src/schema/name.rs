//! From a column's header to a name of the language.

use crate::syntax::is_reserved;
use crate::value::fold_name;
use std::collections::HashSet;
use unicode_properties::{GeneralCategoryGroup, UnicodeGeneralCategory};

/// Members that wrap the properties of an event or a lead without adding a meaning.
const WRAPPERS: [&str; 6] = ["properties.", "property.", "attributes.", "payload.", "data.", "fields."];
/// A longer name is cut, in characters.
const LONGEST: usize = 60;

/// The names given in one block.
#[derive(Debug, Default)]
pub struct Names {
    taken: HashSet<String>,
}

impl Names {
    /// A name for a header as it is written in a rule file, with backticks where it needs them; different from all
    /// given before.
    pub fn name(&mut self, header: &str) -> String {
        let base = base_name(header);
        let mut name = base.clone();
        let mut number = 2_u32;
        while !self.taken.insert(fold_name(&name)) {
            name = format!("{base}_{number}");
            number = number.saturating_add(1);
        }
        written(&name)
    }

    /// Makes sure that a name is never given.
    pub fn reserve(&mut self, name: &str) {
        self.taken.insert(fold_name(name));
    }
}

/// A name for an event, from what the data calls it: `Webinar Attended` becomes `webinar_attended`.
pub fn event_name(called: &str) -> String {
    written(&base_name(called))
}

/// A name as a rule file writes it: `` `from` ``.
fn written(name: &str) -> String {
    if is_plain(name) { name.to_owned() } else { format!("`{name}`") }
}

/// Whether a name needs no backticks.
pub fn is_plain(name: &str) -> bool {
    let mut chars = name.chars();
    let starts = chars.next().is_some_and(|first| first == '_' || is_letter(first));
    starts && chars.all(is_part) && !is_reserved(name) && name != "treat"
}

fn is_letter(char: char) -> bool {
    char.general_category_group() == GeneralCategoryGroup::Letter
}

fn is_part(char: char) -> bool {
    use unicode_properties::GeneralCategory::DecimalNumber;
    char == '_'
        || is_letter(char)
        || char.general_category_group() == GeneralCategoryGroup::Mark
        || char.general_category() == DecimalNumber
}

fn base_name(header: &str) -> String {
    let header = WRAPPERS.iter().find_map(|wrapper| header.strip_prefix(wrapper)).unwrap_or(header).trim();
    if header.chars().any(is_uncased) {
        let kept: String = header.chars().map(|char| if unfit(char) { '_' } else { char }).take(LONGEST).collect();
        return if kept.trim().is_empty() { "column".to_owned() } else { kept.trim().to_owned() };
    }
    let is_lower = !header.chars().any(char::is_uppercase);
    let plain = if is_lower && header.chars().all(is_part) { header.to_owned() } else { words(header).join("_") };
    let plain: String = plain.chars().take(LONGEST).collect();
    match plain.chars().next() {
        None => "column".to_owned(),
        Some(first) if first == '_' || is_letter(first) => plain,
        Some(_) => format!("_{plain}"),
    }
}

/// A letter of a script without capitals, such as Arabic or Han: such headers stay as they are.
fn is_uncased(char: char) -> bool {
    is_letter(char) && !char.is_lowercase() && !char.is_uppercase()
}

/// A character that not even backticks can hold.
fn unfit(char: char) -> bool {
    char == '`' || char.general_category_group() == GeneralCategoryGroup::Other
}

/// The lower-case words of a name: `leadID` and `Lead Id` are `lead`, `id`.
pub fn words(name: &str) -> Vec<String> {
    let chars: Vec<char> = name.chars().collect();
    let mut words = vec![String::new()];
    for (index, char) in chars.iter().enumerate() {
        if !is_part(*char) || *char == '_' {
            words.push(String::new());
            continue;
        }
        let before = index.checked_sub(1).and_then(|before| chars.get(before)).copied().unwrap_or('_');
        let after_is_lower = chars.get(index + 1).is_some_and(|after| after.is_lowercase());
        let begins = char.is_uppercase()
            && (before.is_lowercase() || before.is_numeric() || before.is_uppercase() && after_is_lower);
        if begins {
            words.push(String::new());
        }
        if let Some(word) = words.last_mut() {
            word.extend(char.to_lowercase());
        }
    }
    words.retain(|word| !word.is_empty());
    words
}

#[cfg(test)]
mod tests {
    use super::{Names, words};

    fn name(header: &str) -> String {
        Names::default().name(header)
    }

    #[test]
    fn headers_become_lower_case_words() {
        assert_eq!(name("TotalVisits"), "total_visits");
        assert_eq!(name("Lead Source"), "lead_source");
        assert_eq!(name("leadID"), "lead_id");
        assert_eq!(name("URLPath"), "url_path");
        assert_eq!(name("_fivetran_synced"), "_fivetran_synced");
        assert_eq!(name("all-funky-a9384"), "all_funky_a9384");
        assert_eq!(name("2nd phone"), "_2nd_phone");
        assert_eq!(name("Téléphone"), "téléphone");
        assert_eq!(name("properties.path"), "path");
        assert_eq!(name("company.name"), "company_name");
        assert_eq!(name("  "), "column");
    }

    #[test]
    fn headers_in_scripts_without_capitals_stay() {
        assert_eq!(name("کشور"), "کشور");
        assert_eq!(name("نام شرکت"), "`نام شرکت`");
        assert_eq!(name("会社"), "会社");
    }

    #[test]
    fn words_of_the_language_get_backticks() {
        assert_eq!(name("from"), "`from`");
        assert_eq!(name("From"), "`from`");
        assert_eq!(name("type"), "type");
        assert_eq!(name("id"), "id");
    }

    #[test]
    fn a_name_taken_is_numbered() {
        let mut names = Names::default();
        assert_eq!(names.name("Email"), "email");
        assert_eq!(names.name("email"), "email_2");
        assert_eq!(names.name("E-mail"), "e_mail");
        assert_eq!(names.name("EMAIL"), "email_3");
    }

    #[test]
    fn words_split_at_capitals_and_signs() {
        assert_eq!(words("How did you hear"), ["how", "did", "you", "hear"]);
        assert_eq!(words("createdAt2"), ["created", "at2"]);
    }
}
