//! The clauses of a score, a group or a rule, each in its place: once, and only where it fits.

use super::findings::Findings;
use crate::diagnostics::Diagnostic;
use crate::diagnostics::code::check as code;
use crate::source::{Span, Spanned};
use crate::syntax::tree::{Choice, Clause, Decay, Duration, Expr, LimitScope, Which};

/// What the clauses belong to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Holder {
    /// `score fit { … }`
    Score,
    /// `score total = …`
    Derived,
    /// `group { … }`
    Group,
    /// `+5 for each …`, `points … for each …`
    ForEach,
    /// `+5 for every …`
    ForEvery,
    /// `+5 when …`, `points … by …`, `+5`
    Rule,
}

/// `once per day`
#[derive(Debug, Clone, Copy)]
pub(super) struct AtMost<'a> {
    pub times: Option<&'a Expr>,
    pub scope: &'a LimitScope,
}

/// One slot for each kind of clause.
#[derive(Debug, Clone, Default)]
pub(super) struct Clauses<'a> {
    pub starting_at: Option<&'a Expr>,
    pub from: Option<&'a Expr>,
    pub to: Option<&'a Expr>,
    pub rounded_to: Option<&'a Expr>,
    pub when: Option<&'a Expr>,
    pub choice: Option<Choice>,
    /// The digits before `%`
    pub counts: Option<(&'a str, Span)>,
    pub no_higher: Option<&'a Expr>,
    pub no_lower: Option<&'a Expr>,
    pub counting_since: Option<&'a Which>,
    /// `… per` and `in any` as written, then the plain one
    pub at_most: Vec<AtMost<'a>>,
    pub decay: Option<&'a Decay>,
    pub after: Option<&'a Duration>,
    pub counting_from: Option<&'a Expr>,
}

/// Sorts clauses into their slots.
pub(super) fn gather<'a>(findings: &mut Findings, written: &'a [Spanned<Clause>], holder: Holder) -> Clauses<'a> {
    let mut clauses = Clauses::default();
    let mut seen: Vec<(std::mem::Discriminant<Clause>, Span)> = Vec::new();
    let mut plain = None;
    for clause in written {
        let word = word(&clause.node);
        if !fits(holder, &clause.node) {
            misfit(findings, holder, clause, word);
            continue;
        }
        let may_repeat = matches!(&clause.node, Clause::AtMost { scope, .. } if *scope != LimitScope::Plain);
        let kind = std::mem::discriminant(&clause.node);
        if let Some((_, first)) = seen.iter().find(|(other, _)| *other == kind && !may_repeat) {
            findings.add(
                Diagnostic::error(
                    code::CLAUSE_TWICE,
                    clause.span,
                    format!("here is `{word}` after another of its kind"),
                )
                .also(*first, "the first one is here")
                .help("keep one of the two"),
            );
            continue;
        }
        if !may_repeat {
            seen.push((kind, clause.span));
        }
        clauses.put(clause, &mut plain);
    }
    clauses.at_most.extend(plain);
    clauses
}

impl<'a> Clauses<'a> {
    fn put(&mut self, clause: &'a Spanned<Clause>, plain: &mut Option<AtMost<'a>>) {
        match &clause.node {
            Clause::StartingAt(expr) => self.starting_at = Some(expr),
            Clause::From(expr) => self.from = Some(expr),
            Clause::To(expr) => self.to = Some(expr),
            Clause::RoundedTo(expr) => self.rounded_to = Some(expr),
            Clause::When(expr) => self.when = Some(expr),
            Clause::Choice(choice) => self.choice = Some(*choice),
            Clause::Counts(digits) => self.counts = Some((digits, clause.span)),
            Clause::NoHigher(expr) => self.no_higher = Some(expr),
            Clause::NoLower(expr) => self.no_lower = Some(expr),
            Clause::CountingSinceLast(which) => self.counting_since = Some(which),
            Clause::AtMost { times, scope } => {
                let limit = AtMost { times: times.as_ref(), scope };
                if *scope == LimitScope::Plain {
                    *plain = Some(limit);
                } else {
                    self.at_most.push(limit);
                }
            }
            Clause::Decay(decay) => self.decay = Some(decay),
            Clause::After(duration) => self.after = Some(duration),
            Clause::CountingFrom(expr) => self.counting_from = Some(expr),
        }
    }
}

