//! Where written bytes go: standard output, a device, or a file that appears in its place when it is whole.

use super::interrupt::Unfinished;
use super::source::{folder_of, io_reason};
use super::table::Destination;
use super::{DataError, interrupt};
use flate2::Compression;
use flate2::write::GzEncoder;
use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use tempfile::NamedTempFile;

const BUFFER: usize = 64 * 1024;

/// A file being written. Dropped before [`Sink::finish`], it leaves nothing behind.
pub struct Sink {
    name: String,
    packed: Packed,
}

enum Packed {
    Plain(BufWriter<Target>),
    Gzip(Box<GzEncoder<BufWriter<Target>>>),
    Zstd(zstd::Encoder<'static, BufWriter<Target>>),
}

enum Target {
    StandardOutput(io::Stdout),
    /// `/dev/full`, a pipe: written as it is
    Device(File),
    Temporary {
        file: NamedTempFile,
        place: PathBuf,
        _unfinished: Unfinished,
    },
}

impl Sink {
    /// Starts a file.
    ///
    /// # Errors
    /// [`DataError::Unwritable`].
    pub fn create(to: &Destination) -> Result<Sink, DataError> {
        let (name, path) = match to {
            Destination::StandardOutput => ("standard output".to_owned(), None),
            Destination::File(path) => (path.display().to_string(), Some(path)),
        };
        let unwritable = |reason: String| DataError::Unwritable { file: name.clone(), reason };
        let target = match path {
            None => Target::StandardOutput(io::stdout()),
            Some(path) => Target::open(path).map_err(unwritable)?,
        };
        let ending = path.and_then(|path| path.extension()).map(|ending| ending.to_ascii_lowercase());
        let buffered = BufWriter::with_capacity(BUFFER, target);
        let packed = match ending.as_deref().and_then(|ending| ending.to_str()) {
            Some("gz") => Packed::Gzip(Box::new(GzEncoder::new(buffered, Compression::default()))),
            Some("zst") => {
                Packed::Zstd(zstd::Encoder::new(buffered, 0).map_err(|error| unwritable(io_reason(&error)))?)
            }
            _ => Packed::Plain(buffered),
        };
        Ok(Sink { name, packed })
    }

    /// How messages name it.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The error of a failed write, in words.
    pub fn failed(&self, error: &io::Error) -> DataError {
        failed(&self.name, error)
    }

    /// Writes what is left, and puts the file in its place.
    pub fn finish(self) -> Result<(), DataError> {
        let name = self.name;
        let buffered = match self.packed {
            Packed::Plain(buffered) => Ok(buffered),
            Packed::Gzip(packer) => packer.finish(),
            Packed::Zstd(packer) => packer.finish(),
        };
        buffered
            .and_then(|buffered| buffered.into_inner().map_err(io::IntoInnerError::into_error))
            .and_then(Target::finish)
            .map_err(|error| failed(&name, &error))
    }
}

/// The error of a failed write to the file `name`, in words.
pub fn failed(name: &str, error: &io::Error) -> DataError {
    if interrupt::is_requested() {
        return DataError::Interrupted;
    }
    match error.kind() {
        io::ErrorKind::BrokenPipe => DataError::ClosedPipe,
        _ => DataError::Unwritable { file: name.to_owned(), reason: io_reason(error) },
    }
}

impl Write for Sink {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match &mut self.packed {
            Packed::Plain(target) => target.write(bytes),
            Packed::Gzip(target) => target.write(bytes),
            Packed::Zstd(target) => target.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match &mut self.packed {
            Packed::Plain(target) => target.flush(),
            Packed::Gzip(target) => target.flush(),
            Packed::Zstd(target) => target.flush(),
        }
    }
}

impl Target {
    fn open(path: &Path) -> Result<Target, String> {
        let existing = fs::metadata(path).ok();
        if existing.as_ref().is_some_and(fs::Metadata::is_dir) {
            return Err("it is a folder; name a file in it".to_owned());
        }
        if existing.as_ref().is_some_and(|about| !about.is_file()) {
            let device = File::options().write(true).open(path);
            return device.map(Target::Device).map_err(|error| io_reason(&error));
        }
        if existing.as_ref().is_some_and(|about| about.permissions().readonly()) {
            return Err("it is there already and write-protected".to_owned());
        }
        // A link stays a link: what it leads to is written anew.
        let place = path.canonicalize().unwrap_or_else(|_| path.to_path_buf());
        let folder = folder_of(&place);
        if !folder.is_dir() {
            return Err(format!("there is no folder `{}`", folder.display()));
        }
        let mut prefix = std::ffi::OsString::from(".");
        prefix.push(place.file_name().ok_or("it does not name a file")?);
        let mut builder = tempfile::Builder::new();
        builder.prefix(&prefix).suffix(".part");
        if let Some(permissions) = permissions(existing.as_ref()) {
            builder.permissions(permissions);
        }
        let file = builder.tempfile_in(folder).map_err(|error| io_reason(&error))?;
        if let Some(about) = existing {
            fs::set_permissions(file.path(), about.permissions()).map_err(|error| io_reason(&error))?;
        }
        let _unfinished = Unfinished::new(file.path());
        Ok(Target::Temporary { file, place, _unfinished })
    }

