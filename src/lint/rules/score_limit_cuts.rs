use crate::lint::{Context, Findings, claim, lint};
use crate::model::{Score, ScoreId};
use crate::source::Span;
use crate::syntax::tree::Clause;
use crate::value::Decimal;

lint! {
    /// Finds a score whose `from … to` cuts away half of what its rules can come to, or more.
    ///
    /// It is a proof, with the lowest and the highest sum that the rules can come to. Cutting a little is what the limits are
    /// for, and `from 0` may cut any minus; a score whose sum is not bounded (points for each event, without a limit) is left
    /// alone.
    ///
    /// ## Why it matters
    ///
    /// All leads past a limit look alike: the best of them cannot be told from the merely good. Half of the rules have then
    /// been written for nothing.
    ///
    /// ## Example
    ///
    /// ```score
    /// lead {
    ///   id       text key
    ///   title    text
    ///   phone    text
    ///   country  text
    /// }
    ///
    /// score fit from 0 to 100 {
    ///   +100 "Manager"       when title mentions "manager"
    ///   +80  "Left a phone"  when phone is known
    ///   +60  "Core market"   when country is "US"
    /// }
    /// ```
    ///
    /// ## Better
    ///
    /// ```score
    /// lead {
    ///   id       text key
    ///   title    text
    ///   phone    text
    ///   country  text
    /// }
    ///
    /// score fit from 0 to 100 {
    ///   +40 "Manager"       when title mentions "manager"
    ///   +35 "Left a phone"  when phone is known
    ///   +25 "Core market"   when country is "US"
    /// }
    /// ```
    pub static SCORE_LIMIT_CUTS = "S110", "score-limit-cuts", Reach, Advice, Rules(check);
}

fn check(context: &Context<'_>, findings: &mut Findings) {
    for (id, score) in (0..).map(ScoreId).zip(&context.model.scores) {
        if score.lowest.is_some() || score.highest.is_some() {
            look(context, id, score, findings);
        }
    }
}

fn look(context: &Context<'_>, id: ScoreId, score: &Score, findings: &mut Findings) -> Option<()> {
    let range = context.range_of_score_before_limits(id);
    let (mut least, most) = (range.at_least()?, range.at_most()?);
    if score.lowest.is_some_and(|lowest| !lowest.is_negative()) {
        // Whom the rules count against may look alike.
        least = least.max(Decimal::ZERO).min(most);
    }
    let held = |value: Decimal| {
        let raised = score.lowest.map_or(value, |lowest| value.max(lowest));
        score.highest.map_or(raised, |highest| raised.min(highest))
    };
    let (all, left) = (most.subtract(least)?, held(most).subtract(held(least))?);
    if all == Decimal::ZERO || left.multiply(Decimal::whole(2))? > all {
        return None;
    }
    let percent = left.multiply(Decimal::whole(100))?.divide(all)?.round(0);
    let name = &score.name;
    let above = most.subtract(held(most))? >= held(least).subtract(least)?;
    let message = format!("the limits of score `{name}` leave {percent}% of what its rules can come to");
    let finding = findings.add(place(context, score, above), message);
    finding.here(format!("the rules come to as much as {most}"));
    finding.help(match above {
        true => format!("write `to {most}`, or give fewer points: all leads above {} look alike", held(most)),
        false => format!("write `from {least}`: all leads below {} look alike", held(least)),
    });
    let end = if above { range.highest() } else { range.lowest() };
    if let Some((value, witness)) = end.and_then(|end| end.exact()) {
        let cut = held(value).round(score.decimals);
        let shows = format!("this lead comes to {value}, and scores {cut}");
        context.show(finding, shows, witness, vec![claim::score_is(id, cut)]);
    }
    Some(())
}

/// The limit that cuts.
fn place(context: &Context<'_>, score: &Score, above: bool) -> Span {
    let clause = context.clauses(score.span).iter().find(|clause| match clause.node {
        Clause::To(_) => above,
        Clause::From(_) => !above,
        _ => false,
    });
    clause.map_or(score.span, |clause| clause.span)
}

#[cfg(test)]
mod tests {
    use super::SCORE_LIMIT_CUTS;
    use crate::lint::testing::{LEAD, fires};

    fn messages(limits: &str) -> Vec<String> {
        let rules = "+60 when phone is known\n +60 when consent\n -40 when country is \"US\"";
        let found = fires(&SCORE_LIMIT_CUTS, &format!("{LEAD}score fit {limits} {{ {rules} }}"));
        found.into_iter().map(|finding| finding.message).collect()
    }

    #[test]
    fn half_of_it() {
        // 120 points, and the 40 below 0 do not matter.
        assert_eq!(messages("from 0 to 60"), ["the limits of score `fit` leave 50% of what its rules can come to"]);
        assert_eq!(messages("from 0 to 30"), ["the limits of score `fit` leave 25% of what its rules can come to"]);
        // From -40 to 120 are 160 points.
        assert_eq!(messages("to 0"), ["the limits of score `fit` leave 25% of what its rules can come to"]);
    }

    #[test]
    fn a_little_or_no_bound() {
        assert!(messages("from 0 to 61").is_empty());
        assert!(messages("from 0").is_empty());
        let text = format!("{LEAD}score web to 10 {{ +5 for each page_view }}");
        assert!(fires(&SCORE_LIMIT_CUTS, &text).is_empty());
    }
}
