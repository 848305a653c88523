use crate::lint::asks::{parts_of_or, score_ask};
use crate::lint::subjects::Reads;
use crate::lint::{Context, Findings, lint};
use crate::model::{Condition, ConditionKind};

lint! {
    /// Finds an `until`, or a part of one, that no lead can ever meet.
    ///
    /// It is a proof. Where a score never falls as low as `until` waits for, the lowest score that a lead can have is told,
    /// with a lead that has it.
    ///
    /// ## Why it matters
    ///
    /// Whoever has met the threshold once never leaves it. If that is meant, `stays` says so; if not, leads that went cold
    /// stay on the list of sales for ever.
    ///
    /// ## Example
    ///
    /// ```score
    /// lead {
    ///   id     text key
    ///   phone  text
    /// }
    ///
    /// score fit from 0 {
    ///   +30 "Left a phone"  when phone is known
    /// }
    ///
    /// threshold mql
    ///   when fit >= 30
    ///   until fit < 0
    /// ```
    ///
    /// ## Better
    ///
    /// ```score
    /// lead {
    ///   id     text key
    ///   phone  text
    /// }
    ///
    /// score fit from 0 {
    ///   +30 "Left a phone"  when phone is known
    /// }
    ///
    /// threshold mql
    ///   when fit >= 30
    ///   until fit < 10
    /// ```
    pub static UNTIL_NEVER_HOLDS = "S111", "until-never-holds", Reach, Warning, Rules(check);
}

fn check(context: &Context<'_>, findings: &mut Findings) {
    for (_, threshold) in context.thresholds() {
        let Some(until) = &threshold.until else { continue };
        if look(context, until, &threshold.name, findings) {
            continue;
        }
        let parts = parts_of_or(until);
        if parts.len() > 1 {
            for part in parts {
                look(context, part, &threshold.name, findings);
            }
        }
    }
}

fn look(context: &Context<'_>, until: &Condition, name: &str, findings: &mut Findings) -> bool {
    let is_constant = matches!(until.kind, ConditionKind::Constant(_));
    if is_constant || Reads::of_condition(context.model, until).is_nothing() || !context.analysis.never_holds(until) {
        return false;
    }
    let finding = findings.add(until.span, format!("threshold `{name}` waits for what never happens"));
    let ask = score_ask(context.model, until).filter(|ask| !ask.is_at_least());
    let ask = ask.and_then(|ask| Some((ask, context.range_of_score(ask.score).at_least()?)));
    match ask.filter(|(ask, least)| !ask.is_met_by(*least)) {
        Some((ask, least)) => {
            let score = context.score_name(ask.score);
            finding.here(format!("no lead has fewer than {least} points of `{score}`"));
            finding.help(format!("wait for more than that, such as `until {score} <= {least}`, or write `stays`"));
            context.show_end(finding, ask.score, false);
        }
        None => {
            finding.here("this never holds").help("correct it; if no lead shall ever leave, write `stays`");
        }
    }
    true
}

#[cfg(test)]
mod tests {
    use super::UNTIL_NEVER_HOLDS;
    use crate::lint::testing::{LEAD, fires};

    fn labels(until: &str) -> Vec<String> {
        let rules = "score fit starting at 10 { +30 when phone is known }\nbands fit { A from 0, B otherwise }";
        let found = fires(&UNTIL_NEVER_HOLDS, &format!("{LEAD}{rules}\nthreshold mql when fit >= 40 until {until}"));
        found.into_iter().map(|finding| finding.labels[0].text.clone()).collect()
    }

    #[test]
    fn below_the_lowest_score() {
        assert_eq!(labels("fit < 10"), ["no lead has fewer than 10 points of `fit`"]);
        assert_eq!(labels("band of fit is B"), ["this never holds"]);
        assert_eq!(labels("not consent or fit <= 9"), ["no lead has fewer than 10 points of `fit`"]);
    }

    #[test]
    fn what_can_be() {
        assert!(labels("fit <= 10").is_empty());
        assert!(labels("not consent").is_empty());
        assert!(labels("any unsubscribe").is_empty());
    }
}
