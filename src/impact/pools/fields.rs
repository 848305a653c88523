//! Values worth trying for each field and property by itself: those that it is compared with.

use super::met::Met;
use super::{Pools, add_kind, visit_all};
use crate::impact::names::{names_read, property_name};
use crate::model::walk::{Part, Visit, walk_condition, walk_lookup, walk_points, walk_rule};
use crate::model::{Body, Condition, ConditionKind, ForEvery, Item, LookupTable, Model, Points, Rule, ScoreBody};
use crate::value::{Decimal, Duration, Instant, Value, fold_name};
use std::collections::BTreeMap;

/// So many values of one field are tried.
const MOST_VALUES: usize = 120;
/// Numbers that are tried wherever a number is asked for: what is worked out with them differs.
const NUMBERS: [i64; 10] = [2, 3, 5, 7, 10, 20, 50, 100, 1_000, 1_000_000];

/// By field.
#[derive(Debug, Default)]
pub struct FieldPools {
    pools: BTreeMap<String, Pools>,
}

impl FieldPools {
    /// Of both models.
    pub fn new(models: [&Model; 2], as_of: Instant) -> FieldPools {
        let mut fields = FieldPools::default();
        for model in models {
            let own = model.lead.fields.iter().map(|field| (fold_name(&field.name), field));
            let of_events = model.events.iter().flat_map(|event| {
                event.properties.iter().map(|property| (property_name(&event.name, &property.name), property))
            });
            for (name, field) in own.chain(of_events) {
                let pool = fields.pools.entry(name.clone()).or_default();
                pool.numbers.extend(NUMBERS.map(Decimal::whole));
                pool.numbers.insert(Decimal::ZERO);
                pool.texts.insert("x".to_owned());
                add_kind(pool.fields.entry(name).or_default(), field);
            }
            fields.of_model(model, as_of);
        }
        fields
    }

    fn of_model(&mut self, model: &Model, as_of: Instant) {
        let mut conditions: Vec<&Condition> = Vec::new();
        visit_all(model, &mut |part| {
            if let Part::Condition(condition) = part {
                conditions.push(condition);
            }
        });
        for condition in conditions.into_iter().filter(|condition| asks_by_itself(condition)) {
            let mut met = Met::default();
            walk_condition(condition, &mut |part| met.part(part));
            self.add(model, as_of, met, |visit| walk_condition(condition, visit));
        }
        for lookup in &model.lookups {
            let mut met = Met::default();
            match &lookup.table {
                LookupTable::Text(table) => met.table(table),
                LookupTable::Number(table) => met.table(table),
            }
            self.add(model, as_of, met, |visit| walk_lookup(&lookup.table, visit));
        }
        for score in &model.scores {
            if let ScoreBody::Rules { items, .. } = &score.body {
                self.tables(model, as_of, items);
            }
        }
    }

    /// Groups nest to a depth that the checker bounds.
    fn tables(&mut self, model: &Model, as_of: Instant, items: &[Item]) {
        for item in items {
            match item {
                Item::Group(group) => self.tables(model, as_of, &group.items),
                Item::Rule(rule) => {
                    if let Body::ForEvery(every) = &rule.body {
                        self.silences(model, as_of, rule, every);
                    }
                    if let Points::Table(table) = &rule.points {
                        let mut met = Met::default();
                        met.table(table);
                        self.add(model, as_of, met, |visit| walk_points(&rule.points, visit));
                    }
                }
            }
        }
    }

    /// Dates so long ago that it counts once, twice, and so on.
    fn silences(&mut self, model: &Model, as_of: Instant, rule: &Rule, every: &ForEvery) {
        const MOST_TIMES: i64 = 12;
        let back = |from: Instant, length: Duration| from.minus(length, &model.zone);
        let Some(start) = every.after.map_or(Some(as_of), |after| back(as_of, after)) else { return };
        let times = |count: i64| every.every.count.checked_mul(count).map(|count| Duration { count, ..every.every });
        let dates: Vec<i64> =
            (1..=MOST_TIMES).filter_map(times).filter_map(|length| back(start, length)).map(|at| at.0).collect();
        for name in names_read(model, |visit| walk_rule(rule, visit)) {
            if let Some(pool) = self.pools.get_mut(&name) {
                pool.dates.extend(&dates);
            }
        }
    }

    /// What was met, for each field that is read beside it.
    fn add<'m>(&mut self, model: &'m Model, as_of: Instant, met: Met, walk: impl FnOnce(Visit<'_, 'm>)) {
        for name in names_read(model, walk) {
            if let Some(pool) = self.pools.get_mut(&name) {
                pool.of_met(&met, model, as_of);
            }
        }
    }

    /// Every field with its values.
    pub fn values(&self) -> impl Iterator<Item = (String, Vec<Value>)> {
        self.all().filter(|(name, _)| !name.contains('\0'))
    }

    /// The values of a property of an event.
    pub fn of_property(&self, event: &str, property: &str) -> Vec<Value> {
        let name = property_name(event, property);
        self.all().find(|(other, _)| *other == name).map(|(_, values)| values).unwrap_or_default()
    }

    fn all(&self) -> impl Iterator<Item = (String, Vec<Value>)> {
        self.pools.iter().map(|(name, pool)| {
            let mut values: Vec<Value> = Vec::new();
            for kind in pool.fields.get(name).into_iter().flatten() {
                for value in pool.values_of(kind) {
                    if !values.contains(&value) {
                        values.push(value);
                    }
                }
            }
            values.truncate(MOST_VALUES);
            (name.clone(), values)
        })
    }
}

/// Not made of other conditions.
fn asks_by_itself(condition: &Condition) -> bool {
    !matches!(
        condition.kind,
        ConditionKind::All(_) | ConditionKind::Any(_) | ConditionKind::Not(_) | ConditionKind::Events { .. }
    )
}
