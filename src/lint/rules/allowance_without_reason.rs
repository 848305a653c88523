use crate::lint::allow::Allowance;
use crate::lint::{Findings, lint};

lint! {
    /// Finds an `# allow` that does not say why.
    ///
    /// What it allows stays allowed.
    ///
    /// ## Why it matters
    ///
    /// Whoever reads the rules next year has to know whether the reason still holds. Without one nobody dares to take the
    /// comment away.
    ///
    /// ## Example
    ///
    /// ```score
    /// lead {
    ///   id         text key
    ///   employees  number from 0
    /// }
    ///
    /// score fit {
    ///   # allow: never-true
    ///   +5 "Nobody yet"  when employees < 0
    /// }
    /// ```
    ///
    /// ## Better
    ///
    /// ```score
    /// lead {
    ///   id         text key
    ///   employees  number from 0
    /// }
    ///
    /// score fit {
    ///   # allow: never-true -- the import writes -1 from May on
    ///   +5 "Nobody yet"  when employees < 0
    /// }
    /// ```
    pub static ALLOWANCE_WITHOUT_REASON = "S692", "allowance-without-reason", Shape, Warning, Allowances(check);
}

fn check(allowances: &[Allowance], findings: &mut Findings) {
    for allowance in allowances.iter().filter(|allowance| allowance.reason.is_none()) {
        let names: Vec<&str> = allowance.names.iter().map(|name| name.text.as_str()).collect();
        let finding = findings.add(allowance.span, "this comment allows something and does not say why");
        finding.help(format!("write the reason behind two dashes: `# allow: {} -- reason`", names.join(", ")));
    }
}

#[cfg(test)]
mod tests {
    use super::ALLOWANCE_WITHOUT_REASON;
    use crate::lint::testing::{LEAD, fires};

    #[test]
    fn dashes_alone_are_no_reason() {
        let with = |comment: &str| format!("{comment}\n{LEAD}\nscore fit {{ +5 when employees < 9 }}\n");
        assert_eq!(fires(&ALLOWANCE_WITHOUT_REASON, &with("# allow-file: unused --")).len(), 1);
        assert!(fires(&ALLOWANCE_WITHOUT_REASON, &with("# allow-file: unused — later")).is_empty());
        assert!(fires(&ALLOWANCE_WITHOUT_REASON, &with("# we allow it")).is_empty());
    }
}
