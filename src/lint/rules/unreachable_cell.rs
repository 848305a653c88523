use crate::lint::subjects::Reads;
use crate::lint::{Context, Findings, lint};
use crate::model::{Band, BandId, Matrix, MatrixId, ScoreId};
use crate::source::Span;
use crate::syntax::tree::{self, StatementKind};
use crate::value::fold_name;

lint! {
    /// Finds a cell of a matrix that no lead can have, though its row and its column can be had.
    ///
    /// It is a proof. A matrix needs all its cells; one without a letter or digit, such as `"-"`, says itself that it is not
    /// meant, and is left alone.
    ///
    /// ## Why it matters
    ///
    /// Both scores look at the same fact, so some grades never occur. Whoever plans by the matrix counts on leads that there
    /// will never be.
    ///
    /// ## Example
    ///
    /// ```score
    /// lead {
    ///   id         text key
    ///   employees  number from 0
    /// }
    ///
    /// score size from 0 {
    ///   +10 "Large"  when employees >= 500
    /// }
    ///
    /// score budget from 0 {
    ///   +10 "Can pay"  when employees >= 100
    /// }
    ///
    /// bands size   { large from 10, small from 0 }
    /// bands budget { rich from 10, poor from 0 }
    ///
    /// matrix priority by size, budget {
    ///          rich  poor
    ///   large  "P1"  "P2"
    ///   small  "P2"  "P3"
    /// }
    /// ```
    ///
    /// ## Better
    ///
    /// ```score
    /// lead {
    ///   id         text key
    ///   employees  number from 0
    /// }
    ///
    /// score size from 0 {
    ///   +10 "Large"  when employees >= 500
    /// }
    ///
    /// score budget from 0 {
    ///   +10 "Can pay"  when employees >= 100
    /// }
    ///
    /// bands size   { large from 10, small from 0 }
    /// bands budget { rich from 10, poor from 0 }
    ///
    /// matrix priority by size, budget {
    ///          rich  poor
    ///   large  "P1"  "-"
    ///   small  "P2"  "P3"
    /// }
    /// ```
    pub static UNREACHABLE_CELL = "S106", "unreachable-cell", Reach, Advice, Rules(check);
}

fn check(context: &Context<'_>, findings: &mut Findings) {
    for (id, matrix) in (0..).map(MatrixId).zip(&context.model.matrices) {
        let of = |score| Reads::of_score(context.model, score);
        let is_small = context.is_small(matrix.rows) && context.is_small(matrix.columns);
        if !is_small || !of(matrix.rows).share(&of(matrix.columns)) {
            continue;
        }
        let cells = unreachable(context, id, matrix);
        let Some(((row, column), others)) = cells.split_first() else { continue };
        let label = |row: &Band, column: &Band| format!("never both `{}` and `{}`", row.name, column.name);
        let message = match cells.len() {
            1 => format!("no lead can have this cell of matrix `{}`", matrix.name),
            count => format!("no lead can have these {count} cells of matrix `{}`", matrix.name),
        };
        let finding = findings.add(place(context, matrix, row, column), message);
        finding.here(label(row, column));
        for (row, column) in others {
            finding.also(place(context, matrix, row, column), label(row, column));
        }
        finding.help("write `\"-\"` into what cannot be, or let the two scores look at different facts");
    }
}

fn unreachable<'a>(context: &Context<'a>, id: MatrixId, matrix: &'a Matrix) -> Vec<(&'a Band, &'a Band)> {
    let (rows, columns) = (reachable(context, matrix.rows), reachable(context, matrix.columns));
    let mut found = Vec::new();
    for (row, row_band) in &rows {
        for (column, column_band) in &columns {
            let text = context.model.cell(id, Some((*row, *column)), false).unwrap_or_default();
            let is_meant = text.chars().any(char::is_alphanumeric);
            if is_meant && context.analysis.never_reaches_cell(id, *row, *column) {
                found.push((*row_band, *column_band));
            }
        }
    }
    found
}

/// The bands that are not proved to be unreachable.
fn reachable<'a>(context: &Context<'a>, score: ScoreId) -> Vec<(BandId, &'a Band)> {
    let bands = context.model.scores.get(score.index()).and_then(|score| score.bands.as_ref());
    let bands = (0..).map(BandId).zip(bands.into_iter().flat_map(|bands| &bands.bands));
    bands.filter(|(band, _)| !context.analysis.never_reaches_band(score, *band)).collect()
}

fn place(context: &Context<'_>, matrix: &Matrix, row: &Band, column: &Band) -> Span {
    let is = |name: &tree::Name, band: &Band| fold_name(&name.text) == fold_name(&band.name);
    let find = || {
        let StatementKind::Matrix(tree) = &context.statement(matrix.span)?.kind else { return None };
        let place = tree.header.iter().position(|name| is(name, column))?;
        let (_, cells) = tree.cells.iter().find(|(name, _)| is(name, row))?;
        cells.get(place).map(|cell| cell.span)
    };
    find().unwrap_or(matrix.span)
}

#[cfg(test)]
mod tests {
    use super::UNREACHABLE_CELL;
    use crate::lint::testing::{LEAD, fires};

    fn labels(other: &str, cell: &str) -> Vec<String> {
        let text = format!(
            "{LEAD}\nscore a from 0 {{ +10 when employees >= 50 }}\nscore b from 0 {{ +10 when {other} }}\n\
             bands a {{ high from 10, low from 0 }}\nbands b {{ hot from 10, cold from 0 }}\n\
             matrix m by a, b {{\n hot cold\n high \"1\" {cell}\n low \"3\" \"4\"\n}}"
        );
        let found = fires(&UNREACHABLE_CELL, &text);
        found.into_iter().flat_map(|finding| finding.labels).map(|label| label.text).collect()
    }

    #[test]
    fn one_fact_in_both_scores() {
        // Of 50 employees or more are 10 or more: never high and cold.
        assert_eq!(labels("employees >= 10", "\"2\""), ["never both `high` and `cold`"]);
        assert_eq!(labels("employees >= 50", "\"2\""), ["never both `high` and `cold`", "never both `low` and `hot`"]);
    }

    #[test]
    fn what_is_said_not_to_be_or_can_be() {
        assert!(labels("employees >= 10", "\"—\"").is_empty());
        assert!(labels("employees < 90", "\"2\"").is_empty());
        assert!(labels("phone is known", "\"2\"").is_empty());
    }
}
