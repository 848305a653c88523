//! Comparisons, texts and names as they stand in the files: what the model has values of, and no places.

use super::{ConditionPlace, Context};
use crate::model::Condition;
use crate::source::Span;
use crate::syntax::program::Program;
use crate::syntax::tree::walk::{Walk, walk};
use crate::syntax::tree::{Expr, ExprKind, FieldKind, File, ListValues, Name, Row, RowKey, StatementKind, Text};
use std::collections::{BTreeMap, BTreeSet};

/// What is written, by place. Tests are left out, but for their names.
#[derive(Debug, Default)]
pub struct Written {
    comparisons: BTreeMap<Span, Comparison>,
    rows: BTreeMap<Span, Vec<Literal>>,
    /// The values of `list … = V…`, of `is one of V…`, `contains any of V…`, `includes all of V…`.
    pub lists: Vec<Vec<Literal>>,
    /// All texts in quotes, in order of place.
    pub texts: Vec<WrittenText>,
    /// All names, where they are declared and where they are used, in order of place.
    pub names: Vec<WrittenName>,
}

/// A name, and in which kind of statement it stands.
#[derive(Debug, Clone, PartialEq)]
pub struct WrittenName {
    pub name: Name,
    pub within: Within,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Within {
    /// `test`
    Tests,
    /// `list`
    Lists,
    /// All else
    #[default]
    Rules,
}

/// `title contains any of "ceo", "cto"`
#[derive(Debug, Clone, PartialEq)]
pub struct Comparison {
    /// `title`
    pub left: Span,
    /// ` contains any of `, with the blanks around it
    pub operator: Span,
    /// What stands behind it, whatever it is
    pub operands: Vec<Literal>,
}

/// What something is compared with.
#[derive(Debug, Clone, PartialEq)]
pub struct Literal {
    pub kind: LiteralKind,
    pub span: Span,
}

#[derive(Debug, Clone, PartialEq)]
pub enum LiteralKind {
    /// `"ceo"`
    Text(String),
    /// `/c[et]o/`
    Pattern(String),
    /// A list, a field, a number…
    Other,
}

/// A text in quotes.
#[derive(Debug, Clone, PartialEq)]
pub struct WrittenText {
    /// Its escapes resolved.
    pub text: String,
    /// With its quotes.
    pub span: Span,
    /// Whether it is only ever compared, and so folded: an operand, a value of a list or a row.
    pub is_compared: bool,
    /// Whether it names something in the data or on the disk, to the letter: a column, an event, a file.
    pub is_exact: bool,
}

impl Literal {
    pub fn text(&self) -> Option<&str> {
        match &self.kind {
            LiteralKind::Text(text) => Some(text),
            LiteralKind::Pattern(_) | LiteralKind::Other => None,
        }
    }

    pub fn pattern(&self) -> Option<&str> {
        match &self.kind {
            LiteralKind::Pattern(pattern) => Some(pattern),
            LiteralKind::Text(_) | LiteralKind::Other => None,
        }
    }
}

impl Comparison {
    /// The one operand, where there is one alone.
    pub fn only(&self) -> Option<&Literal> {
        match self.operands.as_slice() {
            [one] => Some(one),
            _ => None,
        }
    }
}

impl Written {
    pub fn of(program: &Program) -> Written {
        let mut met = Met::default();
        for file in &program.files {
            met.roles(file);
            let mut left = file.clone();
            for within in [Within::Tests, Within::Lists, Within::Rules] {
                let statements = std::mem::take(&mut left.statements).into_iter();
                let (these, others) = statements.partition(|one| Within::of(&one.kind) == within);
                (left.statements, met.within) = (these, within);
                walk(&mut left, &mut met);
                left.statements = others;
            }
        }
        met.finish()
    }

    /// How a condition that is one comparison is written.
    pub fn comparison(&self, condition: &Condition) -> Option<&Comparison> {
        self.comparisons.get(&condition.span)
    }

    /// All regular expressions, in order of place.
    pub fn patterns(&self) -> impl Iterator<Item = &Literal> {
        let operands = self.comparisons.values().flat_map(|comparison| &comparison.operands);
        operands.filter(|operand| operand.pattern().is_some())
    }

