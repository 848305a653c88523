use crate::analysis::{Given, Verdict, Witness};
use crate::lint::proofs::{by_siblings, constant_points};
use crate::lint::{Context, Findings, RulePlace, claim, lint};
use crate::model::{
    Body, Choice, Condition, ConditionKind, FieldId, FieldKind, TextExpr, TextOperand, TextRelation, TextTest,
};
use crate::value::Decimal;
use std::collections::BTreeMap;

lint! {
    /// Finds rules that add up for one and the same fact about a lead.
    ///
    /// It is a proof, with such a lead. Looked at are rules that stand side by side, give points, and read the same one field:
    /// two words that both are part of one text, such as two titles, and a condition with its wider sibling. What leads do
    /// is left alone: somebody who registered and then came has done two things. So are dates, lists, rules of a group that
    /// chooses, and conditions that always hold together.
    ///
    /// ## Why it matters
    ///
    /// A "CEO and manager" is not worth more than a CEO. Points that were given for one fact each add up by accident, and the
    /// highest scores go to the longest titles.
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
    ///   +20 "Executive"  when title mentions "ceo"
    ///   +10 "Manager"    when title mentions "manager"
    /// }
    /// ```
    ///
    /// ## Better
    ///
    /// ```score
    /// lead {
    ///   id     text key
    ///   title  text
    /// }
    ///
    /// score fit {
    ///   group "Position" highest only {
    ///     +20 "Executive"  when title mentions "ceo"
    ///     +10 "Manager"    when title mentions "manager"
    ///   }
    /// }
    /// ```
    pub static COUNTED_TWICE = "S203", "counted-twice", Overlap, Advice, Rules(check);
}

/// More rules about one field are not compared each with each.
const MOST_RULES: usize = 40;

fn check(context: &Context<'_>, findings: &mut Findings) {
    for siblings in by_siblings(context) {
        let sums =
            siblings.first().and_then(|place| place.groups.last()).is_none_or(|group| group.choice == Choice::All);
        if !sums {
            continue;
        }
        let mut by_field: BTreeMap<FieldId, Vec<&RulePlace<'_>>> = BTreeMap::new();
        for place in siblings {
            if let Some(field) = single_field(context, place) {
                by_field.entry(field).or_default().push(place);
            }
        }
        for (field, rules) in by_field {
            look(context, field, rules.get(..MOST_RULES).unwrap_or(&rules), findings);
        }
    }
}

/// The field that a rule with points for a `when` reads, if it is one, and no list.
fn single_field(context: &Context<'_>, place: &RulePlace<'_>) -> Option<FieldId> {
    constant_points(place).filter(|points| *points > Decimal::ZERO)?;
    if !matches!(place.rule.body, Body::When(_)) {
        return None;
    }
    let own = context.participation(place.rule.id).filter(|own| !own.is_never)?;
    let reads = &own.reads;
    let mut fields = reads.fields.iter();
    let (Some(field), None) = (fields.next(), fields.next()) else { return None };
    let is_alone = reads.events.is_empty() && reads.scores.is_empty() && !reads.results;
    let kind = context.model.lead.fields.get(field.index()).map(|field| &field.kind)?;
    let is_one_fact = !matches!(kind, FieldKind::ListOfText | FieldKind::Date { .. });
    (is_alone && is_one_fact).then_some(*field)
}

fn look(context: &Context<'_>, field: FieldId, rules: &[&RulePlace<'_>], findings: &mut Findings) {
    let mut found: Vec<(&RulePlace<'_>, &RulePlace<'_>, Witness)> = Vec::new();
    for (at, other) in rules.iter().enumerate() {
        let mut before = rules.iter().take(at);
        if let Some((one, witness)) = before.find_map(|one| Some((one, both(context, one, other)?))) {
            found.push((one, other, witness));
        }
    }
    let Some((one, other, witness)) = found.first() else { return };
    let name = context.model.lead.fields.get(field.index()).map_or("", |field| &field.name);
    let (first, second) = (&one.rule.label, &other.rule.label);
    let message = format!("`{first}` and `{second}` add up for one `{name}`");
    let finding = findings.add(other.rule.span, message);
    finding.here("this counts").also(one.rule.span, "on top of this");
    for (_, more, _) in found.iter().skip(1) {
        finding.also(more.rule.span, "and so does this");
    }
    let is_number = context
        .model
        .lead
        .fields
        .get(field.index())
        .is_some_and(|field| matches!(field.kind, FieldKind::Number { .. }));
    finding.help(match is_number {
        true => format!("write a table, `points by {name} {{ … }}`, or put them into a group `highest only`"),
        false => format!("put them into one group: `group \"{name}\" highest only {{ … }}`"),
    });
    if let (Some(points), Some(more)) = (constant_points(one), constant_points(other)) {
        let sum = points.add(more).unwrap_or_default();
        let claims = vec![claim::points_are(one.rule.id, points), claim::points_are(other.rule.id, more)];
        context.show(finding, format!("this lead gets {points} and {more}, {sum} in all"), witness, claims);
    }
}

