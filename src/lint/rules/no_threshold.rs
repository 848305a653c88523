use super::no_negative_rule::FEWEST_RULES;
use crate::lint::{Context, Findings, lint};

lint! {
    /// Finds a model that gives points and decides nothing: it has neither a threshold nor bands.
    ///
    /// Only a model with at least five rules.
    ///
    /// ## Why it matters
    ///
    /// A number alone hands nobody over. Without a mark in the file each reader sets one of their own, in a list, a report, an
    /// automation, and nobody sees when they differ.
    ///
    /// ## Example
    ///
    /// ```score
    /// lead {
    ///   id         text key
    ///   title      text
    ///   industry   text
    ///   employees  number from 0
    /// }
    ///
    /// event demo_request
    ///
    /// score total "Lead score" {
    ///   +20 "Head"        when title mentions "head"
    ///   +15 "Technology"  when industry is "technology"
    ///   +10 "Mid-size"    when employees >= 50
    ///   +30 "Demo"        when any demo_request
    ///   -20 "Student"     when title mentions "student"
    /// }
    /// ```
    ///
    /// ## Better
    ///
    /// ```score
    /// lead {
    ///   id         text key
    ///   title      text
    ///   industry   text
    ///   employees  number from 0
    /// }
    ///
    /// event demo_request
    ///
    /// score total "Lead score" {
    ///   +20 "Head"        when title mentions "head"
    ///   +15 "Technology"  when industry is "technology"
    ///   +10 "Mid-size"    when employees >= 50
    ///   +30 "Demo"        when any demo_request
    ///   -20 "Student"     when title mentions "student"
    /// }
    ///
    /// threshold qualified "Ready for sales" when total >= 50 until total < 30
    /// ```
    pub static NO_THRESHOLD = "S608", "no-threshold", Shape, Advice, Rules(check);
}

fn check(context: &Context<'_>, findings: &mut Findings) {
    let model = context.model;
    let decides = !model.thresholds.is_empty() || model.scores.iter().any(|score| score.bands.is_some());
    if decides || context.rules().len() < FEWEST_RULES {
        return;
    }
    // The last one is mostly the sum.
    let Some(score) = model.scores.last() else { return };
    let finding =
        findings.add(score.span, "the model gives points, and says nowhere from how many on something happens");
    let attained = context.analysis.range_of_score(model_score(model.scores.len()), &[]).at_most();
    let middle = attained.and_then(|most| most.percent(crate::value::Decimal::whole(60))).map(|mark| mark.round(0));
    let mark = middle.map_or("50".to_owned(), |mark| mark.to_string());
    finding.help(format!("write a threshold, `threshold qualified when {} >= {mark}`, or bands", score.name));
    if let Some(most) = attained {
        finding.here(format!("at most {most}"));
    }
}

/// The last of so many scores.
fn model_score(scores: usize) -> crate::model::ScoreId {
    crate::model::ScoreId(scores.saturating_sub(1) as u32)
}

#[cfg(test)]
mod tests {
    use super::NO_THRESHOLD;
    use crate::lint::testing::{LEAD, fires};

    fn helps(rules: usize, more: &str) -> Vec<String> {
        let rules: String =
            (1..=rules).map(|points| format!("  +10 \"R{points}\" when employees > {points}\n")).collect();
        let text = format!("{LEAD}\nscore fit from 0 {{\n{rules}}}\n{more}\n");
        fires(&NO_THRESHOLD, &text).into_iter().filter_map(|one| one.help).collect()
    }

    #[test]
    fn nothing_is_decided() {
        // Five rules of 10 are 50; 60% of that are 30.
        assert!(helps(5, "")[0].contains("`threshold qualified when fit >= 30`"));
    }

    #[test]
    fn something_is_or_the_model_is_small() {
        assert!(helps(4, "").is_empty());
        assert!(helps(5, "threshold mql when fit > 3").is_empty());
        assert!(helps(5, "bands fit { A from 20, B from 0 }").is_empty());
    }
}
