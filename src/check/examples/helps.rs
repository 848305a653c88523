//! What is said of common mistakes, and that each is said once.

use super::mistakes;

const LEAD: &str = "lead { title text, country text, size number, ok yes/no, born date, tags list of text }\n\
                    event visit { path text, seconds number }\nlist home = \"ES\"\n\
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
