//! The reference evaluator asked about one value at a time.
//!
//! So that no meaning of the language is written twice: what a text, a date or an answer is to a condition over it alone,
//! the reference says.

use super::estimate::Truth;
use super::graph::Variable;
use crate::model::{
    AnyExpr, Condition, ConditionKind, DateExpr, Event, EventId, Lead, Model, NumberExpr, Previous, Property,
    PropertyId, Symbol, TextExpr, YesNoExpr,
};
use crate::reference::{Evaluation, evaluate};
use crate::value::{Decimal, Instant, Value};
use std::collections::BTreeMap;
use std::rc::Rc;

/// The model without what gives points.
pub(super) struct Probe {
    model: Model,
    as_of: Instant,
}

impl Probe {
    pub fn new(model: &Model, as_of: Instant) -> Probe {
        // Conditions and numbers are nodes of the graph: no question asks for one by its name.
        let names = |symbol: &&Symbol| match symbol {
            Symbol::Define(define) => {
                let value = model.defines.get(define.index()).map(|define| &define.value);
                !matches!(value, None | Some(AnyExpr::Condition(_) | AnyExpr::Number(_)))
            }
            Symbol::Lookup(_) => true,
            _ => false,
        };
        let model = Model {
            zone: model.zone.clone(),
            lead: model.lead.clone(),
            events: model.events.clone(),
            lists: model.lists.clone(),
            defines: model.defines.clone(),
            lookups: model.lookups.clone(),
            order: model.order.iter().filter(names).copied().collect(),
            ..Model::default()
        };
        Probe { model, as_of }
    }

    pub fn zone(&self) -> &crate::value::Zone {
        &self.model.zone
    }

    /// A condition that reads nothing.
    pub fn constant(&self, condition: &Condition) -> bool {
        self.of_lead(None, |evaluation| evaluation.holds(condition))
    }

    /// A number that reads nothing.
    pub fn constant_number(&self, number: &NumberExpr) -> Option<Decimal> {
        match self.of_lead(None, |evaluation| evaluation.value(&AnyExpr::Number(number.clone()))) {
            Some(Value::Number(number)) => Some(number),
            _ => None,
        }
    }

    /// A date that reads nothing.
    pub fn constant_date(&self, date: &DateExpr) -> Option<crate::value::Moment> {
        match self.of_lead(None, |evaluation| evaluation.value(&AnyExpr::Date(date.clone()))) {
            Some(Value::Date(date)) => Some(date),
            _ => None,
        }
    }

    /// Whether each condition over one variable holds where it has this value; open where none can be put.
    pub fn answers(
        &self,
        variable: Variable,
        value: Option<&Value>,
        questions: &[Option<Rc<Condition>>],
    ) -> Vec<Truth> {
        let all = |holds: &dyn Fn(&Condition) -> bool| -> Vec<Truth> {
            let answer = |question: &Condition| Truth::of(holds(question));
            questions.iter().map(|question| question.as_deref().map_or(Truth::Maybe, answer)).collect()
        };
        let (event, property) = match variable {
            Variable::Field(field) => {
                let value = value.map(|value| (field.index(), value));
                return self.of_lead(value, |evaluation| all(&|question| evaluation.holds(question)));
            }
            Variable::Property(event, property) => (event, Some(property)),
            Variable::At(event) => (event, None),
            Variable::Before(_) | Variable::Count(_) | Variable::Aggregate(_) | Variable::Silence(_) => {
                return all(&|_| false);
            }
        };
        self.of_event(event, property, value, |evaluation| all(&|question| evaluation.has_event(question)))
    }

    /// The number made of one field that has this value.
    pub fn measure(&self, variable: Variable, value: &Value, number: &NumberExpr) -> Option<Decimal> {
        let Variable::Field(field) = variable else { return None };
        let number = AnyExpr::Number(number.clone());
        match self.of_lead(Some((field.index(), value)), |evaluation| evaluation.value(&number)) {
            Some(Value::Number(number)) => Some(number),
            _ => None,
        }
    }

