use crate::analysis::Given;
use crate::lint::claim;
use crate::lint::{Context, Finding, Findings, RulePlace, Safety, lint};
use crate::model::{
    Body, Choice, Compare, Condition, ConditionKind, Each, FieldKind, Item, NumberExpr, NumberTest, Points, RowTest,
    Rule, Table, TableKey, TableRow, TextExpr, TextOperand, TextTest,
};
use crate::value::{Decimal, Text};

lint! {
    /// Finds a rule that never counts because others come before it, and rows of a table that are never chosen.
    ///
    /// It is a proof. In a group `first match only`, a rule counts only where no earlier one takes part. A rule whose leads
    /// are all excluded never counts either. A row is never chosen where no value of what the table is about comes to it.
    ///
    /// ## Why it matters
    ///
    /// The points were meant for somebody who never gets them. In a `first match only` group the order is wrong: the
    /// narrower rule belongs above the wider one.
    ///
    /// ## Example
    ///
    /// ```score
    /// lead {
    ///   id     text key
    ///   title  text
    /// }
    ///
    /// score fit {
    ///   group "Position" first match only {
    ///     +10 "Manager"         when title mentions "manager"
    ///     +20 "Senior manager"  when title mentions "senior manager"
    ///   }
    /// }
    /// ```
    ///
    /// ## Better
    ///
    /// ```score
    /// lead {
    ///   id     text key
    ///   title  text
    /// }
    ///
    /// score fit {
    ///   group "Position" first match only {
    ///     +20 "Senior manager"  when title mentions "senior manager"
    ///     +10 "Manager"         when title mentions "manager"
    ///   }
    /// }
    /// ```
    pub static SHADOWED_RULE = "S107", "shadowed-rule", Reach, Warning, Rules(check);
}

/// Longer tables are not looked at row by row.
const MOST_ROWS: usize = 50;

fn check(context: &Context<'_>, findings: &mut Findings) {
    for place in context.rules() {
        let is_first_match = place.groups.last().is_some_and(|group| group.choice == Choice::FirstMatch);
        let is_shadowed = is_first_match && shadowed(context, place, findings);
        if !is_shadowed {
            excluded(context, place, findings);
        }
        if let Points::Table(table) = &place.rule.points {
            rows(context, place, table, findings);
        }
    }
}

/// What is certain to take part, and the condition under which it does.
fn certain<'a>(context: &'a Context<'_>, item: &'a Item) -> Option<(&'a Rule, Option<&'a Condition>)> {
    let Item::Rule(rule) = item else { return None };
    let is_chosen = match &rule.points {
        Points::Constant(_) => true,
        Points::Table(table) => table.otherwise.is_some(),
        Points::Computed(_) | Points::Series(_) => false,
    };
    match &rule.body {
        Body::Always => is_chosen.then_some((rule, None)),
        Body::When(condition) => is_chosen.then_some((rule, Some(condition))),
        Body::ForEach(each) => {
            let keeps_one = matches!(each.each, Each::Event) && each.limits.iter().all(|limit| limit.times > 0);
            let condition = &context.participation(rule.id).filter(|_| keeps_one)?.condition;
            Some((rule, Some(condition)))
        }
        Body::ForEvery(_) => None,
    }
}

fn shadowed(context: &Context<'_>, place: &RulePlace<'_>, findings: &mut Findings) -> bool {
    let is_own = |item: &Item| matches!(item, Item::Rule(rule) if rule.id == place.rule.id);
    let before = place.siblings.iter().take_while(|item| !is_own(item));
    let before: Vec<_> = before.filter_map(|item| certain(context, item)).collect();
    if let Some((first, _)) = before.iter().find(|(_, condition)| condition.is_none()) {
        report(context, place, &[first], findings);
        return true;
    }
    let Some(own) = context.participation(place.rule.id).filter(|own| !own.is_never) else { return false };
    let meets = |rule: &Rule| own.example.as_ref().is_none_or(|example| example.rules.contains(&rule.id));
    let mut before: Vec<(&Rule, &Condition)> =
        before.into_iter().filter_map(|(rule, condition)| Some((rule, condition?))).collect();
    before.retain(|(rule, _)| {
        context
            .participation(rule.id)
            .is_some_and(|other| other.reads.share(&own.reads) && !other.reads.changes_with_time(&own.reads))
    });
    if !before.iter().any(|(rule, _)| meets(rule)) {
        return false;
    }
    let is_no = |others: &[(&Rule, &Condition)]| {
        let mut given = place.given();
        given.push(Given::holds(&own.condition));
        given.extend(others.iter().map(|(_, condition)| Given::fails(condition)));
        context.analysis.is_impossible(&given)
    };
    if !is_no(&before) {
        return false;
    }
    let alone = before.iter().find(|one| meets(one.0) && is_no(&[**one])).map(|(rule, _)| *rule);
    let causes: Vec<&Rule> = alone.map_or_else(|| before.iter().map(|(rule, _)| *rule).collect(), |rule| vec![rule]);
    report(context, place, &causes, findings);
    true
}

