//! What could stand where the cursor is.

use super::Session;
use super::commands::{COMMANDS, Takes, split};
use crate::model::{EventId, Field, FieldId, FieldKind, Model, PropertyId, ScoreBody, Symbol};
use crate::syntax::typing::{Piece, PieceKind, pieces, written_name};
use crate::value::{fold, fold_name};

/// The most proposals.
const MOST: usize = 200;

/// Words that begin or join expressions and events.
const WORDS: &[&str] = &[
    "and",
    "any",
    "at least",
    "average of",
    "band of",
    "between",
    "contains",
    "count of",
    "count of known",
    "days ago",
    "days since",
    "days since last",
    "domain of",
    "does not",
    "ends with",
    "event",
    "first known of",
    "highest of",
    "in last",
    "is",
    "is known",
    "is missing",
    "is not",
    "is one of",
    "latest",
    "lead",
    "length of",
    "lowest of",
    "matches",
    "mentions",
    "missing",
    "no",
    "not",
    "or",
    "points of",
    "starts with",
    "sum of",
    "where",
    "within",
    "yes",
];

/// The byte where the word at the cursor begins, and what could stand in its place, sorted.
pub fn complete(session: &Session, line: &str, cursor: usize) -> (usize, Vec<String>) {
    let typed = line.get(..cursor).unwrap_or(line);
    let command = typed.trim_start().strip_prefix(':');
    let (start, mut found) = match command {
        Some(rest) => behind_colon(session, typed, rest),
        None => in_language(session, typed, 0),
    };
    found.sort();
    found.dedup();
    found.truncate(MOST);
    (start, found)
}

fn behind_colon(session: &Session, typed: &str, rest: &str) -> (usize, Vec<String>) {
    let offset = typed.len() - rest.len();
    let Some((command, behind)) =
        split(rest).filter(|(_, behind)| !behind.is_empty() || rest.ends_with(char::is_whitespace))
    else {
        let names = COMMANDS.iter().map(|command| command.name).filter(|name| name.starts_with(rest.trim_start()));
        let names = names.map(|name| format!(":{name} "));
        return (offset - 1, names.collect());
    };
    let behind_at = typed.len() - behind.len() - (rest.len() - rest.trim_end().len()).min(rest.len());
    let behind_at = behind_at.min(typed.len());
    let word = typed.get(behind_at..).unwrap_or("");
    let model = session.model();
    let starting = |all: Vec<String>| all.into_iter().filter(|one| one.starts_with(word)).collect::<Vec<_>>();
    match command.takes {
        Takes::Nothing | Takes::Words => (typed.len(), Vec::new()),
        Takes::Command => (behind_at, starting(COMMANDS.iter().map(|command| command.name.to_owned()).collect())),
        Takes::Key => {
            let keys = session.population.iter().flat_map(|leads| leads.keys()).filter(|key| key.starts_with(word));
            (behind_at, keys.take(MOST).map(str::to_owned).collect())
        }
        Takes::Score => (behind_at, starting(scores(model))),
        Takes::Result if word.starts_with('"') || word.starts_with("not ") => {
            let at = behind_at + if word.starts_with("not ") { 4 } else { 0 };
            let begun = typed.get(at..).unwrap_or("").trim_start_matches('"').to_owned();
            let labels = labels(model).into_iter().filter(|label| fold(label).starts_with(&fold(&begun)));
            (at, labels.map(|label| format!("\"{label}\"")).collect())
        }
        Takes::Result => {
            let mut all = scores(model);
            all.extend(model.thresholds.iter().map(|threshold| written_name(&threshold.name)));
            all.extend(model.matrices.iter().map(|matrix| written_name(&matrix.name)));
            all.push("not ".to_owned());
            (behind_at, starting(all))
        }
        Takes::Condition => in_language(session, typed, behind_at),
    }
}

fn scores(model: &Model) -> Vec<String> {
    model.scores.iter().map(|score| written_name(&score.name)).collect()
}

