use crate::lint::data::{EventCount, Share, ValueCount};
use crate::lint::reads::{Read, ScoringRead};
use crate::lint::{DataContext, Findings, lint, wording};
use crate::model::{EventId, FieldId};
use crate::source::Span;
use std::collections::{BTreeMap, BTreeSet};

lint! {
    /// Finds a field, or an event, that tells who became a customer, because it is filled in, changed or sent only then.
    ///
    /// Only with `--outcome`, and for what scores and thresholds read. A field is found when at least 19 of 20 leads for which it
    /// is filled in (or missing) bought, and these are at least half of all that bought; when the same is true of some of its
    /// values together, each on five leads or more; or when all numbers of those who bought lie above, or below, those of the
    /// others. What could well be chance is left alone, and so is everything where more than half of all leads bought.
    ///
    /// ## Why it matters
    ///
    /// Such a field looks like the best rule there is: on old leads it is always right. On a new lead it is empty, or says
    /// nothing yet, and the score is worth less than without it.
    ///
    /// ## Example
    ///
    /// ```score
    /// lead {
    ///   id        text key
    ///   title     text
    ///   contract  text
    ///   stage     text  # allow: unused -- `--outcome` reads it
    /// }
    ///
    /// score fit {
    ///   +10 "Manager"         when title mentions "manager"
    ///   +50 "Has a contract"  when contract is known
    /// }
    /// ```
    ///
    /// ```csv
    /// id,title,contract,stage
    /// 1,Manager,C-101,won
    /// 2,Nurse,C-102,won
    /// 3,Manager,C-103,won
    /// 4,Engineer,C-104,won
    /// 5,Teacher,C-105,won
    /// 6,Manager,,lost
    /// 7,Nurse,,open
    /// 8,Teacher,,lost
    /// 9,Manager,,open
    /// 10,Driver,,open
    /// 11,Nurse,,lost
    /// 12,Manager,,open
    /// 13,Cook,,lost
    /// 14,Cook,,open
    /// 15,Clerk,,open
    /// 16,Clerk,,lost
    /// 17,Manager,,lost
    /// 18,Driver,,open
    /// 19,Painter,,open
    /// 20,Painter,,lost
    /// ```
    ///
    /// ```outcome
    /// stage is "won"
    /// ```
    ///
    /// ## Better
    ///
    /// ```score
    /// lead {
    ///   id     text key
    ///   title  text
    ///   stage  text  # allow: unused -- `--outcome` reads it
    /// }
    ///
    /// score fit {
    ///   +10 "Manager"  when title mentions "manager"
    /// }
    /// ```
    pub static LEAKS_THE_OUTCOME = "S809", "leaks-the-outcome", Data, Warning, Data(check);
}

/// Of a hundred leads with a value, so many bought.
const ALMOST_ALL: u64 = 95;
/// A value on fewer leads shows nothing.
const FEWEST_OF_A_VALUE: u64 = 5;
/// So many standard deviations above the share of all leads: less than one in a thousand by chance.
const DEVIATIONS: f64 = 3.5;

/// All leads, and those that bought.
#[derive(Clone, Copy)]
struct Everybody(Share);

impl Everybody {
    /// Whether a part of the leads, or what happens to them, tells the outcome.
    fn is_told_by(self, part: Share) -> bool {
        let Everybody(all) = self;
        let covers = part.with_outcome * 2 >= all.with_outcome;
        let is_pure = part.with_outcome * 100 >= part.all * ALMOST_ALL;
        covers && is_pure && part.all >= FEWEST_OF_A_VALUE && self.is_no_chance(part)
    }

    fn is_no_chance(self, part: Share) -> bool {
        let Everybody(all) = self;
        let rate = all.with_outcome as f64 / all.all.max(1) as f64;
        let (number, hits) = (part.all as f64, part.with_outcome as f64);
        let deviation = (number * rate * (1.0 - rate)).sqrt();
        hits - number * rate >= DEVIATIONS * deviation
    }
}

