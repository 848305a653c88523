//! Scores, groups, tables, bands, matrices, thresholds.

use super::Reader;
use crate::diagnostics::Diagnostic;
use crate::diagnostics::code::syntax as codes;
use crate::syntax::grammar::Rule;
use crate::syntax::mistakes::{self, place};
use crate::syntax::outline::{Block, Entry};
use crate::syntax::tree::{
    Band, BandEdge, Bands, Group, Item, Matrix, Name, PointsTable, Score, ScoreBody, Text, Threshold,
};

/// What an item of a score may begin with, for "did you mean".
const ITEMS: &[&str] = &["group", "points", "first"];

impl<'a> Reader<'a> {
    pub(super) fn score(&mut self, entry: &Entry) -> Option<Score> {
        let header = self.parse(Rule::score_header, &entry.header, &place::SCORE);
        let header = header.and_then(|header| {
            let mut parts = self.parts(header).peekable();
            let name = self.name(&parts.next()?);
            let label = parts.next_if(|part| part.as_rule() == Rule::text).map(|text| self.text_of(&text));
            if let Some(derived) = parts.next_if(|part| part.as_rule() == Rule::derived) {
                let mut parts = self.parts(derived);
                let expression = self.condition(parts.next()?)?;
                return Some((name, label, Some(expression), self.clauses(parts)?));
            }
            Some((name, label, None, self.clauses(parts)?))
        });
        if let Some((_, _, Some(_), _)) = &header {
            self.refuse_block(entry, "score that is written with `=`");
        }
        let derived = header.as_ref().is_some_and(|(_, _, expression, _)| expression.is_some());
        let items = match &entry.block {
            None if derived || header.is_none() => Vec::new(),
            _ => {
                let block = self.needed_block(entry, "score", "score fit { +10 \"Phone\" when phone is known }")?;
                self.items(block)
            }
        };
        let (name, label, expression, clauses) = header?;
        let body = expression.map_or(ScoreBody::Rules(items), ScoreBody::Derived);
        Some(Score { name, label, clauses, body })
    }

    /// The rules, tables and groups of a block.
    fn items(&mut self, block: &Block) -> Vec<Item> {
        self.inside(|reader| block.entries.iter().filter_map(|entry| reader.item(entry)).collect())
    }

    pub(super) fn item(&mut self, entry: &Entry) -> Option<Item> {
        match self.first_word(entry) {
            "group" => self.group(entry).map(Item::Group),
            "points" => self.table(entry).map(Item::Table),
            word => {
                let first = self.tokens.get(entry.header.start)?;
                if word != "first" && !first.is_sign(self.text) && (entry.block.is_some() || !word.is_empty()) {
                    let span = self.span_of(&(entry.header.start..entry.header.start + 1));
                    if !self.is_wrong(self.span_of(&entry.header)) {
                        let mistake = mistakes::unknown_item(self.text, span, word, "rule", ITEMS);
                        self.mistake(mistake);
                    }
                    return None;
                }
                self.refuse_block(entry, "rule");
                let node = self.parse(Rule::rule_item, &entry.header, &place::RULE)?;
                self.rule(node).map(Item::Rule)
            }
        }
    }

    fn group(&mut self, entry: &Entry) -> Option<Group> {
        let span = self.span_of_entry(entry);
        let header = self.parse(Rule::group_header, &entry.header, &place::GROUP);
        let header = header.and_then(|header| {
            let mut parts = self.parts(header).peekable();
            let label = parts.next_if(|part| part.as_rule() == Rule::text).map(|text| self.text_of(&text));
            Some((label, self.clauses(parts)?))
        });
        if header.is_none() && entry.block.is_none() {
            return None;
        }
        let block = self.needed_block(entry, "group", "group \"Web\" { +5 for each page_view }")?;
        let items = self.items(block);
        let (label, clauses) = header?;
        Some(Group { label, clauses, items, span })
    }

    fn table(&mut self, entry: &Entry) -> Option<PointsTable> {
        let span = self.span_of_entry(entry);
        let header = self.parse(Rule::table_header, &entry.header, &place::TABLE);
        let header = header.and_then(|header| {
            let mut parts = self.parts(header).peekable();
            let label = parts.next_if(|part| part.as_rule() == Rule::text).map(|text| self.text_of(&text));
            let by = self.condition(parts.next()?)?;
            let for_each = match parts.next_if(|part| part.as_rule() == Rule::table_for_each) {
                Some(selector) => Some(self.selector_in(selector)?),
                None => None,
            };
            Some((label, by, for_each, self.clauses(parts)?))
        });
        if header.is_none() && entry.block.is_none() {
            return None;
        }
        let block = self.needed_block(entry, "table", "points \"Size\" by employees { from 10: +5 }")?;
        let rows = self.rows(block, Rule::table_row, &place::TABLE_ROW);
        let (label, by, for_each, clauses) = header?;
        Some(PointsTable { label, by, for_each, clauses, rows, span })
    }

