//! The answer to a state from the lists of the events of a batch's leads.

use super::answer::{Numbers, faded};
use super::columns::{ColumnBuilder, Texts, key_of, text_of};
use super::list::Lists;
use super::occurrences::Occurrences;
use super::shape::{Listed, Shape, Windows};
use super::way::constant_points;
use super::window::Chooser;
use crate::model::{Model, Type};
use crate::plan::{Asks, MaskId, PointsOfEach, PropertyKey, ValueId};
use crate::run::batch::{Column, DateColumn, Mask};
use crate::run::evaluate::{self, Inputs, StateColumn, Values};
use crate::value::{Decimal, Instant, Moment, Value};
use ethnum::I256;
use std::cell::OnceCell;
use std::collections::HashSet;

/// The lists of a batch, and what was found out about them.
pub(super) struct ListedEvents<'a> {
    shape: &'a Shape<'a>,
    listed: &'a Listed,
    lists: Lists,
    /// What the `ignore`s take away that need the lead.
    ignored: OnceCell<Mask>,
}

impl<'a> ListedEvents<'a> {
    pub(super) fn new(shape: &'a Shape<'a>, listed: &'a Listed, lists: Lists) -> ListedEvents<'a> {
        ListedEvents { shape, listed, lists, ignored: OnceCell::new() }
    }

    /// The answer, and the leads for which a sum was too large.
    pub(super) fn answer(&self, asks: &Asks, windows: &Windows, lead: &Values<'_>) -> (StateColumn, Vec<usize>) {
        let inputs = ListedInputs { events: self, lead };
        let values = self.listed.nodes.as_ref().filter(|_| self.needs_values(asks, windows));
        let values = values.map(|nodes| Values::of(nodes, &inputs));
        let mut chooser = Chooser {
            shape: self.shape,
            listed: self.listed,
            lists: &self.lists,
            values: values.as_ref(),
            lead,
            ignored: None,
        };
        if !self.sees_ignored(windows) {
            chooser.ignored = self.ignored(&chooser);
        }
        let (column, mut too_large) = Asking { events: self, chooser, windows }.answer(asks);
        for row in values.iter().flat_map(|values| values.too_large().ones()) {
            too_large.extend(self.lists.leads.get(row).map(|lead| *lead as usize));
        }
        (column, too_large)
    }

    fn sees_ignored(&self, windows: &Windows) -> bool {
        self.listed.ignores.is_empty() || self.listed.picks.get(windows.pick).is_some_and(|pick| pick.sees_ignored)
    }

    /// Whether some filter or some points wait for the lead.
    fn needs_values(&self, asks: &Asks, windows: &Windows) -> bool {
        let waits = |windows: &Windows| {
            let within = windows.within_after.map(|(_, which)| which);
            let picks = [windows.pick].into_iter().chain(windows.since_last.iter().copied()).chain(within);
            picks.filter_map(|pick| self.listed.picks.get(pick)).any(|pick| pick.waits)
        };
        let has_points = matches!(asks, Asks::Points(of) if constant_points(&of.points, 0).is_none());
        let ignores_wait = !self.sees_ignored(windows) && self.listed.ignores.iter().any(waits);
        has_points || waits(windows) || ignores_wait
    }

    fn ignored(&self, chooser: &Chooser<'_>) -> Option<&Mask> {
        Some(self.ignored.get_or_init(|| {
            let mut ignored = Mask::new(self.lists.rows.len(), false);
            for ignore in &self.listed.ignores {
                for lead in 0..self.lists.of_lead.len() {
                    chooser.selected(lead, ignore).into_iter().for_each(|row| ignored.set(row, true));
                }
            }
            ignored
        }))
    }
}

/// One state being answered.
struct Asking<'a> {
    events: &'a ListedEvents<'a>,
    chooser: Chooser<'a>,
    windows: &'a Windows,
}

