use crate::lint::reads::{Read, named, read};
use crate::lint::unused::Declared;
use crate::lint::written::{Within, WrittenName};
use crate::lint::{Context, Findings, Safety, lint};
use crate::model::walk::{Part, walk_condition};
use crate::model::{Property, Symbol};
use crate::source::Span;
use crate::syntax::tree::StatementKind;
use crate::value::fold_name;
use std::collections::BTreeMap;

lint! {
    /// Finds a field, event, property, list, define or lookup that nothing uses.
    ///
    /// Only what scores, thresholds, exclusions and `ignore` read counts, also through defines and lookups; tests do not. The
    /// key, required fields and fields that events are matched by are always used. A field that only `--outcome`, `--only` or
    /// `--keep` of a command reads deserves an allowance that says so.
    ///
    /// ## Why it matters
    ///
    /// Whoever reads the file looks for what it does, and asks for data that nobody needs. Often it shows that a rule is
    /// missing, or reads another field than the one that was meant.
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
    /// }
    /// ```
    pub static UNUSED = "S601", "unused", Shape, Warning, Rules(check);
}

fn check(context: &Context<'_>, findings: &mut Findings) {
    let unused = context.unused();
    if unused.is_empty() {
        return;
    }
    let met = NamesMet::of(context);
    for declared in unused {
        let message = format!("nothing uses the {} `{}`", declared.what, declared.name);
        let finding = findings.add(declared.span, message);
        finding.in_every_use();
        match (users(context, &met, &declared), removal(context, &declared)) {
            (Users::Nobody, Some(edit)) => {
                finding.help("take it away, or write the rule that needs it");
                finding.fix(format!("take away `{}`", declared.name), Safety::Safe, vec![(edit, String::new())]);
            }
            (Users::Tests, _) => {
                finding.help("take it away, here and in the tests, or write the rule that needs it");
            }
            _ => {
                finding.help("take it away, or write the rule that needs it");
            }
        }
    }
}

/// What names a declaration that does nothing for a score.
#[derive(PartialEq)]
enum Users {
    Nobody,
    Tests,
    /// A define or lookup that is not used itself: it goes first.
    Unused,
}

fn users(context: &Context<'_>, met: &NamesMet, declared: &Declared) -> Users {
    let is_it = |part: Part<'_>| is_named(context, declared, part);
    let mut is_read = false;
    context.each_part(&mut |_, part| is_read |= is_it(part));
    let name = fold_name(&declared.name);
    // Once where it is declared.
    if is_read || (declared.what == "list" && met.elsewhere.get(&name).is_some_and(|times| *times > 1)) {
        return Users::Unused;
    }
    let in_tests = match declared.what {
        "list" | "define" | "lookup" => met.in_tests.contains_key(&name),
        _ => is_in_tests(context, declared),
    };
    if in_tests { Users::Tests } else { Users::Nobody }
}

/// Whether a part reads the declaration by itself.
fn is_named(context: &Context<'_>, declared: &Declared, part: Part<'_>) -> bool {
    let model = context.model;
    if let (Part::Selector(selector), "event") = (part, declared.what) {
        return selector.types.iter().any(|id| model.events.get(id.index()).is_some_and(|it| it.span == declared.span));
    }
    let span = match (read(part), named(part)) {
        (Some(Read::Field(id)), _) => model.lead.fields.get(id.index()).map(|field| field.span),
        (Some(Read::Property(property)), _) => return is_property(context, declared, property),
        (_, Some(Symbol::Define(id))) => model.defines.get(id.index()).map(|define| define.span),
        (_, Some(Symbol::Lookup(id))) => model.lookups.get(id.index()).map(|lookup| lookup.span),
        _ => None,
    };
    span == Some(declared.span)
}

fn is_property(context: &Context<'_>, declared: &Declared, property: &Property) -> bool {
    let span = |(event, place): (&crate::model::EventId, &crate::model::PropertyId)| {
        Some(context.model.events.get(event.index())?.properties.get(place.index())?.span)
    };
    property.places.iter().any(|place| span(place) == Some(declared.span))
}

/// Whether a test gives it a value, or expects something of it.
fn is_in_tests(context: &Context<'_>, declared: &Declared) -> bool {
    let model = context.model;
    model.tests.iter().any(|test| {
        let rows = test.cases.iter().flat_map(|cases| &cases.rows).flat_map(|row| &row.inputs);
        let mut fields = test.lead.iter().chain(rows).filter_map(|(id, _)| model.lead.fields.get(id.index()));
        let is_event = |event: &crate::model::TestEvent| {
            let Some(kind) = model.events.get(event.kind.index()) else { return false };
            let mut properties = event.properties.iter().filter_map(|(place, _)| kind.properties.get(place.index()));
            kind.span == declared.span || properties.any(|property| property.span == declared.span)
        };
        let mut is_expected = false;
        for expected in &test.expectations {
            walk_condition(expected, &mut |part| is_expected |= is_named(context, declared, part));
        }
        is_expected || fields.any(|field| field.span == declared.span) || test.events.iter().any(is_event)
    })
}