fn labels(model: &Model) -> Vec<String> {
    let mut labels = Vec::new();
    for score in &model.scores {
        let ScoreBody::Rules { items, .. } = &score.body else { continue };
        let mut open: Vec<&crate::model::Item> = items.iter().collect();
        while let Some(item) = open.pop() {
            match item {
                crate::model::Item::Rule(rule) => labels.push(rule.label.clone()),
                crate::model::Item::Group(group) => open.extend(&group.items),
            }
        }
    }
    labels
}

/// A line of the language from a byte on.
fn in_language(session: &Session, typed: &str, from: usize) -> (usize, Vec<String>) {
    let text = typed.get(from..).unwrap_or("");
    let all = pieces(text);
    let at_cursor = all.last().filter(|piece| piece.place.end == text.len());
    let is_open_text = at_cursor.is_some_and(|piece| {
        let written = text.get(piece.place.clone()).unwrap_or("");
        piece.kind == PieceKind::Text && (written.len() == 1 || !written.ends_with('"'))
    });
    if let Some(piece) = at_cursor.filter(|_| is_open_text) {
        let begun = text.get(piece.place.start + 1..).unwrap_or("");
        let before: Vec<&Piece> = all.iter().take(all.len() - 1).collect();
        return (from + piece.place.start, texts(session, text, &before, begun));
    }
    let is_word = at_cursor.is_some_and(|piece| matches!(piece.kind, PieceKind::Name | PieceKind::Word));
    let (start, before) = match at_cursor.filter(|_| is_word) {
        Some(piece) => (piece.place.start, all.get(..all.len() - 1).unwrap_or_default()),
        None => (text.len(), all.as_slice()),
    };
    let begun = fold_name(text.get(start..).unwrap_or("").trim_start_matches('`'));
    let names = names(session, text, before);
    let fits = |name: &String| fold_name(name.trim_start_matches('`')).starts_with(&begun) && *name != begun;
    (from + start, names.into_iter().filter(fits).collect())
}

/// Names and words that may stand behind what is before.
fn names(session: &Session, text: &str, before: &[Piece]) -> Vec<String> {
    let model = session.model();
    let word = |piece: &Piece| text.get(piece.place.clone()).unwrap_or("").to_owned();
    let last = before.last().map(&word).unwrap_or_default();
    let events = || model.events.iter().map(|event| written_name(&event.name));
    let fields = || model.lead.fields.iter().map(|field| written_name(&field.name));
    if let Some(block) = open_block(text, before) {
        return match block {
            Block::Lead => fields().collect(),
            Block::Before => model.thresholds.iter().map(|threshold| written_name(&threshold.name)).collect(),
            Block::Event(name) => {
                let event = model.event_names.get(&fold_name(&name)).and_then(|id| model.events.get(id.index()));
                event.into_iter().flat_map(|event| &event.properties).map(|field| written_name(&field.name)).collect()
            }
        };
    }
    if matches!(last.as_str(), "event" | "any" | "no" | "each" | "without") || is_counting(text, before) {
        return events().chain(std::iter::once("event".to_owned())).collect();
    }
    if matches!(last.as_str(), "where" | "in" | "(")
        && before.iter().any(|piece| model.event_names.contains_key(&fold_name(&word(piece))))
    {
        let of = before.iter().filter_map(|piece| model.event_names.get(&fold_name(&word(piece))));
        let properties = of.filter_map(|id| model.events.get(id.index())).flat_map(|event| &event.properties);
        let properties: Vec<String> = properties.map(|field| written_name(&field.name)).collect();
        return properties.into_iter().chain(fields()).collect();
    }
    let symbols = model.names.values().map(|symbol| written_name(name_of(model, *symbol)));
    symbols.chain(events()).chain(WORDS.iter().map(|word| (*word).to_owned())).collect()
}

/// `at least 3 `, `count of `
fn is_counting(text: &str, before: &[Piece]) -> bool {
    let words: Vec<&str> = before.iter().rev().take(3).filter_map(|piece| text.get(piece.place.clone())).collect();
    matches!(words.as_slice(), [_, "least", ..] | [_, "than", ..] | [_, "exactly", ..] | ["of", "count", ..])
}

