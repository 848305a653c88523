//! Questions of several subjects that must all be answered yes: the conditions of an arena that ask so are decided
//! together, a row at a time, from what the class of each value leaves of them.

use super::classes::ClassColumn;
use super::questions::{SIDE, transpose};
use super::settle::{Settler, cut_value};
use super::values::{Inputs, Values};
use crate::plan::{JOINED_TOGETHER, MaskId, MaskNode, Nodes, Part, QuestionId, SubjectId, parts};
use crate::run::batch::Mask;
use std::collections::BTreeMap;

/// Words that are looked at together: a bit for each of 256 conditions.
const WORDS: usize = 4;
const BITS: usize = WORDS * SIDE;
type Block = [u64; WORDS];

/// All that ask so, and what they ask each subject.
#[derive(Debug, Default)]
pub(super) struct Joined {
    masks: Vec<MaskId>,
    subjects: Vec<AskedOf>,
}

/// What a subject is asked, and what each of its classes leaves.
#[derive(Debug)]
struct AskedOf {
    subject: SubjectId,
    /// By the place of the mask that asks.
    asked: Vec<(usize, QuestionId)>,
    generation: u64,
    /// How many classes are seen to.
    classes: usize,
    /// For each 256 masks that ask, by class: the bits of those that it does not answer no.
    left: BTreeMap<usize, Vec<Block>>,
}

impl Joined {
    pub fn new(nodes: &Nodes) -> Joined {
        let mut masks = Vec::new();
        let mut by_subject: BTreeMap<SubjectId, Vec<(usize, QuestionId)>> = BTreeMap::new();
        for (node, id) in nodes.masks.iter().zip((0..).map(MaskId)) {
            let MaskNode::Questions(asked) = node else { continue };
            for (subject, question) in asked {
                by_subject.entry(*subject).or_default().push((masks.len(), *question));
            }
            masks.push(id);
        }
        Joined {
            masks,
            subjects: by_subject.into_iter().map(|(subject, asked)| AskedOf::new(subject, asked)).collect(),
        }
    }

    /// Whether it is worth while, and time, to decide all together: none is decided yet.
    fn begins(&self, values: &Values<'_>) -> bool {
        self.masks.len() >= JOINED_TOGETHER && self.masks.iter().all(|mask| values.mask(*mask).is_none())
    }

    /// Writes the mask of each condition. A subject without a column takes nothing away.
    fn answer(&self, columns: &[Option<&ClassColumn>], rows: usize, masks: &mut [Vec<u64>]) {
        for (block, masks) in masks.chunks_mut(BITS).enumerate() {
            let asked = self.subjects.iter().zip(columns);
            let asked: Vec<(&[u32], &[Block])> = asked
                .filter_map(|(of, column)| Some((column.as_ref()?.classes.as_slice(), of.left.get(&block)?.as_slice())))
                .collect();
            for place in 0..rows.div_ceil(SIDE) {
                let mut left = [[u64::MAX; WORDS]; SIDE];
                for (classes, of_class) in &asked {
                    let classes = classes.get(place * SIDE..).unwrap_or_default();
                    for (left, class) in left.iter_mut().zip(classes) {
                        let more = of_class.get(*class as usize).unwrap_or(&[0; WORDS]);
                        left.iter_mut().zip(more).for_each(|(left, more)| *left &= more);
                    }
                }
                write(&left, place, masks);
            }
        }
    }
}

impl AskedOf {
    fn new(subject: SubjectId, asked: Vec<(usize, QuestionId)>) -> AskedOf {
        let left = asked.iter().map(|(place, _)| (place / BITS, Vec::new())).collect();
        AskedOf { subject, asked, generation: 0, classes: 0, left }
    }

    /// Adds what classes leave that are new.
    fn extend(&mut self, column: &ClassColumn) {
        if self.generation != column.generation {
            (self.generation, self.classes) = (column.generation, 0);
            self.left.values_mut().for_each(Vec::clear);
        }
        for answers in column.answers.iter().skip(self.classes) {
            self.left.values_mut().for_each(|left| left.push([u64::MAX; WORDS]));
            for (place, _) in self.asked.iter().filter(|(_, question)| !question.holds(answers)) {
                let left = self.left.get_mut(&(place / BITS)).and_then(|left| left.last_mut());
                let word = left.and_then(|left| left.get_mut(place % BITS / SIDE));
                word.into_iter().for_each(|word| *word &= !(1 << (place % SIDE)));
            }
        }
        self.classes = column.answers.len();
    }
}

/// Writes what is left of 64 rows into the word of each mask at a place.
fn write(left: &[Block; SIDE], place: usize, masks: &mut [Vec<u64>]) {
    for (word, masks) in masks.chunks_mut(SIDE).enumerate() {
        let mut square: [u64; SIDE] = left.map(|left| left.get(word).copied().unwrap_or_default());
        transpose(&mut square);
        for (mask, rows) in masks.iter_mut().zip(square) {
            if let Some(into) = mask.get_mut(place) {
                *into = rows;
            }
        }
    }
}

