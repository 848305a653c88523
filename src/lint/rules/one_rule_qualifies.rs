use crate::analysis::{Given, Witness};
use crate::lint::asks::{ScoreAsk, parts_of_and};
use crate::lint::proofs::constant_points;
use crate::lint::repeated::{A_DAY_APART, repeated};
use crate::lint::subjects::Reads;
use crate::lint::{Context, Findings, RulePlace, claim, lint};
use crate::model::{Body, Choice, Each, LimitScope, OccurrenceLimit, Threshold, ThresholdId};
use crate::value::Decimal;

lint! {
    /// Finds a weak rule that alone, by being repeated, reaches a threshold; the weakest one is shown.
    ///
    /// It is a proof, with such a lead. A rule is weak when one occurrence gives a third of what the threshold asks for, or
    /// less: where one demo request is worth the whole threshold, that is meant.
    ///
    /// ## Why it matters
    ///
    /// A script, a mail scanner or a bored student repeats one small thing until sales calls. A limit keeps small signs small.
    ///
    /// ## Example
    ///
    /// ```score
    /// lead {
    ///   id  text key
    /// }
    ///
    /// event download { asset text }
    /// event demo_request
    ///
    /// score interest {
    ///   +50 "Demo"      for each demo_request once
    ///   +5  "Download"  for each download once per day
    /// }
    ///
    /// threshold mql when interest >= 50
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
    /// event demo_request
    ///
    /// score interest {
    ///   +50 "Demo"      for each demo_request once
    ///   +5  "Download"  for each download once per day no higher than 25 points
    /// }
    ///
    /// threshold mql when interest >= 50
    /// ```
    pub static ONE_RULE_QUALIFIES = "S113", "one-rule-qualifies", Reach, Advice, Rules(check);
}

/// So many rules of a threshold are tried at most.
const MOST_TRIED: usize = 12;
/// So many times at most is a rule repeated.
const MOST_TIMES: i64 = 40;

fn check(context: &Context<'_>, findings: &mut Findings) {
    for (id, threshold) in context.thresholds() {
        for ask in context.asks_of(threshold).into_iter().filter(|ask| ask.number > Decimal::ZERO) {
            if look(context, (id, threshold), ask, findings).is_some() {
                break;
            }
        }
    }
}

