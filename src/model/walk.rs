//! Every part of a condition or expression, outermost first, in the order of writing. Names are not looked through.

use super::{
    AnyExpr, Body, Condition, ConditionKind, DateExpr, DateTest, DefineId, Group, Item, ListExpr, LookupTable, Model,
    NumberExpr, NumberTest, Points, Rule, ScoreBody, Selector, Table, TableKey, TextExpr, TextOperand, TextTest, Which,
    YesNoExpr,
};

/// What a walk meets; a name of a define both as the expression that it is and as [`Part::Define`].
#[derive(Clone, Copy)]
pub enum Part<'m> {
    Condition(&'m Condition),
    Number(&'m NumberExpr),
    Text(&'m TextExpr),
    Date(&'m DateExpr),
    YesNo(&'m YesNoExpr),
    List(&'m ListExpr),
    Selector(&'m Selector),
    /// The name of a define
    Define(DefineId),
}

pub type Visit<'v, 'm> = &'v mut dyn FnMut(Part<'m>);

/// All of a model but its tests.
pub fn walk_model<'m>(model: &'m Model, visit: Visit<'_, 'm>) {
    for threshold in &model.thresholds {
        walk_condition(&threshold.when, visit);
        threshold.until.iter().for_each(|until| walk_condition(until, visit));
    }
    for score in &model.scores {
        match &score.body {
            ScoreBody::Rules { when, items, .. } => {
                when.iter().for_each(|when| walk_condition(when, visit));
                walk_items(items, visit);
            }
            ScoreBody::Derived(number) => walk_number(number, visit),
        }
    }
    model.defines.iter().for_each(|define| walk_any(&define.value, visit));
    model.excludes.iter().for_each(|exclude| walk_condition(&exclude.when, visit));
    model.ignores.iter().for_each(|ignore| walk_selector(ignore, visit));
    model.lookups.iter().for_each(|lookup| walk_lookup(&lookup.table, visit));
}

pub fn walk_condition<'m>(condition: &'m Condition, visit: Visit<'_, 'm>) {
    visit(Part::Condition(condition));
    match &condition.kind {
        ConditionKind::All(parts) | ConditionKind::Any(parts) => {
            parts.iter().for_each(|part| walk_condition(part, visit));
        }
        ConditionKind::Not(part) => walk_condition(part, visit),
        ConditionKind::Known(expr) => walk_any(expr, visit),
        ConditionKind::YesNo { value, .. } => walk_yes_no(value, visit),
        ConditionKind::Text { value, test } => {
            walk_text(value, visit);
            if let TextTest::Is(operands) | TextTest::Part { operands, .. } = test {
                walk_operands(operands, visit);
            }
        }
        ConditionKind::Includes { list, operands, .. } => {
            walk_list(list, visit);
            walk_operands(operands, visit);
        }
        ConditionKind::Number { value, test } => {
            walk_number(value, visit);
            match test {
                NumberTest::Compare(_, right) => walk_number(right, visit),
                NumberTest::Between(low, high) => [low, high].into_iter().for_each(|one| walk_number(one, visit)),
                NumberTest::OneOf(numbers) => numbers.iter().for_each(|one| walk_number(one, visit)),
            }
        }
        ConditionKind::Date { value, test } => {
            walk_date(value, visit);
            match test {
                DateTest::Before(right) | DateTest::After(right) | DateTest::On(right) => walk_date(right, visit),
                DateTest::Between(from, to) => [from, to].into_iter().for_each(|one| walk_date(one, visit)),
                DateTest::InLast(_) | DateTest::InNext(_) => {}
            }
        }
        ConditionKind::Events { selector, number, .. } => {
            walk_selector(selector, visit);
            walk_number(number, visit);
        }
        ConditionKind::Define(define) => visit(Part::Define(*define)),
        ConditionKind::Constant(_)
        | ConditionKind::BandKnown(_)
        | ConditionKind::Band { .. }
        | ConditionKind::Threshold(_)
        | ConditionKind::Excluded => {}
    }
}

fn walk_operands<'m>(operands: &'m [TextOperand], visit: Visit<'_, 'm>) {
    for operand in operands {
        if let TextOperand::Expr(text) = operand {
            walk_text(text, visit);
        }
    }
}

pub fn walk_any<'m>(expr: &'m AnyExpr, visit: Visit<'_, 'm>) {
    match expr {
        AnyExpr::Condition(condition) => walk_condition(condition, visit),
        AnyExpr::Number(number) => walk_number(number, visit),
        AnyExpr::Text(text) => walk_text(text, visit),
        AnyExpr::Date(date) => walk_date(date, visit),
        AnyExpr::YesNo(answer) => walk_yes_no(answer, visit),
        AnyExpr::List(list) => walk_list(list, visit),
    }
}

/// A sum may have any number of terms: its left side is walked in a loop.
pub fn walk_number<'m>(expr: &'m NumberExpr, visit: Visit<'_, 'm>) {
    let (mut left, mut rights) = (expr, Vec::new());
    while let NumberExpr::Add(next, right)
    | NumberExpr::Subtract(next, right)
    | NumberExpr::Multiply(next, right)
    | NumberExpr::Divide(next, right) = left
    {
        rights.push(&**right);
        left = next;
    }
    walk_operand(left, visit);
    rights.into_iter().rev().for_each(|right| walk_number(right, visit));
}

