//! What some leads are known to reach: those of the model's own tests, and those with the highest and the lowest scores.
//! What one of them reaches need not be asked of the analysis, which is the costlier question.

use super::Context;
use super::asks::{parts_of_and, parts_of_or};
use crate::model::{BandId, MatrixId, ScoreId, ThresholdId};
use crate::reference::Evaluation;
use crate::source::Span;
use std::collections::BTreeSet;

/// Of leads that are not excluded.
#[derive(Debug, Default)]
pub struct Known {
    pub met: BTreeSet<ThresholdId>,
    pub not_met: BTreeSet<ThresholdId>,
    pub bands: BTreeSet<(ScoreId, BandId)>,
    /// Row and column
    pub cells: BTreeSet<(MatrixId, BandId, BandId)>,
    /// Parts of an `or` of a threshold that held: of its `when` while the whole of it did, and of its `until`
    pub parts: BTreeSet<Span>,
}

impl Context<'_> {
    pub fn known(&self) -> &Known {
        self.proofs().known.get_or_init(|| {
            let mut known = Known::default();
            crate::testing::each_lead(self.model, &mut |evaluation| known.add(self, evaluation));
            let mut asked: BTreeSet<ScoreId> = self.model.thresholds.iter().flat_map(|one| one.reads.clone()).collect();
            let scores = (0..).map(ScoreId).zip(&self.model.scores);
            asked.extend(scores.filter(|(_, score)| score.bands.is_some()).map(|(id, _)| id));
            for score in asked {
                let range = self.range_of_score(score);
                for (_, witness) in
                    [range.lowest(), range.highest()].into_iter().flatten().filter_map(|end| end.exact())
                {
                    self.analysis.evaluate(witness, |evaluation| known.add(self, evaluation));
                }
            }
            known
        })
    }
}

impl Known {
    fn add(&mut self, context: &Context<'_>, evaluation: &Evaluation<'_>) {
        let results = &evaluation.results;
        if results.excluded.is_some() {
            return;
        }
        for (id, met) in (0..).map(ThresholdId).zip(&results.thresholds) {
            if *met { &mut self.met } else { &mut self.not_met }.insert(id);
        }
        self.bands.extend((0..).map(ScoreId).zip(&results.bands).filter_map(|(score, band)| Some((score, (*band)?))));
        let cells = (0..).map(MatrixId).zip(&results.matrices);
        self.cells.extend(cells.filter_map(|(matrix, cell)| cell.map(|(row, column)| (matrix, row, column))));
        for (_, threshold) in context.thresholds() {
            let whens = parts_of_and(&threshold.when).into_iter().flat_map(parts_of_or);
            let whens = whens.filter(|_| evaluation.holds(&threshold.when));
            let untils = threshold.until.iter().flat_map(parts_of_or);
            self.parts.extend(whens.chain(untils).filter(|part| evaluation.holds(part)).map(|part| part.span));
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
mod tests {
    use crate::analysis::Analysis;
    use crate::lint::Context;
    use crate::lint::settings::Names;
    use crate::lint::testing::{AS_OF, LEAD, compile};

    #[test]
    fn by_tests_and_by_the_ends_of_scores() {
        let rules = "score fit from 0 { +30 when phone is known }\nbands fit { A from 30, B from 10, C from 0 }\n\
                     threshold mql when consent and fit >= 30 until fit < 10\n\
                     test \"who agrees\" { lead { id \"1\", phone \"1\", consent yes }\n expect mql }";
        let (program, model) = compile(&format!("{LEAD}{rules}"));
        let (analysis, names) = (Analysis::new(&model, AS_OF), Names::default());
        let context = Context::new(&program, &analysis, &names);
        let known = context.known();
        // Nobody has from 10 to 30 points; the lowest score meets `until`.
        assert_eq!((known.met.len(), known.not_met.len(), known.bands.len(), known.parts.len()), (1, 1, 2, 3));
    }
}