fn look(
    context: &Context<'_>,
    (id, threshold): (ThresholdId, &Threshold),
    ask: ScoreAsk<'_>,
    findings: &mut Findings,
) -> Option<()> {
    let scores = context.made_of(ask.score);
    let mut weak: Vec<(Decimal, &RulePlace<'_>)> = scores
        .iter()
        .flat_map(|score| context.rules_of(*score))
        .filter_map(|place| Some((constant_points(place)?, place)))
        .filter(|(points, place)| is_weak(context, place, *points, ask.number))
        .collect();
    weak.sort_by_key(|(points, place)| (*points, place.rule.id));
    let gates = parts_of_and(&threshold.when).into_iter().filter(|part| {
        let reads = Reads::of_condition(context.model, part);
        reads.scores.is_empty() && !reads.results
    });
    let gates: Vec<Given<'_>> = gates.map(Given::holds).collect();
    let mut tried = weak.into_iter().take(MOST_TRIED);
    let (points, place, times, witness, gets) = tried.find_map(|(points, place)| {
        let (times, witness, gets) = alone(context, id, place, points, ask, &gates)?;
        Some((points, place, times, witness, gets))
    })?;
    let label = &place.rule.label;
    let message = format!("rule `{label}` alone can reach threshold `{}`", threshold.name);
    let finding = findings.add(place.rule.span, message);
    finding.here(format!("{times} times {points} points are enough"));
    finding.also(ask.condition.span, format!("for the {} asked for here", ask.number));
    let limit = ask.number.percent(Decimal::whole(50)).unwrap_or(ask.number).round(0);
    finding.help(format!("limit it, such as `no higher than {limit} points`"));
    let shows = format!("this lead has {gets} points by `{label}`, and meets `{}`", threshold.name);
    context.show(finding, shows, &witness, vec![claim::meets(id), claim::points_are(place.rule.id, gets)]);
    Some(())
}

/// Cheap questions: whether nothing written at the rule or around it keeps it below what is asked for.
fn is_weak(context: &Context<'_>, place: &RulePlace<'_>, points: Decimal, needed: Decimal) -> bool {
    let Body::ForEach(each) = &place.rule.body else { return false };
    let thrice = points.multiply(Decimal::whole(3)).is_some_and(|thrice| thrice <= needed);
    let keeps_small = |highest: Option<Decimal>| highest.is_some_and(|highest| highest < needed);
    let is_limited = |limit: &OccurrenceLimit| {
        let all = i64::try_from(limit.times).ok().and_then(|times| Decimal::whole(times).multiply(points));
        limit.scope == LimitScope::Plain && all.is_none_or(|all| all < needed)
    };
    let score = context.model.scores.get(place.score.index());
    points > Decimal::ZERO
        && thrice
        && matches!(each.each, Each::Event)
        && !keeps_small(place.rule.limits.highest)
        && !each.limits.iter().any(is_limited)
        && !place.groups.iter().any(|group| keeps_small(group.limits.highest) || group.choice == Choice::Lowest)
        && !score.is_some_and(|score| keeps_small(score.highest))
}

/// How often, by which lead, and for how many points.
fn alone(
    context: &Context<'_>,
    threshold: ThresholdId,
    place: &RulePlace<'_>,
    points: Decimal,
    ask: ScoreAsk<'_>,
    gates: &[Given<'_>],
) -> Option<(usize, Witness, Decimal)> {
    let Body::ForEach(each) = &place.rule.body else { return None };
    let own = &context.participation(place.rule.id)?.condition;
    let asked = [&place.given()[..], gates, &[Given::holds(own)], &context.not_excluded()].concat();
    let once = context.analysis.possible(&asked);
    let once = once.witness()?;
    let one = once.events.iter().rposition(|event| each.selector.types.contains(&event.kind))?;
    let fewest = ask.number.divide(points)?.to_f64().ceil() as i64;
    for times in [fewest, fewest + 1, fewest * 2, MOST_TIMES].into_iter().filter(|times| *times <= MOST_TIMES) {
        for apart in [0, A_DAY_APART] {
            let witness = repeated(context, once, one, each, times, apart);
            let gets = context.analysis.evaluate(&witness, |evaluation| {
                let entry = evaluation.breakdowns.get(place.score.index())?.rule(place.rule.id)?;
                (evaluation.holds(&claim::meets(threshold)) && !entry.dropped).then_some(entry.points)
            });
            if let Some(gets) = gets.filter(|gets| ask.is_met_by(*gets)) {
                return Some((usize::try_from(times).ok()?, witness, gets));
            }
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::ONE_RULE_QUALIFIES;
    use crate::lint::testing::{LEAD, fires};

    fn labels(rules: &str) -> Vec<String> {
        let text = format!(
            "{LEAD}score fit from 0 {{ +20 when consent }}\nscore web {{ {rules} }}\nscore total = fit + web\n\
             threshold mql when consent and total >= 50"
        );
        fires(&ONE_RULE_QUALIFIES, &text).into_iter().map(|finding| finding.labels[0].text.clone()).collect()
    }

    #[test]
    fn the_weakest_is_shown() {
        assert_eq!(labels("+5 for each download once per day"), ["10 times 5 points are enough"]);
        assert_eq!(
            labels("+16 for each page_view\n+5 for each download once per asset"),
            ["10 times 5 points are enough"]
        );
        // All at one instant, so that nothing has faded.
        assert_eq!(labels("+2 for each download decay half-life 30 days"), ["25 times 2 points are enough"]);
    }

    #[test]
    fn strong_or_limited_rules() {
        assert!(labels("+50 for each demo_request").is_empty());
        assert!(labels("+25 for each demo_request").is_empty());
        assert!(labels("+5 for each download no higher than 45 points").is_empty());
        assert!(labels("+5 for each download at most 9 times").is_empty());
        assert!(labels("group \"G\" no higher than 40 points { +5 for each download }").is_empty());
        // 40 times would not be enough.
        assert!(labels("+1 for each email_open").is_empty());
    }
}
