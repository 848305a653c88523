//! What is counted of the leads: of each block where it was scored, then of all.

use super::Places;
use crate::model::{Model, ScoreId, ThresholdId};
use crate::run::batch::{Column, Mask};
use crate::run::evaluate::{BatchResults, RuleColumn};
use crate::statistics::{Ranking, RankingPart, Share};
use crate::value::{Decimal, Moment, Zone};
use indexmap::IndexMap;

/// Values of `--by` that are told apart; leads with further ones are counted together.
pub const MOST_PARTS: usize = 200;
/// Different points of one rule that are told apart.
const MOST_POINTS: usize = 64;
const DAY: i64 = 86_400_000_000;

/// What to count.
#[derive(Debug, Clone, Copy)]
pub struct Counting<'model> {
    pub model: &'model Model,
    pub places: Places,
    /// Whose values are ranked for each part of `--by`.
    pub score: Option<ScoreId>,
    /// Who meets it is qualified.
    pub qualified: Option<ThresholdId>,
}

/// Counts over leads that are not excluded.
#[derive(Debug, Clone, Default)]
pub struct Tally {
    pub everybody: Share,
    pub excluded: Share,
    /// By score
    pub scores: Vec<ScoreTally>,
    /// By threshold
    pub thresholds: Vec<Share>,
    /// By rule
    pub rules: Vec<RuleTally>,
    /// By the value of `--by`, in the order met; what has none under an empty text
    pub parts: IndexMap<String, PartTally>,
    /// Leads whose value was one too many
    pub other_parts: PartTally,
    pub money: MoneyTally,
    pub qualified: MoneyTally,
    /// The first and the last instant of `--created`
    pub created: Option<(i64, i64)>,
}

#[derive(Debug, Clone, Default)]
pub struct ScoreTally {
    pub ranking: Ranking,
    pub missing: Share,
    /// By band
    pub bands: Vec<Share>,
}

/// Of leads for which a rule took part and no choice dropped it.
#[derive(Debug, Clone, Default)]
pub struct RuleTally {
    pub leads: Share,
    pub points: Decimal,
    /// The sum of the magnitudes
    pub weight: Decimal,
    /// By points; beyond [`MOST_POINTS`] different ones by their sign alone
    pub by_points: Vec<(Decimal, Share)>,
    pub by_sign: bool,
}

/// Of leads with one value of `--by`.
#[derive(Debug, Clone, Default)]
pub struct PartTally {
    /// As first given
    pub given: String,
    pub leads: Share,
    pub qualified: Share,
    pub ranking: Ranking,
    pub money: MoneyTally,
}

/// Of those who bought.
#[derive(Debug, Clone, Default)]
pub struct MoneyTally {
    pub leads: Share,
    /// Deals whose amount is known
    pub deals: u64,
    pub revenue: Decimal,
    /// Days from `--created` to `--closed`, where both are known and in order
    pub days: Ranking,
    /// Deals that were closed before they were created
    pub backwards: u64,
}

impl<'model> Counting<'model> {
    /// Counts the good rows of a block.
    pub fn count(&self, results: &BatchResults, good: &Mask) -> Tally {
        let hits = self.hits(results);
        let mut counted = good.clone();
        let mut excluded = Mask::of(results.excluded.iter().map(Option::is_some));
        excluded.and(good);
        counted.and_not(&excluded);
        let mut tally =
            Tally { everybody: share(&counted, &hits), excluded: share(&excluded, &hits), ..Tally::default() };
        tally.scores = (0..self.model.scores.len()).map(|at| score(results, at, &counted, &hits)).collect();
        tally.thresholds = results.thresholds.iter().map(|met| share(&both(met, &counted), &hits)).collect();
        let rules = results.rules.iter().map(|rule| rule_tally(rule, &counted, &hits, self.places.outcome.is_some()));
        tally.rules = rules.collect();
        self.count_money(results, &counted, &hits, &mut tally);
        self.count_parts(results, &counted, &hits, &mut tally);
        tally
    }

    /// The leads for which the outcome holds.
    fn hits(&self, results: &BatchResults) -> Mask {
        match self.places.outcome.and_then(|place| results.kept.get(place)) {
            Some(Column::YesNo(column)) => both(&column.yes, &column.known),
            _ => Mask::new(results.rows, false),
        }
    }

    fn qualified(&self, results: &BatchResults) -> Option<Mask> {
        results.thresholds.get(self.qualified?.index()).cloned()
    }

    fn count_money(&self, results: &BatchResults, counted: &Mask, hits: &Mask, tally: &mut Tally) {
        let won = both(counted, hits);
        tally.money = self.money(results, &won);
        tally.money.leads = share(counted, hits);
        if let Some(qualified) = self.qualified(results) {
            tally.qualified = self.money(results, &both(&won, &qualified));
            tally.qualified.leads = share(&both(counted, &qualified), hits);
        }
        let created = dates(results, self.places.created);
        let instants = counted.ones().filter_map(|row| instant(created?, row, &self.model.zone));
        tally.created = instants
            .fold(None, |range, at| Some(range.map_or((at, at), |(from, to): (i64, i64)| (from.min(at), to.max(at)))));
    }

