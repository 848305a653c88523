use crate::lint::{Context, Findings, RulePlace, lint};
use crate::model::{Body, FieldKind, ForEach, LimitScope, Model, NumberExpr, Points, Property};
use crate::value::Decimal;

lint! {
    /// Finds points for each event without any limit.
    ///
    /// A limit is `once`, `at most N times` or `no higher than N points`, of the rule or of a group around it; `once per
    /// day` and the like are one where the points fade or a window ends them. Points that are lost are left alone.
    ///
    /// ## Why it matters
    ///
    /// One event that happens often, such as a page that reloads itself or a robot that opens every message, makes up the
    /// whole score.
    ///
    /// ## Example
    ///
    /// ```score
    /// lead { id text key }
    /// event page_view
    ///
    /// score interest decay half-life 30 days {
    ///   +2 "Page" for each page_view
    /// }
    /// ```
    ///
    /// ## Better
    ///
    /// ```score
    /// lead { id text key }
    /// event page_view
    ///
    /// score interest decay half-life 30 days {
    ///   +2 "Page" for each page_view once per day no higher than 20 points
    /// }
    /// ```
    pub static UNLIMITED_RULE = "S302", "unlimited-rule", Time, Warning, Rules(check);
}

fn check(context: &Context<'_>, findings: &mut Findings) {
    for place in context.rules() {
        let Body::ForEach(each) = &place.rule.body else { continue };
        let Some(points) = most(&place.rule.points) else { continue };
        if is_limited(context.model, place, each) || is_bounded(context, place) {
            continue;
        }
        let hundred = points.multiply(Decimal::whole(100)).unwrap_or(points);
        let message = match place.rule.points {
            Points::Computed(_) => format!("nothing limits the points of `{}`", place.rule.label),
            _ => {
                format!("nothing limits the points of `{}`: counted 100 times it can earn {hundred}", place.rule.label)
            }
        };
        let limit = points.multiply(Decimal::whole(5)).unwrap_or(points).round(0);
        let finding = findings.add(place.rule.span, message);
        finding.help(format!("add a limit at its end, such as `no higher than {limit} points` or `at most 5 times`"));
    }
}

/// The most that one event brings, where it brings anything; computed points count as 1.
fn most(points: &Points) -> Option<Decimal> {
    match points {
        Points::Constant(points) => (*points > Decimal::ZERO).then_some(*points),
        Points::Computed(NumberExpr::Negate(_)) => None,
        Points::Computed(_) => Some(Decimal::ONE),
        // The last one is for all further events.
        Points::Series(series) => series.last().and_then(most),
        Points::Table(table) => {
            table.rows.iter().chain(&table.otherwise).chain(&table.missing).filter_map(|row| most(&row.result)).max()
        }
    }
}

fn is_limited(model: &Model, place: &RulePlace<'_>, each: &ForEach) -> bool {
    let ends = each.decay.is_some_and(|decay| decay.down_to.is_none_or(|percent| percent == Decimal::ZERO))
        || each.selector.in_last.is_some();
    let is_calendar = matches!(each.each, crate::model::Each::Calendar { .. });
    let by_occurrences = each.limits.iter().any(|limit| match &limit.scope {
        LimitScope::Plain => true,
        LimitScope::PerCalendar(_) | LimitScope::InAny(_) => ends,
        LimitScope::PerProperty(property) => has_few_values(model, property),
        LimitScope::PerAt => false,
    });
    let by_points =
        place.rule.limits.highest.is_some() || place.groups.iter().any(|group| group.limits.highest.is_some());
    by_occurrences || by_points || (is_calendar && ends)
}

/// `yes/no` and `one of`: once per value is a limit.
fn has_few_values(model: &Model, property: &Property) -> bool {
    property.places.iter().all(|(event, property)| {
        let event = model.events.get(event.index());
        let field = event.and_then(|event| event.properties.get(property.index()));
        field.is_some_and(|field| matches!(field.kind, FieldKind::YesNo { .. } | FieldKind::OneOf(_)))
    })
}

/// A proof that there is a limit all the same.
fn is_bounded(context: &Context<'_>, place: &RulePlace<'_>) -> bool {
    let range = context.analysis.range_of_rule(place.rule.id, &place.given());
    range.is_never() || range.at_most().is_some()
}

#[cfg(test)]
mod tests {
    use super::UNLIMITED_RULE;
    use crate::lint::testing::{LEAD, fires};

    fn about(rules: &str) -> Vec<String> {
        let text = format!("{LEAD}\nevent form {{ kind one of \"a\", \"b\" }}\nscore web {{\n{rules}\n}}");
        fires(&UNLIMITED_RULE, &text).into_iter().map(|finding| finding.message).collect()
    }

    #[test]
    fn points_without_end() {
        assert_eq!(
            about("+2 \"Page\" for each page_view"),
            ["nothing limits the points of `Page`: counted 100 times it can earn 200"]
        );
        assert_eq!(about("+2 \"Page\" for each page_view once per day").len(), 1);
        assert_eq!(about("first +5 then +1 \"Page\" for each page_view").len(), 1);
        assert_eq!(about("+2 \"Page\" for each page_view once per path").len(), 1);
    }

    #[test]
    fn points_with_an_end() {
        for fine in [
            "-2 for each page_view",
            "+2 for each page_view at most 5 times",
            "+2 for each page_view no higher than 20 points",
            "+2 for each page_view in last 90 days once per day",
            "+2 for each page_view once per day decay half-life 30 days",
            "first +5 then +0 for each page_view",
            "+2 for each form once per kind",
            "group \"Web\" no higher than 9 points {\n+2 for each page_view\n}",
            "+2 when any page_view",
        ] {
            assert!(about(fine).is_empty(), "{fine}: {:?}", about(fine));
        }
    }
}
