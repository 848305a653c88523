//! What a rule file may open: files below the model's folder, and nothing else.

use std::collections::BTreeMap;
use std::io;
use std::path::{Component, Path, PathBuf};

/// The largest rule file, in bytes.
pub const LARGEST_RULE_FILE: u64 = 8 * 1024 * 1024;
/// The largest list or lookup file, in bytes.
pub const LARGEST_DATA_FILE: u64 = 256 * 1024 * 1024;

/// Why a file named in a model was not opened.
#[derive(Debug)]
pub enum OpenError {
    /// The path leads out of the model's folder: `use "../../secrets.score"`.
    OutsideFolder,
    /// No such file, a folder, or no permission.
    Unreadable(io::Error),
    TooLarge {
        limit: u64,
    },
    /// Not UTF-8; the offset of the first wrong byte.
    NotText {
        offset: usize,
    },
}

/// Where the files that a model names come from.
pub trait FileSystem {
    /// The bytes of a file, at most `limit` of them.
    ///
    /// # Errors
    /// [`OpenError::Unreadable`] and [`OpenError::TooLarge`].
    fn read(&self, path: &Path, limit: u64) -> Result<Vec<u8>, OpenError>;

    /// The path with links followed; the same file always gives the same path.
    fn identity(&self, path: &Path) -> PathBuf;

    /// Whether there is such a file.
    fn exists(&self, path: &Path) -> bool;
}

/// The files of this computer.
#[derive(Debug, Clone, Copy, Default)]
pub struct Disk;

impl FileSystem for Disk {
    fn read(&self, path: &Path, limit: u64) -> Result<Vec<u8>, OpenError> {
        use io::Read;
        let file = std::fs::File::open(path).map_err(OpenError::Unreadable)?;
        if file.metadata().map_err(OpenError::Unreadable)?.is_dir() {
            return Err(OpenError::Unreadable(io::ErrorKind::IsADirectory.into()));
        }
        let mut bytes = Vec::new();
        file.take(limit + 1).read_to_end(&mut bytes).map_err(OpenError::Unreadable)?;
        if bytes.len() as u64 > limit { Err(OpenError::TooLarge { limit }) } else { Ok(bytes) }
    }

    fn identity(&self, path: &Path) -> PathBuf {
        path.canonicalize().unwrap_or_else(|_| absent(path))
    }

    fn exists(&self, path: &Path) -> bool {
        path.is_file()
    }
}

/// Files held in memory, for tests and for models that come from elsewhere than a disk.
#[derive(Debug, Clone, Default)]
pub struct Memory {
    pub files: BTreeMap<PathBuf, Vec<u8>>,
}

impl Memory {
    pub fn with(mut self, path: &str, text: &str) -> Memory {
        self.files.insert(PathBuf::from(path), text.as_bytes().to_vec());
        self
    }
}

impl FileSystem for Memory {
    fn read(&self, path: &Path, limit: u64) -> Result<Vec<u8>, OpenError> {
        let bytes =
            self.files.get(&normal(path)).ok_or_else(|| OpenError::Unreadable(io::ErrorKind::NotFound.into()))?;
        if bytes.len() as u64 > limit { Err(OpenError::TooLarge { limit }) } else { Ok(bytes.clone()) }
    }

    fn identity(&self, path: &Path) -> PathBuf {
        normal(path)
    }

    fn exists(&self, path: &Path) -> bool {
        self.files.contains_key(&normal(path))
    }
}

/// The folder that a model may not leave: that of the file named on the command line, or the nearest folder above it
/// that holds `score.toml`.
pub fn model_folder(files: &dyn FileSystem, model: &Path) -> PathBuf {
    let own = files.identity(model).parent().map(Path::to_path_buf).unwrap_or_default();
    let mut folder = own.as_path();
    loop {
        if files.exists(&folder.join("score.toml")) {
            return folder.to_path_buf();
        }
        match folder.parent() {
            Some(above) => folder = above,
            None => return own,
        }
    }
}

/// Opens `named`, written in the file `from`, unless it lies outside `folder`.
///
/// # Errors
/// Every kind of [`OpenError`] but [`OpenError::NotText`].
pub fn open_beside(
    files: &dyn FileSystem,
    folder: &Path,
    from: &Path,
    named: &str,
    limit: u64,
) -> Result<(PathBuf, Vec<u8>), OpenError> {
    let path = from.parent().unwrap_or(Path::new("")).join(named);
    let identity = files.identity(&path);
    // Below a folder without a path, which only [`Memory`] has, stands what neither climbs nor starts at a root.
    let nameless = folder.as_os_str().is_empty() && (identity.is_absolute() || identity.starts_with(".."));
    if nameless || !identity.starts_with(folder) {
        return Err(OpenError::OutsideFolder);
    }
    let bytes = files.read(&path, limit)?;
    Ok((path, bytes))
}

/// The path of a file that is not there: the nearest folder above it that is, with links followed, and the rest.
fn absent(path: &Path) -> PathBuf {
    let path = normal(path);
    let found = path.ancestors().skip(1).find_map(|folder| {
        let there = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
        Some((folder, there.canonicalize().ok()?))
    });
    match found.and_then(|(folder, there)| Some(there.join(path.strip_prefix(folder).ok()?))) {
        Some(whole) => whole,
        None => path,
    }
}

/// The path without `.` and `..`, by its text alone.
fn normal(path: &Path) -> PathBuf {
    let mut parts = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir => {
                let inside = matches!(parts.components().next_back(), Some(Component::Normal(_)));
                if !(inside && parts.pop()) {
                    parts.push("..");
                }
            }
            other => parts.push(other),
        }
    }
    parts
}
