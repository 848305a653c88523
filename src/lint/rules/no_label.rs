use crate::lint::{Context, Findings, lint};
use crate::syntax::tree;

lint! {
    /// Finds a rule or table without a label.
    ///
    /// ## Why it matters
    ///
    /// The label is what people see: in the reasons beside a score, in `score explain`, in the CRM. Without one they see the
    /// words of the rule itself, which sales does not read.
    ///
    /// ## Example
    ///
    /// ```score
    /// lead {
    ///   id        text key
    ///   industry  text
    /// }
    ///
    /// score fit {
    ///   +15 when industry is one of "technology", "software"
    /// }
    /// ```
    ///
    /// ## Better
    ///
    /// ```score
    /// lead {
    ///   id        text key
    ///   industry  text
    /// }
    ///
    /// score fit {
    ///   +15 "Technology" when industry is one of "technology", "software"
    /// }
    /// ```
    pub static NO_LABEL = "S602", "no-label", Shape, Advice, Rules(check);
}

/// Letters of a rule's words that a proposed label keeps.
const LONGEST: usize = 40;

fn check(context: &Context<'_>, findings: &mut Findings) {
    for place in context.rules().iter().filter(|place| !place.rule.labelled) {
        let (head, what) = match context.tree_item(place.rule.span) {
            Some(tree::Item::Rule(rule)) => (context.text(rule.points.span), "rule"),
            Some(tree::Item::Table(_)) => ("points", "table"),
            _ => continue,
        };
        let finding = findings.add(place.rule.span, format!("this {what} has no label"));
        let label = proposed(place.rule.label.strip_prefix(head).unwrap_or(&place.rule.label));
        finding.help(format!("say in a few words what it stands for: `{head} \"{label}\" …`"));
    }
}

/// The words of a rule as a label: "Industry is technology".
fn proposed(words: &str) -> String {
    let words =
        words.trim().trim_start_matches("when ").trim_start_matches("by ").replace(['"', '`'], "").replace('_', " ");
    let mut short = String::new();
    for word in words.split_whitespace() {
        if !short.is_empty() && short.chars().count() + word.chars().count() >= LONGEST {
            break;
        }
        short = format!("{short} {word}").trim_start().to_owned();
    }
    let short = short.trim_end_matches([',', '(']).replace('\\', "");
    let mut letters = short.chars();
    match letters.next() {
        Some(first) => first.to_uppercase().chain(letters).collect(),
        None => "Every lead".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::NO_LABEL;
    use crate::lint::testing::{LEAD, fires};

    fn helps(rules: &str) -> Vec<String> {
        fires(&NO_LABEL, &format!("{LEAD}\nscore fit {{ {rules} }}")).into_iter().filter_map(|one| one.help).collect()
    }

    #[test]
    fn a_label_is_proposed() {
        let label = |rule: &str| helps(rule).concat();
        assert!(label("+5 when industry is \"health\"").ends_with("`+5 \"Industry is health\" …`"));
        assert!(label("points by employees { from 10: +5 }").ends_with("`points \"Employees\" …`"));
        assert!(label("+5").ends_with("`+5 \"Every lead\" …`"));
    }

    #[test]
    fn labels_and_groups_are_left_alone() {
        assert!(helps("+5 \"Health\" when industry is \"health\"").is_empty());
        assert!(helps("group { +5 \"Health\" when industry is \"health\" }").is_empty());
    }
}
