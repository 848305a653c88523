//! Time zones, from the data built into the program.

use jiff::tz::TimeZone;

/// An IANA time zone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Zone(TimeZone);

impl Zone {
    pub fn utc() -> Zone {
        Zone(TimeZone::UTC)
    }

    /// By its IANA name, from the built-in data alone; `None` for an unknown name.
    pub fn named(name: &str) -> Option<Zone> {
        todo!()
    }

    /// All names, for suggestions.
    pub fn names() -> Vec<String> {
        todo!()
    }

    pub fn time_zone(&self) -> &TimeZone {
        &self.0
    }
}

/// The version of the built-in time-zone data: `2026b`.
pub fn time_zone_data_version() -> &'static str {
    todo!()
}
