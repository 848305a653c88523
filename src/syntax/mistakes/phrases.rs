//! Phrases in other words than the language's: `max 3 times`, `country is "US", "UK"`, `in the last 30 days`.
//!
//! Each is written as a pattern of words. What is proposed instead is read first: only what can be understood further
//! than what the author wrote is said.

use super::{Place, Stop, place};
use crate::diagnostics::code::syntax as codes;
use crate::diagnostics::{Code, Diagnostic};
use crate::syntax::scan::TokenKind;
use crate::syntax::words::{UNITS, is_form, is_reserved};

/// Phrases of one kind: what is written, and what is right. `a|b` is one of two words; words in capitals are one piece
/// of the author's, which `$1` (the first word of the pattern) and so on repeat.
///
/// | piece | is |
/// |---|---|
/// | `NUM`, `AMOUNT`, `PERCENT` | `3`, also `-3`, `30%` |
/// | `SAID` | `three`, repeated as `3` |
/// | `NAME`, `TEXT`, `VALUE` | a name, a text, either or a number or date |
/// | `START`, `END`, `LIKE` | `"x%"`, `"%x"`, and any text, repeated without `%` |
/// | `TEXTS` | two texts or more, repeated with commas |
/// | `DAYS` | days or weeks, repeated as the number of days |
/// | `UNIT` | `days` |
struct Kind {
    code: Code,
    /// Where it may stand; anywhere where it is empty.
    places: &'static [&'static Place],
    phrases: &'static [(&'static str, &'static str)],
}

