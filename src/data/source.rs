//! From a path as given to bytes: standard input, `.gz`, `.zst`; and which format they are in.

use super::{DataError, Format, Source, claim, interrupt};
use flate2::bufread::MultiGzDecoder;
use std::fs::File;
use std::io::{self, BufRead, BufReader, Cursor, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// The longest row, in bytes: more than this is a quote or bracket that was never closed.
pub(super) const LONGEST_ROW: usize = 16 * 1024 * 1024;
/// How much of a file is looked at to tell what it is.
pub(super) const HEAD: usize = 64 * 1024;

/// A file being read: unpacked, without byte-order mark, and known to look like its format.
pub struct Input {
    /// As named on the command line.
    pub name: String,
    pub format: Format,
    /// As given.
    pub(super) source: Source,
    /// The row that is being read, counted from 1; 0 before the first; `None` where nobody counts.
    pub(super) row: Option<u64>,
    /// The first bytes, which `reader` gives once more.
    pub(super) head: Vec<u8>,
    reader: Box<dyn BufRead + Send>,
    read: Arc<AtomicU64>,
    size: Option<u64>,
    /// The file itself, where it can be read at any place: not packed, no pipe.
    pub(super) seekable: Option<PathBuf>,
}

impl Input {
    /// Opens a source and looks at its first bytes.
    ///
    /// # Errors
    /// [`DataError::Unreadable`], [`DataError::NotAsClaimed`].
    pub fn open(source: &Source) -> Result<Input, DataError> {
        let name = source.name();
        let unreadable = |error: io::Error| DataError::Unreadable { file: name.clone(), reason: io_reason(&error) };
        let read = Arc::new(AtomicU64::new(0));
        let (bytes, size, regular): (Box<dyn Read + Send>, _, _) = match &source.path {
            None => (Box::new(io::stdin()), None, false),
            Some(path) => {
                let file = File::open(path).map_err(unreadable)?;
                let about = file.metadata().map_err(unreadable)?;
                if about.is_dir() {
                    return Err(unreadable(io::ErrorKind::IsADirectory.into()));
                }
                (Box::new(file), about.is_file().then_some(about.len()), about.is_file())
            }
        };
        let packed = BufReader::with_capacity(HEAD, Counted { inner: bytes, read: read.clone() });
        let (unpacked, is_packed) = unpack(packed).map_err(unreadable)?;
        let (head, reader) = look_at(unpacked).map_err(unreadable)?;
        let seekable = source.path.clone().filter(|_| regular && !is_packed);
        let claimed = source.format.or_else(|| source.path.as_deref().and_then(Format::of_path));
        let format = claim::settled(&name, claimed, &head)?;
        Ok(Input { name, format, source: source.clone(), row: Some(0), head, reader, read, size, seekable })
    }

    /// Reads some bytes; 0 at the end of the file.
    ///
    /// # Errors
    /// [`DataError`]: damaged, interrupted.
    pub(super) fn read(&mut self, into: &mut [u8]) -> Result<usize, DataError> {
        loop {
            match self.reader.read(into) {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                read => return read.map_err(|error| self.failed(&error)),
            }
        }
    }

    /// The bytes at hand; none at the end of the file.
    ///
    /// # Errors
    /// As [`Input::read`].
    pub(super) fn buffer(&mut self) -> Result<&[u8], DataError> {
        loop {
            match self.reader.fill_buf() {
                Ok(_) => break,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(self.failed(&error)),
            }
        }
        Ok(self.reader.fill_buf().unwrap_or_default())
    }

    /// Goes on behind `count` of the bytes at hand.
    pub(super) fn consume(&mut self, count: usize) {
        self.reader.consume(count);
    }

    /// The file for reading at any place: itself, or else a copy without a name that vanishes when closed.
    ///
    /// # Errors
    /// [`DataError`]: it cannot be read, or there is no room for the copy.
    pub(super) fn into_file(mut self) -> Result<File, DataError> {
        if let Some(path) = &self.seekable {
            return File::open(path).map_err(|error| self.failed(&error));
        }
        let mut copy = tempfile::tempfile().map_err(|error| self.failed(&error))?;
        io::copy(&mut self.reader, &mut copy).map_err(|error| self.failed(&error))?;
        Ok(copy)
    }

    /// Bytes of the file read so far (as packed), and all of them where known.
    pub(super) fn progress(&self) -> (u64, Option<u64>) {
        (self.read.load(Ordering::Relaxed), self.size)
    }

    pub(super) fn not_as_claimed(&self, reason: impl Into<String>, help: Option<String>) -> DataError {
        DataError::NotAsClaimed { file: self.name.clone(), reason: reason.into(), help }
    }

    pub(super) fn too_long(&self) -> DataError {
        let row = match self.row {
            Some(0) => "its first row".to_owned(),
            Some(row) => format!("row {row}"),
            None => "a row".to_owned(),
        };
        self.not_as_claimed(
            format!("{row} is longer than 16 MiB"),
            Some("look for a quote or a bracket that is opened and never closed".to_owned()),
        )
    }

    fn failed(&self, error: &io::Error) -> DataError {
        if interrupt::is_requested() {
            return DataError::Interrupted;
        }
        DataError::Unreadable { file: self.name.clone(), reason: io_reason(error) }
    }
}

/// Counts what is read, and stops on request.
struct Counted {
    inner: Box<dyn Read + Send>,
    read: Arc<AtomicU64>,
}

impl Read for Counted {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        if interrupt::is_requested() {
            return Err(io::Error::other("interrupted"));
        }
        let count = self.inner.read(into)?;
        self.read.fetch_add(count as u64, Ordering::Relaxed);
        Ok(count)
    }
}