    fn finish(mut self) -> io::Result<()> {
        self.flush()?;
        match self {
            Target::Temporary { file, place, .. } => file.persist(place).map(|_| ()).map_err(|error| error.error),
            Target::StandardOutput(_) | Target::Device(_) => Ok(()),
        }
    }
}

/// Those of any new file: what the user's settings leave of read and write for all.
#[cfg(unix)]
fn permissions(_existing: Option<&fs::Metadata>) -> Option<fs::Permissions> {
    use std::os::unix::fs::PermissionsExt;
    Some(fs::Permissions::from_mode(0o666))
}

#[cfg(not(unix))]
fn permissions(_existing: Option<&fs::Metadata>) -> Option<fs::Permissions> {
    None
}

impl Write for Target {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if interrupt::is_requested() {
            return Err(io::Error::other("interrupted"));
        }
        match self {
            Target::StandardOutput(target) => target.write(bytes),
            Target::Device(target) => target.write(bytes),
            Target::Temporary { file, .. } => file.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self {
            Target::StandardOutput(target) => target.flush(),
            Target::Device(target) => target.flush(),
            Target::Temporary { file, .. } => file.flush(),
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
mod tests {
    use super::*;
    use crate::data::testing::Folder;

    fn sink(folder: &Folder, name: &str) -> Result<Sink, DataError> {
        Sink::create(&Destination::File(folder.path().join(name)))
    }

    #[test]
    fn a_file_appears_when_it_is_whole() {
        let folder = Folder::new();
        folder.file("a.csv", "old");
        let mut dropped = sink(&folder, "a.csv").unwrap();
        dropped.write_all(b"half").unwrap();
        drop(dropped);
        assert_eq!(folder.text("a.csv").as_deref(), Some("old"));
        let mut whole = sink(&folder, "a.csv").unwrap();
        whole.write_all(b"new").unwrap();
        assert_eq!(folder.text("a.csv").as_deref(), Some("old"));
        whole.finish().unwrap();
        assert_eq!(folder.text("a.csv").as_deref(), Some("new"));
        assert_eq!(folder.names(), ["a.csv"]);
    }

    #[test]
    fn places_that_cannot_be_written_are_said_so() {
        let folder = Folder::new();
        let reason = |name: &str| match sink(&folder, name) {
            Err(DataError::Unwritable { reason, .. }) => reason,
            _ => panic!("{name} was opened"),
        };
        assert_eq!(reason("."), "it is a folder; name a file in it");
        assert!(reason("no/a.csv").starts_with("there is no folder"));
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn a_full_disk_is_said_so() {
        let mut sink = Sink::create(&Destination::File("/dev/full".into())).unwrap();
        sink.write_all(b"x").unwrap();
        let message = sink.finish().unwrap_err().to_string();
        assert_eq!(message, "cannot write `/dev/full`: the disk is full");
    }

    #[cfg(unix)]
    #[test]
    fn a_new_file_has_the_permissions_of_any_new_file_and_an_old_one_keeps_its_own() {
        use std::os::unix::fs::PermissionsExt;
        let folder = Folder::new();
        let mode = |name: &str| fs::metadata(folder.path().join(name)).unwrap().permissions().mode() & 0o777;
        folder.file("plain", "");
        sink(&folder, "new").unwrap().finish().unwrap();
        assert_eq!(mode("new"), mode("plain"));
        fs::set_permissions(folder.path().join("plain"), fs::Permissions::from_mode(0o640)).unwrap();
        sink(&folder, "plain").unwrap().finish().unwrap();
        assert_eq!(mode("plain"), 0o640);
        std::os::unix::fs::symlink(folder.path().join("new"), folder.path().join("link")).unwrap();
        let mut linked = sink(&folder, "link").unwrap();
        linked.write_all(b"through").unwrap();
        linked.finish().unwrap();
        assert_eq!(folder.text("new").as_deref(), Some("through"));
        assert!(fs::symlink_metadata(folder.path().join("link")).unwrap().is_symlink());
    }

    #[test]
    fn packed_files_are_packed() {
        let folder = Folder::new();
        for name in ["a.csv.gz", "a.csv.zst"] {
            let mut packed = sink(&folder, name).unwrap();
            packed.write_all(b"id\n7\n").unwrap();
            packed.finish().unwrap();
            let source = super::super::Source::file(folder.path().join(name));
            let mut rows = super::super::rows::Rows::open(&source, &super::super::rows::Wanted::All).unwrap();
            let cells = rows.next().unwrap().unwrap().unwrap().cells;
            assert_eq!(cells, [super::super::rows::Cell::Text("7".into())]);
        }
    }
}
