//! `--memory`: how much may be held of events.

/// What is held where nothing else is said. What is more costs little in a temporary file, and a run needs no large
/// machine, however many events there are.
pub const DEFAULT: &str = "250MB";
/// Units by their first letter.
const UNITS: [(char, u32); 4] = [('k', 1), ('m', 2), ('g', 3), ('t', 4)];

/// Reads `2GB`, `512 MB`, `1.5g`; powers of 1,000, and of 1,024 with an `i` (`2GiB`). A bare number is bytes.
///
/// # Errors
/// What to write instead.
pub fn size(text: &str) -> Result<u64, String> {
    let help = || "write a size such as `2GB` or `512MB`".to_owned();
    let lower = text.trim().to_ascii_lowercase();
    let length = lower.bytes().take_while(|byte| byte.is_ascii_digit() || *byte == b'.').count();
    let (number, unit) = lower.split_at(length);
    let number: f64 = number.parse().map_err(|_| help())?;
    let factor = factor(unit.trim()).ok_or_else(help)?;
    let bytes = number * factor;
    // far beyond any memory there is, and exact below it
    if bytes.is_finite() && bytes < 9e15 { Ok(bytes as u64) } else { Err(help()) }
}

/// Bytes of a unit in lower case.
fn factor(unit: &str) -> Option<f64> {
    if matches!(unit, "" | "b") {
        return Some(1.0);
    }
    let (_, power) = UNITS.into_iter().find(|(letter, _)| unit.starts_with(*letter))?;
    let base: f64 = match unit.get(1..)? {
        "" | "b" => 1_000.0,
        "i" | "ib" => 1_024.0,
        _ => return None,
    };
    Some(base.powi(power as i32))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_as_people_write_them() {
        for (text, bytes) in [
            ("2GB", 2_000_000_000),
            ("512 mb", 512_000_000),
            ("1.5g", 1_500_000_000),
            ("2GiB", 2_147_483_648),
            ("64Ki", 65_536),
            ("1000", 1_000),
            ("0", 0),
            ("7b", 7),
        ] {
            assert_eq!(size(text), Ok(bytes), "{text}");
        }
        assert_eq!(size(DEFAULT), Ok(250_000_000));
        for wrong in ["", "GB", "two", "-1GB", "2GBs", "1e9", "1..5g", "99999999TB", "2 gibb"] {
            assert!(size(wrong).is_err(), "{wrong}");
        }
    }
}
