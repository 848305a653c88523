//! From a draft to the text of a rule file, in the layout of the language.

use super::draft::{Block, Draft, Event, Field, Mapping, shown};
use super::kind::{Kind, unit_name};
use unicode_width::UnicodeWidthStr;

/// A line longer than this is broken, in columns.
const LINE: usize = 100;

/// Values on lines of their own stand no deeper than this, in columns.
const DEEPEST: usize = 24;

/// The text of a draft.
pub fn text(draft: &Draft) -> String {
    let mut text = String::new();
    for sentence in &draft.heading {
        text += &format!("# {sentence}\n");
    }
    if let Some(lead) = &draft.lead {
        text += "\nlead {\n";
        text += &lines(lead, &[]);
        text += "}\n";
    }
    if let Some(items) = draft.mapping.as_ref().map(|mapping| items(mapping, true)).filter(|items| !items.is_empty()) {
        text += &mapping_block(&items);
    }
    if !draft.events.is_empty() {
        text.push('\n');
    }
    let blocks: Vec<String> = draft.events.iter().map(event).collect();
    let is_long = |block: &String| block.matches('\n').count() > 1;
    for (index, block) in blocks.iter().enumerate() {
        let before = index.checked_sub(1).and_then(|before| blocks.get(before));
        // A block of several lines stands apart from its neighbours.
        let apart = before.is_some_and(|before| is_long(before) || is_long(block));
        text += if apart { "\n" } else { "" };
        text += block;
    }
    text + "\n" + &next_steps(draft)
}

fn mapping_block(items: &[String]) -> String {
    let line = format!("events {{ {} }}\n", items.join(", "));
    if line.width() <= LINE {
        return format!("\n{line}");
    }
    let lines: String = items.iter().map(|item| format!("  {item}\n")).collect();
    format!("\nevents {{\n{lines}}}\n")
}

fn event(event: &Event) -> String {
    let bare = event.name.trim_matches('`');
    let called = if bare == event.called { String::new() } else { format!(" called {}", quoted(&event.called)) };
    let items = event.mapping.as_ref().map(|mapping| items(mapping, false)).unwrap_or_default();
    if event.block.fields.is_empty() && items.is_empty() {
        return format!("event {}{called}\n", event.name);
    }
    if let Some(inside) = on_one_line(&event.block, &items) {
        let line = format!("event {}{called} {{ {inside} }}\n", event.name);
        if line.width() <= LINE {
            return line;
        }
    }
    format!("event {}{called} {{\n{}}}\n", event.name, lines(&event.block, &items))
}

/// The items of a short block, where nothing in it needs a line of its own.
fn on_one_line(block: &Block, mapping: &[String]) -> Option<String> {
    let long = |field: &Field| field.note.is_some() || matches!(field.kind, Kind::OneOf(_));
    if !block.notes.is_empty() || !block.treat.is_empty() || block.fields.iter().any(long) {
        return None;
    }
    let fields = block.fields.iter().map(|field| format!("{} {}", field.name, declaration(field)));
    Some(mapping.iter().cloned().chain(fields).collect::<Vec<_>>().join(", "))
}

/// The lines of a block: notes, mapping, fields with their types in one column, placeholders.
fn lines(block: &Block, mapping: &[String]) -> String {
    let mut text = String::new();
    for note in &block.notes {
        text += &format!("  # {note}\n");
    }
    for item in mapping {
        text += &format!("  {item}\n");
    }
    let width = block.fields.iter().map(|field| field.name.width()).max().unwrap_or(0);
    for field in &block.fields {
        let blanks = " ".repeat(width.saturating_sub(field.name.width()) + 2);
        let start = format!("  {}{blanks}", field.name);
        let line = format!("{start}{}", declaration(field));
        text += &if line.width() > LINE { broken(&start, field) } else { line };
        text.push('\n');
    }
    if !block.treat.is_empty() {
        let values: Vec<String> = block.treat.iter().map(|value| quoted(value)).collect();
        text += &format!("  treat {} as missing\n", values.join(", "));
    }
    text
}

/// A long line, broken behind commas between values; what follows stands under the type.
fn broken(start: &str, field: &Field) -> String {
    let Kind::OneOf(values) = &field.kind else { return format!("{start}{}", declaration(field)) };
    let indent = (start.width() + 2).min(DEEPEST);
    let mut text = format!("{start}one of");
    let mut column = text.width();
    for (index, value) in values.iter().enumerate() {
        let value = quoted(value);
        let fits = column + value.width() + 2 <= LINE;
        text += if index > 0 { "," } else { "" };
        text += &if fits { " ".to_owned() } else { format!("\n{}", " ".repeat(indent)) };
        column = if fits { column + value.width() + 2 } else { indent + value.width() + 1 };
        text += &value;
    }
    text + &behind_type(field)
}

