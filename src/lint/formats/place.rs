//! Places as programs take them.

use crate::lint::report::Entry;
use crate::source::{Position, Sources, Span};

/// Where a span begins and where the character after its last one is.
pub fn ends(sources: &Sources, span: Span) -> (Position, Position) {
    let file = sources.file(span.file);
    let at = |offset: u32| file.lines.position(&file.text, offset as usize);
    (at(span.start), at(span.end.max(span.start)))
}

/// A file's path as other programs write it: with `/`, without `./`.
pub fn path(name: &str) -> String {
    let name = name.replace('\\', "/");
    let mut rest = name.as_str();
    while let Some(shorter) = rest.strip_prefix("./") {
        rest = shorter;
    }
    rest.to_owned()
}

/// All there is to say in plain text: the message, the labels' words, the help, the example.
pub fn told(entry: &Entry) -> String {
    let mut lines = vec![entry.diagnostic.message.clone()];
    for label in entry.diagnostic.labels.iter().filter(|label| !label.text.is_empty()) {
        let (start, _) = ends(&entry.sources, label.span);
        lines.push(format!("line {}: {}", start.line, label.text));
    }
    lines.extend(entry.diagnostic.help.iter().map(|help| format!("help: {help}")));
    if let Some(example) = &entry.example {
        lines.push(format!("example: {}", example.shows));
        lines.extend(example.lines());
    }
    lines.join("\n")
}
