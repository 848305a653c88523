//! Real data and test suites that lie beside the project and do not belong to it.

use std::path::PathBuf;

/// A file or folder of them; `None`, with a word about it, where it is absent.
pub fn shared(name: &str) -> Option<PathBuf> {
    let folder = std::env::var_os("SCORE_SHARED_DATA").map(PathBuf::from);
    let path = folder.unwrap_or_else(|| super::root().join("../shared/data")).join(name);
    if path.exists() {
        return Some(path);
    }
    eprintln!("skipped: {} is not there (set SCORE_SHARED_DATA to the folder that holds `{name}`)", path.display());
    None
}
