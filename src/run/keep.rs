//! What `--keep` carries along: input columns, and values of defines and lookups.

use super::{Unfit, add_usage, condition};
use crate::data::table::ColumnKind;
use crate::model::{
    AnyExpr, Condition, ConditionKind, DateExpr, DefineId, ListExpr, LookupId, LookupTable, Model, NumberExpr, Symbol,
    TextExpr, Usage, YesNoExpr,
};
use crate::value::fold_name;

/// All that is carried along.
#[derive(Debug, Clone, Default)]
pub struct Keep {
    pub columns: Vec<Kept>,
    /// Columns to read from the leads file, which [`KeptFrom::Cell`] counts.
    pub cells: Vec<String>,
    /// Defines and lookups to work out, which [`KeptFrom::Value`] counts.
    pub values: Vec<AnyExpr>,
    /// What the defines and lookups need of the data.
    pub usage: Usage,
}

/// One column carried along.
#[derive(Debug, Clone, PartialEq)]
pub struct Kept {
    pub name: String,
    pub from: KeptFrom,
}

#[derive(Debug, Clone, PartialEq)]
pub enum KeptFrom {
    /// A cell as it was read.
    Cell(usize),
    Value(usize, ColumnKind),
}

/// What each name stands for: a define or lookup; a field, whose column is read; else a column of the leads file.
///
/// # Errors
/// A name of something that is no input and no define or lookup.
pub fn resolve(model: &Model, names: &[String]) -> Result<Keep, Unfit> {
    let mut keep = Keep::default();
    for name in names {
        match model.names.get(&fold_name(name)).copied() {
            Some(Symbol::Define(id)) => value(model, &mut keep, name, define(model, id))?,
            Some(Symbol::Lookup(id)) => value(model, &mut keep, name, lookup(model, id))?,
            Some(Symbol::Field(id)) => {
                let column = model.lead.fields.get(id.index()).map_or(name, |field| &field.column);
                cell(&mut keep, name, column);
            }
            Some(Symbol::Score(_) | Symbol::Matrix(_) | Symbol::Threshold(_)) => {
                return Err(Unfit::new(format!("`--keep {name}`: `{name}` is in the output already")));
            }
            Some(Symbol::List(_)) => {
                return Err(Unfit::new(format!("`--keep {name}`: `{name}` is a list, which is not of one lead"))
                    .help("name a column of the leads file, a define or a lookup"));
            }
            None => cell(&mut keep, name, name),
        }
    }
    Ok(keep)
}

fn cell(keep: &mut Keep, name: &str, column: &str) {
    keep.columns.push(Kept { name: name.to_owned(), from: KeptFrom::Cell(keep.cells.len()) });
    keep.cells.push(column.to_owned());
}

fn value(model: &Model, keep: &mut Keep, name: &str, expr: Option<AnyExpr>) -> Result<(), Unfit> {
    let Some(expr) = expr else { return Ok(()) };
    let is_condition = matches!(expr, AnyExpr::Condition(_));
    add_usage(&mut keep.usage, condition::usage_of(model, name, is_condition)?);
    keep.columns.push(Kept { name: name.to_owned(), from: KeptFrom::Value(keep.values.len(), kind(&expr)) });
    keep.values.push(expr);
    Ok(())
}

fn kind(expr: &AnyExpr) -> ColumnKind {
    match expr {
        AnyExpr::Number(_) => ColumnKind::Number,
        AnyExpr::Condition(_) | AnyExpr::YesNo(_) => ColumnKind::YesNo,
        // A date may be a whole day, which is no instant.
        AnyExpr::Text(_) | AnyExpr::Date(_) | AnyExpr::List(_) => ColumnKind::Text,
    }
}

fn define(model: &Model, id: DefineId) -> Option<AnyExpr> {
    let define = model.defines.get(id.index())?;
    Some(match define.value {
        AnyExpr::Condition(_) => AnyExpr::Condition(Condition { kind: ConditionKind::Define(id), span: define.span }),
        AnyExpr::Number(_) => AnyExpr::Number(NumberExpr::Define(id)),
        AnyExpr::Text(_) => AnyExpr::Text(TextExpr::Define(id)),
        AnyExpr::Date(_) => AnyExpr::Date(DateExpr::Define(id)),
        AnyExpr::YesNo(_) => AnyExpr::YesNo(YesNoExpr::Define(id)),
        AnyExpr::List(_) => AnyExpr::List(ListExpr::Define(id)),
    })
}

fn lookup(model: &Model, id: LookupId) -> Option<AnyExpr> {
    Some(match model.lookups.get(id.index())?.table {
        LookupTable::Text(_) => AnyExpr::Text(TextExpr::Lookup(id)),
        LookupTable::Number(_) => AnyExpr::Number(NumberExpr::Lookup(id)),
    })
}
