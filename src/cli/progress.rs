//! A bar on standard error while long work goes on.

use super::Common;
use crate::data::{DataError, interrupt};
use indicatif::{ProgressBar, ProgressStyle};
use std::io::IsTerminal;
use std::time::{Duration, Instant};

/// Work is long when it takes more than this.
const LONG: Duration = Duration::from_millis(800);

/// Shown only on a terminal, without `--quiet`, once the work proves long; gone when dropped.
pub struct Progress {
    wanted: bool,
    what: &'static str,
    began: Instant,
    bar: Option<ProgressBar>,
}

impl Progress {
    /// `what` goes on: `reading events`.
    pub fn new(common: &Common, what: &'static str) -> Progress {
        let wanted = !common.quiet && std::io::stderr().is_terminal();
        Progress { wanted, what, began: Instant::now(), bar: None }
    }

    /// Bytes read, and all of them where known.
    ///
    /// # Errors
    /// [`DataError::Interrupted`] after Ctrl-C.
    pub fn tick(&mut self, read: u64, all: Option<u64>) -> Result<(), DataError> {
        interrupt::check()?;
        if self.wanted && self.bar.is_none() && self.began.elapsed() > LONG {
            self.bar = Some(bar(self.what, all));
        }
        if let Some(bar) = &self.bar {
            bar.set_position(read);
        }
        Ok(())
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }
}

fn bar(what: &'static str, all: Option<u64>) -> ProgressBar {
    let (bar, template) = match all {
        Some(all) => (ProgressBar::new(all), "{msg}  {bar:32}  {bytes} of {total_bytes}"),
        None => (ProgressBar::new_spinner(), "{msg}  {spinner}  {bytes}"),
    };
    bar.set_message(what);
    if let Ok(style) = ProgressStyle::with_template(template) {
        bar.set_style(style);
    }
    bar
}
