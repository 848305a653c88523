//! "Did you mean": the nearest of the names that would have been right.

/// The candidate most like `written`, if any is alike enough to be meant; the first of several.
///
/// Alike: at most one edit for each three characters (at least one), or the same but for case, `_`, `-` and blanks.
pub fn nearest<'a>(written: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let plain = plain(written);
    let length = plain.chars().count();
    let allowed = (length / 3).max(1);
    candidates
        .into_iter()
        .filter(|candidate| *candidate != written)
        .filter_map(|candidate| {
            let other = self::plain(candidate);
            let apart = other.chars().count().abs_diff(length);
            // A single letter is one edit from every other: too little to go by.
            if apart > allowed || (length == 1 && other != plain) {
                return None;
            }
            Some((strsim::osa_distance(&plain, &other), candidate))
        })
        .filter(|(distance, _)| *distance <= allowed)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

/// Without case and separators.
fn plain(name: &str) -> String {
    name.chars().filter(|c| !matches!(c, '_' | '-') && !c.is_whitespace()).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn the_nearest_of_those_that_are_near_enough() {
        // One letter too few; `email` is four edits away.
        assert_eq!(nearest("employes", ["email", "employees"]), Some("employees"));
        assert_eq!(nearest("Job Title", ["job_title"]), Some("job_title"));
        assert_eq!(nearest("country", ["title", "employees"]), None);
        assert_eq!(nearest("b", ["a", "c"]), None);
    }
}
