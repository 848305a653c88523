//! How much each lint matters, and what lints are told beyond what they know: `score.toml`, and flags over it.
//!
//! ```toml
//! [lint]
//! fail-on = "error"                  # the lowest level that fails: "error", "warning" (as without), "advice", "never"
//! sensitive = ["shoe_size"]          # fields that score people by what they are, beside those that are known
//! not-sensitive = ["postcode"]       # fields that are no concern here
//!
//! [lint.levels]                      # "error", "warning", "advice", "off"; a lint's own beats its category's, that `all`
//! privacy  = "error"
//! no-label = "off"
//! ```

use super::{Category, LINTS, Level, Lint};
use crate::diagnostics::nearest;
use std::path::{Path, PathBuf};
use toml::{Table, Value};

/// The name of the file with the settings of a folder and all below it.
pub const FILE: &str = "score.toml";

/// Names that `score.toml` adds to those that lints know.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Names {
    /// `sensitive = ["shoe_size"]`: fields that score people by what they are.
    pub sensitive: Vec<String>,
    /// `not-sensitive = ["postcode"]`: fields that are no concern here.
    pub not_sensitive: Vec<String>,
}

/// The settings of one `score.toml`, with flags over them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Settings {
    pub names: Names,
    /// The lowest level that fails; `Some(None)` is none.
    pub fail_on: Option<Option<Level>>,
    /// Of the file, then of flags.
    levels: [Vec<(Group, Level)>; 2],
}

/// What a level is set for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Group {
    /// `all`
    All,
    Category(Category),
    /// By its code
    Lint(&'static str),
}

/// What is wrong with settings, and what to write instead.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WrongSetting {
    pub message: String,
    pub help: Option<String>,
}

impl WrongSetting {
    fn new(message: impl Into<String>) -> WrongSetting {
        WrongSetting { message: message.into(), help: None }
    }

    fn help(self, help: impl Into<String>) -> WrongSetting {
        WrongSetting { help: Some(help.into()), ..self }
    }
}

impl Group {
    /// What a name stands for: `all`, a category, a lint or its code.
    ///
    /// # Errors
    /// Nothing is called so.
    pub fn named(name: &str) -> Result<Group, WrongSetting> {
        let category = || Category::ALL.into_iter().find(|category| category.name() == name).map(Group::Category);
        let lint = || LINTS.iter().find(|lint| lint.name == name || lint.code == name).map(|one| Group::Lint(one.code));
        match name {
            "all" => Some(Group::All),
            _ => category().or_else(lint),
        }
        .ok_or_else(|| {
            let wrong = WrongSetting::new(format!("there is no lint or category `{name}`"));
            match nearest(name, known_names()) {
                Some(near) => wrong.help(format!("did you mean `{near}`?")),
                None => wrong.help("`score lint --list` shows all lints"),
            }
        })
    }

    fn holds(self, lint: &Lint) -> bool {
        match self {
            Group::All => true,
            Group::Category(category) => lint.category == category,
            Group::Lint(code) => lint.code == code,
        }
    }
}

/// Every name that a level can be set for.
fn known_names() -> impl Iterator<Item = &'static str> {
    let categories = Category::ALL.into_iter().map(Category::name);
    LINTS.iter().map(|lint| lint.name).chain(categories).chain(["all"])
}

impl Level {
    /// # Errors
    /// It is no level.
    pub fn named(name: &str) -> Result<Level, WrongSetting> {
        let levels = [Level::Off, Level::Advice, Level::Warning, Level::Error];
        levels.into_iter().find(|level| level.name() == name).ok_or_else(|| {
            WrongSetting::new(format!("`{name}` is no level"))
                .help("write \"error\", \"warning\", \"advice\" or \"off\"")
        })
    }
}

