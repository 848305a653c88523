use crate::analysis::Given;
use crate::lint::words::hit_by_chance;
use crate::lint::written::{Comparison, Written, some_of};
use crate::lint::{Context, Finding, Findings, Safety, TextAtom, claim, lint};
use crate::model::{Condition, ConditionKind, Model, TextExpr, TextOperand, TextRelation, TextTest};
use crate::value::{Text, fold};

lint! {
    /// Finds `contains` with a short word that turns up inside other words by chance.
    ///
    /// The words it shows come from a list of common titles, departments, industries and countries in several
    /// languages. What may be meant as the beginning of a word, such as `contains "manag"`, is left alone, and so are
    /// e-mail addresses and domains.
    ///
    /// ## Why it matters
    ///
    /// `contains "cto"` holds for every director and every doctor. Each of them gets the points of a chief technology
    /// officer, and nobody sees why.
    ///
    /// ## Example
    ///
    /// ```score
    /// lead {
    ///   id    text key
    ///   title text
    /// }
    ///
    /// score fit {
    ///   +20 "Decides on technology" when title contains any of "cto", "cio"
    /// }
    /// ```
    ///
    /// ## Better
    ///
    /// `mentions` looks for whole words:
    ///
    /// ```score
    /// lead {
    ///   id    text key
    ///   title text
    /// }
    ///
    /// score fit {
    ///   +20 "Decides on technology" when title mentions any of "cto", "cio"
    /// }
    /// ```
    pub static PART_OF_WORD = "S401", "part-of-word", Text, Warning, Rules(check);
}

fn check(context: &Context<'_>, findings: &mut Findings) {
    let written = context.written();
    for atom in context.text_atoms() {
        look(context, written, atom, findings);
    }
}

fn look(context: &Context<'_>, written: &Written, atom: &TextAtom<'_>, findings: &mut Findings) -> Option<()> {
    let TextTest::Part { relation: TextRelation::Contains, operands, .. } = atom.test else { return None };
    if is_address(context.model, atom.subject) {
        return None;
    }
    let comparison = written.comparison(atom.condition)?;
    if comparison.operands.iter().any(|operand| operand.text().is_some_and(|text| text.trim() != text)) {
        // `space-at-edge` says it.
        return None;
    }
    let places = comparison.operands.iter().map(|operand| operand.span);
    let hits: Vec<_> =
        operands.iter().zip(places).flat_map(|(operand, span)| hits(context.model, operand, span)).collect();
    let (first, rest) = hits.split_first()?;
    let (fragment, words, span) = first;
    let message = format!("`{fragment}` is also a part of {}, and `contains` finds it there", some_of(words, 4));
    let finding = findings.add(*span, message);
    finding.here("holds inside words, too");
    for (fragment, words, span) in rest {
        finding.also(*span, format!("`{fragment}` is a part of {}", some_of(words, 3)));
    }
    if hits.len() == operands.iter().map(|operand| values(context.model, operand).len()).sum::<usize>() {
        whole_words(context, comparison, finding);
    } else {
        let shown: Vec<String> = hits.iter().map(|(fragment, ..)| format!("\"{fragment}\"")).collect();
        let subject = context.text(comparison.left);
        finding.help(format!("look for whole words: `{subject} mentions any of {}`", shown.join(", ")));
    }
    show(context, atom, words, finding);
    None
}

/// The values of an operand with a hit each: the value, the words, and where the operand is written.
fn hits(
    model: &Model,
    operand: &TextOperand,
    span: crate::source::Span,
) -> Vec<(String, Vec<&'static str>, crate::source::Span)> {
    let hit = |value: &Text| {
        let words = hit_by_chance(&value.folded);
        (!words.is_empty()).then(|| (value.folded.to_string(), words, span))
    };
    values(model, operand).into_iter().filter_map(hit).collect()
}

fn values<'m>(model: &'m Model, operand: &'m TextOperand) -> Vec<&'m Text> {
    match operand {
        TextOperand::Literal(text) => vec![text],
        TextOperand::List(list) => {
            model.lists.get(list.index()).map_or(Vec::new(), |list| list.values.iter().collect())
        }
        TextOperand::Expr(_) => Vec::new(),
    }
}