static KINDS: &[Kind] = &[
    Kind {
        code: codes::FILTER_NEEDS_PARENTHESES,
        places: &[],
        phrases: &[
            ("NAME with NAME is|contains|mentions|matches VALUE", "$1 where $3 $4 $5"),
            ("NAME with NAME VALUE", "$1 where $3 is $4"),
        ],
    },
    Kind {
        code: codes::RANGE_IN_ROW,
        places: &[&place::BAND],
        phrases: &[
            ("NAME|TEXT : NUM -|to NUM", "$1 from $3"),
            ("NAME|TEXT NUM -|to NUM", "$1 from $2"),
            ("NAME|TEXT from AMOUNT -|to AMOUNT", "$1 from $3"),
            ("NAME|TEXT between AMOUNT and AMOUNT", "$1 from $3"),
        ],
    },
    Kind {
        code: codes::RANGE_IN_ROW,
        places: &[&place::TABLE_ROW, &place::LOOKUP_ROW],
        phrases: &[
            ("from AMOUNT -|to AMOUNT :", "from $2:"),
            ("between AMOUNT and AMOUNT :", "from $2:"),
            ("NUM -|to NUM :", "from $1:"),
        ],
    },
    Kind {
        code: codes::CUT_SHORT,
        places: &[&place::LOOKUP],
        phrases: &[("from TEXT", "from $2 columns \"key\", \"value\"")],
    },
    Kind {
        code: codes::UNKNOWN_CLAUSE,
        places: &[&place::BAND],
        phrases: &[
            ("NAME|TEXT <|<=|under|below AMOUNT", "$1 otherwise"),
            ("NAME|TEXT :|= AMOUNT", "$1 from $3"),
            ("NAME|TEXT >= AMOUNT", "$1 from $3"),
            ("NAME|TEXT at least AMOUNT", "$1 from $4"),
            ("NAME|TEXT > AMOUNT", "$1 above $3"),
            ("NAME|TEXT over AMOUNT", "$1 above $3"),
            ("NAME|TEXT NUM +", "$1 from $2"),
            ("NAME|TEXT NUM and above|up|more", "$1 from $2"),
            ("NAME|TEXT from NUM and above|up|more", "$1 from $3"),
            ("NAME|TEXT AMOUNT", "$1 from $2"),
            ("NAME NAME from|above AMOUNT", "\"$1 $2\" $3 $4"),
            ("NAME NAME NAME from|above AMOUNT", "\"$1 $2 $3\" $4 $5"),
        ],
    },
    Kind {
        code: codes::UNKNOWN_CLAUSE,
        places: &[&place::TABLE_ROW, &place::LOOKUP_ROW],
        phrases: &[
            ("> AMOUNT :", "above $2:"),
            (">= AMOUNT :", "from $2:"),
            ("at least AMOUNT :", "from $3:"),
            ("more than AMOUNT :", "above $3:"),
            ("over AMOUNT :", "above $2:"),
            ("NUM + :", "from $1:"),
        ],
    },
    Kind {
        code: codes::UNKNOWN_CLAUSE,
        places: &[&place::LOOKUP_ROW, &place::TABLE_ROW],
        phrases: &[("TEXT|NUM =|=> VALUE", "$1: $3"), ("TEXT - > VALUE", "$1: $4"), ("TEXT|NUM =|=> + NUM", "$1: +$4")],
    },
    Kind {
        code: codes::UNKNOWN_CLAUSE,
        places: &[&place::RULE, &place::TABLE],
        phrases: &[
            ("for each NAME or|and NAME or|and NAME", "for each $3, $5, $7"),
            ("for each NAME or|and NAME", "for each $3, $5"),
            ("for each any|every NAME", "for each $4"),
            ("for every NUM UNIT no NAME", "for every $3 $4 without $6"),
            ("for every NUM UNIT with no NAME", "for every $3 $4 without $7"),
            ("without NAME or|and NAME", "without $2, $4"),
            ("without any NAME", "without $3"),
            ("with NUM NAME", "with at least $2 $3"),
            ("+|- NUM points|point|pts|pt TEXT", "$1$2 $4"),
            ("+|- NUM points|point|pts|pt when|for", "$1$2 $4"),
            ("at most NUM points|pts per hour|day|week|month", "no higher than $3 points"),
            ("at most NUM points|pts per NAME", "no higher than $3 points"),
            ("at most NUM points|pts", "no higher than $3 points"),
            ("at least AMOUNT points|pts", "no lower than $3 points"),
            ("max|maximum NUM points|pts", "no higher than $2 points"),
            ("up to NUM points|pts", "no higher than $3 points"),
            ("no more than NUM points|pts", "no higher than $4 points"),
            ("no less than AMOUNT points|pts", "no lower than $4 points"),
            ("no higher than AMOUNT", "no higher than $4 points"),
            ("no lower than AMOUNT", "no lower than $4 points"),
            ("max|maximum NUM times|time", "at most $2 times"),
            ("max|maximum NUM per hour|day|week|month|NAME", "at most $2 times per $4"),
            ("max|maximum NUM", "at most $2 times"),
            ("up to NUM times|time", "at most $3 times"),
            ("no more than NUM times|time", "at most $4 times"),
            ("not more than NUM times|time", "at most $4 times"),
            ("at most NUM per hour|day|week|month|NAME", "at most $3 times per $5"),
            ("at most NUM a|each|every hour|day|week|month", "at most $3 times per $5"),
            ("at most NUM times a|each|every hour|day|week|month", "at most $3 times per $6"),
            ("at most SAID times", "at most $3 times"),
            ("at most once", "once"),
            ("at most twice", "at most 2 times"),
            ("twice", "at most 2 times"),
            ("only once", "once"),
            ("once only", "once"),
            ("just once", "once"),
            ("once a|an|each|every hour|day|week|month", "once per $3"),
            ("once daily", "once per day"),
            ("once weekly", "once per week"),
            ("once monthly", "once per month"),
            ("once for each NAME", "once per $4"),
        ],
    },
    Kind {
        code: codes::UNKNOWN_CLAUSE,
        places: &[&place::RULE, &place::TABLE, &place::GROUP, &place::SCORE],
        phrases: &[
            ("decay half life NUM UNIT", "decay half-life $4 $5"),
            ("decay half - life of NUM UNIT", "decay half-life $6 $7"),
            ("decay with|by half - life NUM UNIT", "decay half-life $6 $7"),
            ("decay every NUM UNIT", "decay half-life $3 $4"),
            ("half - life NUM UNIT", "decay half-life $4 $5"),
            ("half life NUM UNIT", "decay half-life $3 $4"),
            ("decay over NUM UNIT", "decay linear over $3 $4"),
            ("decay linearly over NUM UNIT", "decay linear over $4 $5"),
            ("decay linear NUM UNIT", "decay linear over $3 $4"),
            ("decay NUM UNIT", "decay half-life $2 $3"),
            ("decay PERCENT per|a|each|every NUM UNIT", "decay $2 of what is left every $4 $5"),
            ("decay PERCENT per|a|each|every UNIT", "decay $2 of what is left every 1 $4"),
            ("decay PERCENT of what is left per UNIT", "decay $2 of what is left every 1 $8"),
            ("decay PERCENT of the original per UNIT", "decay $2 of the original every 1 $7"),
        ],
    },
    Kind {
        code: codes::UNKNOWN_CLAUSE,
        places: &[&place::GROUP],
        phrases: &[
            ("weight|weighs|weighted|worth PERCENT", "counts $2"),
            ("max|maximum NUM points", "no higher than $2 points"),
            ("max|maximum NUM", "no higher than $2 points"),
            ("min|minimum AMOUNT", "no lower than $2 points"),
            ("at most NUM points", "no higher than $3 points"),
            ("at most NUM", "no higher than $3 points"),
            ("up to NUM points", "no higher than $3 points"),
            ("up to NUM", "no higher than $3 points"),
            ("to NUM", "no higher than $2 points"),
            ("no more than NUM points", "no higher than $4 points"),
            ("no more than NUM", "no higher than $4 points"),
            ("no higher than AMOUNT", "no higher than $4 points"),
            ("no lower than AMOUNT", "no lower than $4 points"),
            ("only highest|lowest", "$2 only"),
            ("highest match|rule", "highest only"),
            ("first only", "first match only"),
        ],
    },
    Kind {
        code: codes::UNKNOWN_CLAUSE,
        places: &[&place::SCORE],
        phrases: &[
            ("max|maximum AMOUNT", "to $2"),
            ("min|minimum AMOUNT", "from $2"),
            ("no higher than AMOUNT points", "to $4"),
            ("no higher than AMOUNT", "to $4"),
            ("no lower than AMOUNT points", "from $4"),
            ("no lower than AMOUNT", "from $4"),
            ("start|starts at AMOUNT", "starting at $3"),
            ("between AMOUNT and AMOUNT", "from $2 to $4"),
        ],
    },
    Kind {
        code: codes::UNKNOWN_CLAUSE,
        places: &[&place::IGNORE],
        phrases: &[("ignore any|all|every|each|no NAME", "ignore $3"), ("ignore NAME or|and NAME", "ignore $2, $4")],
    },
    Kind {
        code: codes::FOREIGN_COMPARISON,
        places: &[],
        phrases: &[
            ("is in TEXTS", "is one of $3"),
            ("is in ( TEXTS )", "is one of $4"),
            ("not in ( TEXTS )", "is not one of $4"),
            ("is not in ( TEXTS )", "is not one of $5"),
            ("in ( TEXTS )", "is one of $3"),
            ("in ( TEXT )", "is $3"),
            ("not in TEXTS", "is not one of $3"),
            ("not in NAME", "is not one of $3"),
            ("is in NAME", "is one of $3"),
            ("is not in NAME", "is not one of $4"),
            ("is any of TEXTS", "is one of $4"),
            ("is either TEXTS", "is one of $3"),
            ("is one of ( TEXTS )", "is one of $5"),
            ("is not TEXTS", "is not one of $3"),
            ("is TEXTS", "is one of $2"),
            ("contains|mentions|matches|includes TEXTS", "$1 any of $2"),
            ("contains|mentions|matches|includes one of TEXTS", "$1 any of $4"),
            ("contains|mentions|matches|includes any TEXTS", "$1 any of $3"),
            ("starts|ends with TEXTS", "$1 with any of $3"),
            ("does not contain|mention|match|include TEXTS", "does not $3 any of $4"),
            ("does not start|end with TEXTS", "does not $3 with any of $5"),
            ("is equal to VALUE", "is $4"),
            ("is not equal to VALUE", "is not $5"),
            ("does not equal VALUE", "is not $4"),
            ("equals|equal|eq VALUE", "is $2"),
            ("is not like LIKE", "does not contain $4"),
            ("not like LIKE", "does not contain $3"),
            ("is like LIKE", "contains $3"),
            ("like START", "starts with $2"),
            ("like END", "ends with $2"),
            ("like LIKE", "contains $2"),
            ("having TEXT", "contains $2"),
            ("NAME has TEXT", "$1 contains $3"),
            ("has no NAME", "$3 is missing"),
            ("has a|an NAME", "$3 is known"),
            ("has NAME", "$2 is known"),
            ("NAME does not exist", "$1 is missing"),
            ("NAME exists|exist", "$1 is known"),
            ("is contains|mentions|matches|includes VALUE", "$2 $3"),
            ("not contains|contain VALUE", "does not contain $3"),
            ("not mentions|mention VALUE", "does not mention $3"),
            ("does not contains VALUE", "does not contain $4"),
            ("does not mentions VALUE", "does not mention $4"),
            ("does not matches VALUE", "does not match $4"),
            ("does not includes VALUE", "does not include $4"),
            ("does not starts with VALUE", "does not start with $5"),
            ("does not ends with VALUE", "does not end with $5"),
            ("does not starts VALUE", "does not start with $4"),
            ("does not ends VALUE", "does not end with $4"),
            ("does not start|end VALUE", "does not $3 with $4"),
            ("contain VALUE", "contains $2"),
            ("mention VALUE", "mentions $2"),
            ("match VALUE", "matches $2"),
            ("include VALUE", "includes $2"),
            ("starts|start|begins|begin with VALUE", "starts with $3"),
            ("starts|start|begins|begin VALUE", "starts with $2"),
            ("ends|end with VALUE", "ends with $3"),
            ("ends|end VALUE", "ends with $2"),
            ("is between VALUE and|to VALUE", "between $3 and $5"),
            ("between VALUE to|- VALUE", "between $2 and $4"),
            ("NAME from VALUE to VALUE", "$1 between $3 and $5"),
            ("NAME >=|>|<=|< VALUE and|or <=|<|>=|> VALUE", "$1 $2 $3 $4 $1 $5 $6"),
            ("NAME domain", "domain of $1"),
            ("NAME length", "length of $1"),
            ("domain|length|hour|weekday NAME", "$1 of $2"),
            ("domain|length|hour|weekday ( NAME )", "$1 of $3"),
            ("number of NAME", "count of $3"),
            ("sum|average|highest|lowest of NAME of|for NAME", "$1 of $3 in $5"),
            ("latest NAME of|for NAME", "$1 $2 in $4"),
            ("any|no NAME or|and NAME", "$1 $2, $4"),
            ("at least NUM times NAME", "at least $3 $5"),
            ("more|fewer than NUM times NAME", "$1 than $3 $5"),
            ("exactly NUM times NAME", "exactly $2 $4"),
            ("NAME at least NUM times|time", "at least $4 $1"),
            ("NAME more|fewer than NUM times|time", "$2 than $4 $1"),
            ("NAME exactly NUM times|time", "exactly $3 $1"),
            ("NAME at most NUM times|time", "fewer than $4+ $1"),
            ("at most NUM NAME", "fewer than $3+ $4"),
            ("less than NUM NAME", "fewer than $3 $4"),
            ("at least SAID NAME", "at least $3 $4"),
            ("more|fewer than SAID NAME", "$1 than $3 $4"),
            ("exactly SAID NAME", "exactly $2 $3"),
            ("any|all|none|one of NAME", "any $3"),
            ("one|a|an NAME", "any $2"),
            ("where NAME . NAME", "where $4"),
            ("NAME . NAME is|contains|mentions|matches|>|>=|<|<= VALUE", "any $1 where $3 $4 $5"),
            ("NAME . NAME starts|ends with VALUE", "any $1 where $3 $4 with $6"),
        ],
    },
    Kind {
        code: codes::ELAPSED_TIME,
        places: &[],
        phrases: &[
            ("is less|fewer|newer|younger than NUM UNIT ago|old", "in last $4 $5"),
            ("less|fewer|newer|younger than NUM UNIT ago|old", "in last $3 $4"),
            ("less|fewer|newer|younger than NUM UNIT", "in last $3 $4"),
            ("<|<= NUM UNIT ago", "in last $2 $3"),
            ("NAME is more|older|longer than DAYS ago|old", "days since $1 > $5"),
            ("NAME is older than DAYS", "days since $1 > $5"),
            ("NAME more|older|longer than DAYS ago|old", "days since $1 > $4"),
            ("NAME older than DAYS", "days since $1 > $4"),
            ("NAME >|>= DAYS ago", "days since $1 $2 $3"),
            ("NAME <|<=|>|>= DAYS", "days since $1 $2 $3"),
            ("NAME more|older|longer than NUM UNIT ago", "not $1 in last $4 $5"),
            ("NAME >|>= NUM UNIT ago", "not $1 in last $3 $4"),
            ("NAME >|>= NUM UNIT", "not $1 in last $3 $4"),
            ("<|<= NUM UNIT", "in last $2 $3"),
        ],
    },
    Kind {
        code: codes::UNKNOWN_CLAUSE,
        places: &[],
        phrases: &[
            ("in|during|within|over|for the last|past SAID UNIT", "in last $4 $5"),
            ("in|during|within|over|for the last|past NUM UNIT", "in last $4 $5"),
            ("in past NUM UNIT", "in last $3 $4"),
            ("in last SAID UNIT", "in last $3 $4"),
            ("in the next NUM UNIT", "in next $4 $5"),
            ("within|during|over last|past NUM UNIT", "in last $3 $4"),
            ("within|during NUM UNIT", "in last $2 $3"),
            ("since last NUM UNIT", "in last $3 $4"),
            ("since NUM UNIT ago", "in last $2 $3"),
            ("since NUM UNIT", "in last $2 $3"),
            ("in NUM UNIT", "in last $2 $3"),
            ("last|past NUM UNIT", "in last $2 $3"),
        ],
    },
];

