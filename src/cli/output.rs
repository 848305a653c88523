//! Where results go: standard output, or a file that is there whole or not at all.

use super::Failure;
use crate::data::sink::Sink;
use crate::data::table::Destination;
use crate::data::{Format, interrupt};
use crate::source::{Disk, FileSystem};
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
            (None, Destination::File(path)) => format_of(&path),
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

/// One and the same for two ways to write the path of a file; `None` for a device, which may be written to twice.
pub fn place(to: Destination) -> Option<Destination> {
    match to {
        Destination::StandardOutput => Some(to),
        Destination::File(path) if path.exists() && !path.is_file() => None,
        Destination::File(path) => Some(Destination::File(Disk.identity(&path))),
    }
}

/// A file that a command reads, and what as: `leads`.
pub type ReadFile = (PathBuf, &'static str);

/// Refuses to write over what is read.
///
/// `outputs`: each with its flag. Devices may be both.
///
/// # Errors
/// [`Failure::Cannot`]: an output is one of the files read.
pub fn spare_inputs(outputs: &[(&str, Option<&Path>)], inputs: &[ReadFile]) -> Result<(), Failure> {
    for (flag, path) in outputs {
        let Some(Destination::File(to)) = place(destination(*path)) else { continue };
        let overwritten = inputs.iter().find(|(input, _)| input.as_os_str() != "-" && Disk.identity(input) == to);
        if let Some((input, what)) = overwritten {
            let message = format!("`{flag}` would overwrite `{}`, which is read as {what}", input.display());
            return Err(Failure::cannot(message).help(format!("name another file after `{flag}`")));
        }
    }
    Ok(())
}

/// The format that a file's ending tells.
fn format_of(path: &Path) -> Result<Format, Failure> {
    Format::of_path(path).ok_or_else(|| {
        Failure::cannot(format!("the name `{}` does not tell which format to write", path.display()))
            .help(format!("end it in {}, or add `--format csv`", Format::endings().collect::<Vec<_>>().join(", ")))
    })
}

/// Writes a whole text.
///
/// # Errors
/// [`Failure::Cannot`], [`Failure::ClosedPipe`], [`Failure::Interrupted`].
pub fn write(path: Option<&Path>, text: &[u8]) -> Result<(), Failure> {
    interrupt::check()?;
    let mut sink = Sink::create(&destination(path))?;
    sink.write_all(text).map_err(|error| sink.failed(&error))?;
    Ok(sink.finish()?)
}
