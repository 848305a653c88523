use crate::lint::data::FEWEST;
use crate::lint::{DataContext, Findings, lint, wording};
use crate::model::{Body, Points};

lint! {
    /// Finds a rule that gives every lead of the data its points.
    ///
    /// Rules without a condition are meant to, and tables give each value its own points: they are left alone. So is `for every …
    /// without`, and everything with fewer than five leads.
    ///
    /// ## Why it matters
    ///
    /// What all leads get tells none of them apart: it only moves the marks of thresholds and bands.
    ///
    /// ## Example
    ///
    /// ```score
    /// lead {
    ///   id     text key
    ///   email  text
    ///   title  text
    /// }
    ///
    /// score fit {
    ///   +10 "Manager"     when title mentions "manager"
    ///   +5  "Has a mail"  when email is known
    /// }
    /// ```
    ///
    /// ```csv
    /// id,email,title
    /// 1,a@a.example,Manager
    /// 2,b@b.example,Nurse
    /// 3,c@c.example,Manager
    /// 4,d@d.example,Teacher
    /// 5,e@e.example,Manager
    /// 6,f@f.example,Engineer
    /// ```
    ///
    /// ## Better
    ///
    /// ```score
    /// lead {
    ///   id     text key
    ///   title  text
    /// }
    ///
    /// score fit {
    ///   +10 "Manager"  when title mentions "manager"
    /// }
    /// ```
    pub static ALWAYS_FIRES = "S802", "always-fires", Data, Advice, Data(check);
}

fn check(context: &DataContext<'_, '_>, findings: &mut Findings) {
    let scored = context.scored();
    if scored < FEWEST {
        return;
    }
    for place in context.rules.rules() {
        let asks = matches!(place.rule.body, Body::When(_) | Body::ForEach(_));
        let fires = context.rule(place.rule.id).map_or(0, |count| count.leads);
        if !asks || matches!(place.rule.points, Points::Table(_)) || fires < scored {
            continue;
        }
        let leads = wording::count(scored, "lead", "leads");
        findings
            .add(place.rule.span, format!("all of {leads} get the points of `{}`", place.rule.label))
            .help("ask for something that tells leads apart, or take the rule away and lower the marks by its points");
    }
}

#[cfg(test)]
mod tests {
    use super::ALWAYS_FIRES;
    use crate::lint::testing::{LEAD, fires_with_data};

    fn count(rule: &str, leads: usize) -> usize {
        let leads: String = (1..=leads).map(|id| format!("{id},CEO,{id}\n")).collect();
        let text = format!("{LEAD}\nscore fit {{\n{rule}\n}}\n");
        fires_with_data(&ALWAYS_FIRES, &text, &format!("id,title,employees\n{leads}"), "", None).len()
    }

    #[test]
    fn what_everybody_gets() {
        assert_eq!(count("+5 when title is \"CEO\"", 5), 1);
    }

    #[test]
    fn what_not_everybody_gets_or_is_meant_for_all() {
        for rule in ["+5 when employees > 1", "+5", "points by employees {\n  from 0: +5\n}"] {
            assert_eq!(count(rule, 5), 0, "{rule}");
        }
        assert_eq!(count("+5 when title is \"CEO\"", 4), 0);
    }
}
