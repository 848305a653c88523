use crate::analysis::Range;
use crate::lint::{Context, Findings, Safety, claim, lint};
use crate::model::{PointLimits, RuleId};
use crate::source::Span;
use crate::syntax::tree::Clause;
use crate::value::Decimal;

lint! {
    /// Finds a limit of a rule or group that its points never come to.
    ///
    /// It is a proof: the points before the limit stay inside it, for every lead. A limit that they can just come to is left
    /// alone; so are `from … to` of a score, which say its scale.
    ///
    /// ## Why it matters
    ///
    /// The limit does nothing, and whoever reads it believes that it does. Often it was written for other points, or for a
    /// rule that is gone.
    ///
    /// ## Example
    ///
    /// ```score
    /// lead {
    ///   id  text key
    /// }
    ///
    /// event download { asset text }
    ///
    /// score interest {
    ///   +5 "Download"  for each download at most 3 times no higher than 40 points
    /// }
    /// ```
    ///
    /// ## Better
    ///
    /// ```score
    /// lead {
    ///   id  text key
    /// }
    ///
    /// event download { asset text }
    ///
    /// score interest {
    ///   +5 "Download"  for each download at most 3 times
    /// }
    /// ```
    pub static LIMIT_NEVER_REACHED = "S108", "limit-never-reached", Reach, Warning, Rules(check);
}

/// A rule or group with limits.
struct Limited<'a> {
    what: &'static str,
    label: &'a str,
    limits: PointLimits,
    span: Span,
    rules: Vec<RuleId>,
    before: Range<'a, 'a>,
    may_take_away: bool,
}

fn check(context: &Context<'_>, findings: &mut Findings) {
    for place in context.rules().iter().filter(|place| place.rule.limits != PointLimits::default()) {
        let limited = Limited {
            what: "rule",
            label: &place.rule.label,
            limits: place.rule.limits,
            span: place.rule.span,
            rules: vec![place.rule.id],
            before: context.analysis.range_of_rule_before_limits(place.rule.id, &[]),
            may_take_away: !context.is_named_by_tests(place.rule.id),
        };
        look(context, &limited, findings);
    }
    for place in context.groups().iter().filter(|place| place.group.limits != PointLimits::default()) {
        let inside =
            context.rules().iter().filter(|rule| rule.groups.iter().any(|one| std::ptr::eq(*one, place.group)));
        let limited = Limited {
            what: "group",
            label: &place.group.label,
            limits: place.group.limits,
            span: place.group.span,
            rules: inside.map(|rule| rule.rule.id).collect(),
            before: context.analysis.range_of_group_before_limits(place.group, &[]),
            may_take_away: true,
        };
        look(context, &limited, findings);
    }
}

fn look(context: &Context<'_>, limited: &Limited<'_>, findings: &mut Findings) {
    let (least, most) = (limited.before.at_least(), limited.before.at_most());
    // What never gives points is the matter of other lints.
    if limited.before.is_never() || least == Some(Decimal::ZERO) && most == Some(Decimal::ZERO) {
        return;
    }
    if let (Some(limit), Some(most)) = (limited.limits.highest, most)
        && most < limit
    {
        report(context, limited, true, limit, most, findings);
    }
    if let (Some(limit), Some(least)) = (limited.limits.lowest, least)
        && least > limit
    {
        report(context, limited, false, limit, least, findings);
    }
}

fn report(
    context: &Context<'_>,
    limited: &Limited<'_>,
    is_upper: bool,
    limit: Decimal,
    end: Decimal,
    findings: &mut Findings,
) {
    let clause = context.clauses(limited.span).iter().find(|clause| match clause.node {
        Clause::NoHigher(_) => is_upper,
        Clause::NoLower(_) => !is_upper,
        _ => false,
    });
    let span = clause.map_or(limited.span, |clause| clause.span);
    let Limited { what, label, .. } = limited;
    let finding = findings.add(span, format!("{what} `{label}` never comes to its limit of {limit} points"));
    let side = if is_upper { "more" } else { "less" };
    finding.here(format!("it never gives {side} than {end}"));
    let past = if is_upper { "below" } else { "above" };
    finding.help(format!("take the limit away, or write one {past} {end}"));
    let bound = if is_upper { limited.before.highest() } else { limited.before.lowest() };
    if let Some((value, witness)) = bound.and_then(|bound| bound.exact()) {
        let end = if is_upper { "most" } else { "least" };
        let shows = format!("this lead gets {value} points here, the {end} there is");
        context.show(finding, shows, witness, vec![claim::points_in_all_are(&limited.rules, value)]);
    }
    if let Some(edits) = clause.filter(|_| limited.may_take_away).and_then(|clause| context.without_clause(clause.span))
    {
        finding.fix("take the limit away", Safety::Safe, edits);
    }
}

#[cfg(test)]
mod tests {
    use super::LIMIT_NEVER_REACHED;
    use crate::lint::testing::{LEAD, fires, fixed};

    fn labels(rules: &str) -> Vec<String> {
        let found = fires(&LIMIT_NEVER_REACHED, &format!("{LEAD}score fit {{ {rules} }}"));
        found.into_iter().map(|finding| finding.labels[0].text.clone()).collect()
    }

    #[test]
    fn limits_out_of_reach() {
        assert_eq!(
            labels("+5 for each download at most 2 times no higher than 11 points"),
            ["it never gives more than 10"]
        );
        assert_eq!(labels("-5 for each unsubscribe once no lower than -6 points"), ["it never gives less than -5"]);
        let group = "group \"G\" no higher than 30 points { +10 when consent\n +9 when phone is known }";
        assert_eq!(labels(group), ["it never gives more than 19"]);
        // Never both, so 10 at most.
        let group = "group \"G\" no higher than 15 points { +10 when employees > 9\n +9 when employees < 5 }";
        assert_eq!(labels(group), ["it never gives more than 10"]);
    }

    #[test]
    fn limits_that_can_be_reached() {
        assert!(labels("+5 for each download at most 2 times no higher than 10 points").is_empty());
        assert!(labels("+5 for each download no higher than 500 points").is_empty());
        assert!(
            labels("group \"G\" no higher than 19 points { +10 when consent\n +9 when phone is known }").is_empty()
        );
    }

    #[test]
    fn the_limit_goes() {
        let text =
            |limit: &str| format!("{LEAD}score fit {{\n  +5 \"D\" for each download at most 2 times{limit}\n}}\n");
        assert_eq!(fixed(&LIMIT_NEVER_REACHED, &text(" no higher than 11 points")), text(""));
    }
}
