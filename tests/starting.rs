//! The first steps: `score new`, and `score schema` on real tables.

use crate::harness::shared::shared;
use crate::harness::{Folder, score};
use scorelang::model::Model;
use scorelang::source::Memory;
use std::path::{Path, PathBuf};

#[test]
fn the_starting_model_runs_at_once() {
    let folder = Folder::empty();
    let made = score("new first").in_folder(&folder).succeeds();
    assert_eq!(made.output.lines().filter(|line| line.starts_with("  score ")).count(), 3, "{}", made.output);
    for line in made.output.lines().filter_map(|line| line.strip_prefix("  score ")) {
        score(line).in_folder(&folder).succeeds();
    }
    for command in ["check first", "test first", "fmt first --check"] {
        score(command).in_folder(&folder).succeeds();
    }
    let run = "run first/model.score first/leads.csv --events first/events.csv --as-of 2026-06-30 --format csv";
    let scored = score(run).in_folder(&folder).succeeds();
    assert_eq!(scored.output.lines().count(), 31, "a header and thirty leads");
    let line = |id: &str| scored.output.lines().find(|line| line.starts_with(id)).unwrap().to_owned();
    // L04: a student with a free address, 0 - 10 kept within 0 to 50; one download is 5.
    assert!(line("L04").starts_with("L04,0,5,5,cold,false"), "{}", line("L04"));
    // L16: a manager, 10; 55 employees, 15; finance, 15. A demo, 30, and a guide, 5.
    assert!(line("L16").starts_with("L16,40,35,75,hot,true"), "{}", line("L16"));
}

#[test]
fn nothing_that_is_there_is_overwritten() {
    let folder = Folder::empty().with("mine/events.csv", "mine");
    let refused = score("new mine").in_folder(&folder).ends_with(2);
    assert!(refused.messages.contains("events.csv` is there already"), "{}", refused.messages);
    assert!(refused.messages.contains("help: name a folder"), "{}", refused.messages);
    assert_eq!(folder.read("mine/events.csv"), "mine");
    assert!(!folder.path("mine/model.score").exists());
    let folder = Folder::empty().with("mine", "a file");
    score("new mine").in_folder(&folder).ends_with(2);
}

#[test]
fn declarations_read_off_the_sample_data_fit_it() {
    let folder = Folder::empty();
    score("new first").in_folder(&folder).succeeds();
    let read = score("schema first/leads.csv --events first/events.csv").in_folder(&folder).succeeds().output;
    for line in ["  id         text key", "  consent    yes/no", "  treat \"N/A\", \"Select\" as missing"] {
        assert!(read.lines().any(|other| other == line), "{line}\n{read}");
    }
    assert!(read.contains("event page_view"), "{read}");
    assert!(read.contains("event demo_request\n"), "{read}");
    assert_laid_out(&read);
    let folder = folder.with("model.score", with_rules(&read));
    score("run model.score first/leads.csv --events first/events.csv").in_folder(&folder).succeeds();
}

/// Nested members, placeholders, instants in milliseconds, a name in another script, and leads met by their address.
#[test]
fn declarations_read_off_json_fit_it() {
    let leads = (1..=30).map(|number| {
        let seats = if number % 3 == 0 { "\"n/a\"".to_owned() } else { number.to_string() };
        format!(
            "{{\"contact\": {{\"id\": \"c{number}\", \"email\": \"a{number}@x.example\"}}, \"seats\": {seats}, \
             \"کشور\": \"ایران\", \"tags\": [\"a\", null], \"created\": {}}}\n",
            1_767_225_600_000_i64 + number
        )
    });
    let events = "{\"email\": \"a1@x.example\", \"event\": \"Page Viewed\", \"timestamp\": \"01/05/2026 10:00\", \
                  \"properties\": {\"path\": \"/pricing\"}}\n\
                  {\"email\": \"a2@x.example\", \"event\": \"Signed Up\", \"timestamp\": \"13/05/2026 10:00\"}\n";
    let folder = Folder::empty().with("leads.ndjson", leads.collect::<String>()).with("events.ndjson", events);
    let read = score("schema leads.ndjson --events events.ndjson").in_folder(&folder).succeeds().output;
    for part in [
        "text key column \"contact.id\"",
        "treat \"n/a\" as missing",
        "date in milliseconds",
        "list of text",
        "events {\n  lead by contact_email column \"email\"\n  type column \"event\"\n",
        "  at   column \"timestamp\" as \"DD/MM/YYYY HH:mm\"\n}",
        "event page_viewed called \"Page Viewed\" { path text column \"properties.path\" }",
    ] {
        assert!(read.contains(part), "{part}\n{read}");
    }
    assert_laid_out(&read);
    let folder = folder.with("model.score", with_rules(&read));
    let ran = score("run model.score leads.ndjson --events events.ndjson").in_folder(&folder).succeeds();
    assert!(ran.messages.contains("2 read, 2 used, 0 unknown"), "{}", ran.messages);
}

