//! Small models, made part by part. Every lead is evaluated as of day 1,000 of the epoch; events are named by their age.

use crate::model::*;
use crate::reference::{Evaluation, evaluate};
use crate::value::{CalendarUnit, Decimal, Duration, Instant, Text, TimeUnit, Value};

pub const DAY: i64 = 86_400_000_000;
pub const AS_OF: Instant = Instant(1_000 * DAY);

pub fn decimal(text: &str) -> Decimal {
    Decimal::parse(text).unwrap()
}

pub fn days(count: i64) -> Duration {
    Duration { count, unit: TimeUnit::Day }
}

pub fn text(text: &str) -> Value {
    Value::Text(Text::new(text).unwrap())
}

pub fn number(text: &str) -> Value {
    Value::Number(decimal(text))
}

/// Fields: 0 `employees` number, 1 `country` text, 2 `created` date, 3 `consent` yes/no. Events: 0 `view { path text,
/// seconds number }`, 1 `open`, 2 `reset`.
pub fn model() -> Model {
    let date = FieldKind::Date { format: None, unit: None };
    let plain = FieldKind::Number { from: None, to: None, format: None };
    let fields = vec![
        field("employees", plain.clone()),
        field("country", FieldKind::Text),
        field("created", date),
        field("consent", FieldKind::YesNo { words: None }),
    ];
    let view = vec![field("path", FieldKind::Text), field("seconds", plain)];
    Model {
        lead: LeadSchema { fields, ..LeadSchema::default() },
        events: vec![event_type("view", view), event_type("open", Vec::new()), event_type("reset", Vec::new())],
        rules: 100,
        ..Model::default()
    }
}

fn field(name: &str, kind: FieldKind) -> Field {
    Field { name: name.to_owned(), kind, required: false, column: name.to_owned(), span: Default::default() }
}

fn event_type(name: &str, properties: Vec<Field>) -> EventType {
    let mapping = Mapping {
        lead: "lead_id".to_owned(),
        lead_by: None,
        kind: "type".to_owned(),
        at: "at".to_owned(),
        at_format: None,
        at_unit: None,
        id: None,
    };
    let (name, called) = (name.to_owned(), name.to_owned());
    EventType { name, called, properties, mapping, missing: Vec::new(), span: Default::default() }
}

pub const VIEW: EventId = EventId(0);
pub const OPEN: EventId = EventId(1);
pub const RESET: EventId = EventId(2);

/// A score with the given body, added to the model and to its order; what reads it is added after it.
pub fn add_score(model: &mut Model, name: &str, body: ScoreBody) -> ScoreId {
    let id = ScoreId(model.scores.len() as u32);
    model.scores.push(Score {
        name: name.to_owned(),
        label: name.to_uppercase(),
        body,
        lowest: None,
        highest: None,
        decimals: 4,
        rounded: false,
        bands: None,
        span: Default::default(),
    });
    model.order.push(Symbol::Score(id));
    id
}

pub fn rules(items: Vec<Item>) -> ScoreBody {
    ScoreBody::Rules { start: None, when: None, items }
}

/// A model whose only score has these items.
pub fn scoring(items: Vec<Item>) -> Model {
    let mut model = model();
    add_score(&mut model, "fit", rules(items));
    model
}

pub fn rule(id: u32, points: Points, body: Body) -> Item {
    Item::Rule(Rule {
        id: RuleId(id),
        label: format!("rule {id}"),
        labelled: true,
        points,
        body,
        limits: PointLimits::default(),
        span: Default::default(),
    })
}

pub fn always(id: u32, points: &str) -> Item {
    rule(id, Points::Constant(decimal(points)), Body::Always)
}

pub fn never(id: u32, points: &str) -> Item {
    rule(id, Points::Constant(decimal(points)), Body::When(holding(false)))
}

pub fn each(id: u32, points: &str, each: ForEach) -> Item {
    rule(id, Points::Constant(decimal(points)), Body::ForEach(each))
}

pub fn for_each(selector: Selector) -> ForEach {
    ForEach { each: Each::Event, selector, limits: Vec::new(), decay: None }
}

pub fn limit(times: u64, scope: LimitScope) -> OccurrenceLimit {
    OccurrenceLimit { times, scope }
}

pub fn per_day() -> LimitScope {
    LimitScope::PerCalendar(CalendarUnit::Day)
}

pub fn group(choice: Choice, items: Vec<Item>) -> Group {
    let limits = PointLimits::default();
    Group { label: "group".to_owned(), when: None, choice, weight: None, limits, items, span: Default::default() }
}

pub fn selector(kind: EventId) -> Selector {
    Selector {
        types: [kind].into(),
        filter: None,
        in_last: None,
        since: None,
        before: None,
        since_last: Vec::new(),
        within_after: None,
        span: Default::default(),
    }
}

pub fn which(kind: EventId) -> Which {
    Which { types: [kind].into(), filter: None }
}

pub fn condition(kind: ConditionKind) -> Condition {
    Condition { kind, span: Default::default() }
}

pub fn holding(held: bool) -> Condition {
    condition(ConditionKind::Constant(held))
}

pub fn compare(value: NumberExpr, compare: Compare, right: &str) -> Condition {
    let test = NumberTest::Compare(compare, NumberExpr::Literal(decimal(right)));
    condition(ConditionKind::Number { value, test })
}

pub fn employees() -> NumberExpr {
    NumberExpr::Field(FieldId(0))
}

pub fn literal(text: &str) -> NumberExpr {
    NumberExpr::Literal(decimal(text))
}

pub fn property(name: &str) -> Property {
    let place = PropertyId(if name == "path" { 0 } else { 1 });
    Property { name: name.to_owned(), places: [(VIEW, place)].into() }
}

/// `where seconds >= N`
pub fn seconds_from(seconds: &str) -> Condition {
    compare(NumberExpr::Property(property("seconds")), Compare::GreaterOrEqual, seconds)
}

pub fn lead(employees: Option<Value>, country: Option<Value>) -> Lead {
    Lead { key: "L1".to_owned(), values: vec![employees, country, None, None] }
}

pub fn nobody() -> Lead {
    lead(None, None)
}

/// Ages in days, fractions too: `1.5`.
pub fn event(kind: EventId, age: f64) -> Event {
    Event { kind, at: Instant(AS_OF.0 - (age * DAY as f64) as i64), values: Vec::new() }
}

pub fn view(age: f64, path: &str, seconds: &str) -> Event {
    Event { values: vec![Some(text(path)), Some(number(seconds))], ..event(VIEW, age) }
}

/// Evaluates and hands over; models and leads of tests live as long as the program.
pub fn run(model: Model, lead: Lead, events: Vec<Event>) -> Evaluation<'static> {
    run_after(model, lead, events, Previous::default())
}

pub fn run_after(model: Model, lead: Lead, events: Vec<Event>, previous: Previous) -> Evaluation<'static> {
    let model = Box::leak(Box::new(model));
    evaluate(model, Box::leak(Box::new(lead)), events.leak(), Box::leak(Box::new(previous)), AS_OF, None)
}

/// The value of the model's first score.
pub fn score_of(items: Vec<Item>, events: Vec<Event>) -> Decimal {
    run(scoring(items), nobody(), events).results.scores[0].unwrap()
}
