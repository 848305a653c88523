//! What `score lint --fix` changes without being told that scores may change changes none.

use super::anyone::Constants;
use super::case::Case;
use super::chance::Chance;
use super::given::Typed;
use super::leads::instant;
use super::subjects::examples;
use crate::harness::root;
use scorelang::analysis::Analysis;
use scorelang::lint::fix::{apart, texts};
use scorelang::lint::linter::lint;
use scorelang::lint::report::{Entry, OfModel, Report};
use scorelang::lint::settings::{Names, Settings};
use scorelang::lint::{Check, Context, Fix, LINTS, RulePlace, Safety};
use scorelang::model::{Body, Condition, ConditionKind, Item, Model, ScoreBody};
use scorelang::reference::evaluate;
use scorelang::source::{Overlay, Sources};
use scorelang::syntax::program::load;
use scorelang::value::{Decimal, Instant};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// How many generated models every test run fixes; `DIFFERENTIAL_FIXES` sets another number.
const CASES: u64 = 4;

/// Of one lint only so many fixes of a model are tried one by one.
const MOST_OF_ONE: usize = 3;

/// Fixes make room for others, but not for ever.
const ROUNDS: usize = 12;

/// Results of a lead, by the names of what gives them.
type Results = BTreeMap<String, String>;

/// A model at a path, over the files that fixes changed.
struct Subject {
    path: PathBuf,
    as_of: Instant,
    files: Overlay,
}

impl Subject {
    fn new(path: &Path, text: &str, as_of: Instant) -> Subject {
        let mut files = Overlay::default();
        files.set(path, laid_out(text).expect("a model that compiles can be laid out"));
        Subject { path: path.to_owned(), as_of, files }
    }

    /// `None`: it cannot run.
    fn compile(&self) -> Option<Model> {
        scorelang::compile(&self.files, &self.path).ok()
    }

    fn report(&self) -> Report {
        let (program, _) = load(&self.files, &self.path).unwrap();
        let model = self.compile().expect("it compiles");
        let mut settings = Settings::default();
        settings.flag("all", scorelang::lint::Level::Warning).unwrap();
        let reported = lint(&program, &model, self.as_of, &settings, None);
        Report::of(vec![OfModel::linted(&model, program.paths.clone(), self.as_of, &settings, reported)])
    }

    /// How often one lint finds the same; of the lints about allowances, which look at all others, what all find.
    fn found(&self, entry: &Entry) -> usize {
        let Some(lint) = entry.lint.filter(|lint| !matches!(lint.check, Check::Allowances(_))) else {
            return self.report().entries.iter().filter(|other| key(other) == key(entry)).count();
        };
        let (program, _) = load(&self.files, &self.path).unwrap();
        let model = self.compile().expect("it compiles");
        let (analysis, names) = (Analysis::new(&model, self.as_of), Names::default());
        let found = lint.run(&Context::new(&program, &analysis, &names), None);
        found.iter().filter(|finding| plain(&finding.message) == plain(&entry.diagnostic.message)).count()
    }

    /// With what some findings propose.
    fn with(&self, fixes: &[(&Entry, &Fix)]) -> Option<Subject> {
        let mut files = self.files.clone();
        for (name, text) in texts(fixes)? {
            assert_eq!(laid_out(&text).as_deref(), Some(text.as_str()), "`score fmt` would change what a fix left");
            files.set(Path::new(&name), text);
        }
        Some(Subject { path: self.path.clone(), as_of: self.as_of, files })
    }
}

fn laid_out(text: &str) -> Option<String> {
    let mut sources = Sources::default();
    let id = sources.add("model.score", text);
    let (tree, mistakes) = scorelang::syntax::parse(&sources, id);
    if !mistakes.is_empty() {
        return None;
    }
    scorelang::syntax::format::format(text, &tree).ok()
}

