//! Plain numbers, dates, durations and percentages, where nothing else will do.

use super::findings::Findings;
use crate::diagnostics::Diagnostic;
use crate::diagnostics::code::check as code;
use crate::source::Span;
use crate::syntax::tree::{self, Expr, ExprKind};
use crate::value::{Decimal, Duration, Moment, TimeUnit, Zone, read_date};

/// The longest duration, in days and in months: about 10,000 years.
const LONGEST_DAYS: i64 = 3_650_000;
const LONGEST_MONTHS: i64 = 120_000;
const MICROSECONDS_A_DAY: i64 = 86_400_000_000;

/// The expression inside any parentheses.
pub(super) fn bare(expr: &Expr) -> &Expr {
    let mut inner = expr;
    while let ExprKind::Parenthesised(next) = &inner.kind {
        inner = next;
    }
    inner
}

/// The value of a number literal, with a sign too; `None` for all else and for a number too large.
pub(super) fn literal(expr: &Expr) -> Option<Decimal> {
    match &expr.kind {
        ExprKind::Number { digits, percent: false } => Decimal::parse(digits),
        ExprKind::Number { digits, percent: true } => Decimal::ONE.percent(Decimal::parse(digits)?),
        ExprKind::Negate(inner) => match &inner.kind {
            ExprKind::Number { .. } => literal(inner).map(Decimal::negate),
            _ => None,
        },
        _ => None,
    }
}

/// Whether it is written as a number, whatever its size.
pub(super) fn is_number_literal(expr: &Expr) -> bool {
    match &expr.kind {
        ExprKind::Number { .. } => true,
        ExprKind::Negate(inner) => matches!(inner.kind, ExprKind::Number { .. }),
        _ => false,
    }
}

impl Findings {
    /// A number written out; `what` completes "… must be a plain number".
    pub fn plain_number(&mut self, expr: &Expr, what: &str) -> Option<Decimal> {
        let expr = bare(expr);
        if let Some(number) = literal(expr) {
            return Some(number);
        }
        if is_number_literal(expr) {
            self.too_large(expr.span);
        } else {
            self.error(
                code::NOT_A_PLAIN_NUMBER,
                expr.span,
                format!("{what} must be a plain number"),
                format!("write the number itself instead of `{}`", self.expr(expr)),
            );
        }
        None
    }

    pub fn too_large(&mut self, span: Span) {
        self.error(code::NUMBER_TOO_LARGE, span, "this number is too large to count with", "write a smaller number");
    }

    /// A whole number of at least `least`; `what` completes "… must be a whole number".
    pub fn whole_number(&mut self, expr: &Expr, least: i64, most: i64, what: &str) -> Option<i64> {
        let number = self.plain_number(expr, what)?;
        match number.to_i64().filter(|whole| (least..=most).contains(whole)) {
            Some(whole) => Some(whole),
            None => {
                let range = match most {
                    i64::MAX => format!("{least} or more"),
                    _ => format!("from {least} to {most}"),
                };
                let wanted = if number.is_whole() { range.clone() } else { "a whole number".to_owned() };
                let message = format!("{what} must be {wanted}, not `{}`", self.expr(expr));
                self.error(code::NOT_A_COUNT, expr.span, message, format!("write a whole number, {range}"));
                None
            }
        }
    }

    /// A percentage from 0 to 100, by the digits before `%`.
    pub fn percent(&mut self, digits: &str, span: Span) -> Option<Decimal> {
        let percent = Decimal::parse(digits).filter(|p| !p.is_negative() && *p <= Decimal::whole(100));
        if percent.is_none() {
            self.error(
                code::PERCENT_OUT_OF_RANGE,
                span,
                format!("`{digits}%` is not a share of the whole"),
                "write a percentage from `0%` to `100%`",
            );
        }
        percent
    }

    /// `30 days`
    pub fn duration(&mut self, written: &tree::Duration) -> Option<Duration> {
        let unit = written.unit;
        let number = Decimal::parse(&written.count);
        let Some(count) = number.and_then(Decimal::to_i64).filter(|count| (1..=1_000_000_000).contains(count)) else {
            self.wrong_duration(written, number, unit);
            return None;
        };
        let duration = Duration { count, unit };
        let too_long = match (duration.exact(), duration.months()) {
            (Some(exact), _) => exact / MICROSECONDS_A_DAY > LONGEST_DAYS,
            (None, Some(months)) => months > LONGEST_MONTHS,
            (None, None) => true,
        };
        if too_long {
            self.wrong_duration(written, number, unit);
            return None;
        }
        Some(duration)
    }

    fn wrong_duration(&mut self, written: &tree::Duration, number: Option<Decimal>, unit: TimeUnit) {
        let text = self.text(written.span);
        let (message, help) = match number {
            Some(number) if !number.is_whole() => {
                let smaller = match unit {
                    TimeUnit::Year => ", such as a number of months",
                    TimeUnit::Month | TimeUnit::Week => ", such as a number of days",
                    TimeUnit::Day => ", such as a number of hours",
                    TimeUnit::Hour => ", such as a number of minutes",
                    TimeUnit::Minute | TimeUnit::Second => "",
                };
                (
                    format!("`{text}` is not a whole number of units"),
                    format!("write a whole number of a smaller unit{smaller}"),
                )
            }
            Some(number) if number <= Decimal::ZERO => {
                (format!("`{text}` is no time at all"), "write a whole number above 0: `30 days`".to_owned())
            }
            _ => (format!("`{text}` is too long"), "write a time of at most 10000 years".to_owned()),
        };
        self.error(code::WRONG_DURATION, written.span, message, help);
    }

    /// A duration of exact units; `what` completes "… needs a length that is always the same".
    pub fn exact_duration(&mut self, written: &tree::Duration, what: &str) -> Option<Duration> {
        let duration = self.duration(written)?;
        let days = match duration.unit {
            TimeUnit::Month => 30,
            TimeUnit::Year => 365,
            _ => return Some(duration),
        };
        self.error(
            code::CALENDAR_DURATION,
            written.span,
            format!("{what} needs a length that is always the same, and `{}` is not", self.text(written.span)),
            format!("write it in days: `{} days`", duration.count.saturating_mul(days)),
        );
        None
    }

    /// `2026-05-01`, `2026-05-01T09:30`, `2026-05-01T09:30:00+02:00`
    pub fn date(&mut self, written: &str, span: Span, zone: &Zone) -> Option<Moment> {
        let spaced = written.replacen(['T', 't'], " ", 1);
        let read = read_date(written, None, None, zone).or_else(|_| read_date(&spaced, None, None, zone));
        if let Ok(moment) = read {
            return Some(moment);
        }
        let help = match month_of(written).map(|first| (first, first.days_in_month())) {
            Some((first, days)) if day_of(written).is_some_and(|day| day > i64::from(days)) => {
                format!("that month ends on the {days}th: `{}-{days}`", first.strftime("%Y-%m")).replace("31th", "31st")
            }
            _ => {
                "write year, month and day, and the time where it matters: `2026-05-01`, `2026-05-01T09:30`".to_owned()
            }
        };
        self.add(Diagnostic::error(code::IMPOSSIBLE_DATE, span, format!("there is no date `{written}`")).help(help));
        None
    }
}

/// The first day of the month that a date names.
fn month_of(written: &str) -> Option<jiff::civil::Date> {
    let year = written.get(0..4)?.parse().ok()?;
    let month = written.get(5..7)?.parse().ok()?;
    jiff::civil::Date::new(year, month, 1).ok()
}

fn day_of(written: &str) -> Option<i64> {
    written.get(8..10)?.parse().ok()
}
