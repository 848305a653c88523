use crate::analysis::Given;
use crate::lint::asks::parts_of_and;
use crate::lint::subjects::Reads;
use crate::lint::{ConditionPlace, Context, Findings, Owner, SelectorPlace, lint};
use crate::model::{AnyExpr, Condition, ConditionKind, FieldId, ListExpr, NumberExpr, Selector, TextExpr, YesNoExpr};

lint! {
    /// Finds a condition that every lead meets, or a filter that every event passes.
    ///
    /// It is a proof, from the rules and the field declarations alone. Looked at are the `when` of rules, groups, scores and
    /// exclusions, the conditions of a `define`, every part of an `and` in them, and the filters behind `where`. What only
    /// asks for the date of today is left alone.
    ///
    /// ## Why it matters
    ///
    /// A condition that always holds tells no lead from another: everybody gets the points, or everybody is excluded. Most
    /// often `or` was written between two `is not`, where `and` is meant.
    ///
    /// ## Example
    ///
    /// ```score
    /// lead {
    ///   id       text key
    ///   country  text
    /// }
    ///
    /// score fit {
    ///   -5 "Overseas"  when country is not "US" or country is not "CA"
    /// }
    /// ```
    ///
    /// ## Better
    ///
    /// ```score
    /// lead {
    ///   id       text key
    ///   country  text
    /// }
    ///
    /// score fit {
    ///   -5 "Overseas"  when country is known and country is not one of "US", "CA"
    /// }
    /// ```
    pub static ALWAYS_TRUE = "S102", "always-true", Reach, Warning, Rules(check);
}

fn check(context: &Context<'_>, findings: &mut Findings) {
    for place in context.conditions_beside_thresholds() {
        look(context, &place, findings);
    }
    for place in context.selectors() {
        look_at_filter(context, &place, findings);
    }
}

fn look(context: &Context<'_>, place: &ConditionPlace<'_>, findings: &mut Findings) {
    let given = place.owner.given();
    let mut parts = vec![place.condition];
    parts.extend(parts_of_and(place.condition).into_iter().filter(|part| !std::ptr::eq(*part, place.condition)));
    for part in parts {
        if !may_always_hold(context, part) || Reads::of_condition(context.model, part).is_nothing() {
            continue;
        }
        let fails = [&given[..], &[Given::fails(part)]].concat();
        if !context.analysis.is_impossible(&fails) || context.analysis.is_impossible(&given) {
            continue;
        }
        let named = place.owner.named(context.model);
        if std::ptr::eq(part, place.condition) {
            let finding = findings.add(part.span, format!("every lead meets the condition of {named}"));
            finding.here("this always holds").help(help(part));
            return;
        }
        let finding = findings.add(part.span, format!("every lead meets this part of the condition of {named}"));
        finding.here("this always holds").help("correct it, or take it away");
    }
}

fn help(condition: &Condition) -> &'static str {
    match &condition.kind {
        ConditionKind::Any(parts) if parts.iter().all(|part| matches!(part.kind, ConditionKind::Not(_))) => {
            "write `and` instead of `or`: of two different values, one is always not the lead's"
        }
        _ => "correct it, or take it away",
    }
}

fn look_at_filter(context: &Context<'_>, place: &SelectorPlace<'_>, findings: &mut Findings) {
    let Some(filter) = &place.selector.filter else { return };
    if matches!(place.owner, Owner::Ignore) || !may_always_hold(context, filter) {
        return;
    }
    let all = Selector { filter: None, ..place.selector.clone() };
    if Reads::of_condition(context.model, filter).is_nothing() && !reads_event(filter) {
        return;
    }
    let selects = context.analysis.can_select(place.selector, &place.owner.given());
    if selects.is_yes() && context.analysis.selects_within(&all, place.selector) {
        let finding = findings
            .add(filter.span, format!("every event passes this filter of {}", place.owner.named(context.model)));
        finding.here("this always holds").help("correct it, or take it away with its `where`");
    }
}

