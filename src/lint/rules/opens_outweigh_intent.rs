use crate::lint::vocabulary::{EVENTS, Subject, subject};
use crate::lint::{Context, Findings, claim, lint};
use crate::model::{
    Body, Choice, Compare, ConditionKind, Each, EventId, EventType, Item, PointLimits, Points, Rule, RuleId, ScoreBody,
    Selector,
};
use crate::value::{Decimal, POINT_DECIMALS};
use std::collections::BTreeSet;

lint! {
    /// Finds a score in which opened mails can earn more than anything that shows that somebody wants to buy.
    ///
    /// Opened mails are events called so, in many languages: `email_open`, "Newsletter geöffnet". Compared are all their rules
    /// together with the best single rule for forms, demos, trials, contacts, orders and the like of the same score, each at its
    /// most, with the limits and weights of the groups around it.
    ///
    /// ## Why it matters
    ///
    /// Mail programs that guard privacy, and filters that look for viruses, open every mail, whether somebody reads it or not.
    /// A reader of many newsletters passes those who asked for a demo.
    ///
    /// ## Example
    ///
    /// ```score
    /// lead { id text key }
    ///
    /// event email_open
    /// event demo_request
    ///
    /// score engagement {
    ///   +2  "Opened a mail"     for each email_open at most 20 times
    ///   +25 "Asked for a demo"  when any demo_request
    /// }
    /// ```
    ///
    /// ## Better
    ///
    /// ```score
    /// lead { id text key }
    ///
    /// event email_open
    /// event demo_request
    ///
    /// score engagement {
    ///   +2  "Opened a mail"     for each email_open no higher than 10 points
    ///   +25 "Asked for a demo"  when any demo_request
    /// }
    /// ```
    pub static OPENS_OUTWEIGH_INTENT = "S604", "opens-outweigh-intent", Shape, Warning, Rules(check);
}

/// The most that something can earn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Most {
    Points(Decimal),
    Unlimited,
}

fn check(context: &Context<'_>, findings: &mut Findings) {
    let kinds = Kinds::of(&context.model.events);
    if kinds.opens.is_empty() || kinds.intent.is_empty() {
        return;
    }
    for score in &context.model.scores {
        let ScoreBody::Rules { items, .. } = &score.body else { continue };
        let places: Vec<_> = context.rules().iter().filter(|place| holds(items, place.rule.id)).collect();
        let of = |wanted: &BTreeSet<EventId>| -> Vec<&Rule> {
            places.iter().map(|place| place.rule).filter(|rule| is_about(rule, wanted)).collect()
        };
        let (opens, intent) = (of(&kinds.opens), of(&kinds.intent));
        let at_least = |rule: &Rule| surely(context, rule);
        let at_most = |rule: &Rule| perhaps(context, rule);
        let earned = sum(items, &|rule| opens.iter().any(|one| one.id == rule.id).then(|| at_least(rule)).flatten());
        let best = intent
            .iter()
            .map(|wanted| (sum(items, &|rule| (rule.id == wanted.id).then(|| at_most(rule)).flatten()), *wanted));
        let best = best.max_by_key(|(most, _)| *most);
        let (Some(first), Some((best, wanted))) = (opens.first(), best) else { continue };
        if earned > best && best > Most::Points(Decimal::ZERO) {
            report(context, findings, first, earned, wanted, best, opens.len());
        }
    }
}

fn report(
    context: &Context<'_>,
    findings: &mut Findings,
    opens: &Rule,
    earned: Most,
    wanted: &Rule,
    best: Most,
    rules: usize,
) {
    let (Most::Points(best), earned_told) = (best, told(earned)) else { return };
    let finding =
        findings.add(opens.span, format!("opened mails can earn {earned_told}, and `{}` at most {best}", wanted.label));
    finding.here(if rules > 1 {
        format!("with {} more", rules - 1)
    } else {
        "mails are opened by machines, too".to_owned()
    });
    finding.also(wanted.span, format!("at most {best}"));
    let half = best.percent(Decimal::whole(50)).map_or(best, |half| half.round(0));
    finding.help(format!("hold them well below that: `no higher than {half} points`"));
    let range = context.analysis.range_of_rule(opens.id, &[]);
    if let Some((points, witness)) = range.highest().and_then(|highest| highest.exact()) {
        let shows = format!("this lead gets {points} for opened mails by one rule alone");
        finding.example(shows, witness, vec![claim::points_are(opens.id, points)]);
    }
}

fn told(most: Most) -> String {
    match most {
        Most::Points(points) => format!("{points} points"),
        Most::Unlimited => "any number of points".to_owned(),
    }
}

/// Which events are opened mails, and which show that somebody wants to buy.
struct Kinds {
    opens: BTreeSet<EventId>,
    intent: BTreeSet<EventId>,
}

impl Kinds {
    fn of(events: &[EventType]) -> Kinds {
        let list = |name: &str| subject(&EVENTS, name);
        let named = |list: Option<&Subject>, event: &EventType| {
            list.is_some_and(|list| list.is_named_by(&event.name) || list.is_named_by(&event.called))
        };
        let is_short = |event: &EventType| {
            [&event.name, &event.called].into_iter().any(|name| name.split(['_', ' ']).count() == 1)
        };
        let mut kinds = Kinds { opens: BTreeSet::new(), intent: BTreeSet::new() };
        for (id, event) in (0..).map(EventId).zip(events) {
            if named(list("opens"), event) && (named(list("mail"), event) || is_short(event)) {
                kinds.opens.insert(id);
            } else if named(list("intent"), event) {
                kinds.intent.insert(id);
            }
        }
        kinds
    }
}

