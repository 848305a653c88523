use crate::analysis::Given;
use crate::lint::written::{Written, in_quotes};
use crate::lint::{Context, Findings, RulePlace, Safety, claim, lint};
use crate::model::{
    AnyExpr, Body, Condition, ConditionKind, FieldKind, LookupId, LookupTable, Model, NumberExpr, Points, RowTest,
    Table, TableKey, TextExpr, TextOperand, TextTest,
};
use crate::source::Span;
use crate::value::Decimal;

lint! {
    /// Finds an `otherwise` row that also gives points where the value is missing.
    ///
    /// It is a proof: the finding shows a lead without the value. Left alone are rows without points, tables for each
    /// event, and number tables that begin at the lowest value there is, where `otherwise` can mean nothing else. Of a
    /// lookup the row is found when some rule asks for its result.
    ///
    /// ## Why it matters
    ///
    /// `otherwise` is thought of as "all other countries", and is also every lead whose country nobody has filled in.
    ///
    /// ## Example
    ///
    /// ```score
    /// lead {
    ///   id      text key
    ///   country text
    /// }
    ///
    /// score fit {
    ///   points "Market" by country {
    ///     "US", "CA": +10
    ///     otherwise:  -10
    ///   }
    /// }
    /// ```
    ///
    /// ## Better
    ///
    /// ```score
    /// lead {
    ///   id      text key
    ///   country text
    /// }
    ///
    /// score fit {
    ///   points "Market" by country {
    ///     "US", "CA": +10
    ///     otherwise:  -10
    ///     missing:    +0
    ///   }
    /// }
    /// ```
    pub static OTHERWISE_COVERS_MISSING = "S502", "otherwise-covers-missing", Missing, Advice, Rules(check);
}

fn check(context: &Context<'_>, findings: &mut Findings) {
    for place in context.rules() {
        if let (Points::Table(table), false) = (&place.rule.points, matches!(place.rule.body, Body::ForEach(_))) {
            points(context, place, table, findings);
        }
    }
    let written = context.written();
    for (id, lookup) in (0..).map(LookupId).zip(&context.model.lookups) {
        if let LookupTable::Text(table) = &lookup.table {
            lookup_row(context, written, id, table, findings);
        }
    }
}

fn points(context: &Context<'_>, place: &RulePlace<'_>, table: &Table<Points>, findings: &mut Findings) {
    let (Some(otherwise), None) = (&table.otherwise, &table.missing) else { return };
    if otherwise.result == Points::Constant(Decimal::ZERO) || begins_at_the_lowest(context.model, table) {
        return;
    }
    let Some((known, witness)) = missing(context, &table.key, &place.given()) else { return };
    let message = format!("`otherwise` of `{}` also counts where the value is missing", place.rule.label);
    let finding = findings.add(otherwise.span, message);
    finding.help("add a row for it, `missing: +0`, or the points that are meant");
    finding.example("the value is missing here", &witness, vec![claim::not(known)]);
    add_row(context, otherwise.span, "missing: +0", finding);
}

fn add_row(context: &Context<'_>, otherwise: Span, row: &str, finding: &mut crate::lint::Finding) {
    let end = Span { start: otherwise.end, ..otherwise };
    let text = format!("{}\n{}{row}", context.text(end), context.indent(otherwise));
    // A comment behind the row stays there.
    if context.comments_about(otherwise).iter().all(|comment| comment.own_line) {
        finding.fix(format!("add `{row}`"), Safety::Unsafe, vec![(end, text)]);
    }
}

