//! Writes the benchmark's data and rules:
//!
//! ```text
//! generate models DIR [--rules N]
//! generate leads  DIR --leads N [--formats csv,ndjson,parquet]
//! generate events DIR --leads N --events N [--orders lead,time] [--formats csv,ndjson,parquet]
//! ```

mod dialects;
mod events;
mod leads;
mod output;
mod pools;
mod random;
mod rules;
mod table;

use std::io::{Error, Result};
use std::path::{Path, PathBuf};

const SEED: u64 = 20_261_101;

fn main() -> Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [command, folder, options @ ..] = arguments.as_slice() else {
        return Err(Error::other("what to write, and where to: models, leads or events, and a folder"));
    };
    let folder = PathBuf::from(folder);
    std::fs::create_dir_all(&folder)?;
    let formats: Vec<String> = list(options, "--formats", "csv,ndjson,parquet");
    match command.as_str() {
        "models" => write_models(&folder, number(options, "--rules")),
        "leads" => write_leads(&folder, required(options, "--leads")?, &formats),
        "events" => {
            let (leads, events) = (required(options, "--leads")?, required(options, "--events")?);
            for order in list(options, "--orders", "lead,time") {
                write_events(&folder, leads, events, &order, &formats)?;
            }
            Ok(())
        }
        _ => Err(Error::other("models, leads or events")),
    }
}

fn option<'a>(options: &'a [String], name: &str) -> Option<&'a String> {
    options.iter().position(|option| option == name).and_then(|place| options.get(place + 1))
}

fn number(options: &[String], name: &str) -> Option<u64> {
    option(options, name).and_then(|text| text.replace('_', "").parse().ok())
}

fn required(options: &[String], name: &str) -> Result<u64> {
    number(options, name).ok_or_else(|| Error::other(format!("{name} N is missing")))
}

fn list(options: &[String], name: &str, otherwise: &str) -> Vec<String> {
    option(options, name).map_or(otherwise, |text| text).split(',').map(str::to_string).collect()
}

/// A, B and C in every language; with a number of rules, only a model like B of that size, as `.score`.
fn write_models(folder: &Path, rules: Option<u64>) -> Result<()> {
    if let Some(rules) = rules {
        return std::fs::write(
            folder.join(format!("b-{rules}.score")),
            dialects::score::write(&rules::b::model(rules as usize)),
        );
    }
    for model in [rules::a::model(), rules::b::model(1000), rules::c::model()] {
        let file = |extension: &str| folder.join(format!("{}.{extension}", model.name));
        std::fs::write(file("score"), dialects::score::write(&model))?;
        std::fs::write(file("sql"), dialects::sql::write(&model))?;
        std::fs::write(file("polars.py"), dialects::polars::write(&model))?;
        if model.events.is_empty() {
            std::fs::write(file("cel"), dialects::cel::write(&model))?;
            std::fs::write(file("rhai"), dialects::rhai::write(&model))?;
            std::fs::write(file("zen"), dialects::zen::write(&model))?;
        }
    }
    Ok(())
}

/// A file a format, each written by a thread of its own.
fn in_formats(formats: &[String], write: impl Fn(&str) -> Result<()> + Sync) -> Result<()> {
    std::thread::scope(|scope| {
        let threads: Vec<_> = formats.iter().map(|format| scope.spawn(|| write(format))).collect();
        threads.into_iter().try_for_each(|thread| thread.join().unwrap_or_else(|_| Err(Error::other("a writer broke"))))
    })
}

fn write_leads(folder: &Path, leads: u64, formats: &[String]) -> Result<()> {
    in_formats(formats, |format| {
        let mut writer = output::writer(&folder.join(format!("leads.{format}")), leads::COLUMNS)?;
        (0..leads).try_for_each(|number| writer.row(&leads::lead(SEED, number)))?;
        writer.finish()
    })
}

fn write_events(folder: &Path, leads: u64, events: u64, order: &str, formats: &[String]) -> Result<()> {
    let mut list: Vec<(u32, u32, u32)> = Vec::with_capacity(events as usize);
    for (lead, count) in (0..).zip(events::counts(SEED, leads, events)) {
        let from = list.len();
        list.extend(
            (0..count).map(|number| (events::instant(SEED, u64::from(lead), u64::from(number)) as u32, lead, number)),
        );
        list[from..].sort_unstable();
    }
    if order == "time" {
        list.sort_unstable();
    }
    in_formats(formats, |format| {
        let path = folder.join(format!("events-by-{order}.{format}"));
        let mut writer = output::writer(&path, events::COLUMNS)?;
        list.iter()
            .try_for_each(|(_, lead, number)| writer.row(&events::event(SEED, u64::from(*lead), u64::from(*number))))?;
        writer.finish()
    })
}
