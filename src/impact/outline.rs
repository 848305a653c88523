//! The rules and groups of a model, each in its place and with what it means.

use super::meaning::{self, Digest, Meaning, maybe, node};
use crate::model::{Body, Choice, Group, Item, Model, PointLimits, Rule, ScoreBody, ScoreId};

/// A group or the score itself: what rules stand in.
pub struct Holder<'model> {
    pub score: ScoreId,
    /// The place of the group around it; `None` for the score itself.
    pub inside: Option<usize>,
    /// `None` for the score itself.
    pub group: Option<&'model Group>,
    pub header: Digest,
}

/// A rule in its place.
pub struct RulePart<'model> {
    pub score: ScoreId,
    pub rule: &'model Rule,
    /// The place of its holder.
    pub holder: usize,
    /// Its place among the items of its holder.
    pub at: usize,
    pub points: Digest,
    pub body: Digest,
    pub occurrences: Digest,
    pub limits: Digest,
    pub decay: Digest,
}

/// Everything that scores are made of.
#[derive(Default)]
pub struct Outline<'model> {
    pub holders: Vec<Holder<'model>>,
    /// In the order written
    pub rules: Vec<RulePart<'model>>,
}

impl RulePart<'_> {
    /// All that it means, its place and label apart.
    pub fn content(&self) -> Digest {
        node("rule", &[self.points, self.body, self.occurrences, self.limits, self.decay])
    }
}

impl<'model> Outline<'model> {
    pub fn new(model: &'model Model, meaning: &Meaning<'model>) -> Outline<'model> {
        let mut outline = Outline::default();
        for (score, id) in model.scores.iter().zip((0..).map(ScoreId)) {
            if let ScoreBody::Rules { items, .. } = &score.body {
                outline.holders.push(Holder { score: id, inside: None, group: None, header: 0 });
                let own = outline.holders.len() - 1;
                outline.items(meaning, id, own, items);
            }
        }
        outline
    }

    /// Groups nest to a depth that the checker bounds.
    fn items(&mut self, meaning: &Meaning<'model>, score: ScoreId, holder: usize, items: &'model [Item]) {
        for (at, item) in items.iter().enumerate() {
            match item {
                Item::Rule(rule) => self.rules.push(rule_part(meaning, score, rule, holder, at)),
                Item::Group(group) => {
                    let header = node(
                        "group",
                        &[
                            maybe(group.when.as_ref().map(|when| meaning.condition(when))),
                            meaning::choice(group.choice),
                            maybe(group.weight.map(meaning::number)),
                            meaning::limits(group.limits),
                        ],
                    );
                    self.holders.push(Holder { score, inside: Some(holder), group: Some(group), header });
                    let own = self.holders.len() - 1;
                    self.items(meaning, score, own, &group.items);
                }
            }
        }
    }

    /// The nearest holder that does more than put things together: around plain groups inside sums.
    pub fn effective(&self, holder: usize) -> usize {
        let mut place = holder;
        while let Some(inside) = self.holders.get(place).filter(|_| self.is_plain(place)).and_then(|it| it.inside) {
            place = inside;
        }
        place
    }

    /// A group without clauses whose rules could as well stand in what is around it.
    pub fn is_plain(&self, holder: usize) -> bool {
        let Some(Holder { group: Some(group), inside: Some(around), .. }) = self.holders.get(holder) else {
            return false;
        };
        let adds_up = |holder: &Holder<'_>| holder.group.is_none_or(|group| group.choice == Choice::All);
        group.when.is_none()
            && group.choice == Choice::All
            && group.weight.is_none()
            && group.limits == PointLimits::default()
            && self.holders.get(*around).is_some_and(adds_up)
    }

    /// The labels of the groups around a holder and its own, outermost first.
    pub fn path(&self, holder: usize) -> Vec<&'model str> {
        let mut path = Vec::new();
        let mut next = Some(holder);
        while let Some(holder) = next.and_then(|place| self.holders.get(place)) {
            path.extend(holder.group.map(|group| group.label.as_str()));
            next = holder.inside;
        }
        path.reverse();
        path
    }
}

fn rule_part<'model>(
    meaning: &Meaning<'model>,
    score: ScoreId,
    rule: &'model Rule,
    holder: usize,
    at: usize,
) -> RulePart<'model> {
    let (occurrences, decay) = match &rule.body {
        Body::ForEach(each) => {
            (meaning.occurrence_limits(&each.limits), maybe(each.decay.as_ref().map(meaning::decay)))
        }
        _ => (meaning.occurrence_limits(&[]), maybe(None)),
    };
    RulePart {
        score,
        rule,
        holder,
        at,
        points: meaning.points(&rule.points),
        body: meaning.body(&rule.body),
        occurrences,
        limits: meaning::limits(rule.limits),
        decay,
    }
}
