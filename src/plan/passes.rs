//! Which optimisations a plan is made with: all of them, but in tests and in pictures of what one does.

/// One optimisation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Pass {
    /// Equal expressions are one node, equal questions one question.
    Share,
    /// Whole conditions over one subject are one question.
    Questions,
    /// What is asked of a lookup's result is asked of its key.
    ThroughLookups,
    /// What constants decide is decided beforehand.
    Fold,
    /// What can never give anything is left out.
    DropDead,
    /// Rules over one subject under one parent are one lookup.
    Lookups,
    /// A text is searched once for all that is looked for in it.
    TextMachines,
    /// Questions of several subjects that must all be answered yes are decided together.
    JoinQuestions,
    /// Of events no more is kept than their state needs.
    StateKinds,
}

/// Every optimisation with its name, in the order in which they are described.
pub const PASSES: [(Pass, &str); 9] = [
    (Pass::Share, "share"),
    (Pass::Questions, "questions"),
    (Pass::ThroughLookups, "through-lookups"),
    (Pass::Fold, "fold"),
    (Pass::DropDead, "drop-dead"),
    (Pass::Lookups, "lookups"),
    (Pass::TextMachines, "text-machines"),
    (Pass::JoinQuestions, "join-questions"),
    (Pass::StateKinds, "state-kinds"),
];

/// A set of optimisations. Results do not depend on it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Passes {
    off: Vec<Pass>,
}

impl Passes {
    pub const ALL: Passes = Passes { off: Vec::new() };

    pub fn none() -> Passes {
        Passes { off: PASSES.iter().map(|(pass, _)| *pass).collect() }
    }

    #[must_use]
    pub fn without(mut self, pass: Pass) -> Passes {
        self.off.push(pass);
        self
    }

    pub fn has(&self, pass: Pass) -> bool {
        !self.off.contains(&pass)
    }
}
