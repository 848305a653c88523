//! One text for all that answer the same: where a model asks little of a field, few of its texts are told apart.

use crate::plan::TextUse;

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
}

impl StandIn {
    pub(super) fn new(used: TextUse) -> StandIn {
        match used {
            TextUse::DomainAmong(asked) if asked.contains(&OTHER_DOMAIN[1..]) => StandIn { used: TextUse::Domain },
            used => StandIn { used },
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
                Some(domain) if is_among(domain.get(1..).unwrap_or_default(), asked) => domain,
                Some(_) => OTHER_DOMAIN,
                None => text,
            },
        }
    }
}

/// Whether an ASCII text is certainly neither blank nor a placeholder, without folding it.
fn is_known(text: &str, missing: &[String]) -> bool {
    // Where there are placeholders, blanks inside would have to be collapsed.
    let plain = |byte: u8| byte.is_ascii_graphic() || (byte == b' ' && missing.is_empty());
    text.bytes().all(plain)
        && text.bytes().any(|byte| byte.is_ascii_alphanumeric())
        && !missing.iter().any(|placeholder| placeholder.eq_ignore_ascii_case(text))
}

/// The `@` and what is behind it, where that is all that [`crate::value::domain_of`] looks at: an e-mail address in plain
/// ASCII.
fn plain_domain<'t>(text: &'t str, missing: &[String]) -> Option<&'t str> {
    let at = text.bytes().position(|byte| byte == b'@')?;
    let (local, domain) = text.split_at(at);
    // A `:` may begin a URL.
    let plain_local = |byte: u8| byte.is_ascii_graphic() && byte != b':';
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'.' || byte == b'-';
    let is_plain = local.bytes().all(plain_local)
        && domain.len() > 1
        && domain.bytes().skip(1).all(plain)
        && domain.ends_with(|end: char| end.is_ascii_alphanumeric())
        && !missing.iter().any(|placeholder| placeholder.eq_ignore_ascii_case(text));
    is_plain.then_some(domain)
}

/// Whether a plain domain is one of those asked for, or may be.
fn is_among(domain: &str, asked: &std::collections::HashSet<String>) -> bool {
    let mut lower = [0; LONGEST];
    let Some(lower) = lower.get_mut(..domain.len()) else { return true };
    lower.copy_from_slice(domain.as_bytes());
    lower.make_ascii_lowercase();
    let odd = lower.starts_with(b"www.") || lower.windows(4).any(|four| four == b"xn--");
    odd || std::str::from_utf8(lower).is_ok_and(|lower| asked.contains(lower))
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
