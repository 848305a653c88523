//! Mistakes of spelling and layout, found before any meaning is looked at: `E101` to `E199`.

super::codes! {
    /// A text whose closing quote is missing on its line.
    UNCLOSED_TEXT = "E101", "unclosed-text", "list a = \"x\n";
    /// A pattern whose closing slash is missing on its line.
    UNCLOSED_PATTERN = "E102", "unclosed-pattern", "define chief = title matches /c.o\n";
    /// A name in backticks that does not end on its line.
    UNCLOSED_NAME = "E103", "unclosed-name", "define chief = `Job Title is \"CEO\"\n";
    /// Backticks with nothing between them.
    EMPTY_NAME = "E104", "empty-name", "define chief = `` is \"CEO\"\n";
    /// A `\` in a text that is no escape.
    UNKNOWN_ESCAPE = "E105", "unknown-escape", "list paths = \"c:\\docs\"\n";
    /// An opening bracket that is never closed.
    UNCLOSED_BRACKET = "E106", "unclosed-bracket", "lead {\n  email text\n";
    /// A closing bracket that closes nothing.
    EXTRA_BRACKET = "E107", "extra-bracket", "lead { email text }\n}\n";
    /// The lines of a block without the `{` before them.
    MISSING_OPENING = "E108", "missing-opening", "score fit\n  +20 when consent\n}\n";
    /// Brackets, `not` or functions inside each other, more than 64 deep; or hundreds of operators in one expression.
    NESTED_TOO_DEEPLY = "E109", "nested-too-deeply",
        "define a = not not not not not not not not not not not not not not not not not not not not not not not not not not not not not not not not not not not not not not not not not not not not not not not not not not not not not not not not not not not not not not not not not b\n";
    /// A character that cannot be seen and may change how the line reads.
    HIDDEN_CHARACTER = "E110", "hidden-character", "define a = b\u{202E} and c\n";
    /// A text between curly, angled or single quotes.
    FOREIGN_QUOTES = "E111", "foreign-quotes", "list a = “x”\n";
    /// A comma, colon, bracket or operator of another script.
    FOREIGN_PUNCTUATION = "E112", "foreign-punctuation", "list a = \"x\"، \"y\"\n";
    /// A number in the digits of another script.
    FOREIGN_DIGITS = "E113", "foreign-digits", "define big = employees >= ۵۰\n";
    /// A number with a comma in it, or with letters right after it.
    NUMBER_FORM = "E114", "number-form", "define big = employees >= 1,000\n";
    /// A date with slashes or dots.
    DATE_FORM = "E115", "date-form", "define recent = created after 01/05/2026\n";
    /// A comment that starts with `//` or `--`.
    FOREIGN_COMMENT = "E116", "foreign-comment", "// the lead\nlead { email text }\n";
    /// Not a text at all, or more than 8 MiB of it.
    NOT_RULE_TEXT = "E117", "not-rule-text", "\0";
    /// A line that begins no statement.
    UNKNOWN_STATEMENT = "E118", "unknown-statement", "scor fit {\n  +20 when consent\n}\n";
    /// A line that begins nothing its block may hold.
    UNKNOWN_ITEM = "E119", "unknown-item", "test \"a\" {\n  expct fit is 5\n}\n";
    /// A rule outside a score, or its parts in another order.
    MISPLACED_ITEM = "E120", "misplaced-item", "+20 \"Executive\" when consent\n";
    /// Points without `+` or `-`.
    POINTS_WITHOUT_SIGN = "E121", "points-without-sign", "score fit {\n  20 \"Executive\" when consent\n}\n";
    /// `then` outside `first +5 then +1`.
    MISPLACED_THEN = "E122", "misplaced-then", "score fit {\n  +5 then +1 for each page_view\n}\n";
    /// A sign where a word is written: `=`, `&&`, `=>`.
    SIGN_FOR_WORD = "E123", "sign-for-word", "define home = country = \"US\"\n";
    /// Words where a sign is written: `at least` for `>=`.
    WORDS_FOR_SIGN = "E124", "words-for-sign", "define big = employees at least 50\n";
    /// A comparison in words of other languages: `in`, `like`, `equals`.
    FOREIGN_COMPARISON = "E125", "foreign-comparison", "define home = country equals \"US\"\n";
    /// `and` and `or` without parentheses.
    MIXED_AND_OR = "E126", "mixed-and-or", "define a = b and c or d\n";
    /// A filter after `where` that needs parentheses.
    FILTER_NEEDS_PARENTHESES = "E127", "filter-needs-parentheses", "ignore page_view where path is one of \"/a\", \"/b\"\n";
    /// A text of several words without quotes.
    MISSING_QUOTES = "E128", "missing-quotes", "define home = country is United States\n";
    /// A label without quotes.
    LABEL_WITHOUT_QUOTES = "E129", "label-without-quotes", "score fit {\n  +20 Executive when consent\n}\n";
    /// A word of the language as a name.
    RESERVED_NAME = "E130", "reserved-name", "define in = country is \"US\"\n";
    /// A length of time without its unit or number.
    MISSING_UNIT = "E131", "missing-unit", "define active = any page_view in last 30\n";
    /// A unit of time that does not exist.
    UNKNOWN_UNIT = "E132", "unknown-unit", "define active = any page_view in last 30 dayz\n";
    /// A percentage without `%`, or apart from it.
    PERCENT_FORM = "E133", "percent-form", "score fit {\n  group \"Web\" counts 30 {\n    +5 when consent\n  }\n}\n";
    /// A date in quotes.
    QUOTED_DATE = "E134", "quoted-date", "define recent = created after \"2026-01-01\"\n";
    /// A misspelt word in a header or a rule.
    UNKNOWN_CLAUSE = "E135", "unknown-clause", "score fit {\n  +5 for each page_view oncee\n}\n";
    /// A clause that belongs to something else.
    MISPLACED_CLAUSE = "E136", "misplaced-clause", "score fit {\n  group \"Web\" once {\n    +5 when consent\n  }\n}\n";
    /// A type of field that does not exist.
    UNKNOWN_TYPE = "E137", "unknown-type", "lead { title string }\n";
    /// `if` and `else`.
    IF_OR_ELSE = "E138", "if-or-else", "score fit {\n  +5 \"Phone\" if phone is known\n}\n";
    /// Two items on one line.
    TWO_ON_A_LINE = "E139", "two-on-a-line", "lead { id text email text }\n";
    /// A semicolon.
    SEMICOLON = "E140", "semicolon", "use \"lists.score\";\n";
    /// Brackets around a list.
    SQUARE_BRACKETS = "E141", "square-brackets", "list a = [\"x\", \"y\"]\n";
    /// A row without its colon.
    MISSING_COLON = "E142", "missing-colon", "lookup region by country {\n  \"US\" \"america\"\n}\n";
    /// Something that needs a block and has none.
    MISSING_BLOCK = "E143", "missing-block", "score fit \"Fit\"\n";
    /// A block where none belongs.
    UNEXPECTED_BLOCK = "E144", "unexpected-block", "define a = b { c }\n";
    /// Something said twice: `required required`.
    SAID_TWICE = "E145", "said-twice", "lead { email text required required }\n";
    /// A statement or item that ends too early.
    CUT_SHORT = "E146", "cut-short", "define big = employees >=\n";
    /// Anything else that could not be read.
    NOT_UNDERSTOOD = "E147", "not-understood", "define big employees\n";
    /// Files that use each other in a circle.
    USE_CIRCLE = "E148", "use-circle", "use \"example.score\"\n";
    /// A `use` of a file that cannot be read, is no text, or is too large.
    UNREADABLE_USE = "E149", "unreadable-use", "use \"nowhere.score\"\n";
    /// A `use` that leads out of the model's folder.
    USE_OUTSIDE = "E150", "use-outside", "use \"../../elsewhere.score\"\n";
    /// A `:` or `=` between a name and its value where none stands.
    SIGN_AFTER_NAME = "E151", "sign-after-name", "test \"x\" { lead { id: \"L1\" } }\n";
    /// One comparison right after another.
    CHAINED_COMPARISON = "E152", "chained-comparison", "define middle = 10 < employees < 20\n";
    /// Texts without a comma between them.
    MISSING_COMMA = "E153", "missing-comma", "list a = \"x\" \"y\"\n";
    /// A name and a value with nothing that compares them.
    MISSING_COMPARISON = "E154", "missing-comparison", "test \"x\" { expect total 81 }\n";
    /// A date compared with a length of time.
    ELAPSED_TIME = "E155", "elapsed-time", "define old = created > 30 days ago\n";
    /// Two edges in one row or band.
    RANGE_IN_ROW = "E156", "range-in-row", "bands fit { A from 40 to 60 }\n";
    /// A condition without `when`.
    MISSING_WHEN = "E157", "missing-when", "threshold mql total >= 50\n";
}