/// `contains` becomes `mentions`.
fn whole_words(context: &Context<'_>, comparison: &Comparison, finding: &mut Finding) {
    let operator = context.text(comparison.operator);
    let mentions = operator.replace("contains", "mentions").replace("contain", "mention");
    let operands = comparison.operands.iter().map(|operand| context.text(operand.span)).collect::<Vec<_>>().join(", ");
    finding.help(format!("look for whole words: `{}{mentions}{operands}`", context.text(comparison.left)));
    let edits = vec![(comparison.operator, mentions)];
    finding.fix("write `mentions`", Safety::Unsafe, edits);
}

/// A lead with one of the words.
fn show(context: &Context<'_>, atom: &TextAtom<'_>, words: &[&str], finding: &mut Finding) -> Option<()> {
    let TextExpr::Field(field) = atom.subject else { return None };
    if atom.place.filter_of.is_some() {
        return None;
    }
    let field = &context.model.lead.fields.get(field.index())?.name;
    let word = words.first()?;
    let test = TextTest::Is(vec![TextOperand::Literal(Text::new(word)?)]);
    let is_word =
        Condition { kind: ConditionKind::Text { value: atom.subject.clone(), test }, span: atom.condition.span };
    let given = [atom.place.owner.given(), vec![Given::holds(&is_word), Given::holds(atom.condition)]].concat();
    let verdict = context.analysis.possible(&given);
    let claims = vec![claim::holds(&is_word), claim::holds(atom.condition)];
    finding.example(format!("`{field}` is \"{word}\" here, and the comparison holds"), verdict.witness()?, claims);
    None
}

/// Text in which words are not apart anyway.
fn is_address(model: &Model, subject: &TextExpr) -> bool {
    let name = match subject {
        TextExpr::DomainOf(_) => return true,
        TextExpr::Field(field) => model.lead.fields.get(field.index()).map(|field| field.name.as_str()),
        TextExpr::Property(property) => Some(property.name.as_str()),
        _ => None,
    };
    let name = fold(name.unwrap_or_default());
    ["mail", "domain", "website", "url", "host"].iter().any(|word| name.contains(word))
}

#[cfg(test)]
mod tests {
    use super::PART_OF_WORD;
    use crate::lint::testing::{LEAD, fires, fixed};

    fn text(condition: &str) -> String {
        format!("{LEAD}\nscore fit {{ +5 \"Rule\" when {condition} }}")
    }

    fn about(condition: &str) -> usize {
        fires(&PART_OF_WORD, &text(condition)).len()
    }

    #[test]
    fn short_words_inside_others() {
        let found = fires(&PART_OF_WORD, &text("title contains \"cto\""));
        assert!(found[0].message.contains("`director`"), "{}", found[0].message);
        assert!(found[0].example.is_some());
        assert_eq!(about("title does not contain \"intern\""), 1);
        assert_eq!(about("any download where asset contains \"it\""), 1);
    }

    #[test]
    fn whole_words_and_beginnings_of_words_are_fine() {
        for fine in [
            "title mentions \"cto\"",
            "title contains \"manag\"",
            "title contains \"leiter\"",
            "title starts with \"it\"",
            "email contains \"edu\"",
            "domain of email contains \"it\"",
            "title contains \"部長\"",
            "title contains \" cto \"",
        ] {
            assert_eq!(about(fine), 0, "{fine}");
        }
    }

    #[test]
    fn only_where_all_of_them_are_words_it_can_be_mended() {
        let mended = fixed(&PART_OF_WORD, &text("title does not contain any of \"it\", \"hr\""));
        assert!(mended.contains("title does not mention any of \"it\", \"hr\""), "{mended}");
        let left = fixed(&PART_OF_WORD, &text("title contains any of \"cto\", \"manag\""));
        assert!(left.contains("contains any of"), "{left}");
    }
}
