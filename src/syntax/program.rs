//! A file with all that it `use`s.

use super::tree;
use crate::diagnostics::Diagnostic;
use crate::source::{FileSystem, Sources};
use std::path::{Path, PathBuf};

/// Parsed files, the one named on the command line first, each other one after the first file that uses it.
#[derive(Debug, Clone)]
pub struct Program {
    pub sources: Sources,
    pub files: Vec<tree::File>,
    /// The path of each file, by [`FileId`].
    pub paths: Vec<PathBuf>,
    /// The folder that lists and lookups may not leave either.
    pub folder: PathBuf,
}

/// Reads and parses a file and what it uses. What could be read comes back beside all that is wrong with it.
///
/// # Errors
/// The file itself cannot be read: the one failure that is no diagnostic.
pub fn load(files: &dyn FileSystem, path: &Path) -> Result<(Program, Vec<Diagnostic>), crate::source::OpenError> {
    todo!()
}

/// As [`load`], with the text of the first file given: standard input under a name of its own.
pub fn load_text(files: &dyn FileSystem, path: &Path, text: String) -> (Program, Vec<Diagnostic>) {
    todo!()
}
