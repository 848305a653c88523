//! One line each: `b2b.score:12:5: warning S101: no lead can meet the condition of rule `Executive``

use super::{Format, Look, and_more};
use crate::diagnostics::render;
use crate::lint::report::Report;

pub static FORMAT: Format = Format { name: "short", about: "a line each", write };

fn write(report: &Report, look: &Look) -> String {
    let line = |entry: &crate::lint::report::Entry| {
        render::short(&entry.sources, std::slice::from_ref(&entry.diagnostic)).replace('\r', "")
    };
    report.entries.iter().take(look.most).map(line).collect::<String>() + &and_more(report, look.most)
}
