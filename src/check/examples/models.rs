//! Whole models: what the checker makes of right ones.

use super::{check, check_with};
use crate::model::{
    AnyExpr, Body, Condition, ConditionKind, Item, Model, NumberExpr, Points, ScoreBody, ScoreId, Symbol, ThresholdId,
};
use crate::source::Memory;

/// The model of the language's first page.
const WHOLE: &str = include_str!("whole.score");

fn whole() -> Model {
    let files = Memory::default().with("lists/free_mail.txt", "# free\ngmail.com\nyahoo.com # old\n\n");
    check_with(WHOLE, files).unwrap_or_else(|found| panic!("{found:#?}"))
}

fn items(model: &Model, score: u32) -> &[Item] {
    match &model.scores[score as usize].body {
        ScoreBody::Rules { items, .. } => items,
        ScoreBody::Derived(_) => panic!("a derived score"),
    }
}

/// Rules in order of writing, in groups too.
fn rules(items: &[Item]) -> Vec<&crate::model::Rule> {
    items
        .iter()
        .flat_map(|item| match item {
            Item::Rule(rule) => vec![rule],
            Item::Group(group) => rules(&group.items),
        })
        .collect()
}

#[test]
fn the_whole_model_is_clean() {
    let model = whole();
    assert_eq!(model.lists[0].values.len(), 2);
    // Seven for who they are, nine for what they did.
    assert_eq!(model.rules, 16);
    let ids: Vec<u32> = (0..2).flat_map(|score| rules(items(&model, score))).map(|rule| rule.id.0).collect();
    assert_eq!(ids, (0..16).collect::<Vec<_>>());
}

#[test]
fn everything_comes_after_what_it_needs() {
    let model = whole();
    let place = |symbol| model.order.iter().position(|other| *other == symbol).unwrap();
    let total = Symbol::Score(ScoreId(2));
    assert!(place(Symbol::Score(ScoreId(0))) < place(total));
    assert!(place(total) < place(Symbol::Threshold(ThresholdId(0))));
}

#[test]
fn counting_since_last_narrows_every_selector_inside() {
    let model = whole();
    for rule in rules(items(&model, 1)) {
        let windows = match &rule.body {
            Body::When(Condition { kind: ConditionKind::Events { selector, .. }, .. }) => &selector.since_last,
            Body::ForEach(each) => &each.selector.since_last,
            Body::ForEvery(every) => &every.selector.since_last,
            other => panic!("{other:?}"),
        };
        assert_eq!(windows.len(), 1, "{}", rule.label);
    }
}

#[test]
fn a_decay_is_inherited_unless_a_rule_has_its_own() {
    let text = "event a\nscore s decay half-life 30 days {\n  +1 for each a\n  +2 for each a no decay\n  group no decay {\n    \
                +3 for each a\n    +4 for each a decay linear over 9 days\n  }\n  +5 when any a\n}\n";
    let model = check(text).unwrap();
    let decays: Vec<Option<String>> = rules(items(&model, 0))
        .iter()
        .map(|rule| match &rule.body {
            Body::ForEach(each) => each.decay.map(|decay| format!("{:?}", decay.curve)),
            _ => None,
        })
        .collect();
    let starts = |decay: &Option<String>, word: &str| decay.as_ref().is_some_and(|decay| decay.starts_with(word));
    assert!(starts(&decays[0], "HalfLife") && decays[1].is_none() && decays[2].is_none());
    assert!(starts(&decays[3], "Linear") && decays[4].is_none());
}

#[test]
fn only_what_is_used_is_needed_of_the_data() {
    let text = "lead { id text, email text required, a number, b number, c number, d number }\n\
                event visit { path text, page text, must text required }\nevent other { x text }\n\
                define used = a > 1\ndefine unused = b > 1\nlookup level by c {\n  from 1: 2\n}\n\
                score s {\n  +1 when used\n  +( level )\n  +2 for each visit where path is \"/\"\n}\n";
    let model = check(text).unwrap();
    let fields: Vec<&str> = model.usage.fields.iter().map(|id| model.lead.fields[id.index()].name.as_str()).collect();
    assert_eq!(fields, ["id", "email", "a", "c"]);
    assert_eq!(model.usage.events.len(), 1);
    // `path` is read, `must` is required, `page` is neither.
    let properties: Vec<u32> = model.usage.properties.iter().map(|(_, property)| property.0).collect();
    assert_eq!(properties, [0, 2]);
    assert_eq!(model.usage.defines.len(), 1);
}

