//! Ctrl-C, and the signals that end a program or its terminal: whatever reads or writes is asked to stop, and leaves nothing half done.

use super::failure::INTERRUPTED;
use crate::data::interrupt;
use std::time::Duration;

/// How long the work may take to stop by itself; it does so at once, unless it waits for input.
const PATIENCE: Duration = Duration::from_millis(500);

/// Answers Ctrl-C from now on, and requests to end (SIGTERM, SIGHUP).
pub fn listen() {
    // Where the system offers no such signals, they end the program as it always did.
    let _ = ctrlc::set_handler(|| {
        interrupt::request();
        std::thread::sleep(PATIENCE);
        interrupt::remove_unfinished();
        std::process::exit(i32::from(INTERRUPTED));
    });
}
