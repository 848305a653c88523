//! The values of lists, and the files that lists and lookups are read from.

use super::Build;
use crate::diagnostics::code::check as code;
use crate::diagnostics::{Diagnostic, nearest};
use crate::model::List;
use crate::source::{LARGEST_DATA_FILE, OpenError, open_beside};
use crate::syntax::tree::{ListValues, Text as Quoted};
use crate::value::Text;
use std::path::Path;

impl Build<'_> {
    pub(super) fn lists(&mut self) {
        let lists: Vec<_> = self.declared.lists.iter().map(|list| (list.tree, list.span)).collect();
        for (list, span) in lists {
            let values = match &list.values {
                ListValues::Written(values) => self.written_values(values),
                ListValues::File { path, column } => self.file_values(path, column.as_ref()).unwrap_or_default(),
            };
            let folded = values.iter().map(|value| value.folded.to_string()).collect();
            self.model.lists.push(List { name: list.name.text.clone(), values, folded, span });
        }
    }

    fn written_values(&mut self, values: &[Quoted]) -> Vec<Text> {
        let mut texts = Vec::new();
        for value in values {
            match Text::new(&value.node) {
                Some(text) => texts.push(text),
                None => self.findings.error(
                    code::BLANK_TEXT,
                    value.span,
                    "there is nothing in this text to compare with",
                    "write a text with at least one letter or digit, or remove it",
                ),
            }
        }
        texts
    }

    fn file_values(&mut self, path: &Quoted, column: Option<&Quoted>) -> Option<Vec<Text>> {
        let kind = extension(&path.node);
        match (kind.as_str(), column) {
            ("csv" | "tsv", None) => {
                self.findings.error(
                    code::LIST_COLUMN,
                    path.span,
                    "a CSV file has several columns, and it isn't said which one holds the values",
                    format!("name the column: `from \"{}\" column \"…\"`", path.node),
                );
                None
            }
            ("csv" | "tsv", Some(column)) => {
                let (columns, rows) = self.csv(path, &[column])?;
                let place = columns.first().copied().unwrap_or_default();
                Some(rows.iter().filter_map(|row| Text::new(row.get(place)?)).collect())
            }
            (_, Some(column)) => {
                self.findings.error(
                    code::LIST_COLUMN,
                    column.span,
                    "only a CSV file has columns",
                    format!("leave it out: `from \"{}\"`", path.node),
                );
                None
            }
            ("json", None) => self.json(path),
            _ => {
                let text = self.text_of_file(path)?;
                Some(text.lines().filter_map(|line| Text::new(without_comment(line))).collect())
            }
        }
    }

    fn json(&mut self, path: &Quoted) -> Option<Vec<Text>> {
        let text = self.text_of_file(path)?;
        let values = match serde_json::from_str::<Vec<serde_json::Value>>(&text) {
            Ok(values) => values,
            Err(error) => {
                let place = format!("line {}, column {}", error.line(), error.column());
                self.file_error(path, format!("`{}` is not a list of texts: see {place}", path.node), JSON_HELP);
                return None;
            }
        };
        let mut texts = Vec::new();
        for (number, value) in values.iter().enumerate() {
            match value {
                serde_json::Value::String(text) => texts.extend(Text::new(text)),
                serde_json::Value::Number(digits) => texts.extend(Text::new(&digits.to_string())),
                serde_json::Value::Null => {}
                _ => {
                    let message = format!("value {} of `{}` is not a text", number + 1, path.node);
                    self.file_error(path, message, JSON_HELP);
                    return None;
                }
            }
        }
        Some(texts)
    }

    /// The rows of a CSV file, and where in them the named columns stand.
    pub(super) fn csv(&mut self, path: &Quoted, names: &[&Quoted]) -> Option<(Vec<usize>, Vec<csv::StringRecord>)> {
        let text = self.text_of_file(path)?;
        let mut reader = csv::ReaderBuilder::new().delimiter(delimiter(&text)).from_reader(text.as_bytes());
        let rows = reader.headers().cloned().and_then(|headers| {
            let rows: Result<Vec<csv::StringRecord>, csv::Error> = reader.records().collect();
            rows.map(|rows| (headers, rows))
        });
        let (headers, rows) = match rows {
            Ok(read) => read,
            Err(error) => {
                let line = error.position().map_or(1, csv::Position::line);
                let message = match error.kind() {
                    csv::ErrorKind::UnequalLengths { expected_len, len, .. } => {
                        format!("line {line} of `{}` has {len} cells, its first line {expected_len}", path.node)
                    }
                    _ => format!("line {line} of `{}` can't be read", path.node),
                };
                self.file_error(path, message, "give every line of the file the same number of cells");
                return None;
            }
        };
        let mut places = Vec::new();
        for name in names {
            let wanted = name.node.trim();
            match headers.iter().position(|header| header.trim() == wanted) {
                Some(place) => places.push(place),
                None => self.no_column(path, name, &headers),
            }
        }
        (places.len() == names.len()).then_some((places, rows))
    }

    fn no_column(&mut self, path: &Quoted, name: &Quoted, headers: &csv::StringRecord) {
        let help = match nearest(&name.node, headers.iter()) {
            Some(meant) => format!("did you mean `\"{meant}\"`?"),
            None => {
                let columns: Vec<String> = headers.iter().take(12).map(|header| format!("`\"{header}\"`")).collect();
                format!("its columns are {}", columns.join(", "))
            }
        };
        let message = format!("`{}` has no column `{}`", path.node, name.node);
        self.findings.error(code::LIST_COLUMN, name.span, message, help);
    }

    fn file_error(&mut self, path: &Quoted, message: impl Into<String>, help: impl Into<String>) {
        self.findings.error(code::FILE_UNREADABLE, path.span, message, help);
    }

    /// The text of a file named in the model, without a byte-order mark.
    fn text_of_file(&mut self, path: &Quoted) -> Option<String> {
        let program = self.program;
        let from = program.paths.get(path.span.file.0 as usize).map_or(Path::new(""), |path| path.as_path());
        let opened =
            open_beside(self.files, &program.folder, from, &path.node, LARGEST_DATA_FILE).and_then(|(_, bytes)| {
                String::from_utf8(bytes)
                    .map_err(|error| OpenError::NotText { offset: error.utf8_error().valid_up_to() })
            });
        let name = &path.node;
        let (message, help) = match opened {
            Ok(text) => return Some(text.strip_prefix('\u{feff}').map_or(text.clone(), str::to_owned)),
            Err(OpenError::OutsideFolder) => {
                let message = format!("`{name}` lies outside the folder of the model");
                self.findings.add(Diagnostic::error(code::FILE_OUTSIDE, path.span, message).help(
                    "move the file into the model's folder, or put a `score.toml` into the folder that holds both",
                ));
                return None;
            }
            Err(OpenError::Unreadable(error)) if error.kind() == std::io::ErrorKind::NotFound => (
                format!("there is no file `{name}`"),
                "the path starts at the folder of this rule file; check its spelling".to_owned(),
            ),
            Err(OpenError::Unreadable(_)) => {
                (format!("`{name}` can't be read"), "check that it is a file, and that you may open it".to_owned())
            }
            Err(OpenError::TooLarge { limit }) => {
                (format!("`{name}` is too large"), format!("keep it below {} MiB", limit >> 20))
            }
            Err(OpenError::NotText { offset }) => {
                (format!("`{name}` is not UTF-8 text: see byte {}", offset + 1), "save it as UTF-8".to_owned())
            }
        };
        self.file_error(path, message, help);
        None
    }
}