fn name_of(model: &Model, symbol: Symbol) -> &str {
    let name = match symbol {
        Symbol::Field(id) => model.lead.fields.get(id.index()).map(|it| &it.name),
        Symbol::List(id) => model.lists.get(id.index()).map(|it| &it.name),
        Symbol::Define(id) => model.defines.get(id.index()).map(|it| &it.name),
        Symbol::Lookup(id) => model.lookups.get(id.index()).map(|it| &it.name),
        Symbol::Score(id) => model.scores.get(id.index()).map(|it| &it.name),
        Symbol::Matrix(id) => model.matrices.get(id.index()).map(|it| &it.name),
        Symbol::Threshold(id) => model.thresholds.get(id.index()).map(|it| &it.name),
    };
    name.map(String::as_str).unwrap_or_default()
}

/// The block around the cursor.
enum Block {
    Lead,
    Before,
    Event(String),
}

fn open_block(text: &str, before: &[Piece]) -> Option<Block> {
    let word = |piece: &Piece| text.get(piece.place.clone()).unwrap_or("");
    let mut depth = 0;
    let open = before.iter().rposition(|piece| {
        match word(piece) {
            "}" => depth += 1,
            "{" if depth > 0 => depth -= 1,
            "{" => return true,
            _ => {}
        }
        false
    })?;
    let header = before.get(..open)?;
    let begin = header.iter().rposition(|piece| matches!(word(piece), "lead" | "event" | "before"))?;
    match word(header.get(begin)?) {
        "lead" => Some(Block::Lead),
        "before" => Some(Block::Before),
        _ => Some(Block::Event(header.get(begin + 1).map(word)?.trim_matches('`').to_owned())),
    }
}

/// Texts in quotes: labels behind `points of`, else values of the field or property that is named last before.
fn texts(session: &Session, text: &str, before: &[&Piece], begun: &str) -> Vec<String> {
    let model = session.model();
    let word = |piece: &Piece| text.get(piece.place.clone()).unwrap_or("").trim_matches('`').to_owned();
    let words: Vec<String> = before.iter().map(|piece| word(piece)).collect();
    let values: Vec<String> = match words.as_slice() {
        [.., first, second] if first == "points" && second == "of" => labels(model),
        _ => words.iter().rev().find_map(|name| values_of(session, name)).unwrap_or_default(),
    };
    let begun = fold(begun);
    let fitting = values.into_iter().filter(|value| fold(value).starts_with(&begun));
    fitting.map(|value| format!("\"{}\"", value.replace('\\', "\\\\").replace('"', "\\\""))).collect()
}

/// The known values of something called so; `None` where it is no field, property, lookup or matrix.
fn values_of(session: &Session, name: &str) -> Option<Vec<String>> {
    let model = session.model();
    match model.names.get(&fold_name(name)) {
        Some(Symbol::Field(id)) => {
            let field = model.lead.fields.get(id.index())?;
            let mut values = listed(field);
            values.extend(of_data(session, *id));
            return Some(values);
        }
        Some(Symbol::Matrix(id)) => return Some(model.matrices.get(id.index())?.cells.concat()),
        _ => {}
    }
    let mut values: Option<Vec<String>> = None;
    for (event, id) in model.events.iter().zip((0..).map(EventId)) {
        for (property, place) in event.properties.iter().zip((0..).map(PropertyId)) {
            if fold_name(&property.name) == fold_name(name) {
                let known = values.get_or_insert_default();
                known.extend(listed(property));
                let of_data = session.population.iter().flat_map(|leads| leads.property_values(id, place));
                known.extend(of_data.map(str::to_owned));
            }
        }
    }
    values
}

fn listed(field: &Field) -> Vec<String> {
    match &field.kind {
        FieldKind::OneOf(values) => values.iter().map(|value| value.given.to_string()).collect(),
        _ => Vec::new(),
    }
}

fn of_data(session: &Session, field: FieldId) -> Vec<String> {
    session.population.iter().flat_map(|leads| leads.values(field)).map(str::to_owned).collect()
}
