//! What the data is declared to be: time zone, fields, events, what is ignored.

use super::text::some_of;
use super::{ChangeKind, Found, Part, Side, detail, part};
use crate::impact::meaning::{self, Digest, node, set};
use crate::model::{Field, FieldKind};
use crate::value::fold_name;
use std::collections::BTreeMap;

impl Found<'_, '_> {
    pub(super) fn zone(&mut self) {
        let (old, new) = (&self.old.model.zone, &self.new.model.zone);
        if old != new {
            let name = |zone: &crate::value::Zone| zone.time_zone().iana_name().unwrap_or("UTC").to_owned();
            self.add(ChangeKind::Changed, "model", "timezone", None, vec![detail("timezone", name(old), name(new))]);
        }
    }

    pub(super) fn schema(&mut self) {
        let fields = |side: &Side<'_>| {
            let key = side.model.lead.key;
            let fields = side.model.lead.fields.iter().enumerate();
            fields.map(|(place, one)| field(side, one, key.is_some_and(|key| key.index() == place))).collect()
        };
        self.parts("field", None, fields(self.old), fields(self.new));
        let missing = |side: &Side<'_>| placeholders("lead", &side.model.lead.missing);
        self.parts("placeholders", None, missing(self.old), missing(self.new));
        self.parts("event", None, events(self.old), events(self.new));
        let ignores = |side: &Side<'_>| -> BTreeMap<Digest, String> {
            let ignores = side.model.ignores.iter();
            ignores.map(|ignore| (side.meaning.selector(ignore), side.text(ignore.span))).collect()
        };
        let (old, new) = (ignores(self.old), ignores(self.new));
        for (_, text) in new.iter().filter(|(digest, _)| !old.contains_key(*digest)) {
            self.add(ChangeKind::Added, "ignore", text, None, Vec::new());
        }
        for (_, text) in old.iter().filter(|(digest, _)| !new.contains_key(*digest)) {
            self.add(ChangeKind::Removed, "ignore", text, None, Vec::new());
        }
    }
}

fn field(side: &Side<'_>, field: &Field, is_key: bool) -> Part {
    let kind = match &field.kind {
        // Listed or not, a value counts the same.
        FieldKind::OneOf(_) | FieldKind::Text => "text".to_owned(),
        kind => format!("{kind:?}"),
    };
    let words = format!("{kind}\0{}\0{}\0{is_key}", field.column.trim(), field.required);
    part(&field.name, side.text(field.span), meaning::leaf("field", &words))
}

fn placeholders(name: &str, missing: &[String]) -> Vec<Part> {
    let digest = set("missing", missing.iter().map(|one| meaning::leaf("one", one)));
    vec![part(name, some_of(&missing.iter().map(String::as_str).collect::<Vec<_>>()), digest)]
}

fn events(side: &Side<'_>) -> Vec<Part> {
    let events = side.model.events.iter();
    events
        .map(|event| {
            let mapping = format!("{:?}", event.mapping);
            let properties = event.properties.iter().map(|one| {
                let part = field(side, one, false);
                node(
                    "property",
                    &[meaning::leaf("name", &fold_name(&part.name)), part.aspects.first().map_or(0, |it| it.1)],
                )
            });
            let missing = event.missing.iter().map(|one| meaning::leaf("one", one));
            let digest = node(
                "event",
                &[
                    meaning::leaf("called", event.called.trim()),
                    meaning::leaf("mapping", &mapping),
                    set("properties", properties),
                    set("missing", missing),
                ],
            );
            part(&event.name, side.text(event.span), digest)
        })
        .collect()
}
