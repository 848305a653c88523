use crate::analysis::{Verdict, Witness};
use crate::lint::{Context, Finding, Findings, Safety, claim, lint};
use crate::model::walk::{Part, walk_number};
use crate::model::{NumberExpr, Score, ScoreBody, ScoreId};
use crate::source::Span;
use crate::syntax::tree::walk::{Walk, walk};
use crate::syntax::tree::{Name, StatementKind};
use crate::value::fold_name;

lint! {
    /// Finds a score made of several parts that is missing for some leads, though a part of it is known.
    ///
    /// It is a proof, with such a lead. A part that is missing makes the whole missing; `first known of` says what counts
    /// instead.
    ///
    /// ## Why it matters
    ///
    /// A lead with a missing score has no band and meets no threshold, however good the other part is. It is not last on the
    /// list: it is not on it.
    ///
    /// ## Example
    ///
    /// ```score
    /// lead {
    ///   id     text key
    ///   phone  text
    /// }
    ///
    /// event visit
    ///
    /// score fit {
    ///   +60 "Left a phone"  when phone is known
    /// }
    ///
    /// score interest when any visit {
    ///   +10 "Visit"  for each visit at most 3 times
    /// }
    ///
    /// score total = fit + interest
    /// ```
    ///
    /// ## Better
    ///
    /// ```score
    /// lead {
    ///   id     text key
    ///   phone  text
    /// }
    ///
    /// event visit
    ///
    /// score fit {
    ///   +60 "Left a phone"  when phone is known
    /// }
    ///
    /// score interest when any visit {
    ///   +10 "Visit"  for each visit at most 3 times
    /// }
    ///
    /// score total = fit + (first known of interest, 0)
    /// ```
    pub static SCORE_MAY_BE_MISSING = "S116", "score-may-be-missing", Reach, Warning, Rules(check);
}

fn check(context: &Context<'_>, findings: &mut Findings) {
    for (id, score) in (0..).map(ScoreId).zip(&context.model.scores) {
        let ScoreBody::Derived(number) = &score.body else { continue };
        let parts = parts(number);
        if parts.is_empty() || !may_be_missing(context, id) {
            continue;
        }
        if let Verdict::Yes(witness) = context.analysis.can_be_missing(id) {
            look(context, (id, score), &parts, &witness, findings);
        }
    }
}

/// The cheap question before the costly one: all that a sum of scores is made of is always known.
fn may_be_missing(context: &Context<'_>, id: ScoreId) -> bool {
    let scores = context.made_of(id).into_iter().filter_map(|score| context.model.scores.get(score.index()));
    let mut may = false;
    for score in scores {
        match &score.body {
            ScoreBody::Rules { when, .. } => may |= when.is_some(),
            ScoreBody::Derived(number) => walk_number(number, &mut |part| {
                let is_known = matches!(
                    part,
                    Part::Number(NumberExpr::Literal(_) | NumberExpr::Score(_) | NumberExpr::Negate(_))
                        | Part::Number(NumberExpr::PercentOf(..))
                        | Part::Number(NumberExpr::FirstKnown(_) | NumberExpr::Highest(_) | NumberExpr::Lowest(_))
                );
                may |= !is_known;
            }),
        }
    }
    may
}

/// The scores that it names.
fn parts(number: &NumberExpr) -> Vec<ScoreId> {
    let mut parts = Vec::new();
    walk_number(number, &mut |part| {
        if let Part::Number(NumberExpr::Score(score)) = part
            && !parts.contains(score)
        {
            parts.push(*score);
        }
    });
    parts
}

fn look(
    context: &Context<'_>,
    (id, score): (ScoreId, &Score),
    parts: &[ScoreId],
    witness: &Witness,
    findings: &mut Findings,
) {
    let known: Vec<(ScoreId, bool)> = context.analysis.evaluate(witness, |evaluation| {
        let is_known = |part: &ScoreId| evaluation.results.scores.get(part.index()).is_some_and(Option::is_some);
        parts.iter().map(|part| (*part, is_known(part))).collect()
    });
    if !known.iter().any(|(_, is_known)| *is_known) {
        return;
    }
    let name = &score.name;
    let missing = known.iter().find(|(_, is_known)| !is_known).map(|(part, _)| *part);
    let finding =
        findings.add(score.span, format!("score `{name}` is missing for some leads, though a part of it is known"));
    match missing {
        Some(part) => {
            let part_name = context.score_name(part);
            finding.help(format!("where no `{part_name}` shall count as 0, write `(first known of {part_name}, 0)`"));
            let places = named(context, score, part_name);
            if let [place, ..] = places[..] {
                finding.labels.clear();
                finding.also(place, format!("missing wherever `{part_name}` is"));
                fix(finding, part_name, &places);
            }
        }
        None => {
            finding.help("write `first known of` around what may be missing, with what shall count instead: `first known of x, 0`");
        }
    }
    let mut claims = vec![claim::score_is_missing(id)];
    claims.extend(missing.map(claim::score_is_missing));
    context.show(finding, format!("this lead has no `{name}`"), witness, claims);
}

fn fix(finding: &mut Finding, part: &str, places: &[Span]) {
    let text = |written: String| format!("(first known of {written}, 0)");
    let edits = places.iter().map(|place| (*place, text(part.to_owned()))).collect();
    finding.fix(format!("count a missing `{part}` as 0"), Safety::Unsafe, edits);
}

/// Where a derived score names another; nowhere if that name needs backticks.
fn named(context: &Context<'_>, score: &Score, part: &str) -> Vec<Span> {
    let find = || {
        let statement = context.statement(score.span)?;
        let mut file = context.file(score.span)?.clone();
        file.statements = vec![statement.clone()];
        file.comments.clear();
        let StatementKind::Score(own) = &statement.kind else { return None };
        let mut met = NamesMet { part: fold_name(part), own: own.name.span, places: Vec::new() };
        walk(&mut file, &mut met);
        Some(met.places)
    };
    find().unwrap_or_default()
}

struct NamesMet {
    part: String,
    own: Span,
    places: Vec<Span>,
}

impl Walk for NamesMet {
    fn name(&mut self, name: &Name) {
        if !name.quoted && name.span != self.own && fold_name(&name.text) == self.part {
            self.places.push(name.span);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::SCORE_MAY_BE_MISSING;
    use crate::lint::testing::{LEAD, fires, fixed};

    fn text(total: &str) -> String {
        let rules = "lookup factor by country { \"US\": 2 }\nscore fit { +30 when phone is known }\n\
                     score web when any page_view { +20 when any demo_request }\nscore total =";
        format!("{LEAD}{rules} {total}\n")
    }

    #[test]
    fn a_part_is_known() {
        assert_eq!(fires(&SCORE_MAY_BE_MISSING, &text("fit + web")).len(), 1);
        assert_eq!(fires(&SCORE_MAY_BE_MISSING, &text("fit * factor")).len(), 1);
    }

    #[test]
    fn all_of_it_or_never() {
        assert!(fires(&SCORE_MAY_BE_MISSING, &text("web * 2")).is_empty());
        assert!(fires(&SCORE_MAY_BE_MISSING, &text("fit * 2")).is_empty());
        assert!(fires(&SCORE_MAY_BE_MISSING, &text("fit + (first known of web, 0)")).is_empty());
    }

    #[test]
    fn it_counts_as_nothing() {
        assert_eq!(
            fixed(&SCORE_MAY_BE_MISSING, &text("fit + 50% of web")),
            text("fit + 50% of (first known of web, 0)")
        );
    }
}
