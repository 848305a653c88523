//! Every code block of the documentation runs.
//!
//! | block | what happens to it |
//! |---|---|
//! | `score` | a file of its own, behind the page's declarations unless it has a `lead` block; checks clean, its tests pass |
//! | `score declarations` | the page's declarations |
//! | `score rules` | items of a score |
//! | `score conditions` | a condition a line |
//! | `score wrong` | refused; the `text` block that follows is the message |
//! | all of these | laid out as `score fmt` does it |
//! | `console` | commands behind `$ `, run in the project's root; what follows a command is what it shows |
//! | `sh`, `text`, `yaml`… | not run |

use crate::harness::markdown::{Block, blocks};
use crate::harness::{Folder, root, score};

fn page(name: &str) -> Vec<Block> {
    blocks(&std::fs::read_to_string(root().join(name)).unwrap())
}

/// The text of a file that a block stands for.
fn whole(block: &Block, declarations: &str) -> Option<String> {
    let text = &block.text;
    match block.info.as_str() {
        "score" | "score declarations" if text.lines().any(|line| line.starts_with("lead {")) => Some(text.clone()),
        "score" => Some(format!("{declarations}\n{text}")),
        "score rules" => Some(format!("{declarations}\nscore example {{\n{text}}}\n")),
        "score conditions" => {
            let defines = text.lines().enumerate().map(|(index, line)| format!("define c{index} = {line}\n"));
            Some(format!("{declarations}\n{}", defines.collect::<String>()))
        }
        _ => None,
    }
}

fn rule_blocks_run(name: &str) -> usize {
    let blocks = page(name);
    let declarations = blocks.iter().find(|block| block.info == "score declarations");
    let declarations = declarations.map(|block| block.text.clone()).unwrap_or_default();
    let mut ran = 0;
    for block in &blocks {
        let Some(text) = whole(block, &declarations) else { continue };
        let folder = Folder::empty().with("model.score", text);
        for command in ["check", "test"] {
            let finished = score(command).word("model.score").in_folder(&folder).finishes();
            let shown = format!("{name}:{}\n{}\n{}", block.line, finished.output, finished.messages);
            assert_eq!(finished.code, Some(0), "{shown}");
        }
        ran += 1;
    }
    ran
}

/// `score fmt` would change nothing in the blocks of rules, but for those that it cannot read.
fn rule_blocks_are_laid_out(name: &str) {
    for block in page(name) {
        let text = match block.info.as_str() {
            "score" | "score declarations" | "score wrong" => block.text.clone(),
            "score rules" => {
                let lines = block
                    .text
                    .lines()
                    .map(|line| if line.is_empty() { "\n".to_owned() } else { format!("  {line}\n") });
                format!("score example {{\n{}}}\n", lines.collect::<String>())
            }
            _ => continue,
        };
        let finished = score("fmt - --diff --check --color never").reading(&text).finishes();
        let unread = block.info == "score wrong" && finished.output.is_empty();
        assert!(finished.code == Some(0) || unread, "{name}:{}\n{}{}", block.line, finished.output, finished.messages);
    }
}

fn wrong_blocks_are_refused(name: &str) -> usize {
    let blocks = page(name);
    let mut ran = 0;
    for pair in blocks.windows(2).filter(|pair| pair[0].info == "score wrong") {
        assert_eq!(pair[1].info, "text", "{name}:{}: its message must follow", pair[0].line);
        let folder = Folder::empty().with("model.score", &pair[0].text);
        let finished = score("check model.score --color never").in_folder(&folder).ends_with(1);
        assert_eq!(finished.output.trim(), pair[1].text.trim(), "{name}:{}", pair[0].line);
        ran += 1;
    }
    ran
}

/// Runs `$ score …` lines; a command without anything below it need only succeed.
pub fn console_blocks_run(name: &str) -> usize {
    let mut ran = 0;
    for block in page(name).iter().filter(|block| block.info == "console") {
        for part in block.text.split("$ ").filter(|part| !part.trim().is_empty()) {
            let continued = part.replace("\\\n", " ");
            let (command, shown) = continued.split_once('\n').unwrap_or((&continued, ""));
            let Some(words) = command.strip_prefix("score ") else {
                panic!("{name}:{}: only `score` commands run here: {command}", block.line)
            };
            let finished = score(words).finishes();
            let place = format!("{name}:{}: {command}", block.line);
            let everything = format!("{}{}", finished.output, finished.messages);
            if shown.trim().is_empty() {
                assert_eq!(finished.code, Some(0), "{place}\n{everything}");
            } else {
                assert_shows(shown, &everything, &place);
            }
            ran += 1;
        }
    }
    ran
}

/// Compares line by line; a line `…` stands for any lines.
pub fn assert_shows(expected: &str, actual: &str, place: &str) {
    let trim = |text: &str| text.lines().map(|line| line.trim_end().to_string()).collect::<Vec<_>>();
    let actual = trim(actual.trim_matches('\n'));
    let mut rest = &actual[..];
    let expected = trim(expected.trim_matches('\n'));
    let mut skipping = false;
    for line in &expected {
        if line.trim() == "…" {
            skipping = true;
            continue;
        }
        let at = rest.iter().position(|actual| actual == line);
        let found = at.filter(|at| skipping || *at == 0);
        let Some(at) = found else { panic!("{place}\nnot shown: {line}\n\n{}", actual.join("\n")) };
        rest = &rest[at + 1..];
        skipping = false;
    }
    assert!(skipping || rest.is_empty(), "{place}\nalso shown: {}", rest.join("\n"));
}

#[test]
fn the_guide_for_rule_authors_runs() {
    assert!(rule_blocks_run("docs/language.md") > 15);
    wrong_blocks_are_refused("docs/language.md");
    console_blocks_run("docs/language.md");
    rule_blocks_are_laid_out("docs/language.md");
}

#[test]
fn the_guide_to_the_commands_runs() {
    rule_blocks_run("docs/commands.md");
    rule_blocks_are_laid_out("docs/commands.md");
    assert!(console_blocks_run("docs/commands.md") > 8);
}

#[test]
fn the_page_of_lints_runs() {
    rule_blocks_are_laid_out("docs/lints.md");
    assert!(console_blocks_run("docs/lints.md") >= 3);
}

#[test]
fn the_readme_runs() {
    assert!(rule_blocks_run("README.md") > 0);
    rule_blocks_are_laid_out("README.md");
    assert!(wrong_blocks_are_refused("README.md") > 0);
    assert!(console_blocks_run("README.md") > 0);
}
