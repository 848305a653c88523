//! What two models say of the same leads: counted block by block, put together in the order of the input.

use super::changes::Changes;
use crate::model::{Model, RuleId, ScoreId, ThresholdId};
use crate::run::batch::NumberColumn;
use crate::run::evaluate::BatchResults;
use crate::run::histogram::Histogram;
use crate::run::survey::Seen;
use crate::value::{Decimal, fold_name};
use indexmap::IndexMap;
use std::collections::BTreeMap;

/// Leads that are named for each threshold they entered or left.
const NAMED: usize = 5;
/// Leads that moved most.
const MOST_MOVED: usize = 10;
/// Rules that are named for each of these.
const RULES: usize = 3;

/// What both models have, as places in each.
pub struct Comparing<'model> {
    old: &'model Model,
    new: &'model Model,
    scores: Vec<(ScoreId, ScoreId)>,
    thresholds: Vec<(ThresholdId, ThresholdId)>,
    /// Rules as the results of each model count them, with a name for people.
    rules: Vec<(Option<RuleId>, Option<RuleId>, String)>,
}

/// The counts.
#[derive(Debug, Clone, Default)]
pub struct Population {
    pub leads: u64,
    /// Leads with another score, band or threshold
    pub changed: u64,
    pub scores: Vec<ScoreShift>,
    pub thresholds: Vec<ThresholdShift>,
    /// By how far the main score moved, the furthest first
    pub moved: Vec<Moved>,
}

/// Of one score.
#[derive(Debug, Clone, Default)]
pub struct ScoreShift {
    pub name: String,
    pub label: String,
    pub up: u64,
    pub down: u64,
    /// Leads that have it in one model alone
    pub came_or_went: u64,
    pub before: Histogram,
    pub after: Histogram,
    pub sum_before: Decimal,
    pub sum_after: Decimal,
    /// Where both have bands: leads by band before (rows) and after; the last of each is none at all.
    pub bands: Option<BandTable>,
}

#[derive(Debug, Clone, Default)]
pub struct BandTable {
    pub old: Vec<String>,
    pub new: Vec<String>,
    pub counts: Vec<Vec<u64>>,
    /// Leads in another band, by name
    pub changed: u64,
}

/// Of one threshold.
#[derive(Debug, Clone, Default)]
pub struct ThresholdShift {
    pub name: String,
    pub label: String,
    pub before: u64,
    pub after: u64,
    pub entered: Crossing,
    pub left: Crossing,
}

#[derive(Debug, Clone, Default)]
pub struct Crossing {
    pub leads: u64,
    /// The rule that moved most for each of them; in the order met
    pub rules: IndexMap<String, u64>,
    /// The first few
    pub keys: Vec<String>,
}

/// A lead whose main score moved.
#[derive(Debug, Clone, PartialEq)]
pub struct Moved {
    pub key: String,
    pub before: Option<Decimal>,
    pub after: Option<Decimal>,
    pub by: Decimal,
    /// The rules that moved most, with by how much
    pub rules: Vec<(String, Decimal)>,
}

impl ScoreShift {
    pub fn changed(&self) -> u64 {
        self.up + self.down + self.came_or_went
    }
}

impl<'model> Comparing<'model> {
    pub fn new(changes: &Changes<'model>) -> Comparing<'model> {
        let (old, new) = (changes.old.model, changes.new.model);
        let named = |name: &str| new.thresholds.iter().position(|it| fold_name(&it.name) == fold_name(name));
        let thresholds = old.thresholds.iter().enumerate().filter_map(|(place, threshold)| {
            Some((ThresholdId(place as u32), ThresholdId(u32::try_from(named(&threshold.name)?).ok()?)))
        });
        let thresholds = thresholds.collect();
        let mut rules = Vec::new();
        let name = |side: &super::changes::Side<'_>, place: usize| {
            let rule = side.rule(place)?;
            Some((rule.rule.id, rule.rule.label.clone()))
        };
        for (one, two) in &changes.pairs.rules {
            if let (Some((one, _)), Some((two, label))) = (name(&changes.old, *one), name(&changes.new, *two)) {
                rules.push((Some(one), Some(two), label));
            }
        }
        let removed = changes.pairs.removed.iter().filter_map(|place| name(&changes.old, *place));
        rules.extend(removed.map(|(id, label)| (Some(id), None, label)));
        let added = changes.pairs.added.iter().filter_map(|place| name(&changes.new, *place));
        rules.extend(added.map(|(id, label)| (None, Some(id), label)));
        Comparing { old, new, scores: changes.pairs.scores.clone(), thresholds, rules }
    }

