//! Real leads and real exports, where they are at hand (see `harness::shared`).

use crate::harness::score;
use crate::harness::shared::shared;
use std::collections::BTreeMap;

/// 9,240 real leads: no bad row, and the share of buyers rises from each band to the next higher one.
#[test]
fn conversion_rises_with_the_bands() {
    let Some(leads) = shared("x-education/Leads.csv") else { return };
    let finished =
        score("run examples/course-seller/course-seller.score --format csv --keep Converted --as-of 2026-11-01")
            .word(leads.to_string_lossy())
            .succeeds();
    let mut lines = finished.output.lines();
    let header: Vec<&str> = lines.next().unwrap().split(',').collect();
    let band = header.iter().position(|name| name.ends_with("_band")).expect("a score with bands");
    let bought = header.iter().position(|name| *name == "Converted").unwrap();
    let mut counts: BTreeMap<String, (u32, u32)> = BTreeMap::new();
    let mut leads = 0;
    for line in lines {
        let cells: Vec<&str> = line.split(',').collect();
        let count = counts.entry(cells[band].to_string()).or_default();
        count.0 += 1;
        count.1 += u32::from(cells[bought] == "1");
        leads += 1;
    }
    assert_eq!(leads, 9240);
    // Bands are named by letter, A the best, so their alphabetic order is their order.
    let rates: Vec<f64> = counts.values().map(|(all, bought)| f64::from(*bought) / f64::from(*all)).collect();
    assert!(counts.len() >= 4, "{counts:?}");
    assert!(counts.values().all(|(all, _)| *all >= 300), "no band is nearly empty: {counts:?}");
    assert!(rates.windows(2).all(|pair| pair[0] > pair[1] + 0.05), "{counts:?} {rates:?}");
}
