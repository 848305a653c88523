use crate::diagnostics::nearest;
use crate::lint::data::{FEWEST, ValueCount};
use crate::lint::reads::Read;
use crate::lint::walks::atoms;
use crate::lint::{Context, DataContext, Findings, lint, wording};
use crate::model::{
    ConditionKind, ListExpr, LookupTable, Points, Property, RowTest, Table, TableKey, TextExpr, TextOperand, TextTest,
};
use crate::source::Span;
use crate::syntax::tree::StatementKind;
use crate::value::fold;
use std::collections::BTreeSet;

lint! {
    /// Finds a value in a rule that the field never has in the data, and proposes the one that it has.
    ///
    /// Looked at are the values of `is`, `is one of` and `includes` and the rows of tables, for fields and properties whose values
    /// were all counted. Where the data has a value that is written nearly the same, and that no rule names, it is proposed.
    /// Without such a value there is a finding only where the rule or row names no value that occurs, and the field's values
    /// repeat, ten times each on average: one value more among many is no surprise.
    ///
    /// ## Why it matters
    ///
    /// A value that is written in another way matches nothing, without any error: the points are just never given.
    ///
    /// ## Example
    ///
    /// ```score
    /// lead {
    ///   id        text key
    ///   industry  text
    /// }
    ///
    /// score fit {
    ///   +10 "Technology"  when industry is one of "Technology", "Health care"
    /// }
    /// ```
    ///
    /// ```csv
    /// id,industry
    /// 1,Technology
    /// 2,Healthcare
    /// 3,Retail
    /// 4,Technology
    /// 5,Retail
    /// 6,Healthcare
    /// ```
    ///
    /// ## Better
    ///
    /// ```score
    /// lead {
    ///   id        text key
    ///   industry  text
    /// }
    ///
    /// score fit {
    ///   +10 "Technology"  when industry is one of "Technology", "Healthcare"
    /// }
    /// ```
    pub static VALUE_NOT_IN_DATA = "S803", "value-not-in-data", Data, Warning, Data(check);
}

/// How often values repeat in a field that has only few.
const REPEATS: u64 = 10;
/// Shorter values are near to too many others.
const SHORTEST: usize = 4;

/// Values that a field or property is compared with, at one place.
struct Compared<'a> {
    read: Read<'a>,
    /// As written, or folded
    values: Vec<String>,
    span: Span,
    /// A lookup may well know more values than the data has.
    only_near: bool,
}

fn check(context: &DataContext<'_, '_>, findings: &mut Findings) {
    let compared = comparisons(context.rules);
    for one in &compared {
        let Some(data) = Data::of(context, one.read) else { continue };
        let named = compared.iter().filter(|other| other.read == one.read).flat_map(|other| &other.values);
        let named: BTreeSet<String> = named.map(|value| fold(value)).collect();
        let absent: Vec<&String> = one.values.iter().filter(|value| !data.has(value)).collect();
        let near: Vec<(&String, &str)> =
            absent.iter().filter_map(|value| Some((*value, data.near(value, &named)?))).collect();
        let is_few = data.all >= REPEATS * data.values.len() as u64;
        let is_dead = absent.len() == one.values.len() && !one.only_near;
        let told: Vec<&String> = match is_few && is_dead {
            true => absent,
            false => near.iter().map(|(value, _)| *value).collect(),
        };
        if !told.is_empty() {
            report(context.rules, findings, one, &told, &near, &data);
        }
    }
}

fn report(
    context: &Context<'_>,
    findings: &mut Findings,
    one: &Compared<'_>,
    told: &[&String],
    near: &[(&String, &str)],
    data: &Data<'_>,
) {
    let name = match one.read {
        Read::Field(id) => {
            context.model.lead.fields.get(id.index()).map(|field| field.name.as_str()).unwrap_or_default()
        }
        Read::Property(property) => &property.name,
    };
    let values = wording::texts(told.iter().map(|value| value.as_str()), 3);
    let verb = if told.len() == 1 { "is" } else { "are" };
    let message = format!("{values} {verb} never the value of `{name}` in the data ({} looked at)", data.all);
    let finding = findings.add(one.span, message);
    match near {
        [] => {
            let has = wording::texts(data.values.iter().map(|(_, given)| *given), 5);
            finding.help(format!("the data has {has}"));
        }
        near => {
            let pair = |(value, near): &(&String, &str)| {
                format!("{} instead of {}", wording::text(near), wording::text(value))
            };
            finding.help(format!("write {}", near.iter().map(pair).collect::<Vec<_>>().join(", ")));
        }
    }
}

/// The values that the data has, all of them.
struct Data<'d> {
    /// Folded, and as first given
    values: Vec<(&'d str, &'d str)>,
    all: u64,
}

