//! What changed in meaning, part by part: rules, groups, scores, bands, thresholds, schema, lists.

use super::meaning::{self, Digest, Meaning, maybe, node, set};
use super::outline::{Holder, Outline, RulePart};
use super::pairs::Pairs;
use crate::model::{Band, BandEdge, Body, Choice, Field, FieldKind, Model, Points, Score, ScoreBody, Threshold};
use crate::run::reasons::signed;
use crate::source::Span;
use crate::value::{Decimal, fold, fold_name};
use std::collections::{BTreeMap, BTreeSet};

/// Texts of rules longer than this are cut, in characters.
const LONGEST: usize = 240;

/// Both models, side by side.
pub struct Changes<'model> {
    pub old: Side<'model>,
    pub new: Side<'model>,
    pub pairs: Pairs,
    /// In the order of the new model, what was removed at the end of its kind.
    pub changes: Vec<Change>,
}

/// A model with its parts.
pub struct Side<'model> {
    pub model: &'model Model,
    pub meaning: Meaning<'model>,
    pub outline: Outline<'model>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    pub kind: ChangeKind,
    /// `rule`, `score`, `field`…
    pub what: &'static str,
    pub name: String,
    /// The score that it belongs to.
    pub score: Option<String>,
    pub details: Vec<Detail>,
    /// Whether results can depend on it: a label alone is only shown.
    pub counts: bool,
    /// Places in the outlines, of a rule.
    pub rule: (Option<usize>, Option<usize>),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChangeKind {
    Added,
    Removed,
    Changed,
    Moved,
}

/// One thing about a part, before and after.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Detail {
    pub aspect: Aspect,
    pub old: Option<String>,
    pub new: Option<String>,
}

/// `points`, `condition`, `decay`…
pub type Aspect = &'static str;

impl ChangeKind {
    pub fn name(self) -> &'static str {
        match self {
            ChangeKind::Added => "added",
            ChangeKind::Removed => "removed",
            ChangeKind::Changed => "changed",
            ChangeKind::Moved => "moved",
        }
    }
}

impl<'model> Side<'model> {
    fn new(model: &'model Model) -> Side<'model> {
        let meaning = Meaning::new(model).settle();
        let outline = Outline::new(model, &meaning);
        Side { model, meaning, outline }
    }

    /// The text of a place, on one line.
    fn text(&self, span: Span) -> String {
        one_line(self.model.sources.text(span))
    }

    pub fn rule(&self, place: usize) -> Option<&RulePart<'model>> {
        self.outline.rules.get(place)
    }

    fn rule_text(&self, rule: &RulePart<'_>) -> String {
        self.text(rule.rule.span)
    }
}

/// Compares two models.
pub fn changes<'model>(old: &'model Model, new: &'model Model) -> Changes<'model> {
    let (old, new) = (Side::new(old), Side::new(new));
    let pairs = Pairs::new((old.model, &old.outline), (new.model, &new.outline));
    let mut found = Found { old: &old, new: &new, pairs: &pairs, changes: Vec::new() };
    found.zone();
    found.schema();
    found.named_values();
    found.exclusions();
    found.scores();
    found.groups();
    found.rules();
    found.matrices();
    found.thresholds();
    let changes = found.changes;
    Changes { old, new, pairs, changes }
}

impl Changes<'_> {
    /// Whether nothing that counts changed.
    pub fn mean_the_same(&self) -> bool {
        !self.changes.iter().any(|change| change.counts)
    }
}

struct Found<'a, 'model> {
    old: &'a Side<'model>,
    new: &'a Side<'model>,
    pairs: &'a Pairs,
    changes: Vec<Change>,
}

/// A part as it is compared: by name.
struct Part {
    name: String,
    text: String,
    aspects: Vec<(Aspect, Digest, String)>,
}

impl Found<'_, '_> {
    fn add(&mut self, kind: ChangeKind, what: &'static str, name: &str, score: Option<&str>, details: Vec<Detail>) {
        let counts = details.iter().any(|detail| !is_shown_only(detail.aspect)) || details.is_empty();
        self.changes.push(Change {
            kind,
            what,
            name: name.to_owned(),
            score: score.map(str::to_owned),
            details,
            counts,
            rule: (None, None),
        });
    }

