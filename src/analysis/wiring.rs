//! How the nodes of a query hang together: what each is made of, and which change with a variable.

use super::query::Place;

/// By places in a query, in whose order parts stand before what is made of them.
#[derive(Default)]
pub(super) struct Wiring {
    /// Of each node its parts
    parts: Lists,
    /// By node whether it reads one variable, and no other
    reads_one: Vec<bool>,
    /// For each variable its leaves and all that is made of them, in order
    dependents: Lists,
    /// For each variable how many steps it is to choose a class of it
    work: Vec<usize>,
}

/// Lists of places, one behind the other.
#[derive(Default)]
struct Lists {
    places: Vec<usize>,
    /// Where each list ends
    ends: Vec<usize>,
}

impl Lists {
    fn of(&self, list: usize) -> &[usize] {
        let start = list.checked_sub(1).and_then(|before| self.ends.get(before)).copied().unwrap_or(0);
        let end = self.ends.get(list).copied().unwrap_or(start);
        self.places.get(start..end).unwrap_or_default()
    }
}

impl Wiring {
    /// `place_of` says where a node of the model's graph is.
    pub fn new(nodes: &[Place], place_of: &dyn Fn(usize) -> usize, variables: usize) -> Wiring {
        let mut parts = Lists { places: Vec::with_capacity(2 * nodes.len()), ends: Vec::with_capacity(nodes.len()) };
        for node in nodes {
            node.each_part(&mut |part| parts.places.push(place_of(part)));
            parts.ends.push(parts.places.len());
        }
        let (words, read) = variables_read(nodes, &parts, variables);
        let variables_of = |place: usize| {
            let bits = read.get(place * words..(place + 1) * words).unwrap_or_default();
            bits.iter().enumerate().flat_map(|(word, bits)| set_bits(word, *bits))
        };
        let (mut counts, mut work) = (vec![0; variables], vec![1; variables]);
        let mut reads_one = Vec::with_capacity(nodes.len());
        for place in 0..nodes.len() {
            let steps = 1 + parts.of(place).len();
            let mut read = 0;
            for variable in variables_of(place) {
                read += 1;
                counts.get_mut(variable).into_iter().for_each(|count| *count += 1);
                work.get_mut(variable).into_iter().for_each(|work| *work += steps);
            }
            reads_one.push(read == 1);
        }
        // Each list is filled from its start; then it ends where it has come to.
        let mut places = vec![0; counts.iter().sum()];
        let starts = counts.iter().scan(0, |end, count| Some(std::mem::replace(end, *end + count)));
        let mut ends: Vec<usize> = starts.collect();
        for (place, variable) in (0..nodes.len()).flat_map(|place| variables_of(place).map(move |of| (place, of))) {
            if let Some(end) = ends.get_mut(variable) {
                places.get_mut(*end).into_iter().for_each(|slot| *slot = place);
                *end += 1;
            }
        }
        Wiring { parts, reads_one, dependents: Lists { places, ends }, work }
    }

    /// The places of the nodes that a node is made of.
    pub fn parts(&self, place: usize) -> &[usize] {
        self.parts.of(place)
    }

    /// The places of the nodes that change with a variable, in order.
    pub fn dependents(&self, variable: usize) -> &[usize] {
        self.dependents.of(variable)
    }

    /// Whether a node reads one variable, and no other.
    pub fn reads_one(&self, place: usize) -> bool {
        self.reads_one.get(place).copied().unwrap_or_default()
    }

    /// How many steps it is to choose a class of a variable.
    pub fn work(&self, variable: usize) -> usize {
        self.work.get(variable).copied().unwrap_or(1)
    }
}

/// By node the variables that it reads: so many words a node, in them a bit for each variable.
fn variables_read(nodes: &[Place], parts: &Lists, variables: usize) -> (usize, Vec<u64>) {
    let words = variables.div_ceil(64);
    let mut read = vec![0_u64; words * nodes.len()];
    for (place, node) in nodes.iter().enumerate() {
        let (before, own) = read.split_at_mut(place * words);
        if let Place::Leaf(variable, _) = node {
            own.get_mut(variable / 64).into_iter().for_each(|word| *word |= 1 << (variable % 64));
        }
        for part in parts.of(place) {
            let part = before.get(part.saturating_mul(words)..).unwrap_or_default();
            own.iter_mut().zip(part).take(words).for_each(|(own, part)| *own |= part);
        }
    }
    (words, read)
}

/// The numbers of the bits that are set in a word of a row of them, from the lowest on.
fn set_bits(word: usize, bits: u64) -> impl Iterator<Item = usize> {
    let rest = std::iter::successors(Some(bits), |bits| Some(bits & bits.wrapping_sub(1)));
    rest.take_while(|bits| *bits != 0).map(move |bits| word * 64 + bits.trailing_zeros() as usize)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::graph::Node;
    use std::rc::Rc;

    #[test]
    fn what_changes_with_a_variable() {
        // 0 and 1 are the variables, 2 is made of the first, 3 of both.
        let node = |node| Place::Node(Rc::new(node), None);
        let nodes = [Place::Leaf(0, 0), Place::Leaf(1, 0), node(Node::Not(0)), node(Node::All(vec![2, 1]))];
        let wiring = Wiring::new(&nodes, &|node| node, 2);
        assert_eq!(wiring.dependents(0), [0, 2, 3]);
        assert_eq!(wiring.dependents(1), [1, 3]);
        // A step for each, and one for each of their parts: 1 + 1 + 2 + 3.
        assert_eq!(wiring.work(0), 7);
        assert_eq!(wiring.parts(3), [2, 1]);
        assert_eq!([2, 3].map(|place| wiring.reads_one(place)), [true, false]);
    }

    #[test]
    fn bits_by_their_numbers() {
        assert_eq!(set_bits(1, 0b1001).collect::<Vec<_>>(), [64, 67]);
    }
}
