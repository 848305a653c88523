//! What a session says of generated models: each suggestion of `:toward` does what it says when it is typed, and no
//! smaller one does; each instant of `:when` is the one at which the condition turns.

use super::case::Case;
use super::chance::Chance;
use scorelang::model::{Compare, Condition, ConditionKind, Model, NumberExpr, NumberTest, ScoreId, ThresholdId};
use scorelang::reference::evaluate;
use scorelang::repl::opened::Stamps;
use scorelang::repl::passage::{DAYS_AHEAD, Passage};
use scorelang::repl::subject::Subject;
use scorelang::repl::toward::{Found, toward};
use scorelang::repl::{Look, Opened, Session};
use scorelang::source::{Memory, Span};
use scorelang::value::{Decimal, Instant};
use std::path::Path;

/// How many generated models every test run looks at; `DIFFERENTIAL_SESSIONS` sets another number.
const CASES: u64 = 40;
/// Evaluations of one question.
const EFFORT: usize = 400;
/// Leads of a case that are looked at.
const LEADS: usize = 2;
const DAY: i64 = 86_400_000_000;

fn cases(first: u64) -> impl Iterator<Item = (Case, Session)> {
    let number = super::variable("DIFFERENTIAL_SESSIONS").unwrap_or(CASES);
    (first..first + number).filter_map(|seed| {
        let case = Case::generate(seed);
        let files = Memory::default().with("generated.score", &case.written.model.text());
        let (opened, _) = Opened::read(&files, Path::new("generated.score"));
        let look = Look { color: false, width: 100 };
        let opened = Opened { path: None, ..opened.ok()? };
        let session = Session::new(opened, Stamps::default(), case.as_of(), look, 1, None).ok()?;
        Some((case, session))
    })
}

fn subjects(case: &Case, model: &Model) -> Vec<Subject> {
    let typed = case.leads.iter().take(LEADS).map(|lead| lead.typed(model));
    typed
        .map(|typed| {
            let mut events = typed.events;
            events.sort_by_key(|event| event.at);
            Subject { lead: typed.lead, events, previous: typed.previous }
        })
        .collect()
}

/// That a score is as high as it is now, or lower by one: what fading ends.
fn heights(model: &Model, subject: &Subject, as_of: Instant) -> Vec<Condition> {
    let scores = subject.evaluate(model, as_of).results.scores;
    let known = scores.into_iter().zip((0..).map(ScoreId)).filter_map(|(value, id)| Some((value?, id)));
    let asked = known.flat_map(|(value, id)| [value, value.subtract(Decimal::ONE).unwrap()].map(|edge| (edge, id)));
    let asked = asked.map(|(edge, id)| ConditionKind::Number {
        value: NumberExpr::Score(id),
        test: NumberTest::Compare(Compare::GreaterOrEqual, NumberExpr::Literal(edge)),
    });
    asked.map(|kind| Condition { kind, span: Span::default() }).collect()
}

fn thresholds(model: &Model) -> Vec<Condition> {
    let ids = (0..model.thresholds.len() as u32).map(ThresholdId);
    ids.map(|id| Condition { kind: ConditionKind::Threshold(id), span: Span::default() }).collect()
}

#[test]
fn suggestions_do_what_they_say() {
    let (mut asked, mut suggested) = (0, 0);
    for (case, mut session) in cases(500_000) {
        let model = session.opened.model.clone();
        for subject in subjects(&case, &model) {
            for condition in thresholds(&model) {
                asked += 1;
                let Found::Suggestions(all) = toward(&model, &subject, case.as_of(), &condition, None, EFFORT).unwrap()
                else {
                    continue;
                };
                for suggestion in all {
                    suggested += 1;
                    let lines: Vec<String> =
                        suggestion.changes.iter().map(|change| change.shown(&model, case.as_of())).collect();
                    let typed = |left_out: Option<usize>, session: &mut Session| {
                        session.state.subject = subject.clone();
                        for (_, line) in lines.iter().enumerate().filter(|(place, _)| Some(*place) != left_out) {
                            let answer = session.answer(line);
                            assert!(answer.is_ok(), "seed {}: {line}\n{:?}", case.seed, answer.err());
                        }
                        let tried = &session.state.subject;
                        let after = evaluate(&model, &tried.lead, &tried.events, &tried.previous, case.as_of(), None);
                        after.holds(&condition)
                    };
                    assert!(typed(None, &mut session), "seed {}: {lines:?}", case.seed);
                    for place in 0..lines.len() {
                        assert!(!typed(Some(place), &mut session), "seed {}: {lines:?} without {place}", case.seed);
                    }
                }
            }
        }
    }
    assert!(suggested > 20, "{suggested} suggestions for {asked} questions");
}

#[test]
fn conditions_turn_when_it_is_said() {
    let (mut asked, mut turned) = (0, 0);
    for (case, session) in cases(510_000) {
        let model = session.model();
        let mut chance = Chance::new(case.seed);
        for subject in subjects(&case, model) {
            let as_of = case.as_of();
            for condition in thresholds(model).into_iter().chain(heights(model, &subject, as_of)) {
                asked += 1;
                let passage = Passage::new(model, &subject, as_of);
                let now = passage.holds(&condition, as_of);
                let turn = passage.turn(&condition).unwrap();
                let place = format!("seed {}: {turn:?}", case.seed);
                if let Some(turn) = turn {
                    turned += 1;
                    assert_eq!((passage.holds(&condition, turn.at), turn.holds), (!now, !now), "{place}");
                    assert_eq!(passage.holds(&condition, Instant(turn.at.0 - 1)), now, "{place}");
                }
                let end = turn.map_or(as_of.0 + DAYS_AHEAD * DAY, |turn| turn.at.0);
                for _ in 0..20 {
                    let between = as_of.0 + (end - as_of.0) / 1_000 * chance.below(1_000) as i64;
                    assert_eq!(passage.holds(&condition, Instant(between)), now, "{place}, but {}", Instant(between));
                }
            }
        }
    }
    assert!(turned > 20, "{turned} turns of {asked} conditions");
}
