//! What can be read by itself: how it is called, how it is written, and the words that may follow in it.

/// One kind of header or item.
#[derive(Debug, PartialEq, Eq)]
pub(in crate::syntax) struct Place {
    /// With its article: "a rule".
    pub what: &'static str,
    /// An example of it.
    pub form: &'static str,
    /// What may stand behind its main part, in words; empty where nothing may.
    pub follows: &'static str,
    /// The words that its clauses begin with.
    pub words: &'static [&'static str],
    /// Whether it holds a condition or a value.
    pub holds_condition: bool,
    /// How many tokens stand before a label.
    pub label_at: Option<usize>,
}

const NONE: Place = Place { what: "", form: "", follows: "", words: &[], holds_condition: false, label_at: None };
const CONDITION: Place = Place { holds_condition: true, ..NONE };

pub(in crate::syntax) static MODEL: Place =
    Place { what: "a model", form: "model \"B2B SaaS\" { … }", label_at: Some(1), ..NONE };
pub(in crate::syntax) static MODEL_ITEM: Place =
    Place { what: "a fact about the model", form: "owner \"growth-ops@example.com\"", ..NONE };
pub(in crate::syntax) static USE: Place = Place { what: "a `use`", form: "use \"shared/lists.score\"", ..NONE };
pub(in crate::syntax) static LEAD: Place = Place { what: "the lead", form: "lead { email text key }", ..NONE };
pub(in crate::syntax) static FIELD: Place = Place {
    what: "a field",
    form: "title text required column \"Job Title\"",
    follows: "`key`, `required` or `column \"…\"`",
    words: &["key", "required", "column", "from", "to", "as", "in", "text", "number", "yes", "date", "one", "list"],
    ..NONE
};
pub(in crate::syntax) static PROPERTY: Place =
    Place { what: "a property", form: "seconds number from 0 column \"Time\"", ..FIELD };
pub(in crate::syntax) static EVENT: Place = Place {
    what: "an event",
    form: "event webinar called \"Webinar Attended\" { attended yes/no }",
    follows: "`called \"…\"` or a block of properties in `{ }`",
    words: &["called"],
    ..NONE
};
pub(in crate::syntax) static EVENTS: Place = Place { what: "`events`", form: "events { at column \"when\" }", ..NONE };
pub(in crate::syntax) static MAPPING: Place = Place {
    what: "a column of events",
    form: "at column \"when\" in milliseconds",
    follows: "`column \"…\"`, `by NAME`, `as \"…\"` or `in seconds`",
    words: &["lead", "type", "at", "id", "column", "by", "as", "in", "seconds", "milliseconds", "microseconds"],
    ..NONE
};
pub(in crate::syntax) static LIST: Place = Place {
    what: "a list",
    form: "list rivals = \"rival.com\", \"othertool.io\"",
    follows: "`= \"…\", \"…\"` or `from \"file.txt\"`",
    words: &["from", "column"],
    ..NONE
};
pub(in crate::syntax) static DEFINE: Place =
    Place { what: "a definition", form: "define big = employees >= 1000", ..CONDITION };
pub(in crate::syntax) static LOOKUP: Place = Place {
    what: "a lookup",
    form: "lookup region by country { \"US\": \"america\" }",
    follows: "`by` and a field, or `from \"file.csv\" columns \"key\", \"value\"`",
    words: &["by", "from", "columns"],
    ..CONDITION
};
pub(in crate::syntax) static LOOKUP_ROW: Place = Place {
    what: "a row of a lookup",
    form: "\"US\", \"CA\": \"north america\"",
    follows: "a `:` and one text or number",
    words: &["from", "above", "otherwise", "missing"],
    ..NONE
};
pub(in crate::syntax) static IGNORE: Place =
    Place { what: "an `ignore`", form: "ignore page_view where bot", ..CONDITION };