/// Names of several words. They come last: the second word may as well be a misspelt one of the language.
static SPLIT_NAMES: &[Kind] = &[Kind {
    code: codes::RESERVED_NAME,
    places: &[],
    phrases: &[
        ("for each NAME NAME", "for each $3_$4"),
        ("any|no|ignore NAME NAME", "$1 $2_$3"),
        ("count of NAME NAME", "count of $3_$4"),
        ("NAME NAME is|contains|mentions|matches|>|>=|<|<= VALUE", "$1_$2 $3 $4"),
        ("NAME NAME starts|ends with VALUE", "$1_$2 $3 with $5"),
    ],
}];

/// `max 3 times`: a phrase around the stop, and what is right.
pub(super) fn in_other_words(stop: &Stop) -> Option<Diagnostic> {
    find(stop, KINDS)
}

/// `for each page view`
pub(super) fn split_name(stop: &Stop) -> Option<Diagnostic> {
    find(stop, SPLIT_NAMES)
}

fn find(stop: &Stop, kinds: &[Kind]) -> Option<Diagnostic> {
    kinds.iter().filter(|kind| kind.places.is_empty() || kind.places.contains(&stop.place)).find_map(|kind| {
        kind.phrases.iter().find_map(|(written, right)| {
            let (start, end, pieces) = around(stop, written)?;
            let right = filled(right, &pieces);
            let first =
                stop.tokens.get(start).is_some_and(|token| stop.at == start && token.first_on_line && start > 0);
            (!first && stop.understood_with(start, end, &right)).then(|| said(stop, kind.code, start, end, &right))
        })
    })
}

