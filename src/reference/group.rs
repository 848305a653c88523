//! What a group gives: its items, then choice, weight and limits.

use super::breakdown::{Entry, EntryKind};
use super::facts::Scope;
use super::limits::within_limits;
use super::points::sum;
use crate::model::{Choice, Group, Item};
use crate::value::{Decimal, POINT_DECIMALS};

impl<'a> Scope<'a> {
    /// Adds the entries of an item, its own first. Groups nest to a depth that the checker bounds.
    pub fn item(&self, item: &Item, entries: &mut Vec<Entry>) {
        match item {
            Item::Rule(rule) => entries.push(self.rule(rule)),
            Item::Group(group) => entries.extend(self.group(group)),
        }
    }

    fn group(&self, group: &Group) -> Vec<Entry> {
        if group.when.as_ref().is_some_and(|when| !self.holds(when)) {
            return untouched(group);
        }
        let mut items = Vec::with_capacity(group.items.len());
        group.items.iter().for_each(|item| self.item(item, &mut items));
        let took_part = items.iter().filter(is_own).any(|own| own.took_part);
        let all = sum(items.iter().filter(is_own).map(|own| own.points));

        let chosen = choose(group.choice, &mut items).unwrap_or(all);
        let weighted = group.weight.map_or(chosen, |percent| weigh(chosen, percent));
        let points = within_limits(weighted, group.limits);

        let mut entries = Vec::with_capacity(items.len() + 1);
        entries.push(Entry { points, took_part, ..Entry::new(EntryKind::Group, &group.label, Some(group.span)) });
        entries.extend(items.into_iter().map(Entry::deeper));
        let changes = [
            Entry::change(EntryKind::Choice, || choice_label(group.choice).to_owned(), all, chosen),
            Entry::change(EntryKind::Weight, || weight_label(group.weight), chosen, weighted),
            Entry::change(EntryKind::Limit, || limit_label(group, weighted), weighted, points),
        ];
        entries.extend(changes.into_iter().flatten().map(Entry::deeper));
        entries
    }
}

/// Whether it is an item's own entry, which those of what is inside the item follow.
fn is_own(entry: &&Entry) -> bool {
    entry.depth == 0
}

/// Chooses among the items that take part, drops the others, and says what the chosen one gives. `None` where there is
/// no choice to make. Of equals the first written is chosen.
fn choose(choice: Choice, items: &mut [Entry]) -> Option<Decimal> {
    if choice == Choice::All {
        return None;
    }
    let mut best: Option<(usize, Decimal)> = None;
    for (place, own) in items.iter().enumerate().filter(|(_, entry)| is_own(entry)) {
        let better = match (choice, best) {
            (_, None) => true,
            (Choice::Highest, Some((_, points))) => own.points > points,
            (Choice::Lowest, Some((_, points))) => own.points < points,
            (Choice::FirstMatch | Choice::All, Some(_)) => false,
        };
        if own.took_part && better {
            best = Some((place, own.points));
        }
    }
    let mut is_dropped = false;
    for (place, entry) in items.iter_mut().enumerate() {
        if is_own(&&*entry) {
            is_dropped = entry.took_part && best.is_some_and(|(chosen, _)| chosen != place);
        }
        entry.dropped |= is_dropped;
    }
    best.map(|(_, points)| points)
}

/// `counts 30%`: that share of the points, in one rounding to the decimals of points.
fn weigh(points: Decimal, percent: Decimal) -> Decimal {
    let hundred = 100 * Decimal::ONE.billionths();
    points.ratio_rounded(percent.billionths(), hundred, POINT_DECIMALS).unwrap_or(points)
}

/// The entries of a group whose `when` does not hold: nothing in it was looked at.
pub(super) fn untouched(group: &Group) -> Vec<Entry> {
    let own = Entry::new(EntryKind::Group, &group.label, Some(group.span));
    let items = group.items.iter().flat_map(untouched_item).map(Entry::deeper);
    std::iter::once(own).chain(items).collect()
}

pub(super) fn untouched_item(item: &Item) -> Vec<Entry> {
    match item {
        Item::Rule(rule) => vec![Entry::new(EntryKind::Rule(rule.id), &rule.label, Some(rule.span))],
        Item::Group(group) => untouched(group),
    }
}

fn choice_label(choice: Choice) -> &'static str {
    match choice {
        Choice::All => "",
        Choice::FirstMatch => "first match only",
        Choice::Highest => "highest only",
        Choice::Lowest => "lowest only",
    }
}

fn weight_label(weight: Option<Decimal>) -> String {
    weight.map(|percent| format!("counts {percent}%")).unwrap_or_default()
}

fn limit_label(group: &Group, points: Decimal) -> String {
    match (group.limits.highest, group.limits.lowest) {
        (Some(highest), _) if points > highest => format!("no higher than {highest} points"),
        (_, Some(lowest)) => format!("no lower than {lowest} points"),
        _ => String::new(),
    }
}
