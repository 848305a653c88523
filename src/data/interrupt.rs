//! Whether the user asked to stop: asked for in every loop that reads or writes, answered by ending without leftovers.

use super::DataError;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

static REQUESTED: Flag = Flag::new();

/// A request to stop, which one thread makes and others find.
#[derive(Debug)]
pub struct Flag(AtomicBool);

impl Flag {
    pub const fn new() -> Flag {
        Flag(AtomicBool::new(false))
    }

    pub fn raise(&self) {
        self.0.store(true, Ordering::Relaxed);
    }

    pub fn lower(&self) {
        self.0.store(false, Ordering::Relaxed);
    }

    pub fn is_raised(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }

    /// # Errors
    /// [`DataError::Interrupted`] once the flag was raised.
    pub fn check(&self) -> Result<(), DataError> {
        if self.is_raised() { Err(DataError::Interrupted) } else { Ok(()) }
    }
}

impl Default for Flag {
    fn default() -> Flag {
        Flag::new()
    }
}

/// Called on Ctrl-C: whatever reads or writes data ends soon with [`DataError::Interrupted`].
pub fn request() {
    REQUESTED.raise();
}

/// Takes the request back: what was asked to stop has stopped, and something else may begin.
pub fn withdraw() {
    REQUESTED.lower();
}

/// Whether [`request`] was called.
pub fn is_requested() -> bool {
    REQUESTED.is_raised()
}

/// # Errors
/// [`DataError::Interrupted`] after [`request`].
pub fn check() -> Result<(), DataError> {
    REQUESTED.check()
}

static UNFINISHED: Mutex<Vec<PathBuf>> = Mutex::new(Vec::new());

/// A file that must not stay behind as it is; dropped when it is in its place, or removed.
#[derive(Debug)]
pub(super) struct Unfinished(PathBuf);

impl Unfinished {
    pub(super) fn new(path: &Path) -> Unfinished {
        unfinished().push(path.to_path_buf());
        Unfinished(path.to_path_buf())
    }
}

impl Drop for Unfinished {
    fn drop(&mut self) {
        unfinished().retain(|path| *path != self.0);
    }
}

/// Removes what is being written: for a program that ends at once, as when it waits for input that does not come.
pub fn remove_unfinished() {
    for path in unfinished().drain(..) {
        // What cannot be removed stays under its temporary name.
        let _ = std::fs::remove_file(path);
    }
}

fn unfinished() -> MutexGuard<'static, Vec<PathBuf>> {
    UNFINISHED.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_raised_flag_stops_what_checks_it() {
        let flag = Flag::new();
        assert!(flag.check().is_ok());
        flag.raise();
        assert!(matches!(flag.check(), Err(DataError::Interrupted)));
    }
}
