//! `score run`

use super::sample;
use crate::harness::{Finished, Folder, score};

const RUN: &str = "run model.score leads.csv --events events.csv --as-of 2026-01-31T12:00:00Z";

fn run_in(folder: &Folder, flags: &str) -> Finished {
    score(&format!("{RUN} {flags}")).in_folder(folder).succeeds()
}

/// L1: 20 (the higher of 20 and 15) + 5 and two pricing views, the third is after `as of`. L2: 20 and one view. L3 is
/// excluded. L4 has nothing.
#[test]
fn columns_stand_in_the_order_of_declaration() {
    let expected = "\
id,fit,fit_band,engagement,total,total_band,priority,mql,mql_since,reachable,reachable_since,excluded
L1,25,A,20,45,hot,P1,true,2026-01-31T12:00:00Z,true,2026-01-31T12:00:00Z,
L2,20,A,10,30,warm,P2,false,,false,,
L3,0,excluded,0,0,excluded,excluded,false,,false,,Student
L4,0,B,0,0,cold,P4,false,,false,,
";
    assert_eq!(run_in(&sample(), "").output, expected);
}

/// A bare date is its last microsecond in the model's zone: Madrid is an hour ahead of UTC in winter.
#[test]
fn as_of_a_bare_date_is_its_end() {
    let finished = score("run model.score leads.csv --as-of 2026-01-31").in_folder(&sample()).succeeds();
    assert!(finished.output.contains("true,2026-01-31T22:59:59.999999Z"), "{}", finished.output);
}

#[test]
fn numbers_and_missing_cells_in_json() {
    let output = run_in(&sample(), "--format ndjson --keep big size source").output;
    let last = output.lines().last().unwrap();
    assert_eq!(
        last,
        r#"{"id":"L4","fit":0,"fit_band":"B","engagement":0,"total":0,"total_band":"cold","priority":"P4","mql":false,"mql_since":null,"reachable":false,"reachable_since":null,"excluded":null,"big":false,"size":null,"source":"web"}"#
    );
}

#[test]
fn a_field_is_kept_by_its_name() {
    let output = run_in(&sample(), "--keep title source --top 1").output;
    let rows: Vec<&str> = output.lines().collect();
    assert!(rows[0].ends_with(",excluded,title,source"), "{output}");
    assert!(rows[1].ends_with(",CEO,fair"), "{output}");
}

/// The largest magnitude first; the rule that the choice dropped is no reason.
#[test]
fn reasons_are_the_rules_that_weigh_most() {
    let output = run_in(&sample(), "--reasons 3").output;
    let reasons: Vec<String> =
        output.lines().map(|line| line.split(',').skip(12).collect::<Vec<_>>().join(",")).collect();
    assert_eq!(
        reasons,
        ["reason_1,reason_2,reason_3", "+20 Executive,+20 Pricing,+5 Large", "+20 Executive,+10 Pricing,", ",,", ",,"]
    );
}

#[test]
fn rows_are_chosen_sorted_and_cut() {
    let folder = sample();
    let keys = |flags: &str| -> Vec<String> {
        let output = run_in(&folder, flags).output;
        output.lines().skip(1).map(|line| line.split(',').next().unwrap().to_string()).collect()
    };
    assert_eq!(keys("--only 'total >= 30'"), ["L1", "L2"]);
    assert_eq!(keys("--only 'not excluded and employees is known'"), ["L1", "L2"]);
    assert_eq!(keys("--sort engagement"), ["L3", "L4", "L2", "L1"]);
    assert_eq!(keys("--sort -engagement"), ["L1", "L2", "L3", "L4"]);
    assert_eq!(keys("--top 2"), ["L1", "L2"]);
    assert_eq!(keys("--sort id --top 3"), ["L1", "L2", "L3"]);
    assert_eq!(keys("--sort -excluded --top 2"), ["L3", "L1"]);
}

