//! The little XML that JUnit reports need. Characters that XML cannot hold are replaced by U+FFFD.

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event};
use std::io;

/// A document being written to memory.
pub struct Xml(Writer<Vec<u8>>);

impl Xml {
    /// The text of a document.
    pub fn document(write: impl FnOnce(&mut Xml) -> io::Result<()>) -> String {
        let mut xml = Xml(Writer::new_with_indent(Vec::new(), b' ', 2));
        // Writing to memory does not fail.
        let _ = xml.0.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)));
        let _ = write(&mut xml);
        let mut text = String::from_utf8_lossy(&xml.0.into_inner()).into_owned();
        text.push('\n');
        text
    }

    pub fn open(&mut self, name: &str, attributes: &[(&str, &str)]) -> io::Result<()> {
        self.0.write_event(Event::Start(element(name, attributes)))
    }

    pub fn empty(&mut self, name: &str, attributes: &[(&str, &str)]) -> io::Result<()> {
        self.0.write_event(Event::Empty(element(name, attributes)))
    }

    pub fn text(&mut self, text: &str) -> io::Result<()> {
        self.0.write_event(Event::Text(BytesText::new(&printable(text))))
    }

    pub fn close(&mut self, name: &str) -> io::Result<()> {
        self.0.write_event(Event::End(BytesEnd::new(name)))
    }
}

fn element<'a>(name: &'a str, attributes: &[(&str, &str)]) -> BytesStart<'a> {
    let mut element = BytesStart::new(name);
    for (key, value) in attributes {
        element.push_attribute((*key, printable(value).as_str()));
    }
    element
}

/// The characters that XML 1.0 can hold; others are replaced.
fn printable(text: &str) -> String {
    let is_allowed = |character: char| matches!(character, '\t' | '\n' | '\r' | ' '..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..);
    text.chars().map(|character| if is_allowed(character) { character } else { '\u{fffd}' }).collect()
}