    /// Parts of one kind, matched by name.
    fn parts(&mut self, what: &'static str, score: Option<&str>, old: Vec<Part>, new: Vec<Part>) {
        let mut before: BTreeMap<String, Part> = old.into_iter().map(|part| (fold_name(&part.name), part)).collect();
        for part in new {
            let Some(old) = before.remove(&fold_name(&part.name)) else {
                let detail = Detail { aspect: what, old: None, new: Some(part.text) };
                self.add(ChangeKind::Added, what, &part.name, score, vec![detail]);
                continue;
            };
            let pairs = old.aspects.into_iter().zip(part.aspects);
            let differ = pairs.filter(|(one, two)| one.1 != two.1);
            let details: Vec<Detail> = differ.map(|(one, two)| detail(two.0, one.2, two.2)).collect();
            if !details.is_empty() {
                self.add(ChangeKind::Changed, what, &part.name, score, details);
            }
        }
        for part in before.into_values() {
            let detail = Detail { aspect: what, old: Some(part.text), new: None };
            self.add(ChangeKind::Removed, what, &part.name, score, vec![detail]);
        }
    }

    fn zone(&mut self) {
        let (old, new) = (&self.old.model.zone, &self.new.model.zone);
        if old != new {
            let name = |zone: &crate::value::Zone| zone.time_zone().iana_name().unwrap_or("UTC").to_owned();
            self.add(ChangeKind::Changed, "model", "timezone", None, vec![detail("timezone", name(old), name(new))]);
        }
    }

