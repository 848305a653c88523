//! Which fields and properties of events are read, by what, and whether people are scored by them.

use super::Context;
use super::places::Owner;
use crate::model::walk::{Part, Visit, walk_any, walk_condition, walk_lookup, walk_rule, walk_text};
use crate::model::{
    Condition, ConditionKind, DateExpr, EventId, FieldId, ListExpr, NumberExpr, Pattern, Property, PropertyId, Rule,
    Symbol, TextExpr, TextTest, YesNoExpr,
};
use crate::source::Span;
use crate::syntax::tree::{self, StatementKind};
use std::collections::BTreeSet;

/// A field of the lead, or a property of events.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Read<'a> {
    Field(FieldId),
    Property(&'a Property),
}

/// Where scores or thresholds read one: by themselves, or in a define or lookup that they use.
#[derive(Debug, Clone)]
pub struct ScoringRead<'a> {
    pub read: Read<'a>,
    pub owner: Owner<'a>,
    pub span: Span,
    /// Only whether it is there or looks like a name: `is known`, `looks random`, `length of`, `matches /\d/`.
    pub only_its_form: bool,
}

/// What a rule needs of the data, also through defines and lookups.
#[derive(Debug, Clone, Default)]
pub struct Needs {
    pub fields: BTreeSet<FieldId>,
    pub properties: BTreeSet<(EventId, PropertyId)>,
    /// The types of each of its selectors
    pub selectors: Vec<BTreeSet<EventId>>,
}

/// What a part reads by itself.
pub fn read(part: Part<'_>) -> Option<Read<'_>> {
    match part {
        Part::Number(NumberExpr::Field(id))
        | Part::Text(TextExpr::Field(id))
        | Part::Date(DateExpr::Field(id))
        | Part::YesNo(YesNoExpr::Field(id))
        | Part::List(ListExpr::Field(id)) => Some(Read::Field(*id)),
        Part::Number(
            NumberExpr::Property(one)
            | NumberExpr::CountOfDistinct(one, _)
            | NumberExpr::SumOf(one, _)
            | NumberExpr::AverageOf(one, _)
            | NumberExpr::HighestOf(one, _)
            | NumberExpr::LowestOf(one, _)
            | NumberExpr::Latest(one, _)
            | NumberExpr::First(one, _),
        )
        | Part::Text(TextExpr::Property(one) | TextExpr::Latest(one, _) | TextExpr::First(one, _))
        | Part::Date(DateExpr::Property(one) | DateExpr::Latest(one, _) | DateExpr::First(one, _))
        | Part::YesNo(YesNoExpr::Property(one) | YesNoExpr::Latest(one, _) | YesNoExpr::First(one, _))
        | Part::List(ListExpr::Property(one)) => Some(Read::Property(one)),
        _ => None,
    }
}

/// The define or lookup that a part names.
pub fn named(part: Part<'_>) -> Option<Symbol> {
    match part {
        Part::Define(id) => Some(Symbol::Define(id)),
        Part::Number(NumberExpr::Lookup(id)) | Part::Text(TextExpr::Lookup(id)) => Some(Symbol::Lookup(*id)),
        _ => None,
    }
}

impl Needs {
    /// Adds what a part reads; the names that it uses are still to be looked into.
    fn add(&mut self, part: Part<'_>, left: &mut Vec<Symbol>) {
        match read(part) {
            Some(Read::Field(id)) => drop(self.fields.insert(id)),
            Some(Read::Property(property)) => {
                self.properties.extend(property.places.iter().map(|(event, place)| (*event, *place)));
            }
            None => {}
        }
        if let Part::Selector(selector) = part {
            self.selectors.push(selector.types.clone());
        }
        left.extend(named(part));
    }
}

impl<'a> Context<'a> {
    /// The defines and lookups that scores and thresholds use, also through others.
    pub fn used_for_scoring(&self) -> BTreeSet<Symbol> {
        let mut uses: Vec<(Option<Symbol>, Symbol)> = Vec::new();
        self.each_part(&mut |owner, part| {
            if let (Some(user), Some(named)) = (user(owner), named(part)) {
                uses.push((user, named));
            }
        });
        let mut used = BTreeSet::new();
        loop {
            let before = used.len();
            for (user, named) in &uses {
                if user.is_none_or(|user| used.contains(&user)) {
                    used.insert(*named);
                }
            }
            if used.len() == before {
                return used;
            }
        }
    }

    /// Everything that scores and thresholds read, in the order of [`Context::each_part`]. Exclusions are no part of it.
    pub fn scoring_reads(&self) -> Vec<ScoringRead<'a>> {
        let used = self.used_for_scoring();
        let mut found = Vec::new();
        let (mut latest, mut skipped): (Option<&Condition>, usize) = (None, 0);
        self.each_part(&mut |owner, part| {
            if let Part::Condition(condition) = part {
                latest = Some(condition);
            }
            skipped = skipped.max(reads_of_form(part));
            let Some(read) = read(part) else { return };
            let only_its_form = skipped > 0;
            skipped = skipped.saturating_sub(1);
            if user(owner).is_some_and(|user| user.is_none_or(|user| used.contains(&user))) {
                let condition = latest.filter(|condition| reads_in(condition, read));
                let span = condition.map_or_else(|| self.place_of(owner), |condition| condition.span);
                found.push(ScoringRead { read, owner: owner.clone(), span, only_its_form });
            }
        });
        found
    }

    pub fn needs_of(&self, rule: &Rule) -> Needs {
        let (mut needs, mut left, mut seen) = (Needs::default(), Vec::new(), BTreeSet::new());
        walk_rule(rule, &mut |part| needs.add(part, &mut left));
        while let Some(symbol) = left.pop() {
            if !seen.insert(symbol) {
                continue;
            }
            match symbol {
                Symbol::Define(id) => {
                    let define = self.model.defines.get(id.index());
                    define.into_iter().for_each(|one| walk_any(&one.value, &mut |part| needs.add(part, &mut left)));
                }
                Symbol::Lookup(id) => {
                    let lookup = self.model.lookups.get(id.index());
                    lookup.into_iter().for_each(|one| walk_lookup(&one.table, &mut |part| needs.add(part, &mut left)));
                }
                _ => {}
            }
        }
        needs
    }

    /// Where something that is no condition stands: the points of a rule, what a table or lookup goes by.
    fn place_of(&self, owner: &Owner<'a>) -> Span {
        match owner {
            Owner::Rule(place) => match self.tree_item(place.rule.span) {
                Some(tree::Item::Rule(rule)) => rule.points.span,
                Some(tree::Item::Table(table)) => table.by.span,
                _ => place.rule.span,
            },
            Owner::Group(place) => place.group.span,
            Owner::Score(id) => self.model.scores.get(id.index()).map(|score| score.span).unwrap_or_default(),
            Owner::Define(id) => self.model.defines.get(id.index()).map(|define| define.span).unwrap_or_default(),
            Owner::Lookup(id) => {
                let span = self.model.lookups.get(id.index()).map(|lookup| lookup.span).unwrap_or_default();
                match self.statement(span).map(|statement| &statement.kind) {
                    Some(StatementKind::Lookup(lookup)) => lookup.by.span,
                    _ => span,
                }
            }
            _ => Span::default(),
        }
    }
}

