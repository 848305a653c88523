//! Opening the model that a command names.

use super::inputs::Inputs;
use super::output::ReadFile;
use super::{Failure, paths};
use crate::data::Format;
use crate::diagnostics::Diagnostic;
use crate::model::Model;
use crate::source::{Disk, FileId, FileSystem, OpenError, Sources};
use crate::{CompileError, compile, diagnostics};
use std::path::{Path, PathBuf};

/// Flags of commands that take one model.
#[derive(Debug, Clone, clap::Args)]
pub struct ModelFile {
    /// The rule file; what it uses comes along; `-` is standard input
    #[arg(value_name = "MODEL")]
    pub model: PathBuf,
    /// What to call standard input in messages; files that it uses are looked for beside this
    #[arg(long, value_name = "FILE")]
    pub stdin_name: Option<PathBuf>,
}

impl ModelFile {
    /// Reads and checks the model; leads or events may not come from standard input, too.
    ///
    /// # Errors
    /// As [`load`].
    pub fn load(&self, inputs: &Inputs) -> Result<Model, Failure> {
        if self.model.as_os_str() != "-" {
            let swapped = is_named_like_data(&self.model) && inputs.leads.extension().is_some_and(|end| end == "score");
            return load(&self.model).map_err(|failure| match swapped {
                true => failure.help(format!(
                    "the rule file comes first: `{} {}`",
                    inputs.leads.display(),
                    self.model.display()
                )),
                false => failure,
            });
        }
        if inputs.files().iter().any(|(path, _)| path.as_os_str() == "-") {
            return Err(Failure::cannot("standard input `-` can be read only once"));
        }
        self.load_alone()
    }

    /// Reads and checks the model of a command that reads no data.
    ///
    /// # Errors
    /// As [`load`].
    pub fn load_alone(&self) -> Result<Model, Failure> {
        if self.model.as_os_str() != "-" {
            return load(&self.model);
        }
        let loaded = paths::from_standard_input(self.stdin_name.as_deref())?;
        let name = loaded.name();
        let model = loaded.check().map_err(|wrong| rules(Path::new(&name), wrong.sources, wrong.diagnostics))?;
        with_scores(model, &name)
    }
}

/// Reads and checks a model with all that it uses.
///
/// # Errors
/// [`Failure::Rules`] for mistakes in it, [`Failure::Cannot`] where it cannot be read.
pub fn load(path: &Path) -> Result<Model, Failure> {
    load_from(&Disk, path)
}

/// The same through other files than those of this computer.
///
/// # Errors
/// As [`load`].
pub fn load_from(files: &dyn FileSystem, path: &Path) -> Result<Model, Failure> {
    let model = compile(files, path).map_err(|error| match error {
        CompileError::Unreadable(error) => unreadable(path, &error),
        CompileError::Wrong { sources, diagnostics } => rules(path, sources, diagnostics),
    })?;
    with_scores(model, &path.display().to_string())
}

/// The rule files of a model, for [`super::output::spare_inputs`].
pub fn files(model: &Model) -> Vec<ReadFile> {
    model.sources.ids().map(|id| (PathBuf::from(&model.sources.file(id).name), "rules")).collect()
}

/// What is wrong with the rules; one sentence where they are data.
fn rules(path: &Path, sources: Sources, diagnostics: Vec<Diagnostic>) -> Failure {
    match data_instead(path, &diagnostics) {
        Some(failure) => failure,
        None => Failure::Rules { sources, diagnostics },
    }
}

/// For a file that is named like data and is no rule file: `score run leads.csv model.score`.
pub fn data_instead(path: &Path, diagnostics: &[Diagnostic]) -> Option<Failure> {
    let is_wrong = diagnostics.iter().any(|diagnostic| diagnostic.span().file == FileId(0));
    (is_wrong && is_named_like_data(path)).then(|| looks_like_data(path))
}

fn is_named_like_data(path: &Path) -> bool {
    let ending = path.extension().map(|ending| ending.to_string_lossy().to_ascii_lowercase()).unwrap_or_default();
    let is_packed = matches!(ending.as_str(), "gz" | "zst" | "xlsx" | "xls");
    is_packed || (Format::of_path(path).is_some() && ending != "txt")
}

fn looks_like_data(path: &Path) -> Failure {
    Failure::cannot(format!("`{}` looks like data, not rules", path.display()))
        .help("name a rule file here; its name ends in `.score`")
}

fn with_scores(model: Model, name: &str) -> Result<Model, Failure> {
    if model.scores.is_empty() && model.thresholds.is_empty() && model.excludes.is_empty() {
        return Err(Failure::cannot(format!("`{name}` has no score, so there is nothing to work out"))
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
        OpenError::TooLarge { .. } | OpenError::NotText { .. } if is_named_like_data(path) => looks_like_data(path),
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
