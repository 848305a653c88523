//! The columns of a Parquet file, and its values as cells.

use crate::data::rows::Cell;
use crate::value::{Instant, Moment};
use jiff::civil;
use parquet::basic::{ConvertedType, LogicalType, Repetition, TimeUnit, Type as Physical};
use parquet::data_type::Int96;
use parquet::schema::types::{SchemaDescriptor, Type};

/// Groups within groups, at most.
const DEEPEST: usize = 64;

/// A column of single values, or of lists of them. Maps and lists of groups are none.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Leaf {
    /// The names of the groups around it and its own, with dots.
    pub(super) path: String,
    /// Among all leaves of the file.
    pub(super) index: usize,
    pub(super) kind: Kind,
    /// The definition level of a value that is there.
    pub(super) full_level: i16,
    /// Of a list: the definition level from which on there is an element, be it null.
    pub(super) list: Option<i16>,
}

/// What the values of a column mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Plain,
    Unsigned,
    Day,
    /// So many of it are a second; in UTC, or on some local clock
    Timestamp {
        per_second: i64,
        utc: bool,
    },
    TimeOfDay {
        per_second: i64,
    },
    Decimal {
        scale: usize,
    },
    Float16,
    Uuid,
}

/// All columns that can be read, in the order of the file.
pub(super) fn leaves(schema: &SchemaDescriptor) -> Vec<Leaf> {
    let mut walk = Walk { index: 0, leaves: Vec::new() };
    for field in schema.root_schema().get_fields() {
        walk.field(field, "", 0, 0);
    }
    walk.leaves
}

struct Walk {
    index: usize,
    leaves: Vec<Leaf>,
}

impl Walk {
    /// `level`: the definition level around the field.
    fn field(&mut self, field: &Type, prefix: &str, level: i16, depth: usize) {
        let path = if prefix.is_empty() { field.name().to_owned() } else { format!("{prefix}.{}", field.name()) };
        let level = level + i16::from(repetition(field) != Repetition::REQUIRED);
        let repeated = repetition(field) == Repetition::REPEATED;
        if field.is_primitive() {
            self.leaf(field, path, level, repeated.then_some(level));
        } else if let Some((element, list)) = list_element(field, level).filter(|_| !repeated) {
            let nullable = repetition(element) == Repetition::OPTIONAL;
            self.leaf(element, path, list + i16::from(nullable), Some(list));
        } else if repeated || is_list_or_map(field) || depth >= DEEPEST {
            self.index += count_leaves(field, depth);
        } else {
            for inner in field.get_fields() {
                self.field(inner, &path, level, depth + 1);
            }
        }
    }

    fn leaf(&mut self, field: &Type, path: String, full_level: i16, list: Option<i16>) {
        self.leaves.push(Leaf { path, index: self.index, kind: kind_of(field), full_level, list });
        self.index += 1;
    }
}

fn repetition(field: &Type) -> Repetition {
    let about = field.get_basic_info();
    if about.has_repetition() { about.repetition() } else { Repetition::REQUIRED }
}

fn is_list_or_map(field: &Type) -> bool {
    let about = field.get_basic_info();
    matches!(about.converted_type(), ConvertedType::LIST | ConvertedType::MAP | ConvertedType::MAP_KEY_VALUE)
        || matches!(about.logical_type_ref(), Some(LogicalType::List | LogicalType::Map))
}

/// The element of a list of single values, in its two-level and its three-level form, and the definition level from
/// which on there is an element.
fn list_element(field: &Type, level: i16) -> Option<(&Type, i16)> {
    let about = field.get_basic_info();
    let list = about.converted_type() == ConvertedType::LIST || about.logical_type_ref() == Some(&LogicalType::List);
    let [repeated] = field.get_fields() else { return None };
    if !list || repetition(repeated) != Repetition::REPEATED {
        return None;
    }
    if repeated.is_primitive() {
        return Some((repeated, level + 1));
    }
    match repeated.get_fields() {
        [element] if element.is_primitive() && repetition(element) != Repetition::REPEATED => {
            Some((element, level + 1))
        }
        _ => None,
    }
}

