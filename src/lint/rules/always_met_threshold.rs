use crate::lint::asks::ScoreAsk;
use crate::lint::subjects::Reads;
use crate::lint::{Context, Findings, lint};

lint! {
    /// Finds a threshold that every lead meets, if it is not excluded.
    ///
    /// It is a proof. Where a score is always as high as the threshold asks for, the lowest score that a lead can have is
    /// told, with a lead that has it.
    ///
    /// ## Why it matters
    ///
    /// A threshold that everybody meets picks nobody: its action is taken for every lead.
    ///
    /// ## Example
    ///
    /// ```score
    /// lead {
    ///   id     text key
    ///   phone  text
    /// }
    ///
    /// score fit starting at 20 {
    ///   +10 "Left a phone"  when phone is known
    /// }
    ///
    /// threshold mql when fit >= 20
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
    /// score fit starting at 20 {
    ///   +10 "Left a phone"  when phone is known
    /// }
    ///
    /// threshold mql when fit >= 30
    /// ```
    pub static ALWAYS_MET_THRESHOLD = "S104", "always-met-threshold", Reach, Warning, Rules(check);
}

fn check(context: &Context<'_>, findings: &mut Findings) {
    for (id, threshold) in context.thresholds() {
        if Reads::of_condition(context.model, &threshold.when).is_nothing() || !context.analysis.always_meets(id) {
            continue;
        }
        let message = format!("every lead meets threshold `{}`", threshold.name);
        let asks = context.asks_of(threshold);
        let met = |ask: &&ScoreAsk<'_>| {
            context.range_of_score(ask.score).at_least().is_some_and(|least| ask.is_met_by(least))
        };
        match asks.iter().find(met) {
            Some(ask) => {
                let least = context.range_of_score(ask.score).at_least().unwrap_or_default();
                let name = context.score_name(ask.score);
                let finding = findings.add(ask.condition.span, message);
                finding.here(format!("no lead has fewer than {least} points of `{name}`"));
                finding.help(format!("ask for more, such as `{name} > {least}`"));
                context.show_end(finding, ask.score, false);
            }
            None => {
                let finding = findings.add(threshold.when.span, message);
                finding.here("this always holds").help("correct it, or take the threshold away");
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::ALWAYS_MET_THRESHOLD;
    use crate::lint::testing::{LEAD, fires};

    fn labels(threshold: &str) -> Vec<String> {
        let rules = "score fit from 0 { +30 when phone is known\n -10 when country is \"US\" }\n\
                     exclude \"No country\" when country is missing";
        let found = fires(&ALWAYS_MET_THRESHOLD, &format!("{LEAD}{rules}\nthreshold mql when {threshold}"));
        found.into_iter().map(|finding| finding.labels[0].text.clone()).collect()
    }

    #[test]
    fn everybody_meets_it() {
        assert_eq!(labels("fit >= 0"), ["no lead has fewer than 0 points of `fit`"]);
        assert_eq!(labels("fit >= 0 or consent"), ["this always holds"]);
        // Who has no country is excluded.
        assert_eq!(labels("country is known"), ["this always holds"]);
    }

    #[test]
    fn somebody_does_not() {
        assert!(labels("fit > 0").is_empty());
        assert!(labels("fit >= 0 and consent").is_empty());
    }
}
