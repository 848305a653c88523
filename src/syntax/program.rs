//! A file with all that it `use`s.

use super::tree::{self, StatementKind, Text};
use crate::diagnostics::Diagnostic;
use crate::diagnostics::code::syntax as codes;
use crate::source::{FileId, FileSystem, LARGEST_RULE_FILE, OpenError, Sources, Span, model_folder, open_beside};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// Parsed files, the one named on the command line first, each other one after the first file that uses it.
#[derive(Debug, Clone)]
pub struct Program {
    pub sources: Sources,
    pub files: Vec<tree::File>,
    /// The path of each file, by [`FileId`].
    pub paths: Vec<PathBuf>,
    /// The folder that lists and lookups may not leave either.
    pub folder: PathBuf,
}

/// Reads and parses a file and what it uses. What could be read comes back beside all that is wrong with it.
///
/// # Errors
/// The file itself cannot be read: the one failure that is no diagnostic.
pub fn load(files: &dyn FileSystem, path: &Path) -> Result<(Program, Vec<Diagnostic>), OpenError> {
    let text = read_text(files, path)?;
    Ok(load_text(files, path, text))
}

/// The text of a rule file.
///
/// # Errors
/// It cannot be read, is too large, or is no text.
pub fn read_text(files: &dyn FileSystem, path: &Path) -> Result<String, OpenError> {
    as_text(files.read(path, LARGEST_RULE_FILE)?)
}

/// As [`load`], with the text of the first file given: standard input under a name of its own.
pub fn load_text(files: &dyn FileSystem, path: &Path, text: String) -> (Program, Vec<Diagnostic>) {
    let mut loader = Loader::new(files, path);
    loader.add(path.to_path_buf(), text);
    let mut next = 0;
    while next < loader.program.files.len() {
        loader.follow(next);
        next += 1;
    }
    loader.circles();
    loader.mistakes.sort_by_key(Diagnostic::span);
    (loader.program, loader.mistakes)
}

fn as_text(bytes: Vec<u8>) -> Result<String, OpenError> {
    String::from_utf8(bytes).map_err(|error| OpenError::NotText { offset: error.utf8_error().valid_up_to() })
}

struct Loader<'a> {
    files: &'a dyn FileSystem,
    program: Program,
    /// Each file by its path with links followed.
    known: BTreeMap<PathBuf, FileId>,
    /// What each file uses, and where it says so.
    uses: Vec<Vec<(FileId, Span)>>,
    mistakes: Vec<Diagnostic>,
}