    fn schema(&mut self) {
        let fields = |side: &Side<'_>| {
            let key = side.model.lead.key;
            let fields = side.model.lead.fields.iter().enumerate();
            fields.map(|(place, one)| field(side, one, key.is_some_and(|key| key.index() == place))).collect()
        };
        self.parts("field", None, fields(self.old), fields(self.new));
        let missing = |side: &Side<'_>| placeholders("lead", &side.model.lead.missing);
        self.parts("placeholders", None, missing(self.old), missing(self.new));
        self.parts("event", None, events(self.old), events(self.new));
        let ignores = |side: &Side<'_>| -> BTreeMap<Digest, String> {
            let ignores = side.model.ignores.iter();
            ignores.map(|ignore| (side.meaning.selector(ignore), side.text(ignore.span))).collect()
        };
        let (old, new) = (ignores(self.old), ignores(self.new));
        for (_, text) in new.iter().filter(|(digest, _)| !old.contains_key(*digest)) {
            self.add(ChangeKind::Added, "ignore", text, None, Vec::new());
        }
        for (_, text) in old.iter().filter(|(digest, _)| !new.contains_key(*digest)) {
            self.add(ChangeKind::Removed, "ignore", text, None, Vec::new());
        }
    }

    /// Lists, lookups and defines that both models have: what only one has shows where it is used.
    fn named_values(&mut self) {
        let both = |old: Vec<Part>, new: Vec<Part>| {
            let names: BTreeSet<String> = old.iter().map(|part| fold_name(&part.name)).collect();
            let new: Vec<Part> = new.into_iter().filter(|part| names.contains(&fold_name(&part.name))).collect();
            let names: BTreeSet<String> = new.iter().map(|part| fold_name(&part.name)).collect();
            (old.into_iter().filter(|part| names.contains(&fold_name(&part.name))).collect::<Vec<_>>(), new)
        };
        let lists = self.lists();
        let (old, new) = both(lists.0, lists.1);
        self.parts("list", None, old, new);
        let lookups = |side: &Side<'_>| {
            let lookups = side.model.lookups.iter().zip((0..).map(crate::model::LookupId));
            lookups.map(|(lookup, id)| part(&lookup.name, side.text(lookup.span), side.meaning.lookup(id))).collect()
        };
        let (old, new) = both(lookups(self.old), lookups(self.new));
        self.parts("lookup", None, old, new);
        let defines = |side: &Side<'_>| {
            let defines = side.model.defines.iter().zip((0..).map(crate::model::DefineId));
            defines.map(|(define, id)| part(&define.name, side.text(define.span), side.meaning.define(id))).collect()
        };
        let (old, new) = both(defines(self.old), defines(self.new));
        let first = self.changes.len();
        self.parts("define", None, old, new);
        // What a define means shows in the rules that name it.
        self.changes.iter_mut().skip(first).for_each(|change| change.counts = false);
        let lists_or_lookups = self.changes.iter_mut().filter(|change| matches!(change.what, "list" | "lookup"));
        lists_or_lookups.for_each(|change| change.counts = false);
    }

    /// Each with what was taken out of it and what came in.
    fn lists(&self) -> (Vec<Part>, Vec<Part>) {
        let values = |side: &Side<'_>| -> BTreeMap<String, (BTreeMap<String, String>, Digest, String)> {
            let lists = side.model.lists.iter().zip((0..).map(crate::model::ListId));
            lists
                .map(|(list, id)| {
                    let values =
                        list.values.iter().map(|value| (value.folded.to_string(), value.given.to_string())).collect();
                    (fold_name(&list.name), (values, side.meaning.list_values(id), list.name.clone()))
                })
                .collect()
        };
        let (old, new) = (values(self.old), values(self.new));
        let parts = |of: &BTreeMap<String, (BTreeMap<String, String>, Digest, String)>,
                     other: &BTreeMap<String, (BTreeMap<String, String>, Digest, String)>| {
            let one = |(folded, (values, digest, name)): (&String, &(BTreeMap<String, String>, Digest, String))| {
                let others = other.get(folded).map(|(values, _, _)| values);
                let only = values.iter().filter(|(value, _)| others.is_none_or(|others| !others.contains_key(*value)));
                let only: Vec<&str> = only.map(|(_, given)| given.as_str()).collect();
                part(name, some_of(&only), *digest)
            };
            of.iter().map(one).collect()
        };
        (parts(&old, &new), parts(&new, &old))
    }

    fn exclusions(&mut self) {
        let parts = |side: &Side<'_>| -> Vec<Part> {
            let excludes = side.model.excludes.iter();
            excludes
                .map(|exclude| part(&exclude.reason, side.text(exclude.span), side.meaning.condition(&exclude.when)))
                .collect()
        };
        let first = self.changes.len();
        self.parts("exclude", None, parts(self.old), parts(self.new));
        let order = |side: &Side<'_>| -> Vec<Digest> {
            side.model.excludes.iter().map(|exclude| side.meaning.condition(&exclude.when)).collect()
        };
        if self.changes.len() == first && order(self.old) != order(self.new) {
            let text = |side: &Side<'_>| {
                side.model.excludes.iter().map(|exclude| exclude.reason.clone()).collect::<Vec<_>>().join(", ")
            };
            let details = vec![detail("order", text(self.old), text(self.new))];
            self.add(ChangeKind::Changed, "exclude", "the first that holds gives the reason", None, details);
        }
    }

    fn scores(&mut self) {
        let parts = |side: &Side<'_>| side.model.scores.iter().map(|one| score(side, one)).collect();
        self.parts("score", None, parts(self.old), parts(self.new));
        for (old, new) in &self.pairs.scores {
            let (Some(old), Some(new)) =
                (self.old.model.scores.get(old.index()), self.new.model.scores.get(new.index()))
            else {
                continue;
            };
            let bands = |side: &Side<'_>, score: &Score| -> Vec<Part> {
                score.bands.iter().flat_map(|bands| &bands.bands).map(|one| band(side, one)).collect()
            };
            self.parts("band", Some(&new.name), bands(self.old, old), bands(self.new, new));
        }
    }

    fn groups(&mut self) {
        for (old, new) in &self.pairs.holders {
            let (Some(one), Some(two)) = (self.old.outline.holders.get(*old), self.new.outline.holders.get(*new))
            else {
                continue;
            };
            let score = self.score_of(self.new, two);
            if let (Some(before), Some(group)) = (one.group, two.group) {
                let mut details = Vec::new();
                if fold(&before.label) != fold(&group.label) {
                    details.push(detail("label", before.label.clone(), group.label.clone()));
                }
                if one.header != two.header {
                    let text = |side: &Side<'_>, span: Span| {
                        side.text(span).split('{').next().unwrap_or_default().trim().to_owned()
                    };
                    details.push(detail("header", text(self.old, before.span), text(self.new, group.span)));
                }
                let inside = |holder: &Holder<'_>| holder.inside;
                if inside(one).and_then(|place| self.pairs.holders.get(&place)).copied() != inside(two) {
                    let path = |side: &Side<'_>, place: usize| side.outline.path(place).join(" > ");
                    details.push(detail("place", path(self.old, *old), path(self.new, *new)));
                }
                if group.choice == Choice::FirstMatch
                    && self.order(self.old, *old, true) != self.order(self.new, *new, false)
                {
                    let text = |side: &Side<'_>, holder: usize| {
                        let inside = side.outline.rules.iter().filter(|rule| rule.holder == holder);
                        inside.map(|rule| rule.rule.label.clone()).collect::<Vec<_>>().join(", ")
                    };
                    details.push(detail("order", text(self.old, *old), text(self.new, *new)));
                }
                if !details.is_empty() {
                    self.add(ChangeKind::Changed, "group", &group.label, score.as_deref(), details);
                }
            }
        }
        // A group without header clauses, in a sum, changes nothing by itself.
        for (places, side, kind) in [
            (&self.pairs.groups_removed, self.old, ChangeKind::Removed),
            (&self.pairs.groups_added, self.new, ChangeKind::Added),
        ] {
            for place in places {
                let Some((holder, group)) = side.outline.holders.get(*place).and_then(|it| Some((it, it.group?)))
                else {
                    continue;
                };
                let score = self.score_of(side, holder);
                self.add(kind, "group", &group.label, score.as_deref(), Vec::new());
                if let Some(last) = self.changes.last_mut() {
                    last.counts = !side.outline.is_plain(*place);
                }
            }
        }
    }

    /// The rules of a holder that both models have, as places in the new outline; and its groups.
    fn order(&self, side: &Side<'_>, holder: usize, is_old: bool) -> Vec<usize> {
        let mut items: Vec<(usize, usize)> = Vec::new();
        for (place, rule) in side.outline.rules.iter().enumerate().filter(|(_, rule)| rule.holder == holder) {
            let pair = self.pairs.rules.iter().find(|(old, new)| if is_old { *old == place } else { *new == place });
            // What came in from elsewhere, or went, is told by itself.
            let stayed = pair.filter(|(old, new)| {
                let holders = (self.old.rule(*old).map(|it| it.holder), self.new.rule(*new).map(|it| it.holder));
                matches!(holders, (Some(one), Some(two)) if self.pairs.holders.get(&one) == Some(&two))
            });
            items.extend(stayed.map(|(_, new)| (rule.at, *new)));
        }
        items.sort_unstable();
        items.into_iter().map(|(_, place)| place).collect()
    }

    fn score_of(&self, side: &Side<'_>, holder: &Holder<'_>) -> Option<String> {
        side.model.scores.get(holder.score.index()).map(|score| score.name.clone())
    }

    fn rules(&mut self) {
        let mut pairs = self.pairs.rules.clone();
        pairs.sort_by_key(|(_, new)| *new);
        for (old, new) in pairs {
            let (Some(one), Some(two)) = (self.old.rule(old), self.new.rule(new)) else { continue };
            let details = self.rule_details(one, two);
            if details.is_empty() {
                continue;
            }
            let moved = details.iter().all(|detail| matches!(detail.aspect, "place" | "group" | "label"))
                && details.iter().any(|detail| detail.aspect != "label");
            let kind = if moved { ChangeKind::Moved } else { ChangeKind::Changed };
            let score = self.new.model.scores.get(two.score.index()).map(|score| score.name.clone());
            self.add(kind, "rule", &two.rule.label, score.as_deref(), details);
            self.mark((Some(old), Some(new)));
        }
        for place in &self.pairs.added {
            let Some(rule) = self.new.rule(*place) else { continue };
            let score = self.new.model.scores.get(rule.score.index()).map(|score| score.name.clone());
            let text = self.new.rule_text(rule);
            let details = vec![Detail { aspect: "rule", old: None, new: Some(text) }];
            self.add(ChangeKind::Added, "rule", &rule.rule.label, score.as_deref(), details);
            self.mark((None, Some(*place)));
        }
        for place in &self.pairs.removed {
            let Some(rule) = self.old.rule(*place) else { continue };
            let score = self.old.model.scores.get(rule.score.index()).map(|score| score.name.clone());
            let text = self.old.rule_text(rule);
            let details = vec![Detail { aspect: "rule", old: Some(text), new: None }];
            self.add(ChangeKind::Removed, "rule", &rule.rule.label, score.as_deref(), details);
            self.mark((Some(*place), None));
        }
    }

    fn mark(&mut self, rule: (Option<usize>, Option<usize>)) {
        if let Some(last) = self.changes.last_mut() {
            last.rule = rule;
        }
    }

    fn rule_details(&self, one: &RulePart<'_>, two: &RulePart<'_>) -> Vec<Detail> {
        let mut details = Vec::new();
        if one.rule.labelled && fold(&one.rule.label) != fold(&two.rule.label) {
            details.push(detail("label", one.rule.label.clone(), two.rule.label.clone()));
        }
        if self.pairs.holders.get(&one.holder) != Some(&two.holder) {
            let place = |side: &Side<'_>, rule: &RulePart<'_>| {
                let score = side.model.scores.get(rule.score.index()).map_or("", |score| score.name.as_str());
                [vec![score], side.outline.path(rule.holder)].concat().join(" > ")
            };
            let effective = |side: &Side<'_>, rule: &RulePart<'_>| side.outline.effective(rule.holder);
            let same = self.pairs.holders.get(&effective(self.old, one)) == Some(&effective(self.new, two));
            let aspect = if same { "group" } else { "place" };
            details.push(detail(aspect, place(self.old, one), place(self.new, two)));
        }
        let whole = || (self.old.rule_text(one), self.new.rule_text(two));
        if one.points != two.points {
            let (old, new) = match (&one.rule.points, &two.rule.points) {
                (Points::Constant(old), Points::Constant(new)) => (signed(*old), signed(*new)),
                _ => whole(),
            };
            details.push(detail("points", old, new));
        }
        if one.body != two.body {
            let (old, new) = match (&one.rule.body, &two.rule.body) {
                (Body::When(old), Body::When(new)) => (self.old.text(old.span), self.new.text(new.span)),
                _ => whole(),
            };
            details.push(detail("condition", old, new));
        }
        let rest = [
            ("occurrences", one.occurrences, two.occurrences),
            ("limits", one.limits, two.limits),
            ("decay", one.decay, two.decay),
        ];
        for (aspect, _, _) in rest.into_iter().filter(|(_, old, new)| old != new) {
            let (old, new) = whole();
            details.push(detail(aspect, old, new));
        }
        details
    }

    fn matrices(&mut self) {
        let parts = |side: &Side<'_>| {
            let scores = &side.model.scores;
            let name = |id: crate::model::ScoreId| scores.get(id.index()).map_or("", |score| score.name.as_str());
            let matrices = side.model.matrices.iter();
            matrices
                .map(|matrix| {
                    let names = |id: crate::model::ScoreId| -> Vec<&str> {
                        let bands = scores.get(id.index()).and_then(|score| score.bands.as_ref());
                        bands.into_iter().flat_map(|bands| &bands.bands).map(|band| band.name.as_str()).collect()
                    };
                    let (rows, columns) = (names(matrix.rows), names(matrix.columns));
                    let cells = rows.iter().zip(&matrix.cells).flat_map(|(row, cells)| {
                        let cell = move |(column, text): (&&str, &String)| {
                            meaning::leaf("cell", &format!("{row}\0{column}\0{text}"))
                        };
                        columns.iter().zip(cells).map(cell).collect::<Vec<_>>()
                    });
                    let digest = node(
                        "matrix",
                        &[
                            meaning::leaf("rows", name(matrix.rows)),
                            meaning::leaf("columns", name(matrix.columns)),
                            set("cells", cells),
                        ],
                    );
                    let mut part = part(&matrix.name, side.text(matrix.span), digest);
                    part.aspects.push(("label", meaning::leaf("label", &matrix.label), matrix.label.clone()));
                    part
                })
                .collect()
        };
        self.parts("matrix", None, parts(self.old), parts(self.new));
    }

    fn thresholds(&mut self) {
        let parts = |side: &Side<'_>| side.model.thresholds.iter().map(|one| threshold(side, one)).collect();
        self.parts("threshold", None, parts(self.old), parts(self.new));
    }
}

