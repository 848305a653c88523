//! Mask nodes: whether something holds, 64 rows a word.

use super::settle::{Settler, cut_value};
use super::values::{Inputs, Values};
use crate::model::{BandId, TextRelation};
use crate::plan::{DateCompare, DateId, ListId, MaskId, MaskNode, QuestionId, SubjectId, TextCompare, TextId, ValueId};
use crate::run::batch::{Mask, YesNoColumn};
use crate::value::{Instant, Text, contains_phrase};

impl Settler<'_> {
    pub(super) fn settle_mask(&mut self, values: &mut Values<'_>, id: MaskId, inputs: &dyn Inputs) -> Mask {
        let Some(node) = self.nodes.masks.get(id.index()) else { return self.spare.mask(values.rows, false) };
        match node {
            MaskNode::Constant(bit) => self.spare.mask(values.rows, *bit),
            MaskNode::All(parts) => self.joined(values, parts, Mask::and),
            MaskNode::Any(parts) => self.joined(values, parts, Mask::or),
            MaskNode::Not(part) => {
                let mut mask = self.mask_or_none(values, *part);
                mask.not();
                mask
            }
            MaskNode::Question(subject, question) => self.asked(values, id, *subject, *question),
            MaskNode::Questions(asked) => self.all_answered(values, id, asked, inputs),
            MaskNode::Known(value) => super::column::known(values, *value, &mut self.spare),
            MaskNode::YesNo { value, is } => self.answered(values.yes_no(*value), *is, values.rows),
            MaskNode::Number { left, compare, right } => self.compare_numbers(values, *left, *compare, *right),
            MaskNode::Text { value, test, operand } => self.compare_texts(values, *value, *test, *operand),
            MaskNode::Includes { list, operand } => self.includes(values, *list, *operand),
            MaskNode::Date { value, test } => self.compare_dates(values, *value, *test),
            MaskNode::Band { score, bands } => {
                self.banded(inputs.band(*score), values.rows, |band| band.is_some_and(|band| bands.contains(&band)))
            }
            MaskNode::BandKnown(score) => self.banded(inputs.band(*score), values.rows, |band| band.is_some()),
            MaskNode::Threshold(threshold) => match inputs.threshold(*threshold) {
                Some(mask) => self.spare.mask_like(mask),
                None => self.spare.mask(values.rows, false),
            },
            MaskNode::Excluded => {
                let mut mask = self.spare.mask(values.rows, false);
                mask.fill(inputs.excluded().unwrap_or_default().iter().map(Option::is_some));
                mask
            }
            MaskNode::OfLead(of) => inputs.mask_of_lead(*of).unwrap_or_else(|| self.spare.mask(values.rows, false)),
        }
    }

    fn joined(&mut self, values: &Values<'_>, parts: &[MaskId], join: impl Fn(&mut Mask, &Mask)) -> Mask {
        let Some((first, others)) = parts.split_first() else { return self.spare.mask(values.rows, false) };
        let mut mask = self.mask_or_none(values, *first);
        for other in others {
            match values.mask(*other) {
                Some(other) => join(&mut mask, other),
                None => join(&mut mask, &Mask::new(values.rows, false)),
            }
        }
        mask
    }

    /// The rows whose class answers yes. A yes/no field needs no classes: its three answers are whole words.
    fn asked(&mut self, values: &mut Values<'_>, id: MaskId, subject: SubjectId, question: QuestionId) -> Mask {
        let cut = self.nodes.subjects.get(subject.index()).map(|subject| &subject.cut);
        if let Some(cut @ crate::plan::Cut::YesNo { classes: [missing, no, yes], .. }) = cut {
            let mut mask = self.spare.mask(values.rows, false);
            if let ValueId::YesNo(of) = cut_value(cut)
                && let Some(column) = values.yes_no(of)
            {
                let bits = [missing, no, yes].map(|answers| if question.holds(answers) { u64::MAX } else { 0 });
                by_answer(&mut mask, column, bits);
            }
            return mask;
        }
        self.settle_classes(values, subject);
        self.settle_questions(values, subject);
        self.mask_or_none(values, id)
    }

    fn answered(&mut self, column: Option<&YesNoColumn>, is: bool, rows: usize) -> Mask {
        let mut mask = self.spare.mask(rows, false);
        if let Some(column) = column {
            by_answer(&mut mask, column, if is { [0, 0, u64::MAX] } else { [0, u64::MAX, 0] });
        }
        mask
    }

    fn banded(
        &mut self,
        bands: Option<&[Option<BandId>]>,
        rows: usize,
        holds: impl Fn(Option<BandId>) -> bool,
    ) -> Mask {
        let mut mask = self.spare.mask(rows, false);
        mask.fill(bands.unwrap_or_default().iter().map(|band| holds(*band)));
        mask
    }

    fn compare_texts(&mut self, values: &Values<'_>, value: TextId, test: TextCompare, operand: TextId) -> Mask {
        let mut mask = self.spare.mask(values.rows, false);
        let (Some(value), Some(operand)) = (values.text(value), values.text(operand)) else { return mask };
        let texts = |codes: (&u32, &u32)| value.texts.text(*codes.0).zip(operand.texts.text(*codes.1));
        let rows = value.codes.iter().zip(&operand.codes);
        mask.fill(rows.map(|codes| texts(codes).is_some_and(|(text, part)| passes(text, test, part))));
        mask
    }

    fn includes(&mut self, values: &Values<'_>, list: ListId, operand: TextId) -> Mask {
        let mut mask = self.spare.mask(values.rows, false);
        let (Some(list), Some(operand)) = (values.list(list), values.text(operand)) else { return mask };
        mask.fill(list.values.iter().zip(&operand.codes).map(|(list, code)| {
            let both = list.as_ref().zip(operand.texts.text(*code));
            both.is_some_and(|(list, operand)| list.iter().any(|text| text.folded == operand.folded))
        }));
        mask
    }

    /// The left side is one instant; on the right a whole day covers all of it.
    fn compare_dates(&mut self, values: &Values<'_>, value: DateId, test: DateCompare) -> Mask {
        let mut mask = self.spare.mask(values.rows, false);
        let (from, to) = match test {
            DateCompare::Before(right) | DateCompare::After(right) => (right, right),
            DateCompare::Between(from, to) => (from, to),
        };
        let (Some(left), Some(from), Some(to)) = (values.date(value), values.date(from), values.date(to)) else {
            return mask;
        };
        let days = &mut self.days;
        let rows = left.values.iter().zip(from.values.iter().zip(&to.values));
        mask.fill(rows.map(|(left, (from, to))| {
            let (Some(left), Some(from), Some(to)) = (left, from, to) else { return false };
            let left: Instant = days.first(*left);
            match test {
                DateCompare::Before(_) => left < days.first(*from),
                DateCompare::After(_) => left > days.last(*to),
                DateCompare::Between(..) => days.first(*from) <= left && left <= days.last(*to),
            }
        }));
        mask
    }
}

/// By whole words: for missing, no and yes what the rows get.
fn by_answer(mask: &mut Mask, column: &YesNoColumn, [missing, no, yes]: [u64; 3]) {
    mask.or(&column.yes);
    mask.zip_words(&column.known, |answer, known| !known & missing | known & (answer & yes | !answer & no));
}

fn passes(text: &Text, test: TextCompare, part: &Text) -> bool {
    let (text, part) = (text.folded.as_str(), part.folded.as_str());
    match test {
        TextCompare::Is => text == part,
        TextCompare::Part(TextRelation::Contains) => text.contains(part),
        TextCompare::Part(TextRelation::Mentions) => contains_phrase(text, part),
        TextCompare::Part(TextRelation::StartsWith) => text.starts_with(part),
        TextCompare::Part(TextRelation::EndsWith) => text.ends_with(part),
    }
}
