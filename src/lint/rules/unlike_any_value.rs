use crate::diagnostics::nearest;
use crate::lint::written::{Literal, Written, in_quotes, some_of};
use crate::lint::{Context, Findings, Safety, lint};
use crate::model::{
    AnyExpr, FieldKind, LookupTable, Model, Pattern, Property, TextExpr, TextOperand, TextRelation, TextTest,
};
use crate::source::Span;
use crate::value::{Glob, Text, contains_phrase};

lint! {
    /// Finds a text that is like none of the values that a field, a lookup or a matrix can have.
    ///
    /// The values of a field declared `one of` are those; a lookup gives the results of its rows, a matrix its cells.
    /// Looked at are comparisons and the rows of tables.
    ///
    /// ## Why it matters
    ///
    /// A mistyped value is the most frequent mistake of all, and it makes no noise: the rule just never holds.
    ///
    /// ## Example
    ///
    /// ```score
    /// lead {
    ///   id       text key
    ///   industry one of "technology", "finance", "health"
    /// }
    ///
    /// score fit {
    ///   +15 "Technology" when industry is "tecnology"
    /// }
    /// ```
    ///
    /// ## Better
    ///
    /// ```score
    /// lead {
    ///   id       text key
    ///   industry one of "technology", "finance", "health"
    /// }
    ///
    /// score fit {
    ///   +15 "Technology" when industry is "technology"
    /// }
    /// ```
    pub static UNLIKE_ANY_VALUE = "S406", "unlike-any-value", Text, Warning, Rules(check);
}

/// Names are followed so far; the checker keeps them from going in circles.
const DEEPEST: usize = 64;

fn check(context: &Context<'_>, findings: &mut Findings) {
    let written = context.written();
    for atom in context.text_atoms() {
        let Some(values) = values(context.model, atom.subject, DEEPEST) else { continue };
        let Some(comparison) = written.comparison(atom.condition) else { continue };
        let like_some: Vec<bool> = match atom.test {
            TextTest::Is(operands) => operands.iter().map(|one| values.iter().any(|value| is(one, value))).collect(),
            TextTest::Part { relation, operands, .. } => {
                operands.iter().map(|one| values.iter().any(|value| has(*relation, one, value))).collect()
            }
            TextTest::Matches(patterns) => {
                patterns.iter().map(|one| values.iter().any(|value| matches(one, value))).collect()
            }
            TextTest::LooksRandom => continue,
        };
        let exact = matches!(atom.test, TextTest::Is(_));
        for (literal, _) in comparison.operands.iter().zip(like_some).filter(|(_, like)| !like) {
            report(context, atom.subject, &values, literal, exact, findings);
        }
    }
    for (key, places) in context.text_tables() {
        rows(context, written, key, &places, findings);
    }
}

/// Of a table or a lookup.
fn rows(context: &Context<'_>, written: &Written, key: &TextExpr, rows: &[Span], findings: &mut Findings) {
    let Some(values) = values(context.model, key, DEEPEST) else { return };
    for literal in rows.iter().flat_map(|row| written.row(*row)) {
        let folded = literal.text().and_then(Text::new);
        if folded.is_some_and(|text| !values.iter().any(|value| value.folded == text.folded)) {
            report(context, key, &values, literal, true, findings);
        }
    }
}

fn report(
    context: &Context<'_>,
    subject: &TextExpr,
    values: &[Text],
    literal: &Literal,
    exact: bool,
    findings: &mut Findings,
) {
    let written = context.text(literal.span);
    let is_placeholder = |text: &str| Text::new(text).is_some_and(|text| text.is_among(&context.model.lead.missing));
    if literal.text().is_some_and(is_placeholder) {
        return;
    }
    let name = name(context.model, subject);
    let message = match literal.text() {
        Some(text) if exact => format!("{name} has no value `{text}`"),
        Some(text) => format!("no value of {name} is like `{text}`"),
        None => format!("no value of {name} is like `{written}`"),
    };
    let finding = findings.add(literal.span, message);
    let given: Vec<&str> = values.iter().map(|value| value.given.as_str()).collect();
    let near = literal.text().filter(|_| exact).and_then(|text| nearest(text, given.iter().copied()));
    match near {
        Some(near) => {
            let near = in_quotes(near);
            finding.help(format!("did you mean `{near}`?"));
            finding.fix(format!("write `{near}`"), Safety::Unsafe, vec![(literal.span, near)]);
        }
        None => {
            finding.help(format!("its values are {}; add it there if data has it", some_of(&given, 8)));
        }
    }
}

fn name(model: &Model, subject: &TextExpr) -> String {
    let named = |name: Option<&str>| format!("`{}`", name.unwrap_or_default());
    match subject {
        TextExpr::Field(id) => named(model.lead.fields.get(id.index()).map(|field| field.name.as_str())),
        TextExpr::Property(property) | TextExpr::Latest(property, _) | TextExpr::First(property, _) => {
            named(Some(&property.name))
        }
        TextExpr::Define(id) => named(model.defines.get(id.index()).map(|define| define.name.as_str())),
        TextExpr::Lookup(id) => named(model.lookups.get(id.index()).map(|lookup| lookup.name.as_str())),
        TextExpr::Matrix(id) => named(model.matrices.get(id.index()).map(|matrix| matrix.name.as_str())),
        _ => "what is compared".to_owned(),
    }
}

