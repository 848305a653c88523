#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use super::*;
use crate::data::testing::{Folder, field, model};
use crate::model::FieldKind;
use crate::value::{Decimal, Text, Value};

/// `lead { id text key, email text, employees number from 0, industry one of "tech", tags list of text, treat "N/A" … }`
fn leads_model() -> Model {
    let mut model = model(vec![
        field("id", FieldKind::Text),
        field("email", FieldKind::Text),
        field("employees", FieldKind::Number { from: Some(Decimal::ZERO), to: None, format: None }),
        field("industry", FieldKind::OneOf(Text::new("tech").into_iter().collect())),
        field("unused", FieldKind::Number { from: None, to: None, format: None }),
    ]);
    model.lead.key = Some(FieldId(0));
    model.lead.missing = vec!["n/a".into()];
    model
}

fn usage() -> Usage {
    Usage { fields: [0, 1, 2, 3].map(FieldId).into(), ..Usage::default() }
}

fn read(model: &Model, name: &str, text: &str, keep: &[&str]) -> (Vec<Result<ReadLead, String>>, Vec<String>) {
    let folder = Folder::new();
    let keep: Vec<String> = keep.iter().map(|name| (*name).to_owned()).collect();
    let mut leads = Leads::open(&folder.file(name, text), model, &usage(), &keep).unwrap();
    let mut all = Vec::new();
    while let Some(row) = leads.next().unwrap() {
        all.push(match row {
            LeadRow::Lead(lead) => Ok(lead),
            LeadRow::Bad(bad) => Err(format!("{} {}: {}", bad.row, bad.column.unwrap_or_default(), bad.reason)),
        });
    }
    let strip = |warning: String| warning.replace(&format!("{}/", folder.path().display()), "");
    (all, leads.warnings().into_iter().map(strip).collect())
}

fn values(row: &Result<ReadLead, String>) -> Vec<Option<String>> {
    let text = |value: &Option<Value>| {
        value.as_ref().map(|value| match value {
            Value::Text(text) => text.given.to_string(),
            Value::Number(number) => number.to_string(),
            other => panic!("{other:?}"),
        })
    };
    row.as_ref().unwrap().lead.values.iter().map(text).collect()
}

#[test]
fn used_fields_are_typed_and_others_not_looked_at() {
    let model = leads_model();
    let text = "id,email,employees,industry,unused,note\n L1 ,a@b.c,N/A,Tech,not a number,x\nL2,,12.50,other,,\n";
    let (rows, warnings) = read(&model, "a.csv", text, &["note"]);
    let some = |text: &str| Some(text.to_owned());
    assert_eq!(values(&rows[0]), [some("L1"), some("a@b.c"), None, some("Tech"), None]);
    assert_eq!(values(&rows[1]), [some("L2"), None, some("12.5"), some("other"), None]);
    let first = rows[0].as_ref().unwrap();
    assert_eq!((first.lead.key.as_str(), first.kept.as_slice()), ("L1", [Cell::Text("x".into())].as_slice()));
    assert!(warnings.is_empty(), "{warnings:?}");
}

#[test]
fn the_same_rows_in_json_are_the_same_leads() {
    let model = leads_model();
    let csv = read(&model, "a.csv", "id,email,employees,industry\n7,a@b.c,3,tech\n8,N/A,,\n", &[]).0;
    let lines = "{\"id\":7,\"email\":\"a@b.c\",\"employees\":3,\"industry\":\"tech\"}\n{\"id\":\"8\",\"email\":\"n/a\",\"employees\":null}\n";
    for (name, text) in [("a.ndjson", lines.to_owned()), ("a.json", format!("[{}]", lines.trim().replace('\n', ",")))] {
        let rows = read(&model, name, &text, &[]).0;
        for (row, expected) in rows.iter().zip(&csv) {
            assert_eq!(row.as_ref().unwrap().lead, expected.as_ref().unwrap().lead, "{name}");
        }
    }
}

#[test]
fn wrong_cells_missing_keys_and_repeated_keys_are_bad_rows() {
    let model = leads_model();
    let text = "id,email,employees,industry\nL1,,many,\n,,,\nL1,,,\nL2,,-1,\n";
    let (rows, _) = read(&model, "a.csv", text, &[]);
    let reasons: Vec<&str> = rows.iter().map(|row| row.as_ref().unwrap_err().as_str()).collect();
    assert!(reasons[0].starts_with("1 employees: `many` "), "{}", reasons[0]);
    assert_eq!(reasons[1], "2 id: it is missing here");
    assert_eq!(reasons[2], "3 id: `L1` is the key of an earlier row, too");
    assert_eq!(reasons[3], "4 employees: `-1` is below 0, the lowest number it may be");
}

#[test]
fn required_fields_are_checked_even_where_no_rule_uses_them() {
    let mut model = leads_model();
    model.lead.fields[4].required = true;
    let (rows, _) = read(&model, "a.csv", "id,email,employees,industry,unused\nL1,,,,\n", &[]);
    assert_eq!(rows[0].as_ref().unwrap_err(), "1 unused: it is missing here, and required");
}

#[test]
fn absent_columns_are_one_warning_with_a_suggestion() {
    let model = leads_model();
    let (rows, warnings) = read(&model, "a.csv", "id,Email,employees\nL1,a@b.c,3\n", &[]);
    assert_eq!(rows.len(), 1);
    let email = "`a.csv` has no column `email`, so `email` is missing for every lead; did you mean `column \"Email\"`?";
    let industry = "`a.csv` has no column `industry`, so `industry` is missing for every lead";
    assert_eq!(warnings, [email, industry]);
    let (_, warnings) = read(&model, "a.ndjson", "{\"id\":1,\"email\":null,\"employees\":1}", &["extra"]);
    assert_eq!(warnings, [industry.replace(".csv", ".ndjson"), "`a.ndjson` has no column `extra` to keep".into()]);
}

#[test]
fn a_file_without_the_key_or_a_column_to_keep_is_refused() {
    let model = leads_model();
    let folder = Folder::new();
    let source = folder.file("a.csv", "ID,email\n1,x\n");
    let error = Leads::open(&source, &model, &usage(), &[]).err().unwrap().to_string();
    assert!(error.contains("it has no column `id`, the key of its leads"), "{error}");
    assert!(error.contains("help: write `id text key column \"ID\"` in `lead { }`"), "{error}");
    let source = folder.file("b.csv", "id,country\n1,x\n");
    let error = Leads::open(&source, &model, &usage(), &["contry".into()]).err().unwrap().to_string();
    assert!(error.ends_with("it has no column `contry` to keep\nhelp: did you mean `country`?"), "{error}");
}

#[test]
fn unlisted_values_are_counted() {
    let model = leads_model();
    let folder = Folder::new();
    let source = folder.file("a.csv", "id,email,employees,industry\n1,,,TECH\n2,,,x\n3,,,x\n");
    let mut leads = Leads::open(&source, &model, &usage(), &[]).unwrap();
    while leads.next().unwrap().is_some() {}
    assert_eq!(leads.unlisted()[&FieldId(3)], IndexMap::from([(Some("x".to_owned()), 2)]));
}
