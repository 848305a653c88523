use crate::lint::proofs::constant_points;
use crate::lint::{Context, Finding, Findings, RulePlace, Safety, claim, lint};
use crate::model::{Body, Choice, Points, TableRow};
use crate::value::Decimal;
use std::collections::HashMap;

lint! {
    /// Finds two rules of one score that always count together.
    ///
    /// It is a proof: the two conditions hold for the same leads, however they are written, or the two rules count the same
    /// events in the same way. Rules of a group that chooses one of them are the matter of other lints.
    ///
    /// ## Why it matters
    ///
    /// The same fact gives its points twice. Whoever changes one of the two later will wonder why the score hardly moves.
    ///
    /// ## Example
    ///
    /// ```score
    /// lead {
    ///   id         text key
    ///   employees  number from 0
    /// }
    ///
    /// score fit {
    ///   +10 "Large"       when employees > 500
    ///   +10 "Enterprise"  when not employees <= 500 and employees is known
    /// }
    /// ```
    ///
    /// ## Better
    ///
    /// ```score
    /// lead {
    ///   id         text key
    ///   employees  number from 0
    /// }
    ///
    /// score fit {
    ///   +20 "Large"  when employees > 500
    /// }
    /// ```
    pub static DUPLICATE_RULE = "S201", "duplicate-rule", Overlap, Warning, Rules(check);
}

fn check(context: &Context<'_>, findings: &mut Findings) {
    for (first, second) in same(context) {
        if opposite(first, second) {
            continue;
        }
        let (one, other) = (&first.rule.label, &second.rule.label);
        let message = format!("rules `{one}` and `{other}` always count together");
        let finding = findings.add(second.rule.span, message);
        finding.here("counts the same").also(first.rule.span, "as this");
        let (points, others) = (constant_points(first), constant_points(second));
        finding.help(match points.zip(others).and_then(|(one, other)| one.add(other)) {
            Some(sum) => format!("keep one of them, with {} points if both are meant", signed(sum)),
            None => "keep one of them".to_owned(),
        });
        show(context, finding, first, second);
        if points == others
            && let Some(edits) = context.without_rule(second)
        {
            finding.fix("take the second rule away", Safety::Unsafe, edits);
        }
    }
}

pub(super) fn signed(points: Decimal) -> String {
    if points.is_negative() { points.to_string() } else { format!("+{points}") }
}

/// A lead for which both count.
pub(super) fn show(context: &Context<'_>, finding: &mut Finding, one: &RulePlace<'_>, other: &RulePlace<'_>) {
    let (Some(first), Some(second)) = (constant_points(one), constant_points(other)) else { return };
    let Some(example) = context.participation(one.rule.id).and_then(|own| own.example.as_ref()) else { return };
    let claims = vec![claim::points_are(one.rule.id, first), claim::points_are(other.rule.id, second)];
    context.show(finding, "this lead gets the points of both", &example.witness, claims);
}

/// One gives points and the other takes them off.
pub(super) fn opposite(one: &RulePlace<'_>, other: &RulePlace<'_>) -> bool {
    let sign = |place: &RulePlace<'_>| constant_points(place).map(Decimal::is_negative);
    sign(one).zip(sign(other)).is_some_and(|(one, other)| one != other)
}

/// Pairs of rules of one score that always count together, each with the one before it.
pub(super) fn same<'c, 'a>(context: &'c Context<'a>) -> Vec<(&'c RulePlace<'a>, &'c RulePlace<'a>)> {
    let mut pairs = Vec::new();
    for (one, other) in context.implied().iter().filter(|(one, other)| one < other) {
        if context.are_equivalent(*one, *other)
            && let (Some(one), Some(other)) = (context.rule(*one), context.rule(*other))
        {
            pairs.push((one, other));
        }
    }
    // Of rules that are no one condition, those that are written alike.
    let mut alike: HashMap<String, Vec<&RulePlace<'a>>> = HashMap::new();
    for place in context.rules() {
        let Some(key) = key(place) else { continue };
        let known = alike.entry(key).or_default();
        if let Some(first) = known.iter().find(|first| is_alike(first, place)) {
            pairs.push((*first, place));
        }
        known.push(place);
    }
    pairs.retain(|(one, other)| !compete(one, other));
    pairs.sort_by_key(|(one, other)| (other.rule.id, one.rule.id));
    pairs.dedup_by_key(|(_, other)| other.rule.id);
    pairs
}

