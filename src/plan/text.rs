//! Text, date, yes/no and list expressions as nodes.

use super::builder::{Builder, Planned, Scope};
use super::passes::Pass;
use super::reads;
use super::*;
use crate::model::{DateExpr, ListExpr, TextExpr, YesNoExpr};
use crate::value::{Instant, Moment, Text, domain_of};
use std::sync::Arc;

impl Builder<'_> {
    pub fn text(&mut self, expr: &TextExpr) -> TextId {
        if self.scope == Scope::Event && !reads::text(expr) {
            let of_lead = self.within(Scope::Lead, |builder| builder.text(expr));
            return match self.lead.text_node(of_lead).cloned() {
                Some(literal @ TextNode::Literal(_)) => self.event.text(literal),
                _ => self.event.text(TextNode::OfLead(of_lead)),
            };
        }
        let node = match expr {
            TextExpr::Literal(text) => TextNode::Literal(Some(text.clone())),
            TextExpr::Field(field) => TextNode::Field(*field),
            TextExpr::Property(property) => TextNode::Property(Arc::new(property.clone())),
            TextExpr::Define(define) => return self.named_text(|builder| builder.define(*define)),
            TextExpr::Lookup(lookup) => return self.named_text(|builder| builder.lookup(*lookup)),
            TextExpr::Matrix(matrix) => TextNode::Matrix(*matrix),
            TextExpr::DomainOf(text) => {
                let text = self.text(text);
                match self.foldable_text(text) {
                    Some(text) => TextNode::Literal(text.and_then(|text| domain_of(&text.given))),
                    None => TextNode::DomainOf(text),
                }
            }
            TextExpr::WeekdayOf(date) => {
                let date = self.date(date);
                let zone = &self.model.zone;
                match self.foldable_date(date) {
                    Some(date) => TextNode::Literal(date.and_then(|date| Text::new(date.weekday(zone)))),
                    None => TextNode::WeekdayOf(date),
                }
            }
            TextExpr::FirstKnown(texts) => {
                let ids: Vec<TextId> = texts.iter().map(|text| self.text(text)).collect();
                TextNode::FirstKnown(ids)
            }
            TextExpr::Latest(property, selector) => return self.text_of_events(true, property, selector),
            TextExpr::First(property, selector) => return self.text_of_events(false, property, selector),
            TextExpr::ExcludedReason if self.scope == Scope::After => TextNode::ExcludedReason,
            TextExpr::ExcludedReason => TextNode::Literal(None),
        };
        self.arena().text(node)
    }

    fn named_text(&mut self, name: impl FnOnce(&mut Self) -> Option<Planned>) -> TextId {
        match name(self) {
            Some(Planned::Value(ValueId::Text(id))) => id,
            _ => self.arena().text(TextNode::Literal(None)),
        }
    }

    /// The text that a node always is.
    pub fn literal_text(&mut self, id: TextId) -> Option<Option<Text>> {
        match self.arena().text_node(id)? {
            TextNode::Literal(text) => Some(text.clone()),
            _ => None,
        }
    }

    pub fn foldable_text(&mut self, id: TextId) -> Option<Option<Text>> {
        if self.has(Pass::Fold) { self.literal_text(id) } else { None }
    }

    pub fn date(&mut self, expr: &DateExpr) -> DateId {
        if self.scope == Scope::Event && !reads::date(expr) {
            let of_lead = self.within(Scope::Lead, |builder| builder.date(expr));
            return match self.lead.date_node(of_lead).cloned() {
                Some(literal @ DateNode::Literal(_)) => self.event.date(literal),
                _ => self.event.date(DateNode::OfLead(of_lead)),
            };
        }
        let each = |builder: &mut Self, dates: &[DateExpr]| dates.iter().map(|date| builder.date(date)).collect();
        let node = match expr {
            DateExpr::Literal(date) => DateNode::Literal(Some(*date)),
            DateExpr::Field(field) => DateNode::Field(*field),
            DateExpr::Property(property) => DateNode::Property(Arc::new(property.clone())),
            DateExpr::At => DateNode::At,
            DateExpr::Define(define) => match self.define(*define) {
                Some(Planned::Value(ValueId::Date(id))) => return id,
                _ => DateNode::Literal(None),
            },
            DateExpr::FirstKnown(dates) => DateNode::FirstKnown(each(self, dates)),
            DateExpr::Highest(dates) => DateNode::Highest(each(self, dates)),
            DateExpr::Lowest(dates) => DateNode::Lowest(each(self, dates)),
            DateExpr::Latest(property, selector) => return self.date_of_events(true, property, selector),
            DateExpr::First(property, selector) => return self.date_of_events(false, property, selector),
            DateExpr::LatestAt(selector) => return self.instant_of_events(true, selector),
            DateExpr::FirstAt(selector) => return self.instant_of_events(false, selector),
        };
        self.arena().date(node)
    }

    /// The date that a node always is.
    pub fn literal_date(&mut self, id: DateId) -> Option<Option<Moment>> {
        match self.arena().date_node(id)? {
            DateNode::Literal(date) => Some(*date),
            _ => None,
        }
    }

    /// Its first instant, where constants are folded.
    pub fn foldable_date(&mut self, id: DateId) -> Option<Option<Instant>> {
        let zone = &self.model.zone;
        if self.has(Pass::Fold) { self.literal_date(id).map(|date| date.map(|date| date.first(zone))) } else { None }
    }

    pub fn yes_no(&mut self, expr: &YesNoExpr) -> YesNoId {
        if self.scope == Scope::Event && !reads::yes_no(expr) {
            let of_lead = self.within(Scope::Lead, |builder| builder.yes_no(expr));
            return match self.lead.yes_no_node(of_lead).cloned() {
                Some(literal @ YesNoNode::Literal(_)) => self.event.yes_no(literal),
                _ => self.event.yes_no(YesNoNode::OfLead(of_lead)),
            };
        }
        let node = match expr {
            YesNoExpr::Field(field) => YesNoNode::Field(*field),
            YesNoExpr::Property(property) => YesNoNode::Property(Arc::new(property.clone())),
            YesNoExpr::Define(define) => match self.define(*define) {
                Some(Planned::Value(ValueId::YesNo(id))) => return id,
                _ => YesNoNode::Literal(None),
            },
            YesNoExpr::FirstKnown(answers) => {
                YesNoNode::FirstKnown(answers.iter().map(|answer| self.yes_no(answer)).collect())
            }
            YesNoExpr::Latest(property, selector) => return self.yes_no_of_events(true, property, selector),
            YesNoExpr::First(property, selector) => return self.yes_no_of_events(false, property, selector),
        };
        self.arena().yes_no(node)
    }

    /// A list has no literals, so a define that is none (which the checker does not let through) reads no field.
    pub fn list(&mut self, expr: &ListExpr) -> ListId {
        if self.scope == Scope::Event && !reads::list(expr) {
            let of_lead = self.within(Scope::Lead, |builder| builder.list(expr));
            return self.event.list(ListNode::OfLead(of_lead));
        }
        match expr {
            ListExpr::Field(field) => self.arena().list(ListNode::Field(*field)),
            ListExpr::Property(property) => self.arena().list(ListNode::Property(Arc::new(property.clone()))),
            ListExpr::Define(define) => match self.define(*define) {
                Some(Planned::Value(ValueId::List(id))) => id,
                _ => {
                    let nowhere = crate::model::Property { name: String::new(), places: Default::default() };
                    self.arena().list(ListNode::Property(Arc::new(nowhere)))
                }
            },
        }
    }
}
