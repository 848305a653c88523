//! One walk over everything in a file, for those who look at its places or take them away.

use super::*;

/// What a walk tells of, in the order of the tree; each does nothing unless it is written.
pub trait Walk {
    /// Any place.
    fn place(&mut self, _: &mut Span) {}
    /// Any name, also of what is declared.
    fn name(&mut self, _: &Name) {}
    /// Any text in quotes, its escapes resolved.
    fn text(&mut self, _: &str, _: Span) {}
    /// The clauses of a header, or those behind the body of a rule.
    fn clauses(&mut self, _: &mut Vec<Spanned<Clause>>) {}
    /// Any condition or value, each before its parts.
    fn expr(&mut self, _: &Expr) {}
    /// Any row of a table or a lookup.
    fn row(&mut self, _: &Row) {}
    /// The parts of `a and b and c` or `a or b or c`.
    fn joined(&mut self, _: &mut [Expr]) {}
    /// The values of `is one of V…`, `contains any of V…`, `includes all of V…`.
    fn values(&mut self, _: &[Expr]) {}
    /// `in last 30 days`, of a selector.
    fn selector_clause(&mut self, _: Span) {}
    /// The `stays` of a threshold.
    fn stays(&mut self, _: Span) {}
}

/// Walks over a file. Recursion is as deep as items and expressions nest, which the parser bounds.
pub fn walk(file: &mut File, told: &mut impl Walk) {
    for statement in &mut file.statements {
        told.place(&mut statement.span);
        of_statement(&mut statement.kind, told);
    }
    file.comments.iter_mut().for_each(|comment| told.place(&mut comment.span));
}

fn of_statement(kind: &mut StatementKind, told: &mut impl Walk) {
    match kind {
        StatementKind::Model(model) => {
            text(model.name.as_mut(), told);
            for (key, value) in &mut model.entries {
                name(key, told);
                expr(value, told);
            }
        }
        StatementKind::Use(path) => text(Some(path), told),
        StatementKind::Lead(lead) => {
            lead.fields.iter_mut().for_each(|one| field(one, told));
            texts(&mut lead.treat_missing, told);
        }
        StatementKind::Event(event) => {
            name(&mut event.name, told);
            text(event.called.as_mut(), told);
            event.properties.iter_mut().for_each(|one| field(one, told));
            event.mapping.iter_mut().for_each(|one| mapping(one, told));
            texts(&mut event.treat_missing, told);
        }
        StatementKind::Events(events) => events.mapping.iter_mut().for_each(|one| mapping(one, told)),
        StatementKind::List(list) => {
            name(&mut list.name, told);
            match &mut list.values {
                ListValues::Written(values) => texts(values, told),
                ListValues::File { path, column } => {
                    text(Some(path), told);
                    text(column.as_mut(), told);
                }
            }
        }
        StatementKind::Define(define) => {
            name(&mut define.name, told);
            expr(&mut define.value, told);
        }
        StatementKind::Lookup(lookup) => {
            name(&mut lookup.name, told);
            expr(&mut lookup.by, told);
            if let Some(file) = &mut lookup.file {
                for one in [&mut file.path, &mut file.key_column, &mut file.value_column] {
                    text(Some(one), told);
                }
            }
            rows(&mut lookup.rows, told);
        }
        StatementKind::Ignore(ignored) => selector(ignored, told),
        StatementKind::Exclude(exclude) => {
            text(exclude.reason.as_mut(), told);
            expr(&mut exclude.when, told);
        }
        StatementKind::Score(score) => {
            name(&mut score.name, told);
            text(score.label.as_mut(), told);
            clauses(&mut score.clauses, told);
            match &mut score.body {
                ScoreBody::Rules(list) => items(list, told),
                ScoreBody::Derived(value) => expr(value, told),
            }
        }
        StatementKind::Bands(bands) => {
            name(&mut bands.score, told);
            bands.bands.iter_mut().for_each(|one| band(one, told));
        }
        StatementKind::Matrix(matrix) => {
            for one in [&mut matrix.name, &mut matrix.rows, &mut matrix.columns] {
                name(one, told);
            }
            text(matrix.label.as_mut(), told);
            matrix.header.iter_mut().for_each(|one| name(one, told));
            for (row, cells) in &mut matrix.cells {
                name(row, told);
                texts(cells, told);
            }
        }
        StatementKind::Threshold(threshold) => {
            name(&mut threshold.name, told);
            text(threshold.label.as_mut(), told);
            expr(&mut threshold.when, told);
            if let Some(stays) = &mut threshold.stays {
                told.stays(*stays);
                told.place(stays);
            }
            threshold.until.iter_mut().for_each(|until| expr(until, told));
            text(threshold.action.as_mut(), told);
        }
        StatementKind::Test(test) => of_test(test, told),
    }
}

