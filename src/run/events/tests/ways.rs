//! Which states are kept how: those that need no list have none.

use super::{AS_OF, compiled};
use crate::plan::{Asks, Plan, StateKind};
use crate::run::events::shape::Shape;
use crate::run::events::way::Way;

#[test]
fn what_the_plan_calls_fixed_is_no_list() {
    for name in ["states.score", "ignores.score"] {
        let model = compiled(name);
        let plan = Plan::new(&model, AS_OF, &Default::default());
        let shape = Shape::new(&plan);
        for keeping in &shape.keepings {
            let is_list = keeping.way == Way::List;
            assert_eq!(is_list, keeping.state.kind == StateKind::List, "{:#?}", keeping.state);
        }
    }
}

#[test]
fn every_way_is_met() {
    let model = compiled("states.score");
    let plan = Plan::new(&model, AS_OF, &Default::default());
    let shape = Shape::new(&plan);
    let met = |is: &dyn Fn(&Way) -> bool| shape.keepings.iter().filter(|keeping| is(&keeping.way)).count();
    assert!(met(&|way| matches!(way, Way::Count)) > 2);
    assert!(met(&|way| matches!(way, Way::Distinct(_))) > 2);
    assert!(met(&|way| matches!(way, Way::Sum(_) | Way::Average(_) | Way::Extreme { .. })) > 3);
    assert!(met(&|way| matches!(way, Way::Edge { .. } | Way::EdgeAt { .. })) > 3);
    assert!(met(&|way| matches!(way, Way::CountedPoints | Way::SummedPoints)) > 3);
    assert!(met(&|way| matches!(way, Way::Newest { .. })) > 3);
    assert!(met(&|way| matches!(way, Way::PerBucket(per) if per.slots == 0)) > 2);
    assert!(met(&|way| matches!(way, Way::PerBucket(per) if per.slots > 0)) > 3);
    let lists = shape.keepings.iter().filter(|keeping| keeping.way == Way::List);
    assert!(lists.filter(|keeping| matches!(keeping.state.asks, Asks::Points(_))).count() > 8);
}
