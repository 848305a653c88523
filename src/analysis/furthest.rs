//! The furthest that a sum can go, up or down, over the classes of a query's variables.
//!
//! Each term is counted with the last of the variables that it reads, in the order in which these are chosen: its
//! bucket. What the terms of a bucket can come to at most, by the classes of its variable alone, bounds what is left to
//! choose; terms of one variable are bounded exactly by that, and counted as one.

use super::alike::{Class, distinct_classes};
use super::budget::Budget;
use super::estimate::{Estimate, Truth};
use super::far::{End, Far, Sums};
use super::graph::NodeId;
use super::ordering::{changes, order, touched};
use super::query::{Assignment, Query};
use super::search::{Agrees, Goal, MOST_WORK, Placed};
use super::settled::{Lump, Settled};
use super::standing::Standing;
use std::rc::Rc;

#[derive(Debug, Clone)]
pub(super) struct Leaf {
    pub end: End,
    pub assignment: Assignment,
}

/// What the search for the furthest came to.
#[derive(Debug, Clone)]
pub(super) enum Extreme {
    /// Nothing goes past the end of the leaf.
    At(Leaf),
    /// Nothing goes past this, and the leaf is the best that was found.
    Within(End, Option<Leaf>),
    /// The goals cannot be met.
    Never,
}

pub(super) struct Furthest<'q> {
    query: &'q Query,
    /// The sum of all terms is what counts: of those that read one variable alone, and of the others
    alone: Vec<Placed>,
    terms: Vec<Placed>,
    goals: Vec<Placed>,
    up: bool,
    agrees: &'q Agrees<'q>,
    budget: &'q Budget,
    before: usize,
    /// By variable the classes that are looked at
    classes: Vec<Rc<[Class]>>,
    /// By variable the terms that read it alone
    lumps: Vec<Lump>,
    /// Variables as they are chosen
    order: Vec<usize>,
    /// By variable the terms that change with it
    changes: Vec<Vec<usize>>,
    /// By variable where it is in `order`
    place: Vec<usize>,
    /// By term where its bucket's variable is in `order`; none for a constant
    bucket: Vec<Option<usize>>,
    /// By place in `order` the terms of the bucket
    within: Vec<Vec<usize>>,
    /// So few steps look at all classes of all variables that what is left is looked at at every turn
    is_small: bool,
    /// By place in `order` the later ones that may come to something else once a class is chosen there
    touched: Vec<Vec<usize>>,
    /// By how many variables are chosen what each further bucket then comes to at most
    ahead: Vec<Vec<Far>>,
    sums: Sums,
    best: Option<(Far, Assignment)>,
    is_cut_short: bool,
    /// Only classes of which a value is known
    only_seen: bool,
}

/// A variable of which one class after the other is tried, as far as each can go.
struct Level {
    variable: usize,
    left: std::vec::IntoIter<(Far, usize)>,
}

/// All classes of all variables are looked at at every turn where that takes no more steps.
const FEW_STEPS: usize = 3_000;