    /// Nothing counted yet.
    fn blank(&self) -> Population {
        let score = |(one, two): &(ScoreId, ScoreId)| {
            let (one, two) = (self.old.scores.get(one.index()), self.new.scores.get(two.index()));
            let names = |score: Option<&crate::model::Score>| -> Option<Vec<String>> {
                let bands = &score?.bands.as_ref()?.bands;
                Some(bands.iter().map(|band| band.name.clone()).collect())
            };
            let bands = names(one).zip(names(two)).map(|(old, new)| BandTable {
                counts: vec![vec![0; new.len() + 1]; old.len() + 1],
                old,
                new,
                changed: 0,
            });
            ScoreShift {
                name: two.map(|score| score.name.clone()).unwrap_or_default(),
                label: two.map(|score| score.label.clone()).unwrap_or_default(),
                bands,
                ..ScoreShift::default()
            }
        };
        let threshold = |(_, two): &(ThresholdId, ThresholdId)| {
            let two = self.new.thresholds.get(two.index());
            ThresholdShift {
                name: two.map(|it| it.name.clone()).unwrap_or_default(),
                label: two.map(|it| it.label.clone()).unwrap_or_default(),
                ..ThresholdShift::default()
            }
        };
        Population {
            scores: self.scores.iter().map(score).collect(),
            thresholds: self.thresholds.iter().map(threshold).collect(),
            ..Population::default()
        }
    }

    /// Counts a block, which the old model and then the new one looked at.
    pub fn count(&self, seen: &Seen<'_>) -> Population {
        let mut counts = self.blank();
        let [old, new] = seen.results else { return counts };
        let mut changed = crate::run::batch::Mask::new(new.rows, false);
        counts.leads = seen.good.count();
        for ((one, two), shift) in self.scores.iter().zip(&mut counts.scores) {
            let (Some(before), Some(after)) = (old.scores.get(one.index()), new.scores.get(two.index())) else {
                continue;
            };
            for row in seen.good.ones() {
                if shift.count(before.get(row), after.get(row)) {
                    changed.set(row, true);
                }
            }
            if let Some(table) = &mut shift.bands {
                let band = |results: &BatchResults, id: ScoreId, row: usize| {
                    results.bands.get(id.index()).and_then(|bands| bands.get(row)).copied().flatten()
                };
                for row in seen.good.ones() {
                    let places = (band(old, *one, row), band(new, *two, row));
                    if table.count(places.0.map(|band| band.index()), places.1.map(|band| band.index())) {
                        changed.set(row, true);
                    }
                }
            }
        }
        for ((one, two), shift) in self.thresholds.iter().zip(&mut counts.thresholds) {
            let (Some(before), Some(after)) = (old.thresholds.get(one.index()), new.thresholds.get(two.index())) else {
                continue;
            };
            for row in seen.good.ones() {
                let (was, is) = (before.get(row), after.get(row));
                shift.before += u64::from(was);
                shift.after += u64::from(is);
                if was != is {
                    changed.set(row, true);
                    let crossing = if is { &mut shift.entered } else { &mut shift.left };
                    crossing.leads += 1;
                    *crossing.rules.entry(self.mover(old, new, row)).or_default() += 1;
                    if crossing.keys.len() < NAMED {
                        crossing.keys.push(seen.keys.get(row).to_owned());
                    }
                }
            }
        }
        counts.changed = changed.count();
        counts.moved = self.moved(seen, old, new);
        counts
    }

    /// The leads whose main score, the last one of both, moved most.
    fn moved(&self, seen: &Seen<'_>, old: &BatchResults, new: &BatchResults) -> Vec<Moved> {
        let Some((one, two)) = self.scores.last() else { return Vec::new() };
        let (Some(before), Some(after)) = (old.scores.get(one.index()), new.scores.get(two.index())) else {
            return Vec::new();
        };
        let mut moves: Vec<(Decimal, usize)> = Vec::new();
        for row in seen.good.ones() {
            let by = difference(before, after, row);
            if by != Decimal::ZERO {
                moves.push((by, row));
            }
        }
        moves.sort_by_key(|(by, _)| std::cmp::Reverse(by.abs()));
        moves.truncate(MOST_MOVED);
        let moved = moves.into_iter().map(|(by, row)| Moved {
            key: seen.keys.get(row).to_owned(),
            before: before.get(row),
            after: after.get(row),
            by,
            rules: self.movers(old, new, row).into_iter().take(RULES).map(|(name, by)| (name.to_owned(), by)).collect(),
        });
        moved.collect()
    }

