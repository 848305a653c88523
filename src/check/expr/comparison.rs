//! Comparisons: by the type of the left side.

use super::Expressions;
use super::names::name_of;
use super::property::type_words;
use super::unknown::{is_blank_word, is_known_word};
use crate::check::bands::band_named;
use crate::check::constants::bare;
use crate::diagnostics::code::check as code;
use crate::model::{AnyExpr, Condition, ConditionKind, NumberExpr, TextExpr, Type, YesNoExpr};
use crate::source::{Span, Spanned};
use crate::syntax::tree::{Comparison, ComparisonKind, Expr, ExprKind, Order};

impl Expressions<'_> {
    /// `left is …`
    pub(super) fn compare(&mut self, span: Span, left: &Expr, comparison: &Spanned<Comparison>) -> Option<Condition> {
        let around = self.comparison.replace(span);
        let positive = match &bare(left).kind {
            ExprKind::BandOf(score) => self.compare_band(score, &comparison.node),
            ExprKind::Name(name) if self.is_excluded(name) => self.compare_excluded(left, &comparison.node),
            _ => self.compare_value(left, comparison),
        };
        self.comparison = around;
        let positive = Condition { kind: positive?, span };
        Some(match (comparison.node.negated, positive.kind) {
            (false, kind) => Condition { kind, span },
            // `is not missing` is `is known`.
            (true, ConditionKind::Not(inner)) => Condition { kind: inner.kind, span },
            (true, kind) => Condition { kind: ConditionKind::Not(Box::new(Condition { kind, span })), span },
        })
    }

    fn compare_value(&mut self, left: &Expr, comparison: &Spanned<Comparison>) -> Option<ConditionKind> {
        let kind = &comparison.node.kind;
        if self.events_as_dates(left, comparison) {
            return None;
        }
        self.wanted = wanted_by(kind);
        let value = self.infer(left)?;
        if self.blank_meant(left, &value, &comparison.node) {
            return None;
        }
        if let Some(known) = asks_known(kind) {
            return self.known(left, value, known);
        }
        match value {
            AnyExpr::Text(text) => self.compare_text(left, text, comparison),
            AnyExpr::Number(number) => self.compare_number(left, number, comparison),
            AnyExpr::Date(date) => self.compare_date(left, date, comparison),
            AnyExpr::List(list) => self.compare_list(left, list, comparison),
            AnyExpr::YesNo(value) => self.compare_yes_no(left, value, comparison),
            AnyExpr::Condition(condition) => self.compare_condition(left, condition, comparison),
        }
    }

    /// `email is empty`; reports it.
    fn blank_meant(&mut self, left: &Expr, value: &AnyExpr, comparison: &Comparison) -> bool {
        let (ComparisonKind::Is(right), false) = (&comparison.kind, matches!(value, AnyExpr::Condition(_))) else {
            return false;
        };
        let ExprKind::Name(name) = &bare(right).kind else { return false };
        if name.quoted || self.is_known(name) || !is_blank_word(&name.text) && !is_known_word(&name.text) {
            return false;
        }
        let known = is_known_word(&name.text) != comparison.negated;
        let text = self.findings.expr(left);
        let message = format!("nothing is called `{}`", name.text);
        let (what, word) = if known { ("a value that is there", "known") } else { ("a blank value", "missing") };
        self.findings.error(code::UNKNOWN_NAME, right.span, message, format!("for {what} write `{text} is {word}`"));
        true
    }

    fn known(&mut self, left: &Expr, value: AnyExpr, known: bool) -> Option<ConditionKind> {
        if let AnyExpr::Condition(_) = value {
            let text = self.findings.expr(left);
            self.findings.error(
                code::ALWAYS_KNOWN,
                left.span,
                format!("`{text}` holds or doesn't hold, so it is never missing"),
                format!("write `{text}` or `not {text}`"),
            );
            return None;
        }
        Some(not_unless(known, ConditionKind::Known(Box::new(value)), left.span))
    }

    /// `consent is yes`
    fn compare_yes_no(
        &mut self,
        left: &Expr,
        value: YesNoExpr,
        comparison: &Spanned<Comparison>,
    ) -> Option<ConditionKind> {
        let is = self.yes_or_no(left, comparison)?;
        Some(ConditionKind::YesNo { value, is })
    }

    /// `big is yes`, of a define that is a condition
    fn compare_condition(
        &mut self,
        left: &Expr,
        condition: Condition,
        comparison: &Spanned<Comparison>,
    ) -> Option<ConditionKind> {
        let is = self.yes_or_no(left, comparison)?;
        Some(if is { condition.kind } else { ConditionKind::Not(Box::new(condition)) })
    }

    fn yes_or_no(&mut self, left: &Expr, comparison: &Spanned<Comparison>) -> Option<bool> {
        if let ComparisonKind::Is(right) = &comparison.node.kind
            && let ExprKind::YesNo(yes) = bare(right).kind
        {
            return Some(yes);
        }
        let text = self.findings.expr(left);
        let negated = comparison.node.negated;
        let wanted = match &comparison.node.kind {
            ComparisonKind::Is(right) => {
                let right = self.findings.expr(right).trim_matches('"').to_lowercase();
                match right.as_str() {
                    "no" | "false" | "n" | "0" | "f" => !negated,
                    _ => negated,
                }
            }
            _ => false,
        };
        let word = if wanted { "no" } else { "yes" };
        self.findings.error(
            code::WRONG_COMPARISON,
            comparison.span,
            format!("`{text}` holds or doesn't hold, and is compared with `yes` and `no` alone"),
            format!("write `{text} is {word}`"),
        );
        None
    }

    /// `excluded is "Competitor"`
    fn compare_excluded(&mut self, left: &Expr, comparison: &Comparison) -> Option<ConditionKind> {
        self.infer(left)?;
        if let Some(known) = asks_known(&comparison.kind) {
            return Some(not_unless(known, ConditionKind::Excluded, left.span));
        }
        let operands = match &comparison.kind {
            ComparisonKind::Is(right) => {
                if let ExprKind::YesNo(yes) = bare(right).kind {
                    return Some(not_unless(yes, ConditionKind::Excluded, left.span));
                }
                std::slice::from_ref(right)
            }
            ComparisonKind::OneOf(all) => all.as_slice(),
            _ => {
                self.findings.error(
                    code::WRONG_COMPARISON,
                    left.span,
                    "`excluded` is compared with the reasons of exclusions",
                    "write `excluded`, or `excluded is \"…\"` with a reason",
                );
                return None;
            }
        };
        let operands = self.reasons(operands)?;
        Some(ConditionKind::Text { value: TextExpr::ExcludedReason, test: crate::model::TextTest::Is(operands) })
    }

    fn reasons(&mut self, operands: &[Expr]) -> Option<Vec<crate::model::TextOperand>> {
        let mut checked = Vec::new();
        for operand in operands {
            let one = self.text_operand(operand, false)?;
            if let crate::model::TextOperand::Literal(reason) = &one {
                let reasons = self.model.excludes.iter().map(|exclude| exclude.reason.as_str());
                if !reasons.clone().any(|other| crate::value::fold(other) == reason.folded) {
                    let help =
                        match crate::diagnostics::nearest(&reason.given, reasons.clone()).or(reasons.clone().next()) {
                            Some(meant) => format!("did you mean `excluded is \"{meant}\"`?"),
                            None => "write an exclusion first: `exclude \"Competitor\" when …`".to_owned(),
                        };
                    let message = format!("no exclusion has the reason `{}`", reason.given);
                    self.findings.error(code::NOTHING_EXCLUDES, operand.span, message, help);
                    return None;
                }
            }
            checked.push(one);
        }
        Some(checked)
    }

    /// Reports a comparison that does not fit the type of its left side.
    pub(super) fn misfit<T>(
        &mut self,
        left: &Expr,
        kind: Type,
        comparison: &Spanned<Comparison>,
        help: impl Into<String>,
    ) -> Option<T> {
        let text = self.findings.expr(left);
        let operator = operator_words(&comparison.node);
        let message = format!("`{text}` is {}, which `{operator}` doesn't compare", type_words(kind));
        self.findings.error(code::WRONG_COMPARISON, comparison.span, message, help);
        None
    }

    /// `fit is A`, where `A` is a band of the score `fit`: the band was meant.
    pub(super) fn band_meant(&mut self, left: &Expr, number: &NumberExpr, comparison: &Spanned<Comparison>) -> bool {
        let (NumberExpr::Score(id), Some(name)) = (number, name_of(left)) else { return false };
        let operands: Vec<&Expr> = match &comparison.node.kind {
            ComparisonKind::Is(one) | ComparisonKind::AtLeast(one) => vec![one],
            ComparisonKind::OneOf(all) => all.iter().collect(),
            _ => return false,
        };
        let Some(score) = self.model.scores.get(id.index()) else { return false };
        let band = operands.iter().any(|operand| match &bare(operand).kind {
            ExprKind::Name(band) => band_named(score, &band.text).is_some() && !self.is_known(band),
            ExprKind::Text(band) => band_named(score, band).is_some(),
            _ => false,
        });
        if band {
            let compared = self.findings.text(comparison.span);
            self.findings.error(
                code::BAND_MEANT,
                comparison.span,
                format!("`{}` is the number of a score, and a band is asked for", name.text),
                format!("write `band of {} {compared}`", super::unknown::written(&name.text)),
            );
        }
        band
    }
}

