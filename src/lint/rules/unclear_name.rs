use crate::lint::vocabulary::words;
use crate::lint::{Context, Findings, lint};
use crate::source::Span;

lint! {
    /// Finds a name or label that says nothing: a single letter, `field_1`, `tmp`, "Rule 3".
    ///
    /// Looked at are the names of fields, properties, events, lists, defines, lookups, scores, matrices and thresholds, and the
    /// labels of rules and groups. Only Latin letters are: in other scripts one sign may be a word.
    ///
    /// ## Why it matters
    ///
    /// Names are what the rules are read by. Exports number their columns; the file need not: `column` keeps the export's name,
    /// and the rules get one that people understand.
    ///
    /// ## Example
    ///
    /// ```score
    /// lead {
    ///   id       text key
    ///   field_7  text
    /// }
    ///
    /// score fit {
    ///   +15 "Technology"  when field_7 is "technology"
    /// }
    /// ```
    ///
    /// ## Better
    ///
    /// ```score
    /// lead {
    ///   id        text key
    ///   industry  text column "field_7"
    /// }
    ///
    /// score fit {
    ///   +15 "Technology"  when industry is "technology"
    /// }
    /// ```
    pub static UNCLEAR_NAME = "S605", "unclear-name", Shape, Advice, Rules(check);
}

/// Words that stand for any name.
const PLACEHOLDERS: &[&str] = &[
    "tmp",
    "temp",
    "foo",
    "bar",
    "baz",
    "asdf",
    "qwerty",
    "xxx",
    "todo",
    "tbd",
    "untitled",
    "dummy",
    "placeholder",
    "stuff",
    "thing",
];

/// Words that say nothing with a number behind them, or a single letter.
const NUMBERED: &[&str] = &[
    "field",
    "custom field",
    "column",
    "col",
    "property",
    "prop",
    "attribute",
    "attr",
    "event",
    "list",
    "define",
    "lookup",
    "score",
    "rule",
    "group",
    "value",
    "var",
    "variable",
    "number",
    "text",
    "item",
    "data",
    "test",
    "feld",
    "spalte",
    "regel",
    "champ",
    "campo",
    "regla",
    "règle",
    "regola",
];

fn check(context: &Context<'_>, findings: &mut Findings) {
    let model = context.model;
    let mut look = |what: &str, name: &str, span: Span, help: String| {
        if is_unclear(name) {
            findings.add(span, format!("the name `{name}` of this {what} says nothing")).help(help);
        }
    };
    let by_column = |name: &str, column: &str| {
        format!(
            "call it what it holds, and name its column: `industry … column \"{}\"`",
            if column.is_empty() { name } else { column }
        )
    };
    for field in &model.lead.fields {
        look("field", &field.name, field.span, by_column(&field.name, &field.column));
    }
    for event in &model.events {
        let help = format!(
            "call it what happens, and say what the data calls it: `event page_view called \"{}\"`",
            event.called
        );
        look("event", &event.name, event.span, help);
        for property in &event.properties {
            look("property", &property.name, property.span, by_column(&property.name, &property.column));
        }
    }
    let plain = || "call it what it stands for".to_owned();
    model.lists.iter().for_each(|one| look("list", &one.name, one.span, plain()));
    model.defines.iter().for_each(|one| look("define", &one.name, one.span, plain()));
    model.lookups.iter().for_each(|one| look("lookup", &one.name, one.span, plain()));
    model.scores.iter().for_each(|one| look("score", &one.name, one.span, plain()));
    model.matrices.iter().for_each(|one| look("matrix", &one.name, one.span, plain()));
    model.thresholds.iter().for_each(|one| look("threshold", &one.name, one.span, plain()));
    labels(context, findings);
}

fn labels(context: &Context<'_>, findings: &mut Findings) {
    let rules = context.rules().iter().filter(|place| place.rule.labelled);
    let rules = rules.map(|place| ("rule", &place.rule.label, place.rule.span));
    let groups = context.groups().iter().map(|place| ("group", &place.group.label, place.group.span));
    for (what, label, span) in rules.chain(groups).filter(|(_, label, _)| is_unclear(label)) {
        let finding = findings.add(span, format!("the label \"{label}\" of this {what} says nothing"));
        finding.help("say what the points are for: people see it as the reason of a score");
    }
}

fn is_unclear(name: &str) -> bool {
    let words = words(name);
    let is_letter = words.chars().count() == 1 && words.chars().all(|letter| letter.is_ascii_alphabetic());
    let stem = words.trim_end_matches(|letter: char| letter.is_ascii_digit()).trim_end();
    let has_number = stem.len() < words.len();
    let is_lettered_number = has_number && stem.len() == 1 && stem.chars().all(|letter| letter.is_ascii_alphabetic());
    let is_new = ["new ", "my ", "some "]
        .iter()
        .any(|head| NUMBERED.contains(&words.trim_start_matches(head)) && words.starts_with(head));
    is_letter
        || is_lettered_number
        || is_new
        || PLACEHOLDERS.contains(&stem)
        || (has_number && NUMBERED.contains(&stem))
}

#[cfg(test)]
mod tests {
    use super::is_unclear;

    #[test]
    fn what_says_nothing() {
        for name in ["x", "X1", "field_7", "Custom Field 12", "tmp", "tmp2", "Rule 3", "col3", "new rule", "todo"] {
            assert!(is_unclear(name), "{name}");
        }
    }

    #[test]
    fn what_says_something() {
        for name in
            ["id", "mql", "سن", "年", "utm_source", "q3_event", "score", "rule", "b2b", "test", "tier_1", "top 100"]
        {
            assert!(!is_unclear(name), "{name}");
        }
    }
}
