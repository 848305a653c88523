//! Mistakes of meaning: names (`E2..`), types (`E3..`), declarations (`E4..`), rules and scores (`E5..`), tests (`E6..`).

super::codes! {
    /// A name that nothing declares.
    UNKNOWN_NAME = "E201", "unknown-name", "lead { employees number }\ndefine big = employes > 1000\n";
    /// A selector of an event that is not declared.
    UNKNOWN_EVENT = "E202", "unknown-event", "event webinar\ndefine keen = any webinars\n";
    /// `lead.NAME`, or `lead by NAME`, of a field that is not declared.
    UNKNOWN_FIELD = "E203", "unknown-field", "lead { email text }\nevents { lead by mail }\n";
    /// A property that none of the selected events has.
    UNKNOWN_PROPERTY = "E204", "unknown-property",
        "event order { value number }\ndefine spent = sum of amount in order\n";
    /// A band that the score does not have.
    UNKNOWN_BAND = "E205", "unknown-band",
        "score fit from 0 { +5 }\nbands fit { A from 3, B from 0 }\ndefine good = band of fit is C\n";
    /// Something other than a score where bands, a matrix or `points of … in` need one.
    NOT_A_SCORE = "E206", "not-a-score", "score fit from 0 { +5 }\nbands fitt { A from 0 }\n";
    /// A band asked of a score that has none.
    NO_BANDS = "E207", "no-bands", "score fit from 0 { +5 }\ndefine good = band of fit is A\n";
    /// One name for two things.
    DECLARED_TWICE = "E208", "declared-twice", "lead { region text }\nlist region = \"north\"\n";
    /// Two names that differ only in ways that do not count, such as two forms of one Arabic letter.
    TWO_SPELLINGS = "E209", "two-spellings", "lead { علي text }\nlist علی = \"a\"\n";
    /// An event where a value is needed.
    EVENT_AS_VALUE = "E210", "event-as-value", "event demo_request\ndefine keen = demo_request\n";
    /// A field or another value where an event is needed.
    VALUE_AS_EVENT = "E211", "value-as-event", "lead { consent yes/no }\nevent visit\ndefine agreed = any consent\n";
    /// An event's property where no event is looked at.
    PROPERTY_OUTSIDE_FILTER = "E212", "property-outside-filter",
        "event visit { path text, seconds number }\ndefine read = any visit where path is \"/\" and seconds > 5\n";
    /// A name of both the event and the lead, beside a filter without parentheses.
    AMBIGUOUS_NAME = "E213", "ambiguous-name",
        "lead { country text }\nevent visit { path text, country text }\n\
         define local = any visit where path is \"/\" and country is \"ES\"\n";
    /// A property that is of one type in one event and of another in the next.
    MIXED_PROPERTY = "E214", "mixed-property",
        "event order { value number }\nevent form { value text }\ndefine some = any order, form where value is known\n";
    /// A text to compare with that lacks its quotes.
    TEXT_WITHOUT_QUOTES = "E215", "text-without-quotes", "lead { country text }\ndefine home = country is US\n";
    /// A list where one value is needed.
    LIST_AS_VALUE = "E216", "list-as-value",
        "lead { country text }\nlist home = \"ES\", \"PT\"\ndefine near = country is home\n";
    /// A score, event or threshold in a place that can't look at it.
    NOT_ALLOWED_HERE = "E217", "not-allowed-here", "score fit { +5 }\nexclude \"Weak\" when fit < 3\n";
    /// Things that are made from each other in a circle.
    CIRCLE = "E218", "circle", "define a = b + 1\ndefine b = a + 1\n";
    /// A threshold that uses one declared after it.
    LATER_THRESHOLD = "E219", "later-threshold",
        "score fit { +5 }\nthreshold hot when warm and fit > 9\nthreshold warm when fit > 3\n";
    /// Two columns of the results with one name.
    COLUMN_TWICE = "E220", "column-twice", "score fit from 0 { +5 }\nbands fit { A from 0 }\nscore fit_band { +1 }\n";
    /// A property `at`, which every event has by itself.
    AT_DECLARED = "E221", "at-declared", "event visit { at date }\n";
    /// A score compared with the name of one of its bands.
    BAND_MEANT = "E222", "band-meant",
        "score fit from 0 { +5 }\nbands fit { A from 3, B from 0 }\ndefine good = fit is A\n";
    /// Something other than a threshold in a test's `before`.
    NOT_A_THRESHOLD = "E223", "not-a-threshold",
        "score fit { +5 }\nthreshold mql when fit > 3\ntest \"t\" {\n  before { fit yes }\n  expect mql\n}\n";

    /// A band or a cell of a matrix called `excluded`, where leads can be excluded.
    CALLED_EXCLUDED = "E224", "called-excluded",
        "lead { email text }\nexclude \"Test\" when email is missing\nscore fit from 0 { +5 }\n\
         bands fit { good from 3, excluded from 0 }\n";

    /// A value where something that holds or does not is needed.
    NOT_A_CONDITION = "E301", "not-a-condition", "lead { employees number }\nexclude \"Big\" when employees\n";
    /// Something else where a number is needed.
    NOT_A_NUMBER = "E302", "not-a-number", "lead { title text }\ndefine twice = title * 2\n";
    /// Something else where a text is needed.
    NOT_A_TEXT = "E303", "not-a-text", "lead { zip text }\ndefine home = zip is 28001\n";
    /// Something else where a date is needed.
    NOT_A_DATE = "E304", "not-a-date", "lead { signed text }\ndefine age = days since signed\n";
    /// A comparison that does not fit what is compared.
    WRONG_COMPARISON = "E305", "wrong-comparison", "lead { created date }\ndefine new = created is 2026-05-01\n";
    /// Values of two types where all must be of one.
    MIXED_TYPES = "E306", "mixed-types", "lead { a number, b text }\ndefine c = first known of a, b\n";
    /// A text that folds to nothing.
    BLANK_TEXT = "E307", "blank-text", "lead { title text }\ndefine none = title is \" \"\n";
    /// A regular expression that can't be read.
    WRONG_PATTERN = "E308", "wrong-pattern", "lead { title text }\ndefine boss = title matches /chief(/\n";
    /// A regular expression that needs too much memory.
    PATTERN_TOO_LARGE = "E309", "pattern-too-large",
        "lead { title text }\ndefine long = title matches /(\\w{100}){100}/\n";
    /// A pattern where there is nothing to match, or `matches` without one.
    PATTERN_MISPLACED = "E310", "pattern-misplaced", "lead { title text }\ndefine boss = title matches title\n";
    /// `all of` behind a word that takes `any of` alone.
    NO_ALL_OF = "E311", "no-all-of", "lead { title text }\ndefine boss = title starts with all of \"a\", \"b\"\n";
    /// A day or time that no calendar has.
    IMPOSSIBLE_DATE = "E312", "impossible-date", "lead { created date }\ndefine new = created after 2026-02-30\n";
    /// A number beyond what is counted with.
    NUMBER_TOO_LARGE = "E313", "number-too-large", "define huge = 99999999999999999999999999999999999999999\n";
    /// `missing` where a value is needed.
    MISSING_AS_VALUE = "E314", "missing-as-value", "define nothing = missing\n";
    /// `is known` of something that is never missing.
    ALWAYS_KNOWN = "E315", "always-known", "lead { size number }\ndefine big = size > 5\ndefine odd = big is known\n";
    /// A date made from events behind a word, without parentheses.
    DATE_NEEDS_PARENTHESES = "E316", "date-needs-parentheses",
        "event visit\nevent order\ndefine start = first at in visit\ndefine later = any order since start\n";
    /// A duration that is no whole positive number, or longer than 10,000 years.
    WRONG_DURATION = "E317", "wrong-duration", "event visit\ndefine recent = any visit in last 0 days\n";
    /// A duration of months or years where one of fixed length is needed.
    CALENDAR_DURATION = "E318", "calendar-duration", "event visit\nscore web { +5 for each visit decay half-life 1 month }\n";
    /// A percentage below 0 or above 100.
    PERCENT_OUT_OF_RANGE = "E319", "percent-out-of-range", "score fit {\n  group counts 130% {\n    +5\n  }\n}\n";
    /// A count that is no whole number, or too small or large.
    NOT_A_COUNT = "E320", "not-a-count", "event visit\ndefine often = at least 2.5 visit\n";
    /// Something computed where a plain number is needed.
    NOT_A_PLAIN_NUMBER = "E321", "not-a-plain-number", "score fit { +30% }\n";
    /// A property of a type that the question does not take.
    WRONG_PROPERTY = "E322", "wrong-property", "event order { plan text }\ndefine spent = sum of plan in order\n";
    /// `band of` without a comparison.
    BAND_ALONE = "E323", "band-alone",
        "score fit from 0 { +5 }\nbands fit { A from 3, B from 0 }\ndefine good = not band of fit\n";

    /// Values joined with `or` or `and` as if they were conditions.
    VALUES_JOINED = "E324", "values-joined", "lead { country text }\ndefine near = country is US or CA\n";
    /// `between` with the higher end first.
    REVERSED_RANGE = "E325", "reversed-range", "lead { size number }\ndefine mid = size between 500 and 50\n";
    /// A day that no week has, or an hour that no clock shows.
    IMPOSSIBLE_VALUE = "E326", "impossible-value",
        "lead { created date }\ndefine weekend = weekday of created is \"sundy\"\n";

    /// A second `model`, `lead` or `events` block.
    DECLARED_ONCE = "E401", "declared-once", "lead { email text }\nlead { title text }\n";
    /// An entry that a model does not have.
    UNKNOWN_ENTRY = "E402", "unknown-entry", "model \"M\" { ownr \"me\" }\n";
    /// An entry of a block given twice.
    ENTRY_TWICE = "E403", "entry-twice", "model \"M\" { owner \"me\", owner \"you\" }\n";
    /// An entry of the wrong kind.
    ENTRY_VALUE = "E404", "entry-value", "model \"M\" { version 2 }\n";
    /// A time zone that does not exist.
    UNKNOWN_TIME_ZONE = "E405", "unknown-time-zone", "model \"M\" { timezone \"Europe/Madrit\" }\n";
    /// A second `key`.
    KEY_TWICE = "E406", "key-twice", "lead { id text key, email text key }\n";
    /// A `key` on something that can't be one.
    KEY_MISFIT = "E407", "key-misfit", "event visit { page text key }\n";
    /// A format of numbers or dates that can't be read.
    FIELD_FORMAT = "E408", "field-format", "lead { created date as \"day\" }\n";
    /// A yes/no field without exactly two different words.
    YES_NO_WORDS = "E409", "yes-no-words", "lead { consent yes/no as \"oui\", \"Oui\" }\n";
    /// `from` above `to`.
    FROM_ABOVE_TO = "E410", "from-above-to", "lead { rating number from 5 to 1 }\n";
    /// A value twice in one `one of`.
    ONE_OF_TWICE = "E411", "one-of-twice", "lead { tier one of \"gold\", \"Gold\" }\n";
    /// A part of an `events` block that does not fit.
    MAPPING_MISFIT = "E412", "mapping-misfit", "lead { tags list of text }\nevents { lead by tags }\n";
    /// Two events with one name in the data.
    CALLED_TWICE = "E413", "called-twice", "event visit called \"PageView\"\nevent page called \"PageView\"\n";
    /// A list or lookup file that can't be read, or does not hold what is needed.
    FILE_UNREADABLE = "E414", "file-unreadable", "list free_mail from \"lists/free.txt\"\n";
    /// A file outside the model's folder.
    FILE_OUTSIDE = "E415", "file-outside", "list free_mail from \"../free.txt\"\n";
    /// A column of a CSV file that isn't named, or isn't there.
    LIST_COLUMN = "E416", "list-column", "list free_mail from \"free.csv\"\n";
    /// Two rows of a table for one value.
    ROW_TWICE = "E417", "row-twice",
        "lead { country text }\nlookup region by country {\n  \"ES\": \"south\"\n  \"es\": \"west\"\n}\n";
    /// Edges of a table that do not ascend.
    ROW_ORDER = "E418", "row-order",
        "lead { size number }\nlookup class by size {\n  from 50: \"mid\"\n  from 10: \"small\"\n}\n";
    /// A row that does not fit what the table is by.
    ROW_MISFIT = "E419", "row-misfit", "lead { size number }\nlookup class by size {\n  \"10\": \"small\"\n}\n";
    /// Results of a lookup that are no written texts or numbers, or some of each.
    LOOKUP_RESULT = "E420", "lookup-result",
        "lead { country text }\nlookup region by country {\n  \"ES\": \"south\"\n  \"PT\": 5\n}\n";
    /// A lookup without rows.
    LOOKUP_EMPTY = "E421", "lookup-empty", "lead { country text }\nlookup region by country { }\n";
    /// A table by something other than a number or a text.
    TABLE_BY = "E422", "table-by", "lead { created date }\nlookup age by created {\n  from 10: \"old\"\n}\n";

    /// A label, a reason or a name of a test with nothing in it.
    BLANK_LABEL = "E423", "blank-label", "lead { phone text }\nscore fit {\n  +5 \"\" when phone is known\n}\n";

    /// A clause that stands twice.
    CLAUSE_TWICE = "E501", "clause-twice", "score fit from 0 from 5 { +5 }\n";
    /// A clause where it has no meaning.
    CLAUSE_MISFIT = "E502", "clause-misfit", "lead { phone text }\nscore fit {\n  +5 when phone is known after 7 days\n}\n";
    /// `once`, `at most` or `decay` on a rule that is not `for each`.
    OCCURRENCES_NEEDED = "E503", "occurrences-needed", "event visit\nscore web {\n  +5 when any visit once\n}\n";
    /// Points beyond 1,000,000 or with more than 4 decimals.
    POINTS_OUT_OF_RANGE = "E504", "points-out-of-range", "score fit { +5.12345 }\n";
    /// `+NAME` of something other than a define.
    POINTS_NAME = "E505", "points-name", "lead { size number }\nscore fit { +size }\n";
    /// `first … then` on a rule without occurrences.
    SERIES_MISFIT = "E506", "series-misfit", "event visit\nscore web {\n  first +5 then +1 when any visit\n}\n";
    /// A points limit on the wrong side of 0.
    LIMIT_SIGN = "E507", "limit-sign", "event visit\nscore web {\n  +5 for each visit no higher than -5 points\n}\n";
    /// A points limit where the written points never go.
    LIMIT_CONFLICT = "E508", "limit-conflict", "event visit\nscore web {\n  +5 for each visit no lower than -5 points\n}\n";
    /// A limit of a score that is no multiple of its rounding step.
    LIMIT_STEP = "E509", "limit-step", "score fit to 10.5 rounded to whole { +5 }\n";
    /// Two rules of one score with one label.
    LABEL_TWICE = "E510", "label-twice", "score fit {\n  +5 \"A\"\n  +6 \"A\"\n}\n";
    /// A clause of a selector that stands twice.
    SELECTOR_CLAUSE_TWICE = "E511", "selector-clause-twice",
        "event visit\ndefine recent = any visit in last 3 days in last 5 days\n";
    /// `in last` behind `for every … without`.
    FOR_EVERY_WINDOW = "E512", "for-every-window",
        "event visit\nscore web {\n  -5 for every 30 days without visit in last 90 days\n}\n";
    /// A second `bands` block for one score.
    BANDS_TWICE = "E513", "bands-twice", "score fit from 0 { +5 }\nbands fit { A from 0 }\nbands fit { B from 0 }\n";
    /// Two bands that begin at one edge.
    EDGE_TWICE = "E514", "edge-twice", "score fit from 0 { +5 }\nbands fit { A from 0, B from 0 }\n";
    /// A score that can be lower than its lowest band.
    BANDS_GAP = "E515", "bands-gap", "score fit { -5 }\nbands fit { A from 0 }\n";
    /// A matrix without a row, a column or a cell for each pair of bands.
    MATRIX_INCOMPLETE = "E516", "matrix-incomplete",
        "score fit from 0 { +5 }\nbands fit { A from 3, B from 0 }\nmatrix priority by fit, fit {\n     A    B\n  A  \"1\"  \"2\"\n}\n";
    /// A row or column of a matrix that stands twice.
    MATRIX_TWICE = "E517", "matrix-twice",
        "score fit from 0 { +5 }\nbands fit { A from 0 }\nmatrix priority by fit, fit {\n     A    A\n  A  \"1\"  \"2\"\n}\n";

    /// A second `lead`, `before` or `cases` in a test.
    TEST_PART_TWICE = "E601", "test-part-twice",
        "lead { email text }\ntest \"t\" {\n  lead { email \"a\" }\n  lead { email \"b\" }\n}\n";
    /// A value of the wrong type in a test.
    TEST_VALUE = "E602", "test-value", "lead { size number }\ntest \"t\" {\n  lead { size \"big\" }\n}\n";
    /// A number in a test outside the declared range.
    TEST_OUT_OF_RANGE = "E603", "test-out-of-range", "lead { size number from 0 }\ntest \"t\" {\n  lead { size -5 }\n}\n";
    /// A required value that a test leaves out.
    TEST_REQUIRED = "E604", "test-required",
        "lead { email text required, title text }\ntest \"t\" {\n  lead { title \"CEO\" }\n}\n";
    /// A value given twice in a test.
    GIVEN_TWICE = "E605", "given-twice", "lead { size number }\ntest \"t\" {\n  lead { size 5, size 6 }\n}\n";
    /// A field or property in a test that is not declared.
    TEST_FIELD = "E606", "test-field", "lead { title text }\ntest \"t\" {\n  lead { titel \"CEO\" }\n}\n";
    /// `points of` a label that no rule has.
    UNKNOWN_LABEL = "E607", "unknown-label",
        "score fit {\n  +5 \"Phone\"\n}\ntest \"t\" {\n  expect points of \"Fone\" is 5\n}\n";
    /// `points of` a label that rules of several scores have.
    LABEL_IN_SEVERAL = "E608", "label-in-several",
        "score a {\n  +5 \"Phone\"\n}\nscore b {\n  +5 \"Phone\"\n}\ntest \"t\" {\n  expect points of \"Phone\" is 5\n}\n";
    /// `excluded` in a model without exclusions, or with a reason that none has.
    NOTHING_EXCLUDES = "E609", "nothing-excludes", "score fit { +5 }\ntest \"t\" {\n  expect excluded\n}\n";
    /// A column of cases that is neither an input nor a result.
    CASE_COLUMN = "E610", "case-column",
        "lead { size number }\nscore fit { +5 }\ntest \"t\" {\n  cases {\n    sise | fit\n    5    | 5\n  }\n}\n";
    /// A row of cases with too many or too few cells.
    CASE_WIDTH = "E611", "case-width",
        "lead { size number }\nscore fit { +5 }\ntest \"t\" {\n  cases {\n    size | fit\n    5\n  }\n}\n";
    /// `points of` outside tests.
    RESULTS_ONLY = "E612", "results-only",
        "score fit {\n  +5 \"Phone\"\n}\nthreshold mql when points of \"Phone\" > 3\n";
    /// A test that says nothing of what should come out.
    EXPECTS_NOTHING = "E613", "expects-nothing",
        "lead { size number }\nscore fit { +5 }\ntest \"t\" {\n  lead { size 5 }\n}\n";
}
