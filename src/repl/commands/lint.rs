//! `:lint`

use super::{Command, Takes};
use crate::lint::formats::{self, Look};
use crate::lint::linter::lint;
use crate::lint::report::{OfModel, Report};
use crate::lint::settings::Settings;
use crate::repl::{Answer, Session, Wrong};
use crate::source::{Disk, FileSystem};

pub static COMMAND: Command = Command {
    name: "lint",
    form: "",
    about: "what is wrong with the rules, though they run",
    takes: Takes::Nothing,
    run,
};

const MOST: usize = 20;

fn run(session: &mut Session, _: &str) -> Answer {
    let opened = &session.opened;
    let settings = match &opened.path {
        None => Settings::default(),
        Some(path) => Settings::near(path).map_err(|wrong| {
            let said = Wrong::said(wrong.message);
            match wrong.help {
                Some(help) => said.help(help),
                None => said,
            }
        })?,
    };
    let as_of = session.state.as_of;
    let identities = opened.program.paths.iter().map(|path| Disk.identity(path)).collect();
    let reported = lint(&opened.program, &opened.model, as_of, &settings, None);
    let report = Report::of(vec![OfModel::linted(&opened.model, identities, as_of, &settings, reported)]);
    if report.entries.is_empty() {
        return Ok("nothing to say".to_owned());
    }
    let look = Look { color: session.look.color, width: session.look.width, most: MOST };
    let human = formats::FORMATS.first().map(|format| (format.write)(&report, &look));
    Ok(human.unwrap_or_default().trim_end().to_owned())
}
