//! Sessions without a terminal.

use super::folder;
use crate::harness::{Finished, Folder, score};

fn session(folder: &Folder, lines: &str) -> Finished {
    score("repl model.score leads.csv --events events.csv --as-of 2026-01-31")
        .in_folder(folder)
        .reading(lines)
        .succeeds()
}

fn shows(lines: &str, expected: &str) {
    assert_eq!(session(&folder(), lines).output, expected, "{lines}");
}

#[test]
fn a_lead_and_what_a_change_moves() {
    // CEO gives 20, and 250 employees are large: 5. Three times pricing would be 30, the limit is 30.
    shows(
        "lead { title \"CEO\", employees 250 }\ntitle = missing\n",
        "fit         25 A\nengagement  0\ntotal       25 warm\npriority    P2\nmql         not met\nreachable   not met\n\
         fit       25 A → 5 B  (-20)\ntotal     25 warm → 5 cold  (-20)\npriority  P2 → P4\n",
    );
}

#[test]
fn events_are_added_and_taken_back() {
    shows(
        "lead { title \"CEO\" }\nevent page_view 2 days ago {\n  path \"/pricing\"\n}\n:undo\n:undo\n",
        "fit         20 A\nengagement  0\ntotal       20 warm\npriority    P2\nmql         not met\nreachable   not met\n\
         engagement  0 → 10  (+10)\ntotal       20 warm → 30 warm  (+10)\n\
         engagement  10 → 0  (-10)\ntotal       30 warm → 20 warm  (-10)\n\
         fit       20 A → 0 B  (-20)\ntotal     20 warm → 0 cold  (-20)\npriority  P2 → P4\n",
    );
    let nothing = score("repl model.score --eval :undo").in_folder(&folder()).ends_with(1);
    assert_eq!(nothing.output, "error: there is nothing to take back\n");
}

#[test]
fn a_rule_is_tried_on_the_lead_and_on_all() {
    // L1 and L3 consent; L3 is excluded, so its scores stay 0.
    let output = session(&folder(), ":pick L1\n+7 \"Agreed\" when consent\nfit\n").output;
    assert!(output.contains("tried in `fit`, not kept\n+7 Agreed: `consent` is yes\n"), "{output}");
    assert!(output.contains("fit    25 A → 32 A  (+7)"), "{output}");
    assert!(output.contains("fit  changes for 1 of 4 leads (25.0%), by +7 on average\n"), "{output}");
    assert!(output.ends_with("25 A\n"), "{output}");
}

#[test]
fn a_rule_goes_into_the_score_that_is_named() {
    let output = session(&folder(), "event page_view 1 day ago\nengagement: +2 for each page_view\n").output;
    assert!(output.contains("tried in `engagement`, not kept\n+2 +2 for each page_view: 1 event\n"), "{output}");
}

#[test]
fn expressions_and_the_parts_of_conditions() {
    shows(
        "lead { title \"CEO\", employees 250 }\n:reset\n",
        "fit         25 A\nengagement  0\ntotal       25 warm\npriority    P2\nmql         not met\nreachable   not met\n\
         fit         0 B\nengagement  0\ntotal       0 cold\npriority    P4\nmql         not met\nreachable   not met\n",
    );
    shows("employees * 2\n\"a\"\n2 + 3 * 4\nband of fit\n", "missing\n\"a\"\n14\nB\n");
    shows(
        "title is missing and (consent or employees >= 50)\n",
        "does not hold\n  ✓ `title is missing`: `title` is missing\n  ✗ any of\n    ✗ `consent` is missing\n    \
         ✗ `employees >= 50`: `employees` is missing\n",
    );
}

#[test]
fn questions_about_the_lead() {
    let lines = ":pick L2\n:why fit\n:why not \"Large\"\n:why mql\n:when total >= 40 ends\n:toward mql\n";
    let output = session(&folder(), lines).output;
    // CTO is 20; a small company gives nothing; two visits of pricing are 20, which make 40 with the 20 of fit.
    assert!(output.contains("Fit  20 A\n  Seniority     +20\n    Executive   +20  ████"), "{output}");
    assert!(output.contains("Large gives nothing\n  `size is \"large\"`: `size` is \"small\"\n"), "{output}");
    assert!(output.contains("`mql` is met: `total >= 40`: `total` is 40\n"), "{output}");
    assert!(output.contains("it does not end within 3 years if nothing more happens\n"), "{output}");
    assert!(output.contains("holds already\n"), "{output}");
}

