//! The lints: what is wrong with rules that can run.
//!
//! Stands after [`crate::analysis`], whose proofs most lints tell, and after [`crate::syntax`], whose tree has the
//! comments and the text that fixes change. Each lint is one file in `rules/` and one line in [`LINTS`].
//!
//! | module | does |
//! |---|---|
//! | [`manual`] | a lint's page, which is the doc comment of its declaration |
//! | [`finding`], [`claim`] | what a lint has to say, with a fix, and an example lead that shows it |
//! | [`context`], [`places`], [`walks`], [`reads`], [`unused`] | what a lint looks at |
//! | [`vocabulary`], [`wording`], [`words`] | names in many languages; words of the language in messages; words that people write into titles |
//! | [`written`] | comparisons, texts and names as they stand in the files |
//! | [`subjects`], [`proofs`], [`asks`], [`repeated`], `removal` | what several lints need: what is read, what is proved, what thresholds ask, examples with many events, what to take away |
//! | [`gains`] | whether a rule has points to be won |
//! | [`settings`] | levels: `score.toml`, flags |
//! | [`allow`] | `# allow: NAME -- reason` |
//! | [`linter`] | all lints on one model |
//! | [`report`] | findings of several models, and the mistakes that keep a file from being linted |
//! | [`fix`] | fixes into text |
//! | [`data`] | what lints over data look at |
//! | [`formats`] | findings for people and for programs |

pub mod allow;
pub mod asks;
pub mod claim;
mod comments;
pub mod context;
pub mod data;
pub mod finding;
pub mod fix;
pub mod formats;
pub mod gains;
pub mod linter;
pub mod manual;
pub mod places;
pub mod proofs;
pub mod reads;
mod removal;
pub mod repeated;
pub mod report;
mod rules;
pub mod settings;
pub mod subjects;
#[cfg(test)]
pub(crate) mod testing;
#[cfg(test)]
mod tests;
pub mod unused;
pub mod vocabulary;
pub mod walks;
pub mod wording;
pub mod words;
pub mod written;

use crate::diagnostics::CodeInfo;

pub use context::Context;
pub use data::DataContext;
pub use finding::{Example, Finding, Findings, Fix, Safety};
pub use places::{ConditionPlace, GroupPlace, Owner, RulePlace, SelectorPlace, TextAtom};
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
    /// Code and name as every message shows them.
    pub info: CodeInfo,
}

/// What a lint looks at.
#[derive(Debug, Clone, Copy)]
pub enum Check {
    /// The rules
    Rules(fn(&Context<'_>, &mut Findings)),
    /// The rules and what they do to the leads of `--data`
    Data(fn(&DataContext<'_, '_>, &mut Findings)),
    /// The `# allow` comments, once it is known which of them were needed
    Allowances(fn(&[allow::Allowance], &mut Findings)),
}

/// Declares a lint; its doc comment is its manual page.
///
/// The page begins with a paragraph of one sentence, what it finds; further paragraphs may say how it looks and what it
/// leaves out. Then come the headings `## Why it matters`, `## Example` with a block ` ```score ` that brings it about,
/// and `## Better` with one that does not. Both blocks are whole models, run by a test. A lint over data adds blocks
/// ` ```csv ` (the leads), ` ```ndjson ` (the events) and ` ```outcome ` (a condition) below the example; the better
/// version uses them, too, unless it has its own.
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
            info: $crate::diagnostics::CodeInfo { id: $code, name: $name, example: "" },
        };
    };
}
pub(crate) use lint;

impl Category {
    pub const ALL: [Category; 8] = [
        Category::Reach,
        Category::Overlap,
        Category::Time,
        Category::Text,
        Category::Missing,
        Category::Shape,
        Category::Privacy,
        Category::Data,
    ];

    /// As settings and flags say it.
    pub fn name(self) -> &'static str {
        match self {
            Category::Reach => "reach",
            Category::Overlap => "overlap",
            Category::Time => "time",
            Category::Text => "text",
            Category::Missing => "missing",
            Category::Shape => "shape",
            Category::Privacy => "privacy",
            Category::Data => "data",
        }
    }

    /// The first digit of its lints' codes.
    pub fn digit(self) -> usize {
        self as usize + 1
    }
}

impl Level {
    /// As settings say it.
    pub fn name(self) -> &'static str {
        match self {
            Level::Off => "off",
            Level::Advice => "advice",
            Level::Warning => "warning",
            Level::Error => "error",
        }
    }
}

impl Lint {
    /// The lint of a name.
    pub fn named(name: &str) -> Option<&'static Lint> {
        LINTS.iter().copied().find(|lint| lint.name == name)
    }

    /// What it finds by itself; nothing for a lint over data where there is none, or over allowances.
    pub fn run(&self, context: &Context<'_>, counted: Option<&data::Counted>) -> Vec<Finding> {
        let mut findings = Findings::default();
        match (self.check, counted) {
            (Check::Rules(check), _) => check(context, &mut findings),
            (Check::Data(check), Some(counted)) => check(&DataContext { rules: context, counted }, &mut findings),
            (Check::Data(_), None) | (Check::Allowances(_), _) => {}
        }
        findings.all
    }
}
