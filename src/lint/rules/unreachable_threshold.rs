use crate::analysis::Given;
use crate::lint::asks::{ScoreAsk, parts_of_and, parts_of_or};
use crate::lint::subjects::Reads;
use crate::lint::{Context, Findings, lint};
use crate::model::{Condition, Threshold};

lint! {
    /// Finds a threshold that no lead can meet, or a part of one.
    ///
    /// It is a proof. Where a score stays below what the threshold asks for, the highest score that a lead can have is told,
    /// with a lead that has it.
    ///
    /// ## Why it matters
    ///
    /// Nobody is ever handed over, and nothing says so: the list that sales waits for stays empty. Most often points were
    /// lowered, or a limit was added, and the threshold was left as it was.
    ///
    /// ## Example
    ///
    /// ```score
    /// lead {
    ///   id     text key
    ///   title  text
    ///   phone  text
    /// }
    ///
    /// score fit {
    ///   +20 "Manager"       when title mentions "manager"
    ///   +10 "Left a phone"  when phone is known
    /// }
    ///
    /// threshold mql when fit >= 50
    /// ```
    ///
    /// ## Better
    ///
    /// ```score
    /// lead {
    ///   id     text key
    ///   title  text
    ///   phone  text
    /// }
    ///
    /// score fit {
    ///   +20 "Manager"       when title mentions "manager"
    ///   +10 "Left a phone"  when phone is known
    /// }
    ///
    /// threshold mql when fit >= 25
    /// ```
    pub static UNREACHABLE_THRESHOLD = "S103", "unreachable-threshold", Reach, Error, Rules(check);
}

fn check(context: &Context<'_>, findings: &mut Findings) {
    for (id, threshold) in context.thresholds() {
        let clock = |part: &&Condition| Reads::of_condition(context.model, part).is_nothing();
        if parts_of_and(&threshold.when).iter().any(clock) {
            continue;
        }
        if context.analysis.never_meets(id) {
            report(context, threshold, findings);
        } else {
            parts(context, threshold, findings);
        }
    }
}

fn report(context: &Context<'_>, threshold: &Threshold, findings: &mut Findings) {
    let message = format!("no lead can meet threshold `{}`", threshold.name);
    let asks = context.asks_of(threshold);
    let beyond =
        |ask: &&ScoreAsk<'_>| context.range_of_score(ask.score).at_most().is_some_and(|most| !ask.is_met_by(most));
    if let Some(ask) = asks.iter().find(beyond) {
        let most = context.range_of_score(ask.score).at_most().unwrap_or_default();
        let name = context.score_name(ask.score);
        let finding = findings.add(ask.condition.span, message);
        finding.here(format!("no lead has more than {most} points of `{name}`"));
        finding.help(format!("ask for less, such as `{name} >= {most}`, or let the rules of `{name}` give more"));
        context.show_end(finding, ask.score, true);
        return;
    }
    let finding = findings.add(threshold.when.span, message);
    finding
        .here("this never holds")
        .help("correct it: its parts may exclude each other, or a score may not get so far");
}

/// The parts of an `or` that no lead can meet, where another part can be met.
fn parts(context: &Context<'_>, threshold: &Threshold, findings: &mut Findings) {
    let all = parts_of_and(&threshold.when);
    for (place, whole) in all.iter().enumerate() {
        let choices = parts_of_or(whole);
        if choices.len() < 2 {
            continue;
        }
        let beside = all.iter().enumerate().filter(|(other, _)| *other != place).map(|(_, part)| Given::holds(part));
        let beside: Vec<Given<'_>> = beside.collect();
        for choice in choices {
            let asked = [&beside[..], &[Given::holds(choice)]].concat();
            if !Reads::of_condition(context.model, choice).is_nothing() && context.analysis.is_impossible(&asked) {
                let message = format!("no lead can meet this part of threshold `{}`", threshold.name);
                let finding = findings.add(choice.span, message);
                finding.here("this never holds").help("correct it, or take it away");
            }
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
mod tests {
    use super::UNREACHABLE_THRESHOLD;
    use crate::lint::testing::{LEAD, fires};

    const RULES: &str = "
score fit to 40 { +30 \"Phone\" when phone is known\n +20 \"Technology\" when industry is \"technology\" }
score total = fit * 2 to 70
bands fit { A from 50, B otherwise }
";

    fn labels(threshold: &str) -> Vec<String> {
        let found = fires(&UNREACHABLE_THRESHOLD, &format!("{LEAD}{RULES}threshold mql when {threshold}"));
        found.into_iter().map(|finding| finding.labels[0].text.clone()).collect()
    }

    #[test]
    fn past_the_highest_score() {
        // 30 and 20 are held at 40; twice 40 is held at 70.
        assert_eq!(labels("fit > 40"), ["no lead has more than 40 points of `fit`"]);
        assert_eq!(labels("consent and total >= 71"), ["no lead has more than 70 points of `total`"]);
        assert_eq!(labels("band of fit is A"), ["this never holds"]);
        assert_eq!(labels("fit >= 40 and phone is missing"), ["this never holds"]);
        assert_eq!(labels("fit > 40 or consent"), ["this never holds"]);
    }

    #[test]
    fn what_can_be_met() {
        assert!(labels("fit >= 40").is_empty());
        assert!(labels("total >= 70 and consent").is_empty());
        // Only until that day.
        assert!(labels("fit > 0 and days since 2030-01-01 > 0").is_empty());
    }

    #[test]
    fn the_best_lead_is_shown() {
        let text = format!("{LEAD}{RULES}threshold mql when total >= 71");
        let example = fires(&UNREACHABLE_THRESHOLD, &text).remove(0).example.unwrap();
        assert_eq!(example.shows, "this lead has 70 points of `total`, the most there is");
    }
}
