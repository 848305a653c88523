//! Models that people wrote.

use crate::harness::root;
use scorelang::model::Model;
use scorelang::source::Disk;

/// The path, the text and the model of every example.
pub fn examples() -> Vec<(String, String, Model)> {
    let folders = std::fs::read_dir(root().join("examples")).unwrap().map(|entry| entry.unwrap().path());
    let mut folders: Vec<_> = folders.filter(|path| path.is_dir()).collect();
    folders.sort();
    let mut found = Vec::new();
    for folder in folders {
        let mut files: Vec<_> = std::fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()).collect();
        files.sort();
        for path in files.into_iter().filter(|path| path.extension().is_some_and(|of| of == "score")) {
            let text = std::fs::read_to_string(&path).unwrap();
            let model = scorelang::compile(&Disk, &path).unwrap();
            found.push((path.strip_prefix(root()).unwrap().display().to_string(), text, model));
        }
    }
    assert!(found.len() >= 11);
    found
}
