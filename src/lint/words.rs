//! Words that people write into titles, departments, industries and countries, and the short ones that turn up inside
//! them by chance. All folded, as texts are compared.

use crate::value::contains_phrase;
use unicode_script::{Script, UnicodeScript};

/// Words that stand for something by themselves: whoever looks for one of them means the whole word.
#[rustfmt::skip]
const WHOLE: &[&str] = &[
    // offices
    "ceo", "cto", "cfo", "coo", "cio", "cmo", "cro", "cso", "cpo", "cdo", "vp", "svp", "evp", "avp", "md", "gm", "pm",
    "po", "hr", "pr", "it", "ict", "qa", "ux", "ui", "ai", "ml", "bi", "rd", "r&d", "dba", "sre", "ops", "dev", "rep",
    "vice", "head", "dean", "intern", "male", "man", "men", "vet",
    // trades
    "art", "arts", "bank", "bar", "car", "cars", "law", "tax", "oil", "gas", "port", "rent", "air", "spa", "inn", "pub",
    "test", "media", "edu", "rail", "food", "data", "auto",
    // countries
    "us", "uk", "usa", "eu", "uae", "oman", "niger", "mali", "india", "guinea", "iran", "china", "dominica",
    // Spanish, French, German
    "socio", "jefe", "rh", "drh", "pdg", "dg", "rrhh", "ti", "edv", "gf", "rat", "kauf", "recht",
    // Persian, Arabic
    "مدرس", "کارگر", "عام", "طب", "کاتب", "مال", "عمل", "فن", "هنر",
];

/// Words that a shorter one can stand in, with no part in its meaning.
#[rustfmt::skip]
const LONGER: &[&str] = &[
    // offices, departments
    "director", "doctor", "contractor", "instructor", "inspector", "conductor", "actor", "sector", "factory",
    "october", "doctoral", "president", "product", "professor", "project", "procurement", "programmer", "producer",
    "practitioner", "private", "principal", "recruiter", "editor", "auditor", "security", "architect",
    "university", "digital", "facilities", "quality", "credit", "hospitality", "community", "writer", "capital",
    "service", "services", "device", "advice", "adviser", "international", "internal", "internet", "headhunter",
    "headquarters", "wholesale", "wholesaler", "entrepreneur", "reporter", "representative", "department",
    "partner", "startup", "marketing", "smart", "manager", "human", "woman", "women", "german", "salesman",
    "management", "development", "female", "business", "customer", "industry", "australia", "austria", "russia",
    "logistics", "chairman", "email", "retail", "training", "maintenance", "campaign", "trainee", "trainer",
    "html", "mobile", "biology", "billing", "luxury", "linux", "auxiliary", "recruiting", "building", "equipment",
    "guide", "qatar", "district", "dictionary", "cook", "coordinator", "cooperative", "coordination", "microsoft",
    "micro", "across", "workshop", "workshops", "shops", "laptops", "christian", "through", "three", "chrome",
    "anthropologist", "designer", "segment", "medical", "midwife", "employment", "shipment", "pigment",
    "compliance", "support", "supporter", "postal", "police", "political", "policy", "corporate", "position",
    "positioning", "component", "export", "exporter", "import", "importer", "transport", "reporting", "portfolio",
    "opportunity", "passport", "sports", "parent", "parents", "current", "currently", "trentino", "career",
    "careers", "healthcare", "cardiology", "carpenter", "caretaker", "childcare", "outlaw", "lawn", "flaw", "taxi",
    "boiler", "foil", "soil", "gastronomy", "vegas", "fairs", "repair", "hairdresser", "chair", "airline", "space",
    "spain", "spanish", "innovation", "innovative", "inner", "beginner", "dinner", "public", "publisher",
    "publishing", "latest", "contest", "attestation", "testimonial", "bankrupt", "bankruptcy", "embankment",
    "barista", "barrister", "barcelona", "embargo", "reduce", "schedule", "scheduler", "education", "intermediate",
    "intermediary", "immediately", "database", "candidate", "update", "pharma", "trailer", "grail", "automation",
    "autonomous", "autor", "veteran", "veterinary", "velvet", "agents", "regional", "reagent", "devops",
    "engineer", "engineering", "analyst", "consultant", "specialist", "accountant", "assistant", "administrator",
    "officer", "executive", "founder", "owner", "supervisor", "developer", "scientist", "teacher", "student",
    "lawyer", "nurse", "operations", "operator", "finance", "financial", "sales", "legal", "strategy", "research",
    "researcher", "technology", "technician", "manufacturing", "construction", "consulting", "insurance", "hotel",
    "dealer", "buyer", "planner", "controller", "secretary", "unemployed", "retired", "self employed",
    "freelancer", "mvp", "article", "articles", "particle", "cartoon", "party", "museum", "neutral", "reuters",
    "housing", "campus", "status", "bus", "plus", "ukraine", "duke", "usage", "jerusalem", "romania", "nigeria",
    "somalia", "indiana", "indianapolis", "machinal", "tirana", "dominican republic", "papua new guinea",
    "guinea bissau", "equatorial guinea",
    // Spanish, French, Italian, Portuguese
    "comercio", "servicio", "negocios", "socio", "asociado", "especialista", "jefatura", "estudiante", "comité",
    "qualité", "communication", "rhône", "ingénieur", "ingeniero", "gestión", "dirección", "budget", "comercial",
    "tienda", "técnico", "titular", "particular", "industria", "equipo", "comptable", "architecte",
    // German
    "leiter", "leiterin", "leitung", "mitarbeiter", "mitglied", "vertrieb", "verkauf", "einkauf", "beratung",
    "berater", "strategie", "rechteck", "verwaltung", "sicherheit", "arbeiter", "gesundheit", "beamter",
    "werkstatt", "direktor", "doktor", "produktion", "projektleiter", "berufsberater", "literatur",
    "kommunikation",
    // Persian, Arabic
    "مدرسه", "کارگردان", "عامل", "عاملان", "مطبعه", "طباخ", "طبیعی", "مکاتب", "اعمال", "شمال", "عملاء", "عملیه",
    "مالک", "فناوری", "تلفن", "دفن", "هنرستان", "هنرجو",
];

