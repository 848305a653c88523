//! The report as a page.

use crate::cli::page::{Bars, Block, Lines, OneBar, Page, Section, Table, Unit};
use crate::cli::terminal::{grouped, percent};
use crate::report::Report;
use crate::report::figures::{Capacity, Money, MoneyFigures, Parts, RuleFigures, ScoreFigures};
use crate::run::reasons::signed;
use crate::statistics::{Bar, Cutoff, Discrimination, Share};
use crate::value::{Decimal, Zone};

/// With so many decimals tables of points stay narrow.
const POINTS: u32 = 2;

pub fn page(report: &Report, zone: &Zone) -> Page {
    let title = match &report.model {
        Some(name) => format!("Score report: {name}"),
        None => "Score report".to_owned(),
    };
    let mut page = Page { title, about: about(report, zone), warnings: report.warnings.clone(), sections: Vec::new() };
    let main = report.main.and_then(|main| report.scores.get(main));
    page.sections.extend(main.and_then(|main| outcome(report, main)));
    for (place, score) in report.scores.iter().enumerate().rev() {
        page.sections.push(spread(report, score));
        if Some(place) == report.main {
            page.sections.extend(tenths(report, score));
            page.sections.extend(cutoffs(score));
        }
    }
    page.sections.extend(thresholds(report));
    page.sections.extend(rules(report));
    page.sections.extend(report.parts.as_ref().map(|of| parts(report, of)));
    page.sections.extend(report.money.as_ref().map(money));
    page
}

fn about(report: &Report, zone: &Zone) -> Vec<String> {
    let mut leads = format!("{} leads", grouped(report.everybody.all));
    if report.excluded.all > 0 {
        leads += &format!(", without {} excluded", grouped(report.excluded.all));
    }
    if report.leads_rejected > 0 {
        leads += &format!(", without {} bad rows", grouped(report.leads_rejected));
    }
    let as_of = match &report.as_of_field {
        Some(field) => format!("each as of its `{field}`"),
        None => format!("as of {}", zone.written(report.as_of)),
    };
    let mut about = vec![format!("{leads}, {as_of}.")];
    if let Some(outcome) = &report.outcome {
        let Share { all, hits } = report.everybody;
        about.push(format!("{} of them bought ({}): {}.", grouped(hits), percent(hits, all), quoted(outcome)));
    }
    about
}

/// A condition as code, unless backticks of its own are in the way.
fn quoted(condition: &str) -> String {
    if condition.contains('`') { condition.to_owned() } else { format!("`{condition}`") }
}

/// What matters most, first.
fn outcome(report: &Report, main: &ScoreFigures) -> Option<Section> {
    report.outcome.as_ref()?;
    let mut section = Section::new(format!("Does {} tell who buys?", in_sentence(&main.label)));
    match main.discrimination {
        Some(it) => section.text(format!(
            "AUC {:.3}: of a buyer and another lead, taken at random, the buyer has the higher score {} times in 100. \
             50 would be chance.",
            it.auc,
            (it.auc * 100.0).round()
        )),
        None => section.text("There are not both leads who bought and leads who did not, so nothing can be told."),
    }
    if let Some(best) = &main.best {
        section.text(format!("Best cut-off by F1: call from {} on. {}", best.from, cutoff_in_words(best)));
    }
    section.blocks.extend(main.capacity.map(|capacity| Block::Text(capacity_in_words(&capacity))));
    if report.scores.len() > 1 {
        let mut table = Table::new(&["score", ">AUC", ">leads with it"]);
        for score in &report.scores {
            table.row(vec![score.label.clone(), auc(score.discrimination), grouped(score.known.all)]);
        }
        section.blocks.push(Block::Table(table));
    }
    Some(section)
}

fn cutoff_in_words(cutoff: &Cutoff) -> String {
    format!(
        "That is {} of the leads; {} of those called buy, and {} of all buyers are called.",
        percent(cutoff.called.all, cutoff.everybody.all),
        rate(cutoff.precision()),
        rate(cutoff.caught())
    )
}

