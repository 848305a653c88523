//! Real leads and real exports, where they are at hand (see `harness::shared`).

use crate::harness::shared::shared;
use crate::harness::{Folder, score};
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
<<<<<<< HEAD

fn tables(folder: &Path) -> Vec<PathBuf> {
    let mut tables = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            tables.extend(tables_in(&path))
        }
    }
    tables.sort();
    tables
}

fn tables_in(folder: &Path) -> Vec<PathBuf> {
    let paths = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    paths.filter(|path| path.extension().is_some_and(|ending| ending == "csv")).collect()
}

/// The names of the fields that a text declares, as written, with the word of their type.
fn fields(declarations: &str) -> Vec<(String, String)> {
    let lead = declarations.split("lead {").nth(1).and_then(|rest| rest.split("\n}").next()).unwrap_or("");
    let mut fields = Vec::new();
    for line in lead.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#')) {
        if line.starts_with("treat ") {
            continue;
        }
        let (name, rest) = match line.strip_prefix('`') {
            Some(quoted) => quoted.split_once('`').map(|(name, rest)| (format!("`{name}`"), rest)).unwrap(),
            None => line.split_once(' ').map(|(name, rest)| (name.to_string(), rest)).unwrap(),
        };
        fields.push((name, rest.trim().to_string()));
    }
    fields
}

/// Declarations read off each table check clean, and a model that uses every field reads the table without a bad row.
#[test]
fn every_exported_table_can_be_read() {
    let Some(folder) = shared("crm-exports") else { return };
    let mut read = 0;
    for table in tables(&folder) {
        let name = table.to_string_lossy().into_owned();
        let declarations = score("schema --quiet").word(&name).succeeds().output;
        let rules: String = fields(&declarations)
            .iter()
            .enumerate()
            .map(|(index, (field, _))| format!("  +1 \"r{index}\" when {field} is known\n"))
            .collect();
        let model = format!("{declarations}\nscore all {{\n{rules}}}\n");
        let folder = Folder::empty().with("model.score", &model);
        let checked = score("check model.score").in_folder(&folder).finishes();
        assert_eq!(checked.code, Some(0), "{name}\n{model}\n{}", checked.output);
        let ran = score("run model.score --format csv --quiet").word(&name).in_folder(&folder).finishes();
        assert_eq!(ran.code, Some(0), "{name}\n{model}\n{}", ran.messages);
        read += 1;
    }
    assert!(read > 80, "{read} tables");
}
=======
>>>>>>> main
