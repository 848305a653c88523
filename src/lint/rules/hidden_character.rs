use crate::lint::written::{Written, WrittenText};
use crate::lint::{Context, Finding, Findings, Safety, lint};
use crate::source::Span;
use crate::value::{fold, is_blank};
use unicode_script::{Script, UnicodeScript};

lint! {
    /// Finds a character inside a text that cannot be seen.
    ///
    /// These are controls of the writing direction, blanks without width, soft hyphens and the like. Joiners are left
    /// alone where their script needs them, as in `بنیان‌گذار`. Written as an escape, `\u{200B}`, such a character can be
    /// seen and is meant. Outside texts it is an error.
    ///
    /// ## Why it matters
    ///
    /// It comes along when a text is copied from a web page or a spreadsheet. In the name of a column or in a pattern the
    /// data must have it, too, and never has; direction controls make a line read other than it runs.
    ///
    /// ## Example
    ///
    /// A blank without width stands behind `rival.com`:
    ///
    /// ```score
    /// lead {
    ///   id    text key
    ///   email text
    /// }
    ///
    /// exclude "Competitor" when domain of email is "rival.com​"
    ///
    /// score fit {
    ///   +5 "E-mail" when email is known
    /// }
    /// ```
    ///
    /// ## Better
    ///
    /// ```score
    /// lead {
    ///   id    text key
    ///   email text
    /// }
    ///
    /// exclude "Competitor" when domain of email is "rival.com"
    ///
    /// score fit {
    ///   +5 "E-mail" when email is known
    /// }
    /// ```
    pub static HIDDEN_CHARACTER = "S408", "hidden-character", Text, Warning, Rules(check);
}

fn check(context: &Context<'_>, findings: &mut Findings) {
    let written = context.written();
    for text in &written.texts {
        let Some((hidden, shown)) = hidden(context.text(text.span)) else { continue };
        let finding = report(text.span, hidden, "text", findings);
        help(context, written, text, shown, finding);
    }
    for pattern in written.patterns() {
        let Some((hidden, shown)) = hidden(context.text(pattern.span)) else { continue };
        let finding = report(pattern.span, hidden, "pattern", findings);
        finding.help("take it away: only values that have it, too, match");
        finding.fix("take it away", Safety::Unsafe, vec![(pattern.span, shown)]);
    }
}

fn report<'f>(span: Span, hidden: char, what: &str, findings: &'f mut Findings) -> &'f mut Finding {
    let name = name(hidden);
    findings.add(span, format!("{name} (U+{:04X}), which nobody sees, stands in this {what}", u32::from(hidden)))
}

/// What it does there, and the text without it.
fn help(context: &Context<'_>, written: &Written, text: &WrittenText, shown: String, finding: &mut Finding) {
    let edits = vec![(text.span, shown.clone())];
    let same = written.texts.iter().filter(|other| other.text == text.text).count();
    let is_same_folded = fold(context.text(text.span)) == fold(&shown);
    if is_blank(shown.trim_matches('"')) {
        finding.help("write what is meant, as an escape if need be: `\\u{200B}`");
    } else if text.is_compared && is_same_folded {
        finding.help("take it away: it does not count when texts are compared");
        finding.fix("take it away", Safety::Safe, edits);
    } else if text.is_compared || text.is_exact {
        finding.help("take it away: only data that has it, too, is found");
        finding.fix("take it away", Safety::Unsafe, edits);
    } else if same == 1 && !is_named_in_tests(context, &text.text) {
        finding.help("take it away");
        finding.fix("take it away", Safety::Safe, edits);
    } else {
        finding.help("take it away, here and wherever else the same text stands");
    }
}

/// Whether a test may go by this text: the label of a rule, the reason of an exclusion.
fn is_named_in_tests(context: &Context<'_>, text: &str) -> bool {
    let files = context.program.sources.ids().map(|id| context.program.sources.file(id).text.matches(text).count());
    files.sum::<usize>() > 1
}