/// Unpacks what begins like gzip or Zstandard, whatever its name; and whether it was packed.
fn unpack(mut packed: BufReader<Counted>) -> io::Result<(Box<dyn Read + Send>, bool)> {
    let begin = packed.fill_buf()?;
    if begin.starts_with(b"\x1F\x8B") {
        Ok((Box::new(MultiGzDecoder::new(packed)), true))
    } else if begin.starts_with(b"\x28\xB5\x2F\xFD") {
        Ok((Box::new(zstd::Decoder::with_buffer(packed)?), true))
    } else {
        Ok((Box::new(packed), false))
    }
}

/// The first bytes without byte-order mark, and a reader of everything behind the mark.
fn look_at(mut bytes: Box<dyn Read + Send>) -> io::Result<(Vec<u8>, Box<dyn BufRead + Send>)> {
    let mut head = Vec::new();
    (&mut bytes).take(HEAD as u64).read_to_end(&mut head)?;
    if head.starts_with(b"\xEF\xBB\xBF") {
        head.drain(..3);
    }
    let reader = Cursor::new(head.clone()).chain(BufReader::with_capacity(HEAD, bytes));
    Ok((head, Box::new(reader)))
}

/// What went wrong with a file, in words.
pub(super) fn io_reason(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "there is no such file".to_owned(),
        io::ErrorKind::PermissionDenied => "you have no permission for it".to_owned(),
        io::ErrorKind::IsADirectory => "it is a folder, not a file".to_owned(),
        io::ErrorKind::NotADirectory => "a part of its path is a file, not a folder".to_owned(),
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => "the disk is full".to_owned(),
        io::ErrorKind::ReadOnlyFilesystem => "the disk is read-only".to_owned(),
        io::ErrorKind::UnexpectedEof => "it is cut off: a packed file ends too early".to_owned(),
        io::ErrorKind::InvalidData | io::ErrorKind::InvalidInput => format!("it is damaged ({error})"),
        _ => error.to_string(),
    }
}

/// The folder of a path, `.` for a bare name.
pub(super) fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
mod tests {
    use super::*;
    use crate::data::testing::Folder;
    use std::io::Write;

    fn text_of(mut input: Input) -> String {
        let mut text = String::new();
        input.reader.read_to_string(&mut text).unwrap();
        text
    }

