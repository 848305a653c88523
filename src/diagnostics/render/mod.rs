//! How diagnostics are shown: one format a file.

mod frame;
mod human;
mod json;
mod short;
mod visible;
mod xml;

pub use human::human;
pub use json::{Place, Shown, json, shown};
pub use short::short;
pub use visible::visible;
pub use xml::Xml;

use super::Severity;

/// The word for a severity, as every format writes it.
pub fn word(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Advice => "advice",
    }
}
