//! `docs/lints.md`: below its marker it is made from the pages of all lints. `UPDATE_DOCS=1` writes it anew.

use crate::lint::manual::{Case, Page};
use crate::lint::{Category, LINTS, Lint};
use crate::source::Sources;
use crate::syntax::{format, parse};
use std::fmt::Write;
use std::path::Path;

const MARKER: &str =
    "<!-- Made from `src/lint/rules/` from here on: `UPDATE_DOCS=1 cargo test --lib lint::tests::book`. -->\n";

#[test]
fn the_page_of_all_lints_is_current() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/lints.md");
    let written = std::fs::read_to_string(&path).unwrap();
    let (head, made) = written.split_once(MARKER).unwrap();
    let book = book();
    if std::env::var_os("UPDATE_DOCS").is_some() {
        std::fs::write(&path, format!("{head}{MARKER}{book}")).unwrap();
    } else {
        assert!(made == book, "docs/lints.md is not current: UPDATE_DOCS=1 cargo test --lib lint::tests::book");
    }
}

fn book() -> String {
    let mut book = String::new();
    for category in Category::ALL {
        let lints: Vec<&Lint> = LINTS.iter().copied().filter(|lint| lint.category == category).collect();
        if lints.is_empty() {
            continue;
        }
        let _ = write!(
            book,
            "\n## {}\n\n{}\n\n| lint | | level | finds |\n|---|---|---|---|\n",
            title(category),
            about(category)
        );
        for lint in &lints {
            let summary = lint.page().summary;
            let finds = summary.trim_start_matches("Finds ").trim_end_matches('.').replace('|', "\\|");
            let _ = writeln!(book, "| [`{0}`](#{0}) | {1} | {2} | {finds} |", lint.name, lint.code, lint.level.name());
        }
        lints.into_iter().for_each(|lint| book.push_str(&page(lint)));
    }
    book
}

fn page(lint: &Lint) -> String {
    let Page { summary, details, why, example, better } = lint.page();
    let mut text = format!("\n### {}\n\n`{}`, {} by default. {summary}\n", lint.name, lint.code, lint.level.name());
    for (heading, body) in [("", details), ("Why it matters. ", why)] {
        if !body.is_empty() {
            let heading = if heading.is_empty() { String::new() } else { format!("**{}** ", heading.trim()) };
            let _ = write!(text, "\n{heading}{body}\n");
        }
    }
    let data = (example.leads.clone(), example.events.clone(), example.outcome.clone());
    text += &case("For example:", &example);
    let same_data = data == (better.leads.clone(), better.events.clone(), better.outcome.clone());
    text +=
        &case("Better:", &if same_data { Case { leads: None, events: None, outcome: None, ..better } } else { better });
    text
}

fn case(heading: &str, case: &Case) -> String {
    let mut text = format!("\n{heading}\n");
    if !case.text.is_empty() {
        let _ = write!(text, "\n{}\n", case.text);
    }
    let _ = write!(text, "\n```score\n{}```\n", laid_out(&case.model));
    for (kind, block) in [("csv", &case.leads), ("ndjson", &case.events), ("text", &case.outcome)] {
        if let Some(block) = block {
            let _ = write!(text, "\n```{kind}\n{}\n```\n", block.trim_end());
        }
    }
    text
}

/// As `score fmt` leaves it.
fn laid_out(model: &str) -> String {
    let mut sources = Sources::default();
    let id = sources.add("page", model);
    let (tree, mistakes) = parse(&sources, id);
    assert!(mistakes.is_empty(), "{mistakes:?}\n{model}");
    format::format(model, &tree).unwrap()
}

fn title(category: Category) -> String {
    let name = category.name();
    name[..1].to_uppercase() + &name[1..]
}

fn about(category: Category) -> &'static str {
    match category {
        Category::Reach => {
            "What can never or must always happen. Proofs: from the rules and the field declarations alone."
        }
        Category::Overlap => "Rules that count the same fact. Proofs, too.",
        Category::Time => "What time does to scores.",
        Category::Text => "How texts are compared.",
        Category::Missing => "What happens when nothing is known.",
        Category::Shape => "How the file is built, and whether people can read it.",
        Category::Privacy => "What scores people by what they are, or acts without asking.",
        Category::Data => "What the rules do to real leads. Only with `--data LEADS`.",
    }
}
