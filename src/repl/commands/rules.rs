//! `:rules`, `:rules fit`

use super::{Command, Takes, all_rules, score};
use crate::model::{RuleId, ScoreId};
use crate::repl::draw::cut;
use crate::repl::{Answer, Session};
use crate::run::reasons::signed;
use crate::terminal::{grouped, left, percent, right, safe};
use unicode_width::UnicodeWidthStr;

pub static COMMAND: Command = Command {
    name: "rules",
    form: "[SCORE]",
    about: "the rules, what each gives to this lead, and to how many of the leads file it gives anything",
    takes: Takes::Score,
    run,
};

/// In windows narrower than this, the number alone is shown.
const NARROW: usize = 60;

fn run(session: &mut Session, text: &str) -> Answer {
    let model = session.model();
    let only = if text.is_empty() { None } else { Some(score(model, text)?) };
    let rules: Vec<(ScoreId, RuleId, String)> = all_rules(model)
        .into_iter()
        .filter(|(score, _)| only.is_none_or(|only| only == *score))
        .map(|(score, rule)| (score, rule.id, rule.label.clone()))
        .collect();
    let counts = match &session.population {
        None => None,
        Some(leads) => {
            let ids: Vec<(ScoreId, RuleId)> = rules.iter().map(|(score, rule, _)| (*score, *rule)).collect();
            let gave = leads.each(model, session.state.as_of, session.threads, |_, evaluation| {
                let gives = |(score, rule): &(ScoreId, RuleId)| {
                    let breakdown = evaluation.breakdowns.get(score.index());
                    breakdown.and_then(|one| one.rule(*rule)).is_some_and(|entry| entry.took_part && !entry.dropped)
                };
                ids.iter().map(gives).collect::<Vec<bool>>()
            })?;
            let of_rule = |place: usize| gave.iter().filter(|gave| gave.get(place) == Some(&true)).count() as u64;
            Some(((0..ids.len()).map(of_rule).collect::<Vec<u64>>(), gave.len() as u64))
        }
    };
    let evaluation = session.state.subject.evaluate(model, session.state.as_of);
    let widest = rules.iter().map(|(.., label)| safe(label).width()).max().unwrap_or(0);
    let widest = widest.min(session.look.width.saturating_sub(36).max(16));
    let mut lines = Vec::new();
    let mut of: Option<ScoreId> = None;
    for (place, (score, rule, label)) in rules.iter().enumerate() {
        if of != Some(*score) {
            let name = model.scores.get(score.index()).map(|score| safe(&score.name)).unwrap_or_default();
            lines.push(session.look.paint().bold(&name));
            of = Some(*score);
        }
        let entry = evaluation.breakdowns.get(score.index()).and_then(|breakdown| breakdown.rule(*rule));
        let points = match entry {
            Some(entry) if entry.took_part && entry.dropped => format!("({})", signed(entry.points)),
            Some(entry) if entry.took_part => signed(entry.points),
            _ => "·".to_owned(),
        };
        let mut line = format!("  {}  {}", left(&cut(label, widest), widest), right(&points, 9));
        if let Some((counts, all)) = &counts {
            let count = counts.get(place).copied().unwrap_or_default();
            line += &match session.look.width {
                0..NARROW => format!("  {}", grouped(count)),
                _ => format!("  {} of {} ({})", grouped(count), grouped(*all), percent(count, *all)),
            };
        }
        lines.push(cut(&line, session.look.width));
    }
    Ok(lines.join("\n"))
}