fn of_test(test: &mut Test, told: &mut impl Walk) {
    text(Some(&mut test.name), told);
    test.as_of.iter_mut().for_each(|date| expr(date, told));
    for part in &mut test.parts {
        match part {
            TestPart::Lead(given, span) | TestPart::Before(given, span) => {
                told.place(span);
                givens(given, told);
            }
            TestPart::Event(event) => {
                told.place(&mut event.span);
                name(&mut event.name, told);
                match &mut event.when {
                    EventTime::Ago(time) => duration(time, told),
                    EventTime::On(date) => expr(date, told),
                }
                givens(&mut event.properties, told);
            }
            TestPart::Expect(condition, span) => {
                told.place(span);
                expr(condition, told);
            }
            TestPart::Cases(cases) => {
                told.place(&mut cases.span);
                cases.columns.iter_mut().for_each(|one| name(one, told));
                for row in &mut cases.rows {
                    told.place(&mut row.span);
                    row.cells.iter_mut().flatten().for_each(|one| expr(one, told));
                }
            }
        }
    }
}

fn givens(given: &mut [Given], told: &mut impl Walk) {
    for one in given {
        name(&mut one.name, told);
        exprs(&mut one.values, told);
    }
}

fn name(name: &mut Name, told: &mut impl Walk) {
    told.name(name);
    told.place(&mut name.span);
}

fn text(text: Option<&mut Text>, told: &mut impl Walk) {
    if let Some(text) = text {
        told.text(&text.node, text.span);
        told.place(&mut text.span);
    }
}

fn texts(texts: &mut [Text], told: &mut impl Walk) {
    texts.iter_mut().for_each(|one| text(Some(one), told));
}

fn duration(duration: &mut Duration, told: &mut impl Walk) {
    told.place(&mut duration.span);
}

fn field(field: &mut Field, told: &mut impl Walk) {
    told.place(&mut field.span);
    name(&mut field.name, told);
    told.place(&mut field.kind.span);
    match &mut field.kind.node {
        FieldKind::Number { from, to, format } => {
            from.iter_mut().chain(to).for_each(|bound| expr(bound, told));
            text(format.as_mut(), told);
        }
        FieldKind::YesNo { words } | FieldKind::OneOf(words) => texts(words, told),
        FieldKind::Date { format, unit } => {
            text(format.as_mut(), told);
            unit.iter_mut().for_each(|unit| told.place(&mut unit.span));
        }
        FieldKind::Text | FieldKind::ListOfText => {}
    }
    field.key.iter_mut().chain(&mut field.required).for_each(|mark| told.place(mark));
    text(field.column.as_mut(), told);
}

fn mapping(mapping: &mut Mapping, told: &mut impl Walk) {
    told.place(&mut mapping.span);
    told.place(&mut mapping.part.span);
    text(mapping.column.as_mut(), told);
    mapping.by.iter_mut().for_each(|by| name(by, told));
    text(mapping.format.as_mut(), told);
    mapping.unit.iter_mut().for_each(|unit| told.place(&mut unit.span));
}

fn rows(rows: &mut [Row], told: &mut impl Walk) {
    for row in rows {
        told.row(row);
        told.place(&mut row.span);
        match &mut row.key {
            RowKey::Edge { at, .. } => expr(at, told),
            RowKey::Values(values) => exprs(values, told),
            RowKey::Otherwise(span) | RowKey::Missing(span) => told.place(span),
        }
        match &mut row.result {
            RowResult::Points(given) => points(given, told),
            RowResult::Value(value) => expr(value, told),
        }
    }
}

