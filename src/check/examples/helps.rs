//! What is said of common mistakes, and that each is said once.

use super::mistakes;

const LEAD: &str = "lead { title text, country text, size number, ok yes/no, born date, tags list of text }\n\
                    event visit { path text, seconds number }\nevent order { paid yes/no }\nlist home = \"ES\"\n\
                    score fit from 0 { +1 }\nbands fit { A from 5, \"B+\" from 0 }\n";

/// The help for a define of this expression, where it has exactly one mistake.
fn help(expression: &str) -> String {
    let found = mistakes(&format!("{LEAD}define x = {expression}\n"));
    let [one] = found.as_slice() else { return format!("{} mistakes: {found:?}", found.len()) };
    one.split_once(" / ").map(|(_, help)| help.to_owned()).unwrap_or_default()
}

#[test]
fn helps_can_be_pasted() {
    let cases = [
        ("country is US", "put quotes around a text: `\"US\"`"),
        ("titel is \"CEO\"", "did you mean `title`?"),
        ("country is empty", "for a blank value write `country is missing`"),
        ("country is not null", "for a value that is there write `country is known`"),
        ("size is blank", "for a blank value write `size is missing`"),
        ("born is not filled", "for a blank value write `born is missing`"),
        ("born is present", "for a value that is there write `born is known`"),
        ("country is one of \"ES\", empty", "a blank value is asked for by itself: `… is missing`"),
        ("country is \"US\" or \"UK\"", "write `country is one of \"US\", \"UK\"`"),
        ("country is US or UK", "write `country is one of \"US\", \"UK\"`"),
        ("country is \"US\" or UK or \"DE\" or ok", "write `country is one of \"US\", \"UK\", \"DE\"`"),
        ("country is not \"US\" or \"UK\"", "write `country is not one of \"US\", \"UK\"`"),
        ("ok or country is one of \"US\", \"UK\" or \"DE\"", "write `country is one of \"US\", \"UK\", \"DE\"`"),
        ("title contains \"ceo\" or \"cto\"", "write `title contains any of \"ceo\", \"cto\"`"),
        ("title mentions \"head\" and \"sales\"", "write `title mentions all of \"head\", \"sales\"`"),
        ("title does not contain \"a\" or \"b\"", "write `title does not contain any of \"a\", \"b\"`"),
        ("size is 5 or 10", "write `size is one of 5, 10`"),
        ("born on 2026-01-01 or 2026-02-01", "write `(born on 2026-01-01 or born on 2026-02-01)`"),
        ("band of fit is A or \"B+\"", "write `band of fit is one of A, \"B+\"`"),
        ("tags includes \"a\" or \"b\"", "write `tags includes any of \"a\", \"b\"`"),
        ("any visit where path is \"a\" or \"b\"", "write `any visit where (path is one of \"a\", \"b\")`"),
        ("size between 500 and 50", "write `size between 50 and 500`"),
        ("not born between 2026-05-01 and 2026-04-01", "write `born between 2026-04-01 and 2026-05-01`"),
        ("weekday of born is \"sundy\"", "did you mean `\"sunday\"`?"),
        ("weekday of born is one of \"Sunday\", \"tue\"", "did you mean `\"tuesday\"`?"),
        ("hour of born is 24", "write an hour from `0` (midnight) to `23` (11 in the evening)"),
        ("total >= 5", "write `score total { … }`, or add the line `total number` to `lead { … }`"),
        ("size + total > 5", "write `score total { … }`, or add the line `total number` to `lead { … }`"),
        ("industry contains \"x\"", "add the line `industry text` to `lead { … }`"),
        ("joined after 2026-01-01", "add the line `joined date` to `lead { … }`"),
        ("born before today", "ask for a time, such as `in last 30 days`, or write a date, such as `2026-05-01`"),
        ("fit_band is A", "write `band of fit is A`"),
        ("any visit after order", "write `any visit within 30 days after order`, or `any visit since last order`"),
        ("any visit before order", "write `before (first at in order)`, or `before (latest at in order)`"),
        ("any visit since order", "write `since last order`"),
        ("born after order", "name the instant of one: `(latest at in order)`, or `(first at in order)`"),
        ("any visit where paid", "select `order` instead; or use what it has: `path`, `seconds`"),
        ("any visit where born in last 3 days", "put parentheses around the filter: `where (born in last 3 days)`"),
        (
            "any visit where not born before 2026-01-01",
            "put parentheses around the filter: `where (not born before 2026-01-01)`",
        ),
        ("any visit where at after 2026-01-01", "put parentheses around the filter: `where (at after 2026-01-01)`"),
        ("at least 2.5 visit", "write a whole number, 0 or more"),
        ("born is 2026-01-01", "write `born on 2026-01-01`"),
        ("born is not \"2026-01-01\"", "write `not born on 2026-01-01`"),
        ("born > 2026-01-01", "write `born after 2026-01-01`"),
        ("size is at least fifty", "write `size >= fifty`"),
        ("size contains 50", "write `size is 50`"),
        ("size > \"50\"", "leave out the quotes: `50`"),
        ("ok is \"yes\"", "write `ok is yes`"),
        ("ok is not \"yes\"", "write `ok is no`"),
        ("title is 5", "put quotes around it: `\"5\"`"),
        ("title < 5", "if the data holds a number there, declare it so: `title number`"),
        ("title in last 30 days", "if the data holds a date there, declare it so: `title date`"),
        ("tags contains \"x\"", "write `tags includes \"x\"`"),
        ("tags is one of \"x\", home", "write `tags includes any of \"x\", home`"),
        ("country is home", "write `country is one of home`"),
        ("country contains home", "write `country contains any of home`"),
        ("home is \"ES\"", "compare a text with all its values: `… is one of home`"),
        ("fit is A", "write `band of fit is A`"),
        ("fit is at least \"B+\"", "write `band of fit is at least \"B+\"`"),
        ("band of fit is C", "its bands are `A`, `B+`"),
        ("band of fit > 5", "compare the score itself: `fit > 5`"),
        ("visit", "ask whether there is one: `any visit`"),
        ("any title", "`any` and `count of` ask about events; a value is compared by itself: `title is …`"),
        ("any vist", "did you mean `visit`?"),
        ("seconds > 5", "ask about the events: `any visit where seconds > 5`"),
        (
            "any visit where path is \"/\" and seconds > 5 and ok",
            "put parentheses around the whole filter: `where (path is \"/\" and seconds > 5)`",
        ),
        ("not size", "compare it: `size > 0`, or ask `size is known`"),
        ("not title", "compare it: `title is \"…\"`, or ask `title is known`"),
        ("size + ok", "to give points for it write a rule: `+5 when ok`"),
        ("size + born", "count the days: `days since born`"),
        ("title matches home", "write `matches any of home`"),
        ("born after 2026-02-30", "that month ends on the 28th: `2026-02-28`"),
        ("any visit where (fit > 5)", "ask it outside the filter, joined with `and`"),
        ("first known of ok, no", "leave it out: a yes/no value that is missing does not hold, as if it were no"),
        ("latest path in visit > 5", "only a number is compared so"),
        ("sum of path in visit", "if the data holds a number there, declare it so: `path number`"),
        ("count of distinct paht in visit", "did you mean `path`?"),
        ("born < title", "write `born before title`"),
    ];
    let said: Vec<(&str, String)> = cases.iter().map(|(expression, _)| (*expression, help(expression))).collect();
    let expected: Vec<(&str, String)> =
        cases.iter().map(|(expression, help)| (*expression, (*help).to_owned())).collect();
    let differ: Vec<_> = said.iter().zip(&expected).filter(|(said, expected)| said != expected).collect();
    assert!(differ.is_empty(), "{differ:#?}");
}

