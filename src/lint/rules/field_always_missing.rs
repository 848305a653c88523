use crate::lint::data::{FEWEST, ValueCount};
use crate::lint::{DataContext, Findings, lint, wording};
use crate::model::{EventId, Field, FieldId, PropertyId};

lint! {
    /// Finds a field or property that the rules read and that the data never fills in.
    ///
    /// With at least five leads, or events of the type. A value that `treat … as missing` names counts as not filled in.
    ///
    /// ## Why it matters
    ///
    /// Rules about it never fire, or always do where they ask for a missing value. Mostly the column is called something else.
    ///
    /// ## Example
    ///
    /// ```score
    /// lead {
    ///   id     text key
    ///   title  text
    /// }
    ///
    /// score fit {
    ///   +10 "Manager"  when title mentions "manager"
    /// }
    /// ```
    ///
    /// ```csv
    /// id,Job Title
    /// 1,Manager
    /// 2,Nurse
    /// 3,Manager
    /// 4,Teacher
    /// 5,Engineer
    /// ```
    ///
    /// ## Better
    ///
    /// ```score
    /// lead {
    ///   id     text key
    ///   title  text column "Job Title"
    /// }
    ///
    /// score fit {
    ///   +10 "Manager"  when title mentions "manager"
    /// }
    /// ```
    pub static FIELD_ALWAYS_MISSING = "S804", "field-always-missing", Data, Warning, Data(check);
}

fn check(context: &DataContext<'_, '_>, findings: &mut Findings) {
    let model = context.rules.model;
    for (id, field) in (0..).map(FieldId).zip(&model.lead.fields) {
        if let Some(count) = context.field(id) {
            look(findings, field, count, ("lead", "leads"), "");
        }
    }
    for (id, event) in (0..).map(EventId).zip(&model.events) {
        for (place, property) in (0..).map(PropertyId).zip(&event.properties) {
            if let Some(count) = context.property(id, place) {
                look(findings, property, count, ("event", "events"), &format!(" of `{}`", event.name));
            }
        }
    }
}

fn look(findings: &mut Findings, field: &Field, count: &ValueCount, (one, many): (&str, &str), of: &str) {
    if count.known > 0 || count.missing < FEWEST {
        return;
    }
    let number = wording::count(count.missing, one, many);
    let finding = findings.add(field.span, format!("`{}`{of} is missing in all of {number}", field.name));
    finding.help(format!(
        "the rules read the column {}: say what the data calls it, `column \"…\"`, or take the field and its rules away",
        wording::text(&field.column)
    ));
}

#[cfg(test)]
mod tests {
    use super::FIELD_ALWAYS_MISSING;
    use crate::lint::testing::{LEAD, fires_with_data};

    fn names(leads: &str) -> Vec<String> {
        let text = format!("{LEAD}\nscore fit {{\n  +5 when title is \"CEO\"\n  +5 when phone is known\n}}\n");
        fires_with_data(&FIELD_ALWAYS_MISSING, &text, leads, "", None).into_iter().map(|one| one.message).collect()
    }

    #[test]
    fn what_is_never_filled_in() {
        let found = names("id,title\n1,CEO\n2,CEO\n3,CEO\n4,CEO\n5,CEO\n");
        assert_eq!(found, ["`phone` is missing in all of 5 leads"]);
    }

    #[test]
    fn what_is_once_or_may_yet_be() {
        assert!(names("id,title,phone\n1,CEO,\n2,CEO,\n3,CEO,\n4,CEO,\n5,CEO,1\n").is_empty());
        assert!(names("id,title\n1,CEO\n2,CEO\n3,CEO\n4,CEO\n").is_empty());
    }
}
