use crate::lint::written::WrittenName;
use crate::lint::{Context, Findings, Safety, lint};
use crate::source::Span;
use crate::value::fold_name;
use std::collections::BTreeMap;
use unicode_script::{Script, UnicodeScript};

lint! {
    /// Finds a word, in a name or a text, with letters of another script that only look right.
    ///
    /// Latin, Cyrillic and Greek share letters that look the same and are not: `а` (Cyrillic) is not `a`. Words that mix
    /// scripts and look it are left alone.
    ///
    /// ## Why it matters
    ///
    /// A rule with such a text never holds, a name with such a letter cannot be typed by anybody else, and no amount of
    /// looking shows why. They come from copying, and from keyboards that switch languages.
    ///
    /// ## Example
    ///
    /// The `С` of this `"СEO"` is Cyrillic:
    ///
    /// ```score
    /// lead {
    ///   id    text key
    ///   title text
    /// }
    ///
    /// score fit {
    ///   +20 "Chief executive" when title mentions "СEO"
    /// }
    /// ```
    ///
    /// ## Better
    ///
    /// ```score
    /// lead {
    ///   id    text key
    ///   title text
    /// }
    ///
    /// score fit {
    ///   +20 "Chief executive" when title mentions "CEO"
    /// }
    /// ```
    pub static MIXED_SCRIPT_NAME = "S407", "mixed-script-name", Text, Warning, Rules(check);
}

/// Letters that look like a Latin one.
const LIKE_LATIN: [(char, char); 50] = [
    ('а', 'a'),
    ('е', 'e'),
    ('о', 'o'),
    ('р', 'p'),
    ('с', 'c'),
    ('у', 'y'),
    ('х', 'x'),
    ('і', 'i'),
    ('ј', 'j'),
    ('ѕ', 's'),
    ('һ', 'h'),
    ('ԁ', 'd'),
    ('А', 'A'),
    ('В', 'B'),
    ('Е', 'E'),
    ('К', 'K'),
    ('М', 'M'),
    ('Н', 'H'),
    ('О', 'O'),
    ('Р', 'P'),
    ('С', 'C'),
    ('Т', 'T'),
    ('У', 'Y'),
    ('Х', 'X'),
    ('І', 'I'),
    ('Ј', 'J'),
    ('Ѕ', 'S'),
    ('Α', 'A'),
    ('Β', 'B'),
    ('Ε', 'E'),
    ('Ζ', 'Z'),
    ('Η', 'H'),
    ('Ι', 'I'),
    ('Κ', 'K'),
    ('Μ', 'M'),
    ('Ν', 'N'),
    ('Ο', 'O'),
    ('Ρ', 'P'),
    ('Τ', 'T'),
    ('Υ', 'Y'),
    ('Χ', 'X'),
    ('ο', 'o'),
    ('ν', 'v'),
    ('ι', 'i'),
    ('α', 'a'),
    ('ρ', 'p'),
    ('υ', 'u'),
    ('κ', 'k'),
    ('η', 'n'),
    ('ѵ', 'v'),
];

/// A word that is not what it looks like.
struct Mixed {
    /// The letter that gives it away.
    letter: char,
    looks_like: char,
    /// With all its letters of one script.
    mended: String,
}

fn check(context: &Context<'_>, findings: &mut Findings) {
    let written = context.written();
    let mut names: BTreeMap<String, Vec<(String, Span)>> = BTreeMap::new();
    for WrittenName { name, .. } in &written.names {
        names.entry(fold_name(&name.text)).or_default().push((name.text.clone(), name.span));
    }
    for uses in names.values() {
        let Some((name, span)) = uses.first() else { continue };
        let Some((mixed, mended)) = mixed(name) else { continue };
        let finding = findings.add(*span, format!("the name `{name}` is not written as it looks: {}", mixed.words()));
        finding.help(format!("write `{mended}` wherever it stands"));
        if !names.contains_key(&fold_name(&mended)) {
            let edits = uses.iter().map(|(name, span)| (*span, context.text(*span).replace(name, &mended))).collect();
            finding.fix(format!("write `{mended}` wherever it stands"), Safety::Unsafe, edits);
        }
    }
    for text in &written.texts {
        let Some((mixed, mended)) = mixed(&text.text) else { continue };
        let message = format!("the text `{}` is not written as it looks: {}", text.text, mixed.words());
        let finding = findings.add(text.span, message);
        finding.help(format!("write `\"{mended}\"`"));
        let raw = context.text(text.span);
        // A letter that is written as an escape was meant.
        if raw.contains(mixed.letter) {
            let edits = vec![(text.span, raw.replace(&text.text, &mended))];
            finding.fix(format!("write `\"{mended}\"`"), Safety::Unsafe, edits);
        }
    }
}