/// Whether something is only shown, and never counts.
fn is_shown_only(aspect: Aspect) -> bool {
    matches!(aspect, "label" | "action" | "group")
}

fn detail(aspect: Aspect, old: String, new: String) -> Detail {
    Detail { aspect, old: Some(old), new: Some(new) }
}

fn part(name: &str, text: String, digest: Digest) -> Part {
    Part { name: name.to_owned(), aspects: vec![("meaning", digest, text.clone())], text }
}

fn field(side: &Side<'_>, field: &Field, is_key: bool) -> Part {
    let kind = match &field.kind {
        // Listed or not, a value counts the same.
        FieldKind::OneOf(_) | FieldKind::Text => "text".to_owned(),
        kind => format!("{kind:?}"),
    };
    let words = format!("{kind}\0{}\0{}\0{is_key}", field.column.trim(), field.required);
    part(&field.name, side.text(field.span), meaning::leaf("field", &words))
}

fn placeholders(name: &str, missing: &[String]) -> Vec<Part> {
    let digest = set("missing", missing.iter().map(|one| meaning::leaf("one", one)));
    vec![part(name, some_of(&missing.iter().map(String::as_str).collect::<Vec<_>>()), digest)]
}

fn events(side: &Side<'_>) -> Vec<Part> {
    let events = side.model.events.iter();
    events
        .map(|event| {
            let mapping = format!("{:?}", event.mapping);
            let properties = event.properties.iter().map(|one| {
                let part = field(side, one, false);
                node(
                    "property",
                    &[meaning::leaf("name", &fold_name(&part.name)), part.aspects.first().map_or(0, |it| it.1)],
                )
            });
            let missing = event.missing.iter().map(|one| meaning::leaf("one", one));
            let digest = node(
                "event",
                &[
                    meaning::leaf("called", event.called.trim()),
                    meaning::leaf("mapping", &mapping),
                    set("properties", properties),
                    set("missing", missing),
                ],
            );
            part(&event.name, side.text(event.span), digest)
        })
        .collect()
}

