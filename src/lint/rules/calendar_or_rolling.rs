use crate::lint::{Context, Findings, RulePlace, Safety, lint};
use crate::model::walk::Part;
use crate::model::{Body, ConditionKind, DateTest, LimitScope};
use crate::source::Span;
use crate::syntax::tree;
use crate::value::{CalendarUnit, Duration};

lint! {
    /// Finds a month of the calendar where 30 days may be meant.
    ///
    /// One is a limit `per month` of a rule that fades, or looks back, by days: it begins anew on the 1st. The other is a
    /// window of months in a model that has the same window in days elsewhere, such as `in last 1 month` and `in last 30
    /// days`.
    ///
    /// ## Why it matters
    ///
    /// With `once per month`, what happens on the 31st and on the 1st counts twice within two days. And a month has 28 to
    /// 31 days, so two rules that seem to look at the same time do not.
    ///
    /// ## Example
    ///
    /// ```score
    /// lead { id text key }
    /// event webinar
    ///
    /// score interest {
    ///   +15 "Webinar" for each webinar once per month decay half-life 30 days
    /// }
    /// ```
    ///
    /// ## Better
    ///
    /// ```score
    /// lead { id text key }
    /// event webinar
    ///
    /// score interest {
    ///   +15 "Webinar" for each webinar once in any 30 days decay half-life 30 days
    /// }
    /// ```
    pub static CALENDAR_OR_ROLLING = "S305", "calendar-or-rolling", Time, Advice, Rules(check);
}

fn check(context: &Context<'_>, findings: &mut Findings) {
    for place in context.rules() {
        limits(context, place, findings);
    }
    windows(context, findings);
}

fn limits(context: &Context<'_>, place: &RulePlace<'_>, findings: &mut Findings) {
    let Body::ForEach(each) = &place.rule.body else { return };
    let is_month = |scope: &LimitScope| *scope == LimitScope::PerCalendar(CalendarUnit::Month);
    let Some(limit) = each.limits.iter().find(|limit| is_month(&limit.scope)) else { return };
    let counts_days = each.decay.is_some() || each.selector.in_last.is_some_and(|window| window.exact().is_some());
    let knows_rolling = each.limits.iter().any(|limit| matches!(limit.scope, LimitScope::InAny(_)));
    if !counts_days || knows_rolling {
        return;
    }
    let clause = clause(context, place);
    let twice = limit.times.saturating_mul(2);
    let message =
        format!("`per month` begins anew on the 1st: `{}` can count {twice} times within two days", place.rule.label);
    let finding = findings.add(clause.unwrap_or(place.rule.span), message);
    let times = if limit.times == 1 { "once".to_owned() } else { format!("at most {} times", limit.times) };
    let better = format!("{times} in any 30 days");
    finding.help(format!("if 30 days are meant, write `{better}`"));
    if let Some(clause) = clause {
        finding.fix(format!("write `{better}`"), Safety::Unsafe, vec![(clause, better)]);
    }
}

/// `once per month`
fn clause(context: &Context<'_>, place: &RulePlace<'_>) -> Option<Span> {
    let clauses = match context.tree_item(place.rule.span)? {
        tree::Item::Rule(rule) => &rule.clauses,
        tree::Item::Table(table) => &table.clauses,
        tree::Item::Group(_) => return None,
    };
    let is_month = |clause: &&crate::source::Spanned<tree::Clause>| {
        matches!(clause.node, tree::Clause::AtMost { scope: tree::LimitScope::PerCalendar(CalendarUnit::Month), .. })
    };
    clauses.iter().find(is_month).map(|clause| clause.span)
}

/// Windows of months, and the same in days.
fn windows(context: &Context<'_>, findings: &mut Findings) {
    let mut all: Vec<(Duration, Span)> = Vec::new();
    context.each_part(&mut |_, part| match part {
        Part::Selector(selector) => all.extend(selector.in_last.map(|window| (window, selector.span))),
        Part::Condition(condition) => {
            if let ConditionKind::Date { test: DateTest::InLast(window) | DateTest::InNext(window), .. } =
                condition.kind
            {
                all.push((window, condition.span));
            }
        }
        _ => {}
    });
    all.sort_by_key(|(_, span)| *span);
    all.dedup();
    for (months, span) in &all {
        let Some(count) = months.months() else { continue };
        let days = Duration { count: count.saturating_mul(30), unit: crate::value::TimeUnit::Day };
        let Some((_, other)) = all.iter().find(|(window, _)| window.exact() == days.exact()) else { continue };
        let finding = findings.add(*span, format!("`{months}` here and `{days}` elsewhere are not the same time"));
        finding.also(*other, format!("`{days}` here")).help(format!("write `{days}` in both, or `{months}` in both"));
    }
}

#[cfg(test)]
mod tests {
    use super::CALENDAR_OR_ROLLING;
    use crate::lint::testing::{LEAD, fires, fixed};

    fn text(rules: &str) -> String {
        format!("{LEAD}\nscore web {{\n{rules}\n}}")
    }

    fn about(rules: &str) -> usize {
        fires(&CALENDAR_OR_ROLLING, &text(rules)).len()
    }

    #[test]
    fn limits_by_the_calendar_where_all_else_counts_days() {
        let rule = "+2 \"Page\" for each page_view at most 2 times per month decay half-life 30 days";
        assert_eq!(about(rule), 1);
        assert!(fixed(&CALENDAR_OR_ROLLING, &text(rule)).contains("page_view at most 2 times in any 30 days decay"));
        assert_eq!(about("+2 for each page_view once per month"), 0);
        assert_eq!(about("+2 for each page_view in last 1 year once per month"), 0);
        assert_eq!(about("+2 for each page_view once in any 7 days once per month decay half-life 30 days"), 0);
    }

    #[test]
    fn one_window_in_months_and_in_days() {
        assert_eq!(about("+2 when any page_view in last 3 months\n+3 when any download in last 90 days"), 1);
        assert_eq!(about("+2 when created in last 1 month\n+3 when any download in last 30 days"), 1);
        assert_eq!(about("+2 when any page_view in last 3 months\n+3 when any download in last 30 days"), 0);
    }
}