#[test]
fn wrong_flags_say_what_to_write() {
    let folder = sample();
    let said = |flags: &str| score(&format!("{RUN} {flags}")).in_folder(&folder).ends_with(2).messages;
    assert!(said("--sort totl").contains("did you mean `total`?"));
    assert!(said("--only 'totl > 5'").contains("`total`"));
    assert!(said("--keep sorce").contains("`source`"));
    assert!(said("--keep fit").contains("in the output already"));
    assert!(said("--events page_vew=events.csv").contains("page_view=events.csv"));
    assert!(said("--changes changes.ndjson").contains("--previous"));
    assert!(said("--output out.xlsx").contains("--format"));
    assert!(said("--output a.csv --rejects a.csv").contains("same place"));
    assert_eq!(folder.names(), ["events.csv", "leads.csv", "model.score"]);
}

/// L1 stays since before and keeps its instant; L2 has 30, which is no longer 40 but not below 25, so it stays met; L4
/// met it and leaves it.
#[test]
fn previous_results_hold_thresholds_and_tell_changes() {
    let previous = "\
id,total_band,fit_band,mql,mql_since,reachable
L1,hot,A,true,2025-12-24T00:00:00Z,true
L2,hot,A,true,2025-12-25T00:00:00Z,false
L4,warm,B,true,2025-12-26T00:00:00Z,false
";
    let folder = sample().with("last.csv", previous);
    let finished = run_in(&folder, "--previous last.csv --changes changes.ndjson");
    let since: Vec<&str> = finished.output.lines().map(|line| line.split(',').nth(8).unwrap()).collect();
    assert_eq!(since, ["mql_since", "2025-12-24T00:00:00Z", "2025-12-25T00:00:00Z", "", ""]);
    let expected = r#"{"lead":"L2","score":"total","change":"moved","from":"hot","to":"warm","action":null,"as_of":"2026-01-31T12:00:00Z"}
{"lead":"L3","score":"fit","change":"moved","from":null,"to":"excluded","action":null,"as_of":"2026-01-31T12:00:00Z"}
{"lead":"L3","score":"total","change":"moved","from":null,"to":"excluded","action":null,"as_of":"2026-01-31T12:00:00Z"}
{"lead":"L4","threshold":"mql","change":"left","action":null,"as_of":"2026-01-31T12:00:00Z"}
{"lead":"L4","score":"total","change":"moved","from":"warm","to":"cold","action":null,"as_of":"2026-01-31T12:00:00Z"}
"#;
    assert_eq!(folder.read("changes.ndjson"), expected);
}

/// The output of a run is what `--previous` reads, in every format that can be read.
#[test]
fn a_run_can_follow_its_own_output() {
    let folder = sample();
    for ending in ["csv", "tsv", "ndjson", "json", "parquet", "csv.gz", "ndjson.zst"] {
        run_in(&folder, &format!("--output last.{ending}"));
        let next = format!("run model.score leads.csv --events events.csv --as-of 2026-02-28 --previous last.{ending}");
        score(&next).word("--changes").word("changes.ndjson").in_folder(&folder).succeeds();
        assert_eq!(folder.read("changes.ndjson"), "", "{ending}");
    }
}

#[test]
fn the_summary_counts() {
    let messages = run_in(&sample(), "").messages;
    for line in [
        "leads   4 read, 4 scored, 0 rejected",
        "events  7 read, 5 used, 2 unknown",
        "        1 of leads that are not in the leads file",
        "        of types the model does not declare: `Bounced` 1",
        "        1 excluded: Student",
        "Lead score: 0 to 45",
        "  hot           1   25.0%",
        "  Qualified          1   25.0%",
    ] {
        assert!(messages.contains(line), "{line}\n{messages}");
    }
    assert!(messages.contains("threshold `mql` has `until`"), "{messages}");
    assert_eq!(run_in(&sample(), "--quiet").messages, "");
}

#[test]
fn outputs_do_not_overwrite_what_is_read() {
    let folder = sample().with("last.csv", "id,mql,total_band,fit_band,reachable\nL1,true,hot,A,true\n");
    for (flags, said) in [
        ("--output leads.csv", "`--output` would overwrite `leads.csv`, which is read as leads"),
        ("--output ./events.csv", "`--output` would overwrite `events.csv`, which is read as events"),
        ("--output model.score --format csv", "`--output` would overwrite `model.score`, which is read as rules"),
        ("--rejects leads.csv", "`--rejects` would overwrite `leads.csv`"),
        ("--previous last.csv --changes last.csv", "`--changes` would overwrite `last.csv`, which is read as previous"),
    ] {
        let finished = score(&format!("{RUN} {flags}")).in_folder(&folder).ends_with(2);
        assert!(finished.messages.contains(said), "{flags}: {}", finished.messages);
    }
    run_in(&folder, "--previous last.csv --output last.csv");
    assert!(folder.read("last.csv").starts_with("id,fit,"));
    assert!(folder.read("leads.csv").starts_with("id,Job Title,"));
}

