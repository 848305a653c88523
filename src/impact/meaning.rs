//! Parts of a model as digests: equal where they mean the same, in two models as in one.
//!
//! Names of defines are looked through, lists and lookups are what they hold, `and` and `or` have no order. What has a
//! place in the data or in the results (fields, events, scores) is its name.

use crate::model::{
    AnyExpr, Body, Choice, Condition, ConditionKind, DateExpr, DateTest, DefineId, Each, EventId, FieldId, LimitScope,
    ListExpr, ListId, LookupId, LookupTable, Model, NumberExpr, NumberTest, OccurrenceLimit, Pattern, PointLimits,
    Points, Property, RowTest, ScoreId, Selector, Table, TableKey, TextExpr, TextOperand, TextTest, Which, YesNoExpr,
};
use crate::value::{Curve, Decay, Decimal, Duration, fold_name};
use std::cell::RefCell;
use std::collections::{BTreeSet, HashMap};
use std::rc::Rc;
use twox_hash::XxHash3_128;

/// 128 bits that stand for a meaning: two different ones are the same with a chance below 1 in 10^30.
pub type Digest = u128;

type Members = Rc<BTreeSet<Digest>>;

/// Digests of one model; what a define or list means is worked out once.
pub struct Meaning<'model> {
    model: &'model Model,
    defines: RefCell<HashMap<DefineId, Digest>>,
    /// Of defines that are an `and` (true) or an `or` (false): their parts.
    joined: RefCell<HashMap<(DefineId, bool), Option<Members>>>,
    lookups: RefCell<HashMap<LookupId, Digest>>,
    lists: RefCell<HashMap<ListId, Members>>,
}

/// A digest of digests, behind a word that says of what.
pub fn node(word: &str, parts: &[Digest]) -> Digest {
    let mut bytes = Vec::with_capacity(word.len() + 1 + parts.len() * 16);
    bytes.extend_from_slice(word.as_bytes());
    bytes.push(0);
    parts.iter().for_each(|part| bytes.extend_from_slice(&part.to_le_bytes()));
    XxHash3_128::oneshot(&bytes)
}

/// Of a text.
pub fn leaf(word: &str, text: &str) -> Digest {
    node(word, &[XxHash3_128::oneshot(text.as_bytes())])
}

/// Of what has no order.
pub fn set(word: &str, parts: impl IntoIterator<Item = Digest>) -> Digest {
    let parts: BTreeSet<Digest> = parts.into_iter().collect();
    node(word, &parts.into_iter().collect::<Vec<_>>())
}

pub fn number(value: Decimal) -> Digest {
    leaf("number", &value.billionths().to_string())
}

pub fn maybe(part: Option<Digest>) -> Digest {
    part.map_or_else(|| node("none", &[]), |part| node("some", &[part]))
}

/// By its length: a week is seven days.
pub fn duration(duration: Duration) -> Digest {
    match duration.months() {
        Some(months) => leaf("months", &months.to_string()),
        None => leaf("exact", &duration.exact().unwrap_or(i64::MAX).to_string()),
    }
}

pub fn limits(limits: PointLimits) -> Digest {
    node("limits", &[maybe(limits.highest.map(number)), maybe(limits.lowest.map(number))])
}

pub fn decay(decay: &Decay) -> Digest {
    let curve = match decay.curve {
        Curve::HalfLife(half) => node("half-life", &[duration(half)]),
        Curve::Linear(over) => node("linear", &[duration(over)]),
        Curve::OfOriginal { percent, every } => node("of original", &[number(percent), duration(every)]),
        Curve::OfWhatIsLeft { percent, every } => node("of what is left", &[number(percent), duration(every)]),
    };
    node("decay", &[curve, maybe(decay.after.map(duration)), maybe(decay.down_to.map(number))])
}

pub fn choice(choice: Choice) -> Digest {
    leaf("choice", &format!("{choice:?}"))
}

