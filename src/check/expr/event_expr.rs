//! Conditions and values over events: `any demo_request`, `count of page_view`, `latest plan in signup`.

use super::property::{PropertyRef, type_words};
use super::{Expressions, condition};
use crate::check::constants::{bare, is_number_literal, literal};
use crate::diagnostics::code::check as code;
use crate::model::{
    AnyExpr, Compare, ConditionKind, DateExpr, NumberExpr, Property, Selector, TextExpr, Type, YesNoExpr,
};
use crate::source::Span;
use crate::syntax::tree::{CountTest, EventAsk, EventExpr, Expr, Name};
use crate::value::Decimal;

/// `sum of P in S` and its like: the number of a property and a selector.
type OfProperty = fn(Property, Box<Selector>) -> NumberExpr;

impl Expressions<'_> {
    pub(super) fn event_expr(&mut self, events: &EventExpr, span: Span) -> Option<AnyExpr> {
        if !self.may_use_events(span) {
            return None;
        }
        match &events.ask {
            EventAsk::Any => self.how_many(events, span, Compare::GreaterOrEqual, Some(one())),
            EventAsk::No => self.how_many(events, span, Compare::Equal, Some(NumberExpr::Literal(Decimal::ZERO))),
            EventAsk::Count(test, number) => {
                let number = self.count(number);
                let compare = match test {
                    CountTest::AtLeast => Compare::GreaterOrEqual,
                    CountTest::MoreThan => Compare::Greater,
                    CountTest::FewerThan => Compare::Less,
                    CountTest::Exactly => Compare::Equal,
                };
                self.how_many(events, span, compare, number)
            }
            EventAsk::CountOf => self.of_events(events, NumberExpr::CountOf),
            EventAsk::DaysSinceLast => self.of_events(events, NumberExpr::DaysSinceLast),
            EventAsk::DaysSinceFirst => self.of_events(events, NumberExpr::DaysSinceFirst),
            EventAsk::CountOfDistinct(name) => self.count_of_distinct(name, events),
            EventAsk::SumOf(name) => self.number_of(name, events, "sum of", NumberExpr::SumOf),
            EventAsk::AverageOf(name) => self.number_of(name, events, "average of", NumberExpr::AverageOf),
            EventAsk::HighestOf(name) => self.number_of(name, events, "highest of", NumberExpr::HighestOf),
            EventAsk::LowestOf(name) => self.number_of(name, events, "lowest of", NumberExpr::LowestOf),
            EventAsk::Latest(name) => self.one_of_property(name, events, true),
            EventAsk::First(name) => self.one_of_property(name, events, false),
        }
    }

    fn how_many(
        &mut self,
        events: &EventExpr,
        span: Span,
        compare: Compare,
        number: Option<NumberExpr>,
    ) -> Option<AnyExpr> {
        let selector = Box::new(self.selector(&events.selector)?);
        condition(ConditionKind::Events { selector, compare, number: number? }, span)
    }

    /// How many: a whole number where it is written out.
    fn count(&mut self, number: &Expr) -> Option<NumberExpr> {
        let inner = bare(number);
        if is_number_literal(inner) && literal(inner).is_some() {
            let whole = self.findings.whole_number(inner, 0, i64::MAX, "a number of events")?;
            return Some(NumberExpr::Literal(Decimal::whole(whole)));
        }
        self.number(number)
    }

    fn of_events(&mut self, events: &EventExpr, make: fn(Box<Selector>) -> NumberExpr) -> Option<AnyExpr> {
        let selector = self.selector(&events.selector)?;
        Some(AnyExpr::Number(make(Box::new(selector))))
    }

    /// The property and the selector of `sum of P in S`.
    fn property_in(&mut self, name: &Name, events: &EventExpr) -> Option<(PropertyRef, Box<Selector>)> {
        let scope = self.scope_of(&events.selector.events);
        let property = self.demand_property(name, &scope);
        let selector = self.selector(&events.selector)?;
        Some((property?, Box::new(selector)))
    }

    fn count_of_distinct(&mut self, name: &Name, events: &EventExpr) -> Option<AnyExpr> {
        match self.property_in(name, events)? {
            (PropertyRef::Own(property, _), selector) => {
                Some(AnyExpr::Number(NumberExpr::CountOfDistinct(property, selector)))
            }
            (PropertyRef::At, _) => {
                let selector = self.findings.text(events.selector.span);
                self.findings.error(
                    code::WRONG_PROPERTY,
                    name.span,
                    "`count of distinct` counts values of a property, and `at` is the instant of the event",
                    format!("count the events, `count of {selector}`, or give points once a day: `for each {selector} once per day`"),
                );
                None
            }
        }
    }

    fn number_of(&mut self, name: &Name, events: &EventExpr, word: &str, make: OfProperty) -> Option<AnyExpr> {
        let (property, selector) = self.property_in(name, events)?;
        let kind = match property {
            PropertyRef::Own(property, Type::Number) => return Some(AnyExpr::Number(make(property, selector))),
            PropertyRef::Own(_, kind) => kind,
            PropertyRef::At => Type::Date,
        };
        let selector = self.findings.text(events.selector.span);
        let help = match kind {
            Type::Date => format!("ask for the latest or the first: `latest {} in {selector}`", name.text),
            _ => format!("if the data holds a number there, declare it so: `{} number`", name.text),
        };
        let message = format!("`{word}` takes numbers, and `{}` is {}", name.text, type_words(kind));
        self.findings.error(code::WRONG_PROPERTY, name.span, message, help);
        None
    }

    /// `latest P in S`, `first P in S`: of the type of the property.
    fn one_of_property(&mut self, name: &Name, events: &EventExpr, latest: bool) -> Option<AnyExpr> {
        let (property, selector) = self.property_in(name, events)?;
        let (property, kind) = match property {
            PropertyRef::At if latest => return Some(AnyExpr::Date(DateExpr::LatestAt(selector))),
            PropertyRef::At => return Some(AnyExpr::Date(DateExpr::FirstAt(selector))),
            PropertyRef::Own(property, kind) => (property, kind),
        };
        Some(match (kind, latest) {
            (Type::Number, true) => AnyExpr::Number(NumberExpr::Latest(property, selector)),
            (Type::Number, false) => AnyExpr::Number(NumberExpr::First(property, selector)),
            (Type::Text, true) => AnyExpr::Text(TextExpr::Latest(property, selector)),
            (Type::Text, false) => AnyExpr::Text(TextExpr::First(property, selector)),
            (Type::Date, true) => AnyExpr::Date(DateExpr::Latest(property, selector)),
            (Type::Date, false) => AnyExpr::Date(DateExpr::First(property, selector)),
            (Type::YesNo | Type::Condition, true) => AnyExpr::YesNo(YesNoExpr::Latest(property, selector)),
            (Type::YesNo | Type::Condition, false) => AnyExpr::YesNo(YesNoExpr::First(property, selector)),
            (Type::List, _) => {
                let selector = self.findings.text(events.selector.span);
                self.findings.error(
                    code::WRONG_PROPERTY,
                    name.span,
                    format!("`{}` is a list of texts, which is only asked about in a filter", name.text),
                    format!("write `any {selector} where {} includes \"…\"`", name.text),
                );
                return None;
            }
        })
    }
}

fn one() -> NumberExpr {
    NumberExpr::Literal(Decimal::ONE)
}