fn walk_operand<'m>(expr: &'m NumberExpr, visit: Visit<'_, 'm>) {
    visit(Part::Number(expr));
    match expr {
        NumberExpr::Define(define) => visit(Part::Define(*define)),
        NumberExpr::Negate(one) | NumberExpr::PercentOf(_, one) => walk_number(one, visit),
        NumberExpr::LengthOf(text) => walk_text(text, visit),
        NumberExpr::DaysSince(date) | NumberExpr::DaysUntil(date) | NumberExpr::HourOf(date) => walk_date(date, visit),
        NumberExpr::CountOfKnown(values) => values.iter().for_each(|value| walk_any(value, visit)),
        NumberExpr::FirstKnown(values) | NumberExpr::Highest(values) | NumberExpr::Lowest(values) => {
            values.iter().for_each(|value| walk_number(value, visit));
        }
        NumberExpr::CountOf(selector)
        | NumberExpr::CountOfDistinct(_, selector)
        | NumberExpr::SumOf(_, selector)
        | NumberExpr::AverageOf(_, selector)
        | NumberExpr::HighestOf(_, selector)
        | NumberExpr::LowestOf(_, selector)
        | NumberExpr::Latest(_, selector)
        | NumberExpr::First(_, selector)
        | NumberExpr::DaysSinceLast(selector)
        | NumberExpr::DaysSinceFirst(selector) => walk_selector(selector, visit),
        NumberExpr::Literal(_)
        | NumberExpr::Missing
        | NumberExpr::Field(_)
        | NumberExpr::Property(_)
        | NumberExpr::Lookup(_)
        | NumberExpr::Score(_)
        | NumberExpr::PointsOf(_)
        | NumberExpr::Add(..)
        | NumberExpr::Subtract(..)
        | NumberExpr::Multiply(..)
        | NumberExpr::Divide(..) => {}
    }
}

pub fn walk_text<'m>(expr: &'m TextExpr, visit: Visit<'_, 'm>) {
    visit(Part::Text(expr));
    match expr {
        TextExpr::Define(define) => visit(Part::Define(*define)),
        TextExpr::DomainOf(text) => walk_text(text, visit),
        TextExpr::WeekdayOf(date) => walk_date(date, visit),
        TextExpr::FirstKnown(texts) => texts.iter().for_each(|text| walk_text(text, visit)),
        TextExpr::Latest(_, selector) | TextExpr::First(_, selector) => walk_selector(selector, visit),
        TextExpr::Literal(_)
        | TextExpr::Field(_)
        | TextExpr::Property(_)
        | TextExpr::Lookup(_)
        | TextExpr::Matrix(_)
        | TextExpr::ExcludedReason => {}
    }
}

