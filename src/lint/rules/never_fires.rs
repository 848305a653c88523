use crate::lint::data::FEWEST;
use crate::lint::{DataContext, Findings, RulePlace, lint, wording};

lint! {
    /// Finds a rule that gives no lead of the data any points.
    ///
    /// A rule fires for a lead when it takes part and no choice of its group drops it; excluded leads are not looked at. Where the
    /// reason is that a field is always missing, or that no such event ever happens, the lints about those say so instead. With
    /// fewer than five leads, and of rules about events without `--events`, nothing is found.
    ///
    /// ## Why it matters
    ///
    /// The rule costs attention and scores nobody. Often the value in the data is written in another way than in the rule.
    ///
    /// ## Example
    ///
    /// ```score
    /// lead {
    ///   id       text key
    ///   country  text
    ///   title    text
    /// }
    ///
    /// score fit {
    ///   +10 "Manager"  when title mentions "manager"
    ///   +5  "Germany"  when country is "Germany"
    /// }
    /// ```
    ///
    /// ```csv
    /// id,country,title
    /// 1,DE,Manager
    /// 2,DE,Sales manager
    /// 3,FR,Engineer
    /// 4,FR,Nurse
    /// 5,ES,Manager
    /// 6,DE,Teacher
    /// ```
    ///
    /// ## Better
    ///
    /// ```score
    /// lead {
    ///   id       text key
    ///   country  text
    ///   title    text
    /// }
    ///
    /// score fit {
    ///   +10 "Manager"  when title mentions "manager"
    ///   +5  "Germany"  when country is "DE"
    /// }
    /// ```
    pub static NEVER_FIRES = "S801", "never-fires", Data, Warning, Data(check);
}

fn check(context: &DataContext<'_, '_>, findings: &mut Findings) {
    let scored = context.scored();
    if scored < FEWEST {
        return;
    }
    for place in context.rules.rules() {
        let fires = context.rule(place.rule.id).is_none_or(|count| count.leads > 0);
        if fires || is_explained(context, place) {
            continue;
        }
        let leads = wording::count(scored, "lead", "leads");
        let finding =
            findings.add(place.rule.span, format!("none of {leads} gets anything by the rule `{}`", place.rule.label));
        let is_choice = place.groups.iter().any(|group| group.choice != crate::model::Choice::All);
        finding.help(match is_choice {
            true => "look whether others of its group always go before it, and how the data writes what it asks for",
            false => "look how the data writes what it asks for, or take the rule away",
        });
    }
}

/// Whether what it reads is not there: that is said where it is declared. Without events files, no rule about events fires.
fn is_explained(context: &DataContext<'_, '_>, place: &RulePlace<'_>) -> bool {
    let needs = context.rules.needs_of(place.rule);
    let none_happens = |types: &std::collections::BTreeSet<crate::model::EventId>| {
        types.iter().all(|event| context.event(*event).is_none_or(|count| count.events == 0))
    };
    let is_empty = |count: &crate::lint::data::ValueCount| count.known == 0;
    needs.selectors.iter().any(none_happens)
        || needs.fields.iter().any(|field| context.field(*field).is_some_and(is_empty))
        || needs.properties.iter().any(|(event, place)| context.property(*event, *place).is_some_and(is_empty))
}

#[cfg(test)]
mod tests {
    use super::NEVER_FIRES;
    use crate::lint::testing::{LEAD, fires_with_data};

    const LEADS: &str = "id,title\n1,CEO\n2,CTO\n3,CEO\n4,CEO\n5,CEO\n";

    fn count(rule: &str, events: &str) -> usize {
        fires_with_data(&NEVER_FIRES, &format!("{LEAD}\nscore fit {{\n{rule}\n}}\n"), LEADS, events, None).len()
    }

    #[test]
    fn what_nobody_gets() {
        assert_eq!(count("+5 when title is \"CFO\"", ""), 1);
        assert_eq!(count("group first match only {\n+1 when title is known\n+5 when title is \"CEO\"\n}", ""), 1);
        let download = "{\"lead_id\":\"1\",\"type\":\"download\",\"at\":\"2025-12-01\",\"asset\":\"a\"}\n";
        assert_eq!(count("+5 for each download where asset is \"b\"", download), 1);
    }

    #[test]
    fn what_somebody_gets_or_is_explained_elsewhere() {
        for rule in ["+5 when title is \"CTO\"", "+5 when country is \"ES\"", "+5 when any download"] {
            assert_eq!(count(rule, ""), 0, "{rule}");
        }
    }
}
