//! Rhai: one script for all rules, optimised; a scope a row.

use crate::rows::{Cell, Row, mentions};
use crate::{Failure, Peer};
use rhai::{AST, Dynamic, Engine, ImmutableString, OptimizationLevel, Scope};

pub struct Rhai {
    engine: Engine,
    script: AST,
    rows: Vec<Scope<'static>>,
}

impl Rhai {
    pub fn new(rules: &str, rows: &[Row]) -> Result<Rhai, Failure> {
        let mut engine = Engine::new();
        engine.set_optimization_level(OptimizationLevel::Full);
        engine.set_max_expr_depths(0, 0);
        engine.set_fast_operators(true);
        engine.register_fn("mentions", |text: ImmutableString, word: ImmutableString| mentions(&text, &word));
        let script = engine.compile(rules)?;
        let scope = |row: &Row| {
            let mut scope = Scope::new();
            for (name, cell) in row {
                scope.push_dynamic(name.clone(), value(cell));
            }
            scope
        };
        Ok(Rhai { engine, script, rows: rows.iter().map(scope).collect() })
    }
}

fn value(cell: &Cell) -> Dynamic {
    match cell {
        Cell::Missing => Dynamic::UNIT,
        Cell::Text(text) => text.clone().into(),
        Cell::Whole(number) => (*number).into(),
        Cell::Decimal(number) => (*number).into(),
        Cell::YesNo(value) => (*value).into(),
    }
}

impl Peer for Rhai {
    fn name(&self) -> &'static str {
        "rhai"
    }

    fn evaluate(&mut self) -> Result<Vec<i64>, Failure> {
        let mut sums = Vec::with_capacity(self.rows.len());
        for row in &mut self.rows {
            let variables = row.len();
            sums.push(self.engine.eval_ast_with_scope::<i64>(row, &self.script)?);
            row.rewind(variables);
        }
        Ok(sums)
    }
}
