//! Pass `lookups`: rules of one parent that ask one subject, with constant points, are one table from class to points.
//!
//! A class answers all questions, so what these rules give together, or which of them a choice takes, is known for each
//! class beforehand; for texts as soon as a class is met.

use super::builder::Builder;
use super::tree::Tree;
use super::*;
use crate::model::{Choice, RuleId};
use crate::value::Decimal;
use std::collections::HashMap;

/// The items of one parent while rules are folded.
pub(super) struct Folding {
    choice: Choice,
    pub items: Vec<PlacedItem>,
    /// By subject: the place of its lookup in `items`.
    lookups: HashMap<SubjectId, usize>,
}

impl Folding {
    pub fn new(choice: Choice) -> Folding {
        Folding { choice, items: Vec::new(), lookups: HashMap::new() }
    }

    pub fn push(&mut self, place: u32, item: ItemPlan) {
        self.items.push(PlacedItem { place, item });
    }

    fn add(&mut self, subject: SubjectId, rule: LookupRule) {
        let (items, choice) = (&mut self.items, self.choice);
        let at = *self.lookups.entry(subject).or_insert_with(|| {
            let lookup = Lookup { subject, rules: Vec::new(), choice, entries: None };
            items.push(PlacedItem { place: rule.place, item: ItemPlan::Lookup(lookup) });
            items.len() - 1
        });
        if let Some(PlacedItem { item: ItemPlan::Lookup(lookup), .. }) = items.get_mut(at) {
            lookup.rules.push(rule);
        }
    }
}

impl Builder<'_> {
    pub fn fold_rule(
        &mut self,
        folding: &mut Folding,
        rule: RuleId,
        place: u32,
        value: ValueId,
        rows: &[(Tree, Decimal)],
    ) {
        for (tree, points) in rows {
            let (subject, question) = self.arena().ask(value, tree);
            folding.add(subject, LookupRule { rule, place, question, points: *points });
        }
    }
}

impl Lookup {
    /// What a class gives that answers so.
    pub fn entry(&self, answers: &[u64]) -> LookupEntry {
        let mut held = self.rules.iter().filter(|rule| rule.question.holds(answers));
        let Some(first) = held.next() else { return LookupEntry::default() };
        let first = LookupEntry { points: first.points, place: Some(first.place) };
        held.fold(first, |entry, rule| {
            let this = LookupEntry { points: rule.points, place: Some(rule.place) };
            match self.choice {
                Choice::All => {
                    let sum = entry.points.billionths().saturating_add(rule.points.billionths());
                    LookupEntry { points: Decimal::from_billionths(sum), ..entry }
                }
                Choice::Highest if rule.points > entry.points => this,
                Choice::Lowest if rule.points < entry.points => this,
                Choice::Highest | Choice::Lowest | Choice::FirstMatch => entry,
            }
        })
    }

    /// The entries of all classes, where these are known beforehand.
    pub(super) fn complete(&mut self, subject: &Subject) {
        self.entries = match &subject.cut {
            Cut::Numbers { classes, .. } | Cut::Dates { classes, .. } => {
                Some(classes.iter().map(|class| self.entry(class)).collect())
            }
            Cut::YesNo { classes, .. } => Some(classes.iter().map(|class| self.entry(class)).collect()),
            Cut::Texts { .. } | Cut::Lists { .. } => None,
        };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rule(place: u32, points: i64) -> LookupRule {
        let question = QuestionId(place);
        LookupRule { rule: RuleId(place), place, question, points: Decimal::whole(points) }
    }

    /// Rules of 5, 9, 9 and -2; questions 1, 2 and 3 hold.
    fn entry(choice: Choice) -> (Decimal, Option<u32>) {
        let rules = vec![rule(0, 5), rule(1, 9), rule(2, 9), rule(3, -2)];
        let lookup = Lookup { subject: SubjectId(0), rules, choice, entries: None };
        let entry = lookup.entry(&[0b1110]);
        (entry.points, entry.place)
    }

    #[test]
    fn a_class_gives_what_the_choice_takes_of_its_rules() {
        assert_eq!(entry(Choice::All), (Decimal::whole(16), Some(1)));
        assert_eq!(entry(Choice::Highest), (Decimal::whole(9), Some(1)));
        assert_eq!(entry(Choice::Lowest), (Decimal::whole(-2), Some(3)));
        assert_eq!(entry(Choice::FirstMatch), (Decimal::whole(9), Some(1)));
    }

    #[test]
    fn a_class_in_which_no_rule_holds_has_no_place() {
        let lookup = Lookup { subject: SubjectId(0), rules: vec![rule(0, 5)], choice: Choice::All, entries: None };
        assert_eq!(lookup.entry(&[0]), LookupEntry { points: Decimal::ZERO, place: None });
    }
}