const JSON_HELP: &str = "a JSON file is an array of texts: [\"gmail.com\", \"yahoo.com\"]";

fn extension(path: &str) -> String {
    Path::new(path).extension().and_then(|extension| extension.to_str()).unwrap_or_default().to_lowercase()
}

/// `gmail.com  # since 2024` is `gmail.com`; a `#` inside a word is part of it.
fn without_comment(line: &str) -> &str {
    let begins = |(at, _): &(usize, &str)| {
        line.get(..*at).is_some_and(|before| before.is_empty() || before.ends_with(char::is_whitespace))
    };
    match line.match_indices('#').find(begins) {
        Some((at, _)) => line.get(..at).unwrap_or(line),
        None => line,
    }
}

/// The one of `,`, `;` and tab that the first line has most of.
fn delimiter(text: &str) -> u8 {
    let first = text.lines().next().unwrap_or_default();
    let count = |byte: u8| first.bytes().filter(|other| *other == byte).count();
    [b',', b';', b'\t'].into_iter().rev().max_by_key(|byte| count(*byte)).unwrap_or(b',')
}

#[cfg(test)]
mod tests {
    use super::{delimiter, without_comment};

    #[test]
    fn comments_of_text_files_start_after_a_blank() {
        assert_eq!(without_comment("# all"), "");
        assert_eq!(without_comment("a.com # old"), "a.com ");
        assert_eq!(without_comment("c#"), "c#");
    }

    #[test]
    fn delimiters_are_counted_in_the_first_line() {
        assert_eq!(delimiter("a;b;c,d\n1,2,3,4,5"), b';');
        assert_eq!(delimiter("a"), b',');
    }
}
