//! Nodes in the words of the language, for people. Long ones are cut short: nodes are shared, so that what is small as
//! nodes can be endless as text.

use super::*;
use crate::model::{Compare, TextRelation};

/// About how long a text may get, in bytes.
pub(super) const LONGEST: usize = 160;

/// Names nodes of a scope.
#[derive(Clone, Copy)]
pub(super) struct Naming<'a> {
    pub model: &'a Model,
    pub nodes: &'a Nodes,
    /// In the scope of an event: those of its lead
    pub lead: Option<&'a Nodes>,
}

impl Naming<'_> {
    /// A node as an expression, without parentheses around all of it.
    pub fn said(&self, value: ValueId) -> String {
        let mut out = String::new();
        self.value(&mut out, value);
        let inner = out.strip_prefix('(').and_then(|out| out.strip_suffix(')'));
        match inner.filter(|_| self.is_in_parentheses(value)) {
            Some(inner) => inner.to_owned(),
            None => out,
        }
    }

    /// Whether a node is written with parentheses around it.
    fn is_in_parentheses(&self, value: ValueId) -> bool {
        match value {
            ValueId::Mask(id) => matches!(
                self.nodes.masks.get(id.index()),
                Some(
                    MaskNode::All(_)
                        | MaskNode::Any(_)
                        | MaskNode::Questions(_)
                        | MaskNode::Number { .. }
                        | MaskNode::Text { .. }
                        | MaskNode::Includes { .. }
                        | MaskNode::Date { test: DateCompare::Before(_) | DateCompare::After(_), .. }
                )
            ),
            ValueId::Number(id) => matches!(
                self.nodes.numbers.get(id.index()),
                Some(
                    NumberNode::Add(..) | NumberNode::Subtract(..) | NumberNode::Multiply(..) | NumberNode::Divide(..)
                )
            ),
            ValueId::Text(_) | ValueId::Date(_) | ValueId::YesNo(_) | ValueId::List(_) => false,
        }
    }

    /// Of the lead, in the scope of an event
    fn of_lead(&self, out: &mut String, value: ValueId) {
        match self.lead {
            Some(nodes) => {
                let mut said = Naming { nodes, lead: None, ..*self }.said(value);
                // what is cut short is so already
                if !matches!(value, ValueId::Mask(_)) && !said.contains([' ', '"']) {
                    said.insert_str(0, "lead.");
                }
                out.push_str(&said);
            }
            None => out.push_str("a value of the lead"),
        }
    }

    /// Every level writes something, and nothing is written past the longest: so the recursion ends soon.
    pub fn value(&self, out: &mut String, value: ValueId) {
        if out.len() > LONGEST {
            if !out.ends_with('…') {
                out.push('…');
            }
            return;
        }
        match value {
            ValueId::Mask(id) => self.mask(out, id),
            ValueId::Number(id) => self.number(out, id),
            ValueId::Text(id) => self.text(out, id),
            ValueId::Date(id) => self.date(out, id),
            ValueId::YesNo(id) => self.yes_no(out, id),
            ValueId::List(id) => match self.nodes.lists.get(id.index()) {
                Some(ListNode::Field(field)) => out.push_str(self.field(*field)),
                Some(ListNode::Property(key)) => out.push_str(&key.name),
                Some(ListNode::OfLead(id)) => self.of_lead(out, ValueId::List(*id)),
                None => {}
            },
        }
    }

    fn field(&self, field: FieldId) -> &str {
        self.model.lead.fields.get(field.index()).map_or("", |field| &field.name)
    }

    fn score(&self, score: crate::model::ScoreId) -> &str {
        self.model.scores.get(score.index()).map_or("", |score| &score.name)
    }

    fn several(&self, out: &mut String, words: &str, values: impl Iterator<Item = ValueId>) {
        out.push_str(words);
        for (place, value) in values.enumerate() {
            out.push_str(if place > 0 { ", " } else { " " });
            if out.len() > LONGEST {
                out.push('…');
                return;
            }
            self.value(out, value);
        }
    }

    fn two(&self, out: &mut String, left: ValueId, word: &str, right: ValueId) {
        out.push('(');
        self.value(out, left);
        out.push_str(word);
        self.value(out, right);
        out.push(')');
    }

    fn one(&self, out: &mut String, words: &str, value: ValueId) {
        out.push_str(words);
        self.value(out, value);
    }

    fn number(&self, out: &mut String, id: NumberId) {
        let number = ValueId::Number;
        match self.nodes.numbers.get(id.index()) {
            Some(NumberNode::Literal(Some(literal))) => out.push_str(&literal.to_string()),
            Some(NumberNode::Literal(None)) | None => out.push_str("missing"),
            Some(NumberNode::Field(field)) => out.push_str(self.field(*field)),
            Some(NumberNode::Property(key)) => out.push_str(&key.name),
            Some(NumberNode::OfLead(id)) => self.of_lead(out, ValueId::Number(*id)),
            Some(NumberNode::Score(score)) => out.push_str(self.score(*score)),
            Some(NumberNode::Negate(inner)) => self.one(out, "-", number(*inner)),
            Some(NumberNode::Add(left, right)) => self.two(out, number(*left), " + ", number(*right)),
            Some(NumberNode::Subtract(left, right)) => self.two(out, number(*left), " - ", number(*right)),
            Some(NumberNode::Multiply(left, right)) => self.two(out, number(*left), " * ", number(*right)),
            Some(NumberNode::Divide(left, right)) => self.two(out, number(*left), " / ", number(*right)),
            Some(NumberNode::PercentOf(percent, inner)) => self.one(out, &format!("{percent}% of "), number(*inner)),
            Some(NumberNode::LengthOf(text)) => self.one(out, "length of ", ValueId::Text(*text)),
            Some(NumberNode::DaysSince(date)) => self.one(out, "days since ", ValueId::Date(*date)),
            Some(NumberNode::DaysUntil(date)) => self.one(out, "days until ", ValueId::Date(*date)),
            Some(NumberNode::HourOf(date)) => self.one(out, "hour of ", ValueId::Date(*date)),
            Some(NumberNode::CountOfKnown(values)) => self.several(out, "count of known", values.iter().copied()),
            Some(NumberNode::FirstKnown(ids)) => {
                self.several(out, "first known of", ids.iter().copied().map(number));
            }
            Some(NumberNode::Highest(ids)) => self.several(out, "highest of", ids.iter().copied().map(number)),
            Some(NumberNode::Lowest(ids)) => self.several(out, "lowest of", ids.iter().copied().map(number)),
            Some(NumberNode::State(state)) => out.push_str(&format!("state {}", state.0 + 1)),
            Some(NumberNode::Table(table)) => self.table(out, *table),
            Some(NumberNode::PointsOf(_)) => out.push_str("points of a rule"),
        }
    }

    fn table(&self, out: &mut String, table: LookupTableId) {
        out.push_str(self.nodes.table_names.get(table.index()).map_or("lookup", String::as_str));
    }

    fn text(&self, out: &mut String, id: TextId) {
        match self.nodes.texts.get(id.index()) {
            Some(TextNode::Literal(Some(literal))) => out.push_str(&quoted(&literal.given)),
            Some(TextNode::Literal(None)) | None => out.push_str("missing"),
            Some(TextNode::Field(field)) => out.push_str(self.field(*field)),
            Some(TextNode::Property(key)) => out.push_str(&key.name),
            Some(TextNode::OfLead(id)) => self.of_lead(out, ValueId::Text(*id)),
            Some(TextNode::Matrix(matrix)) => {
                out.push_str(self.model.matrices.get(matrix.index()).map_or("", |matrix| &matrix.name));
            }
            Some(TextNode::DomainOf(text)) => self.one(out, "domain of ", ValueId::Text(*text)),
            Some(TextNode::WeekdayOf(date)) => self.one(out, "weekday of ", ValueId::Date(*date)),
            Some(TextNode::FirstKnown(ids)) => {
                self.several(out, "first known of", ids.iter().copied().map(ValueId::Text));
            }
            Some(TextNode::State(state)) => out.push_str(&format!("state {}", state.0 + 1)),
            Some(TextNode::Table(table)) => self.table(out, *table),
            Some(TextNode::ExcludedReason) => out.push_str("excluded"),
        }
    }

    fn date(&self, out: &mut String, id: DateId) {
        let date = ValueId::Date;
        match self.nodes.dates.get(id.index()) {
            Some(DateNode::Literal(Some(literal))) => out.push_str(&literal.to_string()),
            Some(DateNode::Literal(None)) | None => out.push_str("missing"),
            Some(DateNode::Field(field)) => out.push_str(self.field(*field)),
            Some(DateNode::Property(key)) => out.push_str(&key.name),
            Some(DateNode::At) => out.push_str("at"),
            Some(DateNode::OfLead(id)) => self.of_lead(out, ValueId::Date(*id)),
            Some(DateNode::FirstKnown(ids)) => self.several(out, "first known of", ids.iter().copied().map(date)),
            Some(DateNode::Highest(ids)) => self.several(out, "highest of", ids.iter().copied().map(date)),
            Some(DateNode::Lowest(ids)) => self.several(out, "lowest of", ids.iter().copied().map(date)),
            Some(DateNode::State(state)) => out.push_str(&format!("state {}", state.0 + 1)),
        }
    }

    fn yes_no(&self, out: &mut String, id: YesNoId) {
        match self.nodes.yes_nos.get(id.index()) {
            Some(YesNoNode::Literal(Some(true))) => out.push_str("yes"),
            Some(YesNoNode::Literal(Some(false))) => out.push_str("no"),
            Some(YesNoNode::Literal(None)) | None => out.push_str("missing"),
            Some(YesNoNode::Field(field)) => out.push_str(self.field(*field)),
            Some(YesNoNode::Property(key)) => out.push_str(&key.name),
            Some(YesNoNode::OfLead(id)) => self.of_lead(out, ValueId::YesNo(*id)),
            Some(YesNoNode::FirstKnown(ids)) => {
                self.several(out, "first known of", ids.iter().copied().map(ValueId::YesNo));
            }
            Some(YesNoNode::State(state)) => out.push_str(&format!("state {}", state.0 + 1)),
        }
    }

    fn mask(&self, out: &mut String, id: MaskId) {
        let mask = ValueId::Mask;
        match self.nodes.masks.get(id.index()) {
            Some(MaskNode::Constant(true)) => out.push_str("yes"),
            Some(MaskNode::Constant(false)) | None => out.push_str("no"),
            Some(MaskNode::All(parts)) => self.joined(out, " and ", parts, |out, part| self.value(out, mask(*part))),
            Some(MaskNode::Any(parts)) => self.joined(out, " or ", parts, |out, part| self.value(out, mask(*part))),
            Some(MaskNode::Not(inner)) => self.one(out, "not ", mask(*inner)),
            Some(MaskNode::Question(subject, question)) => self.question(out, *subject, *question),
            Some(MaskNode::Questions(asked)) => {
                self.joined(out, " and ", asked, |out, (subject, question)| self.question(out, *subject, *question));
            }
            Some(MaskNode::Known(value)) => {
                self.value(out, *value);
                out.push_str(" is known");
            }
            Some(MaskNode::YesNo { value, is }) => {
                self.value(out, ValueId::YesNo(*value));
                out.push_str(if *is { " is yes" } else { " is no" });
            }
            Some(MaskNode::Number { left, compare, right }) => {
                self.two(out, ValueId::Number(*left), &format!(" {} ", sign(*compare)), ValueId::Number(*right));
            }
            Some(MaskNode::Text { value, test, operand }) => {
                let word = match test {
                    TextCompare::Is => " is ",
                    TextCompare::Part(TextRelation::Contains) => " contains ",
                    TextCompare::Part(TextRelation::Mentions) => " mentions ",
                    TextCompare::Part(TextRelation::StartsWith) => " starts with ",
                    TextCompare::Part(TextRelation::EndsWith) => " ends with ",
                };
                self.two(out, ValueId::Text(*value), word, ValueId::Text(*operand));
            }
            Some(MaskNode::Includes { list, operand }) => {
                self.two(out, ValueId::List(*list), " includes ", ValueId::Text(*operand));
            }
            Some(MaskNode::Date { value, test }) => {
                let value = ValueId::Date(*value);
                match test {
                    DateCompare::Before(other) => self.two(out, value, " before ", ValueId::Date(*other)),
                    DateCompare::After(other) => self.two(out, value, " after ", ValueId::Date(*other)),
                    DateCompare::Between(from, to) => {
                        self.two(out, value, " between ", ValueId::Date(*from));
                        self.one(out, " and ", ValueId::Date(*to));
                    }
                }
            }
            Some(MaskNode::Band { score, bands }) => {
                let of_score = self.model.scores.get(score.index()).and_then(|score| score.bands.as_ref());
                let names: Vec<&str> =
                    bands.iter().filter_map(|band| Some(of_score?.bands.get(band.index())?.name.as_str())).collect();
                out.push_str(&format!("band of {} is {}", self.score(*score), names.join(" or ")));
            }
            Some(MaskNode::BandKnown(score)) => out.push_str(&format!("band of {} is known", self.score(*score))),
            Some(MaskNode::Threshold(id)) => {
                out.push_str(self.model.thresholds.get(id.index()).map_or("", |threshold| &threshold.name));
            }
            Some(MaskNode::Excluded) => out.push_str("excluded"),
            Some(MaskNode::OfLead(id)) => self.of_lead(out, ValueId::Mask(*id)),
        }
    }

    fn joined<T>(&self, out: &mut String, word: &str, parts: &[T], say: impl Fn(&mut String, &T)) {
        out.push('(');
        for (place, part) in parts.iter().enumerate() {
            out.push_str(if place > 0 { word } else { "" });
            if out.len() > LONGEST {
                out.push('…');
                break;
            }
            say(out, part);
        }
        out.push(')');
    }

    fn question(&self, out: &mut String, subject: SubjectId, question: QuestionId) {
        let subject = self.nodes.subjects.get(subject.index());
        let question = subject.and_then(|subject| subject.questions.get(question.index()));
        let question = question.map_or("…", String::as_str);
        // several parts stay together
        if question.contains(" and ") || question.contains(" or ") {
            out.push_str(&format!("({question})"));
        } else {
            out.push_str(question);
        }
    }
}

pub(super) fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n").replace('\t', "\\t"))
}

pub(super) fn sign(compare: Compare) -> &'static str {
    match compare {
        Compare::Equal => "is",
        Compare::Less => "<",
        Compare::LessOrEqual => "<=",
        Compare::Greater => ">",
        Compare::GreaterOrEqual => ">=",
    }
}