/// What a comparison says of its left side's type.
fn wanted_by(kind: &ComparisonKind) -> Option<Type> {
    let of_value = |value: &Expr| match &bare(value).kind {
        ExprKind::Number { .. } | ExprKind::Negate(_) | ExprKind::Arithmetic { .. } => Some(Type::Number),
        ExprKind::Date(_) => Some(Type::Date),
        ExprKind::YesNo(_) => Some(Type::YesNo),
        ExprKind::Text(_) => Some(Type::Text),
        _ => None,
    };
    match kind {
        ComparisonKind::Order(_, right) => of_value(right).or(Some(Type::Number)),
        ComparisonKind::Is(right) | ComparisonKind::AtLeast(right) => of_value(right),
        ComparisonKind::Between(low, high) => of_value(low).or(of_value(high)),
        ComparisonKind::OneOf(all) => all.iter().find_map(of_value).or(Some(Type::Text)),
        ComparisonKind::Text { .. } | ComparisonKind::LooksRandom => Some(Type::Text),
        ComparisonKind::Includes { .. } => Some(Type::List),
        ComparisonKind::Before(_)
        | ComparisonKind::After(_)
        | ComparisonKind::On(_)
        | ComparisonKind::InLast(_)
        | ComparisonKind::InNext(_) => Some(Type::Date),
        ComparisonKind::Missing | ComparisonKind::Known => None,
    }
}

