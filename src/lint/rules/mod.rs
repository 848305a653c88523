//! One lint a file, and one line of [`LINTS`] each. Codes by category: `reach` from S101, `overlap` from S201, `time`
//! from S301, `text` from S401, `missing` from S501, `shape` from S601, `privacy` from S701, `data` from S801.
//! S69. are about allowances.

mod allowance_without_reason;
mod article_hides_word;
mod calendar_or_rolling;
mod case_only_difference;
mod compares_missing;
mod does_not_fade;
mod expired_rule;
mod flapping_threshold;
mod hidden_character;
mod holds_when_missing;
mod idle_without_limit;
mod mixed_script_name;
mod never_fades;
mod never_true;
mod otherwise_covers_missing;
mod part_of_word;
mod pattern_too_broad;
mod regex_not_needed;
mod review_due;
mod space_at_edge;
mod unknown_lint;
mod unlike_any_value;
mod unlimited_rule;
mod unneeded_allowance;
mod window_beats_decay;

use super::Lint;
#[cfg(test)]
pub(super) use never_true::NEVER_TRUE;

/// All lints, by code.
#[rustfmt::skip]
pub static LINTS: &[&Lint] = &[
    &never_true::NEVER_TRUE,
    &never_fades::NEVER_FADES,
    &unlimited_rule::UNLIMITED_RULE,
    &window_beats_decay::WINDOW_BEATS_DECAY,
    &idle_without_limit::IDLE_WITHOUT_LIMIT,
    &calendar_or_rolling::CALENDAR_OR_ROLLING,
    &does_not_fade::DOES_NOT_FADE,
    &flapping_threshold::FLAPPING_THRESHOLD,
    &expired_rule::EXPIRED_RULE,
    &review_due::REVIEW_DUE,
    &part_of_word::PART_OF_WORD,
    &case_only_difference::CASE_ONLY_DIFFERENCE,
    &space_at_edge::SPACE_AT_EDGE,
    &pattern_too_broad::PATTERN_TOO_BROAD,
    &regex_not_needed::REGEX_NOT_NEEDED,
    &unlike_any_value::UNLIKE_ANY_VALUE,
    &mixed_script_name::MIXED_SCRIPT_NAME,
    &hidden_character::HIDDEN_CHARACTER,
    &article_hides_word::ARTICLE_HIDES_WORD,
    &holds_when_missing::HOLDS_WHEN_MISSING,
    &otherwise_covers_missing::OTHERWISE_COVERS_MISSING,
    &compares_missing::COMPARES_MISSING,
    &unneeded_allowance::UNNEEDED_ALLOWANCE,
    &allowance_without_reason::ALLOWANCE_WITHOUT_REASON,
    &unknown_lint::UNKNOWN_LINT,
];
