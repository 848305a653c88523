use crate::lint::{Context, Findings, lint};
use crate::model::walk::{Part, walk_number};
use crate::model::{NumberExpr, Points, RuleId, ScoreBody, Table};
use crate::value::Decimal;

lint! {
    /// Finds a model in which nothing takes points away and nobody is excluded.
    ///
    /// Only a model with at least five rules, outside weighted groups, and a threshold or bands. Rules that fade count as rising,
    /// too: they give nothing after a while, and take nothing away.
    ///
    /// ## Why it matters
    ///
    /// Without a minus every lead only rises: students, competitors, people who unsubscribed or look for a job reach the mark by
    /// being busy.
    ///
    /// ## Example
    ///
    /// ```score
    /// lead {
    ///   id         text key
    ///   title      text
    ///   industry   text
    ///   employees  number from 0
    /// }
    ///
    /// event download
    /// event demo_request
    ///
    /// score total {
    ///   +20 "Head"        when title mentions "head"
    ///   +15 "Technology"  when industry is "technology"
    ///   +10 "Mid-size"    when employees >= 50
    ///   +5  "Download"    when any download
    ///   +30 "Demo"        when any demo_request
    /// }
    ///
    /// threshold qualified when total >= 50
    /// ```
    ///
    /// ## Better
    ///
    /// ```score
    /// lead {
    ///   id         text key
    ///   title      text
    ///   industry   text
    ///   employees  number from 0
    /// }
    ///
    /// event download
    /// event demo_request
    ///
    /// score total {
    ///   +20 "Head"        when title mentions "head"
    ///   +15 "Technology"  when industry is "technology"
    ///   +10 "Mid-size"    when employees >= 50
    ///   +5  "Download"    when any download
    ///   +30 "Demo"        when any demo_request
    ///   -30 "Student"     when title mentions any of "student", "intern"
    /// }
    ///
    /// threshold qualified when total >= 50
    /// ```
    pub static NO_NEGATIVE_RULE = "S607", "no-negative-rule", Shape, Advice, Rules(check);
}

/// A smaller model is still being written.
pub(super) const FEWEST_RULES: usize = 5;

fn check(context: &Context<'_>, findings: &mut Findings) {
    let model = context.model;
    let is_weighted = |groups: &[&crate::model::Group]| groups.iter().any(|group| group.weight.is_some());
    let counted: Vec<RuleId> =
        context.rules().iter().filter(|place| !is_weighted(&place.groups)).map(|place| place.rule.id).collect();
    let decides = !model.thresholds.is_empty() || model.scores.iter().any(|score| score.bands.is_some());
    if counted.len() < FEWEST_RULES || !decides || !model.excludes.is_empty() {
        return;
    }
    let takes_away = context.rules().iter().any(|place| may_be_negative(&place.rule.points))
        || model.scores.iter().any(|score| matches!(&score.body, ScoreBody::Derived(number) if subtracts(number)));
    if takes_away {
        return;
    }
    let first = counted.first().and_then(|rule| context.rule(*rule));
    let Some(score) = first.and_then(|place| model.scores.get(place.score.index())) else { return };
    let number = context.rules().len();
    findings
        .add(score.span, format!("none of the {number} rules takes points away, and nobody is excluded"))
        .help("write what speaks against a lead: `-20 \"Student\" when title mentions \"student\"`, or `exclude \"Competitor\" when …`");
}

fn may_be_negative(points: &Points) -> bool {
    match points {
        Points::Constant(points) => points.is_negative(),
        Points::Computed(number) => subtracts(number) || !is_plain(number),
        Points::Series(all) => all.iter().any(may_be_negative),
        Points::Table(table) => results(table).any(may_be_negative),
    }
}

fn results(table: &Table<Points>) -> impl Iterator<Item = &Points> {
    table.rows.iter().chain(&table.otherwise).chain(&table.missing).map(|row| &row.result)
}

/// Whether a number is made of what is never below 0: counts, and numbers that are written.
fn is_plain(number: &NumberExpr) -> bool {
    let mut plain = true;
    walk_number(number, &mut |part| {
        if let Part::Number(number) = part {
            plain &= matches!(
                number,
                NumberExpr::Literal(_)
                    | NumberExpr::PercentOf(..)
                    | NumberExpr::CountOf(_)
                    | NumberExpr::CountOfKnown(_)
                    | NumberExpr::CountOfDistinct(..)
                    | NumberExpr::LengthOf(_)
            );
        }
    });
    plain
}

/// Whether something is taken away in it, or multiplied by less than 0.
fn subtracts(number: &NumberExpr) -> bool {
    let is_negative = |number: &NumberExpr| matches!(number, NumberExpr::Literal(value) if *value < Decimal::ZERO);
    let (mut left, mut found) = (number, false);
    while let NumberExpr::Add(next, right)
    | NumberExpr::Subtract(next, right)
    | NumberExpr::Multiply(next, right)
    | NumberExpr::Divide(next, right) = left
    {
        found |= matches!(left, NumberExpr::Subtract(..)) || subtracts(right);
        left = next;
    }
    walk_number(left, &mut |part| {
        if let Part::Number(number) = part {
            found |= matches!(number, NumberExpr::Negate(_)) || is_negative(number);
        }
    });
    found
}

#[cfg(test)]
mod tests {
    use super::NO_NEGATIVE_RULE;
    use crate::lint::testing::{LEAD, fires};

    /// How often it is found in a score of these rules and five plain ones, with more statements behind it.
    fn count(rules: &str, more: &str) -> usize {
        let five: String = (1..=5).map(|points| format!("  +{points} when employees > {points}\n")).collect();
        fires(&NO_NEGATIVE_RULE, &format!("{LEAD}\nscore fit {{\n{five}  {rules}\n}}\n{more}\n")).len()
    }

    const MARK: &str = "threshold mql when fit > 3";

    #[test]
    fn nothing_takes_away() {
        assert_eq!(count("", MARK), 1);
        assert_eq!(count("+(count of known title, phone) \"Filled in\"", MARK), 1);
        assert_eq!(count("", ""), 0);
    }

    #[test]
    fn something_does() {
        assert_eq!(count("-5 when title is \"student\"", MARK), 0);
        assert_eq!(count("points by employees { from 10: +5, missing: -2 }".replace(", ", "\n").as_str(), MARK), 0);
        assert_eq!(count("+(employees) \"Size\"", MARK), 0);
        assert_eq!(count("", "score rest = 10 - fit\nthreshold mql when rest > 3"), 0);
        assert_eq!(count("", "exclude \"Student\" when title is \"student\"\nthreshold mql when fit > 3"), 0);
    }
}
