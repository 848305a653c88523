//! The common way of writing numbers, read quickly.

/// `-1234.5`, which stands in `all` from `start` to `end`, in billionths: up to nine digits before the point and nine
/// after it. `None` for anything else, which [`crate::value::read_number`] decides.
#[inline]
pub(super) fn plain_number(all: &[u8], start: usize, end: usize) -> Option<i64> {
    match few_digits(all, start, end) {
        Some(number) => Some(number * 1_000_000_000),
        None => signed_fraction(all.get(start..end)?),
    }
}

/// Up to eight digits, all of them at once: the eight bytes that end where the number does, with zeros for those before
/// it. Pairs of digits become numbers, then pairs of those, as in Daniel Lemire's "Quickly parsing eight digits".
#[inline]
fn few_digits(all: &[u8], start: usize, end: usize) -> Option<i64> {
    const ZEROS: u64 = u64::from_le_bytes(*b"00000000");
    let length = end.checked_sub(start).filter(|length| (1..=8).contains(length))?;
    let before = u64::MAX.checked_shr(8 * length as u32).unwrap_or(0);
    let eight = (u64::from_le_bytes(*all.get(..end)?.last_chunk::<8>()?) ^ ZEROS) & !before;
    // Only the digits are below 10 now: adding 6 carries nothing into the high half of any byte.
    if (eight | eight.wrapping_add(0x0606_0606_0606_0606)) & 0xF0F0_F0F0_F0F0_F0F0 != 0 {
        return None;
    }
    let pairs = (eight.wrapping_mul(10) + (eight >> 8)) & 0x00FF_00FF_00FF_00FF;
    let fours = (pairs.wrapping_mul(100) + (pairs >> 16)) & 0x0000_FFFF_0000_FFFF;
    Some((fours.wrapping_mul(10_000) + (fours >> 32)) as u32 as i64)
}

/// The bytes of a text of at most seven, and their number, in one word.
#[inline]
pub(super) fn short_word(all: &[u8], start: usize, end: usize) -> Option<u64> {
    let length = end.checked_sub(start).filter(|length| (1..8).contains(length))?;
    let eight = u64::from_le_bytes(*all.get(..end)?.last_chunk::<8>()?);
    Some(eight >> (64 - 8 * length as u32) | (length as u64) << 56)
}

fn signed_fraction(text: &[u8]) -> Option<i64> {
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

    /// Once at the begin of a file, and once behind other cells.
    fn read(text: &str) -> Option<i64> {
        let behind = format!("9,12345678,{text}");
        let number = plain_number(behind.as_bytes(), behind.len() - text.len(), behind.len());
        assert_eq!(plain_number(text.as_bytes(), 0, text.len()), number, "{text}");
        number
    }

    #[test]
    fn up_to_eight_digits_are_read_at_once() {
        for text in ["0", "7", "42", "00012", "1234567", "12345678", "99999999"] {
            let behind = format!("cell 1,{text}");
            assert_eq!(few_digits(behind.as_bytes(), 7, behind.len()), text.parse().ok(), "{text}");
        }
        for odd in ["", "1/2", "1:2", "a1", "1 ", "123456789", "\u{ff}1"] {
            let behind = format!("cell 1,{odd}");
            assert_eq!(few_digits(behind.as_bytes(), 7, behind.len()), None, "{odd}");
        }
    }

    #[test]
    fn short_texts_differ_as_words() {
        let word = |text: &str| short_word(format!("a cell,{text}").as_bytes(), 7, 7 + text.len());
        assert_eq!(word("yes"), Some(3 << 56 | u64::from(b's') << 16 | u64::from(b'e') << 8 | u64::from(b'y')));
        assert_ne!(word("no"), word("no\0"));
        assert_eq!((word(""), word("eightbyt")), (None, None));
    }

    #[test]
    fn odd_numbers_are_left_to_the_careful_way() {
        assert_eq!(read("-12.5"), Some(-12_500_000_000));
        assert_eq!(read("999999999.999999999"), Some(999_999_999_999_999_999));
        for odd in ["", "-", ".5", "5.", "+1", "1e3", " 1", "1234567890", "1.1234567890", "1,5", "--1", "1.5.5"] {
            assert_eq!(read(odd), None, "{odd}");
        }
    }

    proptest! {
        #[test]
        fn it_reads_what_the_careful_way_reads(text in "-?[0-9]{1,10}(\\.[0-9]{1,10})?") {
            if let Some(billionths) = read(&text) {
                prop_assert_eq!(Some(Decimal::from_billionths(billionths.into())), Decimal::parse(&text));
            }
        }
    }
}