/// What a lead comes to.
fn results(model: &Model, typed: &Typed, before: &Model, as_of: Instant) -> Results {
    let mut events = typed.events.clone();
    events.sort_by_key(|event| event.at);
    let mut previous = typed.previous.clone();
    // A fix may have taken thresholds away, or turned their order.
    let met = |name: &str| before.thresholds.iter().position(|threshold| threshold.name == name);
    let met = model.thresholds.iter().map(|of| met(&of.name).is_some_and(|place| typed.previous.met[place]));
    previous.met = met.collect();
    let evaluation = evaluate(model, &typed.lead, &events, &previous, as_of, None);
    let found = &evaluation.results;
    let shown = |value: &Option<Decimal>| value.map_or("missing".to_owned(), |value| value.to_string());
    let mut results = Results::new();
    let excluded = found.excluded.and_then(|id| model.excludes.get(id.index())).map(|exclude| exclude.reason.clone());
    results.insert("excluded".to_owned(), format!("{excluded:?}"));
    for ((score, value), band) in model.scores.iter().zip(&found.scores).zip(&found.bands) {
        results.insert(format!("score {}", score.name), shown(value));
        let bands = score.bands.as_ref();
        let band = band.and_then(|band| bands?.bands.get(band.index())).map(|band| band.name.clone());
        results.insert(format!("band of {}", score.name), format!("{band:?}"));
    }
    for (threshold, met) in model.thresholds.iter().zip(&found.thresholds) {
        results.insert(format!("threshold {}", threshold.name), met.to_string());
    }
    for (matrix, cell) in model.matrices.iter().zip(&found.matrices) {
        let text = cell.and_then(|(row, column)| matrix.cells.get(row.index())?.get(column.index()));
        results.insert(format!("matrix {}", matrix.name), format!("{text:?}"));
    }
    results
}

/// Of a finding, apart from its place, and from how many there are of something.
fn key(entry: &Entry) -> (&'static str, String) {
    (entry.code(), plain(&entry.diagnostic.message))
}

fn plain(message: &str) -> String {
    message.replace(|letter: char| letter.is_ascii_digit(), "")
}

fn safe(report: &Report) -> Vec<Entry> {
    let is_safe = |entry: &&Entry| entry.fix.as_ref().is_some_and(|fix| fix.safety == Safety::Safe);
    report.entries.iter().filter(is_safe).cloned().collect()
}

/// Each fix by itself leaves all results as they are, and its finding is gone.
fn each_fix_keeps_scores(subject: &Subject, leads: &[Typed], name: &str) -> Vec<&'static str> {
    let model = subject.compile().expect("it compiles");
    let report = subject.report();
    let mut applied = Vec::new();
    for entry in safe(&report) {
        let told = || format!("`{}`: {}\n{name}", entry.name(), entry.diagnostic.message);
        let Some(fix) = &entry.fix else { continue };
        if applied.iter().filter(|lint| **lint == entry.name()).count() >= MOST_OF_ONE {
            continue;
        }
        let fixed = subject.with(&[(&entry, fix)]).unwrap_or_else(|| panic!("a fix does not fit its text: {}", told()));
        let Some(after) = fixed.compile() else {
            // The command leaves such a finding unfixed, and says so.
            continue;
        };
        results_stay(subject, &model, &after, leads, &told);
        assert!(fixed.found(&entry) < subject.found(&entry), "it is found again: {}", told());
        applied.push(entry.name());
    }
    applied
}

/// What is left of a model gives the same results.
fn results_stay(subject: &Subject, before: &Model, after: &Model, leads: &[Typed], told: &dyn Fn() -> String) {
    for typed in leads {
        let was = results(before, typed, before, subject.as_of);
        let is = results(after, &typed_for(before, after, typed), before, subject.as_of);
        for (what, now) in &is {
            assert_eq!(was.get(what), Some(now), "{what}, after {}\n{:?}\n{:?}", told(), typed.lead, typed.events);
        }
    }
}

