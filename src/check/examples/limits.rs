//! Nothing a file can say makes the checker crash or crawl.

use super::{check, mistakes};
use std::fmt::Write;
use std::time::{Duration, Instant};

/// Well under a second even in a build without optimisation on a busy machine means no search through all rules.
const PATIENCE: Duration = Duration::from_secs(20);

#[test]
fn ten_thousand_rules_are_no_burden() {
    let mut text = "lead { a number, b text }\nscore s {\n".to_owned();
    for number in 0..10_000 {
        writeln!(text, "  +1 \"rule {number}\" when a > {number} and b is \"x{number}\"").unwrap();
    }
    text.push_str("}\n");
    let (program, found) =
        crate::syntax::program::load_text(&crate::source::Memory::default(), std::path::Path::new("m.score"), text);
    assert!(found.is_empty());
    let start = Instant::now();
    let model = super::super::check(&program, &crate::source::Memory::default()).unwrap();
    assert_eq!(model.rules, 10_000);
    let taken = start.elapsed();
    println!("10,000 rules: {taken:?}");
    assert!(taken < PATIENCE, "{taken:?}");
}

#[test]
fn a_long_chain_of_defines_is_followed() {
    let mut text = "define d0 = 1\n".to_owned();
    for number in 1..5_000 {
        writeln!(text, "define d{number} = d{} + 1", number - 1).unwrap();
    }
    text.push_str("score s {\n  +d4999\n}\nthreshold t when s > d4999\n");
    let model = check(&text).unwrap();
    assert_eq!(model.usage.defines.len(), 5_000);
    // Written backwards, and closed to a circle.
    let mut text = "define d0 = d2999\n".to_owned();
    for number in 1..3_000 {
        writeln!(text, "define d{number} = d{}", number - 1).unwrap();
    }
    assert_eq!(mistakes(&text).len(), 1);
}

#[test]
fn the_deepest_expression_fits_the_stack() {
    let open = "(not a > 1 and ".repeat(60);
    let close = ")".repeat(60);
    assert!(check(&format!("lead {{ a number }}\ndefine x = {open}a > 2{close}\n")).is_ok());
    let sum = " + a".repeat(290);
    assert!(check(&format!("lead {{ a number }}\ndefine x = a{sum}\n")).is_ok());
}