fn check(context: &DataContext<'_, '_>, findings: &mut Findings) {
    let Some(with_outcome) = context.counted.with_outcome else { return };
    let all = Share { all: context.counted.leads, with_outcome };
    if with_outcome == 0 || with_outcome * 2 > all.all {
        return;
    }
    let everybody = Everybody(all);
    let reads = context.rules.scoring_reads();
    fields(context, findings, everybody, &reads);
    events(context, findings, everybody);
}

fn fields(context: &DataContext<'_, '_>, findings: &mut Findings, everybody: Everybody, reads: &[ScoringRead<'_>]) {
    let mut first_read: BTreeMap<FieldId, Span> = BTreeMap::new();
    for one in reads {
        if let Read::Field(id) = one.read {
            first_read.entry(id).or_insert(one.span);
        }
    }
    for (id, read) in first_read {
        let (Some(field), Some(count)) = (context.rules.model.lead.fields.get(id.index()), context.field(id)) else {
            continue;
        };
        let Some(how) = told_by(count, everybody) else { continue };
        let finding = findings.add(field.span, format!("`{}` tells who bought: {how}", field.name));
        finding.also(read, "scored here");
        finding
            .help("score what was known before they bought; where it was, say so: `# allow: leaks-the-outcome -- …`");
    }
}

/// How a field tells the outcome, in numbers.
fn told_by(count: &ValueCount, everybody: Everybody) -> Option<String> {
    let Everybody(all) = everybody;
    let known = Share { all: count.known, with_outcome: count.known_with_outcome };
    let missing = Share { all: count.missing, with_outcome: all.with_outcome.saturating_sub(count.known_with_outcome) };
    let told =
        |share: Share| format!("{} of {} bought", share.with_outcome, wording::count(share.all, "lead", "leads"));
    if everybody.is_told_by(known) {
        return Some(format!("where it is filled in, {}", told(known)));
    }
    if everybody.is_told_by(missing) {
        return Some(format!("where it is missing, {}", told(missing)));
    }
    let (values, together) = pure_values(count, everybody);
    if everybody.is_told_by(together) {
        return Some(format!("where it is {}, {}", wording::texts(values, 3), told(together)));
    }
    let [no, yes] = count.yes_no;
    for (answer, share) in [("`yes`", yes), ("`no`", no)] {
        if everybody.is_told_by(share) {
            return Some(format!("where it is {answer}, {}", told(share)));
        }
    }
    numbers(count, known)
}

/// The values that almost only leads who bought have, most frequent first, and their leads together. A list may have several.
fn pure_values(count: &ValueCount, everybody: Everybody) -> (Vec<&str>, Share) {
    let is_pure = |share: &Share| {
        share.all >= FEWEST_OF_A_VALUE
            && share.with_outcome * 100 >= share.all * ALMOST_ALL
            && everybody.is_no_chance(*share)
    };
    let mut values: Vec<_> = count.texts.values().filter(|text| is_pure(&text.share)).collect();
    values.sort_by_key(|text| std::cmp::Reverse(text.share.all));
    let sum = |of: fn(&Share) -> u64| values.iter().map(|text| of(&text.share)).sum();
    let together = Share { all: sum(|share| share.all), with_outcome: sum(|share| share.with_outcome) };
    (values.into_iter().map(|text| text.given.as_str()).collect(), together)
}

/// All numbers of those who bought on one side of all others.
fn numbers(count: &ValueCount, known: Share) -> Option<String> {
    let [Some((others_least, others_most)), Some((least, most))] = count.numbers else { return None };
    let others = known.all.saturating_sub(known.with_outcome);
    if known.with_outcome < FEWEST_OF_A_VALUE || others < FEWEST_OF_A_VALUE {
        return None;
    }
    if least > others_most {
        Some(format!("all {} who bought have {least} or more, all others at most {others_most}", known.with_outcome))
    } else if most < others_least {
        Some(format!("all {} who bought have {most} or less, all others at least {others_least}", known.with_outcome))
    } else {
        None
    }
}

fn events(context: &DataContext<'_, '_>, findings: &mut Findings, everybody: Everybody) {
    let mut selected: BTreeSet<EventId> = BTreeSet::new();
    for place in context.rules.rules() {
        // Of several types one may tell and the others not: a selector of one type alone.
        let selectors = context.rules.needs_of(place.rule).selectors;
        selected.extend(selectors.into_iter().filter(|types| types.len() == 1).flatten());
    }
    for id in selected {
        let (Some(event), Some(count)) = (context.rules.model.events.get(id.index()), context.event(id)) else {
            continue;
        };
        let EventCount { leads, with_outcome, .. } = *count;
        if everybody.is_told_by(Share { all: leads, with_outcome }) {
            let leads = wording::count(leads, "lead", "leads");
            let message =
                format!("`{}` tells who bought: of {leads} with such an event, {with_outcome} did", event.name);
            let finding = findings.add(event.span, message);
            finding.help(
                "score what happened before they bought; where this did, say so: `# allow: leaks-the-outcome -- …`",
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::LEAKS_THE_OUTCOME;
    use crate::lint::testing::{LEAD, fires_with_data};

    /// 24 leads, of which the first 6 bought (`consent`): what is found of a field with these values for the two kinds.
    fn messages(field: &str, rule: &str, bought: &[&str], others: &[&str]) -> Vec<String> {
        let value = |id: usize| if id < 6 { bought[id % bought.len()] } else { others[id % others.len()] };
        let leads: String =
            (0..24).map(|id| format!("{id},{},{}\n", if id < 6 { "yes" } else { "no" }, value(id))).collect();
        let text = format!("{LEAD}\nscore fit {{\n  +5 \"Rule\" when {rule}\n}}\n");
        let leads = format!("id,consent,{field}\n{leads}");
        let found = fires_with_data(&LEAKS_THE_OUTCOME, &text, &leads, "", Some("consent"));
        found.into_iter().map(|one| one.message).collect()
    }

    #[test]
    fn filled_in_only_for_those_who_bought() {
        let found = messages("phone", "phone is known", &["1", "2", "3", "4", "5", "6"], &[""]);
        assert_eq!(found, ["`phone` tells who bought: where it is filled in, 6 of 6 leads bought"]);
        let reversed = messages("phone", "phone is known", &[""], &["1"]);
        assert_eq!(reversed, ["`phone` tells who bought: where it is missing, 6 of 6 leads bought"]);
    }

    #[test]
    fn a_value_or_a_number_that_says_it() {
        let found = messages("title", "title is \"x\"", &["Closed"], &["New", "Busy"]);
        assert_eq!(found, ["`title` tells who bought: where it is \"Closed\", 6 of 6 leads bought"]);
        let found = messages("employees", "employees > 5", &["70", "80"], &["10", "60", ""]);
        assert_eq!(found, ["`employees` tells who bought: all 6 who bought have 70 or more, all others at most 60"]);
    }

    #[test]
    fn what_tells_little_is_left_alone() {
        assert!(messages("title", "title is \"x\"", &["CEO"], &["CEO", "Nurse"]).is_empty());
        // Six different values, each on one lead that bought.
        assert!(messages("title", "title is \"x\"", &["a", "b", "c", "d", "e", "f"], &["g", "h"]).is_empty());
        assert!(messages("employees", "employees > 5", &["70", "20"], &["10", "60"]).is_empty());
        // Filled in for all of those who bought, and for half of the others.
        assert!(messages("phone", "phone is known", &["1"], &["", "1"]).is_empty());
    }

    #[test]
    fn only_what_is_scored_and_only_with_an_outcome() {
        assert!(messages("phone", "title is \"x\"", &["1"], &[""]).is_empty());
        let text = format!("{LEAD}\nscore fit {{\n  +5 when phone is known\n}}\n");
        assert!(fires_with_data(&LEAKS_THE_OUTCOME, &text, "id,phone\n1,2\n", "", None).is_empty());
    }
}
