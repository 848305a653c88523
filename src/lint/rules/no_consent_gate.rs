use crate::analysis::{Given, Verdict};
use crate::lint::reads::{Read, named, read};
use crate::lint::vocabulary::CONSENT;
use crate::lint::{Context, Finding, Findings, Owner, claim, lint, wording};
use crate::model::walk::{Part, walk_any};
use crate::model::{Condition, ConditionKind, Field, FieldId, FieldKind, Symbol, Threshold, ThresholdId, YesNoExpr};
use crate::source::Span;
use std::collections::BTreeSet;

lint! {
    /// Finds a threshold with an action that can be met by a lead who has not agreed, though the model has a field for that.
    ///
    /// Such a field is of type `yes/no` and called consent, opt-in, permission or the like, or opt-out and the like, in many
    /// languages. It may be asked by the threshold itself, by a define or an earlier threshold, or by an exclusion. Where it is
    /// asked, and a lead can still pass without having agreed, the finding shows one.
    ///
    /// ## Why it matters
    ///
    /// The action writes to people or calls them. Where the law asks for their consent, the gate belongs beside the mark, where
    /// everybody sees it, and not into the tool that happens to send.
    ///
    /// ## Example
    ///
    /// ```score
    /// lead {
    ///   id       text key
    ///   title    text
    ///   consent  yes/no
    /// }
    ///
    /// event demo_request
    ///
    /// score total {
    ///   +30 "Head"            when title mentions "head"
    ///   +30 "Demo"            when any demo_request
    ///   +5  "Agreed to mails" when consent
    /// }
    ///
    /// threshold mql
    ///   when total >= 50
    ///   do "notify sales"
    /// ```
    ///
    /// ## Better
    ///
    /// ```score
    /// lead {
    ///   id       text key
    ///   title    text
    ///   consent  yes/no
    /// }
    ///
    /// event demo_request
    ///
    /// score total {
    ///   +30 "Head"            when title mentions "head"
    ///   +30 "Demo"            when any demo_request
    ///   +5  "Agreed to mails" when consent
    /// }
    ///
    /// threshold mql
    ///   when consent and total >= 50
    ///   do "notify sales"
    /// ```
    pub static NO_CONSENT_GATE = "S702", "no-consent-gate", Privacy, Warning, Rules(check);
}

/// A field in which people agree, or refuse.
struct Consent<'a> {
    id: FieldId,
    field: &'a Field,
    refuses: bool,
}

fn check(context: &Context<'_>, findings: &mut Findings) {
    let consents = consents(context);
    let Some(first) = consents.iter().find(|one| !one.refuses).or(consents.first()) else { return };
    let asked = Asked::of(context);
    if asked.by_exclusions(&consents) {
        return;
    }
    for (id, threshold) in (0..).map(ThresholdId).zip(&context.model.thresholds) {
        let Some(action) = &threshold.action else { continue };
        let gates: Vec<&Consent<'_>> = consents.iter().filter(|one| asked.by_threshold(id, one.id)).collect();
        match gates.as_slice() {
            [] => without_gate(context, findings, id, threshold, action, first),
            [gate] => leaky_gate(context, findings, id, threshold, action, gate),
            // Which of several is meant to hold cannot be told.
            _ => {}
        }
    }
}

fn consents<'a>(context: &Context<'a>) -> Vec<Consent<'a>> {
    let fields = (0..).map(FieldId).zip(&context.model.lead.fields);
    let fields = fields.filter(|(_, field)| matches!(field.kind, FieldKind::YesNo { .. }));
    let consent = |(id, field): (FieldId, &'a Field)| {
        let about = |subject: &&crate::lint::vocabulary::Subject| {
            subject.is_named_by(&field.name) || subject.is_named_by(&field.column)
        };
        // "opted out" before "opted in", "no contact" before "contact".
        let subject = CONSENT.iter().rev().find(about)?;
        Some(Consent { id, field, refuses: subject.says == "refuses" })
    };
    fields.filter_map(consent).collect()
}

