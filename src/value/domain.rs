//! `domain of`: the domain of an e-mail address or a URL.

/// After the last `@`, else the host of a URL with `://`; folded, without `www.` and a trailing `.` or `>`, IDNA as
/// Unicode. `None` when there is neither, or nothing is left.
pub fn domain_of(text: &str) -> Option<super::Text> {
    todo!()
}
