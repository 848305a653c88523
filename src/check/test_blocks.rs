//! `test` blocks: leads, events and expectations, typed like data and rules.

use super::Build;
use super::declarations::Declared;
use super::expr::{Place, written};
use super::test_values::sample;
use crate::diagnostics::code::check as code;
use crate::diagnostics::{Diagnostic, nearest};
use crate::model::{Case, Cases, Condition, EventId, FieldId, PropertyId, Symbol, Test, TestEvent, ThresholdId};
use crate::source::Span;
use crate::syntax::tree::{self, EventTime, Expr, ExprKind, Given, TestPart};
use crate::value::{Decimal, Instant, Value, fold_name};
use std::collections::HashMap;

/// The day of a test that names none.
const DEFAULT_DAY: &str = "2026-01-01";

/// A test on its way.
#[derive(Default)]
pub(super) struct Draft {
    pub(super) as_of: Option<Instant>,
    pub(super) lead: Vec<(FieldId, Option<Value>)>,
    /// The fields that the lead gives, also with a wrong value
    given: Vec<FieldId>,
    lead_span: Option<Span>,
    pub(super) events: Vec<TestEvent>,
    pub(super) before: Vec<(ThresholdId, bool)>,
    pub(super) expectations: Vec<Condition>,
    cases: Option<Cases>,
    case_fields: Vec<FieldId>,
}

impl Draft {
    pub(super) fn as_of(as_of: Option<Instant>) -> Draft {
        Draft { as_of, ..Draft::default() }
    }
}

