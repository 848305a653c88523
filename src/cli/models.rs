//! Opening the model that a command names.

use super::Failure;
use crate::model::Model;
use crate::source::{Disk, OpenError};
use crate::{CompileError, compile, diagnostics};
use std::path::Path;

/// Reads and checks a model with all that it uses.
///
/// # Errors
/// [`Failure::Rules`] for mistakes in it, [`Failure::Cannot`] where it cannot be read.
pub fn load(path: &Path) -> Result<Model, Failure> {
    let model = compile(&Disk, path).map_err(|error| match error {
        CompileError::Unreadable(error) => unreadable(path, &error),
        CompileError::Wrong { sources, diagnostics } => Failure::Rules { sources, diagnostics },
    })?;
    if model.scores.is_empty() && model.thresholds.is_empty() && model.excludes.is_empty() {
        return Err(Failure::cannot(format!("`{}` has no score, so there is nothing to work out", path.display()))
            .help("write one: `score fit { +10 when country is known }`, or name the file that uses this one"));
    }
    Ok(model)
}

/// A rule file that cannot be opened.
pub fn unreadable(path: &Path, error: &OpenError) -> Failure {
    let shown = path.display();
    match error {
        OpenError::Unreadable(reason) => {
            let failure = Failure::cannot(format!("cannot read `{shown}`: {}", io_reason(reason)));
            match similar(path) {
                Some(near) => failure.help(format!("did you mean `{near}`?")),
                None => failure,
            }
        }
        OpenError::TooLarge { limit } => {
            Failure::cannot(format!("`{shown}` is larger than {} MiB, the largest rule file", limit / (1024 * 1024)))
        }
        OpenError::NotText { offset } => Failure::cannot(format!("`{shown}` is not UTF-8 text (byte {offset})"))
            .help("save it as UTF-8 in your editor"),
        OpenError::OutsideFolder => Failure::cannot(format!("`{shown}` lies outside the model's folder")),
    }
}

/// In words that do not depend on the system.
pub fn io_reason(error: &std::io::Error) -> String {
    use std::io::ErrorKind;
    match error.kind() {
        ErrorKind::NotFound => "there is no such file".to_owned(),
        ErrorKind::PermissionDenied => "you have no permission to".to_owned(),
        ErrorKind::IsADirectory => "it is a folder".to_owned(),
        ErrorKind::NotADirectory => "a part of its path is not a folder".to_owned(),
        ErrorKind::StorageFull => "the disk is full".to_owned(),
        _ => error.to_string(),
    }
}

/// A file beside it with nearly the same name.
fn similar(path: &Path) -> Option<String> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut names: Vec<String> = std::fs::read_dir(folder)
        .ok()?
        .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
        .filter(|name| name.ends_with(".score"))
        .collect();
    names.sort();
    let near = diagnostics::nearest(path.file_name()?.to_str()?, names.iter().map(String::as_str))?;
    Some(path.with_file_name(near).display().to_string())
}