/// The help for whole statements, where they have exactly one mistake.
#[test]
fn statements_have_helps_too() {
    let cases = [
        ("score s {\n  +1 \"\" when ok\n}", "write it between the quotes, or leave the quotes out"),
        ("score s {\n  points by country {\n    \"ES\": +1\n    else: +2\n  }\n}", "write `otherwise: +2`"),
        ("score s {\n  points by size {\n    from 1: +1\n    unknown: -2\n  }\n}", "write `missing: -2`"),
        ("score s rounded to 7 decimals { +1 }", "write a whole number, from 0 to 4"),
        ("score s {\n  +1 for each visit at most 0 times\n}", "write a whole number, 1 or more"),
        ("test \"t\" {\n  lead { size 5 }\n}", "say what should come out: `expect fit is 10`"),
        (
            "exclude \"Out\" when ok\nbands fit2 { excluded from 0 }\nscore fit2 from 0 { +1 }",
            "give it another name, such as `out`",
        ),
        (
            "score whole = fit + engagement",
            "write `score engagement { … }`, or add the line `engagement number` to `lead { … }`",
        ),
        (
            "threshold mql when fit > 3\ndefine x = mql_since after 2026-01-01",
            "it is a column of the results alone; ask whether it is met: `mql`",
        ),
    ];
    for (statement, help) in cases {
        let found = mistakes(&format!("{LEAD}{statement}\n"));
        assert!(found.len() == 1 && found[0].ends_with(&format!(" / {help}")), "{statement}: {found:#?}");
    }
}

#[test]
fn one_mistake_is_said_once() {
    let text = "lead { a number }\ndefine x = b > 3\ndefine y = x and a > 1\nscore s {\n  +1 when y\n  +2 when x or y\n}\n\
                threshold t when s > 3 and x\n";
    assert_eq!(mistakes(text).len(), 1);
}

#[test]
fn mistakes_come_in_order_of_place() {
    let text = "define a = one > 1\nscore s {\n  +1 when two > 2\n}\ndefine b = three > 3\n";
    let found = mistakes(text);
    let names: Vec<bool> = ["one", "two", "three"].iter().zip(&found).map(|(name, it)| it.contains(name)).collect();
    assert_eq!(names, [true, true, true]);
}

#[test]
fn a_circle_names_its_members() {
    let found = mistakes("define a = b > 1\nscore b {\n  +1 when c\n}\ndefine c = not a\ndefine d = a\n");
    assert_eq!(found.len(), 1);
    assert!(found[0].starts_with("E218 these are made from each other in a circle: `a`, `b`, `c`, `a`"), "{found:?}");
}

#[test]
fn what_a_place_forbids_is_no_circle() {
    let found = mistakes("score s {\n  +1 when t\n}\nthreshold t when s > 3\n");
    assert!(found.len() == 1 && found[0].starts_with("E217"), "{found:?}");
    let found = mistakes("event e { x number }\ndefine d = s\nscore s {\n  +1 for each e where x > d\n}\n");
    assert!(found.len() == 1 && found[0].starts_with("E218"), "{found:?}");
}

#[test]
fn a_filter_forbids_through_defines() {
    let found = mistakes("event e { x number }\nscore s { +1 }\ndefine d = s\ndefine f = any e where x > d\n");
    assert!(
        found.len() == 1 && found[0].contains("a filter can't use the score `s`, which `d` is made from"),
        "{found:?}"
    );
}
