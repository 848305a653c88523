//! What tests are written with: [`score`] runs the built program, [`Folder`] is a place of its own for files.

mod folder;
pub mod json_schema;
pub mod markdown;
mod program;
pub mod shared;
#[cfg(unix)]
mod terminal;

pub use folder::Folder;
pub use program::{Finished, score};
#[cfg(unix)]
pub use terminal::Terminal;

use std::path::{Path, PathBuf};

/// The root of the project.
pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Every file below a folder of the project with this ending, sorted.
pub fn files_below(folder: &str, ending: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![root().join(folder)];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display())) {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.to_string_lossy().ends_with(ending) {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}