impl<'q> Furthest<'q> {
    pub fn new(
        query: &'q Query,
        terms: &[(NodeId, bool)],
        goals: &[Goal],
        up: bool,
        agrees: &'q Agrees<'q>,
        budget: &'q Budget,
    ) -> Furthest<'q> {
        let goals = query.placed(goals);
        let (alone, terms): (Vec<Placed>, Vec<Placed>) =
            query.placed(terms).into_iter().partition(|(place, _)| query.reads_one(*place));
        let changes = changes(query, &terms);
        let order = order(query, &goals, &changes);
        let mut bucket = vec![None; terms.len()];
        let mut place = vec![0; order.len()];
        for (at, variable) in order.iter().enumerate() {
            place.get_mut(*variable).into_iter().for_each(|place| *place = at);
            for term in changes.get(*variable).into_iter().flatten() {
                bucket.get_mut(*term).into_iter().for_each(|bucket| *bucket = Some(at));
            }
        }
        let mut within = vec![Vec::new(); order.len()];
        for (term, bucket) in bucket.iter().enumerate() {
            bucket
                .and_then(|bucket| within.get_mut(bucket))
                .into_iter()
                .for_each(|within: &mut Vec<_>| within.push(term));
        }
        let touched = touched(query, &goals, &order, &changes, &bucket);
        let steps = (0..order.len()).map(|variable| query.classes(variable).len() * query.work(variable));
        Furthest {
            query,
            alone,
            terms,
            goals,
            up,
            agrees,
            budget,
            before: budget.taken(),
            classes: Vec::new(),
            lumps: Vec::new(),
            order,
            changes,
            place,
            bucket,
            within,
            is_small: steps.sum::<usize>() <= FEW_STEPS,
            touched,
            ahead: Vec::new(),
            sums: Sums::default(),
            best: None,
            is_cut_short: false,
            only_seen: false,
        }
    }

    /// Over classes of which a value is known: what comes of it can be shown.
    pub fn only_seen(mut self) -> Furthest<'q> {
        self.only_seen = true;
        self
    }

    /// Finds the classes that are looked at, and what each settles.
    fn find_classes(&mut self, standing: &mut Standing<'q>) {
        let terms = [&self.terms[..], &self.alone].concat();
        let settled = Settled::all(standing, &self.goals, &terms);
        for (variable, of) in settled.iter().enumerate() {
            let classes = distinct_classes(self.query, variable, of).into_iter();
            self.classes.push(classes.filter(|(_, is_unseen)| !(self.only_seen && *is_unseen)).collect());
            self.lumps.push(of.lump(&self.alone, |value, adds| self.far(value, adds)));
        }
        standing.settle(settled);
    }

    fn classes(&self, variable: usize) -> Rc<[Class]> {
        self.classes.get(variable).cloned().unwrap_or_default()
    }

    pub fn run(mut self) -> Extreme {
        let mut standing = self.query.standing();
        if standing.meets(&self.goals) == Truth::No {
            return Extreme::Never;
        }
        self.find_classes(&mut standing);
        self.begin(&standing);
        if !self.bound_buckets(&mut standing) {
            return Extreme::Never;
        }
        let root = self.sums.total;
        self.search(&mut standing, root);
        let up = self.up;
        let best = self.best.map(|(far, assignment)| (far, Leaf { end: far.end(up), assignment }));
        match best {
            Some((far, leaf)) if !self.is_cut_short || !root.is_further(far) => Extreme::At(leaf),
            Some((_, leaf)) => Extreme::Within(root.end(up), Some(leaf)),
            None if self.is_cut_short => Extreme::Within(root.end(up), None),
            None => Extreme::Never,
        }
    }

    fn search(&mut self, standing: &mut Standing<'q>, root: Far) {
        let mut levels: Vec<Level> = Vec::new();
        self.enter(standing, &mut levels);
        while let Some(level) = levels.last_mut() {
            let variable = level.variable;
            let is_reached = self.best.as_ref().is_some_and(|(best, _)| !root.is_further(*best));
            let next = level.left.next().filter(|(far, _)| !is_reached && self.can_be_best(*far) && !self.gives_up());
            self.choose(standing, variable, next.map(|(_, class)| class));
            if next.is_none() {
                levels.pop();
            } else if (self.agrees)(&standing.assignment, variable) {
                self.enter(standing, &mut levels);
            }
        }
    }

    /// Once something was found; before, it goes on to the end of its first way down.
    fn gives_up(&mut self) -> bool {
        let work = self.budget.taken() - self.before;
        let is_over = work > MOST_WORK && (self.best.is_some() || work > 4 * MOST_WORK) || self.budget.is_spent();
        self.is_cut_short |= is_over;
        is_over
    }

    fn enter(&mut self, standing: &mut Standing<'q>, levels: &mut Vec<Level>) {
        let far = self.sums.total;
        if standing.meets(&self.goals) == Truth::No || !self.can_be_best(far) {
            return;
        }
        let next = self.order.get(levels.len()).filter(|_| !self.is_decided(standing));
        let Some(variable) = next.copied() else {
            self.best = Some((far, standing.assignment.clone()));
            return;
        };
        if self.is_small && !self.looks_promising(standing, levels.len()) {
            return;
        }
        let left = self.ordered(standing, variable).into_iter();
        levels.push(Level { variable, left });
    }

    fn can_be_best(&self, far: Far) -> bool {
        self.best.as_ref().is_none_or(|(best, _)| far.is_further(*best))
    }

    /// Nothing that is still open changes it.
    fn is_decided(&self, standing: &Standing<'_>) -> bool {
        self.sums.unsettled == 0 && standing.meets(&self.goals) == Truth::Yes
    }

    /// The classes of a variable that the goals allow, the most promising first; of equals those of which a value is
    /// known, those that decide the number, then the earlier one.
    fn ordered(&mut self, standing: &mut Standing<'q>, variable: usize) -> Vec<(Far, usize)> {
        let classes = self.classes(variable);
        let mut promising: Vec<(Far, (bool, bool, usize))> = Vec::with_capacity(classes.len());
        for (class, is_unseen) in classes.iter().copied() {
            self.choose(standing, variable, Some(class));
            if standing.meets(&self.goals) != Truth::No {
                let decided = self.is_decided(standing);
                promising.push((self.sums.total, (is_unseen, !decided, class)));
            }
        }
        self.choose(standing, variable, None);
        promising.sort_by(|(one, first), (other, second)| {
            other.is_further(*one).cmp(&one.is_further(*other)).then(first.cmp(second))
        });
        promising.into_iter().map(|(far, (_, _, class))| (far, class)).collect()
    }

    /// Chooses a class of a variable, or takes the choice back.
    fn choose(&mut self, standing: &mut Standing<'q>, variable: usize, class: Option<usize>) {
        standing.choose(variable, class);
        let changed = self.changes.get(variable).map_or(&[][..], |terms| &terms[..]);
        let lump = self.lumps.get(variable);
        self.budget.take(self.query.work(variable) + changed.len() + lump.map_or(0, |lump| lump.terms));
        if let (Some(place), Some(lump)) = (self.place.get(variable), lump) {
            self.sums.choose(*place, class.is_some());
            let (far, is_settled) = lump.of(class);
            self.sums.change(self.terms.len() + variable, Some(*place), far, is_settled);
        }
        for term in changed {
            let bucket = self.bucket.get(*term).copied().flatten();
            if let Some((far, is_settled)) = self.far_of(standing, *term) {
                self.sums.change(*term, bucket, far, is_settled);
            }
        }
    }

    /// How far a term can go, and whether that is settled.
    fn far_of(&self, standing: &Standing<'_>, term: usize) -> Option<(Far, bool)> {
        let (node, adds) = self.terms.get(term)?;
        Some(self.far(standing.at(*node), *adds))
    }

    fn far(&self, value: Estimate, adds: bool) -> (Far, bool) {
        let is_turned = self.up != adds;
        let end = value.interval.end(!is_turned);
        let far = Far::of(end.map(|end| if is_turned { end.negate() } else { end }));
        (far, value.interval.single().is_some())
    }

    /// The sums while nothing is chosen.
    fn begin(&mut self, standing: &Standing<'_>) {
        let mut sums = Sums::new(self.order.len());
        for term in 0..self.terms.len() {
            let Some((far, is_settled)) = self.far_of(standing, term) else { continue };
            sums.begin(self.bucket.get(term).copied().flatten(), far, is_settled);
        }
        for (place, lump) in self.place.iter().zip(&self.lumps) {
            let (far, is_settled) = lump.of(None);
            sums.begin(Some(*place), far, is_settled);
        }
        self.sums = sums;
    }

    /// Bounds every bucket by its variable alone; `false` where no class of one meets the goals.
    fn bound_buckets(&mut self, standing: &mut Standing<'q>) -> bool {
        for place in 0..self.order.len() {
            if self.budget.is_spent() {
                return true;
            }
            let Some(most) = self.most_of(standing, place) else { return false };
            self.sums.bound(place, most);
        }
        true
    }

    /// What the terms of a bucket come to at most, by the classes of its variable that meet the goals.
    fn most_of(&self, standing: &mut Standing<'q>, place: usize) -> Option<Far> {
        let variable = *self.order.get(place)?;
        let classes = self.classes(variable);
        let terms = self.within.get(place).map_or(&[][..], |terms| &terms[..]);
        let lump = self.lumps.get(variable)?;
        self.budget.take(classes.len() * (self.query.work(variable) + terms.len() + lump.terms));
        let mut most: Option<Far> = None;
        for (class, _) in classes.iter() {
            standing.choose(variable, Some(*class));
            if standing.meets(&self.goals) == Truth::No {
                continue;
            }
            let far = terms.iter().filter_map(|term| self.far_of(standing, *term));
            let sum = far.fold(lump.of(Some(*class)).0, |sum, (far, _)| sum.plus(far));
            most = Some(most.map_or(sum, |most| if sum.is_further(most) { sum } else { most }));
        }
        standing.choose(variable, None);
        most
    }

    /// Whether it can go further than the best with the classes chosen so far, each further variable looked at by itself.
    fn looks_promising(&mut self, standing: &mut Standing<'q>, chosen: usize) -> bool {
        let Some(ahead) = self.looked_ahead(standing, chosen) else { return false };
        let done = self.sums.buckets.iter().take(chosen);
        let far = done.chain(ahead.iter().skip(chosen)).fold(self.sums.constant, |far, of| far.plus(*of));
        self.ahead.truncate(chosen);
        self.ahead.push(ahead);
        self.can_be_best(far)
    }

    /// What each further bucket comes to at most: as before the last class was chosen, but for those that it touches.
    /// `None` where a variable has no class left.
    fn looked_ahead(&self, standing: &mut Standing<'q>, chosen: usize) -> Option<Vec<Far>> {
        let before = chosen.checked_sub(1).and_then(|last| Some((self.ahead.get(last)?, self.touched.get(last)?)));
        let Some((before, touched)) = before else {
            return (0..self.order.len()).map(|place| self.most_of(standing, place)).collect();
        };
        let mut ahead = before.clone();
        for place in touched {
            if let Some(far) = ahead.get_mut(*place) {
                *far = self.most_of(standing, *place)?;
            }
        }
        Some(ahead)
    }
}
