//! Everything that has a value per lead, each after all that it needs.

use super::Build;
use super::expr::{Place, type_words};
use super::tables::{RowValue, of_one_type, table};
use crate::diagnostics::code::check as code;
use crate::model::{
    AnyExpr, Condition, ConditionKind, Define, DefineId, Exclude, Lookup, LookupId, LookupTable, Matrix, NumberExpr,
    RowTest, ScoreId, Symbol, Table, TableKey, TableRow, Threshold,
};
use crate::source::Span;
use crate::syntax::tree;
use crate::value::{Decimal, Text, read_number};
use std::collections::{BTreeSet, HashMap};

impl Build<'_> {
    pub(super) fn values(&mut self) {
        self.reserve();
        for symbol in self.model.order.clone() {
            match symbol {
                Symbol::Define(id) => self.define(id),
                Symbol::Lookup(id) => self.lookup(id),
                Symbol::Score(id) => self.score(id),
                Symbol::Matrix(id) => self.matrix(id),
                Symbol::Threshold(id) => self.threshold(id),
                Symbol::Field(_) | Symbol::List(_) => {}
            }
        }
    }

    /// A place in the model for everything that is declared, so that names can be spoken of before values are known.
    fn reserve(&mut self) {
        for it in &self.declared.defines {
            let value = AnyExpr::Number(NumberExpr::Missing);
            self.model.defines.push(Define { name: it.tree.name.text.clone(), value, span: it.span });
        }
        for it in &self.declared.lookups {
            let key = TableKey::Number(NumberExpr::Missing);
            let table = LookupTable::Number(Table { key, rows: Vec::new(), otherwise: None, missing: None });
            self.model.lookups.push(Lookup { name: it.tree.name.text.clone(), table, span: it.span });
        }
        for it in &self.declared.matrices {
            let label = it.tree.label.as_ref().map_or(&it.tree.name.text, |label| &label.node).clone();
            self.model.matrices.push(Matrix {
                name: it.tree.name.text.clone(),
                label,
                rows: ScoreId(0),
                columns: ScoreId(0),
                cells: Vec::new(),
                span: it.span,
            });
        }
        for it in &self.declared.thresholds {
            let label = it.tree.label.as_ref().map_or(&it.tree.name.text, |label| &label.node).clone();
            self.model.thresholds.push(Threshold {
                name: it.tree.name.text.clone(),
                label,
                when: Condition { kind: ConditionKind::Constant(false), span: it.span },
                stays: it.tree.stays.is_some(),
                until: None,
                action: it.tree.action.as_ref().map(|action| action.node.clone()),
                reads: Vec::new(),
                span: it.span,
            });
        }
    }

    fn define(&mut self, id: DefineId) {
        let Some(define) = self.declared.defines.get(id.index()).copied() else { return };
        let Some(value) = self.expressions(Place::DEFINE).infer(&define.tree.value) else { return };
        if let Some(place) = self.model.defines.get_mut(id.index()) {
            place.value = value;
        }
        self.known(Symbol::Define(id));
    }

    /// Its type is known from here on, unless it stands in a circle.
    fn known(&mut self, symbol: Symbol) {
        if !self.in_circles.contains(&symbol) {
            self.facts.broken.remove(&symbol);
            self.facts.learn(&self.model, symbol);
        }
    }

    fn lookup(&mut self, id: LookupId) {
        let Some(lookup) = self.declared.lookups.get(id.index()).copied() else { return };
        let tree = lookup.tree;
        let mut expressions = self.expressions(Place::LOOKUP);
        let rows = table(&mut expressions, &tree.by, &tree.rows, lookup_result);
        let from_file = match &tree.file {
            Some(file) => self.file_rows(file),
            None => Some(Vec::new()),
        };
        let (Some(mut rows), Some(from_file)) = (rows, from_file) else { return };
        if let (Some(_), Some(row)) = (&tree.file, rows.rows.first()) {
            self.findings.error(
                code::ROW_MISFIT,
                row.span,
                "the rows of this lookup are in its file",
                "write this row into the file; only `otherwise` and `missing` stand here",
            );
            return;
        }
        if let (Some(file), TableKey::Number(_)) = (&tree.file, &rows.key) {
            let by = self.findings.expr(&tree.by);
            self.findings.error(
                code::TABLE_BY,
                tree.by.span,
                format!("a lookup from a file is by a text, and `{by}` is {}", type_words(crate::model::Type::Number)),
                format!("declare `{by}` as `text`, or write rows instead of `\"{}\"`: `from 10: …`", file.path.node),
            );
            return;
        }
        rows.rows.extend(from_file);
        let Some(table) = of_one_type(&mut self.findings, &tree.name, rows) else { return };
        if let Some(place) = self.model.lookups.get_mut(id.index()) {
            place.table = table;
        }
        self.known(Symbol::Lookup(id));
    }

    /// The rows of `from "file.csv" columns "key", "value"`.
    fn file_rows(&mut self, file: &tree::LookupFile) -> Option<Vec<TableRow<RowValue>>> {
        let (columns, records) = self.csv(&file.path, &[&file.key_column, &file.value_column])?;
        let (key_column, value_column) = (*columns.first()?, *columns.get(1)?);
        let mut lines: HashMap<String, u64> = HashMap::new();
        let mut read: Vec<(String, Text)> = Vec::new();
        for record in &records {
            let line = record.position().map_or(0, csv::Position::line);
            let Some(key) = Text::new(record.get(key_column).unwrap_or_default()) else { continue };
            let Some(value) = Text::new(record.get(value_column).unwrap_or_default()) else {
                let message = format!("line {line} of `{}` has no value for `{}`", file.path.node, key.given);
                self.findings.error(
                    code::FILE_UNREADABLE,
                    file.path.span,
                    message,
                    "fill in the value, or remove the line",
                );
                return None;
            };
            if let Some(first) = lines.insert(key.folded.to_string(), line) {
                self.findings.error(
                    code::ROW_TWICE,
                    file.path.span,
                    format!("lines {first} and {line} of `{}` are both for `{}`", file.path.node, key.given),
                    "remove one of the two; case and blanks do not count",
                );
                return None;
            }
            read.push((key.folded.into(), value));
        }
        let numbers: Option<Vec<Decimal>> =
            read.iter().map(|(_, value)| read_number(&value.given, None).ok()).collect();
        let values: Vec<RowValue> = match numbers {
            Some(numbers) => numbers.into_iter().map(RowValue::Number).collect(),
            None => read.iter().map(|(_, value)| RowValue::Text(value.clone())).collect(),
        };
        let row =
            |(key, result)| TableRow { test: RowTest::Values(BTreeSet::from([key])), result, span: file.path.span };
        Some(read.into_iter().map(|(key, _)| key).zip(values).map(row).collect())
    }

    pub(super) fn ignores_and_excludes(&mut self) {
        for ignore in self.declared.ignores.clone() {
            let selector = self.expressions(Place::IGNORE).selector(ignore.tree);
            self.model.ignores.extend(selector);
        }
        for exclude in self.declared.excludes.clone() {
            let when = self.expressions(Place::EXCLUDE).condition(&exclude.tree.when);
            let reason = match &exclude.tree.reason {
                Some(reason) => self
                    .expressions(Place::EXCLUDE)
                    .literal_text(&reason.node, reason.span)
                    .map(|_| reason.node.clone()),
                None => Some(self.findings.expr(&exclude.tree.when)),
            };
            // A wrong one keeps its reason, so that a test that names it is not wrong too.
            let when = when.unwrap_or(Condition { kind: ConditionKind::Constant(false), span: exclude.span });
            self.model.excludes.push(Exclude { reason: reason.unwrap_or_default(), when, span: exclude.span });
        }
    }
}