fn capacity_in_words(capacity: &Capacity) -> String {
    let calls = grouped(capacity.calls_a_week);
    let over = match capacity.weeks {
        Some(weeks) => format!("The leads came in over {weeks:.1} weeks."),
        None => "The leads count as those of one week (name their date with `--created`).".to_owned(),
    };
    match &capacity.cutoff {
        Some(cutoff) => {
            let bought = if cutoff.everybody.hits > 0 { cutoff_in_words(cutoff) } else { String::new() };
            let called = grouped(cutoff.called.all);
            format!("For {calls} calls a week: call from {} on, {called} leads. {over} {bought}", cutoff.from)
        }
        None => {
            format!("For {calls} calls a week there is no cut-off: even those with the highest score are more. {over}")
        }
    }
}

fn spread(report: &Report, score: &ScoreFigures) -> Section {
    let mut section = Section::new(format!("{}: spread", score.label));
    if let (Some(lowest), Some(highest), Some(median), Some(mean)) =
        (score.lowest, score.highest, score.median, score.mean)
    {
        let missing = match score.missing.all {
            0 => String::new(),
            missing => format!(" {} leads have none.", grouped(missing)),
        };
        section.text(format!(
            "From {lowest} to {highest}, half of the leads up to {median}, {mean:.1} on average.{missing}"
        ));
    } else {
        section.text("No lead has this score.");
    }
    let bar = |bar: &Bar| OneBar {
        label: match bar.closed {
            true => format!("{} to {}", bar.from, bar.to),
            false if is_one_whole(bar) => bar.from.to_string(),
            false => format!("{} to <{}", bar.from, bar.to),
        },
        short: bar.from.to_string(),
        value: bar.leads.all as f64,
        dark: bar.leads.hits as f64,
    };
    let has_outcome = report.outcome.is_some();
    section.blocks.push(Block::Bars(Bars {
        title: match has_outcome {
            true => format!("Leads by {}, dark those who bought", in_sentence(&score.label)),
            false => format!("Leads by {}", in_sentence(&score.label)),
        },
        bars: score.bars.iter().map(bar).collect(),
        unit: Unit::Count,
        dark: has_outcome.then(|| "bought".to_owned()),
        line: None,
        beside_table: false,
    }));
    if !score.bands.is_empty() {
        section.blocks.extend(bands(report, score));
    }
    section
}

fn is_one_whole(bar: &Bar) -> bool {
    bar.from.is_whole() && bar.to.subtract(bar.from) == Some(Decimal::ONE)
}

fn bands(report: &Report, score: &ScoreFigures) -> Vec<Block> {
    let mut table = Table::new(&["band", "", ">leads", ">share", ">bought", ">rate", ">lift"]);
    for band in &score.bands {
        let label = band.label.clone().unwrap_or_default();
        let head =
            vec![band.name.clone(), label, grouped(band.leads.all), percent(band.leads.all, report.everybody.all)];
        table.row([head, bought(report, band.leads)].concat());
    }
    let table = Block::Table(table.without_blank_columns());
    if report.outcome.is_none() {
        return vec![table];
    }
    let bar = |band: &crate::report::figures::BandFigures| OneBar {
        label: band.name.clone(),
        short: band.name.clone(),
        value: band.leads.rate().unwrap_or_default(),
        dark: 0.0,
    };
    let bars = score.bands.iter().map(bar).collect();
    vec![
        table,
        Block::Bars(rates(format!("Share that bought, by band of {}", in_sentence(&score.label)), bars, report)),
    ]
}

fn rates(title: String, bars: Vec<OneBar>, report: &Report) -> Bars {
    let line = report.everybody.rate().map(|rate| ("all leads".to_owned(), rate));
    let title = format!("{title}; the line is that of all leads");
    Bars { title, bars, unit: Unit::Rate, dark: None, line, beside_table: true }
}

/// Bought, rate, lift; blank without an outcome.
fn bought(report: &Report, leads: Share) -> Vec<String> {
    if report.outcome.is_none() {
        return vec![String::new(); 3];
    }
    vec![grouped(leads.hits), percent(leads.hits, leads.all), lift(leads.lift(report.everybody))]
}

