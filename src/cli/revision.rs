//! Rule files as a revision of the repository has them: `git:main:b2b.score`.
//!
//! Read through the `git` command; nothing is checked out.

use super::Failure;
use crate::source::{Disk, FileSystem, OpenError};
use std::io::{self, ErrorKind};
use std::path::{Component, Path, PathBuf};
use std::process::Command;

/// One revision of the repository that a path lies in.
pub struct Revision {
    /// Of the work tree, with links followed.
    root: PathBuf,
    /// The commit's hash.
    commit: String,
}

/// `REV` and `PATH` of `git:REV:PATH`; `None` where it is none.
pub fn parts(written: &Path) -> Option<(&str, &Path)> {
    let (revision, path) = written.to_str()?.strip_prefix("git:")?.split_once(':')?;
    (!revision.is_empty() && !path.is_empty()).then_some((revision, Path::new(path)))
}

impl Revision {
    /// Finds the repository of the current folder and the commit.
    ///
    /// # Errors
    /// [`Failure::Cannot`]: there is no `git`, no repository, or no such revision.
    pub fn open(revision: &str) -> Result<Revision, Failure> {
        let root = git(None, &["rev-parse", "--show-toplevel"]).map_err(|error| match error.kind() {
            ErrorKind::NotFound => Failure::cannot("cannot read `git:…`: there is no `git` command here"),
            _ => Failure::cannot("cannot read `git:…`: this folder is in no git repository"),
        })?;
        let root = PathBuf::from(String::from_utf8_lossy(&root).trim_end_matches(['\n', '\r']).to_owned());
        let named = format!("{revision}^{{commit}}");
        let commit = git(Some(&root), &["rev-parse", "--verify", "--quiet", "--end-of-options", &named]);
        let commit = commit.map_err(|_| {
            Failure::cannot(format!("the repository has no revision `{revision}`"))
                .help("in CI, fetch it first: `git fetch origin main`, then `git:origin/main:…`")
        })?;
        let commit = String::from_utf8_lossy(&commit).trim().to_owned();
        Ok(Revision { root: Disk.identity(&root), commit })
    }

    /// `COMMIT:path/below/root`
    fn object(&self, path: &Path) -> Option<String> {
        let identity = self.identity(path);
        let below = identity.strip_prefix(&self.root).ok()?;
        let names: Vec<&str> = below.components().map(|part| part.as_os_str().to_str()).collect::<Option<_>>()?;
        Some(format!("{}:{}", self.commit, names.join("/")))
    }
}

impl FileSystem for Revision {
    fn read(&self, path: &Path, limit: u64) -> Result<Vec<u8>, OpenError> {
        let unreadable = || OpenError::Unreadable(ErrorKind::NotFound.into());
        let object = self.object(path).ok_or_else(unreadable)?;
        let size = git(Some(&self.root), &["cat-file", "-s", &object]).map_err(|_| unreadable())?;
        let size: u64 = String::from_utf8_lossy(&size).trim().parse().map_err(|_| unreadable())?;
        if size > limit {
            return Err(OpenError::TooLarge { limit });
        }
        git(Some(&self.root), &["cat-file", "blob", &object]).map_err(|_| unreadable())
    }

    /// By its text alone: the files of a revision may not be there any more.
    fn identity(&self, path: &Path) -> PathBuf {
        let mut whole = match path.is_absolute() {
            true => PathBuf::new(),
            false => std::env::current_dir().map(|folder| Disk.identity(&folder)).unwrap_or_default(),
        };
        for part in path.components() {
            match part {
                Component::CurDir => {}
                Component::ParentDir => {
                    whole.pop();
                }
                other => whole.push(other),
            }
        }
        whole
    }

    fn exists(&self, path: &Path) -> bool {
        let object = self.object(path);
        object.is_some_and(|object| git(Some(&self.root), &["cat-file", "-e", &object]).is_ok())
    }
}

/// What the command says on standard output.
fn git(folder: Option<&Path>, arguments: &[&str]) -> io::Result<Vec<u8>> {
    let mut command = Command::new("git");
    if let Some(folder) = folder {
        command.arg("-C").arg(folder);
    }
    let output = command.args(arguments).env("GIT_OPTIONAL_LOCKS", "0").output()?;
    if output.status.success() { Ok(output.stdout) } else { Err(ErrorKind::InvalidInput.into()) }
}