/// Longer forms of a word that share its meaning: no chance finds.
#[rustfmt::skip]
const KIN: &[(&str, &[&str])] = &[
    ("art", &["arts"]), ("head", &["headquarters"]), ("air", &["airline"]),
    ("edu", &["education"]), ("dev", &["developer", "development", "devops"]),
    ("ops", &["operations", "devops"]), ("bank", &["bankruptcy", "bankrupt"]), ("rep", &["representative"]),
    ("vet", &["veterinary"]), ("auto", &["automation"]), ("car", &["cars"]), ("law", &["lawyer"]),
    ("pub", &["public"]), ("test", &["tester"]), ("man", &["woman", "salesman", "human"]),
    ("men", &["women"]), ("عمل", &["عملیه", "اعمال"]), ("هنر", &["هنرستان", "هنرجو"]),
    ("مال", &["مالک"]), ("socio", &["asociado"]), ("jefe", &["jefatura"]),
];

/// The words that have the folded `fragment` inside by chance, the best known first; none where it may well be meant as
/// the beginning or the end of words.
pub fn hit_by_chance(fragment: &str) -> Vec<&'static str> {
    let length = fragment.chars().count();
    if length < 2 || !fragment.chars().all(|letter| letter.is_alphabetic() || letter == '&') || !has_spaces(fragment) {
        return Vec::new();
    }
    let is_word = WHOLE.contains(&fragment);
    if !is_word && length > 3 {
        return Vec::new();
    }
    let kin = KIN.iter().find(|(word, _)| *word == fragment).map_or(&[][..], |(_, kin)| kin);
    let mut found: Vec<&'static str> = Vec::new();
    for word in LONGER.iter().copied() {
        let is_inside = word.contains(fragment) && !contains_phrase(word, fragment);
        // What is no word by itself may be the beginning of one: `eng` for `engineer`.
        let is_chance = is_inside && !kin.contains(&word) && (is_word || !word.starts_with(fragment));
        if is_chance && !found.contains(&word) {
            found.push(word);
        }
    }
    found
}

/// Whether it is written in a script that puts blanks between words.
fn has_spaces(text: &str) -> bool {
    const WITHOUT: [Script; 8] = [
        Script::Han,
        Script::Hiragana,
        Script::Katakana,
        Script::Hangul,
        Script::Thai,
        Script::Lao,
        Script::Khmer,
        Script::Myanmar,
    ];
    !text.chars().any(|letter| WITHOUT.contains(&letter.script()))
}

#[cfg(test)]
mod tests {
    use super::{LONGER, WHOLE, hit_by_chance};
    use crate::value::fold;

    #[test]
    fn words_are_folded() {
        for word in LONGER.iter().chain(WHOLE) {
            assert_eq!(fold(word), *word);
        }
    }

    #[test]
    fn short_words_turn_up_in_longer_ones() {
        assert_eq!(hit_by_chance("cto")[..3], ["director", "doctor", "contractor"]);
        assert!(hit_by_chance("vice").contains(&"service"));
        assert!(hit_by_chance("intern").contains(&"international"));
        assert!(hit_by_chance("oman").contains(&"romania"));
        assert!(hit_by_chance("مدرس").contains(&"مدرسه"));
        // no word, and it stands inside: `ing` for `ingeniero`
        assert!(hit_by_chance("ing").contains(&"marketing"));
        assert!(!hit_by_chance("ing").contains(&"ingeniero"));
    }

    #[test]
    fn beginnings_and_ends_of_words_are_left_alone() {
        for fragment in ["manag", "leiter", "leitung", "founder", "engineer", "dir", "mgr", "case-study", "a", "部長"]
        {
            assert!(hit_by_chance(fragment).is_empty(), "{fragment}: {:?}", hit_by_chance(fragment));
        }
        assert!(!hit_by_chance("ops").contains(&"operations"));
    }
}
