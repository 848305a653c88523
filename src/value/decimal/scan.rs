//! Decimal numbers from texts: digits, a point, an exponent.

use super::{DECIMALS, Decimal};

/// Why a text is no [`Decimal`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::value) enum Unreadable {
    /// `abc`, `5.`
    Malformed,
    /// `1e400`
    TooLarge,
}

/// [`Decimal::parse`], with the reason where it fails; in time linear in the text, whatever the exponent.
pub(in crate::value) fn scan(text: &str) -> Result<Decimal, Unreadable> {
    let (negative, unsigned) = match text.as_bytes() {
        [b'-', rest @ ..] => (true, rest),
        [b'+', rest @ ..] => (false, rest),
        rest => (false, rest),
    };
    let (mantissa, exponent) = match unsigned.iter().position(|byte| matches!(byte, b'e' | b'E')) {
        Some(at) => (&unsigned[..at], scan_exponent(&unsigned[at + 1..])?),
        None => (unsigned, 0),
    };
    let (whole, fraction) = match mantissa.iter().position(|byte| *byte == b'.') {
        Some(at) if at + 1 < mantissa.len() => (&mantissa[..at], &mantissa[at + 1..]),
        Some(_) => return Err(Unreadable::Malformed),
        None => (mantissa, &[][..]),
    };
    let mut digits = whole.iter().chain(fraction).copied();
    if mantissa.is_empty() || !digits.clone().all(|byte| byte.is_ascii_digit()) {
        return Err(Unreadable::Malformed);
    }
    let leading_zeros = digits.clone().take_while(|byte| *byte == b'0').count();
    if leading_zeros == whole.len() + fraction.len() {
        return Ok(Decimal::ZERO);
    }
    // how many digits the number has when it is written in billionths
    let places = whole.len() as i64 - leading_zeros as i64 + exponent + i64::from(DECIMALS);
    if places < 0 {
        return Ok(Decimal::ZERO);
    }
    if leading_zeros > 0 {
        digits.nth(leading_zeros - 1);
    }
    let billionths = take_digits(&mut digits, places).ok_or(Unreadable::TooLarge)?;
    Ok(Decimal::from_billionths(if negative { -billionths } else { billionths }))
}

/// The digits of an exponent with their sign, held within what no text is long enough to make up for.
fn scan_exponent(text: &[u8]) -> Result<i64, Unreadable> {
    let (sign, digits) = match text {
        [b'-', rest @ ..] => (-1, rest),
        [b'+', rest @ ..] => (1, rest),
        rest => (1, rest),
    };
    if digits.is_empty() || !digits.iter().all(u8::is_ascii_digit) {
        return Err(Unreadable::Malformed);
    }
    let magnitude = digits.iter().fold(0_i64, |sum, digit| (sum * 10 + i64::from(digit - b'0')).min(1 << 50));
    Ok(sign * magnitude)
}

/// The first `places` digits as a number, zeros where they run out, rounded by the digit after them.
fn take_digits(digits: &mut impl Iterator<Item = u8>, places: i64) -> Option<i128> {
    const LONGEST: i64 = 39;
    if places > LONGEST {
        return None;
    }
    let mut number = 0_i128;
    for _ in 0..places {
        let digit = i128::from(digits.next().unwrap_or(b'0') - b'0');
        number = number.checked_mul(10)?.checked_add(digit)?;
    }
    let up = digits.next().is_some_and(|digit| digit >= b'5');
    number.checked_add(i128::from(up))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn refuses_what_is_no_number() {
        for text in ["", ".", "5.", "-", "e3", "1e", "1e+", "1.2.3", "1_000", " 1", "NaN", "inf", "1,5", "0x10", "--1"]
        {
            assert_eq!(scan(text), Err(Unreadable::Malformed), "{text}");
        }
        for text in ["1e400", "-1e99999999999999999999", &"9".repeat(100_000)] {
            assert_eq!(scan(text), Err(Unreadable::TooLarge));
        }
    }

    #[test]
    fn long_texts_are_numbers_too() {
        assert_eq!(scanned(&format!("{}1.{}", "0".repeat(100_000), "3".repeat(100_000))).to_string(), "1.333333333");
        assert_eq!(scanned(&format!("0.{}1e100001", "0".repeat(100_000))), Decimal::ONE);
    }

    fn scanned(text: &str) -> Decimal {
        scan(text).unwrap()
    }

    proptest! {
        #[test]
        fn any_text_at_all_is_read_or_refused(text in "[-+.eE0-9]{0,60}") {
            let _ = scan(&text);
        }
    }
}
