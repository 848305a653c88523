//! Subjects: the class of each row's value, which answers all questions that are asked of it.

use super::settle::Settler;
use super::texts::ByCode;
use super::values::Values;
use crate::plan::{Answers, Cut, Subject, SubjectId};
use crate::run::batch::{DateColumn, ListColumn, Mask, NumberColumn, TextColumn, YesNoColumn};
use crate::run::hash::hash_of_words;
use crate::value::Text;
use hashbrown::HashTable;
use std::sync::Arc;
use twox_hash::XxHash3_64;

/// For each row a class; class 0 is missing.
#[derive(Debug, Clone)]
pub(super) struct ClassColumn {
    pub classes: Vec<u32>,
    /// Of each class found so far.
    pub answers: Arc<Vec<Answers>>,
    /// Another one: classes are numbered anew.
    pub generation: u64,
}

/// How a subject's values are classed, and what was found out about them so far.
#[derive(Debug)]
pub(super) enum SubjectMemory {
    /// Numbers and dates, and yes/no without edges
    Cut {
        edges: Edges,
        answers: Arc<Vec<Answers>>,
    },
    Met(Met),
}

/// Ascending.
#[derive(Debug)]
pub(super) enum Edges {
    /// Where all fit, and a number that does not lies beyond all of them
    Narrow(Vec<i64>),
    Wide(Vec<i128>),
}

/// The classes of texts, or lists of them, that were met: equal answers are one class.
#[derive(Debug)]
pub(super) struct Met {
    classes: Classes,
    generation: u64,
    by_code: ByCode,
    by_list: HashTable<(u64, Arc<Vec<Text>>, u32)>,
}

/// Answers with their classes; the first ones are of what is missing.
#[derive(Debug)]
struct Classes {
    all: Arc<Vec<Answers>>,
    by_hash: HashTable<u32>,
    /// Of the latest text: most have the answers of a text in which nothing is found.
    latest: u32,
    /// Of the text being answered.
    answers: Answers,
}

/// Classes, and lists, that are remembered before all is begun anew.
const MOST_REMEMBERED: usize = 1 << 16;

impl SubjectMemory {
    pub fn new(subject: &Subject) -> SubjectMemory {
        let cut = |edges, answers: &[Answers]| SubjectMemory::Cut { edges, answers: Arc::new(answers.to_vec()) };
        match &subject.cut {
            Cut::Numbers { edges, classes, .. } => {
                cut(Edges::new(edges.iter().map(|edge| edge.billionths()).collect()), classes)
            }
            Cut::Dates { edges, classes, .. } => {
                cut(Edges::new(edges.iter().map(|edge| i128::from(*edge)).collect()), classes)
            }
            Cut::YesNo { classes, .. } => cut(Edges::Narrow(Vec::new()), classes),
            Cut::Texts { missing, .. } | Cut::Lists { missing, .. } => SubjectMemory::Met(Met::new(missing)),
        }
    }
}

impl Edges {
    fn new(edges: Vec<i128>) -> Edges {
        let narrow = |edge: &i128| i64::try_from(*edge).ok().filter(|edge| *edge > i64::MIN && *edge < i64::MAX);
        match edges.iter().map(narrow).collect() {
            Some(narrow) => Edges::Narrow(narrow),
            None => Edges::Wide(edges),
        }
    }

    /// Writes the class of each number: below, at or above each edge.
    fn class_all(&self, numbers: impl Iterator<Item = i128>, classes: &mut [u32]) {
        /// Up to here looking at each edge is quicker than halving.
        const FEW: usize = 12;
        let narrow = |number: i128| number.clamp(i128::from(i64::MIN), i128::from(i64::MAX)) as i64;
        match self {
            Edges::Narrow(edges) if edges.len() <= FEW => {
                for (class, number) in classes.iter_mut().zip(numbers) {
                    let number = narrow(number);
                    let passed = edges.iter().map(|edge| u32::from(number >= *edge) + u32::from(number > *edge));
                    *class = 1 + passed.sum::<u32>();
                }
            }
            Edges::Narrow(edges) => {
                for (class, number) in classes.iter_mut().zip(numbers) {
                    *class = halved(edges, narrow(number));
                }
            }
            Edges::Wide(edges) => {
                for (class, number) in classes.iter_mut().zip(numbers) {
                    *class = halved(edges, number);
                }
            }
        }
    }
}

