//! Expressions over events and their selectors.

use super::{Node, Reader};
use crate::source::Spanned;
use crate::syntax::grammar::Rule;
use crate::syntax::tree::{CountTest, EventAsk, EventExpr, EventNames, Selector, SelectorClause, Which};

impl<'a> Reader<'a> {
    pub(super) fn event_expr(&mut self, node: Node<'a>) -> Option<EventExpr> {
        let rule = node.as_rule();
        let mut parts = self.parts(node);
        let ask = match rule {
            Rule::any_events => EventAsk::Any,
            Rule::no_events => EventAsk::No,
            Rule::count_test => {
                let test = match parts.next()?.as_rule() {
                    Rule::count_at_least => CountTest::AtLeast,
                    Rule::count_more_than => CountTest::MoreThan,
                    Rule::count_fewer_than => CountTest::FewerThan,
                    _ => CountTest::Exactly,
                };
                EventAsk::Count(test, self.literal(parts.next()?)?)
            }
            Rule::count_of => EventAsk::CountOf,
            Rule::days_since_last => EventAsk::DaysSinceLast,
            Rule::days_since_first => EventAsk::DaysSinceFirst,
            Rule::count_distinct => EventAsk::CountOfDistinct(self.name(&parts.next()?)),
            Rule::sum_of => EventAsk::SumOf(self.name(&parts.next()?)),
            Rule::average_of => EventAsk::AverageOf(self.name(&parts.next()?)),
            Rule::highest_in => EventAsk::HighestOf(self.name(&parts.next()?)),
            Rule::lowest_in => EventAsk::LowestOf(self.name(&parts.next()?)),
            Rule::latest_in => EventAsk::Latest(self.name(&parts.next()?)),
            Rule::first_in => EventAsk::First(self.name(&parts.next()?)),
            _ => return None,
        };
        let selector = self.selector(parts.next()?)?;
        Some(EventExpr { ask, selector })
    }

    /// The selector directly inside a node.
    pub(super) fn selector_in(&mut self, node: Node<'a>) -> Option<Selector> {
        let selector = self.parts(node).find(|part| part.as_rule() == Rule::selector)?;
        self.selector(selector)
    }

    pub(super) fn selector(&mut self, node: Node<'a>) -> Option<Selector> {
        let span = self.span(&node);
        let mut parts = self.parts(node);
        let events = self.event_names(parts.next()?);
        let clauses = parts.map(|part| self.selector_clause(part)).collect::<Option<_>>()?;
        Some(Selector { events, clauses, span })
    }

    fn event_names(&self, node: Node<'a>) -> EventNames {
        if node.as_rule() == Rule::all_events {
            return EventNames::All(self.span(&node));
        }
        EventNames::Named(self.parts(node).map(|name| self.name(&name)).collect())
    }

    fn selector_clause(&mut self, node: Node<'a>) -> Option<Spanned<SelectorClause>> {
        let span = self.span(&node);
        let rule = node.as_rule();
        let mut parts = self.parts(node);
        let first = parts.next()?;
        let clause = match rule {
            Rule::where_clause => SelectorClause::Where(self.filter(first)?),
            Rule::in_last => SelectorClause::InLast(self.duration(first)?),
            Rule::since_last => SelectorClause::SinceLast(self.which(first)?),
            Rule::since => SelectorClause::Since(self.operand(first)?),
            Rule::before => SelectorClause::Before(self.operand(first)?),
            _ => SelectorClause::WithinAfter(self.duration(first)?, self.which(parts.next()?)?),
        };
        Some(Spanned::new(clause, span))
    }

    /// `recycled where reason is "budget"`
    pub(super) fn which(&mut self, node: Node<'a>) -> Option<Which> {
        let span = self.span(&node);
        let mut parts = self.parts(node);
        let events = self.event_names(parts.next()?);
        let filter = match parts.next() {
            Some(filter) => {
                let inside = self.part(filter)?;
                Some(self.filter(inside)?)
            }
            None => None,
        };
        Some(Which { events, filter, span })
    }
}
