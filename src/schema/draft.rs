//! What to declare, before it is text.

use super::column::Column;
use super::key::Key;
use super::kind::{Decided, Kind, decide, is_strict};
use super::name::{Names, event_name};
use super::placeholder::Placeholder;
use super::roles::{Roles, instant, is_log, roles};
use super::table::Table;
use super::write::quoted;
use crate::value::EpochUnit;

/// A whole rule file of declarations.
#[derive(Debug, Default)]
pub struct Draft {
    /// Sentences about the files, for the top.
    pub heading: Vec<String>,
    pub lead: Option<Block>,
    pub mapping: Option<Mapping>,
    pub events: Vec<Event>,
    /// What `--events` takes for each file of events.
    pub event_arguments: Vec<String>,
    /// The file of leads, where it holds leads.
    pub leads_file: Option<String>,
}

/// The fields of a lead, or the properties of an event.
#[derive(Debug, Default)]
pub struct Block {
    /// Sentences for its first lines.
    pub notes: Vec<String>,
    pub fields: Vec<Field>,
    /// Placeholders, as first written.
    pub treat: Vec<String>,
}

/// `title text column "Job Title"  # note`
#[derive(Debug)]
pub struct Field {
    /// With backticks where it needs them.
    pub name: String,
    pub kind: Kind,
    pub key: bool,
    /// Where it is not the name.
    pub column: Option<String>,
    pub note: Option<String>,
}

/// `event webinar called "Webinar Attended" { … }`
#[derive(Debug)]
pub struct Event {
    pub name: String,
    /// As the data has it, shown where it is not the name.
    pub called: String,
    /// Where this event's file differs from the mapping of all.
    pub mapping: Option<Mapping>,
    pub block: Block,
}

/// `events { lead column "contact" by email, at column "when" in seconds }`
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Mapping {
    pub lead: Option<String>,
    /// The lead field that is matched, where it is not the key.
    pub by: Option<String>,
    pub kind: Option<String>,
    pub at: Option<String>,
    pub at_format: Option<&'static str>,
    pub at_unit: Option<EpochUnit>,
    pub id: Option<String>,
}

/// Drafts declarations for a file of leads and files of events, each with its type where the command line gives it.
pub fn draft(leads: &Table, events: &[(Table, Option<String>)]) -> Draft {
    let mut draft = Draft::default();
    draft.heading.extend(about(leads));
    let mut email_field = None;
    if is_log(leads) {
        draft.heading.push(format!(
            "The rows of {} repeat their leads, so they are declared as events: score them with a file of the leads.",
            shown(&leads.file)
        ));
        add_events(&mut draft, leads, None, &Roles { by_email: false, ..roles(leads, None, false) }, None);
    } else {
        let (block, names) = lead_block(leads);
        email_field = leads.email.and_then(|place| names.get(place).cloned());
        draft.lead = Some(block);
        draft.leads_file = Some(leads.file.clone());
    }
    for (table, kind) in events {
        draft.heading.extend(about(table));
        let roles = roles(table, draft.lead.as_ref().map(|_| leads), kind.is_some());
        add_events(&mut draft, table, kind.as_deref(), &roles, email_field.as_deref());
    }
    draft
}

/// Sentences about a file.
fn about(table: &Table) -> Vec<String> {
    let rows = |count: u64| format!("{count} row{}", if count == 1 { "" } else { "s" });
    let mut sentences = vec![format!("Declarations read off {} ({}).", shown(&table.file), rows(table.rows))];
    if let Some(bad) = &table.first_broken {
        let what = if table.broken == 1 {
            "One row can't be read".to_owned()
        } else {
            format!("{} can't be read", rows(table.broken))
        };
        sentences.push(shown(&format!("{what}, and a run will stop there: row {}: {}.", bad.row, bad.reason)));
    }
    sentences.extend(table.left_out.iter().cloned());
    sentences
}

/// A text for a comment: on one line, nothing hidden in it.
pub fn shown(text: &str) -> String {
    let quoted = quoted(text);
    quoted.trim_matches('"').replace("\\\"", "\"").replace("\\\\", "\\")
}

