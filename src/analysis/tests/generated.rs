//! Models made at random, and random leads with events: no lead passes a bound, meets what was proved impossible, or
//! fails to show what an example shows.

use super::{AS_OF, compile};
use crate::analysis::{Analysis, Bound, Given, Range, Verdict, Witness};
use crate::model::{
    AnyExpr, BandId, Condition, Event, EventId, Item, Lead, Model, Previous, RuleId, ScoreBody, ScoreId, ThresholdId,
};
use crate::reference::{EntryKind, Evaluation, evaluate};
use crate::value::{Decimal, Instant, Moment, Text, Value};
use proptest::prelude::*;
use proptest::strategy::ValueTree;

const DAY: i64 = 86_400_000_000;

/// Conditions over the schema of these tests.
const CONDITIONS: [&str; 30] = [
    "employees > 50",
    "employees <= 50",
    "employees between 10 and 200",
    "employees is missing",
    "employees * 2 > age + 10",
    "age >= 18",
    r#"industry is "technology""#,
    r#"industry is one of "finance", "health""#,
    r#"industry is not "health""#,
    r#"title mentions "ceo""#,
    r#"title contains "cto""#,
    r#"title contains "director""#,
    r#"title starts with "vp""#,
    r#"title mentions any of "manager", "head""#,
    r#"title matches "*of sales""#,
    r#"domain of email is one of "a.com", "b.com""#,
    r#"email ends with ".com""#,
    r#"country is "US" or country is "DE""#,
    "consent is yes and age is known",
    "consent is no",
    "created in last 30 days",
    "created before 2025-06-01",
    "days since created > 90",
    r#"tags includes any of "a", "b""#,
    "any demo in last 7 days",
    "no page_view",
    r#"at least 2 page_view where path starts with "/pricing""#,
    "any demo within 2 days after page_view",
    "any unsubscribe since last recycled",
    "sum of seconds in page_view > 20",
];

/// Rules without points and label.
const EACH: [&str; 12] = [
    "for each demo at most 2 times",
    "for each demo in last 30 days once",
    r#"for each page_view where path starts with "/pricing" at most 3 times"#,
    "for each page_view once per day no higher than 9 points no lower than -9 points",
    "for each page_view once per path at most 2 times",
    "for each unsubscribe no lower than -10 points no higher than 10 points",
    "for each page_view where seconds > 10 at most 2 times decay half-life 10 days",
    r#"for each demo where kind is "live" at most 2 times in any 7 days no higher than 8 points no lower than -8 points"#,
    "for each day with at least 2 page_view at most 2 times",
    "for every 30 days without page_view, demo no lower than -12 points no higher than 12 points",
    "for every 20 days without demo after 3 days counting from created no lower than -7 points no higher than 7 points",
    "for each page_view, demo since last recycled at most 4 times",
];

fn points() -> BoxedStrategy<String> {
    (-9..=12_i64).prop_map(|points| format!("{points:+}")).boxed()
}

fn condition() -> BoxedStrategy<String> {
    let one = prop::sample::select(&CONDITIONS[..]).prop_map(str::to_owned);
    let negated = one.clone().prop_map(|of| format!("not ({of})"));
    let single = prop_oneof![4 => one, 1 => negated];
    let pair = (single.clone(), single.clone(), any::<bool>()).prop_map(|(one, other, all)| {
        let word = if all { "and" } else { "or" };
        format!("({one}) {word} ({other})")
    });
    prop_oneof![3 => single, 1 => pair].boxed()
}

fn rule() -> BoxedStrategy<String> {
    let when = (points(), condition()).prop_map(|(points, when)| format!("{points} when {when}"));
    let each = (points(), prop::sample::select(&EACH[..])).prop_map(|(points, each)| {
        // A limit on the side that the points never come to is an error.
        let other = if points.starts_with('-') { "no higher than" } else { "no lower than" };
        let words: Vec<&str> = each.split(' ').collect();
        let start = words.windows(3).position(|words| words.join(" ") == other);
        let each = match start {
            Some(start) => [&words[..start], &words[start + 5..]].concat().join(" "),
            None => each.to_owned(),
        };
        format!("{points} {each}")
    });
    let table = (points(), points(), points()).prop_map(|(low, high, missing)| {
        format!("points by employees {{\n    from 10: {low}\n    above 100: {high}\n    missing: {missing}\n  }}")
    });
    let texts = (points(), points()).prop_map(|(one, rest)| {
        format!("points by industry {{\n    \"technology\", \"finance\": {one}\n    otherwise: {rest}\n  }}")
    });
    let computed = Just("+(age / 10 - 2)".to_owned());
    let series = Just("first +5 then +1 for each demo at most 3 times".to_owned());
    prop_oneof![5 => when, 4 => each, 1 => table, 1 => texts, 1 => computed, 1 => series].boxed()
}

