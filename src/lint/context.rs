//! What a lint looks at.

use super::places::{self, GroupPlace, RulePlace, TextAtom};
use super::proofs::Proofs;
use super::settings::Names;
use super::written::Written;
use crate::analysis::Analysis;
use crate::model::walk::{Part, walk_number};
use crate::model::{Body, Model, NumberExpr, RuleId, ScoreBody, ScoreId, Threshold};
use crate::source::Span;
use crate::syntax::program::Program;
use crate::syntax::tree::{self, Comment};
use crate::testing::Coverage;
use crate::value::Instant;
use std::cell::OnceCell;

/// One model: checked, analysed, and as its author wrote it.
///
/// | asked | by |
/// |---|---|
/// | rules, groups, with where they stand | [`Context::rules`], [`Context::groups`], [`Context::rule`] |
/// | conditions, filters, selectors, comparisons of texts | [`Context::conditions`], [`Context::filters`], [`Context::selectors`], [`Context::text_atoms`] |
/// | every part of every expression | [`Context::each_part`] |
/// | what can be, with an example | `context.analysis` |
/// | the same, asked once for all lints | [`Context::range_of_score`], [`Context::participation`], [`Context::implied`] |
/// | thresholds, and what they ask of scores | [`Context::thresholds`], [`Context::asks_of`] |
/// | stretches to remove or insert at | [`Context::whole_lines`], [`Context::without_rule`], [`Context::without_clause`], [`Context::indent`] |
/// | what nothing uses | [`Context::unused`] |
/// | comparisons, texts and names as they are written | [`Context::written`] |
/// | what the file's own tests reach | [`Context::coverage`] |
pub struct Context<'a> {
    pub model: &'a Model,
    /// The trees of the file and of all that it uses, with comments.
    pub program: &'a Program,
    pub analysis: &'a Analysis<'a>,
    pub as_of: Instant,
    /// What `score.toml` adds to what lints know.
    pub names: &'a Names,
    rules: Vec<RulePlace<'a>>,
    groups: Vec<GroupPlace<'a>>,
    coverage: OnceCell<Coverage>,
    written: OnceCell<Written>,
    text_atoms: OnceCell<Vec<TextAtom<'a>>>,
    proofs: Proofs<'a>,
}

