//! The analysis against values worked out by hand, and against random leads.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod generated;
mod hand;
mod large;

use crate::model::Model;
use crate::source::Memory;
use crate::value::Instant;

/// 2026-01-01T12:00:00Z
pub const AS_OF: Instant = Instant(1_767_268_800_000_000);

/// What the models of these tests are about.
const SCHEMA: &str = r#"
lead {
  id text key
  email text
  title text
  industry one of "technology", "finance", "health"
  employees number from 0
  age number from 0 to 120
  country text
  consent yes/no
  created date
  tags list of text
}
event page_view { path text, seconds number from 0 }
event demo { kind one of "live", "recorded" }
event unsubscribe
event recycled
"#;

pub fn compile(rules: &str) -> Model {
    let files = Memory::default().with("m.score", &format!("{SCHEMA}{rules}\n"));
    match crate::compile(&files, std::path::Path::new("m.score")) {
        Ok(model) => model,
        Err(crate::CompileError::Wrong { diagnostics, .. }) => {
            let messages: Vec<String> = diagnostics.iter().map(|diagnostic| diagnostic.message.clone()).collect();
            panic!("{messages:?}\n{rules}")
        }
        Err(other) => panic!("{other:?}"),
    }
}