/// Of what scores people: `Some(None)` for a score or threshold itself, the define or lookup for those; `None` for
/// exclusions and `ignore`.
fn user(owner: &Owner<'_>) -> Option<Option<Symbol>> {
    match owner {
        Owner::Rule(_) | Owner::Group(_) | Owner::Score(_) | Owner::ThresholdWhen(_) | Owner::ThresholdUntil(_) => {
            Some(None)
        }
        Owner::Define(id) => Some(Some(Symbol::Define(*id))),
        Owner::Lookup(id) => Some(Some(Symbol::Lookup(*id))),
        Owner::Exclude(_) | Owner::Ignore => None,
    }
}

fn reads_in(condition: &Condition, wanted: Read<'_>) -> bool {
    let mut found = false;
    walk_condition(condition, &mut |part| found |= read(part) == Some(wanted));
    found
}

/// How many of the reads that follow a part are inside it, and ask for the form of a value alone.
fn reads_of_form(part: Part<'_>) -> usize {
    let mut count = 0;
    let visit: Visit<'_, '_> = &mut |part| count += usize::from(read(part).is_some());
    match part {
        Part::Condition(condition) => match &condition.kind {
            ConditionKind::Known(expr) => walk_any(expr, visit),
            ConditionKind::Text { value, test: TextTest::LooksRandom } => walk_text(value, visit),
            ConditionKind::Text { value, test: TextTest::Matches(patterns) } if patterns.iter().all(is_of_form) => {
                walk_text(value, visit);
            }
            _ => {}
        },
        Part::Number(NumberExpr::CountOfKnown(values)) => values.iter().for_each(|value| walk_any(value, &mut *visit)),
        Part::Number(NumberExpr::LengthOf(text)) => walk_text(text, visit),
        _ => {}
    }
    count
}

/// A regular expression that names no letter and no digit: `/\d/`.
fn is_of_form(pattern: &Pattern) -> bool {
    let Pattern::Regex(regex) = pattern else { return false };
    let mut letters = regex.as_str().chars();
    while let Some(letter) = letters.next() {
        match letter {
            // `\d`, and the counts of `{2,4}`
            '\\' => drop(letters.next()),
            '{' => drop(letters.by_ref().find(|letter| *letter == '}')),
            other if other.is_alphanumeric() => return false,
            _ => {}
        }
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lint::settings::Names;
    use crate::lint::testing::{AS_OF, LEAD, compile};

    /// What is read for scoring, with what: field names, those of which only the form is asked in brackets.
    fn reads(rules: &str) -> Vec<String> {
        let (program, model) = compile(&format!("{LEAD}\n{rules}"));
        let analysis = crate::analysis::Analysis::new(&model, AS_OF);
        let names = Names::default();
        let context = Context::new(&program, &analysis, &names);
        let name = |read: Read<'_>| match read {
            Read::Field(id) => model.lead.fields[id.index()].name.clone(),
            Read::Property(property) => property.name.clone(),
        };
        let told = |one: ScoringRead<'_>| match one.only_its_form {
            true => format!("({})", name(one.read)),
            false => name(one.read),
        };
        context.scoring_reads().into_iter().map(told).collect()
    }

    #[test]
    fn values_and_their_form() {
        assert_eq!(reads("score fit { +5 when title is known and country is \"US\" }"), ["(title)", "country"]);
        assert_eq!(reads("score fit { +(count of known title, phone) when employees > 5 }").len(), 3);
        assert_eq!(reads("score fit { +5 when (title matches /\\d/ or title matches /\\d5/) }"), ["(title)", "title"]);
        assert_eq!(reads("score fit { +5 for each page_view where path is \"/\" }"), ["path"]);
    }

    #[test]
    fn through_defines_but_not_for_exclusions() {
        assert_eq!(reads("define big = employees > 9\nscore fit { +5 when big }"), ["employees"]);
        assert!(reads("define big = employees > 9\nexclude \"Big\" when big\nscore fit { +5 }").is_empty());
    }
}