fn count_leaves(field: &Type, depth: usize) -> usize {
    if field.is_primitive() || depth > 4 * DEEPEST {
        return 1;
    }
    field.get_fields().iter().map(|inner| count_leaves(inner, depth + 1)).sum()
}

fn kind_of(field: &Type) -> Kind {
    let about = field.get_basic_info();
    let scale = || match field {
        Type::PrimitiveType { scale, .. } => usize::try_from(*scale).unwrap_or(0),
        Type::GroupType { .. } => 0,
    };
    let per_second = |unit: &TimeUnit| match unit {
        TimeUnit::MILLIS => 1_000,
        TimeUnit::MICROS => 1_000_000,
        TimeUnit::NANOS => 1_000_000_000,
    };
    match about.logical_type_ref() {
        Some(LogicalType::Date) => Kind::Day,
        Some(LogicalType::Timestamp(about)) => {
            Kind::Timestamp { per_second: per_second(&about.unit), utc: about.is_adjusted_to_u_t_c }
        }
        Some(LogicalType::Time(about)) => Kind::TimeOfDay { per_second: per_second(&about.unit) },
        Some(LogicalType::Decimal(_)) => Kind::Decimal { scale: scale() },
        Some(LogicalType::Integer(about)) if !about.is_signed => Kind::Unsigned,
        Some(LogicalType::Float16) => Kind::Float16,
        Some(LogicalType::Uuid) => Kind::Uuid,
        Some(_) => Kind::Plain,
        None => match about.converted_type() {
            ConvertedType::DATE => Kind::Day,
            ConvertedType::TIMESTAMP_MILLIS => Kind::Timestamp { per_second: 1_000, utc: true },
            ConvertedType::TIMESTAMP_MICROS => Kind::Timestamp { per_second: 1_000_000, utc: true },
            ConvertedType::TIME_MILLIS => Kind::TimeOfDay { per_second: 1_000 },
            ConvertedType::TIME_MICROS => Kind::TimeOfDay { per_second: 1_000_000 },
            ConvertedType::DECIMAL => Kind::Decimal { scale: scale() },
            ConvertedType::UINT_8 | ConvertedType::UINT_16 | ConvertedType::UINT_32 | ConvertedType::UINT_64 => {
                Kind::Unsigned
            }
            _ => Kind::Plain,
        },
    }
}

/// Whether a kind can stand in values of this physical type; others are damage.
pub(super) fn fits(kind: Kind, physical: Physical) -> bool {
    match kind {
        Kind::Plain => true,
        Kind::Unsigned | Kind::TimeOfDay { .. } => matches!(physical, Physical::INT32 | Physical::INT64),
        Kind::Day => physical == Physical::INT32,
        Kind::Timestamp { .. } => physical == Physical::INT64,
        Kind::Decimal { scale } => scale <= 1_000 && !matches!(physical, Physical::BOOLEAN | Physical::INT96),
        Kind::Float16 | Kind::Uuid => physical == Physical::FIXED_LEN_BYTE_ARRAY,
    }
}

/// A cell, or why the value is none.
pub(super) type ReadCell = Result<Cell, String>;

/// `unsigned` is the same bits without sign.
pub(super) fn whole(kind: Kind, value: i64, unsigned: u64) -> ReadCell {
    Ok(match kind {
        Kind::Unsigned => Cell::Number(unsigned.to_string()),
        Kind::Decimal { scale } => Cell::Number(decimal(i128::from(value), scale)),
        Kind::Day => Cell::Date(Moment::Day(day(value).ok_or("its date is out of range")?)),
        Kind::Timestamp { per_second, utc } => timestamp(value, per_second, utc)?,
        Kind::TimeOfDay { per_second } => {
            let seconds = value.div_euclid(per_second);
            Cell::Text(format!("{:02}:{:02}:{:02}", seconds / 3_600, seconds / 60 % 60, seconds % 60))
        }
        _ => Cell::Number(value.to_string()),
    })
}

