use crate::analysis::{Given, Verdict};
use crate::lint::asks::ScoreAsk;
use crate::lint::proofs::constant_points;
use crate::lint::{Context, Findings, RulePlace, claim, lint};
use crate::model::{Body, Choice, Threshold, ThresholdId};
use crate::value::Decimal;

lint! {
    /// Finds a rule that takes as many points off as a threshold asks for, and still keeps no good lead below it.
    ///
    /// It is a proof, with a lead that has the minus and meets the threshold. Smaller minuses are left alone: they are meant
    /// to weigh, not to keep out.
    ///
    /// ## Why it matters
    ///
    /// So large a minus is written to keep somebody out: a competitor, a student, a customer. A lead with enough other points
    /// gets through all the same.
    ///
    /// ## Example
    ///
    /// ```score
    /// lead {
    ///   id       text key
    ///   title    text
    ///   company  text
    ///   phone    text
    /// }
    ///
    /// score fit {
    ///   +60 "Manager"       when title mentions "manager"
    ///   +50 "Left a phone"  when phone is known
    ///   -50 "Competitor"    when company is "Rival"
    /// }
    ///
    /// threshold mql when fit >= 50
    /// ```
    ///
    /// ## Better
    ///
    /// ```score
    /// lead {
    ///   id       text key
    ///   title    text
    ///   company  text
    ///   phone    text
    /// }
    ///
    /// exclude "Competitor" when company is "Rival"
    ///
    /// score fit {
    ///   +60 "Manager"       when title mentions "manager"
    ///   +50 "Left a phone"  when phone is known
    /// }
    ///
    /// threshold mql when fit >= 50
    /// ```
    pub static PENALTY_TOO_SMALL = "S115", "penalty-too-small", Reach, Warning, Rules(check);
}

fn check(context: &Context<'_>, findings: &mut Findings) {
    for place in context.rules() {
        let Some(points) = constant_points(place).filter(|points| points.is_negative()) else { continue };
        if place.groups.iter().any(|group| group.choice != Choice::All || group.weight.is_some()) {
            continue;
        }
        let found = context.thresholds().find_map(|(id, threshold)| {
            let mut asks = context.asks_of(threshold).into_iter();
            asks.find(|ask| is_meant_to_keep_out(context, place, points, ask)).map(|ask| (id, threshold, ask))
        });
        if let Some((id, threshold, ask)) = found {
            look(context, place, points, (id, threshold, ask), findings);
        }
    }
}

fn is_meant_to_keep_out(context: &Context<'_>, place: &RulePlace<'_>, points: Decimal, ask: &ScoreAsk<'_>) -> bool {
    ask.number > Decimal::ZERO && points.abs() >= ask.number && context.made_of(ask.score).contains(&place.score)
}

fn look(
    context: &Context<'_>,
    place: &RulePlace<'_>,
    points: Decimal,
    (id, threshold, ask): (ThresholdId, &Threshold, ScoreAsk<'_>),
    findings: &mut Findings,
) -> Option<()> {
    let own = context.participation(place.rule.id)?;
    let given = [&place.given()[..], &[Given::holds(&own.condition)]].concat();
    let Verdict::Yes(witness) = context.analysis.can_meet(id, &given) else { return None };
    let (label, name) = (&place.rule.label, &threshold.name);
    let message = format!("rule `{label}` does not keep good leads below threshold `{name}`");
    let finding = findings.add(place.rule.span, message);
    finding.here(format!("takes {} points off", points.abs()));
    finding.also(ask.condition.span, format!("{} are asked for, and a lead can have that many left", ask.number));
    finding.help(match &place.rule.body {
        Body::When(condition) => {
            let text = context.text(condition.span);
            format!("to keep them out, write `exclude \"{}\" when {text}`", label.replace('"', "'"))
        }
        _ => format!("to keep them out, write an `exclude`, or ask for it in `{name}`"),
    });
    let shows = format!("this lead meets `{label}`, and `{name}` all the same");
    context.show(finding, shows, &witness, vec![claim::holds(&own.condition), claim::meets(id)]);
    Some(())
}

#[cfg(test)]
mod tests {
    use super::PENALTY_TOO_SMALL;
    use crate::lint::testing::{LEAD, fires};

    fn count(minus: &str) -> usize {
        let rules = "score fit { +60 when phone is known\n +30 when consent";
        let rest = "}\nscore total = fit * 1\nthreshold mql when consent and total >= 40";
        fires(&PENALTY_TOO_SMALL, &format!("{LEAD}{rules}\n{minus} {rest}")).len()
    }

    #[test]
    fn a_lead_that_gets_through() {
        // 90 less 50 is 40.
        assert_eq!(count("-50 when country is \"US\""), 1);
        assert_eq!(count("-40 for each unsubscribe once"), 1);
    }

    #[test]
    fn large_enough_or_only_a_weight() {
        assert_eq!(count("-51 when country is \"US\""), 0);
        assert_eq!(count("-30 when country is \"US\""), 0);
        // Who has no phone number lacks those points, too.
        assert_eq!(count("-50 when phone is missing"), 0);
    }
}
