//! Lines, blanks, comments, names.

use super::{FORMS, MODEL, mistake, parsed, tree};
use crate::diagnostics::code::syntax as codes;
use crate::syntax::tree::{ScoreBody, StatementKind};

#[test]
fn the_whole_model_and_every_form_are_read() {
    // counted in the text: model, lead, 7 events, 2 lists, lookup, exclude, 3 scores, 2 bands, matrix, threshold, test
    assert_eq!(tree(MODEL).statements.len(), 21);
    tree(FORMS);
}

#[test]
fn windows_line_ends_tabs_and_a_mark_at_the_start_change_nothing() {
    let odd = format!("\u{feff}{}", MODEL.replace('\n', "\r\n").replace("  ", "\t"));
    assert_eq!(tree(&odd).statements.len(), 21);
}

#[test]
fn a_file_may_be_empty() {
    assert!(tree("").statements.is_empty());
    assert_eq!(tree("# only a comment\n").comments.len(), 1);
}

#[test]
fn comments_know_whether_they_have_a_line_of_their_own() {
    let file = tree("# one\nevent a # two\n  # three\n");
    let own: Vec<bool> = file.comments.iter().map(|comment| comment.own_line).collect();
    assert_eq!(own, [true, false, true]);
}

#[test]
fn rules_end_at_lines_that_begin_another() {
    let file = tree(
        "score s {\n  +1 \"a\"\n    when x or\n    y\n  -2\n  first +1 then +2 for each z\n  +3 when (a\n  - b) > 3\n}\n",
    );
    let StatementKind::Score(score) = &file.statements[0].kind else { panic!("a score") };
    let ScoreBody::Rules(items) = &score.body else { panic!("with rules") };
    assert_eq!(items.len(), 4);
}

#[test]
fn a_comma_goes_on_before_a_value_and_ends_an_item_before_a_name() {
    let file = tree("test \"t\" { lead { tags \"a\", \"b\", consent yes,\n vip no }, expect a }\n");
    let StatementKind::Test(test) = &file.statements[0].kind else { panic!("a test") };
    let crate::syntax::tree::TestPart::Lead(given, _) = &test.parts[0] else { panic!("a lead") };
    let counts: Vec<usize> = given.iter().map(|given| given.values.len()).collect();
    assert_eq!(counts, [2, 1, 1]);
    assert_eq!(test.parts.len(), 2);
}

#[test]
fn most_words_can_be_names_and_a_few_cannot() {
    for word in
        ["type", "owner", "date", "count", "value", "highest", "points", "score", "last", "known", "decay", "at", "day"]
    {
        tree(&format!(
            "lead {{\n  {word} text\n}}\ndefine x = {word} is \"a\"\ndefine y = {word} > 3 and not {word} is missing\n"
        ));
    }
    for word in crate::syntax::words::RESERVED {
        let (place, mistake) = mistake(&format!("define {word} = 3\n"));
        assert_eq!((place.as_str(), mistake.code), (*word, codes::RESERVED_NAME), "{word}");
        tree(&format!("define `{word}` = 3\n"));
    }
}

#[test]
fn five_mistakes_are_five_messages_each_at_its_place() {
    let text = "\
lead {
  email string
  phone text
}
define home = country is United States
scor fit {
  +20 \"x\" when y
}
score engagement {
  20 \"Demo\" when any demo_request
  +5 \"Ok\" when phone is known
  +5 \"Fine\" when a and b or c
}
define last = phone is \"x
define good = phone is \"x\"
";
    let (file, mistakes) = parsed(text);
    let found: Vec<&str> = mistakes.iter().map(|mistake| &text[mistake.span().range()]).collect();
    assert_eq!(found, ["string", "United States", "scor", "20", "or", "\""]);
    // lead, score and the last define; the mistaken defines and `scor` are left out
    assert_eq!(file.statements.len(), 3);
}

#[test]
fn legal_lines_go_on_with_any_word_of_the_language() {
    tree(
        "define a = created in last 30\n  weeks\nscore s rounded to 2\n  decimals {\n+( a + b )\n  \"x\"\n  when any c in last 3\n  minutes\n+1 for each c at most 3\n  times\n}\n",
    );
}

#[test]
fn a_misspelt_statement_does_not_run_into_the_one_above() {
    for above in
        ["define a = b is known", "define a = b in last 30 days", "define a = b is yes", "use \"shared.score\""]
    {
        let (place, _) = mistake(&format!("{above}\nscor fit {{\n+1\n}}\n"));
        assert_eq!(place, "scor", "{above}");
    }
}
