//! What `matches` takes: globs in quotes, regular expressions between slashes, lists of globs.

use super::Expressions;
use super::names::Meaning;
use crate::check::constants::bare;
use crate::diagnostics::code::check as code;
use crate::model::Pattern;
use crate::source::Span;
use crate::syntax::tree::{Expr, ExprKind};
use crate::value::Glob;
use regex::{Regex, RegexBuilder};

/// The largest compiled pattern, in bytes.
const LARGEST_PATTERN: usize = 1 << 20;
/// How deep parentheses in a pattern may nest.
const DEEPEST_PATTERN: u32 = 64;

impl Expressions<'_> {
    pub(super) fn patterns(&mut self, operands: &[Expr], several: bool) -> Option<Vec<Pattern>> {
        let checked: Vec<Option<Pattern>> = operands.iter().map(|operand| self.pattern(operand, several)).collect();
        checked.into_iter().collect()
    }

    fn pattern(&mut self, operand: &Expr, several: bool) -> Option<Pattern> {
        let inner = bare(operand);
        match &inner.kind {
            ExprKind::Pattern(pattern) => self.regex(pattern, inner.span).map(Pattern::Regex),
            ExprKind::Text(text) => {
                let glob = Glob::new(text);
                if glob.is_none() {
                    self.literal_text("", inner.span)?;
                }
                glob.map(Pattern::Glob)
            }
            ExprKind::Name(name) if several && self.is_known(name) => match self.meaning(name)? {
                Meaning::List(id) => {
                    let values =
                        self.model.lists.get(id.index()).map(|list| list.values.as_slice()).unwrap_or_default();
                    Some(Pattern::List(id, values.iter().filter_map(|value| Glob::new(&value.given)).collect()))
                }
                Meaning::Value(_) => self.no_pattern(inner),
            },
            _ => self.no_pattern(inner),
        }
    }

    fn no_pattern<T>(&mut self, operand: &Expr) -> Option<T> {
        let text = self.findings.expr(operand);
        let help = match &operand.kind {
            ExprKind::Name(name) if !self.is_known(name) => format!("put quotes around it: `matches \"{text}\"`"),
            ExprKind::Name(name) if self.is_list(&name.text) => format!("write `matches any of {text}`"),
            ExprKind::Name(_) => format!("to compare with another text write `contains {text}`"),
            _ => "write `matches \"*manager*\"` or `matches /manag(er|ing)/`".to_owned(),
        };
        self.findings.error(
            code::PATTERN_MISPLACED,
            operand.span,
            format!("`matches` takes a pattern in quotes or between slashes, and `{text}` is none"),
            help,
        );
        None
    }

    fn is_list(&self, name: &str) -> bool {
        matches!(self.model.names.get(&crate::value::fold_name(name)), Some(crate::model::Symbol::List(_)))
    }

    fn regex(&mut self, pattern: &str, span: Span) -> Option<Regex> {
        if pattern.is_empty() {
            self.findings.error(
                code::WRONG_PATTERN,
                span,
                "this pattern is empty, so every text would match",
                "write what to search for: `/manag(er|ing)/`",
            );
            return None;
        }
        let built = RegexBuilder::new(pattern)
            .case_insensitive(true)
            .unicode(true)
            .size_limit(LARGEST_PATTERN)
            .nest_limit(DEEPEST_PATTERN)
            .build();
        match built {
            Ok(regex) => Some(regex),
            Err(regex::Error::CompiledTooBig(_)) => {
                self.findings.error(
                    code::PATTERN_TOO_LARGE,
                    span,
                    "this pattern is too large",
                    "repeat less, `{1,20}` instead of `{1,1000}`, or write several smaller patterns",
                );
                None
            }
            Err(error) => {
                let (message, help) = plain_words(&error.to_string(), pattern);
                self.findings.error(code::WRONG_PATTERN, span, message, help);
                None
            }
        }
    }
}

/// What is wrong with a pattern, and where, in plain words.
fn plain_words(error: &str, pattern: &str) -> (String, String) {
    let reason = error.lines().rev().find_map(|line| line.strip_prefix("error: ")).unwrap_or_default();
    let (what, help) = match reason {
        reason if reason.contains("unclosed group") => {
            ("a `(` is never closed", "close it with `)`, or write `\\(` for the sign")
        }
        reason if reason.contains("unopened group") => {
            ("a `)` was never opened", "remove it, or write `\\)` for the sign")
        }
        reason if reason.contains("unclosed character class") => {
            ("a `[` is never closed", "close it with `]`, or write `\\[` for the sign")
        }
        reason if reason.contains("repetition operator missing expression") => (
            "there is nothing to repeat before `*`, `+` or `?`",
            "put a letter or a group before it, or write `\\*` for the sign",
        ),
        reason if reason.contains("look-around") => {
            ("looking ahead or back, `(?=` or `(?<`, can't be done", "write it as two conditions joined with `and`")
        }
        reason if reason.contains("backreferences") => {
            ("referring back, `\\1`, can't be done", "write out what should match")
        }
        reason if reason.contains("unrecognized escape") => {
            ("`\\` stands before a letter that has no meaning so", "remove it, or write `\\\\` for the sign")
        }
        reason if reason.contains("nest") => ("it has too many parentheses inside each other", "use fewer of them"),
        reason if reason.contains("invalid character class range") || reason.contains("class range") => {
            ("a range such as `[z-a]` runs backwards", "write the smaller sign first: `[a-z]`")
        }
        reason if reason.contains("repetition") => {
            ("a repetition in `{ }` can't be read", "write `{3}`, `{2,5}`, or `\\{` for the sign")
        }
        _ => ("it can't be read", "to search for plain text write `contains \"…\"`"),
    };
    let place = marked_place(error, pattern).map(|place| format!(", at sign {place}")).unwrap_or_default();
    (format!("in this pattern {what}{place}"), help.to_owned())
}

/// Where the caret of the error stands, counted from 1.
fn marked_place(error: &str, pattern: &str) -> Option<usize> {
    let mut lines = error.lines();
    lines.by_ref().find(|line| line.trim_start().starts_with(pattern.lines().next().unwrap_or(pattern)))?;
    let marks = lines.next()?;
    let place = marks.find('^')?.checked_sub(4)? + 1;
    (place <= pattern.chars().count() + 1).then_some(place)
}

#[cfg(test)]
mod tests {
    use super::plain_words;

    #[test]
    #[allow(clippy::unwrap_used, clippy::invalid_regex)]
    fn says_what_and_where() {
        let words = |pattern: &str| plain_words(&regex::Regex::new(pattern).unwrap_err().to_string(), pattern).0;
        // The third sign opens the group.
        assert_eq!(words("ab(c"), "in this pattern a `(` is never closed, at sign 3");
        assert_eq!(words("*a"), "in this pattern there is nothing to repeat before `*`, `+` or `?`, at sign 1");
    }
}
