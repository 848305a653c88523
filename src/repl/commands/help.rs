//! `:help`, `:help toward`

use super::{COMMANDS, Command, Takes, split};
use crate::repl::{Answer, Session, Wrong};
use crate::terminal::{left, safe};
use unicode_width::UnicodeWidthStr;

pub static COMMAND: Command =
    Command { name: "help", form: "[COMMAND]", about: "what can be typed", takes: Takes::Command, run };

/// What is typed without a `:`.
const LINES: &[(&str, &str)] = &[
    ("lead { title \"CEO\" }", "makes a lead"),
    ("title = \"VP Sales\"", "changes a field, and shows what moves"),
    ("event page_view 2 days ago { path \"/pricing\" }", "adds an event"),
    ("+10 \"Try this\" when …", "tries a rule, in a score of your choice with `fit: +10 …`; the file is not touched"),
    ("total + 10", "shows the value of an expression; of a condition, which part holds"),
];

fn run(session: &mut Session, text: &str) -> Answer {
    let paint = session.look.paint();
    if !text.is_empty() {
        let Some((command, _)) = split(text.trim_start_matches(':')) else {
            return Err(
                Wrong::said(format!("there is no command `:{}`", safe(text))).help("`:help` shows all commands")
            );
        };
        let form = format!(":{} {}", command.name, command.form);
        return Ok(format!("{}\n  {}", paint.bold(form.trim_end()), command.about));
    }
    let rows = LINES.iter().map(|(form, about)| ((*form).to_owned(), *about));
    let rows: Vec<(String, &str)> = rows
        .chain(
            COMMANDS
                .iter()
                .map(|command| (format!(":{} {}", command.name, command.form).trim_end().to_owned(), command.about)),
        )
        .collect();
    let widest = rows.iter().map(|(form, _)| form.width()).filter(|width| *width <= 30).max().unwrap_or(0);
    let room = session.look.width.saturating_sub(widest + 4).max(20);
    let mut lines = Vec::new();
    for (form, about) in &rows {
        let mut words = textwrap::wrap(about, room).into_iter();
        if form.width() > widest {
            lines.push(format!("  {}", paint.bold(form)));
        } else {
            let first = words.next().unwrap_or_default();
            lines.push(format!("  {}  {first}", paint.bold(&left(form, widest))));
        }
        lines.extend(words.map(|line| format!("  {}  {line}", " ".repeat(widest))));
    }
    Ok(lines.join("\n"))
}
