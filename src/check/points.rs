//! What a rule gives: `+20`, `-NAME`, `+( … )`, `first +5 then +1`.

use super::constants::is_number_literal;
use super::expr::{Expressions, written};
use crate::diagnostics::code::check as code;
use crate::model::{AnyExpr, NumberExpr, Points, Symbol};
use crate::syntax::tree::{self, Expr, ExprKind, Name, PointsKind};
use crate::value::{Decimal, MAX_POINTS, POINT_DECIMALS, fold_name};

impl Expressions<'_> {
    /// Points; `occurrences` says whether a series has something to count.
    pub fn points(&mut self, points: &tree::Points, occurrences: bool) -> Option<Points> {
        match &points.kind {
            PointsKind::Signed { minus, value } => self.signed(points, *minus, value),
            PointsKind::Series(all) => {
                if !occurrences {
                    self.findings.error(
                        code::SERIES_MISFIT,
                        points.span,
                        "`first … then` counts occurrences, and here are none",
                        "give points for events, `for each EVENT`, or write one number of points",
                    );
                    return None;
                }
                let all: Vec<Option<Points>> = all.iter().map(|one| self.points(one, false)).collect();
                all.into_iter().collect::<Option<Vec<Points>>>().map(Points::Series)
            }
        }
    }

    fn signed(&mut self, points: &tree::Points, minus: bool, value: &Expr) -> Option<Points> {
        let number = match &value.kind {
            ExprKind::Number { percent: true, .. } => {
                let text = self.findings.text(points.span);
                self.findings.error(
                    code::NOT_A_PLAIN_NUMBER,
                    points.span,
                    format!("`{text}` is a percentage, and points are a number"),
                    "write the points themselves, such as `+30`; a share of another value is written `+( 30% of fit )`",
                );
                return None;
            }
            ExprKind::Name(name) => return self.named_points(name, minus),
            _ if is_number_literal(value) => {
                let number = self.findings.plain_number(value, "points")?;
                if !self.findings.points_in_range(number, points.span) {
                    return None;
                }
                number
            }
            _ => match self.number(value)? {
                NumberExpr::Literal(number) if fits(number) => number,
                computed => return Some(Points::Computed(negate_if(minus, computed))),
            },
        };
        Some(Points::Constant(if minus { number.negate() } else { number }))
    }

    /// `+NAME` of a define; one that is a plain number is that number.
    fn named_points(&mut self, name: &Name, minus: bool) -> Option<Points> {
        let symbol = self.model.names.get(&fold_name(&name.text)).copied();
        let property = self.scope.as_ref().is_some_and(|scope| self.has_property(scope, &fold_name(&name.text)));
        let Some(Symbol::Define(id)) = symbol.filter(|_| !property) else {
            // A name of nothing is that error; a name of something else needs parentheses.
            let value = self.named(name)?;
            let sign = if minus { "-" } else { "+" };
            let help = match value {
                AnyExpr::Number(_) => format!("put it in parentheses: `{sign}( {} )`", written(&name.text)),
                _ => format!("write the points as a number: `{sign}5 … when {}`", written(&name.text)),
            };
            let message = format!("`{sign}{}` is read as the name of a define, and it is none", name.text);
            self.findings.error(code::POINTS_NAME, name.span, message, help);
            return None;
        };
        let value = Expr { kind: ExprKind::Name(name.clone()), span: name.span };
        let computed = self.number(&value)?;
        let constant = match self.model.defines.get(id.index()).map(|define| &define.value) {
            Some(AnyExpr::Number(NumberExpr::Literal(number))) if fits(*number) => Some(*number),
            _ => None,
        };
        Some(match constant {
            Some(number) => {
                self.constant_defines.insert(id);
                Points::Constant(if minus { number.negate() } else { number })
            }
            None => Points::Computed(negate_if(minus, computed)),
        })
    }
}

fn fits(number: Decimal) -> bool {
    number.abs() <= MAX_POINTS && number.round(POINT_DECIMALS) == number
}

fn negate_if(minus: bool, number: NumberExpr) -> NumberExpr {
    if minus { NumberExpr::Negate(Box::new(number)) } else { number }
}

/// Whether written points raise or lower a score: `None` where some are computed.
pub(super) fn signs(points: &Points) -> Option<(bool, bool)> {
    match points {
        Points::Constant(number) => Some((*number > Decimal::ZERO, number.is_negative())),
        Points::Computed(_) => None,
        Points::Series(all) => join(all.iter().map(signs)),
        Points::Table(table) => {
            join(table.rows.iter().chain(&table.otherwise).chain(&table.missing).map(|row| signs(&row.result)))
        }
    }
}

fn join(all: impl Iterator<Item = Option<(bool, bool)>>) -> Option<(bool, bool)> {
    let mut joined = (false, false);
    for signs in all {
        let (raises, lowers) = signs?;
        joined = (joined.0 || raises, joined.1 || lowers);
    }
    Some(joined)
}
