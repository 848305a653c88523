//! One text for all that answer the same: where a model asks little of a field, few of its texts are told apart.

use super::address::{PlainDomain, plain_domain};
use super::reader::NewTexts;
use crate::plan::{TextAsks, TextTests};
use crate::run::batch::NO_TEXT;
use crate::run::hash::hash_of_words;
use crate::value::{Text, domain_of, only_case_matters, trimmed};
use compact_str::CompactString;
use hashbrown::HashTable;

/// The texts met so far that answer differently, by what they answer.
#[derive(Debug)]
pub(super) struct StandIns<'run> {
    asks: TextAsks<'run>,
    /// Words of the tests of a text itself.
    own_words: usize,
    /// What tests are passed, word by word, with the code of the first such text.
    found: Vec<(Box<[u64]>, u32)>,
    /// Places in that list.
    places: HashTable<usize>,
    /// The place of the latest one: many texts pass no test.
    latest: usize,
    /// The code of a known text that passes no test, and its domain neither, if that is asked for.
    of_others: Option<u32>,
    /// Of the text that is looked at: for each test of itself, then for whether it has a domain, then for each test of
    /// that.
    passed: Vec<u64>,
}

impl<'run> StandIns<'run> {
    pub(super) fn new(asks: TextAsks<'run>) -> StandIns<'run> {
        let words = |tests: &[&TextTests]| tests.iter().map(|tests| tests.words()).sum::<usize>();
        let own_words = words(&asks.own);
        let all_words = own_words + asks.domain.as_deref().map_or(0, |tests| 1 + words(tests));
        let passed = vec![0; all_words];
        StandIns { asks, own_words, found: Vec::new(), places: HashTable::new(), latest: 0, of_others: None, passed }
    }

    /// Codes given before are void.
    pub(super) fn forget(&mut self) {
        self.found.clear();
        self.places.clear();
        self.of_others = None;
    }

    /// Whether a text itself is asked nothing but to be there.
    pub(super) fn asks_nothing_of_texts(&self) -> bool {
        self.asks.own.is_empty()
    }

    /// Where a text itself is asked nothing: the code of one that needs no folding to tell what it answers. That is nearly
    /// any text where its domain does not matter either, and else a plain e-mail address.
    #[inline]
    pub(super) fn plain(&mut self, text: &str, texts: &mut NewTexts<'_>) -> Option<u32> {
        if self.asks.domain.is_none() {
            return is_known(text.as_bytes(), texts.missing).then(|| self.of_passed(text, texts));
        }
        self.of_address(text, texts)
    }

    /// The code of a plain e-mail address, where nothing is asked but its domain, or all else is answered already.
    #[inline(always)]
    fn of_address(&mut self, text: &str, texts: &mut NewTexts<'_>) -> Option<u32> {
        let asked = self.asks.domain.as_deref()?;
        let PlainDomain { start, .. } = plain_domain(text.as_bytes()).filter(|domain| domain.is_own)?;
        if is_placeholder(text.as_bytes(), texts.missing) {
            return None;
        }
        let domain = text.get(start..)?;
        if !asked.iter().any(|tests| tests.may_pass(domain.as_bytes())) {
            return Some(self.of_others(text, texts));
        }
        self.passed.fill(0);
        if let Some([has_domain, behind @ ..]) = self.passed.get_mut(self.own_words..) {
            *has_domain = 1;
            test_domain(asked, domain, behind);
        }
        Some(self.of_passed(text, texts))
    }

    /// The code of a known text that passes no test, and its domain neither, if that is asked for.
    #[inline]
    fn of_others(&mut self, text: &str, texts: &mut NewTexts<'_>) -> u32 {
        if let Some(code) = self.of_others {
            return code;
        }
        self.passed.fill(0);
        if let Some(has_domain) = self.passed.get_mut(self.own_words) {
            *has_domain = 1;
        }
        let code = self.of_passed(text, texts);
        self.of_others = Some(code);
        code
    }

    /// The code of the first text that answered the same, [`NO_TEXT`] where this one is blank or a placeholder.
    pub(super) fn code(&mut self, text: &str, texts: &mut NewTexts<'_>) -> u32 {
        let text = trimmed(text);
        if only_case_matters(text) {
            // It need not be folded.
            return match text.is_empty() || is_placeholder(text.as_bytes(), texts.missing) {
                true => NO_TEXT,
                false => self.tested(text, None, texts),
            };
        }
        match Text::new(text).filter(|text| !text.is_among(texts.missing)) {
            Some(read) => self.tested(&read.given, Some(&read.folded), texts),
            None => NO_TEXT,
        }
    }

    /// `folded`: `None` where a text is folded by making its letters small.
    fn tested(&mut self, given: &str, folded: Option<&str>, texts: &mut NewTexts<'_>) -> u32 {
        self.passed.fill(0);
        let behind = test(&self.asks.own, (given, folded.unwrap_or(given)), &mut self.passed);
        if let (Some(asked), [has_domain, behind @ ..]) = (&self.asks.domain, behind) {
            let plain = plain_domain(given.as_bytes()).filter(|domain| domain.is_own);
            if let Some(domain) = plain.and_then(|domain| given.get(domain.start..)) {
                *has_domain = 1;
                if asked.iter().any(|tests| tests.may_pass(domain.as_bytes())) {
                    test_domain(asked, domain, behind);
                }
            } else if let Some(domain) = domain_of(given) {
                *has_domain = 1;
                test(asked, (&domain.given, &domain.folded), behind);
            }
        }
        self.of_passed(given, texts)
    }

    /// The code of the first text with the answers of `text`, which may be the first.
    #[inline]
    fn of_passed(&mut self, text: &str, texts: &mut NewTexts<'_>) -> u32 {
        match self.found.get(self.latest) {
            // A few words, for which a call that compares bytes costs more than it does.
            Some((passed, code)) if passed.iter().eq(&self.passed) => *code,
            _ => self.look_up(text, texts),
        }
    }

    #[inline(never)]
    fn look_up(&mut self, text: &str, texts: &mut NewTexts<'_>) -> u32 {
        let (found, passed) = (&mut self.found, self.passed.as_slice());
        let of = |place: &usize| found.get(*place).map_or(&[][..], |(passed, _)| passed);
        let hash = hash_of_words(passed);
        if let Some(place) = self.places.find(hash, |place| of(place) == passed) {
            self.latest = *place;
            return found.get(*place).map_or(NO_TEXT, |(_, code)| *code);
        }
        self.latest = found.len();
        self.places.insert_unique(hash, self.latest, |place| hash_of_words(of(place)));
        let code = texts.read(text);
        found.push((passed.into(), code));
        code
    }
}

/// Sets the bits of the tests that a text, given and folded, passes; gives the words behind theirs.
fn test<'w>(all: &[&TextTests], (given, folded): (&str, &str), mut words: &'w mut [u64]) -> &'w mut [u64] {
    for tests in all {
        let (own, behind) = words.split_at_mut(tests.words().min(words.len()));
        tests.pass(given, folded, own);
        words = behind;
    }
    words
}

