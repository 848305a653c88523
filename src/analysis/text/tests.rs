//! Each worked out by hand from the patterns beside it.

use super::{Found, Part, Pattern};

fn find(patterns: &[(&Pattern, bool)]) -> Found {
    super::find(patterns, &mut 10_000)
}

fn one(part: Part) -> Pattern {
    Pattern::new(vec![part], false)
}

fn contains(text: &str) -> Pattern {
    one(Part::Contains(text.to_owned()))
}

fn mentions(text: &str) -> Pattern {
    one(Part::Mentions(text.to_owned()))
}

fn glob(pattern: &str) -> Pattern {
    one(Part::Glob(pattern.to_owned()))
}

#[test]
fn what_contains_the_whole_contains_its_part() {
    assert_eq!(find(&[(&contains("director"), true), (&contains("cto"), false)]), Found::Never);
    assert_eq!(find(&[(&contains("cto"), true), (&contains("director"), false)]), Found::Text("cto".to_owned()));
}

#[test]
fn a_mention_is_contained_but_not_the_other_way_round() {
    assert_eq!(find(&[(&mentions("vp"), true), (&contains("vp"), false)]), Found::Never);
    let Found::Text(text) = find(&[(&contains("vp"), true), (&mentions("vp"), false)]) else { unreachable!() };
    assert!(text.len() == 3 && text.contains("vp"), "{text}");
}

#[test]
fn prefixes_exclude_each_other_and_globs_fix_lengths() {
    let (a, b) = (one(Part::StartsWith("/pricing".to_owned())), one(Part::StartsWith("/careers".to_owned())));
    assert_eq!(find(&[(&a, true), (&b, true)]), Found::Never);
    assert_eq!(find(&[(&glob("a?"), true), (&glob("?b"), true)]), Found::Text("ab".to_owned()));
    assert_eq!(find(&[(&glob("???"), true), (&contains("abcd"), true)]), Found::Never);
    assert_eq!(find(&[(&glob("*"), false)]), Found::Never);
}

#[test]
fn all_of_several_and_any_of_them() {
    let parts = || vec![Part::Contains("a".to_owned()), Part::Contains("b".to_owned())];
    let (both, either) = (Pattern::new(parts(), true), Pattern::new(parts(), false));
    assert_eq!(find(&[(&both, true), (&either, false)]), Found::Never);
    assert_eq!(find(&[(&either, true), (&both, false)]), Found::Text("a".to_owned()));
}

#[test]
fn a_phrase_side_by_side_with_its_words() {
    assert_eq!(find(&[(&mentions("vice president"), true), (&mentions("president"), false)]), Found::Never);
    // A mark after a word makes it another one; a letter of a script without spaces does not.
    for text in ["x vp", "vp", "vp-x"] {
        assert_eq!(mentions("vp").matches(text), Some(true), "{text}");
    }
    for text in ["svp", "vps", "vp\u{301}"] {
        assert_eq!(mentions("vp").matches(text), Some(false), "{text}");
    }
}
