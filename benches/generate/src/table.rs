//! Rows and columns, as the writers of all formats see them.

#[derive(Clone, Copy, PartialEq)]
pub enum Kind {
    Text,
    Whole,
    Decimal,
    /// Days since 1970-01-01.
    Date,
    /// Seconds since 1970-01-01, UTC.
    Instant,
    YesNo,
}

pub enum Cell {
    Missing,
    Text(String),
    Word(&'static str),
    Whole(i64),
    Decimal(f64),
    Date(i32),
    Instant(i64),
    YesNo(bool),
}

pub type Columns = &'static [(&'static str, Kind)];

/// One format's file: rows go in one by one.
pub trait Writer {
    fn row(&mut self, cells: &[Cell]) -> std::io::Result<()>;
    fn finish(self: Box<Self>) -> std::io::Result<()>;
}

/// The day's year, month and day, of the days since 1970-01-01.
pub fn civil(days: i64) -> (i64, i64, i64) {
    let shifted = days + 719_468;
    let era = shifted.div_euclid(146_097);
    let day_of_era = shifted.rem_euclid(146_097);
    let year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month_from_march = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * month_from_march + 2) / 5 + 1;
    let month = if month_from_march < 10 { month_from_march + 3 } else { month_from_march - 9 };
    (year_of_era + era * 400 + i64::from(month <= 2), month, day)
}

pub fn date_text(days: i64) -> String {
    let (year, month, day) = civil(days);
    format!("{year:04}-{month:02}-{day:02}")
}

pub fn instant_text(seconds: i64) -> String {
    let (date, time) = (date_text(seconds.div_euclid(86_400)), seconds.rem_euclid(86_400));
    format!("{date}T{:02}:{:02}:{:02}Z", time / 3600, time / 60 % 60, time % 60)
}
