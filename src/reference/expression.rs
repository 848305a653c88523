//! The value of an expression of any type, of yes/no and list expressions, and the row of a table.

use super::facts::Scope;
use crate::model::{AnyExpr, ListExpr, LookupTable, RowTest, Table, TableKey, TableRow, YesNoExpr};
use crate::value::{Text, Value};

impl<'a> Scope<'a> {
    /// A condition's value is always known.
    pub fn value(&self, expr: &AnyExpr) -> Option<Value> {
        match expr {
            AnyExpr::Condition(condition) => Some(Value::YesNo(self.holds(condition))),
            AnyExpr::Number(number) => self.number(number).map(Value::Number),
            AnyExpr::Text(text) => self.text(text).map(Value::Text),
            AnyExpr::Date(date) => self.date(date).map(Value::Date),
            AnyExpr::YesNo(answer) => self.yes_no(answer).map(Value::YesNo),
            AnyExpr::List(list) => self.list(list).map(Value::List),
        }
    }

    pub fn yes_no(&self, expr: &YesNoExpr) -> Option<bool> {
        match expr {
            YesNoExpr::Field(field) => as_yes_no(self.field(*field)),
            YesNoExpr::Property(property) => as_yes_no(self.property(property)),
            YesNoExpr::Define(define) => as_yes_no(self.define(*define)),
            YesNoExpr::FirstKnown(answers) => answers.iter().find_map(|answer| self.yes_no(answer)),
            YesNoExpr::Latest(property, selector) => as_yes_no(self.latest(property, selector)),
            YesNoExpr::First(property, selector) => as_yes_no(self.first(property, selector)),
        }
    }

    pub fn list(&self, expr: &ListExpr) -> Option<Vec<Text>> {
        match expr {
            ListExpr::Field(field) => as_list(self.field(*field)),
            ListExpr::Property(property) => as_list(self.property(property)),
            ListExpr::Define(define) => as_list(self.define(*define)),
        }
    }

    /// The row that a table gives: the highest edge that a number passes, the row that names a text, else `missing` for
    /// a missing value, else `otherwise`.
    pub fn row<'t, R>(&self, table: &'t Table<R>) -> Option<&'t TableRow<R>> {
        let (missing, row) = match &table.key {
            TableKey::Number(key) => match self.number(key) {
                None => (true, None),
                Some(number) => (false, table.rows.iter().rev().find(|row| passes_edge(number, &row.test))),
            },
            TableKey::Text(key) => match self.text(key) {
                None => (true, None),
                Some(text) => (false, table.rows.iter().find(|row| names(&text, &row.test))),
            },
        };
        let missing = table.missing.as_ref().filter(|_| missing);
        row.or(missing).or(table.otherwise.as_ref())
    }

    pub fn looked_up(&self, table: &LookupTable) -> Option<Value> {
        match table {
            LookupTable::Text(table) => self.row(table).map(|row| Value::Text(row.result.clone())),
            LookupTable::Number(table) => self.row(table).map(|row| Value::Number(row.result)),
        }
    }
}

fn passes_edge(number: crate::value::Decimal, test: &RowTest) -> bool {
    match test {
        RowTest::Edge { at, included: true } => number >= *at,
        RowTest::Edge { at, included: false } => number > *at,
        RowTest::Values(_) | RowTest::Else => false,
    }
}

fn names(text: &Text, test: &RowTest) -> bool {
    matches!(test, RowTest::Values(values) if values.contains(text.folded.as_str()))
}

fn as_yes_no(value: Option<&Value>) -> Option<bool> {
    match value {
        Some(Value::YesNo(answer)) => Some(*answer),
        _ => None,
    }
}

fn as_list(value: Option<&Value>) -> Option<Vec<Text>> {
    match value {
        Some(Value::List(texts)) => Some(texts.clone()),
        _ => None,
    }
}
