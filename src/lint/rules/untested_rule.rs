use crate::analysis::{Given, Witness};
use crate::lint::{Context, Findings, RulePlace, claim, lint, wording};
use crate::model::{Body, RuleId};
use crate::source::Span;
use crate::value::Decimal;
use std::collections::BTreeSet;

lint! {
    /// Finds a rule that none of the file's own tests reaches.
    ///
    /// A test reaches a rule when the rule takes part for a lead that is not excluded, and no choice of a group drops it. Where
    /// there are no tests at all, that is said once, of models with at least ten rules.
    ///
    /// ## Why it matters
    ///
    /// A rule that no test reaches can be broken by the next change, and nobody notices: a word that no longer matches, an
    /// event that was renamed.
    ///
    /// ## Example
    ///
    /// ```score
    /// lead {
    ///   id       text key
    ///   title    text
    ///   country  text
    /// }
    ///
    /// score fit {
    ///   +10 "Manager"  when title mentions "manager"
    ///   +5  "Spain"    when country is "Spain"
    /// }
    ///
    /// test "a manager" {
    ///   lead { id "L1", title "Product manager" }
    ///   expect fit is 10
    /// }
    /// ```
    ///
    /// ## Better
    ///
    /// ```score
    /// lead {
    ///   id       text key
    ///   title    text
    ///   country  text
    /// }
    ///
    /// score fit {
    ///   +10 "Manager"  when title mentions "manager"
    ///   +5  "Spain"    when country is "Spain"
    /// }
    ///
    /// test "a manager in Spain" {
    ///   lead { id "L1", title "Product manager", country "Spain" }
    ///   expect fit is 15
    /// }
    /// ```
    pub static UNTESTED_RULE = "S609", "untested-rule", Shape, Advice, Rules(check);
}

/// A smaller model without any test is still being written.
const FEWEST_RULES: usize = 10;
/// For so many rules an example is looked for.
const EXAMPLES: usize = 25;

fn check(context: &Context<'_>, findings: &mut Findings) {
    if context.model.tests.is_empty() {
        no_tests(context, findings);
        return;
    }
    let unreached: BTreeSet<Span> =
        context.coverage().rules.iter().filter(|rule| !rule.reached).map(|rule| rule.span).collect();
    let untested = context.rules().iter().filter(|place| unreached.contains(&place.rule.span));
    for (number, place) in untested.enumerate() {
        let finding = findings.add(place.rule.span, format!("no test reaches the rule `{}`", place.rule.label));
        finding.in_every_use();
        let score = context.model.scores.get(place.score.index()).map(|score| score.name.as_str()).unwrap_or_default();
        let points = format!("points of {} in {}", wording::text(&place.rule.label), wording::name(score));
        match reaching(context, place).filter(|_| number < EXAMPLES) {
            Some((witness, brought)) => {
                finding.help(format!("write a test with this lead, and `expect {points} is {brought}`"));
                let claim = claim::points_are(place.rule.id, brought);
                finding.example("this lead reaches it", &witness, vec![claim]);
            }
            None => {
                finding.help(format!("write a test with a lead that gets these points, and `expect {points} is …`"));
            }
        }
    }
}

fn no_tests(context: &Context<'_>, findings: &mut Findings) {
    let rules = context.rules();
    let Some(first) = rules.first().filter(|_| rules.len() >= FEWEST_RULES) else { return };
    let Some(score) = context.model.scores.get(first.score.index()) else { return };
    let finding =
        findings.add(score.span, format!("the file has no tests: none of its {} rules is tried", rules.len()));
    let named = wording::name(&score.name);
    match reaching(context, first) {
        Some((witness, brought)) => {
            let label = wording::text(&first.rule.label);
            finding.help(format!(
                "begin with one: `test \"what {named} is made of\" {{ … }}` with this lead, and `expect points of {label} in {named} is {brought}`"
            ));
            let claim = claim::points_are(first.rule.id, brought);
            finding.example(format!("this lead reaches the rule `{}`", first.rule.label), &witness, vec![claim]);
        }
        None => {
            finding.help(format!(
                "begin with one: `test \"what {named} is made of\" {{ lead {{ … }} expect {named} is … }}`"
            ));
        }
    }
}

/// A lead that gets a rule's points, and how many.
fn reaching(context: &Context<'_>, place: &RulePlace<'_>) -> Option<(Witness, Decimal)> {
    let given = place.given();
    let verdict = match &place.rule.body {
        Body::Always => context.analysis.possible(&given),
        Body::When(condition) => context.analysis.possible(&[given.as_slice(), &[Given::holds(condition)]].concat()),
        Body::ForEach(each) => context.analysis.can_select(&each.selector, &given),
        Body::ForEvery(_) => return None,
    };
    let witness = verdict.witness()?;
    brought(context, witness, place.rule.id).map(|points| (witness.clone(), points))
}

/// What a rule brings an example; `None` where it does not take part.
fn brought(context: &Context<'_>, witness: &Witness, rule: RuleId) -> Option<Decimal> {
    context.analysis.evaluate(witness, |evaluation| {
        let entry = evaluation.breakdowns.iter().find_map(|breakdown| breakdown.rule(rule))?;
        let counts = entry.took_part && !entry.dropped && evaluation.results.excluded.is_none();
        counts.then_some(entry.points)
    })
}

#[cfg(test)]
mod tests {
    use super::UNTESTED_RULE;
    use crate::lint::testing::{LEAD, fires};

    const RULES: &str =
        "score fit {\n  +5 \"Health\" when industry is \"health\"\n  +1 \"Demo\" for each demo_request\n}\n";

    fn messages(test: &str) -> Vec<String> {
        fires(&UNTESTED_RULE, &format!("{LEAD}\n{RULES}{test}")).into_iter().map(|one| one.message).collect()
    }

    #[test]
    fn what_no_test_reaches() {
        let found = messages("test \"t\" {\n  lead { id \"1\", industry \"health\" }\n  expect fit is 5\n}\n");
        assert_eq!(found, ["no test reaches the rule `Demo`"]);
        let both = "test \"t\" {\n  lead { id \"1\", industry \"health\" }\n  event demo_request 1 day ago\n  expect fit is 6\n}\n";
        assert!(messages(both).is_empty());
    }

    #[test]
    fn without_tests_it_is_said_once() {
        assert!(messages("").is_empty());
        let rules: String =
            (1..=10).map(|points| format!("  +{points} \"R{points}\" when employees > {points}\n")).collect();
        assert_eq!(messages(&format!("score size {{\n{rules}}}\n")).len(), 1);
    }

    #[test]
    fn an_example_to_paste() {
        let found = fires(
            &UNTESTED_RULE,
            &format!("{LEAD}\n{RULES}test \"t\" {{\n  lead {{ id \"1\" }}\n  expect fit is 0\n}}\n"),
        );
        assert!(found[0].help.as_ref().is_some_and(|help| help.contains("`expect points of \"Health\" in fit is 5`")));
        assert!(found.iter().all(|one| one.example.is_some()));
    }
}