fn score(side: &Side<'_>, score: &Score) -> Part {
    let header = side.text(score.span).split('{').next().unwrap_or_default().trim().to_owned();
    let limits = node("limits", &[maybe(score.lowest.map(meaning::number)), maybe(score.highest.map(meaning::number))]);
    let rounding = meaning::leaf("decimals", &score.decimals.to_string());
    let body = match &score.body {
        ScoreBody::Rules { start, when, .. } => node(
            "rules",
            &[
                maybe(start.filter(|start| *start != Decimal::ZERO).map(meaning::number)),
                maybe(when.as_ref().map(|when| side.meaning.condition(when))),
            ],
        ),
        ScoreBody::Derived(expr) => node("derived", &[side.meaning.number(expr)]),
    };
    Part {
        name: score.name.clone(),
        text: header.clone(),
        aspects: vec![
            ("limits", limits, header.clone()),
            ("rounding", rounding, header.clone()),
            (if matches!(score.body, ScoreBody::Derived(_)) { "expression" } else { "header" }, body, header),
            ("label", meaning::leaf("label", &score.label), score.label.clone()),
        ],
    }
}

fn band(side: &Side<'_>, band: &Band) -> Part {
    let edge = match band.edge {
        BandEdge::From(at) => node("from", &[meaning::number(at)]),
        BandEdge::Above(at) => node("above", &[meaning::number(at)]),
        BandEdge::Otherwise => node("otherwise", &[]),
    };
    let (text, label) = (side.text(band.span), band.label.clone().unwrap_or_default());
    let action = band.action.clone().unwrap_or_default();
    Part {
        name: band.name.clone(),
        text: text.clone(),
        aspects: vec![
            ("edge", edge, text),
            ("label", meaning::leaf("label", &label), label),
            ("action", meaning::leaf("action", &action), action),
        ],
    }
}

