//! JUnit XML, for build servers: a suite for each file, a case for each finding; a file without any is one case that
//! passes. What does not make the command fail passes, too, with its text as output.

use super::place::told;
use super::{Format, Look};
use crate::diagnostics::render::{Xml, word};
use crate::lint::report::{Entry, Report};
use std::io;

pub static FORMAT: Format = Format { name: "junit", about: "JUnit XML, for build servers", write };

fn write(report: &Report, _: &Look) -> String {
    Xml::document(|xml| {
        let failures = failures(report.entries.iter());
        let cases: usize = report.files.iter().map(|file| of_file(report, file).len().max(1)).sum();
        xml.open("testsuites", &[("tests", &cases.to_string()), ("failures", &failures)])?;
        report.files.iter().try_for_each(|file| suite(xml, file, &of_file(report, file)))?;
        xml.close("testsuites")
    })
}

fn of_file<'r>(report: &'r Report, file: &str) -> Vec<&'r Entry> {
    report.entries.iter().filter(|entry| entry.file() == file).collect()
}

fn failures<'r>(entries: impl Iterator<Item = &'r Entry>) -> String {
    entries.filter(|entry| entry.fails).count().to_string()
}

fn suite(xml: &mut Xml, file: &str, entries: &[&Entry]) -> io::Result<()> {
    let failures = failures(entries.iter().copied());
    let tests = entries.len().max(1).to_string();
    xml.open("testsuite", &[("name", file), ("tests", &tests), ("failures", &failures), ("errors", "0")])?;
    if entries.is_empty() {
        xml.empty("testcase", &[("name", "lint"), ("classname", file)])?;
    }
    entries.iter().try_for_each(|entry| case(xml, file, entry))?;
    xml.close("testsuite")
}

fn case(xml: &mut Xml, file: &str, entry: &Entry) -> io::Result<()> {
    let place = entry.sources.position(entry.span());
    let name = format!("{} {} at {}:{}", entry.code(), entry.name(), place.line, place.column);
    let line = place.line.to_string();
    xml.open("testcase", &[("name", &name), ("classname", file), ("file", file), ("line", &line)])?;
    let text = format!("{file}:{}:{}: {}", place.line, place.column, told(entry));
    if entry.fails {
        let kind = word(entry.diagnostic.severity);
        xml.open("failure", &[("message", &entry.diagnostic.message), ("type", kind)])?;
        xml.text(&text)?;
        xml.close("failure")?;
    } else {
        xml.open("system-out", &[])?;
        xml.text(&text)?;
        xml.close("system-out")?;
    }
    xml.close("testcase")
}