    fn refusal(folder: &Folder, name: &str, bytes: &[u8]) -> String {
        match Input::open(&folder.file(name, bytes)) {
            Err(error) => error.to_string().replace(&format!("{}/", folder.path().display()), ""),
            Ok(input) => panic!("{name} was taken as {:?}", input.format),
        }
    }

    #[test]
    fn packed_files_are_unpacked_by_their_content() {
        let folder = Folder::new();
        let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        gzip.write_all(b"\xEF\xBB\xBFid\n1\n").unwrap();
        let gzip = gzip.finish().unwrap();
        // Two members one behind the other are one file.
        let twice = [gzip.clone(), gzip.clone()].concat();
        assert_eq!(text_of(Input::open(&folder.file("a.csv.gz", &gzip)).unwrap()), "id\n1\n");
        assert_eq!(text_of(Input::open(&folder.file("b.csv", &gzip)).unwrap()), "id\n1\n");
        assert_eq!(text_of(Input::open(&folder.file("c.csv.gz", &twice)).unwrap()), "id\n1\n\u{feff}id\n1\n");
        let zstd = zstd::encode_all(&b"id\n1\n"[..], 1).unwrap();
        assert_eq!(text_of(Input::open(&folder.file("d.csv.zst", &zstd)).unwrap()), "id\n1\n");
        assert_eq!(text_of(Input::open(&folder.file("e.csv.gz", b"id\n1\n")).unwrap()), "id\n1\n");
        let cut = refusal(&folder, "f.csv.gz", &gzip[..gzip.len() - 6]);
        assert_eq!(cut, "cannot read `f.csv.gz`: it is cut off: a packed file ends too early");
    }

    #[test]
    fn files_that_are_not_as_claimed_are_refused() {
        let folder = Folder::new();
        assert!(refusal(&folder, "a.csv", b"PK\x03\x04").contains("it looks like an Excel workbook"));
        assert!(refusal(&folder, "b.csv", b"PAR1....").contains("a Parquet file, not CSV"));
        assert!(refusal(&folder, "c.csv", b"").contains("it is empty"));
        assert!(refusal(&folder, "d.csv", b"\xEF\xBB\xBF \n").contains("it is empty"));
        assert!(refusal(&folder, "e.csv", b"<html>").contains("a web page"));
        assert!(refusal(&folder, "f.csv", b"[{\"id\":1}]").contains("it looks like JSON, not CSV"));
        let inside = "a single JSON object with the rows under `leads`";
        assert!(refusal(&folder, "g.json", b"{\n\"leads\": []}").contains(inside));
        assert!(refusal(&folder, "g.json", b"{\"leads\": [{\"id\":1}]}").contains(inside));
        assert!(refusal(&folder, "h.parquet", b"id\n1").contains("it looks like text, not Parquet"));
        assert!(refusal(&folder, "i.xyz", b"hello").contains("neither its name nor its content"));
        assert!(refusal(&folder, "j.csv", b"i\0d\0\n\0").contains("UTF-16 text"));
    }

    #[test]
    fn json_files_are_read_as_what_they_are() {
        let folder = Folder::new();
        let format = |name: &str, text: &str| Input::open(&folder.file(name, text.as_bytes())).unwrap().format;
        assert_eq!(format("a.ndjson", "\n[{}]"), Format::Json);
        assert_eq!(format("b.json", "{\"id\":1}\n{\"id\":2}"), Format::Ndjson);
        assert_eq!(format("c.ndjson", ""), Format::Ndjson);
        assert_eq!(format("d.dat", "id;x\n1;2"), Format::Csv);
    }

    #[test]
    fn folders_and_absent_files_are_said_so() {
        let folder = Folder::new();
        let folder_error = Input::open(&Source::file(folder.path())).err().unwrap().to_string();
        assert!(folder_error.ends_with("it is a folder, not a file"), "{folder_error}");
        let absent = Input::open(&Source::file(folder.path().join("no.csv"))).err().unwrap().to_string();
        assert!(absent.ends_with("there is no such file"), "{absent}");
    }
}