impl Settings {
    /// Of the nearest `score.toml` in the folder of a file or above it; with the path of that file.
    ///
    /// # Errors
    /// It cannot be read, or what it says is no setting: the message names the file.
    pub fn near(path: &Path) -> Result<Settings, WrongSetting> {
        let Some(file) = nearest_file(path) else { return Ok(Settings::default()) };
        let named = |wrong: WrongSetting| WrongSetting {
            message: format!("`{}`: {}", file.display(), wrong.message),
            help: wrong.help,
        };
        let text = std::fs::read_to_string(&file);
        let text = text.map_err(|error| named(WrongSetting::new(format!("it cannot be read: {error}"))))?;
        Settings::read(&text).map_err(named)
    }

    /// The text of a `score.toml`. What other commands may want in it is left alone; `[lint]` is read to the last word.
    ///
    /// # Errors
    /// It is no TOML, or `[lint]` has something unknown in it.
    pub fn read(text: &str) -> Result<Settings, WrongSetting> {
        let file: Table = toml::from_str(text).map_err(|error| {
            let line = error.span().map(|span| text.get(..span.start).unwrap_or_default().matches('\n').count() + 1);
            let line = line.map(|line| format!("line {line}: ")).unwrap_or_default();
            WrongSetting::new(format!("{line}{}", error.message().replace('\n', ", ")))
        })?;
        let mut settings = Settings::default();
        for (name, value) in &file {
            match (name.as_str(), value) {
                ("lint", Value::Table(lint)) => settings.lint(lint)?,
                (other, _) => return Err(unknown(other, &["lint"], "table `[lint]`")),
            }
        }
        Ok(settings)
    }

    fn lint(&mut self, table: &Table) -> Result<(), WrongSetting> {
        for (name, value) in table {
            match (name.as_str(), value) {
                ("fail-on", Value::String(level)) => self.fail_on = Some(fail_on(level)?),
                ("sensitive", value) => self.names.sensitive = texts(name, value)?,
                ("not-sensitive", value) => self.names.not_sensitive = texts(name, value)?,
                ("levels", Value::Table(levels)) => {
                    for (name, level) in levels {
                        let Value::String(level) = level else {
                            return Err(WrongSetting::new(format!("`{name}` needs a level"))
                                .help(format!("write `{name} = \"warning\"`")));
                        };
                        let [file, _] = &mut self.levels;
                        file.push((Group::named(name)?, Level::named(level)?));
                    }
                }
                ("fail-on" | "levels", _) => {
                    return Err(WrongSetting::new(format!("`{name}` is not written so"))
                        .help("write `fail-on = \"error\"`, and levels below `[lint.levels]`"));
                }
                (other, _) => {
                    return Err(unknown(other, &["fail-on", "sensitive", "not-sensitive", "levels"], "setting"));
                }
            }
        }
        Ok(())
    }

    /// Lays a level over those of the file, for names and categories as a flag gives them, separated by commas.
    ///
    /// # Errors
    /// A name that nothing has, or that another flag gives another level.
    pub fn flag(&mut self, names: &str, level: Level) -> Result<(), WrongSetting> {
        let [_, flags] = &mut self.levels;
        for name in names.split(',').map(str::trim).filter(|name| !name.is_empty()) {
            let group = Group::named(name)?;
            if let Some((_, other)) = flags.iter().find(|(set, other)| *set == group && *other != level) {
                return Err(WrongSetting::new(format!(
                    "two flags set `{name}`, to {} and {}",
                    other.name(),
                    level.name()
                )));
            }
            flags.push((group, level));
        }
        Ok(())
    }

    /// The level of a lint: flags beat the file; in each its own name beats its category, and that `all`.
    pub fn level(&self, lint: &Lint) -> Level {
        let [file, flags] = &self.levels;
        let set = |levels: &[(Group, Level)]| {
            levels
                .iter()
                .filter(|(group, _)| group.holds(lint))
                .max_by_key(|(group, _)| *group)
                .map(|(_, level)| *level)
        };
        set(flags).or_else(|| set(file)).unwrap_or(lint.level)
    }

