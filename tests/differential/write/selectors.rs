//! Which events: types, filters, windows.

use super::{Place, Reach, Writer, enclosed};
use crate::differential::piece::{Piece, say};
use crate::differential::vocabulary::Kind;

impl Writer<'_> {
    /// A selector, and the types that it names.
    pub(super) fn selector(&mut self, place: &Place, in_last: bool) -> (Piece, Vec<usize>) {
        let (names, types) = self.event_names(3);
        let filter = self.chance.percent(35).then(|| {
            self.note("where");
            say![" where ", self.filter(&types)].optional()
        });
        let lead = Place { event: None, ..place.clone() };
        let mut windows = Vec::new();
        if in_last && self.chance.percent(22) {
            self.note("window in last");
            windows.push(say![" in last ", self.duration()].optional());
        }
        if self.chance.percent(self.style.windows) {
            self.note("window since");
            windows.push(say![" since ", self.date_operand(&lead)].optional());
        }
        if self.chance.percent(self.style.windows) {
            self.note("window before");
            windows.push(say![" before ", self.date_operand(&lead)].optional());
        }
        if self.chance.percent(self.style.windows) {
            self.note("window since last");
            windows.push(say![" since last ", self.which()].optional());
        }
        if self.chance.percent(self.style.windows) {
            self.note("window within after");
            windows.push(say![" within ", self.duration(), " after ", self.which()].optional());
        }
        self.chance.shuffle(&mut windows);
        // Right behind a WHICH without a filter, a `where` would be that one's.
        let mut clauses: Vec<Piece> = filter.into_iter().collect();
        if let Some(first) = windows.first()
            && !clauses.is_empty()
            && self.chance.percent(30)
            && first.text().starts_with(" in last")
        {
            let first = windows.remove(0);
            clauses.insert(0, first);
        }
        clauses.extend(windows);
        (say![names, clauses], types)
    }

    fn event_names(&mut self, most: usize) -> (Piece, Vec<usize>) {
        let count = self.vocabulary.events.len();
        let all: Vec<usize> = (0..count).collect();
        if self.chance.percent(12) {
            self.note("all events");
            return (self.pick(&["event", "events"]).into(), all);
        }
        let most = if self.chance.percent(60) { 1 } else { most };
        let types = self.chance.some(&all, most);
        if types.len() > 1 {
            self.note("several event types");
        }
        let names: Vec<&str> = types.iter().map(|place| self.vocabulary.events[*place].name).collect();
        (names.join(", ").into(), types)
    }

    /// The events that `since last` and `within … after` look back to.
    pub(super) fn which(&mut self) -> Piece {
        let (names, types) = self.event_names(2);
        let names = if names.text() == "events" { "event".into() } else { names };
        match self.chance.percent(30) {
            true => say![names, say![" where ", self.filter(&types)].optional()],
            false => names,
        }
    }

    fn filter(&mut self, types: &[usize]) -> Piece {
        let event_alone = !self.chance.percent(self.style.mixed_filters);
        let place = Place { event: Some(types.to_vec()), event_alone, ..Place::default() };
        if self.chance.percent(25)
            && let Some(simple) = self.simple_filter(&place)
        {
            self.note("filter without parentheses");
            return simple;
        }
        let depth = self.style.depth.min(2);
        enclosed(self.condition(&place, depth))
    }

    /// One comparison with one literal.
    fn simple_filter(&mut self, place: &Place) -> Option<Piece> {
        let kind = *self.chance.pick(&[Kind::Text, Kind::Number, Kind::YesNo, Kind::OneOf, Kind::List]);
        let name = self.name(place, &[kind])?.text;
        let not = self.pick(&["", "", "", "not "]);
        let test = match kind {
            Kind::Number => format!(" {} {}", self.pick(&["<", ">=", "is"]), self.number_literal()),
            Kind::YesNo => self.pick(&["", " is yes", " is no"]).to_string(),
            Kind::List => format!(" includes {}", self.text_literal()),
            _ => {
                let word = self.pick(&["is", "is not", "contains", "mentions", "starts with", "does not end with"]);
                format!(" {word} {}", self.text_literal())
            }
        };
        Some(format!("{not}{name}{test}").into())
    }

    pub(super) fn events_question(&mut self, place: &Place) -> Piece {
        self.reaches(Reach { events: true, ..Reach::default() });
        let (selector, _) = self.selector(place, true);
        let count = self.chance.below(5);
        let asked = match self.chance.below(8) {
            0 | 1 => "any ".to_string(),
            2 => "no ".to_string(),
            3 | 4 => format!("at least {} ", count.max(1)),
            5 => format!("more than {count} "),
            6 => format!("fewer than {} ", count.max(1)),
            _ => format!("exactly {count} "),
        };
        self.note("a question about events");
        say![asked, selector]
    }
}
