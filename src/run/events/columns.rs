//! Columns of event properties: built value by value, spread over the rows of other types, and written as bytes.

use super::codec::{Bytes, put, put_signed};
use super::fingerprint;
use crate::model::Type;
use crate::run::batch::{
    Column, DateColumn, ListColumn, Mask, NO_TEXT, NumberColumn, TextColumn, TextPool, YesNoColumn,
};
use crate::run::texts::{MetTexts, Own};
use crate::value::{Decimal, Instant, Moment, Text, Value, Zone};
use std::sync::Arc;

/// What a missing property counts under: no number, instant or text has this key.
pub(super) const MISSING_KEY: u128 = 1 << 127;
/// Bytes of texts after which a pool is begun anew; each thread has its own.
const FULL: usize = 8 * 1024 * 1024;
/// What a text takes besides its letters, about: its place in the pool and among the codes, what it counts under.
const BESIDES: usize = 200;

/// Texts met before, by how they were written.
#[derive(Debug, Default)]
pub(super) struct Texts {
    met: MetTexts,
    pool: Arc<TextPool>,
    /// For each text of the pool: what it counts under.
    keys: Vec<u128>,
    bytes: usize,
}

impl Texts {
    /// Makes ready for more texts: begins anew where the pool is full, or still in use.
    pub(super) fn make_ready(&mut self) {
        if self.bytes > FULL || Arc::get_mut(&mut self.pool).is_none() {
            *self = Texts::default();
        }
    }

    /// The code of a text as it is written; [`NO_TEXT`] where it is blank.
    pub(super) fn code(&mut self, written: &str) -> u32 {
        let own = Own::of(written.as_bytes(), 0..written.len());
        match self.met.recent(&own).or_else(|| self.met.find(own, written.as_bytes())) {
            Some(code) => code,
            None => self.add(own, written, Text::new(written)),
        }
    }

    fn add(&mut self, own: Own, written: &str, text: Option<Text>) -> u32 {
        self.bytes += written.len() + BESIDES;
        let code = text.map_or(NO_TEXT, |text| {
            self.bytes += text.given.len() + text.folded.len();
            self.keys.push(fingerprint::of_text(&text.folded));
            // copied only where a finished column holds it
            let pool = Arc::make_mut(&mut self.pool);
            pool.texts.push(text);
            (pool.texts.len() - 1) as u32
        });
        self.met.add(own, written.as_bytes(), code);
        code
    }

    pub(super) fn text(&self, code: u32) -> Option<&Text> {
        self.pool.texts.get(code as usize)
    }

    pub(super) fn pool(&self) -> Arc<TextPool> {
        self.pool.clone()
    }

    /// What the texts of the pool count under.
    pub(super) fn keys(&self) -> &[u128] {
        &self.keys
    }
}

/// A column that grows value by value.
#[derive(Debug)]
pub(super) enum ColumnBuilder {
    Number { values: Vec<Decimal>, known: Vec<bool> },
    Text(Vec<u32>),
    YesNo(Vec<Option<bool>>),
    Date(Vec<Option<Moment>>),
    List(Vec<Option<Arc<Vec<Text>>>>),
}

impl ColumnBuilder {
    pub(super) fn new(of: Type) -> ColumnBuilder {
        match of {
            Type::Number => ColumnBuilder::Number { values: Vec::new(), known: Vec::new() },
            Type::Text => ColumnBuilder::Text(Vec::new()),
            Type::YesNo | Type::Condition => ColumnBuilder::YesNo(Vec::new()),
            Type::Date => ColumnBuilder::Date(Vec::new()),
            Type::List => ColumnBuilder::List(Vec::new()),
        }
    }

    /// A value of another type than the column's is missing.
    pub(super) fn push(&mut self, value: Option<Value>, texts: &mut Texts) {
        match (self, value) {
            (ColumnBuilder::Number { values, known }, value) => {
                let number = if let Some(Value::Number(number)) = value { Some(number) } else { None };
                values.push(number.unwrap_or_default());
                known.push(number.is_some());
            }
            (ColumnBuilder::Text(codes), Some(Value::Text(text))) => codes.push(texts.code(&text.given)),
            (ColumnBuilder::Text(codes), _) => codes.push(NO_TEXT),
            (ColumnBuilder::YesNo(values), Some(Value::YesNo(yes))) => values.push(Some(yes)),
            (ColumnBuilder::YesNo(values), _) => values.push(None),
            (ColumnBuilder::Date(values), Some(Value::Date(date))) => values.push(Some(date)),
            (ColumnBuilder::Date(values), _) => values.push(None),
            (ColumnBuilder::List(values), Some(Value::List(list))) => values.push(Some(Arc::new(list))),
            (ColumnBuilder::List(values), _) => values.push(None),
        }
    }

