//! A line through values, left to right.

use crate::repl::Look;
use crate::terminal::right;
use crate::value::Decimal;
use unicode_width::UnicodeWidthStr;

/// Rows of a picture.
const ROWS: usize = 9;

/// The lines of a picture: an axis with numbers on the left, then the line; and how many columns stand before that. A
/// missing value breaks the line.
pub fn line(values: &[Option<Decimal>], look: Look) -> (Vec<String>, usize) {
    let known: Vec<Decimal> = values.iter().flatten().copied().collect();
    let (Some(lowest), Some(highest)) = (known.iter().min(), known.iter().max()) else { return (Vec::new(), 0) };
    let rows = if lowest == highest { 1 } else { ROWS };
    let step = (highest.to_f64() - lowest.to_f64()) / (rows.max(2) - 1) as f64;
    let row_of = |value: Decimal| {
        if step > 0.0 { ((highest.to_f64() - value.to_f64()) / step).round() as usize } else { 0 }
    };
    let mut picture = vec![vec![' '; values.len()]; rows];
    let mut last: Option<usize> = None;
    for (column, value) in values.iter().enumerate() {
        let row = value.map(row_of);
        if let Some(row) = row {
            draw(&mut picture, column, last.unwrap_or(row), row);
        }
        last = row;
    }
    let labels: Vec<String> =
        (0..rows).map(|row| label(highest.to_f64() - step * row as f64, *highest, *lowest, row, rows)).collect();
    let widest = labels.iter().map(|label| label.width()).max().unwrap_or(0);
    let paint = look.paint();
    let of_row = |(label, cells): (&String, &Vec<char>)| {
        let axis = paint.dim(&format!("{} ┤", right(label, widest)));
        let cells: String = cells.iter().collect();
        format!("{axis}{}", paint.cyan(cells.trim_end()))
    };
    (labels.iter().zip(&picture).map(of_row).collect(), widest + 2)
}

/// From the row of the column before to that of this one.
fn draw(picture: &mut [Vec<char>], column: usize, from: usize, to: usize) {
    let mut put = |row: usize, letter: char| {
        if let Some(cell) = picture.get_mut(row).and_then(|cells| cells.get_mut(column)) {
            *cell = letter;
        }
    };
    match from.cmp(&to) {
        std::cmp::Ordering::Equal => put(to, '─'),
        std::cmp::Ordering::Less => {
            put(from, '╮');
            (from + 1..to).for_each(|row| put(row, '│'));
            put(to, '╰');
        }
        std::cmp::Ordering::Greater => {
            put(from, '╯');
            (to + 1..from).for_each(|row| put(row, '│'));
            put(to, '╭');
        }
    }
}

/// The ends as they are, what lies between rounded to one decimal.
fn label(value: f64, highest: Decimal, lowest: Decimal, row: usize, rows: usize) -> String {
    if row == 0 {
        return highest.to_string();
    }
    if row + 1 == rows {
        return lowest.to_string();
    }
    let tenths = Decimal::from_billionths((value * 1e9) as i128).round(1);
    tenths.to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fall_and_a_gap() {
        let values: Vec<Option<Decimal>> =
            [Some(8), Some(8), Some(0), None, Some(8)].into_iter().map(|value| value.map(Decimal::whole)).collect();
        let (lines, before) = line(&values, Look { color: false, width: 40 });
        assert_eq!((lines.len(), before), (ROWS, 3));
        assert_eq!(lines[0], "8 ┤──╮ ─");
        assert_eq!(lines[4], "4 ┤  │");
        assert_eq!(lines[8], "0 ┤  ╰");
    }

    #[test]
    fn what_does_not_move_is_one_row() {
        assert_eq!(line(&[Some(Decimal::ONE); 4], Look { color: false, width: 40 }).0, ["1 ┤────"]);
    }
}