fn said(stop: &Stop, code: Code, start: usize, end: usize, right: &str) -> Diagnostic {
    let found = stop.quote(start, end - 1);
    let message = if code == codes::ELAPSED_TIME {
        "a date is not compared with a length of time this way".to_owned()
    } else if code == codes::RANGE_IN_ROW {
        "only the lower edge is written; it holds up to the next one".to_owned()
    } else if code == codes::RESERVED_NAME {
        "a name has no blanks in it".to_owned()
    } else if code == codes::CUT_SHORT {
        "which columns of the file are meant is not said".to_owned()
    } else {
        format!("`{found}` is not how it is written")
    };
    Diagnostic::error(code, stop.spans(start, end - 1), message).help(format!("write `{right}`"))
}

/// Where a pattern fits so that the stop is inside it or right after it, and its pieces.
fn around(stop: &Stop, written: &str) -> Option<(usize, usize, Vec<String>)> {
    const LONGEST: usize = 12;
    (stop.at.saturating_sub(LONGEST)..=stop.at).find_map(|start| {
        let (end, pieces) = fits(stop, start, written)?;
        (end >= stop.at && end > start).then_some((start, end, pieces))
    })
}

/// Where a pattern that starts at a token ends, and its pieces.
fn fits(stop: &Stop, start: usize, written: &str) -> Option<(usize, Vec<String>)> {
    let mut at = start;
    let mut pieces = Vec::new();
    for element in written.split(' ') {
        let (length, piece) = element.split('|').find_map(|one| piece(stop, at, one))?;
        at += length;
        pieces.push(piece);
    }
    Some((at, pieces))
}

