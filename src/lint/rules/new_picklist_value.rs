use crate::diagnostics::nearest;
use crate::lint::data::{TextCount, ValueCount};
use crate::lint::{DataContext, Findings, lint, wording};
use crate::model::{EventId, Field, FieldId, FieldKind, PropertyId};
use crate::value::Text;

lint! {
    /// Finds a value in the data that the field's `one of` does not name.
    ///
    /// ## Why it matters
    ///
    /// The value is kept, and no rule knows it: leads with it lose their points from the day on which somebody adds it to the
    /// picklist of the CRM.
    ///
    /// ## Example
    ///
    /// ```score
    /// lead {
    ///   id        text key
    ///   industry  one of "technology", "finance"
    /// }
    ///
    /// score fit {
    ///   +10 "Technology"  when industry is "technology"
    /// }
    /// ```
    ///
    /// ```csv
    /// id,industry
    /// 1,technology
    /// 2,finance
    /// 3,tech
    /// 4,tech
    /// ```
    ///
    /// ## Better
    ///
    /// ```score
    /// lead {
    ///   id        text key
    ///   industry  one of "technology", "tech", "finance"
    /// }
    ///
    /// score fit {
    ///   +10 "Technology"  when industry is one of "technology", "tech"
    /// }
    /// ```
    pub static NEW_PICKLIST_VALUE = "S805", "new-picklist-value", Data, Warning, Data(check);
}

fn check(context: &DataContext<'_, '_>, findings: &mut Findings) {
    let model = context.rules.model;
    for (id, field) in (0..).map(FieldId).zip(&model.lead.fields) {
        if let Some(count) = context.field(id) {
            look(findings, field, count, ("lead", "leads"));
        }
    }
    for (id, event) in (0..).map(EventId).zip(&model.events) {
        for (place, property) in (0..).map(PropertyId).zip(&event.properties) {
            if let Some(count) = context.property(id, place) {
                look(findings, property, count, ("event", "events"));
            }
        }
    }
}

fn look(findings: &mut Findings, field: &Field, count: &ValueCount, (one, many): (&str, &str)) {
    let FieldKind::OneOf(values) = &field.kind else { return };
    let is_known = |folded: &String| values.iter().any(|value| value.folded == *folded);
    let mut new: Vec<&TextCount> =
        count.texts.iter().filter(|(folded, _)| !is_known(folded)).map(|(_, count)| count).collect();
    if new.is_empty() {
        return;
    }
    new.sort_by_key(|count| std::cmp::Reverse(count.share.all));
    let number = new.iter().map(|count| count.share.all).sum();
    let named = wording::texts(new.iter().map(|count| count.given.as_str()), 3);
    let verb = if new.len() == 1 { "is no value" } else { "are no values" };
    let message =
        format!("{named} {verb} of `{}`, and the data has it for {}", field.name, wording::count(number, one, many));
    findings.add(field.span, message).help(help(&new, values));
}

fn help(new: &[&TextCount], values: &[Text]) -> String {
    let known = || values.iter().map(|value| value.given.as_str());
    let near = new.iter().filter_map(|count| Some((&count.given, nearest(&count.given, known())?))).next();
    let added = wording::texts(new.iter().map(|count| count.given.as_str()), usize::MAX);
    match near {
        Some((given, near)) => format!(
            "is {} meant to be {}? Correct the data then; otherwise add {added} to `one of`, and look at the rules about it",
            wording::text(given),
            wording::text(near)
        ),
        None => format!("add {added} to `one of`, and look at the rules about it"),
    }
}

#[cfg(test)]
mod tests {
    use super::NEW_PICKLIST_VALUE;
    use crate::lint::testing::{LEAD, fires_with_data};

    fn found(values: &str) -> Vec<(String, Option<String>)> {
        let leads: String = values.split(' ').enumerate().map(|(id, value)| format!("{id},{value}\n")).collect();
        let text = format!("{LEAD}\nscore fit {{\n  +5 when industry is \"health\"\n}}\n");
        let found = fires_with_data(&NEW_PICKLIST_VALUE, &text, &format!("id,industry\n{leads}"), "", None);
        found.into_iter().map(|one| (one.message, one.help)).collect()
    }

    #[test]
    fn what_one_of_does_not_name() {
        let found = found("health retail helth retail");
        assert_eq!(found[0].0, "\"retail\", \"helth\" are no values of `industry`, and the data has it for 3 leads");
        assert!(found[0].1.as_ref().is_some_and(|help| help.starts_with("is \"helth\" meant to be \"health\"?")));
    }

    #[test]
    fn case_makes_no_value() {
        assert!(found("Health FINANCE technology").is_empty());
    }
}
