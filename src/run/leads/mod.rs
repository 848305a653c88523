//! The leads of a run, block by block as typed columns.
//!
//! Gives the same values, bad rows and messages as [`crate::data::leads`], which reads them one by one.
//!
//! | module | does |
//! |---|---|
//! | `reader` | one block into a batch of leads, its keys and its bad rows |
//! | `field` | one column, typed as its field is declared |
//! | `known` | keys met before |

mod field;
mod known;
mod reader;

pub use known::{KeyMarks, KnownKeys};
pub use reader::{BadLead, LeadReader, TypedLeads, Unlisted};

use crate::data::batch::{Block, Blocks, Decoder};
use crate::data::leads::LeadLayout;
use crate::data::{DataError, Source};
use crate::model::{FieldId, Model};
use crate::plan::TextUse;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// An open file of leads: its blocks, in order.
pub struct LeadFile<'model> {
    model: &'model Model,
    layout: LeadLayout,
    /// Further models that look at the same rows.
    others: Vec<(&'model Model, LeadLayout)>,
    blocks: Blocks,
    name: String,
    /// Whether some row had each wanted column, for formats without a header.
    seen: Vec<bool>,
}

impl<'model> LeadFile<'model> {
    /// Opens a leads file: reads the key, required fields, `fields`, and the columns `keep`.
    ///
    /// # Errors
    /// [`DataError`], also where the file has no key column, or none of the columns to keep (with a suggestion).
    pub fn open(
        source: &Source,
        model: &'model Model,
        fields: &BTreeSet<FieldId>,
        keep: &[String],
    ) -> Result<LeadFile<'model>, DataError> {
        let (layout, wanted) = LeadLayout::new(model, fields, keep);
        let blocks = Blocks::open(source, &wanted)?;
        let name = source.name();
        layout.expect_columns(model, blocks.header(), &blocks.present().unwrap_or_default(), &name)?;
        let seen = vec![false; blocks.columns().len()];
        Ok(LeadFile { model, layout, others: Vec::new(), blocks, name, seen })
    }

    /// Opens a leads file for several models, each with the fields that it reads: rows are taken apart once for all.
    /// `None` without a model.
    ///
    /// # Errors
    /// As [`LeadFile::open`].
    pub fn open_for_all(
        source: &Source,
        models: &[(&'model Model, &BTreeSet<FieldId>)],
    ) -> Result<Option<LeadFile<'model>>, DataError> {
        let (layouts, wanted) = LeadLayout::of_all(models);
        let blocks = Blocks::open(source, &wanted)?;
        let name = source.name();
        let present = blocks.present().unwrap_or_default();
        let mut all = models.iter().map(|(model, _)| *model).zip(layouts);
        let seen = vec![false; blocks.columns().len()];
        let Some((model, layout)) = all.next() else { return Ok(None) };
        let others: Vec<(&Model, LeadLayout)> = all.collect();
        for (model, layout) in std::iter::once((model, &layout)).chain(others.iter().map(|(model, it)| (*model, it))) {
            layout.expect_columns(model, blocks.header(), &present, &name)?;
        }
        Ok(Some(LeadFile { model, layout, others, blocks, name, seen }))
    }

    /// All column names of the file, where it has a header or a schema.
    pub fn header(&self) -> Option<&[String]> {
        self.blocks.header()
    }

    /// The next rows; `None` at the end.
    ///
    /// # Errors
    /// [`DataError`]: the file cannot be read on.
    pub fn next_block(&mut self) -> Result<Option<Block>, DataError> {
        self.blocks.next()
    }

    /// What takes blocks apart on any thread.
    pub fn decoder(&self) -> Arc<dyn Decoder> {
        self.blocks.decoder()
    }

    /// What types them; `uses`: how much of each text field matters.
    pub fn reader<'run>(&self, uses: &BTreeMap<FieldId, TextUse<'run>>) -> LeadReader<'run>
    where
        'model: 'run,
    {
        LeadReader::new(self.model, &self.layout, self.blocks.columns().to_vec(), &self.name, uses)
    }

    /// What types them for one of several models, counted from 0.
    pub fn reader_of<'run>(&self, place: usize, uses: &BTreeMap<FieldId, TextUse<'run>>) -> LeadReader<'run>
    where
        'model: 'run,
    {
        match place.checked_sub(1).and_then(|place| self.others.get(place)) {
            Some((model, layout)) => LeadReader::new(model, layout, self.blocks.columns().to_vec(), &self.name, uses),
            None => self.reader(uses),
        }
    }

    /// How many lines of a text file stand before its first block.
    pub fn lines_before(&self) -> u64 {
        self.blocks.lines_before().unwrap_or_default()
    }

    /// Notes which columns a block had.
    pub fn saw(&mut self, present: &[bool]) {
        self.seen.iter_mut().zip(present).for_each(|(seen, present)| *seen |= present);
    }

    /// Warnings about the file as a whole: declared, used columns that it lacks. Complete once the end is reached.
    pub fn warnings(&self) -> Vec<String> {
        let present = self.blocks.present().unwrap_or_else(|| self.seen.clone());
        let mut warnings = self.layout.warnings(self.model, self.blocks.header(), &present, &self.name);
        for (model, layout) in &self.others {
            let more = layout.warnings(model, self.blocks.header(), &present, &self.name);
            warnings.extend(more.into_iter().filter(|warning| !warnings.contains(warning)).collect::<Vec<_>>());
        }
        warnings
    }

    /// Bytes read so far, and all of them where known.
    pub fn progress(&self) -> (u64, Option<u64>) {
        self.blocks.progress()
    }
}
