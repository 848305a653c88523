use crate::lint::written::{Comparison, Literal};
use crate::lint::{Context, Findings, Safety, TextAtom, lint};
use crate::model::{Pattern, TextOperand, TextRelation, TextTest};
use crate::source::Span;
use regex_syntax::ast::{Assertion, AssertionKind, Ast, parse::Parser};

lint! {
    /// Finds a pattern that holds for far more than is meant.
    ///
    /// These are: patterns that every text matches, such as `"*"` or `/.*/`; `contains` with a single letter; a bare dot
    /// in an address, as in `/gmail.com/`, where it stands for any character; and `/^ceo|cto$/`, where `^` belongs to the
    /// first word alone and `$` to the last.
    ///
    /// ## Why it matters
    ///
    /// Such a rule gives its points to leads that nobody thought of, and the score looks right as long as nobody looks
    /// for them.
    ///
    /// ## Example
    ///
    /// ```score
    /// lead {
    ///   id    text key
    ///   phone text
    /// }
    ///
    /// score fit {
    ///   +5 "Left a phone number" when phone matches "*"
    /// }
    /// ```
    ///
    /// ## Better
    ///
    /// ```score
    /// lead {
    ///   id    text key
    ///   phone text
    /// }
    ///
    /// score fit {
    ///   +5 "Left a phone number" when phone is known
    /// }
    /// ```
    pub static PATTERN_TOO_BROAD = "S404", "pattern-too-broad", Text, Warning, Rules(check);
}

/// Ends of addresses and files.
const ENDS: [&str; 24] = [
    "com", "net", "org", "edu", "gov", "io", "ai", "co", "app", "dev", "info", "biz", "eu", "de", "fr", "es", "it",
    "uk", "ir", "in", "pdf", "html", "htm", "php",
];

fn check(context: &Context<'_>, findings: &mut Findings) {
    let written = context.written();
    for atom in context.text_atoms() {
        let Some(comparison) = written.comparison(atom.condition) else { continue };
        match atom.test {
            TextTest::Matches(patterns) => {
                for (pattern, literal) in patterns.iter().zip(&comparison.operands) {
                    look(context, pattern, literal, comparison, atom, findings);
                }
            }
            TextTest::Part { relation: TextRelation::Contains, operands, .. } => {
                for (operand, literal) in operands.iter().zip(&comparison.operands) {
                    if let TextOperand::Literal(text) = operand {
                        single_letter(context, &text.folded, literal.span, findings);
                    }
                }
            }
            _ => {}
        }
    }
}

fn look(
    context: &Context<'_>,
    pattern: &Pattern,
    literal: &Literal,
    comparison: &Comparison,
    atom: &TextAtom<'_>,
    findings: &mut Findings,
) {
    let matches_all = match pattern {
        Pattern::Glob(glob) => every_glob(glob.pattern()),
        Pattern::Regex(regex) => every_regex(regex.as_str()),
        Pattern::List(..) => false,
    };
    if matches_all {
        let subject = context.text(comparison.left);
        let is = if context.text(comparison.operator).contains("not") { "is missing" } else { "is known" };
        let better = format!("{subject} {is}");
        let finding = findings.add(literal.span, format!("every text matches `{}`", context.text(literal.span)));
        finding.help(format!("write `{better}`"));
        finding.fix(format!("write `{better}`"), Safety::Safe, vec![(atom.condition.span, better)]);
        return;
    }
    match pattern {
        Pattern::Glob(glob) => {
            if let Some(letter) = glob.pattern().strip_prefix('*').and_then(|rest| rest.strip_suffix('*')) {
                single_letter(context, letter, literal.span, findings);
            }
        }
        Pattern::Regex(regex) => {
            bare_dot(context, literal.span, findings);
            loose_ends(context, regex.as_str(), literal.span, findings);
        }
        Pattern::List(..) => {}
    }
}

/// A glob that any text matches: it has a run, and asks for one character at most.
fn every_glob(pattern: &str) -> bool {
    let questions = pattern.chars().filter(|letter| *letter == '?').count();
    pattern.contains('*') && questions <= 1 && pattern.chars().all(|letter| matches!(letter, '*' | '?'))
}

/// A regular expression that any text matches: the empty text does, at any place; or one character does, which every
/// text has.
fn every_regex(pattern: &str) -> bool {
    let one_end = match (pattern.strip_prefix('^'), pattern.strip_suffix('$')) {
        (Some(_), Some(_)) => pattern,
        (Some(rest), None) | (None, Some(rest)) => rest,
        (None, None) => pattern,
    };
    if matches!(one_end, "" | "." | ".+" | ".*" | "(.*)" | "(.+)" | ".*?" | ".+?") {
        return true;
    }
    regex_syntax::parse(pattern)
        .is_ok_and(|hir| hir.properties().minimum_len() == Some(0) && hir.properties().look_set().is_empty())
}

fn single_letter(context: &Context<'_>, text: &str, span: Span, findings: &mut Findings) {
    let mut letters = text.chars();
    let (Some(letter), None) = (letters.next(), letters.next()) else { return };
    if letter.is_ascii_alphabetic() {
        let message = format!("nearly every text has {} `{letter}` somewhere", article(letter));
        let finding = findings.add(span, message);
        finding.help(format!("for the letter by itself write `mentions {}`", context.text(span).replace('*', "")));
    }
}

