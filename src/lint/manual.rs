//! A lint's page, taken apart.

use super::Lint;

/// The parts of a page.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Page {
    /// One sentence: what it finds.
    pub summary: String,
    /// What stands below it, before the first heading: how it looks, and what it leaves out.
    pub details: String,
    pub why: String,
    pub example: Case,
    /// The better version; with the leads and events of the example where it has none of its own.
    pub better: Case,
}

/// A whole model, and data where the lint is about data.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Case {
    /// ` ```score `
    pub model: String,
    /// ` ```csv `: the leads
    pub leads: Option<String>,
    /// ` ```ndjson `: the events
    pub events: Option<String>,
    /// ` ```outcome `: the condition
    pub outcome: Option<String>,
    /// The words around the blocks.
    pub text: String,
}

impl Lint {
    pub fn page(&self) -> Page {
        let mut parts = self.manual_text().split("\n## ").map(str::to_owned).collect::<Vec<_>>().into_iter();
        let head = parts.next().unwrap_or_default();
        let (summary, details) = head.split_once("\n\n").unwrap_or((&head, ""));
        let summary = summary.split_whitespace().collect::<Vec<_>>().join(" ");
        let mut page = Page { summary, details: details.trim().to_owned(), ..Page::default() };
        for part in parts {
            let (heading, body) = part.split_once('\n').unwrap_or((&part, ""));
            match heading.trim() {
                "Why it matters" => body.trim().clone_into(&mut page.why),
                "Example" => page.example = Case::read(body),
                "Better" => page.better = Case::read(body),
                _ => {}
            }
        }
        page.better.leads = page.better.leads.or_else(|| page.example.leads.clone());
        page.better.events = page.better.events.or_else(|| page.example.events.clone());
        page.better.outcome = page.better.outcome.or_else(|| page.example.outcome.clone());
        page
    }

    /// The page as Markdown, without the blank that a doc comment's lines start with.
    pub fn manual_text(&self) -> String {
        let lines = self.manual.lines().map(|line| line.strip_prefix(' ').unwrap_or(line).trim_end());
        lines.collect::<Vec<_>>().join("\n").trim().to_owned()
    }
}

impl Case {
    fn read(body: &str) -> Case {
        let mut case = Case::default();
        let mut block: Option<(&str, String)> = None;
        for line in body.lines() {
            match (&mut block, line.strip_prefix("```")) {
                (None, Some(kind)) => block = Some((kind.trim(), String::new())),
                (None, None) => case.text += &format!("{line}\n"),
                (Some((_, text)), None) => *text += &format!("{line}\n"),
                (Some((kind, text)), Some(_)) => {
                    let text = std::mem::take(text);
                    match *kind {
                        "csv" => case.leads = Some(text),
                        "ndjson" => case.events = Some(text),
                        "outcome" => case.outcome = Some(text.trim().to_owned()),
                        _ => case.model = text,
                    }
                    block = None;
                }
            }
        }
        case.text = case.text.trim().to_owned();
        case
    }
}