/// All values that are declared for a text; `None` where it can be anything.
fn values(model: &Model, text: &TextExpr, depth: usize) -> Option<Vec<Text>> {
    let depth = depth.checked_sub(1)?;
    match text {
        TextExpr::Literal(text) => Some(vec![text.clone()]),
        TextExpr::Field(id) => one_of(&model.lead.fields.get(id.index())?.kind),
        TextExpr::Property(property) | TextExpr::Latest(property, _) | TextExpr::First(property, _) => {
            of_property(model, property)
        }
        TextExpr::Define(id) => match &model.defines.get(id.index())?.value {
            AnyExpr::Text(text) => values(model, text, depth),
            _ => None,
        },
        TextExpr::Lookup(id) => match &model.lookups.get(id.index())?.table {
            LookupTable::Text(table) => {
                let rows = table.rows.iter().chain(&table.otherwise).chain(&table.missing);
                let mut results: Vec<Text> = Vec::new();
                for row in rows {
                    if !results.contains(&row.result) {
                        results.push(row.result.clone());
                    }
                }
                Some(results)
            }
            LookupTable::Number(_) => None,
        },
        TextExpr::Matrix(id) => {
            let cells = model.matrices.get(id.index())?.cells.iter().flatten();
            let mut cells: Vec<Text> = cells.filter_map(|cell| Text::new(cell)).collect();
            cells.extend(Text::new("excluded"));
            Some(cells)
        }
        TextExpr::FirstKnown(all) => {
            let all: Vec<Vec<Text>> = all.iter().map(|one| values(model, one, depth)).collect::<Option<_>>()?;
            Some(all.into_iter().flatten().collect())
        }
        TextExpr::DomainOf(_) | TextExpr::WeekdayOf(_) | TextExpr::ExcludedReason => None,
    }
}

fn one_of(kind: &FieldKind) -> Option<Vec<Text>> {
    match kind {
        FieldKind::OneOf(values) => Some(values.clone()),
        _ => None,
    }
}

/// Of all the events that have it.
fn of_property(model: &Model, property: &Property) -> Option<Vec<Text>> {
    let kinds = property
        .places
        .iter()
        .map(|(event, property)| one_of(&model.events.get(event.index())?.properties.get(property.index())?.kind));
    Some(kinds.collect::<Option<Vec<_>>>()?.into_iter().flatten().collect())
}

fn is(operand: &TextOperand, value: &Text) -> bool {
    match operand {
        TextOperand::Literal(text) => text.folded == value.folded,
        // A list may be for several fields, and another text may be anything.
        TextOperand::List(_) | TextOperand::Expr(_) => true,
    }
}

fn has(relation: TextRelation, operand: &TextOperand, value: &Text) -> bool {
    let TextOperand::Literal(text) = operand else { return true };
    match relation {
        TextRelation::Contains => value.folded.contains(text.folded.as_str()),
        TextRelation::Mentions => contains_phrase(&value.folded, &text.folded),
        TextRelation::StartsWith => value.folded.starts_with(text.folded.as_str()),
        TextRelation::EndsWith => value.folded.ends_with(text.folded.as_str()),
    }
}

fn matches(pattern: &Pattern, value: &Text) -> bool {
    match pattern {
        Pattern::Glob(glob) => Glob::matches(glob, &value.folded),
        Pattern::Regex(regex) => regex.is_match(&value.given),
        Pattern::List(..) => true,
    }
}

#[cfg(test)]
mod tests {
    use super::UNLIKE_ANY_VALUE;
    use crate::lint::testing::{LEAD, fires, fixed};

    fn about(condition: &str) -> Vec<String> {
        let text = format!("{LEAD}\nscore fit {{ +5 \"Rule\" when {condition} }}");
        fires(&UNLIKE_ANY_VALUE, &text).into_iter().map(|finding| finding.message).collect()
    }

    #[test]
    fn values_that_are_not_declared() {
        assert_eq!(about("industry is \"tecnology\""), ["`industry` has no value `tecnology`"]);
        assert_eq!(about("industry is not one of \"finance\", \"banking\""), ["`industry` has no value `banking`"]);
        assert_eq!(about("industry starts with \"bank\""), ["no value of `industry` is like `bank`"]);
        assert_eq!(about("industry matches /^bank/").len(), 1);
        assert_eq!(about("first known of industry, \"none\" is \"nothing\"").len(), 1);
    }

    #[test]
    fn values_that_are() {
        for fine in [
            "industry is \"Technology\"",
            "industry contains \"tech\"",
            "industry matches \"*an*\"",
            "title is \"tecnology\"",
            "industry is title",
            "first known of industry, title is \"nothing\"",
        ] {
            assert!(about(fine).is_empty(), "{fine}");
        }
    }

    #[test]
    fn rows_and_lookups() {
        let lookup = "lookup region by country {\n  \"ES\": \"south\"\n  otherwise: \"elsewhere\"\n}";
        let score = "score fit {\n  points \"Region\" by region {\n    \"sout\": +5\n  }\n  \
                     points \"Industry\" by industry {\n    \"helth\", \"finance\": +5\n  }\n}";
        let text = format!("{LEAD}\n{lookup}\n{score}");
        assert_eq!(fires(&UNLIKE_ANY_VALUE, &text).len(), 2);
        let mended = fixed(&UNLIKE_ANY_VALUE, &text);
        assert!(mended.contains("\"south\": +5") && mended.contains("\"health\", \"finance\""), "{mended}");
    }
}
