//! `looks random`: typed by mashing keys.
//!
//! Only words are looked at: runs of four or more ASCII letters, case aside. A text looks random when it has such words,
//! each of them looks random, and it has no letter outside ASCII. So `asdf asdf` and `asdf1@asdf.com` look random,
//! `Asdf Smith` does not. A word looks random when one of these holds; `y` and `w` are vowels here (`Rhythm`,
//! `Llwchwr`):
//!
//! 1. four keys side by side in one direction (`qwer`, `asdf`, `hjkl`, `vcxz`), but for those that words have: `wert`,
//!    `erty`, `rtyu`, `trew`, `ytre`, `uytr` (Schwert, property);
//! 2. six letters or more that fall wholly into walks of three or more keys side by side, one of them below the top row
//!    or `qwe`, `ewq` (`sdfsdf`, `asdqwe`);
//! 3. six letters or more that repeat two to four letters without a vowel (`fkfkfk`, `hgkhgk`);
//! 4. five letters or more that are all the same (`aaaaa`);
//! 5. six consonants in a row, where a doubled letter and each of `tsch sch ch ck dz gh kh ng ph rz sh st sz th ts tz
//!    cz zh` count as one, and an `r` between consonants is a vowel (`xkjqvz`, but not `Borschtsch`, `Knightsbridge`);
//! 6. two pairs of letters that no spelling has: those in the source's table (`jq`, `xk`, `vx`…).

/// Whether a text looks like keys hit at random (`asdfgh`, `xkjqwz`), not like a name or a word. ASCII letters only;
/// anything with another letter does not.
pub fn looks_random(text: &str) -> bool {
    if text.chars().any(|letter| !letter.is_ascii() && letter.is_alphabetic()) {
        return false;
    }
    let lower = text.to_ascii_lowercase();
    let mut words =
        lower.as_bytes().split(|byte| !byte.is_ascii_lowercase()).filter(|word| word.len() >= SHORTEST_WORD).peekable();
    words.peek().is_some() && words.all(word_looks_random)
}

const SHORTEST_WORD: usize = 4;
const ROWS: [&[u8]; 3] = [b"qwertyuiop", b"asdfghjkl", b"zxcvbnm"];
/// Walks of four keys that words have.
const WALKS_IN_WORDS: [&[u8]; 6] = [b"wert", b"erty", b"rtyu", b"trew", b"ytre", b"uytr"];
const VOWELS: &[u8] = b"aeiouyw";
/// Consonants written together that are one sound, longer ones first.
const ONE_SOUND: [&[u8]; 18] = [
    b"tsch", b"sch", b"ch", b"ck", b"dz", b"gh", b"kh", b"ng", b"ph", b"rz", b"sh", b"st", b"sz", b"th", b"ts", b"tz",
    b"cz", b"zh",
];
/// A letter, and those that no spelling has after it.
const STRANGE_PAIRS: [(u8, &[u8]); 17] = [
    (b'b', b"qx"),
    (b'c', b"x"),
    (b'd', b"x"),
    (b'f', b"qx"),
    (b'g', b"x"),
    (b'h', b"x"),
    (b'j', b"qx"),
    (b'k', b"qx"),
    (b'l', b"x"),
    (b'p', b"qx"),
    (b'q', b"cgjkpvxz"),
    (b's', b"x"),
    (b't', b"x"),
    (b'v', b"fqx"),
    (b'w', b"qx"),
    (b'x', b"jkz"),
    (b'z', b"x"),
];

fn word_looks_random(word: &[u8]) -> bool {
    has_walk_of_four(word)
        || is_made_of_walks(word)
        || repeats_consonants(word)
        || is_one_letter(word)
        || longest_knot(word) >= 6
        || strange_pairs(word) >= 2
}

fn has_walk_of_four(word: &[u8]) -> bool {
    word.windows(4).any(|letters| walk_length(letters) == 4 && !WALKS_IN_WORDS.contains(&letters))
}

/// How many letters from the start lie side by side on one row, in one direction.
fn walk_length(letters: &[u8]) -> usize {
    let step = |pair: &[u8]| match pair {
        [one, two] => ROWS.iter().find_map(|row| {
            let (from, to) = (position(row, *one)?, position(row, *two)?);
            from.abs_diff(to).eq(&1).then_some(to > from)
        }),
        _ => None,
    };
    let mut steps = letters.windows(2).map(step);
    match steps.next().flatten() {
        Some(direction) => 2 + steps.take_while(|next| *next == Some(direction)).count(),
        None => letters.len().min(1),
    }
}

fn position(row: &[u8], letter: u8) -> Option<usize> {
    row.iter().position(|key| *key == letter)
}

fn is_made_of_walks(word: &[u8]) -> bool {
    let mut rest = word;
    let mut is_mashed = false;
    while !rest.is_empty() {
        let length = walk_length(rest);
        if length < 3 {
            return false;
        }
        let (walk, after) = rest.split_at(length);
        is_mashed |= !walk.iter().all(|letter| ROWS[0].contains(letter)) || walk == b"qwe" || walk == b"ewq";
        rest = after;
    }
    word.len() >= 6 && is_mashed
}

