//! Ctrl-C, and the signals that end a program or its terminal: whatever reads or writes is asked to stop, and leaves nothing half done.

use super::failure::INTERRUPTED;
use crate::data::interrupt;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

/// How long the work may take to stop by itself; it does so at once, unless it waits for input.
const PATIENCE: Duration = Duration::from_millis(500);

/// Whether a session works out an answer, which ends without the session.
static ANSWERING: AtomicBool = AtomicBool::new(false);

/// Answers Ctrl-C from now on, and requests to end (SIGTERM, SIGHUP).
pub fn listen() {
    // Where the system offers no such signals, they end the program as it always did.
    let _ = ctrlc::set_handler(|| {
        let again = interrupt::is_requested();
        interrupt::request();
        if ANSWERING.load(Ordering::Relaxed) && !again {
            return;
        }
        std::thread::sleep(PATIENCE);
        interrupt::remove_unfinished();
        std::process::exit(i32::from(INTERRUPTED));
    });
}

/// Works out an answer of a session: the first Ctrl-C ends the answer alone.
pub fn while_answering<T>(work: impl FnOnce() -> T) -> T {
    ANSWERING.store(true, Ordering::Relaxed);
    let answer = work();
    ANSWERING.store(false, Ordering::Relaxed);
    interrupt::withdraw();
    answer
}
