//! `test` blocks.

use super::{Node, Reader};
use crate::source::Span;
use crate::syntax::grammar::Rule;
use crate::syntax::mistakes::{self, place};
use crate::syntax::outline::{Block, Entry};
use crate::syntax::tree::{CaseRow, Cases, EventTime, Expr, Given, Test, TestEvent, TestPart};
use crate::syntax::words::TEST_ITEMS;

impl<'a> Reader<'a> {
    pub(super) fn test(&mut self, entry: &Entry) -> Option<Test> {
        let header = self.parse(Rule::test_header, &entry.header, &place::TEST);
        let header = header.and_then(|header| {
            let mut parts = self.parts(header);
            let name = self.text_of(&parts.next()?);
            Some((name, parts.next().and_then(|date| self.literal(date))))
        });
        let block =
            self.needed_block(entry, "test", "test \"a big company\" { lead { id \"L1\" } expect fit is 10 }")?;
        let parts = self.inside(|reader| block.entries.iter().filter_map(|item| reader.test_part(item)).collect());
        let (name, as_of) = header?;
        Some(Test { name, as_of, parts })
    }

    pub(super) fn test_part(&mut self, entry: &Entry) -> Option<TestPart> {
        let span = self.span_of_entry(entry);
        match self.first_word(entry) {
            "lead" => {
                self.parse(Rule::lead_header, &entry.header, &place::TEST_LEAD);
                let block = self.needed_block(entry, "lead", "lead { id \"L1\" }")?;
                Some(TestPart::Lead(self.givens(block), span))
            }
            "before" => {
                self.parse(Rule::before_header, &entry.header, &place::TEST_BEFORE);
                let block = self.needed_block(entry, "`before`", "before { mql yes }")?;
                Some(TestPart::Before(self.givens(block), span))
            }
            "event" => self.test_event(entry).map(TestPart::Event),
            "expect" => {
                self.refuse_block(entry, "line that starts with `expect`");
                let node = self.parse(Rule::expect_item, &entry.header, &place::EXPECT)?;
                let condition = self.part(node)?;
                Some(TestPart::Expect(self.condition(condition)?, span))
            }
            "cases" => {
                self.parse(Rule::cases_header, &entry.header, &place::TEST_CASES);
                let block = self.needed_block(entry, "`cases`", "cases { … }")?;
                Some(TestPart::Cases(self.cases(block, span)))
            }
            _ => {
                self.unknown_test_part(entry);
                None
            }
        }
    }

    fn unknown_test_part(&mut self, entry: &Entry) {
        let span = self.span_of(&(entry.header.start..entry.header.start + 1));
        if !self.is_wrong(self.span_of(&entry.header)) {
            let word = self.text.get(span.range()).unwrap_or("");
            let mistake = mistakes::unknown_item(self.text, span, word, "part of a test", TEST_ITEMS);
            self.mistake(mistake);
        }
    }

    fn test_event(&mut self, entry: &Entry) -> Option<TestEvent> {
        let span = self.span_of_entry(entry);
        let properties = entry.block.as_ref().map(|block| self.givens(block)).unwrap_or_default();
        let node = self.parse(Rule::test_event, &entry.header, &place::TEST_EVENT)?;
        let mut parts = self.parts(node);
        let name = self.name(&parts.next()?);
        let time = parts.next()?;
        let when = match time.as_rule() {
            Rule::ago => EventTime::Ago(self.duration_in(time)?),
            _ => EventTime::On(self.literal(time)?),
        };
        Some(TestEvent { name, when, properties, span })
    }

    /// `id "L1", title "CEO"`
    fn givens(&mut self, block: &Block) -> Vec<Given> {
        let mut givens = Vec::new();
        for item in &block.entries {
            self.refuse_block(item, "value");
            let Some(node) = self.parse(Rule::given, &item.header, &place::GIVEN) else { continue };
            let mut parts = self.parts(node);
            let (Some(name), Some(cell)) = (parts.next(), parts.next()) else { continue };
            givens.push(Given { name: self.name(&name), values: self.cell(cell) });
        }
        givens
    }

    /// `"a", "b"`
    pub(super) fn cell(&mut self, node: Node<'a>) -> Vec<Expr> {
        self.parts(node)
            .filter_map(|value| match value.as_rule() {
                Rule::plain_name | Rule::quoted_name => Some(self.named(&value)),
                _ => self.literal(value),
            })
            .collect()
    }

    fn cases(&mut self, block: &Block, span: Span) -> Cases {
        let mut lines = block.entries.iter();
        let columns = lines.next().and_then(|first| {
            self.refuse_block(first, "line of a table");
            let node = self.parse(Rule::cases_columns, &first.header, &place::CASES_COLUMNS)?;
            Some(self.parts(node).map(|name| self.name(&name)).collect())
        });
        let mut rows = Vec::new();
        for line in lines {
            self.refuse_block(line, "line of a table");
            let Some(node) = self.parse(Rule::cases_row, &line.header, &place::CASES_ROW) else { continue };
            let span = self.span(&node);
            let cells = self.parts(node).map(|cell| self.cell(cell)).collect();
            rows.push(CaseRow { cells, span });
        }
        Cases { columns: columns.unwrap_or_default(), rows, span }
    }
}
