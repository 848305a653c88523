//! The lints: what is wrong with rules that can run.
//!
//! Stands after [`crate::analysis`], whose proofs most lints tell, and after [`crate::syntax`], whose tree has the
//! comments and the text that fixes change. Each lint is one file in `rules/` and one line in [`LINTS`].
//!
//! | module | does |
//! |---|---|
//! | [`manual`] | a lint's page, which is the doc comment of its declaration |
//! | [`finding`] | what a lint has to say, with an example lead and a fix |
//! | [`context`] | what a lint looks at |
//! | [`settings`] | levels: `score.toml`, flags |
//! | [`allow`] | `# allow: NAME -- reason` |
//! | [`fix`] | fixes into text |
//! | [`data`] | what lints over data look at |
//! | [`formats`] | findings for people and for programs |

pub mod context;
pub mod finding;
pub mod manual;
mod rules;

pub use context::{Context, DataContext};
pub use finding::{Finding, Findings, Fix, Safety};
pub use rules::LINTS;

/// What a lint is about; levels can be set for all lints of one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Category {
    /// What can never or must always happen: proofs
    Reach,
    /// Rules that count the same fact: proofs
    Overlap,
    Time,
    Text,
    Missing,
    Shape,
    Privacy,
    /// Only with `--data`
    Data,
}

/// How much a finding matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    Off,
    Advice,
    Warning,
    Error,
}

/// A lint: declared with [`lint!`], where its doc comment is its manual page.
#[derive(Debug)]
pub struct Lint {
    /// `S` and three digits, never reused.
    pub code: &'static str,
    /// Kebab-case; reads well after "allow".
    pub name: &'static str,
    pub category: Category,
    /// Unless set otherwise.
    pub level: Level,
    /// Markdown: what it does, why it matters, an example, the better version.
    pub manual: &'static str,
    pub check: Check,
}

/// What a lint looks at.
#[derive(Debug)]
pub enum Check {
    /// The rules
    Rules(fn(&Context<'_>, &mut Findings)),
    /// The rules and what they do to the leads of `--data`
    Data(fn(&DataContext<'_>, &mut Findings)),
}

/// Declares a lint; its doc comment is its manual page.
///
/// The page's first line is one sentence, what it finds; then come the headings `## Why it matters`, `## Example` with a
/// block ` ```score ` that brings it about and nothing else, and `## Better` with one that does not. Both blocks are
/// whole models, run by a test.
macro_rules! lint {
    (
        $(#[doc = $line:literal])+
        pub static $place:ident = $code:literal, $name:literal, $category:ident, $level:ident, $check:ident($function:expr);
    ) => {
        $(#[doc = $line])+
        pub static $place: $crate::lint::Lint = $crate::lint::Lint {
            code: $code,
            name: $name,
            category: $crate::lint::Category::$category,
            level: $crate::lint::Level::$level,
            manual: concat!($($line, "\n"),+),
            check: $crate::lint::Check::$check($function),
        };
    };
}
pub(crate) use lint;
