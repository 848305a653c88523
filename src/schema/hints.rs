//! What the name of a column says about its cells.

/// Hints taken from a column's name.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Hints {
    /// `contact_id`, `Lead Number`, `zip`, `phone`: digits that are no amount.
    pub identity: bool,
    /// `is_won`, `has_opted_out`, `consent`
    pub flag: bool,
    /// `TotalVisits`, `number_of_employees`
    pub count: bool,
    /// `created_at`, `timestamp`, `Birth Date`
    pub date: bool,
    /// `email`, `E-Mail`
    pub email: bool,
}

const IDENTITY_LAST: [&str; 16] = [
    "id",
    "ids",
    "fid",
    "uuid",
    "guid",
    "key",
    "code",
    "ref",
    "reference",
    "sku",
    "vat",
    "hash",
    "token",
    "fax",
    "tel",
    "vid",
];
const IDENTITY_ANY: [&str; 9] =
    ["phone", "mobile", "telephone", "zip", "zipcode", "postal", "postcode", "whatsapp", "extension"];
/// Words that end in "id" without being an identity.
const NOT_IDENTITIES: [&str; 18] = [
    "paid", "unpaid", "prepaid", "repaid", "bid", "valid", "invalid", "void", "grid", "mid", "aid", "kid", "raid",
    "solid", "fluid", "hybrid", "covid", "android",
];
const FLAG_FIRST: [&str; 11] = ["is", "has", "was", "can", "do", "does", "did", "accepts", "wants", "opted", "allow"];
const FLAG_LAST: [&str; 12] = [
    "flag",
    "consent",
    "optin",
    "optout",
    "subscribed",
    "unsubscribed",
    "converted",
    "deleted",
    "active",
    "verified",
    "won",
    "closed",
];
const COUNT_ANY: [&str; 14] = [
    "count",
    "total",
    "visits",
    "views",
    "clicks",
    "opens",
    "number",
    "amount",
    "score",
    "quantity",
    "employees",
    "times",
    "sum",
    "num",
];
const DATE_ANY: [&str; 24] = [
    "date",
    "at",
    "time",
    "timestamp",
    "datetime",
    "created",
    "updated",
    "modified",
    "occurred",
    "when",
    "day",
    "on",
    "since",
    "start",
    "starts",
    "end",
    "ends",
    "expires",
    "expiry",
    "until",
    "due",
    "renewal",
    "synced",
    "createdate",
];

/// Reads the hints of a name given as lower-case words.
pub fn hints(words: &[String]) -> Hints {
    let first = words.first().map_or("", String::as_str);
    let last = words.last().map_or("", String::as_str);
    let any = |list: &[&str]| words.iter().any(|word| list.contains(&word.as_str()));
    let numbered = words.len() > 1 && matches!(last, "number" | "no" | "nr" | "num") && first != "total";
    Hints {
        identity: IDENTITY_LAST.contains(&last) || any(&IDENTITY_ANY) || numbered || ends_in_id(last),
        flag: FLAG_FIRST.contains(&first) || FLAG_LAST.contains(&last),
        count: any(&COUNT_ANY),
        date: any(&DATE_ANY) || last.ends_with("date") || last.ends_with("time") || last.ends_with("timestamp"),
        email: any(&["email", "mail"]) || words.windows(2).any(|pair| pair == ["e", "mail"]),
    }
}

/// `accountid`, but not `paid`.
fn ends_in_id(word: &str) -> bool {
    word.len() > 3 && word.ends_with("id") && !NOT_IDENTITIES.contains(&word)
}

#[cfg(test)]
mod tests {
    use super::super::name::words;
    use super::hints;

    #[test]
    fn names_of_identities_are_known() {
        for name in ["id", "contactid", "Prospect ID", "Lead Number", "phone", "Zip Code", "employee_number"] {
            assert!(hints(&words(name)).identity, "{name}");
        }
        for name in ["amount_paid", "number_of_employees", "score", "TotalVisits"] {
            assert!(!hints(&words(name)).identity, "{name}");
        }
    }

    #[test]
    fn names_of_flags_dates_and_addresses_are_known() {
        assert!(hints(&words("is_won")).flag);
        assert!(hints(&words("Converted")).flag);
        assert!(hints(&words("createdAt")).date);
        assert!(hints(&words("E-Mail")).email);
    }
}
