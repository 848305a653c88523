//! Many phrases looked for at once.

use super::mentions;
use crate::value::stands_alone;
use aho_corasick::AhoCorasick;

/// Words and phrases, folded, as [`super::words`] leaves them.
#[derive(Debug, Clone)]
pub struct Phrases {
    pub all: Vec<String>,
    /// `None` where there are too many for it
    finder: Option<AhoCorasick>,
}

impl Phrases {
    pub fn new(all: Vec<String>) -> Phrases {
        let finder = AhoCorasick::new(&all).ok();
        Phrases { all, finder }
    }

    /// Whether one of them stands in the words of a name.
    pub fn are_in(&self, name: &str) -> bool {
        match &self.finder {
            Some(finder) => {
                finder.find_overlapping_iter(name).any(|found| stands_alone(name, found.start(), found.end()))
            }
            None => mentions(name, &self.all),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Phrases;

    #[test]
    fn whole_words_even_inside_others() {
        let phrases = Phrases::new(["age", "date of birth", "birth"].map(str::to_owned).to_vec());
        assert!(phrases.are_in("page or age"));
        assert!(phrases.are_in("my date of birth"));
        assert!(phrases.are_in("place of birth"));
        assert!(!phrases.are_in("stage"));
        assert!(!Phrases::new(Vec::new()).are_in("age"));
    }
}
