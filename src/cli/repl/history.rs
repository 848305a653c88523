//! Where lines typed before are kept.

use std::path::PathBuf;

/// The file in the user's data folder; `None` where there is no such folder. The folder is made.
pub fn file() -> Option<PathBuf> {
    let folder = data_folder()?.join("score");
    std::fs::create_dir_all(&folder).ok()?;
    Some(folder.join("history"))
}

fn data_folder() -> Option<PathBuf> {
    let variable = |name: &str| std::env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
    if cfg!(windows) {
        return variable("APPDATA");
    }
    let home = variable("HOME");
    let usual = if cfg!(target_os = "macos") { "Library/Application Support" } else { ".local/share" };
    variable("XDG_DATA_HOME").filter(|path| path.is_absolute()).or_else(|| Some(home?.join(usual)))
}
