use crate::analysis::Verdict;
use crate::lint::{Context, Findings, claim, lint, wording};
use crate::model::ThresholdId;

lint! {
    /// Finds a threshold that no test meets, or that every test meets.
    ///
    /// Only where the file has tests; without any, `untested-rule` says so.
    ///
    /// ## Why it matters
    ///
    /// The threshold decides who is handed over. A test on each side of it shows where the mark lies, and keeps it there when
    /// points are changed.
    ///
    /// ## Example
    ///
    /// ```score
    /// lead {
    ///   id       text key
    ///   title    text
    ///   country  text
    /// }
    ///
    /// score fit {
    ///   +10 "Manager"  when title mentions "manager"
    ///   +5  "Spain"    when country is "Spain"
    /// }
    ///
    /// threshold good when fit >= 10
    ///
    /// test "a manager in Spain" {
    ///   lead { id "L1", title "Product manager", country "Spain" }
    ///   expect fit is 15
    ///   expect good
    /// }
    /// ```
    ///
    /// ## Better
    ///
    /// ```score
    /// lead {
    ///   id       text key
    ///   title    text
    ///   country  text
    /// }
    ///
    /// score fit {
    ///   +10 "Manager"  when title mentions "manager"
    ///   +5  "Spain"    when country is "Spain"
    /// }
    ///
    /// threshold good when fit >= 10
    ///
    /// test "a manager is good, Spain alone is not" {
    ///   lead { id "L1" }
    ///   cases {
    ///     title             | country | good
    ///     "Product manager" | "Spain" | yes
    ///     missing           | "Spain" | no
    ///   }
    /// }
    /// ```
    pub static UNTESTED_THRESHOLD = "S610", "untested-threshold", Shape, Advice, Rules(check);
}

fn check(context: &Context<'_>, findings: &mut Findings) {
    let model = context.model;
    if model.tests.is_empty() {
        return;
    }
    for ((id, threshold), covered) in (0..).map(ThresholdId).zip(&model.thresholds).zip(&context.coverage().thresholds)
    {
        let name = wording::name(&threshold.name);
        if !covered.met {
            let verdict = context.analysis.can_meet(id, &[]);
            let claim = claim::meets(id);
            report(findings, threshold, "no test meets", &format!("expect {name}"), &verdict, claim);
        }
        if !covered.not_met {
            let verdict = context.analysis.can_fail_to_meet(id, &[]);
            let claim = claim::not(claim::meets(id));
            report(findings, threshold, "every test meets", &format!("expect not {name}"), &verdict, claim);
        }
    }
}

fn report(
    findings: &mut Findings,
    threshold: &crate::model::Threshold,
    what: &str,
    expect: &str,
    verdict: &Verdict,
    claim: crate::model::Condition,
) {
    // What cannot be is reported by the lints that prove it.
    if verdict.is_no() {
        return;
    }
    let finding = findings.add(threshold.span, format!("{what} the threshold `{}`", threshold.name));
    finding.in_every_use();
    match verdict.witness() {
        Some(witness) => {
            finding.help(format!("write a test with this lead, and `{expect}`"));
            finding.example("a lead on the other side", witness, vec![claim]);
        }
        None => {
            finding.help(format!("write a test with a lead on the other side, and `{expect}`"));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::UNTESTED_THRESHOLD;
    use crate::lint::testing::{LEAD, fires};

    fn messages(industries: &[&str]) -> Vec<String> {
        let test = |industry: &&str| {
            format!("test \"{industry}\" {{\n  lead {{ id \"1\", industry \"{industry}\" }}\n  expect fit >= 0\n}}\n")
        };
        let tests: String = industries.iter().map(test).collect();
        let rules = "score fit {\n  +5 when industry is \"health\"\n}\nthreshold good when fit >= 5\n";
        fires(&UNTESTED_THRESHOLD, &format!("{LEAD}\n{rules}{tests}")).into_iter().map(|one| one.message).collect()
    }

    #[test]
    fn one_side_is_missing() {
        assert_eq!(messages(&["health"]), ["every test meets the threshold `good`"]);
        assert_eq!(messages(&["finance"]), ["no test meets the threshold `good`"]);
    }

    #[test]
    fn both_sides_are_there_or_nothing_is() {
        assert!(messages(&["health", "finance"]).is_empty());
        assert!(messages(&[]).is_empty());
    }
}
