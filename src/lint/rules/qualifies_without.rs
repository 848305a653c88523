use crate::analysis::{Given, Verdict, Witness};
use crate::lint::asks::ScoreAsk;
use crate::lint::proofs::constant_points;
use crate::lint::subjects::Reads;
use crate::lint::{Context, Findings, RulePlace, claim, lint};
use crate::model::{Condition, NumberExpr, ScoreBody, ScoreId, Threshold, ThresholdId};
use crate::value::Decimal;
use std::collections::BTreeSet;

lint! {
    /// Finds a threshold on a sum of scores that leads with the worst part of it can reach.
    ///
    /// It is a proof, with such a lead: one part of the sum is as low as it can be, a rule that takes points off counts
    /// against the lead, and the rest of the sum is enough. Only parts that have such rules, and that the threshold does not
    /// ask for by themselves, are looked at.
    ///
    /// ## Why it matters
    ///
    /// A sum lets much of one thing make up for none of another: the student with ten e-books is handed to sales, though the
    /// rules themselves say that students do not buy.
    ///
    /// ## Example
    ///
    /// ```score
    /// lead {
    ///   id     text key
    ///   title  text
    /// }
    ///
    /// event download { asset text }
    ///
    /// score fit {
    ///   +30 "Manager"  when title mentions "manager"
    ///   -20 "Student"  when title mentions "student"
    /// }
    ///
    /// score interest {
    ///   +10 "E-book"  for each download once per asset no higher than 80 points
    /// }
    ///
    /// score total = fit + interest
    ///
    /// threshold mql when total >= 50
    /// ```
    ///
    /// ## Better
    ///
    /// ```score
    /// lead {
    ///   id     text key
    ///   title  text
    /// }
    ///
    /// event download { asset text }
    ///
    /// score fit {
    ///   +30 "Manager"  when title mentions "manager"
    ///   -20 "Student"  when title mentions "student"
    /// }
    ///
    /// score interest {
    ///   +10 "E-book"  for each download once per asset no higher than 80 points
    /// }
    ///
    /// score total = fit + interest
    ///
    /// threshold mql when total >= 50 and fit >= 10
    /// ```
    pub static QUALIFIES_WITHOUT = "S114", "qualifies-without", Reach, Advice, Rules(check);
}

/// So many rules of a part that take points off are tried at most.
const MOST_TRIED: usize = 4;

fn check(context: &Context<'_>, findings: &mut Findings) {
    for (id, threshold) in context.thresholds() {
        let asked_for = Reads::of_condition(context.model, &threshold.when).scores;
        let found = context.asks_of(threshold).into_iter().find_map(|ask| {
            let parts = parts(context, ask.score);
            let parts = parts.into_iter().filter(|part| !asked_for.contains(part));
            parts.filter_map(|part| Some((ask, part, worst(context, id, part)?))).next()
        });
        if let Some((ask, part, worst)) = found {
            report(context, (id, threshold), ask, part, &worst, findings);
        }
    }
}

/// The scores that a derived one is made of, where they are two or more.
fn parts(context: &Context<'_>, score: ScoreId) -> BTreeSet<ScoreId> {
    let Some(ScoreBody::Derived(number)) = context.model.scores.get(score.index()).map(|score| &score.body) else {
        return BTreeSet::new();
    };
    let mut parts = BTreeSet::new();
    crate::model::walk::walk_number(number, &mut |part| {
        if let crate::model::walk::Part::Number(NumberExpr::Score(score)) = part {
            parts.insert(*score);
        }
    });
    if parts.len() < 2 { BTreeSet::new() } else { parts }
}

/// A lead with the worst of a part.
struct Worst<'c, 'a> {
    least: Decimal,
    minus: &'c RulePlace<'a>,
    witness: Witness,
}

