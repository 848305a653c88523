use crate::lint::{Context, Findings, Safety, lint};
use crate::model::walk::Part;
use crate::model::{Condition, ConditionKind, ScoreId, TextExpr, TextOperand, TextTest};
use crate::source::Span;
use std::collections::{BTreeMap, BTreeSet};

lint! {
    /// Finds texts or names that differ only in case.
    ///
    /// Looked at are comparisons joined by `and` or `or` that differ only in case or in variants of a letter; patterns
    /// that spell out both cases, `/[Cc]EO/`, or ask to ignore it, `/(?i)ceo/`; and the other way round names of fields,
    /// events, lists, scores, bands or rules, where case does count.
    ///
    /// ## Why it matters
    ///
    /// Texts and patterns are compared without regard to case, so the second spelling only makes the rule longer. Names
    /// are told apart by case, so `Title` and `title` are two fields, and sooner or later a rule reads the wrong one.
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
    ///   +20 "Chief" when (title contains "Chief" or title contains "CHIEF")
    /// }
    /// ```
    ///
    /// ## Better
    ///
    /// ```score
    /// lead {
    ///   id    text key
    ///   title text
    /// }
    ///
    /// score fit {
    ///   +20 "Chief" when title contains "chief"
    /// }
    /// ```
    pub static CASE_ONLY_DIFFERENCE = "S402", "case-only-difference", Text, Warning, Rules(check);
}

fn check(context: &Context<'_>, findings: &mut Findings) {
    let mut joined = BTreeMap::new();
    context.each_part(&mut |_, part| {
        if let Part::Condition(condition) = part
            && let ConditionKind::All(parts) | ConditionKind::Any(parts) = &condition.kind
        {
            joined.insert(condition.span, parts);
        }
    });
    joined.into_values().for_each(|parts| comparisons(context, parts, findings));
    patterns(context, findings);
    names(context, findings);
}

/// Parts of an `and` or `or` that ask the same, written differently.
fn comparisons(context: &Context<'_>, parts: &[Condition], findings: &mut Findings) {
    for (at, part) in parts.iter().enumerate() {
        let earlier = parts.iter().take(at).find(|other| *other != part && is_same(other, part));
        let (Some(other), Some(before)) = (earlier, at.checked_sub(1).and_then(|before| parts.get(before))) else {
            continue;
        };
        let finding = findings.add(part.span, "this asks the same again: case and variants of a letter do not count");
        finding.also(other.span, "the same is asked here").help("take one of the two away");
        let gap = Span { start: before.span.end, end: part.span.start, ..part.span };
        let is_plain = ["or", "and"].contains(&context.text(gap).trim());
        if is_plain {
            finding.fix("take the second one away", Safety::Safe, vec![(gap.to(part.span), String::new())]);
        }
    }
}

fn is_same(one: &Condition, other: &Condition) -> bool {
    match (asked(one), asked(other)) {
        (Some(one), Some(other)) => one == other,
        _ => false,
    }
}

/// What a comparison of a text with texts asks, as it is compared: negated or not, of what, how, with what.
fn asked(condition: &Condition) -> Option<(bool, &TextExpr, String, BTreeSet<&str>)> {
    let (negated, condition) = match &condition.kind {
        ConditionKind::Not(inner) => (true, &**inner),
        _ => (false, condition),
    };
    let ConditionKind::Text { value, test } = &condition.kind else { return None };
    let (how, operands) = match test {
        TextTest::Is(operands) => ("is".to_owned(), operands),
        TextTest::Part { relation, all, operands } => (format!("{relation:?} {all}"), operands),
        TextTest::Matches(_) | TextTest::LooksRandom => return None,
    };
    let folded = operands.iter().map(|operand| match operand {
        TextOperand::Literal(text) => Some(text.folded.as_str()),
        TextOperand::List(_) | TextOperand::Expr(_) => None,
    });
    Some((negated, value, how, folded.collect::<Option<_>>()?))
}

/// Patterns that see to case themselves.
fn patterns(context: &Context<'_>, findings: &mut Findings) {
    for pattern in context.written().patterns() {
        let text = context.text(pattern.span);
        let Some(shorter) = without_case(text) else { continue };
        let finding = findings.add(pattern.span, "patterns ignore case already");
        finding.help(format!("write `{shorter}`"));
        finding.fix("leave case to the pattern", Safety::Safe, vec![(pattern.span, shorter)]);
    }
}

/// `/(?i)[Cc]eo/` as `/ceo/`; `None` where it does not see to case, or sees to it in a way of its own.
fn without_case(pattern: &str) -> Option<String> {
    let plain = pattern.strip_prefix("/(?i)").map_or(pattern.to_owned(), |rest| format!("/{rest}"));
    if plain.contains("(?") {
        return None;
    }
    let letters: Vec<char> = plain.chars().collect();
    let mut shorter = String::with_capacity(plain.len());
    let mut at = 0;
    while let Some(letter) = letters.get(at) {
        match letters.get(at..at + 4) {
            Some(['[', one, other, ']']) if is_one_letter(*one, *other) => {
                shorter.push(one.to_lowercase().next().unwrap_or(*one));
                at += 4;
            }
            _ => {
                // What stands behind `\` stands for itself.
                let taken = if *letter == '\\' { 2 } else { 1 };
                shorter.extend(letters.iter().skip(at).take(taken));
                at += taken;
            }
        }
    }
    (shorter != pattern && shorter.len() > 2).then_some(shorter)
}