fn halved<N: Ord + Copy>(edges: &[N], number: N) -> u32 {
    let below = edges.partition_point(|edge| *edge < number);
    let is_edge = edges.get(below).is_some_and(|edge| *edge == number);
    1 + 2 * below as u32 + u32::from(is_edge)
}

impl Met {
    fn new(missing: &Answers) -> Met {
        let classes =
            Classes { all: Arc::new(vec![missing.clone()]), by_hash: HashTable::new(), latest: 0, answers: Vec::new() };
        Met { classes, generation: 0, by_code: ByCode::default(), by_list: HashTable::new() }
    }

    /// Before a batch.
    fn begin(&mut self) {
        if self.by_list.len() > MOST_REMEMBERED {
            self.by_list.clear();
        }
        if self.classes.all.len() > MOST_REMEMBERED
            && let Some(missing) = self.classes.all.first()
        {
            *self = Met { generation: self.generation + 1, ..Met::new(missing) };
        }
    }

    fn texts(&mut self, column: &TextColumn, classes: &mut [u32], answer: impl Fn(&Text, &mut Answers)) {
        self.begin();
        self.by_code.begin(&column.texts);
        let found = &mut self.classes;
        for (class, code) in classes.iter_mut().zip(&column.codes) {
            let known = self.by_code.of(*code, &column.texts, |text| found.of(|answers| answer(text, answers)));
            *class = known.unwrap_or(0);
        }
    }

    fn lists(&mut self, column: &ListColumn, classes: &mut [u32], answer: impl Fn(&[Text], &mut Answers)) {
        self.begin();
        for (class, list) in classes.iter_mut().zip(&column.values) {
            let Some(list) = list else { continue };
            let hash = hash_of_list(list);
            let known = self.by_list.find(hash, |(known, other, _)| *known == hash && other == list);
            *class = match known {
                Some((_, _, class)) => *class,
                None => {
                    let class = self.classes.of(|answers| answer(list, answers));
                    self.by_list.insert_unique(hash, (hash, list.clone(), class), |(hash, ..)| *hash);
                    class
                }
            };
        }
    }
}

impl Classes {
    /// The class of a text's answers. One that answers as a missing text does is not missing all the same: it has a
    /// class of its own, since a table may have a row for what is missing.
    fn of(&mut self, answer: impl FnOnce(&mut Answers)) -> u32 {
        answer(&mut self.answers);
        let (all, answers) = (&self.all, &self.answers);
        if self.latest > 0 && all.get(self.latest as usize) == Some(answers) {
            return self.latest;
        }
        let hash = hash_of_words(answers);
        let known = self.by_hash.find(hash, |class| all.get(*class as usize) == Some(answers)).copied();
        self.latest = known.unwrap_or_else(|| self.add(hash));
        self.latest
    }

    fn add(&mut self, hash: u64) -> u32 {
        let (class, all) = (self.all.len() as u32, &self.all);
        let hash_of = |class: &u32| all.get(*class as usize).map_or(0, |answers| hash_of_words(answers));
        self.by_hash.insert_unique(hash, class, hash_of);
        Arc::make_mut(&mut self.all).push(self.answers.clone());
        class
    }
}

fn hash_of_list(list: &[Text]) -> u64 {
    list.iter().fold(0, |seed, text| XxHash3_64::oneshot_with_seed(seed, text.given.as_bytes()).wrapping_add(1))
}

