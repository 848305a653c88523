//! Which rules become what.

use super::*;

const DATA: &str = "lead {
  id text key
  title text
  country text
  employees number
  revenue number
  created date
  consent yes/no
  tags list of text
}
event visit { path text, seconds number }
event reply
";

fn with(rules: &str) -> Model {
    model(&format!("{DATA}{rules}"))
}

/// The items of the first score.
fn items<'p>(plan: &'p Plan<'_>) -> &'p [PlacedItem] {
    match &plan.scores[0] {
        ScorePlan::Rules { items, .. } => items,
        ScorePlan::Derived(_) => panic!("derived"),
    }
}

#[test]
fn rules_over_one_field_are_one_lookup() {
    let model = with(
        "score s {
  +1 when employees >= 10
  +2 when employees > 100 and employees < 1000
  +4 when not employees is known
  +8 when country is \"x\"
}",
    );
    let plan = plan(&model);
    let [PlacedItem { item: ItemPlan::Lookup(size), .. }, PlacedItem { place: 3, item: ItemPlan::Lookup(_) }] =
        items(&plan)
    else {
        panic!("{:?}", items(&plan))
    };
    // missing, below 10, 10, up to 100, 100, between, 1000, above
    let points: Vec<i64> = size.entries.iter().flatten().map(|entry| entry.points.to_i64().unwrap()).collect();
    assert_eq!(points, [4, 0, 1, 1, 1, 3, 1, 1]);
    assert_eq!(plan.fields.len(), 2);
}

#[test]
fn a_table_is_a_lookup_of_its_rows() {
    let model = with(
        "score s {
  points \"Size\" by employees {
    from 10: +5
    above 50: +7
    missing: -2
    otherwise: +1
  }
}",
    );
    let plan = plan(&model);
    let [PlacedItem { item: ItemPlan::Lookup(size), .. }] = items(&plan) else { panic!("{:?}", items(&plan)) };
    let points: Vec<i64> = size.entries.iter().flatten().map(|entry| entry.points.to_i64().unwrap()).collect();
    assert_eq!(points, [-2, 1, 5, 5, 5, 7]);
    assert!(size.entries.iter().flatten().all(|entry| entry.place == Some(0)));
}

#[test]
fn what_never_holds_is_left_out() {
    let model = with(
        "score s {
  +1 \"a\" when no and employees > 5
  +2 \"b\" when employees > 5 and employees < 3
  +4 \"c\" when any visit since 2026-05-01 before 2026-04-01
  group \"g\" when 1 > 2 { +8 \"d\" when revenue > 1 }
  +16 \"e\" when country is known
}",
    );
    let plan = plan(&model);
    assert_eq!(items(&plan).len(), 1);
    assert_eq!(plan.notes.dropped.len(), 4);
    assert_eq!(plan.fields, BTreeSet::from([FieldId(2)]));
    assert!(plan.states.is_empty() && plan.events.is_empty());
}

#[test]
fn equal_questions_of_events_are_one_state() {
    let model = with(
        "define busy = count of visit in last 30 days
score s {
  +1 \"a\" when busy >= 3
  +2 \"b\" when at least 5 visit in last 30 days
  +4 \"c\" for each visit where path is \"/x\"
  +4 \"d\" for each visit where path is \"/x\"
  -1 \"e\" when any visit since created
}",
    );
    let plan = plan(&model);
    let kinds: Vec<StateKind> = plan.states.iter().map(|state| state.kind).collect();
    assert_eq!(kinds, [StateKind::Fixed, StateKind::Fixed, StateKind::List]);
}

#[test]
fn what_of_a_filter_is_about_the_lead_is_decided_once() {
    let model = with("score s { +1 when any visit where (seconds > 5 and lead.employees > 3 and lead.revenue > 2) }");
    let plan = plan(&model);
    let filter = plan.states[0].of.filter.unwrap();
    let MaskNode::All(parts) = &plan.event.masks[filter.index()] else { panic!() };
    let of_lead = parts.iter().filter(|part| matches!(plan.event.masks[part.index()], MaskNode::OfLead(_)));
    assert_eq!((parts.len(), of_lead.count()), (2, 1));
    assert_eq!(plan.states[0].kind, StateKind::List);
}

#[test]
fn a_long_sum_and_long_chains_need_no_stack() {
    let sum = vec!["employees"; 300].join(" + ");
    let mut text = format!("{DATA}define d0 = employees > 1\nscore s = {sum}\nscore t {{ +1 when d2000 and d1999 }}\n");
    for number in 1..=2_000 {
        let before = number - 1;
        text.push_str(&format!("define d{number} = (d{before} and revenue > {number}) or country is \"{number}\"\n"));
    }
    let model = model(&text);
    sound(&plan(&model));
}

#[test]
fn what_is_asked_of_a_lookup_is_asked_of_its_key() {
    let model = with(
        "lookup region by country {
  \"us\", \"ca\": \"america\"
  \"de\": \"europe\"
  otherwise: \"else\"
}
lookup size by employees {
  from 10: \"small\"
  from 100: \"large\"
  missing: \"unknown\"
}
score s {
  +1 when region is not \"europe\"
  +2 when size is \"small\" or employees > 500
  +4 when size is not \"unknown\"
}",
    );
    let plan = plan(&model);
    assert!(plan.lead.order.iter().all(|value| !matches!(value, ValueId::Text(id)
        if matches!(plan.lead.texts[id.index()], TextNode::Table(_)))));
    let [_, PlacedItem { item: ItemPlan::Lookup(size), .. }] = items(&plan) else { panic!("{:?}", items(&plan)) };
    // missing, below 10, 10, above, 100, above, 500, above; without a row the size is missing, and so not unknown
    let points: Vec<i64> = size.entries.iter().flatten().map(|entry| entry.points.to_i64().unwrap()).collect();
    assert_eq!(points, [0, 4, 6, 6, 4, 4, 4, 6]);
}
