use crate::lint::{Context, Findings, GroupPlace, Safety, lint};
use crate::model::{Item, ScoreBody};
use crate::source::Span;

lint! {
    /// Finds a group or a score without a rule in it.
    ///
    /// ## Why it matters
    ///
    /// It gives nothing. Either its rules were lost when something was moved, or the line was forgotten.
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
    ///   group "Seniority" highest only { }
    ///   +10 "Manager" when title mentions "manager"
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
    ///   group "Seniority" highest only {
    ///     +20 "Chief"   when title mentions "chief"
    ///     +10 "Manager" when title mentions "manager"
    ///   }
    /// }
    /// ```
    pub static EMPTY_GROUP = "S611", "empty-group", Shape, Warning, Rules(check);
}

fn check(context: &Context<'_>, findings: &mut Findings) {
    for score in &context.model.scores {
        if let ScoreBody::Rules { items, start, .. } = &score.body
            && items.is_empty()
        {
            let always = start.unwrap_or_default();
            let message = format!("the score `{}` has no rules: it is always {always}", score.name);
            findings.add(score.span, message).help("write its rules between the braces, or take it away");
        }
    }
    for place in context.groups().iter().filter(|place| is_empty(&place.group.items)) {
        // What is around it is empty, too, and is reported itself.
        if place.groups.last().is_some_and(|group| is_empty(&group.items)) {
            continue;
        }
        let finding = findings.add(place.group.span, format!("the group `{}` has no rules", place.group.label));
        finding.help("write its rules between the braces, or take it away");
        if !is_all_there_is(context, place) && !has_comments(context, place.group.span) {
            let edit = (context.whole_lines(place.group.span), String::new());
            finding.fix("take the group away", Safety::Safe, vec![edit]);
        }
    }
}

/// Groups nest to a depth that the checker bounds.
fn is_empty(items: &[Item]) -> bool {
    items.iter().all(|item| matches!(item, Item::Group(group) if is_empty(&group.items)))
}

/// Whether nothing but empty groups stands around it: without it, that would be empty.
fn is_all_there_is(context: &Context<'_>, place: &GroupPlace<'_>) -> bool {
    let around = match (place.groups.last(), context.model.scores.get(place.score.index()).map(|score| &score.body)) {
        (Some(group), _) => &group.items,
        (None, Some(ScoreBody::Rules { items, .. })) => items,
        _ => return true,
    };
    is_empty(around)
}

fn has_comments(context: &Context<'_>, span: Span) -> bool {
    let comments = context.file(span).map(|file| file.comments.as_slice()).unwrap_or_default();
    comments.iter().any(|comment| span.start <= comment.span.start && comment.span.end <= span.end)
}

#[cfg(test)]
mod tests {
    use super::EMPTY_GROUP;
    use crate::lint::testing::{LEAD, fires, fixed};

    fn text(items: &str) -> String {
        format!("{LEAD}\nscore fit {{\n{items}}}\n")
    }

    #[test]
    fn the_outermost_that_is_empty() {
        assert_eq!(fires(&EMPTY_GROUP, &text("  group \"a\" {\n    group \"b\" { }\n  }\n  +1\n")).len(), 1);
        assert_eq!(fires(&EMPTY_GROUP, &text("")).len(), 1);
        assert!(fires(&EMPTY_GROUP, &text("  group \"a\" {\n    +1\n  }\n")).is_empty());
    }

    #[test]
    fn it_goes_where_something_is_left() {
        assert_eq!(fixed(&EMPTY_GROUP, &text("  group \"a\" { }\n  +1\n")), text("  +1\n"));
        for kept in ["  group \"a\" { }\n", "  group \"a\" {\n    # to come\n  }\n  +1\n"] {
            assert_eq!(fixed(&EMPTY_GROUP, &text(kept)), text(kept));
        }
    }
}
