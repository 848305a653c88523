//! ZEN: its expressions compiled to bytecode once and run by its machine, without a decision graph around them (which
//! would only add to the time); a scope a row.

use crate::rows::{Cell, Row};
use crate::{Failure, Peer};
use zen_expression::expression::Standard;
use zen_expression::scope::Scope;
use zen_expression::variable::Variable;
use zen_expression::vm::VM;
use zen_expression::{Expression, compile_expression};

pub struct Zen {
    expressions: Vec<Expression<Standard>>,
    machine: VM,
    rows: Vec<Scope>,
}

impl Zen {
    pub fn new(rules: &str, rows: &[Row]) -> Result<Zen, Failure> {
        let compile = |rule: &str| compile_expression(rule).map_err(|error| format!("{rule}: {error:?}").into());
        let expressions = rules.lines().map(compile).collect::<Result<Vec<_>, Failure>>()?;
        let scope = |row: &Row| {
            let object = Variable::empty_object();
            for (name, cell) in row {
                object.dot_insert(name, value(cell));
            }
            Scope::new(object)
        };
        Ok(Zen { expressions, machine: VM::new(), rows: rows.iter().map(scope).collect() })
    }
}

fn value(cell: &Cell) -> Variable {
    match cell {
        Cell::Missing => Variable::Null,
        Cell::Text(text) => Variable::String(text.as_str().into()),
        Cell::Whole(number) => Variable::Number((*number).into()),
        Cell::Decimal(number) => Variable::Number(number.to_string().parse().unwrap_or_default()),
        Cell::YesNo(value) => Variable::Bool(*value),
    }
}

impl Peer for Zen {
    fn name(&self) -> &'static str {
        "zen"
    }

    fn evaluate(&mut self) -> Result<Vec<i64>, Failure> {
        let mut sums = Vec::with_capacity(self.rows.len());
        for row in &self.rows {
            let mut sum = 0;
            for expression in &self.expressions {
                match expression.evaluate_with_scope(row, &mut self.machine)? {
                    Variable::Number(points) => sum += i64::try_from(points)?,
                    other => return Err(format!("not points: {other:?}").into()),
                }
            }
            sums.push(sum);
        }
        Ok(sums)
    }
}
