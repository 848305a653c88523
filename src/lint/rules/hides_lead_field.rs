use crate::lint::reads::{Read, read};
use crate::lint::{Context, Findings, lint};
use crate::model::walk::walk_condition;
use crate::model::{EventId, Property, PropertyId};
use crate::value::fold_name;
use std::collections::{BTreeMap, BTreeSet};

lint! {
    /// Finds an event property that has the name of a lead field, where a filter reads it by that name.
    ///
    /// Inside a filter the name is the event's. Where some filter of the event also says `lead.NAME`, the author knows, and
    /// nothing is found.
    ///
    /// ## Why it matters
    ///
    /// `for each page_view where country is "ES"` asks for the country of the page view. Who wrote it may have had the lead's in
    /// mind, and whoever reads it cannot tell.
    ///
    /// ## Example
    ///
    /// ```score
    /// lead {
    ///   id       text key
    ///   country  text
    /// }
    ///
    /// event page_view { country text }
    ///
    /// score fit {
    ///   +5 "Spain"              when country is "ES"
    ///   +1 "Visits from Spain"  for each page_view where (country is "ES") no higher than 10 points
    /// }
    /// ```
    ///
    /// ## Better
    ///
    /// ```score
    /// lead {
    ///   id       text key
    ///   country  text
    /// }
    ///
    /// event page_view { visitor_country text column "country" }
    ///
    /// score fit {
    ///   +5 "Spain"              when country is "ES"
    ///   +1 "Visits from Spain"  for each page_view where visitor_country is "ES" no higher than 10 points
    /// }
    /// ```
    pub static HIDES_LEAD_FIELD = "S603", "hides-lead-field", Shape, Advice, Rules(check);
}

fn check(context: &Context<'_>, findings: &mut Findings) {
    let model = context.model;
    let fields: BTreeMap<String, crate::source::Span> =
        model.lead.fields.iter().map(|field| (fold_name(&field.name), field.span)).collect();
    let mut first_use = BTreeMap::new();
    let mut told_apart: BTreeSet<String> = BTreeSet::new();
    for place in context.filters() {
        walk_condition(place.condition, &mut |part| match read(part) {
            Some(Read::Property(Property { places, .. })) => {
                for (event, property) in places {
                    first_use.entry((*event, *property)).or_insert(place.condition.span);
                }
            }
            Some(Read::Field(id)) => {
                told_apart.extend(model.lead.fields.get(id.index()).map(|field| fold_name(&field.name)));
            }
            None => {}
        });
    }
    for ((event, property), used) in first_use {
        let Some((kind, property)) = declared(context, event, property) else { continue };
        let name = fold_name(&property.name);
        let Some(field) = fields.get(&name).filter(|_| !told_apart.contains(&name)) else { continue };
        let message = format!("`{}` of `{}` has the name of a lead field", property.name, kind.name);
        let finding = findings.add(property.span, message);
        finding.here("the event's").also(*field, "the lead's").also(used, "here it is the event's");
        let (event, name) = (&kind.name, &property.name);
        finding.help(format!(
            "give it a name of its own, `{event}_{name} … column \"{}\"`; where the lead's is meant, write `lead.{name}`",
            property.column
        ));
    }
}

fn declared<'a>(
    context: &Context<'a>,
    event: EventId,
    property: PropertyId,
) -> Option<(&'a crate::model::EventType, &'a crate::model::Field)> {
    let kind = context.model.events.get(event.index())?;
    Some((kind, kind.properties.get(property.index())?))
}

#[cfg(test)]
mod tests {
    use super::HIDES_LEAD_FIELD;
    use crate::lint::testing::fires;

    fn count(filter: &str) -> usize {
        let text = format!(
            "lead {{\n  id text key\n  country text\n}}\nevent visit {{ path text, country text }}\n\
            score fit {{\n  +5 when country is known\n  +1 for each visit where ({filter}) once\n}}\n"
        );
        fires(&HIDES_LEAD_FIELD, &text).len()
    }

    #[test]
    fn the_event_s_where_the_lead_s_may_be_meant() {
        assert_eq!(count("country is \"ES\""), 1);
    }

    #[test]
    fn who_tells_them_apart_knows() {
        assert_eq!(count("country is not lead.country"), 0);
        assert_eq!(count("lead.country is \"ES\""), 0);
        assert_eq!(count("path is \"/\""), 0);
    }
}