impl Mixed {
    fn words(&self) -> String {
        let script = self.letter.script().full_name();
        format!("its `{}` is a {script} letter, not `{}`", self.letter, self.looks_like)
    }
}

/// The first word of a text that is not what it looks like, and the whole text with all such words mended.
fn mixed(text: &str) -> Option<(Mixed, String)> {
    let mut found = None;
    let mut mended = String::with_capacity(text.len());
    let mut word = String::new();
    for letter in text.chars().map(Some).chain([None]) {
        match letter {
            Some(letter) if letter.is_alphabetic() => word.push(letter),
            other => {
                match mixed_word(&word) {
                    Some(mixed) => {
                        mended += &mixed.mended;
                        found = found.or(Some(mixed));
                    }
                    None => mended += &word,
                }
                word.clear();
                mended.extend(other);
            }
        }
    }
    found.map(|mixed| (mixed, mended))
}

fn mixed_word(word: &str) -> Option<Mixed> {
    let of = |script: Script| word.chars().filter(move |letter| letter.script() == script);
    let latin = of(Script::Latin).count();
    let (cyrillic, greek) = (of(Script::Cyrillic).count(), of(Script::Greek).count());
    let other = match (latin, cyrillic, greek) {
        (1.., 1.., 0) => Script::Cyrillic,
        (1.., 0, 1..) => Script::Greek,
        _ => return None,
    };
    let to_latin = |letter: char| match letter.script() == other {
        true => latin_like(letter),
        false => Some(letter),
    };
    let to_other = |letter: char| match letter.script() == Script::Latin {
        true => like_latin(letter, other),
        false => Some(letter),
    };
    let all = |change: &dyn Fn(char) -> Option<char>| word.chars().map(change).collect::<Option<String>>();
    let (mended, strange) = match all(&to_latin) {
        Some(mended) => (mended, other),
        None => (all(&to_other)?, Script::Latin),
    };
    let (letter, looks_like) = word.chars().zip(mended.chars()).find(|(letter, _)| letter.script() == strange)?;
    Some(Mixed { letter, looks_like, mended })
}

fn latin_like(letter: char) -> Option<char> {
    LIKE_LATIN.iter().find(|(one, _)| *one == letter).map(|(_, latin)| *latin)
}

/// Only for letters that are frequent in their script: no `ѕ`, which hardly any language has.
fn like_latin(letter: char, script: Script) -> Option<char> {
    let is_rare = |letter: char| "ѕЅјЈһԁѵ".contains(letter);
    LIKE_LATIN
        .iter()
        .find(|(one, latin)| *latin == letter && one.script() == script && !is_rare(*one))
        .map(|(one, _)| *one)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::{MIXED_SCRIPT_NAME, mixed};
    use crate::lint::testing::{LEAD, fires, fixed};

    #[test]
    fn words_that_are_not_what_they_look_like() {
        // Cyrillic С; Cyrillic а; Latin o in a Russian word; Greek Α.
        for (text, mended) in [("СEO", "CEO"), ("hеad of", "head of"), ("директoр", "директор"), ("ΑI", "AI")]
        {
            assert_eq!(mixed(text).unwrap().1, mended, "{text}");
        }
    }

    #[test]
    fn words_that_mix_scripts_and_look_it() {
        for text in ["SEOшник", "IT-отдел", "директор", "µm", "田中CEO", "کد_crm", "Αθήνα", "CEO генерал"]
        {
            assert!(mixed(text).is_none(), "{text}");
        }
    }

    #[test]
    fn names_are_mended_wherever_they_stand() {
        // The `о` of the define is Cyrillic, in all three places.
        let text = format!(
            "{LEAD}\ndefine lоcal = country is \"ES\"\nscore fit {{ +5 \"A\" when lоcal\n +1 \"B\" when not lоcal }}"
        );
        assert_eq!(fires(&MIXED_SCRIPT_NAME, &text).len(), 1);
        let mended = fixed(&MIXED_SCRIPT_NAME, &text);
        assert!(mended.is_ascii(), "{mended}");
    }
}