fn is_one_letter(one: char, other: char) -> bool {
    one != other && one.is_ascii_alphabetic() && one.eq_ignore_ascii_case(&other)
}

/// Names that only case tells apart.
fn names(context: &Context<'_>, findings: &mut Findings) {
    let model = context.model;
    let field = |field: &crate::model::Field| (field.name.clone(), field.span);
    let mut shared: Vec<(String, Span)> = model.lead.fields.iter().map(field).collect();
    shared.extend(model.lists.iter().map(|one| (one.name.clone(), one.span)));
    shared.extend(model.defines.iter().map(|one| (one.name.clone(), one.span)));
    shared.extend(model.lookups.iter().map(|one| (one.name.clone(), one.span)));
    shared.extend(model.scores.iter().map(|one| (one.name.clone(), one.span)));
    shared.extend(model.matrices.iter().map(|one| (one.name.clone(), one.span)));
    shared.extend(model.thresholds.iter().map(|one| (one.name.clone(), one.span)));
    let mut scopes = vec![("", shared)];
    scopes.push(("events ", model.events.iter().map(|one| (one.name.clone(), one.span)).collect()));
    for event in &model.events {
        // A filter sees the event's properties and the lead's fields.
        let seen = event.properties.iter().chain(&model.lead.fields);
        scopes.push(("", seen.map(field).collect()));
    }
    for (id, score) in (0..).map(ScoreId).zip(&model.scores) {
        let bands = score.bands.iter().flat_map(|bands| &bands.bands);
        scopes.push(("bands ", bands.map(|band| (band.name.clone(), band.span)).collect()));
        let rules = context.rules_of(id).filter(|place| place.rule.labelled);
        scopes.push(("rules ", rules.map(|place| (place.rule.label.clone(), place.rule.span)).collect()));
    }
    let mut told = BTreeSet::new();
    for (what, mut names) in scopes {
        names.sort_by_key(|(_, span)| *span);
        let mut in_lower_case: BTreeMap<String, Vec<&(String, Span)>> = BTreeMap::new();
        for named in &names {
            let (name, span) = named;
            let alike = in_lower_case.entry(name.to_lowercase()).or_default();
            if let Some((other, first)) = alike.iter().find(|(other, _)| other != name)
                && told.insert((*first, *span))
            {
                let finding = findings.add(*span, format!("only case tells the {what}`{other}` and `{name}` apart"));
                finding.also(*first, format!("`{other}` is here")).help("give one of them a name of its own");
            }
            alike.push(named);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{CASE_ONLY_DIFFERENCE, without_case};
    use crate::lint::testing::{LEAD, fires, fixed};

    fn about(condition: &str) -> usize {
        fires(&CASE_ONLY_DIFFERENCE, &format!("{LEAD}\nscore fit {{ +5 \"Rule\" when {condition} }}")).len()
    }

    #[test]
    fn comparisons_that_ask_the_same() {
        assert_eq!(about("(title is \"CEO\" or title is \"ceo\")"), 1);
        assert_eq!(about("(title is not \"Select\" and title is not \"SELECT\")"), 1);
        assert_eq!(about("(title is \"CEO\" or title is \"cto\")"), 0);
        assert_eq!(about("(title is \"ceo\" or title contains \"CEO\")"), 0);
        // Not in case, but the same all over: a duplicate.
        assert_eq!(about("(title is \"ceo\" or title is \"ceo\")"), 0);
    }

    #[test]
    fn patterns_that_see_to_case() {
        assert_eq!(without_case("/(?i)ceo/").as_deref(), Some("/ceo/"));
        assert_eq!(without_case("/\\b[Cc][Ee]o/").as_deref(), Some("/\\bceo/"));
        for fine in ["/ceo/", "/(?-i)[Cc]eo/", "/[ct]eo/", "/\\[Cc]/", "/[a-z]+/"] {
            assert_eq!(without_case(fine), None, "{fine}");
        }
    }

    #[test]
    fn names_that_only_case_tells_apart() {
        let found = fires(&CASE_ONLY_DIFFERENCE, &format!("{LEAD}\nscore fit {{ +5 }}\nscore Fit {{ +5 }}\n"));
        assert_eq!(found.len(), 1);
        assert!(fires(&CASE_ONLY_DIFFERENCE, &format!("{LEAD}\nscore fit {{ +5 }}\n")).is_empty());
    }

    #[test]
    fn the_second_one_is_taken_away() {
        let text = format!("{LEAD}\nscore fit {{ +5 \"Rule\" when (title is \"CEO\" or title is \"ceo\") }}");
        assert!(fixed(&CASE_ONLY_DIFFERENCE, &text).contains("when (title is \"CEO\")"));
    }
}
