//! What the first bytes of a file look like, whatever its name says.

use super::Format;

/// Beginnings that tell what a file is.
const BEGINNINGS: &[(&[u8], &str)] = &[
    (b"PK\x03\x04", "an Excel workbook or another zip archive"),
    (b"\xD0\xCF\x11\xE0", "an old Excel workbook (.xls)"),
    (b"PAR1", "a Parquet file"),
    (b"%PDF", "a PDF document"),
    (b"\xFF\xFE", "UTF-16 text"),
    (b"\xFE\xFF", "UTF-16 text"),
    (b"\x1F\x8B", "a file packed twice (.gz)"),
    (b"\x28\xB5\x2F\xFD", "a file packed twice (.zst)"),
    (b"BZh", "a file packed with bzip2"),
    (b"7z\xBC\xAF", "a 7-Zip archive"),
    (b"Rar!", "a RAR archive"),
    (b"SQLite format 3", "an SQLite database"),
    (b"Obj\x01", "an Avro file"),
    (b"ORC", "an ORC file"),
    (b"{\\rtf", "a rich-text document"),
    (b"\x89PNG", "a picture"),
    (b"\xFF\xD8\xFF", "a picture"),
];

/// What the file is when it is none of the text formats; `None` for what may well be text.
pub(super) fn looks_like(head: &[u8]) -> Option<&'static str> {
    // Three letters alone might begin a header.
    let binary = |start: &[u8]| start.len() > 3 || start.iter().any(|byte| !byte.is_ascii_graphic()) || has_nul(head);
    if let Some((_, what)) = BEGINNINGS.iter().find(|(start, _)| head.starts_with(start) && binary(start)) {
        return Some(what);
    }
    let text = head.trim_ascii_start();
    let begins =
        |start: &str| text.get(..start.len()).is_some_and(|begin| begin.eq_ignore_ascii_case(start.as_bytes()));
    if begins("<!doctype html") || begins("<html") {
        return Some("a web page (HTML), perhaps a login page saved instead of the data");
    }
    if begins("<?xml") {
        return Some("an XML file");
    }
    if has_nul(head) {
        let utf16 = head.chunks_exact(2).take(32).all(|pair| pair.contains(&0));
        return Some(if utf16 && head.len() >= 4 { "UTF-16 text" } else { "binary data" });
    }
    None
}

/// The format that the content shows, for a file whose name does not tell.
pub(super) fn format_of(head: &[u8]) -> Option<Format> {
    if head.starts_with(b"PAR1") {
        return Some(Format::Parquet);
    }
    match first_letter(head)? {
        b'[' => Some(Format::Json),
        b'{' => Some(Format::Ndjson),
        _ => {
            let line = head.split(|byte| matches!(byte, b'\n' | b'\r')).next().unwrap_or_default();
            line.iter().any(|byte| matches!(byte, b',' | b';' | b'\t')).then_some(Format::Csv)
        }
    }
}

/// The first byte that is no white space.
pub(super) fn first_letter(head: &[u8]) -> Option<u8> {
    head.trim_ascii_start().first().copied()
}

/// What to do about a file that looks like `what`.
pub(super) fn advice(what: &str) -> &'static str {
    match what {
        "UTF-16 text" => "save it as UTF-8: in Excel choose \"CSV UTF-8 (Comma delimited)\"",
        "a Parquet file" => "give it the ending `.parquet`, or say `--leads-format parquet`",
        "an Excel workbook or another zip archive" | "an old Excel workbook (.xls)" => {
            "open it and save the sheet as \"CSV UTF-8\"; unpack an archive first"
        }
        _ => "export the data again as CSV, NDJSON, JSON or Parquet",
    }
}

/// More than one in a hundred: a stray one is a value's own matter.
fn has_nul(head: &[u8]) -> bool {
    head.iter().filter(|byte| **byte == 0).count() * 100 > head.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_that_are_no_text_are_known_by_their_beginning() {
        assert_eq!(looks_like(b"PK\x03\x04\x14\0"), Some("an Excel workbook or another zip archive"));
        assert_eq!(looks_like(b"\xFF\xFEi\0d\0"), Some("UTF-16 text"));
        assert_eq!(looks_like(b"i\0d\0,\0"), Some("UTF-16 text"));
        assert_eq!(looks_like(b"id,x\0y"), Some("binary data"));
        assert_eq!(
            looks_like(b"  <!DOCTYPE html><html>"),
            Some("a web page (HTML), perhaps a login page saved instead of the data")
        );
        assert_eq!(looks_like(b"id,email\n1,a@b.c\n"), None);
        assert_eq!(looks_like(b"ORCHID,color\n"), None);
        assert_eq!(looks_like(b""), None);
    }

    #[test]
    fn content_shows_the_format_where_the_name_does_not() {
        assert_eq!(format_of(b"PAR1"), Some(Format::Parquet));
        assert_eq!(format_of(b" [ {"), Some(Format::Json));
        assert_eq!(format_of(b"{\"id\": 1}"), Some(Format::Ndjson));
        assert_eq!(format_of(b"id;name\n"), Some(Format::Csv));
        assert_eq!(format_of(b"hello\n"), None);
    }
}