fn reads_event(filter: &Condition) -> bool {
    let mut found = false;
    crate::model::walk::walk_condition(filter, &mut |part| {
        use crate::model::walk::Part;
        found |= matches!(
            part,
            Part::Number(NumberExpr::Property(_))
                | Part::Text(TextExpr::Property(_))
                | Part::Date(crate::model::DateExpr::Property(_))
                | Part::YesNo(YesNoExpr::Property(_))
                | Part::List(ListExpr::Property(_))
        );
    });
    found
}

/// The cheap question before the costly one: what compares a field or property that may be missing does not hold where it
/// is.
fn may_always_hold(context: &Context<'_>, condition: &Condition) -> bool {
    let may_be_missing = |field: &FieldId| {
        let is_key = context.model.lead.key == Some(*field);
        !is_key && context.model.lead.fields.get(field.index()).is_some_and(|field| !field.required)
    };
    let text = |value: &TextExpr| match value {
        TextExpr::Field(field) => !may_be_missing(field),
        TextExpr::DomainOf(of) => matches!(&**of, TextExpr::Literal(_)),
        TextExpr::Property(property) => is_required(context, property),
        _ => true,
    };
    let number = |value: &NumberExpr| match value {
        NumberExpr::Field(field) => !may_be_missing(field),
        NumberExpr::Property(property) => is_required(context, property),
        _ => true,
    };
    match &condition.kind {
        // A name is looked at where it is declared.
        ConditionKind::Constant(_) | ConditionKind::Define(_) => false,
        ConditionKind::All(parts) => parts.iter().all(|part| may_always_hold(context, part)),
        ConditionKind::Any(parts) => parts.iter().any(|part| may_always_hold(context, part)),
        ConditionKind::Text { value, .. } => text(value),
        ConditionKind::Number { value, .. } => number(value),
        ConditionKind::YesNo { value: YesNoExpr::Field(field), .. } => !may_be_missing(field),
        ConditionKind::Known(value) => match &**value {
            AnyExpr::Text(value) => text(value),
            AnyExpr::Number(value) => number(value),
            _ => true,
        },
        _ => true,
    }
}

fn is_required(context: &Context<'_>, property: &crate::model::Property) -> bool {
    property.places.iter().all(|(event, place)| {
        let event = context.model.events.get(event.index());
        event.and_then(|event| event.properties.get(place.index())).is_some_and(|field| field.required)
    })
}

#[cfg(test)]
mod tests {
    use super::ALWAYS_TRUE;
    use crate::lint::testing::{LEAD, fires};

    /// The messages about one condition of a rule.
    fn about(condition: &str) -> Vec<String> {
        let text = format!("{LEAD}\nscore fit {{ +5 \"Rule\" when {condition} }}");
        fires(&ALWAYS_TRUE, &text).into_iter().map(|finding| finding.message).collect()
    }

    #[test]
    fn what_everybody_meets() {
        assert_eq!(about("country is not \"US\" or country is not \"CA\"").len(), 1);
        // The range begins at 0.
        assert_eq!(about("not employees < 0").len(), 1);
        assert_eq!(
            about("id is known and country is \"US\""),
            ["every lead meets this part of the condition of rule `Rule`"]
        );
        assert_eq!(about("any page_view where (not seconds < 0)").len(), 1);
    }

    #[test]
    fn what_somebody_does_not_meet() {
        // A missing number is not 0 or more.
        assert!(about("employees >= 0").is_empty());
        assert!(about("country is not \"US\" and country is not \"CA\"").is_empty());
        assert!(about("no unsubscribe").is_empty());
        assert!(about("any page_view where (not seconds > 5)").is_empty());
        // Only the date of today.
        assert!(about("country is \"US\" and days since 2020-01-01 > 5").is_empty());
    }
}