fn group() -> BoxedStrategy<String> {
    let choice = prop::sample::select(vec!["", " first match only", " highest only", " lowest only"]);
    let more = prop::sample::select(vec!["", " counts 50%", " no higher than 10 points", " no lower than -3 points"]);
    let when = prop::option::of(condition());
    (choice, more, when, prop::collection::vec(rule(), 1..4))
        .prop_map(|(choice, more, when, rules)| {
            let when = when.map(|when| format!(" when {when}")).unwrap_or_default();
            format!("group{when}{choice}{more} {{\n    {}\n  }}", labelled(&rules, "g").join("\n    "))
        })
        .boxed()
}

/// Labels keep equal rules apart.
fn labelled(rules: &[String], prefix: &str) -> Vec<String> {
    let label = |(place, rule): (usize, &String)| {
        let label = format!("\"{prefix}{place} {}\"", rule.len() * 31 + rule.bytes().map(usize::from).sum::<usize>());
        let (points, body) = match rule.strip_prefix("first ") {
            Some(_) => rule.split_at(16),
            None if rule.starts_with("points") => rule.split_at(6),
            None if rule.starts_with("+(") => rule.split_at(rule.len()),
            None => rule.split_at(rule.find(' ').unwrap_or(rule.len())),
        };
        format!("{points} {label}{body}")
    };
    rules.iter().enumerate().map(label).collect()
}

fn score(name: &'static str) -> BoxedStrategy<String> {
    let item = prop_oneof![4 => rule(), 1 => group()];
    let limits = prop::sample::select(vec!["", " from 0 to 20", " starting at 5", " from -5 rounded to whole"]);
    let when = prop::option::weighted(0.2, condition());
    (limits, when, prop::collection::vec(item, 1..6))
        .prop_map(move |(limits, when, items)| {
            let items = items.iter().enumerate().map(|(place, item)| match item.starts_with("group") {
                true => {
                    item.replacen("group", &format!("group \"G{place}\""), 1).replace("\"g", &format!("\"g{place}-"))
                }
                false => labelled(std::slice::from_ref(item), &format!("r{place}-"))[0].clone(),
            });
            let items = items.collect::<Vec<_>>().join("\n  ");
            let when = when.map(|when| format!(" when {when}")).unwrap_or_default();
            format!("score {name}{limits}{when} {{\n  {items}\n}}")
        })
        .boxed()
}

fn model() -> BoxedStrategy<String> {
    let exclude = prop::option::weighted(0.3, condition());
    (score("s"), score("t"), condition(), condition(), exclude)
        .prop_map(|(s, t, a, b, exclude)| {
            let exclude = exclude.map(|when| format!("exclude \"out\" when {when}\n")).unwrap_or_default();
            format!(
                "{exclude}define a = {a}\ndefine b = {b}\n{s}\n{t}\nscore total = s + 50% of t\n\
             bands s {{ A from 12, B from 4, C otherwise }}\n\
             threshold high when total >= 15\nthreshold both when a and s > 3\n"
            )
        })
        .boxed()
}

