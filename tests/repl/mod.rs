//! `score repl`: sessions read from standard input, sessions on a terminal, and those that the page documents.

mod documented;
mod plain;
mod saving;
#[cfg(unix)]
mod terminal;

use crate::commands::MODEL;
use crate::harness::Folder;

const LEADS: &str = "\
id,Job Title,employees,consent,source
L1,CEO,250,yes,fair
L2,CTO,12,no,
L3,student,5000,yes,web
L4,,,,web
";

const EVENTS: &str = "\
lead_id,type,at,path
L2,page_view,2026-01-05T10:00:00Z,/pricing
L2,page_view,2026-01-06T10:00:00Z,/pricing
L2,page_view,2026-01-07T10:00:00Z,/home
";

fn folder() -> Folder {
    Folder::empty().with("model.score", MODEL).with("leads.csv", LEADS).with("events.csv", EVENTS)
}
