use crate::analysis::Given;
use crate::lint::written::Written;
use crate::lint::{ConditionPlace, Context, Finding, Findings, Owner, Safety, claim, lint};
use crate::model::walk::{Part, walk_any, walk_condition};
use crate::model::{
    AnyExpr, Condition, ConditionKind, DateTest, FieldId, Model, NumberTest, Property, TextOperand, TextTest,
};
use crate::source::Span;
use std::collections::BTreeSet;

lint! {
    /// Finds a negated comparison that also holds where the value is missing.
    ///
    /// About leads it is a proof: the finding shows a lead without the value for which the whole condition holds. What
    /// asks anywhere whether the value is known or missing is left alone; so are yes/no fields, where `not consent` is
    /// meant to hold for who said nothing, and the `until` of thresholds.
    ///
    /// ## Why it matters
    ///
    /// A comparison with a missing value does not hold, and `not` flips it. `country is not "US"` gives its points to
    /// every lead whose country nobody knows.
    ///
    /// ## Example
    ///
    /// ```score
    /// lead {
    ///   id      text key
    ///   country text
    /// }
    ///
    /// score fit {
    ///   -10 "Outside the market" when country is not "US"
    /// }
    /// ```
    ///
    /// ## Better
    ///
    /// Say what is meant for a missing value:
    ///
    /// ```score
    /// lead {
    ///   id      text key
    ///   country text
    /// }
    ///
    /// score fit {
    ///   -10 "Outside the market" when country is known and country is not "US"
    /// }
    /// ```
    pub static HOLDS_WHEN_MISSING = "S501", "holds-when-missing", Missing, Warning, Rules(check);
}

/// A comparison under an odd number of `not`s.
struct Negated<'a> {
    atom: &'a Condition,
    /// With its own `not`, where it has one.
    whole: Option<Span>,
}

/// Something that is compared, and where it is written.
struct Compared {
    value: AnyExpr,
    span: Option<Span>,
}

fn check(context: &Context<'_>, findings: &mut Findings) {
    let written = context.written();
    let mut told = BTreeSet::new();
    for place in context.conditions() {
        if !matches!(place.owner, Owner::Define(_) | Owner::ThresholdUntil(_)) {
            look(context, written, &place, &mut told, findings);
        }
    }
    for place in context.filters() {
        let own = place.filter_of.and_then(|selector| selector.filter.as_ref());
        if own.is_some_and(|filter| std::ptr::eq(filter, place.condition)) {
            look(context, written, &place, &mut told, findings);
        }
    }
}

fn look(
    context: &Context<'_>,
    written: &Written,
    place: &ConditionPlace<'_>,
    told: &mut BTreeSet<Span>,
    findings: &mut Findings,
) {
    let mut negated = Vec::new();
    collect(context.model, place.condition, false, None, &mut negated);
    for one in negated {
        if told.contains(&one.atom.span) {
            continue;
        }
        let missing: Vec<Compared> = compared(written, one.atom)
            .into_iter()
            .filter(|compared| {
                is_data(&compared.value) && !is_asked_for(context.model, place.condition, &compared.value)
            })
            .collect();
        let found = match place.filter_of {
            None => report_lead(context, place, &missing, one.atom, findings),
            Some(_) => report_event(context, place, &missing, one.atom, findings),
        };
        if let Some(finding) = found {
            told.insert(one.atom.span);
            help(context, &one, &missing, finding);
        }
    }
}

/// The negated comparisons of a condition, also through names.
fn collect<'a>(
    model: &'a Model,
    condition: &'a Condition,
    negated: bool,
    whole: Option<Span>,
    found: &mut Vec<Negated<'a>>,
) {
    match &condition.kind {
        ConditionKind::All(parts) | ConditionKind::Any(parts) => {
            parts.iter().for_each(|part| collect(model, part, negated, None, found));
        }
        ConditionKind::Not(inner) => collect(model, inner, !negated, Some(condition.span), found),
        ConditionKind::Define(define) => {
            if let Some(AnyExpr::Condition(named)) = model.defines.get(define.index()).map(|define| &define.value) {
                collect(model, named, negated, None, found);
            }
        }
        ConditionKind::Text { .. }
        | ConditionKind::Includes { .. }
        | ConditionKind::Number { .. }
        | ConditionKind::Date { .. }
            if negated =>
        {
            found.push(Negated { atom: condition, whole });
        }
        _ => {}
    }
}

