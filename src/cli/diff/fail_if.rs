//! `--fail-if "entered mql > 5%"`: how much a change may do.

use crate::cli::Failure;
use crate::diagnostics::nearest;
use crate::impact::Population;
use crate::value::{Decimal, fold_name};

/// One limit.
#[derive(Debug, Clone, PartialEq)]
pub struct Limit {
    written: String,
    what: What,
    name: String,
    most: Most,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum What {
    /// `entered mql`: leads that meet the threshold now and did not before
    Entered,
    /// `left mql`
    Left,
    /// `moved fit`: leads with another score
    Moved,
    /// `band fit`: leads in another band
    Band,
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Most {
    Leads(Decimal),
    /// Of all leads
    Percent(Decimal),
}

/// Reads a limit, for clap.
///
/// # Errors
/// What to write instead.
pub fn limit(text: &str) -> Result<Limit, String> {
    let how = || "write such as `entered mql > 5%`, `left mql > 20`, `moved fit > 10%` or `band total > 3%`".to_owned();
    let (left, right) = text.rsplit_once('>').ok_or_else(how)?;
    let (what, name) = left.trim().split_once(char::is_whitespace).ok_or_else(how)?;
    let what = match what {
        "entered" => What::Entered,
        "left" => What::Left,
        "moved" => What::Moved,
        "band" => What::Band,
        _ => return Err(how()),
    };
    let name = name.trim().trim_matches('`').to_owned();
    let right = right.trim();
    let number = |text: &str| Decimal::parse(text.trim()).filter(|number| !number.is_negative());
    let most = match right.strip_suffix('%') {
        Some(percent) => number(percent).map(Most::Percent),
        None => number(right).map(Most::Leads),
    };
    Ok(Limit { written: text.trim().to_owned(), what, name, most: most.ok_or_else(how)? })
}

impl Limit {
    /// What is said where the change does more than this; `None` within the limit.
    ///
    /// # Errors
    /// [`Failure::Cannot`]: the models have no such threshold or score.
    pub fn exceeded(&self, population: &Population) -> Result<Option<String>, Failure> {
        let leads = self.leads(population)?;
        let number = Decimal::whole(i64::try_from(leads).unwrap_or(i64::MAX));
        let exceeds = match self.most {
            Most::Leads(most) => number > most,
            Most::Percent(percent) => {
                let all = Decimal::whole(i64::try_from(population.leads).unwrap_or(i64::MAX));
                all.percent(percent).is_some_and(|most| number > most)
            }
        };
        let percent = crate::cli::terminal::percent(leads, population.leads);
        let said =
            || format!("`{}`: it is {} ({percent})", self.written, crate::cli::terminal::count(leads, "lead", "leads"));
        Ok(exceeds.then(said))
    }

    fn leads(&self, population: &Population) -> Result<u64, Failure> {
        let folded = fold_name(&self.name);
        match self.what {
            What::Entered | What::Left => {
                let names = population.thresholds.iter().map(|it| it.name.as_str());
                let found = population.thresholds.iter().find(|it| fold_name(&it.name) == folded);
                let found = found.ok_or_else(|| self.unknown("threshold", names))?;
                Ok(if self.what == What::Entered { found.entered.leads } else { found.left.leads })
            }
            What::Moved | What::Band => {
                let names = population.scores.iter().map(|it| it.name.as_str());
                let scores = population.scores_by_name();
                let found = scores.get(&folded).ok_or_else(|| self.unknown("score", names.clone()))?;
                match (self.what, &found.bands) {
                    (What::Moved, _) => Ok(found.changed()),
                    (_, Some(bands)) => Ok(bands.changed),
                    (_, None) => Err(Failure::cannot(format!(
                        "`--fail-if \"{}\"`: `{}` has no bands in both models",
                        self.written, self.name
                    ))),
                }
            }
        }
    }

    fn unknown<'a>(&self, what: &str, names: impl Iterator<Item = &'a str>) -> Failure {
        let failure = Failure::cannot(format!(
            "`--fail-if \"{}\"`: there is no {what} `{}` in both models",
            self.written, self.name
        ));
        match nearest(&self.name, names) {
            Some(near) => failure.help(format!("did you mean `{near}`?")),
            None => failure,
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::impact::population::{Crossing, ThresholdShift};

    #[test]
    fn a_limit_is_a_number_or_a_part_of_the_leads() {
        let entered = Crossing { leads: 11, ..Crossing::default() };
        let mql = ThresholdShift { name: "mql".into(), entered, ..ThresholdShift::default() };
        let population = Population { leads: 200, thresholds: vec![mql], ..Population::default() };
        let exceeded = |text: &str| limit(text).unwrap().exceeded(&population).unwrap();
        // 5% of 200 is 10, 5.5% is 11.
        assert_eq!(exceeded("entered mql > 5%").unwrap(), "`entered mql > 5%`: it is 11 leads (5.5%)");
        assert_eq!(exceeded("entered mql > 5.5%"), None);
        assert_eq!((exceeded("entered `mql`>10").is_some(), exceeded("left mql > 0")), (true, None));
        assert!(limit("entered mq > 1").unwrap().exceeded(&population).is_err());
        for wrong in ["mql > 5", "entered mql", "entered mql < 5", "entered mql > -1", "grew mql > 1"] {
            assert!(limit(wrong).is_err(), "{wrong}");
        }
    }
}