/// The model with a score of its own in which, over conditions of its rules, one rule hides another and one excludes
/// itself; `None` where it has no conditions.
fn planted(text: &str, model: &Model) -> Option<String> {
    let mut conditions = Vec::new();
    for score in &model.scores {
        if let ScoreBody::Rules { items, .. } = &score.body {
            conditions_of(items, &mut conditions);
        }
    }
    let mut conditions = conditions.into_iter().map(|condition| model.sources.text(condition.span));
    let one = conditions.next()?;
    let other = conditions.next().unwrap_or(one);
    Some(format!(
        "{text}\nscore planted {{\n  +1 \"Planted beside\" when ({other})\n  \
         group \"Planted group\" first match only {{\n    +2 \"Planted first\" when ({one})\n    \
         +3 \"Planted behind\" when ({one})\n    +4 \"Planted last\" when ({other})\n  }}\n  \
         +5 \"Planted never\" when ({one}) and not ({one})\n}}\n"
    ))
}

fn conditions_of<'m>(items: &'m [Item], found: &mut Vec<&'m Condition>) {
    for item in items {
        match item {
            Item::Group(group) => conditions_of(&group.items, found),
            Item::Rule(rule) => match &rule.body {
                Body::When(condition) if !matches!(condition.kind, ConditionKind::Constant(_)) => found.push(condition),
                _ => {}
            },
        }
    }
}

/// Each rule of which a lint says that it never counts can be taken away without a change in any result; those lints.
fn rules_that_never_count(subject: &Subject, leads: &[Typed], name: &str) -> Vec<&'static str> {
    let (program, _) = load(&subject.files, &subject.path).unwrap();
    let model = subject.compile().expect("it compiles");
    let (analysis, names) = (Analysis::new(&model, subject.as_of), Names::default());
    let context = Context::new(&program, &analysis, &names);
    let mut gone = Vec::new();
    for entry in &subject.report().entries {
        let message = &entry.diagnostic.message;
        let never = ["never counts: others match first", "can meet the condition of rule", "be one of those of rule"];
        let is_in = |place: &&RulePlace<'_>| {
            place.rule.span.start <= entry.span().start && entry.span().end <= place.rule.span.end
        };
        let Some(place) = context.rules().iter().find(is_in).filter(|_| never.iter().any(|of| message.contains(of)))
        else {
            continue;
        };
        let Some(edits) = context.without_rule(place) else { continue };
        let fix = Fix { what: String::new(), safety: Safety::Safe, edits };
        let Some(after) = subject.with(&[(entry, &fix)]).and_then(|without| without.compile()) else { continue };
        results_stay(subject, &model, &after, leads, &|| format!("`{}`: {message}\n{name}", entry.name()));
        gone.push(entry.name());
    }
    gone
}

/// The same lead for a model that may declare fewer fields, events and properties.
fn typed_for(before: &Model, after: &Model, typed: &Typed) -> Typed {
    use scorelang::model::{Event, EventId, Field, Lead};
    use scorelang::value::Value;
    let moved = |from: &[Field], to: &[Field], values: &[Option<Value>]| -> Vec<Option<Value>> {
        let place = |field: &Field| from.iter().position(|known| known.name == field.name);
        to.iter().map(|field| place(field).and_then(|place| values[place].clone())).collect()
    };
    let event = |event: &Event| {
        let kind = &before.events[event.kind.index()];
        let place = after.events.iter().position(|known| known.name == kind.name)?;
        let values = moved(&kind.properties, &after.events[place].properties, &event.values);
        Some(Event { kind: EventId(place as u32), at: event.at, values })
    };
    Typed {
        lead: Lead {
            key: typed.lead.key.clone(),
            values: moved(&before.lead.fields, &after.lead.fields, &typed.lead.values),
        },
        events: typed.events.iter().filter_map(event).collect(),
        previous: typed.previous.clone(),
    }
}

