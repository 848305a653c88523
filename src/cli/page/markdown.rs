//! A page as Markdown.

use super::{Bars, Block, Page, Table, Unit};
use crate::cli::markdown::{code, plain};
use crate::cli::terminal::{grouped, safe};

pub fn text(page: &Page) -> String {
    let mut parts = vec![format!("## {}", plain(&page.title))];
    parts.extend(page.about.iter().map(|text| code(text)));
    if !page.warnings.is_empty() {
        let warnings: Vec<String> = page.warnings.iter().map(|warning| format!("> - {}", code(warning))).collect();
        parts.push(format!("> **Mind this**\n>\n{}", warnings.join("\n")));
    }
    for section in &page.sections {
        parts.push(format!("### {}", plain(&section.heading)));
        parts.extend(section.blocks.iter().filter_map(of_block));
    }
    parts.join("\n\n") + "\n"
}

fn of_block(block: &Block) -> Option<String> {
    match block {
        Block::Text(text) => Some(code(text)),
        // Four ticks: lines of rules may hold three.
        Block::Code(text) => {
            Some(format!("````score\n{}\n````", text.lines().map(safe).collect::<Vec<_>>().join("\n")))
        }
        Block::Table(table) => Some(of_table(table)),
        Block::Bars(bars) if !bars.beside_table => Some(of_bars(bars)),
        Block::Bars(_) | Block::Lines(_) => None,
    }
}

fn of_table(table: &Table) -> String {
    let row = |cells: &mut dyn Iterator<Item = String>| format!("| {} |", cells.collect::<Vec<_>>().join(" | "));
    let header = row(&mut table.columns.iter().map(|column| plain(&column.name)));
    let marks = table.columns.iter().map(|column| if column.is_number { "---:" } else { "---" });
    let marks = format!("|{}|", marks.collect::<Vec<_>>().join("|"));
    let rows = table.rows.iter().map(|cells| row(&mut cells.iter().map(|cell| code(cell))));
    [header, marks].into_iter().chain(rows).collect::<Vec<_>>().join("\n")
}

fn of_bars(bars: &Bars) -> String {
    let mut table = Table::new(&["", if bars.unit == Unit::Count { ">leads" } else { ">rate" }]);
    for bar in &bars.bars {
        let value = match bars.unit {
            Unit::Count => grouped(bar.value as u64),
            Unit::Rate => format!("{:.1}%", bar.value * 100.0),
        };
        table.row(vec![bar.label.clone(), value]);
    }
    of_table(&table)
}