fn tenths(report: &Report, score: &ScoreFigures) -> Option<Section> {
    report.outcome.as_ref()?;
    let mut section = Section::new(format!("{}: tenths", score.label));
    section.text("All leads in ten parts, the highest scores first; leads with one score stay together.");
    let mut table = Table::new(&[">tenth", "scores", ">leads", ">bought", ">rate", ">lift"]);
    for tenth in &score.tenths {
        let scores = match tenth.lowest == tenth.highest {
            true => tenth.lowest.to_string(),
            false => format!("{} to {}", tenth.lowest, tenth.highest),
        };
        let head = vec![tenth.number.to_string(), scores, grouped(tenth.leads.all)];
        table.row([head, bought(report, tenth.leads)].concat());
    }
    let bar = |tenth: &crate::statistics::Tenth| OneBar {
        label: tenth.number.to_string(),
        short: tenth.number.to_string(),
        value: tenth.leads.rate().unwrap_or_default(),
        dark: 0.0,
    };
    let bars = score.tenths.iter().map(bar).collect();
    section.blocks.push(Block::Table(table));
    section.blocks.push(Block::Bars(rates(
        format!("Share that bought, by tenth of {}", in_sentence(&score.label)),
        bars,
        report,
    )));
    Some(section)
}

fn cutoffs(score: &ScoreFigures) -> Option<Section> {
    if score.cutoffs.is_empty() {
        return None;
    }
    let mut section = Section::new(format!("{}: cut-offs", score.label));
    section.text("What calling everybody from a score on comes to: how many of those called buy, and how many of all buyers are called.");
    let mut table = Table::new(&[">from", ">called", ">share", ">buy", ">precision", ">caught", ">lift", ">F1"]);
    for cutoff in &score.cutoffs {
        table.row(vec![
            cutoff.from.to_string(),
            grouped(cutoff.called.all),
            percent(cutoff.called.all, cutoff.everybody.all),
            grouped(cutoff.called.hits),
            rate(cutoff.precision()),
            rate(cutoff.caught()),
            lift(cutoff.lift()),
            cutoff.f1().map(|f1| format!("{f1:.3}")).unwrap_or_default(),
        ]);
    }
    section.blocks.push(Block::Table(table));
    let line = |of: fn(&Cutoff) -> Option<f64>| {
        let points = score.cutoffs.iter().rev().filter_map(|cutoff| Some((cutoff.from.to_f64(), of(cutoff)?)));
        points.collect::<Vec<_>>()
    };
    section.blocks.push(Block::Lines(Lines {
        title: "Precision and share of buyers caught, by cut-off".to_owned(),
        along: format!("called from this {} on", in_sentence(&score.label)),
        lines: vec![("precision".to_owned(), line(Cutoff::precision)), ("caught".to_owned(), line(Cutoff::caught))],
    }));
    Some(section)
}

fn thresholds(report: &Report) -> Option<Section> {
    if report.thresholds.is_empty() {
        return None;
    }
    let mut section = Section::new("Thresholds");
    let mut table = Table::new(&["threshold", ">leads", ">share", ">bought", ">rate", ">lift"]);
    for threshold in &report.thresholds {
        let leads = threshold.leads;
        let head = vec![threshold.label.clone(), grouped(leads.all), percent(leads.all, report.everybody.all)];
        table.row([head, bought(report, leads)].concat());
    }
    section.blocks.push(Block::Table(table.without_blank_columns()));
    Some(section)
}

fn rules(report: &Report) -> Option<Section> {
    if report.rules.is_empty() {
        return None;
    }
    let mut section = Section::new("Rules");
    section.text("How often each rule gives points, and its part in all points of its score, plus and minus alike.");
    let columns = ["score", "rule", ">leads", ">share", ">points", ">part", ">bought", ">rate", ">lift", "note"];
    let mut table = Table::new(&columns);
    for rule in &report.rules {
        let head = vec![
            rule.score.clone(),
            rule.label.clone(),
            grouped(rule.leads.all),
            percent(rule.leads.all, report.everybody.all),
            signed(rule.points.round(POINTS)),
            rate(rule.part_of_score),
        ];
        table.row([head, bought(report, rule.leads), vec![note(rule).to_owned()]].concat());
    }
    section.blocks.push(Block::Table(table.without_blank_columns()));
    Some(section)
}

