//! Expressions as nodes of an arena: equal ones are one node.
//!
//! A node is made of nodes before it. The same nodes serve two scopes: one lead, and one event of a lead; only the
//! latter has properties, `at`, and values of its lead.

use super::{LookupTableId, QuestionId, StateId, SubjectId};
use crate::model::ids;
use crate::model::{BandId, Compare, FieldId, MatrixId, Property, RuleId, ScoreId, TextRelation, ThresholdId};
use crate::value::{Decimal, Moment, Text};
use std::collections::BTreeSet;

ids! {
    /// Into [`Nodes::masks`].
    MaskId;
    /// Into [`Nodes::numbers`].
    NumberId;
    /// Into [`Nodes::texts`].
    TextId;
    /// Into [`Nodes::dates`].
    DateId;
    /// Into [`Nodes::yes_nos`].
    YesNoId;
    /// Into [`Nodes::lists`].
    ListId;
}

/// A node of any type.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ValueId {
    Mask(MaskId),
    Number(NumberId),
    Text(TextId),
    Date(DateId),
    YesNo(YesNoId),
    List(ListId),
}

/// The expressions of one scope.
#[derive(Debug, Clone, Default)]
pub struct Nodes {
    pub masks: Vec<MaskNode>,
    pub numbers: Vec<NumberNode>,
    pub texts: Vec<TextNode>,
    pub dates: Vec<DateNode>,
    pub yes_nos: Vec<YesNoNode>,
    pub lists: Vec<ListNode>,
    /// What questions are asked of, in this scope.
    pub subjects: Vec<super::Subject>,
    pub tables: Vec<super::LookupTable>,
    /// For people: of each table the lookup that it is.
    pub table_names: Vec<String>,
    /// The nodes that matter, each after all it is made of. Others are left over and need not be settled.
    pub order: Vec<ValueId>,
}

/// Holds or does not, for each row: a bit mask.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum MaskNode {
    Constant(bool),
    /// Two or more
    All(Vec<MaskId>),
    /// Two or more
    Any(Vec<MaskId>),
    Not(MaskId),
    /// Answered by the class of the subject's value
    Question(SubjectId, QuestionId),
    /// Two or more, all of them answered yes by the classes of their subjects' values
    Questions(Vec<(SubjectId, QuestionId)>),
    /// Has a value; a mask always has one
    Known(ValueId),
    YesNo {
        value: YesNoId,
        is: bool,
    },
    /// Neither side is constant; missing compares with nothing
    Number {
        left: NumberId,
        compare: Compare,
        right: NumberId,
    },
    /// Neither side is constant
    Text {
        value: TextId,
        test: TextCompare,
        operand: TextId,
    },
    /// A list has an element that folds as the operand does; not constant
    Includes {
        list: ListId,
        operand: TextId,
    },
    /// The right side is not constant: before its first instant, after its last, within it
    Date {
        value: DateId,
        test: DateCompare,
    },
    Band {
        score: ScoreId,
        bands: BTreeSet<BandId>,
    },
    BandKnown(ScoreId),
    Threshold(ThresholdId),
    /// In the scope of results alone
    Excluded,
    /// In the scope of an event: of its lead
    OfLead(MaskId),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TextCompare {
    Is,
    Part(TextRelation),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum DateCompare {
    Before(DateId),
    After(DateId),
    /// From the first instant of the one to the last of the other
    Between(DateId, DateId),
}

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum NumberNode {
    Literal(Option<Decimal>),
    Field(FieldId),
    Property(PropertyKey),
    OfLead(NumberId),
    Score(ScoreId),
    Negate(NumberId),
    Add(NumberId, NumberId),
    Subtract(NumberId, NumberId),
    Multiply(NumberId, NumberId),
    /// Missing where the right side is 0
    Divide(NumberId, NumberId),
    PercentOf(Decimal, NumberId),
    LengthOf(TextId),
    DaysSince(DateId),
    DaysUntil(DateId),
    HourOf(DateId),
    /// None of them a mask
    CountOfKnown(Vec<ValueId>),
    FirstKnown(Vec<NumberId>),
    Highest(Vec<NumberId>),
    Lowest(Vec<NumberId>),
    State(StateId),
    /// The result of the row that the key chooses
    Table(LookupTableId),
    /// `points of "Label"`, in the scope of results alone: as in the breakdown, before exclusion
    PointsOf(RuleId),
}

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum TextNode {
    Literal(Option<Text>),
    Field(FieldId),
    Property(PropertyKey),
    OfLead(TextId),
    /// The cell, or `excluded` in the scope of results
    Matrix(MatrixId),
    DomainOf(TextId),
    WeekdayOf(DateId),
    FirstKnown(Vec<TextId>),
    State(StateId),
    Table(LookupTableId),
    /// In the scope of results alone
    ExcludedReason,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum DateNode {
    Literal(Option<Moment>),
    Field(FieldId),
    Property(PropertyKey),
    /// The event's instant
    At,
    OfLead(DateId),
    FirstKnown(Vec<DateId>),
    /// By first instants; of equal ones the first written
    Highest(Vec<DateId>),
    Lowest(Vec<DateId>),
    State(StateId),
}

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum YesNoNode {
    Literal(Option<bool>),
    Field(FieldId),
    Property(PropertyKey),
    OfLead(YesNoId),
    FirstKnown(Vec<YesNoId>),
    State(StateId),
}

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum ListNode {
    Field(FieldId),
    Property(PropertyKey),
    OfLead(ListId),
}

/// A property by where each event type keeps it; types without it have it missing.
pub type PropertyKey = std::sync::Arc<Property>;
