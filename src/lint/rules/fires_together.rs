use crate::lint::data::FEWEST;
use crate::lint::{DataContext, Findings, RulePlace, lint, wording};

lint! {
    /// Finds rules of one score that give their points to the very same leads.
    ///
    /// With at least five such leads. Rules that every lead gets are reported by `always-fires`; those without a condition are meant
    /// to, and tables are left alone.
    ///
    /// ## Why it matters
    ///
    /// Two rules that always come together are one fact, counted twice: a form that fills in two fields at once, an event and the
    /// field that it sets.
    ///
    /// ## Example
    ///
    /// ```score
    /// lead {
    ///   id     text key
    ///   phone  text
    ///   form   text
    /// }
    ///
    /// score fit {
    ///   +10 "Left a phone"   when phone is known
    ///   +10 "Contact form"   when form is "contact"
    /// }
    /// ```
    ///
    /// ```csv
    /// id,phone,form
    /// 1,555 0101,contact
    /// 2,555 0102,contact
    /// 3,555 0103,contact
    /// 4,555 0104,contact
    /// 5,555 0105,contact
    /// 6,,newsletter
    /// 7,,newsletter
    /// ```
    ///
    /// ## Better
    ///
    /// ```score
    /// lead {
    ///   id    text key
    ///   form  text
    /// }
    ///
    /// score fit {
    ///   +15 "Contact form"  when form is "contact"
    /// }
    /// ```
    pub static FIRES_TOGETHER = "S806", "fires-together", Data, Advice, Data(check);
}

fn check(context: &DataContext<'_, '_>, findings: &mut Findings) {
    for (rules, leads) in context.on_the_same_leads() {
        if leads < FEWEST || leads >= context.scored().min(context.remembered()) {
            continue;
        }
        let places: Vec<&RulePlace<'_>> = rules.iter().filter_map(|rule| context.rules.rule(*rule)).collect();
        let places: Vec<&RulePlace<'_>> = places.into_iter().filter(|place| asks(place)).collect();
        for (at, place) in places.iter().enumerate() {
            // Each with the first of its score alone.
            let first = places.iter().take(at).find(|first| first.score == place.score);
            let Some(first) = first else { continue };
            let (one, other) = (&first.rule.label, &place.rule.label);
            let of = wording::count(context.remembered(), "lead", "leads");
            let message = format!("`{other}` and `{one}` go to the same {leads} of {of}");
            let finding = findings.add(place.rule.span, message);
            finding.also(first.rule.span, "always together with this");
            finding.help("keep one of them, or put both into a group with `highest only`");
        }
    }
}

/// Whether it gives its points to some leads only.
fn asks(place: &RulePlace<'_>) -> bool {
    use crate::model::{Body, Points};
    matches!(place.rule.body, Body::When(_) | Body::ForEach(_)) && !matches!(place.rule.points, Points::Table(_))
}

#[cfg(test)]
mod tests {
    use super::FIRES_TOGETHER;
    use crate::lint::testing::{LEAD, fires_with_data};

    fn count(rules: &str, leads: usize) -> usize {
        let leads: String = (1..=leads).map(|id| format!("{id},{},{id}\n", if id > 2 { "ES" } else { "" })).collect();
        let text = format!("{LEAD}\nscore fit {{\n{rules}\n}}\n");
        fires_with_data(&FIRES_TOGETHER, &text, &format!("id,country,employees\n{leads}"), "", None).len()
    }

    #[test]
    fn the_same_leads() {
        // Of 7 leads the last 5 have a country, and the numbers above 2.
        assert_eq!(count("+1 when country is \"ES\"\n+2 when employees > 2", 7), 1);
    }

    #[test]
    fn others_too_few_or_in_another_score() {
        assert_eq!(count("+1 when country is \"ES\"\n+2 when employees > 3", 7), 0);
        assert_eq!(count("+1 when country is \"ES\"\n+2 when employees > 2", 6), 0);
        assert_eq!(count("+1 when country is \"ES\"\n}\nscore size {\n+2 when employees > 2", 7), 0);
    }
}