/// All after the name: `text key column "Prospect ID"  # note`.
fn declaration(field: &Field) -> String {
    field.kind.to_string() + &behind_type(field)
}

/// ` key column "Prospect ID"  # note`
fn behind_type(field: &Field) -> String {
    let mut text = String::new();
    if field.key {
        text += " key";
    }
    if let Some(column) = &field.column {
        text += &format!(" column {}", quoted(column));
    }
    if let Some(note) = &field.note {
        text += &format!("  # {note}");
    }
    text
}

/// The items of a mapping; with `defaults`, those that hold anyway are left out.
fn items(mapping: &Mapping, defaults: bool) -> Vec<String> {
    let mut items = Vec::new();
    let by = mapping.by.as_ref().map(|field| format!(" by {field}")).unwrap_or_default();
    let column = |part: &str, header: &str, default: &str| {
        if defaults && header == default { part.to_owned() } else { format!("{part} column {}", quoted(header)) }
    };
    let mut add = |item: String, part: &str| {
        if item != part {
            items.push(item);
        }
    };
    if let Some(lead) = &mapping.lead {
        add(column("lead", lead, "lead_id") + &by, "lead");
    }
    if let Some(kind) = &mapping.kind {
        add(column("type", kind, "type"), "type");
    }
    if let Some(at) = &mapping.at {
        let format = mapping.at_format.map(|format| format!(" as {}", quoted(format))).unwrap_or_default();
        let unit = mapping.at_unit.map(|unit| format!(" in {}", unit_name(unit))).unwrap_or_default();
        add(column("at", at, "at") + &format + &unit, "at");
    }
    if let Some(id) = &mapping.id {
        add(column("id", id, ""), "id");
    }
    items
}

/// Text as the language writes it, with nothing hidden in it.
pub fn quoted(text: &str) -> String {
    let mut quoted = String::from("\"");
    for char in text.chars() {
        match char {
            '"' => quoted += "\\\"",
            '\\' => quoted += "\\\\",
            '\n' => quoted += "\\n",
            '\t' => quoted += "\\t",
            hidden if hidden.is_control() || is_bidi_control(hidden) => {
                quoted += &format!("\\u{{{:X}}}", u32::from(hidden));
            }
            plain => quoted.push(plain),
        }
    }
    quoted + "\""
}

fn is_bidi_control(char: char) -> bool {
    matches!(char, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Comments that lead from here to scores.
fn next_steps(draft: &Draft) -> String {
    let mut text = String::from("# What to do next:\n");
    text += "# 1. Save this as model.score, and delete the fields that no rule will need.\n";
    text += "# 2. Add a score below these lines, such as:\n";
    text += "#      score fit \"Fit\" {\n";
    text += &format!("#        {}\n", example_rule(draft));
    text += "#      }\n";
    text += "# 3. Look for mistakes: score check model.score\n";
    let leads = draft.leads_file.as_ref().map_or("LEADS".to_owned(), |file| argument(file));
    let events: String = draft.event_arguments.iter().map(|file| format!(" --events {}", argument(file))).collect();
    text + &format!("# 4. Score the leads: score run model.score {leads}{events}\n")
}

fn example_rule(draft: &Draft) -> String {
    let fields = draft.lead.iter().flat_map(|lead| &lead.fields);
    let told: Vec<&Field> =
        fields.filter(|field| !field.key && field.note.is_none() && !field.name.starts_with('_')).collect();
    let rule = |field: &&Field| match &field.kind {
        Kind::OneOf(values) => Some((0, format!("+10 when {} is {}", field.name, quoted(values.first()?)))),
        Kind::Number { .. } => Some((1, format!("+10 when {} > 0", field.name))),
        Kind::YesNo { .. } => Some((2, format!("+10 when {}", field.name))),
        Kind::Text | Kind::ListOfText => Some((3, format!("+10 when {} is known", field.name))),
        Kind::Date { .. } => None,
    };
    let of_field = told.iter().filter_map(rule).min_by_key(|(rank, _)| *rank).map(|(_, rule)| rule);
    let of_event = || draft.events.first().map(|event| format!("+10 when any {} in last 30 days", event.name));
    of_field.or_else(of_event).unwrap_or_else(|| "+10 \"For everyone\"".to_owned())
}

/// An argument as a shell takes it.
fn argument(file: &str) -> String {
    let plain = |char: char| char.is_alphanumeric() || "/._-=:+@\\".contains(char);
    if file == "standard input" {
        "LEADS".to_owned()
    } else if file.chars().all(plain) {
        file.to_owned()
    } else {
        format!("\"{}\"", shown(file))
    }
}
