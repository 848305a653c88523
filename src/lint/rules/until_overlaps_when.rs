use crate::analysis::{Given, Verdict};
use crate::lint::asks::{parts_of_and, parts_of_or, score_ask};
use crate::lint::{Context, Findings, claim, lint};
use crate::model::{Condition, ConditionKind, ScoreId, Threshold};

lint! {
    /// Finds a threshold whose `until` already holds for leads that its `when` lets in, by the same score.
    ///
    /// It is a proof, with such a lead. Only where both ask for one and the same score: an `until` that asks for something
    /// else, such as an unsubscription, keeps leads out on purpose.
    ///
    /// ## Why it matters
    ///
    /// `until` comes first: a lead between the two numbers is never let in, though `when` says that it should be. The number
    /// behind `until` has to be the lower one.
    ///
    /// ## Example
    ///
    /// ```score
    /// lead {
    ///   id       text key
    ///   phone    text
    ///   country  text
    /// }
    ///
    /// score fit from 0 {
    ///   +50 "Left a phone"  when phone is known
    ///   +30 "Core market"   when country is "US"
    /// }
    ///
    /// threshold mql
    ///   when fit >= 50
    ///   until fit < 70
    /// ```
    ///
    /// ## Better
    ///
    /// ```score
    /// lead {
    ///   id       text key
    ///   phone    text
    ///   country  text
    /// }
    ///
    /// score fit from 0 {
    ///   +50 "Left a phone"  when phone is known
    ///   +30 "Core market"   when country is "US"
    /// }
    ///
    /// threshold mql
    ///   when fit >= 50
    ///   until fit < 30
    /// ```
    pub static UNTIL_OVERLAPS_WHEN = "S112", "until-overlaps-when", Reach, Warning, Rules(check);
}

fn check(context: &Context<'_>, findings: &mut Findings) {
    for (id, threshold) in context.thresholds() {
        let Some(until) = &threshold.until else { continue };
        let pairs = pairs(context, threshold, until);
        for (when, until) in pairs {
            let asked = [Given::holds(&threshold.when), Given::holds(until)];
            let Verdict::Yes(witness) = context.analysis.possible(&asked) else { continue };
            let name = &threshold.name;
            let message = format!("threshold `{name}` does not let in everybody that its `when` asks for");
            let finding = findings.add(until.span, message);
            finding.here("this already holds for some of them").also(when.span, "who have met this");
            finding.help(match (score_ask(context.model, when), score_ask(context.model, until)) {
                (Some(when), Some(until)) if until.number > when.number => {
                    let score = context.score_name(until.score);
                    format!("write a number below {}, such as `until {score} < {}`", when.number, lower(when.number))
                }
                _ => "write an `until` that does not hold for those who meet `when`".to_owned(),
            });
            let claims = vec![claim::holds(&threshold.when), claim::holds(until), claim::not(claim::meets(id))];
            context.show(finding, "this lead meets `when` and `until`, and is not let in", &witness, claims);
            break;
        }
    }
}

/// A plain number some way below.
fn lower(number: crate::value::Decimal) -> crate::value::Decimal {
    number.percent(crate::value::Decimal::whole(60)).unwrap_or(number).round(0)
}

/// Parts of `when` and of `until` about one score.
fn pairs<'a>(
    context: &Context<'_>,
    threshold: &'a Threshold,
    until: &'a Condition,
) -> Vec<(&'a Condition, &'a Condition)> {
    let of = |condition: &Condition| score_of(context, condition);
    let mut found = Vec::new();
    for when in parts_of_and(&threshold.when) {
        for until in parts_of_or(until) {
            if let (Some(one), Some(other)) = (of(when), of(until))
                && one == other
                && may_overlap(context, when, until)
            {
                found.push((when, until));
            }
        }
    }
    found
}

/// The cheap question before the costly one.
fn may_overlap(context: &Context<'_>, when: &Condition, until: &Condition) -> bool {
    match (&when.kind, &until.kind) {
        (ConditionKind::Band { bands, .. }, ConditionKind::Band { bands: others, .. }) => !bands.is_disjoint(others),
        _ => match (score_ask(context.model, when), score_ask(context.model, until)) {
            (Some(when), Some(until)) if when.is_at_least() && !until.is_at_least() => until.number >= when.number,
            _ => true,
        },
    }
}

fn score_of(context: &Context<'_>, condition: &Condition) -> Option<ScoreId> {
    match &condition.kind {
        ConditionKind::Band { score, .. } => Some(*score),
        _ => score_ask(context.model, condition).map(|ask| ask.score),
    }
}

#[cfg(test)]
mod tests {
    use super::UNTIL_OVERLAPS_WHEN;
    use crate::lint::testing::{LEAD, fires};

    fn count(threshold: &str) -> usize {
        let rules = "score fit { +30 when phone is known\n +20 when country is \"US\"\n +10 when consent }\n\
                     bands fit { A from 50, B from 30, C otherwise }\nthreshold mql when";
        fires(&UNTIL_OVERLAPS_WHEN, &format!("{LEAD}{rules} {threshold}")).len()
    }

    #[test]
    fn the_numbers_the_wrong_way_round() {
        assert_eq!(count("fit >= 30 until fit < 50"), 1);
        assert_eq!(count("fit >= 30 until not consent or fit <= 30"), 1);
        assert_eq!(count("fit >= 30 until band of fit is B"), 1);
    }

    #[test]
    fn what_leaves_room_or_keeps_out_on_purpose() {
        assert_eq!(count("fit >= 30 until fit < 30"), 0);
        assert_eq!(count("fit >= 30 until band of fit is C"), 0);
        assert_eq!(count("fit >= 30 until any unsubscribe"), 0);
        // 50 to 60 there are, and none of them below 50.
        assert_eq!(count("fit > 40 until fit < 45"), 0);
    }
}
