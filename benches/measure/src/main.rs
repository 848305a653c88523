//! Runs a command; says its seconds and the most memory it had, in KiB, in a file.
//!
//! ```text
//! measure FILE COMMAND ARGUMENT...
//! ```
//!
//! A program of its own, because a command starts with the peak memory of what started it, and this one has little.

use std::process::{Command, ExitCode};
use std::time::Instant;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [file, command, rest @ ..] = arguments.as_slice() else {
        eprintln!("where to write, and what to run");
        return ExitCode::from(2);
    };
    let before = Instant::now();
    let status = match Command::new(command).args(rest).status() {
        Ok(status) => status,
        Err(error) => {
            eprintln!("{command}: {error}");
            return ExitCode::from(2);
        }
    };
    let seconds = before.elapsed().as_secs_f64();
    if let Err(error) = std::fs::write(file, format!("{seconds:.6} {}\n", peak())) {
        eprintln!("{file}: {error}");
        return ExitCode::from(2);
    }
    ExitCode::from(status.code().map_or(1, |code| code as u8))
}

/// The most memory that the ended command had at once, in KiB.
fn peak() -> i64 {
    // SAFETY: `rusage` is plain numbers, for which zeros are values, and `getrusage` fills in the one that it is given.
    let usage = unsafe {
        let mut usage: libc::rusage = std::mem::zeroed();
        libc::getrusage(libc::RUSAGE_CHILDREN, &mut usage);
        usage
    };
    if cfg!(target_os = "macos") { usage.ru_maxrss / 1024 } else { usage.ru_maxrss }
}
