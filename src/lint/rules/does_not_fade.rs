use crate::lint::gains::gains;
use crate::lint::walks::atoms;
use crate::lint::{Context, Findings, Safety, lint};
use crate::model::walk::{Part, walk_condition};
use crate::model::{Body, Compare, Condition, ConditionKind, DateTest, NumberExpr, Selector};
use crate::source::Span;
use crate::value::Decimal;

lint! {
    /// Finds points for an event of any age, in a score whose other points fade.
    ///
    /// A decay holds for `for each` rules alone; `when any …` gives its points in full for ever, unless it has a window.
    /// Points that are lost are left alone: who unsubscribed stays so.
    ///
    /// ## Why it matters
    ///
    /// What happened years ago counts as if it were today, while all that the lead did since has faded.
    ///
    /// ## Example
    ///
    /// ```score
    /// lead { id text key }
    /// event page_view
    /// event demo_request
    ///
    /// score interest decay half-life 30 days {
    ///   +2  "Page" for each page_view once per day no higher than 20 points
    ///   +20 "Demo" when any demo_request
    /// }
    /// ```
    ///
    /// ## Better
    ///
    /// ```score
    /// lead { id text key }
    /// event page_view
    /// event demo_request
    ///
    /// score interest decay half-life 30 days {
    ///   +2  "Page" for each page_view once per day no higher than 20 points
    ///   +20 "Demo" for each demo_request once
    /// }
    /// ```
    pub static DOES_NOT_FADE = "S306", "does-not-fade", Time, Warning, Rules(check);
}

fn check(context: &Context<'_>, findings: &mut Findings) {
    for place in context.rules() {
        let Body::When(condition) = &place.rule.body else { continue };
        let fades = context.rules_of(place.score).find(|other| fades(&other.rule.body));
        let (Some(other), true) = (fades, gains(&place.rule.points)) else { continue };
        if looks_at_time(condition) {
            continue;
        }
        let Some((whole, selector)) = happened(condition) else { continue };
        let label = &place.rule.label;
        let message = format!("`{label}` never fades: the event may be years old, and the points are the same");
        let finding = findings.add(selector.span, message);
        finding.also(other.rule.span, "these points fade");
        let event = context.text(selector.span);
        if whole {
            let better = format!("for each {event} once");
            finding.help(format!("let it fade, too: `{better}`; or give it a window: `{event} in last 90 days`"));
            let start = Span { end: selector.span.start, ..condition.span };
            let before_when = context.text(Span { start: place.rule.span.start, end: start.start, ..start });
            if let Some(when) = before_when.rfind("when") {
                let from = place.rule.span.start + when as u32;
                let edit = (Span { start: from, end: condition.span.end, ..start }, better);
                finding.fix("let it fade, too", Safety::Unsafe, vec![edit]);
            }
        } else {
            finding.help(format!("give it a window: `{event} in last 90 days`"));
        }
    }
}

fn fades(body: &Body) -> bool {
    matches!(body, Body::ForEach(each) if each.decay.is_some())
}

/// An event that must have happened, at any time; and whether the condition asks for no more than one such event.
fn happened(condition: &Condition) -> Option<(bool, &Selector)> {
    let is_one = |compare: &Compare, number: &NumberExpr| match number {
        NumberExpr::Literal(number) => match compare {
            Compare::GreaterOrEqual | Compare::Equal => *number == Decimal::ONE,
            Compare::Greater => *number == Decimal::ZERO,
            Compare::Less | Compare::LessOrEqual => false,
        },
        _ => false,
    };
    let is_some = |compare: &Compare, number: &NumberExpr| match number {
        NumberExpr::Literal(number) => match compare {
            Compare::GreaterOrEqual | Compare::Equal => *number >= Decimal::ONE,
            Compare::Greater => *number >= Decimal::ZERO,
            Compare::Less | Compare::LessOrEqual => false,
        },
        _ => false,
    };
    atoms(condition).into_iter().find_map(|(part, negated)| match &part.kind {
        ConditionKind::Events { selector, compare, number } if !negated && is_some(compare, number) => {
            // `exactly 1` is not met by two, so it is not the same as `for each … once`.
            let whole = std::ptr::eq(part, condition) && is_one(compare, number) && *compare != Compare::Equal;
            Some((whole, &**selector))
        }
        _ => None,
    })
}

/// Whether any part of a condition has to do with when; names are taken to have.
fn looks_at_time(condition: &Condition) -> bool {
    let mut found = false;
    walk_condition(condition, &mut |part| {
        found |= match part {
            Part::Selector(selector) => {
                selector.in_last.is_some() || selector.since.is_some() || selector.before.is_some()
            }
            Part::Condition(condition) => matches!(
                condition.kind,
                ConditionKind::Date { test: DateTest::InLast(_) | DateTest::InNext(_), .. } | ConditionKind::Define(_)
            ),
            Part::Number(number) => matches!(
                number,
                NumberExpr::DaysSince(_)
                    | NumberExpr::DaysUntil(_)
                    | NumberExpr::DaysSinceLast(_)
                    | NumberExpr::DaysSinceFirst(_)
            ),
            _ => false,
        };
    });
    found
}

#[cfg(test)]
mod tests {
    use super::DOES_NOT_FADE;
    use crate::lint::testing::{LEAD, fires, fixed};

    fn text(rule: &str) -> String {
        format!(
            "{LEAD}\nscore web decay half-life 30 days {{\n+1 \"Page\" for each page_view at most 5 times\n{rule}\n}}"
        )
    }

    #[test]
    fn events_of_any_age() {
        let rule = "+20 \"Demo\" when any demo_request within 14 days after download";
        assert_eq!(fires(&DOES_NOT_FADE, &text(rule)).len(), 1);
        let mended = fixed(&DOES_NOT_FADE, &text(rule));
        assert!(mended.contains("+20 \"Demo\" for each demo_request within 14 days after download once"), "{mended}");
        let often = fires(&DOES_NOT_FADE, &text("+20 \"Often\" when (at least 3 demo_request and country is \"ES\")"));
        assert_eq!(often.len(), 1);
        assert!(often[0].fix.is_none());
    }

    #[test]
    fn what_looks_at_time_or_need_not() {
        for fine in [
            "+20 when any demo_request in last 30 days",
            "+20 when any demo_request since 2025-01-01",
            "+20 when (any demo_request and days since last page_view < 30)",
            "-20 when any unsubscribe",
            "+20 when no unsubscribe",
            "+20 when not any unsubscribe",
            "+20 when country is \"ES\"",
        ] {
            assert!(fires(&DOES_NOT_FADE, &text(fine)).is_empty(), "{fine}");
        }
        let still = format!("{LEAD}\nscore web {{ +20 \"Demo\" when any demo_request }}");
        assert!(fires(&DOES_NOT_FADE, &still).is_empty());
    }
}
