//! Files for tests of this layer.

use super::Source;
use crate::model::{Field, FieldKind, LeadSchema, Model};
use crate::source::Span;
use std::path::{Path, PathBuf};

/// A folder that vanishes with the test.
pub(super) struct Folder(tempfile::TempDir);

#[allow(clippy::unwrap_used)]
impl Folder {
    pub(super) fn new() -> Folder {
        Folder(tempfile::tempdir().unwrap())
    }

    pub(super) fn path(&self) -> &Path {
        self.0.path()
    }

    /// Writes a file and names it as a source.
    pub(super) fn file(&self, name: &str, bytes: impl AsRef<[u8]>) -> Source {
        let path = self.path().join(name);
        std::fs::write(&path, bytes).unwrap();
        Source::file(path)
    }

    /// The text of a file, `None` where there is none.
    pub(super) fn text(&self, name: &str) -> Option<String> {
        std::fs::read_to_string(self.path().join(name)).ok()
    }

    /// The names of all files.
    pub(super) fn names(&self) -> Vec<String> {
        let mut names: Vec<String> = std::fs::read_dir(self.path())
            .unwrap()
            .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
            .collect();
        names.sort();
        names
    }
}

/// A folder or file of the shared test data: below `SCORE_SHARED_DATA`, else beside the project or above that. `None`
/// says on stderr that the check is skipped.
#[allow(clippy::print_stderr)]
pub(super) fn shared_data(path: &str) -> Option<PathBuf> {
    let project = Path::new(env!("CARGO_MANIFEST_DIR"));
    let named = std::env::var_os("SCORE_SHARED_DATA").map(PathBuf::from);
    let beside = ["../shared/data", "../../shared/data"].map(|up| project.join(up));
    let found = named.into_iter().chain(beside).map(|root| root.join(path)).find(|path| path.exists());
    if found.is_none() {
        eprintln!("skipped: no shared data at `{path}`; name its folder with SCORE_SHARED_DATA");
    }
    found
}

/// A field in a column of its own name.
pub(super) fn field(name: &str, kind: FieldKind) -> Field {
    Field { name: name.into(), kind, required: false, column: name.into(), span: Span::default() }
}

/// A model of fields alone.
pub(super) fn model(fields: Vec<Field>) -> Model {
    Model { lead: LeadSchema { fields, ..LeadSchema::default() }, ..Model::default() }
}
