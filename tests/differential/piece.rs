//! A generated text that knows what can be taken out of it, so that a failing one can be made small.

/// A piece of a model's text.
#[derive(Debug, Clone)]
pub enum Piece {
    Words(String),
    /// One after another
    Row(Vec<Piece>),
    /// May be left out
    Optional(Box<Piece>),
    /// The first of them, or any other instead
    Either(Vec<Piece>),
}

/// Pieces in a row: `say!["when ", condition]`.
macro_rules! say {
    ($($part:expr),* $(,)?) => {
        $crate::differential::piece::Piece::Row(vec![$($crate::differential::piece::Piece::from($part)),*])
    };
}
pub(super) use say;

impl From<&str> for Piece {
    fn from(words: &str) -> Piece {
        Piece::Words(words.to_string())
    }
}

impl From<String> for Piece {
    fn from(words: String) -> Piece {
        Piece::Words(words)
    }
}

impl From<Vec<Piece>> for Piece {
    fn from(row: Vec<Piece>) -> Piece {
        Piece::Row(row)
    }
}

impl Piece {
    pub const NOTHING: Piece = Piece::Row(Vec::new());

    pub fn optional(self) -> Piece {
        Piece::Optional(Box::new(self))
    }

    /// Pieces with something between each two.
    pub fn joined(parts: Vec<Piece>, between: &str) -> Piece {
        let mut row = Vec::new();
        for part in parts {
            if !row.is_empty() {
                row.push(Piece::from(between));
            }
            row.push(part);
        }
        Piece::Row(row)
    }

    pub fn text(&self) -> String {
        let mut text = String::new();
        self.write(&mut text);
        text
    }

    fn write(&self, text: &mut String) {
        match self {
            Piece::Words(words) => text.push_str(words),
            Piece::Row(row) => row.iter().for_each(|piece| piece.write(text)),
            Piece::Optional(piece) => piece.write(text),
            Piece::Either(all) => all[0].write(text),
        }
    }

    /// In how many ways it can be made smaller by one step.
    pub fn reductions(&self) -> usize {
        match self {
            Piece::Words(_) => 0,
            Piece::Row(row) => row.iter().map(Piece::reductions).sum(),
            Piece::Optional(piece) => 1 + piece.reductions(),
            Piece::Either(all) => all.len() - 1 + all[0].reductions(),
        }
    }

    /// Smaller by the step of this number, below [`Piece::reductions`]. Steps that take away more come first.
    pub fn reduced(&self, step: usize) -> Piece {
        match self {
            Piece::Words(_) => self.clone(),
            Piece::Row(row) => {
                let (mut row, mut step) = (row.clone(), step);
                for piece in &mut row {
                    match step.checked_sub(piece.reductions()) {
                        Some(rest) => step = rest,
                        None => {
                            *piece = piece.reduced(step);
                            break;
                        }
                    }
                }
                Piece::Row(row)
            }
            Piece::Optional(_) if step == 0 => Piece::NOTHING,
            Piece::Optional(piece) => piece.reduced(step - 1).optional(),
            Piece::Either(all) if step + 1 < all.len() => all[step + 1].clone(),
            Piece::Either(all) => {
                let mut all = all.clone();
                all[0] = all[0].reduced(step + 1 - all.len());
                Piece::Either(all)
            }
        }
    }
}

#[test]
fn a_piece_is_made_smaller_step_by_step() {
    let piece =
        say!["a", say!["b", Piece::from("c").optional()].optional(), Piece::Either(vec!["d".into(), "e".into()])];
    assert_eq!(piece.text(), "abcd");
    let smaller: Vec<String> = (0..piece.reductions()).map(|step| piece.reduced(step).text()).collect();
    assert_eq!(smaller, ["ad", "abd", "abce"]);
}
