//! Scores and what is made of them: bands, matrices, thresholds.

use super::{Named, NamedKind, Place, Reach, Score, Writer};
use crate::differential::piece::{Piece, say};
use crate::differential::vocabulary::Kind;

impl Writer<'_> {
    /// A score, and its bands if it has any.
    pub(super) fn score(&mut self) -> Vec<Piece> {
        let derived = !self.scores.is_empty() && self.chance.percent(30);
        let name = format!("s_{}", self.scores.len());
        let place = Place::of_score();
        let (limits, lowest) = self.score_limits();
        let whole = if derived {
            self.note("derived score");
            let place = Place { events: false, ..place };
            let expression = self.sum_of_scores(&place);
            say![format!("score {name} = "), expression, limits, "\n"]
        } else {
            let mut clauses = Vec::new();
            if self.chance.percent(30) {
                self.note("starting at");
                clauses.push(say![" starting at ", self.pick(&["10", "-5", "0.25", "100"])].optional());
            }
            clauses.extend(limits);
            if self.chance.percent(15) {
                self.note("score with when");
                clauses.push(say![" when ", self.condition(&place, self.style.depth)].optional());
            }
            clauses.extend(self.around(&place));
            self.chance.shuffle(&mut clauses);
            let rules = self.chance.between(1, self.style.rules);
            say![format!("score {name}"), clauses, " {\n", self.items(rules, 0), "}\n"]
        };
        let mut statements = vec![whole.optional()];
        let mut bands = Vec::new();
        if self.chance.percent(60) {
            let (statement, names) = self.bands(&name, lowest);
            statements.push(statement);
            bands = names;
        }
        self.scores.push(Score { name, bands });
        statements
    }

    /// `s_0 + 30% of s_1 - 5`
    fn sum_of_scores(&mut self, place: &Place) -> Piece {
        let count = self.chance.between(1, 3);
        let mut row = Vec::new();
        for place_of_term in 0..count {
            if place_of_term > 0 {
                row.push(self.pick(&[" + ", " - "]).into());
            }
            let score = self.chance.below(self.scores.len());
            let score = self.scores[score].name.clone();
            row.push(match self.chance.below(6) {
                0 => format!("30% of {score}").into(),
                1 => format!("(first known of {score}, 0)").into(),
                2 => self.number(place, 1).unwrap_or_else(|| score.into()),
                3 => format!("{score} * 1.5").into(),
                _ => score.into(),
            });
        }
        Piece::Row(row)
    }

    /// From, to and rounding, and the lower limit.
    fn score_limits(&mut self) -> (Vec<Piece>, Option<&'static str>) {
        let mut limits = Vec::new();
        let lowest = self.chance.percent(35).then(|| self.pick(&["0", "-10", "-100", "5"]));
        if let Some(lowest) = lowest {
            self.note("score from");
            limits.push(format!(" from {lowest}").into());
        }
        if self.chance.percent(35) {
            self.note("score to");
            limits.push(Piece::from(format!(" to {}", self.pick(&["60", "100", "1000"]))).optional());
        }
        if self.chance.percent(40) {
            self.note("rounded");
            limits.push(
                Piece::from(format!(" rounded to {}", self.pick(&["whole", "1 decimal", "2 decimals"]))).optional(),
            );
        }
        (limits, lowest)
    }

    fn bands(&mut self, score: &str, lowest: Option<&'static str>) -> (Piece, Vec<String>) {
        self.note("bands");
        let edges = self.chance.some(&["0.5", "1", "7", "15", "20.5", "40", "50", "99"], 3);
        let names = ["hot", "warm", "mild", "cold", "\"A+\"", "B"];
        let mut names = self.chance.some(&names, names.len());
        while names.len() < edges.len() + 1 {
            names = self.chance.some(&["hot", "warm", "mild", "cold", "\"A+\"", "B"], 6);
        }
        names.truncate(edges.len() + 1);
        let mut bands: Vec<Piece> = Vec::new();
        for (name, edge) in names.iter().zip(&edges) {
            bands.push(format!("  {name} {} {edge}\n", self.pick(&["from", "above"])).into());
        }
        let last = names.last().copied().unwrap_or("cold");
        // As limits may be below the edges above 0, the lowest band begins at the limit, or is for all the rest.
        match lowest {
            Some(lowest) if self.chance.percent(50) && lowest != "5" => {
                bands.push(format!("  {last} from {lowest}\n").into());
            }
            _ => bands.push(format!("  {last} otherwise\n").into()),
        }
        self.chance.shuffle(&mut bands);
        (
            say![format!("bands {score} {{\n"), bands, "}\n"].optional(),
            names.iter().map(|name| name.to_string()).collect(),
        )
    }

    pub(super) fn matrix(&mut self) -> Option<Piece> {
        let banded: Vec<usize> = (0..self.scores.len()).filter(|place| !self.scores[*place].bands.is_empty()).collect();
        if banded.is_empty() {
            return None;
        }
        self.note("matrix");
        let (rows, columns) = (*self.chance.pick(&banded), *self.chance.pick(&banded));
        let (rows, columns) = (&self.scores[rows], &self.scores[columns]);
        let name = format!("m_{}", self.matrices.len());
        let mut text = format!("matrix {name} by {}, {} {{\n  {}\n", rows.name, columns.name, columns.bands.join(" "));
        for (place, row) in rows.bands.iter().enumerate() {
            let cells: Vec<String> =
                (0..columns.bands.len()).map(|column| format!("\"P{}\"", (place + column) % 4)).collect();
            text.push_str(&format!("  {row} {}\n", cells.join(" ")));
        }
        self.matrices.push(name);
        Some(Piece::from(text + "}\n").optional())
    }

    pub(super) fn threshold(&mut self) -> Piece {
        self.note("threshold");
        let place = Place { thresholds: true, ..Place::of_score() };
        let name = format!("t_{}", self.thresholds.len());
        let when = self.condition(&place, self.style.depth);
        let end = match self.chance.below(3) {
            0 => {
                self.note("stays");
                Piece::from(" stays").optional()
            }
            1 => {
                self.note("until");
                say![" until ", self.condition(&place, self.style.depth)].optional()
            }
            _ => Piece::NOTHING,
        };
        self.thresholds.push(name.clone());
        say![format!("threshold {name} when "), when, end, "\n"].optional()
    }

    pub(super) fn exclude(&mut self) -> Piece {
        self.note("exclude");
        let place = Place { events: true, ..Place::default() };
        let reason = format!("reason {}", self.reasons.len());
        let (one, other) = (self.condition(&place, 1), self.condition(&place, 1));
        self.reasons.push(reason.clone());
        let condition = Piece::Either(vec![say!["(", one.clone(), ") and (", other.clone(), ")"], one, other]);
        say![format!("exclude \"{reason}\" when "), condition, "\n"].optional()
    }

    /// A define of any type.
    pub(super) fn define(&mut self, place: &Place) -> Option<Piece> {
        self.reach = Reach::default();
        let depth = self.style.depth.max(1);
        let (kind, value) = match self.chance.below(10) {
            0..=3 => (NamedKind::Condition, self.condition(place, depth)),
            4 => (NamedKind::Value(Kind::Number), self.pick(&["5", "-2.5", "30", "1_000"]).into()),
            5 | 6 => (NamedKind::Value(Kind::Number), self.number(place, depth)?),
            7 => (NamedKind::Value(Kind::Text), self.text_value(place, depth)?),
            8 => (NamedKind::Value(Kind::Date), self.date_value(place, depth)?),
            _ => {
                let kind = *self.chance.pick(&[Kind::YesNo, Kind::List]);
                (NamedKind::Value(kind), self.name(place, &[kind])?.text.into())
            }
        };
        let name = format!("d_{}", self.named.len());
        self.note("define");
        self.named.push(Named { name: name.clone(), kind, reach: self.reach });
        Some(say![format!("define {name} = "), value, "\n"].optional())
    }
}
