//! The constants in the questions asked of a variable: where its values are cut, and which texts to try.

use super::Making;
use crate::analysis::graph::Aspect;
use crate::analysis::text::Pattern;
use crate::model::{
    AnyExpr, Condition, ConditionKind, DateExpr, DateTest, LookupTable, NumberExpr, RowTest, TableKey, TextExpr,
    TextOperand, TextRelation, TextTest,
};
use crate::value::{Decimal, Instant, Moment};

/// Expressions inside each other are followed no further; defines that are no more than another's name are not counted.
const DEEPEST: usize = 24;

/// What is found in the questions.
#[derive(Debug, Default)]
pub(super) struct Hints {
    /// Texts that the variable is compared with as a whole
    pub texts: Vec<String>,
    /// Domains that `domain of` it is compared with
    pub domains: Vec<String>,
    /// Texts worth trying that match some pattern
    pub tries: Vec<String>,
    /// Edges of tables that it is the key of
    pub edges: Vec<Decimal>,
    pub instants: Vec<Instant>,
    pub asks_for_the_clock: bool,
    /// Expressions went deeper than they are followed: there may be more
    pub is_cut_short: bool,
}

/// What a question needs to know of a text.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Need {
    /// Which of the texts named anywhere it is, if any
    Name,
    /// Which of the domains named anywhere its domain is, if any
    Domain,
    /// Whether its folded form matches
    Pattern(Pattern),
    /// Something else
    More,
}

/// How an expression looks at the variable.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum View {
    Itself,
    Domain,
    Other,
}

impl Making<'_, '_> {
    pub(super) fn find_hints(&self) -> Hints {
        let mut hints = Hints::default();
        for question in self.questions.iter().flatten() {
            self.look_at(question, &mut hints);
        }
        for aspect in &self.asked.aspects {
            if let Aspect::Measure(place) = aspect
                && let Some(measure) = self.graph.measures.get(*place)
            {
                self.look_at_measure(measure, &mut hints);
            }
        }
        hints
    }

    fn look_at_measure(&self, measure: &NumberExpr, hints: &mut Hints) {
        match measure {
            NumberExpr::LengthOf(text) => {
                self.view(text, hints, 0);
            }
            NumberExpr::DaysSince(date) | NumberExpr::DaysUntil(date) | NumberExpr::HourOf(date) => {
                self.clock(date, hints, 0);
            }
            _ => {}
        }
    }

    fn look_at(&self, question: &Condition, hints: &mut Hints) {
        match &question.kind {
            ConditionKind::Text { value, test } => {
                let view = self.view(value, hints, 0);
                self.look_at_test(view, test, hints);
                self.look_at_operands(test, hints);
            }
            ConditionKind::Known(expr) => match &**expr {
                AnyExpr::Text(text) => {
                    self.view(text, hints, 0);
                }
                AnyExpr::Date(date) => self.clock(date, hints, 0),
                _ => {}
            },
            ConditionKind::Includes { operands, .. } => hints.texts.extend(self.literals(operands)),
            ConditionKind::Date { value, test } => {
                self.clock(value, hints, 0);
                self.instants(test, hints);
            }
            _ => {}
        }
    }

    fn look_at_test(&self, view: View, test: &TextTest, hints: &mut Hints) {
        let operands = match test {
            TextTest::Is(operands) | TextTest::Part { operands, .. } => self.literals(operands),
            TextTest::Matches(patterns) => patterns.iter().flat_map(|pattern| self.samples(pattern)).collect(),
            TextTest::LooksRandom => vec!["asdfgh".to_owned()],
        };
        let is_name = matches!(test, TextTest::Is(_));
        match view {
            View::Itself if is_name => hints.texts.extend(operands),
            View::Domain if is_name => hints.domains.extend(operands),
            View::Itself => hints.tries.extend(operands),
            View::Domain => hints.tries.extend(operands.into_iter().map(|domain| format!("a@{domain}"))),
            View::Other => {}
        }
    }

    /// Texts that it is compared with may be made of the variable, too.
    fn look_at_operands(&self, test: &TextTest, hints: &mut Hints) {
        let (TextTest::Is(operands) | TextTest::Part { operands, .. }) = test else { return };
        for operand in operands {
            if let TextOperand::Expr(text) = operand {
                self.view(text, hints, 0);
            }
        }
    }