fn walk_list<'m>(list: &'m ListExpr, visit: Visit<'_, 'm>) {
    visit(Part::List(list));
    if let ListExpr::Define(define) = list {
        visit(Part::Define(*define));
    }
}

pub fn walk_date<'m>(expr: &'m DateExpr, visit: Visit<'_, 'm>) {
    visit(Part::Date(expr));
    match expr {
        DateExpr::Define(define) => visit(Part::Define(*define)),
        DateExpr::FirstKnown(dates) | DateExpr::Highest(dates) | DateExpr::Lowest(dates) => {
            dates.iter().for_each(|date| walk_date(date, visit));
        }
        DateExpr::Latest(_, selector)
        | DateExpr::First(_, selector)
        | DateExpr::LatestAt(selector)
        | DateExpr::FirstAt(selector) => walk_selector(selector, visit),
        DateExpr::Literal(_) | DateExpr::Field(_) | DateExpr::Property(_) | DateExpr::At => {}
    }
}

pub fn walk_yes_no<'m>(expr: &'m YesNoExpr, visit: Visit<'_, 'm>) {
    visit(Part::YesNo(expr));
    match expr {
        YesNoExpr::Define(define) => visit(Part::Define(*define)),
        YesNoExpr::FirstKnown(answers) => answers.iter().for_each(|answer| walk_yes_no(answer, visit)),
        YesNoExpr::Latest(_, selector) | YesNoExpr::First(_, selector) => walk_selector(selector, visit),
        YesNoExpr::Field(_) | YesNoExpr::Property(_) => {}
    }
}

pub fn walk_selector<'m>(selector: &'m Selector, visit: Visit<'_, 'm>) {
    visit(Part::Selector(selector));
    let filters = selector.filter.iter();
    let since_last = selector.since_last.iter().filter_map(|which: &Which| which.filter.as_ref());
    let within_after = selector.within_after.iter().filter_map(|(_, which)| which.filter.as_ref());
    filters.chain(since_last).chain(within_after).for_each(|filter| walk_condition(filter, visit));
    selector.since.iter().chain(&selector.before).for_each(|date| walk_date(date, visit));
}

/// Of a score or group; groups nest to a bounded depth.
pub fn walk_items<'m>(items: &'m [Item], visit: Visit<'_, 'm>) {
    for item in items {
        match item {
            Item::Group(Group { when, items, .. }) => {
                when.iter().for_each(|when| walk_condition(when, visit));
                walk_items(items, visit);
            }
            Item::Rule(rule) => walk_rule(rule, visit),
        }
    }
}

pub fn walk_rule<'m>(rule: &'m Rule, visit: Visit<'_, 'm>) {
    match &rule.body {
        Body::Always => {}
        Body::When(condition) => walk_condition(condition, visit),
        Body::ForEach(each) => walk_selector(&each.selector, visit),
        Body::ForEvery(every) => {
            walk_selector(&every.selector, visit);
            every.counting_from.iter().for_each(|date| walk_date(date, visit));
        }
    }
    walk_points(&rule.points, visit);
}

pub fn walk_points<'m>(points: &'m Points, visit: Visit<'_, 'm>) {
    match points {
        Points::Constant(_) => {}
        Points::Computed(number) => walk_number(number, visit),
        Points::Series(series) => series.iter().for_each(|points| walk_points(points, visit)),
        Points::Table(table) => {
            walk_key(table, visit);
            let rows = table.rows.iter().chain(&table.otherwise).chain(&table.missing);
            rows.for_each(|row| walk_points(&row.result, visit));
        }
    }
}

pub fn walk_lookup<'m>(table: &'m LookupTable, visit: Visit<'_, 'm>) {
    match table {
        LookupTable::Text(table) => walk_key(table, visit),
        LookupTable::Number(table) => walk_key(table, visit),
    }
}

fn walk_key<'m, R>(table: &'m Table<R>, visit: Visit<'_, 'm>) {
    match &table.key {
        TableKey::Number(key) => walk_number(key, visit),
        TableKey::Text(key) => walk_text(key, visit),
    }
}