fn report(context: &Context<'_>, place: &RulePlace<'_>, causes: &[&Rule], findings: &mut Findings) {
    let label = &place.rule.label;
    let finding = findings.add(place.rule.span, format!("rule `{label}` never counts: others match first"));
    finding.here("never the first that matches");
    for cause in causes {
        finding.also(cause.span, "this matches first");
    }
    let first = causes.first().map_or("", |cause| &cause.label);
    finding.help(format!("move `{label}` above `{first}`, or take it away"));
    if let Some(own) = context.participation(place.rule.id)
        && let Some(example) = &own.example
        && let [cause] = causes
    {
        let mut claims = vec![claim::holds(&own.condition), claim::points_are(place.rule.id, Decimal::ZERO)];
        claims.extend(context.participation(cause.id).map(|cause| claim::holds(&cause.condition)));
        let shows = format!("this lead meets `{label}`, and `{first}` before it");
        context.show(finding, shows, &example.witness, claims);
    }
    take_away(context, place, finding);
}

fn take_away(context: &Context<'_>, place: &RulePlace<'_>, finding: &mut Finding) {
    if let Some(edits) = context.without_rule(place) {
        finding.fix("take the rule away", Safety::Safe, edits);
    }
}

/// A rule for none but leads that are excluded.
fn excluded(context: &Context<'_>, place: &RulePlace<'_>, findings: &mut Findings) {
    let Some(own) = context.participation(place.rule.id).filter(|own| own.is_excluded) else { return };
    let label = &place.rule.label;
    let finding = findings.add(place.rule.span, format!("every lead that rule `{label}` is for is excluded"));
    finding.here("its points never count");
    for exclude in &context.model.excludes {
        let reads = crate::lint::subjects::Reads::of_condition(context.model, &exclude.when);
        if own.reads.share(&reads) {
            finding.also(exclude.span, "this excludes leads by the same facts");
        }
    }
    finding.help("take the rule away, or the exclusion");
    if let Some(example) = &own.example {
        let claims = vec![claim::holds(&own.condition), claim::excluded()];
        context.show(finding, "this lead meets it, and is excluded", &example.witness, claims);
    }
    take_away(context, place, finding);
}

fn rows(context: &Context<'_>, place: &RulePlace<'_>, table: &Table<Points>, findings: &mut Findings) {
    if table.rows.len() > MOST_ROWS || context.participation(place.rule.id).is_some_and(|own| own.is_never) {
        return;
    }
    for (at, row) in table.rows.iter().enumerate() {
        let next = table.rows.get(at + 1);
        let Some(condition) = row_condition(&table.key, row, next) else { continue };
        if is_in_range(context, &table.key, row, next) || !is_never_chosen(context, place, &condition) {
            continue;
        }
        let label = &place.rule.label;
        let finding = findings.add(row.span, format!("no lead comes to this row of table `{label}`"));
        finding.here("never chosen").help("correct it, or take it away");
    }
}

fn is_never_chosen(context: &Context<'_>, place: &RulePlace<'_>, row: &Condition) -> bool {
    let mut given = place.given();
    match &place.rule.body {
        Body::When(condition) => given.push(Given::holds(condition)),
        Body::ForEach(each) => {
            let parts = each.selector.filter.iter().cloned().chain([row.clone()]).collect();
            let filter = Condition { kind: ConditionKind::All(parts), span: row.span };
            let selector = crate::model::Selector { filter: Some(filter), ..each.selector.clone() };
            return context.analysis.never_selects(&selector, &given);
        }
        Body::Always | Body::ForEvery(_) => {}
    }
    given.push(Given::holds(row));
    context.analysis.is_impossible(&given)
}

/// The cheap question before the costly one: a field's or property's own value comes to the row.
fn is_in_range(context: &Context<'_>, key: &TableKey, row: &TableRow<Points>, next: Option<&TableRow<Points>>) -> bool {
    let field = match key {
        TableKey::Text(TextExpr::Field(_) | TextExpr::Property(_)) => return true,
        TableKey::Number(NumberExpr::Field(field)) => context.model.lead.fields.get(field.index()),
        _ => return false,
    };
    let Some(FieldKind::Number { from, to, .. }) = field.map(|field| &field.kind) else { return false };
    let begins = |row: &TableRow<Points>| match row.test {
        RowTest::Edge { at, included } => Some((at, included)),
        _ => None,
    };
    let Some((at, included)) = begins(row) else { return false };
    let below_end = to.is_none_or(|to| at < to || (at == to && included));
    let above_start = next
        .and_then(begins)
        .is_none_or(|(next, included)| from.is_none_or(|from| from < next || (from == next && !included)));
    below_end && above_start
}