fn without_gate(
    context: &Context<'_>,
    findings: &mut Findings,
    id: ThresholdId,
    threshold: &Threshold,
    action: &str,
    consent: &Consent<'_>,
) {
    let named = &consent.field.name;
    let message = format!("`{}` does \"{action}\" without asking for `{named}`", threshold.name);
    let mut found = Findings::default();
    let finding = found.add(threshold.when.span, message);
    finding.here("met by leads who have not agreed").also(consent.field.span, "they are asked here");
    finding.help(format!("write `when {}`", gated(context, threshold, consent)));
    // Points can be the gate: nobody gets so many without having agreed.
    if !show(context, finding, id, consent).is_no() {
        findings.all.extend(found.all);
    }
}

/// The gate is asked, and a lead passes without it: only with an example.
fn leaky_gate(
    context: &Context<'_>,
    findings: &mut Findings,
    id: ThresholdId,
    threshold: &Threshold,
    action: &str,
    consent: &Consent<'_>,
) {
    let mut found = Findings::default();
    let named = &consent.field.name;
    let message =
        format!("`{}` asks for `{named}`, and does \"{action}\" for some who have not agreed", threshold.name);
    let finding = found.add(threshold.when.span, message);
    finding.also(consent.field.span, "they are asked here");
    finding.help(
        "write it first, and the rest in parentheses: `when consent and (… or …)`".replace("consent", &agreed(consent)),
    );
    show(context, finding, id, consent);
    findings.all.extend(found.all.into_iter().filter(|finding| finding.example.is_some()));
}

fn agreed(consent: &Consent<'_>) -> String {
    let name = wording::name(&consent.field.name);
    if consent.refuses { format!("not {name}") } else { name }
}

/// The condition with the gate before it, on one line.
fn gated(context: &Context<'_>, threshold: &Threshold, consent: &Consent<'_>) -> String {
    let written = context.text(threshold.when.span).split_whitespace().collect::<Vec<_>>().join(" ");
    let written = match threshold.when.kind {
        ConditionKind::Any(_) if !written.starts_with('(') => format!("({written})"),
        _ => written,
    };
    format!("{} and {written}", agreed(consent))
}

/// Whether a lead that has not agreed meets the threshold: the finding shows it.
fn show(context: &Context<'_>, finding: &mut Finding, id: ThresholdId, consent: &Consent<'_>) -> Verdict {
    let value = YesNoExpr::Field(consent.id);
    let kind = ConditionKind::YesNo { value, is: true };
    let says = Condition { kind, span: Span::default() };
    let given = if consent.refuses { Given::holds(&says) } else { Given::fails(&says) };
    let verdict = context.analysis.can_meet(id, &[given]);
    if let Some(witness) = verdict.witness() {
        let agrees = if consent.refuses { claim::holds(&says) } else { claim::fails(&says) };
        let shows = format!("this lead has not agreed, and meets `{}`", threshold_name(context, id));
        finding.example(shows, witness, vec![claim::meets(id), agrees]);
    }
    verdict
}

fn threshold_name<'a>(context: &Context<'a>, id: ThresholdId) -> &'a str {
    context.model.thresholds.get(id.index()).map(|threshold| threshold.name.as_str()).unwrap_or_default()
}

/// Which fields thresholds and exclusions ask for, also through defines, lookups and earlier thresholds. What scores read is
/// no gate.
struct Asked {
    exclusions: BTreeSet<FieldId>,
    thresholds: Vec<BTreeSet<FieldId>>,
}