    /// Of deals won.
    fn money(&self, results: &BatchResults, won: &Mask) -> MoneyTally {
        let mut money = MoneyTally::default();
        if let Some(Column::Number(amounts)) = self.places.amount.and_then(|place| results.kept.get(place)) {
            for amount in won.ones().filter_map(|row| amounts.get(row)) {
                money.deals += 1;
                money.revenue = money.revenue.add(amount).unwrap_or(money.revenue);
            }
        }
        if let (Some(created), Some(closed)) = (dates(results, self.places.created), dates(results, self.places.closed))
        {
            let mut days = RankingPart::default();
            for row in won.ones() {
                let (Some(from), Some(to)) =
                    (instant(created, row, &self.model.zone), instant(closed, row, &self.model.zone))
                else {
                    continue;
                };
                match to.checked_sub(from) {
                    Some(age) if age >= 0 => {
                        days.push(Decimal::from_billionths(i128::from(age) * 1_000_000_000 / i128::from(DAY)), true);
                    }
                    _ => money.backwards += 1,
                }
            }
            money.days = days.into_ranking();
        }
        money
    }

    fn count_parts(&self, results: &BatchResults, counted: &Mask, hits: &Mask, tally: &mut Tally) {
        let Some(column) = self.places.by.and_then(|place| results.kept.get(place)) else { return };
        let mut rows: IndexMap<String, (String, Mask)> = IndexMap::new();
        for row in counted.ones() {
            let (folded, given) = part_of(column, row);
            let part = rows.entry(folded).or_insert_with(|| (given, Mask::new(results.rows, false)));
            part.1.set(row, true);
        }
        let qualified = self.qualified(results);
        let scores = self.score.and_then(|score| results.scores.get(score.index()));
        for (folded, (given, rows)) in rows {
            let mut ranking = RankingPart::default();
            if let Some(scores) = scores {
                both(&rows, &scores.known).each(|row| {
                    ranking.push(scores.values.get(row).copied().unwrap_or_default(), hits.get(row));
                });
            }
            let met = qualified.as_ref().map(|met| both(met, &rows));
            let part = PartTally {
                given,
                leads: share(&rows, hits),
                qualified: met.map(|met| share(&met, hits)).unwrap_or_default(),
                ranking: ranking.into_ranking(),
                money: self.money(results, &both(&rows, hits)),
            };
            tally.parts.insert(folded, part);
        }
    }
}

fn score(results: &BatchResults, at: usize, counted: &Mask, hits: &Mask) -> ScoreTally {
    let Some(column) = results.scores.get(at) else { return ScoreTally::default() };
    let known = both(&column.known, counted);
    let mut missing = counted.clone();
    missing.and_not(&known);
    let mut ranking = RankingPart::default();
    known.each(|row| ranking.push(column.values.get(row).copied().unwrap_or_default(), hits.get(row)));
    let mut by_band: Vec<Share> = Vec::new();
    if let Some(bands) = results.bands.get(at).filter(|bands| !bands.is_empty()) {
        known.each(|row| {
            let Some(band) = bands.get(row).copied().flatten() else { return };
            if by_band.len() <= band.index() {
                by_band.resize(band.index() + 1, Share::default());
            }
            if let Some(share) = by_band.get_mut(band.index()) {
                share.add(Share::new(1, u64::from(hits.get(row))));
            }
        });
    }
    ScoreTally { ranking: ranking.into_ranking(), missing: share(&missing, hits), bands: by_band }
}

fn rule_tally(rule: &RuleColumn, counted: &Mask, hits: &Mask, with_outcome: bool) -> RuleTally {
    let mut rows = both(&rule.took_part, counted);
    rows.and(&rule.points.known);
    let mut tally = RuleTally { leads: share(&rows, hits), ..RuleTally::default() };
    let (mut sum, mut weight) = (0_i128, 0_i128);
    rows.each(|row| {
        let points = rule.points.values.get(row).copied().unwrap_or_default();
        sum += points.billionths();
        weight += points.billionths().abs();
        if with_outcome {
            tally.add_points(points, Share::new(1, u64::from(hits.get(row))));
        }
    });
    (tally.points, tally.weight) = (Decimal::from_billionths(sum), Decimal::from_billionths(weight));
    tally
}

impl RuleTally {
    fn add_points(&mut self, points: Decimal, leads: Share) {
        let points = if self.by_sign { sign(points) } else { points };
        if let Some((_, known)) = self.by_points.iter_mut().find(|(other, _)| *other == points) {
            known.add(leads);
            return;
        }
        self.by_points.push((points, leads));
        if self.by_points.len() > MOST_POINTS {
            self.by_sign = true;
            for (points, leads) in std::mem::take(&mut self.by_points) {
                self.add_points(points, leads);
            }
        }
    }