    fn of_lead<T>(&self, value: Option<(usize, &Value)>, look: impl FnOnce(&Evaluation<'_>) -> T) -> T {
        let mut values = vec![None; self.model.lead.fields.len()];
        if let Some((place, value)) = value
            && let Some(place) = values.get_mut(place)
        {
            *place = Some(value.clone());
        }
        let lead = Lead { key: String::new(), values };
        look(&evaluate(&self.model, &lead, &[], &Previous::default(), self.as_of, None))
    }

    /// Questions are the filters of selectors that look at the one event.
    fn of_event<T>(
        &self,
        event: EventId,
        property: Option<PropertyId>,
        value: Option<&Value>,
        look: impl FnOnce(&Evaluation<'_>) -> T,
    ) -> T {
        let properties = self.model.events.get(event.index()).map_or(0, |kind| kind.properties.len());
        let mut values = vec![None; properties];
        if let Some(place) = property.and_then(|property| values.get_mut(property.index())) {
            *place = value.cloned();
        }
        let at = match (property, value) {
            (None, Some(Value::Date(date))) => date.first(&self.model.zone),
            _ => self.as_of,
        };
        let events = [Event { kind: event, at, values }];
        let lead = Lead { key: String::new(), values: vec![None; self.model.lead.fields.len()] };
        look(&evaluate(&self.model, &lead, &events, &Previous::default(), self.as_of, None))
    }
}

/// A condition over the latest or first `property` of some events as one over the property of a single event.
pub(super) fn about_one_event(condition: &Condition, property: &Property) -> Option<Condition> {
    let kind = match &condition.kind {
        ConditionKind::Known(expr) => ConditionKind::Known(Box::new(any_of_one_event(expr, property)?)),
        ConditionKind::YesNo { value, is } => {
            ConditionKind::YesNo { value: answer_of_one_event(value, property)?, is: *is }
        }
        ConditionKind::Text { value, test } => {
            ConditionKind::Text { value: text_of_one_event(value, property)?, test: test.clone() }
        }
        ConditionKind::Date { value, test } => {
            ConditionKind::Date { value: date_of_one_event(value, property)?, test: test.clone() }
        }
        _ => return None,
    };
    Some(Condition { kind, span: condition.span })
}

fn any_of_one_event(expr: &AnyExpr, property: &Property) -> Option<AnyExpr> {
    match expr {
        AnyExpr::Text(text) => text_of_one_event(text, property).map(AnyExpr::Text),
        AnyExpr::Date(date) => date_of_one_event(date, property).map(AnyExpr::Date),
        AnyExpr::YesNo(answer) => answer_of_one_event(answer, property).map(AnyExpr::YesNo),
        AnyExpr::Condition(_) | AnyExpr::Number(_) | AnyExpr::List(_) => None,
    }
}

fn text_of_one_event(text: &TextExpr, property: &Property) -> Option<TextExpr> {
    match text {
        TextExpr::Latest(..) | TextExpr::First(..) => Some(TextExpr::Property(property.clone())),
        TextExpr::DomainOf(text) => Some(TextExpr::DomainOf(Box::new(text_of_one_event(text, property)?))),
        _ => None,
    }
}

fn date_of_one_event(date: &DateExpr, property: &Property) -> Option<DateExpr> {
    match date {
        DateExpr::Latest(..) | DateExpr::First(..) => Some(DateExpr::Property(property.clone())),
        _ => None,
    }
}

fn answer_of_one_event(answer: &YesNoExpr, property: &Property) -> Option<YesNoExpr> {
    match answer {
        YesNoExpr::Latest(..) | YesNoExpr::First(..) => Some(YesNoExpr::Property(property.clone())),
        _ => None,
    }
}

/// The first type that has a property, and its place there.
pub(super) fn place_of(property: &Property) -> Option<(EventId, PropertyId)> {
    let places: BTreeMap<_, _> = property.places.iter().collect();
    places.into_iter().next().map(|(event, place)| (*event, *place))
}
