//! Model A: what each field gives. A field's value is its text; what is missing is `None`.
//!
//! What a field gives is one number: its points, and above them the parts of the one rule over several fields that hold.

/// The parts of "Enterprise technology", above the points.
const TECHNOLOGY: i32 = 1 << 16;
const LARGE: i32 = 1 << 17;
const CONSENT: i32 = 1 << 18;

/// The fields that the model reads; the lead's key first.
pub const FIELDS: [&str; 14] = [
    "id",
    "email",
    "title",
    "department",
    "industry",
    "country",
    "source",
    "phone",
    "employees",
    "revenue",
    "budget",
    "created",
    "last_contact",
    "consent",
];
pub const CUSTOMER: &str = "customer";

pub fn title(text: &[u8]) -> i32 {
    let (mut seniority, mut student, mut before) = (0, 0, (0, false));
    let mut place = 0;
    let mut word = [0_u8; 16];
    while place < text.len() {
        if !in_word(text[place]) {
            place += 1;
            continue;
        }
        let start = place;
        while place < text.len() && in_word(text[place]) {
            if place - start < 16 {
                word[place - start] = text[place].to_ascii_lowercase();
            }
            place += 1;
        }
        let follows_vice = before.1 && before.0 + 1 == start;
        before = (place, false);
        if place - start > 16 {
            continue;
        }
        match &word[..place - start] {
            b"ceo" | b"cto" | b"cfo" | b"coo" | b"cmo" | b"chief" | b"founder" | b"owner" => seniority = 20,
            b"vp" | b"director" | b"head" => seniority = seniority.max(15),
            b"president" if follows_vice => seniority = seniority.max(15),
            b"manager" | b"lead" | b"principal" => seniority = seniority.max(8),
            b"student" | b"intern" | b"assistant" => student = -10,
            b"vice" => before.1 = true,
            _ => {}
        }
    }
    seniority + student
}

fn in_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte >= 0x80
}

/// Whether it is the text (written in lower case), in any case.
fn is(value: &[u8], text: &str) -> bool {
    value.eq_ignore_ascii_case(text.as_bytes())
}

pub fn department(value: &[u8]) -> i32 {
    let ours = match value.len() {
        5 => is(value, "sales"),
        9 => is(value, "marketing"),
        10 => is(value, "operations"),
        _ => false,
    };
    if ours { 7 } else { 0 }
}

pub fn industry(value: &[u8]) -> i32 {
    match value.len() {
        6 if is(value, "health") => 6,
        7 if is(value, "finance") => 12,
        9 if is(value, "logistics") || is(value, "insurance") => 6,
        10 if is(value, "technology") => 12 + TECHNOLOGY,
        13 if is(value, "manufacturing") => 6,
        _ => 0,
    }
}

pub fn country(value: &[u8]) -> i32 {
    match value.len() {
        13 if is(value, "united states") => 10,
        14 if is(value, "united kingdom") => 10,
        6 if is(value, "canada") => 10,
        5 if is(value, "spain") || is(value, "italy") => 6,
        6 if is(value, "france") || is(value, "poland") => 6,
        7 if is(value, "germany") => 6,
        11 if is(value, "netherlands") => 6,
        _ => 0,
    }
}

pub fn source(value: &[u8]) -> i32 {
    let by_themselves = match value.len() {
        7 => is(value, "website") || is(value, "webinar"),
        8 => is(value, "referral"),
        14 => is(value, "organic search"),
        _ => false,
    };
    if by_themselves { 6 } else { 0 }
}

pub fn email(value: &[u8]) -> i32 {
    let Some(at) = memchr::memrchr(b'@', value) else { return 0 };
    let domain = &value[at + 1..];
    let free = match domain.len() {
        6 => is(domain, "gmx.de") || is(domain, "web.de"),
        7 => is(domain, "aol.com") || is(domain, "mail.ru"),
        9 => is(domain, "gmail.com") || is(domain, "yahoo.com") || is(domain, "orange.fr"),
        10 => is(domain, "icloud.com"),
        11 => is(domain, "hotmail.com") || is(domain, "outlook.com"),
        _ => false,
    };
    if free { -15 } else { 0 }
}

pub const PHONE: i32 = 5;
pub const NO_EMPLOYEES: i32 = -2;

pub fn employees(number: i64) -> i32 {
    match number {
        ..1 => 0,
        1..10 => -5,
        10..50 => 3,
        50..250 => 8,
        250..1000 => 12,
        1000..5000 => 15 + LARGE,
        5000.. => 6 + LARGE,
    }
}

pub fn revenue(number: f64) -> i32 {
    if number >= 10_000_000.0 { 8 } else { 0 }
}

pub fn budget(number: f64) -> i32 {
    if number >= 50_000.0 { 5 } else { 0 }
}

/// Days since 1970-01-01.
pub fn created_day(day: i32) -> i32 {
    if (20_668..=20_758).contains(&day) { 4 } else { 0 }
}

pub fn last_contact_day(day: i32) -> i32 {
    if day < 20_240 { -5 } else { 0 }
}

/// `2026-08-31`: dates written so are ordered as texts are.
pub fn created(text: &[u8]) -> i32 {
    if text >= b"2026-08-03".as_slice() && text <= b"2026-11-01".as_slice() { 4 } else { 0 }
}

pub fn last_contact(text: &[u8]) -> i32 {
    if text < b"2025-06-01".as_slice() { -5 } else { 0 }
}

pub fn consent(yes: bool) -> i32 {
    if yes { 5 + CONSENT } else { 0 }
}

pub fn customer(yes: bool) -> i32 {
    if yes { -8 } else { 0 }
}

/// The whole part of a number written out.
pub fn whole(text: &[u8]) -> i64 {
    let (negative, digits) = match text {
        [b'-', digits @ ..] => (true, digits),
        digits => (false, digits),
    };
    let number = digits
        .iter()
        .take_while(|digit| digit.is_ascii_digit())
        .fold(0_i64, |number, digit| number.wrapping_mul(10).wrapping_add(i64::from(digit - b'0')));
    if negative { -number } else { number }
}

/// What stands behind the key in each row of the output, for scores from 0 to 100.
pub struct Endings(Vec<String>);

impl Endings {
    pub fn new() -> Endings {
        let band = |score| match score {
            60.. => 'A',
            40..60 => 'B',
            20..40 => 'C',
            _ => 'D',
        };
        Endings((0..=100).map(|score| format!(",{score},{}\n", band(score))).collect())
    }

    /// Of the sum of what all fields give.
    pub fn of(&self, sum: i32) -> &[u8] {
        let parts = (sum + 0x8000) >> 16;
        let points = sum - (parts << 16) + if parts == 7 { 6 } else { 0 };
        self.0[points.clamp(0, 100) as usize].as_bytes()
    }
}

pub const HEADER: &[u8] = b"id,fit,fit_band\n";
