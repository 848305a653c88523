//! Running the built program: `score("run model.score leads.csv").in_folder(&folder).succeeds()`.

use super::{Folder, root};
use std::io::Write;
use std::path::PathBuf;
use std::process::{Command, Stdio};

/// A command line to run; words as a shell splits them, quotes `"` and `'` group.
pub fn score(words: &str) -> Run {
    Run { words: split(words), folder: root().to_path_buf(), input: Vec::new(), variables: Vec::new() }
}

pub struct Run {
    words: Vec<String>,
    folder: PathBuf,
    input: Vec<u8>,
    variables: Vec<(String, String)>,
}

/// What a run left behind.
#[derive(Debug)]
pub struct Finished {
    pub output: String,
    pub messages: String,
    /// `None` where a signal ended it.
    pub code: Option<i32>,
}

impl Run {
    pub fn in_folder(mut self, folder: &Folder) -> Run {
        self.folder = folder.root().to_path_buf();
        self
    }

    pub fn word(mut self, word: impl Into<String>) -> Run {
        self.words.push(word.into());
        self
    }

    pub fn reading(mut self, input: impl AsRef<[u8]>) -> Run {
        self.input = input.as_ref().to_vec();
        self
    }

    pub fn with_variable(mut self, name: &str, value: &str) -> Run {
        self.variables.push((name.into(), value.into()));
        self
    }

    pub fn command(&self) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_score"));
        command.args(&self.words).current_dir(&self.folder).env("COLUMNS", "100").env_remove("NO_COLOR");
        command.envs(self.variables.iter().map(|(name, value)| (name, value)));
        command
    }

    pub fn finishes(self) -> Finished {
        let mut command = self.command();
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().expect("the program starts");
        let mut stdin = child.stdin.take().unwrap();
        let input = self.input;
        let writer = std::thread::spawn(move || {
            // The program may end without reading all of it.
            let _ = stdin.write_all(&input);
        });
        let output = child.wait_with_output().unwrap();
        writer.join().unwrap();
        Finished {
            output: String::from_utf8_lossy(&output.stdout).into_owned(),
            messages: String::from_utf8_lossy(&output.stderr).into_owned(),
            code: output.status.code(),
        }
    }

    /// Runs, and fails the test unless the exit code is 0.
    pub fn succeeds(self) -> Finished {
        self.ends_with(0)
    }

    /// Runs, and fails the test unless the exit code is this.
    pub fn ends_with(self, code: i32) -> Finished {
        let shown = self.words.join(" ");
        let finished = self.finishes();
        assert_eq!(finished.code, Some(code), "score {shown}\n{}\n{}", finished.output, finished.messages);
        finished
    }
}

pub fn split(words: &str) -> Vec<String> {
    let mut split = Vec::new();
    let mut word: Option<String> = None;
    let mut quote = None;
    for character in words.chars() {
        match (quote, character) {
            (Some(open), _) if open == character => quote = None,
            (None, '"' | '\'') => {
                quote = Some(character);
                word.get_or_insert_default();
            }
            (None, ' ' | '\n' | '\\') => split.extend(word.take()),
            _ => word.get_or_insert_default().push(character),
        }
    }
    split.extend(word);
    split
}
