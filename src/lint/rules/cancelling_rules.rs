use super::duplicate_rule::{opposite, same, show, signed};
use crate::lint::proofs::constant_points;
use crate::lint::{Context, Findings, lint};

lint! {
    /// Finds two rules of one score that always count together, one giving points and the other taking them off.
    ///
    /// It is a proof: the two conditions hold for the same leads, however they are written.
    ///
    /// ## Why it matters
    ///
    /// One undoes the other, in full or in part. Most often one of the two was meant for something else, and its condition
    /// was copied.
    ///
    /// ## Example
    ///
    /// ```score
    /// lead {
    ///   id  text key
    /// }
    ///
    /// event download { asset text }
    ///
    /// score interest {
    ///   +10 "Download"     when any download
    ///   -10 "Only a look"  when at least 1 download
    /// }
    /// ```
    ///
    /// ## Better
    ///
    /// ```score
    /// lead {
    ///   id  text key
    /// }
    ///
    /// event download { asset text }
    ///
    /// score interest {
    ///   +10 "Download"     when any download
    ///   -10 "Only a look"  when exactly 1 download
    /// }
    /// ```
    pub static CANCELLING_RULES = "S204", "cancelling-rules", Overlap, Warning, Rules(check);
}

fn check(context: &Context<'_>, findings: &mut Findings) {
    for (first, second) in same(context).into_iter().filter(|(one, other)| opposite(one, other)) {
        let (one, other) = (&first.rule.label, &second.rule.label);
        let finding = findings.add(second.rule.span, format!("rules `{one}` and `{other}` undo each other"));
        finding.here("whenever this counts").also(first.rule.span, "this counts, too");
        let sum = constant_points(first).zip(constant_points(second)).and_then(|(one, other)| one.add(other));
        finding.help(match sum {
            Some(sum) if sum != crate::value::Decimal::ZERO => {
                format!("correct one of the conditions, or write one rule with {} points", signed(sum))
            }
            _ => "correct one of the conditions, or take both rules away".to_owned(),
        });
        show(context, finding, first, second);
    }
}

#[cfg(test)]
mod tests {
    use super::CANCELLING_RULES;
    use crate::lint::testing::{LEAD, fires};

    fn helps(rules: &str) -> Vec<String> {
        let found = fires(&CANCELLING_RULES, &format!("{LEAD}score fit {{\n{rules}\n}}"));
        found.into_iter().filter_map(|finding| finding.help).collect()
    }

    #[test]
    fn in_full_and_in_part() {
        let all = ["correct one of the conditions, or take both rules away"];
        assert_eq!(helps("+5 \"A\" when consent\n-5 \"B\" when consent is yes"), all);
        let part = ["correct one of the conditions, or write one rule with -3 points"];
        assert_eq!(helps("+5 \"A\" for each download\n-8 \"B\" for each download"), part);
    }

    #[test]
    fn what_only_overlaps() {
        assert!(helps("+5 \"A\" when consent\n-5 \"B\" when consent is no").is_empty());
        assert!(helps("+5 \"A\" when employees > 5\n-5 \"B\" when employees > 6").is_empty());
        assert!(helps("+5 \"A\" when consent\n+5 \"B\" when consent is yes").is_empty());
    }
}
