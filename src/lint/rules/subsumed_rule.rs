use crate::lint::proofs::{by_siblings, constant_points};
use crate::lint::{Context, Findings, RulePlace, Safety, claim, lint};
use crate::model::{Choice, RuleId};
use crate::value::Decimal;

lint! {
    /// Finds a rule of a `highest only` or `lowest only` group that never wins.
    ///
    /// It is a proof: whenever the rule holds, another one of the group holds, too, and gives as much or more (or, of the
    /// lowest, as little or less).
    ///
    /// ## Why it matters
    ///
    /// The rule looks as if it did something, and taking it away would change no score. Most often its condition is
    /// narrower than it was meant to be, or its points are too few.
    ///
    /// ## Example
    ///
    /// ```score
    /// lead {
    ///   id         text key
    ///   employees  number from 0
    /// }
    ///
    /// score fit {
    ///   group "Size" highest only {
    ///     +20 "Large"       when employees >= 100
    ///     +15 "Very large"  when employees >= 1000
    ///   }
    /// }
    /// ```
    ///
    /// ## Better
    ///
    /// ```score
    /// lead {
    ///   id         text key
    ///   employees  number from 0
    /// }
    ///
    /// score fit {
    ///   group "Size" highest only {
    ///     +15 "Large"       when employees >= 100
    ///     +20 "Very large"  when employees >= 1000
    ///   }
    /// }
    /// ```
    pub static SUBSUMED_RULE = "S202", "subsumed-rule", Overlap, Warning, Rules(check);
}

fn check(context: &Context<'_>, findings: &mut Findings) {
    for siblings in by_siblings(context) {
        let Some(choice) = siblings.first().and_then(|place| place.groups.last()).map(|group| group.choice) else {
            continue;
        };
        if !matches!(choice, Choice::Highest | Choice::Lowest) {
            continue;
        }
        let mut gone: Vec<RuleId> = Vec::new();
        for place in siblings.iter().rev() {
            let mut others = siblings.iter().filter(|other| !gone.contains(&other.rule.id));
            if let Some(winner) = others.find(|other| wins(context, choice, other, place)) {
                gone.push(place.rule.id);
                report(context, choice, winner, place, findings);
            }
        }
    }
}

/// Whether one rule always holds and gives as much where another one does.
fn wins(context: &Context<'_>, choice: Choice, winner: &RulePlace<'_>, place: &RulePlace<'_>) -> bool {
    let (Some(more), Some(less)) = (constant_points(winner), constant_points(place)) else { return false };
    let has_limits = |place: &RulePlace<'_>| place.rule.limits != crate::model::PointLimits::default();
    let is_better = if choice == Choice::Highest { more >= less } else { more <= less };
    is_better
        && winner.rule.id != place.rule.id
        && !has_limits(winner)
        && !has_limits(place)
        && context.implied().contains(&(place.rule.id, winner.rule.id))
}

fn report(
    context: &Context<'_>,
    choice: Choice,
    winner: &RulePlace<'_>,
    place: &RulePlace<'_>,
    findings: &mut Findings,
) {
    let (label, other) = (&place.rule.label, &winner.rule.label);
    let points = constant_points(winner).unwrap_or_default();
    let finding = findings.add(place.rule.span, format!("rule `{label}` never wins in its group"));
    finding.here("whenever this holds");
    finding.also(winner.rule.span, format!("this holds, too, and gives {points}"));
    let side = if choice == Choice::Highest { "more" } else { "less" };
    finding.help(format!("take it away, or give {side} than {points} points"));
    if let Some(example) = context.participation(place.rule.id).and_then(|own| own.example.as_ref()) {
        let claims = context.participation(place.rule.id).map(|own| claim::holds(&own.condition));
        let mut claims: Vec<_> = claims.into_iter().collect();
        claims.push(claim::points_are(place.rule.id, Decimal::ZERO));
        context.show(finding, format!("this lead meets `{label}` and `{other}`"), &example.witness, claims);
    }
    if let Some(edits) = context.without_rule(place) {
        finding.fix("take the rule away", Safety::Safe, edits);
    }
}

#[cfg(test)]
mod tests {
    use super::SUBSUMED_RULE;
    use crate::lint::testing::{LEAD, fires, fixed};

    fn messages(choice: &str, rules: &str) -> Vec<String> {
        let text = format!("{LEAD}score fit {{ group \"G\" {choice} {{\n{rules}\n}} }}");
        fires(&SUBSUMED_RULE, &text).into_iter().map(|finding| finding.message).collect()
    }

    #[test]
    fn what_another_one_always_beats() {
        let found = ["rule `B` never wins in its group"];
        assert_eq!(messages("highest only", "+9 \"A\" when employees > 5\n+4 \"B\" when employees > 9"), found);
        assert_eq!(
            messages(
                "highest only",
                "+4 \"B\" when any download in last 7 days\n+9 \"A\" when any download in last 30 days"
            ),
            found
        );
        assert_eq!(messages("lowest only", "-9 \"A\" when employees > 5\n-4 \"B\" when employees > 9"), found);
        // Of two that are alike, the later one.
        assert_eq!(messages("highest only", "+4 \"A\" when consent\n+4 \"B\" when consent is yes"), found);
    }

    #[test]
    fn what_wins_for_somebody() {
        assert!(messages("highest only", "+4 \"A\" when employees > 5\n+9 \"B\" when employees > 9").is_empty());
        assert!(messages("highest only", "+9 \"A\" when employees > 9\n+4 \"B\" when employees > 5").is_empty());
        assert!(messages("", "+9 \"A\" when employees > 5\n+4 \"B\" when employees > 9").is_empty());
    }

    #[test]
    fn the_rule_goes() {
        let text = |rule: &str| {
            format!("{LEAD}score fit {{\n  group highest only {{\n    +9 when employees > 5\n{rule}  }}\n}}\n")
        };
        assert_eq!(fixed(&SUBSUMED_RULE, &text("    +4 when employees > 9\n")), text(""));
    }
}
