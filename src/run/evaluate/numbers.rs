//! Number nodes: exact decimals, missing where any operand is.

use super::rounding;
use super::settle::Settler;
use super::values::{Inputs, Values};
use crate::model::Compare;
use crate::plan::{DateId, NumberId, NumberNode, TableResults, TextId, ValueId};
use crate::run::batch::{Column, Mask, NumberColumn};
use crate::value::{Decimal, Instant};

/// One side of a calculation.
#[derive(Clone, Copy)]
pub(super) enum Operand<'v> {
    Constant(Option<Decimal>),
    Column(&'v NumberColumn),
}

/// What a calculation gives for one row.
enum Calculated {
    Fits(Decimal),
    /// Division by zero
    Missing,
    TooLarge,
}

impl Calculated {
    fn of(number: Option<Decimal>) -> Calculated {
        number.map_or(Calculated::TooLarge, Calculated::Fits)
    }
}

impl Operand<'_> {
    fn is_known(&self) -> Option<&Mask> {
        match self {
            Operand::Constant(_) => None,
            Operand::Column(column) => Some(&column.known),
        }
    }

    /// The number of a row in which it is known.
    pub fn at(&self, row: usize) -> Decimal {
        match self {
            Operand::Constant(number) => number.unwrap_or_default(),
            Operand::Column(column) => column.values.get(row).copied().unwrap_or_default(),
        }
    }

    fn is_missing(&self) -> bool {
        matches!(self, Operand::Constant(None))
    }
}

