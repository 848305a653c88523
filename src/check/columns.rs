//! The columns of the results: no two may have one name.

use super::Build;
use crate::diagnostics::Diagnostic;
use crate::diagnostics::code::check as code;
use crate::source::Span;
use crate::value::{fold, fold_name};
use std::collections::HashMap;

/// A column, where it comes from, and whether its name was declared as it stands (two of those had their error).
struct Column {
    name: String,
    span: Option<Span>,
    what: String,
    declared: bool,
}

impl Column {
    fn new(name: impl Into<String>, span: Span, what: String, declared: bool) -> Column {
        Column { name: name.into(), span: Some(span), what, declared }
    }
}

impl Build<'_> {
    /// The key; each score and its band; the matrices; each threshold and since when; `excluded`.
    pub(super) fn result_columns(&mut self) {
        let model = &self.model;
        let mut columns: Vec<Column> = Vec::new();
        let what = "the key".to_owned();
        columns.push(match model.lead.key.and_then(|key| model.lead.fields.get(key.index())) {
            Some(field) => Column::new(&field.name, field.span, what, true),
            None => Column { name: "id".to_owned(), span: None, what, declared: false },
        });
        for score in &model.scores {
            let name = &score.name;
            columns.push(Column::new(name, score.span, format!("the score `{name}`"), true));
            if let Some(bands) = &score.bands {
                columns.push(Column::new(format!("{name}_band"), bands.span, format!("the band of `{name}`"), false));
            }
        }
        for matrix in &model.matrices {
            columns.push(Column::new(&matrix.name, matrix.span, format!("the matrix `{}`", matrix.name), true));
        }
        for threshold in &model.thresholds {
            let name = &threshold.name;
            columns.push(Column::new(name, threshold.span, format!("the threshold `{name}`"), true));
            let since = format!("since when `{name}` is met");
            columns.push(Column::new(format!("{name}_since"), threshold.span, since, false));
        }
        if let Some(exclude) = model.excludes.first() {
            columns.push(Column::new("excluded", exclude.span, "the reason of an exclusion".to_owned(), false));
        }
        self.clashes(&columns);
    }

    /// `excluded` is what bands and matrices show of an excluded lead, so nothing else may be called so.
    pub(super) fn called_excluded(&mut self) {
        let Some(exclude) = self.model.excludes.first().map(|exclude| exclude.span) else { return };
        let bands = self
            .declared
            .bands
            .iter()
            .flat_map(|bands| &bands.tree.bands)
            .map(|band| (band.name.text.as_str(), band.name.span, "band"));
        let cells = self.declared.matrices.iter().flat_map(|matrix| &matrix.tree.cells).flat_map(|(_, cells)| cells);
        let cells = cells.map(|cell| (cell.node.as_str(), cell.span, "cell"));
        for (_, span, what) in bands.chain(cells).filter(|(name, ..)| fold(name) == "excluded") {
            let message = format!("a {what} called `excluded` can't be told from a lead that is excluded");
            self.findings.add(
                Diagnostic::error(code::CALLED_EXCLUDED, span, message)
                    .also(exclude, "this excludes leads")
                    .help("give it another name, such as `out`"),
            );
        }
    }

    fn clashes(&mut self, columns: &[Column]) {
        let mut seen: HashMap<String, &Column> = HashMap::new();
        for column in columns {
            let folded = fold_name(&column.name);
            let Some(first) = seen.get(&folded) else {
                seen.insert(folded, column);
                continue;
            };
            let (Some(span), false) = (column.span, column.declared && first.declared) else { continue };
            let message = format!("two columns of the results would be called `{}`", column.name);
            let mut diagnostic = Diagnostic::error(code::COLUMN_TWICE, span, message).here(column.what.clone());
            if let Some(first_span) = first.span {
                diagnostic = diagnostic.also(first_span, first.what.clone());
            }
            self.findings.add(diagnostic.help("give one of the two another name"));
        }
    }
}