pub(in crate::syntax) static EXCLUDE: Place = Place {
    what: "an exclusion",
    form: "exclude \"Competitor\" when domain of email is one of competitors",
    words: &["when"],
    label_at: Some(1),
    ..CONDITION
};
pub(in crate::syntax) static SCORE: Place = Place {
    what: "a score",
    form: "score fit \"Fit\" from 0 to 60 { … }",
    follows: "`from 0`, `to 100`, `rounded to whole`, `when …`, `counting since last …`, `decay …` or the block",
    words: &["from", "to", "starting", "rounded", "when", "counting", "decay", "no"],
    label_at: Some(2),
    ..CONDITION
};
pub(in crate::syntax) static GROUP: Place = Place {
    what: "a group",
    form: "group \"Web\" highest only no higher than 35 points { … }",
    follows: "`when …`, `highest only`, `counts 30%`, `no higher than 35 points`, `decay …` or the block",
    words: &["when", "first", "highest", "lowest", "counts", "counting", "no", "decay"],
    label_at: Some(1),
    ..CONDITION
};
pub(in crate::syntax) static RULE: Place = Place {
    what: "a rule",
    form: "+10 \"Label\" when country is \"US\"",
    follows: "a limit such as `at most 3 times` or a decay such as `decay half-life 30 days`",
    words: &["when", "for", "once", "at", "no", "decay", "after", "counting"],
    label_at: Some(2),
    ..CONDITION
};
pub(in crate::syntax) static TABLE: Place = Place {
    what: "a table",
    form: "points \"Company size\" by employees { from 10: +5 }",
    follows: "`for each …` with its limits, or the block",
    words: &["by", "for", "once", "at", "no", "decay"],
    label_at: Some(1),
    ..CONDITION
};
pub(in crate::syntax) static TABLE_ROW: Place = Place {
    what: "a row of a table",
    form: "from 10: +5",
    follows: "a `:` and points with their sign",
    words: &["from", "above", "otherwise", "missing"],
    ..NONE
};
pub(in crate::syntax) static BANDS: Place =
    Place { what: "a list of bands", form: "bands fit { A from 40, B from 0 }", ..NONE };
pub(in crate::syntax) static BAND: Place = Place {
    what: "a band",
    form: "A \"Best\" from 40 do \"call today\"",
    follows: "`from 40`, `above 40` or `otherwise`, and then `do \"…\"`",
    words: &["from", "above", "otherwise", "do"],
    ..NONE
};
pub(in crate::syntax) static MATRIX: Place = Place {
    what: "a matrix",
    form: "matrix priority \"Priority\" by fit, engagement { … }",
    follows: "`by` and the names of two scores with bands",
    words: &["by"],
    label_at: Some(2),
    ..NONE
};
pub(in crate::syntax) static MATRIX_COLUMNS: Place =
    Place { what: "the first line of a matrix", form: "hot warm cold", ..NONE };
pub(in crate::syntax) static MATRIX_ROW: Place = Place {
    what: "a row of a matrix",
    form: "A \"P1\" \"P1\" \"P2\"",
    follows: "texts in quotes, one for each column",
    ..NONE
};
pub(in crate::syntax) static THRESHOLD: Place = Place {
    what: "a threshold",
    form: "threshold mql \"Qualified\" when total >= 50 until total < 30 do \"notify sales\"",
    follows: "`stays`, `until …` or `do \"…\"`",
    words: &["when", "stays", "until", "do"],
    label_at: Some(2),
    ..CONDITION
};
pub(in crate::syntax) static TEST: Place = Place {
    what: "a test",
    form: "test \"a chief executive is qualified\" as of 2026-11-01 { … }",
    follows: "`as of` and a date, or the block",
    words: &["as"],
    label_at: Some(1),
    ..NONE
};
pub(in crate::syntax) static TEST_LEAD: Place =
    Place { what: "the lead of a test", form: "lead { id \"L1\" }", ..NONE };
pub(in crate::syntax) static TEST_BEFORE: Place = Place { what: "`before`", form: "before { mql yes }", ..NONE };
pub(in crate::syntax) static TEST_CASES: Place = Place { what: "`cases`", form: "cases { … }", ..NONE };
pub(in crate::syntax) static TEST_EVENT: Place = Place {
    what: "an event of a test",
    form: "event page_view 2 days ago { path \"/pricing\" }",
    follows: "how long ago, as in `2 days ago`, or `on 2026-05-01`",
    words: &["on", "ago"],
    ..NONE
};
pub(in crate::syntax) static GIVEN: Place = Place {
    what: "a value of a test",
    form: "title \"CEO\"",
    follows: "its value: a text in quotes, a number, a date, `yes` or `no`",
    ..NONE
};
pub(in crate::syntax) static CHANGE: Place = Place {
    what: "a change of a field",
    form: "title = \"CEO\"",
    follows: "its value: a text in quotes, a number, a date, `yes`, `no` or `missing`",
    ..NONE
};
pub(in crate::syntax) static EXPECT: Place = Place { what: "an expectation", form: "expect total is 81", ..CONDITION };
pub(in crate::syntax) static CASES_COLUMNS: Place = Place {
    what: "the first line of `cases`",
    form: "title | employees | fit",
    follows: "names with `|` between them",
    ..NONE
};
pub(in crate::syntax) static CASES_ROW: Place = Place {
    what: "a line of `cases`",
    form: "\"CEO\" | 50 | 45",
    follows: "a text in quotes, a number, a date, `yes`, `no` or `missing`, with `|` between them",
    ..NONE
};
pub(in crate::syntax) static EXPRESSION: Place =
    Place { what: "a condition", form: "total >= 50 and country is \"US\"", ..CONDITION };
