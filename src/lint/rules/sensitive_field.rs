use crate::lint::reads::{Read, ScoringRead};
use crate::lint::settings::Names;
use crate::lint::vocabulary::{SENSITIVE, mentions, words};
use crate::lint::{Context, Findings, lint, wording};
use crate::model::Field;
use crate::source::Span;
use std::collections::HashMap;

lint! {
    /// Finds a field by which people are scored for what they are: age, gender, marriage, family, health, religion, origin,
    /// politics, whom they love, a criminal record; and stand-ins such as a first name or a postcode.
    ///
    /// It goes by the words of the field's name and column, in seventeen languages, and looks only at what scores and thresholds
    /// read, also through defines and lookups; an exclusion, such as one of minors, is left alone. So is a rule that asks only
    /// whether a field is filled in, or whether it looks like a name at all. `score.toml` adds fields, and takes some out:
    ///
    /// ```toml
    /// [lint]
    /// sensitive     = ["shoe_size"]
    /// not-sensitive = ["postcode"]
    /// ```
    ///
    /// ## Why it matters
    ///
    /// In many countries it is against the law to treat people differently for what they are, and everywhere it is hard to
    /// explain to them. What they did says more about whether they will buy.
    ///
    /// ## Example
    ///
    /// ```score
    /// lead {
    ///   id   text key
    ///   age  number from 0 to 120
    /// }
    ///
    /// event demo_request
    ///
    /// score fit {
    ///   +10 "Young"  when age < 35
    ///   +20 "Demo"   when any demo_request
    /// }
    /// ```
    ///
    /// ## Better
    ///
    /// ```score
    /// lead {
    ///   id    text key
    ///   role  text
    /// }
    ///
    /// event demo_request
    ///
    /// score fit {
    ///   +10 "Decides"  when role mentions any of "head", "director"
    ///   +20 "Demo"     when any demo_request
    /// }
    /// ```
    pub static SENSITIVE_FIELD = "S701", "sensitive-field", Privacy, Warning, Rules(check);
}

fn check(context: &Context<'_>, findings: &mut Findings) {
    let mut told: Vec<(Span, Span)> = Vec::new();
    let mut known: HashMap<Span, Option<String>> = HashMap::new();
    for ScoringRead { read, owner, span, only_its_form } in context.scoring_reads() {
        if only_its_form {
            continue;
        }
        for field in fields(context, read) {
            let says = known.entry(field.span).or_insert_with(|| sensitive(field, context.names));
            let Some(says) = says else { continue };
            if told.contains(&(span, field.span)) {
                continue;
            }
            told.push((span, field.span));
            let by = owner.named(context.model);
            let finding = findings.add(span, format!("{by} scores {says}: `{}`", field.name));
            finding.here("scored here").also(field.span, "this field");
            let name = wording::text(&field.name);
            finding.help(format!(
                "score what people did instead; where it is no concern, say why above the line, `# allow: sensitive-field -- …`, or write `not-sensitive = [{name}]` in `score.toml`"
            ));
        }
    }
}

fn fields<'a>(context: &Context<'a>, read: Read<'a>) -> Vec<&'a Field> {
    let model = context.model;
    match read {
        Read::Field(id) => model.lead.fields.get(id.index()).into_iter().collect(),
        Read::Property(property) => {
            let places = property.places.iter();
            places.filter_map(|(event, place)| model.events.get(event.index())?.properties.get(place.index())).collect()
        }
    }
}

