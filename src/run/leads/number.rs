//! The common way of writing numbers, read quickly.

/// `-1234.5` in billionths: up to nine digits before the point and nine after it. `None` for anything else, which
/// [`crate::value::read_number`] decides.
pub(super) fn plain_number(text: &[u8]) -> Option<i64> {
    let (negative, unsigned) = match text {
        [b'-', rest @ ..] => (true, rest),
        rest => (false, rest),
    };
    let mut value: i64 = 0;
    let mut digits = 0;
    while let Some(digit) = unsigned.get(digits).map(|byte| byte.wrapping_sub(b'0')).filter(|digit| *digit < 10) {
        value = value * 10 + i64::from(digit);
        digits += 1;
        if digits > 9 {
            return None;
        }
    }
    if digits == 0 {
        return None;
    }
    let billionths = match unsigned.get(digits..)? {
        [] => value * 1_000_000_000,
        [b'.', fraction @ ..] if (1..=9).contains(&fraction.len()) => {
            let mut scale = 1_000_000_000;
            for byte in fraction {
                let digit = byte.wrapping_sub(b'0');
                if digit > 9 {
                    return None;
                }
                value = value * 10 + i64::from(digit);
                scale /= 10;
            }
            value * scale
        }
        _ => return None,
    };
    Some(if negative { -billionths } else { billionths })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::value::Decimal;
    use proptest::prelude::*;

    #[test]
    fn odd_numbers_are_left_to_the_careful_way() {
        assert_eq!(plain_number(b"-12.5"), Some(-12_500_000_000));
        assert_eq!(plain_number(b"999999999.999999999"), Some(999_999_999_999_999_999));
        for odd in ["", "-", ".5", "5.", "+1", "1e3", " 1", "1234567890", "1.1234567890", "1,5", "--1", "1.5.5"] {
            assert_eq!(plain_number(odd.as_bytes()), None, "{odd}");
        }
    }

    proptest! {
        #[test]
        fn it_reads_what_the_careful_way_reads(text in "-?[0-9]{1,10}(\\.[0-9]{1,10})?") {
            if let Some(billionths) = plain_number(text.as_bytes()) {
                prop_assert_eq!(Some(Decimal::from_billionths(billionths.into())), Decimal::parse(&text));
            }
        }
    }
}
