//! A page as aligned text.

use super::{Bars, Block, Page, Table, Unit};
use crate::cli::terminal::{Paint, grouped, left, right, safe, width};
use unicode_width::UnicodeWidthStr;

/// The longest bar, in columns of the terminal.
const LONGEST_BAR: f64 = 40.0;
/// Cells are cut to this many columns of the terminal.
const WIDEST_CELL: usize = 60;

pub fn text(page: &Page, color: bool) -> String {
    let paint = Paint(color);
    let mut lines = vec![paint.bold(&safe(&page.title))];
    lines.extend(page.about.iter().flat_map(|text| wrapped(text, "")));
    for warning in &page.warnings {
        let mut of_warning = wrapped(&format!("warning: {warning}"), "  ").into_iter();
        let first = of_warning.next().unwrap_or_default();
        lines.push(format!("{}{}", paint.yellow("warning"), first.strip_prefix("warning").unwrap_or_default()));
        lines.extend(of_warning);
    }
    for section in &page.sections {
        lines.extend([String::new(), paint.bold(&safe(&section.heading))]);
        for block in &section.blocks {
            lines.extend(of_block(block, paint));
        }
    }
    let trimmed: Vec<&str> = lines.iter().map(|line| line.trim_end()).collect();
    trimmed.join("\n") + "\n"
}

fn of_block(block: &Block, paint: Paint) -> Vec<String> {
    match block {
        Block::Text(text) => wrapped(text, "  ").iter().map(|line| format!("  {}", line.trim_start())).collect(),
        Block::Code(text) => text.lines().map(|line| format!("    {}", safe(line))).collect(),
        Block::Table(table) => of_table(table, paint),
        Block::Bars(bars) if !bars.beside_table => of_bars(bars, paint),
        Block::Bars(_) | Block::Lines(_) => Vec::new(),
    }
}

fn wrapped(text: &str, indent: &str) -> Vec<String> {
    let options = textwrap::Options::new(width()).subsequent_indent(indent);
    textwrap::wrap(&safe(text), options).into_iter().map(std::borrow::Cow::into_owned).collect()
}

fn of_table(table: &Table, paint: Paint) -> Vec<String> {
    let cut = |cell: &String| shortened(&safe(cell));
    let rows: Vec<Vec<String>> = table.rows.iter().map(|row| row.iter().map(cut).collect()).collect();
    let widest = |place: usize, name: &str| {
        rows.iter().filter_map(|row| row.get(place)).map(|cell| cell.width()).chain([name.width()]).max().unwrap_or(0)
    };
    let widths: Vec<usize> =
        table.columns.iter().enumerate().map(|(place, column)| widest(place, &column.name)).collect();
    let line = |cells: &mut dyn Iterator<Item = &str>| {
        let cells = cells.zip(table.columns.iter().zip(&widths));
        let aligned = cells.map(|(cell, (column, width))| match column.is_number {
            true => right(cell, *width),
            false => left(cell, *width),
        });
        format!("  {}", aligned.collect::<Vec<_>>().join("  ")).trim_end().to_owned()
    };
    let header = paint.dim(&line(&mut table.columns.iter().map(|column| column.name.as_str())));
    let body = rows.iter().map(|row| line(&mut row.iter().map(String::as_str)));
    std::iter::once(header).chain(body).collect()
}

fn shortened(cell: &str) -> String {
    if cell.width() <= WIDEST_CELL {
        return cell.to_owned();
    }
    let mut short = String::new();
    for letter in cell.chars() {
        if short.width() >= WIDEST_CELL - 1 {
            break;
        }
        short.push(letter);
    }
    short + "…"
}

fn of_bars(bars: &Bars, paint: Paint) -> Vec<String> {
    const EIGHTHS: [&str; 8] = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"];
    let most = bars.bars.iter().map(|bar| bar.value).fold(0.0, f64::max).max(f64::MIN_POSITIVE);
    let widest = bars.bars.iter().map(|bar| safe(&bar.label).width()).max().unwrap_or(0);
    let drawn = |value: f64| {
        let eighths = ((value / most * LONGEST_BAR * 8.0) as usize).max(usize::from(value > 0.0));
        "█".repeat(eighths / 8) + EIGHTHS.get(eighths % 8).copied().unwrap_or_default()
    };
    let shown = |value: f64| match bars.unit {
        Unit::Count => grouped(value as u64),
        Unit::Rate => format!("{:.1}%", value * 100.0),
    };
    let line = |bar: &super::OneBar| {
        format!("  {}  {} {}", right(&safe(&bar.label), widest), paint.cyan(&drawn(bar.value)), shown(bar.value))
    };
    bars.bars.iter().map(line).collect()
}
