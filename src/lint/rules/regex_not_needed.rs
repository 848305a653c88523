use crate::lint::written::{Comparison, in_quotes, is_bare_filter};
use crate::lint::{Context, Findings, Safety, TextAtom, lint};
use crate::model::TextTest;

lint! {
    /// Finds a regular expression that plain words say as well.
    ///
    /// The words compare texts in their folded form, so they also find other ways to write the same: `straße` for
    /// `strasse`, two blanks for one, an Arabic `ي` for a Persian `ی`.
    ///
    /// ## Why it matters
    ///
    /// Those who answer for the model can read `starts with "head"`. Few of them can read `/^head/`, and fewer still can
    /// change it.
    ///
    /// ## Example
    ///
    /// ```score
    /// lead {
    ///   id    text key
    ///   title text
    /// }
    ///
    /// score fit {
    ///   +10 "Leads a team" when title matches /^(head|chief)/
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
    ///   +10 "Leads a team" when title starts with any of "head", "chief"
    /// }
    /// ```
    pub static REGEX_NOT_NEEDED = "S405", "regex-not-needed", Text, Advice, Rules(check);
}

/// What a pattern of plain words asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Asks {
    Is,
    StartsWith,
    EndsWith,
    Mentions,
    Contains,
}

fn check(context: &Context<'_>, findings: &mut Findings) {
    let written = context.written();
    for atom in context.text_atoms() {
        let TextTest::Matches(_) = atom.test else { continue };
        let Some(comparison) = written.comparison(atom.condition) else { continue };
        let Some(better) = better(context, atom, comparison) else { continue };
        let finding = findings.add(atom.condition.span, "plain words say the same as this regular expression");
        finding.help(format!("write `{better}`"));
        finding.fix(format!("write `{better}`"), Safety::Unsafe, vec![(atom.condition.span, better)]);
    }
}

fn better(context: &Context<'_>, atom: &TextAtom<'_>, comparison: &Comparison) -> Option<String> {
    let plain: Vec<(Asks, Vec<String>)> =
        comparison.operands.iter().map(|operand| plain(operand.pattern()?)).collect::<Option<_>>()?;
    let (asks, _) = plain.first()?;
    if plain.iter().any(|(other, _)| other != asks) {
        return None;
    }
    let texts: Vec<String> = plain.iter().flat_map(|(_, texts)| texts).map(|text| in_quotes(text)).collect();
    let negated = context.text(comparison.operator).contains("not");
    let several = texts.len() > 1;
    let words = words(*asks, negated);
    let any_of = match (several, *asks) {
        (false, _) => "",
        (true, Asks::Is) => " one of",
        (true, _) => " any of",
    };
    let better = format!("{} {words}{any_of} {}", context.text(comparison.left), texts.join(", "));
    let wrapped = several && is_bare_filter(context, &atom.place, atom.condition);
    Some(if wrapped { format!("({better})") } else { better })
}

fn words(asks: Asks, negated: bool) -> &'static str {
    match (asks, negated) {
        (Asks::Is, false) => "is",
        (Asks::Is, true) => "is not",
        (Asks::StartsWith, false) => "starts with",
        (Asks::StartsWith, true) => "does not start with",
        (Asks::EndsWith, false) => "ends with",
        (Asks::EndsWith, true) => "does not end with",
        (Asks::Mentions, false) => "mentions",
        (Asks::Mentions, true) => "does not mention",
        (Asks::Contains, false) => "contains",
        (Asks::Contains, true) => "does not contain",
    }
}

/// The texts of a pattern that has nothing but words, and how it asks for them.
fn plain(pattern: &str) -> Option<(Asks, Vec<String>)> {
    let pattern = pattern.strip_prefix("(?i)").unwrap_or(pattern);
    let (start, rest) = match pattern.strip_prefix('^') {
        Some(rest) => (true, rest),
        None => (false, pattern),
    };
    let (end, rest) = match rest.strip_suffix('$').filter(|rest| !rest.ends_with('\\')) {
        Some(rest) => (true, rest),
        None => (false, rest),
    };
    let inside_borders = rest.strip_prefix("\\b").and_then(|rest| rest.strip_suffix("\\b"));
    let is_word = inside_borders.is_some();
    let core = inside_borders.unwrap_or(rest);
    let grouped = core.strip_prefix("(?:").or(core.strip_prefix('(')).and_then(|rest| rest.strip_suffix(')'));
    let texts: Vec<String> = grouped.unwrap_or(core).split('|').map(letters).collect::<Option<_>>()?;
    // In `^a|b` the `^` belongs to `a` alone.
    let reaches_all = grouped.is_some() || texts.len() == 1 || !(start || end || is_word);
    let asks = match (start, end, is_word) {
        (true, true, false) => Asks::Is,
        (true, false, false) => Asks::StartsWith,
        (false, true, false) => Asks::EndsWith,
        (false, false, false) => Asks::Contains,
        (false, false, true) => Asks::Mentions,
        _ => return None,
    };
    let has_borders = |text: &String| {
        let is_of_word = |letter: Option<char>| letter.is_some_and(char::is_alphanumeric);
        is_of_word(text.chars().next()) && is_of_word(text.chars().next_back())
    };
    (reaches_all && (!is_word || texts.iter().all(has_borders))).then_some((asks, texts))
}

/// A piece of a pattern in which every sign stands for itself; blanks at its edges would be dropped from a text.
fn letters(piece: &str) -> Option<String> {
    let mut text = String::new();
    let mut signs = piece.chars();
    while let Some(sign) = signs.next() {
        match sign {
            '\\' => text.push(signs.next().filter(char::is_ascii_punctuation)?),
            '.' | '^' | '$' | '*' | '+' | '?' | '(' | ')' | '[' | ']' | '{' | '}' => return None,
            other => text.push(other),
        }
    }
    (!text.is_empty() && text.trim() == text).then_some(text)
}

#[cfg(test)]
mod tests {
    use super::{Asks, REGEX_NOT_NEEDED, plain};
    use crate::lint::testing::{LEAD, fires, fixed};

    #[test]
    fn patterns_of_plain_words() {
        for (pattern, asks, texts) in [
            ("ceo", Asks::Contains, &["ceo"][..]),
            ("ceo|cto", Asks::Contains, &["ceo", "cto"]),
            ("^head of", Asks::StartsWith, &["head of"]),
            ("\\.pdf$", Asks::EndsWith, &[".pdf"]),
            ("^(?:ceo|cto)$", Asks::Is, &["ceo", "cto"]),
            ("\\bvp\\b", Asks::Mentions, &["vp"]),
        ] {
            let texts: Vec<String> = texts.iter().map(|text| (*text).to_owned()).collect();
            assert_eq!(plain(pattern), Some((asks, texts)), "{pattern}");
        }
    }

    #[test]
    fn patterns_that_ask_for_more() {
        for pattern in
            ["c.o", "^ceo|cto$", "\\d", "manag(er|ing)", "^\\bvp\\b", "\\b(c\\+\\+)\\b", " ceo", "a|", "sr\\.?"]
        {
            assert_eq!(plain(pattern), None, "{pattern}");
        }
    }

    #[test]
    fn filters_without_parentheses_get_them_for_a_list() {
        let text = format!("{LEAD}\nscore fit {{ +5 \"R\" when any page_view where path does not match /^(a|b)/ }}");
        assert_eq!(fires(&REGEX_NOT_NEEDED, &text).len(), 1);
        let mended = fixed(&REGEX_NOT_NEEDED, &text);
        assert!(mended.contains("where (path does not start with any of \"a\", \"b\")"), "{mended}");
    }
}
