//! One lint a file, and one line of [`LINTS`] each. Codes by category: `reach` from S101, `overlap` from S201, `time`
//! from S301, `text` from S401, `missing` from S501, `shape` from S601, `privacy` from S701, `data` from S801.
//! S69. are about allowances.

mod allowance_without_reason;
mod always_fires;
mod always_met_threshold;
mod always_true;
mod article_hides_word;
mod band_almost_empty;
mod calendar_or_rolling;
mod cancelling_rules;
mod case_only_difference;
mod compares_missing;
mod counted_twice;
mod does_not_fade;
mod duplicate_rule;
mod duplicate_value;
mod empty_group;
mod event_not_in_data;
mod expired_rule;
mod field_always_missing;
mod fires_together;
mod flapping_threshold;
mod hidden_character;
mod hides_lead_field;
mod holds_when_missing;
mod idle_without_limit;
mod leaks_the_outcome;
mod limit_always_reached;
mod limit_never_reached;
mod mixed_script_name;
mod never_fades;
mod never_fires;
mod never_true;
mod new_picklist_value;
mod no_consent_gate;
mod no_label;
mod no_negative_rule;
mod no_threshold;
mod one_rule_qualifies;
mod opens_outweigh_intent;
mod otherwise_covers_missing;
mod part_of_word;
mod pattern_too_broad;
mod penalty_too_small;
mod qualifies_without;
mod regex_not_needed;
mod review_due;
mod score_limit_cuts;
mod score_may_be_missing;
mod sensitive_field;
mod shadowed_rule;
mod space_at_edge;
mod subsumed_rule;
mod threshold_share;
mod too_many_rules;
mod unclear_name;
mod unknown_lint;
mod unlike_any_value;
mod unlimited_rule;
mod unneeded_allowance;
mod unreachable_band;
mod unreachable_cell;
mod unreachable_threshold;
mod untested_rule;
mod untested_threshold;
mod until_never_holds;
mod until_overlaps_when;
mod unused;
mod value_not_in_data;
mod weights_not_100;
mod window_beats_decay;
mod zero_points;

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
    &unused::UNUSED,
    &no_label::NO_LABEL,
    &hides_lead_field::HIDES_LEAD_FIELD,
    &opens_outweigh_intent::OPENS_OUTWEIGH_INTENT,
    &unclear_name::UNCLEAR_NAME,
    &weights_not_100::WEIGHTS_NOT_100,
    &no_negative_rule::NO_NEGATIVE_RULE,
    &no_threshold::NO_THRESHOLD,
    &untested_rule::UNTESTED_RULE,
    &untested_threshold::UNTESTED_THRESHOLD,
    &empty_group::EMPTY_GROUP,
    &zero_points::ZERO_POINTS,
    &too_many_rules::TOO_MANY_RULES,
    &unneeded_allowance::UNNEEDED_ALLOWANCE,
    &allowance_without_reason::ALLOWANCE_WITHOUT_REASON,
    &unknown_lint::UNKNOWN_LINT,
    &sensitive_field::SENSITIVE_FIELD,
    &no_consent_gate::NO_CONSENT_GATE,
    &never_fires::NEVER_FIRES,
    &always_fires::ALWAYS_FIRES,
    &value_not_in_data::VALUE_NOT_IN_DATA,
    &field_always_missing::FIELD_ALWAYS_MISSING,
    &new_picklist_value::NEW_PICKLIST_VALUE,
    &fires_together::FIRES_TOGETHER,
    &band_almost_empty::BAND_ALMOST_EMPTY,
    &event_not_in_data::EVENT_NOT_IN_DATA,
    &leaks_the_outcome::LEAKS_THE_OUTCOME,
    &threshold_share::THRESHOLD_SHARE,
];