fn band(band: &mut Band, told: &mut impl Walk) {
    told.place(&mut band.span);
    name(&mut band.name, told);
    text(band.label.as_mut(), told);
    match &mut band.edge {
        BandEdge::From(at) | BandEdge::Above(at) => expr(at, told),
        BandEdge::Otherwise => {}
    }
    text(band.action.as_mut(), told);
}

fn items(items: &mut [Item], told: &mut impl Walk) {
    for item in items {
        match item {
            Item::Group(group) => {
                told.place(&mut group.span);
                text(group.label.as_mut(), told);
                clauses(&mut group.clauses, told);
                self::items(&mut group.items, told);
            }
            Item::Rule(one) => rule(one, told),
            Item::Table(table) => {
                told.place(&mut table.span);
                text(table.label.as_mut(), told);
                expr(&mut table.by, told);
                table.for_each.iter_mut().for_each(|each| selector(each, told));
                clauses(&mut table.clauses, told);
                rows(&mut table.rows, told);
            }
        }
    }
}

fn rule(rule: &mut Rule, told: &mut impl Walk) {
    told.place(&mut rule.span);
    points(&mut rule.points, told);
    text(rule.label.as_mut(), told);
    if let Some(body) = &mut rule.body {
        told.place(&mut body.span);
        match &mut body.node {
            Body::When(condition) => expr(condition, told),
            Body::ForEach(each) => selector(each, told),
            Body::ForEachWith { each, at_least, selector: of } => {
                if let Each::Property(property) = each {
                    name(property, told);
                }
                expr(at_least, told);
                selector(of, told);
            }
            Body::ForEvery { duration: every, selector: without } => {
                duration(every, told);
                selector(without, told);
            }
        }
    }
    clauses(&mut rule.clauses, told);
}

fn points(points: &mut Points, told: &mut impl Walk) {
    told.place(&mut points.span);
    match &mut points.kind {
        PointsKind::Signed { value, .. } => expr(value, told),
        PointsKind::Series(series) => series.iter_mut().for_each(|one| self::points(one, told)),
    }
}

fn clauses(clauses: &mut Vec<Spanned<Clause>>, told: &mut impl Walk) {
    told.clauses(clauses);
    for clause in clauses {
        told.place(&mut clause.span);
        match &mut clause.node {
            Clause::StartingAt(value)
            | Clause::From(value)
            | Clause::To(value)
            | Clause::RoundedTo(value)
            | Clause::When(value)
            | Clause::NoHigher(value)
            | Clause::NoLower(value)
            | Clause::CountingFrom(value) => expr(value, told),
            Clause::Choice(_) | Clause::Counts(_) | Clause::Decay(Decay::None) => {}
            Clause::CountingSinceLast(last) => which(last, told),
            Clause::AtMost { times, scope } => {
                times.iter_mut().for_each(|times| expr(times, told));
                match scope {
                    LimitScope::Plain | LimitScope::PerCalendar(_) => {}
                    LimitScope::PerProperty(property) => name(property, told),
                    LimitScope::InAny(time) => duration(time, told),
                }
            }
            Clause::Decay(Decay::Curve(curve)) => decay(curve, told),
            Clause::After(time) => duration(time, told),
        }
    }
}

fn decay(curve: &mut DecayCurve, told: &mut impl Walk) {
    match &mut curve.shape {
        DecayShape::HalfLife(time) | DecayShape::Linear(time) => duration(time, told),
        DecayShape::OfOriginal { percent, every } | DecayShape::OfWhatIsLeft { percent, every } => {
            told.place(&mut percent.span);
            duration(every, told);
        }
    }
    curve.after.iter_mut().for_each(|after| duration(after, told));
    curve.down_to.iter_mut().for_each(|least| told.place(&mut least.span));
}

fn exprs(list: &mut [Expr], told: &mut impl Walk) {
    list.iter_mut().for_each(|one| expr(one, told));
}

