use crate::lint::gains::gains;
use crate::lint::{Context, Findings, RulePlace, lint};
use crate::model::{Body, LimitScope, Points};
use crate::syntax::tree;

lint! {
    /// Finds points for each event that never fade, in a score that nothing lowers as time goes by.
    ///
    /// A rule fades by a `decay`, or by a window such as `in last 90 days`, `since …` or `counting since last …`. Rules
    /// that count `once` at most, that say `no decay`, or that stand in a score with points for silence
    /// (`for every … without`) are left alone, and so are points that are lost.
    ///
    /// ## Why it matters
    ///
    /// A score that can only rise says how long somebody has been in the database, not how much they want to buy. In the
    /// end everybody who is patient is qualified.
    ///
    /// ## Example
    ///
    /// ```score
    /// lead { id text key }
    /// event page_view
    ///
    /// score interest {
    ///   +2 "Page" for each page_view once per day no higher than 40 points
    /// }
    /// ```
    ///
    /// ## Better
    ///
    /// ```score
    /// lead { id text key }
    /// event page_view
    ///
    /// score interest decay half-life 30 days {
    ///   +2 "Page" for each page_view once per day no higher than 40 points
    /// }
    /// ```
    pub static NEVER_FADES = "S301", "never-fades", Time, Advice, Rules(check);
}

fn check(context: &Context<'_>, findings: &mut Findings) {
    for (score, _) in (0..).map(crate::model::ScoreId).zip(&context.model.scores) {
        if context.rules_of(score).any(loses_points_by_silence) {
            continue;
        }
        let stay: Vec<_> = context.rules_of(score).filter(|place| stays(context, place)).collect();
        let Some((first, rest)) = stay.split_first() else { continue };
        let others = match rest.len() {
            0 => String::new(),
            1 => " and of another rule".to_owned(),
            more => format!(" and of {more} other rules"),
        };
        let so = if context.rules_of(score).any(fades) { "while others do" } else { "so this score only rises" };
        let message = format!("the points of `{}`{others} never fade, {so}", first.rule.label);
        let finding = findings.add(first.rule.span, message);
        for place in rest.iter().take(3) {
            finding.also(place.rule.span, "nor do these");
        }
        finding.help("let them fade: write `decay half-life 30 days` at the score or the rule, or a window such as `in last 90 days`");
    }
}

fn loses_points_by_silence(place: &RulePlace<'_>) -> bool {
    let loses = match &place.rule.points {
        Points::Constant(points) => points.is_negative(),
        _ => true,
    };
    loses && matches!(place.rule.body, Body::ForEvery(_))
}

/// By a decay or a window of its events.
fn fades(place: &RulePlace<'_>) -> bool {
    match &place.rule.body {
        Body::ForEach(each) => each.decay.is_some() || each.selector.in_last.is_some(),
        _ => false,
    }
}

fn stays(context: &Context<'_>, place: &RulePlace<'_>) -> bool {
    let Body::ForEach(each) = &place.rule.body else { return false };
    let selector = &each.selector;
    let has_window = selector.in_last.is_some() || selector.since.is_some() || !selector.since_last.is_empty();
    let counts_once = each.limits.iter().any(|limit| limit.scope == LimitScope::Plain && limit.times == 1);
    each.decay.is_none() && !has_window && !counts_once && gains(&place.rule.points) && !says_no_decay(context, place)
}

/// `no decay`, of the rule or of a group around it: it is meant.
fn says_no_decay(context: &Context<'_>, place: &RulePlace<'_>) -> bool {
    let says = |clauses: &[crate::source::Spanned<tree::Clause>]| {
        clauses.iter().any(|clause| matches!(clause.node, tree::Clause::Decay(tree::Decay::None)))
    };
    let of = |span| match context.tree_item(span) {
        Some(tree::Item::Rule(rule)) => says(&rule.clauses),
        Some(tree::Item::Table(table)) => says(&table.clauses),
        Some(tree::Item::Group(group)) => says(&group.clauses),
        None => false,
    };
    of(place.rule.span) || place.groups.iter().any(|group| of(group.span))
}

#[cfg(test)]
mod tests {
    use super::NEVER_FADES;
    use crate::lint::testing::{LEAD, fires};

    fn about(rules: &str) -> usize {
        fires(&NEVER_FADES, &format!("{LEAD}\nscore web {{\n{rules}\n}}")).len()
    }

    #[test]
    fn one_finding_a_score() {
        let rules = "+2 \"Page\" for each page_view at most 9 times\n+5 \"Demo\" for each demo_request at most 2 times";
        let text = format!("{LEAD}\nscore web {{\n{rules}\n}}");
        let found = fires(&NEVER_FADES, &text);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].labels.len(), 2);
        assert_eq!(found[0].message, "the points of `Page` and of another rule never fade, so this score only rises");
    }

    #[test]
    fn what_fades_or_is_meant_to_stay() {
        for fine in [
            "+2 for each page_view decay half-life 30 days",
            "+2 for each page_view in last 90 days",
            "+2 for each page_view since 2025-01-01",
            "+2 for each page_view since last unsubscribe",
            "+2 for each page_view no decay",
            "+2 for each page_view once",
            "-2 for each page_view",
            "+2 for each page_view\n-5 for every 30 days without page_view",
            "+2 when any page_view",
        ] {
            assert_eq!(about(fine), 0, "{fine}");
        }
    }
}
