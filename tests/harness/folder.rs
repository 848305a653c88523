//! A temporary folder with files, gone at the end of the test.

use std::path::{Path, PathBuf};

pub struct Folder {
    inner: tempfile::TempDir,
}

impl Folder {
    pub fn empty() -> Folder {
        Folder { inner: tempfile::tempdir().unwrap() }
    }

    /// With a file more; folders on the way are made.
    pub fn with(self, name: &str, content: impl AsRef<[u8]>) -> Folder {
        let path = self.path(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, content).unwrap();
        self
    }

    pub fn root(&self) -> &Path {
        self.inner.path()
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.inner.path().join(name)
    }

    pub fn read(&self, name: &str) -> String {
        std::fs::read_to_string(self.path(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
    }

    /// The names of all files in it, sorted.
    pub fn names(&self) -> Vec<String> {
        let entries = std::fs::read_dir(self.root()).unwrap();
        let mut names: Vec<String> =
            entries.map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned()).collect();
        names.sort();
        names
    }
}
