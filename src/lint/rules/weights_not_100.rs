use crate::lint::{Context, Findings, lint};
use crate::model::{Choice, Item, NumberExpr, ScoreBody};
use crate::source::Span;
use crate::value::Decimal;

lint! {
    /// Finds weights that do not add up to 100%.
    ///
    /// A score or group is weighted when it has two groups or more, all of them with `counts …%` and nothing beside them, and
    /// all of them count; a score made of scores when each term is a percentage of something. A difference below half a percent
    /// is rounding.
    ///
    /// ## Why it matters
    ///
    /// With weights of 95% nobody gets 100 points, and a threshold at 90 asks for more than it says; with 110% a weak part
    /// is made up for by the others. Mostly it is what is left over when one weight was changed.
    ///
    /// ## Example
    ///
    /// ```score
    /// lead {
    ///   id        text key
    ///   title     text
    ///   industry  text
    /// }
    ///
    /// score profile from 0 to 100 {
    ///   group "Title" counts 60% {
    ///     +100 "Director"  when title mentions "director"
    ///   }
    ///   group "Industry" counts 30% {
    ///     +100 "Software"  when industry is "software"
    ///   }
    /// }
    /// ```
    ///
    /// ## Better
    ///
    /// ```score
    /// lead {
    ///   id        text key
    ///   title     text
    ///   industry  text
    /// }
    ///
    /// score profile from 0 to 100 {
    ///   group "Title" counts 60% {
    ///     +100 "Director"  when title mentions "director"
    ///   }
    ///   group "Industry" counts 40% {
    ///     +100 "Software"  when industry is "software"
    ///   }
    /// }
    /// ```
    pub static WEIGHTS_NOT_100 = "S606", "weights-not-100", Shape, Warning, Rules(check);
}

fn check(context: &Context<'_>, findings: &mut Findings) {
    for score in &context.model.scores {
        let what = format!("score `{}`", score.name);
        match &score.body {
            ScoreBody::Rules { items, .. } => report(findings, &what, score.span, of_groups(items)),
            ScoreBody::Derived(number) => report(findings, &what, score.span, of_terms(number)),
        }
    }
    for place in context.groups().iter().filter(|place| place.group.choice == Choice::All) {
        let what = format!("group `{}`", place.group.label);
        report(findings, &what, place.group.span, of_groups(&place.group.items));
    }
}

fn report(findings: &mut Findings, what: &str, span: Span, weights: Option<Vec<(Decimal, Option<Span>)>>) {
    let Some(weights) = weights.filter(|weights| weights.len() >= 2) else { return };
    let Some(sum) = weights.iter().try_fold(Decimal::ZERO, |sum, (weight, _)| sum.add(*weight)) else { return };
    let Some(apart) = Decimal::whole(100).subtract(sum) else { return };
    if apart.abs().multiply(Decimal::whole(2)).is_none_or(|twice| twice < Decimal::whole(1)) {
        return;
    }
    let finding = findings.add(span, format!("the weights of {what} add up to {sum}%, not to 100%"));
    for (weight, place) in &weights {
        if let Some(place) = place {
            finding.also(*place, format!("{weight}%"));
        }
    }
    let written: Vec<String> = weights.iter().map(|(weight, _)| format!("{weight}%")).collect();
    let change = if apart.is_negative() { "take away" } else { "add" };
    finding.help(format!("{} is {sum}%: {change} {}%", written.join(" + "), apart.abs()));
}

/// The weights of groups that stand alone.
fn of_groups(items: &[Item]) -> Option<Vec<(Decimal, Option<Span>)>> {
    let weight = |item: &Item| match item {
        Item::Group(group) => group.weight.map(|weight| (weight, Some(header(group.span, &group.label)))),
        Item::Rule(_) => None,
    };
    items.iter().map(weight).collect()
}

/// The first words of a group: its whole text would hide the rest.
fn header(span: Span, label: &str) -> Span {
    let end = span.start as usize + "group".len() + label.len() + " \"\"".len();
    Span::new(span.file, span.start as usize, end.min(span.end as usize))
}

/// The percentages of a sum, where each term is one.
fn of_terms(number: &NumberExpr) -> Option<Vec<(Decimal, Option<Span>)>> {
    let (mut left, mut weights) = (number, Vec::new());
    while let NumberExpr::Add(next, right) = left {
        weights.push((weight(right)?, None));
        left = next;
    }
    weights.push((weight(left)?, None));
    weights.reverse();
    Some(weights)
}

/// Of `40% of fit`, also of `40% of fit * 2.5`, which brings `fit` to the scale of the others.
fn weight(mut term: &NumberExpr) -> Option<Decimal> {
    loop {
        match term {
            NumberExpr::PercentOf(percent, _) => return Some(*percent),
            NumberExpr::Multiply(left, right) | NumberExpr::Divide(left, right)
                if matches!(**right, NumberExpr::Literal(_)) =>
            {
                term = left;
            }
            _ => return None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::WEIGHTS_NOT_100;
    use crate::lint::testing::{LEAD, fires};

    fn messages(rules: &str) -> Vec<String> {
        fires(&WEIGHTS_NOT_100, &format!("{LEAD}\n{rules}\n")).into_iter().map(|one| one.message).collect()
    }

    fn groups(weights: &[&str]) -> String {
        let group = |weight: &&str| format!("group {weight} {{\n  +1 \"{weight}\" when employees > 3\n}}\n");
        format!("score fit {{\n{}}}", weights.iter().map(group).collect::<String>())
    }

    #[test]
    fn sums_by_hand() {
        // 30 + 30 + 35 = 95
        assert!(messages(&groups(&["counts 30%", "counts 30.0%", "counts 35%"]))[0].contains("95%"));
        let two = "score a {\n+1\n}\nscore b {\n+1\n}\n";
        assert!(messages(&format!("{two}score c = 60% of a + 50% of b * 2"))[0].contains("110%"));
    }

    #[test]
    fn what_is_not_weighted_or_is_rounded() {
        assert!(messages(&groups(&["counts 60%", "counts 40%"])).is_empty());
        assert!(messages(&groups(&["counts 33.3%", "counts 33.4%", "counts 33.30%"])).is_empty());
        assert!(messages(&groups(&["counts 50%"])).is_empty());
        assert!(messages(&groups(&["counts 50%", "no higher than 5 points"])).is_empty());
        assert!(messages("score a {\n+1\n}\nscore c = 50% of a + a").is_empty());
    }
}
