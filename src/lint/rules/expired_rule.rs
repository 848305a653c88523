use crate::analysis::{Analysis, Given};
use crate::lint::{ConditionPlace, Context, Findings, Owner, SelectorPlace, lint};
use crate::model::walk::{Part, walk_any, walk_condition, walk_selector};
use crate::model::{Body, DateExpr, DefineId, Model};
use crate::value::{Instant, Moment};
use std::collections::BTreeSet;

lint! {
    /// Finds a rule, group, exclusion or threshold that can no longer hold, because a date in it has passed.
    ///
    /// It is a proof as of the day that is looked at (`--as-of`): no lead meets the condition, or no event is kept, while
    /// before the date some could.
    ///
    /// ## Why it matters
    ///
    /// The points of an offer that has ended stay in the file, and everybody who reads it believes that they count.
    ///
    /// ## Example
    ///
    /// ```score
    /// lead {
    ///   id      text key
    ///   country text
    /// }
    ///
    /// score fit {
    ///   +10 "Autumn offer" when (country is "ES" and days until 2025-12-01 >= 0)
    ///   +5  "Spain"        when country is "ES"
    /// }
    /// ```
    ///
    /// ## Better
    ///
    /// ```score
    /// lead {
    ///   id      text key
    ///   country text
    /// }
    ///
    /// score fit {
    ///   +5 "Spain" when country is "ES"
    /// }
    /// ```
    pub static EXPIRED_RULE = "S308", "expired-rule", Time, Warning, Rules(check);
}

fn check(context: &Context<'_>, findings: &mut Findings) {
    for place in context.conditions() {
        let Some(date) = passed(context, &place) else { continue };
        let named = place.owner.named(context.model);
        findings
            .add(place.condition.span, format!("{named} can no longer hold: {date} has passed"))
            .here("nobody can meet this any more")
            .help("take it away, or set a new date");
    }
    for place in context.selectors() {
        let Some(date) = passed_for_events(context, &place) else { continue };
        let named = place.owner.named(context.model);
        findings
            .add(place.selector.span, format!("{named} can no longer count anything: {date} has passed"))
            .here("no event is kept any more")
            .help("take it away, or set a new date");
    }
}

/// The date since which a condition cannot hold, as it is shown. A name is looked at where it is used.
pub(super) fn passed<'a>(context: &Context<'a>, place: &ConditionPlace<'a>) -> Option<String> {
    if matches!(place.owner, Owner::Define(_)) {
        return None;
    }
    let dates = dates(context, |visit| walk_condition(place.condition, visit));
    let given = [place.owner.given(), vec![Given::holds(place.condition)]].concat();
    if dates.is_empty() || !context.analysis.is_impossible(&given) {
        return None;
    }
    last_possible(context, dates, &|analysis| analysis.possible(&given).is_yes())
}

/// The date since which a `for each` rule keeps no event, as it is shown.
pub(super) fn passed_for_events<'a>(context: &Context<'a>, place: &SelectorPlace<'a>) -> Option<String> {
    let Owner::Rule(rule) = &place.owner else { return None };
    if !place.of_body || !matches!(rule.rule.body, Body::ForEach(_)) {
        return None;
    }
    let dates = dates(context, |visit| walk_selector(place.selector, visit));
    let given = rule.given();
    if dates.is_empty() || !context.analysis.never_selects(place.selector, &given) {
        return None;
    }
    last_possible(context, dates, &|analysis| analysis.can_select(place.selector, &given).is_yes())
}

/// The last of the dates about which it still could be.
fn last_possible(context: &Context<'_>, dates: Vec<Date>, could: &dyn Fn(&Analysis<'_>) -> bool) -> Option<String> {
    let date = dates.into_iter().rev().find(|date| was_possible(context, date, could));
    date.map(|Date(shown, _)| shown)
}

/// A date as it is shown, and its first instant.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Date(String, Instant);

/// The dates written in a part of the model that have passed, the earliest first; also through names.
fn dates<'a>(context: &Context<'a>, walk: impl Fn(&mut dyn FnMut(Part<'a>))) -> Vec<Date> {
    let (mut found, mut defines) = (Vec::new(), Vec::new());
    walk(&mut |part| meet(part, &mut found, &mut defines));
    let mut seen: BTreeSet<DefineId> = BTreeSet::new();
    while let Some(define) = defines.pop() {
        if let Some(define) = context.model.defines.get(define.index()).filter(|_| seen.insert(define)) {
            walk_any(&define.value, &mut |part| meet(part, &mut found, &mut defines));
        }
    }
    let mut dates: Vec<Date> = found.into_iter().map(|moment| date(context.model, moment)).collect();
    dates.retain(|date| date.1 <= context.as_of);
    dates.sort_by_key(|date| date.1);
    dates.dedup();
    dates
}

fn meet(part: Part<'_>, dates: &mut Vec<Moment>, defines: &mut Vec<DefineId>) {
    match part {
        Part::Date(DateExpr::Literal(moment)) => dates.push(*moment),
        Part::Define(define) => defines.push(define),
        _ => {}
    }
}

fn date(model: &Model, moment: Moment) -> Date {
    Date(format!("`{moment}`"), moment.first(&model.zone))
}

/// Whether it could be at that date, right before it, or a day before it.
fn was_possible(context: &Context<'_>, date: &Date, could: &dyn Fn(&Analysis<'_>) -> bool) -> bool {
    const DAY: i64 = 86_400_000_000;
    let instants = [0, 1, DAY].map(|before| Instant(date.1.0.saturating_sub(before)));
    instants.into_iter().any(|instant| could(&Analysis::new(context.model, instant)))
}

#[cfg(test)]
mod tests {
    use super::EXPIRED_RULE;
    use crate::lint::testing::{LEAD, fires};

    /// As of the end of 2026-01-01.
    fn about(rule: &str) -> Vec<String> {
        let text = format!("{LEAD}\ndefine offer_ends = 2025-12-01\nscore fit {{\n{rule}\n}}");
        fires(&EXPIRED_RULE, &text).into_iter().map(|finding| finding.message).collect()
    }

    #[test]
    fn what_can_hold_no_more() {
        assert_eq!(
            about("+5 \"Offer\" when days until offer_ends >= 0"),
            ["rule `Offer` can no longer hold: `2025-12-01` has passed"]
        );
        assert_eq!(about("+5 when days until offer_ends > 0").len(), 1);
        assert_eq!(about("+5 when any page_view in last 10 days before 2025-12-01").len(), 1);
        assert_eq!(
            about("+5 \"Offer\" for each page_view in last 10 days before 2025-12-01"),
            ["rule `Offer` can no longer count anything: `2025-12-01` has passed"]
        );
        assert_eq!(about("group \"Offer\" when days since 2025-11-01 <= 30 {\n+5 when phone is known\n}").len(), 1);
    }

    #[test]
    fn what_still_can() {
        for fine in [
            "+5 when days until 2026-12-01 >= 0",
            "+5 when days since offer_ends > 3",
            "+5 when created before 2025-12-01",
            "+5 for each page_view since 2025-10-01 before 2025-12-01",
            // Never could: that is another lint's to say.
            "+5 when (employees < 0 and created before 2025-12-01)",
        ] {
            assert!(about(fine).is_empty(), "{fine}: {:?}", about(fine));
        }
    }
}