fn article(letter: char) -> &'static str {
    if "aefhilmnorsx".contains(letter) { "an" } else { "a" }
}

/// `/gmail.com/`
fn bare_dot(context: &Context<'_>, span: Span, findings: &mut Findings) {
    let raw = context.text(span);
    let letters: Vec<(usize, char)> = raw.char_indices().collect();
    let mut dots = Vec::new();
    let (mut at, mut in_class) = (0, false);
    while let Some((offset, letter)) = letters.get(at).copied() {
        match letter {
            '\\' => at += 1,
            '[' => in_class = true,
            ']' => in_class = false,
            '.' if !in_class => {
                let before = at.checked_sub(1).and_then(|before| letters.get(before)).map(|(_, letter)| *letter);
                let rest = raw.get(offset + 1..).unwrap_or_default();
                let end: String = rest.chars().take_while(char::is_ascii_alphabetic).collect();
                let follows = rest.get(end.len()..).and_then(|rest| rest.chars().next());
                let is_end = matches!(follows, None | Some('$' | '|' | ')' | '/' | '\\'));
                if before.is_some_and(char::is_alphanumeric) && is_end && ENDS.contains(&end.as_str()) {
                    dots.push((offset, end));
                }
            }
            _ => {}
        }
        at += 1;
    }
    let Some((_, end)) = dots.first() else { return };
    let message = format!("the `.` before `{end}` stands for any character, not for a dot");
    let mut escaped = raw.to_owned();
    for (offset, _) in dots.iter().rev() {
        escaped.insert(*offset, '\\');
    }
    let finding = findings.add(span, message);
    finding.help(format!("write `{escaped}`"));
    finding.fix("write `\\.` for the dot", Safety::Unsafe, vec![(span, escaped)]);
}

/// `/^ceo|cto$/`
fn loose_ends(context: &Context<'_>, pattern: &str, span: Span, findings: &mut Findings) {
    let Ok(tree) = Parser::new().parse(pattern) else { return };
    let Ast::Alternation(branches) = &tree else { return };
    let [first, .., last] = branches.asts.as_slice() else { return };
    let is_loose = ends(first) == (true, false) && ends(last) == (false, true);
    if !is_loose {
        return;
    }
    let finding = findings.add(span, "`^` belongs to the first of these alone, and `$` to the last");
    finding.here("holds for texts that begin with the first or end in the last");
    let inner = context.text(span).strip_prefix("/^").and_then(|rest| rest.strip_suffix("$/"));
    if let Some(inner) = inner {
        let better = format!("/^({inner})$/");
        finding.help(format!("write `{better}`"));
        finding.fix("put them into parentheses", Safety::Unsafe, vec![(span, better)]);
    }
}

/// Whether a part of a pattern begins with `^`, and whether it ends with `$`.
fn ends(part: &Ast) -> (bool, bool) {
    let is = |part: Option<&Ast>, kind: AssertionKind| matches!(part, Some(Ast::Assertion(assertion)) if is_kind(assertion, &kind));
    match part {
        Ast::Concat(parts) => {
            (is(parts.asts.first(), AssertionKind::StartLine), is(parts.asts.last(), AssertionKind::EndLine))
        }
        one => (is(Some(one), AssertionKind::StartLine), is(Some(one), AssertionKind::EndLine)),
    }
}

fn is_kind(assertion: &Assertion, kind: &AssertionKind) -> bool {
    assertion.kind == *kind
}

#[cfg(test)]
mod tests {
    use super::PATTERN_TOO_BROAD;
    use crate::lint::testing::{LEAD, fires, fixed};

    fn text(condition: &str) -> String {
        format!("{LEAD}\nscore fit {{ +5 \"Rule\" when {condition} }}")
    }

    fn about(condition: &str) -> usize {
        fires(&PATTERN_TOO_BROAD, &text(condition)).len()
    }

    #[test]
    fn what_every_text_matches() {
        for (broad, better) in [
            ("title matches \"*\"", "when title is known"),
            ("title does not match \"?*\"", "when title is missing"),
            ("title matches /.*/", "when title is known"),
            ("title matches /x*/", "when title is known"),
            ("title matches any of /ceo|/, /cto/", "when title is known"),
        ] {
            assert_eq!(about(broad), 1, "{broad}");
            let mended = fixed(&PATTERN_TOO_BROAD, &text(broad));
            assert!(mended.contains(better), "{mended}");
        }
    }

    #[test]
    fn single_letters_bare_dots_and_loose_ends() {
        assert_eq!(about("title contains \"a\""), 1);
        assert_eq!(about("title matches \"*e*\""), 1);
        assert!(fixed(&PATTERN_TOO_BROAD, &text("email matches /@gmail.com$/")).contains("/@gmail\\.com$/"));
        assert!(fixed(&PATTERN_TOO_BROAD, &text("title matches /^ceo|cto$/")).contains("/^(ceo|cto)$/"));
    }

    #[test]
    fn what_asks_for_something_is_fine() {
        for fine in [
            "title matches \"??*\"",
            "title matches \"*a\"",
            "title contains \"部\"",
            "title contains \"@\"",
            "title matches /^$|x/",
            "title matches /^ceo$|^cto$/",
            "email matches /@gmail\\.com$/",
            "title matches /c.o/",
            "title matches /\\bx*\\b/",
        ] {
            assert_eq!(about(fine), 0, "{fine}");
        }
    }
}
