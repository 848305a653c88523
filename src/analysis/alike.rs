//! Classes of a variable that make no difference to anything else: one of them stands for all.

use super::domain::Sample;
use super::estimate::Estimate;
use super::graph::Variable;
use super::query::Query;
use super::standing::Standing;
use crate::value::Value;

/// A class, and whether no value of it is known.
pub(super) type Class = (usize, bool);

/// Of each variable its classes without those that are like an earlier one to `targets`, in order.
///
/// What reads one variable alone is settled with its class; all else sees of the class what such nodes come to. Counts
/// are left as they are, and so are answers and what is missing: whether events fit depends on these by themselves.
pub(super) fn distinct_classes(query: &Query, standing: &mut Standing<'_>, targets: &[usize]) -> Vec<Vec<Class>> {
    let mut readers = vec![0_usize; query.nodes.len()];
    for place in (0..query.variables.len()).flat_map(|variable| query.dependents(variable)) {
        readers.get_mut(*place).into_iter().for_each(|readers| *readers += 1);
    }
    let reads_one = |place: &usize| readers.get(*place) == Some(&1);
    let classes = |(variable, of): (usize, &Variable)| {
        let dependents = query.dependents(variable);
        let others = dependents.iter().filter(|place| !reads_one(place)).flat_map(|place| query.parts(*place));
        let seen = others.chain(targets).filter(|place| reads_one(place) && dependents.binary_search(place).is_ok());
        let seen: Vec<usize> = seen.copied().collect();
        let mut met: Vec<(bool, Vec<Estimate>)> = Vec::new();
        let mut distinct = Vec::new();
        for (class, sample) in query.samples(variable).iter().enumerate() {
            let is_unseen = *sample == Sample::Unseen;
            if matches!(of, Variable::Field(_)) && !matches!(sample, Sample::Missing | Sample::Value(Value::YesNo(_))) {
                standing.choose(variable, Some(class));
                let shows = (is_unseen, seen.iter().map(|place| standing.at(*place)).collect());
                if met.contains(&shows) {
                    continue;
                }
                met.push(shows);
            }
            distinct.push((class, is_unseen));
        }
        standing.choose(variable, None);
        distinct
    };
    query.variables.iter().enumerate().map(classes).collect()
}