fn expr(given: &mut Expr, told: &mut impl Walk) {
    told.expr(given);
    told.place(&mut given.span);
    match &mut given.kind {
        ExprKind::Text(text) => told.text(text, given.span),
        ExprKind::Number { .. } | ExprKind::Pattern(_) | ExprKind::Date(_) | ExprKind::YesNo(_) | ExprKind::Missing => {
        }
        ExprKind::Name(one) | ExprKind::LeadName(one) | ExprKind::BandOf(one) => name(one, told),
        ExprKind::Parenthesised(inner) | ExprKind::Not(inner) | ExprKind::Negate(inner) => expr(inner, told),
        ExprKind::And(parts) | ExprKind::Or(parts) => {
            told.joined(parts);
            exprs(parts, told);
        }
        ExprKind::Arithmetic { left, right, .. } => {
            expr(left, told);
            expr(right, told);
        }
        ExprKind::PercentOf { percent, of } => {
            told.place(&mut percent.span);
            expr(of, told);
        }
        ExprKind::Compare { left, comparison } => {
            expr(left, told);
            told.place(&mut comparison.span);
            compared(&mut comparison.node.kind, told);
        }
        ExprKind::Function { arguments, .. } => exprs(arguments, told),
        ExprKind::Events(events) => {
            match &mut events.ask {
                EventAsk::Count(_, number) => expr(number, told),
                EventAsk::CountOfDistinct(property)
                | EventAsk::SumOf(property)
                | EventAsk::AverageOf(property)
                | EventAsk::HighestOf(property)
                | EventAsk::LowestOf(property)
                | EventAsk::Latest(property)
                | EventAsk::First(property) => name(property, told),
                EventAsk::Any
                | EventAsk::No
                | EventAsk::CountOf
                | EventAsk::DaysSinceLast
                | EventAsk::DaysSinceFirst => {}
            }
            selector(&mut events.selector, told);
        }
        ExprKind::PointsOf { label, score } => {
            text(Some(label), told);
            score.iter_mut().for_each(|score| name(score, told));
        }
    }
}

fn compared(kind: &mut ComparisonKind, told: &mut impl Walk) {
    match kind {
        ComparisonKind::Missing | ComparisonKind::Known | ComparisonKind::LooksRandom => {}
        ComparisonKind::Is(value)
        | ComparisonKind::AtLeast(value)
        | ComparisonKind::Order(_, value)
        | ComparisonKind::Before(value)
        | ComparisonKind::After(value)
        | ComparisonKind::On(value) => expr(value, told),
        ComparisonKind::OneOf(values) => {
            told.values(values);
            exprs(values, told);
        }
        ComparisonKind::Between(low, high) => {
            expr(low, told);
            expr(high, told);
        }
        ComparisonKind::Text { operands, .. } | ComparisonKind::Includes { operands, .. } => {
            told.values(operands);
            exprs(operands, told);
        }
        ComparisonKind::InLast(time) | ComparisonKind::InNext(time) => duration(time, told),
    }
}

fn selector(selector: &mut Selector, told: &mut impl Walk) {
    told.place(&mut selector.span);
    event_names(&mut selector.events, told);
    for clause in &mut selector.clauses {
        told.selector_clause(clause.span);
        told.place(&mut clause.span);
        match &mut clause.node {
            SelectorClause::Where(value) | SelectorClause::Since(value) | SelectorClause::Before(value) => {
                expr(value, told);
            }
            SelectorClause::InLast(time) => duration(time, told),
            SelectorClause::SinceLast(last) => which(last, told),
            SelectorClause::WithinAfter(time, after) => {
                duration(time, told);
                which(after, told);
            }
        }
    }
}

fn event_names(names: &mut EventNames, told: &mut impl Walk) {
    match names {
        EventNames::All(span) => told.place(span),
        EventNames::Named(names) => names.iter_mut().for_each(|one| name(one, told)),
    }
}

fn which(which: &mut Which, told: &mut impl Walk) {
    told.place(&mut which.span);
    event_names(&mut which.events, told);
    which.filter.iter_mut().for_each(|filter| expr(filter, told));
}
