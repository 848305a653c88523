//! A text machine answers as each test by itself does.

use crate::model::TextRelation;
use crate::plan::TextTests;
use crate::plan::ask::relates;
use crate::plan::sets::Sets;
use crate::plan::tree::{Test, Tree};
use crate::value::{Glob, Text};
use proptest::prelude::*;
use regex::{Regex, RegexBuilder};
use std::collections::{BTreeSet, HashMap};
use std::sync::LazyLock;

const PATTERNS: [&str; 4] = ["a+b", "^b", "(?-i)A", "c$"];

static REGEXES: LazyLock<HashMap<String, Regex>> = LazyLock::new(|| {
    let built = |pattern: &str| RegexBuilder::new(pattern).case_insensitive(true).build().unwrap();
    PATTERNS.iter().map(|pattern| ((*pattern).to_owned(), built(pattern))).collect()
});

/// One written test: which one, and its operands.
fn tests() -> impl Strategy<Value = (u8, Vec<String>)> {
    (0u8..8, prop::collection::vec("[ab -]{0,2}[abcA]", 1..4))
}

fn test(sets: &mut Sets, (which, operands): &(u8, Vec<String>)) -> Test {
    let folded: BTreeSet<String> = operands.iter().map(|operand| crate::value::fold(operand)).collect();
    let part = |relation, sets: &mut Sets| Test::Part(relation, sets.of(folded.clone()));
    match which {
        0 => Test::Is(sets.of(folded)),
        1 => part(TextRelation::Contains, sets),
        2 => part(TextRelation::Mentions, sets),
        3 => part(TextRelation::StartsWith, sets),
        4 => part(TextRelation::EndsWith, sets),
        5 => Test::Glob(format!("*{}?", folded.first().unwrap())),
        6 => Test::LooksRandom,
        _ => Test::Regex(PATTERNS[operands.len() % PATTERNS.len()].to_owned()),
    }
}

fn passes(text: &Text, test: &Test, sets: &Sets) -> bool {
    match test {
        Test::Is(set) => sets.values(*set).contains(text.folded.as_str()),
        Test::Part(relation, set) => sets.values(*set).iter().any(|part| relates(&text.folded, *relation, part)),
        Test::Glob(pattern) => Glob::new(pattern).unwrap().matches(&text.folded),
        Test::Regex(pattern) => REGEXES[pattern].is_match(&text.given),
        Test::LooksRandom => crate::value::looks_random(&text.given),
        Test::Number(..) | Test::Date(..) | Test::YesNo(_) => false,
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn as_each_test_by_itself(written in prop::collection::vec(tests(), 1..12), texts in prop::collection::vec("[ab -]{0,5}[abcA]", 1..6)) {
        let mut sets = Sets::default();
        let tests: Vec<Test> = written.iter().map(|written| test(&mut sets, written)).collect();
        let single = tests.iter().cloned().map(Tree::Test);
        let joined = tests.windows(3).map(|three| {
            let [one, two, three] = [0, 1, 2].map(|at| Tree::Test(three[at].clone()));
            Tree::any(vec![Tree::all(vec![one, two.negate()]), three])
        });
        let trees: Vec<Tree> = single.chain(joined).chain([Tree::Known, Tree::Known.negate()]).collect();
        for together in [true, false] {
            let machine = TextTests::new(&trees, &sets, &REGEXES, together);
            for text in texts.iter().filter_map(|text| Text::new(text)) {
                let answers = answers_of(|into| machine.answer(&text, into));
                for (place, tree) in trees.iter().enumerate() {
                    let expected = tree.holds(true, &|test| passes(&text, test, &sets));
                    let answered = answers[place / 64] >> (place % 64) & 1 == 1;
                    prop_assert_eq!(answered, expected, "{:?} of {:?}, together {}", tree, text, together);
                }
            }
        }
    }
}

#[test]
fn more_tests_than_lie_at_hand() {
    let mut sets = Sets::default();
    let trees: Vec<Tree> = (0..1000).map(|number| Tree::Test(Test::Is(sets.one(&number.to_string())))).collect();
    let machine = TextTests::new(&trees, &sets, &HashMap::new(), true);
    let answers = answers_of(|into| machine.answer(&Text::new("777").unwrap(), into));
    assert_eq!(answers.iter().map(|word| word.count_ones()).sum::<u32>(), 1);
    assert_eq!(answers[777 / 64] >> (777 % 64) & 1, 1);
    let texts = ["1", "x", "999"].map(|text| Text::new(text).unwrap());
    let list = answers_of(|into| machine.answer_list(&texts, into));
    assert_eq!(list.iter().map(|word| word.count_ones()).sum::<u32>(), 2);
}

fn answers_of(answer: impl Fn(&mut Vec<u64>)) -> Vec<u64> {
    // What stands there from before is written over.
    let mut answers = vec![u64::MAX; 3];
    answer(&mut answers);
    answers
}
