//! The values of one variable, cut into classes: all values of a class give the same answer to every question asked.
//!
//! Numbers and dates are cut at the constants that they are compared with; yes/no is a class each; texts are classes by
//! what patterns they match, with those that no value can match left out. Missing is a class of its own.

mod count;
mod date;
mod hints;
mod list;
mod number;
mod text;

use super::estimate::{Estimate, Truth};
use super::graph::{Aspect, Graph, Variable};
use super::interval::Interval;
use super::probe::{about_one_event, place_of};
use crate::model::{Condition, FieldKind};
use crate::value::{Decimal, Value};
use hints::Hints;
use std::cell::OnceCell;
use std::rc::Rc;

/// A value that stands for its class.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Sample {
    Missing,
    Value(Value),
    /// So many events: from the first to the second
    Count(u64, Option<u64>),
    /// The class is not known to be empty, and no value of it was found
    Unseen,
}

#[derive(Debug, Clone)]
pub(super) struct Domain {
    pub samples: Vec<Sample>,
    aspects: Vec<Aspect>,
    /// By aspect, the estimate for each class.
    answers: Vec<Vec<Estimate>>,
    /// By aspect, the estimate over all classes.
    hulls: Vec<Estimate>,
}

/// What is asked of a variable.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub(super) struct Asked {
    pub aspects: Vec<Aspect>,
    /// Constants that an aspect is compared with
    pub cuts: Vec<(Aspect, Decimal)>,
    /// The number is also calculated with: then the values just beside a cut matter as well.
    pub in_arithmetic: bool,
}

/// How the classes of a kind of variable are made: samples with their answers, in the order of `Asked::aspects`.
type Classes = Vec<(Sample, Vec<Estimate>)>;

/// What the makers of classes look at.
struct Making<'a, 'model> {
    graph: &'a Graph<'model>,
    /// The variable that the probe is asked about
    variable: Variable,
    asked: &'a Asked,
    /// Of the aspects that are questions, as they are put to the probe; none where they cannot be
    questions: Vec<Option<Rc<Condition>>>,
    hints: OnceCell<Hints>,
}

impl Domain {
    pub fn build(graph: &Graph<'_>, variable: Variable, asked: &Asked, is_selectable: bool) -> Domain {
        let classes = match variable {
            Variable::Count(selector) => count::of_selector(graph, selector, asked, is_selectable),
            Variable::Silence(silence) => count::of_silence(graph, silence, asked),
            Variable::Before(_) => yes_or_no(asked),
            Variable::Aggregate(place) => match graph.aggregates.get(place) {
                Some(aggregate) => of_aggregate(graph, aggregate, asked),
                None => Vec::new(),
            },
            Variable::Field(_) | Variable::Property(..) | Variable::At(_) => of_field(graph, variable, asked),
        };
        Domain::new(classes, asked)
    }

    /// The one class of a value that is known.
    pub fn single(graph: &Graph<'_>, variable: Variable, asked: &Asked, sample: &Sample) -> Domain {
        let making = Making::of_field(graph, variable, asked);
        let estimates = match sample {
            Sample::Missing => making.missing(),
            Sample::Value(value) => making.estimates(value),
            Sample::Count(from, to) => count::estimates(asked, *from, *to),
            Sample::Unseen => asked.aspects.iter().map(|_| Estimate::ANY).collect(),
        };
        Domain::new(vec![(sample.clone(), estimates)], asked)
    }

    fn new(classes: Classes, asked: &Asked) -> Domain {
        let mut answers: Vec<Vec<Estimate>> = vec![Vec::new(); asked.aspects.len()];
        let mut samples = Vec::new();
        for (sample, estimates) in classes {
            samples.push(sample);
            answers.iter_mut().zip(estimates).for_each(|(of, estimate)| of.push(estimate));
        }
        let hull = |of: &Vec<Estimate>| of.iter().copied().reduce(Estimate::hull).unwrap_or(Estimate::ANY);
        let hulls = answers.iter().map(hull).collect();
        Domain { samples, aspects: asked.aspects.clone(), answers, hulls }
    }

    /// One class, of which nothing is known.
    pub fn open(asked: &Asked) -> Domain {
        let estimates = asked.aspects.iter().map(|_| Estimate::ANY).collect();
        Domain::new(vec![(Sample::Unseen, estimates)], asked)
    }

    /// Where an aspect is among those asked for.
    pub fn place(&self, aspect: Aspect) -> usize {
        self.aspects.iter().position(|known| *known == aspect).unwrap_or(usize::MAX)
    }

    /// By the place of the aspect.
    pub fn answer(&self, aspect: usize, class: usize) -> Estimate {
        self.answers.get(aspect).and_then(|of| of.get(class)).copied().unwrap_or(Estimate::ANY)
    }

    /// By the place of the aspect, over all classes.
    pub fn hull(&self, aspect: usize) -> Estimate {
        self.hulls.get(aspect).copied().unwrap_or(Estimate::ANY)
    }
}

fn of_field(graph: &Graph<'_>, variable: Variable, asked: &Asked) -> Classes {
    let (kind, may_be_missing) = declared(graph, variable);
    let making = Making::of_field(graph, variable, asked);
    making.closed(making.classes(&kind, may_be_missing))
}

