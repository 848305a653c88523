//! The primitives that every evaluator shares: exact numbers, folded text, instants and durations, decay, and how each
//! is read from data.
//!
//! A missing value is `None` of an `Option<Value>` everywhere.

mod decay;
mod decimal;
mod domain;
mod duration;
mod glob;
mod moment;
mod phrase;
mod random;
mod read;
pub(crate) mod sixteen;
mod text;
mod zone;

pub use decay::{Curve, Decay, Factor};
pub use decimal::{Decimal, MAX_POINTS, POINT_DECIMALS};
pub use domain::domain_of;
pub use duration::{CalendarUnit, Duration, TimeUnit};
pub use glob::Glob;
pub use moment::{Instant, Moment};
pub use phrase::{contains_phrase, stands_alone};
pub use random::looks_random;
pub use read::{
    DateFormat, EpochUnit, NumberFormat, ReadError, plain_date, plain_epoch, plain_number, read_date, read_number,
    read_yes_no, short_word,
};
pub use text::{Text, fold, fold_name, is_blank};
pub(crate) use text::{only_case_matters, trimmed};
pub use zone::{Zone, time_zone_data_version};

/// A known value of a field, a property or an expression.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    Number(Decimal),
    Text(Text),
    YesNo(bool),
    Date(Moment),
    /// Never empty.
    List(Vec<Text>),
}
