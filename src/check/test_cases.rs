//! The `cases` of a test: a table of inputs and expected values.

use super::Build;
use super::bands::band_named;
use super::constants::{bare, is_number_literal};
use super::expr::written;
use crate::diagnostics::code::check as code;
use crate::diagnostics::{Diagnostic, nearest};
use crate::model::{Case, Expected, FieldId, MatrixId, ScoreId, Symbol};
use crate::source::Span;
use crate::syntax::tree::{CaseRow, Cases, Expr, ExprKind, Name};
use crate::value::{fold, fold_name};

/// What a column is about; `None` where its name is wrong.
type Column = Option<Symbol>;

impl Build<'_> {
    /// The rows, and the fields that columns give.
    pub(super) fn cases(&mut self, cases: &Cases) -> (Vec<Case>, Vec<FieldId>) {
        let columns: Vec<Column> = cases.columns.iter().map(|name| self.column(name)).collect();
        for (number, name) in cases.columns.iter().enumerate() {
            let folded = fold_name(&name.text);
            if let Some(first) = cases.columns.iter().take(number).find(|other| fold_name(&other.text) == folded) {
                self.findings.add(
                    Diagnostic::error(code::GIVEN_TWICE, name.span, format!("two columns are called `{}`", name.text))
                        .also(first.span, "the first one is here")
                        .help("remove one of the two"),
                );
            }
        }
        let fields = columns.iter().filter_map(|column| match column {
            Some(Symbol::Field(id)) => Some(*id),
            _ => None,
        });
        let fields: Vec<FieldId> = fields.collect();
        let rows = cases.rows.iter().filter_map(|row| self.case(row, &cases.columns, &columns)).collect();
        (rows, fields)
    }

    fn column(&mut self, name: &Name) -> Column {
        let symbol = self.model.names.get(&fold_name(&name.text)).copied();
        if let Some(Symbol::Field(_) | Symbol::Score(_) | Symbol::Matrix(_) | Symbol::Threshold(_)) = symbol {
            return symbol;
        }
        let model = &self.model;
        let candidates = (model.lead.fields.iter().map(|field| field.name.as_str()))
            .chain(model.scores.iter().map(|score| score.name.as_str()))
            .chain(model.matrices.iter().map(|matrix| matrix.name.as_str()))
            .chain(model.thresholds.iter().map(|threshold| threshold.name.as_str()));
        let help = match nearest(&name.text, candidates) {
            Some(meant) => format!("did you mean `{}`?", written(meant)),
            None if symbol.is_some() => format!("ask for it in each test: `expect {} is …`", written(&name.text)),
            None => "a column is a field of the lead, a score, a matrix or a threshold".to_owned(),
        };
        let message = match symbol {
            Some(_) => format!("`{}` can't be a column of cases", name.text),
            None => format!("nothing is called `{}`", name.text),
        };
        self.findings.error(code::CASE_COLUMN, name.span, message, help);
        None
    }

    fn case(&mut self, row: &CaseRow, names: &[Name], columns: &[Column]) -> Option<Case> {
        if row.cells.len() != columns.len() {
            let cells = if row.cells.len() == 1 { "cell" } else { "cells" };
            let message = format!("this row has {} {cells}, and {} are wanted", row.cells.len(), columns.len());
            self.findings.error(
                code::CASE_WIDTH,
                row.span,
                message,
                "write one cell for each column, with `|` between them; `missing` for no value",
            );
            return None;
        }
        let mut case = Case { inputs: Vec::new(), expected: Vec::new(), span: row.span };
        for ((cell, column), name) in row.cells.iter().zip(columns).zip(names) {
            let place = cell.first().map_or(row.span, |value| value.span);
            match column {
                None => {}
                Some(Symbol::Field(id)) => self.input(&mut case, *id, cell, place),
                Some(symbol) => {
                    let expected = self.expected(*symbol, name, cell, place);
                    case.expected.extend(expected.map(|expected| (expected, place)));
                }
            }
        }
        Some(case)
    }

    fn input(&mut self, case: &mut Case, id: FieldId, cell: &[Expr], place: Span) {
        let Some(field) = self.model.lead.fields.get(id.index()).cloned() else { return };
        let placeholders = self.model.lead.missing.clone();
        let Some(value) = self.test_value(&field, &placeholders, cell, place) else { return };
        if value.is_none() && field.required && self.model.lead.key != Some(id) {
            self.findings.add(
                Diagnostic::error(
                    code::TEST_REQUIRED,
                    place,
                    format!("`{}` is required, and here it is missing", field.name),
                )
                .also(field.span, "declared here")
                .help("write a value; a row without one would be refused"),
            );
        }
        case.inputs.push((id, value));
    }

    fn expected(&mut self, symbol: Symbol, name: &Name, cell: &[Expr], place: Span) -> Option<Expected> {
        let value = match cell {
            [one] => bare(one),
            _ => {
                let message = format!("`{}` has one value", name.text);
                self.findings.error(code::TEST_VALUE, place, message, "write one value in this cell");
                return None;
            }
        };
        match symbol {
            Symbol::Score(id) => self.expected_score(id, value),
            Symbol::Matrix(id) => self.expected_cell(id, value),
            Symbol::Threshold(id) => match value.kind {
                ExprKind::YesNo(yes) => Some(Expected::Threshold(id, yes)),
                _ => {
                    let message = format!("`{}` is met or it isn't", name.text);
                    self.findings.error(code::TEST_VALUE, value.span, message, "write `yes` or `no`");
                    None
                }
            },
            _ => None,
        }
    }

    /// A number, `missing`, or the name of a band.
    fn expected_score(&mut self, id: ScoreId, value: &Expr) -> Option<Expected> {
        if is_number_literal(value) {
            return self.findings.plain_number(value, "a score").map(|number| Expected::Score(id, Some(number)));
        }
        let band = match &value.kind {
            ExprKind::Missing => return Some(Expected::Score(id, None)),
            ExprKind::Name(name) => name.text.clone(),
            ExprKind::Text(text) => text.clone(),
            _ => String::new(),
        };
        let score = self.model.scores.get(id.index())?;
        if let Some(found) = band_named(score, &band) {
            return Some(Expected::Band(id, found));
        }
        let bands = score.bands.iter().flat_map(|bands| &bands.bands).map(|band| band.name.as_str());
        let help = match nearest(&band, bands.clone()) {
            Some(meant) => format!("did you mean `{}`?", written(meant)),
            None if bands.clone().next().is_some() => "write a number, the name of a band, or `missing`".to_owned(),
            None => "write a number or `missing`".to_owned(),
        };
        let message = format!("`{}` is no value of the score `{}`", self.findings.expr(value), score.name);
        self.findings.error(code::TEST_VALUE, value.span, message, help);
        None
    }

    fn expected_cell(&mut self, id: MatrixId, value: &Expr) -> Option<Expected> {
        let text = match &value.kind {
            ExprKind::Missing => return Some(Expected::Matrix(id, None)),
            ExprKind::Text(text) => text.clone(),
            _ => {
                let text = self.findings.expr(value);
                let message = format!("a cell of a matrix is a text, and `{text}` is none");
                self.findings.error(
                    code::TEST_VALUE,
                    value.span,
                    message,
                    format!("put quotes around it: `\"{text}\"`"),
                );
                return None;
            }
        };
        let matrix = self.model.matrices.get(id.index())?;
        let cells = || matrix.cells.iter().flatten().map(String::as_str);
        let folded = fold(&text);
        if folded == "excluded" || cells().next().is_none() || cells().any(|cell| fold(cell) == folded) {
            return Some(Expected::Matrix(id, Some(text)));
        }
        let help = match nearest(&text, cells()) {
            Some(meant) => format!("did you mean `\"{meant}\"`?"),
            None => "write one of the texts of the matrix".to_owned(),
        };
        let message = format!("the matrix `{}` has no cell `{text}`", matrix.name);
        self.findings.error(code::TEST_VALUE, value.span, message, help);
        None
    }
}
