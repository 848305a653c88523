//! The list of all codes. A code is never reused; each carries a text that brings it about, which the tests run.

pub mod check;
pub mod syntax;

use std::fmt;

/// What kind of mistake: `E104 mixed-and-or`.
#[derive(Debug, PartialEq, Eq)]
pub struct CodeInfo {
    /// `E` and three digits.
    pub id: &'static str,
    /// Kebab-case.
    pub name: &'static str,
    /// A whole file that brings it about, and nothing else.
    pub example: &'static str,
}

/// A reference to one entry of [`CODES`]; equal when the ids are.
#[derive(Clone, Copy)]
pub struct Code(pub &'static CodeInfo);

/// Every code, by stage: `E1..` syntax, the others check.
pub const CODES: &[&[Code]] = &[syntax::CODES, check::CODES];

impl PartialEq for Code {
    fn eq(&self, other: &Code) -> bool {
        self.0.id == other.0.id
    }
}

impl Eq for Code {}

impl fmt::Debug for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.0.id, self.0.name)
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0.id)
    }
}

/// Declares codes and the list of them: `/// doc` then `NAME = "E101", "kebab-name", "example file";`.
macro_rules! codes {
    ($($(#[$doc:meta])* $name:ident = $id:literal, $kebab:literal, $example:expr;)*) => {
        $($(#[$doc])* pub const $name: $crate::diagnostics::Code = $crate::diagnostics::Code(
            &$crate::diagnostics::code::CodeInfo { id: $id, name: $kebab, example: $example });)*
        /// All codes of this stage, in the order of their ids.
        pub const CODES: &[$crate::diagnostics::Code] = &[$($name),*];
    };
}
pub(crate) use codes;
