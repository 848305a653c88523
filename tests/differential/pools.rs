//! Constants that models and data share, so that values fall on edges, and just beside them.

/// Operands and values: they contain and border one another, and fold in all the ways that texts fold.
pub const TEXTS: &[&str] = &[
    "ceo",
    "CEO & Founder",
    "vp",
    "VP Sales",
    "vp sales",
    "sales",
    "Sales Manager",
    "svp",
    "v.p.",
    "manager",
    "man",
    "Vice President, Sales",
    "chief",
    "chief-of-staff",
    "Straße",
    "STRASSE",
    "stras",
    "İstanbul",
    "istanbul",
    "ısparta",
    "إيران",
    "ایران",
    "مدير",
    "مدیر فروش",
    "مُدير المبيعات",
    "Müller",
    "MU\u{308}LLER",
    "日本語 vp",
    "vp東京",
    "東京",
    "ﬁnance",
    "finance",
    "²",
    "2",
    "US",
    "us",
    "U S",
    "united  states",
    "United States",
    "a",
    "aa",
    "aaa",
    "ab",
    "ba",
    "technology",
    "health",
    "Technology ",
    "x;y",
    "a*b",
    "a.b",
    "e\u{301}",
    "É",
    "asdfghjkl",
    "qwrtpsdfg",
    "Anna Smith",
];

/// Texts that look like something.
pub const SHAPED: &[&str] = &[
    "ada@gmail.com",
    "bob@www.Acme.COM.",
    "eve@acme.com",
    "Eve <eve@acme.com>",
    "https://acme.com/pricing?x=1",
    "http://www.gmail.com:8080/a",
    "acme.com",
    "@",
    "no at sign",
    "x@münchen.de",
    "x@xn--mnchen-3ya.de",
    "/pricing/enterprise",
    "/pricing",
    "/PRICING?plan=a",
    "/blog/post-1",
    "/",
    "case-study.pdf",
    "white-paper.pdf",
];

/// Values that fold to nothing: missing.
pub const BLANKS: &[&str] = &["\u{200d}", "ـ", " ", "\u{64b}"];

pub const DOMAINS: &[&str] = &["gmail.com", "acme.com", "münchen.de", "GMAIL.com"];

pub const GLOBS: &[&str] =
    &["*sales*", "vp*", "?p*", "*", "*@gmail.com", "/pricing*", "a?b", "*man", "str*e", "*مدیر*", "??", "a*b"];

pub const PATTERNS: &[&str] = &[
    "/vp|ceo/",
    "/^v.?p/",
    "/sales$/",
    "/\\bman/",
    "/(?-i)CEO/",
    "/[0-9]+/",
    "/stra(ss|ß)e/",
    "/^.{2}$/",
    "/مدیر|مدير/",
    "/\\/pricing/",
    "/^$/",
    "/a+b?/",
    "/\\w+@\\w+/",
];

/// As literals of the language.
pub const NUMBERS: &[&str] = &[
    "0",
    "1",
    "2",
    "3",
    "5",
    "7",
    "10",
    "12.5",
    "50",
    "99.999999999",
    "100",
    "0.000000001",
    "1_000",
    "-1",
    "-3",
    "-12.5",
    "0.5",
    "30%",
    "20",
    "-0.5",
];

/// Too large to be multiplied with each other.
pub const HUGE: &[&str] = &["100000000000000000000000000000", "-90000000000000000000000000000", "10000000000000000000"];

/// Whole points and others, by magnitude.
pub const POINTS: &[&str] = &["1", "2", "3", "5", "10", "15", "20", "0.5", "12.3456", "0.0001", "100", "0", "1000000"];

pub const DURATIONS: &[&str] = &[
    "1 hour",
    "90 minutes",
    "1 day",
    "24 hours",
    "36 hours",
    "2 days",
    "3 days",
    "7 days",
    "1 week",
    "30 days",
    "10 seconds",
    "90 days",
    "2 weeks",
];

pub const CALENDAR_DURATIONS: &[&str] = &["1 month", "3 months", "1 year", "6 months", "13 months"];

pub const PERCENTS: &[&str] = &["0%", "10%", "25%", "30%", "33.3%", "50%", "99%", "100%"];

/// Time zones: two with ordinary changes of the clock, one by half an hour, one that left out a day, one off the hour, one
/// that changed its clock at midnight.
pub const ZONES: &[&str] = &[
    "UTC",
    "Europe/Madrid",
    "America/New_York",
    "Australia/Lord_Howe",
    "Pacific/Apia",
    "Asia/Kathmandu",
    "Asia/Tehran",
    "America/Sao_Paulo",
];

/// Instants near changes of the clock and ends of months.
pub const INSTANTS: &[&str] = &[
    "2026-11-01T00:00:00Z",
    "2026-03-29T00:59:59.999999Z",
    "2026-03-29T01:30:00Z",
    "2026-10-25T01:30:00Z",
    "2026-03-08T07:00:00Z",
    "2026-11-01T06:30:00Z",
    "2026-04-04T15:15:00Z",
    "2024-02-29T12:00:00Z",
    "2026-01-31T23:30:00Z",
    "2026-03-31T22:00:00Z",
    "2025-12-31T23:59:59.999999Z",
    "2011-12-31T10:00:00Z",
    "2018-11-04T03:30:00Z",
    "2022-03-21T20:30:00Z",
    "2026-05-31T09:15:00Z",
];
