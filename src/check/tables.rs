//! Rows of `points … by` and of lookups.

use super::constants::{bare, is_number_literal};
use super::expr::{Expressions, type_words};
use super::findings::Findings;
use crate::diagnostics::Diagnostic;
use crate::diagnostics::code::check as code;
use crate::model::{AnyExpr, LookupTable, RowTest, Symbol, Table, TableKey, TableRow, Type};
use crate::source::Span;
use crate::syntax::tree::{Expr, ExprKind, Name, Row, RowKey};
use crate::value::{Decimal, Text, fold_name};
use std::collections::{BTreeSet, HashMap};

/// The result of a lookup's row.
#[derive(Debug, Clone)]
pub(super) enum RowValue {
    Text(Text),
    Number(Decimal),
}

/// Rows checked so far.
struct Rows<R> {
    rows: Vec<TableRow<R>>,
    otherwise: Option<TableRow<R>>,
    missing: Option<TableRow<R>>,
    /// Folded values, with the row that has them
    values: HashMap<String, Span>,
    last_edge: Option<((Decimal, bool), Span)>,
    sound: bool,
}

/// A table by a number or a text; `result` checks what a row gives.
pub(super) fn table<R>(
    expressions: &mut Expressions<'_>,
    by: &Expr,
    written: &[Row],
    mut result: impl FnMut(&mut Expressions<'_>, &Row) -> Option<R>,
) -> Option<Table<R>> {
    let key = table_key(expressions, by);
    let mut rows =
        Rows { rows: Vec::new(), otherwise: None, missing: None, values: HashMap::new(), last_edge: None, sound: true };
    for row in written {
        let result = result(expressions, row);
        rows.add(expressions, key.as_ref(), row, result);
    }
    let key = key?;
    rows.sound.then_some(Table { key, rows: rows.rows, otherwise: rows.otherwise, missing: rows.missing })
}

fn table_key(expressions: &mut Expressions<'_>, by: &Expr) -> Option<TableKey> {
    let kind = match expressions.infer(by)? {
        AnyExpr::Number(number) => return Some(TableKey::Number(number)),
        AnyExpr::Text(text) => return Some(TableKey::Text(text)),
        AnyExpr::Date(_) => Type::Date,
        AnyExpr::YesNo(_) => Type::YesNo,
        AnyExpr::List(_) => Type::List,
        AnyExpr::Condition(_) => Type::Condition,
    };
    let text = expressions.findings.expr(by);
    let help = match kind {
        Type::Date => format!("count the days: `by days since {text}`"),
        Type::List => format!("write a rule for each value: `+5 when {text} includes \"…\"`"),
        _ => format!("write a rule: `+5 when {text}`"),
    };
    let message = format!("a table is by a number or a text, and `{text}` is {}", type_words(kind));
    expressions.findings.error(code::TABLE_BY, by.span, message, help);
    None
}

impl<R> Rows<R> {
    fn add(&mut self, expressions: &mut Expressions<'_>, key: Option<&TableKey>, row: &Row, result: Option<R>) {
        let test = match &row.key {
            // What the table is by is wrong, and with it perhaps every row.
            RowKey::Edge { .. } | RowKey::Values(_) if key.is_none() => None,
            RowKey::Otherwise(span) => self.once(expressions.findings, "otherwise", *span),
            RowKey::Missing(span) => self.once(expressions.findings, "missing", *span),
            RowKey::Edge { included, at } => self.edge(expressions, key, row, *included, at),
            RowKey::Values(values) => self.row_values(expressions, key, row, values),
        };
        let (Some(test), Some(result)) = (test, result) else {
            self.sound = false;
            return;
        };
        let checked = TableRow { test, result, span: row.span };
        match &row.key {
            RowKey::Otherwise(_) => self.otherwise = Some(checked),
            RowKey::Missing(_) => self.missing = Some(checked),
            _ => self.rows.push(checked),
        }
    }

    fn once(&mut self, findings: &mut Findings, word: &str, span: Span) -> Option<RowTest> {
        let first = if word == "otherwise" { &self.otherwise } else { &self.missing };
        let Some(first) = first else { return Some(RowTest::Else) };
        findings.add(
            Diagnostic::error(code::ROW_TWICE, span, format!("this table has two rows `{word}`"))
                .also(first.span, "the first one is here")
                .help("keep one of the two"),
        );
        None
    }

    fn edge(
        &mut self,
        expressions: &mut Expressions<'_>,
        key: Option<&TableKey>,
        row: &Row,
        included: bool,
        at: &Expr,
    ) -> Option<RowTest> {
        let findings = &mut *expressions.findings;
        let number = findings.plain_number(at, "the edge of a row")?;
        if let Some(TableKey::Text(_)) = key {
            let written = findings.expr(at);
            findings.error(
                code::ROW_MISFIT,
                row.span,
                "this table is by a text, and this row is for numbers",
                format!("write the texts that the row is for: `\"{written}\": …`"),
            );
            return None;
        }
        let edge = (number, !included);
        if let Some((last, first)) = self.last_edge
            && edge <= last
        {
            let diagnostic = if edge == last {
                Diagnostic::error(code::ROW_TWICE, row.span, "two rows begin at one edge")
                    .also(first, "the first one is here")
                    .help("give each row an edge of its own")
            } else {
                Diagnostic::error(code::ROW_ORDER, row.span, "this row begins lower than the one above it")
                    .also(first, "this one begins higher")
                    .help("write the rows from the lowest edge to the highest")
            };
            findings.add(diagnostic);
            return None;
        }
        self.last_edge = Some((edge, row.span));
        Some(RowTest::Edge { at: number, included })
    }

    fn row_values(
        &mut self,
        expressions: &mut Expressions<'_>,
        key: Option<&TableKey>,
        row: &Row,
        values: &[Expr],
    ) -> Option<RowTest> {
        if let Some(word) = row_word(expressions, key, values) {
            return other_row(expressions.findings, row, word, values);
        }
        if let Some(TableKey::Number(_)) = key {
            return self.text_row_of_number(expressions.findings, values);
        }
        let mut folded = BTreeSet::new();
        let mut sound = true;
        for value in values {
            let Some(texts) = row_texts(expressions, value) else {
                sound = false;
                continue;
            };
            for text in texts {
                match self.values.get(text.folded.as_str()) {
                    Some(first) if *first != row.span => {
                        expressions.findings.add(
                            Diagnostic::error(
                                code::ROW_TWICE,
                                value.span,
                                format!("two rows are for `{}`", text.given),
                            )
                            .also(*first, "the other one is here")
                            .help("remove it from one of the two; case and blanks do not count"),
                        );
                        sound = false;
                    }
                    _ => {
                        self.values.insert(text.folded.to_string(), row.span);
                        folded.insert(text.folded.into());
                    }
                }
            }
        }
        sound.then_some(RowTest::Values(folded))
    }

    fn text_row_of_number(&self, findings: &mut Findings, values: &[Expr]) -> Option<RowTest> {
        let first = values.first()?;
        let text = findings.expr(first);
        let plain = text.trim_matches('"');
        let help = match Decimal::parse(plain) {
            Some(_) => format!("write the lowest number that the row is for: `from {plain}: …`"),
            None => "write the lowest number that the row is for: `from 10: …`".to_owned(),
        };
        findings.error(
            code::ROW_MISFIT,
            first.span,
            format!("this table is by a number, and `{text}` is no edge"),
            help,
        );
        None
    }
}

/// `else: …`, `unknown: …`: the word of the language that was meant.
fn row_word(expressions: &Expressions<'_>, key: Option<&TableKey>, values: &[Expr]) -> Option<&'static str> {
    let [value] = values else { return None };
    let word = match &bare(value).kind {
        ExprKind::Name(name) if !name.quoted && !expressions.model.names.contains_key(&fold_name(&name.text)) => {
            name.text.to_lowercase()
        }
        // A table by a text may well have a row for `"other"`.
        ExprKind::Text(text) if matches!(key, Some(TableKey::Number(_))) => text.to_lowercase(),
        _ => return None,
    };
    match word.as_str() {
        "else" | "default" | "other" | "others" | "rest" | "anything" | "everything" => Some("otherwise"),
        "unknown" | "empty" | "blank" | "null" | "none" | "nothing" => Some("missing"),
        _ => None,
    }
}

fn other_row(findings: &mut Findings, row: &Row, word: &str, values: &[Expr]) -> Option<RowTest> {
    let value = values.first()?;
    let text = findings.expr(value);
    let whole = findings.text(row.span);
    let result = whole.strip_prefix(&text).map(str::trim_start).and_then(|rest| rest.strip_prefix(':'));
    let result = result.map_or("…", str::trim);
    let what = if word == "missing" { "a blank value" } else { "all other values" };
    let message = format!("a row for {what} is not called `{text}`");
    findings.error(code::ROW_MISFIT, value.span, message, format!("write `{word}: {result}`"));
    None
}

/// The texts that a value of a row stands for: itself, or all of a list.
fn row_texts(expressions: &mut Expressions<'_>, value: &Expr) -> Option<Vec<Text>> {
    let inner = bare(value);
    let help = match &inner.kind {
        ExprKind::Text(text) => return expressions.literal_text(text, inner.span).map(|text| vec![text]),
        ExprKind::Name(name) => match expressions.model.names.get(&fold_name(&name.text)) {
            Some(Symbol::List(id)) => {
                return expressions.model.lists.get(id.index()).map(|list| list.values.clone());
            }
            _ => format!("put quotes around a text: `\"{}\"`", name.text),
        },
        ExprKind::YesNo(_) => "write a rule with `when` for a yes/no field".to_owned(),
        ExprKind::Missing => "write it as a row of its own: `missing: …`".to_owned(),
        _ if is_number_literal(inner) => format!("put quotes around it: `\"{}\"`", expressions.findings.expr(inner)),
        _ => "write texts in quotes, or the names of lists".to_owned(),
    };
    let text = expressions.findings.expr(inner);
    let message = format!("a row is for written texts and lists, and `{text}` is neither");
    expressions.findings.error(code::ROW_MISFIT, inner.span, message, help);
    None
}

/// A lookup's table: all results texts, or all numbers.
pub(super) fn of_one_type(findings: &mut Findings, name: &Name, table: Table<RowValue>) -> Option<LookupTable> {
    let all = || table.rows.iter().chain(&table.otherwise).chain(&table.missing);
    let Some(first) = all().next() else {
        findings.error(
            code::LOOKUP_EMPTY,
            name.span,
            format!("the lookup `{}` has no rows", name.text),
            "write at least one: `\"US\": \"north america\"`",
        );
        return None;
    };
    let is_text = |row: &TableRow<RowValue>| matches!(row.result, RowValue::Text(_));
    if let Some(other) = all().find(|row| is_text(row) != is_text(first)) {
        findings.add(
            Diagnostic::error(
                code::LOOKUP_RESULT,
                other.span,
                format!("`{}` gives texts in some rows and numbers in others", name.text),
            )
            .also(first.span, if is_text(first) { "a text here" } else { "a number here" })
            .help("write all results as texts in quotes, or all as numbers"),
        );
        return None;
    }
    Some(if is_text(first) {
        LookupTable::Text(convert(table, |value| if let RowValue::Text(text) = value { Some(text) } else { None })?)
    } else {
        LookupTable::Number(convert(
            table,
            |value| if let RowValue::Number(number) = value { Some(number) } else { None },
        )?)
    })
}

fn convert<R>(table: Table<RowValue>, result: impl Fn(RowValue) -> Option<R>) -> Option<Table<R>> {
    let row = |row: TableRow<RowValue>| Some(TableRow { test: row.test, result: result(row.result)?, span: row.span });
    Some(Table {
        key: table.key,
        rows: table.rows.into_iter().map(row).collect::<Option<_>>()?,
        otherwise: table.otherwise.and_then(row),
        missing: table.missing.and_then(row),
    })
}
