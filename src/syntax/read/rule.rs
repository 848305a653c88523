//! Rules, their points and what limits them.

use super::literal::{calendar_unit, whole};
use super::{Node, Reader};
use crate::source::Spanned;
use crate::syntax::grammar::Rule;
use crate::syntax::tree::{
    self, Body, Choice, Clause, Decay, DecayCurve, DecayShape, Duration, Each, Expr, ExprKind, LimitScope, Name,
    Points, PointsKind,
};

impl<'a> Reader<'a> {
    /// `+15 "Pricing" for each page_view at most 2 times`
    pub(super) fn rule(&mut self, node: Node<'a>) -> Option<tree::Rule> {
        let span = self.span(&node);
        let mut parts = self.parts(node).peekable();
        let points = self.points(parts.next()?)?;
        let label = parts.next_if(|part| part.as_rule() == Rule::text).map(|text| self.text_of(&text));
        let is_body = |part: &Node<'a>| {
            matches!(part.as_rule(), Rule::body_when | Rule::for_each | Rule::for_each_with | Rule::for_every)
        };
        let body = match parts.next_if(is_body) {
            Some(body) => Some(self.body(body)?),
            None => None,
        };
        let clauses = self.clauses(parts)?;
        Some(tree::Rule { points, label, body, clauses, span })
    }

    fn body(&mut self, node: Node<'a>) -> Option<Spanned<Body>> {
        let span = self.span(&node);
        let rule = node.as_rule();
        let mut parts = self.parts(node);
        let first = parts.next()?;
        let body = match rule {
            Rule::body_when => Body::When(self.condition(first)?),
            Rule::for_each => Body::ForEach(self.selector(first)?),
            Rule::for_every => {
                Body::ForEvery { duration: self.duration(first)?, selector: self.selector(parts.next()?)? }
            }
            _ => {
                let name = self.name(&first);
                let each = calendar_of(&name).map_or(Each::Property(name), Each::Calendar);
                let at_least = self.literal(parts.next()?)?;
                Body::ForEachWith { each, at_least, selector: self.selector(parts.next()?)? }
            }
        };
        Some(Spanned::new(body, span))
    }

    pub(super) fn points(&mut self, node: Node<'a>) -> Option<Points> {
        let span = self.span(&node);
        let inside = self.part(node)?;
        if inside.as_rule() == Rule::signed {
            return self.signed(inside);
        }
        let series = self.parts(inside).map(|signed| self.signed(signed)).collect::<Option<Vec<_>>>()?;
        Some(Points { kind: PointsKind::Series(series), span })
    }

    fn signed(&mut self, node: Node<'a>) -> Option<Points> {
        let span = self.span(&node);
        let mut parts = self.parts(node);
        let minus = parts.next()?.as_rule() == Rule::minus;
        let value = self.operand(parts.next()?)?;
        Some(Points { kind: PointsKind::Signed { minus, value }, span })
    }

    /// The clauses of a header, or those behind the body of a rule.
    pub(super) fn clauses(&mut self, nodes: impl Iterator<Item = Node<'a>>) -> Option<Vec<Spanned<Clause>>> {
        nodes
            .map(|node| {
                let span = self.span(&node);
                Some(Spanned::new(self.clause(node)?, span))
            })
            .collect()
    }

    fn clause(&mut self, node: Node<'a>) -> Option<Clause> {
        Some(match node.as_rule() {
            Rule::starting_at => Clause::StartingAt(self.amount_in(node)?),
            Rule::clause_from => Clause::From(self.amount_in(node)?),
            Rule::clause_to => Clause::To(self.amount_in(node)?),
            Rule::rounded_to => Clause::RoundedTo(self.rounding(node)?),
            Rule::clause_when => {
                let condition = self.part(node)?;
                Clause::When(self.condition(condition)?)
            }
            Rule::choice => Clause::Choice(match self.part(node)?.as_rule() {
                Rule::first_match => Choice::FirstMatch,
                Rule::highest_only => Choice::Highest,
                _ => Choice::Lowest,
            }),
            Rule::counts => Clause::Counts(self.percent_in(node)?.node),
            Rule::no_higher => Clause::NoHigher(self.amount_in(node)?),
            Rule::no_lower => Clause::NoLower(self.amount_in(node)?),
            Rule::counting_since => {
                let which = self.part(node)?;
                Clause::CountingSinceLast(self.which(which)?)
            }
            Rule::counting_from => {
                let date = self.part(node)?;
                Clause::CountingFrom(self.operand(date)?)
            }
            Rule::clause_after => Clause::After(self.duration_in(node)?),
            Rule::at_most => self.limit(node)?,
            Rule::no_decay => Clause::Decay(Decay::None),
            _ => Clause::Decay(Decay::Curve(self.decay(node)?)),
        })
    }

    /// `rounded to whole` is rounded to 0 decimals.
    fn rounding(&mut self, node: Node<'a>) -> Option<Expr> {
        let word = node.clone().into_inner().find(|part| part.as_rule() == Rule::word_whole);
        match word {
            Some(word) => Some(whole("0", self.span(&word))),
            None => self.amount_in(node),
        }
    }

    /// `once per day`, `at most 3 times`
    fn limit(&mut self, node: Node<'a>) -> Option<Clause> {
        let (mut times, mut scope) = (None, LimitScope::Plain);
        for part in self.parts(node) {
            match part.as_rule() {
                Rule::number => times = Some(self.literal(part)?),
                Rule::in_any => scope = LimitScope::InAny(self.duration_in(part)?),
                _ => {
                    let inside = self.part(part)?;
                    let name = self.name(&inside);
                    scope = calendar_of(&name).map_or(LimitScope::PerProperty(name), LimitScope::PerCalendar);
                }
            }
        }
        Some(Clause::AtMost { times, scope })
    }

    fn decay(&mut self, node: Node<'a>) -> Option<DecayCurve> {
        let mut parts = self.parts(node);
        let shape = parts.next()?;
        let shape = match shape.as_rule() {
            Rule::half_life => DecayShape::HalfLife(self.duration_in(shape)?),
            Rule::linear => DecayShape::Linear(self.duration_in(shape)?),
            _ => self.decay_in_steps(shape)?,
        };
        let (mut after, mut down_to): (Option<Duration>, _) = (None, None);
        for end in parts {
            match end.as_rule() {
                Rule::decay_after => after = Some(self.duration_in(end)?),
                _ => down_to = Some(self.percent_in(end)?),
            }
        }
        Some(DecayCurve { shape, after, down_to })
    }

    /// `25% of the original every 30 days`
    fn decay_in_steps(&mut self, node: Node<'a>) -> Option<DecayShape> {
        let original = self.parts(node.clone()).any(|part| part.as_rule() == Rule::of_original);
        let (percent, every) = (self.percent_in(node.clone())?, self.duration_in(node)?);
        Some(if original {
            DecayShape::OfOriginal { percent, every }
        } else {
            DecayShape::OfWhatIsLeft { percent, every }
        })
    }

    /// A name as an operand.
    pub(super) fn named(&self, node: &Node<'a>) -> Expr {
        let name = self.name(node);
        Expr { span: name.span, kind: ExprKind::Name(name) }
    }
}

/// `day`, unless it stands in backticks: then it is a property.
fn calendar_of(name: &Name) -> Option<tree::CalendarUnit> {
    if name.quoted { None } else { calendar_unit(&name.text) }
}
