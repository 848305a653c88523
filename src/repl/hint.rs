//! What is shown dimly behind the cursor.

use super::Session;
use super::commands::{COMMANDS, split};
use crate::model::Symbol;
use crate::reference::show;
use crate::syntax::typing::{PieceKind, pieces};
use crate::value::fold_name;

/// How a command goes on, or what a field is now; with whether it can be taken over as it is.
pub fn hint(session: &Session, line: &str) -> Option<(String, bool)> {
    if let Some(rest) = line.strip_prefix(':') {
        return command(rest);
    }
    let all = pieces(line);
    let (first, second) = (all.first()?, all.get(1)?);
    let is_change = all.len() == 2 && line.get(second.place.clone()) == Some("=");
    if first.kind == PieceKind::Text || !is_change {
        return None;
    }
    let name = line.get(first.place.clone())?.trim_matches('`');
    let Some(Symbol::Field(id)) = session.model().names.get(&fold_name(name)) else { return None };
    let gap = if line.ends_with(' ') { "" } else { " " };
    Some((format!("{gap}{}", show(session.state.subject.value(*id))), true))
}

fn command(rest: &str) -> Option<(String, bool)> {
    if let Some((command, behind)) = split(rest) {
        let is_whole = behind.is_empty() && !command.form.is_empty();
        let gap = if rest.ends_with(' ') { "" } else { " " };
        return is_whole.then(|| (format!("{gap}{}", command.form), false));
    }
    if rest.is_empty() {
        return None;
    }
    let mut begun = COMMANDS.iter().filter_map(|command| command.name.strip_prefix(rest));
    let end = begun.next()?;
    begun.next().is_none().then(|| (end.to_owned(), true))
}
