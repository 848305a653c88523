//! Models that say much in little, without events.

use super::agree;
use super::made_up::{Dice, Words};
use crate::model::Model;
use crate::run::condition;
use crate::source::Memory;
use crate::value::Instant;
use std::path::Path;

const LEAD: &str = r#"
model { timezone "America/New_York" }
lead {
  id text key
  title text
  email text
  site text
  country text
  employees number
  revenue number
  created date
  renewed date
  consent yes/no
  partner yes/no
  tags list of text
}
"#;

const CHOICES: &str = r#"
score fit from -20 to 60 starting at 2.5 {
  group "Seniority" highest only {
    +20 "Executive" when title mentions any of "ceo", "cto"
    +20 "Known executive" when title contains "ceo" and partner
    group "Inner" first match only counts 33% no higher than 4 points {
      +10 "One" when country is "us"
      -7 "Two" when country is one of "gb", "us", "de"
      +3 "Three" when employees > 10
      points "By size" by employees { from 1: +1, from 10: +5, above 20: -2, missing: +2 }
    }
    +1 "Anyone"
  }
  group "Lowest" when consent lowest only no lower than -9 points {
    -5 "Big" when employees >= 100
    -5 "Rich" when revenue > 1000
    -12 "Both" when employees >= 100 and revenue > 1000
    -3 "Tagged" when tags includes any of "vip", "acme"
    +( employees / revenue ) "Ratio" when tags includes "vip"
  }
  group "Sum" counts 12.5% {
    +3 "Partner" when partner
    +3.3333 "No partner" when partner is no
    +7 "Neither" when partner is missing
    points "By country" by country { "us", "gb": +4, "de": +( revenue * 0.1 ), otherwise: -1, missing: -2 }
    points "By domain" by domain of email { "acme.com": +9, "us": +1 }
  }
  -1 "Never" when no
  +( employees * 1.23456 ) "Computed" no higher than 12 points
  +( revenue * revenue ) "Large" no higher than 3 points
}
score other when consent or employees > 20 { +5 when title is known, -5 when country does not contain "u" }
score more = 30% of fit + first known of other, 3 - employees / revenue from 0 to 100 rounded to 1 decimal
score product = fit * employees rounded to whole
bands fit { C from -20, A above 20, B from 20, D from 5 }
bands other { yes from 5, no otherwise }
matrix m by fit, other { yes no
  A "1" "2"
  B "3" "4"
  C "5" "6"
  D "7" "8"
}
threshold mql when more >= 10 and band of fit is at least D until band of other is no
threshold kept when total_known and m is one of "1", "3", "7" stays
threshold plain when mql or product is known
define total_known = count of known title, country, employees, fit >= 3
define cell = m
define where_from = first known of domain of email, domain of site, country
exclude "Competitor" when domain of email is one of "acme.com", "us"
exclude "Small" when employees < 1 and consent
"#;

const DATES: &str = r#"
lookup region by country { "us": "north", "gb", "de": "europe", otherwise: "elsewhere" }
lookup factor by employees { from 10: 1.5, from 100: 2.25, missing: 0 }
define age = days since created
define start = first known of renewed, created
define latest = highest of created, renewed
define earliest = lowest of created, renewed
score dated {
  +1 "Recent" when created in last 30 days
  +2 "Soon" when renewed in next 3 months
  +4 "Ordered" when created before renewed
  +8 "Later" when created after renewed
  +16 "On" when created on 2026-05-01
  +32 "Between" when renewed between created and 2026-10-01
  +64 "Same" when created between renewed and renewed
  +128 "Fixed" when start between 2026-03-01 and 2026-06-30
  +( age * 0.5 ) "Age" no higher than 100 points
  +( days until renewed ) "Until" no lower than -50 points
  -1 "Every" for every 1 month without visit counting from created
  -2 "Every weeks" for every 2 weeks without visit after 10 days counting from start no lower than -30 points
  +( factor ) "Points" for every 45 days without visit counting from latest
  +3 "Weekend" when weekday of created is one of "saturday", "sunday"
  +5 "Office" when hour of renewed between 9 and 17
  group "Region" first match only {
    +7 "Europe" when region is "europe"
    +6 "Not north" when region is not "north"
  }
  +( length of title * factor ) "Long title" when title is known
  +9 "Early" when earliest before 2026-01-01
}
event visit
score texts {
  +1 "Same" when title is country
  +2 "Inside" when email contains country
  +4 "Listed" when tags includes title
  +8 "All" when tags includes all of "vip", "acme"
  +16 "Free" when domain of email is one of "gmail.com", "acme.com"
  +32 "Random" when title looks random
  +64 "Glob" when title matches "*ceo?*"
  +128 "Regex" when email matches /^a.*[0-9]/
  +256 "Not" when title is not "ceo" and not title mentions "vip"
  +512 "First" when first known of title, country is "us"
  +1024 "Site" when first known of domain of site, domain of email is "acme.com"
  +2048 "Maybe" when first known of consent, partner is yes
  +4096 "Ends" when email ends with ".com" or title starts with "c"
}
score numbers {
  +1 "Compare" when employees > revenue
  +2 "Equal" when employees is revenue
  +4 "Between" when employees between 10 and revenue
  +8 "One of" when revenue is one of 10, 100, employees
  +( highest of employees, revenue, 50 ) "Highest" no higher than 500 points
  +( lowest of employees, revenue ) "Lowest" no lower than -500 points
  -( count of known employees, revenue, tags, consent, created ) "Known"
  +( employees - revenue / 3 ) "Less" when region is "north"
  points "Factor" by factor { above 0: +1, from 2: +2, missing: +3 }
}
threshold all when dated > 5 and texts > 5 until numbers < 0
"#;

fn model(text: &str) -> (Model, String) {
    let text = format!("{LEAD}{text}");
    match crate::compile(&Memory::default().with("model.score", &text), Path::new("model.score")) {
        Ok(model) => (model, text),
        Err(crate::CompileError::Wrong { diagnostics, .. }) => panic!("{diagnostics:#?}"),
        Err(error) => panic!("{error:?}"),
    }
}

/// 2026-05-15T10:00:00Z
const AS_OF: Instant = Instant(1_778_839_200_000_000);

fn agrees(text: &str, only: &str) {
    let (model, text) = model(text);
    let leads = Words::of(&text).leads(&model, AS_OF, 700, &mut Dice::new(7));
    let (only, _) = condition::read(&model, "--only", only).unwrap();
    agree(&model, AS_OF, &leads, Some(only));
}

#[test]
fn choices_weights_limits_bands_and_thresholds() {
    agrees(CHOICES, "fit > 3 or excluded is \"Small\" or m is \"excluded\" and mql is no");
}

#[test]
fn dates_texts_and_numbers() {
    agrees(DATES, "all or region is \"europe\" and dated is known");
}