/// A date or a timestamp of UTC; `None` for any other value, and out of range.
pub(super) fn moment(kind: Kind, value: i64) -> Option<Moment> {
    match kind {
        Kind::Day => day(value).map(Moment::Day),
        Kind::Timestamp { per_second, utc: true } => {
            microseconds(value, per_second).map(|at| Moment::Instant(Instant(at)))
        }
        _ => None,
    }
}

/// By centuries and years that begin with a March, so that leap days come last, as in Cassio Neri and Lorenz Schneider,
/// "Euclidean affine functions and their application to calendar algorithms".
#[inline]
fn day(days: i64) -> Option<civil::Date> {
    /// Eras of 400 years before 1970, so that no number is negative.
    const ERAS: i64 = 82;
    let from_begin = u32::try_from(days.checked_add(719_468 + ERAS * 146_097)?).ok().filter(|days| *days < 1 << 29)?;
    let quarters = 4 * from_begin + 3;
    let (century, of_century) = (quarters / 146_097, quarters % 146_097 / 4);
    // A quotient and a remainder by 1461, the days of four years, in one product.
    let product = 2_939_745 * u64::from(4 * of_century + 3);
    let (year, day_of_year) = ((product >> 32) as u32, product as u32 / 2_939_745 / 4);
    let months = 2_141 * day_of_year + 197_913;
    let (month, day) = (months >> 16, (months & 0xFFFF) / 2_141 + 1);
    let is_next_year = day_of_year >= 306;
    let year = (100 * century + year + u32::from(is_next_year)) as i32 - ERAS as i32 * 400;
    let month = if is_next_year { month - 12 } else { month };
    civil::Date::new(i16::try_from(year).ok()?, month as i8, day as i8).ok()
}

/// Fractions past microseconds are cut off. A local clock's reading is a text, which the model's time zone settles.
fn timestamp(value: i64, per_second: i64, utc: bool) -> ReadCell {
    let microseconds = microseconds(value, per_second).ok_or("its time is out of range")?;
    if utc {
        return Ok(Cell::Date(Moment::Instant(Instant(microseconds))));
    }
    let stamp = jiff::Timestamp::from_microsecond(microseconds).map_err(|_| "its time is out of range")?;
    let local = stamp.to_zoned(jiff::tz::TimeZone::UTC).datetime();
    Ok(Cell::Text(local.to_string().replace('T', " ")))
}

/// Since 1970, within what a timestamp can be; fractions are cut off.
fn microseconds(value: i64, per_second: i64) -> Option<i64> {
    let microseconds = match per_second {
        1_000 => value.checked_mul(1_000)?,
        1_000_000 => value,
        _ => value.div_euclid(1_000),
    };
    jiff::Timestamp::from_microsecond(microseconds).is_ok().then_some(microseconds)
}

/// The old timestamps of 96 bits: nanoseconds of a Julian day, in UTC.
pub(super) fn int96(value: &Int96) -> ReadCell {
    let [low, high, julian] = value.data() else { return Err("its time is damaged".to_owned()) };
    let nanoseconds = i64::from(*high) << 32 | i64::from(*low);
    let microseconds = (i64::from(*julian) - 2_440_588)
        .checked_mul(86_400_000_000)
        .and_then(|days| days.checked_add(nanoseconds.div_euclid(1_000)))
        .ok_or("its time is out of range")?;
    timestamp(microseconds, 1_000_000, true)
}

