use super::expired_rule::{passed, passed_for_events};
use crate::analysis::Given;
use crate::lint::subjects::Reads;
use crate::lint::{ConditionPlace, Context, Findings, Owner, SelectorPlace, lint};
use crate::model::{AnyExpr, Body, Condition, ConditionKind, DateExpr};

lint! {
    /// Finds a condition that no lead can meet.
    ///
    /// It is a proof, from the rules and the field declarations alone: no lead and no events make the condition hold.
    /// Looked at are the `when` of rules, groups, scores and exclusions, the conditions of a `define`, and every part of an
    /// `or` in them; and the events of a `for each` or of a table, where none can be one of them. What only asks for the date of
    /// today is left alone.
    ///
    /// ## Why it matters
    ///
    /// What stands behind such a condition never happens: a rule gives no points, an exclusion keeps nobody out. Most often
    /// `and` was written where `or` is meant, or a value was mistyped.
    ///
    /// ## Example
    ///
    /// ```score
    /// lead {
    ///   id        text key
    ///   employees number from 0
    /// }
    ///
    /// score fit {
    ///   +10 "Small or huge" when (employees < 10 and employees > 1000)
    ///   +5  "Any size"      when employees is known
    /// }
    /// ```
    ///
    /// ## Better
    ///
    /// ```score
    /// lead {
    ///   id        text key
    ///   employees number from 0
    /// }
    ///
    /// score fit {
    ///   +10 "Small or huge" when (employees < 10 or employees > 1000)
    ///   +5  "Any size"      when employees is known
    /// }
    /// ```
    pub static NEVER_TRUE = "S101", "never-true", Reach, Warning, Rules(check);
}

fn check(context: &Context<'_>, findings: &mut Findings) {
    for place in context.conditions_beside_thresholds() {
        look(context, &place, findings);
    }
    for place in context.selectors() {
        look_at_events(context, &place, findings);
    }
}

/// Of rules that have no condition around them: there it would be reported as a condition.
fn look_at_events<'a>(context: &Context<'a>, place: &SelectorPlace<'a>, findings: &mut Findings) {
    let Owner::Rule(rule) = &place.owner else { return };
    let is_told = place.of_body || matches!(rule.rule.body, Body::Always);
    let given = place.owner.given();
    if !is_told || !context.analysis.never_selects(place.selector, &given) {
        return;
    }
    let later = place.selector.since.as_ref().is_some_and(|date| is_to_come(context, date));
    let is_told_elsewhere = context.analysis.is_impossible(&given) || passed_for_events(context, place).is_some();
    if later || is_told_elsewhere {
        return;
    }
    let named = place.owner.named(context.model);
    let finding = findings.add(place.selector.span, format!("no event can be one of those of {named}"));
    finding.here("nothing is ever among these").help("correct it, or take the rule away");
}

/// A season that has not begun.
fn is_to_come(context: &Context<'_>, date: &DateExpr) -> bool {
    match date {
        DateExpr::Literal(date) => date.first(&context.model.zone) > context.as_of,
        DateExpr::Define(define) => match context.model.defines.get(define.index()).map(|define| &define.value) {
            Some(AnyExpr::Date(date)) => is_to_come(context, date),
            _ => false,
        },
        _ => false,
    }
}

/// A condition and what is known to hold where it is looked at; its parts are looked at with what stands beside them.
/// Conditions nest to a depth that the parser bounds.
fn look<'a>(context: &Context<'a>, place: &ConditionPlace<'a>, findings: &mut Findings) {
    let given = place.owner.given();
    if context.analysis.is_impossible(&given) {
        // What stands around it never holds, and is reported there.
        return;
    }
    part(context, place, place.condition, &given, findings);
}

fn part<'a>(
    context: &Context<'a>,
    place: &ConditionPlace<'a>,
    condition: &'a Condition,
    given: &[Given<'a>],
    findings: &mut Findings,
) {
    if asks_for_today(context, condition) {
        return;
    }
    let with = |more: &'a Condition| [given, &[Given::holds(more)]].concat();
    if context.analysis.is_impossible(&with(condition)) {
        report(context, place, condition, given, findings);
        return;
    }
    match &condition.kind {
        ConditionKind::Any(parts) => parts.iter().for_each(|one| part(context, place, one, given, findings)),
        ConditionKind::All(parts) => {
            for (at, one) in parts.iter().enumerate().filter(|(_, one)| matches!(one.kind, ConditionKind::Any(_))) {
                let others = parts.iter().enumerate().filter(|(other, _)| *other != at);
                let beside: Vec<_> = given.iter().copied().chain(others.map(|(_, one)| Given::holds(one))).collect();
                part(context, place, one, &beside, findings);
            }
        }
        _ => {}
    }
}