/// The first hidden character of a text as written, and the text without any.
fn hidden(raw: &str) -> Option<(char, String)> {
    let letters: Vec<char> = raw.chars().collect();
    let is_hidden_at = |at: usize, letter: char| {
        let before = letters.get(..at).and_then(|before| before.iter().rev().find(|other| !is_joiner(**other)));
        let after = letters.get(at + 1..).and_then(|after| after.iter().find(|other| !is_joiner(**other)));
        match is_joiner(letter) {
            true => !before.into_iter().chain(after).any(takes_joiners),
            false => is_hidden(letter),
        }
    };
    let first =
        letters.iter().enumerate().find(|(at, letter)| is_hidden_at(*at, **letter)).map(|(_, letter)| *letter)?;
    let shown = letters.iter().enumerate().filter(|(at, letter)| !is_hidden_at(*at, **letter));
    Some((first, shown.map(|(_, letter)| *letter).collect()))
}

/// Zero-width non-joiner and joiner.
fn is_joiner(letter: char) -> bool {
    matches!(letter, '\u{200C}' | '\u{200D}')
}

/// A letter of a script that joins letters, or a picture.
fn takes_joiners(letter: &char) -> bool {
    let is_plain = matches!(letter.script(), Script::Latin | Script::Greek | Script::Cyrillic | Script::Han);
    !is_plain && !letter.is_ascii()
}

fn is_hidden(letter: char) -> bool {
    let is_control = letter.is_control() && letter != '\t';
    is_control
        || is_bidi(letter)
        || matches!(letter, '\u{AD}' | '\u{180E}' | '\u{200B}' | '\u{2060}'..='\u{2064}' | '\u{FEFF}')
        || matches!(letter, '\u{115F}' | '\u{1160}' | '\u{3164}' | '\u{FFA0}' | '\u{FFF9}'..='\u{FFFB}')
}

fn is_bidi(letter: char) -> bool {
    matches!(letter, '\u{61C}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

fn name(letter: char) -> &'static str {
    match letter {
        _ if is_bidi(letter) => "a control of the writing direction",
        '\u{AD}' => "a soft hyphen",
        '\u{200B}' | '\u{FEFF}' | '\u{2060}' => "a blank without width",
        '\u{200C}' | '\u{200D}' => "a joiner between letters that do not join",
        _ => "a character",
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::{HIDDEN_CHARACTER, hidden};
    use crate::lint::Safety;
    use crate::lint::testing::{LEAD, fires};

    #[test]
    fn what_nobody_sees() {
        for text in ["\"a\u{200B}b\"", "\"\u{202E}ab\"", "\"so\u{AD}ft\"", "\"a\u{200C}b\"", "\"\u{FEFF}x\""] {
            assert!(hidden(text).is_some(), "{text:?}");
        }
        assert_eq!(hidden("\"a\u{200B}b\u{200B}\"").unwrap().1, "\"ab\"");
    }

    #[test]
    fn what_is_seen_or_needed() {
        for text in
            ["\"بنیان\u{200C}گذار\"", "\"क\u{200D}ष\"", "\"👩\u{200D}💻\"", "\"a b\"", "\"\\u{200B}\"", "\"naïve\""]
        {
            assert!(hidden(text).is_none(), "{text:?}");
        }
    }

    #[test]
    fn only_what_does_not_count_is_taken_away_safely() {
        let safety = |condition: &str| {
            let text = format!("{LEAD}\nscore fit {{ +5 \"Rule\" when {condition} }}");
            fires(&HIDDEN_CHARACTER, &text)[0].fix.as_ref().map(|fix| fix.safety)
        };
        assert_eq!(safety("title is \"a\u{200B}b\""), Some(Safety::Safe));
        // Folding keeps a soft hyphen.
        assert_eq!(safety("title is \"a\u{AD}b\""), Some(Safety::Unsafe));
        assert_eq!(safety("title matches /a\u{200B}b/"), Some(Safety::Unsafe));
        let column = format!("{LEAD}\nevent x called \"X\u{200B}\"\nscore fit {{ +5 when any x }}");
        assert_eq!(fires(&HIDDEN_CHARACTER, &column)[0].fix.as_ref().map(|fix| fix.safety), Some(Safety::Unsafe));
    }
}