pub(super) fn bytes(kind: Kind, value: &[u8]) -> ReadCell {
    match kind {
        Kind::Decimal { scale } => {
            let negative = value.first().is_some_and(|byte| byte & 0x80 != 0);
            if value.len() > 16 {
                return Err("its number has more than 38 digits".to_owned());
            }
            let mut wide = [if negative { 0xFF } else { 0 }; 16];
            for (into, byte) in wide.iter_mut().rev().zip(value.iter().rev()) {
                *into = *byte;
            }
            Ok(Cell::Number(decimal(i128::from_be_bytes(wide), scale)))
        }
        Kind::Float16 => match value {
            [low, high] => Ok(Cell::Number(float16(u16::from_le_bytes([*low, *high])).to_string())),
            _ => Err("its number is damaged".to_owned()),
        },
        Kind::Uuid => {
            let digits: String = value.iter().map(|byte| format!("{byte:02x}")).collect();
            let part = |from: usize, to: usize| digits.get(from..to).unwrap_or_default();
            Ok(Cell::Text([part(0, 8), part(8, 12), part(12, 16), part(16, 20), part(20, 32)].join("-")))
        }
        _ => match std::str::from_utf8(value) {
            Ok(text) => Ok(Cell::Text(text.to_owned())),
            Err(_) => Err("its value is bytes, not UTF-8 text".to_owned()),
        },
    }
}

/// In its shortest form: 1250 with scale 3 is `1.25`.
fn decimal(unscaled: i128, scale: usize) -> String {
    let digits = format!("{:0>width$}", unscaled.unsigned_abs(), width = scale + 1);
    let (whole, fraction) = digits.split_at(digits.len() - scale);
    let fraction = fraction.trim_end_matches('0');
    let sign = if unscaled < 0 { "-" } else { "" };
    if fraction.is_empty() { format!("{sign}{whole}") } else { format!("{sign}{whole}.{fraction}") }
}

/// IEEE half precision.
fn float16(bits: u16) -> f64 {
    let (exponent, fraction) = (i32::from(bits >> 10 & 0x1F), f64::from(bits & 0x3FF));
    let magnitude = match exponent {
        0 => fraction * 2_f64.powi(-24),
        31 if fraction == 0.0 => f64::INFINITY,
        31 => f64::NAN,
        _ => (1.0 + fraction / 1024.0) * 2_f64.powi(exponent - 15),
    };
    if bits & 0x8000 == 0 { magnitude } else { -magnitude }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decimals_are_written_shortest() {
        assert_eq!(decimal(1250, 3), "1.25");
        assert_eq!(decimal(-5, 2), "-0.05");
        assert_eq!(decimal(100, 2), "1");
        assert_eq!(decimal(7, 0), "7");
        // 0xFF38 is -200.
        assert_eq!(bytes(Kind::Decimal { scale: 1 }, &[0xFF, 0x38]), Ok(Cell::Number("-20".into())));
    }

    #[test]
    fn days_are_those_of_the_calendar() {
        let added = |days: i64| civil::date(1970, 1, 1).checked_add(jiff::Span::new().try_days(days).ok()?).ok();
        for days in (-4_500_000..3_500_000).step_by(367).chain(-800..800).chain([i64::MAX, i64::MIN]) {
            assert_eq!(day(days), added(days), "{days}");
        }
    }

    #[test]
    fn times_are_cut_to_microseconds() {
        let nanos = Kind::Timestamp { per_second: 1_000_000_000, utc: true };
        assert_eq!(whole(nanos, -1, 0), Ok(Cell::Date(Moment::Instant(Instant(-1)))));
        let local = Kind::Timestamp { per_second: 1_000, utc: false };
        // 2026-05-01 is day 20574: 20574 * 86400 s.
        assert_eq!(whole(local, 1_777_593_600_000, 0), Ok(Cell::Text("2026-05-01 00:00:00".into())));
        assert_eq!(whole(Kind::Day, 20_574, 0), Ok(Cell::Date(Moment::Day(civil::date(2026, 5, 1)))));
        let mut old = Int96::new();
        old.set_data(2_000, 0, 2_440_589);
        assert_eq!(int96(&old), Ok(Cell::Date(Moment::Instant(Instant(86_400_000_002)))));
    }

    #[test]
    fn half_precision_numbers_are_exact() {
        // Sign 0, exponent 15 + 1, fraction 0x100 of 0x400: 2 * 1.25.
        assert_eq!(float16(0x4100), 2.5);
        assert_eq!(float16(0x8001), -(2_f64.powi(-24)));
    }
}
