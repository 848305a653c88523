//! What is said about common mistakes, and where it points.

use super::{mistake, parsed, shown};

/// Each mistake alone in a file: the text, what the message points at, and what its help says.
#[test]
fn common_mistakes_are_known() {
    let cases: &[(&str, &str, &str)] = &[
        // a rule
        ("+5 \"x\" wen phone is known", "wen", "`when`"),
        ("+5 \"x\" when country = \"US\"", "=", "`is \"US\"`"),
        ("+5 \"x\" when country == \"US\"", "==", "`is \"US\"`"),
        ("+5 \"x\" when country != \"US\"", "!=", "`is not \"US\"`"),
        ("+5 \"x\" when a && b", "&&", "`and`"),
        ("+5 \"x\" when a || b", "||", "`or`"),
        ("+5 \"x\" when a => 3", "=>", "`>=`"),
        ("+5 \"x\" when a ≥ 3", "≥", "`>=`"),
        ("+5 \"x\" when employees at least 50", "at least", "`employees >= 50`"),
        ("+5 \"x\" when employees is at least 50", "is at least", "`employees >= 50`"),
        ("+5 \"x\" when employees is more than 50", "is more than", "`employees > 50`"),
        ("+5 \"x\" when employees less than 50", "less than", "`employees < 50`"),
        ("+5 \"x\" when country is United States", "United States", "`\"United States\"`"),
        ("+5 \"x\" when title contains vice president of", "vice president", "`\"vice president\"`"),
        ("+5 \"x\" when title starts \"a\"", "starts \"a\"", "`starts with \"a\"`"),
        ("+5 \"x\" when title contain \"a\"", "contain \"a\"", "`contains \"a\"`"),
        ("+5 \"x\" when title does not contains \"a\"", "does not contains \"a\"", "`does not contain \"a\"`"),
        ("+5 \"x\" when country in (\"US\", \"CA\")", "in (\"US\", \"CA\")", "`is one of \"US\", \"CA\"`"),
        ("+5 \"x\" when country is in \"US\"", "in", "is one of"),
        ("+5 \"x\" when country not in \"US\"", "not", "is not one of"),
        ("+5 \"x\" when employees > 1,000", "1,000", "`1_000`"),
        ("+5 \"x\" when employees > ۱۲۳", "۱۲۳", "`123`"),
        ("+5 \"x\" when employees > 30 %", "30 %", "`30%`"),
        ("+5 \"x\" when created after 01/05/2026", "01/05/2026", "`2026-05-01` if the day stands first"),
        ("+5 \"x\" when created after \"2026-01-01\"", "\"2026-01-01\"", "`2026-01-01`"),
        ("+5 \"x\" when created in last 30", "30", "`30 days`"),
        ("+5 \"x\" when created in last month", "month", "`last 1 month`"),
        ("+5 \"x\" when created in last 30 dayz", "dayz", "`30 days`"),
        ("+5 \"x\" when any page_view within 3 dys after b", "dys", "`3 days`"),
        ("+5 Executive when a", "Executive", "`\"Executive\"`"),
        ("20 \"x\" when a", "20", "`+20` to add points or `-20`"),
        ("\"x\" +20 when a", "\"x\"", "`+10 \"x\"`"),
        ("+5 then +1 \"x\" for each a", "then", "`first +5 then +1`"),
        ("first 5 then +1 for each a", "5", "`+5`"),
        ("+5 \"x\" if a", "if", "when"),
        ("+5 \"x\" for each a at mosst 3 times", "mosst", "`most`"),
        ("+5 \"x\" for each a at most 3", "3", "`at most 3 times`"),
        ("+5 \"x\" for each a at most 3 timez", "timez", "`times`"),
        ("+5 \"x\" for each a oncee per day", "oncee", "`once`"),
        ("+5 \"x\" for eech a", "eech", "`each`"),
        ("+5 \"x\" when domian of email is \"a.b\"", "domian of", "`domain of`"),
        ("+5 \"x\" when latst path in a is \"/p\"", "latst path", "`latest path`"),
        ("+5 \"x\" when dayz since created > 3", "dayz since", "`days since`"),
        ("+5 \"x\" when cuont of a >= 3 and b", "cuont of", "`count of`"),
        ("+5 \"x\" when b and averag of s in a >= 3", "averag of", "`average of`"),
        ("+5 \"x\" when a +10 \"y\" when b", "+", "`+10 \"y\"`"),
        ("+5 \"x\" when a;", ";", "leave it out"),
        ("+5 \"x\" when a // so", "//", "`# so`"),
        ("+5 “x” when a", "“x”", "`\"x\"`"),
        ("+5 'x' when a", "'x'", "`\"x\"`"),
        ("+5 «x» when a", "«x»", "`\"x\"`"),
        ("+5 \"x\" when a is one of \"b\"، \"c\"", "،", "`,`"),
        ("+5 \"x\" when (a or b", "(", "`)`"),
        ("+5 \"x\" when a or b)", ")", "delete it"),
        (
            "+5 \"x\" for each p where path is one of \"a\", \"b\" once",
            "path is one of \"a\", \"b\"",
            "`where (path is one of \"a\", \"b\")`",
        ),
        ("+5 \"x\" for each p where s between 5 and 9 once", "s between 5 and 9", "`where (s between 5 and 9)`"),
        ("+5 \"x\" for each p where s after 2026-01-01 once", "s after 2026-01-01", "`where (s after 2026-01-01)`"),
        ("+5 \"x\" for each p where s + 5 > 9 once", "s + 5 > 9", "`where (s + 5 > 9)`"),
        ("+5 \"x\" for each p where s > 5 + 9 once", "s > 5 + 9", "`where (s > 5 + 9)`"),
        ("+5 \"x\" when", "when", ""),
        ("+5 \"x\" for each p where a is \"x\" and b once", "a is \"x\" and b", "`where (a is \"x\" and b)`"),
        ("+5 \"x\" for every click", "click", "`for each click`"),
        ("+5 \"x\" for each week with 3 click", "with 3 click", "`with at least 3 click`"),
        ("+5 \"x\" when a mentions \"ceo\" \"cto\"", "\"cto\"", "`\"ceo\", \"cto\"`"),
        ("+5 \"x\" when a > 10 < 20", "<", "between 10 and 20"),
        ("+5 \"x\" when created within 30 days", "within 30 days", "`in last 30 days`"),
        ("+5 \"x\" when created > 30 days ago", "created > 30 days ago", "`days since created > 30`"),
        ("+5 \"x\" when employees 50", "50", "`employees is 50`"),
        ("+5 \"x\" employees > 50", "employees", "`when employees > 50`"),
        ("+ \"x\" when a", "+", "`+10`"),
        ("points \"x\" by a\nfrom 3: +3", "a", "`{`"),
        ("points \"x\" by a {\n3-5: +3\n}", "3-5:", "`from 3:`"),
        ("group Seniority highest only {\n+1\n}", "Seniority", "`\"Seniority\"`"),
        ("group \"x\" highest onlly {\n+1\n}", "onlly", "`only`"),
        ("group \"x\" counts 30 {\n+1\n}", "30", "`30%`"),
        ("grup \"x\" {\n+1\n}", "grup", "`group`"),
        ("points \"x\" by a {\nfrom 10: 5\n}", "5", "`+5`"),
        ("points \"x\" by a {\n\"US\" +5\n}", "+", "`\"US\": +5`"),
        ("points \"x\" by a {\n\"US\": +5, \"CA\": +3\n}", "\"CA\"", "on a line of its own"),
    ];
    let mut wrong = Vec::new();
    for (rule, place, help) in cases {
        let text = format!("score s {{\n  +1 \"before\"\n  {rule}\n  +2 \"after\"\n}}\n");
        check(&text, place, help, &mut wrong);
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn common_mistakes_in_statements_are_known() {
    let cases: &[(&str, &str, &str)] = &[
        ("scor fit {\n  +1 when a\n}", "scor", "`score`"),
        ("rules fit {\n  +1 when a\n}", "rules", "begins with one of"),
        ("score fit\n  +1 when a\n  +2 when b\n}", "fit", "`{`"),
        ("score fit {\n  +1 when a\n  group \"x\" highest only\n    +2 when b\n  }\n}", "only", "`{`"),
        ("score fit {\n  group \"x\" {\n    +2 when b\n}", "{", "`}`"),
        ("score fit {\n  +1 when a\nbands fit { A from 3 }", "{", "`}`"),
        ("lead { from text }", "from", "`` `from` ``"),
        ("lead {\n  email text\n  from text\n}", "from", "`` `from` ``"),
        ("lead { email string }", "string", "`text`"),
        ("lead { email text phone text }", "phone", "after a comma"),
        ("lead { email text requird }", "requird", "`required`"),
        ("lead { email text column Title }", "Title", "`\"Title\"`"),
        ("event a caled \"b\"", "caled", "`called`"),
        ("list a = b", "b", "quotes"),
        ("list a = \"x\" \"y\"", "\"y\"", ""),
        ("list a \"x\"", "\"x\"", "`= "),
        ("score fit Fit {\n+1\n}", "Fit", "`\"Fit\"`"),
        ("score fit from 0 too 60 {\n+1\n}", "too", "`to`"),
        ("exclude Rival when a", "Rival", "`\"Rival\"`"),
        ("threshold mql if total > 3", "if", "when"),
        ("threshold mql when total > 3 untill a", "untill", "`until`"),
        ("bands fit { A 40, B from 20 }", "A 40", "`A from 40`"),
        ("bands fit { A from 40 B from 20 }", "B", "comma"),
        ("matrix m by a, b {\n x y\n A P1 \"P2\"\n}", "P1", "quotes"),
        ("test \"x\" {\n  expct a\n}", "expct", "`expect`"),
        ("test \"x\" {\n  lead { id 1 title \"x\" }\n}", "title", "comma"),
        ("test \"x\" {\n  event a 2 dayz ago\n}", "dayz", "`2 days`"),
        ("test \"x\" {\n  cases {\n    a | b\n    \"x\" | | 3\n  }\n}", "|", "missing"),
        ("define a = b and c or d and e", "or", "`(b and c) or (d and e)` or `b and (c or d) and e`"),
        (
            "define a = b is \"x\" or c > 3 and not d",
            "and",
            "`b is \"x\" or (c > 3 and not d)` or `(b is \"x\" or c > 3) and not d`",
        ),
        ("bands fit { A+ from 3 }", "+", "`\"A+\"`"),
        ("test \"x\" {\n  lead id 3\n}", "id", "lead { id"),
        ("define a: b > 3", ":", "`a = b`"),
        ("threshold t when a > 50 then do \"x\"", "then", "leave it out"),
        ("use lists", "lists", "`\"lists\"`"),
        ("else {\n}", "else", ""),
        ("lead { email text }}", "}", "delete it"),
        ("define a = \"x\\y\"", "\\y", "`\\\\`"),
    ];
    let mut wrong = Vec::new();
    for (statement, place, help) in cases {
        check(&format!("event one\n{statement}\nevent two\n"), place, help, &mut wrong);
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn check(text: &str, place: &str, help: &str, wrong: &mut Vec<String>) {
    let (_, mistakes) = parsed(text);
    let fits = mistakes.len() == 1
        && text.get(mistakes[0].span().range()) == Some(place)
        && mistakes[0].help.as_deref().is_some_and(|found| found.contains(help));
    if !fits {
        wrong.push(format!("── {text}   wanted {place:?} and {help:?}\n{}", shown(text, &mistakes)));
    }
}

#[test]
fn an_unknown_mistake_is_told_with_what_may_stand_there() {
    let (place, mistake) = mistake("score s {\n  +5 \"x\" when phone is known 7\n}\n");
    assert_eq!(place, "7");
    assert_eq!(mistake.message, "this line is not understood from `7` on");
    assert!(mistake.help.unwrap().contains("`and` or `or` with another condition"));
}
