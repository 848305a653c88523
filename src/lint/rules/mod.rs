//! One lint a file, and one line of [`LINTS`] each. Codes by category: `reach` from S101, `overlap` from S201, `time`
//! from S301, `text` from S401, `missing` from S501, `shape` from S601, `privacy` from S701, `data` from S801.
//! S69. are about allowances.

mod allowance_without_reason;
mod always_fires;
mod band_almost_empty;
mod empty_group;
mod event_not_in_data;
mod field_always_missing;
mod fires_together;
mod hides_lead_field;
mod leaks_the_outcome;
mod never_fires;
mod never_true;
mod new_picklist_value;
mod no_consent_gate;
mod no_label;
mod no_negative_rule;
mod no_threshold;
mod opens_outweigh_intent;
mod sensitive_field;
mod threshold_share;
mod too_many_rules;
mod unclear_name;
mod unknown_lint;
mod unneeded_allowance;
mod untested_rule;
mod untested_threshold;
mod unused;
mod value_not_in_data;
mod weights_not_100;
mod zero_points;

use super::Lint;
#[cfg(test)]
pub(super) use never_true::NEVER_TRUE;

/// All lints, by code.
#[rustfmt::skip]
pub static LINTS: &[&Lint] = &[
    &never_true::NEVER_TRUE,
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
