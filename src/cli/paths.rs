//! The rule files that paths on the command line stand for.

use super::models::io_reason;
use super::output::ReadFile;
use super::{Failure, models};
use crate::compile_program;
use crate::data::interrupt;
use crate::diagnostics::Diagnostic;
use crate::model::Model;
use crate::run::in_order::in_order;
use crate::source::{Disk, FileId, FileSystem, LARGEST_RULE_FILE, OpenError, Sources};
use crate::syntax::program::{self, Program};
use crate::syntax::tree::{self, StatementKind};
use ignore::WalkBuilder;
use std::collections::HashSet;
use std::io::Read;
use std::path::{Path, PathBuf};

/// What standard input is called where nothing else is said.
const STANDARD_INPUT: &str = "standard input";

/// Flags of commands that take rule files.
#[derive(Debug, Clone, clap::Args)]
pub struct RuleFiles {
    /// Rule files, or folders with every `.score` file below them that no `.gitignore` names; `-` is standard input
    #[arg(value_name = "PATH", required = true)]
    pub paths: Vec<PathBuf>,
    /// What to call standard input in messages; files that it uses are looked for beside this
    #[arg(long, value_name = "FILE")]
    pub stdin_name: Option<PathBuf>,
}

/// A rule file with what it uses, and the mistakes in how it is written.
pub struct Loaded {
    pub program: Program,
    pub mistakes: Vec<Diagnostic>,
}

/// A rule file by itself, and the mistakes in how it is written.
pub struct Alone {
    /// `None` for standard input.
    pub path: Option<PathBuf>,
    /// The file and no other.
    pub sources: Sources,
    pub tree: tree::File,
    pub mistakes: Vec<Diagnostic>,
}

/// What is wrong with a program, and the files that it points into.
pub struct Wrong {
    pub sources: Sources,
    pub diagnostics: Vec<Diagnostic>,
}

/// What was found: the files, and how many there are of them.
pub struct Found {
    /// Each file that no other one of them uses, or that has a `model` or a `test` of its own; the others come along with
    /// those that use them.
    pub models: Vec<Loaded>,
    pub files: usize,
    /// Why some files could not be read at all.
    pub unread: Vec<Failure>,
    /// Every file that was read, with what it uses, for [`super::output::spare_inputs`].
    pub read: Vec<ReadFile>,
}

impl RuleFiles {
    /// Reads all of them. A file that another one uses, without `model` or `test`, is no model of its own: its fields and
    /// events may be declared in the file that uses it, so it is looked at together with that. Named alone, it is looked
    /// at alone.
    ///
    /// # Errors
    /// [`Failure::Cannot`]: a folder that cannot be read, or one without rule files.
    pub fn read(&self, threads: usize) -> Result<Found, Failure> {
        let mut seen = HashSet::new();
        let files = self.files()?.into_iter().map(|path| (Disk.identity(&path), path));
        let files: Vec<(PathBuf, PathBuf)> = files.filter(|(identity, _)| seen.insert(identity.clone())).collect();
        let (mut loaded, mut unread) = (Vec::with_capacity(files.len()), Vec::new());
        let threads = threads.min(files.len());
        let mut left = files.into_iter();
        in_order(
            threads,
            || {
                interrupt::check()?;
                Ok(left.next())
            },
            |(identity, path)| self.load(&path).map(|file| (identity, file)),
            |file| {
                match file {
                    Ok(file) => loaded.push(file),
                    Err(failure) => unread.push(failure),
                }
                Ok::<(), Failure>(())
            },
        )?;
        let files = loaded.len();
        let paths = loaded.iter().flat_map(|(_, file)| &file.program.paths);
        let read = paths.map(|path| (path.clone(), "rules")).collect();
        let used: HashSet<PathBuf> = loaded.iter().flat_map(|(_, file)| uses(file)).collect();
        let (models, parts): (Vec<_>, Vec<_>) =
            loaded.into_iter().partition(|(path, file)| !used.contains(path) || file.stands_alone());
        let mut found = Found { models: Vec::new(), files, unread, read };
        let mut covered: HashSet<PathBuf> = HashSet::new();
        // Files that use each other in a circle are all used by another one; the first of them stands for them.
        for (path, file) in models.into_iter().chain(parts) {
            if !covered.contains(&path) {
                covered.extend(uses(&file));
                covered.insert(path);
                found.models.push(file);
            }
        }
        Ok(found)
    }

    /// Reads each by itself, without what it uses; one that is named twice once.
    ///
    /// # Errors
    /// As [`RuleFiles::read`].
    pub fn read_alone(&self) -> Result<(Vec<Alone>, Vec<Failure>), Failure> {
        let mut seen = HashSet::new();
        let (mut read, mut unread) = (Vec::new(), Vec::new());
        for path in self.files()? {
            if seen.insert(Disk.identity(&path)) {
                match self.load_alone(path) {
                    Ok(file) => read.push(file),
                    Err(failure) => unread.push(failure),
                }
            }
        }
        Ok((read, unread))
    }

