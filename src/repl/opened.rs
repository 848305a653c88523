//! The model with the files it was read from, and whether they are as they were.

use super::Wrong;
use crate::model::Model;
use crate::source::{FileSystem, OpenError};
use crate::syntax::program::{self, Program};
use crate::{CompileError, compile_program};
use std::cell::RefCell;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

/// A model that can run, and the trees it was made from.
#[derive(Debug, Clone)]
pub struct Opened {
    pub program: Program,
    pub model: Model,
    /// Where it stands; `None` for one that is in no file.
    pub path: Option<PathBuf>,
}

/// How files were when they were read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Stamps(Vec<(PathBuf, Option<(SystemTime, u64)>)>);

impl Opened {
    /// What stands there while a file is wrong: a model that declares nothing.
    pub fn empty(path: Option<PathBuf>) -> Opened {
        let program =
            Program { sources: Default::default(), files: Vec::new(), paths: Vec::new(), folder: PathBuf::new() };
        Opened { program, model: Model::default(), path }
    }

    /// Reads and checks a model; the stamps are of every file that it was made from, also of one with mistakes.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn read(files: &dyn FileSystem, path: &Path) -> (Result<Opened, Wrong>, Stamps) {
        let recorder = Recorder { files, read: RefCell::default() };
        // Before reading, so that a change while it is read is found.
        let before = Stamps::of(std::iter::once(path.to_path_buf()));
        let read = Opened::compile(&recorder, path);
        let mut stamps = Stamps::of(recorder.read.into_inner().into_iter().filter(|file| file != path));
        stamps.0.extend(before.0);
        (read.map_err(Wrong::from), stamps)
    }

    fn compile(files: &dyn FileSystem, path: &Path) -> Result<Opened, CompileError> {
        let (program, mistakes) = program::load(files, path).map_err(CompileError::Unreadable)?;
        let model = compile_program(program.clone(), mistakes, files)
            .map_err(|(sources, diagnostics)| CompileError::Wrong { sources, diagnostics })?;
        Ok(Opened { program, model, path: Some(path.to_path_buf()) })
    }
}

impl Stamps {
    fn of(paths: impl Iterator<Item = PathBuf>) -> Stamps {
        Stamps(paths.map(|path| (path.clone(), stamp(&path))).collect())
    }

    /// Whether some file is not as it was. One that is not there now may be about to be written anew.
    pub fn changed(&self) -> bool {
        self.0.iter().any(|(path, was)| stamp(path).is_some_and(|is| Some(is) != *was))
    }
}

fn stamp(path: &Path) -> Option<(SystemTime, u64)> {
    let about = std::fs::metadata(path).ok()?;
    Some((about.modified().ok()?, about.len()))
}

/// Notes which files are read.
struct Recorder<'a> {
    files: &'a dyn FileSystem,
    read: RefCell<BTreeSet<PathBuf>>,
}

impl FileSystem for Recorder<'_> {
    fn read(&self, path: &Path, limit: u64) -> Result<Vec<u8>, OpenError> {
        self.read.borrow_mut().insert(path.to_path_buf());
        self.files.read(path, limit)
    }

    fn identity(&self, path: &Path) -> PathBuf {
        self.files.identity(path)
    }

    fn exists(&self, path: &Path) -> bool {
        self.files.exists(path)
    }
}
