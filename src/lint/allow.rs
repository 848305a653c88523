//! `# allow: NAME -- reason`: findings that somebody has looked at and wants to keep as they are.
//!
//! On a line of its own it holds for what begins on the next line, to its end: a rule, a field, a whole group, score or
//! other statement. At the end of a line it holds for that line, and for what ends there. `# allow-file: NAME -- reason`
//! holds for its file.

use super::Lint;
use crate::source::Span;
use crate::syntax::program::Program;
use crate::syntax::tree::walk::{Walk, walk};
use crate::syntax::tree::{Comment, File};

/// One comment that allows.
#[derive(Debug, Clone)]
pub struct Allowance {
    /// The comment.
    pub span: Span,
    pub names: Vec<AllowedName>,
    /// `None` where it gives none.
    pub reason: Option<String>,
    /// Findings whose place begins in here are allowed.
    pub covers: Span,
    /// With its line end where it is alone on its line: what to take away so that nothing is left of it.
    pub whole: Span,
}

/// A name in such a comment.
#[derive(Debug, Clone)]
pub struct AllowedName {
    pub text: String,
    pub span: Span,
    /// `None` where nothing is called so.
    pub lint: Option<&'static Lint>,
    /// Whether the lint was on, and so could have found something.
    pub looked: bool,
    /// Whether it has found something here.
    pub used: bool,
}

/// All allowances of a program, file by file, in order of place.
pub fn allowances(program: &Program) -> Vec<Allowance> {
    program.files.iter().flat_map(|file| of_file(file, &program.sources.file(file.id).text)).collect()
}

fn of_file(file: &File, text: &str) -> Vec<Allowance> {
    let mut places: Option<Vec<Span>> = None;
    let mut found = Vec::new();
    for comment in &file.comments {
        let Some(written) = Written::read(text, comment.span) else { continue };
        let places = places.get_or_insert_with(|| Places::of(file));
        let covers = match written.is_file {
            true => Span::new(file.id, 0, text.len()),
            false => covered(comment, text, places),
        };
        let whole = whole(comment, text);
        found.push(Allowance { span: comment.span, names: written.names, reason: written.reason, covers, whole });
    }
    found
}

/// A comment taken apart.
struct Written {
    is_file: bool,
    names: Vec<AllowedName>,
    reason: Option<String>,
}

impl Written {
    fn read(text: &str, span: Span) -> Option<Written> {
        let comment = text.get(span.range())?;
        let said = comment.trim_start_matches('#').trim_start();
        let (is_file, rest) = match (said.strip_prefix("allow:"), said.strip_prefix("allow-file:")) {
            (Some(rest), _) => (false, rest),
            (_, Some(rest)) => (true, rest),
            _ => return None,
        };
        // A word processor makes one dash of two.
        let cut = ["--", "—", "–"].iter().filter_map(|dash| Some((rest.find(dash)?, dash.len()))).min();
        let (listed, reason) = match cut {
            Some((at, length)) => (rest.get(..at).unwrap_or_default(), rest.get(at + length..)),
            None => (rest, None),
        };
        let start = span.start as usize + (comment.len() - rest.len());
        let mut names = Vec::new();
        let mut offset = 0;
        for part in listed.split(',') {
            let name = part.trim();
            let at = start + offset + (part.len() - part.trim_start().len());
            offset += part.len() + 1;
            if !name.is_empty() {
                let span = Span::new(span.file, at, at + name.len());
                let lint = Lint::named(name);
                names.push(AllowedName { text: name.to_owned(), span, lint, looked: false, used: false });
            }
        }
        let reason = reason.map(str::trim).filter(|reason| !reason.is_empty()).map(str::to_owned);
        Some(Written { is_file, names, reason })
    }
}

/// All places of a file but those of its comments.
struct Places(Vec<Span>);

impl Places {
    fn of(file: &File) -> Vec<Span> {
        let mut file = File { comments: Vec::new(), ..file.clone() };
        let mut places = Places(Vec::new());
        walk(&mut file, &mut places);
        places.0
    }
}

