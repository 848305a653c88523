//! Numbers in the words of a record: small ones in place, others in a side that the words name.

use super::sides::{Side, Sides};
use ethnum::I256;

/// Words of a count.
pub(super) const COUNT: usize = 1;
/// Words of a number or an instant.
pub(super) const NUMBER: usize = 2;
/// No number, no instant.
pub(super) const NONE: i64 = i64::MIN;
/// Counts from here on are kept in a side.
const LARGE: u32 = 1 << 31;
/// Numbers below this, but for [`NONE`], name a side.
const LEAST: i64 = NONE + 1 + (1 << 32);

pub(super) fn get64(words: &[u32], at: usize) -> u64 {
    u64::from(words[at]) | u64::from(words[at + 1]) << 32
}

pub(super) fn set64(words: &mut [u32], at: usize, value: u64) {
    words[at] = value as u32;
    words[at + 1] = (value >> 32) as u32;
}

pub(super) fn get_instant(words: &[u32], at: usize) -> Option<i64> {
    Some(get64(words, at) as i64).filter(|instant| *instant != NONE)
}

pub(super) fn set_instant(words: &mut [u32], at: usize, instant: i64) {
    set64(words, at, instant as u64);
}

pub(super) fn count(words: &[u32], at: usize, sides: &Sides) -> u64 {
    match words[at] {
        small if small < LARGE => u64::from(small),
        large => u64::try_from(sides.wide(large - LARGE)).unwrap_or(u64::MAX),
    }
}

pub(super) fn add_count(words: &mut [u32], at: usize, sides: &mut Sides, more: u64) {
    let cell = &mut words[at];
    match u32::try_from(more).ok().and_then(|more| cell.checked_add(more)) {
        Some(sum) if sum < LARGE => *cell = sum,
        _ => {
            let sum = I256::from(count(words, at, sides)) + I256::from(more);
            words[at] = match words[at] {
                small if small < LARGE => LARGE | sides.add(Side::Wide(Box::new(sum))),
                large => {
                    sides.set_wide(large - LARGE, sum);
                    large
                }
            };
        }
    }
}

pub(super) fn number(words: &[u32], at: usize, sides: &Sides) -> Option<I256> {
    match get64(words, at) as i64 {
        NONE => None,
        side if side < LEAST => Some(sides.wide((side - NONE - 1) as u32)),
        number => Some(I256::from(number)),
    }
}

pub(super) fn set_number(words: &mut [u32], at: usize, sides: &mut Sides, number: I256) {
    let cell = get64(words, at) as i64;
    let small = i64::try_from(number).ok().filter(|number| *number >= LEAST);
    let is_side = cell != NONE && cell < LEAST;
    let side = (cell.wrapping_sub(NONE).wrapping_sub(1)) as u32;
    let cell = match small {
        _ if is_side => {
            sides.set_wide(side, number);
            return;
        }
        Some(number) => number,
        None => NONE + 1 + i64::from(sides.add(Side::Wide(Box::new(number)))),
    };
    set64(words, at, cell as u64);
}

/// The sum with what is there; nothing counts as 0.
pub(super) fn add_number(words: &mut [u32], at: usize, sides: &mut Sides, more: i128) {
    let cell = get64(words, at) as i64;
    let small = if cell == NONE { 0 } else { cell };
    if small >= LEAST
        && let Some(sum) = i64::try_from(more).ok().and_then(|more| small.checked_add(more))
        && sum >= LEAST
    {
        set64(words, at, sum as u64);
        return;
    }
    let sum = number(words, at, sides).unwrap_or(I256::ZERO) + I256::from(more);
    set_number(words, at, sides, sum);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_grow_past_their_word() {
        let (mut words, mut sides) = ([0], Sides::default());
        for more in [1, u64::from(LARGE) - 2, 1, u64::from(u32::MAX) + 1, 5] {
            add_count(&mut words, 0, &mut sides, more);
        }
        // 1 + 2^31 - 2 + 1 + 2^32 + 5
        assert_eq!(count(&words, 0, &sides), 2_147_483_648 + 4_294_967_296 + 5);
    }

    #[test]
    fn sums_are_exact_whatever_their_size() {
        let (mut words, mut sides) = ([0; 2], Sides::default());
        set_instant(&mut words, 0, NONE);
        assert_eq!(number(&words, 0, &sides), None);
        for more in [5, -7, i128::MAX, i128::MAX, i128::MIN, i128::MIN, 3] {
            add_number(&mut words, 0, &mut sides, more);
        }
        // 5 - 7 + 3, and twice MAX + MIN, which is -1
        assert_eq!(number(&words, 0, &sides), Some(I256::from(-1)));
    }

    #[test]
    fn numbers_that_look_like_a_side_are_in_one() {
        let (mut words, mut sides) = ([0; 2], Sides::default());
        set_instant(&mut words, 0, NONE);
        for written in [i128::from(NONE), i128::from(NONE) + 1, i128::from(LEAST), 0] {
            set_number(&mut words, 0, &mut sides, I256::from(written));
            assert_eq!(number(&words, 0, &sides), Some(I256::from(written)));
        }
    }
}