    /// The rules whose points differ, the furthest first.
    fn movers(&self, old: &BatchResults, new: &BatchResults, row: usize) -> Vec<(&str, Decimal)> {
        let points = |results: &BatchResults, id: Option<RuleId>| {
            let column = id.and_then(|id| results.rules.get(id.index())).filter(|column| column.took_part.get(row));
            column.and_then(|column| column.points.get(row)).unwrap_or_default()
        };
        let mut movers: Vec<(&str, Decimal)> = self
            .rules
            .iter()
            .filter_map(|(one, two, name)| Some((name.as_str(), points(new, *two).subtract(points(old, *one))?)))
            .filter(|(_, by)| *by != Decimal::ZERO)
            .collect();
        movers.sort_by_key(|(_, by)| std::cmp::Reverse(by.abs()));
        movers
    }

    fn mover(&self, old: &BatchResults, new: &BatchResults, row: usize) -> String {
        let excluded = |results: &BatchResults| results.excluded.get(row).copied().flatten().is_some();
        match self.movers(old, new, row).first() {
            _ if excluded(old) != excluded(new) => "an exclusion".to_owned(),
            Some((name, _)) => (*name).to_owned(),
            None => "no rule: a limit, a band or the threshold itself".to_owned(),
        }
    }
}

fn difference(before: &NumberColumn, after: &NumberColumn, row: usize) -> Decimal {
    let (before, after) = (before.get(row).unwrap_or_default(), after.get(row).unwrap_or_default());
    after.subtract(before).unwrap_or_default()
}

impl ScoreShift {
    /// Whether they differ.
    fn count(&mut self, before: Option<Decimal>, after: Option<Decimal>) -> bool {
        if let Some(before) = before {
            self.before.add(before);
            self.sum_before = self.sum_before.add(before).unwrap_or(self.sum_before);
        }
        if let Some(after) = after {
            self.after.add(after);
            self.sum_after = self.sum_after.add(after).unwrap_or(self.sum_after);
        }
        match (before, after) {
            (Some(before), Some(after)) => {
                self.up += u64::from(after > before);
                self.down += u64::from(after < before);
            }
            (None, None) => {}
            _ => self.came_or_went += 1,
        }
        before != after
    }

    fn merge(&mut self, more: ScoreShift) {
        self.up += more.up;
        self.down += more.down;
        self.came_or_went += more.came_or_went;
        self.before.merge(more.before);
        self.after.merge(more.after);
        self.sum_before = self.sum_before.add(more.sum_before).unwrap_or(self.sum_before);
        self.sum_after = self.sum_after.add(more.sum_after).unwrap_or(self.sum_after);
        if let (Some(all), Some(more)) = (&mut self.bands, more.bands) {
            all.changed += more.changed;
            for (all, more) in all.counts.iter_mut().zip(more.counts) {
                all.iter_mut().zip(more).for_each(|(all, more)| *all += more);
            }
        }
    }
}

impl BandTable {
    /// Whether they differ by name.
    fn count(&mut self, before: Option<usize>, after: Option<usize>) -> bool {
        let (row, column) = (before.unwrap_or(self.old.len()), after.unwrap_or(self.new.len()));
        if let Some(count) = self.counts.get_mut(row).and_then(|row| row.get_mut(column)) {
            *count += 1;
        }
        let differs = self.old.get(row) != self.new.get(column);
        self.changed += u64::from(differs);
        differs
    }
}

impl Crossing {
    fn merge(&mut self, more: Crossing) {
        self.leads += more.leads;
        for (rule, count) in more.rules {
            *self.rules.entry(rule).or_default() += count;
        }
        self.keys.extend(more.keys);
        self.keys.truncate(NAMED);
    }
}

impl Population {
    /// Adds the counts of further leads, in the order of the input.
    pub fn merge(&mut self, more: Population) {
        if self.scores.is_empty() && self.thresholds.is_empty() {
            *self = more;
            return;
        }
        self.leads += more.leads;
        self.changed += more.changed;
        self.scores.iter_mut().zip(more.scores).for_each(|(all, more)| all.merge(more));
        for (all, more) in self.thresholds.iter_mut().zip(more.thresholds) {
            all.before += more.before;
            all.after += more.after;
            all.entered.merge(more.entered);
            all.left.merge(more.left);
        }
        // Stable: of equals the first in the input stays first.
        self.moved.extend(more.moved);
        self.moved.sort_by_key(|moved| std::cmp::Reverse(moved.by.abs()));
        self.moved.truncate(MOST_MOVED);
    }

    /// By folded name.
    pub fn scores_by_name(&self) -> BTreeMap<String, &ScoreShift> {
        self.scores.iter().map(|score| (fold_name(&score.name), score)).collect()
    }
}
