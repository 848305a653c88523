//! Colours for what is typed.

use super::Session;
use super::commands::split;
use crate::syntax::typing::{PieceKind, pieces};
use crate::terminal::Paint;
use crate::value::fold_name;

/// The line with colours, as wide as it was.
pub fn highlight(session: &Session, line: &str) -> String {
    let paint = Paint(true);
    let Some(rest) = line.strip_prefix(':') else { return language(session, line, paint) };
    match split(rest) {
        None => line.to_owned(),
        Some((_, behind)) => {
            let behind_at = line.rfind(behind).filter(|_| !behind.is_empty()).unwrap_or(line.len());
            let (name, behind) = line.split_at_checked(behind_at).unwrap_or((line, ""));
            paint.cyan(name) + &language(session, behind, paint)
        }
    }
}

fn language(session: &Session, text: &str, paint: Paint) -> String {
    let model = session.model();
    let mut colored = String::with_capacity(text.len() * 2);
    let mut done = 0;
    for piece in pieces(text) {
        let (Some(between), Some(written)) = (text.get(done..piece.place.start), text.get(piece.place.clone())) else {
            break;
        };
        colored.push_str(between);
        let name = fold_name(written.trim_matches('`'));
        let is_name = model.names.contains_key(&name) || model.event_names.contains_key(&name);
        colored.push_str(&match piece.kind {
            PieceKind::Word if !is_name => paint.with_code("35", written),
            PieceKind::Word | PieceKind::Name if is_name => paint.with_code("1", written),
            PieceKind::Number => paint.yellow(written),
            PieceKind::Text => paint.green(written),
            PieceKind::Comment => paint.dim(written),
            _ => written.to_owned(),
        });
        done = piece.place.end;
    }
    colored.push_str(text.get(done..).unwrap_or(""));
    colored
}