    /// How a text is made of the variable; the keys of lookups on the way are noted. Chains of defines are followed to
    /// the depth to which lookups by lookups are likely to go.
    fn view(&self, text: &TextExpr, hints: &mut Hints, depth: usize) -> View {
        if depth > DEEPEST {
            hints.is_cut_short = true;
            return View::Other;
        }
        match self.named_text(text) {
            TextExpr::Field(_) | TextExpr::Property(_) | TextExpr::Latest(..) | TextExpr::First(..) => View::Itself,
            TextExpr::DomainOf(inner) => match self.view(inner, hints, depth + 1) {
                View::Itself => View::Domain,
                View::Domain | View::Other => View::Other,
            },
            TextExpr::Lookup(lookup) => {
                if let Some(lookup) = self.graph.model.lookups.get(lookup.index()) {
                    self.keys(&lookup.table, hints, depth);
                }
                View::Other
            }
            TextExpr::WeekdayOf(date) => {
                hints.asks_for_the_clock = true;
                self.clock(date, hints, 0);
                View::Other
            }
            TextExpr::FirstKnown(texts) => {
                for text in texts {
                    self.view(text, hints, depth + 1);
                }
                View::Other
            }
            TextExpr::Literal(_) | TextExpr::Matrix(_) | TextExpr::ExcludedReason | TextExpr::Define(_) => View::Other,
        }
    }

    /// What a name stands for, through names of names. Each comes after those it depends on, so this ends.
    fn named_text<'t>(&'t self, mut text: &'t TextExpr) -> &'t TextExpr {
        let defines = &self.graph.model.defines;
        while let TextExpr::Define(define) = text
            && let Some(AnyExpr::Text(named)) = defines.get(define.index()).map(|define| &define.value)
        {
            text = named;
        }
        text
    }

    fn named_date<'t>(&'t self, mut date: &'t DateExpr) -> &'t DateExpr {
        let defines = &self.graph.model.defines;
        while let DateExpr::Define(define) = date
            && let Some(AnyExpr::Date(named)) = defines.get(define.index()).map(|define| &define.value)
        {
            date = named;
        }
        date
    }

    fn keys(&self, table: &LookupTable, hints: &mut Hints, depth: usize) {
        let (key, tests): (_, Vec<&RowTest>) = match table {
            LookupTable::Text(table) => (&table.key, table.rows.iter().map(|row| &row.test).collect()),
            LookupTable::Number(table) => (&table.key, table.rows.iter().map(|row| &row.test).collect()),
        };
        let view = match key {
            TableKey::Text(text) => self.view(text, hints, depth + 1),
            TableKey::Number(_) => View::Other,
        };
        for test in tests {
            match (test, view) {
                (RowTest::Edge { at, .. }, _) => hints.edges.push(*at),
                (RowTest::Values(values), View::Itself) => hints.texts.extend(values.iter().cloned()),
                (RowTest::Values(values), View::Domain) => hints.domains.extend(values.iter().cloned()),
                (RowTest::Values(_) | RowTest::Else, _) => {}
            }
        }
    }

    /// The literals among operands, lists by their values; as given, folded where only that is kept.
    fn literals(&self, operands: &[TextOperand]) -> Vec<String> {
        let literal = |operand: &TextOperand| match operand {
            TextOperand::Literal(text) => vec![text.given.to_string()],
            TextOperand::List(list) => {
                let list = self.graph.model.lists.get(list.index());
                list.map(|list| list.values.iter().map(|value| value.given.to_string()).collect()).unwrap_or_default()
            }
            TextOperand::Expr(_) => Vec::new(),
        };
        operands.iter().flat_map(literal).collect()
    }

    fn samples(&self, pattern: &crate::model::Pattern) -> Vec<String> {
        use crate::model::Pattern;
        match pattern {
            Pattern::Glob(glob) => vec![of_glob(glob.pattern())],
            Pattern::List(_, globs) => globs.iter().map(|glob| of_glob(glob.pattern())).collect(),
            Pattern::Regex(regex) => crate::analysis::text::of_regex(regex.as_str()),
        }
    }

    /// Constants that a date is chosen among.
    fn clock(&self, date: &DateExpr, hints: &mut Hints, depth: usize) {
        match self.named_date(date) {
            _ if depth > DEEPEST => hints.is_cut_short = true,
            DateExpr::Highest(dates) | DateExpr::Lowest(dates) | DateExpr::FirstKnown(dates) => {
                dates.iter().for_each(|date| self.edge(date, hints, depth + 1));
            }
            _ => {}
        }
    }

    /// A date that the variable is compared with.
    fn edge(&self, date: &DateExpr, hints: &mut Hints, depth: usize) {
        let date = self.named_date(date);
        match date {
            DateExpr::Highest(_) | DateExpr::Lowest(_) | DateExpr::FirstKnown(_) => self.clock(date, hints, depth),
            _ => {
                if let Some(moment) = self.graph.probe.constant_date(date) {
                    self.both_ends(moment, hints);
                }
            }
        }
    }

