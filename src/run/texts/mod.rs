//! Texts of a column as codes: texts that nothing asked of them tells apart may have one.
//!
//! | module | does |
//! |---|---|
//! | `reader` | gives the texts of a column their codes |
//! | `met` | texts met before, each of which is read once |
//! | `stand_in`, `address` | one text for all that answer the same; plain e-mail addresses |

mod address;
mod met;
mod reader;
mod stand_in;

pub use reader::{TextReader, Way};