impl Asked {
    fn of(context: &Context<'_>) -> Asked {
        let mut asked =
            Asked { exclusions: BTreeSet::new(), thresholds: vec![BTreeSet::new(); context.model.thresholds.len()] };
        context.each_part(&mut |owner, part| match owner {
            Owner::Exclude(_) => asked.exclusions.extend(fields(context, part)),
            Owner::ThresholdWhen(id) => {
                let mut found = fields(context, part);
                if let Part::Condition(Condition { kind: ConditionKind::Threshold(earlier), .. }) = part {
                    found.extend(asked.thresholds.get(earlier.index()).into_iter().flatten());
                }
                if let Some(fields) = asked.thresholds.get_mut(id.index()) {
                    fields.extend(found);
                }
            }
            _ => {}
        });
        asked
    }

    fn by_exclusions(&self, consents: &[Consent<'_>]) -> bool {
        consents.iter().any(|consent| self.exclusions.contains(&consent.id))
    }

    fn by_threshold(&self, id: ThresholdId, field: FieldId) -> bool {
        self.thresholds.get(id.index()).is_some_and(|fields| fields.contains(&field))
    }
}

/// The fields that a part reads, also through a define: defines are not circular.
fn fields(context: &Context<'_>, part: Part<'_>) -> BTreeSet<FieldId> {
    let mut found: BTreeSet<FieldId> = match read(part) {
        Some(Read::Field(id)) => BTreeSet::from([id]),
        _ => BTreeSet::new(),
    };
    let mut left: Vec<Symbol> = named(part).into_iter().collect();
    let mut seen = BTreeSet::new();
    while let Some(symbol) = left.pop() {
        if !seen.insert(symbol) {
            continue;
        }
        if let Symbol::Define(id) = symbol
            && let Some(define) = context.model.defines.get(id.index())
        {
            walk_any(&define.value, &mut |part| {
                if let Some(Read::Field(id)) = read(part) {
                    found.insert(id);
                }
                left.extend(named(part));
            });
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::NO_CONSENT_GATE;
    use crate::lint::testing::{LEAD, fires};

    fn messages(threshold: &str) -> Vec<String> {
        let text = format!("{LEAD}\nscore fit {{\n  +60 \"Head\" when title mentions \"head\"\n}}\n{threshold}\n");
        fires(&NO_CONSENT_GATE, &text).into_iter().map(|one| one.message).collect()
    }

    #[test]
    fn an_action_without_a_gate() {
        let found = messages("threshold mql when fit >= 50 do \"call\"");
        assert_eq!(found, ["`mql` does \"call\" without asking for `consent`"]);
        assert_eq!(messages("threshold mql when (consent or fit >= 50) do \"call\"").len(), 1);
    }

    #[test]
    fn the_gate_stands_somewhere() {
        for threshold in [
            "threshold mql when consent and fit >= 50 do \"call\"",
            "threshold mql when fit >= 50",
            "define may_call = consent is yes\nthreshold mql when may_call and fit >= 50 do \"call\"",
            "threshold agreed when consent\nthreshold mql when agreed and fit >= 50 do \"call\"",
            "exclude \"No consent\" when not consent\nthreshold mql when fit >= 50 do \"call\"",
        ] {
            assert!(messages(threshold).is_empty(), "{threshold}");
        }
    }

    #[test]
    fn points_can_be_the_gate() {
        let text = format!("{LEAD}\nscore fit {{\n  +60 when consent\n}}\nthreshold mql when fit >= 50 do \"call\"\n");
        assert!(fires(&NO_CONSENT_GATE, &text).is_empty());
    }

    #[test]
    fn without_such_a_field_there_is_nothing_to_ask() {
        let text = "lead {\n  id text key\n  customer yes/no\n}\nscore fit {\n  +60 when id is known\n}\nthreshold mql when fit >= 50 do \"call\"\n";
        assert!(fires(&NO_CONSENT_GATE, text).is_empty());
        let german = text.replace("customer", "Einwilligung");
        let refused = text.replace("customer", "`Opted Out`");
        for text in [german, refused] {
            assert_eq!(fires(&NO_CONSENT_GATE, &text).len(), 1, "{text}");
        }
    }
}