/// Values that lie on all sides of what the conditions compare with.
fn lead() -> BoxedStrategy<Vec<Option<Value>>> {
    let text = |values: &'static [&'static str]| {
        prop::option::of(prop::sample::select(values)).prop_map(|text| text.and_then(Text::new).map(Value::Text))
    };
    let number = |values: &'static [i64]| {
        prop::option::of(prop::sample::select(values))
            .prop_map(|value| value.map(|of| Value::Number(Decimal::whole(of))))
    };
    let date = prop::option::of(-1000_i64..100).prop_map(|days| days.map(|of| Value::Date(Moment::Instant(ago(of)))));
    let tags = prop::collection::vec(prop::sample::select(vec!["a", "b", "c"]), 0..3);
    let tags = tags.prop_map(|tags| {
        let texts: Vec<Text> = tags.into_iter().filter_map(Text::new).collect();
        (!texts.is_empty()).then_some(Value::List(texts))
    });
    (
        text(&["a@a.com", "b@b.com", "c@c.org", "nobody"]),
        text(&["CEO", "Director", "cto", "VP of Sales", "vp, director and ceo", "Head", "manager of cto", "x"]),
        text(&["technology", "finance", "health", "other"]),
        number(&[0, 5, 9, 10, 11, 49, 50, 51, 100, 101, 1000]),
        number(&[0, 17, 18, 60, 120]),
        text(&["US", "DE", "FR"]),
        prop::option::of(any::<bool>()).prop_map(|answer| answer.map(Value::YesNo)),
        date,
        tags,
    )
        .prop_map(|(email, title, industry, employees, age, country, consent, created, tags)| {
            let id = Text::new("L1").map(Value::Text);
            vec![id, email, title, industry, employees, age, country, consent, created, tags]
        })
        .boxed()
}

fn ago(days: i64) -> Instant {
    Instant(AS_OF.0 + days * DAY)
}

fn events() -> BoxedStrategy<Vec<Event>> {
    let at = prop_oneof![Just(0_i64), -400..0_i64, -10..0_i64];
    let path = prop::option::of(prop::sample::select(vec!["/pricing", "/pricing/x", "/careers"]));
    let seconds = prop::option::of(0..40_i64);
    let kind = prop::option::of(prop::sample::select(vec!["live", "recorded"]));
    let event = (0..4_u32, at, path, seconds, kind).prop_map(|(event, at, path, seconds, kind)| {
        let text = |text: Option<&str>| text.and_then(Text::new).map(Value::Text);
        let values = match event {
            0 => vec![text(path), seconds.map(|of| Value::Number(Decimal::whole(of)))],
            1 => vec![text(kind)],
            _ => Vec::new(),
        };
        Event { kind: EventId(event), at: ago(at), values }
    });
    prop::collection::vec(event, 0..8)
        .prop_map(|mut events| {
            events.sort_by_key(|event| event.at);
            events
        })
        .boxed()
}

/// Everything that the analysis says about a model.
struct Said<'a> {
    model: &'a Model,
    scores: Vec<Range<'a, 'a>>,
    unlimited: Vec<Range<'a, 'a>>,
    rules: Vec<Range<'a, 'a>>,
    groups: Vec<(crate::source::Span, ScoreId, Range<'a, 'a>)>,
    /// Of `a`, not `a`, `b`, not `b`, both, and the first without the second
    conditions: Vec<(Vec<(Condition, bool)>, Verdict)>,
    bands: Vec<Verdict>,
    thresholds: Vec<(ThresholdId, bool, Verdict)>,
}

