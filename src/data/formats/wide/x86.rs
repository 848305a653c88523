//! The instructions of x86-64 that compare 16 and 32 bytes at once.
//!
//! `unsafe` here: loads of as many bytes as an array holds, and instructions that every x86-64 has, or that were asked
//! for before.

use super::{Chunk, Compare, LastRow, Layout, Separators, find_last_row_end, find_separators};
use std::arch::x86_64::{
    __m128i, __m256i, _mm_cmpeq_epi8, _mm_loadu_si128, _mm_min_epu8, _mm_movemask_epi8, _mm_or_si128, _mm_set1_epi8,
    _mm256_cmpeq_epi8, _mm256_loadu_si256, _mm256_movemask_epi8, _mm256_set1_epi8,
};

/// Every x86-64 has it.
#[derive(Clone, Copy)]
pub(super) struct Sse2;

/// Made only where the machine was found to have it: in functions that say so.
#[derive(Clone, Copy)]
struct Avx2;

impl Compare for Sse2 {
    #[inline(always)]
    fn equal(self, chunk: &Chunk, byte: u8) -> u64 {
        let mut bits = 0;
        for (index, sixteen) in chunk.as_chunks::<16>().0.iter().enumerate() {
            // SAFETY: 16 bytes are there, no alignment is asked for, and every x86-64 has these instructions.
            let equal = unsafe {
                let bytes = _mm_loadu_si128(sixteen.as_ptr().cast::<__m128i>());
                _mm_movemask_epi8(_mm_cmpeq_epi8(bytes, _mm_set1_epi8(byte.cast_signed())))
            };
            bits |= u64::from(equal.cast_unsigned()) << (16 * index);
        }
        bits
    }
}

impl Compare for Avx2 {
    #[inline(always)]
    fn equal(self, chunk: &Chunk, byte: u8) -> u64 {
        let mut bits = 0;
        for (index, half) in chunk.as_chunks::<32>().0.iter().enumerate() {
            // SAFETY: 32 bytes are there, no alignment is asked for, and an `Avx2` is made in functions alone that
            // are called only where the machine has these instructions.
            let equal = unsafe {
                let bytes = _mm256_loadu_si256(half.as_ptr().cast::<__m256i>());
                _mm256_movemask_epi8(_mm256_cmpeq_epi8(bytes, _mm256_set1_epi8(byte.cast_signed())))
            };
            bits |= u64::from(equal.cast_unsigned()) << (32 * index);
        }
        bits
    }
}

#[target_feature(enable = "avx2,bmi1,popcnt")]
pub(super) fn separators_avx2(text: &[u8], from: usize, layout: Layout, into: &mut Separators) -> bool {
    find_separators(Avx2, text, from, layout, into)
}

#[target_feature(enable = "avx2")]
pub(super) fn last_row_end_avx2(text: &[u8], from: usize, layout: Layout) -> LastRow {
    find_last_row_end(Avx2, text, from, layout)
}

/// Which bytes are `"`, `\` or control characters.
#[inline(always)]
pub(super) fn string_stops(sixteen: &[u8; 16]) -> u32 {
    // SAFETY: 16 bytes are there, no alignment is asked for, and every x86-64 has these instructions.
    let stops = unsafe {
        let bytes = _mm_loadu_si128(sixteen.as_ptr().cast::<__m128i>());
        let quotes = _mm_cmpeq_epi8(bytes, _mm_set1_epi8(b'"'.cast_signed()));
        let slashes = _mm_cmpeq_epi8(bytes, _mm_set1_epi8(b'\\'.cast_signed()));
        // The lesser of a byte and 0x1F is the byte itself: it is a control.
        let controls = _mm_cmpeq_epi8(_mm_min_epu8(bytes, _mm_set1_epi8(0x1F)), bytes);
        _mm_movemask_epi8(_mm_or_si128(controls, _mm_or_si128(quotes, slashes)))
    };
    stops.cast_unsigned()
}
