use crate::lint::{DataContext, Findings, lint, wording};
use crate::model::ScoreId;

lint! {
    /// Finds a band with none, or fewer than one in a hundred, of the leads.
    ///
    /// With at least ten leads for each band of the score.
    ///
    /// ## Why it matters
    ///
    /// A band is there to treat its leads in its own way. With nobody in it, its edge asks for more than the rules give, or lies
    /// too close to the next.
    ///
    /// ## Example
    ///
    /// ```score
    /// lead {
    ///   id     text key
    ///   title  text
    /// }
    ///
    /// score fit from 0 {
    ///   +50 "Head"      when title mentions "head"
    ///   +50 "Of sales"  when title mentions "sales"
    /// }
    ///
    /// bands fit { hot from 90, warm from 0 }
    /// ```
    ///
    /// ```csv
    /// id,title
    /// 1,Head of marketing
    /// 2,Sales manager
    /// 3,Nurse
    /// 4,Nurse
    /// 5,Head nurse
    /// 6,Teacher
    /// 7,Sales agent
    /// 8,Head teacher
    /// 9,Head of IT
    /// 10,Engineer
    /// 11,Engineer
    /// 12,Driver
    /// 13,Driver
    /// 14,Cook
    /// 15,Head cook
    /// 16,Painter
    /// 17,Painter
    /// 18,Sales agent
    /// 19,Clerk
    /// 20,Clerk
    /// ```
    ///
    /// ## Better
    ///
    /// ```score
    /// lead {
    ///   id     text key
    ///   title  text
    /// }
    ///
    /// score fit from 0 {
    ///   +50 "Head"      when title mentions "head"
    ///   +50 "Of sales"  when title mentions "sales"
    /// }
    ///
    /// bands fit { warm from 50, cold from 0 }
    /// ```
    pub static BAND_ALMOST_EMPTY = "S807", "band-almost-empty", Data, Advice, Data(check);
}

/// So many leads for each band.
const LEADS_A_BAND: u64 = 10;
/// One in so many is almost nobody.
const ONE_IN: u64 = 100;

fn check(context: &DataContext<'_, '_>, findings: &mut Findings) {
    for (id, score) in (0..).map(ScoreId).zip(&context.rules.model.scores) {
        let Some(bands) = &score.bands else { continue };
        let counts = context.bands(id);
        let all: u64 = counts.iter().sum();
        if all < LEADS_A_BAND * counts.len() as u64 || counts.len() < 2 {
            continue;
        }
        for (band, count) in bands.bands.iter().zip(counts).filter(|(_, count)| **count * ONE_IN < all) {
            let who = if *count == 0 { "none".to_owned() } else { format!("only {count}") };
            let of = wording::count(all, "lead", "leads");
            let finding =
                findings.add(band.span, format!("{who} of {of} is in band `{}` of `{}`", band.name, score.name));
            let split = bands.bands.iter().zip(counts).map(|(band, count)| format!("{} {count}", band.name));
            finding.here(split.collect::<Vec<_>>().join(", "));
            finding.help("move its edge, or take the band away: `score run --summary` shows how the scores are spread");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::BAND_ALMOST_EMPTY;
    use crate::lint::testing::{LEAD, fires_with_data};

    /// Leads with 1, 2, 3… employees, which are their score.
    fn messages(leads: usize, bands: &str) -> Vec<String> {
        let leads: String = (1..=leads).map(|id| format!("{id},{id}\n")).collect();
        let text = format!("{LEAD}\nscore fit from 0 {{\n  +(employees) \"Size\"\n}}\nbands fit {{ {bands} }}\n");
        let found = fires_with_data(&BAND_ALMOST_EMPTY, &text, &format!("id,employees\n{leads}"), "", None);
        found.into_iter().map(|one| one.message).collect()
    }

    #[test]
    fn nobody_or_almost() {
        assert_eq!(messages(20, "A from 21, B from 0"), ["none of 20 leads is in band `A` of `fit`"]);
        // One of 101 is less than one in a hundred, one of 100 is not.
        assert_eq!(messages(101, "A from 101, B from 0"), ["only 1 of 101 leads is in band `A` of `fit`"]);
        assert!(messages(100, "A from 100, B from 0").is_empty());
    }

    #[test]
    fn too_few_leads() {
        assert!(messages(19, "A from 21, B from 0").is_empty());
    }
}
