//! Why a command cannot do its work with a file.

use std::fmt;

/// Why the command cannot do its work: exit code 2. Its `Display` is a message for the user, with what to do next.
#[derive(Debug)]
pub enum DataError {
    /// No such file, no permission, a folder, a broken archive.
    Unreadable { file: String, reason: String },
    /// The file is not what its name or the flags claim: a spreadsheet named `.csv`, no key column…
    NotAsClaimed { file: String, reason: String, help: Option<String> },
    /// Writing failed: a full disk, an output path that is a folder.
    Unwritable { file: String, reason: String },
    /// Standard output was closed by its reader (`| head`): the command ends quietly.
    ClosedPipe,
    /// Ctrl-C.
    Interrupted,
}

/// `cannot read `leads.csv`: there is no such file`, and for [`DataError::NotAsClaimed`] a second line with the help.
impl fmt::Display for DataError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            DataError::Unreadable { file, reason } => write!(f, "cannot read `{file}`: {reason}"),
            DataError::NotAsClaimed { file, reason, help: None } => write!(f, "cannot use `{file}`: {reason}"),
            DataError::NotAsClaimed { file, reason, help: Some(help) } => {
                write!(f, "cannot use `{file}`: {reason}\nhelp: {help}")
            }
            DataError::Unwritable { file, reason } => write!(f, "cannot write `{file}`: {reason}"),
            DataError::ClosedPipe => write!(f, "the reader of the output has gone"),
            DataError::Interrupted => write!(f, "interrupted"),
        }
    }
}

impl std::error::Error for DataError {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_names_the_file_and_what_to_do() {
        let error = DataError::NotAsClaimed {
            file: "leads.csv".into(),
            reason: "it looks like an Excel workbook".into(),
            help: Some("save the sheet as CSV UTF-8".into()),
        };
        let message = "cannot use `leads.csv`: it looks like an Excel workbook\nhelp: save the sheet as CSV UTF-8";
        assert_eq!(error.to_string(), message);
    }
}