impl Build<'_> {
    pub(super) fn tests(&mut self) {
        for test in self.declared.tests.clone() {
            let test = self.test(test);
            self.model.tests.push(test);
        }
    }

    fn test(&mut self, Declared { tree, span }: Declared<'_, tree::Test>) -> Test {
        let mut draft = Draft::as_of(self.as_of(tree));
        let mistakes = self.findings.list.len();
        let mut parts: HashMap<&str, Span> = HashMap::new();
        for part in &tree.parts {
            if self.part_once(part, &mut parts) {
                self.part(part, &mut draft);
            }
        }
        self.required(&draft, tree);
        if self.findings.list.len() == mistakes {
            self.expects_something(&draft, tree);
        }
        Test {
            name: tree.name.node.clone(),
            as_of: draft.as_of.unwrap_or(Instant(0)),
            lead: draft.lead,
            events: draft.events,
            before: draft.before,
            expectations: draft.expectations,
            cases: draft.cases,
            span,
        }
    }

    /// A test that expects nothing would pass whatever the rules say.
    fn expects_something(&mut self, draft: &Draft, tree: &tree::Test) {
        let in_cases = draft.cases.iter().flat_map(|cases| &cases.rows).any(|row| !row.expected.is_empty());
        if in_cases || !draft.expectations.is_empty() {
            return;
        }
        let score = self.model.scores.first().map(|score| format!("`expect {} is 10`", written(&score.name)));
        let threshold = self.model.thresholds.first().map(|threshold| format!("`expect {}`", written(&threshold.name)));
        let help = match (score, threshold) {
            (Some(score), Some(threshold)) => format!("say what should come out: {score}, or {threshold}"),
            (Some(one), None) | (None, Some(one)) => format!("say what should come out: {one}"),
            (None, None) => "declare a score first, then say what it should be: `expect fit is 10`".to_owned(),
        };
        self.findings.error(code::EXPECTS_NOTHING, tree.name.span, "this test expects nothing", help);
    }

    fn as_of(&mut self, tree: &tree::Test) -> Option<Instant> {
        let (date, span) = match &tree.as_of {
            None => (DEFAULT_DAY, tree.name.span),
            Some(Expr { kind: ExprKind::Date(date), span }) => (date.as_str(), *span),
            Some(other) => {
                self.not_a_date(other);
                return None;
            }
        };
        Some(self.findings.date(date, span, &self.model.zone)?.last(&self.model.zone))
    }

    fn not_a_date(&mut self, expr: &Expr) {
        let help = match &expr.kind {
            ExprKind::Text(text) if text.starts_with(|c: char| c.is_ascii_digit()) => {
                format!("leave out the quotes: `{text}`")
            }
            _ => "write the date itself: `2026-05-01`".to_owned(),
        };
        self.findings.error(code::TEST_VALUE, expr.span, "here a written date is needed", help);
    }

    /// A test has one lead, one `before` and one table of cases.
    pub(super) fn part_once<'t>(&mut self, part: &'t TestPart, seen: &mut HashMap<&'t str, Span>) -> bool {
        let (word, span) = match part {
            TestPart::Lead(_, span) => ("lead", *span),
            TestPart::Before(_, span) => ("before", *span),
            TestPart::Cases(cases) => ("cases", cases.span),
            TestPart::Event(_) | TestPart::Expect(..) => return true,
        };
        let Some(first) = seen.insert(word, span) else { return true };
        self.findings.add(
            Diagnostic::error(code::TEST_PART_TWICE, span, format!("a test has one `{word} {{ … }}`"))
                .also(first, "the first one is here")
                .help("write another test, or put everything into one block"),
        );
        false
    }

    pub(super) fn part(&mut self, part: &TestPart, draft: &mut Draft) {
        match part {
            TestPart::Lead(given, span) => {
                draft.lead_span = Some(*span);
                self.test_lead(given, draft);
            }
            TestPart::Event(event) => {
                let event = self.test_event(event, draft.as_of);
                draft.events.extend(event);
            }
            TestPart::Before(given, _) => draft.before = self.before(given),
            TestPart::Expect(condition, _) => {
                let condition = self.expressions(Place::RESULTS).condition(condition);
                draft.expectations.extend(condition);
            }
            TestPart::Cases(cases) => {
                let (rows, fields): (Vec<Case>, Vec<FieldId>) = self.cases(cases);
                draft.cases = Some(Cases { rows });
                draft.case_fields = fields;
            }
        }
    }

    pub(super) fn test_lead(&mut self, given: &[Given], draft: &mut Draft) {
        let mut seen: HashMap<FieldId, Span> = HashMap::new();
        for one in given {
            let Some(id) = self.test_field(one) else { continue };
            if let Some(first) = seen.insert(id, one.name.span) {
                self.given_twice(one, first);
                continue;
            }
            draft.given.push(id);
            let Some(field) = self.model.lead.fields.get(id.index()).cloned() else { continue };
            let placeholders = self.model.lead.missing.clone();
            if let Some(value) = self.test_value(&field, &placeholders, &one.values, one.name.span) {
                draft.lead.push((id, value));
            }
        }
    }

    fn given_twice(&mut self, one: &Given, first: Span) {
        self.findings.add(
            Diagnostic::error(code::GIVEN_TWICE, one.name.span, format!("`{}` is given twice", one.name.text))
                .also(first, "given here first")
                .help("remove one of the two"),
        );
    }

    /// The field that a lead's value is for. Without a key field, `id` is the identity, which no rule sees.
    fn test_field(&mut self, given: &Given) -> Option<FieldId> {
        let name = &given.name;
        if let Some(Symbol::Field(id)) = self.model.names.get(&fold_name(&name.text)) {
            return Some(*id);
        }
        if name.text == "id" && self.model.lead.key.is_none() {
            return None;
        }
        let fields = self.model.lead.fields.iter().map(|field| field.name.as_str());
        let help = match nearest(&name.text, fields) {
            Some(meant) => format!("did you mean `{}`?", written(meant)),
            None if self.model.names.contains_key(&fold_name(&name.text)) => {
                format!("it is computed; say what it should be with `expect {} is …`", written(&name.text))
            }
            None => format!("declare it: `lead {{ {} text }}`", written(&name.text)),
        };
        self.findings.error(code::TEST_FIELD, name.span, format!("the lead has no field `{}`", name.text), help);
        None
    }

    fn test_event(&mut self, event: &tree::TestEvent, as_of: Option<Instant>) -> Option<TestEvent> {
        let at = self.event_time(event, as_of);
        let Some(id) = self.model.event_names.get(&fold_name(&event.name.text)).copied() else {
            self.expressions(Place::RESULTS).unknown_event(&event.name);
            return None;
        };
        let mut properties: Vec<(PropertyId, Option<Value>)> = Vec::new();
        let mut seen: HashMap<PropertyId, Span> = HashMap::new();
        for one in &event.properties {
            let Some(property) = self.test_property(id, one) else { continue };
            if let Some(first) = seen.insert(property, one.name.span) {
                self.given_twice(one, first);
                continue;
            }
            let Some(kind) = self.model.events.get(id.index()) else { continue };
            let placeholders = kind.missing.clone();
            let Some(field) = kind.properties.get(property.index()).cloned() else { continue };
            if let Some(value) = self.test_value(&field, &placeholders, &one.values, one.name.span) {
                properties.push((property, value));
            } else {
                properties.push((property, None));
            }
        }
        self.required_properties(id, &seen, event.name.span);
        Some(TestEvent { kind: id, at: at?, properties, span: event.span })
    }

    fn event_time(&mut self, event: &tree::TestEvent, as_of: Option<Instant>) -> Option<Instant> {
        match &event.when {
            // `0 days ago`: now
            EventTime::Ago(written) if Decimal::parse(&written.count) == Some(Decimal::ZERO) => as_of,
            EventTime::Ago(written) => {
                let duration = self.findings.duration(written)?;
                let at = as_of?.minus(duration, &self.model.zone);
                if at.is_none() {
                    let message = format!("`{}` ago is before all dates", self.findings.text(written.span));
                    self.findings.error(code::WRONG_DURATION, written.span, message, "write a shorter time");
                }
                at
            }
            EventTime::On(Expr { kind: ExprKind::Date(date), span }) => {
                Some(self.findings.date(date, *span, &self.model.zone)?.first(&self.model.zone))
            }
            EventTime::On(other) => {
                self.not_a_date(other);
                None
            }
        }
    }

    fn test_property(&mut self, event: EventId, given: &Given) -> Option<PropertyId> {
        let folded = fold_name(&given.name.text);
        if let Some(id) = self.facts.properties.get(event.index()).and_then(|own| own.get(&folded)) {
            return Some(*id);
        }
        let kind = self.model.events.get(event.index())?;
        let help = match nearest(&given.name.text, kind.properties.iter().map(|property| property.name.as_str())) {
            _ if folded == "at" => {
                format!("say when it was before the braces: `event {} 2 days ago`", written(&kind.name))
            }
            Some(meant) => format!("did you mean `{}`?", written(meant)),
            None => format!("declare it: `event {} {{ {} text }}`", written(&kind.name), written(&given.name.text)),
        };
        let message = format!("the event `{}` has no property `{}`", kind.name, given.name.text);
        self.findings.error(code::TEST_FIELD, given.name.span, message, help);
        None
    }

    fn required_properties(&mut self, event: EventId, given: &HashMap<PropertyId, Span>, place: Span) {
        let Some(kind) = self.model.events.get(event.index()) else { return };
        for (id, property) in (0u32..).zip(&kind.properties) {
            if property.required && !given.contains_key(&PropertyId(id)) {
                let message = format!("`{}` is required, and this event has none", property.name);
                self.findings.list.push(
                    Diagnostic::error(code::TEST_REQUIRED, place, message)
                        .also(property.span, "declared here")
                        .help(format!("add it: `{{ {} {} }}`", written(&property.name), sample(&property.kind))),
                );
            }
        }
    }

    fn before(&mut self, given: &[Given]) -> Vec<(ThresholdId, bool)> {
        let mut checked = Vec::new();
        let mut seen: HashMap<ThresholdId, Span> = HashMap::new();
        for one in given {
            let name = &one.name;
            let Some(Symbol::Threshold(id)) = self.model.names.get(&fold_name(&name.text)).copied() else {
                let thresholds = self.model.thresholds.iter().map(|threshold| threshold.name.as_str());
                let help = match nearest(&name.text, thresholds) {
                    Some(meant) => format!("did you mean `{}`?", written(meant)),
                    None => "`before` says which thresholds were met: `before { mql yes }`".to_owned(),
                };
                self.findings.error(code::NOT_A_THRESHOLD, name.span, format!("`{}` is no threshold", name.text), help);
                continue;
            };
            if let Some(first) = seen.insert(id, name.span) {
                self.given_twice(one, first);
                continue;
            }
            match one.values.as_slice() {
                [Expr { kind: ExprKind::YesNo(yes), .. }] => checked.push((id, *yes)),
                values => {
                    let span = values.first().map_or(name.span, |value| value.span);
                    let help = format!("write `{} yes` or `{} no`", written(&name.text), written(&name.text));
                    self.findings.error(code::TEST_VALUE, span, "a threshold was met or it wasn't", help);
                }
            }
        }
        checked
    }

    /// A required field that a test leaves out: such a row would be refused. The key need not be given.
    fn required(&mut self, draft: &Draft, tree: &tree::Test) {
        let missing = |id: FieldId| draft.lead.iter().any(|(other, value)| *other == id && value.is_none());
        for (id, field) in (0u32..).zip(&self.model.lead.fields) {
            let id = FieldId(id);
            let given = draft.given.contains(&id) && !missing(id) || draft.case_fields.contains(&id);
            if !field.required || given || self.model.lead.key == Some(id) {
                continue;
            }
            let place = draft.lead_span.unwrap_or(tree.name.span);
            let value = format!("{} {}", written(&field.name), sample(&field.kind));
            let help = match draft.lead_span {
                Some(_) => format!("add it to the lead: `{value}`"),
                None => format!("add a lead: `lead {{ {value} }}`"),
            };
            let message = format!("`{}` is required, and this test has none", field.name);
            self.findings.list.push(
                Diagnostic::error(code::TEST_REQUIRED, place, message).also(field.span, "declared here").help(help),
            );
        }
    }
}
