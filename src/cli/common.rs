//! The flags that every command takes.

use super::Failure;
use crate::value::{Instant, Zone, read_date};
use clap::ValueEnum;
use std::io::IsTerminal;
use std::num::NonZeroUsize;

/// As the command line gives them.
#[derive(Debug, Clone, clap::Args)]
#[command(next_help_heading = "Common options")]
pub struct Flags {
    /// Score as of this date or instant, in the model's time zone [default: now]
    #[arg(long, value_name = "DATE", global = true)]
    as_of: Option<String>,
    /// Colours in messages and tables; `auto` is on a terminal, unless NO_COLOR is set
    #[arg(long, value_name = "WHEN", global = true, default_value = "auto")]
    color: ColorChoice,
    /// Results alone: no summary, no progress
    #[arg(long, short, global = true)]
    quiet: bool,
    /// How many threads to use [default: one a processor]
    #[arg(long, value_name = "N", global = true, value_parser = one_or_more, allow_hyphen_values = true)]
    threads: Option<NonZeroUsize>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum ColorChoice {
    Auto,
    Always,
    Never,
}

/// A number of something: `--threads 4`, `--top 10`.
///
/// # Errors
/// What to write instead.
pub fn one_or_more(text: &str) -> Result<NonZeroUsize, String> {
    text.trim().parse().map_err(|_| "write a whole number, 1 or more".to_owned())
}

/// The common flags, with what they leave open found out.
#[derive(Debug, Clone)]
pub struct Common {
    as_of: Option<String>,
    color: ColorChoice,
    no_color: bool,
    /// No summary, no progress; errors and warnings about the rules are still shown.
    pub quiet: bool,
    /// At least 1. Results do not depend on it.
    pub threads: usize,
}

impl Common {
    pub fn new(flags: Flags) -> Common {
        let processors = || std::thread::available_parallelism().map_or(1, NonZeroUsize::get);
        Common {
            as_of: flags.as_of,
            color: flags.color,
            no_color: std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty()),
            quiet: flags.quiet,
            threads: flags.threads.map_or_else(processors, NonZeroUsize::get).min(256),
        }
    }

    /// The instant of `--as-of`, a bare date being its last microsecond in `zone`; else now.
    ///
    /// # Errors
    /// [`Failure::Cannot`]: the flag is no date.
    pub fn as_of(&self, zone: &Zone) -> Result<Instant, Failure> {
        let Some(written) = &self.as_of else { return Ok(now()) };
        match read_date(written.trim(), None, None, zone) {
            Ok(moment) => Ok(moment.last(zone)),
            Err(_) => Err(Failure::cannot(format!("`--as-of {written}` is not a date"))
                .help("write a date such as `2026-05-01`, or an instant such as `2026-05-01T09:30:00Z`")),
        }
    }

    /// Whether text on standard error is coloured.
    pub fn color_on_stderr(&self) -> bool {
        self.colored(std::io::stderr().is_terminal())
    }

    /// Whether text on standard output is coloured.
    pub fn color_on_stdout(&self) -> bool {
        self.colored(std::io::stdout().is_terminal())
    }

    fn colored(&self, terminal: bool) -> bool {
        match self.color {
            ColorChoice::Auto => terminal && !self.no_color,
            ColorChoice::Always => true,
            ColorChoice::Never => false,
        }
    }
}

/// The one place where the clock is read.
fn now() -> Instant {
    let since_1970 = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap_or_default();
    Instant(i64::try_from(since_1970.as_micros()).unwrap_or(i64::MAX))
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::panic)]
mod tests {
    use super::*;

    fn as_of(written: &str) -> Result<Instant, Failure> {
        let flags = Flags { as_of: Some(written.into()), color: ColorChoice::Never, quiet: true, threads: None };
        Common::new(flags).as_of(&Zone::named("Europe/Madrid").unwrap())
    }

    #[test]
    fn a_date_is_its_last_microsecond_in_the_zone() {
        // Madrid is an hour ahead of UTC in winter.
        assert_eq!(as_of("2026-01-31").unwrap().to_string(), "2026-01-31T22:59:59.999999Z");
        assert_eq!(as_of("2026-01-31T12:00:00Z").unwrap().to_string(), "2026-01-31T12:00:00Z");
        assert_eq!(as_of("2026-01-31 12:00").unwrap().to_string(), "2026-01-31T11:00:00Z");
    }

    #[test]
    fn what_is_no_date_is_said() {
        let Err(Failure::Cannot { message, help }) = as_of("yesterday") else { panic!("a date") };
        assert_eq!(message, "`--as-of yesterday` is not a date");
        assert!(help.is_some());
    }
}