/// The cheap question before the costly one; `None` for rules with a `when`.
fn key(place: &RulePlace<'_>) -> Option<String> {
    let is_table = matches!(place.rule.points, Points::Table(_));
    let body = match &place.rule.body {
        Body::When(_) if !is_table => return None,
        Body::Always if !is_table => return None,
        Body::When(_) => "when".to_owned(),
        Body::Always => "always".to_owned(),
        Body::ForEach(each) => format!("each {:?} {:?}", each.selector.types, each.limits),
        Body::ForEvery(every) => format!("every {:?} {:?}", every.every, every.selector.types),
    };
    let rows = match &place.rule.points {
        Points::Table(table) => table.rows.len(),
        _ => 0,
    };
    Some(format!("{:?} {rows} {body}", place.score))
}

fn is_alike(one: &RulePlace<'_>, other: &RulePlace<'_>) -> bool {
    let same_around = one.whens.len() == other.whens.len()
        && one.whens.iter().zip(&other.whens).all(|(one, two)| std::ptr::eq(*one, *two));
    let same_points = match (&one.rule.points, &other.rule.points) {
        (Points::Constant(_), Points::Constant(_)) => true,
        (one, other) => is_same(one, other),
    };
    same_points && same_around && one.rule.body == other.rule.body
}

/// Wherever they are written. Points nest to a depth that the checker bounds.
fn is_same(one: &Points, other: &Points) -> bool {
    let (Points::Table(one), Points::Table(other)) = (one, other) else { return one == other };
    let same = |(one, other): (&TableRow<Points>, &TableRow<Points>)| {
        one.test == other.test && is_same(&one.result, &other.result)
    };
    let same_row = |one: &Option<TableRow<Points>>, other: &Option<TableRow<Points>>| match (one, other) {
        (Some(one), Some(other)) => same((one, other)),
        (None, None) => true,
        _ => false,
    };
    one.key == other.key
        && one.rows.len() == other.rows.len()
        && one.rows.iter().zip(&other.rows).all(same)
        && same_row(&one.otherwise, &other.otherwise)
        && same_row(&one.missing, &other.missing)
}

/// The innermost group around both chooses between them.
fn compete(one: &RulePlace<'_>, other: &RulePlace<'_>) -> bool {
    let common = one.groups.iter().zip(&other.groups).take_while(|(one, other)| std::ptr::eq(**one, **other));
    common.last().is_some_and(|(group, _)| group.choice != Choice::All)
}

#[cfg(test)]
mod tests {
    use super::DUPLICATE_RULE;
    use crate::lint::testing::{LEAD, fires, fixed};

    fn messages(rules: &str) -> Vec<String> {
        let found = fires(&DUPLICATE_RULE, &format!("{LEAD}score fit {{\n{rules}\n}}"));
        found.into_iter().map(|finding| finding.message).collect()
    }

    #[test]
    fn the_same_in_other_words() {
        let found = ["rules `A` and `B` always count together"];
        assert_eq!(
            messages(
                "+5 \"A\" when employees >= 5 and consent\n+9 \"B\" when consent and not employees < 5 and employees is known"
            ),
            found
        );
        assert_eq!(messages("+5 \"A\" when country is \"US\"\n+5 \"B\" when country is \"us\""), found);
        assert_eq!(messages("+5 \"A\" when any download\n+5 \"B\" when at least 1 download"), found);
        assert_eq!(messages("+5 \"A\" for each download once\n+3 \"B\" for each download once"), found);
        let table = |label: &str| format!("points \"{label}\" by employees {{\nfrom 5: +1\nfrom 9: +2\n}}");
        assert_eq!(messages(&format!("{}\n{}", table("A"), table("B"))), found);
    }

    #[test]
    fn what_differs_or_competes() {
        assert!(messages("+5 \"A\" when employees >= 5\n+5 \"B\" when employees >= 6").is_empty());
        assert!(messages("+5 \"A\" when any download\n-5 \"B\" when any download").is_empty());
        assert!(messages("+5 \"A\" for each download once\n+5 \"B\" for each download at most 2 times").is_empty());
        assert!(messages("group \"G\" highest only { +5 \"A\" when consent\n +6 \"B\" when consent }").is_empty());
        assert!(
            messages("group \"G\" when consent { +5 \"A\" when any download }\n+6 \"B\" when any download").is_empty()
        );
    }

    #[test]
    fn the_second_goes() {
        let text = |rule: &str| format!("{LEAD}score fit {{\n  +5 \"A\" when consent\n{rule}}}\n");
        assert_eq!(fixed(&DUPLICATE_RULE, &text("  +5 \"B\" when consent is yes\n")), text(""));
    }
}
