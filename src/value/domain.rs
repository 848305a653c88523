//! `domain of`: the domain of an e-mail address or a URL.

use super::{Text, fold};

/// After the last `@`, else the host of a URL with `://`; folded, without `www.` and a trailing `.` or `>`, IDNA as
/// Unicode. `None` when there is neither, or nothing is left.
///
/// A text that begins like a URL is one, also with an `@` in it: `https://user@acme.com/@ada` is of `acme.com`.
pub fn domain_of(text: &str) -> Option<Text> {
    let folded = fold(text);
    let host = match host_of_url(&folded) {
        Some(host) if begins_with_scheme(&folded) => host,
        url => folded.rsplit_once('@').map(|(_, domain)| domain).or(url)?,
    };
    if host.is_ascii() && !host.contains("xn--") {
        // it is folded already
        let host = host.trim_start();
        let host = without_end(host.strip_prefix("www.").unwrap_or(host)).trim();
        return (!host.is_empty()).then(|| Text { given: host.into(), folded: host.into() });
    }
    // the ideographic full stop separates labels as well
    let host = host.replace('。', ".");
    let host = host.trim_start();
    let unicode = to_unicode(without_end(host.strip_prefix("www.").unwrap_or(host)));
    Text::new(without_end(&unicode))
}

/// `https://…`: letters, digits, `+`, `-` and `.` before the first `://`.
fn begins_with_scheme(text: &str) -> bool {
    text.split_once("://").is_some_and(|(scheme, _)| {
        !scheme.is_empty() && scheme.chars().all(|letter| letter.is_ascii_alphanumeric() || "+-.".contains(letter))
    })
}

/// What follows the first `://`, without user, port, path, query and fragment.
fn host_of_url(text: &str) -> Option<&str> {
    let (_, rest) = text.split_once("://")?;
    let authority = rest.split(['/', '?', '#', '\\']).next().unwrap_or(rest);
    let host = authority.rsplit_once('@').map_or(authority, |(_, host)| host);
    if host.starts_with('[') {
        return Some(host.split_inclusive(']').next().unwrap_or(host));
    }
    Some(host.split(':').next().unwrap_or(host))
}

/// Without trailing `.`, `>` and white space.
fn without_end(host: &str) -> &str {
    host.trim_end_matches(|end: char| end == '.' || end == '>' || end.is_whitespace())
}

/// `xn--mnchen-3ya.de` as `münchen.de`; as it is where it is no valid domain.
fn to_unicode(host: &str) -> String {
    if host.is_ascii() && !host.contains("xn--") {
        return host.to_string();
    }
    match idna::domain_to_unicode(host) {
        (unicode, Ok(())) => unicode,
        _ => host.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_addresses_and_urls() {
        for (text, domain) in [
            ("ada@acme.com", "acme.com"),
            ("Ada <Ada@ACME.com>", "acme.com"),
            ("a@b@acme.com.", "acme.com"),
            ("ada@www.acme.com", "acme.com"),
            ("https://www.Acme.com:8080/x?y#z", "acme.com"),
            ("https://user:pw@acme.com/path", "acme.com"),
            ("https://medium.com/@ada", "medium.com"),
            ("http://acme.com?x=a@b", "acme.com"),
            ("see a@b://c", "b://c"),
            ("ada@xn--mnchen-3ya.de", "münchen.de"),
            ("ada@MÜNCHEN.de", "münchen.de"),
            ("ada@www。例え。jp", "例え.jp"),
            ("<ada@acme.xn--p1ai>", "acme.рф"),
            ("ada@xn--999999999", "xn--999999999"),
            ("ada＠acme.com", "acme.com"),
            ("http://[::1]:80/", "[::1]"),
            ("ada@ acme.com ", "acme.com"),
        ] {
            assert_eq!(domain_of(text).map(|domain| domain.folded).as_deref(), Some(domain), "{text}");
        }
    }

    #[test]
    fn missing_where_there_is_neither() {
        for text in ["", "acme.com", "ada@", "ada@.", "ada@www.", "https://", "https:///path", "://"] {
            assert_eq!(domain_of(text), None, "{text}");
        }
    }
}
