//! Numbers, texts, dates, answers and lists.

use super::Meaning;
use super::digest::{Digest, leaf, node, number, set};
use crate::model::{AnyExpr, DateExpr, ListExpr, NumberExpr, TextExpr, YesNoExpr};
use crate::value::fold_name;

impl<'model> Meaning<'model> {
    pub fn any(&self, expr: &AnyExpr) -> Digest {
        match expr {
            AnyExpr::Condition(condition) => self.condition(condition),
            AnyExpr::Number(number) => self.number(number),
            AnyExpr::Text(text) => self.text(text),
            AnyExpr::Date(date) => self.date(date),
            AnyExpr::YesNo(answer) => self.yes_no(answer),
            AnyExpr::List(list) => self.list(list),
        }
    }

    /// A sum may have any number of terms: its left side is taken in a loop.
    pub fn number(&self, expr: &NumberExpr) -> Digest {
        let (mut left, mut rights) = (expr, Vec::new());
        loop {
            let (word, next, right) = match left {
                NumberExpr::Add(next, right) => ("+", next, right),
                NumberExpr::Subtract(next, right) => ("-", next, right),
                NumberExpr::Multiply(next, right) => ("*", next, right),
                NumberExpr::Divide(next, right) => ("/", next, right),
                _ => break,
            };
            rights.push((word, &**right));
            left = next;
        }
        rights.into_iter().rev().fold(self.operand(left), |left, (word, right)| {
            let right = self.number(right);
            let ordered = if matches!(word, "+" | "*") { [left.min(right), left.max(right)] } else { [left, right] };
            node(word, &ordered)
        })
    }

    pub(super) fn operand(&self, expr: &NumberExpr) -> Digest {
        let all = |word, of: &[NumberExpr]| node(word, &of.iter().map(|one| self.number(one)).collect::<Vec<_>>());
        let of = |word, property, selector| node(word, &[self.property(property), self.selector(selector)]);
        match expr {
            NumberExpr::Literal(value) => number(*value),
            NumberExpr::Missing => node("missing", &[]),
            NumberExpr::Field(field) => self.field(*field),
            NumberExpr::Property(property) => self.property(property),
            NumberExpr::Define(define) => self.define(*define),
            NumberExpr::Lookup(lookup) => self.lookup(*lookup),
            NumberExpr::Score(score) => self.score(*score),
            NumberExpr::Negate(inner) => match &**inner {
                NumberExpr::Literal(value) => number(value.negate()),
                inner => node("negate", &[self.number(inner)]),
            },
            NumberExpr::PercentOf(percent, inner) => node("percent", &[number(*percent), self.number(inner)]),
            NumberExpr::LengthOf(text) => node("length", &[self.text(text)]),
            NumberExpr::DaysSince(date) => node("days since", &[self.date(date)]),
            NumberExpr::DaysUntil(date) => node("days until", &[self.date(date)]),
            NumberExpr::HourOf(date) => node("hour", &[self.date(date)]),
            NumberExpr::CountOfKnown(values) => {
                let mut values: Vec<Digest> = values.iter().map(|value| self.any(value)).collect();
                values.sort_unstable();
                node("count of known", &values)
            }
            NumberExpr::FirstKnown(of) => {
                let always = |one: &NumberExpr| match one {
                    NumberExpr::Literal(_) => true,
                    NumberExpr::Lookup(lookup) => self.is_always_known(*lookup),
                    _ => false,
                };
                match up_to_the_first(of, always) {
                    [one] => self.number(one),
                    of => all("first known", of),
                }
            }
            NumberExpr::Highest(of) => set("highest", of.iter().map(|one| self.number(one))),
            NumberExpr::Lowest(of) => set("lowest", of.iter().map(|one| self.number(one))),
            NumberExpr::CountOf(selector) => node("count", &[self.selector(selector)]),
            NumberExpr::CountOfDistinct(property, selector) => of("distinct", property, selector),
            NumberExpr::SumOf(property, selector) => of("sum", property, selector),
            NumberExpr::AverageOf(property, selector) => of("average", property, selector),
            NumberExpr::HighestOf(property, selector) => of("highest of", property, selector),
            NumberExpr::LowestOf(property, selector) => of("lowest of", property, selector),
            NumberExpr::Latest(property, selector) => of("latest", property, selector),
            NumberExpr::First(property, selector) => of("first", property, selector),
            NumberExpr::DaysSinceLast(selector) => node("days since last", &[self.selector(selector)]),
            NumberExpr::DaysSinceFirst(selector) => node("days since first", &[self.selector(selector)]),
            NumberExpr::PointsOf(rule) => leaf("points of", &rule.0.to_string()),
            // taken apart before
            NumberExpr::Add(..) | NumberExpr::Subtract(..) | NumberExpr::Multiply(..) | NumberExpr::Divide(..) => 0,
        }
    }

