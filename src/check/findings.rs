//! What the checker has found wrong so far, and the author's own text to say it with.

use crate::diagnostics::{Code, Diagnostic};
use crate::source::{Sources, Span, Spanned};
use crate::syntax::format;
use crate::syntax::tree::{Clause, Expr, ExprKind};

/// All mistakes found, in the order of finding.
pub(super) struct Findings {
    pub list: Vec<Diagnostic>,
    /// Where spans lead; `None` where an expression comes from elsewhere than the model's files.
    sources: Option<Sources>,
}

impl Findings {
    pub fn new(sources: Option<Sources>) -> Findings {
        Findings { list: Vec::new(), sources }
    }

    pub fn add(&mut self, diagnostic: Diagnostic) {
        self.list.push(diagnostic);
    }

    /// Adds an error with a help.
    pub fn error(&mut self, code: Code, span: Span, message: impl Into<String>, help: impl Into<String>) {
        self.add(Diagnostic::error(code, span, message).help(help));
    }

    /// The text of a span on one line: comments left out, white space collapsed.
    pub fn text(&self, span: Span) -> String {
        match &self.sources {
            Some(sources) => one_line(sources.text(span)),
            None => "…".to_owned(),
        }
    }

    /// A rule or a header as `score fmt` writes it, on one line; `clauses`: its own, where they reach to its end.
    pub fn formatted(&self, span: Span, clauses: &[Spanned<Clause>]) -> String {
        match &self.sources {
            Some(sources) => format::on_one_line(&sources.file(span.file).text, span, clauses),
            None => "…".to_owned(),
        }
    }

    /// An expression as written.
    pub fn expr(&self, expr: &Expr) -> String {
        if self.sources.is_some() {
            return self.text(expr.span);
        }
        match &expr.kind {
            ExprKind::Number { digits, percent } => format!("{digits}{}", if *percent { "%" } else { "" }),
            ExprKind::Text(text) => format!("{text:?}"),
            ExprKind::Pattern(pattern) => format!("/{}/", pattern.replace('/', "\\/")),
            ExprKind::Date(date) => date.clone(),
            ExprKind::YesNo(yes) => if *yes { "yes" } else { "no" }.to_owned(),
            ExprKind::Missing => "missing".to_owned(),
            ExprKind::Name(name) => {
                if name.quoted {
                    format!("`{}`", name.text)
                } else {
                    name.text.clone()
                }
            }
            ExprKind::LeadName(name) => format!("lead.{}", name.text),
            ExprKind::Negate(inner) if matches!(inner.kind, ExprKind::Number { .. }) => {
                format!("-{}", self.expr(inner))
            }
            _ => "…".to_owned(),
        }
    }

    /// All mistakes in order of file and place.
    pub fn sorted(mut self) -> Vec<Diagnostic> {
        self.list.sort_by_key(Diagnostic::span);
        self.list
    }
}

/// Collapses white space and drops comments, outside quotes, backticks and patterns.
pub(super) fn one_line(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    let mut characters = text.chars();
    while let Some(character) = characters.next() {
        match character {
            '"' | '`' => copy_quoted(character, &mut characters, &mut line),
            '/' if begins_pattern(&line) => copy_quoted('/', &mut characters, &mut line),
            '#' => {
                characters.by_ref().find(|c| *c == '\n');
                push_blank(&mut line);
            }
            blank if blank.is_whitespace() => push_blank(&mut line),
            other => line.push(other),
        }
    }
    line.truncate(line.trim_end().len());
    line
}

fn push_blank(line: &mut String) {
    if !line.is_empty() && !line.ends_with(' ') {
        line.push(' ');
    }
}

fn begins_pattern(before: &str) -> bool {
    let before = before.trim_end();
    ["matches", "match", "any of", ","].iter().any(|word| before.ends_with(word))
}

/// Copies up to the closing quote, or what is left of the line.
fn copy_quoted(quote: char, characters: &mut std::str::Chars<'_>, line: &mut String) {
    line.push(quote);
    while let Some(character) = characters.next() {
        line.push(character);
        if character == '\\' && quote != '`' {
            line.extend(characters.next());
        } else if character == quote || character == '\n' {
            return;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::one_line;

    #[test]
    fn keeps_what_stands_in_quotes() {
        assert_eq!(one_line("+5  when a is \"x  # y\"   # note\n  and b"), "+5 when a is \"x  # y\" and b");
        assert_eq!(one_line("a matches /x # \"y/ or b"), "a matches /x # \"y/ or b");
    }
}
