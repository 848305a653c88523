//! Lists and lookups from files.

use super::check_with;
use crate::model::{LookupTable, Model};
use crate::source::Memory;

fn with_file(name: &str, content: &str, text: &str) -> Result<Model, Vec<String>> {
    check_with(text, Memory::default().with(name, content)).map_err(|found| {
        found.iter().map(|it| format!("{} {}", it.message, it.help.clone().unwrap_or_default())).collect()
    })
}

#[test]
fn lists_from_every_kind_of_file() {
    let sizes = [
        ("a.txt", "x\n# all\n\n y # old\n", "list l from \"a.txt\"\n"),
        ("a.csv", "\u{feff}id;name\n1;x\n2;y\n3;\n", "list l from \"a.csv\" column \"name\"\n"),
        ("a.json", "[\"x\", 5, null]", "list l from \"a.json\"\n"),
    ];
    for (name, content, text) in sizes {
        assert_eq!(with_file(name, content, text).unwrap().lists[0].values.len(), 2, "{name}");
    }
}

#[test]
fn a_missing_column_is_suggested() {
    let found = with_file("a.csv", "domain,since\nx,1\n", "list l from \"a.csv\" column \"domian\"\n").unwrap_err();
    assert_eq!(found, ["`a.csv` has no column `domian` did you mean `\"domain\"`?"]);
}

const LOOKUP: &str = "lead { c text }\nlookup l by c from \"a.csv\" columns \"k\", \"v\" {\n  otherwise: 7\n}\n";

#[test]
fn lookups_are_numbers_where_all_values_are() {
    let model = with_file("a.csv", "k,v\nES,1\nPT,2.5\n", LOOKUP).unwrap();
    assert!(matches!(&model.lookups[0].table, LookupTable::Number(table) if table.rows.len() == 2));
    let found = with_file("a.csv", "k,v\nES,1\nPT,x\n", LOOKUP).unwrap_err();
    assert!(
        found.len() == 1 && found[0].starts_with("`l` gives texts in some rows and numbers in others"),
        "{found:?}"
    );
}

#[test]
fn two_rows_for_one_folded_key_are_an_error() {
    let found = with_file("a.csv", "k,v\nES,1\nes ,2\n", LOOKUP).unwrap_err();
    assert!(found.len() == 1 && found[0].starts_with("lines 2 and 3 of `a.csv` are both for `es`"), "{found:?}");
}

#[test]
fn broken_files_are_said_in_plain_words() {
    let found = with_file("a.json", "{}", "list l from \"a.json\"\n").unwrap_err();
    assert!(found[0].contains("is not a list of texts"), "{found:?}");
    let found = with_file("a.csv", "k,v\nES\n", LOOKUP).unwrap_err();
    assert!(found[0].starts_with("line 2 of `a.csv` has 1 cells, its first line 2"), "{found:?}");
}
