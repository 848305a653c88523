//! From syntax tree to model: names, types, units, circles, limits.
//!
//! The passes, in order, each in its own module:
//!
//! | pass | does |
//! |---|---|
//! | [`declarations`] | gathers the statements of all files by kind |
//! | [`about`] | the `model` block and its time zone |
//! | [`names`] | gives each name its id |
//! | [`schema`] | the lead, the events, where records keep what |
//! | [`lists`] | the values of lists, from files too |
//! | [`headers`], [`bands`] | limits and roundings of scores, and their bands |
//! | [`order`] | what depends on what; circles |
//! | [`values`] | defines, lookups, scores, matrices, thresholds, in that order |
//! | [`bands`], [`range`] | that no score can fall below its lowest band |
//! | [`columns`] | that no two columns of the results have one name |
//! | [`labels`] | that no label is blank |
//! | [`test_blocks`] | `test` blocks |
//! | [`usage`] | what the rules need of the data |
//!
//! Conditions and values are checked in [`expr`]; a part that is wrong yields `None` after its one report, and
//! whatever is made of it stays silent.

mod about;
mod after_mistakes;
mod bands;
mod bodies;
mod clauses;
mod columns;
mod constants;
mod decays;
mod declarations;
mod expr;
mod facts;
mod findings;
mod given;
mod headers;
mod labels;
mod lists;
mod mapping;
mod matrices;
mod names;
mod order;
mod points;
mod range;
mod references;
mod rules;
mod schema;
mod scores;
mod tables;
mod test_blocks;
mod test_cases;
mod test_values;
mod thresholds;
mod usage;
mod values;
mod walk;

#[cfg(test)]
mod examples;

use crate::diagnostics::Diagnostic;
use crate::model::{AnyExpr, Condition, DefineId, Model, Symbol, Usage};
use crate::source::{FileSystem, Sources};
use crate::syntax::{program::Program, tree};
use declarations::Declarations;
use expr::{Expressions, Place};
use facts::Facts;
use findings::Findings;
pub use given::{GivenParts, check_change, check_parts};
use headers::ScoreClauses;
use std::collections::{BTreeSet, HashSet};

/// Checks a parsed program; lists and lookup tables are read through `files`.
///
/// # Errors
/// All that is wrong, in order of file and place, one error a mistake.
pub fn check(program: &Program, files: &dyn FileSystem) -> Result<Model, Vec<Diagnostic>> {
    let mut build = Build::new(program, files);
    build.about();
    build.declare_names();
    build.lead();
    build.events();
    build.lists();
    build.score_headers();
    build.bands();
    build.order();
    build.values();
    build.band_gaps();
    build.ignores_and_excludes();
    build.result_columns();
    build.called_excluded();
    build.labels();
    build.tests();
    build.finish()
}

/// All that is wrong with a program, in order of file and place: its mistakes of syntax, and what else the checker finds
/// that no statement lost to them can have caused.
pub fn check_after_mistakes(program: &Program, mistakes: Vec<Diagnostic>, files: &dyn FileSystem) -> Vec<Diagnostic> {
    let found = check(program, files).err().unwrap_or_default();
    let mut all = mistakes;
    all.extend(after_mistakes::unaffected(program, found));
    all.sort_by_key(Diagnostic::span);
    all
}

/// Checks a condition over the results of a model, as in `expect` and `--only`: fields, defines, scores, bands, matrices,
/// thresholds, `excluded`. The usage says what it needs beyond the model's own.
///
/// # Errors
/// All that is wrong with it.
pub fn check_condition(model: &Model, condition: &tree::Expr) -> Result<(Condition, Usage), Vec<Diagnostic>> {
    check_condition_in(model, condition, None)
}

/// As [`check_condition`], with the sources that the condition's spans lead into, so that the helps can quote it.
///
/// # Errors
/// All that is wrong with it.
pub fn check_condition_in(
    model: &Model,
    condition: &tree::Expr,
    sources: Option<&Sources>,
) -> Result<(Condition, Usage), Vec<Diagnostic>> {
    let facts = Facts::of(model);
    let mut findings = Findings::new(sources.cloned());
    let checked = Expressions::new(model, &facts, &mut findings, Place::RESULTS).condition(condition);
    match checked {
        Some(condition) if findings.list.is_empty() => {
            let usage = usage::of_condition(model, &condition);
            Ok((condition, usage))
        }
        _ => Err(findings.sorted()),
    }
}

/// Checks an expression of any type over the results of a model: what [`check_condition_in`] does for conditions.
///
/// # Errors
/// All that is wrong with it.
pub fn check_expression_in(
    model: &Model,
    expression: &tree::Expr,
    sources: &Sources,
) -> Result<AnyExpr, Vec<Diagnostic>> {
    let facts = Facts::of(model);
    let mut findings = Findings::new(Some(sources.clone()));
    let checked = Expressions::new(model, &facts, &mut findings, Place::RESULTS).infer(expression);
    checked.filter(|_| findings.list.is_empty()).ok_or_else(|| findings.sorted())
}

/// A model on its way.
struct Build<'a> {
    program: &'a Program,
    files: &'a dyn FileSystem,
    declared: Declarations<'a>,
    model: Model,
    facts: Facts,
    findings: Findings,
    /// Defines whose number was written into the points that name them.
    constant_defines: BTreeSet<DefineId>,
    /// For each score the id of its first rule.
    first_rules: Vec<u32>,
    /// For each score the clauses of its header.
    score_clauses: ScoreClauses<'a>,
    /// Scores whose bands could be read, each with its name beside `bands`.
    sound_bands: Vec<(crate::model::ScoreId, crate::source::Span)>,
    /// Defines and lookups that need themselves in the end; they stay without a type.
    in_circles: HashSet<Symbol>,
}

impl<'a> Build<'a> {
    fn new(program: &'a Program, files: &'a dyn FileSystem) -> Build<'a> {
        let declared = Declarations::of(program);
        let (first_rules, rules) = scores::number_rules(&declared);
        Build {
            program,
            files,
            declared,
            model: Model { sources: program.sources.clone(), rules, ..Model::default() },
            facts: Facts::default(),
            findings: Findings::new(Some(program.sources.clone())),
            constant_defines: BTreeSet::new(),
            first_rules,
            score_clauses: Vec::new(),
            sound_bands: Vec::new(),
            in_circles: HashSet::new(),
        }
    }

    /// A checker of expressions in a place.
    fn expressions(&mut self, place: Place) -> Expressions<'_> {
        Expressions::new(&self.model, &self.facts, &mut self.findings, place)
    }

    fn finish(mut self) -> Result<Model, Vec<Diagnostic>> {
        if !self.findings.list.is_empty() {
            return Err(self.findings.sorted());
        }
        self.model.usage = usage::of_model(&self.model);
        self.model.usage.defines.extend(self.constant_defines);
        Ok(self.model)
    }
}