fn worst<'c, 'a>(context: &'c Context<'a>, threshold: ThresholdId, part: ScoreId) -> Option<Worst<'c, 'a>> {
    let mut minuses: Vec<(Decimal, &RulePlace<'a>)> = context
        .rules_of(part)
        .filter_map(|place| Some((constant_points(place)?, place)))
        .filter(|(points, place)| points.is_negative() && context.participation(place.rule.id).is_some())
        .collect();
    minuses.sort_by_key(|(points, place)| (*points, place.rule.id));
    if minuses.is_empty() {
        return None;
    }
    let (least, _) = context.range_of_score(part).lowest()?.exact()?;
    let is_worst: Condition = claim::score_is_at_most(part, least);
    minuses.into_iter().take(MOST_TRIED).find_map(|(_, minus)| {
        let own = &context.participation(minus.rule.id)?.condition;
        let mut given = minus.given();
        given.extend([Given::holds(own), Given::holds(&is_worst)]);
        match context.analysis.can_meet(threshold, &given) {
            Verdict::Yes(witness) => Some(Worst { least, minus, witness }),
            Verdict::No | Verdict::Unknown => None,
        }
    })
}

fn report(
    context: &Context<'_>,
    (id, threshold): (ThresholdId, &Threshold),
    ask: ScoreAsk<'_>,
    part: ScoreId,
    worst: &Worst<'_, '_>,
    findings: &mut Findings,
) {
    let (name, part_name, total) = (&threshold.name, context.score_name(part), context.score_name(ask.score));
    let label = &worst.minus.rule.label;
    let message = format!("threshold `{name}` can be met with the lowest `{part_name}` there is");
    let finding = findings.add(ask.condition.span, message);
    finding.here(format!("the rest of `{total}` is enough"));
    finding.also(worst.minus.rule.span, "even for those whom this counts against");
    finding.help(format!("ask for `{part_name}` as well: `{}`", guard(context, part, worst.least)));
    let shows = format!("this lead has {} points of `{part_name}`, meets `{label}`, and meets `{name}`", worst.least);
    let mut claims = vec![claim::score_is(part, worst.least), claim::meets(id)];
    claims.extend(context.participation(worst.minus.rule.id).map(|own| claim::holds(&own.condition)));
    context.show(finding, shows, &worst.witness, claims);
}

/// What to ask for as well: some way up the part.
fn guard(context: &Context<'_>, part: ScoreId, least: Decimal) -> String {
    let name = context.score_name(part);
    let most = context.range_of_score(part).at_most().filter(|most| *most > Decimal::ZERO);
    match most.and_then(|most| most.percent(Decimal::whole(30))) {
        Some(some) if some.round(0) > least => format!("and {name} >= {}", some.round(0)),
        _ => format!("and {name} > {least}"),
    }
}

#[cfg(test)]
mod tests {
    use super::QUALIFIES_WITHOUT;
    use crate::lint::testing::{LEAD, fires};

    fn messages(fit: &str, threshold: &str) -> Vec<String> {
        let text = format!(
            "{LEAD}score fit from 0 {{ +30 when industry is \"technology\"\n{fit} }}\n\
             score web {{ +80 when any demo_request }}\nscore total = fit + web\nthreshold mql when {threshold}"
        );
        fires(&QUALIFIES_WITHOUT, &text).into_iter().map(|finding| finding.message).collect()
    }

    const STUDENT: &str = "-20 \"Student\" when title mentions \"student\"";

    #[test]
    fn the_rest_is_enough() {
        let all = ["threshold `mql` can be met with the lowest `fit` there is"];
        assert_eq!(messages(STUDENT, "total >= 50"), all);
        assert_eq!(messages(STUDENT, "consent and total >= 80"), all);
    }

    #[test]
    fn guarded_or_not_enough() {
        assert!(messages(STUDENT, "total >= 81").is_empty());
        assert!(messages(STUDENT, "total >= 50 and fit >= 10").is_empty());
        // Nothing speaks against a lead: it is only not known well.
        assert!(messages("+5 when phone is known", "total >= 50").is_empty());
        assert!(messages(STUDENT, "web >= 50").is_empty());
    }
}