impl Asking<'_> {
    fn answer(&self, asks: &Asks) -> (StateColumn, Vec<usize>) {
        match asks {
            Asks::Points(of) => (self.points(of), Vec::new()),
            Asks::LatestAt => (self.instants(|rows| rows.last().copied()), Vec::new()),
            Asks::FirstAt => (self.instants(|rows| rows.first().copied()), Vec::new()),
            Asks::Latest(of) => (self.values(of, |rows| rows.last().copied()), Vec::new()),
            Asks::First(of) => (self.values(of, |rows| rows.first().copied()), Vec::new()),
            Asks::Count => self.numbers(|_, rows| Some(Decimal::whole(rows.len() as i64))),
            Asks::CountOfDistinct(of) => {
                let column = self.column(of);
                let (zone, keys) = (&self.events.shape.model().zone, self.events.lists.texts.keys());
                self.numbers(|_, rows| {
                    let known = rows.iter().filter_map(|row| key_of(column.as_ref()?, *row, keys, zone));
                    Some(Decimal::whole(known.collect::<HashSet<u128>>().len() as i64))
                })
            }
            Asks::Sum(of) => self.over(of, |numbers, known| numbers.push_sum(sum(known))),
            Asks::Average(of) => self.over(of, |numbers, known| match known.len() {
                0 => None,
                count => numbers.push_sum(sum(known))?.ratio(1, count as i128),
            }),
            Asks::Highest(of) => self.over(of, |_, known| known.iter().max().copied()),
            Asks::Lowest(of) => self.over(of, |_, known| known.iter().min().copied()),
        }
    }

    fn leads(&self) -> std::ops::Range<usize> {
        0..self.events.lists.of_lead.len()
    }

    fn selected(&self, lead: usize) -> Vec<usize> {
        self.chooser.selected(lead, self.windows)
    }

    fn column(&self, of: &PropertyKey) -> Option<Column> {
        self.events.lists.rows.column(of, self.events.shape, &self.events.lists.texts)
    }

    fn numbers(&self, number: impl Fn(&mut Numbers, Vec<usize>) -> Option<Decimal>) -> (StateColumn, Vec<usize>) {
        let mut numbers = Numbers::default();
        for lead in self.leads() {
            let number = number(&mut numbers, self.selected(lead));
            numbers.values.push(number);
        }
        let too_large = std::mem::take(&mut numbers.too_large);
        (numbers.finish(), too_large)
    }

    /// A number of the known values of a property.
    fn over(
        &self,
        of: &PropertyKey,
        number: impl Fn(&mut Numbers, &[Decimal]) -> Option<Decimal>,
    ) -> (StateColumn, Vec<usize>) {
        let column = self.column(of);
        self.numbers(|numbers, rows| {
            let known: Vec<Decimal> = match &column {
                Some(Column::Number(values)) => {
                    rows.into_iter().filter(|row| values.known.get(*row)).map(|row| values.values[row]).collect()
                }
                _ => Vec::new(),
            };
            number(numbers, &known)
        })
    }

    fn instants(&self, choose: impl Fn(&[usize]) -> Option<usize>) -> StateColumn {
        let at = &self.events.lists.rows.at;
        let values = self.leads().map(|lead| Some(Moment::Instant(at[choose(&self.selected(lead))?])));
        StateColumn::Value(Column::Date(DateColumn { values: values.collect() }))
    }

    fn values(&self, of: &PropertyKey, choose: impl Fn(&[usize]) -> Option<usize>) -> StateColumn {
        let mut texts = Texts::default();
        let mut builder = ColumnBuilder::new(self.events.shape.type_of(of).unwrap_or(Type::Text));
        let column = self.column(of);
        for lead in self.leads() {
            let row = choose(&self.selected(lead));
            builder.push(column.as_ref().zip(row).and_then(|(column, row)| value(column, row)), &mut texts);
        }
        StateColumn::Value(builder.finish(&texts))
    }

    fn points(&self, of: &PointsOfEach) -> StateColumn {
        let shape = self.events.shape;
        let (rows, texts) = (&self.events.lists.rows, &self.events.lists.texts);
        let occurrences = Occurrences::new(of, shape, rows, texts);
        let (mut points, mut took_part) = (Vec::new(), Vec::new());
        for lead in self.leads() {
            let kept = occurrences.of(of, self.selected(lead));
            let each = kept.iter().enumerate().map(|(nth, row)| {
                let whole = constant_points(&of.points, nth)
                    .or_else(|| evaluate::points(&of.points, self.chooser.values?, *row, nth));
                faded(shape, of, rows.at[*row], whole.unwrap_or_default()).billionths()
            });
            points.push(Decimal::from_billionths(each.fold(0, i128::saturating_add)));
            took_part.push(!kept.is_empty());
        }
        StateColumn::Points { points, took_part: Mask::of(took_part.into_iter()) }
    }
}

fn sum(numbers: &[Decimal]) -> I256 {
    numbers.iter().fold(I256::ZERO, |sum, number| sum + I256::from(number.billionths()))
}

fn value(column: &Column, row: usize) -> Option<Value> {
    match column {
        Column::Number(numbers) => numbers.known.get(row).then(|| Value::Number(numbers.values[row])),
        Column::Text(texts) => text_of(texts, row).cloned().map(Value::Text),
        Column::YesNo(answers) => answers.known.get(row).then(|| Value::YesNo(answers.yes.get(row))),
        Column::Date(dates) => dates.values.get(row).copied().flatten().map(Value::Date),
        Column::List(lists) => Some(Value::List(lists.values.get(row)?.as_ref()?.to_vec())),
    }
}

/// What filters and points over listed events see.
struct ListedInputs<'a> {
    events: &'a ListedEvents<'a>,
    lead: &'a Values<'a>,
}

impl Inputs for ListedInputs<'_> {
    fn rows(&self) -> usize {
        self.events.lists.rows.len()
    }

    fn model(&self) -> &Model {
        self.events.shape.plan.model
    }

    fn as_of(&self) -> Instant {
        self.events.shape.plan.as_of
    }

    fn property(&self, property: &PropertyKey) -> Option<Column> {
        self.events.lists.rows.column(property, self.events.shape, &self.events.lists.texts)
    }

    fn at(&self) -> Option<DateColumn> {
        let values = self.events.lists.rows.at.iter().map(|at| Some(Moment::Instant(*at)));
        Some(DateColumn { values: values.collect() })
    }

    fn of_lead(&self, value: ValueId) -> Option<Column> {
        Some(super::columns::gather(self.lead.column(value)?, &self.events.lists.leads))
    }

    fn mask_of_lead(&self, mask: MaskId) -> Option<Mask> {
        let of_lead = self.lead.mask(mask)?;
        Some(Mask::of(self.events.lists.leads.iter().map(|lead| of_lead.get(*lead as usize))))
    }
}
