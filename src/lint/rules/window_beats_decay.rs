use crate::lint::{Context, Findings, RulePlace, Safety, lint};
use crate::model::{Body, Choice, Each, ForEach, Points};
use crate::source::Span;
use crate::syntax::tree;
use crate::value::{Curve, Decay, Decimal, Duration, Instant};

lint! {
    /// Finds a window and a decay that do not fit together.
    ///
    /// Either the window ends while more than half of the points are left, or nearly nothing is left after half of it:
    /// less than 1%.
    ///
    /// ## Why it matters
    ///
    /// Points that fade slowly and are then cut off make a score jump over night, for no reason that a lead gave. And a
    /// window that ends when nothing is left only seems to say something.
    ///
    /// ## Example
    ///
    /// ```score
    /// lead { id text key }
    /// event webinar
    ///
    /// score interest {
    ///   +15 "Webinar" for each webinar in last 30 days at most 2 times decay half-life 90 days
    /// }
    /// ```
    ///
    /// ## Better
    ///
    /// ```score
    /// lead { id text key }
    /// event webinar
    ///
    /// score interest {
    ///   +15 "Webinar" for each webinar in last 360 days at most 2 times decay half-life 90 days
    /// }
    /// ```
    pub static WINDOW_BEATS_DECAY = "S303", "window-beats-decay", Time, Warning, Rules(check);
}

/// Of 100 points, how many may be left where the window ends.
const CUT_OFF: Decimal = Decimal::whole(50);
/// Of 100 points, how few there are when they no longer count.
const FADED: Decimal = Decimal::ONE;
/// After four half-lives 6% is left.
const HALF_LIVES: i64 = 4;

fn check(context: &Context<'_>, findings: &mut Findings) {
    for place in context.rules() {
        let Body::ForEach(each) = &place.rule.body else { continue };
        if let (Some(window), Some(decay)) = (each.selector.in_last, each.decay) {
            look(context, place, each, window, decay, findings);
        }
    }
}

fn look(
    context: &Context<'_>,
    place: &RulePlace<'_>,
    each: &ForEach,
    window: Duration,
    decay: Decay,
    findings: &mut Findings,
) {
    let (now, zone) = (context.as_of, &context.model.zone);
    let Some(start) = now.minus(window, zone) else { return };
    let half = Instant(now.0 - (now.0 - start.0) / 2);
    let of = |at: Instant, points: Decimal| decay.factor(at, now, zone).of(points);
    let hundred = Decimal::whole(100);
    let clause = clause(context, place);
    let span = clause.unwrap_or(place.rule.span);
    let label = &place.rule.label;
    if of(start, hundred) > CUT_OFF {
        let left = match &place.rule.points {
            Points::Constant(points) => format!("{} of {points} points", of(start, *points)),
            _ => format!("{}% of the points", of(start, hundred).round(1)),
        };
        let message = format!("`{label}` still counts {left} after {window}, and nothing a moment later");
        let finding = findings.add(span, message);
        match decay.curve {
            Curve::HalfLife(half) => {
                let longer = Duration { count: half.count.saturating_mul(HALF_LIVES), ..half };
                finding.help(format!("let the window reach further, `in last {longer}`, or take it away"));
            }
            _ => {
                finding.help(format!("take `in last {window}` away: the points fade by themselves"));
            }
        }
    } else if of(half, hundred) < FADED {
        let finding = findings.add(span, format!("the points of `{label}` have faded long before {window} are over"));
        finding.help(format!("take `in last {window}` away, or let the points fade more slowly"));
        if let Some(clause) = clause {
            let safety = if changes_nothing(place, each, window, decay) { Safety::Safe } else { Safety::Unsafe };
            finding.fix(format!("take `in last {window}` away"), safety, vec![(clause, String::new())]);
        }
    }
}

/// Whether all that the window leaves out has lost all its points, and no occurrence counts for anything else.
fn changes_nothing(place: &RulePlace<'_>, each: &ForEach, window: Duration, decay: Decay) -> bool {
    let Curve::Linear(over) = decay.curve else { return false };
    let length = |duration: Duration| duration.exact();
    let gone = length(over).zip(decay.after.map_or(Some(0), length)).and_then(|(over, after)| over.checked_add(after));
    let is_gone = gone.zip(length(window)).is_some_and(|(gone, window)| gone <= window);
    let is_plain = matches!(place.rule.points, Points::Constant(_)) && each.each == Each::Event;
    is_gone && decay.down_to.is_none() && is_plain && place.groups.iter().all(|group| group.choice == Choice::All)
}

/// `in last 30 days`, of the rule's own selector.
fn clause(context: &Context<'_>, place: &RulePlace<'_>) -> Option<Span> {
    let selector = match context.tree_item(place.rule.span)? {
        tree::Item::Rule(rule) => match &rule.body.as_ref()?.node {
            tree::Body::ForEach(selector) | tree::Body::ForEachWith { selector, .. } => selector,
            tree::Body::When(_) | tree::Body::ForEvery { .. } => return None,
        },
        tree::Item::Table(table) => table.for_each.as_ref()?,
        tree::Item::Group(_) => return None,
    };
    let is_window =
        |clause: &&crate::source::Spanned<tree::SelectorClause>| matches!(clause.node, tree::SelectorClause::InLast(_));
    selector.clauses.iter().find(is_window).map(|clause| clause.span)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::WINDOW_BEATS_DECAY;
    use crate::lint::Safety;
    use crate::lint::testing::{LEAD, fires};

    fn about(rule: &str) -> Vec<crate::lint::Finding> {
        fires(&WINDOW_BEATS_DECAY, &format!("{LEAD}\nscore web {{\n+16 \"Page\" for each page_view {rule}\n}}"))
    }

    #[test]
    fn a_window_that_cuts() {
        // A quarter of a half-life: 16 * 2^(-1/4) is 13.4543.
        let found = about("in last 30 days decay half-life 120 days");
        assert_eq!(
            found[0].message,
            "`Page` still counts 13.4543 of 16 points after 30 days, and nothing a moment later"
        );
        assert!(found[0].help.as_ref().unwrap().contains("in last 480 days"));
        assert_eq!(about("in last 1 month decay linear over 300 days").len(), 1);
        assert_eq!(about("in last 90 days decay half-life 5 days down to 60%").len(), 1);
    }

    #[test]
    fn a_window_that_comes_too_late() {
        // After half of it nothing is left of a linear decay; of ten half-lives, a thousandth.
        let found = about("in last 60 days decay linear over 30 days");
        assert_eq!(found[0].fix.as_ref().unwrap().safety, Safety::Safe);
        let found = about("in last 200 days decay half-life 10 days");
        assert_eq!(found[0].fix.as_ref().unwrap().safety, Safety::Unsafe);
    }

    #[test]
    fn windows_that_fit() {
        for fine in [
            "in last 30 days decay half-life 30 days",
            "in last 180 days decay half-life 30 days",
            "in last 30 days decay linear over 30 days",
            "in last 30 days",
            "decay half-life 30 days",
        ] {
            assert!(about(fine).is_empty(), "{fine}");
        }
    }
}
