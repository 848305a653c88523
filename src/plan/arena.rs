//! Nodes as they are made: pass `share`, by which equal expressions are one node and equal questions one question.

use super::node::*;
use super::tree::Tree;
use super::{LookupTable, LookupTableId, QuestionId, Subject, SubjectId};
use std::collections::HashMap;

/// Questions of one subject beyond which further ones are asked of a second subject of the same value: what is kept for
/// each class grows with them.
const MOST_QUESTIONS: usize = 1024;
const MOST_TESTS: usize = 2048;

/// The nodes of one scope while a plan is built.
#[derive(Debug, Default)]
pub(super) struct Arena {
    /// Subjects are cut at the end.
    pub nodes: Nodes,
    /// What is asked of each subject.
    pub subjects: Vec<SubjectDraft>,
    /// Hits: expressions, or questions, that were there already.
    pub shared_values: u64,
    pub shared_questions: u64,
    unshared: bool,
    /// Of each node, in the order in which they were made
    places: HashMap<ValueId, usize>,
    masks: HashMap<MaskNode, MaskId>,
    numbers: HashMap<NumberNode, NumberId>,
    texts: HashMap<TextNode, TextId>,
    dates: HashMap<DateNode, DateId>,
    yes_nos: HashMap<YesNoNode, YesNoId>,
    lists: HashMap<ListNode, ListId>,
    questions: HashMap<(ValueId, Tree), (SubjectId, QuestionId)>,
    /// By value: the subject that takes its further questions.
    open: HashMap<ValueId, SubjectId>,
}

/// A subject with all that was asked of it so far.
#[derive(Debug)]
pub(super) struct SubjectDraft {
    pub trees: Vec<Tree>,
    places: HashMap<Tree, QuestionId>,
    tests: usize,
}

macro_rules! interning {
    ($($function:ident: $node:ident in $nodes:ident by $map:ident gives $id:ident as $value:ident;)*) => {
        $(
        /// The node, once.
        pub fn $function(&mut self, node: $node) -> $id {
            if !self.unshared && let Some(id) = self.$map.get(&node) {
                self.shared_values += 1;
                return *id;
            }
            let id = $id(self.nodes.$nodes.len() as u32);
            self.nodes.$nodes.push(node.clone());
            self.places.insert(ValueId::$value(id), self.nodes.order.len());
            self.nodes.order.push(ValueId::$value(id));
            self.$map.insert(node, id);
            id
        }
        )*
    };
}

impl Arena {
    /// `share`: whether equal nodes are one.
    pub fn new(share: bool) -> Arena {
        Arena { unshared: !share, ..Arena::default() }
    }

    interning! {
        mask: MaskNode in masks by masks gives MaskId as Mask;
        number: NumberNode in numbers by numbers gives NumberId as Number;
        text: TextNode in texts by texts gives TextId as Text;
        date: DateNode in dates by dates gives DateId as Date;
        yes_no: YesNoNode in yes_nos by yes_nos gives YesNoId as YesNo;
        list: ListNode in lists by lists gives ListId as List;
    }

    pub fn mask_node(&self, id: MaskId) -> Option<&MaskNode> {
        self.nodes.masks.get(id.index())
    }

    pub fn number_node(&self, id: NumberId) -> Option<&NumberNode> {
        self.nodes.numbers.get(id.index())
    }

    pub fn text_node(&self, id: TextId) -> Option<&TextNode> {
        self.nodes.texts.get(id.index())
    }

    pub fn date_node(&self, id: DateId) -> Option<&DateNode> {
        self.nodes.dates.get(id.index())
    }

    pub fn yes_no_node(&self, id: YesNoId) -> Option<&YesNoNode> {
        self.nodes.yes_nos.get(id.index())
    }

    /// Below that of every node made of it.
    pub fn place(&self, value: ValueId) -> usize {
        self.places.get(&value).copied().unwrap_or_default()
    }

    pub fn table(&mut self, table: LookupTable, name: &str) -> LookupTableId {
        self.nodes.tables.push(table);
        self.nodes.table_names.push(name.to_owned());
        LookupTableId(self.nodes.tables.len() as u32 - 1)
    }

    /// Asks one question of a value.
    pub fn ask(&mut self, value: ValueId, tree: &Tree) -> (SubjectId, QuestionId) {
        if !self.unshared
            && let Some(asked) = self.questions.get(&(value, tree.clone()))
        {
            self.shared_questions += 1;
            return *asked;
        }
        let subject = self.subject(value, 1);
        (subject, self.ask_subject(subject, value, tree))
    }

    /// Asks questions of one subject, so that one class answers them all.
    pub fn ask_together(&mut self, value: ValueId, trees: &[Tree]) -> (SubjectId, Vec<QuestionId>) {
        let subject = self.subject(value, trees.len());
        (subject, trees.iter().map(|tree| self.ask_subject(subject, value, tree)).collect())
    }

    fn ask_subject(&mut self, subject: SubjectId, value: ValueId, tree: &Tree) -> QuestionId {
        let Some(draft) = self.subjects.get_mut(subject.index()) else { return QuestionId(0) };
        if let Some(question) = draft.places.get(tree) {
            self.shared_questions += 1;
            return *question;
        }
        let question = QuestionId(draft.trees.len() as u32);
        let mut tests = Vec::new();
        tree.tests(&mut tests);
        draft.tests += tests.len();
        draft.trees.push(tree.clone());
        draft.places.insert(tree.clone(), question);
        self.questions.entry((value, tree.clone())).or_insert((subject, question));
        question
    }

    /// The subject of a value that has room for so many more questions, unless they are too many for any.
    fn subject(&mut self, value: ValueId, more: usize) -> SubjectId {
        let open = self.open.get(&value).copied();
        let has_room = |draft: &&SubjectDraft| draft.trees.len() + more <= MOST_QUESTIONS && draft.tests < MOST_TESTS;
        if let Some(open) = open.filter(|open| self.subjects.get(open.index()).filter(has_room).is_some()) {
            return open;
        }
        let subject = SubjectId(self.subjects.len() as u32);
        self.subjects.push(SubjectDraft { trees: Vec::new(), places: HashMap::new(), tests: 0 });
        self.nodes.subjects.push(Subject::uncut(value));
        self.open.insert(value, subject);
        subject
    }
}
