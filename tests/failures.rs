//! When the surroundings fail: a clear message, the right exit code, nothing half-written.

use crate::harness::{Folder, score};
use std::io::Read;
use std::process::{Command, Stdio};

const MODEL: &str =
    "lead {\n  id text key\n  employees number\n}\nscore fit {\n  +10 \"Big\" when employees >= 50\n}\n";

/// A folder with a model and `count` leads.
fn with_leads(count: usize) -> Folder {
    let rows: String = (0..count).map(|number| format!("lead-{number},{}\n", number % 100)).collect();
    Folder::empty().with("model.score", MODEL).with("leads.csv", format!("id,employees\n{rows}"))
}

#[test]
fn a_file_that_is_not_there_is_named() {
    let folder = with_leads(1);
    let finished = score("run model.score absent.csv").in_folder(&folder).ends_with(2);
    assert!(finished.messages.contains("absent.csv"), "{}", finished.messages);
    let finished = score("run absent.score leads.csv").in_folder(&folder).ends_with(2);
    assert!(finished.messages.contains("absent.score"), "{}", finished.messages);
    let finished = score("check absent.score").in_folder(&folder).ends_with(2);
    assert!(finished.messages.contains("absent.score"), "{}", finished.messages);
}

#[test]
fn an_output_path_that_is_a_folder_is_refused() {
    let folder = with_leads(1).with("out/keep.txt", "x");
    let finished = score("run model.score leads.csv --output out --format csv").in_folder(&folder).ends_with(2);
    assert!(finished.messages.contains("out"), "{}", finished.messages);
    assert_eq!(folder.names(), ["leads.csv", "model.score", "out"]);
}

#[test]
fn an_output_folder_that_is_not_there_is_named() {
    let folder = with_leads(1);
    let finished = score("run model.score leads.csv --output no/out.csv").in_folder(&folder).ends_with(2);
    assert!(finished.messages.contains("no"), "{}", finished.messages);
}

#[test]
fn a_bad_row_leaves_no_output() {
    let folder = with_leads(0).with("leads.csv", "id,employees\na,5\nb,many\n");
    let finished = score("run model.score leads.csv --output out.csv").in_folder(&folder).ends_with(3);
    assert!(finished.messages.contains("row 2") && finished.messages.contains("`employees`"), "{}", finished.messages);
    assert!(finished.messages.contains("many"), "{}", finished.messages);
    assert!(finished.messages.contains("nothing was written"), "{}", finished.messages);
    assert_eq!(folder.names(), ["leads.csv", "model.score"]);
}

#[test]
fn at_most_twenty_bad_rows_are_shown() {
    let rows: String = (0..30).map(|number| format!("{number},many\n")).collect();
    let folder = with_leads(0).with("leads.csv", format!("id,employees\n{rows}"));
    let finished = score("run model.score leads.csv").in_folder(&folder).ends_with(3);
    assert_eq!(finished.messages.matches("`many`").count(), 20, "{}", finished.messages);
}

#[test]
fn rejects_take_the_bad_rows_and_the_run_goes_on() {
    let folder = with_leads(0).with("leads.csv", "id,employees\na,60\nb,many\n,7\nc,1\na,2\n");
    let finished = score("run model.score leads.csv --output out.csv --rejects bad.csv").in_folder(&folder).succeeds();
    assert_eq!(folder.read("out.csv"), "id,fit\na,10\nc,0\n");
    let rejects = folder.read("bad.csv");
    assert_eq!(rejects.lines().count(), 4, "a header and three rows\n{rejects}");
    assert!(rejects.contains("b,many"), "as it was read\n{rejects}");
    assert!(finished.messages.contains('3'), "{}", finished.messages);
}

/// `| head`: the reader goes away, the program ends without a word.
#[test]
fn a_closed_pipe_ends_quietly() {
    let folder = with_leads(200_000);
    let mut command = score("run model.score leads.csv --format csv --quiet").in_folder(&folder).command();
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let mut start = [0; 10];
    child.stdout.take().unwrap().read_exact(&mut start).unwrap();
    let output = child.wait_with_output().unwrap();
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
    assert_eq!(output.status.code(), Some(0));
}

