//! The session, typed to: completion, hints and colours, which need no terminal.
#![allow(clippy::unwrap_used)]

use super::complete::complete;
use super::highlight::highlight;
use super::hint::hint;
use super::opened::Stamps;
use super::typed::commands_in;
use super::{Look, Opened, Session};
use crate::source::Memory;
use crate::value::Instant;
use std::path::Path;

const MODEL: &str = "lead {\n  id text key\n  title text\n  industry one of \"health\", \"finance\"\n  `Lead Source` text\n}\n\
    event page_view { path text }\nlist core = \"US\"\n\
    score fit { +10 \"Has a title\" when title is known }\nthreshold mql when fit >= 10\n";

fn session() -> Session {
    let files = Memory::default().with("m.score", MODEL);
    let opened = Opened::read(&files, Path::new("m.score")).0.unwrap();
    let opened = Opened { path: None, ..opened };
    Session::new(opened, Stamps::default(), Instant(0), Look { color: false, width: 80 }, 1, None).unwrap()
}

/// What the line becomes for each proposal.
fn proposals(line: &str) -> Vec<String> {
    let (start, found) = complete(&session(), line, line.len());
    found.into_iter().map(|text| format!("{}{text}", &line[..start])).collect()
}

#[test]
fn commands_and_what_stands_behind_them() {
    assert_eq!(proposals(":sp"), [":spread "]);
    assert_eq!(proposals(":spread f"), [":spread fit"]);
    assert_eq!(proposals(":why m"), [":why mql"]);
    assert_eq!(proposals(":why not \"has"), [":why not \"Has a title\""]);
    assert_eq!(proposals(":toward m").first().unwrap(), ":toward matches");
    assert_eq!(proposals(":find indu"), [":find industry"]);
    assert_eq!(proposals(":help tow"), [":help toward"]);
}

#[test]
fn names_stand_where_they_may() {
    assert_eq!(proposals("lead { ti"), ["lead { title"]);
    assert_eq!(proposals("lead { `Le"), ["lead { `Lead Source`"]);
    assert_eq!(proposals("event pa"), ["event page_view"]);
    assert_eq!(proposals("event page_view 1 day ago { p"), ["event page_view 1 day ago { path"]);
    assert_eq!(proposals("at least 2 pa"), ["at least 2 page_view"]);
    assert_eq!(proposals("any page_view where pa"), ["any page_view where path"]);
    assert_eq!(
        proposals("title is one of co"),
        [
            "title is one of contains",
            "title is one of core",
            "title is one of count of",
            "title is one of count of known"
        ]
    );
}

#[test]
fn values_are_those_that_are_listed() {
    assert_eq!(proposals("industry = \"h"), ["industry = \"health\""]);
    assert_eq!(
        proposals("lead { title \"x\", industry \""),
        ["lead { title \"x\", industry \"finance\"", "lead { title \"x\", industry \"health\""]
    );
    assert!(proposals("title = \"").is_empty());
}

#[test]
fn hints_go_on_with_what_is_typed() {
    let mut session = session();
    session.answer("title = \"CEO\"").unwrap();
    assert_eq!(hint(&session, ":tow"), Some(("ard".to_owned(), true)));
    assert_eq!(hint(&session, ":toward "), Some(("CONDITION".to_owned(), false)));
    assert_eq!(hint(&session, ":toward mql"), None);
    assert_eq!(hint(&session, "title = "), Some(("\"CEO\"".to_owned(), true)));
    assert_eq!(hint(&session, "nothing = "), None);
}

#[test]
fn colours_take_no_room() {
    let session = session();
    for line in
        ["title is \"CEO\" and fit >= 10 # so", ":toward mql", "lead { title \"unfinished", "`Lead", "\\ ] ،", ":x"]
    {
        let colored = highlight(&session, line);
        let mut plain = String::new();
        let mut letters = colored.chars();
        while let Some(letter) = letters.next() {
            if letter == '\u{1b}' {
                letters.by_ref().find(|letter| *letter == 'm');
            } else {
                plain.push(letter);
            }
        }
        assert_eq!(plain, line);
    }
}

#[test]
fn what_is_pasted_is_cut_into_commands() {
    let pasted = "lead {\n  title \"a\"\n}\n:undo\n\nfit and\ntitle is known\n(";
    assert_eq!(commands_in(pasted), ["lead {\n  title \"a\"\n}", ":undo", "", "fit and\ntitle is known", "("]);
}

#[test]
fn nothing_that_is_typed_breaks_the_session() {
    let mut session = session();
    for line in [
        "",
        "#",
        ":",
        "::",
        "\0",
        "{",
        "}",
        "lead",
        "lead {",
        "event",
        "=",
        "a =",
        "\"",
        "`",
        "+",
        "-",
        ":why \"",
        ":top 0",
        ":save test",
        ":as of x",
        ":timeline",
        ":when",
        ":when ends",
        "expect",
        "before {",
        "points",
        "group {",
        "first +",
        "fit:",
        ":find",
        "\u{202e}",
        ":toward )",
    ] {
        let _ = session.answer(line).map_err(|wrong| wrong.shown(Look { color: true, width: 24 }));
        for cursor in 0..=line.len() {
            if line.is_char_boundary(cursor) {
                let _ = complete(&session, line, cursor);
            }
        }
        let _ = (hint(&session, line), highlight(&session, line));
    }
    assert_eq!(session.answer("1 + 1").unwrap(), "2");
}
