use crate::lint::proofs::constant_points;
use crate::lint::{Context, Findings, RulePlace, claim, lint};
use crate::model::{Body, PointLimits};
use crate::source::Span;
use crate::syntax::tree::Clause;
use crate::value::Decimal;

lint! {
    /// Finds a limit that one rule alone passes, so that its points are never given in full.
    ///
    /// Looked at are the limits of rules and of the groups around them, where the rule gives a plain number that does not
    /// fade: the first occurrence already passes the limit.
    ///
    /// ## Why it matters
    ///
    /// The number before the rule is not what anybody gets, and beside it no other rule of the group adds anything. Most
    /// often the points were raised and the limit was forgotten.
    ///
    /// ## Example
    ///
    /// ```score
    /// lead {
    ///   id     text key
    ///   phone  text
    ///   title  text
    /// }
    ///
    /// score fit {
    ///   group "Contact" no higher than 20 points {
    ///     +30 "Left a phone"  when phone is known
    ///     +5  "Named a title" when title is known
    ///   }
    /// }
    /// ```
    ///
    /// ## Better
    ///
    /// ```score
    /// lead {
    ///   id     text key
    ///   phone  text
    ///   title  text
    /// }
    ///
    /// score fit {
    ///   group "Contact" no higher than 20 points {
    ///     +18 "Left a phone"  when phone is known
    ///     +5  "Named a title" when title is known
    ///   }
    /// }
    /// ```
    pub static LIMIT_ALWAYS_REACHED = "S109", "limit-always-reached", Reach, Warning, Rules(check);
}

fn check(context: &Context<'_>, findings: &mut Findings) {
    for place in context.rules() {
        let Some(mut points) = constant_points(place) else { continue };
        if matches!(&place.rule.body, Body::ForEach(each) if each.decay.is_some()) {
            continue;
        }
        if let Some(limit) = passed(place.rule.limits, points) {
            report(context, place, ("its", place.rule.span), points, limit, findings);
            continue;
        }
        // Outwards: a group's weight comes before its limits.
        for group in place.groups.iter().rev() {
            if let Some(weight) = group.weight {
                points = points.percent(weight).unwrap_or(points);
            }
            if let Some(limit) = passed(group.limits, points) {
                report(context, place, ("the group's", group.span), points, limit, findings);
                break;
            }
        }
    }
}

fn passed(limits: PointLimits, points: Decimal) -> Option<Decimal> {
    let above = limits.highest.filter(|limit| points > *limit);
    above.or_else(|| limits.lowest.filter(|limit| points < *limit))
}

fn report(
    context: &Context<'_>,
    place: &RulePlace<'_>,
    (whose, limited): (&str, Span),
    points: Decimal,
    limit: Decimal,
    findings: &mut Findings,
) {
    let label = &place.rule.label;
    let clause = context.clauses(limited).iter().find(|clause| match clause.node {
        Clause::NoHigher(_) => !points.is_negative(),
        Clause::NoLower(_) => points.is_negative(),
        _ => false,
    });
    let message = format!("rule `{label}` alone passes {whose} limit of {limit} points");
    let finding = findings.add(place.rule.span, message);
    finding.here(format!("this counts {points}"));
    finding.also(clause.map_or(limited, |clause| clause.span), "and this holds it");
    finding.help(match points.is_negative() {
        false => format!("give at most {limit} points, or write `no higher than {points} points`"),
        true => format!("take at most {} points off, or write `no lower than {points} points`", limit.abs()),
    });
    if let Some(example) = context.participation(place.rule.id).and_then(|own| own.example.as_ref()) {
        let is_own = limited == place.rule.span;
        let gets = if is_own { limit } else { constant_points(place).unwrap_or_default() };
        let shows = match is_own {
            true => format!("this lead meets it once, and gets {limit}"),
            false => format!("this lead meets `{label}`: {points} points, of which the group leaves {limit}"),
        };
        context.show(finding, shows, &example.witness, vec![claim::points_are(place.rule.id, gets)]);
    }
}

#[cfg(test)]
mod tests {
    use super::LIMIT_ALWAYS_REACHED;
    use crate::lint::testing::{LEAD, fires};

    fn count(rules: &str) -> usize {
        fires(&LIMIT_ALWAYS_REACHED, &format!("{LEAD}score fit {{ {rules} }}")).len()
    }

    #[test]
    fn one_is_enough() {
        assert_eq!(count("+15 for each download no higher than 10 points"), 1);
        assert_eq!(count("-15 for each unsubscribe no lower than -10 points"), 1);
        assert_eq!(count("group \"G\" no higher than 10 points { +15 when consent\n +5 when phone is known }"), 1);
        // 40% of 30 is 12.
        assert_eq!(count("group \"G\" counts 40% no higher than 10 points { +30 when consent }"), 1);
    }

    #[test]
    fn what_the_limit_leaves_room_for() {
        assert_eq!(count("+10 for each download no higher than 10 points"), 0);
        assert_eq!(count("group \"G\" counts 30% no higher than 10 points { +30 when consent }"), 0);
        // A fresh one is held for a while, then fades below the limit.
        assert_eq!(count("+15 for each download no higher than 10 points decay half-life 30 days"), 0);
    }
}
