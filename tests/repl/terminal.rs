//! Sessions on a terminal: keys typed, screen read.

use super::folder;
use crate::harness::{Folder, Terminal, score};

const CTRL_C: &str = "\x03";
const CTRL_D: &str = "\x04";
const UP: &str = "\x1b[A";
const RIGHT: &str = "\x1b[C";

fn start(folder: &Folder) -> Terminal {
    let mut terminal = Terminal::start("repl model.score leads.csv --events events.csv --as-of 2026-01-31", folder, 80);
    terminal.shows("Sample · 4 leads").stands_at(">");
    terminal
}

#[test]
fn a_line_is_answered_and_ctrl_d_leaves() {
    let folder = folder();
    let mut terminal = start(&folder);
    terminal.enters("lead { title \"CEO\" }").shows("fit         20 A").stands_at(">");
    terminal.types(CTRL_D);
    assert_eq!(terminal.ends(), Some(0));
}

#[test]
fn ctrl_c_clears_the_line_and_the_session_goes_on() {
    let folder = folder();
    let mut terminal = start(&folder);
    terminal.types("fit + nonsense").shows("nonsense").types(CTRL_C).stands_at(">");
    terminal.enters("1 + 1").shows("\n2\n").enters(":quit");
    assert_eq!(terminal.ends(), Some(0));
}

#[test]
fn names_values_and_commands_are_completed() {
    let folder = folder();
    let mut terminal = start(&folder);
    terminal.types(":tow\t").stands_at("> :toward CONDITION").types(CTRL_C).stands_at(">");
    terminal.types("emp\t").stands_at("> employees").types(CTRL_C).stands_at(">");
    terminal
        .types("event page_view 1 day ago { p\t")
        .stands_at("> event page_view 1 day ago { path")
        .types(CTRL_C)
        .stands_at(">");
    // From the leads file.
    terminal.types("title = \"stu\t").stands_at("> title = \"student\"").types(CTRL_C).stands_at(">");
    terminal
        .types("event page_view 1 day ago { path \"/p\t")
        .stands_at("> event page_view 1 day ago { path \"/pricing\"");
    terminal.types(CTRL_C).stands_at(">");
    terminal.types(":pick L\t").shows("L1").shows("L4");
}

#[test]
fn a_block_goes_on_until_it_is_closed() {
    let folder = folder();
    let mut terminal = start(&folder);
    terminal.enters("lead {").enters("  title \"CEO\"").enters("}").shows("fit         20 A").stands_at(">");
}

/// Several lines pasted at once are answered one after another.
#[test]
fn what_is_pasted_is_answered() {
    let folder = folder();
    let mut terminal = start(&folder);
    terminal.types("\x1b[200~lead { title \"CEO\" }\rfit + 1\x1b[201~").types("\r").shows("\n21\n").stands_at(">");
}

#[test]
fn colours_and_hints_while_typing() {
    let folder = folder();
    let mut terminal = start(&folder);
    terminal.types("title is \"CEO\"").stands_at("> title is \"CEO\"");
    assert_eq!(terminal.color_of("\"CEO\""), vt100::Color::Idx(2));
    assert_eq!(terminal.color_of("is"), vt100::Color::Idx(5));
    terminal.types(CTRL_C).stands_at(">").enters("title = \"CTO\"").shows("fit").stands_at(">");
    // The value it has is proposed, and taken over.
    terminal.types("title =").stands_at("> title = \"CTO\"").types(RIGHT).types("\r").shows("nothing moved");
}

#[test]
fn a_model_that_is_saved_is_read_again() {
    let folder = folder();
    let mut terminal = start(&folder);
    terminal.enters("lead { title \"CEO\" }").shows("fit         20 A").stands_at(">");
    let text = folder.read("model.score");
    std::fs::write(folder.path("model.score"), text.replace("+20 \"Executive\"", "+33 \"Executive\"")).unwrap();
    terminal.shows("was saved; read again").shows("20 A → 33 A").stands_at(">");
    std::fs::write(folder.path("model.score"), text.replace("+20 \"Executive\"", "+twenty")).unwrap();
    terminal.shows("help").stands_at(">").enters("fit").shows("33 A");
}

#[test]
fn a_model_that_is_wrong_is_waited_for() {
    let folder = Folder::empty().with("model.score", "score fit { +10 when titel is known }\n");
    let mut terminal = Terminal::start("repl model.score", &folder, 80);
    terminal.shows("mend the file and save it").stands_at(">");
    std::fs::write(folder.path("model.score"), "lead { title text }\nscore fit { +10 when title is known }\n").unwrap();
    terminal.shows("was saved; read again").enters("title = \"x\"").shows("0 → 10");
}

#[test]
fn lines_are_kept_between_sessions() {
    let folder = folder();
    let mut terminal = start(&folder);
    terminal.enters("1 + 41").shows("\n42\n").types(CTRL_D);
    assert_eq!(terminal.ends(), Some(0));
    assert!(folder.read("data/score/history").contains("1 + 41"));
    let mut terminal = start(&folder);
    terminal.types(UP).stands_at("> 1 + 41");

    let mut terminal = Terminal::start("repl model.score --no-history", &folder, 80);
    terminal.stands_at(">").enters("2 + 2").shows("\n4\n").types(CTRL_D);
    assert_eq!(terminal.ends(), Some(0));
    assert!(!folder.read("data/score/history").contains("2 + 2"));
}

#[test]
fn a_narrow_window_is_kept_to() {
    let folder = folder();
    let mut terminal =
        Terminal::start("repl model.score leads.csv --events events.csv --as-of 2026-01-31", &folder, 30);
    terminal
        .stands_at(">")
        .enters(":pick L2")
        .shows("mql         met")
        .enters(":why fit")
        .shows("Executive")
        .stands_at(">");
    terminal.enters(":rules").shows("Pricing").enters(":top 2").shows("L1  25 A").stands_at(">");
    let screen = terminal.screen();
    assert!(screen.contains("───"), "{screen}");
    // What is drawn; a lead is shown as it is typed, however long.
    let drawn = screen.lines().skip_while(|line| *line != "> :why fit");
    assert!(drawn.clone().count() > 12 && drawn.clone().all(|line| line.chars().count() <= 30), "{screen}");
}

#[test]
fn persian_is_typed_and_shown() {
    let folder = Folder::empty().with(
        "model.score",
        "lead { شناسه text key, سمت text }\nscore تناسب { +20 \"مدیرعامل\" when سمت mentions \"مدیرعامل\" }\n",
    );
    let mut terminal = Terminal::start("repl model.score", &folder, 80);
    terminal.stands_at(">").enters("سمت = \"مديرعامل\"").shows("0 → 20").stands_at(">");
    terminal.types("سم\t").stands_at("> سمت").types(CTRL_C).stands_at(">").enters(":why تناسب").shows("مدیرعامل");
}

/// The first screen is there before anybody notices.
#[test]
fn a_session_starts_at_once() {
    let start = std::time::Instant::now();
    score("repl examples/b2b-saas/b2b-saas.score --eval fit").succeeds();
    // Unoptimised and on a busy machine; 50 milliseconds are for the program as it is released.
    assert!(start.elapsed() < std::time::Duration::from_secs(10));
}