fn threshold(side: &Side<'_>, threshold: &Threshold) -> Part {
    let until = threshold.until.as_ref();
    let action = threshold.action.clone().unwrap_or_default();
    let stays = if threshold.stays { "stays" } else { "does not stay" };
    Part {
        name: threshold.name.clone(),
        text: side.text(threshold.span),
        aspects: vec![
            ("condition", side.meaning.condition(&threshold.when), side.text(threshold.when.span)),
            (
                "until",
                maybe(until.map(|until| side.meaning.condition(until))),
                until.map(|until| side.text(until.span)).unwrap_or_default(),
            ),
            ("stays", meaning::leaf("stays", stays), stays.to_owned()),
            ("label", meaning::leaf("label", &threshold.label), threshold.label.clone()),
            ("action", meaning::leaf("action", &action), action),
        ],
    }
}

/// The first few of them, and how many more.
fn some_of(texts: &[&str]) -> String {
    const SHOWN: usize = 8;
    let mut shown = texts.iter().take(SHOWN).map(|text| format!("\"{text}\"")).collect::<Vec<_>>().join(", ");
    if texts.len() > SHOWN {
        shown += &format!(" and {} more", texts.len() - SHOWN);
    }
    shown
}

/// Without comments, line ends and runs of blanks.
fn one_line(text: &str) -> String {
    let line = text.lines().map(str::trim).filter(|line| !line.starts_with('#')).collect::<Vec<_>>().join(" ");
    let line = line.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", line.get(..end).unwrap_or_default()),
        None => line,
    }
}