#[test]
fn a_model_may_come_from_standard_input() {
    let folder = sample();
    let run = score("run - leads.csv --stdin-name rules/model.score").in_folder(&folder).reading(super::MODEL);
    assert!(run.succeeds().output.starts_with("id,fit,"));
    score("run - -").in_folder(&folder).ends_with(2);
}

#[test]
fn files_in_the_wrong_order_are_known() {
    let finished = score("run leads.csv model.score").in_folder(&sample()).ends_with(2);
    assert!(finished.messages.contains("`leads.csv` looks like data, not rules"), "{}", finished.messages);
    assert!(finished.messages.contains("rule file comes first: `model.score leads.csv`"), "{}", finished.messages);
    let dates = sample().with("leads.csv", "id,created\n1,05/01/2026\n");
    let finished = score("run leads.csv model.score").in_folder(&dates).ends_with(2);
    assert!(finished.messages.contains("looks like data"), "{}", finished.messages);
    let finished = score("check leads.csv").in_folder(&sample()).ends_with(2);
    assert!(finished.messages.contains("`leads.csv` looks like data, not rules"), "{}", finished.messages);
    let finished = score("run model.score .").in_folder(&sample()).ends_with(2);
    assert!(finished.messages.contains("it is a folder"), "{}", finished.messages);
}

#[test]
fn numbers_of_flags_are_explained() {
    for flags in ["--top x", "--top -1", "--top 0", "--threads 0", "--threads 1.5"] {
        let finished = score(&format!("{RUN} {flags}")).in_folder(&sample()).ends_with(2);
        assert!(finished.messages.contains("write a whole number, 1 or more"), "{flags}: {}", finished.messages);
    }
    let finished = score("run model.score --keep title leads.csv").in_folder(&sample()).ends_with(2);
    assert!(finished.messages.contains("write `--keep=NAME`"), "{}", finished.messages);
}

#[test]
fn previous_results_of_something_else_are_noticed() {
    let said = |previous: &str, code: i32| {
        let folder = sample().with("last.csv", previous);
        score(&format!("{RUN} --previous last.csv")).in_folder(&folder).ends_with(code).messages
    };
    let messages = said("id,Job Title\nL1,CEO\n", 2);
    assert!(messages.contains("`last.csv`: it has no column `mql`, nor another"), "{messages}");
    let messages = said("id,mql,fit_band,total_band\nL1,true,A,hot\n", 0);
    assert!(messages.contains("warning: `last.csv` has no column `reachable`, so no lead"), "{messages}");
    let messages = said("id,mql,mql_since,reachable,fit_band,total_band\nL1,true,2027-01-01,true,A,hot\n", 0);
    assert!(messages.contains("met since 2027-01-01T00:00:00Z, which is later"), "{messages}");
}

#[test]
fn events_of_rejected_leads_are_told_as_such() {
    let folder = sample().with("leads.csv", "id,employees\nL1,many\n");
    let messages = run_in(&folder, "--rejects bad.csv").messages;
    assert!(messages.contains("of leads that are not in the leads file, or rejected"), "{messages}");
}