/// `score fmt` would change nothing.
fn assert_laid_out(declarations: &str) {
    score("fmt - --check").reading(declarations).succeeds();
}

fn compiled(text: &str) -> Model {
    let files = Memory::default().with("model.score", text);
    scorelang::compile(&files, Path::new("model.score")).unwrap_or_else(|error| panic!("{error:?}\n{text}"))
}

/// Declarations with a score that uses every field and every property.
fn with_rules(declarations: &str) -> String {
    let model = compiled(declarations);
    let mut rules = String::new();
    for (index, field) in model.lead.fields.iter().enumerate() {
        rules += &format!("  +1 \"field {index}\" when `{}` is known\n", field.name);
    }
    for (event_index, event) in model.events.iter().enumerate() {
        rules += &format!("  +1 \"event {event_index}\" when any `{}`\n", event.name);
        for (index, property) in event.properties.iter().enumerate() {
            let label = format!("property {event_index} {index}");
            rules += &format!("  +1 \"{label}\" when any `{}` where (`{}` is known)\n", event.name, property.name);
        }
    }
    format!("{declarations}\nscore everything {{\n{rules}}}\n")
}

fn tables(folder: &Path) -> Vec<PathBuf> {
    let entries =
        |folder: &Path| std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect::<Vec<_>>();
    let mut tables: Vec<PathBuf> =
        entries(folder).iter().filter(|path| path.is_dir()).flat_map(|path| entries(path)).collect();
    tables.retain(|path| path.extension().is_some_and(|ending| ending == "csv"));
    tables.sort();
    tables
}

/// The different cells of a column of a table, as a file of leads.
fn leads_of(table: &Path, column: &str) -> String {
    let bytes = std::fs::read(table).unwrap();
    let mut reader = csv::Reader::from_reader(bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(&bytes));
    let place = reader.headers().unwrap().iter().position(|header| header.trim() == column).unwrap();
    let ids: std::collections::BTreeSet<String> =
        reader.records().map(|row| row.unwrap().get(place).unwrap().trim().to_owned()).collect();
    let lines: Vec<String> = ids.iter().map(|id| format!("\"{id}\"\n")).collect();
    format!("id\n{}", lines.concat())
}

/// Declarations read off a table check clean, and a model that uses all of it reads the table without a bad row.
fn reads_whole(table: &Path) {
    let name = table.to_string_lossy().into_owned();
    let declarations = score("schema").word(&name).succeeds().output;
    assert_laid_out(&declarations);
    let model = with_rules(&declarations);
    let folder = Folder::empty().with("declarations.score", &declarations).with("model.score", &model);
    let run = score("run model.score --format csv --rejects rejects.csv");
    let run = if declarations.contains("lead {") {
        run.word(&name)
    } else {
        let lead = &compiled(&declarations).events[0].mapping.lead;
        std::fs::write(folder.path("leads.csv"), leads_of(table, lead)).unwrap();
        let kind =
            declarations.lines().last().unwrap().split(" --events ").nth(1).unwrap().trim_matches('"').to_owned();
        run.word("leads.csv").word("--events").word(kind)
    };
    let checked = score("check declarations.score model.score").in_folder(&folder).finishes();
    assert_eq!(checked.code, Some(0), "{name}\n{model}\n{}{}", checked.output, checked.messages);
    let ran = run.in_folder(&folder).finishes();
    assert_eq!(ran.code, Some(0), "{name}\n{model}\n{}", ran.messages);
    assert!(declarations.contains("lead {") || ran.messages.contains(", 0 unknown"), "{name}\n{}", ran.messages);
    let rejects = std::fs::read_to_string(folder.path("rejects.csv")).unwrap_or_default();
    assert!(rejects.lines().count() <= 1, "{name}\n{model}\n{rejects}");
}

#[test]
fn every_exported_table_can_be_read() {
    let Some(folder) = shared("crm-exports") else { return };
    let tables = tables(&folder);
    assert!(tables.len() > 80, "{} tables", tables.len());
    tables.iter().for_each(|table| reads_whole(table));
}

#[test]
fn the_leads_of_a_course_seller_can_be_read() {
    let Some(table) = shared("x-education/Leads.csv") else { return };
    reads_whole(&table);
    let declarations = score("schema").word(table.to_string_lossy()).succeeds().output;
    assert!(declarations.contains("\"Select\""), "{declarations}");
    assert!(declarations.lines().any(|line| line.trim_start().starts_with("converted ") && line.contains(" yes/no")));
}