/// The words that a clause begins with.
fn word(clause: &Clause) -> &'static str {
    match clause {
        Clause::StartingAt(_) => "starting at",
        Clause::From(_) => "from",
        Clause::To(_) => "to",
        Clause::RoundedTo(_) => "rounded to",
        Clause::When(_) => "when",
        Clause::Choice(Choice::FirstMatch) => "first match only",
        Clause::Choice(Choice::Highest) => "highest only",
        Clause::Choice(Choice::Lowest) => "lowest only",
        Clause::Counts(_) => "counts",
        Clause::NoHigher(_) => "no higher than",
        Clause::NoLower(_) => "no lower than",
        Clause::CountingSinceLast(_) => "counting since last",
        Clause::AtMost { times: None, .. } => "once",
        Clause::AtMost { times: Some(_), .. } => "at most",
        Clause::Decay(Decay::None) => "no decay",
        Clause::Decay(Decay::Curve(_)) => "decay",
        Clause::After(_) => "after",
        Clause::CountingFrom(_) => "counting from",
    }
}

fn fits(holder: Holder, clause: &Clause) -> bool {
    match clause {
        Clause::From(_) | Clause::To(_) | Clause::RoundedTo(_) => matches!(holder, Holder::Score | Holder::Derived),
        Clause::StartingAt(_) => holder == Holder::Score,
        Clause::When(_) | Clause::CountingSinceLast(_) => matches!(holder, Holder::Score | Holder::Group),
        Clause::Choice(_) | Clause::Counts(_) => holder == Holder::Group,
        Clause::NoHigher(_) | Clause::NoLower(_) => !matches!(holder, Holder::Score | Holder::Derived),
        Clause::AtMost { .. } => holder == Holder::ForEach,
        Clause::Decay(_) => matches!(holder, Holder::Score | Holder::Group | Holder::ForEach),
        Clause::After(_) | Clause::CountingFrom(_) => holder == Holder::ForEvery,
    }
}

fn misfit(findings: &mut Findings, holder: Holder, clause: &Spanned<Clause>, word: &str) {
    let occurrences = matches!(clause.node, Clause::AtMost { .. } | Clause::Decay(_));
    let points = |expr: &Expr, findings: &Findings| findings.expr(expr);
    let help = match (&clause.node, holder) {
        (Clause::NoHigher(limit), Holder::Score | Holder::Derived) => {
            format!("limit a score with `to {}`", points(limit, findings))
        }
        (Clause::NoLower(limit), Holder::Score | Holder::Derived) => {
            format!("limit a score with `from {}`", points(limit, findings))
        }
        (Clause::To(limit), _) => format!("write `no higher than {} points`", points(limit, findings)),
        (Clause::From(limit), _) => format!("write `no lower than {} points`", points(limit, findings)),
        (Clause::StartingAt(_), Holder::Derived) => "add the number to the expression instead".to_owned(),
        (Clause::When(_), Holder::Derived) => {
            "remove it; a derived score is missing where one of its parts is missing".to_owned()
        }
        (Clause::AtMost { .. }, Holder::Score | Holder::Group | Holder::Derived) => {
            format!("write `{}` at the rules whose events it limits", findings.text(clause.span))
        }
        (Clause::AtMost { .. } | Clause::Decay(_), Holder::ForEvery | Holder::Rule) => {
            "remove it, or give points for events: `for each EVENT`".to_owned()
        }
        (Clause::After(_) | Clause::CountingFrom(_), _) => {
            format!("`{word}` belongs to a rule with `for every … without`; remove it here")
        }
        (Clause::Decay(_) | Clause::CountingSinceLast(_), Holder::Derived) => {
            format!("write `{}` at the scores that this one is made of", findings.text(clause.span))
        }
        (Clause::CountingSinceLast(_), _) => {
            let window = findings.text(clause.span);
            format!("write `{}` behind the event", window.strip_prefix("counting ").unwrap_or(&window))
        }
        (Clause::RoundedTo(_) | Clause::StartingAt(_), _) => format!("write `{word}` at the score"),
        (Clause::Choice(_) | Clause::Counts(_), _) => {
            format!("put the rules into a `group {} {{ … }}`", findings.text(clause.span))
        }
        _ => "remove it".to_owned(),
    };
    let place = match holder {
        Holder::Score => "a score",
        Holder::Derived => "a derived score",
        Holder::Group => "a group",
        Holder::ForEach => "a rule with `for each`",
        Holder::ForEvery => "a rule with `for every`",
        Holder::Rule => "a rule without `for each`",
    };
    let (code, message) = if occurrences && matches!(holder, Holder::Rule | Holder::ForEvery) {
        (code::OCCURRENCES_NEEDED, format!("`{word}` is about occurrences of an event, and {place} has none"))
    } else {
        (code::CLAUSE_MISFIT, format!("{place} takes no `{word}`"))
    };
    findings.error(code, clause.span, message, help);
}
