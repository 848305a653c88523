//! Leads, or events, as typed columns.

mod column;
mod intern;
mod leads;
mod mask;

pub use column::*;
pub use intern::TextInterner;
pub use leads::LeadColumns;
pub use mask::Mask;