/// How many tokens a piece of a pattern takes, and how it is repeated.
fn piece(stop: &Stop, at: usize, element: &str) -> Option<(usize, String)> {
    let text = stop.text(at);
    let kind = stop.kind(at)?;
    let one = |fits: bool| fits.then(|| (1, text.to_owned()));
    let number = |at: usize| stop.kind(at) == Some(TokenKind::Number) && !stop.text(at).ends_with('%');
    let name = kind == TokenKind::QuotedName || kind == TokenKind::Word && !is_form(text);
    let negative = text == "-" && stop.kind(at + 1) == Some(TokenKind::Number);
    match element {
        "NUM" => one(number(at)),
        "PERCENT" => one(kind == TokenKind::Number && text.ends_with('%')),
        "AMOUNT" | "VALUE" if negative => Some((2, format!("-{}", stop.text(at + 1)))),
        "AMOUNT" => one(number(at)),
        "NAME" => one(name),
        "TEXT" => one(kind == TokenKind::Text),
        "VALUE" => one(matches!(kind, TokenKind::Text | TokenKind::Number | TokenKind::Date | TokenKind::QuotedName)
            || (kind == TokenKind::Word && (!is_reserved(text) || matches!(text, "yes" | "no")))),
        "UNIT" => one(UNITS.contains(&text)),
        "DAYS" => {
            let (amount, unit) = (text.replace('_', "").parse::<u32>().ok()?, stop.word(at + 1));
            let days = match unit {
                "day" | "days" => amount,
                "week" | "weeks" => amount.checked_mul(7)?,
                _ => return None,
            };
            Some((2, days.to_string()))
        }
        "SAID" => Some((1, said_number(text)?.to_string())),
        "TEXTS" => texts(stop, at),
        "START" | "END" | "LIKE" => {
            let inside = text.strip_prefix('"')?.strip_suffix('"')?;
            let fits = match element {
                "START" => inside.ends_with('%') && !inside.starts_with('%'),
                "END" => inside.starts_with('%') && !inside.ends_with('%'),
                _ => true,
            };
            fits.then(|| (1, format!("\"{}\"", inside.trim_matches('%'))))
        }
        word => one(text == word),
    }
}

