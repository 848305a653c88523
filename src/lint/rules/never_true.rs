use crate::analysis::Given;
use crate::lint::{ConditionPlace, Context, Findings, Owner, lint};
use crate::model::{Condition, ConditionKind};

lint! {
    /// Finds a condition that no lead can meet.
    ///
    /// It is a proof, from the rules and the field declarations alone: no lead and no events make the condition hold.
    /// Looked at are the `when` of rules, groups, scores and exclusions, the conditions of a `define`, and every part of an
    /// `or` in them.
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
    for place in context.conditions() {
        match place.owner {
            // What thresholds ask has lints of its own.
            Owner::ThresholdWhen(_) | Owner::ThresholdUntil(_) => {}
            _ => look(context, &place, findings),
        }
    }
}

/// A condition and what is known to hold where it is looked at; its parts are looked at with what stands beside them.
/// Conditions nest to a depth that the parser bounds.
fn look<'a>(context: &Context<'a>, place: &ConditionPlace<'a>, findings: &mut Findings) {
    let given = place.owner.given();
    if context.analysis.possible(&given).is_no() {
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
    if let ConditionKind::Constant(_) = condition.kind {
        return;
    }
    let with = |more: &'a Condition| [given, &[Given::holds(more)]].concat();
    if context.analysis.possible(&with(condition)).is_no() {
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

fn report(
    context: &Context<'_>,
    place: &ConditionPlace<'_>,
    condition: &Condition,
    given: &[Given<'_>],
    findings: &mut Findings,
) {
    let is_whole = std::ptr::eq(condition, place.condition);
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
        context.analysis.possible(&given).is_no()
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
    fn what_can_be_is_left_alone() {
        assert!(about("(title contains \"a\" and title contains \"b\")").is_empty());
        assert!(about("employees < 1").is_empty());
        assert!(about("country is missing").is_empty());
    }
}