impl<'a> Said<'a> {
    fn new(analysis: &'a Analysis<'a>) -> Said<'a> {
        let model = analysis.model();
        let scores = (0..model.scores.len() as u32).map(ScoreId);
        let define = |name: &str| match &model.defines.iter().find(|define| define.name == name).unwrap().value {
            AnyExpr::Condition(condition) => condition.clone(),
            other => panic!("{other:?}"),
        };
        let (a, b) = (define("a"), define("b"));
        let conditions = vec![
            (vec![(a.clone(), true)], analysis.can_hold(&a)),
            (vec![(a.clone(), false)], analysis.can_fail(&a)),
            (vec![(b.clone(), true)], analysis.can_hold(&b)),
            (vec![(a.clone(), true), (b.clone(), true)], analysis.can_both_hold(&a, &b)),
            (vec![(a.clone(), true), (b.clone(), false)], analysis.can_hold_without(&a, &b)),
        ];
        let mut groups = Vec::new();
        for (id, score) in model.scores.iter().enumerate() {
            let ScoreBody::Rules { items, .. } = &score.body else { continue };
            for item in items {
                if let Item::Group(group) = item {
                    groups.push((group.span, ScoreId(id as u32), analysis.range_of_group(group, &[])));
                }
            }
        }
        let thresholds = (0..model.thresholds.len() as u32)
            .map(ThresholdId)
            .flat_map(|id| [(id, true, analysis.can_meet(id, &[])), (id, false, analysis.can_fail_to_meet(id, &[]))]);
        let said = Said {
            model,
            scores: scores.clone().map(|score| analysis.range_of_score(score, &[])).collect(),
            unlimited: scores.map(|score| analysis.range_of_score_before_limits(score, &[])).collect(),
            rules: (0..model.rules).map(|rule| analysis.range_of_rule(RuleId(rule), &[])).collect(),
            groups,
            conditions,
            bands: (0..3).map(|band| analysis.can_reach_band(ScoreId(0), BandId(band))).collect(),
            thresholds: thresholds.collect(),
        };
        said.examples_show(analysis);
        said.proofs_agree(analysis);
        said
    }

    /// What is proved without an example is what is proved with one looked for.
    fn proofs_agree(&self, analysis: &Analysis<'_>) {
        for (asked, verdict) in &self.conditions {
            let given: Vec<Given<'_>> =
                asked.iter().map(|(condition, holds)| Given { condition, holds: *holds }).collect();
            assert_eq!(analysis.is_impossible(&given), verdict.is_no(), "{asked:?}");
        }
        for (band, verdict) in (0..).map(BandId).zip(&self.bands) {
            assert_eq!(analysis.never_reaches_band(ScoreId(0), band), verdict.is_no(), "{band:?}");
        }
        for (id, met, verdict) in &self.thresholds {
            let is_proved = if *met { analysis.never_meets(*id) } else { analysis.always_meets(*id) };
            assert_eq!(is_proved, verdict.is_no(), "{id:?} {met}");
        }
    }

    /// Each example, run through the reference evaluator, shows what is claimed.
    fn examples_show(&self, analysis: &Analysis<'_>) {
        let shows = |range: &Range<'_, '_>, value: &dyn Fn(&Evaluation<'_>) -> Option<Decimal>| {
            for bound in [range.lowest(), range.highest()].into_iter().flatten() {
                if let Bound::Exact(end, witness) = bound {
                    let shown = analysis.evaluate(witness, |evaluation| {
                        assert_eq!(evaluation.results.excluded, None);
                        value(evaluation)
                    });
                    assert_eq!(shown, Some(*end), "{}", witness.show(self.model, AS_OF));
                }
            }
        };
        for (id, range) in self.scores.iter().enumerate() {
            shows(range, &|evaluation| evaluation.results.scores[id]);
        }
        for (id, range) in self.rules.iter().enumerate() {
            shows(range, &|evaluation| rule_points(evaluation, RuleId(id as u32)));
        }
        for (span, score, range) in &self.groups {
            shows(range, &|evaluation| group_points(evaluation, *score, *span));
        }
        let yes = |verdict: &Verdict, shows: &dyn Fn(&Evaluation<'_>) -> bool| {
            if let Some(witness) = verdict.witness() {
                assert!(analysis.evaluate(witness, |evaluation| shows(evaluation)), "{}", shown(witness, self.model));
            }
        };
        for (asked, verdict) in &self.conditions {
            yes(verdict, &|evaluation| asked.iter().all(|(of, holds)| evaluation.holds(of) == *holds));
        }
        for (band, verdict) in self.bands.iter().enumerate() {
            yes(verdict, &|evaluation| evaluation.results.bands[0] == Some(BandId(band as u32)));
        }
        for (id, met, verdict) in &self.thresholds {
            yes(verdict, &|evaluation| evaluation.results.thresholds[id.index()] == *met);
        }
    }

    /// A lead that goes against none of it.
    fn holds_for(&self, evaluation: &Evaluation<'_>, what: &str) {
        for (asked, verdict) in &self.conditions {
            let is_so = asked.iter().all(|(of, holds)| evaluation.holds(of) == *holds);
            assert!(!(verdict.is_no() && is_so), "{asked:?} was proved impossible: {what}");
        }
        if evaluation.results.excluded.is_some() {
            return;
        }
        for (id, range) in self.scores.iter().enumerate() {
            within(range, evaluation.results.scores[id], &format!("score {id}: {what}"));
        }
        for (id, range) in self.unlimited.iter().enumerate() {
            let unlimited = evaluation.breakdowns[id].total.map(|_| {
                let entries = evaluation.breakdowns[id].entries.iter().filter(|entry| entry.depth == 0);
                let inner = entries.filter(|entry| !matches!(entry.kind, EntryKind::Limit | EntryKind::Rounding));
                inner.fold(Decimal::ZERO, |sum, entry| sum.add(entry.points).unwrap())
            });
            // A derived score's terms are shown at 4 decimals.
            if matches!(self.model.scores[id].body, ScoreBody::Rules { .. }) {
                within(range, unlimited, &format!("score {id} before its limits: {what}"));
            }
        }
        for (id, range) in self.rules.iter().enumerate() {
            within(range, rule_points(evaluation, RuleId(id as u32)), &format!("rule {id}: {what}"));
        }
        for (span, score, range) in &self.groups {
            within(range, group_points(evaluation, *score, *span), &format!("group: {what}"));
        }
        for (band, verdict) in self.bands.iter().enumerate() {
            let reached = evaluation.results.bands[0] == Some(BandId(band as u32));
            assert!(!(verdict.is_no() && reached), "band {band}: {what}");
        }
        for (id, met, verdict) in &self.thresholds {
            let is_so = evaluation.results.thresholds[id.index()] == *met;
            assert!(!(verdict.is_no() && is_so), "threshold {id:?} {met}: {what}");
        }
    }
}

