//! Which variables texts, dates, answers and lists are made of.
//!
//! What is made of one variable alone can be asked of that variable; what is made of several stays open.

use super::{Graph, Scope, Variable};
use crate::model::{
    AnyExpr, ConditionKind, DateExpr, ListExpr, NumberExpr, Property, Selector, Symbol, TableKey, TextExpr,
    TextOperand, YesNoExpr,
};
use std::collections::BTreeSet;

/// What an expression reads.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Reads {
    pub variables: BTreeSet<Variable>,
    /// It also reads what is no variable: results, several events.
    pub more: bool,
}

impl Reads {
    fn of(variable: Variable) -> Reads {
        Reads { variables: BTreeSet::from([variable]), more: false }
    }

    pub fn more() -> Reads {
        Reads { variables: BTreeSet::new(), more: true }
    }

    pub fn and(mut self, other: Reads) -> Reads {
        self.variables.extend(other.variables);
        self.more |= other.more;
        self
    }

    /// The one variable that it is made of.
    pub fn single(&self) -> Option<Variable> {
        if self.more || self.variables.len() != 1 { None } else { self.variables.first().copied() }
    }

    pub fn is_constant(&self) -> bool {
        !self.more && self.variables.is_empty()
    }
}

impl Graph<'_> {
    pub(super) fn reads_of(&mut self, expr: &AnyExpr, scope: Scope) -> Reads {
        match expr {
            AnyExpr::Text(text) => self.text_reads(text, scope),
            AnyExpr::Date(date) => self.date_reads(date, scope),
            AnyExpr::YesNo(answer) => self.yes_no_reads(answer, scope),
            AnyExpr::List(list) => self.list_reads(list, scope),
            AnyExpr::Number(number) => self.number_reads(number, scope),
            AnyExpr::Condition(_) => Reads::more(),
        }
    }

    /// Of numbers that are no more than a name or a literal.
    fn number_reads(&mut self, number: &NumberExpr, scope: Scope) -> Reads {
        match number {
            NumberExpr::Literal(_) => Reads::default(),
            NumberExpr::Field(field) => Reads::of(Variable::Field(*field)),
            NumberExpr::Property(property) => self.property_reads(property, scope),
            _ => Reads::more(),
        }
    }

    pub(super) fn text_reads(&mut self, text: &TextExpr, scope: Scope) -> Reads {
        match text {
            TextExpr::Literal(_) => Reads::default(),
            TextExpr::Field(field) => Reads::of(Variable::Field(*field)),
            TextExpr::Property(property) => self.property_reads(property, scope),
            TextExpr::Define(define) => self.name_reads(Symbol::Define(*define)),
            TextExpr::Lookup(lookup) => self.name_reads(Symbol::Lookup(*lookup)),
            TextExpr::DomainOf(text) => self.text_reads(text, scope),
            TextExpr::WeekdayOf(date) => self.date_reads(date, scope),
            TextExpr::FirstKnown(texts) => {
                texts.iter().fold(Reads::default(), |reads, text| reads.and(self.text_reads(text, scope)))
            }
            TextExpr::Latest(property, selector) => self.event_reads(property, selector, false),
            TextExpr::First(property, selector) => self.event_reads(property, selector, true),
            TextExpr::Matrix(_) | TextExpr::ExcludedReason => Reads::more(),
        }
    }

    pub(super) fn date_reads(&mut self, date: &DateExpr, scope: Scope) -> Reads {
        match date {
            DateExpr::Literal(_) => Reads::default(),
            DateExpr::Field(field) => Reads::of(Variable::Field(*field)),
            DateExpr::Property(property) => self.property_reads(property, scope),
            DateExpr::At => match scope {
                Scope::Event(event) => Reads::of(Variable::At(event)),
                Scope::Lead => Reads::more(),
            },
            DateExpr::Define(define) => self.name_reads(Symbol::Define(*define)),
            DateExpr::FirstKnown(dates) | DateExpr::Highest(dates) | DateExpr::Lowest(dates) => {
                dates.iter().fold(Reads::default(), |reads, date| reads.and(self.date_reads(date, scope)))
            }
            DateExpr::Latest(property, selector) => self.event_reads(property, selector, false),
            DateExpr::First(property, selector) => self.event_reads(property, selector, true),
            DateExpr::LatestAt(_) | DateExpr::FirstAt(_) => Reads::more(),
        }
    }

    pub(super) fn yes_no_reads(&mut self, answer: &YesNoExpr, scope: Scope) -> Reads {
        match answer {
            YesNoExpr::Field(field) => Reads::of(Variable::Field(*field)),
            YesNoExpr::Property(property) => self.property_reads(property, scope),
            YesNoExpr::Define(define) => self.name_reads(Symbol::Define(*define)),
            YesNoExpr::FirstKnown(answers) => {
                answers.iter().fold(Reads::default(), |reads, answer| reads.and(self.yes_no_reads(answer, scope)))
            }
            YesNoExpr::Latest(property, selector) => self.event_reads(property, selector, false),
            YesNoExpr::First(property, selector) => self.event_reads(property, selector, true),
        }
    }

    pub(super) fn list_reads(&mut self, list: &ListExpr, scope: Scope) -> Reads {
        match list {
            ListExpr::Field(field) => Reads::of(Variable::Field(*field)),
            ListExpr::Property(property) => self.property_reads(property, scope),
            ListExpr::Define(define) => self.name_reads(Symbol::Define(*define)),
        }
    }

    pub(super) fn operand_reads(&mut self, operands: &[TextOperand], scope: Scope) -> Reads {
        operands.iter().fold(Reads::default(), |reads, operand| match operand {
            TextOperand::Literal(_) | TextOperand::List(_) => reads,
            TextOperand::Expr(text) => reads.and(self.text_reads(text, scope)),
        })
    }

    pub(super) fn key_reads(&mut self, key: &TableKey, scope: Scope) -> Reads {
        match key {
            TableKey::Number(number) => self.number_reads(number, scope),
            TableKey::Text(text) => self.text_reads(text, scope),
        }
    }

    fn name_reads(&mut self, symbol: Symbol) -> Reads {
        self.reads.get(&symbol).cloned().unwrap_or_else(Reads::more)
    }

    /// A type without the property has it missing.
    fn property_reads(&mut self, property: &Property, scope: Scope) -> Reads {
        match scope {
            Scope::Event(event) => match property.places.get(&event) {
                Some(place) => Reads::of(Variable::Property(event, *place)),
                None => Reads::default(),
            },
            Scope::Lead => Reads::more(),
        }
    }

    /// The property of the latest or first event is a variable of its own.
    fn event_reads(&mut self, property: &Property, selector: &Selector, first: bool) -> Reads {
        let kind = if first { super::AggregateKind::First } else { super::AggregateKind::Latest };
        Reads::of(self.aggregate(kind, Some(property), selector))
    }

    /// The one variable that a condition is about, if it asks nothing else. Only of conditions that compare texts, dates,
    /// answers and lists; numbers are compared as nodes.
    pub(super) fn condition_reads(&mut self, kind: &ConditionKind, scope: Scope) -> Reads {
        match kind {
            ConditionKind::Known(expr) => self.reads_of(expr, scope),
            ConditionKind::YesNo { value, .. } => self.yes_no_reads(value, scope),
            ConditionKind::Text { value, test } => {
                let reads = self.text_reads(value, scope);
                match test {
                    crate::model::TextTest::Is(operands) | crate::model::TextTest::Part { operands, .. } => {
                        reads.and(self.operand_reads(operands, scope))
                    }
                    crate::model::TextTest::Matches(_) | crate::model::TextTest::LooksRandom => reads,
                }
            }
            ConditionKind::Includes { list, operands, .. } => {
                self.list_reads(list, scope).and(self.operand_reads(operands, scope))
            }
            ConditionKind::Date { value, test } => {
                let reads = self.date_reads(value, scope);
                match test {
                    crate::model::DateTest::Before(date)
                    | crate::model::DateTest::After(date)
                    | crate::model::DateTest::On(date) => reads.and(self.date_reads(date, scope)),
                    crate::model::DateTest::Between(from, to) => {
                        let from = self.date_reads(from, scope);
                        reads.and(from).and(self.date_reads(to, scope))
                    }
                    crate::model::DateTest::InLast(_) | crate::model::DateTest::InNext(_) => reads,
                }
            }
            _ => Reads::more(),
        }
    }
}