    fn instants(&self, test: &DateTest, hints: &mut Hints) {
        let (zone, as_of) = (self.graph.probe.zone(), self.graph.as_of);
        match test {
            DateTest::Before(date) | DateTest::After(date) | DateTest::On(date) => {
                self.edge(date, hints, 0);
            }
            DateTest::Between(from, to) => [from, to].into_iter().for_each(|date| self.edge(date, hints, 0)),
            DateTest::InLast(length) => hints.instants.extend(as_of.minus(*length, zone)),
            DateTest::InNext(length) => hints.instants.extend(as_of.plus(*length, zone)),
        }
    }

    fn both_ends(&self, moment: Moment, hints: &mut Hints) {
        let zone = self.graph.probe.zone();
        hints.instants.extend([moment.first(zone), moment.last(zone)]);
    }

    /// What a question needs to know of a text.
    pub(super) fn need(&self, question: &Condition) -> Need {
        let mut unused = Hints::default();
        let (value, test) = match &question.kind {
            ConditionKind::Text { value, test } => (value, Some(test)),
            ConditionKind::Known(expr) => match &**expr {
                AnyExpr::Text(value) => (value, None),
                _ => return Need::More,
            },
            _ => return Need::More,
        };
        let operands = match test {
            Some(TextTest::Is(operands) | TextTest::Part { operands, .. }) => &operands[..],
            _ => &[],
        };
        if operands.iter().any(|operand| matches!(operand, TextOperand::Expr(_))) {
            return Need::More;
        }
        match (self.view(value, &mut unused, 0), test) {
            (View::Itself, None | Some(TextTest::Is(_))) => Need::Name,
            (View::Domain, None | Some(TextTest::Is(_))) => Need::Domain,
            (View::Itself, Some(TextTest::Part { relation, all, operands })) => {
                let operands = operands.iter().flat_map(|operand| self.folded(operand));
                let parts = operands.map(|operand| part(*relation, operand)).collect();
                Need::Pattern(Pattern::new(parts, *all))
            }
            (View::Itself, Some(TextTest::Matches(patterns))) => self.globs(patterns),
            (View::Other, _) => self.need_of_lookup(value, 0),
            _ => Need::More,
        }
    }

    fn folded(&self, operand: &TextOperand) -> Vec<String> {
        match operand {
            TextOperand::Literal(text) => vec![text.folded.to_string()],
            TextOperand::List(list) => {
                let list = self.graph.model.lists.get(list.index());
                list.map(|list| list.values.iter().map(|value| value.folded.to_string()).collect()).unwrap_or_default()
            }
            TextOperand::Expr(_) => Vec::new(),
        }
    }

    fn globs(&self, patterns: &[crate::model::Pattern]) -> Need {
        use crate::model::Pattern as Written;
        let mut parts = Vec::new();
        for pattern in patterns {
            match pattern {
                Written::Glob(glob) => parts.push(crate::analysis::text::Part::Glob(glob.pattern().to_owned())),
                Written::List(_, globs) => {
                    let globs = globs.iter().map(|glob| glob.pattern().to_owned());
                    parts.extend(globs.map(crate::analysis::text::Part::Glob));
                }
                Written::Regex(_) => return Need::More,
            }
        }
        Need::Pattern(Pattern::new(parts, false))
    }

    /// What a lookup gives depends on which of its keys the text is.
    fn need_of_lookup(&self, value: &TextExpr, depth: usize) -> Need {
        let model = self.graph.model;
        match self.named_text(value) {
            _ if depth > DEEPEST => Need::More,
            TextExpr::Lookup(lookup) => {
                let table = model.lookups.get(lookup.index()).map(|lookup| &lookup.table);
                let key = match table {
                    Some(LookupTable::Text(table)) => Some(&table.key),
                    Some(LookupTable::Number(table)) => Some(&table.key),
                    None => None,
                };
                let Some(TableKey::Text(key)) = key else { return Need::More };
                match self.view(key, &mut Hints::default(), 0) {
                    View::Itself => Need::Name,
                    View::Domain => Need::Domain,
                    View::Other => self.need_of_lookup(key, depth + 1),
                }
            }
            _ => Need::More,
        }
    }
}

fn part(relation: TextRelation, operand: String) -> crate::analysis::text::Part {
    use crate::analysis::text::Part;
    match relation {
        TextRelation::Contains => Part::Contains(operand),
        TextRelation::Mentions => Part::Mentions(operand),
        TextRelation::StartsWith => Part::StartsWith(operand),
        TextRelation::EndsWith => Part::EndsWith(operand),
    }
}

/// A text that a glob matches: nothing for a run, a letter for a code point.
fn of_glob(pattern: &str) -> String {
    let text: String = pattern
        .chars()
        .filter(|letter| *letter != '*')
        .map(|letter| if letter == '?' { 'x' } else { letter })
        .collect();
    if text.trim().is_empty() { "x".to_owned() } else { text }
}
