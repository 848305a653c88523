//! What the checker says of a program with mistakes of syntax: statements with a mistake are missing from the tree, so
//! what only their absence makes wrong is left unsaid.

use crate::diagnostics::Diagnostic;
use crate::source::Span;
use crate::syntax::is_reserved;
use crate::syntax::program::Program;
use crate::syntax::tree::{Field, Item, Statement, StatementKind};
use crate::value::fold_name;
use std::collections::HashSet;

/// Those findings that no lost statement can have caused.
pub(super) fn unaffected(program: &Program, found: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let lost = lost_words(program);
    let affected = |finding: &Diagnostic| {
        finding.span().start == finding.span().end
            || named(&finding.message).any(|name| lost.contains(&fold_name(name)))
            || stands_in_a_broken_table(program, finding.span())
    };
    found.into_iter().filter(|finding| !affected(finding)).collect()
}

/// The words of broken statements that nothing else declares: what they may have declared.
fn lost_words(program: &Program) -> HashSet<String> {
    let broken = program.files.iter().flat_map(|file| &file.broken);
    let mut words: HashSet<String> = HashSet::new();
    for span in broken {
        let text = program.sources.text(*span);
        words.extend(text.split(['"', '`']).map(fold_name));
        words.extend(text.split(|character: char| !character.is_alphanumeric() && character != '_').map(fold_name));
    }
    words.retain(|word| !is_reserved(word));
    for statement in program.files.iter().flat_map(|file| &file.statements) {
        for name in declared(&statement.kind) {
            words.remove(&fold_name(name));
        }
    }
    words
}

fn declared(statement: &StatementKind) -> Vec<&str> {
    match statement {
        StatementKind::Lead(lead) => fields(&lead.fields),
        StatementKind::Event(event) => {
            let mut names = fields(&event.properties);
            names.push(&event.name.text);
            names
        }
        StatementKind::List(list) => vec![&list.name.text],
        StatementKind::Define(define) => vec![&define.name.text],
        StatementKind::Lookup(lookup) => vec![&lookup.name.text],
        StatementKind::Score(score) => vec![&score.name.text],
        StatementKind::Bands(bands) => bands.bands.iter().map(|band| band.name.text.as_str()).collect(),
        StatementKind::Matrix(matrix) => vec![&matrix.name.text],
        StatementKind::Threshold(threshold) => vec![&threshold.name.text],
        _ => Vec::new(),
    }
}

fn fields(fields: &[Field]) -> Vec<&str> {
    fields.iter().map(|field| field.name.text.as_str()).collect()
}

/// What stands in backticks.
fn named(message: &str) -> impl Iterator<Item = &str> {
    message.split('`').skip(1).step_by(2)
}

/// Whether it stands in a statement or group that says something only as a whole, and has lost a part.
fn stands_in_a_broken_table(program: &Program, at: Span) -> bool {
    let holds =
        |outer: Span, inner: Span| outer.file == inner.file && outer.start <= inner.start && inner.end <= outer.end;
    let Some(file) = program.files.iter().find(|file| file.id == at.file) else { return false };
    let broken = |outer: Span| file.broken.iter().any(|broken| holds(outer, *broken));
    let after = file.statements.partition_point(|statement| statement.span.start <= at.start);
    let before = after.checked_sub(1).and_then(|before| file.statements.get(before));
    let Some(statement) = before.filter(|statement: &&Statement| holds(statement.span, at)) else { return false };
    match &statement.kind {
        StatementKind::Bands(_) | StatementKind::Matrix(_) | StatementKind::Lookup(_) | StatementKind::Test(_) => {
            broken(statement.span)
        }
        StatementKind::Score(score) => match &score.body {
            crate::syntax::tree::ScoreBody::Rules(items) => in_broken_item(items, at, &holds, &broken),
            crate::syntax::tree::ScoreBody::Derived(_) => false,
        },
        _ => false,
    }
}

/// Tables lose rows; a group or a score that loses a rule is no less right.
fn in_broken_item(
    items: &[Item],
    at: Span,
    holds: &impl Fn(Span, Span) -> bool,
    broken: &impl Fn(Span) -> bool,
) -> bool {
    items.iter().any(|item| match item {
        Item::Group(group) => holds(group.span, at) && in_broken_item(&group.items, at, holds, broken),
        Item::Table(table) => holds(table.span, at) && broken(table.span),
        Item::Rule(_) => false,
    })
}

#[cfg(test)]
mod tests {
    use crate::source::Memory;
    use crate::{CompileError, compile};

    /// The places of all mistakes of a file, as the words that the first labels mark.
    fn marked(text: &str) -> Vec<String> {
        let files = Memory::default().with("m.score", text);
        match compile(&files, std::path::Path::new("m.score")) {
            Err(CompileError::Wrong { sources, diagnostics }) => {
                diagnostics.iter().map(|found| sources.text(found.span()).to_owned()).collect()
            }
            _ => Vec::new(),
        }
    }

    const LEAD: &str = "lead {\n  id text key\n  country text\n}\n";

    #[test]
    fn what_a_lost_line_declares_is_not_missed() {
        assert_eq!(marked("lead {\n  country tekst\n}\nscore s { +1 when country is \"US\" }\n"), ["tekst"]);
        assert_eq!(marked(&format!("{LEAD}scor a {{ +1 }}\nscore b = a + 1\n")), ["scor"]);
        assert_eq!(
            marked(&format!("{LEAD}score a {{\n  1 \"One\"\n}}\ntest \"t\" {{ expect points of \"One\" is 1 }}\n")),
            ["1"]
        );
    }

    #[test]
    fn other_mistakes_are_told_beside_it() {
        let rules = "score s {\n  +1 \"a\" when country is \"x\n  +1 \"b\" when contry is \"x\"\n  +1 \"c\" when country > 5\n}\n";
        assert_eq!(marked(&format!("{LEAD}{rules}")), ["\"", "contry", "> 5"]);
        let joined =
            "score s {\n  +1 \"a\" when country = \"x\" or country is \"y\"\n  +1 \"b\" when country is US or UK\n}\n";
        assert_eq!(marked(&format!("{LEAD}{joined}")).len(), 2);
    }
}