/// The lead, and the name of each column.
fn lead_block(table: &Table) -> (Block, Vec<String>) {
    let places: Vec<usize> = (0..table.columns.len()).collect();
    let mut block = fields(table, &places, Names::default());
    let names = block.fields.iter().map(|field| field.name.clone()).collect();
    if let Some(field) = table.key.column().and_then(|key| block.fields.get_mut(key)) {
        field.key = true;
        field.kind = Kind::Text;
        field.note = None;
    }
    block.notes.extend(about_key(table));
    (block, names)
}

/// What to know about the key.
fn about_key(table: &Table) -> Option<String> {
    let column = |place: usize| table.columns.get(place);
    match table.key {
        Key::Named(_) => None,
        Key::Repeated(place) => {
            let (header, repeated) = (&column(place)?.header, column(place)?.identity.nearly_unique()?);
            let rows = if repeated == 1 { "1 row repeats".to_owned() } else { format!("{repeated} rows repeat") };
            Some(format!(
                "{rows} the {} of an earlier row: run with --rejects FILE to go on without them.",
                quoted(header)
            ))
        }
        Key::Unnamed(place) => {
            let header = quoted(&column(place)?.header);
            Some(format!("No column is named like an identity; {header} is different in each row."))
        }
        Key::None => {
            Some("No column is different in each row: leads can be scored once one is, marked as key.".to_owned())
        }
    }
}

/// As [`fields`]; every event has an `at` already.
fn properties(table: &Table, places: &[usize]) -> Block {
    let mut names = Names::default();
    names.reserve("at");
    fields(table, places, names)
}

/// Fields for some columns of a table, named differently from `names`, with the placeholders met in them.
fn fields(table: &Table, places: &[usize], mut names: Names) -> Block {
    let order = table.order();
    let columns = || places.iter().filter_map(|place| table.columns.get(*place));
    let decided: Vec<Decided> = columns().map(|column| decide(column, order)).collect();
    let mut treat: Vec<(String, String)> = Vec::new();
    for (column, decided) in columns().zip(&decided) {
        for (folded, met) in &column.placeholders {
            let counts = met.sure == Placeholder::Always || column.known > 0 && is_strict(&decided.kind);
            if counts && !treat.iter().any(|(known, _)| known == folded) {
                treat.push((folded.clone(), met.given.to_string()));
            }
        }
    }
    let is_treated = |folded: &str| treat.iter().any(|(known, _)| known == folded);
    let fields =
        columns().zip(decided).map(|(column, decided)| field(column, decided, &mut names, &is_treated)).collect();
    Block { notes: Vec::new(), fields, treat: treat.into_iter().map(|(_, given)| given).collect() }
}

fn field(column: &Column, decided: Decided, names: &mut Names, is_treated: &dyn Fn(&str) -> bool) -> Field {
    let name = names.name(&column.header);
    let Decided { mut kind, mut note } = decided;
    if !is_strict(&kind) && column.known > 0 {
        for (folded, met) in column.placeholders.iter().filter(|(_, met)| met.sure == Placeholder::BesideValues) {
            if is_treated(folded) {
                note = Some(format!("{} counts as missing here too", quoted(&met.given)));
            } else if let Kind::OneOf(values) = &mut kind {
                values.push(met.given.to_string());
            }
        }
    }
    let differs = name.trim_matches('`') != column.header;
    Field { name, kind, key: false, column: differs.then(|| column.header.clone()), note }
}

