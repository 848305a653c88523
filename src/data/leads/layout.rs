//! Which columns of a leads file are read, and where each stands among the cells.

use crate::data::rows::Wanted;
use crate::data::{DataError, shown};
use crate::diagnostics::nearest;
use crate::model::{Field, FieldId, Model};
use indexmap::IndexSet;
use std::collections::BTreeSet;

/// Where the cells of a row stand.
#[derive(Debug, Clone)]
pub(crate) struct LeadLayout {
    pub(crate) key: usize,
    key_column: String,
    /// Fields to read.
    pub(crate) fields: Vec<(FieldId, usize)>,
    /// Fields that some event is matched by (`lead by email`).
    pub(crate) matched_by: Vec<(FieldId, usize)>,
    /// Columns to keep.
    pub(crate) kept: Vec<usize>,
    keep: Vec<String>,
}

/// Columns wanted, each once.
#[derive(Debug, Default)]
pub(in crate::data) struct Columns(IndexSet<String>);

impl Columns {
    /// Where the column will stand among the cells of a row.
    pub(in crate::data) fn place(&mut self, column: &str) -> usize {
        self.0.insert_full(column.trim().to_owned()).0
    }

    pub(in crate::data) fn wanted(self) -> Wanted {
        Wanted::Columns(self.0.into_iter().collect())
    }
}

impl LeadLayout {
    /// Reads these fields, the key, required ones, and the columns `keep`.
    pub(crate) fn new(model: &Model, fields: &BTreeSet<FieldId>, keep: &[String]) -> (LeadLayout, Wanted) {
        let mut columns = Columns::default();
        let layout = LeadLayout::among(&mut columns, model, fields, keep);
        (layout, columns.wanted())
    }

    /// The same for several models over one file.
    pub(crate) fn of_all(models: &[(&Model, &BTreeSet<FieldId>)]) -> (Vec<LeadLayout>, Wanted) {
        let mut columns = Columns::default();
        let among =
            |(model, fields): &(&Model, &BTreeSet<FieldId>)| LeadLayout::among(&mut columns, model, fields, &[]);
        let layouts = models.iter().map(among).collect();
        (layouts, columns.wanted())
    }

    fn among(columns: &mut Columns, model: &Model, fields: &BTreeSet<FieldId>, keep: &[String]) -> LeadLayout {
        let schema = &model.lead;
        let key_column = schema.key.and_then(|key| schema.fields.get(key.index())).map_or("id", |key| &key.column);
        let key = columns.place(key_column);
        let mut place = |id: FieldId| Some((id, columns.place(&schema.fields.get(id.index())?.column)));
        let required = schema.fields.iter().enumerate().filter(|(_, field)| field.required);
        let required = required.filter_map(|(index, _)| u32::try_from(index).ok().map(FieldId));
        let used: BTreeSet<FieldId> = fields.iter().copied().chain(schema.key).chain(required).collect();
        let fields = used.into_iter().filter_map(&mut place).collect();
        let matched: BTreeSet<FieldId> = model.events.iter().filter_map(|event| event.mapping.lead_by).collect();
        let matched_by = matched.into_iter().filter_map(&mut place).collect();
        let kept = keep.iter().map(|column| columns.place(column)).collect();
        LeadLayout { key, key_column: key_column.to_owned(), fields, matched_by, kept, keep: keep.to_vec() }
    }

    /// Where the file names its columns: the key must be there, and those to keep.
    ///
    /// # Errors
    /// [`DataError::NotAsClaimed`], with a suggestion.
    pub(crate) fn expect_columns(
        &self,
        model: &Model,
        header: Option<&[String]>,
        present: &[bool],
        file: &str,
    ) -> Result<(), DataError> {
        let Some(header) = header else { return Ok(()) };
        let refused = |reason: String, help: String| {
            Err(DataError::NotAsClaimed { file: file.to_owned(), reason, help: Some(help) })
        };
        if !present.get(self.key).copied().unwrap_or(false) {
            let field = model.lead.key.and_then(|key| model.lead.fields.get(key.index()));
            let name = field.map_or("id", |field| &field.name);
            let help = match alike(&self.key_column, header) {
                Some(near) => format!("write `{name} text key column \"{near}\"` in `lead {{ }}`"),
                None => format!("declare the field that identifies a lead with `key`; {}", listing(header)),
            };
            return refused(format!("it has no column `{}`, the key of its leads", shown(&self.key_column)), help);
        }
        let there: IndexSet<&str> = header.iter().map(String::as_str).collect();
        match self.keep.iter().find(|column| !there.contains(column.trim())) {
            None => Ok(()),
            Some(column) => {
                let near = alike(column, header);
                let help = near.map_or_else(|| listing(header), |near| format!("did you mean `{near}`?"));
                refused(format!("it has no column `{}` to keep", shown(column)), help)
            }
        }
    }

    /// Warnings about the file as a whole: declared, used columns that it lacks.
    pub(crate) fn warnings(
        &self,
        model: &Model,
        header: Option<&[String]>,
        present: &[bool],
        file: &str,
    ) -> Vec<String> {
        let absent = |place: usize| !present.get(place).copied().unwrap_or(true);
        let needed: BTreeSet<&(FieldId, usize)> = self.fields.iter().chain(&self.matched_by).collect();
        let mut warnings: Vec<String> = needed
            .into_iter()
            .filter(|(_, place)| absent(*place))
            .filter_map(|(id, _)| model.lead.fields.get(id.index()))
            .map(|field| absent_column(file, field, header, "lead"))
            .collect();
        let kept = self.kept.iter().zip(&self.keep).filter(|(place, _)| absent(**place));
        warnings.extend(kept.map(|(_, column)| format!("`{file}` has no column `{}` to keep", shown(column))));
        warnings
    }
}

/// A column whose name is the same but for case, else one much like it.
pub(in crate::data) fn alike<'a>(column: &str, header: &'a [String]) -> Option<&'a str> {
    let lower = column.to_lowercase();
    let same = header.iter().find(|name| name.to_lowercase() == lower);
    same.map(String::as_str).or_else(|| nearest(column, header.iter().map(String::as_str)))
}

/// `its columns are `a`, `b`…`
pub(in crate::data) fn listing(header: &[String]) -> String {
    let named: Vec<String> =
        header.iter().filter(|name| !name.is_empty()).take(12).map(|name| format!("`{}`", shown(name))).collect();
    let more = if header.len() > 12 { ", …" } else { "" };
    format!("its columns are {}{more}", named.join(", "))
}

/// The warning that a used field or property has no column in the data.
pub(in crate::data) fn absent_column(file: &str, field: &Field, header: Option<&[String]>, of: &str) -> String {
    let near = header.and_then(|header| alike(&field.column, header));
    let hint = near.map_or_else(String::new, |near| format!("; did you mean `column \"{near}\"`?"));
    let (name, column) = (shown(&field.name), shown(&field.column));
    format!("`{file}` has no column `{column}`, so `{name}` is missing for every {of}{hint}")
}