    /// Whether a finding of a level fails.
    pub fn fails(&self, level: Level) -> bool {
        let lowest = self.fail_on.unwrap_or(Some(Level::Warning));
        lowest.is_some_and(|lowest| level >= lowest) && level != Level::Off
    }
}

/// `error`, `warning`, `advice`, or `never`.
///
/// # Errors
/// Another word.
pub fn fail_on(word: &str) -> Result<Option<Level>, WrongSetting> {
    match word {
        "never" => Ok(None),
        "error" => Ok(Some(Level::Error)),
        "warning" => Ok(Some(Level::Warning)),
        "advice" => Ok(Some(Level::Advice)),
        other => Err(WrongSetting::new(format!("`{other}` is no level to fail on"))
            .help("write `error`, `warning`, `advice` or `never`")),
    }
}

fn texts(name: &str, value: &Value) -> Result<Vec<String>, WrongSetting> {
    let texts = value.as_array().and_then(|all| all.iter().map(|one| one.as_str().map(str::to_owned)).collect());
    texts.ok_or_else(|| {
        WrongSetting::new(format!("`{name}` needs a list of names")).help(format!("write `{name} = [\"postcode\"]`"))
    })
}

fn unknown(name: &str, known: &[&str], what: &str) -> WrongSetting {
    let wrong = WrongSetting::new(format!("there is no {what} called `{name}`"));
    match nearest(name, known.iter().copied()) {
        Some(near) => wrong.help(format!("did you mean `{near}`?")),
        None => wrong.help(format!("known here: `{}`", known.join("`, `"))),
    }
}

fn nearest_file(path: &Path) -> Option<PathBuf> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let whole = folder.canonicalize().ok()?;
    // Beside the file its path is shown as written; further up as it is.
    let beside = folder.join(FILE);
    if beside.is_file() {
        return Some(beside);
    }
    whole.ancestors().skip(1).map(|folder| folder.join(FILE)).find(|file| file.is_file())
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::lint::rules::NEVER_TRUE;

    fn level(text: &str) -> Level {
        Settings::read(text).unwrap().level(&NEVER_TRUE)
    }

    #[test]
    fn a_name_beats_its_category_and_a_flag_the_file() {
        assert_eq!(level(""), Level::Warning);
        assert_eq!(level("[lint.levels]\nreach = \"error\"\nall = \"off\""), Level::Error);
        assert_eq!(level("[lint.levels]\nnever-true = \"advice\"\nreach = \"error\""), Level::Advice);
        let mut settings = Settings::read("[lint.levels]\nnever-true = \"advice\"").unwrap();
        settings.flag("reach", Level::Error).unwrap();
        assert_eq!(settings.level(&NEVER_TRUE), Level::Error);
        assert!(settings.flag("reach", Level::Off).is_err());
    }

    #[test]
    fn what_is_unknown_is_an_error_with_a_suggestion() {
        let wrong = |text: &str| Settings::read(text).unwrap_err();
        assert_eq!(wrong("[lint.levels]\nnever-tru = \"off\"").help.unwrap(), "did you mean `never-true`?");
        assert_eq!(wrong("[lint]\nsensitiv = []").help.unwrap(), "did you mean `sensitive`?");
        assert!(wrong("[lint.levels]\nreach = \"loud\"").message.contains("`loud`"));
        assert!(wrong("[lint").message.starts_with("line 1"));
    }

    #[test]
    fn what_fails() {
        let fails = |text: &str| {
            let settings = Settings::read(text).unwrap();
            [Level::Advice, Level::Warning, Level::Error].map(|level| settings.fails(level))
        };
        assert_eq!(fails(""), [false, true, true]);
        assert_eq!(fails("[lint]\nfail-on = \"error\""), [false, false, true]);
        assert_eq!(fails("[lint]\nfail-on = \"never\""), [false; 3]);
    }
}
