use crate::lint::written::{Comparison, Literal, Written};
use crate::lint::{Context, Finding, Findings, Safety, TextAtom, lint};
use crate::model::walk::{Part, walk_condition};
use crate::model::{
    AnyExpr, Body, Condition, ConditionKind, FieldId, FieldKind, Model, NumberExpr, Points, Property, TextExpr,
    TextTest,
};
use crate::source::Span;
use crate::value::Text;
use std::collections::BTreeSet;

lint! {
    /// Finds a comparison with something that is missing, or may be, though it does not look it.
    ///
    /// These are: a value that `treat … as missing` takes away, which nothing can be equal to; a text that stands for
    /// nothing in many tools, such as `"null"` or `"n/a"`, and that the field does not treat so; and a sum of fields that
    /// is missing as soon as one of them is.
    ///
    /// ## Why it matters
    ///
    /// Nothing compares with a missing value. The rule never holds for the very leads that it was written for.
    ///
    /// ## Example
    ///
    /// ```score
    /// lead {
    ///   id    text key
    ///   title text
    ///   treat "N/A" as missing
    /// }
    ///
    /// score fit {
    ///   -5 "No title" when title is "N/A"
    /// }
    /// ```
    ///
    /// ## Better
    ///
    /// ```score
    /// lead {
    ///   id    text key
    ///   title text
    ///   treat "N/A" as missing
    /// }
    ///
    /// score fit {
    ///   -5 "No title" when title is missing
    /// }
    /// ```
    pub static COMPARES_MISSING = "S503", "compares-missing", Missing, Warning, Rules(check);
}

/// What tools write where there is nothing, and people do not.
const NOTHING: [&str; 14] = [
    "null",
    "nil",
    "n/a",
    "#n/a",
    "nan",
    "undefined",
    "(null)",
    "(blank)",
    "(none)",
    "<null>",
    "<blank>",
    "[null]",
    "not set",
    "(not set)",
];

fn check(context: &Context<'_>, findings: &mut Findings) {
    let written = context.written();
    for atom in context.text_atoms() {
        if let (TextTest::Is(_), Some(comparison)) = (atom.test, written.comparison(atom.condition)) {
            comparison.operands.iter().for_each(|literal| look(context, atom, comparison, literal, findings));
        }
    }
    rows(context, written, findings);
    sums(context, findings);
}

fn look(
    context: &Context<'_>,
    atom: &TextAtom<'_>,
    comparison: &Comparison,
    literal: &Literal,
    findings: &mut Findings,
) {
    let Some(text) = literal.text().and_then(Text::new) else { return };
    let Some(source) = Source::of(context.model, atom.subject) else { return };
    let subject = context.text(comparison.left);
    let shown = &text.given;
    if source.takes_away(&text) {
        let message = format!("`{shown}` is treated as missing, so `{subject}` is never equal to it");
        let finding = findings.add(literal.span, message);
        is_missing(context, atom, comparison, finding);
    } else if NOTHING.contains(&text.folded.as_str()) && !source.declares(&text) && !is_asked_for(atom) {
        let message = format!("`{shown}` looks like a missing value, but only the text `{shown}` is meant here");
        let finding = findings.add(literal.span, message);
        finding.help(format!(
            "write `treat \"{shown}\" as missing` in the `{}` block, and `{subject} is missing` here",
            source.block
        ));
    }
}

/// `is "N/A"` becomes `is missing`.
fn is_missing(context: &Context<'_>, atom: &TextAtom<'_>, comparison: &Comparison, finding: &mut Finding) {
    let subject = context.text(comparison.left);
    let negated = context.text(comparison.operator).contains("not");
    let better = format!("{subject} is {}", if negated { "known" } else { "missing" });
    finding.help(format!("write `{better}`"));
    if comparison.only().is_some() {
        finding.fix(format!("write `{better}`"), Safety::Unsafe, vec![(atom.condition.span, better)]);
    }
}