/// What a comparison reads, on both sides.
fn compared(written: &Written, atom: &Condition) -> Vec<Compared> {
    let place = written.comparison(atom);
    let right = |at: usize| place.and_then(|place| place.operands.get(at)).map(|operand| operand.span);
    let mut all = Vec::new();
    let left = place.map(|place| place.left);
    let mut add = |value: AnyExpr, span: Option<Span>| all.push(Compared { value, span });
    match &atom.kind {
        ConditionKind::Text { value, test } => {
            add(AnyExpr::Text(value.clone()), left);
            if let TextTest::Is(operands) | TextTest::Part { operands, .. } = test {
                for (at, operand) in operands.iter().enumerate() {
                    if let TextOperand::Expr(text) = operand {
                        add(AnyExpr::Text(text.clone()), right(at));
                    }
                }
            }
        }
        ConditionKind::Includes { list, .. } => add(AnyExpr::List(list.clone()), left),
        ConditionKind::Number { value, test } => {
            add(AnyExpr::Number(value.clone()), left);
            let numbers = match test {
                NumberTest::Compare(_, one) => vec![one],
                NumberTest::Between(low, high) => vec![low, high],
                NumberTest::OneOf(all) => all.iter().collect(),
            };
            for (at, number) in numbers.into_iter().enumerate() {
                add(AnyExpr::Number(number.clone()), right(at));
            }
        }
        ConditionKind::Date { value, test } => {
            add(AnyExpr::Date(value.clone()), left);
            let dates = match test {
                DateTest::Before(one) | DateTest::After(one) | DateTest::On(one) => vec![one],
                DateTest::Between(low, high) => vec![low, high],
                DateTest::InLast(_) | DateTest::InNext(_) => Vec::new(),
            };
            for (at, date) in dates.into_iter().enumerate() {
                add(AnyExpr::Date(date.clone()), right(at));
            }
        }
        _ => {}
    }
    all
}

/// Whether a value comes from fields and events alone: what scores are missing for has rules of its own.
fn is_data(value: &AnyExpr) -> bool {
    use crate::model::{DateExpr, NumberExpr, TextExpr};
    let (mut reads, mut others) = (false, false);
    walk_any(value, &mut |part| match part {
        Part::Number(NumberExpr::Field(_) | NumberExpr::Property(_) | NumberExpr::Lookup(_))
        | Part::Text(TextExpr::Field(_) | TextExpr::Property(_) | TextExpr::Lookup(_))
        | Part::Date(DateExpr::Field(_) | DateExpr::Property(_))
        | Part::List(_)
        | Part::Selector(_)
        | Part::Define(_) => reads = true,
        Part::Number(NumberExpr::Score(_)) | Part::Text(TextExpr::Matrix(_)) => others = true,
        _ => {}
    });
    reads && !others
}

/// Whether a condition asks somewhere if a value is known or missing, also through names.
fn is_asked_for(model: &Model, condition: &Condition, value: &AnyExpr) -> bool {
    let mut found = false;
    let mut left = vec![condition];
    // Names do not go in circles.
    while let Some(condition) = left.pop() {
        walk_condition(condition, &mut |part| match part {
            Part::Condition(Condition { kind: ConditionKind::Known(known), .. }) => found |= **known == *value,
            Part::Define(define) => {
                if let Some(AnyExpr::Condition(named)) = model.defines.get(define.index()).map(|define| &define.value) {
                    left.push(named);
                }
            }
            _ => {}
        });
    }
    found
}

fn known(value: &AnyExpr) -> Condition {
    Condition { kind: ConditionKind::Known(Box::new(value.clone())), span: Span::default() }
}

/// A lead for which the condition holds without the value.
fn report_lead<'f>(
    context: &Context<'_>,
    place: &ConditionPlace<'_>,
    missing: &[Compared],
    atom: &Condition,
    findings: &'f mut Findings,
) -> Option<&'f mut Finding> {
    for compared in missing {
        let known = known(&compared.value);
        let given = [place.owner.given(), vec![Given::holds(place.condition), Given::fails(&known)]].concat();
        let verdict = context.analysis.possible(&given);
        let Some(witness) = verdict.witness() else { continue };
        let words = words(context, compared);
        let message = format!("{} also holds where {words} is missing", place.owner.named(context.model));
        let claims = vec![claim::holds(place.condition), claim::not(known)];
        let finding = findings.add(atom.span, message);
        finding.here("holds for a missing value, too");
        finding.example(format!("{words} is missing here, and the condition holds"), witness, claims);
        return Some(finding);
    }
    None
}

/// The same of an event that a filter keeps: of its own properties and the lead's fields, where nothing else in the
/// filter asks for the value.
fn report_event<'f>(
    context: &Context<'_>,
    place: &ConditionPlace<'_>,
    missing: &[Compared],
    atom: &Condition,
    findings: &'f mut Findings,
) -> Option<&'f mut Finding> {
    let model = context.model;
    let asked: Vec<&Condition> = crate::lint::walks::atoms(place.condition)
        .into_iter()
        .filter(|(_, negated)| !negated)
        .map(|(atom, _)| atom)
        .collect();
    let compared = missing.iter().find(|compared| {
        let also = asked.iter().any(|atom| self::compared_values(atom).contains(&compared.value));
        may_be_missing(model, &compared.value) && !also
    })?;
    let finding =
        findings.add(atom.span, format!("this also keeps events where {} is missing", words(context, compared)));
    Some(finding.here("holds for a missing value, too"))
}

fn compared_values(atom: &Condition) -> Vec<AnyExpr> {
    compared(&Written::default(), atom).into_iter().map(|compared| compared.value).collect()
}

