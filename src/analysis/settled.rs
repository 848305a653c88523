//! What is settled with the class of one variable: a search that comes to the class again looks it up.
//!
//! A node that reads one variable alone comes to the same whenever a class of it is chosen. So does the sum of the terms
//! of that kind: one number by class, however many they are.

use super::estimate::Estimate;
use super::far::Far;
use super::search::Placed;
use super::standing::Standing;
use std::rc::Rc;

/// What the nodes come to that read one variable alone, by its class.
pub(super) struct Settled {
    /// Places of those that something else looks at: first those that goals or other nodes do, then terms
    places: Vec<usize>,
    /// So many of the places are those of goals and of parts of other nodes
    inner: usize,
    /// What they come to where no class is chosen, then by class: one row behind the other
    values: Vec<Estimate>,
    /// The nodes that change with the variable and read others as well, in order
    pub shared: Vec<usize>,
}

/// How far the sum of the terms goes that read one variable alone, by its class.
#[derive(Default)]
pub(super) struct Lump {
    /// Where no class is chosen, then by class; and whether that is settled
    sums: Vec<(Far, bool)>,
    /// Of so many terms
    pub terms: usize,
}

impl Settled {
    /// Of all variables of a query, while none is chosen; goals and terms are looked at.
    pub fn all(standing: &mut Standing<'_>, goals: &[Placed], terms: &[Placed]) -> Rc<[Settled]> {
        let variables = 0..standing.query().variables.len();
        variables.map(|variable| Settled::new(standing, variable, goals, terms)).collect()
    }

    /// Every class of the variable is chosen once; then none.
    fn new(standing: &mut Standing<'_>, variable: usize, goals: &[Placed], terms: &[Placed]) -> Settled {
        let query = standing.query();
        let dependents = query.dependents(variable);
        let (alone, shared): (Vec<usize>, Vec<usize>) = dependents.iter().partition(|place| query.reads_one(**place));
        let is_alone = |place: &usize| alone.binary_search(place).is_ok();
        let parts = shared.iter().flat_map(|place| query.parts(*place)).copied();
        let mut places = distinct(parts.chain(goals.iter().map(|(goal, _)| *goal)).filter(is_alone));
        let inner = places.len();
        let terms = distinct(terms.iter().map(|(term, _)| *term).filter(is_alone));
        let only_terms: Vec<usize> = terms.into_iter().filter(|term| places.binary_search(term).is_err()).collect();
        places.extend(only_terms);
        let values = Vec::with_capacity(places.len() * (1 + query.classes(variable).len()));
        let mut settled = Settled { places, inner, values, shared };
        for class in std::iter::once(None).chain(query.classes(variable).map(Some)) {
            standing.choose_for(variable, class, &alone);
            settled.values.extend(settled.places.iter().map(|place| standing.at(*place)));
        }
        standing.choose_for(variable, None, &alone);
        settled
    }

    /// All that a class settles, where anything looks at it.
    pub fn row(&self, class: Option<usize>) -> &[Estimate] {
        let start = row(class) * self.places.len();
        self.values.get(start..start + self.places.len()).unwrap_or_default()
    }

    /// Places of goals and of parts of other nodes, with what each comes to.
    pub fn inner(&self, class: Option<usize>) -> impl Iterator<Item = (usize, Estimate)> {
        self.places.iter().take(self.inner).copied().zip(self.row(class).iter().copied())
    }

    /// The sum of terms that are among these nodes. `far` says how far one goes, and whether that is settled.
    pub fn lump(&self, terms: &[Placed], far: impl Fn(Estimate, bool) -> (Far, bool)) -> Lump {
        let column = |(term, adds): &Placed| Some((self.places.iter().position(|place| place == term)?, *adds));
        let columns: Vec<(usize, bool)> = terms.iter().filter_map(column).collect();
        let sum = |row: &[Estimate]| {
            let values = columns.iter().filter_map(|(column, adds)| Some(far(*row.get(*column)?, *adds)));
            values.fold((Far::default(), true), |(sum, is_settled), (far, settles)| {
                (sum.plus(far), is_settled && settles)
            })
        };
        let sums = self.values.chunks(self.places.len().max(1)).map(sum).collect();
        Lump { sums, terms: columns.len() }
    }
}

impl Lump {
    /// How far it goes with a class, and whether that is settled.
    pub fn of(&self, class: Option<usize>) -> (Far, bool) {
        self.sums.get(row(class)).copied().unwrap_or((Far::default(), true))
    }
}

/// Where the row of a class is.
fn row(class: Option<usize>) -> usize {
    class.map_or(0, |class| class + 1)
}

fn distinct(places: impl Iterator<Item = usize>) -> Vec<usize> {
    let mut places: Vec<usize> = places.collect();
    places.sort_unstable();
    places.dedup();
    places
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::Analysis;
    use crate::analysis::query::Query;
    use crate::analysis::tests::{AS_OF, compile};
    use crate::model::ScoreId;

    /// One rule reads one field, another one the other, a third both.
    #[test]
    fn what_is_looked_up_is_what_would_be_worked_out() {
        let rules = "+2 when age < 30\n+3 when age < 50 and employees > 9\n+5 when employees > 20";
        let model = compile(&format!("score fit {{\n{rules}\n}}"));
        let analysis = Analysis::new(&model, AS_OF);
        let score = analysis.graph.borrow_mut().score(ScoreId(0), true);
        let query = Query::new(&analysis, &[score]);
        let (mut worked_out, mut looked_up) = (query.standing(), query.standing());
        looked_up.settle(Settled::all(&mut query.standing(), &query.placed(&[(score, true)]), &[]));
        let classes = |variable: usize| query.classes(variable).map(Some).chain([None]);
        for choice in classes(0).flat_map(|one| classes(1).map(move |other| [one, other])) {
            for standing in [&mut worked_out, &mut looked_up] {
                choice.into_iter().enumerate().for_each(|(variable, class)| standing.choose(variable, class));
            }
            assert_eq!(looked_up.at(query.place(score)), worked_out.at(query.place(score)), "{choice:?}");
        }
    }
}
