//! What a generated model declares: fields of the lead, event types with their properties, lists.

use super::chance::Chance;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Text,
    /// A text of a known set
    OneOf,
    Number,
    YesNo,
    Date,
    List,
}

#[derive(Debug, Clone)]
pub struct Field {
    pub name: &'static str,
    pub kind: Kind,
    /// The declared type: `number from 0 to 100`.
    pub declared: &'static str,
    /// Both included, where a range is declared.
    pub range: Option<(i64, i64)>,
}

#[derive(Debug, Clone)]
pub struct EventType {
    pub name: &'static str,
    pub properties: Vec<Field>,
}

pub struct Vocabulary {
    pub fields: Vec<Field>,
    pub events: Vec<EventType>,
    pub lists: Vec<(&'static str, Vec<&'static str>)>,
    pub zone: &'static str,
    /// RFC 3339
    pub as_of: String,
}

const fn field(name: &'static str, kind: Kind, declared: &'static str) -> Field {
    Field { name, kind, declared, range: None }
}

const fn ranged(name: &'static str, declared: &'static str, low: i64, high: i64) -> Field {
    Field { name, kind: Kind::Number, declared, range: Some((low, high)) }
}

const FIELDS: &[Field] = &[
    field("title", Kind::Text, "text"),
    field("email", Kind::Text, "text column \"E-Mail\""),
    field("country", Kind::Text, "text"),
    field("note", Kind::Text, "text"),
    field("نقش", Kind::Text, "text"),
    field("industry", Kind::OneOf, "one of \"technology\", \"finance\", \"health\""),
    field("employees", Kind::Number, "number"),
    ranged("rating", "number from 0 to 10", 0, 10),
    ranged("spend", "number from -100", -100, 5_000),
    field("size", Kind::Number, "number as \"1.234,56\""),
    field("consent", Kind::YesNo, "yes/no"),
    field("member", Kind::YesNo, "yes/no as \"oui\", \"non\""),
    field("created", Kind::Date, "date"),
    field("renewal", Kind::Date, "date as \"DD/MM/YYYY\""),
    field("born", Kind::Date, "date in milliseconds"),
    field("tags", Kind::List, "list of text"),
    field("interests", Kind::List, "list of text"),
];

/// `path`, `seconds` and `minutes` are of several types, `country` and `rating` are also fields of the lead.
const EVENTS: &[(&str, &[Field])] = &[
    (
        "page_view",
        &[
            field("path", Kind::Text, "text"),
            field("seconds", Kind::Number, "number"),
            field("bot", Kind::YesNo, "yes/no"),
        ],
    ),
    (
        "download",
        &[
            field("asset", Kind::Text, "text"),
            field("path", Kind::Text, "text"),
            field("rating", Kind::Number, "number"),
        ],
    ),
    (
        "webinar",
        &[
            field("attended", Kind::YesNo, "yes/no"),
            ranged("seconds", "number from 0", 0, 5_000),
            field("topic", Kind::OneOf, "one of \"technology\", \"finance\", \"sales\""),
        ],
    ),
    (
        "purchase",
        &[
            field("amount", Kind::Number, "number"),
            field("plan", Kind::Text, "text"),
            field("country", Kind::Text, "text"),
            field("due", Kind::Date, "date"),
            field("goods", Kind::List, "list of text"),
        ],
    ),
    ("ping", &[]),
    ("recycled", &[field("reason", Kind::Text, "text"), field("amount", Kind::Number, "number")]),
];

const LISTS: &[(&str, &[&str])] = &[
    ("roles", &["ceo", "vp", "مدير", "Sales Manager"]),
    ("free_mail", &["gmail.com", "münchen.de"]),
    ("globs", &["*sales*", "vp*", "a?b"]),
    ("places", &["US", "united states", "ایران", "東京"]),
    ("single", &["vp sales"]),
];

impl Vocabulary {
    pub fn new(chance: &mut Chance) -> Vocabulary {
        let fewest = chance.between(2, 10);
        let mut fields = chance.some(FIELDS, FIELDS.len());
        while fields.len() < fewest {
            let more = chance.pick(FIELDS).clone();
            if fields.iter().all(|field| field.name != more.name) {
                fields.push(more);
            }
        }
        let events = if chance.percent(12) { Vec::new() } else { chance.some(EVENTS, EVENTS.len()) };
        let events = events.into_iter().map(|(name, properties)| EventType { name, properties: properties.to_vec() });
        let lists = chance.some(LISTS, LISTS.len());
        Vocabulary {
            fields,
            events: events.collect(),
            lists: lists.into_iter().map(|(name, values)| (name, values.to_vec())).collect(),
            zone: *chance.pick(super::pools::ZONES),
            as_of: chance.pick(super::pools::INSTANTS).to_string(),
        }
    }

    /// Properties that events of these types have, each name once.
    pub fn properties(&self, types: &[usize]) -> Vec<Field> {
        let mut found: Vec<Field> = Vec::new();
        for property in types.iter().flat_map(|place| &self.events[*place].properties) {
            if found.iter().all(|other| other.name != property.name) {
                found.push(property.clone());
            }
        }
        found
    }
}