/// Whether the condition asks if the value is missing, too.
fn is_asked_for(atom: &TextAtom<'_>) -> bool {
    let mut found = false;
    walk_condition(atom.place.condition, &mut |part| {
        if let Part::Condition(Condition { kind: ConditionKind::Known(known), .. }) = part {
            found |= matches!(&**known, AnyExpr::Text(text) if text == atom.subject);
        }
    });
    found
}

/// A field or property, and what its block treats as missing.
struct Source<'m> {
    kinds: Vec<&'m FieldKind>,
    missing: Vec<&'m [String]>,
    block: String,
}

impl<'m> Source<'m> {
    fn of(model: &'m Model, text: &TextExpr) -> Option<Source<'m>> {
        match text {
            TextExpr::Field(id) => {
                let field = model.lead.fields.get(id.index())?;
                Some(Source { kinds: vec![&field.kind], missing: vec![&model.lead.missing], block: "lead".to_owned() })
            }
            TextExpr::Property(property) | TextExpr::Latest(property, _) | TextExpr::First(property, _) => {
                Source::of_property(model, property)
            }
            _ => None,
        }
    }

    fn of_property(model: &'m Model, property: &Property) -> Option<Source<'m>> {
        let mut source = Source { kinds: Vec::new(), missing: Vec::new(), block: String::new() };
        for (event, property) in &property.places {
            let event = model.events.get(event.index())?;
            source.kinds.push(&event.properties.get(property.index())?.kind);
            source.missing.push(&event.missing);
            source.block = format!("event {}", event.name);
        }
        Some(source)
    }

    /// Wherever it comes from.
    fn takes_away(&self, text: &Text) -> bool {
        !self.missing.is_empty() && self.missing.iter().all(|missing| text.is_among(missing))
    }

    /// As one of its values.
    fn declares(&self, text: &Text) -> bool {
        self.kinds.iter().any(
            |kind| matches!(kind, FieldKind::OneOf(values) if values.iter().any(|value| value.folded == text.folded)),
        )
    }
}

/// Rows for a value that is treated as missing.
fn rows(context: &Context<'_>, written: &Written, findings: &mut Findings) {
    for (subject, rows) in context.text_tables() {
        let Some(source) = Source::of(context.model, subject) else { continue };
        for literal in rows.iter().flat_map(|row| written.row(*row)) {
            let text = literal.text().and_then(Text::new);
            if let Some(text) = text.filter(|text| source.takes_away(text)) {
                let message = format!("`{}` is treated as missing, so this row is for nobody", text.given);
                findings.add(literal.span, message).help("write a row `missing: …`");
            }
        }
    }
}

/// `visits + downloads >= 10`, of fields that may be missing each by itself.
fn sums(context: &Context<'_>, findings: &mut Findings) {
    let mut found: Vec<(Span, Vec<FieldId>)> = Vec::new();
    context.each_part(&mut |owner, part| {
        let Part::Condition(condition) = part else { return };
        let ConditionKind::Number { value, .. } = &condition.kind else { return };
        let fields = optional_terms(context.model, value);
        if fields.len() < 2 {
            return;
        }
        let whole = context.conditions().into_iter().find(|place| {
            place.condition.span.start <= condition.span.start && condition.span.end <= place.condition.span.end
        });
        let around = whole.map(|place| place.condition).into_iter().chain(whens(owner));
        let asked: BTreeSet<FieldId> = around.flat_map(known_fields).collect();
        if !fields.iter().any(|field| asked.contains(field)) {
            found.push((condition.span, fields));
        }
    });
    for place in context.rules() {
        if let Points::Computed(number) = &place.rule.points {
            let own = match &place.rule.body {
                Body::When(condition) => Some(condition),
                _ => None,
            };
            let asked: BTreeSet<FieldId> = place.whens.iter().copied().chain(own).flat_map(known_fields).collect();
            let fields = optional_terms(context.model, number);
            if fields.len() > 1 && !fields.iter().any(|field| asked.contains(field)) {
                found.push((place.rule.span, fields));
            }
        }
    }
    found.sort_by_key(|(span, _)| *span);
    found.dedup();
    for (span, fields) in found {
        let field = |id: &FieldId| context.model.lead.fields.get(id.index()).map(|field| field.name.clone());
        let names: Vec<String> = fields.iter().filter_map(field).collect();
        let shown: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
        let finding = findings.add(span, format!("this sum is missing as soon as one of {} is", shown.join(" and ")));
        let better: Vec<String> = names.iter().map(|name| format!("(first known of {name}, 0)")).collect();
        finding.here("counts for nothing then");
        finding.help(format!("if a missing one counts as 0, write `{}`", better.join(" + ")));
    }
}

fn whens<'a>(owner: &crate::lint::Owner<'a>) -> Vec<&'a Condition> {
    match owner {
        crate::lint::Owner::Rule(place) => place.whens.clone(),
        crate::lint::Owner::Group(place) => place.whens.clone(),
        _ => Vec::new(),
    }
}

