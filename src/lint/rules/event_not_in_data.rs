use crate::diagnostics::nearest;
use crate::lint::data::FEWEST;
use crate::lint::{DataContext, Findings, lint, wording};
use crate::model::EventId;

lint! {
    /// Finds an event that the rules look for and that happens to no lead of the data.
    ///
    /// Only with `--events`, and at least five leads. Where the data has a type of event that the model does not declare, and that
    /// is called nearly the same, it is proposed.
    ///
    /// ## Why it matters
    ///
    /// Rules about it give nothing, or, where they ask for its absence, give to everybody. Mostly the tool that sends the events
    /// calls it something else, or stopped sending it.
    ///
    /// ## Example
    ///
    /// ```score
    /// lead { id text key }
    ///
    /// event demo_request
    ///
    /// score engagement {
    ///   +30 "Demo"  when any demo_request
    /// }
    /// ```
    ///
    /// ```csv
    /// id
    /// 1
    /// 2
    /// 3
    /// 4
    /// 5
    /// ```
    ///
    /// ```ndjson
    /// {"lead_id": "1", "type": "Demo Request", "at": "2025-12-01"}
    /// ```
    ///
    /// ## Better
    ///
    /// ```score
    /// lead { id text key }
    ///
    /// event demo_request called "Demo Request"
    ///
    /// score engagement {
    ///   +30 "Demo"  when any demo_request
    /// }
    /// ```
    pub static EVENT_NOT_IN_DATA = "S808", "event-not-in-data", Data, Warning, Data(check);
}

fn check(context: &DataContext<'_, '_>, findings: &mut Findings) {
    let model = context.rules.model;
    if context.counted.leads < FEWEST {
        return;
    }
    for (id, event) in (0..).map(EventId).zip(&model.events).filter(|(id, _)| model.usage.events.contains(id)) {
        if context.event(id).is_none_or(|count| count.events > 0) {
            continue;
        }
        let leads = wording::count(context.counted.leads, "lead", "leads");
        let finding = findings.add(event.span, format!("`{}` happens to none of {leads}", event.name));
        let undeclared = || context.counted.undeclared_events.keys().map(String::as_str);
        let near = nearest(&event.called, undeclared()).or_else(|| nearest(&event.name, undeclared()));
        match near {
            Some(near) => finding.help(format!(
                "the data has {}: write `event {} called {}`",
                wording::text(near),
                wording::name(&event.name),
                wording::text(near)
            )),
            None if undeclared().next().is_some() => finding.help(format!(
                "say what the data calls it, `called \"…\"`: of what it has, {} is not declared",
                wording::texts(undeclared(), 5)
            )),
            None => finding.help("look whether it is still sent, or take the event and its rules away"),
        };
    }
}

#[cfg(test)]
mod tests {
    use super::EVENT_NOT_IN_DATA;
    use crate::lint::testing::{LEAD, fires_with_data};

    const LEADS: &str = "id\n1\n2\n3\n4\n5\n";

    fn helps(events: &str) -> Vec<String> {
        let text = format!("{LEAD}\nscore web {{\n  +5 when any demo_request\n}}\n");
        fires_with_data(&EVENT_NOT_IN_DATA, &text, LEADS, events, None).into_iter().filter_map(|one| one.help).collect()
    }

    fn event(kind: &str) -> String {
        format!("{{\"lead_id\":\"1\",\"type\":\"{kind}\",\"at\":\"2025-12-01\"}}\n")
    }

    #[test]
    fn what_never_happens() {
        assert!(helps(&event("demo-request"))[0].ends_with("`event demo_request called \"demo-request\"`"));
        assert!(helps(&event("purchase"))[0].contains("\"purchase\" is not declared"));
    }

    #[test]
    fn what_does_or_cannot_be_known() {
        assert!(helps(&event("demo_request")).is_empty());
        assert!(helps("").is_empty());
    }
}
