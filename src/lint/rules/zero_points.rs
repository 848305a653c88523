use crate::lint::reads::{Read, named, read};
use crate::lint::{Context, Findings, Owner, RulePlace, Safety, lint};
use crate::model::walk::{Part, walk_condition, walk_rule};
use crate::model::{
    Choice, Condition, ConditionKind, EventId, Item, ListId, NumberExpr, Pattern, Points, Rule, RuleId, Symbol,
    TableRow, TextOperand, TextTest,
};
use crate::value::Decimal;
use std::cell::LazyCell;

lint! {
    /// Finds a rule that can give no points: `+0`, a table whose rows are all 0 or that has none, `no higher than 0 points`, a
    /// group that `counts 0%`.
    ///
    /// A rule in a group with `first match only`, `highest only` or `lowest only` is left alone: there 0 points keep others out.
    /// So are single rows of a table, where 0 is what an edge begins.
    ///
    /// ## Why it matters
    ///
    /// It looks like a rule, and changes no score. Mostly the number was to be filled in later.
    ///
    /// ## Example
    ///
    /// ```score
    /// lead {
    ///   id       text key
    ///   title    text
    ///   country  text
    /// }
    ///
    /// score fit {
    ///   +10 "Manager"  when title mentions "manager"
    ///   +0  "Spain"    when country is "Spain"
    ///   -10 "Abroad"   when country is known and country is not "Spain"
    /// }
    /// ```
    ///
    /// ## Better
    ///
    /// ```score
    /// lead {
    ///   id       text key
    ///   title    text
    ///   country  text
    /// }
    ///
    /// score fit {
    ///   +10 "Manager"  when title mentions "manager"
    ///   +5  "Spain"    when country is "Spain"
    ///   -10 "Abroad"   when country is known and country is not "Spain"
    /// }
    /// ```
    pub static ZERO_POINTS = "S612", "zero-points", Shape, Warning, Rules(check);
}

fn check(context: &Context<'_>, findings: &mut Findings) {
    for place in context.groups().iter().filter(|place| place.group.weight == Some(Decimal::ZERO)) {
        let label = &place.group.label;
        findings
            .add(place.group.span, format!("the group `{label}` counts 0%: nothing in it gives points"))
            .help("write how much it counts, or take the group away");
    }
    let used = LazyCell::new(|| used_elsewhere(context));
    for place in context.rules().iter().filter(|place| !is_chosen_from(place)) {
        let Some(why) = why_nothing(place.rule) else { continue };
        let finding =
            findings.add(place.rule.span, format!("the rule `{}` can give no points: {why}", place.rule.label));
        finding.help("write how many points it gives, or take it away");
        if is_left_with_rules(place) && !is_expected(context, place.rule.id) && leaves_nothing_unused(place.rule, &used)
        {
            // It takes part in no choice, so no score is made of whether it is there.
            let edit = (context.whole_lines(place.rule.span), String::new());
            finding.fix("take the rule away", Safety::Safe, vec![edit]);
        }
    }
}

/// Whether a choice around it looks at whether it takes part.
fn is_chosen_from(place: &RulePlace<'_>) -> bool {
    place.groups.iter().any(|group| group.choice != Choice::All)
}

fn why_nothing(rule: &Rule) -> Option<&'static str> {
    let is_zero = |limit: Option<Decimal>| limit == Some(Decimal::ZERO);
    match &rule.points {
        Points::Table(table) if rows(table).next().is_none() => Some("it has no rows"),
        Points::Table(table) if rows(table).all(|row| is_nothing(&row.result)) => Some("all its rows are 0"),
        points if is_nothing(points) => Some("it is worth 0"),
        Points::Constant(points) if is_zero(rule.limits.highest) && !points.is_negative() => {
            Some("they are held at `no higher than 0 points`")
        }
        Points::Constant(points) if is_zero(rule.limits.lowest) && points.is_negative() => {
            Some("they are held at `no lower than 0 points`")
        }
        _ => None,
    }
}

fn is_nothing(points: &Points) -> bool {
    match points {
        Points::Constant(points) => *points == Decimal::ZERO,
        Points::Series(all) => all.iter().all(is_nothing),
        Points::Computed(_) | Points::Table(_) => false,
    }
}

fn rows(table: &crate::model::Table<Points>) -> impl Iterator<Item = &TableRow<Points>> {
    table.rows.iter().chain(&table.otherwise).chain(&table.missing)
}

/// Whether a rule that gives something, or a group, stands beside it: without it, nothing becomes empty.
fn is_left_with_rules(place: &RulePlace<'_>) -> bool {
    place.siblings.iter().any(|item| match item {
        Item::Group(group) => !group.items.is_empty(),
        Item::Rule(rule) => why_nothing(rule).is_none(),
    })
}

