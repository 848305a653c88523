//! Conditions joined: pass `questions`, by which a whole condition over one subject is one question, and the part of
//! pass `fold` that simplifies `and`, `or` and `not`.

use super::builder::{Builder, Scope};
use super::cuts::only_answer;
use super::passes::Pass;
use super::tree::{Test, Tree, compares};
use super::*;
use crate::value::{Glob, Text, contains_phrase, looks_random};
use indexmap::IndexMap;

/// Parts that a question may have which is joined of questions that have several themselves, and masks that one is joined
/// of. Defines made of defines would grow without end otherwise.
pub(super) const MOST_JOINED: usize = 64;

/// A condition, planned.
#[derive(Debug, Clone)]
pub(super) enum Cond {
    Constant(bool),
    /// Reads this value alone
    Asks(ValueId, Tree),
    Mask(MaskId),
}

impl Builder<'_> {
    /// A question, unless it has one answer.
    pub fn asks(&mut self, value: ValueId, tree: Tree) -> Cond {
        let Some((value, tree)) = self.through_lookups(value, tree) else { return self.constant(false) };
        if !self.has(Pass::Fold) {
            return Cond::Asks(value, tree);
        }
        match self.answer_of_constant(value, &tree).or_else(|| only_answer(value, &tree)) {
            Some(answer) => self.constant(answer),
            None => Cond::Asks(value, tree),
        }
    }

    fn constant(&mut self, answer: bool) -> Cond {
        self.notes.count("folded: condition");
        Cond::Constant(answer)
    }

    pub fn all(&mut self, parts: Vec<Cond>) -> Cond {
        self.joined(parts, true)
    }

    pub fn any_of(&mut self, parts: Vec<Cond>) -> Cond {
        self.joined(parts, false)
    }

    fn joined(&mut self, parts: Vec<Cond>, all: bool) -> Cond {
        let fold = self.has(Pass::Fold);
        let mut asked: IndexMap<ValueId, Vec<Tree>> = IndexMap::new();
        let mut masks: Vec<MaskId> = Vec::new();
        for part in parts {
            match part {
                Cond::Constant(holds) if fold && holds == all => {}
                Cond::Constant(holds) if fold => return Cond::Constant(holds),
                Cond::Asks(value, tree) if self.has(Pass::Questions) => asked.entry(value).or_default().push(tree),
                Cond::Mask(mask) => match self.arena().mask_node(mask) {
                    Some(MaskNode::All(inner)) if all && inner.len() < MOST_JOINED => masks.extend(inner.clone()),
                    Some(MaskNode::Any(inner)) if !all && inner.len() < MOST_JOINED => masks.extend(inner.clone()),
                    _ => masks.push(mask),
                },
                part => masks.push(self.mask(part)),
            }
        }
        let mut questions = Vec::new();
        for (value, trees) in asked {
            if trees.len() > 1 && !can_be_joined(&trees) {
                masks.extend(trees.into_iter().map(|tree| self.mask(Cond::Asks(value, tree))).collect::<Vec<_>>());
                continue;
            }
            if trees.len() > 1 {
                self.notes.count("question of several parts");
            }
            let tree = if all { Tree::all(trees) } else { Tree::any(trees) };
            match self.asks(value, tree) {
                Cond::Constant(holds) if holds == all => {}
                Cond::Constant(holds) => return Cond::Constant(holds),
                question => questions.push(question),
            }
        }
        match (questions.pop(), masks.is_empty()) {
            (Some(only), true) if questions.is_empty() => return only,
            (last, _) => questions.extend(last),
        }
        masks.extend(questions.into_iter().map(|question| self.mask(question)).collect::<Vec<_>>());
        self.joined_masks(masks, all)
    }

    fn joined_masks(&mut self, masks: Vec<MaskId>, all: bool) -> Cond {
        let mut masks = self.of_lead_together(masks, all);
        masks.sort_unstable();
        masks.dedup();
        match masks.as_slice() {
            [] => Cond::Constant(all),
            [only] => Cond::Mask(*only),
            _ => Cond::Mask(self.arena().mask(if all { MaskNode::All(masks) } else { MaskNode::Any(masks) })),
        }
    }

    /// Parts of an event's condition that are about the lead are joined there.
    fn of_lead_together(&mut self, masks: Vec<MaskId>, all: bool) -> Vec<MaskId> {
        if self.scope != Scope::Event {
            return masks;
        }
        let of_lead = |builder: &Builder<'_>, mask: MaskId| match builder.event.mask_node(mask) {
            Some(MaskNode::OfLead(mask)) => Some(*mask),
            _ => None,
        };
        let (lead, mut own): (Vec<MaskId>, Vec<MaskId>) =
            masks.into_iter().partition(|mask| of_lead(self, *mask).is_some());
        let lead: Vec<Cond> = lead.into_iter().filter_map(|mask| of_lead(self, mask)).map(Cond::Mask).collect();
        if !lead.is_empty() {
            let joined = self.within(Scope::Lead, |builder| {
                let joined = builder.joined(lead, all);
                builder.mask(joined)
            });
            own.push(self.event.mask(MaskNode::OfLead(joined)));
        }
        own
    }

    pub fn not(&mut self, part: Cond) -> Cond {
        match part {
            Cond::Constant(holds) if self.has(Pass::Fold) => Cond::Constant(!holds),
            Cond::Asks(value, tree) if self.has(Pass::Questions) => Cond::Asks(value, tree.negate()),
            part => {
                let mask = self.mask(part);
                match self.arena().mask_node(mask) {
                    Some(MaskNode::Not(inner)) => Cond::Mask(*inner),
                    _ => Cond::Mask(self.arena().mask(MaskNode::Not(mask))),
                }
            }
        }
    }

    /// The node of a condition.
    pub fn mask(&mut self, cond: Cond) -> MaskId {
        match cond {
            Cond::Constant(holds) => self.arena().mask(MaskNode::Constant(holds)),
            Cond::Mask(mask) => mask,
            Cond::Asks(value, tree) => {
                let (subject, question) = self.arena().ask(value, &tree);
                self.arena().mask(MaskNode::Question(subject, question))
            }
        }
    }

    /// The answer to a question of a constant.
    pub fn answer_of_constant(&mut self, value: ValueId, tree: &Tree) -> Option<bool> {
        Some(match value {
            ValueId::Number(id) => {
                let number = self.literal_number(id)?;
                tree.holds(number.is_some(), &|test| match (test, number) {
                    (Test::Number(compare, edge), Some(number)) => compares(&number, *compare, edge),
                    _ => false,
                })
            }
            ValueId::Date(id) => {
                let zone = &self.model.zone;
                let date = self.literal_date(id)?.map(|date| date.first(zone).0);
                tree.holds(date.is_some(), &|test| match (test, date) {
                    (Test::Date(compare, edge), Some(date)) => compares(&date, *compare, edge),
                    _ => false,
                })
            }
            ValueId::YesNo(id) => match self.arena().yes_no_node(id)? {
                YesNoNode::Literal(answer) => {
                    let answer = *answer;
                    tree.holds(answer.is_some(), &|test| answer.map(Test::YesNo).as_ref() == Some(test))
                }
                _ => return None,
            },
            ValueId::Text(id) => {
                let text = self.literal_text(id)?;
                let passes = |test: &Test| text.as_ref().is_some_and(|text| self.text_passes(text, test));
                tree.holds(text.is_some(), &passes)
            }
            ValueId::List(_) | ValueId::Mask(_) => return None,
        })
    }

    /// One test of one text, by itself.
    pub fn text_passes(&self, text: &Text, test: &Test) -> bool {
        let folded = text.folded.as_str();
        match test {
            Test::Is(set) => self.sets.values(*set).contains(folded),
            Test::Part(relation, set) => self.sets.values(*set).iter().any(|part| relates(folded, *relation, part)),
            Test::Glob(pattern) => Glob::new(pattern).is_some_and(|glob| glob.matches(folded)),
            Test::Regex(pattern) => self.regexes.get(pattern).is_some_and(|regex| regex.is_match(&text.given)),
            Test::LooksRandom => looks_random(&text.given),
            Test::Number(..) | Test::Date(..) | Test::YesNo(_) => false,
        }
    }
}

/// Whether questions are small enough to be one: a flat list of tests always is.
fn can_be_joined(trees: &[Tree]) -> bool {
    trees.iter().all(|tree| tree.size() <= 2) || trees.iter().map(Tree::size).sum::<usize>() <= MOST_JOINED
}

/// Whether a part stands so in a folded text.
pub(super) fn relates(text: &str, relation: crate::model::TextRelation, part: &str) -> bool {
    use crate::model::TextRelation;
    match relation {
        TextRelation::Contains => text.contains(part),
        TextRelation::Mentions => contains_phrase(text, part),
        TextRelation::StartsWith => text.starts_with(part),
        TextRelation::EndsWith => text.ends_with(part),
    }
}
