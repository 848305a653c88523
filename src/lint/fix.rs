//! Fixes into text.

use super::report::Entry;
use super::{Fix, Safety};
use crate::source::{Sources, Span};
use crate::syntax;
use std::collections::{BTreeMap, BTreeSet};

/// A place with its new text.
type Edit = (Span, String);

/// Fixes of which no edit touches that of another, the first of those that do.
pub fn apart(entries: &[Entry], may_change_scores: bool) -> Vec<(&Entry, &Fix)> {
    let mut taken: BTreeMap<&str, BTreeSet<Span>> = BTreeMap::new();
    let mut chosen = Vec::new();
    for entry in entries {
        let Some(fix) = &entry.fix else { continue };
        if fix.edits.is_empty() || (fix.safety == Safety::Unsafe && !may_change_scores) {
            continue;
        }
        let file = |span: Span| entry.sources.file(span.file).name.as_str();
        let touches = |(span, _): &Edit| {
            let others = taken.get(file(*span)).into_iter().flatten();
            others.into_iter().any(|other| other.start <= span.end && span.start <= other.end)
        };
        if fix.edits.iter().any(touches) {
            continue;
        }
        for (span, _) in &fix.edits {
            taken.entry(file(*span)).or_default().insert(*span);
        }
        chosen.push((entry, fix));
    }
    chosen
}

/// The new text of each file that some fixes change, by its name: laid out.
///
/// # Errors
/// `None`: an edit lies outside its file, or what comes out cannot be laid out.
pub fn texts(fixes: &[(&Entry, &Fix)]) -> Option<BTreeMap<String, String>> {
    let mut edits: BTreeMap<&str, (&str, Vec<&Edit>)> = BTreeMap::new();
    for (entry, fix) in fixes {
        for edit in &fix.edits {
            let file = entry.sources.file(edit.0.file);
            edits.entry(&file.name).or_insert((&file.text, Vec::new())).1.push(edit);
        }
    }
    edits
        .into_iter()
        .map(|(name, (text, edits))| Some((name.to_owned(), laid_out(name, &edited(text, edits)?)?)))
        .collect()
}

fn edited(text: &str, mut edits: Vec<&Edit>) -> Option<String> {
    edits.sort_by_key(|(span, _)| *span);
    let mut edited = String::with_capacity(text.len());
    let mut done = 0;
    for (span, new) in edits {
        edited += text.get(done..span.start as usize)?;
        edited += new;
        done = span.end as usize;
    }
    Some(edited + text.get(done..)?)
}

/// A text as `score fmt` leaves it; `None` where it has mistakes.
fn laid_out(name: &str, text: &str) -> Option<String> {
    let mut sources = Sources::default();
    let id = sources.add(name, text);
    let (tree, mistakes) = syntax::parse(&sources, id);
    if !mistakes.is_empty() {
        return None;
    }
    syntax::format::format(&sources.file(id).text, &tree).ok()
}