impl<'model> Meaning<'model> {
    pub fn new(model: &'model Model) -> Meaning<'model> {
        Meaning {
            model,
            defines: RefCell::default(),
            joined: RefCell::default(),
            lookups: RefCell::default(),
            lists: RefCell::default(),
        }
    }

    pub fn condition(&self, condition: &Condition) -> Digest {
        match &condition.kind {
            ConditionKind::Constant(holds) => leaf("constant", &holds.to_string()),
            ConditionKind::All(_) => self.joined(condition, true),
            ConditionKind::Any(_) => self.joined(condition, false),
            ConditionKind::Not(part) => match &part.kind {
                ConditionKind::Not(inner) => self.condition(inner),
                _ => node("not", &[self.condition(part)]),
            },
            ConditionKind::Known(expr) => node("known", &[self.any(expr)]),
            ConditionKind::BandKnown(score) => node("band known", &[self.score(*score)]),
            ConditionKind::YesNo { value, is } => node(if *is { "is yes" } else { "is no" }, &[self.yes_no(value)]),
            ConditionKind::Text { value, test } => node("text", &[self.text(value), self.text_test(test)]),
            ConditionKind::Includes { list, all, operands } => {
                node(if *all { "includes all" } else { "includes any" }, &[self.list(list), self.operands(operands)])
            }
            ConditionKind::Number { value, test } => node("compare", &[self.number(value), self.number_test(test)]),
            ConditionKind::Date { value, test } => node("date", &[self.date(value), self.date_test(test)]),
            ConditionKind::Band { score, bands } => {
                let declared = self.model.scores.get(score.index()).and_then(|score| score.bands.as_ref());
                let names = bands.iter().filter_map(|band| declared?.bands.get(band.index()));
                node("band", &[self.score(*score), set("bands", names.map(|band| leaf("name", &band.name)))])
            }
            ConditionKind::Events { selector, compare, number } => node(
                "events",
                &[self.selector(selector), leaf("compare", &format!("{compare:?}")), self.number(number)],
            ),
            ConditionKind::Define(define) => self.define(*define),
            ConditionKind::Threshold(id) => {
                leaf("threshold", self.model.thresholds.get(id.index()).map_or("", |threshold| &threshold.name))
            }
            ConditionKind::Excluded => node("excluded", &[]),
        }
    }

    /// Of an `and` or an `or`: its parts, those of an `and` inside it among them.
    fn joined(&self, condition: &Condition, all: bool) -> Digest {
        let members = self.members(condition, all);
        match members.len() {
            1 => members.first().copied().unwrap_or_default(),
            _ => set(if all { "all" } else { "any" }, members.iter().copied()),
        }
    }

    fn members(&self, condition: &Condition, all: bool) -> BTreeSet<Digest> {
        let mut members = BTreeSet::new();
        match &condition.kind {
            ConditionKind::All(parts) if all => parts.iter().for_each(|part| members.extend(self.members(part, all))),
            ConditionKind::Any(parts) if !all => parts.iter().for_each(|part| members.extend(self.members(part, all))),
            ConditionKind::Define(define) => match self.members_of_define(*define, all) {
                Some(parts) => members.extend(parts.iter()),
                None => {
                    members.insert(self.define(*define));
                }
            },
            _ => {
                members.insert(self.condition(condition));
            }
        }
        members
    }

    /// `None` where the define is not joined in that way.
    fn members_of_define(&self, define: DefineId, all: bool) -> Option<Members> {
        if let Some(known) = self.joined.borrow().get(&(define, all)) {
            return known.clone();
        }
        let joined = match &self.model.defines.get(define.index())?.value {
            AnyExpr::Condition(condition) => match &condition.kind {
                ConditionKind::All(_) if all => Some(Rc::new(self.members(condition, all))),
                ConditionKind::Any(_) if !all => Some(Rc::new(self.members(condition, all))),
                ConditionKind::Define(inner) => self.members_of_define(*inner, all),
                _ => None,
            },
            _ => None,
        };
        self.joined.borrow_mut().insert((define, all), joined.clone());
        joined
    }

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

    /// Call [`Meaning::settle`] first: chains of defines are as long as the file allows.
    pub fn define(&self, define: DefineId) -> Digest {
        if let Some(known) = self.defines.borrow().get(&define) {
            return *known;
        }
        let digest = self.model.defines.get(define.index()).map_or(0, |define| self.any(&define.value));
        self.defines.borrow_mut().insert(define, digest);
        digest
    }

    /// Settles every define in an order in which each comes after what it names.
    pub fn settle(self) -> Meaning<'model> {
        for symbol in &self.model.order {
            match symbol {
                crate::model::Symbol::Define(define) => {
                    self.members_of_define(*define, true);
                    self.members_of_define(*define, false);
                    self.define(*define);
                }
                crate::model::Symbol::Lookup(lookup) => {
                    self.lookup(*lookup);
                }
                _ => {}
            }
        }
        self
    }