fn note(rule: &RuleFigures) -> &'static str {
    match (rule.tells, rule.wrong_way) {
        (true, _) => "tells who bought: a leak?",
        (false, true) => "points the wrong way",
        (false, false) if rule.leads.all == 0 => "never",
        (false, false) => "",
    }
}

fn parts(report: &Report, parts: &Parts) -> Section {
    let mut section = Section::new(format!("By {}", parts.by));
    let columns =
        ["value", ">leads", ">share", ">mean score", ">qualified", ">bought", ">rate", ">lift", ">AUC", ">revenue"];
    let mut table = Table::new(&columns);
    let has_money = report.money.as_ref().is_some_and(|money| money.has_amounts);
    for part in &parts.rows {
        let value = match (&part.value, part.others) {
            (Some(value), _) => value.clone(),
            (None, true) => "(other values)".to_owned(),
            (None, false) => "(none)".to_owned(),
        };
        let mean = part.mean.map(|mean| format!("{mean:.1}")).unwrap_or_default();
        let qualified = if report.thresholds.is_empty() { String::new() } else { grouped(part.qualified.all) };
        let head = vec![value, grouped(part.leads.all), percent(part.leads.all, report.everybody.all), mean, qualified];
        let revenue = if has_money { amount(part.revenue) } else { String::new() };
        let auc = if report.outcome.is_some() { auc(part.discrimination) } else { String::new() };
        table.row([head, bought(report, part.leads), vec![auc, revenue]].concat());
    }
    section.blocks.push(Block::Table(table.without_blank_columns()));
    section
}

fn money(money: &Money) -> Section {
    let mut section = Section::new("Money");
    let columns = ["", ">leads", ">win rate", ">deals", ">revenue", ">average deal", ">median days", ">velocity a day"];
    let mut table = Table::new(&columns);
    let mut row = |name: String, of: &MoneyFigures| {
        table.row(vec![
            name,
            grouped(of.leads.all),
            rate(of.leads.rate()),
            if money.has_amounts { grouped(of.deals) } else { grouped(of.leads.hits) },
            if money.has_amounts { amount(of.revenue) } else { String::new() },
            of.average_deal.map(approximate).unwrap_or_default(),
            of.median_days.map(|days| days.round(1).to_string()).unwrap_or_default(),
            of.velocity.map(approximate).unwrap_or_default(),
        ]);
    };
    row("all leads".to_owned(), &money.all);
    if let Some((label, of)) = &money.qualified {
        row(label.clone(), of);
    }
    section.blocks.push(Block::Table(table.without_blank_columns()));
    if money.has_amounts && money.has_dates {
        section.text("Velocity: leads × win rate × average deal ÷ median days from created to closed.");
    }
    section
}

/// A label inside a sentence: as it is, a name of the model's author.
fn in_sentence(label: &str) -> String {
    format!("\u{201c}{label}\u{201d}")
}

fn auc(of: Option<Discrimination>) -> String {
    of.map(|it| format!("{:.3}", it.auc)).unwrap_or_default()
}

fn rate(rate: Option<f64>) -> String {
    rate.map(|rate| format!("{:.1}%", rate * 100.0)).unwrap_or_default()
}

fn lift(lift: Option<f64>) -> String {
    lift.map(|lift| format!("{lift:.2}×")).unwrap_or_default()
}

/// `12,345.5`
fn amount(amount: Decimal) -> String {
    let rounded = amount.round(2).to_string();
    let (sign, digits) = rounded.strip_prefix('-').map_or(("", rounded.as_str()), |digits| ("-", digits));
    let (whole, part) = digits.split_once('.').map_or((digits, ""), |(whole, part)| (whole, part));
    let whole = whole.parse().map_or_else(|_| whole.to_owned(), grouped);
    if part.is_empty() { format!("{sign}{whole}") } else { format!("{sign}{whole}.{part}") }
}

fn approximate(value: f64) -> String {
    amount(Decimal::from_billionths((value * 1e9).round() as i128))
}
