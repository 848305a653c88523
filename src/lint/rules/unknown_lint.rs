use crate::diagnostics::nearest;
use crate::lint::allow::Allowance;
use crate::lint::{Findings, LINTS, lint};

lint! {
    /// Finds an `# allow` of something that is no lint.
    ///
    /// ## Why it matters
    ///
    /// A misspelt name allows nothing: the finding that it was written for is still there, or will be.
    ///
    /// ## Example
    ///
    /// ```score
    /// # allow-file: never-tru -- waiting for the new form
    /// lead {
    ///   id     text key
    ///   email  text
    /// }
    ///
    /// score fit {
    ///   +5 "Mail"  when email is known
    /// }
    /// ```
    ///
    /// ## Better
    ///
    /// ```score
    /// # allow-file: never-true -- waiting for the new form
    /// lead {
    ///   id         text key
    ///   employees  number from 0
    /// }
    ///
    /// score fit {
    ///   +5 "Nobody yet"  when employees < 0
    /// }
    /// ```
    pub static UNKNOWN_LINT = "S693", "unknown-lint", Shape, Warning, Allowances(check);
}

fn check(allowances: &[Allowance], findings: &mut Findings) {
    for name in allowances.iter().flat_map(|allowance| &allowance.names).filter(|name| name.lint.is_none()) {
        let finding = findings.add(name.span, format!("there is no lint called `{}`", name.text));
        let by_code = LINTS.iter().find(|lint| lint.code.eq_ignore_ascii_case(&name.text)).map(|lint| lint.name);
        match by_code.or_else(|| nearest(&name.text, LINTS.iter().map(|lint| lint.name))) {
            Some(near) => finding.help(format!("write `{near}`")),
            None => finding.help("`score lint --list` shows all lints"),
        };
    }
}

#[cfg(test)]
mod tests {
    use super::UNKNOWN_LINT;
    use crate::lint::testing::{LEAD, fires};

    #[test]
    fn the_nearest_name_or_that_of_the_code() {
        let help = |name: &str| {
            let text = format!("# allow-file: {name} -- why\n{LEAD}\nscore fit {{ +5 when employees < 9 }}\n");
            fires(&UNKNOWN_LINT, &text).into_iter().filter_map(|finding| finding.help).collect::<Vec<_>>()
        };
        assert_eq!(help("S101"), ["write `never-true`"]);
        assert_eq!(help("Never_True"), ["write `never-true`"]);
        assert!(help("never-true").is_empty());
    }
}