fn shown(witness: &Witness, model: &Model) -> String {
    witness.show(model, AS_OF)
}

fn rule_points(evaluation: &Evaluation<'_>, rule: RuleId) -> Option<Decimal> {
    evaluation
        .breakdowns
        .iter()
        .find_map(|breakdown| breakdown.total.and(breakdown.rule(rule)))
        .map(|entry| entry.points)
}

fn group_points(evaluation: &Evaluation<'_>, score: ScoreId, span: crate::source::Span) -> Option<Decimal> {
    let breakdown = &evaluation.breakdowns[score.index()];
    let is_group = |kind| kind == EntryKind::Group;
    let own = breakdown.entries.iter().find(|entry| is_group(entry.kind) && entry.span == Some(span));
    breakdown.total.and(own).map(|entry| entry.points)
}

fn within(range: &Range<'_, '_>, value: Option<Decimal>, what: &str) {
    let Some(value) = value else { return };
    let (least, most) = (range.at_least(), range.at_most());
    assert!(!range.is_never(), "{value} was proved impossible: {what}");
    assert!(least.is_none_or(|least| least <= value), "{value} is below {least:?}: {what}");
    assert!(most.is_none_or(|most| value <= most), "{value} is above {most:?}: {what}");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, max_shrink_iters: 200, ..ProptestConfig::default() })]

    #[test]
    fn no_lead_goes_against_what_is_said(
        rules in model(),
        leads in prop::collection::vec((lead(), events()), 40),
    ) {
        let model = compile(&rules);
        let analysis = Analysis::new(&model, AS_OF);
        let said = Said::new(&analysis);
        let previous = Previous { met: vec![false; model.thresholds.len()] };
        for (values, events) in leads {
            let lead = Lead { key: "L1".to_owned(), values };
            let evaluation = evaluate(&model, &lead, &events, &previous, AS_OF, None);
            said.holds_for(&evaluation, &format!("{rules}\n{lead:?}\n{events:?}"));
        }
    }
}

/// Most of what is asked about such models is answered exactly.
#[test]
fn most_answers_are_exact() {
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let (mut exact, mut all) = (0, 0);
    for _ in 0..24 {
        let rules = model().new_tree(&mut runner).unwrap().current();
        let compiled = compile(&rules);
        let analysis = Analysis::new(&compiled, AS_OF);
        let said = Said::new(&analysis);
        for range in said.rules.iter().chain(&said.scores).chain(said.groups.iter().map(|(_, _, range)| range)) {
            for bound in [range.lowest(), range.highest()].into_iter().flatten() {
                all += 1;
                exact += usize::from(bound.is_exact());
                if !bound.is_exact() {
                    println!("{bound:?}");
                }
            }
        }
        let verdicts = said.conditions.iter().map(|(_, verdict)| verdict);
        for verdict in verdicts.chain(&said.bands).chain(said.thresholds.iter().map(|(_, _, verdict)| verdict)) {
            all += 1;
            exact += usize::from(*verdict != Verdict::Unknown);
        }
    }
    assert!(exact * 100 >= all * 90, "{exact} of {all}");
}
