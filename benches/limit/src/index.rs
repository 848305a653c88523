//! Where certain bytes are, 64 bytes at a time: a bit for each byte.

/// The bits of the bytes that are each of these.
#[cfg(target_arch = "x86_64")]
#[inline(always)]
pub fn bits<const N: usize>(chunk: &[u8; 64], bytes: [u8; N]) -> [u64; N] {
    use std::arch::x86_64::*;
    let mut found = [0_u64; N];
    for quarter in 0..4 {
        // SAFETY: SSE2 is part of x86_64, and the 16 bytes read lie within the chunk of 64.
        unsafe {
            let part = _mm_loadu_si128(chunk.as_ptr().add(quarter * 16).cast());
            for (bits, byte) in found.iter_mut().zip(bytes) {
                let same = _mm_cmpeq_epi8(part, _mm_set1_epi8(byte as i8));
                *bits |= u64::from(_mm_movemask_epi8(same) as u32) << (quarter * 16);
            }
        }
    }
    found
}

#[cfg(not(target_arch = "x86_64"))]
#[inline(always)]
pub fn bits<const N: usize>(chunk: &[u8; 64], bytes: [u8; N]) -> [u64; N] {
    bytes.map(|byte| chunk.iter().rev().fold(0, |bits, each| bits << 1 | u64::from(*each == byte)))
}

/// Each bit becomes whether the number of bits up to it is odd: what lies between quotes.
#[inline(always)]
pub fn between(mut bits: u64) -> u64 {
    for shift in [1, 2, 4, 8, 16, 32] {
        bits ^= bits << shift;
    }
    bits
}

/// The text in chunks of 64 bytes, the last one filled up with zeros.
#[inline(always)]
pub fn chunks(text: &[u8], mut see: impl FnMut(usize, &[u8; 64])) {
    let (whole, rest) = text.as_chunks::<64>();
    for (number, chunk) in whole.iter().enumerate() {
        see(number * 64, chunk);
    }
    if !rest.is_empty() {
        let mut last = [0; 64];
        last[..rest.len()].copy_from_slice(rest);
        see(whole.len() * 64, &last);
    }
}