/// A lead for which both count, where they are about one fact.
fn both(context: &Context<'_>, one: &RulePlace<'_>, other: &RulePlace<'_>) -> Option<Witness> {
    let ids = (one.rule.id, other.rule.id);
    let (first, second) = (context.participation(ids.0)?, context.participation(ids.1)?);
    let narrower = context.implied().contains(&(ids.0, ids.1));
    let wider = context.implied().contains(&(ids.1, ids.0));
    match (narrower, wider) {
        (true, true) => None,
        (true, false) => first.example.as_ref().map(|example| example.witness.clone()),
        (false, true) => second.example.as_ref().map(|example| example.witness.clone()),
        (false, false) => {
            if !asks_for_words(&first.condition) || !asks_for_words(&second.condition) {
                return None;
            }
            let asked = [Given::holds(&first.condition), Given::holds(&second.condition)];
            match context.analysis.possible(&[&one.given()[..], &asked].concat()) {
                Verdict::Yes(witness) => Some(witness),
                Verdict::No | Verdict::Unknown => None,
            }
        }
    }
}

/// `title mentions "ceo"`, or several such joined by `or`: words that name what the lead is.
fn asks_for_words(condition: &Condition) -> bool {
    match &condition.kind {
        ConditionKind::Any(parts) => parts.iter().all(asks_for_words),
        ConditionKind::Text {
            value: TextExpr::Field(_),
            test: TextTest::Part { relation: TextRelation::Contains | TextRelation::Mentions, operands, .. },
        } => operands.iter().all(is_word),
        _ => false,
    }
}

fn is_word(operand: &TextOperand) -> bool {
    match operand {
        TextOperand::Literal(text) => text.folded.chars().all(|letter| letter.is_alphanumeric() || letter == ' '),
        TextOperand::List(_) => true,
        TextOperand::Expr(_) => false,
    }
}

#[cfg(test)]
mod tests {
    use super::COUNTED_TWICE;
    use crate::lint::testing::{LEAD, fires};

    fn messages(rules: &str) -> Vec<String> {
        let found = fires(&COUNTED_TWICE, &format!("{LEAD}score fit {{\n{rules}\n}}"));
        found.into_iter().map(|finding| finding.message).collect()
    }

    #[test]
    fn one_fact_twice() {
        let titles = "+20 \"A\" when title mentions \"vp\"\n+10 \"B\" when title mentions any of \"manager\", \"lead\"";
        assert_eq!(messages(titles), ["`A` and `B` add up for one `title`"]);
        let sizes = "+5 \"A\" when employees >= 10\n+9 \"B\" when employees >= 100\n+9 \"C\" when employees >= 500";
        assert_eq!(messages(sizes), ["`A` and `B` add up for one `employees`"]);
    }

    #[test]
    fn two_facts_or_one_choice() {
        let titles = "+20 \"A\" when title mentions \"vp\"\n+10 \"B\" when title mentions \"manager\"";
        assert!(messages(&format!("group \"G\" highest only {{\n{titles}\n}}")).is_empty());
        assert!(messages("+20 \"A\" when country is \"US\"\n+10 \"B\" when country is \"CA\"").is_empty());
        assert!(messages("+20 \"A\" when title mentions \"vp\"\n-10 \"B\" when title mentions \"student\"").is_empty());
        assert!(messages("+5 \"A\" when tags includes \"a\"\n+5 \"B\" when tags includes \"b\"").is_empty());
        // Two things that they did.
        assert!(messages("+5 \"A\" when any download\n+5 \"B\" when any download where asset is \"x\"").is_empty());
        assert!(messages("+5 \"A\" when employees < 10\n+9 \"B\" when employees > 100").is_empty());
    }
}