#[test]
fn a_define_that_is_a_plain_number_is_that_number_as_points() {
    let model = check("define big = 12.5\ndefine half = big / 2\nscore s {\n  -big\n  +half\n}\n").unwrap();
    let points: Vec<&Points> = rules(items(&model, 0)).iter().map(|rule| &rule.points).collect();
    assert_eq!(*points[0], Points::Constant(crate::value::Decimal::parse("-12.5").unwrap()));
    assert!(matches!(points[1], Points::Computed(NumberExpr::Define(_))));
    assert_eq!(model.usage.defines.len(), 2);
}

#[test]
fn a_threshold_knows_every_score_it_reads() {
    let text = "score a from 0 { +1 }\nscore b from 0 { +2 }\nscore c { +3 }\nscore d { +4 }\n\
                bands a { x from 0 }\nbands b { y from 0 }\nmatrix m by a, b {\n     y\n  x  \"1\"\n}\n\
                define deep = m is \"1\"\nthreshold t when deep until c < 0\n";
    let model = check(text).unwrap();
    assert_eq!(model.thresholds[0].reads, [ScoreId(0), ScoreId(1), ScoreId(2)]);
}

#[test]
fn labels_are_the_text_of_the_rule_where_none_is_written() {
    let text = "lead { a number }\nscore s {\n  +5   when a >  3 # big\n  points by a {\n    from 1: +1\n  }\n}\n";
    let model = check(text).unwrap();
    let labels: Vec<&str> = rules(items(&model, 0)).iter().map(|rule| rule.label.as_str()).collect();
    assert_eq!(labels, ["+5 when a > 3", "points by a"]);
}

#[test]
fn a_use_may_take_either_spelling_of_a_name() {
    // Declared with the Arabic yeh, used with the Persian one.
    assert!(check("lead { علي number }\ndefine big = علی > 3\n").is_ok());
}

#[test]
fn properties_come_before_fields_in_filters_points_and_tables_of_their_rule() {
    let text = "lead { value number, plan text }\nevent order { value number, plan text }\nscore s {\n  \
                +( value ) for each order where plan is lead.plan\n  points \"Plan\" by plan for each order {\n    \
                \"pro\": +5\n  }\n  +( value )\n}\n";
    let model = check(text).unwrap();
    let rules = rules(items(&model, 0));
    assert!(matches!(rules[0].points, Points::Computed(NumberExpr::Property(_))));
    assert!(matches!(rules[2].points, Points::Computed(NumberExpr::Field(_))));
}

#[test]
fn defines_may_name_anything_with_a_value() {
    let text = "lead { tags list of text, ok yes/no, born date }\ndefine t = tags\ndefine o = ok\ndefine b = born\n\
                define c = t includes \"x\" and o and b before 2020-01-01 and not (o is no)\n";
    let model = check(text).unwrap();
    assert!(matches!(model.defines[0].value, AnyExpr::List(_)));
    assert!(matches!(model.defines[1].value, AnyExpr::YesNo(_)));
    assert!(matches!(model.defines[3].value, AnyExpr::Condition(_)));
}

#[test]
fn conditions_over_results_are_checked_against_a_finished_model() {
    let model = whole();
    let condition = |text: &str| {
        let mut sources = crate::source::Sources::default();
        let id = sources.add("--only", text);
        let tree = crate::syntax::parse_expression(&sources, id).unwrap();
        super::super::check_condition_in(&model, &tree, Some(&sources))
    };
    let (_, usage) = condition("total >= 50 and country is \"US\" and not excluded and mql").unwrap();
    let country = model.names["country"];
    assert_eq!(usage.fields.iter().map(|id| Symbol::Field(*id)).collect::<Vec<_>>(), [country]);
    assert!(condition("band of fit is at least B and priority is \"P1\" and points of \"Free mail\" < 0").is_ok());
    let found = condition("totl > 3").unwrap_err();
    assert_eq!(found[0].help.as_deref(), Some("did you mean `total`?"));
}
