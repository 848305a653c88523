//! What the numbers of a model can come to: sets that hold every value that some lead attains, and perhaps more.
//!
//! Worked out from the rules upwards, as they are written, whatever has to do with what; the ends come from the
//! [`analysis`](crate::analysis), which knows. So what lies outside is proved never to be.
//!
//! | file | says |
//! |---|---|
//! | `values`, `stepped` | a set of numbers: a few, or a step between two ends |
//! | `numbers` | expressions |
//! | `items`, `tables` | rules and groups; tables |

mod items;
mod numbers;
mod stepped;
mod tables;
mod values;

pub(in crate::impact) use items::of_count;
pub(in crate::impact) use tables::{edges, of_number};
pub use values::{Stretch, Values, held};

use crate::analysis::{Analysis, Range};
use crate::model::{AnyExpr, DefineId, LookupId, LookupTable, Model, NumberExpr, Score, ScoreBody, ScoreId, Symbol};
use crate::value::Decimal;
use std::collections::HashMap;

/// Of one model, as of the instant of its analysis. Scores are those of leads that are not excluded.
pub struct Attainable<'a, 'model> {
    analysis: &'a Analysis<'model>,
    /// Whether the analysis is asked how far things go: that may take a while.
    is_thorough: bool,
    defines: HashMap<DefineId, Values>,
    lookups: HashMap<LookupId, Values>,
    scores: HashMap<ScoreId, Values>,
}

impl<'a, 'model> Attainable<'a, 'model> {
    pub fn new(analysis: &'a Analysis<'model>, is_thorough: bool) -> Attainable<'a, 'model> {
        let (defines, lookups, scores) = (HashMap::new(), HashMap::new(), HashMap::new());
        let mut attainable = Attainable { analysis, is_thorough, defines, lookups, scores };
        // In an order in which each comes after all it depends on.
        for symbol in &analysis.model().order {
            attainable.settle(*symbol);
        }
        attainable
    }

    fn model(&self) -> &'model Model {
        self.analysis.model()
    }

    fn settle(&mut self, symbol: Symbol) {
        let model = self.model();
        match symbol {
            Symbol::Define(id) => {
                if let Some(AnyExpr::Number(number)) = model.defines.get(id.index()).map(|define| &define.value) {
                    self.defines.insert(id, self.number(number));
                }
            }
            Symbol::Lookup(id) => {
                if let Some(LookupTable::Number(table)) = model.lookups.get(id.index()).map(|lookup| &lookup.table) {
                    let rows = table.rows.iter().chain(&table.otherwise).chain(&table.missing);
                    self.lookups.insert(id, Values::of(rows.map(|row| row.result)));
                }
            }
            Symbol::Score(id) => {
                if let Some(score) = model.scores.get(id.index()) {
                    let values = self.sum_of(score);
                    self.scores.insert(id, finished(score, &values));
                }
            }
            Symbol::Field(_) | Symbol::List(_) | Symbol::Matrix(_) | Symbol::Threshold(_) => {}
        }
    }

    /// What the rules or the expression of a score come to before its limits and rounding, where it is known.
    pub fn before_limits(&self, id: ScoreId) -> Values {
        let Some(score) = self.model().scores.get(id.index()) else { return Values::any() };
        self.bounded(self.sum_of(score), || self.analysis.range_of_score_before_limits(id, &[]))
    }

    /// A score where it is known.
    pub fn score(&self, id: ScoreId) -> Values {
        let known = self.scores.get(&id).cloned().unwrap_or_else(Values::any);
        self.bounded(known, || self.analysis.range_of_score(id, &[]))
    }

    /// Only what lies in a range, which nothing goes past.
    fn bounded<'q>(&self, values: Values, range: impl FnOnce() -> Range<'q, 'model>) -> Values
    where
        'model: 'q,
    {
        if !self.is_thorough {
            return values;
        }
        let range = range();
        if range.is_never() { Values::none() } else { values.within(range.at_least(), range.at_most()) }
    }

    fn sum_of(&self, score: &Score) -> Values {
        match &score.body {
            ScoreBody::Derived(expr) => self.number(expr),
            ScoreBody::Rules { start, items, .. } => {
                let start = Values::exactly(start.unwrap_or_default());
                items.iter().fold(start, |sum, item| sum.plus(&self.item(item)))
            }
        }
    }

    /// A number where it is known, for leads that are not excluded.
    pub fn number(&self, number: &NumberExpr) -> Values {
        numbers::of(self, number)
    }
}

/// With a score's own limits and rounding.
fn finished(score: &Score, values: &Values) -> Values {
    values.held(score.lowest, score.highest).rounded(score.decimals)
}

/// The ends of what a number field is declared to hold.
fn declared(kind: Option<&crate::model::FieldKind>) -> Values {
    match kind {
        Some(crate::model::FieldKind::Number { from, to, .. }) => Values::any().within(*from, *to),
        _ => Values::any(),
    }
}

/// Whole numbers from 0 on.
fn counts() -> Values {
    Values::multiples(Decimal::ONE, None)
}