impl Settler<'_> {
    pub(super) fn settle_number(&mut self, values: &Values<'_>, id: NumberId, inputs: &dyn Inputs) -> NumberColumn {
        let Some(node) = self.nodes.numbers.get(id.index()) else { return self.spare.numbers(values.rows) };
        match node {
            NumberNode::Literal(_) => self.spare.numbers(values.rows),
            NumberNode::Field(field) => self.copied(inputs.field(*field), values.rows),
            NumberNode::State(state) => self.copied(inputs.state(*state), values.rows),
            NumberNode::Property(property) => self.given(inputs.property(property), values.rows),
            NumberNode::OfLead(of) => self.given(inputs.of_lead(ValueId::Number(*of)), values.rows),
            NumberNode::Score(score) => self.result(inputs.score(*score), values.rows),
            NumberNode::PointsOf(rule) => self.result(inputs.points_of(*rule), values.rows),
            NumberNode::Negate(of) => self.each(values, *of, |number| Calculated::Fits(number.negate())),
            NumberNode::PercentOf(percent, of) => {
                let share = rounding::percent(*percent);
                self.each(values, *of, |number| Calculated::of(share(number)))
            }
            NumberNode::Add(left, right) => {
                self.both(values, *left, *right, |left, right| Calculated::of(left.add(right)))
            }
            NumberNode::Subtract(left, right) => {
                self.both(values, *left, *right, |left, right| Calculated::of(left.subtract(right)))
            }
            NumberNode::Multiply(left, right) => self.product(values, *left, *right),
            NumberNode::Divide(left, right) => self.quotient(values, *left, *right),
            NumberNode::LengthOf(text) => self.lengths(values, id, *text),
            NumberNode::DaysSince(date) => self.days(values, *date, |date, as_of| as_of.0.saturating_sub(date.0)),
            NumberNode::DaysUntil(date) => self.days(values, *date, |date, as_of| date.0.saturating_sub(as_of.0)),
            NumberNode::HourOf(date) => self.hours(values, *date),
            NumberNode::CountOfKnown(parts) => self.count_of_known(values, parts),
            NumberNode::FirstKnown(parts) => self.best(values, parts, |_, _| false),
            NumberNode::Highest(parts) => self.best(values, parts, |number, best| number > best),
            NumberNode::Lowest(parts) => self.best(values, parts, |number, best| number < best),
            NumberNode::Table(table) => self.table_numbers(values, *table),
        }
    }

    fn product(&mut self, values: &Values<'_>, left: NumberId, right: NumberId) -> NumberColumn {
        let constant = |operand| if let Operand::Constant(Some(number)) = operand { Some(number) } else { None };
        match (constant(self.operand(values, left)), constant(self.operand(values, right))) {
            (None, None) => self.both(values, left, right, |left, right| Calculated::of(left.multiply(right))),
            (Some(factor), _) => {
                let times = rounding::times(factor);
                self.each(values, right, |number| Calculated::of(times(number)))
            }
            (None, Some(factor)) => {
                let times = rounding::times(factor);
                self.each(values, left, |number| Calculated::of(times(number)))
            }
        }
    }

    fn quotient(&mut self, values: &Values<'_>, left: NumberId, right: NumberId) -> NumberColumn {
        if let Operand::Constant(Some(divisor)) = self.operand(values, right)
            && divisor != Decimal::ZERO
        {
            let by = rounding::by(divisor);
            return self.each(values, left, |number| Calculated::of(by(number)));
        }
        self.both(values, left, right, |left, right| {
            if right == Decimal::ZERO { Calculated::Missing } else { Calculated::of(left.divide(right)) }
        })
    }

    pub(super) fn operand<'v>(&self, values: &'v Values<'_>, id: NumberId) -> Operand<'v> {
        match (self.nodes.numbers.get(id.index()), values.number(id)) {
            (Some(NumberNode::Literal(number)), _) => Operand::Constant(*number),
            (_, Some(column)) => Operand::Column(column),
            (_, None) => Operand::Constant(None),
        }
    }

    fn copied(&mut self, column: Option<&Column>, rows: usize) -> NumberColumn {
        let column = if let Some(Column::Number(column)) = column { Some(column) } else { None };
        self.result(column, rows)
    }

    fn result(&mut self, column: Option<&NumberColumn>, rows: usize) -> NumberColumn {
        match column {
            Some(column) => self.spare.copy_numbers(column),
            None => self.spare.numbers(rows),
        }
    }

    fn given(&mut self, column: Option<Column>, rows: usize) -> NumberColumn {
        match column {
            Some(Column::Number(column)) => column,
            _ => self.spare.numbers(rows),
        }
    }

    /// Rows in which both are known.
    fn both_known(&mut self, rows: usize, left: Operand<'_>, right: Operand<'_>) -> Mask {
        let mut known = self.spare.mask(rows, !left.is_missing() && !right.is_missing());
        [left.is_known(), right.is_known()].into_iter().flatten().for_each(|mask| known.and(mask));
        known
    }

    fn each(&mut self, values: &Values<'_>, of: NumberId, work: impl Fn(Decimal) -> Calculated) -> NumberColumn {
        let one = self.operand(values, of);
        self.calculated(values.rows, one, Operand::Constant(Some(Decimal::ZERO)), |number, _| work(number))
    }

    fn both(
        &mut self,
        values: &Values<'_>,
        left: NumberId,
        right: NumberId,
        work: impl Fn(Decimal, Decimal) -> Calculated,
    ) -> NumberColumn {
        let (left, right) = (self.operand(values, left), self.operand(values, right));
        self.calculated(values.rows, left, right, work)
    }

    fn calculated(
        &mut self,
        rows: usize,
        left: Operand<'_>,
        right: Operand<'_>,
        work: impl Fn(Decimal, Decimal) -> Calculated,
    ) -> NumberColumn {
        let mut result = NumberColumn { values: self.spare.decimals(rows), known: self.both_known(rows, left, right) };
        let (mut lost, too_large) = (Vec::new(), &mut self.too_large);
        let numbers = &mut result.values;
        result.known.each(|row| match work(left.at(row), right.at(row)) {
            Calculated::Fits(number) => {
                if let Some(place) = numbers.get_mut(row) {
                    *place = number;
                }
            }
            Calculated::Missing => lost.push(row),
            Calculated::TooLarge => {
                lost.push(row);
                too_large.push(row);
            }
        });
        lost.into_iter().for_each(|row| result.known.set(row, false));
        result
    }

    fn lengths(&mut self, values: &Values<'_>, id: NumberId, text: TextId) -> NumberColumn {
        let mut result = self.spare.numbers(values.rows);
        let (Some(column), Some(lengths)) = (values.text(text), self.lengths.get_mut(id.index())) else {
            return result;
        };
        lengths.begin(&column.texts);
        for (row, (code, number)) in column.codes.iter().zip(&mut result.values).enumerate() {
            let length = lengths.of(*code, &column.texts, |text| text.given.chars().count() as u32);
            if let Some(length) = length {
                *number = Decimal::whole(i64::from(length));
                result.known.set(row, true);
            }
        }
        result
    }

    fn days(&mut self, values: &Values<'_>, date: DateId, passed: impl Fn(Instant, Instant) -> i64) -> NumberColumn {
        let (mut result, as_of) = (self.spare.numbers(values.rows), self.as_of);
        let Some(column) = values.date(date) else { return result };
        for (row, (date, number)) in column.values.iter().zip(&mut result.values).enumerate() {
            if let Some(date) = date {
                *number = in_days(passed(self.days.first(*date), as_of));
                result.known.set(row, true);
            }
        }
        result
    }

    fn hours(&mut self, values: &Values<'_>, date: DateId) -> NumberColumn {
        let mut result = self.spare.numbers(values.rows);
        let Some(column) = values.date(date) else { return result };
        for (row, (date, number)) in column.values.iter().zip(&mut result.values).enumerate() {
            if let Some(date) = date {
                *number = Decimal::whole(self.days.first(*date).hour(&self.days.zone));
                result.known.set(row, true);
            }
        }
        result
    }

    fn count_of_known(&mut self, values: &Values<'_>, parts: &[ValueId]) -> NumberColumn {
        let mut counts = self.spare.codes(values.rows);
        for part in parts {
            let known = super::column::known(values, *part, &mut self.spare);
            known.each(|row| {
                if let Some(count) = counts.get_mut(row) {
                    *count += 1;
                }
            });
            self.spare.keep_mask(known);
        }
        let mut result =
            NumberColumn { values: self.spare.decimals(values.rows), known: self.spare.mask(values.rows, true) };
        for (number, count) in result.values.iter_mut().zip(&counts) {
            *number = Decimal::whole(i64::from(*count));
        }
        self.spare.keep_codes(counts);
        result
    }

    /// Of those known the first, but for one that is better than what stands before it.
    fn best(
        &mut self,
        values: &Values<'_>,
        parts: &[NumberId],
        better: impl Fn(Decimal, Decimal) -> bool,
    ) -> NumberColumn {
        let mut best = self.spare.numbers(values.rows);
        for column in parts.iter().filter_map(|part| values.number(*part)) {
            column.known.each(|row| {
                if let (Some(number), Some(place)) = (column.values.get(row), best.values.get_mut(row))
                    && (!best.known.get(row) || better(*number, *place))
                {
                    *place = *number;
                }
            });
            best.known.or(&column.known);
        }
        best
    }

    fn table_numbers(&mut self, values: &Values<'_>, id: crate::plan::LookupTableId) -> NumberColumn {
        let mut result = self.spare.numbers(values.rows);
        let (Some(table), Some(rows)) = (self.nodes.tables.get(id.index()), self.tables.get(id.index())) else {
            return result;
        };
        let (TableResults::Numbers(numbers), Some(column)) = (&table.results, values.classes(table.subject)) else {
            return result;
        };
        let number = |class: u32| rows.get(class).and_then(|row| numbers.get(row as usize).copied().flatten());
        for (place, class) in result.values.iter_mut().zip(&column.classes) {
            *place = number(*class).unwrap_or_default();
        }
        result.known.fill(column.classes.iter().map(|class| number(*class).is_some()));
        result
    }

    pub(super) fn compare_numbers(
        &mut self,
        values: &Values<'_>,
        left: NumberId,
        compare: Compare,
        right: NumberId,
    ) -> Mask {
        let (left, right) = (self.operand(values, left), self.operand(values, right));
        let mut mask = self.both_known(values.rows, left, right);
        let mut holds = self.spare.mask(values.rows, false);
        match compare {
            Compare::Equal => fill(&mut holds, left, right, |left, right| left == right),
            Compare::Less => fill(&mut holds, left, right, |left, right| left < right),
            Compare::LessOrEqual => fill(&mut holds, left, right, |left, right| left <= right),
            Compare::Greater => fill(&mut holds, left, right, |left, right| left > right),
            Compare::GreaterOrEqual => fill(&mut holds, left, right, |left, right| left >= right),
        }
        mask.and(&holds);
        self.spare.keep_mask(holds);
        mask
    }
}

