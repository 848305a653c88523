use crate::lint::written::{Comparison, Literal, in_quotes};
use crate::lint::{Context, Findings, Safety, TextAtom, lint};
use crate::model::{TextRelation, TextTest};
use crate::source::Span;
use std::collections::BTreeSet;

lint! {
    /// Finds a blank at the edge of a text that is compared.
    ///
    /// Blanks at the edges of texts, in rules and in data, do not count. In a regular expression they do, and then they
    /// never hold at the start or the end of a value.
    ///
    /// ## Why it matters
    ///
    /// Whoever writes `contains " it "` wants the word and not the letters. But the blanks are dropped, and the rule holds
    /// for every editor and recruiter.
    ///
    /// ## Example
    ///
    /// ```score
    /// lead {
    ///   id         text key
    ///   department text
    /// }
    ///
    /// score fit {
    ///   +10 "Information technology" when department contains " it "
    /// }
    /// ```
    ///
    /// ## Better
    ///
    /// ```score
    /// lead {
    ///   id         text key
    ///   department text
    /// }
    ///
    /// score fit {
    ///   +10 "Information technology" when department mentions "it"
    /// }
    /// ```
    pub static SPACE_AT_EDGE = "S403", "space-at-edge", Text, Warning, Rules(check);
}

fn check(context: &Context<'_>, findings: &mut Findings) {
    let written = context.written();
    let mut told: BTreeSet<Span> = BTreeSet::new();
    for atom in context.text_atoms() {
        if let Some(comparison) = written.comparison(atom.condition) {
            meant(context, atom, comparison, &mut told, findings);
        }
    }
    for pattern in written.patterns() {
        let text = pattern.pattern().unwrap_or_default();
        if text.starts_with(' ') || (text.ends_with(' ') && !text.ends_with("\\ ")) {
            let word = text.trim();
            let message = format!(
                "values begin and end without a blank, so `{}` misses `{word}` there",
                context.text(pattern.span)
            );
            findings.add(pattern.span, message).help(format!("for a whole word write `mentions \"{word}\"`"));
        }
    }
    for text in written.texts.iter().filter(|text| text.is_compared && !told.contains(&text.span)) {
        if text.text.trim() == text.text {
            continue;
        }
        let finding = findings.add(text.span, "a blank at the edge of a text does not count");
        finding.help(format!("write `{}`", in_quotes(text.text.trim())));
        if let Some(trimmed) = trimmed(context.text(text.span)) {
            finding.fix("take the blank away", Safety::Safe, vec![(text.span, trimmed)]);
        }
    }
}

/// Comparisons where the blank was to say that a word ends there.
fn meant(
    context: &Context<'_>,
    atom: &TextAtom<'_>,
    comparison: &Comparison,
    told: &mut BTreeSet<Span>,
    findings: &mut Findings,
) {
    let TextTest::Part { relation, .. } = atom.test else { return };
    let has_edge = |literal: &&Literal| match (relation, literal.text()) {
        (TextRelation::Contains, Some(text)) => text.trim() != text,
        (TextRelation::StartsWith, Some(text)) => text.trim_end() != text,
        (TextRelation::EndsWith, Some(text)) => text.trim_start() != text,
        _ => false,
    };
    let edged: Vec<&Literal> = comparison.operands.iter().filter(has_edge).collect();
    let all = edged.len() == comparison.operands.len();
    for literal in &edged {
        told.insert(literal.span);
        let word = literal.text().unwrap_or_default().trim();
        let shown = context.text(literal.span);
        let message = format!("the blank in `{shown}` does not count: this looks for `{word}`, inside words, too");
        let finding = findings.add(literal.span, message);
        let subject = context.text(comparison.left);
        let better = better(context, *relation, comparison);
        finding.help(format!("for the whole word write `{subject}{better}{}`", operand(*relation, word)));
        let is_glob = *relation != TextRelation::Contains;
        if (is_glob && word.contains(['*', '?'])) || !all || (is_glob && edged.len() > 1) {
            continue;
        }
        let mut edits = vec![(literal.span, operand(*relation, word))];
        // The operator is changed once, with the first of them.
        if edged.first() == Some(literal) {
            edits.insert(0, (comparison.operator, better));
            edits.extend(
                edged
                    .iter()
                    .skip(1)
                    .map(|other| (other.span, operand(*relation, other.text().unwrap_or_default().trim()))),
            );
            finding.fix("look for whole words", Safety::Unsafe, edits);
        }
    }
}

/// The operator that looks for words, with the blanks around it.
fn better(context: &Context<'_>, relation: TextRelation, comparison: &Comparison) -> String {
    let operator = context.text(comparison.operator);
    match relation {
        TextRelation::Contains | TextRelation::Mentions => {
            operator.replace("contains", "mentions").replace("contain", "mention")
        }
        TextRelation::StartsWith | TextRelation::EndsWith if operator.contains("not") => " does not match ".to_owned(),
        TextRelation::StartsWith | TextRelation::EndsWith => " matches ".to_owned(),
    }
}

fn operand(relation: TextRelation, word: &str) -> String {
    match relation {
        TextRelation::Contains | TextRelation::Mentions => in_quotes(word),
        TextRelation::StartsWith => in_quotes(&format!("{word} *")),
        TextRelation::EndsWith => in_quotes(&format!("* {word}")),
    }
}

/// A text in quotes without blanks at its edges; `None` where they are written as escapes, or nothing is left.
fn trimmed(raw: &str) -> Option<String> {
    let inner = raw.strip_prefix('"')?.strip_suffix('"')?;
    let shorter = inner.trim();
    (shorter != inner && !shorter.is_empty() && !shorter.ends_with('\\')).then(|| format!("\"{shorter}\""))
}

#[cfg(test)]
mod tests {
    use super::SPACE_AT_EDGE;
    use crate::lint::testing::{LEAD, fires, fixed};

    fn text(condition: &str) -> String {
        format!("{LEAD}\nscore fit {{ +5 \"Rule\" when {condition} }}")
    }

    #[test]
    fn blanks_that_were_to_say_something() {
        for (condition, better) in [
            ("title contains \" it \"", "title mentions \"it\""),
            ("title does not contain any of \" it\", \"hr \"", "title does not mention any of \"it\", \"hr\""),
            ("title starts with \"head \"", "title matches \"head *\""),
            ("title does not end with \" lead\"", "title does not match \"* lead\""),
        ] {
            assert!(!fires(&SPACE_AT_EDGE, &text(condition)).is_empty(), "{condition}");
            let mended = fixed(&SPACE_AT_EDGE, &text(condition));
            assert!(mended.contains(better), "{condition}: {mended}");
        }
        assert_eq!(fires(&SPACE_AT_EDGE, &text("title matches / cto /")).len(), 1);
    }

    #[test]
    fn blanks_that_say_nothing() {
        assert!(fixed(&SPACE_AT_EDGE, &text("country is \"US \"")).contains("country is \"US\""));
        let list = format!("{LEAD}\nlist near = \"ES\", \" PT\"\nscore fit {{ +5 when country is one of near }}");
        assert!(fixed(&SPACE_AT_EDGE, &list).contains("\"ES\", \"PT\""));
    }

    #[test]
    fn other_blanks_are_fine() {
        for fine in ["title contains \"vice president\"", "title matches \"head *\"", "title matches /head of/"] {
            assert!(fires(&SPACE_AT_EDGE, &text(fine)).is_empty(), "{fine}");
        }
    }
}