/// Whether all that a rule reads, something else reads, too.
fn leaves_nothing_unused(rule: &Rule, used: &[Used<'_>]) -> bool {
    let mut all = true;
    walk_rule(rule, &mut |part| all &= Used::of(part).iter().all(|one| used.contains(one)));
    all
}

/// What is used by all but rules that give nothing.
fn used_elsewhere<'a>(context: &Context<'a>) -> Vec<Used<'a>> {
    let mut used = Vec::new();
    context.each_part(&mut |owner, part| match owner {
        Owner::Rule(place) if why_nothing(place.rule).is_some() => {}
        _ => {
            let new: Vec<Used<'a>> = Used::of(part).into_iter().filter(|one| !used.contains(one)).collect();
            used.extend(new);
        }
    });
    used
}

/// What a part uses by itself.
#[derive(PartialEq)]
enum Used<'a> {
    Data(Read<'a>),
    Name(Symbol),
    Event(EventId),
}

impl<'a> Used<'a> {
    fn of(part: Part<'a>) -> Vec<Used<'a>> {
        let mut used: Vec<Used<'a>> = read(part).map(Used::Data).into_iter().collect();
        used.extend(named(part).map(Used::Name));
        match part {
            Part::Selector(selector) => used.extend(selector.types.iter().copied().map(Used::Event)),
            Part::Condition(condition) => used.extend(lists(condition).map(Symbol::List).map(Used::Name)),
            _ => {}
        }
        used
    }
}

/// The lists that a condition names by itself.
fn lists(condition: &Condition) -> impl Iterator<Item = ListId> {
    let (operands, patterns): (&[TextOperand], &[Pattern]) = match &condition.kind {
        ConditionKind::Text { test: TextTest::Is(operands) | TextTest::Part { operands, .. }, .. }
        | ConditionKind::Includes { operands, .. } => (operands, &[]),
        ConditionKind::Text { test: TextTest::Matches(patterns), .. } => (&[], patterns),
        _ => (&[], &[]),
    };
    let operands = operands.iter().filter_map(|one| if let TextOperand::List(id) = one { Some(*id) } else { None });
    operands.chain(patterns.iter().filter_map(|one| if let Pattern::List(id, _) = one { Some(*id) } else { None }))
}

/// Whether a test asks for its points.
fn is_expected(context: &Context<'_>, rule: RuleId) -> bool {
    let mut found = false;
    for expected in context.model.tests.iter().flat_map(|test| &test.expectations) {
        walk_condition(expected, &mut |part| {
            found |= matches!(part, Part::Number(NumberExpr::PointsOf(asked)) if *asked == rule);
        });
    }
    found
}

#[cfg(test)]
mod tests {
    use super::ZERO_POINTS;
    use crate::lint::testing::{LEAD, fires, fixed};

    fn text(items: &str) -> String {
        format!("{LEAD}\nscore fit {{\n{items}}}\n")
    }

    fn count(items: &str) -> usize {
        fires(&ZERO_POINTS, &text(items)).len()
    }

    #[test]
    fn what_gives_nothing() {
        for items in [
            "  +0 when title is known\n",
            "  first +0 then -0 for each download\n",
            "  points by employees {\n    from 10: +0\n    missing: +0\n  }\n",
            "  points by employees { }\n",
            "  +5 for each download no higher than 0 points\n",
            "  group counts 0% {\n    +5 when title is known\n  }\n",
        ] {
            assert_eq!(count(items), 1, "{items}");
        }
    }

    #[test]
    fn what_keeps_others_out_or_begins_an_edge() {
        for items in [
            "  group first match only {\n    +0 when title is known\n    +5\n  }\n",
            "  group highest only {\n    group {\n      +0 when title is known\n    }\n    -5\n  }\n",
            "  points by employees {\n    from 1: +0\n    from 10: +5\n  }\n",
            "  first +0 then +1 for each download\n",
        ] {
            assert_eq!(count(items), 0, "{items}");
        }
    }

    #[test]
    fn it_goes_where_something_is_left_and_no_test_asks() {
        let beside = "  +1 \"B\" when title is \"b\"\n";
        assert_eq!(fixed(&ZERO_POINTS, &text(&format!("  +0 \"A\" when title is known\n{beside}"))), text(beside));
        // Nothing else reads the title: without the rule it would be unused.
        let reads = text("  +0 \"A\" when title is known\n  +1 \"B\"\n");
        assert_eq!(fixed(&ZERO_POINTS, &reads), reads);
        let alone = text("  +0 \"A\"\n");
        assert_eq!(fixed(&ZERO_POINTS, &alone), alone);
        let test = "test \"t\" {\n  lead { id \"1\" }\n  expect points of \"A\" is 0\n}\n";
        let asked = text("  +0 \"A\"\n  +1 \"B\"\n") + test;
        assert_eq!(fixed(&ZERO_POINTS, &asked), asked);
    }
}