#[test]
fn a_window_ends_when_it_is_over() {
    let folder = Folder::empty().with(
        "model.score",
        "lead { id text key }\nevent demo\nscore s { +10 \"Demo\" when any demo in last 30 days }\nthreshold hot when s >= 10\n",
    );
    let run = score("repl model.score --as-of 2026-01-31T12:00:00Z").in_folder(&folder);
    let output =
        run.reading("event demo on 2026-01-11T12:00:00Z\n:when hot ends\n:when hot begins\n").ends_with(1).output;
    // The window holds its last instant: it is over a microsecond after the 10th of February at noon.
    assert!(output.contains("it ends on 2026-02-10 at 12:00 (UTC), in 10 days\n"), "{output}");
    assert!(output.contains("error: it holds already\n"), "{output}");
}

#[test]
fn the_smallest_changes_toward_a_threshold() {
    let output = session(&folder(), "lead { title \"CEO\", employees 250 }\n:toward mql\n").output;
    // 25 of 40: two visits of pricing. One is not enough.
    let visit = "event page_view 0 days ago { path \"/pricing\" }";
    let found = format!(
        "  1.  {visit}\n      {visit}\n      engagement 0 → 20, total 25 warm → 45 hot, priority P2 → P1, mql not met → met\n"
    );
    assert!(output.contains(&found), "{output}");
}

#[test]
fn what_can_never_be_is_said_so() {
    let output = session(&folder(), ":toward fit > 30\n").output;
    assert!(output.starts_with("no lead can meet it: that is proved\n"), "{output}");
}

#[test]
fn questions_about_all_leads() {
    shows(
        ":find total >= 20\n",
        "2 leads of 4 (50.0%)\n      fit   engagement  total    priority  mql      reachable\n  \
         L1  25 A  0           25 warm  P2        not met  met\n  L2  20 A  20          40 hot   P1        met      not met\n",
    );
    let output = session(&folder(), ":top 1\n:spread\n:rules fit\n").output;
    assert!(output.contains("  L2  20 A  20          40 hot  P1        met  not met\n"), "{output}");
    assert!(output.contains("  excluded  1   25.0%"), "{output}");
    assert!(output.contains("mql  met by 1 lead (25.0%)\n"), "{output}");
    // L1 and L2 have such a title; L3 is a student.
    assert!(output.contains("  Executive          ·  2 of 4 (50.0%)\n"), "{output}");
}

#[test]
fn time_can_be_turned() {
    let output = session(&folder(), ":as of 2026-01-05\n:pick L2\n:as of\n:timeline 3 days engagement\n").output;
    // Before noon in Madrid on the 5th, one visit; the others lie ahead.
    assert!(output.contains("engagement  10\n") && output.contains("\n2026-01-05\n"), "{output}");
    assert!(output.contains("Engagement") || output.contains("engagement"), "{output}");
}

#[test]
fn an_error_is_an_answer_and_the_exit_code() {
    let lines = "titel = \"x\"\n:spraed\n:pick L9\nlead { title 3 }\nfit +\nfit\n";
    let finished = score("repl model.score leads.csv").in_folder(&folder()).reading(lines).ends_with(1);
    let output = finished.output;
    assert!(output.contains("help: did you mean `title`?"), "{output}");
    assert!(output.contains("help: did you mean `:spread`?"), "{output}");
    assert!(output.contains("error: there is no lead `L9` in the leads file"), "{output}");
    assert!(output.contains("`title` is a text, and `3` is not"), "{output}");
}

#[test]
fn one_command_is_enough() {
    let folder = folder();
    let finished = score("try model.score --eval")
        .word("lead { title \"CEO\" }")
        .word("--eval")
        .word("fit + 1")
        .in_folder(&folder);
    assert!(finished.succeeds().output.ends_with("mql         not met\nreachable   not met\n21\n"));
    score("repl model.score --eval :nothing").in_folder(&folder).ends_with(1);
    score("repl none.score --eval fit").in_folder(&folder).ends_with(2);
    score("repl - --eval fit").in_folder(&folder).ends_with(2);
}

#[test]
fn without_a_model_the_first_one_is_tried() {
    let output = score("repl --eval :rules").succeeds().output;
    assert!(output.lines().count() > 3, "{output}");
}

#[test]
fn rules_that_are_wrong_are_shown_as_by_check() {
    let folder = Folder::empty().with("model.score", "score fit { +10 when titel is known }\n");
    let said = score("check model.score --color never").in_folder(&folder).ends_with(1).output;
    let finished = score("repl model.score --eval fit --color never").in_folder(&folder).ends_with(1);
    assert_eq!(finished.messages.trim(), said.trim());
}

#[test]
fn every_command_answers() {
    let folder = folder();
    for line in [
        ":fields",
        ":lint",
        ":plan",
        ":diff",
        ":help",
        ":help top",
        ":lead",
        ":rules",
        ":why",
        ":why priority",
        ":why big",
    ] {
        let output = session(&folder, line).output;
        assert!(!output.trim().is_empty(), "{line}");
    }
    assert_eq!(session(&folder, ":quit\n:nothing\n").output, "");
}
