//! `score completions`, `score man`, `--help`, `--version`

use crate::harness::{Folder, score};

#[test]
fn every_help_has_two_examples() {
    let help = score("--help").succeeds().output;
    let commands = help.lines().skip_while(|line| *line != "Commands:").skip(1).take_while(|line| !line.is_empty());
    let commands: Vec<&str> = commands.filter_map(|line| line.split_whitespace().next()).collect();
    assert!(commands.len() >= 8, "{help}");
    for command in commands.into_iter().filter(|command| *command != "help") {
        let help = score(command).word("--help").succeeds().output;
        let examples = help.lines().skip_while(|line| *line != "Examples:").skip(1);
        assert_eq!(examples.filter(|line| line.starts_with("  score ")).count(), 2, "{help}");
    }
}

/// The examples of a command's help that need nothing but the project's root.
#[test]
fn examples_in_help_run() {
    for command in ["run", "explain", "check", "test", "report", "diff"] {
        let help = score(command).word("--help").succeeds().output;
        for example in help.replace("\\\n", " ").lines().filter_map(|line| line.strip_prefix("  score ")) {
            score(example).succeeds();
        }
    }
}

#[test]
fn completions_and_manual_pages() {
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        assert!(score("completions").word(shell).succeeds().output.contains("explain"), "{shell}");
    }
    assert!(score("man").succeeds().output.contains(".TH score 1"));
    assert!(score("man run").succeeds().output.contains("\\-\\-previous"));
    let folder = Folder::empty();
    score("man --output pages").in_folder(&folder).succeeds();
    assert!(folder.read("pages/score-check.1").contains("stdin"));
    assert!(score("man rn").ends_with(2).messages.contains("score man run"));
}

#[test]
fn the_version_names_the_time_zone_data() {
    let output = score("--version").succeeds().output;
    assert!(output.starts_with("score 0.") && output.contains("(time-zone data 20"), "{output}");
}
