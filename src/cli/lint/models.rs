//! Each model: its settings, its mistakes, or its findings.

use super::Arguments;
use crate::check_program;
use crate::cli::paths::Loaded;
use crate::cli::{Common, Failure};
use crate::data::interrupt;
use crate::lint::linter::lint;
use crate::lint::report::{OfModel, Report};
use crate::lint::settings::Settings;
use crate::run::in_order::in_order;
use crate::source::FileSystem;
use std::path::Path;

/// How models are looked at.
pub struct Models<'a> {
    pub arguments: &'a Arguments,
    pub common: &'a Common,
}

impl Models<'_> {
    /// What there is to say about all of them, whatever the number of threads.
    ///
    /// # Errors
    /// Settings that are wrong, data that cannot be read.
    pub fn report(&self, models: &[Loaded], files: &(dyn FileSystem + Sync)) -> Result<Report, Failure> {
        let mut said = Vec::with_capacity(models.len());
        let mut left = models.iter();
        let threads = self.common.threads.min(models.len());
        in_order(
            threads,
            || {
                interrupt::check()?;
                Ok(left.next())
            },
            |model| self.one(model, files),
            |of_model| {
                said.push(of_model?);
                Ok::<(), Failure>(())
            },
        )?;
        Ok(Report::of(said))
    }

    /// How many of them cannot run.
    pub fn mistakes(&self, models: &[Loaded], files: &dyn FileSystem) -> usize {
        let is_wrong = |model: &&Loaded| check_program(&model.program, model.mistakes.clone(), files).is_err();
        models.iter().filter(is_wrong).count()
    }

    fn one(&self, loaded: &Loaded, files: &dyn FileSystem) -> Result<OfModel, Failure> {
        let program = &loaded.program;
        let mut settings = Settings::near(program.paths.first().map_or(Path::new(""), |path| path))?;
        self.arguments.levels.over(&mut settings)?;
        let identities = program.paths.iter().map(|path| files.identity(path)).collect();
        let model = match check_program(program, loaded.mistakes.clone(), files) {
            Ok(model) => model,
            Err(mistakes) => return Ok(OfModel::wrong(program.sources.clone(), identities, mistakes)),
        };
        let as_of = self.common.as_of(&model.zone)?;
        let counted = self.arguments.data.count(&model, as_of, self.common)?;
        let reported = lint(program, &model, as_of, &settings, counted.as_ref());
        Ok(OfModel::linted(&model, identities, as_of, &settings, reported))
    }
}
