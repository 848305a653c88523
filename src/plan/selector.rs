//! What is asked of events, as states: equal questions over equal selections are one.

use super::ask::Cond;
use super::builder::{Builder, Scope};
use super::passes::Pass;
use super::*;
use crate::model::{Condition, NumberExpr, Property, Selector, Which};
use crate::value::Decimal;
use std::sync::Arc;

impl Builder<'_> {
    /// A selection; `None` where it can never hold an event.
    pub fn selection(&mut self, selector: &Selector) -> Option<Selection> {
        self.within(Scope::Lead, |builder| builder.selection_of_lead(selector))
    }

    fn selection_of_lead(&mut self, selector: &Selector) -> Option<Selection> {
        let zone = &self.model.zone;
        let mut selection = Selection {
            types: selector.types.clone(),
            filter: self.filter(selector.filter.as_ref()),
            // Further back than the calendar reaches is no bound.
            not_before: selector.in_last.and_then(|length| self.as_of.minus(length, zone)),
            before: None,
            since: None,
            before_date: None,
            since_last: Vec::new(),
            within_after: None,
            sees_ignored: self.sees_ignored,
        };
        let mut closed = false;
        if let Some(since) = &selector.since {
            let since = self.date(since);
            match self.literal_date(since) {
                Some(Some(date)) => selection.not_before = selection.not_before.max(Some(date.first(zone))),
                Some(None) => closed = true,
                None => selection.since = Some(since),
            }
        }
        if let Some(before) = &selector.before {
            let before = self.date(before);
            match self.literal_date(before) {
                Some(Some(date)) => selection.before = Some(date.first(zone)),
                Some(None) => closed = true,
                None => selection.before_date = Some(before),
            }
        }
        for which in &selector.since_last {
            let which = self.which(which);
            if !selection.since_last.contains(&which) {
                selection.since_last.push(which);
            }
        }
        selection.within_after = selector.within_after.as_ref().map(|(length, which)| (*length, self.which(which)));
        self.closed(&mut selection, closed)
    }

    /// A selection that no event is in; without folding, its filter says so.
    fn closed(&mut self, selection: &mut Selection, closed: bool) -> Option<Selection> {
        let ends_before = selection.not_before.zip(selection.before).is_some_and(|(start, end)| end <= start);
        let never = |builder: &Builder<'_>, mask| builder.event.mask_node(mask) == Some(&MaskNode::Constant(false));
        let closed = closed || ends_before || selection.filter.is_some_and(|filter| never(self, filter));
        if closed && self.has(Pass::Fold) {
            self.notes.count("folded: selection");
            return None;
        }
        if closed {
            selection.filter = Some(self.event.mask(MaskNode::Constant(false)));
        }
        Some(selection.clone())
    }

    fn which(&mut self, which: &Which) -> WhichPlan {
        WhichPlan { types: which.types.clone(), filter: self.filter(which.filter.as_ref()) }
    }

    /// A filter; `None` where every event passes.
    fn filter(&mut self, filter: Option<&Condition>) -> Option<MaskId> {
        let filter = filter?;
        self.within(Scope::Event, |builder| match builder.condition(filter) {
            Cond::Constant(true) => None,
            cond => Some(builder.mask(cond)),
        })
    }

    /// A question about events, once.
    pub fn state(&mut self, asks: Asks, of: Selection) -> StateId {
        let key = (std::mem::discriminant(&asks), of.types.clone(), of.filter);
        let share = self.has(Pass::Share);
        let alike = self.alike.entry(key).or_default();
        let same = |id: &&StateId| {
            self.states.get(id.index()).is_some_and(|state| share && state.asks == asks && state.of == of)
        };
        if let Some(id) = alike.iter().find(same) {
            self.notes.count("shared state");
            return *id;
        }
        let id = StateId(self.states.len() as u32);
        alike.push(id);
        self.states.push(State { asks, of, kind: StateKind::List, why: String::new() });
        self.state_places.push(self.lead.nodes.order.len());
        id
    }

    pub fn count_of(&mut self, selector: &Selector) -> NumberId {
        self.number_state(Asks::Count, selector)
    }

    fn number_state(&mut self, asks: Asks, selector: &Selector) -> NumberId {
        let empty = match asks {
            Asks::Count | Asks::CountOfDistinct(_) | Asks::Sum(_) => Some(Decimal::ZERO),
            _ => None,
        };
        match self.selection(selector) {
            None => self.literal(empty),
            Some(of) => {
                let state = self.state(asks, of);
                self.arena().number(NumberNode::State(state))
            }
        }
    }

    /// The number expressions over events.
    pub fn number_of_events(&mut self, expr: &NumberExpr) -> NumberId {
        let (asks, selector) = match expr {
            NumberExpr::CountOf(selector) => (Asks::Count, selector),
            NumberExpr::CountOfDistinct(property, selector) => (Asks::CountOfDistinct(key(property)), selector),
            NumberExpr::SumOf(property, selector) => (Asks::Sum(key(property)), selector),
            NumberExpr::AverageOf(property, selector) => (Asks::Average(key(property)), selector),
            NumberExpr::HighestOf(property, selector) => (Asks::Highest(key(property)), selector),
            NumberExpr::LowestOf(property, selector) => (Asks::Lowest(key(property)), selector),
            NumberExpr::Latest(property, selector) => (Asks::Latest(key(property)), selector),
            NumberExpr::First(property, selector) => (Asks::First(key(property)), selector),
            NumberExpr::DaysSinceLast(selector) => {
                let at = self.instant_of_events(true, selector);
                return self.arena().number(NumberNode::DaysSince(at));
            }
            NumberExpr::DaysSinceFirst(selector) => {
                let at = self.instant_of_events(false, selector);
                return self.arena().number(NumberNode::DaysSince(at));
            }
            _ => return self.literal(None),
        };
        self.number_state(asks, selector)
    }

    pub fn text_of_events(&mut self, latest: bool, property: &Property, selector: &Selector) -> TextId {
        let node = match self.property_state(latest, property, selector) {
            Some(state) => TextNode::State(state),
            None => TextNode::Literal(None),
        };
        self.arena().text(node)
    }

    pub fn date_of_events(&mut self, latest: bool, property: &Property, selector: &Selector) -> DateId {
        let node = match self.property_state(latest, property, selector) {
            Some(state) => DateNode::State(state),
            None => DateNode::Literal(None),
        };
        self.arena().date(node)
    }

    pub fn yes_no_of_events(&mut self, latest: bool, property: &Property, selector: &Selector) -> YesNoId {
        let node = match self.property_state(latest, property, selector) {
            Some(state) => YesNoNode::State(state),
            None => YesNoNode::Literal(None),
        };
        self.arena().yes_no(node)
    }

    pub fn instant_of_events(&mut self, latest: bool, selector: &Selector) -> DateId {
        let of = self.selection(selector);
        self.instant_of(latest, of)
    }

    fn instant_of(&mut self, latest: bool, of: Option<Selection>) -> DateId {
        let asks = if latest { Asks::LatestAt } else { Asks::FirstAt };
        let node = match of {
            Some(of) => DateNode::State(self.state(asks, of)),
            None => DateNode::Literal(None),
        };
        self.arena().date(node)
    }

    fn property_state(&mut self, latest: bool, property: &Property, selector: &Selector) -> Option<StateId> {
        let of = self.selection(selector)?;
        let asks = if latest { Asks::Latest(key(property)) } else { Asks::First(key(property)) };
        Some(self.state(asks, of))
    }

    /// From which instants a `for every` counts: the latest selected event, and the latest of each `since last`.
    ///
    /// The selection itself need not look back: what it would keep too lies before the event of some `since last`, in
    /// the one order and so by its instant, and that event's instant is among these.
    pub fn starts_of_every(&mut self, selector: &Selector) -> Vec<DateId> {
        let mut starts = Vec::new();
        for which in &selector.since_last {
            let WhichPlan { types, filter } = self.within(Scope::Lead, |builder| builder.which(which));
            let of = Selection {
                types,
                filter,
                not_before: None,
                before: None,
                since: None,
                before_date: None,
                since_last: Vec::new(),
                within_after: None,
                sees_ignored: self.sees_ignored,
            };
            starts.push(self.instant_of(true, Some(of)));
        }
        let of = self.selection(selector).map(|of| Selection { since_last: Vec::new(), ..of });
        starts.insert(0, self.instant_of(true, of));
        starts
    }
}

fn key(property: &Property) -> PropertyKey {
    Arc::new(property.clone())
}