    pub fn text(&self, expr: &TextExpr) -> Digest {
        let of = |word, property, selector| node(word, &[self.property(property), self.selector(selector)]);
        match expr {
            TextExpr::Literal(text) => leaf("literal", &text.folded),
            TextExpr::Field(field) => self.field(*field),
            TextExpr::Property(property) => self.property(property),
            TextExpr::Define(define) => self.define(*define),
            TextExpr::Lookup(lookup) => self.lookup(*lookup),
            TextExpr::Matrix(id) => leaf(
                "matrix",
                &self.model.matrices.get(id.index()).map(|matrix| fold_name(&matrix.name)).unwrap_or_default(),
            ),
            TextExpr::DomainOf(text) => node("domain", &[self.text(text)]),
            TextExpr::WeekdayOf(date) => node("weekday", &[self.date(date)]),
            TextExpr::FirstKnown(of) => {
                let always = |one: &TextExpr| match one {
                    TextExpr::Literal(_) => true,
                    TextExpr::Lookup(lookup) => self.is_always_known(*lookup),
                    _ => false,
                };
                match up_to_the_first(of, always) {
                    [one] => self.text(one),
                    of => node("first known", &of.iter().map(|one| self.text(one)).collect::<Vec<_>>()),
                }
            }
            TextExpr::Latest(property, selector) => of("latest", property, selector),
            TextExpr::First(property, selector) => of("first", property, selector),
            TextExpr::ExcludedReason => node("reason", &[]),
        }
    }

    pub fn date(&self, expr: &DateExpr) -> Digest {
        let of = |word, property, selector| node(word, &[self.property(property), self.selector(selector)]);
        let all = |of: &[DateExpr]| of.iter().map(|one| self.date(one)).collect::<Vec<_>>();
        match expr {
            DateExpr::Literal(moment) => leaf("moment", &moment.to_string()),
            DateExpr::Field(field) => self.field(*field),
            DateExpr::Property(property) => self.property(property),
            DateExpr::At => node("at", &[]),
            DateExpr::Define(define) => self.define(*define),
            DateExpr::FirstKnown(of) => node("first known", &all(of)),
            DateExpr::Highest(of) => set("highest", all(of)),
            DateExpr::Lowest(of) => set("lowest", all(of)),
            DateExpr::Latest(property, selector) => of("latest", property, selector),
            DateExpr::First(property, selector) => of("first", property, selector),
            DateExpr::LatestAt(selector) => node("latest at", &[self.selector(selector)]),
            DateExpr::FirstAt(selector) => node("first at", &[self.selector(selector)]),
        }
    }

    pub(super) fn yes_no(&self, expr: &YesNoExpr) -> Digest {
        let of = |word, property, selector| node(word, &[self.property(property), self.selector(selector)]);
        match expr {
            YesNoExpr::Field(field) => self.field(*field),
            YesNoExpr::Property(property) => self.property(property),
            YesNoExpr::Define(define) => self.define(*define),
            YesNoExpr::FirstKnown(of) => {
                node("first known", &of.iter().map(|one| self.yes_no(one)).collect::<Vec<_>>())
            }
            YesNoExpr::Latest(property, selector) => of("latest", property, selector),
            YesNoExpr::First(property, selector) => of("first", property, selector),
        }
    }

    pub(super) fn list(&self, expr: &ListExpr) -> Digest {
        match expr {
            ListExpr::Field(field) => self.field(*field),
            ListExpr::Property(property) => self.property(property),
            ListExpr::Define(define) => self.define(*define),
        }
    }
}

/// What stands behind one that is always known is never taken.
fn up_to_the_first<T>(of: &[T], always_known: impl Fn(&T) -> bool) -> &[T] {
    let end = of.iter().position(always_known).map_or(of.len(), |place| place + 1);
    of.get(..end).unwrap_or(of)
}
