//! The sessions of `docs/repl.md`: a block `session` is one session with the flagship model and its data. Lines behind `> `
//! and, in a block, behind `… `, are typed; what stands below is what they show. A line `…` stands for any lines.

use crate::harness::markdown::blocks;
use crate::harness::{root, score};

const COMMAND: &str = "repl examples/b2b-saas/b2b-saas.score examples/b2b-saas/leads.csv \
                       --events examples/b2b-saas/events.csv --as-of 2026-11-01";

#[test]
fn documented_sessions_run() {
    let page = std::fs::read_to_string(root().join("docs/repl.md")).unwrap();
    let sessions = blocks(&page).into_iter().filter(|block| block.info == "session");
    let mut ran = 0;
    for block in sessions {
        let typed = |line: &str| line.strip_prefix("> ").or_else(|| line.strip_prefix("… ")).map(str::to_owned);
        let input: String = block.text.lines().filter_map(typed).map(|line| line + "\n").collect();
        let shown: Vec<&str> = block.text.lines().filter(|line| typed(line).is_none()).collect();
        let finished = score(COMMAND).reading(&input).finishes();
        crate::documentation::assert_shows(
            &shown.join("\n"),
            &finished.output,
            &format!("docs/repl.md:{}", block.line),
        );
        ran += 1;
    }
    assert!(ran >= 5, "{ran} sessions");
    assert!(crate::documentation::console_blocks_run("docs/repl.md") > 0);
}
