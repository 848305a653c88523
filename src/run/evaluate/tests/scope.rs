//! Nodes of an event's scope, which a scope gives by hand.

use crate::model::{Compare, EventId, Model, Property, PropertyId};
use crate::plan::{
    Cut, DateCompare, DateId, DateNode, MaskId, MaskNode, Nodes, NumberId, NumberNode, PointsNode, PropertyKey,
    QuestionId, Subject, SubjectId, TextId, TextNode, ValueId,
};
use crate::run::batch::{Column, DateColumn, Mask, NumberColumn, TextColumn, TextPool};
use crate::run::evaluate::{Inputs, Values, points};
use crate::value::{Decimal, Instant, Moment, Text};
use std::collections::BTreeMap;
use std::sync::Arc;

/// Three events of leads 0, 0 and 1: seconds 3, 12 and missing; paths; the days 1, 2 and 3 of 1970.
struct Events {
    model: Model,
    paths: Arc<TextPool>,
}

impl Inputs for Events {
    fn rows(&self) -> usize {
        3
    }
    fn model(&self) -> &Model {
        &self.model
    }
    fn as_of(&self) -> Instant {
        Instant(10 * DAY)
    }
    fn property(&self, property: &PropertyKey) -> Option<Column> {
        Some(match property.name.as_str() {
            "seconds" => Column::Number(NumberColumn {
                values: [3, 12, 0].map(Decimal::whole).into(),
                known: Mask::of([true, true, false].into_iter()),
            }),
            _ => Column::Text(TextColumn { codes: vec![0, 1, 0], texts: self.paths.clone() }),
        })
    }
    fn at(&self) -> Option<DateColumn> {
        Some(DateColumn { values: (0..3).map(|day| Some(Moment::Instant(Instant(day * DAY)))).collect() })
    }
    fn of_lead(&self, _: ValueId) -> Option<Column> {
        // of lead 0 and of lead 1
        Some(Column::Date(DateColumn { values: [1, 1, 5].map(|day| Some(Moment::Instant(Instant(day * DAY)))).into() }))
    }
    fn mask_of_lead(&self, _: MaskId) -> Option<Mask> {
        Some(Mask::of([false, false, true].into_iter()))
    }
}

const DAY: i64 = 86_400_000_000;

fn property(name: &str) -> PropertyKey {
    Arc::new(Property { name: name.to_owned(), places: BTreeMap::from([(EventId(0), PropertyId(0))]) })
}

fn nodes() -> Nodes {
    let numbers = [0, 1, 2].map(|id| ValueId::Number(NumberId(id)));
    let others = [ValueId::Text(TextId(0)), ValueId::Date(DateId(0)), ValueId::Date(DateId(1))];
    let more = [ValueId::Number(NumberId(3)), ValueId::Number(NumberId(4))];
    let masks = (0..6).map(|id| ValueId::Mask(MaskId(id)));
    let order = numbers.into_iter().chain(others).chain(more).chain(masks).collect();
    // whether it is below 10, and whether it is 10 or more
    let classes = [0b00, 0b01, 0b10, 0b10].map(|answers| vec![answers]).into();
    let cut = Cut::Numbers { of: NumberId(0), edges: vec![Decimal::whole(10)], classes };
    Nodes {
        numbers: vec![
            NumberNode::Property(property("seconds")),
            NumberNode::Literal(Some(Decimal::whole(2))),
            NumberNode::Multiply(NumberId(0), NumberId(1)),
            NumberNode::DaysSince(DateId(0)),
            NumberNode::LengthOf(TextId(0)),
        ],
        texts: vec![TextNode::Property(property("path"))],
        dates: vec![DateNode::At, DateNode::OfLead(DateId(0))],
        masks: vec![
            MaskNode::Question(SubjectId(0), QuestionId(1)),
            MaskNode::OfLead(MaskId(0)),
            MaskNode::Any(vec![MaskId(0), MaskId(1)]),
            MaskNode::Date { value: DateId(0), test: DateCompare::Before(DateId(1)) },
            MaskNode::Number { left: NumberId(2), compare: Compare::GreaterOrEqual, right: NumberId(1) },
            MaskNode::Not(MaskId(4)),
        ],
        subjects: vec![Subject { value: ValueId::Number(NumberId(0)), questions: Vec::new(), cut }],
        order,
        ..Nodes::default()
    }
}

#[test]
fn masks_numbers_and_points_of_events() {
    let paths = ["/a", "/pricing"].map(|path| Text::new(path).unwrap()).into();
    let events = Events { model: Model::default(), paths: Arc::new(TextPool::new(paths)) };
    let values = Values::of(&nodes(), &events);
    let rows = |mask: u32| values.mask(MaskId(mask)).unwrap().ones().collect::<Vec<_>>();
    assert_eq!((rows(0), rows(1), rows(2)), (vec![1], vec![2], vec![1, 2]));
    // days 0 and 2 lie before the lead's days 1 and 5, day 1 does not lie before 1
    assert_eq!((rows(3), rows(4), rows(5)), (vec![0, 2], vec![0, 1], vec![2]));
    let number = |id: u32, row: usize| values.number(NumberId(id)).unwrap().get(row).and_then(Decimal::to_i64);
    assert_eq!([0, 1, 2].map(|row| number(2, row)), [Some(6), Some(24), None]);
    assert_eq!([0, 1, 2].map(|row| number(3, row)), [Some(10), Some(9), Some(8)]);
    assert_eq!([0, 1, 2].map(|row| number(4, row)), [Some(2), Some(8), Some(2)]);

    let table = PointsNode::Table {
        subject: SubjectId(0),
        rows: vec![
            (QuestionId(0), PointsNode::Constant(Decimal::whole(5))),
            (QuestionId(1), PointsNode::Computed(NumberId(2))),
        ],
        missing: Some(Box::new(PointsNode::Constant(Decimal::whole(-1)))),
        otherwise: None,
    };
    let series = PointsNode::Series(vec![PointsNode::Constant(Decimal::ONE), table]);
    let given = |row: usize, nth: usize| points(&series, &values, row, nth).and_then(Decimal::to_i64);
    assert_eq!([given(0, 0), given(0, 1), given(1, 1), given(2, 7)], [Some(1), Some(5), Some(24), Some(-1)]);
}