    fn load_alone(&self, path: PathBuf) -> Result<Alone, Failure> {
        let is_input = path.as_os_str() == "-";
        let (name, text) = if is_input {
            let name = self.stdin_name.as_deref().unwrap_or(Path::new(STANDARD_INPUT));
            (name.to_path_buf(), standard_input(name)?)
        } else {
            let text = program::read_text(&Disk, &path).map_err(|error| models::unreadable(&path, &error))?;
            (path.clone(), text)
        };
        let mut sources = Sources::default();
        let id = sources.add(name.display().to_string(), text);
        let (tree, mistakes) = crate::syntax::parse(&sources, id);
        match models::data_instead(&name, &mistakes) {
            Some(failure) => Err(failure),
            None => Ok(Alone { path: (!is_input).then_some(path), sources, tree, mistakes }),
        }
    }

    fn files(&self) -> Result<Vec<PathBuf>, Failure> {
        let mut files = Vec::new();
        for path in &self.paths {
            if path.as_os_str() != "-" && path.is_dir() {
                let below = below(path)?;
                if below.is_empty() {
                    return Err(Failure::cannot(format!("there is no `.score` file below `{}`", path.display())));
                }
                files.extend(below);
            } else {
                files.push(path.clone());
            }
        }
        Ok(files)
    }

    fn load(&self, path: &Path) -> Result<Loaded, Failure> {
        if path.as_os_str() == "-" {
            return from_standard_input(self.stdin_name.as_deref());
        }
        let (program, mistakes) = program::load(&Disk, path).map_err(|error| models::unreadable(path, &error))?;
        match models::data_instead(path, &mistakes) {
            Some(failure) => Err(failure),
            None => Ok(Loaded { program, mistakes }),
        }
    }
}

impl Alone {
    /// The path as messages show it.
    pub fn name(&self) -> &str {
        &self.sources.file(self.tree.id).name
    }

    pub fn text(&self) -> &str {
        &self.sources.file(self.tree.id).text
    }
}

impl Loaded {
    /// The path as messages show it.
    pub fn name(&self) -> String {
        self.program.sources.file(FileId(0)).name.clone()
    }

    /// The model that can run.
    ///
    /// # Errors
    /// All that is wrong with it.
    pub fn check(self) -> Result<Model, Wrong> {
        compile_program(self.program, self.mistakes, &Disk)
            .map_err(|(sources, diagnostics)| Wrong { sources, diagnostics })
    }

    /// Whether there is nothing in it but comments.
    pub fn is_empty(&self) -> bool {
        self.mistakes.is_empty() && self.program.files.first().is_some_and(|file| file.statements.is_empty())
    }

    /// What a `use` does not bring along: a `model` or a `test`.
    fn stands_alone(&self) -> bool {
        let kinds = self.program.files.first().into_iter().flat_map(|file| &file.statements);
        kinds.into_iter().any(|statement| matches!(statement.kind, StatementKind::Model(_) | StatementKind::Test(_)))
    }
}

/// The other files of a program.
fn uses(file: &Loaded) -> impl Iterator<Item = PathBuf> + '_ {
    file.program.paths.iter().skip(1).map(|path| Disk.identity(path))
}

/// Every rule file below a folder, sorted by path.
fn below(folder: &Path) -> Result<Vec<PathBuf>, Failure> {
    let mut files = Vec::new();
    // `.gitignore` holds outside of repositories too; what the user's own git ignores everywhere does not.
    let mut walk = WalkBuilder::new(folder);
    walk.require_git(false).git_global(false).sort_by_file_path(std::cmp::Ord::cmp);
    for entry in walk.build() {
        let entry = entry.map_err(|error| Failure::cannot(format!("cannot read `{}`: {error}", folder.display())))?;
        let is_rules = entry.path().extension().is_some_and(|ending| ending == "score");
        if is_rules && entry.file_type().is_some_and(|kind| !kind.is_dir()) {
            files.push(entry.into_path());
        }
    }
    Ok(files)
}

/// Rules from standard input, under a name of their own.
///
/// # Errors
/// [`Failure::Cannot`]: it cannot be read.
pub fn from_standard_input(name: Option<&Path>) -> Result<Loaded, Failure> {
    let name = name.unwrap_or(Path::new(STANDARD_INPUT));
    let (program, mistakes) = program::load_text(&Disk, name, standard_input(name)?);
    Ok(Loaded { program, mistakes })
}

fn standard_input(name: &Path) -> Result<String, Failure> {
    let mut bytes = Vec::new();
    let read = std::io::stdin().lock().take(LARGEST_RULE_FILE + 1).read_to_end(&mut bytes);
    read.map_err(|error| Failure::cannot(format!("cannot read standard input: {}", io_reason(&error))))?;
    if bytes.len() as u64 > LARGEST_RULE_FILE {
        return Err(models::unreadable(name, &OpenError::TooLarge { limit: LARGEST_RULE_FILE }));
    }
    String::from_utf8(bytes).map_err(|error| {
        let offset = error.utf8_error().valid_up_to();
        models::unreadable(name, &OpenError::NotText { offset })
    })
}