    /// The values before the `:` of a row of the model.
    pub fn row(&self, row: Span) -> &[Literal] {
        self.rows.get(&row).map_or(&[], Vec::as_slice)
    }
}

impl Within {
    fn of(statement: &StatementKind) -> Within {
        match statement {
            StatementKind::Test(_) => Within::Tests,
            StatementKind::List(_) => Within::Lists,
            _ => Within::Rules,
        }
    }
}

#[derive(Default)]
struct Met {
    written: Written,
    /// The kind of statement that is looked at
    within: Within,
    compared: BTreeSet<Span>,
    exact: BTreeSet<Span>,
}

impl Met {
    /// What the texts of declarations are for.
    fn roles(&mut self, file: &File) {
        for statement in &file.statements {
            match &statement.kind {
                StatementKind::Lead(lead) => {
                    self.compared(&lead.treat_missing);
                    lead.fields.iter().for_each(|field| self.field(field));
                }
                StatementKind::Event(event) => {
                    self.compared(&event.treat_missing);
                    self.exact(&event.called);
                    event.properties.iter().for_each(|field| self.field(field));
                    event.mapping.iter().for_each(|mapping| self.exact(&mapping.column));
                }
                StatementKind::Events(events) => {
                    events.mapping.iter().for_each(|mapping| self.exact(&mapping.column));
                }
                StatementKind::List(list) => match &list.values {
                    ListValues::Written(values) => {
                        self.compared(values);
                        let literal =
                            |value: &Text| Literal { kind: LiteralKind::Text(value.node.clone()), span: value.span };
                        self.written.lists.push(values.iter().map(literal).collect());
                    }
                    ListValues::File { path, column } => {
                        self.exact.insert(path.span);
                        self.exact(column);
                    }
                },
                StatementKind::Lookup(lookup) => {
                    let file = lookup.file.iter().flat_map(|file| [&file.path, &file.key_column, &file.value_column]);
                    self.exact.extend(file.map(|text| text.span));
                }
                StatementKind::Use(path) => {
                    self.exact.insert(path.span);
                }
                _ => {}
            }
        }
    }

    fn field(&mut self, field: &crate::syntax::tree::Field) {
        if let FieldKind::OneOf(values) = &field.kind.node {
            self.compared(values);
        }
        self.exact(&field.column);
    }

    fn compared(&mut self, texts: &[Text]) {
        self.compared.extend(texts.iter().map(|text| text.span));
    }

    fn exact(&mut self, text: &Option<Text>) {
        self.exact.extend(text.iter().map(|text| text.span));
    }

    fn finish(mut self) -> Written {
        for text in &mut self.written.texts {
            text.is_compared = self.compared.contains(&text.span);
            text.is_exact = self.exact.contains(&text.span);
        }
        self.written.texts.sort_by_key(|text| text.span);
        self.written.names.sort_by_key(|written| written.name.span);
        self.written
    }
}

impl Walk for Met {
    fn name(&mut self, name: &Name) {
        self.written.names.push(WrittenName { name: name.clone(), within: self.within });
    }

    fn text(&mut self, text: &str, span: Span) {
        if self.within == Within::Tests {
            return;
        }
        let text = text.to_owned();
        self.written.texts.push(WrittenText { text, span, is_compared: false, is_exact: false });
    }

    fn expr(&mut self, expr: &Expr) {
        if self.within == Within::Tests {
            return;
        }
        if let ExprKind::Text(_) = &expr.kind {
            self.compared.insert(expr.span);
        }
        if let ExprKind::Compare { left, comparison } = &expr.kind {
            let operands: Vec<Literal> = comparison.node.kind.operands().into_iter().map(literal).collect();
            let first = operands.first().map_or(comparison.span.end, |operand| operand.span.start);
            let operator = Span { start: left.span.end, end: first.max(left.span.end), ..expr.span };
            self.written.comparisons.insert(expr.span, Comparison { left: left.span, operator, operands });
        }
    }

    fn values(&mut self, values: &[Expr]) {
        if self.within != Within::Tests {
            self.written.lists.push(values.iter().map(literal).collect());
        }
    }

    fn row(&mut self, row: &Row) {
        if let RowKey::Values(values) = &row.key {
            self.written.rows.insert(row.span, values.iter().map(literal).collect());
        }
    }
}

fn literal(operand: &Expr) -> Literal {
    let kind = match &operand.kind {
        ExprKind::Text(text) => LiteralKind::Text(text.clone()),
        ExprKind::Pattern(pattern) => LiteralKind::Pattern(pattern.clone()),
        _ => LiteralKind::Other,
    };
    Literal { kind, span: operand.span }
}

/// Whether a filter begins with this condition and has no parentheses, where a list of values cannot stand.
pub fn is_bare_filter(context: &Context<'_>, place: &ConditionPlace<'_>, condition: &Condition) -> bool {
    let text = &context.program.sources.file(condition.span.file).text;
    let before = text.get(..condition.span.start as usize).unwrap_or_default().trim_end();
    place.filter_of.is_some() && !before.ends_with('(')
}

/// A text as it is written in a file: in quotes.
pub fn in_quotes(text: &str) -> String {
    let escaped = text.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n").replace('\t', "\\t");
    format!("\"{escaped}\"")
}

/// "`a`, `b`, `c`": as a message names some of many.
pub fn some_of(words: &[&str], most: usize) -> String {
    let shown: Vec<String> = words.iter().take(most).map(|word| format!("`{word}`")).collect();
    let more = if words.len() > most { ", …" } else { "" };
    format!("{}{more}", shown.join(", "))
}