/// `is known` is `true`, `is missing` is `false`.
pub(super) fn asks_known(kind: &ComparisonKind) -> Option<bool> {
    match kind {
        ComparisonKind::Known => Some(true),
        ComparisonKind::Missing => Some(false),
        ComparisonKind::Is(right) if matches!(bare(right).kind, ExprKind::Missing) => Some(false),
        _ => None,
    }
}

pub(super) fn not_unless(holds: bool, kind: ConditionKind, span: Span) -> ConditionKind {
    if holds { kind } else { ConditionKind::Not(Box::new(Condition { kind, span })) }
}

pub(super) fn order_sign(order: Order) -> &'static str {
    match order {
        Order::Less => "<",
        Order::LessOrEqual => "<=",
        Order::Greater => ">",
        Order::GreaterOrEqual => ">=",
    }
}

/// The words of a comparison: "does not contain", "is at least".
pub(super) fn operator_words(comparison: &Comparison) -> &'static str {
    use crate::syntax::tree::TextRelation;
    match (&comparison.kind, comparison.negated) {
        (ComparisonKind::Missing, _) => "is missing",
        (ComparisonKind::Known, _) => "is known",
        (ComparisonKind::Is(_), false) => "is",
        (ComparisonKind::Is(_), true) => "is not",
        (ComparisonKind::OneOf(_), false) => "is one of",
        (ComparisonKind::OneOf(_), true) => "is not one of",
        (ComparisonKind::AtLeast(_), _) => "is at least",
        (ComparisonKind::Order(order, _), _) => order_sign(*order),
        (ComparisonKind::Between(..), _) => "between",
        (ComparisonKind::Text { relation, .. }, negated) => match (relation, negated) {
            (TextRelation::Contains, false) => "contains",
            (TextRelation::Contains, true) => "does not contain",
            (TextRelation::Mentions, false) => "mentions",
            (TextRelation::Mentions, true) => "does not mention",
            (TextRelation::StartsWith, false) => "starts with",
            (TextRelation::StartsWith, true) => "does not start with",
            (TextRelation::EndsWith, false) => "ends with",
            (TextRelation::EndsWith, true) => "does not end with",
            (TextRelation::Matches, false) => "matches",
            (TextRelation::Matches, true) => "does not match",
        },
        (ComparisonKind::Includes { .. }, false) => "includes",
        (ComparisonKind::Includes { .. }, true) => "does not include",
        (ComparisonKind::Before(_), _) => "before",
        (ComparisonKind::After(_), _) => "after",
        (ComparisonKind::On(_), _) => "on",
        (ComparisonKind::InLast(_), _) => "in last",
        (ComparisonKind::InNext(_), _) => "in next",
        (ComparisonKind::LooksRandom, _) => "looks random",
    }
}
