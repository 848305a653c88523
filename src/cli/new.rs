//! `score new`

use super::models::io_reason;
use super::{Common, Failure, Outcome, output};
use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// Make a folder with a first model and sample data
///
/// The model runs at once, and its comments say what each part is for. Files that are there already are never touched.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  score new my-scoring
  score new scoring/newsletter")]
pub struct Arguments {
    /// The folder to make
    #[arg(value_name = "DIR")]
    folder: PathBuf,
}

/// The model that it makes.
pub const MODEL: &str = include_str!("new/model.score");

/// What the folder gets: the name of each file, and its text.
const FILES: [(&str, &str); 4] = [
    ("model.score", MODEL),
    ("leads.csv", include_str!("new/leads.csv")),
    ("events.csv", include_str!("new/events.csv")),
    ("README.md", include_str!("new/README.md")),
];

/// # Errors
/// [`Failure::Cannot`]: a file is there already, or cannot be written.
pub fn run(arguments: Arguments, _common: &Common) -> Result<Outcome, Failure> {
    let folder = &arguments.folder;
    refuse_existing(folder)?;
    let missing = first_missing(folder);
    if let Err((path, error)) = create(folder) {
        // Folders made for this go again while they are empty; one that was there stays.
        if let Some(outermost) = &missing {
            folder.ancestors().filter(|part| part.starts_with(outermost)).for_each(|part| drop(fs::remove_dir(part)));
        }
        return Err(Failure::cannot(format!("cannot write `{}`: {}", path.display(), io_reason(&error))));
    }
    output::write(None, next_steps(folder).as_bytes())?;
    Ok(Outcome::Done)
}

fn refuse_existing(folder: &Path) -> Result<(), Failure> {
    let help = "name a folder that is not there yet, or move that file away; nothing was written";
    if folder.symlink_metadata().is_ok() && !folder.is_dir() {
        return Err(Failure::cannot(format!("`{}` is there already, and is not a folder", folder.display())).help(help));
    }
    match FILES.iter().map(|(name, _)| folder.join(name)).find(|path| path.symlink_metadata().is_ok()) {
        Some(path) => Err(Failure::cannot(format!("`{}` is there already", path.display())).help(help)),
        None => Ok(()),
    }
}

/// The outermost folder that has to be made; `None` when the folder is there.
fn first_missing(folder: &Path) -> Option<PathBuf> {
    let parts = folder.ancestors().filter(|part| !part.as_os_str().is_empty());
    parts.take_while(|part| !part.exists()).last().map(Path::to_path_buf)
}

/// Makes the folder and its files. Files made before one that fails are removed again.
fn create(folder: &Path) -> Result<(), (PathBuf, io::Error)> {
    fs::create_dir_all(folder).map_err(|error| (folder.to_path_buf(), error))?;
    for (index, (name, text)) in FILES.iter().enumerate() {
        let path = folder.join(name);
        let file = OpenOptions::new().write(true).create_new(true).open(&path);
        let made = file.is_ok();
        if let Err(error) = file.and_then(|mut file| file.write_all(text.as_bytes())) {
            for (name, _) in FILES.iter().take(index + usize::from(made)) {
                let _ = fs::remove_file(folder.join(name));
            }
            return Err((path, error));
        }
    }
    Ok(())
}

fn next_steps(folder: &Path) -> String {
    let path = |name: &str| match folder.join(name).display().to_string() {
        plain if !plain.contains(' ') => plain,
        spaced => format!("\"{spaced}\""),
    };
    let (model, leads, events) = (path("model.score"), path("leads.csv"), path("events.csv"));
    format!(
        "Made {shown} with a model, sample leads and events. Read {model}, then try:

  score test {model}
  score run {model} {leads} --events {events} --as-of 2026-06-30
  score explain {model} {leads} --events {events} --as-of 2026-06-30 --id L03
",
        shown = folder.display()
    )
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::{FILES, create, first_missing, refuse_existing};

    #[test]
    fn all_files_are_made_and_none_is_overwritten() {
        let folder = tempfile::tempdir().unwrap();
        let inner = folder.path().join("a").join("b");
        assert_eq!(first_missing(&inner), Some(folder.path().join("a")));
        assert!(refuse_existing(&inner).is_ok());
        create(&inner).unwrap();
        assert!(FILES.iter().all(|(name, text)| std::fs::read_to_string(inner.join(name)).unwrap() == *text));
        assert!(refuse_existing(&inner).is_err());
        std::fs::write(inner.join("model.score"), "mine").unwrap();
        assert!(create(&inner).is_err());
        assert_eq!(std::fs::read_to_string(inner.join("model.score")).unwrap(), "mine");
    }

    #[test]
    fn a_file_that_fails_takes_the_others_with_it() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("events.csv"), "mine").unwrap();
        assert!(create(folder.path()).is_err());
        assert!(!folder.path().join("model.score").exists());
        assert_eq!(std::fs::read_to_string(folder.path().join("events.csv")).unwrap(), "mine");
    }
}
