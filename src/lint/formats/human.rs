//! For people: each finding with the lines it is about, and the example to paste into a `test` or the REPL.

use super::{Format, Look, and_more};
use crate::diagnostics::render;
use crate::lint::Safety;
use crate::lint::report::{Entry, Report};

pub static FORMAT: Format = Format { name: "human", about: "with the lines it is about", write };

fn write(report: &Report, look: &Look) -> String {
    let shown = report.entries.iter().take(look.most).map(|entry| one(entry, look));
    shown.collect::<Vec<_>>().join("\n") + &and_more(report, look.most)
}

fn one(entry: &Entry, look: &Look) -> String {
    let frame = render::human(&entry.sources, std::slice::from_ref(&entry.diagnostic), look.color, look.width);
    let mut text = frame.trim_end().to_owned() + "\n";
    if let Some(example) = &entry.example {
        text += &format!("  {}: {}\n", painted("example", look.color), render::visible(&example.shows));
        text += &example.lines().iter().map(|line| format!("    {}\n", render::visible(line))).collect::<String>();
    }
    if let Some(fix) = &entry.fix {
        let flag = match fix.safety {
            Safety::Safe => "`--fix`",
            Safety::Unsafe => "`--fix --unsafe`, which may change scores",
        };
        text += &format!("  {}: {} with {flag}\n", painted("fix", look.color), render::visible(&fix.what));
    }
    text
}

fn painted(word: &str, color: bool) -> String {
    if color { format!("\x1b[36m{word}\x1b[0m") } else { word.to_owned() }
}