    pub fn lookup(&self, lookup: LookupId) -> Digest {
        if let Some(known) = self.lookups.borrow().get(&lookup) {
            return *known;
        }
        let digest = match self.model.lookups.get(lookup.index()).map(|lookup| &lookup.table) {
            Some(LookupTable::Text(table)) => self.table(table, |text| leaf("text", &text.given)),
            Some(LookupTable::Number(table)) => self.table(table, |value| number(*value)),
            None => 0,
        };
        self.lookups.borrow_mut().insert(lookup, digest);
        digest
    }

    /// The folded values of a list.
    pub fn list_values(&self, list: ListId) -> Digest {
        set("list", self.values(list).iter().copied())
    }

    fn values(&self, list: ListId) -> Members {
        if let Some(known) = self.lists.borrow().get(&list) {
            return known.clone();
        }
        let values = self.model.lists.get(list.index()).into_iter().flat_map(|list| &list.values);
        let values: Members = Rc::new(values.map(|value| leaf("literal", &value.folded)).collect());
        self.lists.borrow_mut().insert(list, values.clone());
        values
    }

    fn table<R>(&self, table: &Table<R>, result: impl Fn(&R) -> Digest) -> Digest {
        let key = match &table.key {
            TableKey::Number(key) => self.number(key),
            TableKey::Text(key) => self.text(key),
        };
        let row = |row: &crate::model::TableRow<R>| {
            let given = result(&row.result);
            match &row.test {
                RowTest::Edge { at, included } => {
                    vec![node(if *included { "from" } else { "above" }, &[number(*at), given])]
                }
                RowTest::Values(values) => {
                    values.iter().map(|value| node("value", &[leaf("literal", value), given])).collect()
                }
                RowTest::Else => vec![node("else", &[given])],
            }
        };
        let rows = set("rows", table.rows.iter().flat_map(row));
        let other = |other: &Option<crate::model::TableRow<R>>| maybe(other.as_ref().map(|row| result(&row.result)));
        node("table", &[key, rows, other(&table.otherwise), other(&table.missing)])
    }

    pub fn points(&self, points: &Points) -> Digest {
        match points {
            Points::Constant(points) => number(*points),
            Points::Computed(NumberExpr::Literal(points)) => number(*points),
            Points::Computed(expr) => node("computed", &[self.number(expr)]),
            Points::Series(series) => {
                node("series", &series.iter().map(|points| self.points(points)).collect::<Vec<_>>())
            }
            Points::Table(table) => self.table(table, |points| self.points(points)),
        }
    }

    /// What a rule asks for, without limits and decay.
    pub fn body(&self, body: &Body) -> Digest {
        match body {
            Body::Always => node("always", &[]),
            Body::When(condition) => node("when", &[self.condition(condition)]),
            Body::ForEach(each) => node("for each", &[self.each(&each.each), self.selector(&each.selector)]),
            Body::ForEvery(every) => node(
                "for every",
                &[
                    duration(every.every),
                    self.selector(&every.selector),
                    maybe(every.after.map(duration)),
                    maybe(every.counting_from.as_ref().map(|date| self.date(date))),
                ],
            ),
        }
    }

    fn each(&self, each: &Each) -> Digest {
        match each {
            Each::Event => node("event", &[]),
            Each::Calendar { unit, at_least } => leaf("calendar", &format!("{unit:?} {at_least}")),
            Each::Property { property, at_least } => {
                node("each property", &[self.property(property), leaf("at least", &at_least.to_string())])
            }
            Each::At { at_least } => leaf("each at", &at_least.to_string()),
        }
    }

    /// In their order, which counts.
    pub fn occurrence_limits(&self, limits: &[OccurrenceLimit]) -> Digest {
        let limit = |limit: &OccurrenceLimit| {
            let scope = match &limit.scope {
                LimitScope::Plain => node("plain", &[]),
                LimitScope::PerCalendar(unit) => leaf("per", &format!("{unit:?}")),
                LimitScope::PerProperty(property) => self.property(property),
                LimitScope::PerAt => node("per at", &[]),
                LimitScope::InAny(length) => node("in any", &[duration(*length)]),
            };
            node("limit", &[leaf("times", &limit.times.to_string()), scope])
        };
        node("occurrences", &limits.iter().map(limit).collect::<Vec<_>>())
    }

    pub fn selector(&self, selector: &Selector) -> Digest {
        let within = selector.within_after.as_ref();
        node(
            "selector",
            &[
                self.types(&selector.types),
                maybe(selector.filter.as_ref().map(|filter| self.condition(filter))),
                maybe(selector.in_last.map(duration)),
                maybe(selector.since.as_ref().map(|date| self.date(date))),
                maybe(selector.before.as_ref().map(|date| self.date(date))),
                set("since last", selector.since_last.iter().map(|which| self.which(which))),
                maybe(within.map(|(length, which)| node("within", &[duration(*length), self.which(which)]))),
            ],
        )
    }

