//! Which rule and which group of the old model is which of the new one: by label, then by content.

use super::outline::{Outline, RulePart};
use crate::model::{Model, RuleId, ScoreId};
use crate::value::{fold, fold_name};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// Places in the outlines of both models.
#[derive(Debug, Clone, Default)]
pub struct Pairs {
    /// Scores of one name
    pub scores: Vec<(ScoreId, ScoreId)>,
    /// Of rules: old, new
    pub rules: Vec<(usize, usize)>,
    pub removed: Vec<usize>,
    pub added: Vec<usize>,
    /// Of holders: the new one for each old one
    pub holders: BTreeMap<usize, usize>,
    pub groups_removed: Vec<usize>,
    pub groups_added: Vec<usize>,
    /// The same by id
    pub by_id: HashMap<RuleId, RuleId>,
}

/// By what two rules can be known for the same one.
type Key = (Option<ScoreId>, String);

/// The key of a rule, if it has one of that way; with its score, as the new model counts it.
type Way<'a> = &'a dyn Fn(&RulePart<'_>, Option<ScoreId>) -> Option<Key>;

impl Pairs {
    pub fn new(old: (&Model, &Outline<'_>), new: (&Model, &Outline<'_>)) -> Pairs {
        let scores = scores(old.0, new.0);
        let mut pairs = Pairs { scores, ..Pairs::default() };
        let mut left: BTreeSet<usize> = (0..old.1.rules.len()).collect();
        let mut right: BTreeSet<usize> = (0..new.1.rules.len()).collect();
        // A score of the old model under the id that the new one has for it.
        let known: HashMap<ScoreId, ScoreId> = pairs.scores.iter().copied().collect();
        let ways: [Way<'_>; 6] = [
            &|rule, score| Some((Some(score?), fold(&rule.rule.label))),
            &|rule, score| Some((Some(score?), format!("{:x}", rule.content()))),
            &|rule, _| rule.rule.labelled.then(|| (None, fold(&rule.rule.label))),
            &|rule, _| Some((None, format!("{:x}", rule.content()))),
            &|rule, score| (!rule.rule.labelled).then_some((Some(score?), format!("{:x}", rule.body))),
            &|rule, score| {
                (!rule.rule.labelled).then_some((Some(score?), format!("{:x} {:x}", rule.points, rule.limits)))
            },
        ];
        for way in ways {
            let mut waiting: HashMap<Key, Vec<usize>> = HashMap::new();
            for place in &right {
                let key = new.1.rules.get(*place).and_then(|rule| way(rule, Some(rule.score)));
                key.into_iter().for_each(|key| waiting.entry(key).or_default().push(*place));
            }
            waiting.values_mut().for_each(|places| places.reverse());
            for place in left.clone() {
                let key = old.1.rules.get(place).and_then(|rule| way(rule, known.get(&rule.score).copied()));
                let found = key.and_then(|key| waiting.get_mut(&key)).and_then(Vec::pop);
                if let Some(found) = found {
                    left.remove(&place);
                    right.remove(&found);
                    pairs.rules.push((place, found));
                }
            }
        }
        pairs.rules.sort_unstable();
        (pairs.removed, pairs.added) = (left.into_iter().collect(), right.into_iter().collect());
        let id = |outline: &Outline<'_>, place: usize| outline.rules.get(place).map(|rule| rule.rule.id);
        pairs.by_id = pairs.rules.iter().filter_map(|(one, two)| Some((id(old.1, *one)?, id(new.1, *two)?))).collect();
        pairs.pair_holders(old.1, new.1, &known);
        pairs
    }

    /// Groups by their labels inside their holder, then by a rule that both hold.
    fn pair_holders(&mut self, old: &Outline<'_>, new: &Outline<'_>, known: &HashMap<ScoreId, ScoreId>) {
        let mut taken: BTreeSet<usize> = BTreeSet::new();
        // Holders stand in their outline before what they hold.
        for (place, holder) in old.holders.iter().enumerate() {
            let score = known.get(&holder.score);
            let inside = holder.inside.and_then(|inside| self.holders.get(&inside).copied());
            let found = new.holders.iter().enumerate().find(|(at, other)| {
                let same_label = match (holder.group, other.group) {
                    (Some(one), Some(two)) => fold(&one.label) == fold(&two.label) && inside == other.inside,
                    (None, None) => true,
                    _ => false,
                };
                !taken.contains(at) && score == Some(&other.score) && same_label
            });
            if let Some((found, _)) = found {
                taken.insert(found);
                self.holders.insert(place, found);
            }
        }
        for (one, two) in &self.rules {
            let (Some(one), Some(two)) = (old.rules.get(*one), new.rules.get(*two)) else { continue };
            let both_groups = |place: usize, outline: &Outline<'_>| {
                outline.holders.get(place).is_some_and(|holder| holder.group.is_some())
            };
            let fits = both_groups(one.holder, old) && both_groups(two.holder, new);
            if fits && !self.holders.contains_key(&one.holder) && !taken.contains(&two.holder) {
                taken.insert(two.holder);
                self.holders.insert(one.holder, two.holder);
            }
        }
        let is_group = |outline: &Outline<'_>, place: &usize| {
            outline.holders.get(*place).is_some_and(|holder| holder.group.is_some())
        };
        let removed = (0..old.holders.len()).filter(|place| is_group(old, place) && !self.holders.contains_key(place));
        self.groups_removed = removed.collect();
        self.groups_added =
            (0..new.holders.len()).filter(|place| is_group(new, place) && !taken.contains(place)).collect();
    }
}

fn scores(old: &Model, new: &Model) -> Vec<(ScoreId, ScoreId)> {
    let named = |name: &str| new.scores.iter().position(|score| fold_name(&score.name) == fold_name(name));
    let pairs =
        old.scores.iter().enumerate().filter_map(|(place, score)| {
            Some((ScoreId(place as u32), ScoreId(u32::try_from(named(&score.name)?).ok()?)))
        });
    pairs.collect()
}