/// Whether a comparison holds in each row, also where a side is missing.
fn fill(mask: &mut Mask, left: Operand<'_>, right: Operand<'_>, holds: impl Fn(Decimal, Decimal) -> bool) {
    let constant = |number: Option<Decimal>| number.unwrap_or_default();
    match (left, right) {
        (Operand::Column(left), Operand::Column(right)) => {
            mask.fill(left.values.iter().zip(&right.values).map(|(left, right)| holds(*left, *right)));
        }
        (Operand::Column(left), Operand::Constant(right)) => {
            mask.fill(left.values.iter().map(|left| holds(*left, constant(right))));
        }
        (Operand::Constant(left), Operand::Column(right)) => {
            mask.fill(right.values.iter().map(|right| holds(constant(left), *right)));
        }
        (Operand::Constant(left), Operand::Constant(right)) => {
            *mask = Mask::new(mask.rows(), holds(constant(left), constant(right)));
        }
    }
}

/// Microseconds in days of 24 hours, to 9 decimals, half away from zero: a day's billionth is 86.4 of them, so that 432
/// billionths are 5 times as many.
fn in_days(microseconds: i64) -> Decimal {
    let fifths = i128::from(microseconds) * 5;
    let billionths = match i64::try_from(fifths) {
        Ok(fifths) => i128::from(fifths / 432 + i64::from((fifths % 432).abs() >= 216) * fifths.signum()),
        Err(_) => fifths / 432 + i128::from((fifths % 432).abs() >= 216) * fifths.signum(),
    };
    Decimal::from_billionths(billionths)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_exact_to_9_decimals() {
        // one and a half days; a microsecond is 0.0000000000115… of a day: 43 of them are less than half a billionth,
        // 44 more
        assert_eq!(in_days(129_600_000_000).to_string(), "1.5");
        assert_eq!(
            (in_days(43), in_days(44), in_days(-44)),
            (Decimal::ZERO, Decimal::from_billionths(1), Decimal::from_billionths(-1))
        );
        for microseconds in [i64::MAX, i64::MIN, 1, 86_399_999_999, -1_234_567_890_123] {
            let long_way = Decimal::whole(microseconds).ratio(1, 86_400_000_000);
            assert_eq!(Some(in_days(microseconds)), long_way, "{microseconds}");
        }
    }
}