/// Whether it is, or needs, what is the same for every lead.
fn asks_for_today(context: &Context<'_>, condition: &Condition) -> bool {
    match &condition.kind {
        ConditionKind::All(parts) => parts.iter().any(|part| asks_for_today(context, part)),
        _ => Reads::of_condition(context.model, condition).is_nothing(),
    }
}

fn report<'a>(
    context: &Context<'a>,
    place: &ConditionPlace<'a>,
    condition: &Condition,
    given: &[Given<'_>],
    findings: &mut Findings,
) {
    let is_whole = std::ptr::eq(condition, place.condition);
    if is_whole && passed(context, place).is_some() {
        // The lint about dates says so.
        return;
    }
    let named = place.owner.named(context.model);
    let message = match is_whole {
        true => format!("no lead can meet the condition of {named}"),
        false => format!("no lead can meet this part of the condition of {named}"),
    };
    let finding = findings.add(condition.span, message);
    match clash(context, condition, given) {
        Some((one, other)) => {
            finding.labels.clear();
            finding.also(one.span, "this can hold").also(other.span, "but never together with this");
            finding.help("write `or` where either is enough, or take one of the two away");
        }
        None => {
            finding.here("this never holds").help("correct it, or take it away");
        }
    }
}

/// Two parts of an `and` that exclude each other.
fn clash<'c>(
    context: &Context<'_>,
    condition: &'c Condition,
    given: &[Given<'c>],
) -> Option<(&'c Condition, &'c Condition)> {
    let ConditionKind::All(parts) = &condition.kind else { return None };
    let never = |more: &[&'c Condition]| {
        let given: Vec<_> = given.iter().copied().chain(more.iter().map(|one| Given::holds(one))).collect();
        context.analysis.is_impossible(&given)
    };
    if parts.iter().any(|part| never(&[part])) {
        return None;
    }
    let pairs = parts.iter().enumerate().flat_map(|(at, one)| parts.iter().skip(at + 1).map(move |other| (one, other)));
    let mut pairs = pairs.filter(|(one, other)| never(&[one, other]));
    pairs.next()
}

#[cfg(test)]
mod tests {
    use super::NEVER_TRUE;
    use crate::lint::testing::{LEAD, fires};

    /// The messages about one condition of a rule.
    fn about(condition: &str) -> Vec<String> {
        let text = format!("{LEAD}\nscore fit {{ +5 \"Rule\" when {condition} }}");
        fires(&NEVER_TRUE, &text).into_iter().map(|finding| finding.message).collect()
    }

    #[test]
    fn what_excludes_itself() {
        assert_eq!(about("(title is \"a\" and title is \"b\")").len(), 1);
        // The field's range begins at 0.
        assert_eq!(about("employees < 0").len(), 1);
        assert_eq!(about("(country is \"US\" or employees < 0)").len(), 1);
    }

    #[test]
    fn events_that_cannot_be() {
        let rule = |rule: &str| fires(&NEVER_TRUE, &format!("{LEAD}\nscore web {{ {rule} }}")).len();
        assert_eq!(rule("+5 for each page_view where (seconds < 5 and seconds > 9)"), 1);
        assert_eq!(rule("points by count of page_view where (seconds < 0) {\nfrom 5: +1\n}"), 1);
        assert_eq!(rule("+5 for each page_view where seconds > 9"), 0);
        // Not yet.
        assert_eq!(rule("+5 for each page_view since 2027-01-01"), 0);
        assert_eq!(rule("+5 when consent and days since 2027-01-01 > 1"), 0);
        assert_eq!(rule("+5 when days since 2027-01-01 > 1"), 0);
        // No longer, which another lint says.
        assert_eq!(rule("+5 for each page_view in last 9 days before 2025-06-01"), 0);
        assert_eq!(rule("+5 when consent and created after 2025-01-01 and days until 2025-06-01 > 0"), 0);
    }

    #[test]
    fn what_can_be_is_left_alone() {
        assert!(about("(title contains \"a\" and title contains \"b\")").is_empty());
        assert!(about("employees < 1").is_empty());
        assert!(about("country is missing").is_empty());
    }
}
