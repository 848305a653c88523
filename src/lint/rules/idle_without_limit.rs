use crate::lint::{Context, Findings, lint};
use crate::model::{Body, Points};
use crate::value::Decimal;

lint! {
    /// Finds points for silence (`for every … without`) without any limit.
    ///
    /// A limit is `no lower than` or, for points that are won, `no higher than`, of the rule, of a group around it, or as
    /// `from … to` of its score.
    ///
    /// ## Why it matters
    ///
    /// Silence never ends by itself. Every lead of some years ago ends up far below zero, whatever else is known about
    /// it, and a sum that such a score is a part of goes down with it.
    ///
    /// ## Example
    ///
    /// ```score
    /// lead { id text key }
    /// event page_view
    ///
    /// score interest {
    ///   -5 "Gone quiet" for every 30 days without page_view
    /// }
    /// ```
    ///
    /// ## Better
    ///
    /// ```score
    /// lead { id text key }
    /// event page_view
    ///
    /// score interest {
    ///   -5 "Gone quiet" for every 30 days without page_view no lower than -25 points
    /// }
    /// ```
    pub static IDLE_WITHOUT_LIMIT = "S304", "idle-without-limit", Time, Warning, Rules(check);
}

/// How long the silence of the message lasts, in microseconds: three years.
const SILENCE: i64 = 3 * 365 * 86_400_000_000;

fn check(context: &Context<'_>, findings: &mut Findings) {
    for place in context.rules() {
        let (Body::ForEvery(every), Points::Constant(points)) = (&place.rule.body, &place.rule.points) else {
            continue;
        };
        let score = context.model.scores.get(place.score.index());
        let loses = points.is_negative();
        let around = place.groups.iter().map(|group| group.limits).chain([place.rule.limits]);
        let is_limited = around.into_iter().any(|limits| if loses { limits.lowest } else { limits.highest }.is_some())
            || score.is_some_and(|score| if loses { score.lowest } else { score.highest }.is_some());
        if is_limited || *points == Decimal::ZERO {
            continue;
        }
        let times = SILENCE / every.every.exact().unwrap_or(SILENCE).max(1);
        let after = points.multiply(Decimal::whole(times)).unwrap_or(*points);
        let message = format!("`{}` has no limit: after three years of silence it is {after} points", place.rule.label);
        let limit = points.multiply(Decimal::whole(5)).unwrap_or(*points);
        let words = if loses { "no lower than" } else { "no higher than" };
        findings.add(place.rule.span, message).help(format!("add `{words} {limit} points` at its end"));
    }
}

#[cfg(test)]
mod tests {
    use super::IDLE_WITHOUT_LIMIT;
    use crate::lint::testing::{LEAD, fires};

    fn about(header: &str, rules: &str) -> Vec<String> {
        let text = format!("{LEAD}\nscore web {header} {{\n{rules}\n}}");
        fires(&IDLE_WITHOUT_LIMIT, &text).into_iter().map(|finding| finding.message).collect()
    }

    #[test]
    fn silence_without_end() {
        // 1095 days are 36 whole times 30 days.
        assert_eq!(
            about("", "-5 \"Quiet\" for every 30 days without page_view"),
            ["`Quiet` has no limit: after three years of silence it is -180 points"]
        );
        assert_eq!(
            about("from 0", "+1 \"Calm\" for every 365 days without unsubscribe counting from created").len(),
            1
        );
    }

    #[test]
    fn silence_with_an_end() {
        assert!(about("", "-5 for every 30 days without page_view no lower than -25 points").is_empty());
        assert!(about("from 0", "-5 for every 30 days without page_view").is_empty());
        assert!(about("", "group no lower than -9 points {\n-5 for every 30 days without page_view\n}").is_empty());
        assert!(about("", "-5 when no page_view").is_empty());
    }
}
