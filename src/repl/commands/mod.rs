//! Lines that begin with `:`, one command a file and one line of [`COMMANDS`] each.

mod as_of;
mod diff;
mod fields;
mod find;
mod help;
mod lead;
mod lint;
mod pick;
mod plan;
mod quit;
mod reset;
mod rules;
mod save_test;
mod spread;
mod timeline;
mod top;
mod toward;
mod undo;
mod when;
mod why;

use super::typed::{Line, NAME};
use super::{Answer, Session, Wrong};
use crate::check::check_condition_in;
use crate::data::interrupt;
use crate::diagnostics::nearest;
use crate::model::{Condition, Model, ScoreBody, ScoreId, Symbol};
use crate::run::condition;
use crate::syntax::{parse_expression, tree};
use crate::terminal::safe;
use crate::value::fold_name;

/// What stands behind the name of a command, for completion.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Takes {
    Nothing,
    Score,
    /// A score, threshold, matrix or rule
    Result,
    Condition,
    Key,
    Command,
    /// A number, a date, a text of one's own
    Words,
}

/// A command: its name, how it is typed, what it does.
#[derive(Debug)]
pub struct Command {
    /// Without the `:`; may be two words.
    pub name: &'static str,
    /// What stands behind the name: `[score]`
    pub form: &'static str,
    /// One line.
    pub about: &'static str,
    pub takes: Takes,
    /// Answers it; the text is what stands behind its name, trimmed.
    pub run: fn(&mut Session, &str) -> Answer,
}

/// All commands, in the order of the help.
pub static COMMANDS: &[&Command] = &[
    &why::COMMAND,
    &toward::COMMAND,
    &when::COMMAND,
    &timeline::COMMAND,
    &as_of::COMMAND,
    &lead::COMMAND,
    &pick::COMMAND,
    &find::COMMAND,
    &top::COMMAND,
    &spread::COMMAND,
    &rules::COMMAND,
    &fields::COMMAND,
    &lint::COMMAND,
    &plan::COMMAND,
    &diff::COMMAND,
    &save_test::COMMAND,
    &undo::COMMAND,
    &reset::COMMAND,
    &help::COMMAND,
    &quit::COMMAND,
];

/// The command that a text begins with, and what stands behind its name.
pub fn split(text: &str) -> Option<(&'static Command, &str)> {
    COMMANDS.iter().find_map(|command| {
        let mut rest = text.trim_start();
        for word in command.name.split(' ') {
            rest = rest.trim_start().strip_prefix(word)?;
            if rest.chars().next().is_some_and(|next| next.is_alphanumeric() || next == '_') {
                return None;
            }
        }
        Some((*command, rest.trim()))
    })
}

/// Answers what stands behind the `:`; Ctrl-C ends it.
pub fn run(session: &mut Session, text: &str) -> Answer {
    if let Some((command, rest)) = split(text) {
        let answer = (command.run)(session, rest);
        // What was stopped half-way is no answer.
        return if interrupt::is_requested() { Err(Wrong::Interrupted) } else { answer };
    }
    let word = text.split_whitespace().next().unwrap_or_default();
    let first_words = COMMANDS.iter().map(|command| command.name);
    let help = match COMMANDS.iter().find(|command| command.name.split(' ').next() == Some(word)) {
        Some(begun) => format!("write `:{} {}`", begun.name, begun.form).trim_end().to_owned(),
        None => match nearest(word, first_words) {
            Some(near) => format!("did you mean `:{near}`?"),
            None => "`:help` shows all commands".to_owned(),
        },
    };
    Err(Wrong::said(format!("there is no command `:{}`", safe(word))).help(help))
}

/// A condition over the model's results.
fn read_condition(session: &Session, text: &str) -> Result<Condition, Wrong> {
    let read = condition::read(session.model(), NAME, text);
    read.map(|(condition, _)| condition)
        .map_err(|wrong| Wrong::Rules { sources: wrong.sources, diagnostics: wrong.diagnostics })
}

/// A condition, and a model whose sources hold its text, so that it can be quoted.
fn read_quotable(session: &Session, text: &str) -> Result<(Condition, Model), Wrong> {
    let line = Line::new(session, text);
    let checked = parse_expression(&line.sources, line.id)
        .and_then(|expr: tree::Expr| check_condition_in(session.model(), &expr, Some(&line.sources)));
    match checked {
        Ok((condition, _)) => Ok((condition, Model { sources: line.sources, ..session.model().clone() })),
        Err(mistakes) => Err(line.wrong()(mistakes)),
    }
}

/// A score by its name, or the last one where none is named.
fn score(model: &Model, name: &str) -> Result<ScoreId, Wrong> {
    if name.is_empty() {
        let last = model.scores.len().checked_sub(1).map(|last| ScoreId(last as u32));
        return last.ok_or_else(|| Wrong::said("the model has no score"));
    }
    match model.names.get(&fold_name(name.trim_matches('`'))) {
        Some(Symbol::Score(id)) => Ok(*id),
        _ => {
            let names: Vec<&str> = model.scores.iter().map(|score| score.name.as_str()).collect();
            let wrong = Wrong::said(format!("there is no score `{}`", safe(name)));
            Err(match nearest(name, names.iter().copied()) {
                Some(near) => wrong.help(format!("did you mean `{near}`?")),
                None => wrong.help(format!("the scores are {}", quoted(&names))),
            })
        }
    }
}

fn quoted(names: &[&str]) -> String {
    names.iter().map(|name| format!("`{}`", safe(name))).collect::<Vec<_>>().join(", ")
}

/// All rules with their scores, in the order written.
fn all_rules(model: &Model) -> Vec<(ScoreId, &crate::model::Rule)> {
    let mut found = Vec::new();
    for (score, id) in model.scores.iter().zip((0..).map(ScoreId)) {
        let ScoreBody::Rules { items, .. } = &score.body else { continue };
        let mut open: Vec<&crate::model::Item> = items.iter().rev().collect();
        while let Some(item) = open.pop() {
            match item {
                crate::model::Item::Rule(rule) => found.push((id, rule)),
                crate::model::Item::Group(group) => open.extend(group.items.iter().rev()),
            }
        }
    }
    found
}

/// What is missing behind a command.
fn nothing_behind(command: &Command, example: &str) -> Wrong {
    Wrong::said(format!("`:{}` needs something behind it", command.name)).help(format!("such as `{example}`"))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn every_file_is_registered() {
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src/repl/commands");
        let files = std::fs::read_dir(folder).unwrap().count();
        assert_eq!(files - 1, COMMANDS.len());
    }

    #[test]
    fn the_longest_name_counts_and_words_are_whole() {
        assert_eq!(
            split("as of 2026-01-01").map(|(command, rest)| (command.name, rest)),
            Some(("as of", "2026-01-01"))
        );
        assert_eq!(split("why not \"x\"").map(|(command, rest)| (command.name, rest)), Some(("why", "not \"x\"")));
        assert!(split("whys").is_none());
    }
}