impl<'a> Context<'a> {
    /// `analysis` is of the same model.
    pub fn new(program: &'a Program, analysis: &'a Analysis<'a>, names: &'a Names) -> Context<'a> {
        let model = analysis.model();
        let (rules, groups) = places::items(model);
        Context {
            model,
            program,
            analysis,
            as_of: analysis.as_of(),
            names,
            rules,
            groups,
            coverage: OnceCell::new(),
            written: OnceCell::new(),
            text_atoms: OnceCell::new(),
            proofs: Proofs::default(),
        }
    }

    /// All rules and tables, in the order written.
    pub fn rules(&self) -> &[RulePlace<'a>] {
        &self.rules
    }

    pub fn rule(&self, id: RuleId) -> Option<&RulePlace<'a>> {
        self.rules.binary_search_by_key(&id, |place| place.rule.id).ok().and_then(|place| self.rules.get(place))
    }

    /// All groups, each before those inside it.
    pub fn groups(&self) -> &[GroupPlace<'a>] {
        &self.groups
    }

    /// The rules of one score.
    pub fn rules_of(&self, score: ScoreId) -> impl Iterator<Item = &RulePlace<'a>> {
        self.rules.iter().filter(move |place| place.score == score)
    }

    /// Whether a score falls as time goes by: one of its rules has a decay, or a score that it is made of fades.
    pub fn fades(&self, score: ScoreId) -> bool {
        let decays = |place: &RulePlace<'_>| matches!(&place.rule.body, Body::ForEach(each) if each.decay.is_some());
        self.made_of(score).into_iter().any(|score| self.rules_of(score).any(decays))
    }

    /// A score and all those that it is made of, itself first.
    pub fn made_of(&self, score: ScoreId) -> Vec<ScoreId> {
        let mut found = vec![score];
        let mut next = 0;
        while let Some(score) = found.get(next).copied() {
            next += 1;
            if let Some(ScoreBody::Derived(number)) = self.model.scores.get(score.index()).map(|score| &score.body) {
                walk_number(number, &mut |part| {
                    if let Part::Number(NumberExpr::Score(id)) = part
                        && !found.contains(id)
                    {
                        found.push(*id);
                    }
                });
            }
        }
        found
    }

    /// All scores that a threshold is made of, those of derived scores too.
    pub fn scores_behind(&self, threshold: &Threshold) -> Vec<ScoreId> {
        let mut found: Vec<ScoreId> = threshold.reads.iter().flat_map(|score| self.made_of(*score)).collect();
        found.sort_unstable();
        found.dedup();
        found
    }

    /// What the `test` blocks reach; they are run when this is first asked for.
    pub fn coverage(&self) -> &Coverage {
        self.coverage.get_or_init(|| crate::testing::coverage(self.model))
    }

    /// Comparisons, texts and names as the author wrote them.
    pub fn written(&self) -> &Written {
        self.written.get_or_init(|| Written::of(self.program))
    }

    /// All comparisons of texts, in conditions and in filters.
    pub fn text_atoms(&self) -> &[TextAtom<'a>] {
        self.text_atoms.get_or_init(|| self.find_text_atoms())
    }

    pub(super) fn proofs(&self) -> &Proofs<'a> {
        &self.proofs
    }

    /// The text of a place, as written.
    pub fn text(&self, span: Span) -> &'a str {
        self.program.sources.text(span)
    }

    /// The parsed file that a place is in.
    pub fn file(&self, span: Span) -> Option<&'a tree::File> {
        self.program.files.iter().find(|file| file.id == span.file)
    }

    /// The statement that a place is in.
    pub fn statement(&self, span: Span) -> Option<&'a tree::Statement> {
        let holds = |one: &&tree::Statement| one.span.start <= span.start && span.end <= one.span.end;
        self.file(span)?.statements.iter().find(holds)
    }

    /// The tree of a rule or table of the model.
    pub fn tree_item(&self, span: Span) -> Option<&'a tree::Item> {
        let tree::StatementKind::Score(score) = &self.statement(span)?.kind else { return None };
        let tree::ScoreBody::Rules(items) = &score.body else { return None };
        let mut left: Vec<&tree::Item> = items.iter().collect();
        while let Some(item) = left.pop() {
            let (own, inside): (Span, &[tree::Item]) = match item {
                tree::Item::Group(group) => (group.span, &group.items),
                tree::Item::Rule(rule) => (rule.span, &[]),
                tree::Item::Table(table) => (table.span, &[]),
            };
            if own == span {
                return Some(item);
            }
            left.extend(inside);
        }
        None
    }

    /// The comment at the end of the line on which a place ends, and those on the lines right above it.
    pub fn comments_about(&self, span: Span) -> Vec<&'a Comment> {
        let Some(file) = self.file(span) else { return Vec::new() };
        super::comments::about(file, &self.program.sources.file(span.file).text, span)
    }

    /// From the start of the first to the end of the last line of a place, with the line end: what to take away so that
    /// nothing is left of it. Only the place itself where something else stands on its lines; a comment behind it goes too.
    pub fn whole_lines(&self, span: Span) -> Span {
        let text = &self.program.sources.file(span.file).text;
        let comment = self.comments_about(span).into_iter().find(|comment| !comment.own_line);
        let end = comment.map_or(span.end, |comment| comment.span.end.max(span.end)) as usize;
        let before = text.get(..span.start as usize).unwrap_or_default();
        let after = text.get(end..).unwrap_or_default();
        let line_start = before.rfind('\n').map_or(0, |at| at + 1);
        let rest = after.split('\n').next().unwrap_or_default();
        let is_alone = before.get(line_start..).is_some_and(|head| head.trim().is_empty()) && rest.trim().is_empty();
        match is_alone {
            true => Span::new(span.file, line_start, (end + rest.len() + 1).min(text.len())),
            false => span,
        }
    }

    /// The blanks before the first word of the line on which a place begins.
    pub fn indent(&self, span: Span) -> &'a str {
        let text = &self.program.sources.file(span.file).text;
        let line = text.get(..span.start as usize).unwrap_or_default().rfind('\n').map_or(0, |at| at + 1);
        let line = text.get(line..).unwrap_or_default();
        line.get(..line.len() - line.trim_start_matches([' ', '\t']).len()).unwrap_or_default()
    }
}
