//! Where results go: standard output, or a file that is there whole or not at all.

use super::Failure;
use super::models::io_reason;
use crate::data::table::Destination;
use crate::data::{Format, interrupt};
use std::io::{self, IsTerminal, Write};
use std::path::{Path, PathBuf};

/// Flags of commands that write a table.
#[derive(Debug, Clone, clap::Args)]
pub struct TableOutput {
    /// Write to this file instead of standard output; its ending tells the format
    #[arg(long, short, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// csv, tsv, table, ndjson, json or parquet [default: table on a terminal, else csv]
    #[arg(long, value_name = "FORMAT", value_parser = output_format)]
    pub format: Option<Format>,
}

fn output_format(name: &str) -> Result<Format, String> {
    Format::named(name).ok_or_else(|| "write csv, tsv, table, ndjson, json or parquet".to_owned())
}

impl TableOutput {
    pub fn destination(&self) -> Destination {
        destination(self.output.as_deref())
    }

    /// As the flag says, else as the file's ending, else by where standard output goes.
    ///
    /// # Errors
    /// The ending does not tell.
    pub fn format(&self) -> Result<Format, Failure> {
        match (self.format, self.destination()) {
            (Some(format), _) => Ok(format),
            (None, Destination::File(path)) => format_of(&path, "--format"),
            (None, Destination::StandardOutput) if io::stdout().is_terminal() => Ok(Format::Table),
            (None, Destination::StandardOutput) => Ok(Format::Csv),
        }
    }
}

/// `-` and nothing are standard output.
pub fn destination(path: Option<&Path>) -> Destination {
    match path {
        Some(path) if path.as_os_str() != "-" => Destination::File(path.to_path_buf()),
        Some(_) | None => Destination::StandardOutput,
    }
}

/// The format that a file's ending tells.
///
/// # Errors
/// It tells none.
pub fn format_of(path: &Path, flag: &str) -> Result<Format, Failure> {
    Format::of_path(path).ok_or_else(|| {
        let failure = Failure::cannot(format!("the name `{}` does not tell which format to write", path.display()));
        match flag {
            "" => failure.help("end it in .csv, .tsv, .ndjson, .json or .parquet"),
            flag => failure.help(format!("end it in .csv, .tsv, .ndjson, .json or .parquet, or add `{flag} csv`")),
        }
    })
}

/// Writes a whole text.
///
/// # Errors
/// [`Failure::Cannot`], [`Failure::ClosedPipe`], [`Failure::Interrupted`].
pub fn write(path: Option<&Path>, text: &[u8]) -> Result<(), Failure> {
    interrupt::check()?;
    match destination(path) {
        Destination::StandardOutput => {
            let mut out = io::stdout().lock();
            out.write_all(text).and_then(|()| out.flush()).map_err(|error| failed(Path::new("standard output"), &error))
        }
        Destination::File(path) => write_file(&path, text).map_err(|error| failed(&path, &error)),
    }
}

/// Beside its place, then renamed; what is no regular file (`/dev/null`, a pipe) is written to as it is.
fn write_file(path: &Path, text: &[u8]) -> io::Result<()> {
    if std::fs::metadata(path).is_ok_and(|about| !about.is_file()) {
        return std::fs::OpenOptions::new().write(true).open(path)?.write_all(text);
    }
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut builder = tempfile::Builder::new();
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    let mut file = builder.tempfile_in(folder)?;
    file.write_all(text)?;
    file.persist(path).map(|_| ()).map_err(|error| error.error)
}

fn failed(path: &Path, error: &io::Error) -> Failure {
    if error.kind() == io::ErrorKind::BrokenPipe {
        return Failure::ClosedPipe;
    }
    Failure::cannot(format!("cannot write `{}`: {}", path.display(), io_reason(error)))
}
