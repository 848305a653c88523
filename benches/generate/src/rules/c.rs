//! Model C: model A's rules and 12 over events, with windows, limits and half-lives.

use super::{Bucket, EventRule, Filter, Model, Shape, a};

pub fn model() -> Model {
    Model { name: "c", items: a::items(), events: events(), from: 0, to: 200, bands: [90, 60, 30] }
}

fn events() -> Vec<EventRule> {
    let each = |once_per, at_most, no_higher_than| Shape::Each { once_per, at_most, no_higher_than };
    let pricing = vec![Filter::StartsWith("path", "/pricing"), Filter::AtLeast("seconds", 5)];
    vec![
        rule(25, "Demo", "demo_request", vec![], Some(30), Shape::Any),
        rule(10, "Webinar", "webinar", vec![Filter::Yes("attended")], Some(180), each(None, Some(2), None)),
        rule(6, "Pricing page", "page_view", pricing, Some(90), each(None, Some(3), None)),
        rule(1, "Days on the site", "page_view", vec![], None, each(Some(Bucket::Day), None, Some(10))),
        rule(
            5,
            "Case study",
            "download",
            vec![Filter::Contains("asset", "case-study")],
            None,
            each(Some(Bucket::Property("asset")), Some(3), None),
        ),
        rule(
            2,
            "Opens",
            "email_open",
            vec![],
            Some(90),
            Shape::Fading { half_life_days: 14, at_most: None, no_higher_than: Some(15) },
        ),
        rule(
            4,
            "Clicks",
            "email_click",
            vec![],
            None,
            Shape::Fading { half_life_days: 30, at_most: Some(5), no_higher_than: None },
        ),
        rule(-10, "Unsubscribed", "unsubscribe", vec![], None, Shape::Any),
        rule(4, "Form", "form", vec![], Some(180), each(Some(Bucket::Month), None, None)),
        rule(8, "Active", "page_view", vec![], Some(14), Shape::AtLeast(5)),
        rule(-5, "Looked for a job", "page_view", vec![Filter::StartsWith("path", "/careers")], Some(90), Shape::Any),
        rule(
            2,
            "Reads the documentation",
            "page_view",
            vec![Filter::StartsWith("path", "/docs")],
            Some(60),
            each(Some(Bucket::Week), Some(4), None),
        ),
    ]
}

fn rule(
    points: i64,
    label: &'static str,
    event: &'static str,
    filters: Vec<Filter>,
    in_last_days: Option<i64>,
    shape: Shape,
) -> EventRule {
    EventRule { points, label, event, filters, in_last_days, shape }
}
