//! One text for all that answer the same: where a model asks little of a field, few of its texts are told apart.

use super::address::{end_of_local, has_two_dashes, is_plain_domain};
use crate::plan::TextUse;
use std::collections::HashSet;

/// Stands for every known text.
pub(super) const SOME_TEXT: &str = "some text";
/// A domain that nobody asks for stands for all others; it is none where one of those asked for is it.
pub(super) const OTHER_DOMAIN: &str = "@other.example";
/// The longest domain that is looked at quickly.
const LONGEST: usize = 64;

/// Finds stand-ins for the texts of one field.
#[derive(Debug)]
pub(super) struct StandIn {
    used: TextUse,
    /// Of the domains asked for: by length, a bit for each first byte.
    begins: Vec<u32>,
}

/// What is read of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part<'t> {
    /// This, which is UTF-8: the text, or its end.
    Text(&'t [u8]),
    /// That there is one: [`SOME_TEXT`].
    Known,
    /// That its domain is none of those asked for: [`OTHER_DOMAIN`].
    OtherDomain,
}

impl StandIn {
    pub(super) fn new(used: TextUse) -> StandIn {
        let mut begins = vec![0; LONGEST + 1];
        match used {
            TextUse::DomainAmong(asked) if !asked.contains(&OTHER_DOMAIN[1..]) => {
                for domain in asked.iter() {
                    if let (Some(first), Some(begins)) = (domain.bytes().next(), begins.get_mut(domain.len())) {
                        *begins |= begin_of(first);
                    }
                }
                StandIn { used: TextUse::DomainAmong(asked), begins }
            }
            TextUse::DomainAmong(_) => StandIn { used: TextUse::Domain, begins },
            used => StandIn { used, begins },
        }
    }

    /// Whether every text stands for itself.
    pub(super) fn is_whole(&self) -> bool {
        matches!(self.used, TextUse::Whole)
    }

    /// A text that answers what is asked as this one does: itself, where that is not plain to see.
    ///
    /// `missing`: folded placeholders.
    #[inline]
    pub(super) fn of<'t>(&self, text: &'t [u8], missing: &[String]) -> Part<'t> {
        match &self.used {
            TextUse::Whole => Part::Text(text),
            TextUse::Known if is_known(text, missing) => Part::Known,
            TextUse::Known => Part::Text(text),
            TextUse::Domain => Part::Text(plain_domain(text, missing).unwrap_or(text)),
            TextUse::DomainAmong(asked) => match plain_domain(text, missing) {
                Some([_, domain @ ..]) if !self.may_be_among(domain, asked) => Part::OtherDomain,
                domain => Part::Text(domain.unwrap_or(text)),
            },
        }
    }

    /// Whether a plain domain is one of those asked for, or may be.
    fn may_be_among(&self, domain: &[u8], asked: &HashSet<String>) -> bool {
        // `www.` is left out of a domain, and `xn--` read.
        let has_www = || domain.get(..4).is_some_and(|four| four.eq_ignore_ascii_case(b"www."));
        let begin = domain.first().map_or(0, |first| begin_of(*first));
        if begin == begin_of(b'w') && has_www() || has_two_dashes(domain) {
            return true;
        }
        // Most domains are of another length than any asked for, or begin otherwise: that is told before hashing.
        let Some(begins) = self.begins.get(domain.len()) else { return true };
        if begins & begin == 0 {
            return false;
        }
        let mut lower = [0; LONGEST];
        let Some(lower) = lower.get_mut(..domain.len()) else { return true };
        lower.copy_from_slice(domain);
        lower.make_ascii_lowercase();
        std::str::from_utf8(lower).is_ok_and(|lower| asked.contains(lower))
    }
}

/// A bit for a first byte: a letter's, large or small, or one for all others.
fn begin_of(first: u8) -> u32 {
    let letter = (first | 0x20).wrapping_sub(b'a');
    if letter < 26 { 1 << letter } else { 1 << 31 }
}

/// Whether an ASCII text is certainly neither blank nor a placeholder, without folding it.
fn is_known(text: &[u8], missing: &[String]) -> bool {
    // A letter or digit never folds to nothing. Where there are placeholders, blanks would have to be collapsed.
    text.iter().any(u8::is_ascii_alphanumeric)
        && (missing.is_empty() || (text.iter().all(u8::is_ascii_graphic) && !is_placeholder(text, missing)))
}

/// For a text in plain ASCII without blanks.
fn is_placeholder(text: &[u8], missing: &[String]) -> bool {
    missing.iter().any(|placeholder| placeholder.as_bytes().eq_ignore_ascii_case(text))
}

/// The `@` and what is behind it, where that is all that [`crate::value::domain_of`] looks at: an e-mail address in plain
/// ASCII.
fn plain_domain<'t>(text: &'t [u8], missing: &[String]) -> Option<&'t [u8]> {
    let domain = text.get(end_of_local(text)?..)?;
    let [b'@', behind @ ..] = domain else { return None };
    (is_plain_domain(behind) && !is_placeholder(text, missing)).then_some(domain)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
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
        assert_eq!(known.of(b"+49 89 1234", &[]), Part::Known);
        assert_eq!(known.of(b"N/A", &placeholders), Part::Text(b"N/A"));
        assert_eq!(known.of(b" ", &[]), Part::Text(b" "));
        assert_eq!(among().of(b"Ada@Acme.DE", &[]), Part::Text(b"@Acme.DE"));
        assert_eq!(among().of(b"ada@elsewhere.com", &[]), Part::OtherDomain);
        assert_eq!(among().of(b"no@mail.com", &placeholders), Part::Text(b"no@mail.com"));
        assert_eq!(among().of(b"https://x@gmail.com/", &[]), Part::Text(b"https://x@gmail.com/"));
    }

    fn read(part: Part<'_>) -> &str {
        match part {
            Part::Text(text) => std::str::from_utf8(text).unwrap(),
            Part::Known => SOME_TEXT,
            Part::OtherDomain => OTHER_DOMAIN,
        }
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
            prop_assert_eq!(asked(&text), asked(read(among().of(text.as_bytes(), &[]))));
            let domain = StandIn::new(TextUse::Domain);
            let of = |text: &str| Text::new(text).and_then(|text| domain_of(&text.given));
            prop_assert_eq!(of(&text), of(read(domain.of(text.as_bytes(), &[]))));
        }
    }
}
