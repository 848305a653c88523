//! The rules of a score: points, label and body in columns, the body in one column through all groups.

use super::comments::Own;
use super::fill::{LINE, STEP, fill, flat_width, has_comment};
use super::layout::{HEADER_STEP, INDENT, Layout};
use super::pieces::Piece;
use super::shape::Shape;
use crate::syntax::outline::{Block, Holds};

/// A label that ends in a column behind this one moves no other rule's body.
const WIDEST_LABEL: usize = 48;

/// However far in a body starts, it has this room.
const NARROWEST_BODY: usize = 60;

/// Points of this much difference in width are still lined up.
const SIMILAR: usize = 8;

/// The items of a score or a group.
struct Rules<'e, 'a> {
    items: Vec<Rule<'e, 'a>>,
    rest: Vec<Own<'a>>,
    indent: usize,
    /// Where labels start.
    label: usize,
    /// Whether some rule's points are a number, which the others then follow.
    has_plain: bool,
}

struct Rule<'e, 'a> {
    shape: Shape<'e, 'a>,
    parts: Option<Parts>,
    group: Option<Rules<'e, 'a>>,
}

/// Where the parts of a rule end among its pieces.
#[derive(Debug, Clone, Copy)]
struct Parts {
    points: usize,
    label: usize,
    points_width: usize,
    label_width: usize,
    has_body: bool,
    /// Its points are a number.
    is_plain: bool,
}

impl<'a> Layout<'a> {
    /// Writes the items of a score's block.
    pub fn rules(&mut self, block: &Block, indent: usize) {
        let rules = self.rules_of(block, indent);
        let mut ends = Vec::new();
        rules.label_ends(&mut ends);
        ends.retain(|end| *end <= WIDEST_LABEL);
        let gap = if ends.len() > 1 { 2 } else { 1 };
        let body = ends.iter().max().map_or(0, |end| end + gap);
        self.write_rules(&rules, body);
    }

    /// Recursion is as deep as groups nest.
    fn rules_of<'e>(&self, block: &'e Block, indent: usize) -> Rules<'e, 'a> {
        let (shapes, rest) = self.written.shapes(&block.entries, Holds::Rules, indent, block.close);
        let items = shapes.into_iter().map(|shape| {
            let group = match shape.block {
                Some((block, Holds::Rules)) => Some(self.rules_of(block, indent + INDENT)),
                _ => None,
            };
            Rule { parts: parts(&shape), shape, group }
        });
        let items: Vec<Rule<'e, 'a>> = items.collect();
        let all: Vec<Parts> = items.iter().filter_map(|rule| rule.parts).collect();
        let has_plain = all.iter().any(|parts| parts.is_plain);
        let widths = || all.iter().filter(|parts| parts.is_plain == has_plain).map(|parts| parts.points_width);
        let (least, most) = (widths().min().unwrap_or(0), widths().max().unwrap_or(0));
        let points = if has_plain || most - least <= SIMILAR { most } else { 0 };
        Rules { items, rest, indent, label: indent + points + 1, has_plain }
    }

    fn write_rules(&mut self, rules: &Rules<'_, 'a>, body: usize) {
        for rule in &rules.items {
            self.begin(&rule.shape, rules.indent);
            match rule.parts {
                Some(parts) => self.rule(&rule.shape.pieces, parts, rules, body),
                None => {
                    let step = if rule.shape.block.is_some() { HEADER_STEP } else { STEP };
                    fill(&mut self.page, &rule.shape.pieces, rules.indent + step, LINE);
                }
            }
            let Some(group) = &rule.group else {
                self.end(&rule.shape, rules.indent);
                continue;
            };
            self.page.open();
            self.own_comments(&rule.shape.opening, rules.indent + INDENT);
            self.write_rules(group, body);
            self.close(rules.indent);
            rule.shape.behind.into_iter().for_each(|comment| self.page.comment(comment));
        }
        self.own_comments(&rules.rest, rules.indent);
    }

    /// `+15 "Technology"  when industry is "technology"`
    fn rule(&mut self, pieces: &[Piece<'a>], parts: Parts, rules: &Rules<'_, 'a>, body: usize) {
        let part = |from: usize, to: usize| pieces.get(from..to).unwrap_or(&[]);
        fill(&mut self.page, part(0, parts.points), rules.indent + STEP, LINE);
        if parts.label > parts.points {
            self.page.pad_to(rules.label);
            fill(&mut self.page, part(parts.points, parts.label), rules.indent + STEP, usize::MAX);
        }
        if parts.has_body {
            // without a label, the words of the rule stand in its place
            self.page.pad_to(if parts.label > parts.points { body } else { rules.label });
            let column = self.page.column();
            let limit = LINE.max(column + NARROWEST_BODY);
            fill(&mut self.page, part(parts.label, pieces.len()), column + STEP, limit);
        }
    }
}

impl Rules<'_, '_> {
    /// The columns in which labels before a body end, in groups too.
    fn label_ends(&self, ends: &mut Vec<usize>) {
        for rule in &self.items {
            if let Some(group) = &rule.group {
                group.label_ends(ends);
            }
            let lined_up = rule.parts.filter(|parts| parts.is_plain == self.has_plain && parts.has_body);
            if let Some(parts) = lined_up.filter(|parts| parts.label > parts.points) {
                ends.push(self.label.max(self.indent + parts.points_width + 1) + parts.label_width);
            }
        }
    }
}

/// The parts of a rule; `None` for groups and tables, and where comments stand between the parts.
fn parts(shape: &Shape<'_, '_>) -> Option<Parts> {
    let pieces = &shape.pieces;
    let first = pieces.first()?;
    if shape.block.is_some() || shape.brace.is_some() || !matches!(first.text, "+" | "-" | "first") {
        return None;
    }
    let points = points_end(pieces);
    let label = if pieces.get(points).is_some_and(Piece::is_text) { points + 1 } else { points };
    let has_body = pieces.len() > label;
    let comment_above_body = pieces.get(label).is_some_and(|body| !body.above.is_empty());
    let before = pieces.get(..label)?;
    if has_comment(before) || comment_above_body {
        return None;
    }
    Some(Parts {
        points,
        label,
        points_width: flat_width(pieces.get(..points)?),
        label_width: flat_width(pieces.get(points..label)?),
        has_body,
        is_plain: points == 2
            && pieces.get(1).is_some_and(|number| number.text.starts_with(|c: char| c.is_ascii_digit())),
    })
}

/// Where the points of a rule end: `+20`, `+( 10% of fit )`, `first +5 then +1`.
fn points_end(pieces: &[Piece<'_>]) -> usize {
    let word = |at: usize| pieces.get(at).map_or("", |piece| piece.text);
    let mut at = 0;
    loop {
        at += usize::from(matches!(word(at), "first" | "then"));
        // the sign, then a number, a name or brackets
        at += 1;
        let mut depth = 0_usize;
        while at < pieces.len() {
            depth += usize::from(word(at) == "(");
            depth = depth.saturating_sub(usize::from(word(at) == ")"));
            at += 1;
            if depth == 0 {
                break;
            }
        }
        if word(at) != "then" {
            return at.min(pieces.len());
        }
    }
}
