//! The models, described once: every dialect writes the same rules from this.

pub mod a;
pub mod b;
pub mod c;

pub struct Model {
    pub name: &'static str,
    pub items: Vec<Item>,
    pub events: Vec<EventRule>,
    /// The score is kept within these.
    pub from: i64,
    pub to: i64,
    /// A, B, C from these; D below.
    pub bands: [i64; 3],
}

/// What gives points for a lead's fields.
pub enum Item {
    Rule(Rule),
    /// Of several rules the best that holds: ordered from the most points down, all of them positive.
    Highest {
        label: String,
        rules: Vec<Rule>,
    },
    /// Points by a number: the row with the highest edge that is reached; rows ascend.
    Table {
        label: String,
        field: &'static str,
        rows: Vec<(i64, i64)>,
        missing: i64,
    },
}

pub struct Rule {
    pub points: i64,
    pub label: String,
    pub when: When,
}

/// Texts are compared without regard to case; they are written in lower case here.
#[derive(Clone, PartialEq, Eq, Hash)]
pub enum When {
    Is(&'static str, Vec<String>),
    Mentions(&'static str, Vec<String>),
    Contains(&'static str, Vec<String>),
    StartsWith(&'static str, Vec<String>),
    EndsWith(&'static str, Vec<String>),
    DomainIs(&'static str, Vec<String>),
    AtLeast(&'static str, i64),
    Below(&'static str, i64),
    Between(&'static str, i64, i64),
    Known(&'static str),
    Missing(&'static str),
    Yes(&'static str),
    No(&'static str),
    /// Days since 1970-01-01.
    Before(&'static str, i32),
    After(&'static str, i32),
    InLastDays(&'static str, i32),
    And(Vec<When>),
}

/// What gives points for a lead's events.
pub struct EventRule {
    pub points: i64,
    pub label: &'static str,
    pub event: &'static str,
    pub filters: Vec<Filter>,
    pub in_last_days: Option<i64>,
    pub shape: Shape,
}

pub enum Filter {
    Yes(&'static str),
    StartsWith(&'static str, &'static str),
    Contains(&'static str, &'static str),
    AtLeast(&'static str, i64),
}

pub enum Shape {
    Any,
    AtLeast(u32),
    /// Each one, or one per bucket; at most so many.
    Each {
        once_per: Option<Bucket>,
        at_most: Option<u32>,
        no_higher_than: Option<i64>,
    },
    /// Each one, or the latest so many, at points that halve every so many days.
    Fading {
        half_life_days: i64,
        at_most: Option<u32>,
        no_higher_than: Option<i64>,
    },
}

#[derive(Clone, Copy)]
pub enum Bucket {
    Day,
    Week,
    Month,
    Property(&'static str),
}

impl When {
    /// The fields that the condition reads, with what the peers read of them, in order.
    pub fn visit(&self, see: &mut dyn FnMut(&When)) {
        match self {
            When::And(parts) => parts.iter().for_each(|part| part.visit(see)),
            single => see(single),
        }
    }

    pub fn field(&self) -> &'static str {
        match self {
            When::Is(field, _) | When::Mentions(field, _) | When::Contains(field, _) | When::StartsWith(field, _) => {
                field
            }
            When::EndsWith(field, _) | When::DomainIs(field, _) | When::AtLeast(field, _) | When::Below(field, _) => {
                field
            }
            When::Between(field, ..)
            | When::Known(field)
            | When::Missing(field)
            | When::Yes(field)
            | When::No(field) => field,
            When::Before(field, _) | When::After(field, _) | When::InLastDays(field, _) => field,
            When::And(_) => unreachable!("`visit` goes into it"),
        }
    }

    /// Whether it looks into a text.
    pub fn reads_text(&self) -> bool {
        use When::*;
        matches!(self, Is(..) | Mentions(..) | Contains(..) | StartsWith(..) | EndsWith(..) | DomainIs(..))
    }
}

impl Model {
    pub fn conditions(&self) -> Vec<&When> {
        let mut conditions = Vec::new();
        for item in &self.items {
            match item {
                Item::Rule(rule) => conditions.push(&rule.when),
                Item::Highest { rules, .. } => conditions.extend(rules.iter().map(|rule| &rule.when)),
                Item::Table { .. } => {}
            }
        }
        conditions
    }

    /// The lead's fields that the rules read, in the order of the columns.
    pub fn fields(&self) -> Vec<&'static str> {
        let mut used = std::collections::HashSet::new();
        for when in self.conditions() {
            when.visit(&mut |part| {
                used.insert(part.field());
            });
        }
        for item in &self.items {
            if let Item::Table { field, .. } = item {
                used.insert(field);
            }
        }
        crate::leads::COLUMNS.iter().map(|(name, _)| *name).filter(|name| used.contains(name)).collect()
    }

    /// Those of them whose text is looked into.
    pub fn texts(&self) -> Vec<&'static str> {
        let mut used = std::collections::HashSet::new();
        for when in self.conditions() {
            when.visit(&mut |part| {
                if part.reads_text() {
                    used.insert(part.field());
                }
            });
        }
        self.fields().into_iter().filter(|name| used.contains(name)).collect()
    }
}

pub fn words(words: &[&str]) -> Vec<String> {
    words.iter().map(|word| word.to_lowercase()).collect()
}
