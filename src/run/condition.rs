//! Conditions written on the command line: `--only "total >= 50"`.

use super::Unfit;
use crate::check::check_condition_in;
use crate::diagnostics::Diagnostic;
use crate::model::{Condition, Model, Usage};
use crate::source::Sources;
use crate::syntax::parse_expression;

/// What is wrong with a condition: the diagnostics point into the sources, which hold the model's too.
#[derive(Debug)]
pub struct WrongCondition {
    pub sources: Sources,
    pub diagnostics: Vec<Diagnostic>,
}

/// Reads a condition over the results of a model; `name` stands for the file in messages.
///
/// # Errors
/// [`WrongCondition`]
pub fn read(model: &Model, name: &str, text: &str) -> Result<(Condition, Usage), WrongCondition> {
    let mut sources = model.sources.clone();
    let id = sources.add(name, text);
    let checked = parse_expression(&sources, id).and_then(|expr| check_condition_in(model, &expr, Some(&sources)));
    checked.map_err(|diagnostics| WrongCondition { sources, diagnostics })
}

/// What a named define or lookup needs of the data.
pub(super) fn usage_of(model: &Model, name: &str, is_condition: bool) -> Result<Usage, Unfit> {
    let asked = if is_condition { format!("`{name}`") } else { format!("`{name}` is known") };
    match read(model, "--keep", &asked) {
        Ok((_, usage)) => Ok(usage),
        Err(wrong) => {
            let why = wrong.diagnostics.first().map_or_else(String::new, |first| format!(": {}", first.message));
            Err(Unfit::new(format!("`--keep {name}` can't be worked out for a lead{why}")))
        }
    }
}