impl Settler<'_> {
    /// The rows in which all questions are answered yes.
    pub(super) fn all_answered(
        &mut self,
        values: &mut Values<'_>,
        id: MaskId,
        asked: &[(SubjectId, QuestionId)],
        inputs: &dyn Inputs,
    ) -> Mask {
        if self.joined.begins(values) {
            self.settle_joined(values, inputs);
            return self.mask_or_none(values, id);
        }
        let mut mask = self.spare.mask(values.rows, true);
        for (subject, question) in asked {
            self.settle_classes(values, *subject);
            let column = values.classes(*subject);
            mask.retain(|row| {
                let answers = column.and_then(|column| column.answers.get(*column.classes.get(row)? as usize));
                answers.is_some_and(|answers| question.holds(answers))
            });
        }
        mask
    }

    /// Settles all such masks whose subjects can be classed by now.
    fn settle_joined(&mut self, values: &mut Values<'_>, inputs: &dyn Inputs) {
        let mut joined = std::mem::take(&mut self.joined);
        let mut waits = vec![false; joined.masks.len()];
        for of in &mut joined.subjects {
            match self.class_if_ready(values, of.subject, inputs) {
                Some(column) => of.extend(column),
                None => of.asked.iter().for_each(|(place, _)| waits[*place] = true),
            }
        }
        let mut masks: Vec<Vec<u64>> =
            joined.masks.iter().map(|_| self.spare.mask(values.rows, false).into_words()).collect();
        let columns: Vec<Option<&ClassColumn>> = joined.subjects.iter().map(|of| values.classes(of.subject)).collect();
        joined.answer(&columns, values.rows, &mut masks);
        for ((id, words), waits) in joined.masks.iter().zip(masks).zip(waits) {
            let mask = Mask::from_words(words, values.rows);
            match values.masks.get_mut(id.index()) {
                Some(place) if !waits => *place = Some(mask),
                _ => self.spare.keep_mask(mask),
            }
        }
        self.joined = joined;
    }

    /// The classes of a subject, unless its value is made of something that is not settled yet.
    fn class_if_ready<'v>(
        &mut self,
        values: &'v mut Values<'_>,
        id: SubjectId,
        inputs: &dyn Inputs,
    ) -> Option<&'v ClassColumn> {
        let value = cut_value(&self.nodes.subjects.get(id.index())?.cut);
        if !values.is_settled(value) {
            // Scores and states are made of no nodes, and yet of something.
            let made_of = parts(self.nodes, value);
            let is_settled = |part: &Part| matches!(part, Part::Value(part) if values.is_settled(*part));
            if made_of.is_empty() || !made_of.iter().all(is_settled) {
                return None;
            }
            self.settle(values, value, inputs);
        }
        self.settle_classes(values, id);
        values.classes(id)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::Arc;

    /// 300 conditions, of which number n asks subjects n % 3 and 3 whether their class is a multiple of n % 7 + 1; 150
    /// rows.
    #[test]
    fn each_condition_has_its_mask() {
        let class = |subject: usize, row: usize| (row * (subject + 3)) % 50;
        let holds = |class: usize, question: usize| class.is_multiple_of(question + 1);
        let answers =
            |class: usize| vec![(0..7).fold(0, |bits, question| bits | u64::from(holds(class, question)) << question)];
        let columns: Vec<ClassColumn> = (0..4)
            .map(|subject| ClassColumn {
                classes: (0..150).map(|row| class(subject, row) as u32).collect(),
                answers: Arc::new((0..50).map(answers).collect()),
                generation: 1,
            })
            .collect();
        let asked =
            |place: usize| [place % 3, 3].map(|subject| (SubjectId(subject as u32), QuestionId(place as u32 % 7)));
        let nodes = Nodes {
            masks: (0..300).map(|place| MaskNode::Questions(asked(place).into())).collect(),
            ..Nodes::default()
        };
        let mut joined = Joined::new(&nodes);
        joined.subjects.iter_mut().for_each(|of| of.extend(&columns[of.subject.index()]));
        let of_subjects: Vec<Option<&ClassColumn>> =
            joined.subjects.iter().map(|of| columns.get(of.subject.index())).collect();
        let mut masks = vec![vec![0; 3]; 300];
        joined.answer(&of_subjects, 150, &mut masks);
        for (place, words) in masks.into_iter().enumerate() {
            let both = |row: &usize| holds(class(place % 3, *row), place % 7) && holds(class(3, *row), place % 7);
            let rows: Vec<usize> = (0..150).filter(both).collect();
            assert_eq!(Mask::from_words(words, 150).ones().collect::<Vec<_>>(), rows, "{place}");
        }
    }
}