    pub(super) fn finish(self, texts: &Texts) -> Column {
        match self {
            ColumnBuilder::Number { values, known } => {
                Column::Number(NumberColumn { values, known: Mask::of(known.into_iter()) })
            }
            ColumnBuilder::Text(codes) => Column::Text(TextColumn { codes, texts: texts.pool() }),
            ColumnBuilder::YesNo(values) => Column::YesNo(YesNoColumn {
                yes: Mask::of(values.iter().map(|value| *value == Some(true))),
                known: Mask::of(values.iter().map(Option::is_some)),
            }),
            ColumnBuilder::Date(values) => Column::Date(DateColumn { values }),
            ColumnBuilder::List(values) => Column::List(ListColumn { values }),
        }
    }

    /// Reads one value that [`put_value`] wrote; `None` where it is damaged.
    pub(super) fn push_bytes(&mut self, bytes: &mut Bytes<'_>, texts: &mut Texts) -> Option<()> {
        let tag = bytes.byte()?;
        match self {
            ColumnBuilder::Number { values, known } => {
                known.push(tag > 0);
                values.push(if tag > 0 { Decimal::from_billionths(bytes.signed()?) } else { Decimal::ZERO });
            }
            ColumnBuilder::Text(codes) => codes.push(if tag > 0 { texts.code(text(bytes)?) } else { NO_TEXT }),
            ColumnBuilder::YesNo(values) => values.push((tag > 0).then_some(tag == 2)),
            ColumnBuilder::Date(values) => values.push(match tag {
                0 => None,
                1 => Some(Moment::Instant(Instant(bytes.instant()?))),
                _ => {
                    let [year, month, day] = [bytes.signed()?, bytes.signed()?, bytes.signed()?];
                    let (year, month, day) = (year.try_into().ok()?, month.try_into().ok()?, day.try_into().ok()?);
                    Some(Moment::Day(jiff::civil::Date::new(year, month, day).ok()?))
                }
            }),
            ColumnBuilder::List(values) => {
                let count = if tag > 0 { bytes.size()? } else { 0 };
                let list: Option<Vec<Text>> = (0..count).map(|_| Text::new(text(bytes)?)).collect();
                values.push(list.filter(|list| !list.is_empty()).map(Arc::new));
            }
        }
        Some(())
    }
}

/// Writes the value of a row, for [`ColumnBuilder::push_bytes`].
pub(super) fn put_value(out: &mut Vec<u8>, column: &Column, row: usize) {
    match column {
        Column::Number(numbers) if numbers.known.get(row) => {
            out.push(1);
            put_signed(out, numbers.values.get(row).map_or(0, |number| number.billionths()));
        }
        Column::YesNo(answers) if answers.known.get(row) => out.push(1 + u8::from(answers.yes.get(row))),
        Column::Text(texts) => match text_of(texts, row) {
            Some(text) => {
                out.push(1);
                put_text(out, text);
            }
            None => out.push(0),
        },
        Column::Date(dates) => match dates.values.get(row).copied().flatten() {
            Some(Moment::Instant(instant)) => {
                out.push(1);
                put_signed(out, i128::from(instant.0));
            }
            Some(Moment::Day(day)) => {
                out.push(2);
                [i128::from(day.year()), i128::from(day.month()), i128::from(day.day())]
                    .into_iter()
                    .for_each(|part| put_signed(out, part));
            }
            None => out.push(0),
        },
        Column::List(lists) => match lists.values.get(row).and_then(Option::as_ref) {
            Some(list) => {
                out.push(1);
                put(out, list.len() as u64);
                list.iter().for_each(|text| put_text(out, text));
            }
            None => out.push(0),
        },
        Column::Number(_) | Column::YesNo(_) => out.push(0),
    }
}

/// As given: folding it once more gives what the text folds to.
fn put_text(out: &mut Vec<u8>, text: &Text) {
    put(out, text.given.len() as u64);
    out.extend_from_slice(text.given.as_bytes());
}

