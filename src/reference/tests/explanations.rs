//! `why`, in words.

use super::build::*;
use crate::model::*;
use crate::source::{FileId, Span};

/// A model whose one source file is `text`, and the place of a piece of it.
fn with_source(mut model: Model, text: &str) -> Model {
    model.sources.add("model.score", text);
    model
}

fn written(condition: Condition, source: &str, text: &str) -> Condition {
    let start = source.find(text).unwrap();
    Condition { span: Span::new(FileId(0), start, start + text.len()), ..condition }
}

#[test]
fn the_part_that_decides_with_the_value_it_met() {
    let source = "country is known and employees   >= 50";
    let known = written(
        condition(ConditionKind::Known(Box::new(AnyExpr::Text(TextExpr::Field(FieldId(1)))))),
        source,
        "country is known",
    );
    let size = written(compare(employees(), Compare::GreaterOrEqual, "50"), source, "employees   >= 50");
    let both = written(condition(ConditionKind::All(vec![known, size])), source, source);
    let why = |employees: Option<&str>, country: Option<&str>| {
        let lead = lead(employees.map(number), country.map(text));
        run(with_source(model(), source), lead, Vec::new()).why(&both)
    };
    assert_eq!(why(Some("12"), Some("ES")), "`employees >= 50`: `employees` is 12");
    assert_eq!(why(Some("50"), None), "`country is known`: `country` is missing");
    assert_eq!(
        why(Some("50"), Some("ES")),
        "`country is known`: `country` is \"ES\"; `employees >= 50`: `employees` is 50"
    );
}

#[test]
fn a_rule_tells_how_far_its_events_came() {
    let selector = Selector { filter: Some(seconds_from("5")), in_last: Some(days(30)), ..selector(VIEW) };
    let limits = vec![limit(1, LimitScope::Plain)];
    let reason = |events| {
        let each_view = each(0, "1", ForEach { limits: limits.clone(), ..for_each(selector.clone()) });
        run(scoring(vec![each_view]), nobody(), events).why_rule(RuleId(0)).unwrap()
    };
    assert_eq!(reason(vec![]).reason, "no such event");
    let events = vec![view(40.0, "/", "9"), view(3.0, "/", "9"), view(2.0, "/", "9"), view(1.0, "/", "1")];
    let counted = reason(events);
    assert_eq!(counted.reason, "4 events, 3 past `where`, 2 in the window, 1 counted");
    assert!(counted.took_part);
    assert_eq!(counted.events.unwrap().selected, 2);
    assert_eq!(reason(vec![view(1.0, "/", "1")]).reason, "1 event, none past `where`");
}

#[test]
fn a_rule_in_a_closed_group_tells_of_the_group() {
    let source = "consent";
    let consent = condition(ConditionKind::YesNo { value: YesNoExpr::Field(FieldId(3)), is: true });
    let closed = Group { when: Some(written(consent, source, source)), ..group(Choice::All, vec![always(0, "5")]) };
    let evaluation = run(with_source(scoring(vec![Item::Group(closed)]), source), nobody(), Vec::new());
    let why = evaluation.why_rule(RuleId(0)).unwrap();
    assert!(!why.took_part);
    assert_eq!(why.reason, "group `group` does not count: `consent` is missing");
}