    fn merge(&mut self, more: RuleTally) {
        self.leads.add(more.leads);
        self.points = self.points.add(more.points).unwrap_or(self.points);
        self.weight = self.weight.add(more.weight).unwrap_or(self.weight);
        if more.by_sign && !self.by_sign {
            self.by_sign = true;
            for (points, leads) in std::mem::take(&mut self.by_points) {
                self.add_points(points, leads);
            }
        }
        more.by_points.into_iter().for_each(|(points, leads)| self.add_points(points, leads));
    }
}

fn sign(points: Decimal) -> Decimal {
    Decimal::whole(i64::from(points > Decimal::ZERO) - i64::from(points < Decimal::ZERO))
}

impl MoneyTally {
    fn merge(&mut self, more: MoneyTally) {
        self.leads.add(more.leads);
        self.deals += more.deals;
        self.revenue = self.revenue.add(more.revenue).unwrap_or(self.revenue);
        self.days.add(more.days);
        self.backwards += more.backwards;
    }
}

impl PartTally {
    pub fn merge_with(&mut self, more: PartTally) {
        self.leads.add(more.leads);
        self.qualified.add(more.qualified);
        self.ranking.add(more.ranking);
        self.money.merge(more.money);
    }
}

impl Tally {
    /// Adds the counts of further leads, in the order of the input.
    pub fn merge(&mut self, more: Tally) {
        self.everybody.add(more.everybody);
        self.excluded.add(more.excluded);
        self.scores.resize_with(more.scores.len().max(self.scores.len()), ScoreTally::default);
        for (all, more) in self.scores.iter_mut().zip(more.scores) {
            all.ranking.add(more.ranking);
            all.missing.add(more.missing);
            add_all(&mut all.bands, &more.bands);
        }
        add_all(&mut self.thresholds, &more.thresholds);
        self.rules.resize_with(more.rules.len().max(self.rules.len()), RuleTally::default);
        self.rules.iter_mut().zip(more.rules).for_each(|(all, more)| all.merge(more));
        for (folded, part) in more.parts {
            let has_room = self.parts.len() < MOST_PARTS;
            match self.parts.get_mut(&folded) {
                Some(known) => known.merge_with(part),
                None if has_room => {
                    self.parts.insert(folded, part);
                }
                None => self.other_parts.merge_with(part),
            }
        }
        self.money.merge(more.money);
        self.qualified.merge(more.qualified);
        self.created = match (self.created, more.created) {
            (Some((from, to)), Some((more_from, more_to))) => Some((from.min(more_from), to.max(more_to))),
            (one, other) => one.or(other),
        };
    }

    /// To be called once all leads are counted.
    pub fn settle(&mut self) {
        self.scores.iter_mut().for_each(|score| score.ranking.settle());
        self.money.days.settle();
        self.qualified.days.settle();
        for part in self.parts.values_mut().chain([&mut self.other_parts]) {
            part.ranking.settle();
            part.money.days.settle();
        }
    }
}

fn add_all(all: &mut Vec<Share>, more: &[Share]) {
    all.resize(more.len().max(all.len()), Share::default());
    all.iter_mut().zip(more).for_each(|(all, more)| all.add(*more));
}

fn both(one: &Mask, other: &Mask) -> Mask {
    let mut both = one.clone();
    both.and(other);
    both
}

fn share(rows: &Mask, hits: &Mask) -> Share {
    Share { all: rows.count(), hits: both(rows, hits).count() }
}

fn dates(results: &BatchResults, place: Option<usize>) -> Option<&[Option<Moment>]> {
    match place.and_then(|place| results.kept.get(place)) {
        Some(Column::Date(column)) => Some(&column.values),
        _ => None,
    }
}

fn instant(dates: &[Option<Moment>], row: usize, zone: &Zone) -> Option<i64> {
    dates.get(row).copied().flatten().map(|moment| moment.first(zone).0)
}

/// By which a lead is counted, and as what it is shown; both empty where it has no value.
fn part_of(column: &Column, row: usize) -> (String, String) {
    match column {
        Column::Text(column) => match column.codes.get(row).and_then(|code| column.texts.text(*code)) {
            Some(text) => (text.folded.to_string(), text.given.trim().to_owned()),
            None => (String::new(), String::new()),
        },
        Column::Number(column) => same(column.get(row).map(|number| number.to_string())),
        Column::YesNo(column) if column.known.get(row) => {
            same(Some(if column.yes.get(row) { "yes" } else { "no" }.to_owned()))
        }
        Column::Date(column) => same(column.values.get(row).copied().flatten().map(|date| date.to_string())),
        Column::YesNo(_) | Column::List(_) => same(None),
    }
}

fn same(text: Option<String>) -> (String, String) {
    let text = text.unwrap_or_default();
    (text.clone(), text)
}