/// That the table comes to a row.
fn row_condition(key: &TableKey, row: &TableRow<Points>, next: Option<&TableRow<Points>>) -> Option<Condition> {
    let condition = |kind| Condition { kind, span: row.span };
    match (key, &row.test) {
        (TableKey::Number(key), RowTest::Edge { .. }) => {
            let passes = |row: &TableRow<Points>| {
                let RowTest::Edge { at, included } = row.test else { return None };
                let compare = if included { Compare::GreaterOrEqual } else { Compare::Greater };
                let test = NumberTest::Compare(compare, NumberExpr::Literal(at));
                Some(condition(ConditionKind::Number { value: key.clone(), test }))
            };
            let mut parts = vec![passes(row)?];
            parts.extend(next.and_then(passes).map(|next| condition(ConditionKind::Not(Box::new(next)))));
            Some(condition(ConditionKind::All(parts)))
        }
        (TableKey::Text(key), RowTest::Values(values)) => {
            let operands = values.iter().filter_map(|value| Text::new(value)).map(TextOperand::Literal).collect();
            Some(condition(ConditionKind::Text { value: key.clone(), test: TextTest::Is(operands) }))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::SHADOWED_RULE;
    use crate::lint::testing::{LEAD, fires, fixed};

    fn messages(rules: &str) -> Vec<String> {
        fires(&SHADOWED_RULE, &format!("{LEAD}{rules}")).into_iter().map(|finding| finding.message).collect()
    }

    fn in_group(rules: &str) -> Vec<String> {
        messages(&format!("score fit {{ group \"Group\" first match only {{\n{rules}\n}} }}"))
    }

    #[test]
    fn what_an_earlier_rule_takes() {
        let wide_first = "+5 \"Some\" when employees >= 10\n+20 \"Many\" when employees >= 100";
        assert_eq!(in_group(wide_first), ["rule `Many` never counts: others match first"]);
        let both = "+1 \"A\" when employees < 50\n+2 \"B\" when employees >= 50\n+3 \"C\" when employees is known";
        assert_eq!(in_group(both), ["rule `C` never counts: others match first"]);
        let always = "+1 \"Always\"\n+3 \"C\" when employees is known";
        assert_eq!(in_group(always), ["rule `C` never counts: others match first"]);
        let events = "+1 \"Any\" for each page_view\n+3 \"Long\" for each page_view where seconds > 9";
        assert_eq!(in_group(events), ["rule `Long` never counts: others match first"]);
    }

    #[test]
    fn what_still_gets_its_turn() {
        assert!(in_group("+20 when employees >= 100\n+5 when employees >= 10\n+1 when employees is known").is_empty());
        assert!(in_group("+5 when title contains \"vp\"\n+20 when country is \"US\"").is_empty());
        // Without such an event the average is missing, and the first rule takes no part.
        assert!(in_group("+(average of seconds in page_view) \"Average\"\n+1 \"Else\" when consent").is_empty());
        assert!(messages("score fit { +5 when employees >= 10\n +20 when employees >= 100 }").is_empty());
    }

    #[test]
    fn only_for_excluded_leads() {
        let exclude = "exclude \"Rival\" when domain of email is one of \"rival.com\", \"other.com\"\n";
        let rule =
            |domain: &str| format!("{exclude}score fit {{ -50 \"Rival\" when domain of email is \"{domain}\" }}");
        assert_eq!(messages(&rule("rival.com")), ["every lead that rule `Rival` is for is excluded"]);
        assert!(messages(&rule("gmail.com")).is_empty());
    }

    #[test]
    fn rows() {
        let lead = "lead { id text key, age number from 1 to 120, country text }\n\
                    lookup region by country {\n\"US\": \"america\"\notherwise: \"elsewhere\"\n}\n";
        let count =
            |table: &str| fires(&SHADOWED_RULE, &format!("{lead}score fit {{ points \"T\" by {table} }}")).len();
        assert_eq!(count("age {\nfrom 0: +1\nfrom 1: +2\nabove 120: +3\n}"), 2);
        assert_eq!(count("age {\nfrom 0: +1\nfrom 2: +2\nfrom 120: +3\n}"), 0);
        assert_eq!(count("region {\n\"amerika\": +1\n\"elsewhere\": +2\n}"), 1);
    }

    #[test]
    fn the_rule_goes() {
        let text = |rule: &str| {
            format!("{LEAD}\nscore fit {{\n  group first match only {{\n    +1 when employees > 5\n{rule}  }}\n}}\n")
        };
        assert_eq!(fixed(&SHADOWED_RULE, &text("    +2 \"B\" when employees > 9\n")), text(""));
    }
}
