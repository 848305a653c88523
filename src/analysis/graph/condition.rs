//! Conditions as nodes.

use super::reads::Reads;
use super::{Graph, Node, NodeId, Scope, Variable};
use crate::model::{
    AnyExpr, BandEdge, BandId, Bands, Compare, Condition, ConditionKind, DateExpr, MatrixId, NumberExpr, NumberTest,
    ScoreId, Symbol, TextExpr, TextTest,
};
use crate::value::Decimal;

impl Graph<'_> {
    /// Conditions nest to a depth that the checker bounds.
    pub fn condition(&mut self, condition: &Condition, scope: Scope) -> NodeId {
        match &condition.kind {
            ConditionKind::Constant(holds) => self.add(Node::Constant(*holds)),
            ConditionKind::All(parts) => {
                let parts = parts.iter().map(|part| self.condition(part, scope)).collect();
                self.add(Node::All(parts))
            }
            ConditionKind::Any(parts) => {
                let parts = parts.iter().map(|part| self.condition(part, scope)).collect();
                self.add(Node::Any(parts))
            }
            ConditionKind::Not(part) => {
                let part = self.condition(part, scope);
                self.not(part)
            }
            ConditionKind::Known(expr) => self.known(expr, condition, scope),
            ConditionKind::BandKnown(score) => {
                let score = self.named(Symbol::Score(*score));
                self.add(Node::Known(score))
            }
            ConditionKind::Number { value, test } => self.number_test(value, test, scope),
            ConditionKind::Events { selector, compare, number } => {
                let count = self.count(selector);
                let number = self.number(number, scope);
                self.add(Node::Compare(count, *compare, number))
            }
            ConditionKind::Band { score, bands } => {
                let bands: Vec<NodeId> = bands.iter().map(|band| self.band(*score, *band)).collect();
                self.add(Node::Any(bands))
            }
            ConditionKind::Define(define) => self.named(Symbol::Define(*define)),
            ConditionKind::Threshold(threshold) => self.named(Symbol::Threshold(*threshold)),
            ConditionKind::Text { value: TextExpr::Matrix(matrix), test } => self.cell_test(*matrix, test, condition),
            ConditionKind::Excluded => self.add(Node::Open),
            ConditionKind::YesNo { .. }
            | ConditionKind::Text { .. }
            | ConditionKind::Includes { .. }
            | ConditionKind::Date { .. } => self.asked(condition, scope),
        }
    }

    pub(super) fn not(&mut self, part: NodeId) -> NodeId {
        self.add(Node::Not(part))
    }

    /// A question about one variable, a constant, or open, though not where what is compared is missing.
    fn asked(&mut self, condition: &Condition, scope: Scope) -> NodeId {
        let reads = self.condition_reads(&condition.kind, scope);
        if let Some(variable) = reads.single() {
            return self.question(variable, condition.clone());
        }
        if reads.is_constant() && scope == Scope::Lead {
            let holds = self.probe.constant(condition);
            return self.add(Node::Constant(holds));
        }
        let compared = match &condition.kind {
            ConditionKind::YesNo { value, .. } => Some(AnyExpr::YesNo(value.clone())),
            ConditionKind::Text { value, .. } => Some(AnyExpr::Text(value.clone())),
            ConditionKind::Includes { list, .. } => Some(AnyExpr::List(list.clone())),
            ConditionKind::Date { value, .. } => Some(AnyExpr::Date(value.clone())),
            _ => None,
        };
        let open = self.add(Node::Open);
        let Some(compared) = compared else { return open };
        let kind = ConditionKind::Known(Box::new(compared.clone()));
        let known = self.known(&compared, &Condition { kind, span: condition.span }, scope);
        self.add(Node::All(vec![known, open]))
    }

    fn known(&mut self, expr: &AnyExpr, condition: &Condition, scope: Scope) -> NodeId {
        let reads = match expr {
            AnyExpr::Number(number) => {
                let number = self.number(number, scope);
                return self.add(Node::Known(number));
            }
            AnyExpr::Condition(_) => return self.add(Node::Constant(true)),
            AnyExpr::Text(TextExpr::FirstKnown(texts)) => {
                return self.some_known(texts.iter().cloned().map(AnyExpr::Text), condition, scope);
            }
            AnyExpr::Date(DateExpr::FirstKnown(dates)) => {
                return self.some_known(dates.iter().cloned().map(AnyExpr::Date), condition, scope);
            }
            AnyExpr::Text(TextExpr::Matrix(matrix)) => return self.cell_known(*matrix),
            AnyExpr::Date(DateExpr::At) if scope != Scope::Lead => return self.add(Node::Constant(true)),
            other => self.reads_of(other, scope),
        };
        match reads.single() {
            Some(variable) => self.question(variable, condition.clone()),
            None if reads.is_constant() => {
                let holds = scope == Scope::Lead && self.probe.constant(condition) || is_literal(expr);
                self.add(Node::Constant(holds))
            }
            None => self.add(Node::Open),
        }
    }

    fn some_known(&mut self, of: impl Iterator<Item = AnyExpr>, condition: &Condition, scope: Scope) -> NodeId {
        let known = |graph: &mut Self, expr: AnyExpr| {
            let kind = ConditionKind::Known(Box::new(expr.clone()));
            graph.known(&expr, &Condition { kind, span: condition.span }, scope)
        };
        let parts = of.map(|expr| known(self, expr)).collect();
        self.add(Node::Any(parts))
    }

    fn number_test(&mut self, value: &NumberExpr, test: &NumberTest, scope: Scope) -> NodeId {
        let value = self.number(value, scope);
        match test {
            NumberTest::Compare(compare, right) => {
                let right = self.number(right, scope);
                self.add(Node::Compare(value, *compare, right))
            }
            NumberTest::Between(low, high) => {
                let (low, high) = (self.number(low, scope), self.number(high, scope));
                let above = self.add(Node::Compare(value, Compare::GreaterOrEqual, low));
                let below = self.add(Node::Compare(value, Compare::LessOrEqual, high));
                self.add(Node::All(vec![above, below]))
            }
            NumberTest::OneOf(numbers) => {
                let numbers: Vec<NodeId> = numbers.iter().map(|number| self.number(number, scope)).collect();
                let equal =
                    numbers.into_iter().map(|number| self.add(Node::Compare(value, Compare::Equal, number))).collect();
                self.add(Node::Any(equal))
            }
        }
    }

    /// Whether a score lies in a band: past its edge, and not past any higher one.
    pub fn band(&mut self, score: ScoreId, band: BandId) -> NodeId {
        let model = self.model;
        let bands = model.scores.get(score.index()).and_then(|score| score.bands.as_ref());
        let value = self.named(Symbol::Score(score));
        let Some(Bands { bands, .. }) = bands else { return self.add(Node::Constant(false)) };
        let own = bands.get(band.index()).and_then(|band| edge(band.edge));
        let mut parts = vec![self.add(Node::Known(value))];
        for other in bands.iter().filter_map(|band| edge(band.edge)) {
            if own.is_none_or(|own| other > own) {
                let past = self.past(value, other);
                parts.push(self.not(past));
            }
        }
        if let Some(own) = own {
            parts.push(self.past(value, own));
        }
        self.add(Node::All(parts))
    }

    fn past(&mut self, value: NodeId, (at, above): (Decimal, bool)) -> NodeId {
        let at = self.add(Node::Number(at));
        self.add(Node::Compare(value, if above { Compare::Greater } else { Compare::GreaterOrEqual }, at))
    }

    /// Whether a lead has this cell.
    pub fn cell(&mut self, matrix: MatrixId, row: BandId, column: BandId) -> NodeId {
        let model = self.model;
        let Some(matrix) = model.matrices.get(matrix.index()) else { return self.add(Node::Constant(false)) };
        let parts = vec![self.band(matrix.rows, row), self.band(matrix.columns, column)];
        self.add(Node::All(parts))
    }

    fn cell_known(&mut self, matrix: MatrixId) -> NodeId {
        let model = self.model;
        let Some(matrix) = model.matrices.get(matrix.index()) else { return self.add(Node::Constant(false)) };
        let scores = [matrix.rows, matrix.columns].map(|score| self.named(Symbol::Score(score)));
        let parts = scores.into_iter().map(|score| self.add(Node::Known(score))).collect();
        self.add(Node::All(parts))
    }

    /// `priority is "P1"`: the cells whose text passes.
    fn cell_test(&mut self, id: MatrixId, test: &TextTest, condition: &Condition) -> NodeId {
        let model = self.model;
        let Some(matrix) = model.matrices.get(id.index()) else { return self.add(Node::Constant(false)) };
        let operands = match test {
            TextTest::Is(operands) | TextTest::Part { operands, .. } => self.operand_reads(operands, Scope::Lead),
            TextTest::Matches(_) | TextTest::LooksRandom => Reads::default(),
        };
        if !operands.is_constant() {
            return self.add(Node::Open);
        }
        let mut passing = Vec::new();
        for (row, cells) in matrix.cells.iter().enumerate() {
            for (column, cell) in cells.iter().enumerate() {
                let Some(text) = crate::value::Text::new(cell) else { continue };
                let kind = ConditionKind::Text { value: TextExpr::Literal(text), test: test.clone() };
                if self.probe.constant(&Condition { kind, span: condition.span }) {
                    passing.push(self.cell(id, BandId(row as u32), BandId(column as u32)));
                }
            }
        }
        self.add(Node::Any(passing))
    }

    /// A condition over one variable, as others of the analysis make them.
    pub(super) fn about(&mut self, variable: Variable, kind: ConditionKind) -> NodeId {
        self.question(variable, Condition { kind, span: Default::default() })
    }
}

fn is_literal(expr: &AnyExpr) -> bool {
    matches!(expr, AnyExpr::Text(TextExpr::Literal(_)) | AnyExpr::Date(DateExpr::Literal(_)))
}

/// Edges in the order in which a score passes them; none for `otherwise`.
fn edge(edge: BandEdge) -> Option<(Decimal, bool)> {
    match edge {
        BandEdge::From(at) => Some((at, false)),
        BandEdge::Above(at) => Some((at, true)),
        BandEdge::Otherwise => None,
    }
}
