//! Texts, patterns, numbers, dates and durations as the tree has them.

use super::{Node, Reader};
use crate::source::{Span, Spanned};
use crate::syntax::grammar::Rule;
use crate::syntax::tree::{CalendarUnit, Duration, Expr, ExprKind, TimeUnit};

/// What an escape at the start of a text stands for, and its length in bytes; `None` for one that means nothing.
pub(in crate::syntax) fn escape(text: &str) -> Option<(char, usize)> {
    match text.as_bytes().get(1)? {
        b'"' => Some(('"', 2)),
        b'\\' => Some(('\\', 2)),
        b'n' => Some(('\n', 2)),
        b't' => Some(('\t', 2)),
        b'u' => {
            let digits = text.get(2..)?.strip_prefix('{')?.split('}').next()?;
            let fits = (1..=6).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_hexdigit());
            let closed = text.as_bytes().get(3 + digits.len()) == Some(&b'}');
            let code = u32::from_str_radix(digits, 16).ok().filter(|_| fits && closed)?;
            Some((char::from_u32(code)?, digits.len() + 4))
        }
        _ => None,
    }
}

/// A text without its quotes, escapes resolved.
pub(super) fn unescaped(written: &str) -> String {
    let mut rest = written.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')).unwrap_or(written);
    let mut text = String::with_capacity(rest.len());
    while let Some(at) = rest.find('\\') {
        let (before, from) = rest.split_at(at);
        text.push_str(before);
        let (meant, length) = escape(from).unwrap_or(('\\', 1));
        text.push(meant);
        rest = from.get(length..).unwrap_or("");
    }
    text.push_str(rest);
    text
}

impl<'a> Reader<'a> {
    /// A literal: `"CEO"`, `50`, `-3`, `2026-05-01`, `yes`, `missing`, `/c.o/`.
    pub(super) fn literal(&self, node: Node<'a>) -> Option<Expr> {
        let span = self.span(&node);
        let kind = match node.as_rule() {
            Rule::text => ExprKind::Text(unescaped(node.as_str())),
            Rule::number => number(node.as_str()),
            Rule::negative => ExprKind::Negate(Box::new(self.negated(node)?)),
            Rule::date => ExprKind::Date(node.as_str().to_owned()),
            Rule::yes_no => ExprKind::YesNo(node.as_str() == "yes"),
            Rule::missing_value => ExprKind::Missing,
            Rule::pattern => ExprKind::Pattern(pattern(node.as_str())),
            _ => return None,
        };
        Some(Expr { kind, span })
    }

    fn negated(&self, negative: Node<'a>) -> Option<Expr> {
        self.parts(negative).find(|part| part.as_rule() == Rule::number).and_then(|number| self.literal(number))
    }

    /// The number inside a node.
    pub(super) fn amount_in(&self, node: Node<'a>) -> Option<Expr> {
        self.parts(node).find_map(|part| match part.as_rule() {
            Rule::number | Rule::negative => self.literal(part),
            _ => None,
        })
    }

    /// `30 days`, somewhere directly inside a node.
    pub(super) fn duration_in(&self, node: Node<'a>) -> Option<Duration> {
        let duration = self.parts(node).find(|part| part.as_rule() == Rule::duration)?;
        self.duration(duration)
    }

    pub(super) fn duration(&self, node: Node<'a>) -> Option<Duration> {
        let span = self.span(&node);
        let mut parts = self.parts(node);
        let count = parts.next()?.as_str().replace('_', "");
        let unit = match parts.next()?.as_str().trim_end_matches('s') {
            "second" => TimeUnit::Second,
            "minute" => TimeUnit::Minute,
            "hour" => TimeUnit::Hour,
            "day" => TimeUnit::Day,
            "week" => TimeUnit::Week,
            "month" => TimeUnit::Month,
            _ => TimeUnit::Year,
        };
        Some(Duration { count, unit, span })
    }

    /// `30%`: the digits before the sign.
    pub(super) fn percent(&self, node: &Node<'a>) -> Spanned<String> {
        Spanned::new(node.as_str().trim_end_matches('%').replace('_', ""), self.span(node))
    }

    pub(super) fn percent_in(&self, node: Node<'a>) -> Option<Spanned<String>> {
        self.parts(node).find(|part| part.as_rule() == Rule::percent).map(|percent| self.percent(&percent))
    }
}

fn number(written: &str) -> ExprKind {
    let percent = written.ends_with('%');
    ExprKind::Number { digits: written.trim_end_matches('%').replace('_', ""), percent }
}

/// Without its slashes, `\/` resolved; all other escapes belong to the regular expression.
fn pattern(written: &str) -> String {
    let inside = written.strip_prefix('/').and_then(|rest| rest.strip_suffix('/')).unwrap_or(written);
    let mut pattern = String::with_capacity(inside.len());
    let mut characters = inside.chars();
    while let Some(c) = characters.next() {
        if c != '\\' {
            pattern.push(c);
            continue;
        }
        match characters.next() {
            Some('/') => pattern.push('/'),
            Some(other) => pattern.extend(['\\', other]),
            None => pattern.push('\\'),
        }
    }
    pattern
}

/// `hour`, `day`, `week`, `month` as a stretch of the calendar.
pub(super) fn calendar_unit(word: &str) -> Option<CalendarUnit> {
    match word {
        "hour" => Some(CalendarUnit::Hour),
        "day" => Some(CalendarUnit::Day),
        "week" => Some(CalendarUnit::Week),
        "month" => Some(CalendarUnit::Month),
        _ => None,
    }
}

/// A whole number that the text does not spell out, such as the 0 of `rounded to whole`.
pub(super) fn whole(digits: &str, span: Span) -> Expr {
    Expr { kind: ExprKind::Number { digits: digits.to_owned(), percent: false }, span }
}