/// A limit on the size of files stands in for a full disk.
#[cfg(unix)]
#[test]
fn a_full_disk_is_said_and_leaves_nothing() {
    let folder = with_leads(50_000);
    let program = env!("CARGO_BIN_EXE_score");
    let script = format!("trap '' XFSZ; ulimit -f 8; exec '{program}' run model.score leads.csv --output out.csv");
    let output = Command::new("sh").args(["-c", &script]).current_dir(folder.root()).output().unwrap();
    let messages = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(2), "{messages}");
    assert!(messages.contains("out.csv"), "{messages}");
    assert_eq!(folder.names(), ["leads.csv", "model.score"]);
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_device_is_said() {
    let folder = with_leads(10);
    let finished = score("run model.score leads.csv --format csv --output /dev/full").in_folder(&folder).ends_with(2);
    assert!(finished.messages.contains("/dev/full"), "{}", finished.messages);
}

/// Ctrl-C while reading: exit code 130, and no file is left.
#[cfg(unix)]
#[test]
fn an_interrupt_leaves_nothing() {
    ended_by("-INT");
}

/// As schedulers and closed terminals do.
#[cfg(unix)]
#[test]
fn a_request_to_end_leaves_nothing() {
    ended_by("-TERM");
    ended_by("-HUP");
}

/// The input is a pipe that never ends.
#[cfg(unix)]
fn ended_by(signal: &str) {
    let folder = with_leads(0);
    let mut command = score("run model.score - --leads-format csv --output out.csv").in_folder(&folder).command();
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let mut stdin = child.stdin.take().unwrap();
    std::io::Write::write_all(&mut stdin, b"id,employees\n").unwrap();
    for number in 0..100_000 {
        std::io::Write::write_all(&mut stdin, format!("lead-{number},7\n").as_bytes()).unwrap();
    }
    // Its pipe holds 64 KB, so it has read most of this and is well past its start.
    Command::new("kill").args([signal, &child.id().to_string()]).status().unwrap();
    let _ = std::io::Write::write_all(&mut stdin, &b"x,1\n".repeat(50_000));
    drop(stdin);
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(130), "{}", String::from_utf8_lossy(&output.stderr));
    assert_eq!(folder.names(), ["leads.csv", "model.score"]);
}

#[test]
fn a_wrong_flag_is_wrong_usage() {
    score("run --no-such-flag").ends_with(2);
    score("").ends_with(2);
    score("run model.score leads.csv --as-of yesterday").ends_with(2);
}

#[test]
fn an_empty_leads_file_is_said() {
    let folder = with_leads(0).with("leads.csv", "");
    let finished = score("run model.score leads.csv").in_folder(&folder).ends_with(2);
    assert!(finished.messages.contains("empty"), "{}", finished.messages);
}

#[test]
fn a_header_alone_is_no_leads() {
    let folder = with_leads(0);
    assert_eq!(score("run model.score leads.csv --format csv").in_folder(&folder).succeeds().output, "id,fit\n");
}

#[test]
fn an_empty_model_is_said() {
    let folder = with_leads(1).with("model.score", "");
    let finished = score("run model.score leads.csv").in_folder(&folder).finishes();
    assert_ne!(finished.code, Some(0), "{}", finished.output);
    assert!(!finished.messages.is_empty());
}

/// A lead's e-mail with control characters cannot take over the terminal.
#[test]
fn control_characters_do_not_reach_the_terminal() {
    let folder = with_leads(0).with("leads.csv", "id,employees\n\u{1b}[2Jx,60\n");
    let finished = score("run model.score leads.csv --format table").in_folder(&folder).succeeds();
    assert!(!finished.output.contains('\u{1b}'), "{:?}", finished.output);
}