/// Whether a rule with points to gain looks at these events alone.
fn is_about(rule: &Rule, wanted: &BTreeSet<EventId>) -> bool {
    let selector: &Selector = match &rule.body {
        Body::ForEach(each) => &each.selector,
        Body::When(condition) => match &condition.kind {
            ConditionKind::Events { selector, compare: Compare::Greater | Compare::GreaterOrEqual, .. } => selector,
            _ => return false,
        },
        Body::Always | Body::ForEvery(_) => return false,
    };
    !selector.types.is_empty() && selector.types.is_subset(wanted)
}

/// What a rule brings some lead at its most; `None` where that is not known.
fn surely(context: &Context<'_>, rule: &Rule) -> Option<Most> {
    if is_unlimited(rule) {
        return Some(Most::Unlimited);
    }
    let range = context.analysis.range_of_rule(rule.id, &[]);
    range.highest()?.exact().map(|(points, _)| Most::Points(points))
}

/// What a rule never brings more than.
fn perhaps(context: &Context<'_>, rule: &Rule) -> Option<Most> {
    let range = context.analysis.range_of_rule(rule.id, &[]);
    (!range.is_never()).then(|| range.at_most().map_or(Most::Unlimited, Most::Points))
}

/// Points for each event, however many there are.
fn is_unlimited(rule: &Rule) -> bool {
    let Body::ForEach(each) = &rule.body else { return false };
    let last = match &rule.points {
        Points::Series(all) => all.last(),
        points => Some(points),
    };
    let rises = matches!(last, Some(Points::Constant(points)) if *points > Decimal::ZERO);
    let is_free = each.limits.is_empty() && rule.limits.highest.is_none() && each.each == Each::Event;
    let never_fails =
        each.selector.filter.is_none() && each.selector.before.is_none() && each.selector.within_after.is_none();
    rises && is_free && never_fails
}

/// What some rules bring together, with the choices, weights and limits of the groups around them; what is not known counts as
/// nothing. Groups nest to a depth that the checker bounds.
fn sum(items: &[Item], most: &dyn Fn(&Rule) -> Option<Most>) -> Most {
    items.iter().fold(Most::Points(Decimal::ZERO), |sum, item| add(sum, of_item(item, most)))
}

fn of_item(item: &Item, most: &dyn Fn(&Rule) -> Option<Most>) -> Most {
    let nothing = Most::Points(Decimal::ZERO);
    match item {
        Item::Rule(rule) => most(rule).unwrap_or(nothing),
        Item::Group(group) => {
            let inside = match group.choice {
                Choice::All => sum(&group.items, most),
                _ => group.items.iter().map(|item| of_item(item, most)).max().unwrap_or(nothing),
            };
            limited(weighed(inside, group.weight), group.limits)
        }
    }
}

fn add(one: Most, other: Most) -> Most {
    match (one, other) {
        (Most::Points(one), Most::Points(other)) => one.add(other).map_or(Most::Unlimited, Most::Points),
        _ => Most::Unlimited,
    }
}

fn weighed(most: Most, weight: Option<Decimal>) -> Most {
    match (most, weight) {
        (Most::Points(points), Some(weight)) => {
            points.percent(weight).map_or(most, |points| Most::Points(points.round(POINT_DECIMALS)))
        }
        (Most::Unlimited, Some(weight)) if weight == Decimal::ZERO => Most::Points(Decimal::ZERO),
        _ => most,
    }
}

fn limited(most: Most, limits: PointLimits) -> Most {
    limits.highest.map_or(most, |highest| most.min(Most::Points(highest)))
}

fn holds(items: &[Item], id: RuleId) -> bool {
    items.iter().any(|item| match item {
        Item::Rule(rule) => rule.id == id,
        Item::Group(group) => holds(&group.items, id),
    })
}

#[cfg(test)]
mod tests {
    use super::OPENS_OUTWEIGH_INTENT;
    use crate::lint::testing::{LEAD, fires};

    fn messages(rules: &str) -> Vec<String> {
        let text = format!(
            "{LEAD}\nevent ansicht called \"Newsletter geöffnet\"\nevent app_open\nscore web {{\n{rules}\n}}\n"
        );
        fires(&OPENS_OUTWEIGH_INTENT, &text).into_iter().map(|one| one.message).collect()
    }

    #[test]
    fn more_than_the_demo() {
        // 3 opens a day, 4 days: 12; and without a limit.
        assert_eq!(messages("+3 for each email_open at most 4 times\n+10 \"Demo\" when any demo_request").len(), 1);
        let unlimited = messages("+1 for each email_open\n+50 \"Demo\" when any demo_request");
        assert_eq!(unlimited, ["opened mails can earn any number of points, and `Demo` at most 50"]);
        assert_eq!(messages("+3 for each ansicht at most 4 times\n+10 \"Demo\" when any demo_request").len(), 1);
    }

    #[test]
    fn two_rules_together_below_the_limits_of_their_groups() {
        let opens = |limit: &str| {
            format!(
                "group {limit} {{\n+6 \"A\" when any email_open\n+6 \"B\" when at least 3 email_open\n}}\n+10 \"Demo\" when any demo_request"
            )
        };
        assert_eq!(messages(&opens("")).len(), 1);
        for limit in ["highest only", "no higher than 10 points", "counts 50%"] {
            assert!(messages(&opens(limit)).is_empty(), "{limit}");
        }
    }

    #[test]
    fn less_than_the_demo_or_no_mail() {
        assert!(messages("+1 for each email_open at most 9 times\n+10 \"Demo\" when any demo_request").is_empty());
        assert!(messages("+1 for each app_open\n+10 \"Demo\" when any demo_request").is_empty());
        assert!(messages("+1 for each email_open\n+10 \"Demo\" for each demo_request").is_empty());
        assert!(messages("+1 for each email_open\n+10 when title is known").is_empty());
    }
}
