//! The `score` command: everything is in the library.

use std::process::ExitCode;

fn main() -> ExitCode {
    scorelang::cli::main()
}
