//! Files of this computer, some of them with another text than is written there.

use super::{Disk, FileSystem, OpenError};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// What the files would be if these texts were written.
#[derive(Debug, Clone, Default)]
pub struct Overlay {
    /// By [`FileSystem::identity`]; with the path to write to.
    texts: BTreeMap<PathBuf, (PathBuf, String)>,
}

impl Overlay {
    pub fn set(&mut self, path: &Path, text: String) {
        self.texts.insert(Disk.identity(path), (path.to_path_buf(), text));
    }

    /// Every file with another text, by path.
    pub fn texts(&self) -> impl Iterator<Item = (&Path, &str)> {
        self.texts.values().map(|(path, text)| (path.as_path(), text.as_str()))
    }
}

impl FileSystem for Overlay {
    fn read(&self, path: &Path, limit: u64) -> Result<Vec<u8>, OpenError> {
        match self.texts.get(&Disk.identity(path)) {
            Some((_, text)) => Ok(text.clone().into_bytes()),
            None => Disk.read(path, limit),
        }
    }

    fn identity(&self, path: &Path) -> PathBuf {
        Disk.identity(path)
    }

    fn exists(&self, path: &Path) -> bool {
        Disk.exists(path)
    }
}