    fn which(&self, which: &Which) -> Digest {
        let filter = which.filter.as_ref().map(|filter| self.condition(filter));
        node("which", &[self.types(&which.types), maybe(filter)])
    }

    fn types(&self, types: &BTreeSet<EventId>) -> Digest {
        set("types", types.iter().map(|event| self.event(*event)))
    }

    fn event(&self, event: EventId) -> Digest {
        leaf("event", &self.model.events.get(event.index()).map(|event| fold_name(&event.name)).unwrap_or_default())
    }

    fn property(&self, property: &Property) -> Digest {
        let places = property.places.keys().map(|event| self.event(*event));
        node("property", &[leaf("name", &fold_name(&property.name)), set("of", places)])
    }

    fn field(&self, field: FieldId) -> Digest {
        let name = self.model.lead.fields.get(field.index()).map(|field| fold_name(&field.name));
        leaf("field", &name.unwrap_or_default())
    }

    fn score(&self, score: ScoreId) -> Digest {
        let name = self.model.scores.get(score.index()).map(|score| fold_name(&score.name));
        leaf("score", &name.unwrap_or_default())
    }

    fn operands(&self, operands: &[TextOperand]) -> Digest {
        let mut all = BTreeSet::new();
        for operand in operands {
            match operand {
                TextOperand::Literal(text) => {
                    all.insert(leaf("literal", &text.folded));
                }
                TextOperand::List(list) => all.extend(self.values(*list).iter()),
                TextOperand::Expr(text) => {
                    all.insert(self.text(text));
                }
            }
        }
        set("operands", all)
    }

    fn text_test(&self, test: &TextTest) -> Digest {
        match test {
            TextTest::Is(operands) => node("is", &[self.operands(operands)]),
            TextTest::Part { relation, all, operands } => {
                // Of one operand, any and all are the same.
                let single = matches!(operands.as_slice(), [TextOperand::Literal(_) | TextOperand::Expr(_)]);
                let words = format!("{relation:?} {}", if *all && !single { "all" } else { "any" });
                node("part", &[leaf("relation", &words), self.operands(operands)])
            }
            TextTest::Matches(patterns) => {
                let pattern = |pattern: &Pattern| match pattern {
                    Pattern::Glob(glob) => vec![leaf("glob", &format!("{glob:?}"))],
                    Pattern::List(_, globs) => globs.iter().map(|glob| leaf("glob", &format!("{glob:?}"))).collect(),
                    Pattern::Regex(regex) => vec![leaf("regex", regex.as_str())],
                };
                set("matches", patterns.iter().flat_map(pattern))
            }
            TextTest::LooksRandom => node("looks random", &[]),
        }
    }

    fn number_test(&self, test: &NumberTest) -> Digest {
        match test {
            NumberTest::Compare(compare, right) => {
                node("than", &[leaf("compare", &format!("{compare:?}")), self.number(right)])
            }
            NumberTest::Between(low, high) => node("between", &[self.number(low), self.number(high)]),
            NumberTest::OneOf(numbers) => set("one of", numbers.iter().map(|number| self.number(number))),
        }
    }

    fn date_test(&self, test: &DateTest) -> Digest {
        match test {
            DateTest::Before(date) => node("before", &[self.date(date)]),
            DateTest::After(date) => node("after", &[self.date(date)]),
            DateTest::On(date) => node("on", &[self.date(date)]),
            DateTest::Between(from, to) => node("between", &[self.date(from), self.date(to)]),
            DateTest::InLast(length) => node("in last", &[duration(*length)]),
            DateTest::InNext(length) => node("in next", &[duration(*length)]),
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

    fn operand(&self, expr: &NumberExpr) -> Digest {
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
            NumberExpr::FirstKnown(of) => all("first known", of),
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
            TextExpr::FirstKnown(of) => node("first known", &of.iter().map(|one| self.text(one)).collect::<Vec<_>>()),
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

    fn yes_no(&self, expr: &YesNoExpr) -> Digest {
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

    fn list(&self, expr: &ListExpr) -> Digest {
        match expr {
            ListExpr::Field(field) => self.field(*field),
            ListExpr::Property(property) => self.property(property),
            ListExpr::Define(define) => self.define(*define),
        }
    }
}
