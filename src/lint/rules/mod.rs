//! One lint a file, and one line of [`LINTS`] each. Codes by category: `reach` from S101, `overlap` from S201, `time`
//! from S301, `text` from S401, `missing` from S501, `shape` from S601, `privacy` from S701, `data` from S801.
//! S69. are about allowances.

mod allowance_without_reason;
mod always_met_threshold;
mod always_true;
mod cancelling_rules;
mod counted_twice;
mod duplicate_rule;
mod duplicate_value;
mod limit_always_reached;
mod limit_never_reached;
mod never_true;
mod one_rule_qualifies;
mod penalty_too_small;
mod qualifies_without;
mod score_limit_cuts;
mod score_may_be_missing;
mod shadowed_rule;
mod subsumed_rule;
mod unknown_lint;
mod unneeded_allowance;
mod unreachable_band;
mod unreachable_cell;
mod unreachable_threshold;
mod until_never_holds;
mod until_overlaps_when;

use super::Lint;
#[cfg(test)]
pub(super) use never_true::NEVER_TRUE;

/// All lints, by code.
#[rustfmt::skip]
pub static LINTS: &[&Lint] = &[
    &never_true::NEVER_TRUE,
    &always_true::ALWAYS_TRUE,
    &unreachable_threshold::UNREACHABLE_THRESHOLD,
    &always_met_threshold::ALWAYS_MET_THRESHOLD,
    &unreachable_band::UNREACHABLE_BAND,
    &unreachable_cell::UNREACHABLE_CELL,
    &shadowed_rule::SHADOWED_RULE,
    &limit_never_reached::LIMIT_NEVER_REACHED,
    &limit_always_reached::LIMIT_ALWAYS_REACHED,
    &score_limit_cuts::SCORE_LIMIT_CUTS,
    &until_never_holds::UNTIL_NEVER_HOLDS,
    &until_overlaps_when::UNTIL_OVERLAPS_WHEN,
    &one_rule_qualifies::ONE_RULE_QUALIFIES,
    &qualifies_without::QUALIFIES_WITHOUT,
    &penalty_too_small::PENALTY_TOO_SMALL,
    &score_may_be_missing::SCORE_MAY_BE_MISSING,
    &duplicate_rule::DUPLICATE_RULE,
    &subsumed_rule::SUBSUMED_RULE,
    &counted_twice::COUNTED_TWICE,
    &cancelling_rules::CANCELLING_RULES,
    &duplicate_value::DUPLICATE_VALUE,
    &unneeded_allowance::UNNEEDED_ALLOWANCE,
    &allowance_without_reason::ALLOWANCE_WITHOUT_REASON,
    &unknown_lint::UNKNOWN_LINT,
];
