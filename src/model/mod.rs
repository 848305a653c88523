//! The checked model: plain data that every later stage reads.
//!
//! Made by `check`, read by the evaluators, the lints, the reports and the commands. Compared with the syntax tree:
//! every name is an id into one of the lists here, conditions, numbers, texts and dates are types of their own,
//! literals are values, `counting since last` is written into each selector it narrows, inherited decays into each
//! rule. What it no longer has: words, parentheses and layout (spans lead back to the text).

mod condition;
mod data;
mod event;
mod record;
mod rule;
mod score;
mod test;
mod value;
pub mod walk;

pub use condition::*;
pub use data::*;
pub use event::*;
pub use record::*;
pub use rule::*;
pub use score::*;
pub use test::*;
pub use value::*;

use crate::source::{Sources, Span};
use crate::value::Zone;
use indexmap::IndexMap;
use std::collections::BTreeSet;

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident;)*) => {
        $($(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub u32);

        impl $name {
            pub fn index(self) -> usize {
                self.0 as usize
            }
        })*
    };
}
pub(crate) use ids;

ids! {
    /// Into [`LeadSchema::fields`].
    FieldId;
    /// Into [`Model::events`].
    EventId;
    /// Into [`EventType::properties`].
    PropertyId;
    /// Into [`Model::lists`].
    ListId;
    /// Into [`Model::defines`].
    DefineId;
    /// Into [`Model::lookups`].
    LookupId;
    /// Into [`Model::excludes`].
    ExcludeId;
    /// Into [`Model::scores`].
    ScoreId;
    /// Into [`Model::matrices`].
    MatrixId;
    /// Into [`Model::thresholds`].
    ThresholdId;
    /// Into [`Bands::bands`] of one score.
    BandId;
    /// A rule or table, numbered from 0 through the whole model in order of writing.
    RuleId;
}

/// A model that can run; the default one declares nothing.
#[derive(Debug, Clone, Default)]
pub struct Model {
    pub sources: Sources,
    pub about: About,
    pub zone: Zone,
    pub lead: LeadSchema,
    pub events: Vec<EventType>,
    pub lists: Vec<List>,
    pub defines: Vec<Define>,
    pub lookups: Vec<Lookup>,
    pub ignores: Vec<Selector>,
    pub excludes: Vec<Exclude>,
    pub scores: Vec<Score>,
    pub matrices: Vec<Matrix>,
    pub thresholds: Vec<Threshold>,
    pub tests: Vec<Test>,
    /// What each name of the shared namespace stands for, by its folded form (`value::fold_name`).
    pub names: IndexMap<String, Symbol>,
    /// Event types by their folded names.
    pub event_names: IndexMap<String, EventId>,
    /// Everything that has a value per lead, each after all it depends on.
    pub order: Vec<Symbol>,
    /// What the rules need of the data.
    pub usage: Usage,
    /// How many rules and tables there are; [`RuleId`]s are below it.
    pub rules: u32,
}

/// `model "B2B SaaS" { … }`
#[derive(Debug, Clone, Default, PartialEq)]
pub struct About {
    pub name: Option<String>,
    pub owner: Option<String>,
    pub version: Option<String>,
    pub description: Option<String>,
    pub reviewed: Option<crate::value::Moment>,
    pub span: Option<Span>,
}

/// What a name of the shared namespace stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Symbol {
    Field(FieldId),
    List(ListId),
    Define(DefineId),
    Lookup(LookupId),
    Score(ScoreId),
    Matrix(MatrixId),
    Threshold(ThresholdId),
}

/// The key, required fields, and all that rules, scores, matrices, thresholds, exclusions and `ignore`s read, also
/// through defines and lookups. Nothing else of the data is read or checked.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Usage {
    pub fields: BTreeSet<FieldId>,
    /// Event types that some selector names (all of them where one says `event`).
    pub events: BTreeSet<EventId>,
    pub properties: BTreeSet<(EventId, PropertyId)>,
    pub defines: BTreeSet<DefineId>,
    pub lookups: BTreeSet<LookupId>,
}
