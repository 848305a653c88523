//! Questions of one subject as masks: all of them at once, 64 rows by 64 questions.

use super::classes::ClassColumn;
use super::settle::Settler;
use super::values::Values;
use crate::plan::{MaskId, MaskNode, Nodes, QuestionId, SubjectId};
use crate::run::batch::Mask;

/// Rows of a block, and questions of a word.
pub(super) const SIDE: usize = 64;

/// The masks that ask one subject, and what each class answers them.
#[derive(Debug, Default)]
pub(super) struct Asked {
    masks: Vec<(MaskId, QuestionId)>,
    generation: u64,
    /// How many classes are answered.
    classes: usize,
    /// For each class in turn, as many words as the masks take: bit by bit what it answers them.
    words: Vec<u64>,
}

impl Asked {
    /// Of each subject.
    pub fn of_all(nodes: &Nodes) -> Vec<Asked> {
        let mut all: Vec<Asked> = nodes.subjects.iter().map(|_| Asked::default()).collect();
        for (node, id) in nodes.masks.iter().zip((0..).map(MaskId)) {
            if let MaskNode::Question(subject, question) = node
                && let Some(asked) = all.get_mut(subject.index())
            {
                asked.masks.push((id, *question));
            }
        }
        all
    }

    fn width(&self) -> usize {
        self.masks.len().div_ceil(SIDE)
    }

    /// Adds the answers of classes that are new.
    fn extend(&mut self, column: &ClassColumn) {
        if self.generation != column.generation {
            (self.generation, self.classes) = (column.generation, 0);
            self.words.clear();
        }
        for answers in column.answers.iter().skip(self.classes) {
            for masks in self.masks.chunks(SIDE) {
                let bits = masks.iter().zip(0..).map(|((_, question), bit)| u64::from(question.holds(answers)) << bit);
                self.words.push(bits.fold(0, |word, bit| word | bit));
            }
        }
        self.classes = column.answers.len();
    }

    /// Writes the mask of each question, in the order of `masks`.
    fn answer(&self, column: &ClassColumn, masks: &mut [Vec<u64>]) {
        let width = self.width();
        for (word, masks) in masks.chunks_mut(SIDE).enumerate() {
            for (place, classes) in column.classes.chunks(SIDE).enumerate() {
                let mut block = [0; SIDE];
                for (row, class) in block.iter_mut().zip(classes) {
                    *row = self.words.get(*class as usize * width + word).copied().unwrap_or(0);
                }
                transpose(&mut block);
                for (mask, rows) in masks.iter_mut().zip(block) {
                    if let Some(into) = mask.get_mut(place) {
                        *into = rows;
                    }
                }
            }
        }
    }
}

/// Makes bit `c` of word `r` bit `r` of word `c`: halves are swapped, then quarters within them, and so on.
pub(super) fn transpose(block: &mut [u64; SIDE]) {
    let (mut half, mut low) = (SIDE / 2, u64::MAX >> (SIDE / 2));
    while half > 0 {
        for pair in block.chunks_exact_mut(2 * half) {
            let (upper, lower) = pair.split_at_mut(half);
            for (upper, lower) in upper.iter_mut().zip(lower) {
                let swapped = (*upper >> half ^ *lower) & low;
                *upper ^= swapped << half;
                *lower ^= swapped;
            }
        }
        half /= 2;
        low ^= low << half;
    }
}

impl Settler<'_> {
    /// Settles the masks of all questions of a subject whose classes are settled.
    pub(super) fn settle_questions(&mut self, values: &mut Values<'_>, subject: SubjectId) {
        let (Some(column), Some(asked)) = (values.classes(subject), self.asked.get_mut(subject.index())) else {
            return;
        };
        asked.extend(column);
        let mut masks: Vec<Vec<u64>> =
            asked.masks.iter().map(|_| self.spare.mask(values.rows, false).into_words()).collect();
        asked.answer(column, &mut masks);
        for ((id, _), words) in asked.masks.iter().zip(masks) {
            if let Some(place) = values.masks.get_mut(id.index()) {
                *place = Some(Mask::from_words(words, values.rows));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::Arc;

    #[test]
    fn rows_and_bits_change_places() {
        let bit = |row: usize, column: usize| (row * 7 + column * column).is_multiple_of(5);
        let word = |bits: &dyn Fn(usize) -> bool| (0..SIDE).fold(0, |word, at| word | u64::from(bits(at)) << at);
        let mut block: [u64; SIDE] = std::array::from_fn(|row| word(&|column| bit(row, column)));
        transpose(&mut block);
        assert_eq!(block, std::array::from_fn(|column| word(&|row| bit(row, column))));
    }

    #[test]
    fn each_question_has_its_mask() {
        // Class n answers question q yes where n is a multiple of q + 1; 70 questions, 150 rows of classes 0 to 49.
        let answers = |class: u32| {
            let bits = (0..70).map(|question| u64::from(class.is_multiple_of(question + 1)) << (question % 64));
            let bits: Vec<u64> = bits.collect();
            let joined = |bits: &[u64]| bits.iter().fold(0, |word, bit| word | bit);
            bits.chunks(SIDE).map(joined).collect()
        };
        let column = ClassColumn {
            classes: (0..150).map(|row| row % 50).collect(),
            answers: Arc::new((0..50).map(answers).collect()),
            generation: 1,
        };
        let masks = (0..70).map(|question| (MaskId(question), QuestionId(question)));
        let mut asked = Asked { masks: masks.collect(), ..Asked::default() };
        asked.extend(&column);
        let mut words = vec![vec![0; 3]; 70];
        asked.answer(&column, &mut words);
        for (question, words) in (0..).zip(words) {
            let mask = Mask::from_words(words, 150);
            let rows: Vec<usize> = (0..150).filter(|row| ((row % 50) as u32).is_multiple_of(question + 1)).collect();
            assert_eq!(mask.ones().collect::<Vec<_>>(), rows, "{question}");
        }
    }
}
