//! Classes of a variable that make no difference to anything else: one of them stands for all.

use super::domain::Sample;
use super::estimate::Estimate;
use super::graph::Variable;
use super::query::Query;
use super::settled::Settled;
use crate::value::Value;

/// A class, and whether no value of it is known.
pub(super) type Class = (usize, bool);

/// The classes of a variable without those that are like an earlier one, in order.
///
/// What reads the variable alone is settled with its class; all else sees of the class what such nodes come to. Counts
/// are left as they are, and so are answers and what is missing: whether events fit depends on these by themselves.
pub(super) fn distinct_classes(query: &Query, variable: usize, settled: &Settled) -> Vec<Class> {
    let is_field = matches!(query.variables.get(variable), Some(Variable::Field(_)));
    let mut met: Vec<(bool, &[Estimate])> = Vec::new();
    let mut distinct = Vec::new();
    for (class, sample) in query.samples(variable).iter().enumerate() {
        let is_unseen = *sample == Sample::Unseen;
        if is_field && !matches!(sample, Sample::Missing | Sample::Value(Value::YesNo(_))) {
            let shows = (is_unseen, settled.row(Some(class)));
            if met.contains(&shows) {
                continue;
            }
            met.push(shows);
        }
        distinct.push((class, is_unseen));
    }
    distinct
}