fn repeats_consonants(word: &[u8]) -> bool {
    word.len() >= 6
        && !word.iter().any(|letter| VOWELS.contains(letter))
        && (2..=4.min(word.len() / 2)).any(|period| word.iter().zip(&word[period..]).all(|(one, two)| one == two))
}

fn is_one_letter(word: &[u8]) -> bool {
    word.len() >= 5 && word.windows(2).all(|pair| pair[0] == pair[1])
}

/// The most consonants in a row, sounds that are written with several letters counted as one.
fn longest_knot(word: &[u8]) -> usize {
    let is_consonant = |at: usize| word.get(at).is_some_and(|letter| !VOWELS.contains(letter));
    // Slavic: `r` between consonants sounds like a vowel
    let ends_knot =
        |at: usize| !is_consonant(at) || (word[at] == b'r' && at > 0 && is_consonant(at - 1) && is_consonant(at + 1));
    let mut longest = 0;
    let mut start = 0;
    for at in 0..=word.len() {
        if ends_knot(at) {
            longest = longest.max(consonants(&word[start..at]));
            start = (at + 1).min(word.len());
        }
    }
    longest
}

fn consonants(knot: &[u8]) -> usize {
    let mut rest = knot;
    let mut count = 0;
    while let [first, after @ ..] = rest {
        let sound = ONE_SOUND.iter().find(|sound| rest.starts_with(sound)).map_or(1, |sound| sound.len());
        let doubled = sound == 1 && after.first() == Some(first);
        rest = &rest[sound + usize::from(doubled)..];
        count += 1;
    }
    count
}

fn strange_pairs(word: &[u8]) -> usize {
    let is_strange = |pair: &[u8]| match pair {
        [one, two] => STRANGE_PAIRS.iter().any(|(first, after)| first == one && after.contains(two)),
        _ => false,
    };
    word.windows(2).filter(|pair| is_strange(pair)).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mashed_keys() {
        let texts = "asdfgh, qwerty, sdfsdf, xkjqwz, hjkhjk, zxcvbn, dfgdfg, asdf, ASDF, Asdf Asdf, asdasd, qweqwe, \
             asdqwe, qwertyuiop, lkjhgf, sdlkfj, aksjdhf, jkljkl, fghfgh, aaaaaa, xxxxx, asdf@asdf.com, asdf1234, \
             dsfsdf, bvcxz, poiuy, fdsa, kjsdhfkjsdf, ghjghj, fkfkfk";
        for text in texts.split(", ") {
            assert!(looks_random(text), "{text}");
        }
    }

    #[test]
    fn names_and_words_of_many_languages() {
        let texts = "Schmidt, Krzysztof, Nguyen, Rhythm, Strengths, McDonald's, HSBC, IBM, Ng, KPMG, BBVA, Grzegorz \
             Brzezinski, Przybylski, Chrzanowski, Szymanski, Wojciech, Zdzislaw, Hrvatska, Krk, Vlk, Smrt, \
             scvrkl, Dvorak, Srdjan, Knightsbridge, Catchphrase, Witchcraft, Goldschmidt, Borschtsch, \
             Hirschsprung, Angstschweiss, Rechtschreibung, Schwarzschild, Schwertfeger, Deutschland, Wertheim, \
             Property, Liberty, Poverty, Berty, Trewavas, PartyUp, Power, Were, Dijkstra, Wijnvliet, Schrijver, \
             Vlugt, Llwchwr, Cwmbran, Bwlch, Llanfairpwllgwyngyll, Mxolisi, Gqeberha, Nxumalo, Xhosa, Hoxha, \
             Xzibit, Exxon, Foxconn, Oxford, Huxley, Iqbal, Faruq, Taqwa, Haqqani, Qatar, Qureshi, Mhmd, Abdul \
             Rahman, Txema, Etxeberria, Tlaxcala, Nqakula, Xu, Zhang, Hsieh, Tsang, Kjell, Fjeld, Bjork, Hjalmar, \
             Sklodowska, Tsvetkov, Vsevolod, Mstislav, Shcherbakov, Pfizer, AT&T, VMware, Zsazsa, Tintin, Poipoi, \
             Aaaa, Brrr, Psst, Asda, Asdrubal, Lkw, Sdn Bhd, GmbH, Ystradgynlais, Qwest, Zxing, Mississippi, \
             Aaron, bookkeeper, Asdf Smith, Ljubljana, Ngxongo, Kowalczyk, Wszebor";
        for text in texts.split(", ") {
            assert!(!looks_random(text), "{text}");
        }
    }

    #[test]
    fn other_letters_never_do() {
        for text in ["Szczepański", "asdfé", "йцукен", "", "12345", "---", "asd", "東京asdf"] {
            assert!(!looks_random(text), "{text}");
        }
    }
}