/// The fields among the terms of a sum that data may leave out.
fn optional_terms(model: &Model, number: &NumberExpr) -> Vec<FieldId> {
    let (mut left, mut terms) = (number, Vec::new());
    while let NumberExpr::Add(next, right) = left {
        terms.push(&**right);
        left = next;
    }
    terms.push(left);
    let field = |term: &&NumberExpr| match term {
        NumberExpr::Field(id) => {
            let field = model.lead.fields.get(id.index())?;
            (!field.required && model.lead.key != Some(*id)).then_some(*id)
        }
        _ => None,
    };
    terms.iter().rev().filter_map(field).collect()
}

/// The fields that a condition asks whether they are known.
fn known_fields(condition: &Condition) -> BTreeSet<FieldId> {
    let mut found = BTreeSet::new();
    walk_condition(condition, &mut |part| {
        if let Part::Condition(Condition { kind: ConditionKind::Known(known), .. }) = part
            && let AnyExpr::Number(NumberExpr::Field(id)) = &**known
        {
            found.insert(*id);
        }
    });
    found
}

#[cfg(test)]
mod tests {
    use super::COMPARES_MISSING;
    use crate::lint::testing::{fires, fixed};

    const LEAD: &str = "lead {\n  id text key\n  title text\n  tier one of \"gold\", \"n/a\"\n  seats number\n  \
                        desks number\n  rooms number required\n  treat \"Select\", \"-\" as missing\n}\n";

    fn text(condition: &str) -> String {
        format!("{LEAD}\nscore fit {{ +5 \"Rule\" when {condition} }}")
    }

    fn about(condition: &str) -> usize {
        fires(&COMPARES_MISSING, &text(condition)).len()
    }

    #[test]
    fn values_that_are_missing() {
        assert_eq!(about("title is \"select\""), 1);
        assert_eq!(about("title is one of \"Select\", \"none\""), 1);
        assert_eq!(about("title is \"null\""), 1);
        assert!(fixed(&COMPARES_MISSING, &text("title is not \"-\"")).contains("when title is known"));
        let table = format!("{LEAD}\nscore fit {{\n points \"T\" by title {{\n  \"Select\": -5\n }}\n}}");
        assert_eq!(fires(&COMPARES_MISSING, &table).len(), 1);
    }

    #[test]
    fn values_that_are_not() {
        for fine in [
            "title is \"none\"",
            "tier is \"n/a\"",
            "title contains \"select\"",
            "(title is missing or title is \"null\")",
        ] {
            assert_eq!(about(fine), 0, "{fine}");
        }
    }

    #[test]
    fn sums_of_what_may_be_missing() {
        assert_eq!(about("seats + desks > 10"), 1);
        let points = format!("{LEAD}\nscore fit {{ +(seats + desks) \"Places\" }}");
        assert_eq!(fires(&COMPARES_MISSING, &points).len(), 1);
        assert_eq!(about("seats + rooms > 10"), 0);
        assert_eq!(about("(first known of seats, 0) + desks > 10"), 0);
        assert_eq!(about("seats is known and desks is known and seats + desks > 10"), 0);
    }
}
