//! Annotations of GitHub workflows: `::warning file=b2b.score,line=3,…,title=S101 never-true::no lead can meet …`

use super::place::{ends, path, told};
use super::{Format, Look};
use crate::diagnostics::Severity;
use crate::lint::report::{Entry, Report};

pub static FORMAT: Format = Format { name: "github", about: "annotations of a GitHub workflow", write };

fn write(report: &Report, _: &Look) -> String {
    report.entries.iter().map(line).collect()
}

fn line(entry: &Entry) -> String {
    let command = match entry.diagnostic.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Advice => "notice",
    };
    let (start, end) = ends(&entry.sources, entry.span());
    let file = property(&path(entry.file()));
    let title = property(&format!("{} {}", entry.code(), entry.name()));
    // Columns are shown only where a place is within one line.
    let columns = match start.line == end.line {
        true => format!(",col={},endColumn={}", start.column, end.column),
        false => String::new(),
    };
    let place = format!("file={file},line={},endLine={}{columns}", start.line, end.line);
    format!("::{command} {place},title={title}::{}\n", message(&told(entry)))
}

fn message(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn property(text: &str) -> String {
    message(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::{message, property};

    #[test]
    fn what_would_end_a_command_is_escaped() {
        assert_eq!(message("30% off\nnow: a, b"), "30%25 off%0Anow: a, b");
        assert_eq!(property("a:b,c"), "a%3Ab%2Cc");
    }
}