/// A written text or number.
fn lookup_result(expressions: &mut super::Expressions<'_>, row: &tree::Row) -> Option<RowValue> {
    let (span, help): (Span, String) = match &row.result {
        tree::RowResult::Value(value) => {
            let inner = super::constants::bare(value);
            if let tree::ExprKind::Text(text) = &inner.kind {
                return expressions.literal_text(text, inner.span).map(RowValue::Text);
            }
            if super::constants::is_number_literal(inner) {
                return expressions.findings.plain_number(inner, "a value").map(RowValue::Number);
            }
            let text = expressions.findings.expr(inner);
            let help = match inner.kind {
                tree::ExprKind::Missing => "leave the row out: where no row fits, the result is missing".to_owned(),
                _ => format!("write a text in quotes or a number: `\"{text}\"`"),
            };
            (value.span, help)
        }
        tree::RowResult::Points(points) => {
            let text = expressions.findings.text(points.span);
            let help =
                format!("a lookup gives values, without the sign: `{}`", text.trim_start_matches(['+', '-']).trim());
            if let tree::PointsKind::Signed { minus: true, value } = &points.kind
                && super::constants::is_number_literal(value)
            {
                let number = expressions.findings.plain_number(value, "a value")?;
                return Some(RowValue::Number(number.negate()));
            }
            (points.span, help)
        }
    };
    expressions.findings.error(code::LOOKUP_RESULT, span, "the result of a row is a written text or number", help);
    None
}
