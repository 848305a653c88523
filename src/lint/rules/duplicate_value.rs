use crate::lint::{Context, Findings, Safety, lint};
use crate::source::Span;
use crate::syntax::tree::{ListValues, StatementKind};
use crate::value::{fold, fold_name};
use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};

lint! {
    /// Finds a value that stands twice in one list, though perhaps in other letters.
    ///
    /// Texts are compared without regard to case, to blanks around them and to spellings of one letter: `"Berlin"` and
    /// `"BERLIN "` are one value. Looked at are lists, those from files too, and the values behind `is one of`, `any of` and
    /// `all of`.
    ///
    /// ## Why it matters
    ///
    /// The second one does nothing. It may stand where another value was meant, and it makes the list longer to read.
    ///
    /// ## Example
    ///
    /// ```score
    /// lead {
    ///   id       text key
    ///   country  text
    /// }
    ///
    /// list near = "France", "Germany", "FRANCE"
    ///
    /// score fit {
    ///   +5 "Near"  when country is one of near
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
    /// list near = "France", "Germany"
    ///
    /// score fit {
    ///   +5 "Near"  when country is one of near
    /// }
    /// ```
    pub static DUPLICATE_VALUE = "S205", "duplicate-value", Overlap, Warning, Rules(check);
}

/// A value as written, and where; `None` for what is no text.
type Written<'w> = (Option<&'w str>, Span);

fn check(context: &Context<'_>, findings: &mut Findings) {
    for list in &context.written().lists {
        let values: Vec<Written<'_>> = list.iter().map(|value| (value.text(), value.span)).collect();
        look(context, &values, findings);
    }
    from_files(context, findings);
}

fn look(context: &Context<'_>, values: &[Written<'_>], findings: &mut Findings) {
    let mut met: BTreeMap<String, Span> = BTreeMap::new();
    let mut twice: Vec<(usize, &str, Span, Span)> = Vec::new();
    for (place, (text, span)) in values.iter().copied().enumerate() {
        let Some(text) = text else { continue };
        match met.entry(fold(text)) {
            Entry::Occupied(first) => twice.push((place, text, span, *first.get())),
            Entry::Vacant(free) => {
                free.insert(span);
            }
        }
    }
    in_named_lists(context, values, &mut twice);
    let Some((_, text, span, first)) = twice.first().copied() else { return };
    let message = match twice.len() {
        1 => format!("`{text}` stands twice in this list"),
        count => format!("{count} values stand twice in this list"),
    };
    let finding = findings.add(span, message);
    finding.here("the same value").also(first, "as here");
    for (_, _, span, first) in twice.iter().skip(1) {
        finding.also(*span, "the same value").also(*first, "as here");
    }
    finding.help("take the second one away");
    if let Some(edits) = without(context, values, &twice.iter().map(|(place, ..)| *place).collect()) {
        finding.fix("take the second one away", Safety::Safe, edits);
    }
}

/// Values that a list named beside them holds already.
fn in_named_lists<'v>(context: &Context<'_>, values: &[Written<'v>], twice: &mut Vec<(usize, &'v str, Span, Span)>) {
    let names = values.iter().filter(|(text, _)| text.is_none());
    let lists: Vec<_> = names
        .filter_map(|(_, span)| {
            let name = fold_name(context.text(*span).trim_matches('`'));
            Some((context.model.lists.iter().find(|list| fold_name(&list.name) == name)?, *span))
        })
        .collect();
    for (place, (text, span)) in values.iter().copied().enumerate() {
        let Some(text) = text else { continue };
        let held = lists.iter().find(|(list, _)| list.folded.contains(&fold(text)));
        if let Some((_, list)) = held
            && !twice.iter().any(|(known, ..)| *known == place)
        {
            twice.push((place, text, span, *list));
        }
    }
}

/// Edits that take values away, each with the comma before it. `None` where a comment stands among them, or the first one
/// would go.
fn without(context: &Context<'_>, values: &[Written<'_>], places: &BTreeSet<usize>) -> Option<Vec<(Span, String)>> {
    let all = values.first()?.1.to(values.last()?.1);
    let has_comment = context
        .file(all)?
        .comments
        .iter()
        .any(|comment| all.start <= comment.span.start && comment.span.end <= all.end);
    if has_comment {
        return None;
    }
    let edit = |place: &usize| {
        let before = values.get(place.checked_sub(1)?)?.1;
        let span = values.get(*place)?.1;
        Some((Span { start: before.end, ..span }, String::new()))
    };
    places.iter().map(edit).collect()
}

/// Lists from files: one finding each.
fn from_files(context: &Context<'_>, findings: &mut Findings) {
    for list in &context.model.lists {
        let is_written = context.statement(list.span).is_some_and(|statement| {
            matches!(&statement.kind, StatementKind::List(list) if matches!(list.values, ListValues::Written(_)))
        });
        if is_written || list.folded.len() == list.values.len() {
            continue;
        }
        let mut met = BTreeSet::new();
        let twice: Vec<&str> =
            list.values.iter().filter(|value| !met.insert(&value.folded)).map(|value| value.given.as_str()).collect();
        let shown: Vec<String> = twice.iter().take(3).map(|value| format!("`{value}`")).collect();
        let more = if twice.len() > 3 { format!(" and {} more", twice.len() - 3) } else { String::new() };
        let finding = findings.add(list.span, format!("the file of list `{}` holds values twice", list.name));
        finding.here(format!("twice: {}{more}", shown.join(", "))).help("take the second ones out of the file");
    }
}

#[cfg(test)]
mod tests {
    use super::DUPLICATE_VALUE;
    use crate::lint::testing::{LEAD, fires, fixed};

    fn text(list: &str, condition: &str) -> String {
        format!(
            "{LEAD}list near = {list}\nscore fit {{\n  +5 \"Near\" when country is one of near\n  +5 when {condition}\n}}\n"
        )
    }

    #[test]
    fn once_is_enough() {
        let plain = "country is \"US\"";
        let list = text("\"a\", \"B\", \"b\", \"A \", \"c\"", plain);
        assert_eq!(fires(&DUPLICATE_VALUE, &list)[0].message, "2 values stand twice in this list");
        assert_eq!(fixed(&DUPLICATE_VALUE, &list), text("\"a\", \"B\", \"c\"", plain));
        let condition = text("\"a\"", "title mentions any of \"vp\", \"VP\"");
        assert_eq!(fires(&DUPLICATE_VALUE, &condition)[0].message, "`VP` stands twice in this list");
        let named = text("\"France\"", "country is one of near, \"france\"");
        assert_eq!(fixed(&DUPLICATE_VALUE, &named), text("\"France\"", "country is one of near"));
    }

    #[test]
    fn different_values() {
        assert!(
            fires(&DUPLICATE_VALUE, &text("\"a\", \"b\"", "title mentions any of \"vp\", \"vp sales\"")).is_empty()
        );
    }
}
