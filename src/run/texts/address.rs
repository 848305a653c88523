//! Plain e-mail addresses, told from all else sixteen bytes at a time.

use crate::value::sixteen::kinds;

/// Where the domain of a plain address stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct PlainDomain {
    /// Behind the `@`; up to the end of the text
    pub start: usize,
    /// Whether nothing of it is left out or read otherwise: no `www.`, no `xn--`.
    pub is_own: bool,
}

/// The domain, where that is all that [`crate::value::domain_of`] looks at: of an address in ASCII without blanks, without
/// the `:` of a URL, with one `@` and behind it letters, digits, dots and dashes, a letter or digit last.
#[inline]
pub(super) fn plain_domain(text: &[u8]) -> Option<PlainDomain> {
    let [local, domain, at, dashes] = kinds(text, |bytes| {
        let dashes = bytes.equal(b'-');
        let letters = bytes.small().between(b'a', b'z');
        // What is before `:` and from `;` on; the `@` is none of them.
        let local = bytes.between(b'!', b'9').or(bytes.between(b';', b'?')).or(bytes.between(b'A', b'~'));
        [local, letters.or(bytes.between(b'0', b'9')).or(bytes.equal(b'.')).or(dashes), bytes.equal(b'@'), dashes]
    })?;
    let start = at.trailing_zeros() + 1;
    let (before, behind) = (at & at.wrapping_neg()).checked_sub(1).map(|before| (before, !(before << 1 | 1)))?;
    let all = u64::MAX >> (64 - text.len());
    let ends_well = text.last().is_some_and(u8::is_ascii_alphanumeric);
    let is_plain = local & before == before && domain & behind == all & behind && all & behind != 0 && ends_well;
    let dashes = dashes & behind;
    is_plain.then(|| {
        let may_be_www = matches!(text.get(start as usize..), Some([b'w' | b'W', b'w' | b'W', ..]));
        PlainDomain { start: start as usize, is_own: dashes & dashes << 1 == 0 && !may_be_www }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn may_be_local(byte: u8) -> bool {
        byte.is_ascii_graphic() && byte != b':' && byte != b'@'
    }

    fn may_be_domain(byte: u8) -> bool {
        byte.is_ascii_alphanumeric() || byte == b'.' || byte == b'-'
    }

    #[test]
    fn every_byte_is_told_at_every_place() {
        for byte in 0..=255 {
            for (length, at) in [(3, 1), (12, 0), (16, 8), (20, 14), (40, 30), (64, 20)] {
                for place in (0..length).filter(|place| *place != at) {
                    let mut text = vec![b'x'; length];
                    text[at] = b'@';
                    text[place] = byte;
                    let is_plain = if place < at {
                        may_be_local(byte)
                    } else {
                        may_be_domain(byte) && (place + 1 < length || byte.is_ascii_alphanumeric())
                    };
                    let expected = is_plain.then_some(PlainDomain { start: at + 1, is_own: true });
                    assert_eq!(plain_domain(&text), expected, "{byte} at {place} of {length}");
                }
            }
        }
    }

    #[test]
    fn what_is_none_and_what_is_read_otherwise() {
        let of = |text: &str| plain_domain(text.as_bytes()).map(|domain| domain.is_own);
        for none in ["", "@", "ada", "ada@", "a@b@c.de", "https://acme.de", "Ada <ada@acme.de>", "ada@acme.de."] {
            assert_eq!(of(none), None, "{none}");
        }
        assert_eq!(of(&format!("{}@acme.de", "x".repeat(60))), None);
        let own = ["ada@acme.de", "@a.b", "ada--x@a-b-c.de", "ada@wawa.de", "ada@xn--bcher-kva.de", "ada@WWW.acme.de"];
        assert_eq!(own.map(of), [true, true, true, true, false, false].map(Some));
    }
}