impl<'a> Loader<'a> {
    fn new(files: &'a dyn FileSystem, path: &Path) -> Loader<'a> {
        let folder = model_folder(files, path);
        let program = Program { sources: Sources::default(), files: Vec::new(), paths: Vec::new(), folder };
        Loader { files, program, known: BTreeMap::new(), uses: Vec::new(), mistakes: Vec::new() }
    }

    fn add(&mut self, path: PathBuf, text: String) -> FileId {
        let too_large = text.len() as u64 > LARGEST_RULE_FILE;
        let id = self.program.sources.add(path.display().to_string(), if too_large { String::new() } else { text });
        self.known.insert(self.files.identity(&path), id);
        self.program.paths.push(path);
        if too_large {
            let message = "this file is larger than 8 MiB";
            let help = "split it into several files and bring them together with `use`";
            self.mistakes.push(Diagnostic::error(codes::NOT_RULE_TEXT, Span::new(id, 0, 0), message).help(help));
        }
        let (file, mistakes) = super::parse(&self.program.sources, id);
        self.program.files.push(file);
        self.mistakes.extend(mistakes);
        self.uses.push(Vec::new());
        id
    }

    /// Opens what a file uses.
    fn follow(&mut self, index: usize) {
        let Some(file) = self.program.files.get(index) else { return };
        let named: Vec<Text> = file
            .statements
            .iter()
            .filter_map(|statement| match &statement.kind {
                StatementKind::Use(path) => Some(path.clone()),
                _ => None,
            })
            .collect();
        let from = self.program.paths.get(index).cloned().unwrap_or_default();
        for path in named {
            match self.open(&from, &path) {
                Ok(id) => {
                    if let Some(uses) = self.uses.get_mut(index) {
                        uses.push((id, path.span));
                    }
                }
                Err(error) => self.mistakes.push(unusable(&path, &from, &error)),
            }
        }
    }

    fn open(&mut self, from: &Path, named: &Text) -> Result<FileId, OpenError> {
        let beside = from.parent().unwrap_or(Path::new("")).join(&named.node);
        if let Some(id) = self.known.get(&self.files.identity(&beside)) {
            return Ok(*id);
        }
        let opened = open_beside(self.files, &self.program.folder, from, &named.node, LARGEST_RULE_FILE);
        let (path, bytes) = opened?;
        let text = as_text(bytes)?;
        Ok(self.add(path, text))
    }

    /// Reports each `use` that closes a circle. Goes depth first, with a stack of its own.
    fn circles(&mut self) {
        let mut done = vec![false; self.uses.len()];
        // the files on the way here, each with how many of its uses have been looked at
        let mut way: Vec<(usize, usize)> = vec![(0, 0)];
        let mut on_way = vec![false; self.uses.len()];
        while let Some((file, looked_at)) = way.last_mut() {
            let file = *file;
            if let Some(on) = on_way.get_mut(file) {
                *on = true;
            }
            let next = self.uses.get(file).and_then(|uses| uses.get(*looked_at)).copied();
            *looked_at += 1;
            let Some((used, span)) = next else {
                if let (Some(on), Some(done)) = (on_way.get_mut(file), done.get_mut(file)) {
                    (*on, *done) = (false, true);
                }
                way.pop();
                continue;
            };
            let used = used.0 as usize;
            if on_way.get(used) == Some(&true) {
                let circle: Vec<usize> = way.iter().map(|(file, _)| *file).skip_while(|file| *file != used).collect();
                self.report_circle(&circle, span);
            } else if done.get(used) == Some(&false) {
                way.push((used, 0));
            }
        }
    }

    fn report_circle(&mut self, circle: &[usize], span: Span) {
        let name = |index: &usize| self.program.sources.file(FileId(*index as u32)).name.clone();
        let mut names: Vec<String> = circle.iter().map(name).collect();
        names.extend(circle.first().map(name));
        let mistake = Diagnostic::error(
            codes::USE_CIRCLE,
            span,
            format!("these files use each other in a circle: {}", names.join(" → ")),
        )
        .help("move what both need into a file of its own, and `use` that");
        self.mistakes.push(mistake);
    }
}

fn unusable(path: &Text, from: &Path, error: &OpenError) -> Diagnostic {
    let named = &path.node;
    let beside = from.parent().filter(|folder| !folder.as_os_str().is_empty());
    let folder = beside.map_or("this file's folder".to_owned(), |folder| format!("`{}`", folder.display()));
    match error {
        OpenError::OutsideFolder => {
            Diagnostic::error(codes::USE_OUTSIDE, path.span, format!("`{named}` lies outside of the model's folder"))
                .help("move it beside the model; or put a `score.toml` into a folder that holds both")
        }
        OpenError::Unreadable(reason) => {
            let message = match reason.kind() {
                std::io::ErrorKind::NotFound => format!("there is no file `{named}`"),
                std::io::ErrorKind::IsADirectory => format!("`{named}` is a folder, not a file"),
                _ => format!("`{named}` cannot be read: {}", reason.to_string().to_lowercase()),
            };
            Diagnostic::error(codes::UNREADABLE_USE, path.span, message)
                .help(format!("the path is looked for from {folder}; check its spelling"))
        }
        OpenError::TooLarge { limit } => {
            let message = format!("`{named}` is larger than {} MiB", limit / (1024 * 1024));
            Diagnostic::error(codes::UNREADABLE_USE, path.span, message).help("split it into several files")
        }
        OpenError::NotText { offset } => {
            let message = format!("`{named}` is not a text: its byte {} is not UTF-8", offset + 1);
            Diagnostic::error(codes::UNREADABLE_USE, path.span, message).help("save it again as plain text (UTF-8)")
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::source::Memory;

    fn names(program: &Program) -> Vec<String> {
        program.sources.ids().map(|id| program.sources.file(id).name.clone()).collect()
    }

    #[test]
    fn follows_uses_beside_the_using_file_and_opens_each_once() {
        let files = Memory::default()
            .with("/m/main.score", "use \"parts/a.score\"\nuse \"b.score\"\n")
            .with("/m/parts/a.score", "use \"../b.score\"\nevent x\n")
            .with("/m/b.score", "event y\n");
        let (program, mistakes) = load(&files, Path::new("/m/main.score")).unwrap();
        assert!(mistakes.is_empty(), "{mistakes:?}");
        assert_eq!(names(&program), ["/m/main.score", "/m/parts/a.score", "/m/b.score"]);
    }

    #[test]
    fn a_circle_is_shown_whole_and_told_once() {
        let files = Memory::default()
            .with("/m/main.score", "use \"a.score\"\n")
            .with("/m/a.score", "use \"b.score\"\n")
            .with("/m/b.score", "use \"a.score\"\n");
        let (_, mistakes) = load(&files, Path::new("/m/main.score")).unwrap();
        assert_eq!(mistakes.len(), 1);
        assert!(mistakes[0].message.ends_with("/m/a.score → /m/b.score → /m/a.score"), "{}", mistakes[0].message);
    }

    #[test]
    fn what_cannot_be_used_is_told_at_the_use() {
        let mut files = Memory::default()
            .with(
                "/m/main.score",
                "use \"none.score\"\nuse \"../out.score\"\nuse \"bytes.score\"\nuse \"large.score\"\n",
            )
            .with("/out.score", "event x\n");
        files.files.insert(PathBuf::from("/m/bytes.score"), vec![b'#', 0xff]);
        files.files.insert(PathBuf::from("/m/large.score"), vec![b'#'; LARGEST_RULE_FILE as usize + 1]);
        let (_, mistakes) = load(&files, Path::new("/m/main.score")).unwrap();
        let messages: Vec<&str> = mistakes.iter().map(|mistake| mistake.message.as_str()).collect();
        assert_eq!(
            messages,
            [
                "there is no file `none.score`",
                "`../out.score` lies outside of the model's folder",
                "`bytes.score` is not a text: its byte 2 is not UTF-8",
                "`large.score` is larger than 8 MiB",
            ]
        );
    }

    #[test]
    fn the_first_file_that_cannot_be_read_is_no_mistake_of_rules() {
        assert!(matches!(load(&Memory::default(), Path::new("/none")), Err(OpenError::Unreadable(_))));
    }
}
