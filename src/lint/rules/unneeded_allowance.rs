use crate::lint::allow::Allowance;
use crate::lint::{Findings, Safety, lint};

lint! {
    /// Finds an `# allow` for something that is not found there.
    ///
    /// Only lints that were run are looked at: an allowance of a lint that is off, or that needs `--data`, is left alone.
    ///
    /// ## Why it matters
    ///
    /// What the comment excuses is gone, or was never on that line. Left standing, it will hide the next mistake.
    ///
    /// ## Example
    ///
    /// ```score
    /// lead {
    ///   id     text key
    ///   email  text
    /// }
    ///
    /// score fit {
    ///   # allow: never-true -- waiting for the new form
    ///   +5 "Mail"  when email is known
    /// }
    /// ```
    ///
    /// ## Better
    ///
    /// ```score
    /// lead {
    ///   id     text key
    ///   email  text
    /// }
    ///
    /// score fit {
    ///   +5 "Mail"  when email is known
    /// }
    /// ```
    pub static UNNEEDED_ALLOWANCE = "S691", "unneeded-allowance", Shape, Warning, Allowances(check);
}

fn check(allowances: &[Allowance], findings: &mut Findings) {
    for allowance in allowances {
        let unneeded: Vec<_> = allowance.names.iter().filter(|name| name.looked && !name.used).collect();
        for name in &unneeded {
            let finding =
                findings.add(name.span, format!("`{}` is not found here, so it need not be allowed", name.text));
            finding.in_every_use();
            if unneeded.len() == allowance.names.len() {
                finding.help("take the comment away");
                finding.fix("take the comment away", Safety::Safe, vec![(allowance.whole, String::new())]);
            } else {
                finding.help(format!("take `{}` out of the comment", name.text));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::UNNEEDED_ALLOWANCE;
    use crate::lint::testing::{LEAD, fires, fixed};

    #[test]
    fn what_is_needed_stays() {
        let needed = format!("{LEAD}\nscore fit {{\n  # allow: never-true -- soon\n  +5 when employees < 0\n}}\n");
        assert!(fires(&UNNEEDED_ALLOWANCE, &needed).is_empty());
    }

    #[test]
    fn the_comment_goes_with_its_line() {
        let text = format!("{LEAD}\nscore fit {{\n  +5 when employees < 9  # allow: never-true -- soon\n}}\n");
        assert_eq!(fixed(&UNNEEDED_ALLOWANCE, &text), text.replace("  # allow: never-true -- soon", ""));
    }
}
