//! Charts as SVG, drawn by `plotters`.

use super::{Bars, Lines, Unit};
use plotters::coord::ranged1d::{IntoSegmentedCoord, SegmentValue};
use plotters::prelude::*;
use std::error::Error;

/// Of the picture, in its own units: it is shown as wide as there is room, so letters are large enough for a phone.
const WIDTH: u32 = 720;
const HEIGHT: u32 = 360;
const LETTERS: u32 = 20;
const PALE: RGBColor = RGBColor(168, 204, 232);
const BLUE: RGBColor = RGBColor(31, 111, 178);
const ORANGE: RGBColor = RGBColor(199, 119, 0);
const INK: RGBColor = RGBColor(28, 39, 51);
const GRID: RGBColor = RGBColor(225, 231, 236);
/// More labels than these would stand upon each other.
const MOST_LABELS: usize = 11;

/// Empty where it cannot be drawn: the figures stand in a table, too.
pub fn bars(bars: &Bars) -> String {
    let mut picture = String::new();
    match draw_bars(bars, &mut picture) {
        Ok(()) => picture,
        Err(_) => String::new(),
    }
}

/// Likewise.
pub fn lines(lines: &Lines) -> String {
    let mut picture = String::new();
    match draw_lines(lines, &mut picture) {
        Ok(()) => picture,
        Err(_) => String::new(),
    }
}

fn draw_bars(bars: &Bars, picture: &mut String) -> Result<(), Box<dyn Error>> {
    if bars.bars.is_empty() {
        return Ok(());
    }
    let area = SVGBackend::with_string(picture, (WIDTH, HEIGHT)).into_drawing_area();
    let line = bars.line.as_ref().map_or(0.0, |(_, height)| *height);
    let most = bars.bars.iter().map(|bar| bar.value).fold(line, f64::max);
    let top = if most > 0.0 { most * 1.15 } else { 1.0 };
    let count = bars.bars.len();
    let mut chart = ChartBuilder::on(&area)
        .margin(8)
        .margin_right(24)
        .x_label_area_size(36)
        .y_label_area_size(76)
        .build_cartesian_2d((0..count - 1).into_segmented(), 0.0..top)?;
    let every = count.div_ceil(MOST_LABELS);
    let short = |place: &SegmentValue<usize>| match place {
        SegmentValue::CenterOf(place) if place % every == 0 => {
            bars.bars.get(*place).map(|bar| bar.short.clone()).unwrap_or_default()
        }
        _ => String::new(),
    };
    let value = |value: &f64| shown(*value, bars.unit);
    chart
        .configure_mesh()
        .disable_x_mesh()
        .bold_line_style(GRID)
        .light_line_style(TRANSPARENT)
        .axis_style(INK)
        .x_labels(count)
        .y_labels(6)
        .x_label_formatter(&short)
        .y_label_formatter(&value)
        .label_style(("sans-serif", LETTERS).into_font().color(&INK))
        .draw()?;
    let edge = |place: usize| if place < count { SegmentValue::Exact(place) } else { SegmentValue::Last };
    let bar = |place: usize, height: f64, color: RGBColor| {
        let corners = [(edge(place), 0.0), (edge(place + 1), height)];
        let mut bar = Rectangle::new(corners, color.filled());
        bar.set_margin(0, 0, 3, 3);
        bar
    };
    let plain = if bars.dark.is_some() { PALE } else { BLUE };
    chart.draw_series(bars.bars.iter().enumerate().map(|(place, one)| bar(place, one.value, plain)))?;
    if bars.dark.is_some() {
        chart.draw_series(bars.bars.iter().enumerate().map(|(place, one)| bar(place, one.dark, BLUE)))?;
    }
    if count <= MOST_LABELS {
        let style = ("sans-serif", LETTERS - 2).into_font().color(&INK);
        let above = bars.bars.iter().enumerate().map(|(place, one)| {
            let text = shown(one.value, bars.unit);
            // Half the width of the letters to the left of the middle
            let back = text.chars().count() as i32 * -5;
            EmptyElement::at((SegmentValue::CenterOf(place), one.value)) + Text::new(text, (back, -22), style.clone())
        });
        chart.draw_series(above)?;
    }
    if let Some((_, height)) = &bars.line {
        let ends = [(edge(0), *height), (edge(count), *height)];
        chart.draw_series(std::iter::once(PathElement::new(ends, ORANGE.stroke_width(3))))?;
    }
    area.present()?;
    Ok(())
}

fn draw_lines(lines: &Lines, picture: &mut String) -> Result<(), Box<dyn Error>> {
    let all = || lines.lines.iter().flat_map(|(_, points)| points);
    let from = all().map(|(along, _)| *along).fold(f64::INFINITY, f64::min);
    let to = all().map(|(along, _)| *along).fold(f64::NEG_INFINITY, f64::max);
    if from >= to {
        return Ok(());
    }
    let area = SVGBackend::with_string(picture, (WIDTH, HEIGHT)).into_drawing_area();
    let mut chart = ChartBuilder::on(&area)
        .margin(8)
        .margin_right(24)
        .x_label_area_size(64)
        .y_label_area_size(76)
        .build_cartesian_2d(from..to, 0.0..1.0)?;
    let rate = |value: &f64| shown(*value, Unit::Rate);
    let along =
        |value: &f64| crate::value::Decimal::from_billionths((*value * 1e9).round() as i128).round(4).to_string();
    chart
        .configure_mesh()
        .bold_line_style(GRID)
        .light_line_style(TRANSPARENT)
        .axis_style(INK)
        .x_desc(lines.along.clone())
        .x_labels(9)
        .y_labels(6)
        .x_label_formatter(&along)
        .y_label_formatter(&rate)
        .label_style(("sans-serif", LETTERS).into_font().color(&INK))
        .axis_desc_style(("sans-serif", LETTERS).into_font().color(&INK))
        .draw()?;
    for ((name, points), color) in lines.lines.iter().zip([BLUE, ORANGE, INK].into_iter().cycle()) {
        chart
            .draw_series(LineSeries::new(points.iter().copied(), color.stroke_width(4)))?
            .label(name.clone())
            .legend(move |(x, y)| PathElement::new([(x, y), (x + 24, y)], color.stroke_width(4)));
    }
    chart
        .configure_series_labels()
        .background_style(WHITE.mix(0.85))
        .border_style(GRID)
        .label_font(("sans-serif", LETTERS).into_font().color(&INK))
        .position(SeriesLabelPosition::MiddleRight)
        .draw()?;
    drop(chart);
    area.present()?;
    Ok(())
}

fn shown(value: f64, unit: Unit) -> String {
    match unit {
        Unit::Count => crate::cli::terminal::grouped(value.round() as u64),
        Unit::Rate => format!("{:.0}%", value * 100.0),
    }
}