/// Adds the events of a file: one for each type, or one for all its rows.
fn add_events(draft: &mut Draft, table: &Table, kind: Option<&str>, roles: &Roles, email_field: Option<&str>) {
    let mapping = mapping(table, roles, email_field);
    let base = draft.mapping.get_or_insert_with(|| mapping.clone()).clone();
    draft.heading.extend(about_roles(table, roles));
    let overriding = override_of(&base, &mapping);
    let taken =
        [roles.lead, roles.at, roles.id, roles.kind.and_then(|kind| table.types.get(kind)).map(|types| types.column)];
    let free = |place: &usize| !taken.contains(&Some(*place));
    match roles.kind.and_then(|place| table.types.get(place)) {
        Some(types) => {
            if base.kind != mapping.kind {
                draft.heading.push(format!(
                    "{} keeps its types in another column than the first file of events: split it, and pass each part with --events TYPE=FILE.",
                    shown(&table.file)
                ));
            }
            draft.event_arguments.push(table.file.clone());
            for (called, met) in &types.types {
                let known = |place: &usize| met.known.get(*place).copied().unwrap_or(false);
                let places: Vec<usize> = (0..table.columns.len()).filter(|place| free(place) && known(place)).collect();
                add_event(draft, called, overriding.clone(), properties(table, &places));
            }
        }
        None => {
            let called = kind.unwrap_or(table.stem());
            draft.event_arguments.push(format!("{}={}", event_name(called).trim_matches('`'), table.file));
            let places: Vec<usize> = (0..table.columns.len()).filter(free).collect();
            add_event(draft, called, overriding, properties(table, &places));
        }
    }
}

/// Adds an event, or to the event of that type the properties that it lacks.
fn add_event(draft: &mut Draft, called: &str, mapping: Option<Mapping>, block: Block) {
    let header = |field: &Field| field.column.clone().unwrap_or_else(|| field.name.clone());
    if let Some(event) = draft.events.iter_mut().find(|event| event.called == called) {
        let known: Vec<String> = event.block.fields.iter().map(header).collect();
        let names: Vec<String> = event.block.fields.iter().map(|field| field.name.clone()).collect();
        let new = |field: &Field| !known.contains(&header(field)) && !names.contains(&field.name);
        event.block.fields.extend(block.fields.into_iter().filter(new));
        let treat = block.treat.into_iter().filter(|given| !event.block.treat.contains(given)).collect::<Vec<_>>();
        event.block.treat.extend(treat);
        return;
    }
    let mut names = Names::default();
    for event in &draft.events {
        names.reserve(event.name.trim_matches('`'));
    }
    draft.events.push(Event { name: names.name(called), called: called.to_owned(), mapping, block });
}

fn mapping(table: &Table, roles: &Roles, email_field: Option<&str>) -> Mapping {
    let header =
        |place: Option<usize>| place.and_then(|place| table.columns.get(place)).map(|column| column.header.clone());
    let at = instant(table, roles, table.order());
    let (at_format, at_unit) = match at.map(|decided| decided.kind) {
        Some(Kind::Date { format, unit }) => (format, unit),
        _ => (None, None),
    };
    Mapping {
        lead: header(roles.lead),
        by: email_field.filter(|_| roles.by_email).map(str::to_owned),
        kind: header(roles.kind.and_then(|kind| table.types.get(kind)).map(|types| types.column)),
        at: header(roles.at),
        at_format,
        at_unit,
        id: header(roles.id),
    }
}

/// What an event must say for itself, where its file differs from the first one.
fn override_of(base: &Mapping, own: &Mapping) -> Option<Mapping> {
    let mut overriding = Mapping { kind: None, ..own.clone() };
    if own.lead == base.lead && own.by == base.by {
        overriding.lead = None;
        overriding.by = None;
    }
    if own.at == base.at && own.at_format == base.at_format && own.at_unit == base.at_unit {
        overriding.at = None;
        overriding.at_format = None;
        overriding.at_unit = None;
    }
    if own.id == base.id {
        overriding.id = None;
    }
    (overriding != Mapping::default()).then_some(overriding)
}

/// What to know about the roles of columns.
fn about_roles(table: &Table, roles: &Roles) -> Vec<String> {
    let file = shown(&table.file);
    let mut sentences = Vec::new();
    if roles.lead.is_none() {
        sentences.push(format!("No column of {file} names the lead: write it as lead column \"…\" in `events`."));
    }
    match instant(table, roles, table.order()) {
        None => sentences
            .push(format!("No column of {file} holds a date: write the instant as at column \"…\" in `events`.")),
        Some(decided) => sentences.extend(decided.note.map(|note| format!("The instants of {file}: {note}."))),
    }
    sentences
}