/// The latest or first property of events is any value of the property, or missing; a number made of events is any
/// number, or missing.
fn of_aggregate(graph: &Graph<'_>, aggregate: &super::graph::Aggregate, asked: &Asked) -> Classes {
    use super::graph::AggregateKind;
    let place = aggregate.property.as_ref().and_then(place_of);
    let question = |aspect: &Aspect| match aspect {
        Aspect::Question(place) => {
            let question = graph.questions.get(*place)?;
            about_one_event(question, aggregate.property.as_ref()?).map(Rc::new)
        }
        _ => None,
    };
    let questions = asked.aspects.iter().map(question).collect();
    let is_property = matches!(aggregate.kind, AggregateKind::Latest | AggregateKind::First);
    if let Some((event, property)) = place.filter(|_| is_property) {
        let variable = Variable::Property(event, property);
        let making = Making::new(graph, variable, asked, questions);
        let kind = declared(graph, variable).0;
        return match kind {
            FieldKind::Number { .. } => making.closed(making.numbers(graph.aggregate_interval(aggregate), true)),
            other => making.closed(making.classes(&other, true)),
        };
    }
    let is_always_known = matches!(aggregate.kind, AggregateKind::Distinct | AggregateKind::Sum);
    let making = Making::new(graph, Variable::At(crate::model::EventId(0)), asked, questions);
    making.numbers(graph.aggregate_interval(aggregate), !is_always_known)
}

/// The kind of a field or property, and whether it may be missing.
fn declared(graph: &Graph<'_>, variable: Variable) -> (FieldKind, bool) {
    let instant = || (FieldKind::Date { format: None, unit: None }, false);
    let field = match variable {
        Variable::Field(id) => graph.model.lead.fields.get(id.index()),
        Variable::Property(event, property) => {
            graph.model.events.get(event.index()).and_then(|event| event.properties.get(property.index()))
        }
        _ => None,
    };
    let is_key = matches!(variable, Variable::Field(id) if graph.model.lead.key == Some(id));
    field.map_or_else(instant, |field| (field.kind.clone(), !field.required && !is_key))
}

impl<'a, 'model> Making<'a, 'model> {
    fn of_field(graph: &'a Graph<'model>, variable: Variable, asked: &'a Asked) -> Making<'a, 'model> {
        let question = |aspect: &Aspect| match aspect {
            Aspect::Question(place) => graph.questions.get(*place).cloned(),
            _ => None,
        };
        let questions = asked.aspects.iter().map(question).collect();
        Making::new(graph, variable, asked, questions)
    }

    fn new(
        graph: &'a Graph<'model>,
        variable: Variable,
        asked: &'a Asked,
        questions: Vec<Option<Rc<Condition>>>,
    ) -> Making<'a, 'model> {
        Making { graph, variable, asked, questions, hints: OnceCell::new() }
    }

    fn hints(&self) -> &Hints {
        self.hints.get_or_init(|| self.find_hints())
    }

    fn classes(&self, kind: &FieldKind, may_be_missing: bool) -> Classes {
        match kind {
            FieldKind::Number { from, to, .. } => self.numbers(Interval::new(*from, *to), may_be_missing),
            FieldKind::YesNo { .. } => self.answers_of([false, true].map(Value::YesNo), may_be_missing),
            FieldKind::Date { .. } => self.dates(may_be_missing),
            FieldKind::Text => self.texts(&[], may_be_missing),
            FieldKind::OneOf(values) => self.texts(values, may_be_missing),
            FieldKind::ListOfText => self.lists(may_be_missing),
        }
    }

    /// With a class for all that the questions may tell apart beyond what was looked at.
    fn closed(&self, mut classes: Classes) -> Classes {
        if self.hints().is_cut_short {
            classes.push((Sample::Unseen, self.anything()));
        }
        classes
    }

    fn answers_of(&self, values: impl IntoIterator<Item = Value>, may_be_missing: bool) -> Classes {
        let missing = may_be_missing.then(|| (Sample::Missing, self.missing()));
        let known = values.into_iter().map(|value| {
            let answers = self.estimates(&value);
            (Sample::Value(value), answers)
        });
        missing.into_iter().chain(known).collect()
    }

    fn missing(&self) -> Vec<Estimate> {
        let answers = self.ask(None);
        let aspects = self.asked.aspects.iter().zip(answers);
        aspects
            .map(|(aspect, answer)| match aspect {
                Aspect::Question(_) => Estimate::truth(answer),
                Aspect::Value | Aspect::Measure(_) => Estimate::MISSING,
            })
            .collect()
    }

    /// What each aspect is where the variable has this very value.
    fn estimates(&self, value: &Value) -> Vec<Estimate> {
        let answers = self.ask(Some(value));
        let aspects = self.asked.aspects.iter().zip(answers);
        aspects
            .map(|(aspect, answer)| match aspect {
                Aspect::Question(_) => Estimate::truth(answer),
                Aspect::Value => match value {
                    Value::Number(number) => Estimate::known(Interval::exactly(*number)),
                    _ => Estimate::ANY,
                },
                Aspect::Measure(place) => self.measured(*place, value),
            })
            .collect()
    }

    fn measured(&self, place: usize, value: &Value) -> Estimate {
        let Variable::Field(_) = self.variable else { return Estimate::ANY };
        let measured = self.graph.measures.get(place).map(|measure| {
            let number = self.graph.probe.measure(self.variable, value, measure);
            number.map_or(Estimate::MISSING, |number| Estimate::known(Interval::exactly(number)))
        });
        measured.unwrap_or(Estimate::ANY)
    }

    /// The answer of each aspect that is a question, in the order of the aspects.
    fn ask(&self, value: Option<&Value>) -> Vec<Truth> {
        self.graph.probe.answers(self.variable, value, &self.questions)
    }
}

/// A threshold was met before, or not.
fn yes_or_no(asked: &Asked) -> Classes {
    let class = |answer: bool| {
        let estimates = asked.aspects.iter().map(|_| Estimate::truth(Truth::of(answer))).collect();
        (Sample::Value(Value::YesNo(answer)), estimates)
    };
    vec![class(false), class(true)]
}