fn text<'a>(bytes: &mut Bytes<'a>) -> Option<&'a str> {
    let length = bytes.size()?;
    std::str::from_utf8(bytes.take(length)?).ok()
}

pub(super) fn text_of(column: &TextColumn, row: usize) -> Option<&Text> {
    column.texts.texts.get(*column.codes.get(row)? as usize)
}

/// What the value of a row counts under; `None` where it is missing. `keys` are those of the column's pool.
pub(super) fn key_of(column: &Column, row: usize, keys: &[u128], zone: &Zone) -> Option<u128> {
    match column {
        Column::Number(numbers) => {
            numbers.known.get(row).then(|| numbers.values.get(row).map_or(0, |number| number.billionths() as u128))
        }
        Column::Text(texts) => keys.get(*texts.codes.get(row)? as usize).copied(),
        Column::YesNo(answers) => answers.known.get(row).then(|| u128::from(answers.yes.get(row))),
        Column::Date(dates) => {
            dates.values.get(row).copied().flatten().map(|date| i128::from(date.first(zone).0) as u128)
        }
        Column::List(lists) => {
            let list = lists.values.get(row)?.as_ref()?;
            Some(fingerprint::of_texts(list.iter().map(|text| &text.folded[..])))
        }
    }
}

/// So many rows, with the values of some columns at the given rows of each, all others missing. The columns are of one
/// type, and their texts of one pool.
pub(super) fn spread(rows: usize, parts: &[(&[u32], &Column)], of: Type, texts: &Texts) -> Column {
    let places = || {
        parts
            .iter()
            .flat_map(|(places, column)| places.iter().zip(0..).map(move |(to, from)| (*to as usize, from, *column)))
    };
    match of {
        Type::Number => {
            let mut numbers = NumberColumn { values: vec![Decimal::ZERO; rows], known: Mask::new(rows, false) };
            for (to, from, column) in places() {
                if let Column::Number(part) = column
                    && part.known.get(from)
                {
                    numbers.values[to] = part.values[from];
                    numbers.known.set(to, true);
                }
            }
            Column::Number(numbers)
        }
        Type::Text => {
            let mut codes = vec![NO_TEXT; rows];
            for (to, from, column) in places() {
                if let Column::Text(part) = column {
                    codes[to] = part.codes[from];
                }
            }
            Column::Text(TextColumn { codes, texts: texts.pool() })
        }
        Type::YesNo | Type::Condition => {
            let (mut yes, mut known) = (Mask::new(rows, false), Mask::new(rows, false));
            for (to, from, column) in places() {
                if let Column::YesNo(part) = column {
                    yes.set(to, part.yes.get(from));
                    known.set(to, part.known.get(from));
                }
            }
            Column::YesNo(YesNoColumn { yes, known })
        }
        Type::Date => {
            let mut values = vec![None; rows];
            for (to, from, column) in places() {
                if let Column::Date(part) = column {
                    values[to] = part.values[from];
                }
            }
            Column::Date(DateColumn { values })
        }
        Type::List => {
            let mut values = vec![None; rows];
            for (to, from, column) in places() {
                if let Column::List(part) = column {
                    values[to].clone_from(&part.values[from]);
                }
            }
            Column::List(ListColumn { values })
        }
    }
}

/// The values of some rows, in their order.
pub(super) fn gather(column: &Column, rows: &[u32]) -> Column {
    let rows = || rows.iter().map(|row| *row as usize);
    match column {
        Column::Number(numbers) => Column::Number(NumberColumn {
            values: rows().map(|row| numbers.values.get(row).copied().unwrap_or_default()).collect(),
            known: Mask::of(rows().map(|row| numbers.known.get(row))),
        }),
        Column::Text(texts) => Column::Text(TextColumn {
            codes: rows().map(|row| texts.codes.get(row).copied().unwrap_or(NO_TEXT)).collect(),
            texts: texts.texts.clone(),
        }),
        Column::YesNo(answers) => Column::YesNo(YesNoColumn {
            yes: Mask::of(rows().map(|row| answers.yes.get(row))),
            known: Mask::of(rows().map(|row| answers.known.get(row))),
        }),
        Column::Date(dates) => {
            Column::Date(DateColumn { values: rows().map(|row| dates.values.get(row).copied().flatten()).collect() })
        }
        Column::List(lists) => {
            Column::List(ListColumn { values: rows().map(|row| lists.values.get(row).cloned().flatten()).collect() })
        }
    }
}
