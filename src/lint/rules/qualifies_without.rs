use crate::analysis::{Given, Witness};
use crate::lint::asks::{ScoreAsk, parts_of_and};
use crate::lint::proofs::constant_points;
use crate::lint::repeated::{A_DAY_APART, repeated};
use crate::lint::subjects::Reads;
use crate::lint::{Context, Findings, RulePlace, claim, lint};
use crate::model::{Body, FieldId, NumberExpr, ScoreBody, ScoreId, Threshold, ThresholdId};
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
/// So many times at most is a rule repeated.
const MOST_TIMES: i64 = 60;

fn check(context: &Context<'_>, findings: &mut Findings) {
    for (id, threshold) in context.thresholds() {
        let asked_for = Reads::of_condition(context.model, &threshold.when).scores;
        let found = context.asks_of(threshold).into_iter().find_map(|ask| {
            let parts = parts(context, ask.score);
            let parts = parts.into_iter().filter(|part| !asked_for.contains(part));
            parts.filter_map(|part| Some((ask, part, worst(context, id, ask, part)?))).next()
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

fn worst<'c, 'a>(
    context: &'c Context<'a>,
    threshold: ThresholdId,
    ask: ScoreAsk<'_>,
    part: ScoreId,
) -> Option<Worst<'c, 'a>> {
    let mut minuses: Vec<(Decimal, &RulePlace<'a>)> = context
        .rules_of(part)
        .filter_map(|place| Some((constant_points(place)?, place)))
        .filter(|(points, place)| points.is_negative() && context.participation(place.rule.id).is_some())
        .collect();
    minuses.sort_by_key(|(points, place)| (*points, place.rule.id));
    if minuses.is_empty() {
        return None;
    }
    let range = context.range_of_score(part);
    let (least, lowest) = range.lowest()?.exact()?;
    let gates = parts_of_and(&context.model.thresholds.get(threshold.index())?.when).into_iter();
    let gates = gates.filter(|gate| Reads::of_condition(context.model, gate).scores.is_empty()).map(Given::holds);
    let gates: Vec<Given<'_>> = gates.chain(context.not_excluded()).collect();
    let riches = riches(context, ask, part);
    minuses.into_iter().take(MOST_TRIED).find_map(|(_, minus)| {
        let own = &context.participation(minus.rule.id)?.condition;
        let asked = [&gates[..], &minus.given(), &[Given::holds(own)]].concat();
        let verdict = context.analysis.possible(&asked);
        let poor = verdict.witness()?;
        let claims = [claim::score_is(part, least), claim::meets(threshold), claim::holds(own)];
        let poorest = [poor.clone(), together(lowest, poor)];
        let mut both = poorest.iter().flat_map(|poor| riches.iter().map(move |rich| together(poor, rich)));
        let witness = both.find(|witness| context.is_shown(witness, &claims))?;
        Some(Worst { least, minus, witness })
    })
}

/// Examples with as much as can be of the other parts.
fn riches(context: &Context<'_>, ask: ScoreAsk<'_>, part: ScoreId) -> Vec<Witness> {
    let others = parts(context, ask.score).into_iter().filter(|other| *other != part);
    others
        .flat_map(|other| match context.range_of_score(other).highest().and_then(|end| end.exact()) {
            Some((_, witness)) => vec![witness.clone()],
            None => repetitions(context, ask, other),
        })
        .collect()
}

/// Where there is no highest score: one rule, again and again.
fn repetitions(context: &Context<'_>, ask: ScoreAsk<'_>, score: ScoreId) -> Vec<Witness> {
    let mut rules: Vec<(Decimal, &RulePlace<'_>)> =
        context.rules_of(score).filter_map(|place| Some((constant_points(place)?, place))).collect();
    rules.retain(|(points, _)| *points > Decimal::ZERO);
    rules.sort_by_key(|(points, place)| (points.negate(), place.rule.id));
    let of = |(points, place): (Decimal, &RulePlace<'_>)| {
        let Body::ForEach(each) = &place.rule.body else { return None };
        let once = &context.participation(place.rule.id)?.example.as_ref()?.witness;
        let one = once.events.iter().rposition(|event| each.selector.types.contains(&event.kind))?;
        // Twice as often as it takes without a minus.
        let times = (ask.number.divide(points)?.to_f64().ceil() as i64).saturating_mul(2).min(MOST_TIMES);
        Some([0, A_DAY_APART].map(|apart| repeated(context, once, one, each, times, apart)))
    };
    rules.into_iter().take(MOST_TRIED).filter_map(of).flatten().collect()
}

/// The first lead, with what only the second one has.
fn together(one: &Witness, other: &Witness) -> Witness {
    let mut both = one.clone();
    let is_new = |field: FieldId| !one.lead.iter().any(|(known, _)| *known == field);
    both.lead.extend(other.lead.iter().filter(|(field, _)| is_new(*field)).cloned());
    both.lead.sort_by_key(|(field, _)| *field);
    both.events.extend(other.events.iter().cloned());
    both.events.sort_by_key(|event| event.at);
    both
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
