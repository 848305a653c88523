//! A page as one HTML file: style and pictures inside, nothing fetched, readable on a phone and in print.

use super::{Block, Page, Table, chart};
use crate::cli::terminal::safe;

const STYLE: &str = include_str!("page.css");

pub fn text(page: &Page) -> String {
    let title = escaped(&page.title);
    let mut body = format!("<header>\n<h1>{title}</h1>\n");
    page.about.iter().for_each(|text| body += &format!("<p>{}</p>\n", with_code(text)));
    body += "</header>\n";
    if !page.warnings.is_empty() {
        let items: String = page.warnings.iter().map(|text| format!("<li>{}</li>\n", with_code(text))).collect();
        body += &format!("<aside>\n<h2>Mind this</h2>\n<ul>\n{items}</ul>\n</aside>\n");
    }
    for section in &page.sections {
        let blocks: String = section.blocks.iter().map(of_block).collect();
        body += &format!("<section>\n<h2>{}</h2>\n{blocks}</section>\n", escaped(&section.heading));
    }
    format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n\
         <title>{title}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n<main>\n{body}</main>\n</body>\n</html>\n"
    )
}

fn of_block(block: &Block) -> String {
    match block {
        Block::Text(text) => format!("<p>{}</p>\n", with_code(text)),
        Block::Code(text) => {
            let lines: Vec<String> = text.lines().map(escaped).collect();
            format!("<pre><code>{}</code></pre>\n", lines.join("\n"))
        }
        Block::Table(table) => of_table(table),
        Block::Bars(bars) => figure(&bars.title, &chart::bars(bars)),
        Block::Lines(lines) => figure(&lines.title, &chart::lines(lines)),
    }
}

fn figure(title: &str, picture: &str) -> String {
    let title = escaped(title);
    // The library gives the picture a size of its own; here it is as wide as there is room.
    let named = picture.replacen("<svg ", &format!("<svg role=\"img\" aria-label=\"{title}\" "), 1);
    format!("<figure>\n<figcaption>{title}</figcaption>\n{named}</figure>\n")
}

fn of_table(table: &Table) -> String {
    let class = |place: usize| match table.columns.get(place) {
        Some(column) if column.is_number => " class=\"number\"",
        _ => "",
    };
    let cell =
        |tag: &str, (place, text): (usize, &String)| format!("<{tag}{}>{}</{tag}>", class(place), with_code(text));
    let names: Vec<String> = table.columns.iter().map(|column| column.name.clone()).collect();
    let header: String = names.iter().enumerate().map(|one| cell("th", one)).collect();
    let row = |cells: &Vec<String>| {
        let cells: String = cells.iter().enumerate().map(|one| cell("td", one)).collect();
        format!("<tr>{cells}</tr>\n")
    };
    let rows: String = table.rows.iter().map(row).collect();
    format!("<div class=\"table\"><table>\n<thead><tr>{header}</tr></thead>\n<tbody>\n{rows}</tbody>\n</table></div>\n")
}

/// Names in backticks become code.
fn with_code(text: &str) -> String {
    let pieces: Vec<&str> = text.split('`').collect();
    // A lone backtick is only a backtick.
    if pieces.len().is_multiple_of(2) {
        return escaped(text);
    }
    let marked = |(place, piece): (usize, &&str)| match place % 2 {
        1 => format!("<code>{}</code>", escaped(piece)),
        _ => escaped(piece),
    };
    pieces.iter().enumerate().map(marked).collect()
}

fn escaped(text: &str) -> String {
    safe(text)
        .replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
        .replace('\'', "&#39;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_of_data_are_only_text() {
        assert_eq!(escaped("<script>\"a\" & 'b'"), "&lt;script&gt;&quot;a&quot; &amp; &#39;b&#39;");
        assert_eq!(with_code("rule `<b>` fires"), "rule <code>&lt;b&gt;</code> fires");
        assert_eq!(with_code("a ` alone"), "a ` alone");
    }
}
