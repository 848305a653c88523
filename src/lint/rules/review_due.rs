use crate::lint::{Context, Findings, lint};
use crate::source::Span;
use crate::syntax::tree::StatementKind;
use crate::value::{Duration, TimeUnit};

lint! {
    /// Finds a model that was last reviewed more than a year ago.
    ///
    /// It looks at `reviewed` of the `model` block, as of the day that is looked at (`--as-of`). A model that says nothing
    /// about reviews is left alone.
    ///
    /// ## Why it matters
    ///
    /// Products, campaigns and markets change, and a score that nobody looks at goes on giving points for what no longer
    /// matters.
    ///
    /// ## Example
    ///
    /// ```score
    /// model "Leads" { reviewed 2024-10-01 }
    ///
    /// lead {
    ///   id    text key
    ///   phone text
    /// }
    ///
    /// score fit {
    ///   +5 "Phone" when phone is known
    /// }
    /// ```
    ///
    /// ## Better
    ///
    /// ```score
    /// model "Leads" { reviewed 2025-10-01 }
    ///
    /// lead {
    ///   id    text key
    ///   phone text
    /// }
    ///
    /// score fit {
    ///   +5 "Phone" when phone is known
    /// }
    /// ```
    pub static REVIEW_DUE = "S309", "review-due", Time, Advice, Rules(check);
}

const VALID: Duration = Duration { count: 1, unit: TimeUnit::Year };

fn check(context: &Context<'_>, findings: &mut Findings) {
    let (about, zone) = (&context.model.about, &context.model.zone);
    let (Some(reviewed), Some(block)) = (about.reviewed, about.span) else { return };
    let due = reviewed.last(zone).plus(VALID, zone);
    if due.is_some_and(|due| due < context.as_of) {
        let place = entry(context, block).unwrap_or(block);
        let finding = findings.add(place, format!("this model was last reviewed on {reviewed}, more than a year ago"));
        finding.help("look through the rules and their results, then write the date of that day");
    }
}

/// `reviewed 2025-10-01`
fn entry(context: &Context<'_>, block: Span) -> Option<Span> {
    let StatementKind::Model(model) = &context.statement(block)?.kind else { return None };
    model.entries.iter().find(|(name, _)| name.text == "reviewed").map(|(name, value)| name.span.to(value.span))
}

#[cfg(test)]
mod tests {
    use super::REVIEW_DUE;
    use crate::lint::testing::fires;

    /// As of the end of 2026-01-01.
    fn about(entries: &str) -> usize {
        fires(&REVIEW_DUE, &format!("model \"M\" {{ {entries} }}\nlead {{ id text key }}\nscore fit {{ +5 }}")).len()
    }

    #[test]
    fn after_a_year() {
        assert_eq!(about("reviewed 2024-12-31"), 1);
        assert_eq!(about("reviewed 2025-01-01"), 0);
        assert_eq!(about("owner \"me\""), 0);
    }
}