    pub(super) fn bands(&mut self, entry: &Entry) -> Option<Bands> {
        let header = self.parse(Rule::bands_header, &entry.header, &place::BANDS);
        let score = header.and_then(|header| self.part(header)).map(|name| self.name(&name));
        let block = self.needed_block(entry, "list of bands", "bands fit { A from 40, B from 20, C from 0 }")?;
        let bands = block.entries.iter().filter_map(|item| self.band(item)).collect();
        Some(Bands { score: score?, bands })
    }

    fn band(&mut self, entry: &Entry) -> Option<Band> {
        self.refuse_block(entry, "band");
        let node = self.parse(Rule::band_item, &entry.header, &place::BAND)?;
        let span = self.span(&node);
        let mut parts = self.parts(node).peekable();
        let name = self.name(&parts.next()?);
        let label = parts.next_if(|part| part.as_rule() == Rule::text).map(|text| self.text_of(&text));
        let edge = parts.next()?;
        let edge = match edge.as_rule() {
            Rule::edge_from => BandEdge::From(self.amount_in(edge)?),
            Rule::edge_above => BandEdge::Above(self.amount_in(edge)?),
            _ => BandEdge::Otherwise,
        };
        let action = parts.next().and_then(|action| self.part(action)).map(|text| self.text_of(&text));
        Some(Band { name, label, edge, action, span })
    }

    pub(super) fn matrix(&mut self, entry: &Entry) -> Option<Matrix> {
        let header = self.parse(Rule::matrix_header, &entry.header, &place::MATRIX);
        let header = header.and_then(|header| {
            let mut parts = self.parts(header).peekable();
            let name = self.name(&parts.next()?);
            let label = parts.next_if(|part| part.as_rule() == Rule::text).map(|text| self.text_of(&text));
            Some((name, label, self.name(&parts.next()?), self.name(&parts.next()?)))
        });
        let block = self.needed_block(entry, "matrix", "matrix priority by fit, engagement { … }")?;
        let (columns, cells) = self.matrix_lines(block);
        let (name, label, rows, by_columns) = header?;
        Some(Matrix { name, label, rows, columns: by_columns, header: columns, cells })
    }

    fn matrix_lines(&mut self, block: &Block) -> (Vec<Name>, Vec<(Name, Vec<Text>)>) {
        let mut lines = block.entries.iter();
        let columns = match lines.next() {
            Some(first) => {
                self.refuse_block(first, "line of a matrix");
                let node = self.parse(Rule::matrix_columns, &first.header, &place::MATRIX_COLUMNS);
                node.map(|node| self.parts(node).map(|name| self.name(&name)).collect()).unwrap_or_default()
            }
            None => {
                let span = self.span_of(&(block.open..block.close + 1));
                self.mistake(
                    Diagnostic::error(codes::MISSING_BLOCK, span, "this matrix is empty")
                        .help("write a line with the bands of its columns, then a line for each band of its rows"),
                );
                Vec::new()
            }
        };
        let mut cells = Vec::new();
        for line in lines {
            self.refuse_block(line, "line of a matrix");
            let Some(node) = self.parse(Rule::matrix_row, &line.header, &place::MATRIX_ROW) else { continue };
            let mut parts = self.parts(node);
            let Some(name) = parts.next() else { continue };
            cells.push((self.name(&name), parts.map(|text| self.text_of(&text)).collect()));
        }
        (columns, cells)
    }

    pub(super) fn threshold(&mut self, entry: &Entry) -> Option<Threshold> {
        self.refuse_block(entry, "threshold");
        let node = self.parse(Rule::threshold_statement, &entry.header, &place::THRESHOLD)?;
        let stays =
            node.clone().into_inner().find(|part| part.as_rule() == Rule::word_stays).map(|word| self.span(&word));
        let mut parts = self.parts(node).peekable();
        let name = self.name(&parts.next()?);
        let label = parts.next_if(|part| part.as_rule() == Rule::text).map(|text| self.text_of(&text));
        let when = self.condition(parts.next()?)?;
        let (mut until, mut action) = (None, None);
        for part in parts {
            let until_clause = part.as_rule() == Rule::until;
            let inside = self.part(part)?;
            if until_clause {
                until = Some(self.condition(inside)?);
            } else {
                action = Some(self.text_of(&inside));
            }
        }
        Some(Threshold { name, label, when, stays, until, action })
    }
}
