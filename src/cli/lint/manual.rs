//! `--explain`, `--list`

use super::Arguments;
use crate::cli::terminal::{Paint, left};
use crate::cli::{Common, Failure, Outcome, output};
use crate::lint::settings::{Group, Settings};
use crate::lint::{Category, LINTS, Lint};
use serde_json::json;
use std::path::Path;

/// Shows the manual of a lint, named or by its code; of a category the pages of all its lints.
///
/// # Errors
/// [`Failure::Cannot`]: there is no such lint.
pub fn explain(name: &str, to: Option<&Path>, common: &Common) -> Result<Outcome, Failure> {
    let group = Group::named(name)?;
    let paint = Paint(to.is_none() && common.color_on_stdout());
    let pages = LINTS.iter().filter(|lint| match group {
        Group::All => true,
        Group::Category(category) => lint.category == category,
        Group::Lint(code) => lint.code == code,
    });
    let pages: Vec<String> = pages.map(|lint| page(lint, paint)).collect();
    output::write(to, pages.join("\n").as_bytes())?;
    Ok(Outcome::Done)
}

fn page(lint: &Lint, paint: Paint) -> String {
    let head = format!("{} {}", lint.code, lint.name);
    let about = format!("{}, {} unless set otherwise", lint.category.name(), lint.level.name());
    let mut text = format!("{} ({about})\n\n", paint.bold(&head));
    let mut in_block = false;
    for line in lint.manual_text().lines() {
        let shown = match (line.strip_prefix("## "), line.starts_with("```")) {
            (_, true) => {
                in_block = !in_block;
                continue;
            }
            (Some(heading), _) if !in_block => paint.bold(heading),
            _ if in_block && line.is_empty() => String::new(),
            _ if in_block => format!("  {line}"),
            _ => line.to_owned(),
        };
        text += &(shown + "\n");
    }
    text
}

/// Shows all lints with their levels: those of the nearest `score.toml` and of the flags.
///
/// # Errors
/// [`Failure::Cannot`]: settings that are wrong.
pub fn list(arguments: &Arguments, common: &Common) -> Result<Outcome, Failure> {
    let near = arguments.paths.first().map_or_else(|| Path::new("./any").to_path_buf(), |path| path.join("any"));
    let mut settings = Settings::near(&near)?;
    arguments.levels.over(&mut settings)?;
    let paint = Paint(arguments.output.is_none() && common.color_on_stdout());
    let text = match arguments.format.name {
        "json" => as_json(&settings),
        _ => Category::ALL.into_iter().map(|category| table(category, &settings, paint)).collect::<Vec<_>>().join("\n"),
    };
    output::write(arguments.output.as_deref(), text.as_bytes())?;
    Ok(Outcome::Done)
}

fn table(category: Category, settings: &Settings, paint: Paint) -> String {
    let width = LINTS.iter().map(|lint| lint.name.len()).max().unwrap_or_default();
    let row = |lint: &&&Lint| {
        let (name, level) = (left(lint.name, width), left(settings.level(lint).name(), 7));
        format!("  {}  {name}  {level}  {}\n", lint.code, summary(lint))
    };
    let rows: String = LINTS.iter().filter(|lint| lint.category == category).map(|lint| row(&lint)).collect();
    format!("{}\n{rows}", paint.bold(category.name()))
}

/// "a condition that no lead can meet"
fn summary(lint: &Lint) -> String {
    let summary = lint.page().summary;
    summary.trim_start_matches("Finds ").trim_end_matches('.').to_owned()
}

fn as_json(settings: &Settings) -> String {
    let all = LINTS.iter().map(|lint| {
        json!({
            "code": lint.code,
            "name": lint.name,
            "category": lint.category.name(),
            "level": settings.level(lint).name(),
            "default": lint.level.name(),
            "summary": summary(lint),
            "manual": lint.manual_text(),
        })
    });
    // Values always have a text.
    serde_json::to_string_pretty(&all.collect::<Vec<_>>()).unwrap_or_default() + "\n"
}
