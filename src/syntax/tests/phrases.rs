//! Phrases in other words: the help is right after pasting.

use super::{parsed, shown};

/// What stands after `+5 "x"` in a rule, and the words to be pasted over what the message points at.
const RULES: &[(&str, &str)] = &[
    (
        "when any v where path contains \"p\" and s > 5 in last 30 days",
        "where (path contains \"p\" and s > 5) in last 30 days",
    ),
    ("for each v where p is \"/a\" or p is \"/b\" at most 3 times", "where (p is \"/a\" or p is \"/b\")"),
    ("when created less than 30 days ago", "in last 30 days"),
    ("when created is older than 2 weeks", "days since created > 14"),
    ("for each v at most 10 points", "no higher than 10 points"),
    ("for each v at most 10 points per day", "no higher than 10 points"),
    ("for each v no higher than 30", "no higher than 30 points"),
    ("for each v no lower than -5", "no lower than -5 points"),
    ("when at least one v", "at least 1 v"),
    ("when any v in last thirty days", "in last 30 days"),
    ("for each v or w", "for each v, w"),
    ("for each page view", "for each page_view"),
    ("when sum of a of v > 3", "sum of a in v"),
    ("when number of v > 3", "count of v"),
    ("when e is between 50 and 500", "between 50 and 500"),
    ("when e from 50 to 500", "e between 50 and 500"),
    ("when e >= 50 and <= 500", "e >= 50 and e <= 500"),
    ("when c is \"US\", \"UK\"", "is one of \"US\", \"UK\""),
    ("when c contains \"a\", \"b\"", "contains any of \"a\", \"b\""),
    ("when c is one of \"US\" or \"UK\"", "c is one of \"US\", \"UK\""),
    ("when c does not contain \"a\" or \"b\"", "c does not contain any of \"a\", \"b\""),
    ("for each v max 3 times", "at most 3 times"),
    ("for each v up to 3 times", "at most 3 times"),
    ("for each v no more than 3 times", "at most 3 times"),
    ("for each v only once", "once"),
    ("for each v once every day", "once per day"),
    ("for each v at most 1 per day", "at most 1 times per day"),
    ("for each v half-life 30 days", "decay half-life 30 days"),
    ("for each v decay 50% per month", "decay 50% of what is left every 1 month"),
    ("for each v decay linear 90 days", "decay linear over 90 days"),
    ("when v at least 3 times", "at least 3 v"),
    ("when at most 3 v", "fewer than 4 v"),
    ("when any v since 30 days", "in last 30 days"),
    ("for every 30 days no v", "for every 30 days without v"),
    ("when e domain is \"x\"", "domain of e"),
    ("when length(e) > 3", "length of e"),
    ("when has email", "email is known"),
    ("for each v with path \"/a\"", "v where path is \"/a\""),
    ("when title like \"%ceo%\"", "contains \"ceo\""),
    ("when title like \"ceo%\"", "starts with \"ceo\""),
    ("when v.path is \"/a\"", "any v where path is \"/a\""),
    ("when email ends with .edu", "\".edu\""),
    ("when path starts with /pricing", "\"/pricing\""),
    ("when job title is \"CEO\"", "job_title is \"CEO\""),
];

#[test]
fn what_is_proposed_can_be_pasted() {
    let mut wrong = Vec::new();
    for (rule, right) in RULES {
        let text = format!("score s {{\n  +5 \"x\" {rule}\n  +2 \"after\"\n}}\n");
        pasted(&text, right, &mut wrong);
    }
    for (text, right) in [
        ("bands f {\n  Hot: 50-100\n  Cold from 0\n}\n", "Hot from 50"),
        ("bands f {\n  Hot >= 50\n  Cold from 0\n}\n", "Hot from 50"),
        ("bands f { Very hot from 50 }\n", "\"Very hot\" from 50"),
        ("bands f { Cold from 0 to 20 }\n", "Cold from 0"),
        ("score s {\n  group \"x\" max 20 {\n    +1\n  }\n}\n", "no higher than 20 points"),
        ("score s {\n  group \"x\" weight 30% {\n    +1\n  }\n}\n", "counts 30%"),
        ("score s {\n  points \"x\" by a {\n    from 1: +3\n    > 10: +5\n  }\n}\n", "above 10:"),
        ("score s {\n  +1\n  +5 pts \"x\" when a\n}\n", "+5 \"x\""),
        ("lookup r by c {\n  \"US\" = \"north\"\n}\n", "\"US\": \"north\""),
        ("lookup r by c from \"x.csv\"\n", "from \"x.csv\" columns \"key\", \"value\""),
        ("ignore any v\n", "ignore v"),
        ("lead {\n  industry one of technology, finance\n  email text\n}\n", "one of \"technology\", \"finance\""),
        ("use shared/lists.score\n", "\"shared/lists.score\""),
        ("event demo request\n", "demo_request"),
    ] {
        pasted(text, right, &mut wrong);
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn pasted(text: &str, right: &str, wrong: &mut Vec<String>) {
    let (_, mistakes) = parsed(text);
    let said =
        mistakes.len() == 1 && mistakes[0].help.as_deref().is_some_and(|help| help.contains(&format!("`{right}`")));
    let mut whole = text.to_owned();
    if let Some(first) = mistakes.first() {
        // these two repeat a word or two before or after the place, so that it is plain what they mean
        let around = right.starts_with("where") || right.starts_with("one of") || right.contains("any of \"a\"");
        let alone = right.starts_with("c is one of");
        if !around && !alone {
            whole.replace_range(first.span().range(), right);
        }
    }
    let again = parsed(&whole).1;
    if !said || (whole != text && !again.is_empty()) {
        wrong.push(format!("── {text}   wanted {right:?}\n{}\n{}", shown(text, &mistakes), shown(&whole, &again)));
    }
}

#[test]
fn short_words_and_apostrophes_are_told_for_what_they_are() {
    for (rule, help) in [
        ("when country isn't \"US\"", "`is not \"US\"`"),
        ("when title doesn’t contain \"x\"", "`does not contain \"x\"`"),
        ("when e > 12٫5", "`12.5`"),
        ("when e > 1٬000", "`1_000`"),
        ("when e > 50k", "`50_000`"),
        ("when any v in last 30d", "`30 days`"),
        ("when any v in last 1 fortnight", "`2 weeks`"),
        ("when any v in last -30 days", "`in last 30 days`"),
        ("when at least -1 v", "`at least 1 v`"),
        ("for each v decay -1 every day", "of what is left every"),
        ("when consent = true", "`is yes`"),
        ("when email != \"\"", "`is known`"),
        ("for each v if path is \"/a\"", "`where`"),
    ] {
        let text = format!("score s {{\n  +5 \"x\" {rule}\n  +2 \"after\"\n}}\n");
        let (_, mistakes) = parsed(&text);
        let said = mistakes.len() == 1 && mistakes[0].help.as_deref().is_some_and(|found| found.contains(help));
        assert!(said, "{}", shown(&text, &mistakes));
    }
    for (text, help) in [
        ("score s {\n  +1\n  add 10 \"M\" when a\n}\n", "`+10 \"M\"`"),
        ("score t = fit\n  + eng\n", "end of the line above"),
        ("bands fit\n  A from 40\n  B from 0\n", "add `{`"),
        ("threshold m when total > 5 then \"x\"\n", "`do \"x\"`"),
        ("ignore v when bot\n", "`where`"),
    ] {
        let (_, mistakes) = parsed(text);
        let said = mistakes.len() == 1 && mistakes[0].help.as_deref().is_some_and(|found| found.contains(help));
        assert!(said, "{}", shown(text, &mistakes));
    }
}
