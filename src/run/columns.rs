//! Which columns a row of results has, in which order.

use super::Unfit;
use super::keep::{Kept, KeptFrom};
use crate::data::table::{Column, ColumnKind};
use crate::diagnostics::nearest;
use crate::model::{MatrixId, Model, ScoreId, ThresholdId};

/// The columns of a run.
#[derive(Debug, Clone)]
pub struct Columns {
    pub columns: Vec<(Column, Content)>,
    /// How many reasons each row has.
    pub reasons: usize,
}

/// What a column shows.
#[derive(Debug, Clone, PartialEq)]
pub enum Content {
    Key,
    Score(ScoreId),
    Band(ScoreId),
    Matrix(MatrixId),
    Met(ThresholdId),
    /// `mql_since`
    Since(ThresholdId),
    Excluded,
    /// `reason_1` is 0
    Reason(usize),
    Kept(KeptFrom),
}

impl Columns {
    /// The key, then results in the order of declaration, then reasons, then what is carried along.
    ///
    /// # Errors
    /// Two columns of one name.
    pub fn new(model: &Model, reasons: usize, kept: Vec<Kept>) -> Result<Columns, Unfit> {
        let mut columns = Columns { columns: results(model), reasons };
        for number in 0..reasons {
            columns.add(format!("reason_{}", number + 1), ColumnKind::Text, Content::Reason(number));
        }
        for Kept { name, from } in kept {
            columns.add(name, kind(&from), Content::Kept(from));
        }
        match columns.twice() {
            None => Ok(columns),
            Some(name) => Err(Unfit::new(format!("two columns of the output would be called `{name}`"))
                .help("leave it out of `--keep`, or rename one of them in the model")),
        }
    }

    fn add(&mut self, name: String, kind: ColumnKind, content: Content) {
        self.columns.push((Column { name, kind }, content));
    }

    fn twice(&self) -> Option<&str> {
        let mut seen = std::collections::HashSet::new();
        self.columns.iter().map(|(column, _)| column.name.as_str()).find(|name| !seen.insert(*name))
    }

    /// What a writer needs to know.
    pub fn written(&self) -> Vec<Column> {
        self.columns.iter().map(|(column, _)| column.clone()).collect()
    }

    /// The place of a column.
    ///
    /// # Errors
    /// There is none of that name.
    pub fn position(&self, name: &str) -> Result<usize, Unfit> {
        let names = || self.columns.iter().map(|(column, _)| column.name.as_str());
        names().position(|candidate| candidate == name).ok_or_else(|| {
            let unfit = Unfit::new(format!("the output has no column `{name}`"));
            match nearest(name, names()) {
                Some(near) => unfit.help(format!("did you mean `{near}`?")),
                None => unfit.help(format!("it has {}", quoted(names()))),
            }
        })
    }
}

/// The name of the key's column: its field's, else `id`.
pub fn key_name(model: &Model) -> &str {
    let field = model.lead.key.and_then(|key| model.lead.fields.get(key.index()));
    field.map_or("id", |field| &field.name)
}

fn results(model: &Model) -> Vec<(Column, Content)> {
    let mut columns = Columns { columns: Vec::new(), reasons: 0 };
    columns.add(key_name(model).to_owned(), ColumnKind::Text, Content::Key);
    for (score, id) in model.scores.iter().zip((0..).map(ScoreId)) {
        columns.add(score.name.clone(), ColumnKind::Number, Content::Score(id));
        if score.bands.is_some() {
            columns.add(format!("{}_band", score.name), ColumnKind::Text, Content::Band(id));
        }
    }
    for (matrix, id) in model.matrices.iter().zip((0..).map(MatrixId)) {
        columns.add(matrix.name.clone(), ColumnKind::Text, Content::Matrix(id));
    }
    for (threshold, id) in model.thresholds.iter().zip((0..).map(ThresholdId)) {
        columns.add(threshold.name.clone(), ColumnKind::YesNo, Content::Met(id));
        columns.add(format!("{}_since", threshold.name), ColumnKind::Instant, Content::Since(id));
    }
    if !model.excludes.is_empty() {
        columns.add("excluded".to_owned(), ColumnKind::Text, Content::Excluded);
    }
    columns.columns
}

fn kind(from: &KeptFrom) -> ColumnKind {
    match from {
        KeptFrom::Cell(_) => ColumnKind::AsRead,
        KeptFrom::Value(_, kind) => *kind,
    }
}

fn quoted<'a>(names: impl Iterator<Item = &'a str>) -> String {
    names.map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
}