/// A field or a property that data may leave out.
fn may_be_missing(model: &Model, value: &AnyExpr) -> bool {
    use crate::model::{DateExpr, ListExpr, NumberExpr, TextExpr};
    let field = |id: &FieldId| {
        let field = model.lead.fields.get(id.index());
        field.is_some_and(|field| !field.required) && model.lead.key != Some(*id)
    };
    let property = |property: &Property| {
        property.places.iter().any(|(event, property)| {
            let event = model.events.get(event.index());
            event.and_then(|event| event.properties.get(property.index())).is_some_and(|one| !one.required)
        })
    };
    match value {
        AnyExpr::Text(TextExpr::Field(id)) | AnyExpr::Number(NumberExpr::Field(id)) => field(id),
        AnyExpr::Date(DateExpr::Field(id)) | AnyExpr::List(ListExpr::Field(id)) => field(id),
        AnyExpr::Text(TextExpr::Property(one)) | AnyExpr::Number(NumberExpr::Property(one)) => property(one),
        AnyExpr::Date(DateExpr::Property(one)) | AnyExpr::List(ListExpr::Property(one)) => property(one),
        _ => false,
    }
}

fn words(context: &Context<'_>, compared: &Compared) -> String {
    match compared.span {
        Some(span) => format!("`{}`", context.text(span)),
        None => "the value".to_owned(),
    }
}

fn help(context: &Context<'_>, negated: &Negated<'_>, missing: &[Compared], finding: &mut Finding) {
    let known: Vec<String> = missing
        .iter()
        .filter(|compared| may_be_missing(context.model, &compared.value) || missing.len() == 1)
        .filter_map(|compared| Some(format!("{} is known", context.text(compared.span?))))
        .collect();
    let (Some(whole), false) = (negated.whole, known.is_empty()) else {
        finding.help("say what is meant for a missing value: add `… is known` or `… is missing`");
        return;
    };
    let both = format!("{} and {}", known.join(" and "), context.text(whole));
    let better = if stands_in_parentheses(context, whole) { both } else { format!("({both})") };
    finding.help(format!("write `{better}`, or say with `is missing` that a missing value counts"));
    finding.fix("leave out what is missing", Safety::Unsafe, vec![(whole, better)]);
}

/// Whether parentheses stand around it already, and around nothing else.
fn stands_in_parentheses(context: &Context<'_>, whole: Span) -> bool {
    let text = &context.program.sources.file(whole.file).text;
    let before = text.get(..whole.start as usize).unwrap_or_default().trim_end();
    let after = text.get(whole.end as usize..).unwrap_or_default().trim_start();
    before.ends_with('(') && after.starts_with(')')
}

#[cfg(test)]
mod tests {
    use super::HOLDS_WHEN_MISSING;
    use crate::lint::testing::{LEAD, fires, fixed};

    fn text(condition: &str) -> String {
        format!(
            "{LEAD}\ndefine is_large = employees >= 1000\ndefine is_near = country is \"US\"\n\
             score fit {{ +5 \"Rule\" when {condition} }}"
        )
    }

    fn about(condition: &str) -> Vec<String> {
        fires(&HOLDS_WHEN_MISSING, &text(condition)).into_iter().map(|finding| finding.message).collect()
    }

    #[test]
    fn negated_comparisons() {
        assert_eq!(about("country is not \"US\""), ["rule `Rule` also holds where `country` is missing"]);
        assert_eq!(about("not employees > 50").len(), 1);
        assert_eq!(about("not created in last 30 days").len(), 1);
        assert_eq!(about("tags does not include \"a\"").len(), 1);
        assert_eq!(about("not is_near").len(), 1);
        assert_eq!(about("not (country is \"US\" or country is \"CA\")").len(), 2);
        assert_eq!(
            about("(country is known and country is not title)"),
            ["rule `Rule` also holds where `title` is missing"]
        );
        assert_eq!(about("any page_view where path is not \"/\""), ["this also keeps events where `path` is missing"]);
    }

    #[test]
    fn what_says_what_is_meant_or_cannot_be_missing() {
        for fine in [
            "country is \"US\"",
            "country is known and country is not \"US\"",
            "country is missing or country is not \"US\"",
            "country starts with \"U\" and country is not \"US\"",
            "id is not \"1\"",
            "not consent",
            "employees > 5 and not is_large",
            "any page_view where (path is known and path is not \"/\")",
            "any page_view where (path starts with \"/a\" and path is not \"/a/b\")",
        ] {
            assert!(about(fine).is_empty(), "{fine}: {:?}", about(fine));
        }
        let group =
            format!("{LEAD}\nscore fit {{ group when title is known {{ +5 when title does not mention \"a\" }} }}");
        assert!(fires(&HOLDS_WHEN_MISSING, &group).is_empty());
    }

    #[test]
    fn the_value_is_asked_for() {
        let mended = fixed(&HOLDS_WHEN_MISSING, &text("any page_view where (path is not \"/\")"));
        assert!(mended.contains("where (path is known and path is not \"/\")"), "{mended}");
        let mended = fixed(&HOLDS_WHEN_MISSING, &text("any page_view where path is not \"/\""));
        assert!(mended.contains("where (path is known and path is not \"/\")"), "{mended}");
    }
}