/// `"a", "b"`, `"a" or "b"`
fn texts(stop: &Stop, start: usize) -> Option<(usize, String)> {
    let is_text = |at: usize| stop.kind(at) == Some(TokenKind::Text);
    let mut found = vec![stop.text(start)];
    let mut at = start;
    while is_text(start) && matches!(stop.text(at + 1), "," | "or" | "and") {
        let next = if stop.text(at + 1) == "," && matches!(stop.text(at + 2), "or" | "and") { at + 3 } else { at + 2 };
        if !is_text(next) {
            break;
        }
        found.push(stop.text(next));
        at = next;
    }
    (found.len() > 1).then(|| (at + 1 - start, found.join(", ")))
}

fn said_number(word: &str) -> Option<u8> {
    const SAID: [&str; 10] = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"];
    let tens = match word {
        "a" | "an" => Some(1),
        "fifteen" => Some(15),
        "twenty" => Some(20),
        "thirty" => Some(30),
        "sixty" => Some(60),
        "ninety" => Some(90),
        _ => None,
    };
    (1..).zip(SAID).find(|(_, said)| *said == word).map(|(number, _)| number).or(tens)
}

/// The right form with the pieces in it: `$1` the first one, `$3+` the third one and one more.
fn filled(right: &str, pieces: &[String]) -> String {
    let mut result = String::new();
    let mut rest = right;
    while let Some((before, after)) = rest.split_once('$') {
        result.push_str(before);
        let digits = after.chars().take_while(char::is_ascii_digit).count();
        let (index, left) = after.split_at(digits);
        let piece = index.parse::<usize>().ok().and_then(|index| pieces.get(index.checked_sub(1)?));
        let piece = piece.map_or("", String::as_str);
        rest = match left.strip_prefix('+') {
            Some(left) => {
                let more = piece.replace('_', "").parse::<u64>().ok().and_then(|number| number.checked_add(1));
                result.push_str(&more.map_or_else(|| piece.to_owned(), |more| more.to_string()));
                left
            }
            None => {
                result.push_str(piece);
                left
            }
        };
    }
    result.push_str(rest);
    result
}
