//! Labels, reasons and names that are written, but say nothing: `+5 "" when …`.

use super::Build;
use crate::diagnostics::code::check as code;
use crate::source::Span;
use crate::syntax::tree::{Item, ScoreBody, StatementKind, Text};
use crate::value::Text as Folded;

/// What a blank one is called, and what to do about it.
const LABEL: (&str, &str) = ("label", "write it between the quotes, or leave the quotes out");
const REASON: (&str, &str) = ("reason", "write it between the quotes: `exclude \"Competitor\" when …`");
const TEST: (&str, &str) = ("name", "say between the quotes what the test shows: `test \"a chief executive is hot\"`");

impl Build<'_> {
    pub(super) fn labels(&mut self) {
        let mut blank: Vec<(Span, (&str, &str))> = Vec::new();
        let mut look = |label: Option<&Text>, what| {
            blank.extend(label.filter(|label| Folded::new(&label.node).is_none()).map(|label| (label.span, what)));
        };
        for statement in self.program.files.iter().flat_map(|file| &file.statements) {
            match &statement.kind {
                StatementKind::Score(score) => {
                    look(score.label.as_ref(), LABEL);
                    if let ScoreBody::Rules(items) = &score.body {
                        labels_of(items).into_iter().for_each(|label| look(label, LABEL));
                    }
                }
                StatementKind::Bands(bands) => {
                    bands.bands.iter().for_each(|band| look(band.label.as_ref(), LABEL));
                }
                StatementKind::Matrix(matrix) => look(matrix.label.as_ref(), LABEL),
                StatementKind::Threshold(threshold) => look(threshold.label.as_ref(), LABEL),
                StatementKind::Exclude(exclude) => look(exclude.reason.as_ref(), REASON),
                StatementKind::Test(test) => look(Some(&test.name), TEST),
                _ => {}
            }
        }
        for (span, (what, help)) in blank {
            self.findings.error(code::BLANK_LABEL, span, format!("this {what} is blank"), help);
        }
    }
}

/// The labels of items, in groups too.
fn labels_of(items: &[Item]) -> Vec<Option<&Text>> {
    let mut labels = Vec::new();
    let mut waiting: Vec<&Item> = items.iter().collect();
    while let Some(item) = waiting.pop() {
        labels.push(match item {
            Item::Group(group) => {
                waiting.extend(&group.items);
                group.label.as_ref()
            }
            Item::Rule(rule) => rule.label.as_ref(),
            Item::Table(table) => table.label.as_ref(),
        });
    }
    labels
}
