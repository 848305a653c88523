//! `score completions`

use super::{Common, Failure, Outcome, output};
use clap_complete::{Shell, generate};

/// Write completions for a shell
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  score completions bash > ~/.local/share/bash-completion/completions/score
  score completions fish > ~/.config/fish/completions/score.fish")]
pub struct Arguments {
    shell: Shell,
}

/// # Errors
/// [`Failure`]: standard output cannot be written.
pub fn run(arguments: Arguments, _common: &Common) -> Result<Outcome, Failure> {
    let mut text = Vec::new();
    generate(arguments.shell, &mut super::command(), "score", &mut text);
    output::write(None, &text)?;
    Ok(Outcome::Done)
}