/// The same for a domain in ASCII, given in any case.
fn test_domain(all: &[&TextTests], domain: &str, words: &mut [u64]) {
    let mut folded = CompactString::new(domain);
    folded.make_ascii_lowercase();
    test(all, (&folded, &folded), words);
}

/// Whether an ASCII text is certainly neither blank nor a placeholder, without folding it.
fn is_known(text: &[u8], missing: &[String]) -> bool {
    // A letter or digit never folds to nothing. Where there are placeholders, blanks would have to be collapsed.
    text.iter().any(u8::is_ascii_alphanumeric)
        && (missing.is_empty() || (text.iter().all(u8::is_ascii_graphic) && !is_placeholder(text, missing)))
}

/// For a text in plain ASCII without blanks.
#[inline]
pub(super) fn is_placeholder(text: &[u8], missing: &[String]) -> bool {
    missing.iter().any(|placeholder| placeholder.as_bytes().eq_ignore_ascii_case(text))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::plan::{Asked, Plan, TextUse};
    use crate::run::texts::{TextReader, Way};
    use crate::source::Memory;
    use crate::value::Instant;
    use proptest::prelude::*;
    use std::path::Path;

    /// A reader for a field of which these questions are asked.
    fn with_reader<T>(conditions: &[&str], missing: &[String], then: impl FnOnce(&mut TextReader<'_>) -> T) -> T {
        let rules: String =
            (1..).zip(conditions).map(|(number, when)| format!("+1 \"Rule {number}\" when {when}\n")).collect();
        let source = format!("lead {{\n id text key\n mail text\n}}\nscore fit \"Fit\" {{\n{rules}}}\n");
        let files = Memory::default().with("model.score", &source);
        let model = crate::compile(&files, Path::new("model.score")).ok().unwrap();
        let plan = Plan::new(&model, Instant(0), &Asked::default());
        let used = plan.text_uses().into_values().next().unwrap();
        assert!(matches!(used, TextUse::Answers(_)));
        then(&mut TextReader::new(used, missing))
    }

    fn codes(conditions: &[&str], missing: &[String], texts: &[&str]) -> Vec<u32> {
        with_reader(conditions, missing, |reader| {
            reader.begin();
            let way = reader.way();
            texts.iter().map(|text| reader.code(way, text, 0..text.len())).collect()
        })
    }

    #[test]
    fn texts_that_answer_the_same_have_one_code() {
        let placeholders = ["n/a".to_owned(), "no@mail.com".to_owned()];
        let way = |conditions: &[&str]| with_reader(conditions, &[], |reader| reader.way());
        assert_eq!(way(&["mail is known"]), Way::Plain);
        assert_eq!(way(&["domain of mail is \"acme.de\"", "mail is missing"]), Way::Plain);
        assert_eq!(way(&["mail contains \"@\""]), Way::Met);
        let texts = ["+49 89", "N/A", " ", "?", "x@acme.de", "no@mail.com"];
        assert_eq!(codes(&["mail is known"], &placeholders, &texts), [0, NO_TEXT, NO_TEXT, 0, 0, NO_TEXT]);
        let domain = ["domain of mail is one of \"acme.de\", \"gmail.com\""];
        let texts = ["Ada@Acme.DE", "ada@elsewhere.com", "Jo <jo@acme.de>", "nobody", "jo@www.acme.de", "b@other.de"];
        assert_eq!(codes(&domain, &[], &texts), [0, 1, 0, 2, 0, 1]);
        let both =
            ["domain of mail is \"acme.de\"", "mail starts with \"ada\"", "mail ends with any of \".de\", \".com\""];
        let texts = ["ada@acme.de", "ADA@ACME.DE ", "ada@x.com", "bob@acme.de", "ada@Größe.de", "ada", "bob@acme.de"];
        assert_eq!(codes(&both, &[], &texts), [0, 0, 1, 2, 1, 3, 2]);
    }

    proptest! {
        #[test]
        fn a_stand_in_answers_as_its_text_does(
            texts in prop::collection::vec(
                "(https?://)?[a-z:@ .]{0,4}@?(www\\.|WWW\\.|xn--)?(gmail|acme|é|x)[.。]?(com|de|DE)?[.>/ ]?", 1..20)
        ) {
            let conditions = ["domain of mail is one of \"gmail.com\", \"acme.de\"", "domain of mail contains \"é\"",
                "mail contains \"x@\"", "mail starts with \"http\""];
            let answers = |text: &Text| {
                let domain = domain_of(&text.given).map(|domain| domain.folded);
                let domain = domain.as_deref();
                let listed = domain.is_some_and(|domain| ["gmail.com", "acme.de"].contains(&domain));
                let contains = domain.is_some_and(|domain| domain.contains('é'));
                (domain.is_some(), listed, contains, text.folded.contains("x@"), text.folded.starts_with("http"))
            };
            for (asked, way) in [(4, Way::Met), (4, Way::Answered), (2, Way::Plain)] {
                with_reader(&conditions[..asked], &[], |reader| {
                    reader.begin();
                    let code = |text: &String| reader.code(way, text, 0..text.len());
                    let codes: Vec<u32> = texts.iter().map(code).collect();
                    let column = reader.column(codes.clone());
                    for (text, code) in texts.iter().zip(codes) {
                        let text = Text::new(text);
                        let stand_in = column.texts.text(code);
                        assert_eq!(text.is_some(), stand_in.is_some());
                        let (Some(text), Some(stand_in)) = (text, stand_in) else { continue };
                        let (one, other) = (answers(&text), answers(stand_in));
                        assert_eq!((one.0, one.1, one.2), (other.0, other.1, other.2), "{text:?} {stand_in:?}");
                        if asked == 4 {
                            assert_eq!((one.3, one.4), (other.3, other.4), "{text:?} {stand_in:?}");
                        }
                    }
                });
            }
        }
    }
}
