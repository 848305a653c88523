//! What an author most likely did wrong, told from the words around the place where understanding stopped.
//!
//! Each file knows one family of mistakes. They are asked in order, the most certain first; the last answer is always
//! one: how far the text was understood, and what may stand there.

mod amounts;
mod clauses;
mod comparisons;
mod fallback;
mod filters;
mod habits;
mod joined;
mod lines;
mod names;
mod phrases;
pub(super) mod place;
mod points;
mod quotes;
mod stop;
mod symbols;

pub(super) use fallback::unknown_item;
pub(super) use joined::mixed_and_or;
pub(super) use place::Place;
pub(super) use stop::Stop;

use crate::diagnostics::Diagnostic;

/// All who may know the mistake.
const KNOWN: &[fn(&Stop) -> Option<Diagnostic>] = &[
    names::reserved,
    filters::joined_without_parentheses,
    filters::without_parentheses,
    quotes::around_address,
    quotes::around_choices,
    names::of_several_words,
    phrases::in_other_words,
    points::without_sign,
    points::misplaced_then,
    points::label_before_points,
    points::without_number,
    habits::rows_without_block,
    habits::sign_after_name,
    habits::range_in_row,
    habits::name_with_sign,
    amounts::below_zero,
    amounts::percent,
    symbols::foreign_sign,
    comparisons::of_words,
    clauses::of_programs,
    habits::elapsed_time,
    habits::chained_comparison,
    habits::other_each,
    amounts::duration,
    amounts::quoted_date,
    lines::two_on_one,
    comparisons::foreign_word,
    quotes::around_value,
    habits::missing_when,
    habits::missing_comma,
    habits::missing_comparison,
    clauses::misspelt_value,
    clauses::misspelt,
    phrases::split_name,
    quotes::around_label,
    clauses::elsewhere,
];

/// The one thing to say about an item that could not be read.
pub(super) fn explain(stop: &Stop) -> Diagnostic {
    KNOWN.iter().find_map(|known| known(stop)).unwrap_or_else(|| fallback::not_understood(stop))
}
