//! Every rule file of the project can be laid out, says the same, and stays as it is from then on.

use crate::harness::markdown::blocks;
use crate::harness::{files_below, root, score};
use scorelang::source::Sources;
use scorelang::syntax::{format, parse};
use std::time::{Duration, Instant};

/// The layout of a text, which has been read again and says the same; `None` for a text with mistakes.
fn laid_out(name: &str, text: &str) -> Option<String> {
    let mut sources = Sources::default();
    let id = sources.add(name, text);
    let (file, mistakes) = parse(&sources, id);
    let read = &sources.file(id).text;
    mistakes.is_empty().then(|| format::format(read, &file).unwrap_or_else(|lost| panic!("{name}: {lost:?}")))
}

fn assert_lawful(name: &str, text: &str) -> bool {
    let Some(once) = laid_out(name, text) else { return false };
    assert_eq!(laid_out(name, &once).as_ref(), Some(&once), "{name}: a second pass changes something");
    true
}

#[test]
fn every_rule_file() {
    let folders = ["examples", "tests", "src"];
    let files: Vec<_> = folders.iter().flat_map(|folder| files_below(folder, ".score")).collect();
    let texts = files.iter().filter_map(|path| Some((path, String::from_utf8(std::fs::read(path).unwrap()).ok()?)));
    let read = texts.filter(|(path, text)| assert_lawful(&path.display().to_string(), text)).count();
    assert!(read > 25, "{read} files");
}

#[test]
fn every_block_of_rules_in_a_page() {
    for page in files_below("docs", ".md").into_iter().chain([root().join("README.md")]) {
        for block in blocks(&std::fs::read_to_string(&page).unwrap()) {
            if block.info.starts_with("score") {
                assert_lawful(&format!("{}:{}", page.display(), block.line), &block.text);
            }
        }
    }
}

/// Long files, long lists, long lines and deep brackets take time in proportion.
#[test]
fn large_texts_take_no_long() {
    let rules: String = (0..2_000).map(|at| format!("+{at} \"Rule {at}\" when a is {at} and b\n")).collect();
    let many: Vec<String> = (0..2_000).map(|at| format!("a is {at}")).collect();
    let values: Vec<String> = (0..5_000).map(|at| format!("\"{at}\"")).collect();
    let deep = format!("{}a{}", "(".repeat(60), " and some_long_name is known)".repeat(60));
    let groups = format!("score s {{\n{}+1\n{}}}\n", "group {\n".repeat(60), "}\n".repeat(60));
    for text in [
        format!("score s {{\n{rules}}}\n"),
        format!("define d = {}\n", many.join(" or ")),
        format!("list l = {}\n", values.join(",")),
        "event e { x text }\n".repeat(5_000),
        "# comment\n".repeat(5_000),
        format!("define d = {deep}\n"),
        groups,
    ] {
        let started = Instant::now();
        assert!(assert_lawful("large", &text));
        // unoptimised, on a busy machine; what grows with the square takes minutes
        assert!(started.elapsed() < Duration::from_secs(60), "{}…", &text[..60]);
    }
}

/// A rule without a label is called what the layout makes of it, however it is written.
#[test]
fn rules_without_labels_are_named_by_their_layout() {
    let model = "lead {\n  id text key\n}\nevent e { x number }\n\
                 score s {\n  -( 2*1 )   for each e  # note\n    no lower than -9 points at most 3 times per day\n}\n\
                 test \"t\" {\n  lead { id \"1\" }\n  event e 1 day ago\n  \
                 expect points of \"-(2 * 1) for each e at most 3 times per day no lower than -9 points\" is -2\n}\n";
    score("test -").reading(model).succeeds();
}
