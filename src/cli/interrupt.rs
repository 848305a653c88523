//! Ctrl-C: whatever reads or writes is asked to stop, and leaves nothing half done.

use crate::data::interrupt;

/// Answers Ctrl-C from now on.
///
/// A command that waits for its standard input at that moment ends with its next line, or with a second Ctrl-C's.
pub fn listen() {
    // Where the system offers no such signal, Ctrl-C ends the program as it always did.
    let _ = ctrlc::set_handler(interrupt::request);
}