/// Fixed until nothing is left to fix, as `--fix` does it: nothing is found that was not found before.
fn nothing_new_appears(subject: &Subject, name: &str) {
    let first = subject.report();
    let known: Vec<_> = first.entries.iter().map(key).collect();
    let mut here = Subject { path: subject.path.clone(), as_of: subject.as_of, files: subject.files.clone() };
    let mut report = first.clone();
    let mut refused: Vec<(&'static str, String)> = Vec::new();
    for _ in 0..ROUNDS {
        let open: Vec<Entry> = safe(&report).into_iter().filter(|entry| !refused.contains(&key(entry))).collect();
        let chosen = apart(&open, false);
        if chosen.is_empty() {
            break;
        }
        let runs = |next: &Subject| next.compile().is_some();
        match here.with(&chosen).filter(runs) {
            Some(next) => here = next,
            None => match here.with(&chosen[..1]).filter(runs) {
                Some(next) => here = next,
                None => refused.push(key(chosen[0].0)),
            },
        }
        report = here.report();
    }
    let new: Vec<_> = report.entries.iter().map(key).filter(|one| !known.contains(one)).collect();
    assert!(new.is_empty(), "fixes brought this about: {new:?}\n{name}");
}

#[test]
fn fixes_of_generated_models_change_no_score() {
    let mut applied: BTreeMap<&'static str, usize> = BTreeMap::new();
    for seed in 800_000..800_000 + super::variable("DIFFERENTIAL_FIXES").unwrap_or(CASES) {
        let case = Case::generate(seed);
        let Ok(model) = case.compile() else { continue };
        let text = case.written.model.text();
        let subject = Subject::new(Path::new("generated.score"), &text, case.as_of());
        let leads: Vec<Typed> = case.leads.iter().map(|lead| lead.typed(&model)).collect();
        let name = format!("seed {seed}\n{text}");
        for lint in each_fix_keeps_scores(&subject, &leads, &name) {
            *applied.entry(lint).or_default() += 1;
        }
        nothing_new_appears(&subject, &name);
    }
    eprintln!("{applied:?}");
}

#[test]
fn rules_that_never_count_can_be_taken_away() {
    let mut gone: BTreeMap<&'static str, usize> = BTreeMap::new();
    for seed in 810_000..810_000 + super::variable("DIFFERENTIAL_FIXES").unwrap_or(CASES) {
        let case = Case::generate(seed);
        let Some(text) = case.compile().ok().and_then(|model| planted(&case.written.model.text(), &model)) else {
            continue;
        };
        let subject = Subject::new(Path::new("generated.score"), &text, case.as_of());
        let Some(model) = subject.compile() else { continue };
        let leads: Vec<Typed> = case.leads.iter().map(|lead| lead.typed(&model)).collect();
        for lint in rules_that_never_count(&subject, &leads, &format!("seed {seed}\n{text}")) {
            *gone.entry(lint).or_default() += 1;
        }
    }
    for lint in ["never-true", "shadowed-rule"] {
        assert!(gone.contains_key(lint), "no rule of which `{lint}` speaks was taken away: {gone:?}");
    }
}

#[test]
fn fixes_of_examples_change_no_score() {
    let as_of = instant("2026-11-01T00:00:00Z");
    for (path, text, model) in examples() {
        let subject = Subject::new(&root().join(&path), &text, as_of);
        let (constants, mut chance) = (Constants::of(&text), Chance::new(23));
        let leads: Vec<Typed> = (0..100).map(|_| constants.lead(&model, as_of, &mut chance)).collect();
        each_fix_keeps_scores(&subject, &leads, &path);
        nothing_new_appears(&subject, &path);
    }
}

/// Every lint with a fix that changes no score, on the example of its page.
#[test]
fn fixes_of_the_pages_change_no_score() {
    let as_of = instant("2026-01-01T23:59:59.999999Z");
    for lint in LINTS {
        let text = lint.page().example.model;
        let path = Path::new("page.score");
        let subject = Subject::new(path, &text, as_of);
        let Some(model) = subject.compile() else { continue };
        let (constants, mut chance) = (Constants::of(&text), Chance::new(29));
        let leads: Vec<Typed> = (0..100).map(|_| constants.lead(&model, as_of, &mut chance)).collect();
        each_fix_keeps_scores(&subject, &leads, lint.name);
    }
}
