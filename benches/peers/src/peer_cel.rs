//! CEL: an expression a rule, compiled once; a scope a row.

use crate::rows::{Cell, Row, mentions};
use crate::{Failure, Peer};
use cel::{Context, Env, Program, Value};
use std::sync::Arc;

pub struct Cel<'root> {
    programs: Vec<Program>,
    rows: Vec<Context<'root, 'root>>,
}

/// What all rows share: the functions.
pub fn root() -> Result<Context<'static, 'static>, Failure> {
    let mut root = Context::with_env(Arc::new(Env::stdlib()));
    root.add_function("mentions", |text: Arc<String>, word: Arc<String>| mentions(&text, &word))
        .map_err(|error| format!("{error:?}"))?;
    Ok(root)
}

impl<'root> Cel<'root> {
    pub fn new(root: &'root Context<'static, 'static>, rules: &str, rows: &[Row]) -> Result<Cel<'root>, Failure> {
        let env = Env::stdlib();
        let compile = |rule: &str| env.compile(rule).map_err(|error| format!("{rule}: {error:?}").into());
        let programs = rules.lines().map(compile).collect::<Result<Vec<Program>, Failure>>()?;
        let scope = |row: &Row| {
            let mut scope = root.new_inner_scope();
            for (name, cell) in row {
                scope.add_variable_from_value(name.clone(), value(cell));
            }
            scope
        };
        Ok(Cel { programs, rows: rows.iter().map(scope).collect() })
    }
}

fn value(cell: &Cell) -> Value {
    match cell {
        Cell::Missing => Value::Null,
        Cell::Text(text) => Value::String(Arc::new(text.clone())),
        Cell::Whole(number) => Value::Int(*number),
        Cell::Decimal(number) => Value::Float(*number),
        Cell::YesNo(value) => Value::Bool(*value),
    }
}

impl Peer for Cel<'_> {
    fn name(&self) -> &'static str {
        "cel"
    }

    fn evaluate(&mut self) -> Result<Vec<i64>, Failure> {
        let mut sums = Vec::with_capacity(self.rows.len());
        for row in &self.rows {
            let mut sum = 0;
            for program in &self.programs {
                match program.execute(row) {
                    Ok(Value::Int(points)) => sum += points,
                    other => return Err(format!("not points: {other:?}").into()),
                }
            }
            sums.push(sum);
        }
        Ok(sums)
    }
}