impl<'d> Data<'d> {
    /// `None` where not all are known, or there are too few leads.
    fn of(context: &'d DataContext<'_, '_>, read: Read<'_>) -> Option<Data<'d>> {
        let counts: Vec<&ValueCount> = match read {
            Read::Field(id) => vec![context.field(id)?],
            Read::Property(Property { places, .. }) => {
                places.iter().map(|(event, place)| context.property(*event, *place)).collect::<Option<_>>()?
            }
        };
        let all = counts.iter().map(|count| count.known).sum();
        if all < FEWEST || !counts.iter().all(|count| count.is_whole()) {
            return None;
        }
        let texts = counts.iter().flat_map(|count| &count.texts);
        let mut values: Vec<_> =
            texts.map(|(folded, count)| (folded.as_str(), count.given.as_str(), count.share.all)).collect();
        values.sort_by_key(|(_, _, number)| std::cmp::Reverse(*number));
        let mut values: Vec<_> = values.into_iter().map(|(folded, given, _)| (folded, given)).collect();
        let mut seen = BTreeSet::new();
        values.retain(|(folded, _)| seen.insert(*folded));
        Some(Data { values, all })
    }

    fn has(&self, value: &str) -> bool {
        let folded = fold(value);
        self.values.iter().any(|(known, _)| *known == folded)
    }

    /// The nearest value of the data that no rule names.
    fn near(&self, value: &str, named: &BTreeSet<String>) -> Option<&'d str> {
        let free = self.values.iter().filter(|(folded, _)| !named.contains(*folded)).map(|(_, given)| *given);
        (value.chars().count() >= SHORTEST).then(|| nearest(value, free)).flatten()
    }
}

fn comparisons<'a>(context: &Context<'a>) -> Vec<Compared<'a>> {
    let mut found = Vec::new();
    for place in context.conditions().into_iter().chain(context.filters()) {
        for (condition, _) in atoms(place.condition) {
            let (read, operands) = match &condition.kind {
                ConditionKind::Text { value, test: TextTest::Is(operands) } => (of_text(value), operands),
                ConditionKind::Includes { list: ListExpr::Field(id), operands, .. } => {
                    (Some(Read::Field(*id)), operands)
                }
                ConditionKind::Includes { list: ListExpr::Property(one), operands, .. } => {
                    (Some(Read::Property(one)), operands)
                }
                _ => continue,
            };
            let values = operands.iter().filter_map(|operand| match operand {
                TextOperand::Literal(text) => Some(text.given.to_string()),
                TextOperand::List(_) | TextOperand::Expr(_) => None,
            });
            let values: Vec<String> = values.collect();
            found.extend(read.map(|read| Compared { read, values, span: condition.span, only_near: false }));
        }
    }
    for place in context.rules() {
        if let Points::Table(table) = &place.rule.points {
            rows(context, table, false, &mut found);
        }
    }
    for lookup in &context.model.lookups {
        let statement = context.statement(lookup.span).map(|statement| &statement.kind);
        if matches!(statement, Some(StatementKind::Lookup(written)) if written.file.is_some()) {
            continue;
        }
        match &lookup.table {
            LookupTable::Text(table) => rows(context, table, true, &mut found),
            LookupTable::Number(table) => rows(context, table, true, &mut found),
        }
    }
    found
}

fn of_text(text: &TextExpr) -> Option<Read<'_>> {
    match text {
        TextExpr::Field(id) => Some(Read::Field(*id)),
        TextExpr::Property(one) | TextExpr::Latest(one, _) | TextExpr::First(one, _) => Some(Read::Property(one)),
        _ => None,
    }
}

fn rows<'a, R>(context: &Context<'_>, table: &'a Table<R>, only_near: bool, found: &mut Vec<Compared<'a>>) {
    let TableKey::Text(key) = &table.key else { return };
    let Some(read) = of_text(key) else { return };
    for row in &table.rows {
        if let RowTest::Values(values) = &row.test {
            let written = context.text(row.span);
            let values = values.iter().map(|value| as_written(written, value)).collect();
            found.push(Compared { read, values, span: row.span, only_near });
        }
    }
}

/// A folded value as its row writes it.
fn as_written(row: &str, folded: &str) -> String {
    let quoted = row.split('"').skip(1).step_by(2);
    quoted.into_iter().find(|text| fold(text) == folded).unwrap_or(folded).to_owned()
}

#[cfg(test)]
mod tests {
    use super::VALUE_NOT_IN_DATA;
    use crate::lint::testing::{LEAD, fires_with_data};

    const LEADS: &str = "id,country,tags\n1,Germany,a;b\n2,France,a\n3,Spain,b\n4,Germany,a\n5,Germany,b\n";

    fn helps(rule: &str, leads: &str) -> Vec<String> {
        let text = format!("{LEAD}\nscore fit {{\n{rule}\n}}\n");
        fires_with_data(&VALUE_NOT_IN_DATA, &text, leads, "", None).into_iter().filter_map(|one| one.help).collect()
    }

    #[test]
    fn what_is_nearly_the_same() {
        assert_eq!(helps("+5 when country is \"Germani\"", LEADS), ["write \"Germany\" instead of \"Germani\""]);
        let table = "points by country {\n  \"Germania\": +5\n  \"France\": +3\n}";
        assert_eq!(helps(table, LEADS), ["write \"Germany\" instead of \"Germania\""]);
    }

    #[test]
    fn what_is_far_matters_where_values_repeat() {
        assert!(helps("+5 when country is \"Italy\"", LEADS).is_empty());
        // Twenty leads with two values.
        let many: String =
            (1..=20).map(|id| format!("{id},{}\n", if id % 2 == 0 { "Germany" } else { "Spain" })).collect();
        let many = format!("id,country\n{many}");
        assert_eq!(helps("+5 when country is \"Italy\"", &many).len(), 1);
        for rule in ["+5 when country is \"spain\"", "+5 when country is one of \"Spain\", \"Italy\""] {
            assert!(helps(rule, &many).is_empty(), "{rule}");
        }
    }

    #[test]
    fn a_value_that_a_rule_names_is_not_meant() {
        let rules = "+5 when country is \"Spain\"\n+5 \"Two\" when country is \"Spein\"";
        assert!(helps(rules, LEADS).is_empty());
        assert!(helps("+5 when tags includes \"a\"", LEADS).is_empty());
    }
}
