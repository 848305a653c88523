//! One text for all that answer the same: where a model asks little of a field, few of its texts are told apart.

use crate::plan::TextUse;
use std::collections::HashSet;

/// Stands for every known text.
const SOME_TEXT: &str = "some text";
/// A domain that nobody asks for stands for all others; it is none where one of those asked for is it.
const OTHER_DOMAIN: &str = "@other.example";
/// The longest domain that is looked at quickly.
const LONGEST: usize = 64;

/// Finds stand-ins for the texts of one field.
#[derive(Debug)]
pub(super) struct StandIn {
    used: TextUse,
    /// Of the domains asked for: by length, a bit for each first byte in ASCII.
    begins: Vec<u128>,
}

impl StandIn {
    pub(super) fn new(used: TextUse) -> StandIn {
        let mut begins = vec![0; LONGEST + 1];
        match used {
            TextUse::DomainAmong(asked) if !asked.contains(&OTHER_DOMAIN[1..]) => {
                for domain in asked.iter() {
                    if let (Some(begin), Some(begins)) = (begin_of(domain), begins.get_mut(domain.len())) {
                        *begins |= begin;
                    }
                }
                StandIn { used: TextUse::DomainAmong(asked), begins }
            }
            TextUse::DomainAmong(_) => StandIn { used: TextUse::Domain, begins },
            used => StandIn { used, begins },
        }
    }

    /// A text that answers what is asked as this one does: itself, where that is not plain to see.
    ///
    /// `missing`: folded placeholders.
    pub(super) fn of<'t>(&self, text: &'t str, missing: &[String]) -> &'t str {
        match &self.used {
            TextUse::Whole => text,
            TextUse::Known if is_known(text, missing) => SOME_TEXT,
            TextUse::Known => text,
            TextUse::Domain => plain_domain(text, missing).map_or(text, |domain| domain),
            TextUse::DomainAmong(asked) => match plain_domain(text, missing) {
                Some(domain) if self.is_among(domain.get(1..).unwrap_or_default(), asked) => domain,
                Some(_) => OTHER_DOMAIN,
                None => text,
            },
        }
    }

    /// Whether a plain domain is one of those asked for, or may be.
    fn is_among(&self, domain: &str, asked: &HashSet<String>) -> bool {
        let mut lower = [0; LONGEST];
        let Some(lower) = lower.get_mut(..domain.len()) else { return true };
        lower.copy_from_slice(domain.as_bytes());
        lower.make_ascii_lowercase();
        // `www.` is left out of a domain, and `xn--` read.
        if lower.starts_with(b"www.") || lower.windows(2).any(|two| two == b"--") {
            return true;
        }
        // Most domains are of another length than any asked for, or begin otherwise: that is told before hashing.
        let Ok(lower) = std::str::from_utf8(lower) else { return true };
        let may_be =
            begin_of(lower).is_some_and(|begin| self.begins.get(lower.len()).is_some_and(|all| all & begin != 0));
        may_be && asked.contains(lower)
    }
}

/// A bit for the first byte of an ASCII text.
fn begin_of(text: &str) -> Option<u128> {
    text.bytes().next().filter(u8::is_ascii).map(|first| 1 << first)
}

/// Whether an ASCII text is certainly neither blank nor a placeholder, without folding it.
fn is_known(text: &str, missing: &[String]) -> bool {
    // A letter or digit never folds to nothing. Where there are placeholders, blanks would have to be collapsed.
    text.bytes().any(|byte| byte.is_ascii_alphanumeric())
        && (missing.is_empty() || (text.bytes().all(|byte| byte.is_ascii_graphic()) && !is_placeholder(text, missing)))
}

/// For a text in plain ASCII without blanks.
fn is_placeholder(text: &str, missing: &[String]) -> bool {
    missing.iter().any(|placeholder| placeholder.eq_ignore_ascii_case(text))
}

/// The `@` and what is behind it, where that is all that [`crate::value::domain_of`] looks at: an e-mail address in plain
/// ASCII.
fn plain_domain<'t>(text: &'t str, missing: &[String]) -> Option<&'t str> {
    let at = text.bytes().position(|byte| byte == b'@')?;
    let (local, domain) = text.split_at(at);
    // A `:` may begin a URL.
    let is_plain_local = local.bytes().fold(true, |plain, byte| plain & byte.is_ascii_graphic() & (byte != b':'));
    let is_plain_domain = domain
        .bytes()
        .skip(1)
        .fold(true, |plain, byte| plain & (byte.is_ascii_alphanumeric() | (byte == b'.') | (byte == b'-')));
    let ends_plainly = domain.len() > 1 && domain.bytes().next_back().is_some_and(|end| end.is_ascii_alphanumeric());
    (is_plain_local && is_plain_domain && ends_plainly && !is_placeholder(text, missing)).then_some(domain)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::value::{Text, domain_of};
    use proptest::prelude::*;
    use std::sync::Arc;

    fn among() -> StandIn {
        StandIn::new(TextUse::DomainAmong(Arc::new(["gmail.com".to_owned(), "acme.de".to_owned()].into())))
    }

    #[test]
    fn texts_that_nobody_tells_apart_have_one_stand_in() {
        let placeholders = ["n/a".to_owned(), "no@mail.com".to_owned()];
        let known = StandIn::new(TextUse::Known);
        assert_eq!(known.of("+49 89 1234", &[]), SOME_TEXT);
        assert_eq!(known.of("N/A", &placeholders), "N/A");
        assert_eq!(known.of(" ", &[]), " ");
        assert_eq!(among().of("Ada@Acme.DE", &[]), "@Acme.DE");
        assert_eq!(among().of("ada@elsewhere.com", &[]), OTHER_DOMAIN);
        assert_eq!(among().of("no@mail.com", &placeholders), "no@mail.com");
        assert_eq!(among().of("https://x@gmail.com/", &[]), "https://x@gmail.com/");
    }

    proptest! {
        #[test]
        fn a_stand_in_has_the_same_domain_or_neither_is_asked_for(
            text in "(https?://)?[a-z:@ .]{0,4}@?(www\\.|WWW\\.|xn--)?(gmail|acme|é|x)[.。]?(com|de|DE)?[.>/ ]?"
        ) {
            let asked = |text: &str| {
                let domain = Text::new(text).and_then(|text| domain_of(&text.given)).map(|domain| domain.folded);
                domain.map(|domain| (["gmail.com", "acme.de"].contains(&&*domain)).then_some(domain))
            };
            prop_assert_eq!(asked(&text), asked(among().of(&text, &[])));
            let domain = StandIn::new(TextUse::Domain);
            let of = |text: &str| Text::new(text).and_then(|text| domain_of(&text.given));
            prop_assert_eq!(of(&text), of(domain.of(&text, &[])));
        }
    }
}
