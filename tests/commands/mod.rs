//! What each command promises: flags, columns, exit codes.

mod check;
mod diff;
mod explain;
mod fmt;
mod lint;
mod others;
mod report;
mod run;

use crate::harness::Folder;

/// Scores that can be worked out in the head: the rules are 20, 15, 5 and 10 a page view.
pub const MODEL: &str = r#"model "Sample" { timezone "Europe/Madrid" }
lead {
  id text key
  title text column "Job Title"
  employees number
  consent yes/no
}
event page_view { path text }
event demo_request called "Demo Requested"
define big = employees >= 1000
lookup size by employees {
  from 0: "small"
  from 100: "large"
}
exclude "Student" when title is "student"
score fit "Fit" from 0 {
  group "Seniority" highest only {
    +20 "Executive" when title mentions any of "ceo", "cto"
    +15 "Chief" when title mentions "chief" or title is "ceo"
  }
  +5 "Large" when size is "large"
}
score engagement "Engagement" to 30 {
  +10 "Pricing" for each page_view where path starts with "/pricing"
}
score total "Lead score" = fit + engagement
bands fit { A from 20, B from 0 }
bands total { hot from 40 do "call today", warm from 20, cold otherwise }
matrix priority by fit, total {
        hot   warm  cold
  A     "P1"  "P2"  "P3"
  B     "P2"  "P3"  "P4"
}
threshold mql "Qualified" when total >= 40 until total < 25 do "notify sales"
threshold reachable when consent
"#;

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
L1,page_view,2026-01-02T10:00:00Z,/pricing/a
L1,page_view,2026-01-03T10:00:00Z,/pricing/b
L1,page_view,2026-01-04T10:00:00Z,/about
L9,page_view,2026-01-04T10:00:00Z,/about
L1,Bounced,2026-01-04T10:00:00Z,
L1,page_view,2026-06-01T10:00:00Z,/pricing/later
";

pub fn sample() -> Folder {
    Folder::empty().with("model.score", MODEL).with("leads.csv", LEADS).with("events.csv", EVENTS)
}
