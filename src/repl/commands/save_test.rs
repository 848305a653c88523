//! `:save test "a chief executive qualifies"`

use super::{Command, Takes, nothing_behind};
use crate::data::sink::Sink;
use crate::data::table::Destination;
use crate::model::{FieldId, MatrixId, Model, Results, ScoreId, ThresholdId};
use crate::repl::{Answer, Opened, Session, Wrong};
use crate::run::row::band_name;
use crate::source::{FileId, Overlay, Sources};
use crate::syntax::typing::written_name;
use crate::syntax::{format, parse};
use crate::terminal::safe;
use crate::testing;
use crate::value::Value;
use std::io::Write;
use std::path::Path;

pub static COMMAND: Command = Command {
    name: "save test",
    form: "\"NAME\"",
    about: "writes a test with this lead, its events and its results at the end of the model's file",
    takes: Takes::Words,
    run,
};

fn run(session: &mut Session, text: &str) -> Answer {
    let inside = text.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')).unwrap_or(text);
    if inside.trim().is_empty() {
        return Err(nothing_behind(&COMMAND, ":save test \"a chief executive qualifies\""));
    }
    let path = session.opened.path.clone().ok_or_else(|| {
        Wrong::said("this model is in no file")
            .help("`score new my-scoring` makes a folder with it; then name its file")
    })?;
    if let Some(answer) = session.reload() {
        // What is saved must be what the file says now.
        answer?;
    }
    required(session)?;
    let name = text_literal(&unescaped(inside));
    if session.model().tests.iter().any(|test| test.name == unescaped(inside)) {
        return Err(Wrong::said(format!("there is a test {} already", safe(&name))).help("give it another name"));
    }
    let block = laid_out(&block(session, &name));
    let old = session.model().sources.file(FileId(0)).text.clone();
    let whole = joined(&old, &block);
    confirm(session, &path, &whole)?;
    write(&path, &whole)?;
    session.reload_quietly();
    let lines: Vec<String> = block.lines().map(safe).collect();
    Ok(format!(
        "{}\n{}",
        lines.join("\n"),
        session.look.paint().dim(&format!("added to {}", safe(&path.display().to_string())))
    ))
}

/// A test without them would be refused.
fn required(session: &Session) -> Result<(), Wrong> {
    let model = session.model();
    let lacks = model.lead.fields.iter().zip((0..).map(FieldId)).find(|(field, id)| {
        field.required && model.lead.key != Some(*id) && session.state.subject.value(*id).is_none()
    });
    match lacks {
        None => Ok(()),
        Some((field, _)) => Err(Wrong::said(format!("`{}` is required, and this lead has none", field.name))
            .help(format!("set it first: `{} = …`", written_name(&field.name)))),
    }
}

/// The text of the test, not laid out.
fn block(session: &Session, name: &str) -> String {
    let (model, as_of) = (session.model(), session.state.as_of);
    let results = session.state.subject.evaluate(model, as_of).results;
    let shown = session.state.subject.shown(model, as_of);
    let expectations = expectations(model, &results);
    let lines = shown.lines().map(str::to_owned).chain(expectations);
    let body: String = lines.map(|line| format!("  {line}\n")).collect();
    format!("test {name} as of {} {{\n{body}}}\n", model.zone.written(as_of))
}

/// One for each result.
fn expectations(model: &Model, results: &Results) -> Vec<String> {
    let mut lines = Vec::new();
    if let Some(exclude) = results.excluded.and_then(|id| model.excludes.get(id.index())) {
        lines.push(format!("expect excluded is {}", text_literal(&exclude.reason)));
    }
    for (score, id) in model.scores.iter().zip((0..).map(ScoreId)) {
        let name = written_name(&score.name);
        let value = results.scores.get(id.index()).copied().flatten();
        lines.push(match value {
            Some(value) => format!("expect {name} is {value}"),
            None => format!("expect {name} is missing"),
        });
        if results.excluded.is_none()
            && let Some(band) = band_name(model, results, id)
        {
            lines.push(format!("expect band of {name} is {}", band_literal(band)));
        }
    }
    if results.excluded.is_none() {
        for (matrix, id) in model.matrices.iter().zip((0..).map(MatrixId)) {
            let name = written_name(&matrix.name);
            lines.push(match results.cell(model, id) {
                Some(cell) => format!("expect {name} is {}", text_literal(cell)),
                None => format!("expect {name} is missing"),
            });
        }
    }
    for (threshold, id) in model.thresholds.iter().zip((0..).map(ThresholdId)) {
        let met = results.thresholds.get(id.index()).copied().unwrap_or(false);
        lines.push(format!("expect {}{}", if met { "" } else { "not " }, written_name(&threshold.name)));
    }
    lines
}

/// A band's name: in quotes where it is no plain word.
fn band_literal(name: &str) -> String {
    let written = written_name(name);
    if written == name { written } else { text_literal(name) }
}

fn text_literal(text: &str) -> String {
    crate::value::Text::new(text)
        .map_or_else(|| "\"\"".to_owned(), |text| crate::reference::show(Some(&Value::Text(text))))
}

fn unescaped(text: &str) -> String {
    text.replace("\\\"", "\"").replace("\\\\", "\\")
}

/// As `score fmt` lays it out.
fn laid_out(block: &str) -> String {
    let mut sources = Sources::default();
    let id = sources.add("test", block);
    let (file, mistakes) = parse(&sources, id);
    if !mistakes.is_empty() {
        return block.to_owned();
    }
    format::format(block, &file).unwrap_or_else(|_| block.to_owned())
}

/// The file with the block at its end, a blank line before it.
fn joined(old: &str, block: &str) -> String {
    let kept = old.trim_end();
    let ending = if old.contains("\r\n") { "\r\n" } else { "\n" };
    let block = if ending == "\n" { block.to_owned() } else { block.replace('\n', ending) };
    if kept.is_empty() { block } else { format!("{kept}{ending}{ending}{block}") }
}

/// The file would still be a model, and all its tests that pass now, and this one, would pass.
fn confirm(session: &Session, path: &Path, whole: &str) -> Result<(), Wrong> {
    let mut overlay = Overlay::default();
    overlay.set(path, whole.to_owned());
    let (read, _) = Opened::read(&overlay, path);
    let opened = read?;
    let report = testing::run(&opened.model);
    let passes = report.tests.last().is_some_and(testing::Verdict::passed);
    let added = opened.model.tests.len() == session.model().tests.len() + 1;
    if passes && added {
        return Ok(());
    }
    Err(Wrong::said("a test with this lead would not pass").help("nothing was written; `:lead` shows what it holds"))
}

fn write(path: &Path, text: &str) -> Result<(), Wrong> {
    let mut sink = Sink::create(&Destination::File(path.to_path_buf()))?;
    sink.write_all(text.as_bytes()).map_err(|error| sink.failed(&error))?;
    Ok(sink.finish()?)
}
