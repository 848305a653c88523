use crate::lint::{Context, Findings, lint, wording};
use crate::model::{Body, ConditionKind, FieldId, Item, Rule, ScoreBody, TextExpr, TextTest};
use crate::source::Span;
use std::collections::BTreeMap;

lint! {
    /// Finds a score or group with more than 25 rules side by side.
    ///
    /// A table is one rule, however many rows it has; rules in a group inside it are that group's.
    ///
    /// ## Why it matters
    ///
    /// People no longer see what such a list adds up to, or that two of its lines count the same fact. Groups say what belongs
    /// together, and can hold it below a limit; a table says the same in a line for each value.
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
    ///   +1  "Austria"      when country is "AT"
    ///   +2  "Belgium"      when country is "BE"
    ///   +3  "Bulgaria"     when country is "BG"
    ///   +4  "Croatia"      when country is "HR"
    ///   +5  "Cyprus"       when country is "CY"
    ///   +6  "Czechia"      when country is "CZ"
    ///   +7  "Denmark"      when country is "DK"
    ///   +8  "Estonia"      when country is "EE"
    ///   +9  "Finland"      when country is "FI"
    ///   +10 "France"       when country is "FR"
    ///   +11 "Germany"      when country is "DE"
    ///   +12 "Greece"       when country is "GR"
    ///   +13 "Hungary"      when country is "HU"
    ///   +14 "Ireland"      when country is "IE"
    ///   +15 "Italy"        when country is "IT"
    ///   +16 "Latvia"       when country is "LV"
    ///   +17 "Lithuania"    when country is "LT"
    ///   +18 "Luxembourg"   when country is "LU"
    ///   +19 "Malta"        when country is "MT"
    ///   +20 "Netherlands"  when country is "NL"
    ///   +21 "Poland"       when country is "PL"
    ///   +22 "Portugal"     when country is "PT"
    ///   +23 "Romania"      when country is "RO"
    ///   +24 "Slovakia"     when country is "SK"
    ///   +25 "Slovenia"     when country is "SI"
    ///   +26 "Spain"        when country is "ES"
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
    ///   points "Country" by country {
    ///     "AT": +1
    ///     "BE": +2
    ///     "BG": +3
    ///     "HR": +4
    ///   }
    /// }
    /// ```
    pub static TOO_MANY_RULES = "S613", "too-many-rules", Shape, Advice, Rules(check);
}

/// As many as fit a page.
const MOST: usize = 25;
/// So many rules about one field are worth a table.
const WORTH_A_TABLE: usize = 5;

fn check(context: &Context<'_>, findings: &mut Findings) {
    for score in &context.model.scores {
        if let ScoreBody::Rules { items, .. } = &score.body {
            look(context, findings, &format!("the score `{}`", score.name), score.span, items);
        }
    }
    for place in context.groups() {
        let what = format!("the group `{}`", place.group.label);
        look(context, findings, &what, place.group.span, &place.group.items);
    }
}

fn look(context: &Context<'_>, findings: &mut Findings, what: &str, span: Span, items: &[Item]) {
    let rules: Vec<&Rule> =
        items.iter().filter_map(|item| if let Item::Rule(rule) = item { Some(rule) } else { None }).collect();
    if rules.len() <= MOST {
        return;
    }
    let finding = findings.add(span, format!("{what} has {} rules side by side", rules.len()));
    let mut by_field: BTreeMap<FieldId, usize> = BTreeMap::new();
    for field in rules.iter().filter_map(|rule| compared(rule)) {
        *by_field.entry(field).or_default() += 1;
    }
    let most = by_field.into_iter().max_by_key(|(field, number)| (*number, std::cmp::Reverse(*field)));
    let named = |id: FieldId| context.model.lead.fields.get(id.index()).map(|field| field.name.as_str());
    match most.filter(|(_, number)| *number >= WORTH_A_TABLE).and_then(|(field, number)| Some((named(field)?, number))) {
        Some((field, number)) => finding.help(format!(
            "{number} of them compare `{field}`: write one table, `points {} by {} {{ \"…\": +5 }}`, with a row for each value",
            wording::text(field),
            wording::name(field)
        )),
        None => finding.help("put what belongs together into groups: `group \"Website\" no higher than 40 points { … }`"),
    };
}

/// The field of `when FIELD is "…"`.
fn compared(rule: &Rule) -> Option<FieldId> {
    match &rule.body {
        Body::When(condition) => match &condition.kind {
            ConditionKind::Text { value: TextExpr::Field(id), test: TextTest::Is(_) } => Some(*id),
            _ => None,
        },
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::TOO_MANY_RULES;
    use crate::lint::testing::{LEAD, fires};

    fn helps(rules: usize, more: &str) -> Vec<String> {
        let rules: String = (1..=rules).map(|at| format!("  +{at} \"R{at}\" when employees > {at}\n")).collect();
        fires(&TOO_MANY_RULES, &format!("{LEAD}\nscore fit {{\n{rules}{more}}}\n"))
            .into_iter()
            .filter_map(|one| one.help)
            .collect()
    }

    #[test]
    fn more_than_people_read() {
        assert!(helps(26, "")[0].starts_with("put what belongs together into groups"));
        assert!(helps(25, "").is_empty());
    }

    #[test]
    fn groups_and_tables_are_one() {
        let group: String = (1..=9).map(|at| format!("    +{at} \"G{at}\" when employees > {at}\n")).collect();
        assert!(helps(25, &format!("  group {{\n{group}  }}\n")).is_empty());
    }
}
