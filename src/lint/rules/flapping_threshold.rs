use crate::lint::walks::atoms;
use crate::lint::{Context, Findings, lint};
use crate::model::{Compare, ConditionKind, NumberExpr, NumberTest, ScoreId, Threshold};
use crate::value::Decimal;

lint! {
    /// Finds a threshold with an action that asks for a score which fades, and has neither `until` nor `stays`.
    ///
    /// ## Why it matters
    ///
    /// A score that fades falls below the threshold by itself, and the next visit lifts it above again. Each time the
    /// lead enters anew: sales is notified once more, the same message goes out again.
    ///
    /// ## Example
    ///
    /// ```score
    /// lead { id text key }
    /// event demo_request
    ///
    /// score interest decay half-life 30 days {
    ///   +40 "Demo" for each demo_request at most 2 times
    /// }
    ///
    /// threshold hot when interest >= 50 do "notify sales"
    /// ```
    ///
    /// ## Better
    ///
    /// ```score
    /// lead { id text key }
    /// event demo_request
    ///
    /// score interest decay half-life 30 days {
    ///   +40 "Demo" for each demo_request at most 2 times
    /// }
    ///
    /// threshold hot when interest >= 50 until interest < 30 do "notify sales"
    /// ```
    pub static FLAPPING_THRESHOLD = "S307", "flapping-threshold", Time, Warning, Rules(check);
}

fn check(context: &Context<'_>, findings: &mut Findings) {
    for threshold in &context.model.thresholds {
        let (Some(action), None, false) = (&threshold.action, &threshold.until, threshold.stays) else { continue };
        let Some(score) = threshold.reads.iter().find(|score| context.fades(**score)) else { continue };
        let name = |score: ScoreId| context.model.scores.get(score.index()).map_or("", |score| score.name.as_str());
        let message = format!(
            "`{}` fades, so leads fall out of `{}` and come in again, and `{action}` is done each time",
            name(*score),
            threshold.name
        );
        let finding = findings.add(threshold.when.span, message);
        match lower_edge(context, threshold) {
            Some((score, edge)) => finding.help(format!(
                "add `until {} < {edge}` behind it, so that a lead leaves at a lower mark; or `stays`",
                name(score)
            )),
            None => finding.help("add `until …` behind it, with a lower mark than to come in; or `stays`"),
        };
    }
}

/// Of `total >= 50`: the score, and 60% of its mark, in whole fives.
fn lower_edge(context: &Context<'_>, threshold: &Threshold) -> Option<(ScoreId, Decimal)> {
    atoms(&threshold.when).into_iter().find_map(|(atom, negated)| match &atom.kind {
        ConditionKind::Number {
            value: NumberExpr::Score(score),
            test: NumberTest::Compare(Compare::Greater | Compare::GreaterOrEqual, NumberExpr::Literal(mark)),
        } if !negated && context.fades(*score) && *mark >= Decimal::whole(10) => {
            let fives = mark.multiply(Decimal::whole(60))?.divide(Decimal::whole(500))?.round(0);
            Some((*score, fives.multiply(Decimal::whole(5))?))
        }
        _ => None,
    })
}

#[cfg(test)]
mod tests {
    use super::FLAPPING_THRESHOLD;
    use crate::lint::testing::{LEAD, fires};

    fn about(threshold: &str) -> Vec<Option<String>> {
        let scores = "score web decay half-life 30 days { +5 for each page_view at most 9 times }\n\
                      score fit { +5 when phone is known }\nscore total = web + fit from 0\n\
                      bands total { hot from 30, cold from 0 }";
        let found = fires(&FLAPPING_THRESHOLD, &format!("{LEAD}\n{scores}\nthreshold mql {threshold}"));
        found.into_iter().map(|finding| finding.help).collect()
    }

    #[test]
    fn in_and_out_and_in_again() {
        // 60% of 50 is 30; 60% of 23 is 13.8, and the nearest five is 15.
        let help =
            |edge| format!("add `until total < {edge}` behind it, so that a lead leaves at a lower mark; or `stays`");
        assert_eq!(about("when total >= 50 do \"notify\""), [Some(help(30))]);
        assert_eq!(about("when (consent and total > 23) do \"notify\""), [Some(help(15))]);
        assert_eq!(about("when band of total is hot do \"notify\"").len(), 1);
    }

    #[test]
    fn nothing_flaps() {
        for fine in [
            "when total >= 50",
            "when total >= 50 stays do \"notify\"",
            "when total >= 50 until total < 30 do \"notify\"",
            "when fit >= 5 do \"notify\"",
        ] {
            assert!(about(fine).is_empty(), "{fine}");
        }
    }
}
