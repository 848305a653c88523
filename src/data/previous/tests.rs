#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use super::*;
use crate::data::testing::{Folder, field, model};
use crate::model::{Band, BandEdge, Bands, Condition, ConditionKind, FieldId, FieldKind, Score, ScoreBody, Threshold};
use crate::source::Span;

/// `lead { id text key column "Lead ID" }`, `score fit` with bands, `threshold mql`, `threshold sql`
fn scored_model() -> Model {
    let span = Span::default();
    let mut model = model(vec![field("id", FieldKind::Text)]);
    model.lead.fields[0].column = "Lead ID".into();
    model.lead.key = Some(FieldId(0));
    let band = Band { name: "A".into(), label: None, edge: BandEdge::Otherwise, action: None, span };
    model.scores.push(Score {
        name: "fit".into(),
        label: "Fit".into(),
        body: ScoreBody::Rules { start: None, when: None, items: Vec::new() },
        lowest: None,
        highest: None,
        decimals: 4,
        rounded: false,
        bands: Some(Bands { bands: vec![band], span }),
        span,
    });
    for name in ["mql", "sql"] {
        model.thresholds.push(Threshold {
            name: name.into(),
            label: name.into(),
            when: Condition { kind: ConditionKind::Constant(true), span },
            stays: false,
            until: None,
            action: None,
            reads: Vec::new(),
            span,
        });
    }
    model
}

#[test]
fn an_earlier_output_is_read_by_the_names_of_the_model() {
    let model = scored_model();
    let folder = Folder::new();
    let csv = "id,fit,fit_band,mql,mql_since,excluded\nL1,12,A,true,1970-01-02T00:00:00Z,\nL2,,,,,Competitor\n";
    let json = "{\"id\":\"L1\",\"fit_band\":\"A\",\"mql\":true,\"mql_since\":\"1970-01-02\"}\n{\"id\":\"L2\",\"excluded\":\"Competitor\"}";
    for source in [folder.file("p.csv", csv), folder.file("p.ndjson", json)] {
        let previous = PreviousResults::read(&source, &model).unwrap();
        let first = previous.of("L1").unwrap();
        assert_eq!(
            (first.met.as_slice(), first.bands.as_slice()),
            ([true, false].as_slice(), [Some("A".into())].as_slice())
        );
        assert_eq!(first.since, [Some(Instant(86_400_000_000)), None]);
        let second = previous.of("L2").unwrap();
        assert_eq!(
            (second.met.as_slice(), second.excluded.as_deref()),
            ([false, false].as_slice(), Some("Competitor"))
        );
        assert_eq!(
            (previous.len(), previous.of("L3"), previous.absent.as_slice()),
            (2, None, ["sql".to_owned()].as_slice())
        );
    }
}

#[test]
fn what_no_run_wrote_is_refused() {
    let model = scored_model();
    let folder = Folder::new();
    let refusal = |text: &str| PreviousResults::read(&folder.file("p.csv", text), &model).unwrap_err().to_string();
    assert!(refusal("Id,mql\n").contains("it has no column `id`"));
    assert!(refusal("id,mql\nL1,maybe\n").contains("row 1, column `mql`: `maybe` is neither true nor false"));
    assert!(refusal("id,mql_since\nL1,soon\n").contains("`soon` is not an instant"));
    assert!(refusal("id,email\nL1,a@b.c\n").contains("no column `mql`, nor another one of this model's results"));
    assert!(refusal("id\nL1\nL1\n").contains("`L1` is the key of an earlier row, too"));
}

#[test]
fn what_is_odd_about_a_file_is_a_warning() {
    let model = scored_model();
    let folder = Folder::new();
    let warnings = |text: &str| {
        PreviousResults::read(&folder.file("p.csv", text), &model).unwrap().warnings(Instant(86_400_000_000))
    };
    assert!(warnings("id,fit,fit_band,mql,sql\nL1,1,A,true,false\n").is_empty());
    assert!(warnings("id,fit\nL1,1\n")[0].contains("has no columns `mql`, `sql`, `fit_band`, so no lead"));
    assert!(warnings("id,mql,sql,fit_band,mql_since\nL1,true,,,1970-01-02\n").is_empty());
    let later = warnings("id,mql,sql,fit_band,mql_since\nL1,true,,,1970-01-03\n");
    assert!(later[0].contains("met since 1970-01-03T00:00:00Z, which is later"), "{later:?}");
}