/// L1 has one visit (5 points) and one whose time cannot be read. Its second row takes nothing from the first, in the
/// same block or in a later one: rows of 1,000 bytes fill many blocks.
#[test]
fn a_second_row_of_a_lead_takes_no_events_away() {
    let rules = "lead { id text key }\nevent visit { }\nscore s { +5 \"Visit\" for each visit }\n";
    let events = "{\"lead_id\":\"L1\",\"type\":\"visit\",\"at\":\"2026-01-01\"}\n\
        {\"lead_id\":\"L1\",\"type\":\"visit\",\"at\":\"soon\"}\n";
    let far =
        (0..4_000).fold("id,note\nL1,\n".to_owned(), |rows, lead| format!("{rows}X{lead},{}\n", "n".repeat(1_000)));
    for leads in ["id\nL1\nL2\nL1\n".to_owned(), far + "L1,\n"] {
        let folder = Folder::empty().with("m.score", rules).with("l.csv", &leads).with("e.ndjson", events);
        let run = "run m.score l.csv --events e.ndjson --as-of 2026-01-31 --rejects bad.csv --threads 3";
        let finished = score(run).in_folder(&folder).succeeds();
        assert!(finished.output.starts_with("id,s\nL1,5\n"), "{}", finished.output.lines().take(3).collect::<String>());
        assert!(finished.messages.contains("2 read, 1 used, 0 unknown, 1 rejected"), "{}", finished.messages);
        let bad = folder.read("bad.csv");
        let reasons = ["the key of an earlier row", "`soon` is not a date"].map(|reason| bad.matches(reason).count());
        assert_eq!(reasons, [1, 1], "{bad}");
    }
}

/// The row, its line, and what to declare; events say it of their own columns.
#[test]
fn bad_rows_come_with_what_to_declare() {
    let folder = sample().with("leads.csv", "id,employees\n\"L\n1\",5\nL2,\"12,5\"\n");
    let messages = score(RUN).in_folder(&folder).ends_with(3).messages;
    assert!(messages.contains("leads.csv, row 2 (line 4), column `employees`: `12,5` is not a number"), "{messages}");
    assert!(messages.contains("declare `number as \"1.234,56\"`"), "{messages}");
    assert!(messages.contains("what went to standard output is not whole"), "{messages}");
    let model = super::MODEL.replace("event page_view {", "events { at column \"at\" in seconds }\nevent page_view {");
    let folder =
        sample().with("model.score", model).with("events.csv", "lead_id,type,at\nL1,page_view,1767225600000\n");
    let messages = score(RUN).in_folder(&folder).ends_with(3).messages;
    assert!(messages.contains("declare `at column \"at\" in milliseconds`"), "{messages}");
}

/// Batches of leads that end anywhere, on any number of threads.
#[test]
fn threads_do_not_change_a_byte() {
    let rows: String = (0..1000).map(|number| format!("L{number},,{number},yes,\n")).collect();
    let folder = sample().with("leads.csv", format!("id,Job Title,employees,consent,source\n{rows}"));
    let one = run_in(&folder, "--threads 1 --sort -fit --top 700");
    let five = run_in(&folder, "--threads 5 --sort -fit --top 700");
    assert_eq!(one.output, five.output);
    assert_eq!(one.messages, five.messages);
}

#[test]
fn rows_of_events_that_cannot_be_read_stop_the_run() {
    let folder = sample().with("events.csv", "lead_id,type,at,path\nL1,page_view,yesterday,/\n");
    let finished = score(RUN).in_folder(&folder).ends_with(3);
    assert!(
        finished.messages.contains("events.csv") && finished.messages.contains("`yesterday`"),
        "{}",
        finished.messages
    );
    let finished = score(&format!("{RUN} --rejects bad.csv")).in_folder(&folder).succeeds();
    assert!(finished.messages.contains("1 rejected"), "{}", finished.messages);
    assert!(folder.read("bad.csv").contains("yesterday"));
}

/// Ctrl-C while it waits for input that does not come: it ends all the same, and leaves nothing.
#[cfg(unix)]
#[test]
fn an_interrupt_ends_waiting() {
    let folder = sample();
    let mut command = score("run model.score - --leads-format csv --output out.csv").in_folder(&folder).command();
    let mut child = command.stdin(std::process::Stdio::piped()).stderr(std::process::Stdio::null()).spawn().unwrap();
    let rows = "id,employees\n".to_string() + &"x,".repeat(200_000);
    std::io::Write::write_all(child.stdin.as_mut().unwrap(), &rows.as_bytes()[..60_000]).unwrap();
    std::thread::sleep(std::time::Duration::from_millis(300));
    std::process::Command::new("kill").args(["-INT", &child.id().to_string()]).status().unwrap();
    assert_eq!(child.wait().unwrap().code(), Some(130));
    assert_eq!(folder.names(), ["events.csv", "leads.csv", "model.score"]);
}
