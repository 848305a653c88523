//! Results of a lead by name, and what moved between two of them.

use super::Look;
use crate::model::{MatrixId, Model, Results, ScoreId, ThresholdId};
use crate::run::reasons::signed;
use crate::run::row::band_name;
use crate::terminal::{left, safe};
use crate::value::Decimal;
use unicode_width::UnicodeWidthStr;

/// One result.
#[derive(Debug, Clone, PartialEq)]
pub struct Place {
    pub name: String,
    /// `45 A`, `P1`, `met`
    pub shown: String,
    /// Of a score.
    pub number: Option<Decimal>,
    /// Of a threshold that is met: its action.
    pub action: Option<String>,
}

/// All results, in the order of declaration: scores, matrices, thresholds, the exclusion.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Standing(pub Vec<Place>);

impl Standing {
    pub fn of(model: &Model, results: &Results) -> Standing {
        let scores = model.scores.iter().zip((0..).map(ScoreId)).map(|(score, id)| {
            let number = results.scores.get(id.index()).copied().flatten();
            Place { number, ..Place::new(&score.name, score_text(model, results, id)) }
        });
        let matrices = model
            .matrices
            .iter()
            .zip((0..).map(MatrixId))
            .map(|(matrix, id)| Place::new(&matrix.name, results.cell(model, id).unwrap_or("missing").to_owned()));
        let thresholds = model.thresholds.iter().zip((0..).map(ThresholdId)).map(|(threshold, id)| {
            let met = results.thresholds.get(id.index()).copied().unwrap_or(false);
            let action = threshold.action.clone().filter(|_| met);
            Place { action, ..Place::new(&threshold.name, if met { "met" } else { "not met" }.to_owned()) }
        });
        let reason = results.excluded.and_then(|id| model.excludes.get(id.index()));
        let excluded = Place::new("excluded", reason.map_or("no", |exclude| &exclude.reason).to_owned());
        let all = scores.chain(matrices).chain(thresholds);
        Standing(all.chain((!model.excludes.is_empty()).then_some(excluded)).collect())
    }

    /// A line a result. Nobody needs to be told that a lead is not excluded.
    pub fn shown(&self, look: Look) -> String {
        let paint = look.paint();
        let places: Vec<&Place> =
            self.0.iter().filter(|place| (place.name.as_str(), place.shown.as_str()) != ("excluded", "no")).collect();
        let widest = places.iter().map(|place| safe(&place.name).width()).max().unwrap_or(0);
        let lines = places.iter().map(|place| {
            let action = place.action.as_ref().map(|action| paint.dim(&format!("  → {}", safe(action))));
            let shown = colored(&place.shown, look);
            format!("{}  {shown}{}", left(&safe(&place.name), widest), action.unwrap_or_default())
        });
        lines.collect::<Vec<_>>().join("\n")
    }

    /// What is not as it was: a line each; `nothing moved` where all is.
    pub fn moved_from(&self, before: &Standing, look: Look) -> String {
        let moved = self.moves(before);
        if moved.is_empty() {
            return look.paint().dim("nothing moved");
        }
        let widest = moved.iter().map(|(name, _)| name.width()).max().unwrap_or(0);
        let lines = moved.iter().map(|(name, change)| format!("{}  {}", left(name, widest), change.shown(look)));
        lines.collect::<Vec<_>>().join("\n")
    }

    /// The same on one line: `fit 20 C → 45 A, total 35 → 60`.
    pub fn moved_in_short(&self, before: &Standing) -> String {
        let plain = Look { color: false, width: 0 };
        let moved = self.moves(before).into_iter().map(|(name, change)| format!("{name} {}", change.plain(plain)));
        moved.collect::<Vec<_>>().join(", ")
    }

    fn moves(&self, before: &Standing) -> Vec<(String, Move)> {
        let mut moves = Vec::new();
        for place in &self.0 {
            let was = before.0.iter().find(|was| was.name == place.name);
            if was.is_none_or(|was| was.shown != place.shown) {
                let by = was.and_then(|was| place.number?.subtract(was.number?));
                moves.push((
                    safe(&place.name),
                    Move { from: was.map(|was| was.shown.clone()), to: Some(place.shown.clone()), by },
                ));
            }
        }
        let gone = before.0.iter().filter(|was| !self.0.iter().any(|place| place.name == was.name));
        moves.extend(gone.map(|was| (safe(&was.name), Move { from: Some(was.shown.clone()), to: None, by: None })));
        moves
    }
}

impl Place {
    fn new(name: &str, shown: String) -> Place {
        Place { name: name.to_owned(), shown, number: None, action: None }
    }
}

/// From one text to another; `None` where there was, or is, no such result.
struct Move {
    from: Option<String>,
    to: Option<String>,
    by: Option<Decimal>,
}

impl Move {
    fn plain(&self, look: Look) -> String {
        match (&self.from, &self.to) {
            (Some(from), Some(to)) => format!("{} → {}", safe(from), colored(to, look)),
            (None, Some(to)) => format!("{} (new)", colored(to, look)),
            (from, None) => format!("{} (gone)", safe(from.as_deref().unwrap_or_default())),
        }
    }

    fn shown(&self, look: Look) -> String {
        let by = self.by.filter(|by| *by != Decimal::ZERO);
        let by = by.map(|by| look.paint().dim(&format!("  ({})", signed(by)))).unwrap_or_default();
        self.plain(look) + &by
    }
}

/// `45 A`, `missing`
pub fn score_text(model: &Model, results: &Results, score: ScoreId) -> String {
    let value = results.scores.get(score.index()).copied().flatten();
    let value = value.map_or_else(|| "missing".to_owned(), |value| value.to_string());
    match band_name(model, results, score) {
        Some(band) => format!("{value} {band}"),
        None => value,
    }
}

fn colored(shown: &str, look: Look) -> String {
    let paint = look.paint();
    match shown {
        "met" => paint.green(shown),
        "not met" | "missing" => paint.yellow(shown),
        other => paint.bold(&safe(other)),
    }
}