/// What people are scored by with such a field; `None` where it is no concern.
fn sensitive(field: &Field, names: &Names) -> Option<String> {
    let own = [words(&field.name), words(&field.column)];
    let is_among = |list: &[String]| {
        let list: Vec<String> = list.iter().map(|name| words(name)).filter(|name| !name.is_empty()).collect();
        own.iter().any(|name| mentions(name, &list))
    };
    if is_among(&names.not_sensitive) {
        return None;
    }
    let known = SENSITIVE.iter().find(|subject| own.iter().any(|name| subject.is_named_by_words(name)));
    match known {
        Some(subject) => Some(subject.says.clone()),
        None => is_among(&names.sensitive).then(|| "people by what `score.toml` names as sensitive".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::SENSITIVE_FIELD;
    use crate::lint::settings::Names;
    use crate::lint::testing::{fires, fires_with_names};

    /// How often it is found in a rule with this condition over a text field called so.
    fn text(field: &str, condition: &str) -> String {
        format!("lead {{\n  id text key\n  `{field}` text\n}}\nscore fit {{\n  +5 \"Rule\" when {condition}\n}}\n")
    }

    fn is_found(field: &str) -> bool {
        !fires(&SENSITIVE_FIELD, &text(field, &format!("`{field}` is \"x\""))).is_empty()
    }

    #[test]
    fn in_many_languages() {
        for field in [
            "age",
            "Gender",
            "maritalStatus",
            "date_of_birth",
            "postal-code",
            "FirstName", // English
            "Familienstand",
            "PLZ",
            "Anrede", // German
            "âge",
            "Sexe",
            "situation familiale",
            "prenom", // French
            "edad",
            "estado civil",
            "Fecha de nacimiento", // Spanish
            "età",
            "stato civile",
            "idade",
            "estado civil",
            "leeftijd",
            "geslacht", // Italian, Portuguese, Dutch
            "wiek",
            "Płeć",
            "Yaş",
            "cinsiyet", // Polish, Turkish
            "Возраст",
            "пол",
            "семейное положение", // Russian
            "العمر",
            "الجنس",
            "الديانة",
            "سن",
            "جنسیت",
            "وضعیت تاهل",
            "کد\u{200C}پستی", // Arabic, Persian
            "גיל",
            "מין",
            "आयु",
            "लिंग",
            "वैवाहिक स्थिति", // Hebrew, Hindi
            "年龄",
            "客户性别",
            "婚姻状况",
            "年齢",
            "郵便番号",
            "나이",
            "성별",
            "결혼 여부", // Chinese, Japanese, Korean
        ] {
            assert!(is_found(field), "{field}");
        }
    }

    #[test]
    fn what_is_about_something_else() {
        for field in [
            "account_age",
            "company age",
            "page",
            "language",
            "title",
            "average",
            "message",
            "lead_age_days",
            "stage",
            "health_score",
            "industry",
            "country",
            "region",
            "race_event",
            "company zip",
            "village",
            "sexton_id",
            "مدیر",
            "Alternative",
            "generation",
            "customer_since",
            "package",
        ] {
            assert!(!is_found(field), "{field}");
        }
    }

    #[test]
    fn by_its_column() {
        let text = "lead {\n  id text key\n  segment text column \"Age Group\"\n}\nscore fit {\n  +5 when segment is \"a\"\n}\n";
        assert_eq!(fires(&SENSITIVE_FIELD, text).len(), 1);
    }

    #[test]
    fn whether_it_is_there_or_a_name_at_all() {
        let count = |condition: &str| fires(&SENSITIVE_FIELD, &text("first name", condition)).len();
        assert_eq!(count("`first name` is \"Ada\""), 1);
        for condition in [
            "`first name` is known",
            "`first name` looks random",
            "`first name` matches /\\d/",
            "length of `first name` < 2",
        ] {
            assert_eq!(count(condition), 0, "{condition}");
        }
    }

    #[test]
    fn only_where_people_are_scored_by_it() {
        let lead = "lead {\n  id text key\n  age number\n}\n";
        let count = |rules: &str| fires(&SENSITIVE_FIELD, &format!("{lead}{rules}\n")).len();
        assert_eq!(count("define young = age < 30\nscore fit {\n  +5 when young\n}"), 1);
        assert_eq!(count("score fit {\n  points by age {\n    from 10: +5\n  }\n}"), 1);
        assert_eq!(count("score fit {\n  +5\n}\nthreshold mql when fit > 3 and age > 30"), 1);
        assert_eq!(count("exclude \"Minor\" when age < 18\nscore fit {\n  +5\n}"), 0);
        assert_eq!(count("define young = age < 30\nscore fit {\n  +5\n}"), 0);
    }

    #[test]
    fn what_the_settings_add_and_take_out() {
        let names = |sensitive: &[&str], not: &[&str]| Names {
            sensitive: sensitive.iter().map(|name| (*name).to_owned()).collect(),
            not_sensitive: not.iter().map(|name| (*name).to_owned()).collect(),
        };
        let count = |field: &str, names: &Names| {
            fires_with_names(&SENSITIVE_FIELD, &text(field, &format!("`{field}` is \"x\"")), names).len()
        };
        assert_eq!(count("Shoe Size", &names(&["shoe_size"], &[])), 1);
        assert_eq!(count("postcode", &names(&[], &["postcode"])), 0);
    }
}