/// How often each folded name stands in tests, and in all else.
struct NamesMet {
    in_tests: BTreeMap<String, usize>,
    elsewhere: BTreeMap<String, usize>,
}

impl NamesMet {
    fn of(context: &Context<'_>) -> NamesMet {
        let mut met = NamesMet { in_tests: BTreeMap::new(), elsewhere: BTreeMap::new() };
        for WrittenName { name, within } in &context.written().names {
            let times = if *within == Within::Tests { &mut met.in_tests } else { &mut met.elsewhere };
            *times.entry(fold_name(&name.text)).or_default() += 1;
        }
        met
    }
}

/// What to take away; `None` where that leaves something that nobody would write.
fn removal(context: &Context<'_>, declared: &Declared) -> Option<Span> {
    let statement = context.statement(declared.span)?;
    match (&statement.kind, declared.what) {
        (StatementKind::Event(event), "property") => {
            let is_all = event.properties.len() == 1 && event.mapping.is_empty() && event.treat_missing.is_empty();
            let header = event.called.as_ref().map_or(event.name.span, |called| called.span);
            match is_all {
                // The braces go with it.
                true => Some(Span { start: header.end, ..statement.span }),
                false => Some(item(context, declared.span)),
            }
        }
        (StatementKind::Lead(lead), "field") => (lead.fields.len() > 1).then(|| item(context, declared.span)),
        (_, "field" | "property") => None,
        _ => Some(context.whole_lines(statement.span)),
    }
}

/// An item of a block with the comma that belongs to it: the one behind it, else the one before it.
fn item(context: &Context<'_>, span: Span) -> Span {
    let text = &context.program.sources.file(span.file).text;
    let before = text.get(..span.start as usize).unwrap_or_default().trim_end();
    let after = text.get(span.end as usize..).unwrap_or_default();
    let blanks = after.len() - after.trim_start_matches([' ', '\t']).len();
    let end = span.end as usize + blanks + 1;
    match (after.trim_start_matches([' ', '\t']).starts_with(','), before.ends_with(',')) {
        (true, _) => context.whole_lines(Span::new(span.file, span.start as usize, end)),
        (false, true) => Span::new(span.file, before.len() - 1, span.end as usize),
        (false, false) => context.whole_lines(span),
    }
}

#[cfg(test)]
mod tests {
    use super::UNUSED;
    use crate::lint::testing::{fires, fixed};

    const TEXT: &str = "lead {\n  id text key\n  phone text\n  title text\n}\nevent visit { path text, seconds number }\n\
        event click\nlist home = \"ES\"\n";

    fn names(rules: &str) -> Vec<String> {
        let found = fires(&UNUSED, &format!("{TEXT}{rules}\n"));
        found.into_iter().map(|finding| finding.message.trim_start_matches("nothing uses the ").to_owned()).collect()
    }

    #[test]
    fn what_no_rule_reads() {
        assert_eq!(
            names("score fit { +5 when title is one of home }"),
            ["field `phone`", "event `visit`", "event `click`"]
        );
        let rules = "score fit { +5 when any visit where path is \"/\"\n+1 when any click and phone is known\n\
            +2 when title is known }";
        assert_eq!(names(rules), ["property `seconds`", "list `home`"]);
    }

    #[test]
    fn through_defines_and_lookups() {
        let rules = "lookup name by title { \"a\": \"b\" }\ndefine boss = name is \"b\"\ndefine dead = phone is known\n\
            score fit { +5 when boss and title is not one of home and any events }\nignore visit where (path is \"/\" and seconds > 3)";
        assert_eq!(names(rules), ["field `phone`", "define `dead`"]);
    }

    #[test]
    fn the_declaration_goes_with_its_line() {
        let text = format!("{TEXT}score fit {{\n  +5 when any visit where path is \"/\"\n}}\n");
        let gone = "lead {\n  id text key\n}\nevent visit { path text }\nscore fit {\n  +5 when any visit where path is \"/\"\n}\n";
        assert_eq!(fixed(&UNUSED, &text), gone);
        let only = "event visit { path text }\nscore fit {\n  +5 when any visit\n}\n";
        assert_eq!(fixed(&UNUSED, only), only.replace(" { path text }", ""));
    }

    #[test]
    fn what_tests_or_unused_defines_name_stays() {
        let text = "lead {\n  id text key\n  phone text\n  title text\n}\ndefine boss = title is \"CEO\"\nscore fit {\n  +5\n}\n\
            test \"t\" {\n  lead { id \"1\", phone \"2\" }\n  expect fit is 5\n}\n";
        assert_eq!(fires(&UNUSED, text).len(), 3);
        assert_eq!(fixed(&UNUSED, text), text.replace("define boss = title is \"CEO\"\n", ""));
    }
}
