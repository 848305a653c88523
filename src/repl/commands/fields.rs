//! `:fields`

use super::{Command, Takes};
use crate::model::{Field, FieldId, FieldKind};
use crate::reference::show;
use crate::repl::draw::cut;
use crate::repl::{Answer, Session};
use crate::syntax::typing::written_name;
use crate::terminal::{left, safe};
use unicode_width::UnicodeWidthStr;

pub static COMMAND: Command = Command {
    name: "fields",
    form: "",
    about: "the fields of the lead with their types and values, and the events with their properties",
    takes: Takes::Nothing,
    run,
};

fn run(session: &mut Session, _: &str) -> Answer {
    let model = session.model();
    let rows: Vec<[String; 3]> = model
        .lead
        .fields
        .iter()
        .zip((0..).map(FieldId))
        .map(|(field, id)| {
            [safe(&written_name(&field.name)), kind_text(field), safe(&show(session.state.subject.value(id)))]
        })
        .collect();
    let width = |column: usize, most: usize| {
        rows.iter().filter_map(|row| row.get(column)).map(|cell| cell.width()).max().unwrap_or(0).min(most)
    };
    let (names, kinds) = (width(0, 40), width(1, 40));
    let mut lines = vec![session.look.paint().bold("lead")];
    for [name, kind, value] in &rows {
        let row = format!("  {}  {}  {value}", left(&cut(name, names), names), left(&cut(kind, kinds), kinds));
        lines.push(cut(&row, session.look.width));
    }
    if !model.events.is_empty() {
        lines.push(session.look.paint().bold("events"));
    }
    for event in &model.events {
        let properties: Vec<String> = event
            .properties
            .iter()
            .map(|property| format!("{} {}", safe(&written_name(&property.name)), kind_text(property)))
            .collect();
        let block = if properties.is_empty() { String::new() } else { format!(" {{ {} }}", properties.join(", ")) };
        lines.push(cut(&format!("  {}{block}", safe(&written_name(&event.name))), session.look.width));
    }
    Ok(lines.join("\n"))
}

/// `number from 0`, `one of "a", "b"`
pub(crate) fn kind_text(field: &Field) -> String {
    match &field.kind {
        FieldKind::Text => "text".to_owned(),
        FieldKind::Number { from, to, .. } => {
            let from = from.map(|from| format!(" from {from}")).unwrap_or_default();
            let to = to.map(|to| format!(" to {to}")).unwrap_or_default();
            format!("number{from}{to}")
        }
        FieldKind::YesNo { .. } => "yes/no".to_owned(),
        FieldKind::Date { .. } => "date".to_owned(),
        FieldKind::OneOf(values) => {
            let shown: Vec<String> = values.iter().map(|value| format!("\"{}\"", safe(&value.given))).collect();
            format!("one of {}", shown.join(", "))
        }
        FieldKind::ListOfText => "list of text".to_owned(),
    }
}
