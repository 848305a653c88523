use crate::lint::{DataContext, Findings, lint, wording};
use crate::model::ThresholdId;

lint! {
    /// Finds a threshold that none of the leads meets, or that at least four in five do.
    ///
    /// With at least ten leads that are not excluded, none of which met it before.
    ///
    /// ## Why it matters
    ///
    /// Sales gets nobody, or everybody: either way the score chooses nothing. The mark belongs where as many pass as can be
    /// called.
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
    /// threshold qualified when fit >= 90
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
    /// threshold qualified when fit >= 50
    /// ```
    pub static THRESHOLD_SHARE = "S810", "threshold-share", Data, Advice, Data(check);
}

const FEWEST_LEADS: u64 = 10;
/// Of a hundred leads, so many are most of them.
const MOST: u64 = 80;

fn check(context: &DataContext<'_, '_>, findings: &mut Findings) {
    let scored = context.scored();
    if scored < FEWEST_LEADS {
        return;
    }
    for (id, threshold) in (0..).map(ThresholdId).zip(&context.rules.model.thresholds) {
        let met = context.met(id);
        let leads = wording::count(scored, "lead", "leads");
        let (message, help) = match met {
            0 => (
                format!("none of {leads} meets `{}`", threshold.name),
                "lower the mark, or look which rules never fire",
            ),
            _ if met * 100 >= scored * MOST => {
                let percent = met * 100 / scored;
                (
                    format!("{met} of {leads} meet `{}`: {percent}%", threshold.name),
                    "raise the mark to as many as can be called",
                )
            }
            _ => continue,
        };
        findings.add(threshold.when.span, message).help(help);
    }
}

#[cfg(test)]
mod tests {
    use super::THRESHOLD_SHARE;
    use crate::lint::testing::{LEAD, fires_with_data};

    /// Leads with 1, 2, 3… employees, which are their score.
    fn count(leads: usize, mark: usize) -> usize {
        let leads: String = (1..=leads).map(|id| format!("{id},{id}\n")).collect();
        let text = format!("{LEAD}\nscore fit {{\n  +(employees) \"Size\"\n}}\nthreshold mql when fit >= {mark}\n");
        fires_with_data(&THRESHOLD_SHARE, &text, &format!("id,employees\n{leads}"), "", None).len()
    }

    #[test]
    fn nobody_or_most() {
        assert_eq!(count(10, 11), 1);
        // 3 to 10: eight of ten.
        assert_eq!(count(10, 3), 1);
    }

    #[test]
    fn some_or_too_few_to_tell() {
        assert_eq!(count(10, 4), 0);
        assert_eq!(count(10, 10), 0);
        assert_eq!(count(9, 11), 0);
    }
}
