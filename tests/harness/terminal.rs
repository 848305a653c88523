//! The built program on a terminal: keys typed, screen read.

use super::Folder;
use super::program::split;
use pty_process::blocking::{Command, Pty, open};
use std::io::{Read, Write};
use std::process::Child;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

/// How long anything may take to show, on a busy machine.
const PATIENCE: Duration = Duration::from_secs(60);

pub struct Terminal {
    pty: Arc<Pty>,
    child: Child,
    screen: Arc<Mutex<vt100::Parser>>,
}

impl Terminal {
    /// Starts `score WORDS` in a window of so many columns; the user's data folder is `data` in the folder.
    pub fn start(words: &str, folder: &Folder, columns: u16) -> Terminal {
        let (pty, pts) = open().unwrap();
        pty.resize(pty_process::Size::new(40, columns)).unwrap();
        let child = Command::new(env!("CARGO_BIN_EXE_score"))
            .args(split(words))
            .current_dir(folder.root())
            .env("TERM", "xterm-256color")
            .env("XDG_DATA_HOME", folder.path("data"))
            .env_remove("NO_COLOR")
            .env_remove("COLUMNS")
            .spawn(pts)
            .unwrap();
        let screen = Arc::new(Mutex::new(vt100::Parser::new(40.try_into().unwrap(), columns.try_into().unwrap(), 500)));
        let pty = Arc::new(pty);
        let reader = (pty.clone(), screen.clone());
        std::thread::spawn(move || {
            let (pty, screen) = reader;
            let mut bytes = [0; 4096];
            // The other end is closed when the program ends.
            while let Ok(count @ 1..) = (&*pty).read(&mut bytes) {
                let asked = bytes[..count].windows(4).any(|bytes| bytes == b"\x1b[6n");
                let mut screen = screen.lock().unwrap();
                screen.process(&bytes[..count]);
                if asked {
                    let (row, column) = screen.screen().cursor_position();
                    let _ = (&*pty).write_all(format!("\x1b[{};{}R", row + 1, column + 1).as_bytes());
                }
            }
        });
        Terminal { pty, child, screen }
    }

    pub fn types(&mut self, keys: &str) -> &mut Terminal {
        (&*self.pty).write_all(keys.as_bytes()).unwrap();
        self
    }

    /// Types a line and Enter.
    pub fn enters(&mut self, line: &str) -> &mut Terminal {
        self.types(line).types("\r")
    }

    /// All lines on the screen, without blanks at their ends.
    pub fn screen(&self) -> String {
        let screen = self.screen.lock().unwrap();
        let text = screen.screen().contents();
        text.lines().map(str::trim_end).collect::<Vec<_>>().join("\n").trim_end().to_owned()
    }

    /// Waits until the screen shows a text.
    pub fn shows(&mut self, text: &str) -> &mut Terminal {
        self.waits(&format!("does not show `{text}`"), |screen| screen.contains(text))
    }

    /// Waits until the last line on the screen is this.
    pub fn stands_at(&mut self, line: &str) -> &mut Terminal {
        self.waits(&format!("does not stand at `{line}`"), |screen| {
            screen.lines().next_back().unwrap_or("").trim_end() == line.trim_end()
        })
    }

    fn waits(&mut self, failure: &str, is_so: impl Fn(&str) -> bool) -> &mut Terminal {
        let start = Instant::now();
        while !is_so(&self.screen()) {
            assert!(start.elapsed() < PATIENCE, "the screen {failure}:\n{}", self.screen());
            std::thread::sleep(Duration::from_millis(20));
        }
        self
    }

    /// The cells of the screen that show a text, as `vt100` has them: their colour.
    pub fn color_of(&self, text: &str) -> vt100::Color {
        let screen = self.screen.lock().unwrap();
        let (rows, columns) = screen.screen().size();
        let rows: Vec<String> = screen.screen().rows(0, columns.get()).take(rows.get().into()).collect();
        let (row, column) = rows
            .iter()
            .enumerate()
            .rev()
            .find_map(|(row, line)| Some((row, line[..line.find(text)?].chars().count())))
            .unwrap_or_else(|| panic!("`{text}` is not there:\n{}", rows.join("\n")));
        screen.screen().cell(row as u16, column as u16).unwrap().fgcolor()
    }

    /// Waits until the program ends; its exit code.
    pub fn ends(mut self) -> Option<i32> {
        let start = Instant::now();
        loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                return status.code();
            }
            assert!(start.elapsed() < PATIENCE, "the program does not end:\n{}", self.screen());
            std::thread::sleep(Duration::from_millis(20));
        }
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
