//! The statements of all files, by kind; the place in each list is the id of what it declares.

use crate::source::Span;
use crate::syntax::program::Program;
use crate::syntax::tree::{
    Bands, Define, EventBlock, EventsBlock, Exclude, LeadBlock, List, Lookup, Matrix, ModelBlock, Score, Selector,
    StatementKind, Test, Threshold,
};

/// A statement and where it stands.
pub(super) struct Declared<'a, T> {
    pub tree: &'a T,
    pub span: Span,
}

impl<T> Clone for Declared<'_, T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Declared<'_, T> {}

/// In order of writing: file by file, the one named on the command line first.
#[derive(Default)]
pub(super) struct Declarations<'a> {
    pub models: Vec<Declared<'a, ModelBlock>>,
    pub leads: Vec<Declared<'a, LeadBlock>>,
    pub events: Vec<Declared<'a, EventBlock>>,
    pub mappings: Vec<Declared<'a, EventsBlock>>,
    pub lists: Vec<Declared<'a, List>>,
    pub defines: Vec<Declared<'a, Define>>,
    pub lookups: Vec<Declared<'a, Lookup>>,
    pub ignores: Vec<Declared<'a, Selector>>,
    pub excludes: Vec<Declared<'a, Exclude>>,
    pub scores: Vec<Declared<'a, Score>>,
    pub bands: Vec<Declared<'a, Bands>>,
    pub matrices: Vec<Declared<'a, Matrix>>,
    pub thresholds: Vec<Declared<'a, Threshold>>,
    pub tests: Vec<Declared<'a, Test>>,
}

impl<'a> Declarations<'a> {
    /// `model` and `test` count in the first file alone.
    pub fn of(program: &'a Program) -> Declarations<'a> {
        let mut all = Declarations::default();
        for (number, file) in program.files.iter().enumerate() {
            for statement in &file.statements {
                all.add(&statement.kind, statement.span, number == 0);
            }
        }
        all
    }

    fn add(&mut self, kind: &'a StatementKind, span: Span, main: bool) {
        match kind {
            StatementKind::Model(tree) if main => self.models.push(Declared { tree, span }),
            StatementKind::Test(tree) if main => self.tests.push(Declared { tree, span }),
            StatementKind::Model(_) | StatementKind::Test(_) | StatementKind::Use(_) => {}
            StatementKind::Lead(tree) => self.leads.push(Declared { tree, span }),
            StatementKind::Event(tree) => self.events.push(Declared { tree, span }),
            StatementKind::Events(tree) => self.mappings.push(Declared { tree, span }),
            StatementKind::List(tree) => self.lists.push(Declared { tree, span }),
            StatementKind::Define(tree) => self.defines.push(Declared { tree, span }),
            StatementKind::Lookup(tree) => self.lookups.push(Declared { tree, span }),
            StatementKind::Ignore(tree) => self.ignores.push(Declared { tree, span }),
            StatementKind::Exclude(tree) => self.excludes.push(Declared { tree, span }),
            StatementKind::Score(tree) => self.scores.push(Declared { tree, span }),
            StatementKind::Bands(tree) => self.bands.push(Declared { tree, span }),
            StatementKind::Matrix(tree) => self.matrices.push(Declared { tree, span }),
            StatementKind::Threshold(tree) => self.thresholds.push(Declared { tree, span }),
        }
    }
}