/// The condition that the value is known, and a lead for which it is not.
fn missing(
    context: &Context<'_>,
    key: &TableKey,
    given: &[Given<'_>],
) -> Option<(Condition, crate::analysis::Witness)> {
    let value = match key {
        TableKey::Number(number) => AnyExpr::Number(number.clone()),
        TableKey::Text(text) => AnyExpr::Text(text.clone()),
    };
    let known = Condition { kind: ConditionKind::Known(Box::new(value)), span: Span::default() };
    let given = [given, &[Given::fails(&known)]].concat();
    let witness = context.analysis.possible(&given).witness()?.clone();
    Some((known, witness))
}

/// Whether the first row takes the lowest value that the field can have: only a missing one is left.
fn begins_at_the_lowest<R>(model: &Model, table: &Table<R>) -> bool {
    let TableKey::Number(NumberExpr::Field(id)) = &table.key else { return false };
    let Some(FieldKind::Number { from: Some(from), .. }) = model.lead.fields.get(id.index()).map(|field| &field.kind)
    else {
        return false;
    };
    table.rows.first().is_some_and(|row| matches!(row.test, RowTest::Edge { at, included: true } if at <= *from))
}

/// The row of a lookup whose result a rule asks for.
fn lookup_row(
    context: &Context<'_>,
    written: &Written,
    id: LookupId,
    table: &Table<crate::value::Text>,
    findings: &mut Findings,
) {
    let (Some(otherwise), None) = (&table.otherwise, &table.missing) else { return };
    let result = &otherwise.result.folded;
    let Some(asked) = asks_for(context, written, id, result) else { return };
    if let Some((known, witness)) = missing(context, &table.key, &[]) {
        let name = context.model.lookups.get(id.index()).map_or("", |lookup| lookup.name.as_str());
        let given = in_quotes(&otherwise.result.given);
        let finding = findings.add(otherwise.span, format!("`{name}` is `{given}` also where the value is missing"));
        finding.also(asked, "here it counts");
        finding.help("add a row for it, such as `missing: \"unknown\"`");
        finding.example("the value is missing here", &witness, vec![claim::not(known)]);
    }
}

/// Where a comparison or a row asks for a result of a lookup.
fn asks_for(context: &Context<'_>, written: &Written, id: LookupId, result: &str) -> Option<Span> {
    let is_lookup = |text: &TextExpr| *text == TextExpr::Lookup(id);
    let compared = context.text_atoms().iter().find(|atom| {
        let TextTest::Is(operands) = atom.test else { return false };
        let names = |operand: &TextOperand| matches!(operand, TextOperand::Literal(text) if text.folded == result);
        is_lookup(atom.subject) && !atom.negated && operands.iter().any(names)
    });
    let row = context.rules().iter().find_map(|place| match &place.rule.points {
        Points::Table(table) if matches!(&table.key, TableKey::Text(text) if is_lookup(text)) => {
            let rows = table.rows.iter().filter(|row| row.result != Points::Constant(Decimal::ZERO));
            let mut rows = rows.filter(|row| matches!(&row.test, RowTest::Values(values) if values.contains(result)));
            rows.next().map(|row| written.row(row.span).first().map_or(row.span, |literal| literal.span))
        }
        _ => None,
    });
    compared.map(|atom| atom.condition.span).or(row)
}

#[cfg(test)]
mod tests {
    use super::OTHERWISE_COVERS_MISSING;
    use crate::lint::testing::{LEAD, fires, fixed};

    fn table(header: &str, rows: &str) -> String {
        format!("{LEAD}\nscore fit {{\n  points \"Table\" {header} {{\n    {rows}\n  }}\n}}\n")
    }

    fn about(header: &str, rows: &str) -> usize {
        fires(&OTHERWISE_COVERS_MISSING, &table(header, rows)).len()
    }

    #[test]
    fn otherwise_is_also_nothing() {
        assert_eq!(about("by country", "\"US\": +10\n otherwise: -10"), 1);
        assert_eq!(about("by employees", "from 10: +10\n otherwise: -10"), 1);
        let mended = fixed(&OTHERWISE_COVERS_MISSING, &table("by country", "\"US\": +10\n    otherwise: -10"));
        assert!(mended.contains("otherwise: -10\n    missing: +0\n"), "{mended}");
    }

    #[test]
    fn otherwise_is_meant_or_gives_nothing() {
        assert_eq!(about("by country", "\"US\": +10\n otherwise: +0"), 0);
        assert_eq!(about("by country", "\"US\": +10\n otherwise: -10\n missing: +0"), 0);
        assert_eq!(about("by employees", "from 0: +10\n otherwise: -10"), 0);
        assert_eq!(about("by first known of country, \"none\"", "\"US\": +10\n otherwise: -10"), 0);
        assert_eq!(about("by path for each page_view once", "\"/\": +10\n otherwise: +1"), 0);
    }

    #[test]
    fn lookups_whose_result_counts() {
        let with = |value: &str| {
            let lookup = "lookup region by country {\n  \"US\": \"america\"\n  otherwise: \"elsewhere\"\n}";
            let text = format!("{LEAD}\n{lookup}\nscore fit {{ -5 when region is \"{value}\" }}");
            fires(&OTHERWISE_COVERS_MISSING, &text).len()
        };
        assert_eq!(with("elsewhere"), 1);
        assert_eq!(with("america"), 0);
    }
}