impl Walk for Places {
    fn place(&mut self, span: &mut Span) {
        self.0.push(*span);
    }
}

fn covered(comment: &Comment, text: &str, places: &[Span]) -> Span {
    let (file, span) = (comment.span.file, comment.span);
    if comment.own_line {
        let Some(start) = next_code(text, span.end as usize) else { return span };
        let widest = places.iter().filter(|place| place.start as usize == start).max_by_key(|place| place.end);
        let line_end = line_end(text, start);
        return Span::new(file, start, widest.map_or(line_end, |place| (place.end as usize).max(line_end)));
    }
    let line = line_start(text, span.start as usize);
    let code_end =
        text.get(line..span.start as usize).map_or(line, |code| line + code.trim_end().trim_end_matches(',').len());
    let ends_here = places.iter().filter(|place| place.end as usize == code_end);
    let widest = ends_here.min_by_key(|place| place.start).map_or(line, |place| place.start as usize);
    Span::new(file, widest.min(line), span.end as usize)
}

/// Where the next line that is not blank and no comment has its first character.
fn next_code(text: &str, from: usize) -> Option<usize> {
    let mut at = from + text.get(from..)?.find('\n')? + 1;
    loop {
        let rest = text.get(at..)?;
        let line = rest.split('\n').next().unwrap_or_default();
        let code = line.trim_start();
        if !code.is_empty() && !code.starts_with('#') {
            return Some(at + line.len() - code.len());
        }
        at += line.len() + 1;
    }
}

fn whole(comment: &Comment, text: &str) -> Span {
    let (start, end) = (comment.span.start as usize, comment.span.end as usize);
    let line = line_start(text, start);
    let before = text.get(line..start).unwrap_or_default();
    match comment.own_line {
        true => Span::new(comment.span.file, line, (line_end(text, end) + 1).min(text.len())),
        false => Span::new(comment.span.file, line + before.trim_end().len(), end),
    }
}

fn line_start(text: &str, offset: usize) -> usize {
    text.get(..offset).unwrap_or_default().rfind('\n').map_or(0, |at| at + 1)
}

fn line_end(text: &str, offset: usize) -> usize {
    text.get(offset..).and_then(|rest| rest.find('\n')).map_or(text.len(), |at| offset + at)
}

impl Allowance {
    /// Whether it is about a place.
    pub fn covers(&self, span: Span) -> bool {
        self.covers.file == span.file && self.covers.start <= span.start && span.start < self.covers.end.max(1)
    }

    /// Notes that a lint was on; whether it allows the finding of that lint at a place.
    pub fn allows(&mut self, lint: &Lint, span: Span) -> bool {
        let covers = self.covers(span);
        let mut allows = false;
        for name in self.names.iter_mut().filter(|name| name.lint.is_some_and(|named| named.code == lint.code)) {
            name.used |= covers;
            allows |= covers;
        }
        allows
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::lint::testing::compile;

    /// What each allowance of a text covers, the names that it allows, and its reason.
    fn read(text: &str) -> Vec<(String, Vec<String>, Option<String>)> {
        let (program, _) = compile(text);
        let told = |one: Allowance| {
            let names = one.names.into_iter().map(|name| name.text).collect();
            (program.sources.text(one.covers).to_owned(), names, one.reason)
        };
        allowances(&program).into_iter().map(told).collect()
    }

    #[test]
    fn what_they_cover() {
        let text = "# allow-file: never-true -- all of it\n# allow: unused -- the lead\nlead {\n  id text\n}\nscore fit {\n  # allow: a, b -- why\n  # more\n  +1 when id is \"x\"\n  +2 when id is \"y\"  # allow: c\n}\n";
        let found = read(text);
        assert_eq!(found[0], (text.to_owned(), vec!["never-true".to_owned()], Some("all of it".to_owned())));
        assert_eq!(found[1].0, "lead {\n  id text\n}");
        assert_eq!((found[2].0.as_str(), found[2].1.len()), ("+1 when id is \"x\"", 2));
        assert!(found[3].0.starts_with("  +2 when id is \"y\""));
        assert_eq!(found[3].2, None);
    }
}