impl Settler<'_> {
    /// Finds the classes of a subject whose value is settled, if they are not yet.
    pub(super) fn settle_classes(&mut self, values: &mut Values<'_>, id: SubjectId) {
        if values.classes(id).is_some() {
            return;
        }
        let (Some(subject), Some(memory)) = (self.nodes.subjects.get(id.index()), self.subjects.get_mut(id.index()))
        else {
            return;
        };
        let mut classes = self.spare.codes(values.rows);
        match (&subject.cut, &mut *memory) {
            (Cut::Numbers { of, .. }, SubjectMemory::Cut { edges, .. }) => {
                if let Some(column) = values.number(*of) {
                    class_numbers(edges, column, &mut classes);
                }
            }
            (Cut::Dates { of, .. }, SubjectMemory::Cut { edges, .. }) => {
                if let Some(column) = values.date(*of) {
                    class_dates(edges, column, &mut self.days, &mut classes);
                }
            }
            (Cut::YesNo { of, .. }, _) => {
                if let Some(column) = values.yes_no(*of) {
                    class_answers(column, &mut classes);
                }
            }
            (Cut::Texts { of, tests, .. }, SubjectMemory::Met(met)) => {
                if let Some(column) = values.text(*of) {
                    met.texts(column, &mut classes, |text, answers| tests.answer(text, answers));
                }
            }
            (Cut::Lists { of, tests, .. }, SubjectMemory::Met(met)) => {
                if let Some(column) = values.list(*of) {
                    met.lists(column, &mut classes, |texts, answers| tests.answer_list(texts, answers));
                }
            }
            (Cut::Numbers { .. } | Cut::Dates { .. } | Cut::Texts { .. } | Cut::Lists { .. }, _) => {}
        }
        let (answers, generation) = match memory {
            SubjectMemory::Cut { answers, .. } => (answers.clone(), 0),
            SubjectMemory::Met(met) => (met.classes.all.clone(), met.generation),
        };
        if let Some(place) = values.classes.get_mut(id.index()) {
            *place = Some(ClassColumn { classes, answers, generation });
        }
    }
}

fn class_numbers(edges: &Edges, column: &NumberColumn, classes: &mut [u32]) {
    edges.class_all(column.values.iter().map(|number| number.billionths()), classes);
    clear_missing(classes, &column.known);
}

fn class_dates(edges: &Edges, column: &DateColumn, days: &mut super::days::Days, classes: &mut [u32]) {
    let firsts = column.values.iter().map(|date| date.map_or(0, |date| i128::from(days.first(date).0)));
    edges.class_all(firsts, classes);
    for (class, date) in classes.iter_mut().zip(&column.values) {
        *class *= u32::from(date.is_some());
    }
}

fn class_answers(column: &YesNoColumn, classes: &mut [u32]) {
    let words = column.yes.words().iter().zip(column.known.words());
    for (classes, (yes, known)) in classes.chunks_mut(64).zip(words) {
        for (place, class) in classes.iter_mut().enumerate() {
            *class = (1 + (yes >> place & 1) as u32) * (known >> place & 1) as u32;
        }
    }
}

fn clear_missing(classes: &mut [u32], known: &Mask) {
    for (classes, known) in classes.chunks_mut(64).zip(known.words()) {
        if *known != u64::MAX {
            for (place, class) in classes.iter_mut().enumerate() {
                *class *= (known >> place & 1) as u32;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn below_at_and_above_each_edge() {
        // edges 10 and 20: below 10 is 1, 10 is 2, between is 3, 20 is 4, above is 5
        let numbers = [9, 10, 15, 20, 21, i128::MAX, i128::MIN];
        for edges in [vec![10, 20], vec![10, 20, i128::from(i64::MAX) * 4]] {
            let mut classes = [0; 7];
            Edges::new(edges.clone()).class_all(numbers.into_iter(), &mut classes);
            let beyond = 1 + 2 * edges.len() as u32;
            assert_eq!(classes, [1, 2, 3, 4, 5, beyond, 1]);
        }
        let many: Vec<i128> = (1..100).map(|edge| edge * 10).collect();
        let mut classes = [0; 5];
        Edges::new(many).class_all([5, 10, 11, 990, 991].into_iter(), &mut classes);
        assert_eq!(classes, [1, 2, 3, 198, 199]);
    }

    #[test]
    fn a_text_that_answers_as_a_missing_one_is_not_missing() {
        let mut met = Met::new(&vec![0]);
        let found = [vec![0], vec![1], vec![1], vec![0]].map(|answers| met.classes.of(|into| *into = answers));
        assert_eq!((found, met.classes.all.len()), ([1, 2, 2, 1], 3));
    }

    #[test]
    fn too_many_classes_are_begun_anew() {
        let mut met = Met::new(&vec![0]);
        for answers in 0..=MOST_REMEMBERED as u64 {
            assert_eq!(met.classes.of(|into| *into = vec![answers]), answers as u32 + 1);
        }
        met.begin();
        assert_eq!((met.classes.all.len(), met.generation), (1, 1));
    }
}
